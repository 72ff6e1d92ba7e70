//! Skills and what backs them.
