//! The `qkv` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    qkv::cli::run()
}
