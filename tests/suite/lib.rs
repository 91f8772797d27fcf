//! Whole-system tests. Everything is in the test target `suite`.
