//! What can be said to the command.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand};
use copydesk_schema::formats::file::Format;
use copydesk_schema::{Email, Locale, PageId, ProjectId, ReleaseNumber, Role, Seq, Timestamp, TokenId};

/// Copydesk: edit the words of a website, publish them as static JSON.
///
/// Without a subcommand everything runs on this machine: the API at http://localhost:4400,
/// delivery at http://localhost:4401, a demo site at http://localhost:4402.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) run: Run,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// Running everything here.
#[derive(Debug, ClapArgs)]
pub(crate) struct Run {
    /// The data folder
    #[arg(long, global = true, env = "COPYDESK_DATA", default_value = "copydesk-data")]
    pub(crate) data: PathBuf,
    /// Where the API is served
    #[arg(long, default_value = "127.0.0.1:4400")]
    pub(crate) listen: SocketAddr,
    /// Where sites fetch
    #[arg(long, global = true, default_value = "127.0.0.1:4401")]
    pub(crate) delivery: SocketAddr,
    /// Where Prometheus may ask for metrics, such as 127.0.0.1:4403
    #[arg(long)]
    pub(crate) metrics: Option<SocketAddr>,
    /// Where the demo site is served
    #[arg(long, default_value = "127.0.0.1:4402")]
    pub(crate) demo: SocketAddr,
    /// Neither serve the demo site nor put its copy into a new data folder
    #[arg(long)]
    pub(crate) no_demo: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Bring copy from files into a project
    Import(Import),
    /// Write a project's drafts to files
    Export(Export),
    /// Say which pages are likely to be seen next, from access logs
    Popularity(Popularity),
    /// Publish what is saved
    Publish(Publish),
    /// Make a project anew from what its releases were made of, when the table is lost
    Rebuild(Rebuild),
    /// Make an earlier release live again
    Rollback(Rollback),
    /// Show what is live and what is not
    Status(Status),
    /// Print a link that signs you in, once, at the Copydesk of this machine
    Login(Login),
    /// API tokens, for builds and scripts
    #[command(subcommand)]
    Token(Token),
    /// Fill a folder of HTML with what is live, in every locale
    Render(Render),
    /// Write the keys and variables of what is live as types for TypeScript
    Types(Types),
    /// Serve what was published from a data folder, and nothing else
    Deliver,
    /// Copy a data folder, while it is in use or not
    Backup {
        /// The folder to make
        to: PathBuf,
    },
    /// Make a data folder from a backup
    Restore {
        /// The backup
        from: PathBuf,
    },
    /// Create or update the DynamoDB table named by COPYDESK_TABLE (the local default does so itself)
    Migrate {
        /// Only say what is pending; exit code 1 when something is
        #[arg(long)]
        check: bool,
    },
    /// Erase a person: their name and address go from the log and from wherever else they stand, and cannot come back. Of the
    /// data folder while no copydesk runs on it, or of the table named by COPYDESK_TABLE
    Erase(Erase),
    /// Say what a month on AWS costs, beside what Teletext.io said of theirs
    Cost(Cost),
    /// The stack on AWS
    #[command(subcommand)]
    Deploy(Deploy),
}

/// Who.
#[derive(Debug, ClapArgs)]
pub(crate) struct Erase {
    /// What they are known by, as the log and the list of members say it, such as local:somebody@example.com
    pub(crate) subject: String,
    /// Only say how often they are named
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Deploy {
    /// Compare a deployed stack with what this version expects, by the AWS CLI; exit code 1 where it differs
    Check(DeployCheck),
}

/// Which stack.
#[derive(Debug, ClapArgs)]
pub(crate) struct DeployCheck {
    /// The stack's name
    #[arg(long, default_value = "copydesk")]
    pub(crate) stack: String,
    /// Another template than this version's own, where you deploy one that you changed
    #[arg(long)]
    pub(crate) template: Option<PathBuf>,
    /// A resource that may be otherwise than the stack made it; can be given again
    #[arg(long)]
    pub(crate) ignore: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Whose usage, at which prices.
#[derive(Debug, ClapArgs)]
pub(crate) struct Cost {
    /// So many customers only; 1 is one site that runs Copydesk for itself
    #[arg(long)]
    pub(crate) customers: Option<u64>,
    /// Page views of a customer in a month; as many as make 10 GB of plain words when absent
    #[arg(long)]
    pub(crate) views: Option<f64>,
    /// Calls of the API that a customer makes in a month
    #[arg(long, default_value_t = 1_000.0)]
    pub(crate) calls: f64,
    /// Releases that a customer publishes in a month
    #[arg(long, default_value_t = 20.0)]
    pub(crate) publishes: f64,
    /// With likely next pages fetched ahead
    #[arg(long)]
    pub(crate) prefetch: bool,
    /// Other prices, in a file like the one that is built in
    #[arg(long)]
    pub(crate) prices: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which project behind which API.
#[derive(Debug, ClapArgs)]
pub(crate) struct Target {
    /// The project
    #[arg(long, short)]
    pub(crate) project: ProjectId,
    #[command(flatten)]
    pub(crate) service: Service,
}

/// Which API.
#[derive(Debug, ClapArgs)]
pub(crate) struct Service {
    /// The API
    #[arg(long, env = "COPYDESK_URL", default_value = "http://127.0.0.1:4400")]
    pub(crate) url: String,
    /// The token; read from the data folder when absent
    #[arg(long, env = "COPYDESK_TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// The formats of files, with what `--help` says of them.
fn formats() -> impl TypedValueParser<Value = Format> {
    let known = Format::ALL.map(|format| {
        PossibleValue::new(format.name()).help(match format {
            Format::Ftl => "Fluent: a folder a locale, a file a page",
            Format::I18next => "i18next JSON v4, nested or flat (written flat): a folder a locale, a file a page",
            Format::I18nextNested => "i18next JSON v4, written nested",
            Format::Xliff => "XLIFF for translators: 1.2 is written, 2.0 read as well",
            Format::Xliff2 => "XLIFF 2.0",
            Format::Po => "gettext PO",
            Format::Csv => "CSV for spreadsheets",
        })
    });
    PossibleValuesParser::new(known).try_map(|name| name.parse::<Format>())
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Import {
    #[command(flatten)]
    pub(crate) target: Target,
    /// The files' format
    #[arg(long, value_parser = formats())]
    pub(crate) format: Format,
    /// The source locale of a project that has to be created: en when absent
    #[arg(long)]
    pub(crate) source: Option<Locale>,
    /// The folder that holds a folder for each locale; folders in it become part of a page's name:
    /// en/shop/cart.ftl is the page shop--cart. Or one file that says itself which page and locale
    /// it is (XLIFF, PO)
    pub(crate) dir: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) target: Target,
    /// The files' format
    #[arg(long, value_parser = formats())]
    pub(crate) format: Format,
    /// Only these locales, separated by commas
    #[arg(long, value_delimiter = ',')]
    pub(crate) locales: Option<Vec<Locale>>,
    /// Only these pages, separated by commas
    #[arg(long, value_delimiter = ',')]
    pub(crate) pages: Option<Vec<PageId>>,
    /// Only what is missing, outdated or has findings
    #[arg(long)]
    pub(crate) needs_work: bool,
    /// The folder to write to; files in it are overwritten
    pub(crate) dir: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Popularity {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Only say what would change
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Access logs: CloudFront's standard logs, as they are or gzipped; this machine's own when absent
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Rebuild {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Where sites fetch, such as https://cdn.example.com/acme: what is live there is rebuilt
    #[arg(long)]
    pub(crate) from: Option<String>,
    /// The release to rebuild, instead of the one that is live
    #[arg(long)]
    pub(crate) release: Option<u64>,
    /// Go on with a rebuild that was interrupted
    #[arg(long)]
    pub(crate) again: bool,
    /// A copy of the private bucket (aws s3 sync s3://BUCKET DIR)
    pub(crate) dir: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Publish {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Only these locales, separated by commas
    #[arg(long, value_delimiter = ',')]
    pub(crate) locales: Option<Vec<Locale>>,
    /// Only these pages, separated by commas
    #[arg(long, value_delimiter = ',')]
    pub(crate) pages: Option<Vec<PageId>>,
    /// Publish the state at this event of the log instead of now
    #[arg(long)]
    pub(crate) seq: Option<u64>,
    /// Publish at this time (RFC 3339) instead of now
    #[arg(long)]
    pub(crate) at: Option<Timestamp>,
    /// A note for people
    #[arg(long, default_value = "")]
    pub(crate) note: String,
    /// Publish although something newer than --seq is live
    #[arg(long)]
    pub(crate) force: bool,
}

impl Publish {
    pub(crate) fn seq(&self) -> Option<Seq> {
        self.seq.map(Seq)
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Rollback {
    #[command(flatten)]
    pub(crate) target: Target,
    /// The release to make live; what visitors saw before the live one when absent
    #[arg(long)]
    pub(crate) to: Option<u64>,
}

impl Rollback {
    pub(crate) fn release(&self) -> Option<ReleaseNumber> {
        self.to.map(ReleaseNumber)
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Login {
    #[command(flatten)]
    pub(crate) service: Service,
    /// For somebody else than you: whoever was invited at this address
    #[arg(long)]
    pub(crate) email: Option<Email>,
    /// The name that people see
    #[arg(long)]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Token {
    /// Make a token; its secret is printed this once
    Create(CreateToken),
    /// List the tokens, without their secrets
    List(ListTokens),
    /// Make a token worthless
    Revoke(RevokeToken),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CreateToken {
    #[command(flatten)]
    pub(crate) target: Target,
    /// What it is for
    #[arg(long)]
    pub(crate) name: String,
    /// What it may do: viewer, editor, publisher or admin
    #[arg(long, value_parser = role)]
    pub(crate) role: Role,
    /// Only these locales, separated by commas; for editors and publishers
    #[arg(long, value_delimiter = ',')]
    pub(crate) locales: Option<Vec<Locale>>,
    /// Until when (RFC 3339); for ever when absent
    #[arg(long)]
    pub(crate) expires: Option<Timestamp>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ListTokens {
    #[command(flatten)]
    pub(crate) target: Target,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RevokeToken {
    #[command(flatten)]
    pub(crate) target: Target,
    /// The token, as the list names it
    pub(crate) id: TokenId,
}

fn role(text: &str) -> Result<Role, String> {
    let found = Role::ALL.into_iter().find(|role| role.name() == text);
    found.ok_or_else(|| "use viewer, editor, publisher or admin".to_owned())
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Render {
    /// The project's delivered files, such as https://cdn.example.com/acme
    #[arg(long)]
    pub(crate) from: String,
    /// The address of the site, such as https://example.org; for canonical links and the sitemap
    #[arg(long)]
    pub(crate) site: String,
    /// The folder of the site
    #[arg(long = "in")]
    pub(crate) input: PathBuf,
    /// The folder to write to; the source locale lies at its root, each other one in a folder
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// Only these locales, separated by commas; the source locale has to be among them
    #[arg(long, value_delimiter = ',')]
    pub(crate) locales: Option<Vec<Locale>>,
    /// The host answers /about with about.html
    #[arg(long)]
    pub(crate) clean_urls: bool,
    /// Go on and render again whenever something else is live or a file changes
    #[arg(long)]
    pub(crate) watch: bool,
    /// How often to look, in seconds
    #[arg(long, default_value_t = 10)]
    pub(crate) every: u64,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Types {
    /// The project's delivered files, such as https://cdn.example.com/acme
    pub(crate) address: String,
    /// The file to write
    #[arg(long, default_value = "copydesk.d.ts")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Status {
    #[command(flatten)]
    pub(crate) target: Target,
}
