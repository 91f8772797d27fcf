//! One module a command.

mod cost;
mod demo;
mod deploy;
mod erase;
mod export;
mod folder;
mod import;
mod known;
mod login;
mod migrate;
mod popularity;
mod publish;
mod rebuild;
mod render;
mod rollback;
mod run;
mod status;
mod token;
mod types;

use std::process::ExitCode;

use crate::api::{Api, Service};
use crate::args::{Args, Command, Deploy, Token};

/// Does what was said.
pub(crate) async fn run(args: Args) -> anyhow::Result<ExitCode> {
    let data = args.run.data.clone();
    let api = |target| Api::new(target, &data);
    match args.command {
        None => run::everything(args.run).await,
        Some(Command::Deliver) => run::delivery(args.run).await,
        Some(Command::Import(args)) => import::run(api(&args.target)?, args).await,
        Some(Command::Export(args)) => export::run(api(&args.target)?, args).await,
        Some(Command::Popularity(args)) => popularity::run(api(&args.target)?, args, &data).await,
        Some(Command::Publish(args)) => publish::run(api(&args.target)?, args).await,
        Some(Command::Rebuild(args)) => rebuild::run(api(&args.target)?, args).await,
        Some(Command::Rollback(args)) => rollback::run(api(&args.target)?, args).await,
        Some(Command::Status(args)) => status::run(api(&args.target)?, args).await,
        Some(Command::Login(args)) => login::run(&Service::new(&args.service, &data)?, args).await,
        Some(Command::Token(Token::Create(args))) => token::create(&api(&args.target)?, args).await,
        Some(Command::Token(Token::List(args))) => token::list(&api(&args.target)?, &args).await,
        Some(Command::Token(Token::Revoke(args))) => token::revoke(&api(&args.target)?, &args).await,
        Some(Command::Render(args)) => render::run(args).await,
        Some(Command::Types(args)) => types::run(args).await,
        Some(Command::Backup { to }) => {
            copydesk_local::backup::backup(&data, &to)?;
            println!("{} holds a copy of {}", to.display(), data.display());
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Restore { from }) => {
            copydesk_local::backup::restore(&from, &data)?;
            println!("{} was made from {}", data.display(), from.display());
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Erase(args)) => erase::run(args, &data).await,
        Some(Command::Migrate { check }) => migrate::run(check).await,
        Some(Command::Cost(args)) => cost::run(&args),
        Some(Command::Deploy(Deploy::Check(args))) => deploy::check(args).await,
    }
}
