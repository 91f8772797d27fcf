//! What a server has to be told.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::num::NonZeroU32;

use copydesk_process::Settings;
use copydesk_schema::{Invalid, Origin, Quotas};
use copydesk_store::settings::TableSettings;

use crate::access::{Creators, Rate, Rates};
use crate::oidc::Issuers;

/// Where quotas are set.
pub const QUOTAS: &str = "COPYDESK_QUOTAS";

/// Where a server process listens. On Lambda it does not.
#[derive(Clone, Copy, Debug)]
pub struct Listening {
    /// `COPYDESK_LISTEN`: where the API is served.
    pub listen: SocketAddr,
    /// `COPYDESK_METRICS`: where Prometheus may ask, if it may.
    pub metrics: Option<SocketAddr>,
}

impl Listening {
    /// Reads the variables.
    pub fn read(settings: &mut Settings<'_>) -> Self {
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        Self {
            listen: settings.required("COPYDESK_LISTEN", "where to listen, such as 0.0.0.0:4400", nowhere),
            metrics: settings.optional("COPYDESK_METRICS"),
        }
    }
}

/// The settings of a server process.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// `COPYDESK_DELIVERY_URL`: where sites fetch; how the server learns what is live.
    pub delivery: String,
    /// `COPYDESK_OWNER_TOKEN`: the bearer token that opens everything; at least 32 characters.
    pub owner_token: Option<String>,
    /// Who signs in where, and what they may ask.
    pub access: AccessSettings,
    /// `COPYDESK_QUOTAS`: how much projects may have and use, JSON.
    pub quotas: Quotas,
    /// The table.
    pub table: TableSettings,
}

impl ServerSettings {
    /// Reads the variables.
    pub fn read(settings: &mut Settings<'_>) -> Self {
        let table = TableSettings::read(settings);
        let nobody = "otherwise nobody could sign in; the token is a secret of at least 32 characters";
        settings.needs_one(&["COPYDESK_OWNER_TOKEN", "COPYDESK_ISSUERS"], nobody);
        let delivery = "the address that sites fetch from, such as https://cdn.example.com";
        Self {
            delivery: settings.required("COPYDESK_DELIVERY_URL", delivery, String::new()),
            owner_token: settings.secret("COPYDESK_OWNER_TOKEN").map(|Secret(token)| token),
            access: AccessSettings::read(settings),
            quotas: settings.or(QUOTAS, Quotas::default()),
            table,
        }
    }
}

/// The settings that decide about access, in every shape in which it runs.
#[derive(Clone, Debug, Default)]
pub struct AccessSettings {
    /// `COPYDESK_ISSUERS`: the outside issuers that people sign in at, a JSON list.
    pub issuers: Option<Issuers>,
    /// `COPYDESK_PROJECT_CREATORS`: `owner`, `anyone`, or subjects and addresses with commas between.
    pub creators: Option<Creators>,
    /// `COPYDESK_STUDIO_ORIGINS`: where the studio is served from, if not from here.
    pub studios: BTreeSet<Origin>,
    /// `COPYDESK_PROXIES`: how many trusted proxies are in front.
    pub proxies: usize,
    /// `COPYDESK_RATE`: requests a second under one credential.
    pub rate: Option<NonZeroU32>,
    /// `COPYDESK_RATE_ADDRESS`: requests a second of one address.
    pub rate_address: Option<NonZeroU32>,
}

impl AccessSettings {
    /// Reads the variables.
    pub fn read(settings: &mut Settings<'_>) -> Self {
        let Origins(studios) = settings.optional("COPYDESK_STUDIO_ORIGINS").unwrap_or_default();
        Self {
            issuers: settings.optional("COPYDESK_ISSUERS"),
            creators: settings.optional("COPYDESK_PROJECT_CREATORS"),
            studios,
            proxies: settings.or("COPYDESK_PROXIES", 0),
            rate: settings.optional("COPYDESK_RATE"),
            rate_address: settings.optional("COPYDESK_RATE_ADDRESS"),
        }
    }

    /// The rates that are set, and otherwise those that are usual where it runs.
    pub fn rates(&self, usual: Rates) -> Rates {
        let rate = |set: Option<NonZeroU32>, usual| set.map_or(usual, |set| Rate::per_second(set.get()));
        let (address, credential) = (rate(self.rate_address, usual.address), rate(self.rate, usual.credential));
        Rates { address, credential, ..usual }
    }
}

/// Origins with commas between.
#[derive(Default)]
struct Origins(BTreeSet<Origin>);

impl std::str::FromStr for Origins {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.split(',').map(|origin| origin.trim().parse()).collect::<Result<_, _>>().map(Self)
    }
}

/// A secret that is long enough.
struct Secret(String);

impl std::str::FromStr for Secret {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() < 32 { Err("use at least 32 characters") } else { Ok(Self(text.to_owned())) }
    }
}
