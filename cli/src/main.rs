#![doc = include_str!("../README.md")]

mod args;

mod commands;

mod api;
mod report;

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    match commands::run(args::Args::parse()).await {
        Ok(code) => code,
        Err(error) => {
            report::error(&error);
            ExitCode::FAILURE
        }
    }
}
