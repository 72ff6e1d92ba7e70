//! Files of evidence: attach, look at, detach.
