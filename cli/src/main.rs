#![doc = include_str!("../README.md")]

mod args;

mod commands;

mod api;
mod delivered;
mod report;

use std::process::ExitCode;

use clap::Parser as _;
use tokio::runtime::Builder;

/// Threads for the embedded engines. They take turns anyway, and every thread more has memory of its
/// own that the allocator gives back to nobody.
const ENGINE_THREADS: usize = 4;

/// Saving and publishing move many small texts: a quarter of their time went into the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let runtime = Builder::new_multi_thread().enable_all().max_blocking_threads(ENGINE_THREADS).build();
    let ran = runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(commands::run(args)));
    match ran {
        Ok(code) => code,
        Err(error) => {
            report::error(&error);
            ExitCode::FAILURE
        }
    }
}
