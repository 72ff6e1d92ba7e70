//! What was done, undo and redo.
