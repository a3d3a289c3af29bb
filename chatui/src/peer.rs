//! Whom a request comes from, where proxies stand before the server.

use crate::server::Server;
use http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

impl Server {
    /// The address of the client of a request that came over a connection from `socket`, for limits and logs of yours around
    /// [`handle`](Server::handle).
    ///
    /// That is `socket`, or, with [`App::trusted_proxies`](crate::App::trusted_proxies), what the first of them wrote into
    /// `X-Forwarded-For`. Where it wrote nothing that is an address, the connection did not come by way of all of them, and
    /// `socket` is what is known. Never a proof of who somebody is.
    ///
    /// ```standalone_crate
    /// # use chatui::{App, tool};
    /// # /// Says hello.
    /// # #[tool(read_only)]
    /// # fn hello() -> String { "hello".into() }
    /// let server = App::new().trusted_proxies(1).build().unwrap();
    /// // The first address is what the client itself sent.
    /// let request = http::Request::post("/mcp").header("x-forwarded-for", "10.0.0.1, 203.0.113.7").body(()).unwrap();
    /// let client = server.peer(request.headers(), "192.0.2.1".parse().unwrap());
    /// assert_eq!(client.to_string(), "203.0.113.7");
    /// ```
    pub fn peer(&self, headers: &HeaderMap, socket: IpAddr) -> IpAddr {
        peer(self.names.proxies, headers, socket).to_canonical()
    }
}

fn peer(proxies: u8, headers: &HeaderMap, socket: IpAddr) -> IpAddr {
    let Some(first) = usize::from(proxies).checked_sub(1) else { return socket };
    // Several headers of the name are one list (RFC 9110, 5.3), and each proxy adds to its end.
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    let mut written = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
    written.nth(first).and_then(|text| address(text.trim())).unwrap_or(socket)
}

/// An address, with a port where a proxy writes it along.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse().ok().map(|address: SocketAddr| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::peer;
    use http::HeaderMap;

    fn client(proxies: u8, lines: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        for (name, value) in [("forwarded", "for=6.6.6.6"), ("x-real-ip", "6.6.6.6"), ("x-forwarded-host", "6.6.6.6")] {
            headers.insert(name, value.parse().unwrap());
        }
        peer(proxies, &headers, "192.0.2.1".parse().unwrap()).to_string()
    }

    #[test]
    fn by_default_nobody_is_believed() {
        assert_eq!(client(0, &["203.0.113.7"]), "192.0.2.1");
        assert_eq!(client(0, &[]), "192.0.2.1");
    }

    #[test]
    fn what_the_proxies_added_is_believed_and_no_more() {
        assert_eq!(client(1, &["6.6.6.6, 203.0.113.7"]), "203.0.113.7");
        assert_eq!(client(2, &["6.6.6.6, 203.0.113.7, 10.0.0.2"]), "203.0.113.7");
        assert_eq!(client(2, &["6.6.6.6", "203.0.113.7", "10.0.0.2"]), "203.0.113.7");
        assert_eq!(client(1, &["203.0.113.7"]), "203.0.113.7");
    }

    #[test]
    fn who_did_not_come_by_all_proxies_is_who_connected() {
        assert_eq!(client(2, &["203.0.113.7"]), "192.0.2.1");
        assert_eq!(client(1, &[]), "192.0.2.1");
        for wrong in ["unknown", "", "6.6.6.6, ", "203.0.113.7, _hidden", "a b"] {
            assert_eq!(client(1, &[wrong]), "192.0.2.1", "{wrong}");
        }
    }

    #[test]
    fn an_address_may_have_a_port() {
        for (written, address) in [
            ("203.0.113.7:4711", "203.0.113.7"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
        ] {
            assert_eq!(client(1, &[written]), address);
        }
    }
}
