//! The week: blocks, sprints, deadlines.
