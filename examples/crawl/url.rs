//! Addresses of pages.

use std::{fmt, net::SocketAddr};

/// `http://127.0.0.1:8000/path`
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Url {
    pub(crate) host: SocketAddr,
    pub(crate) path: String,
}

impl Url {
    fn parse(text: &str) -> Option<Self> {
        let (host, path) = text.strip_prefix("http://")?.split_once('/')?;
        Some(Self { host: host.parse().ok()?, path: format!("/{path}") })
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}{}", self.host, self.path)
    }
}

/// The links in the text of a page.
pub(crate) fn links(text: &str) -> impl Iterator<Item = Url> {
    text.split("href=\"").skip(1).filter_map(|link| Url::parse(link.split('"').next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_page() {
        let text =
            r#"<a href="http://127.0.0.1:80/a/b">a</a> <a href="mailto:x">x</a> <a href="http://127.0.0.1:81/">b</a>"#;
        let found: Vec<String> = links(text).map(|url| url.to_string()).collect();
        assert_eq!(found, ["http://127.0.0.1:80/a/b", "http://127.0.0.1:81/"]);
    }
}
