//! What a server has to be told.

use std::net::SocketAddr;

use copydesk_process::Settings;
use copydesk_store::settings::TableSettings;

/// The settings of a server process.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// `COPYDESK_LISTEN`: where the API is served.
    pub listen: SocketAddr,
    /// `COPYDESK_METRICS`: where Prometheus may ask, if it may.
    pub metrics: Option<SocketAddr>,
    /// `COPYDESK_DELIVERY_URL`: where sites fetch; how the server learns what is live.
    pub delivery: String,
    /// `COPYDESK_OWNER_TOKEN`: the bearer token that opens everything; at least 32 characters.
    pub owner_token: String,
    /// The table.
    pub table: TableSettings,
}

impl ServerSettings {
    /// Reads the variables.
    pub fn read(settings: &mut Settings<'_>) -> Self {
        let table = TableSettings::read(settings);
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let delivery = "the address that sites fetch from, such as https://cdn.example.com";
        Self {
            listen: settings.required("COPYDESK_LISTEN", "where to listen, such as 0.0.0.0:4400", nowhere),
            metrics: settings.optional("COPYDESK_METRICS"),
            delivery: settings.required("COPYDESK_DELIVERY_URL", delivery, String::new()),
            owner_token: settings
                .required("COPYDESK_OWNER_TOKEN", "a secret of at least 32 characters", Secret::default())
                .0,
            table,
        }
    }
}

/// A secret that is long enough.
#[derive(Default)]
struct Secret(String);

impl std::str::FromStr for Secret {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() < 32 { Err("use at least 32 characters") } else { Ok(Self(text.to_owned())) }
    }
}
