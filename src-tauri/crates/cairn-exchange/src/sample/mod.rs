//! The learner one can look around in: Ines Duarte, who went from systems administration to platform engineering.
//!
//! The data is `learner.json` beside this file: records as `{"name", "kind", "fields", "files"}`. Dates in it are
//! relative (`{today-30}` a day, `{month-14}` a month, `{year-9}` a year), links are names (`@cka`), and files are the
//! ones in `files/`.
