//! Collections: records chosen, ordered and reworded for one audience.
