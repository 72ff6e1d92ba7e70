//! The sample learner, in and out.
