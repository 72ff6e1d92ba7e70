//! What is due, what is unfinished, what has grown.
