//! Looks a name up once, and hands out what it leads to only if all of that is allowed. The connection goes to what was
//! handed out, so a name cannot lead somewhere else between the check and the call.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use copydesk_schema::hooks::{Reach, is_allowed};

/// What a name leads to, once it is known.
pub type Addresses = BoxFuture<'static, io::Result<Vec<IpAddr>>>;

/// Knows what names lead to.
pub trait Lookup: Send + Sync {
    /// All addresses of a host name.
    fn lookup(&self, host: &str) -> Addresses;
}

/// Asks as the operating system is set up to.
#[derive(Clone, Copy, Debug)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: &str) -> Addresses {
        // With the dot, a name is complete: the machine's search list (a cluster's, often) adds nothing to it.
        let host = format!("{host}.");
        Box::pin(async move { Ok(tokio::net::lookup_host((host, 0)).await?.map(|address| address.ip()).collect()) })
    }
}

/// A name cannot be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unresolved {
    /// It leads where it must not. To which address is not for strangers to know.
    #[error("the name leads to an address that is not public")]
    NotAllowed,
    /// There is no such name, or nobody could say.
    #[error("the name could not be looked up, or leads nowhere")]
    Unknown,
}

/// The resolver of everything that admins name and we call. Addresses written out are never resolved:
/// [`check_url`](copydesk_schema::hooks::check_url) has judged those.
pub struct GuardedResolver {
    reach: Reach,
    lookup: Arc<dyn Lookup>,
}

impl GuardedResolver {
    /// A resolver that asks `lookup` once a connection.
    pub fn new(reach: Reach, lookup: Arc<dyn Lookup>) -> Self {
        Self { reach, lookup }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        // The only name of this machine, and known without asking; every other one must lead outside.
        if self.reach == Reach::PublicAndLoopback && name.as_str() == "localhost" {
            return Box::pin(async { Ok(sockets(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()])) });
        }
        let addresses = self.lookup.lookup(name.as_str());
        Box::pin(async move {
            let addresses = addresses.await.map_err(|_| Unresolved::Unknown)?;
            Ok(sockets(permitted(addresses)?))
        })
    }
}

/// One bad address spoils the name: which of them a connection goes to would be up to others.
fn permitted(addresses: Vec<IpAddr>) -> Result<Vec<IpAddr>, Unresolved> {
    if addresses.is_empty() {
        return Err(Unresolved::Unknown);
    }
    let allowed = addresses.iter().all(|address| is_allowed(*address, Reach::Public));
    if allowed { Ok(addresses) } else { Err(Unresolved::NotAllowed) }
}

fn sockets(addresses: Vec<IpAddr>) -> Addrs {
    // Port 0 stands for the one of the URL.
    Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0)))
}
