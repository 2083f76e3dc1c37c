//! Lessons: from a file to something that can be walked.

pub mod fields;
