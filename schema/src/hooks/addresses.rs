//! Which addresses are everybody's. After IANA's registries of special-purpose addresses, and stricter: what merely
//! carries another address is refused too, whatever it carries.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::guard::Reach;

/// Refused IPv4 networks besides loopback, with the length of their prefix.
const REFUSED_V4: [(Ipv4Addr, u32); 18] = [
    (Ipv4Addr::UNSPECIFIED, 8),            // this network
    (Ipv4Addr::new(10, 0, 0, 0), 8),       // private
    (Ipv4Addr::new(100, 64, 0, 0), 10),    // shared behind a carrier's NAT; Alibaba's metadata
    (Ipv4Addr::new(168, 63, 129, 16), 32), // Azure's platform
    (Ipv4Addr::new(169, 254, 0, 0), 16),   // link-local; most clouds' metadata
    (Ipv4Addr::new(172, 16, 0, 0), 12),    // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),     // protocol assignments; Oracle's metadata
    (Ipv4Addr::new(192, 0, 2, 0), 24),     // documentation
    (Ipv4Addr::new(192, 31, 196, 0), 24),  // AS112: a sink for look-ups
    (Ipv4Addr::new(192, 52, 193, 0), 24),  // multicast relays
    (Ipv4Addr::new(192, 88, 99, 0), 24),   // 6to4 relays
    (Ipv4Addr::new(192, 168, 0, 0), 16),   // private
    (Ipv4Addr::new(192, 175, 48, 0), 24),  // AS112 again
    (Ipv4Addr::new(198, 18, 0, 0), 15),    // benchmarks
    (Ipv4Addr::new(198, 51, 100, 0), 24),  // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),   // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),      // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),      // reserved; broadcast
];

/// The only IPv6 addresses that are anybody's. Outside are loopback, unspecified, mapped, compatible and translated
/// (`64:ff9b::`) ones, discard (`100::`), segment routing (`5f00::`), unique local (`fc00::`, with Amazon's and
/// Google's metadata), link-local, site-local and multicast ones.
const PUBLIC_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Refused IPv6 networks among them.
const REFUSED_V6: [(Ipv6Addr, u32); 5] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocol assignments; Teredo, benchmarks, overlays
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4: carries IPv4
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48), // AS112
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

/// Whether a webhook may be sent to an address.
pub fn is_allowed(address: IpAddr, reach: Reach) -> bool {
    if address.is_loopback() {
        return reach == Reach::PublicAndLoopback;
    }
    match address {
        IpAddr::V4(address) => !REFUSED_V4.iter().any(|network| within_v4(address, *network)),
        IpAddr::V6(address) => {
            within_v6(address, PUBLIC_V6)
                && !REFUSED_V6.iter().any(|network| within_v6(address, *network))
                && !is_isatap(address)
        }
    }
}

fn within_v4(address: Ipv4Addr, (network, prefix): (Ipv4Addr, u32)) -> bool {
    (address.to_bits() ^ network.to_bits()).leading_zeros() >= prefix
}

fn within_v6(address: Ipv6Addr, (network, prefix): (Ipv6Addr, u32)) -> bool {
    (address.to_bits() ^ network.to_bits()).leading_zeros() >= prefix
}

/// An IPv4 address tunnelled within a site, in any network.
fn is_isatap(address: Ipv6Addr) -> bool {
    let [_, _, _, _, flags, marker, ..] = address.segments();
    flags & !0x200 == 0 && marker == 0x5efe
}
