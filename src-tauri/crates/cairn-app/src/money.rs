//! What learning costs, who pays, what it returns.
