//! Which addresses may be contacted. Names are looked up here and nowhere else, so that a name that answers with an address inside a network, now
//! or between two requests, leads nowhere.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks up names, and keeps what is on the open internet.
#[derive(Debug, Default)]
pub struct Outside {
    inner: DefaultResolver,
    /// Whether addresses inside a network are wanted too.
    allow_private: bool,
}

impl Outside {
    /// Keeps addresses of the open internet; with `allow_private` all.
    pub fn new(allow_private: bool) -> Outside {
        Outside { allow_private, ..Outside::default() }
    }
}

/// A name that leads inside a network.
#[derive(Debug, thiserror::Error)]
#[error("its address {0} is not on the open internet; a feed server inside your own network needs allow_private = true")]
pub struct Inside(IpAddr);

impl Resolver for Outside {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if self.allow_private {
            return Ok(found);
        }
        let mut kept = self.empty();
        let mut inside = None;
        for address in found.iter().copied() {
            if is_outside(address.ip()) { kept.push(address) } else { inside = Some(address) }
        }
        match inside {
            Some(address) if kept.is_empty() => Err(ureq::Error::Other(Box::new(Inside(SocketAddr::ip(&address))))),
            _ => Ok(kept),
        }
    }
}

/// Whether an address is one of the open internet.
pub fn is_outside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => outside_v4(address),
        IpAddr::V6(address) => outside_v6(address),
    }
}

fn outside_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match (a, b, c) {
        // This network, carriers' networks, protocol assignments, benchmarks, what is reserved.
        (0, ..) | (192, 0, 0) | (198, 18 | 19, _) | (240.., ..) => true,
        (100, b, _) => b & 0xc0 == 64,
        _ => false,
    };
    !(special
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

fn outside_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match (a, b) {
        // An IPv4 address in other clothes.
        (0, 0) if (c, d, e, f) == (0, 0, 0, 0xffff) => outside_v4(v4(g, h)),
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => outside_v4(v4(g, h)),
        (0x2002, _) => outside_v4(v4(b, c)),
        // Teredo, documentation, and what else is set aside in 2001::/23.
        (0x2001, 0..0x200 | 0xdb8) | (0x3fff, 0..0x1000) => false,
        // Only 2000::/3 is given out: local, link-local and multicast addresses, loopback and ISATAP's kin lie outside of it.
        _ => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_networks_are_told_in_all_their_forms() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "198.18.0.1",
            "240.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "::127.0.0.1",
            "fec0::1",
        ] {
            assert!(!is_outside(inside.parse().unwrap()), "{inside}");
        }
        for outside in
            ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "2a00:1450::1", "2001:4860::8"]
        {
            assert!(is_outside(outside.parse().unwrap()), "{outside}");
        }
    }
}
