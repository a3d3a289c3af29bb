//! Which hosts only a developer's machine answers for.

/// Whether an origin or address names this machine, its local network, or a tunnel to it: what works while it is
/// developed and for nobody else.
///
/// ```
/// use chatui_template::is_local;
///
/// assert!(is_local("http://localhost:5173"));
/// assert!(is_local("https://shy-owl.ngrok-free.app/data.json"));
/// assert!(!is_local("https://api.example.com"));
/// ```
pub fn is_local(origin_or_url: &str) -> bool {
    let behind_scheme = origin_or_url.split_once("//").map_or(origin_or_url, |(_, rest)| rest);
    let authority = behind_scheme.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match authority.find(']') {
        Some(end) => &authority[..=end],
        None => authority.split(':').next().unwrap_or_default(),
    };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    if let Ok(address) = host.parse::<std::net::Ipv4Addr>() {
        return address.is_loopback() || address.is_unspecified() || address.is_private() || address.is_link_local();
    }
    if let Some(Ok(address)) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).map(str::parse::<std::net::Ipv6Addr>) {
        let mapped = address.to_ipv4_mapped().is_some_and(|address| address.is_loopback() || address.is_unspecified());
        return address.is_loopback() || address.is_unspecified() || address.is_unique_local() || address.is_unicast_link_local() || mapped;
    }
    let below = |domain: &str| host.strip_suffix(domain).is_some_and(|front| front.ends_with('.'));
    NAMES.iter().any(|name| host == *name || below(name)) || TUNNELS.iter().any(|domain| below(domain))
}

/// Themselves and all below them: most resolve to the machine, and one tunnel tells its guests apart by their ports.
const NAMES: &[&str] = &["localhost", "local", "localdomain", "localtest.me", "lvh.me", "host.docker.internal", "bore.pub"];

/// What stands below them is a tunnel or a forwarder. Many are themselves the website of the service.
const TUNNELS: &[&str] = &[
    "app.github.dev",
    "devtunnels.ms",
    "githubpreview.dev",
    "gitpod.io",
    "lhr.life",
    "lhrtunnel.link",
    "loca.lt",
    "localcan.dev",
    "localhost.run",
    "localtunnel.me",
    "ngrok-free.app",
    "ngrok-free.dev",
    "ngrok.app",
    "ngrok.dev",
    "ngrok.io",
    "pinggy.io",
    "pinggy.link",
    "pinggy.online",
    "serveo.net",
    "serveousercontent.com",
    "sharedwithexpose.com",
    "telebit.cloud",
    "trycloudflare.com",
    "ts.net",
    "tunnelmole.net",
    "zrok.io",
];

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn the_machine_and_tunnels_to_it_are_told_from_the_world() {
        let local = [
            "localhost",
            "http://localhost",
            "https://app.localhost:3000/x",
            "ws://127.0.0.1:9",
            "http://127.9.9.9",
            "http://0.0.0.0:8000",
            "http://[::1]:80/x",
            "https://[::ffff:127.0.0.1]",
            "http://192.168.1.4",
            "http://mac.local:5173",
            "https://user:word@localhost/",
            "https://a.b.ngrok.io",
            "https://*.trycloudflare.com",
            "wss://x.loca.lt",
            "https://box.tail1234.ts.net",
            "HTTPS://ABC-5173.EUW.DEVTUNNELS.MS/",
            "//localhost:3000/x.js",
            "https://3000-me-shop.ws-eu1.gitpod.io",
            "http://bore.pub:33041",
        ];
        for address in local {
            assert!(is_local(address), "{address}");
        }
        let world = [
            "https://example.com",
            "https://localhost.example.com",
            "https://notngrok.io",
            "https://gitpod.io/docs",
            "https://8.8.8.8",
            "https://[2606:4700::1111]",
            "https://example.com/?to=localhost",
            "https://example.com/localhost",
            "*",
            "",
            "data:text/plain,localhost",
        ];
        for address in world {
            assert!(!is_local(address), "{address}");
        }
    }
}
