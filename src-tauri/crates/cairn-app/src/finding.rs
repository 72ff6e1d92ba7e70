//! Lists and search.
