//! Whom the form answers: the browser that was given the secret, asking this very address; nobody else on the machine, no
//! other site in the same browser, and no name that was made to point here.

use sha2::{Digest, Sha256};

/// The secret in the path: 128 bits, in lower-case hexadecimal.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// Out of randomness.
    #[must_use]
    pub fn new(random: [u8; 16]) -> Self {
        Self(crate::text::hex(&random))
    }

    /// As it stands in the path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text is the secret; how long that takes tells nothing about it.
    fn is(&self, text: &str) -> bool {
        Sha256::digest(text.as_bytes()) == Sha256::digest(self.0.as_bytes())
    }
}

/// Where the form is.
#[derive(Debug, Clone)]
pub struct Own {
    /// Address and port: `127.0.0.1:49152`.
    pub host: String,
    /// The secret in the path.
    pub secret: Secret,
}

/// Who asks, as the request says it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Visitor<'a> {
    /// Whether something is to be changed.
    pub is_change: bool,
    /// The path, without what follows a question mark.
    pub path: &'a str,
    /// The one `Host`; `None` where there is none or more than one.
    pub host: Option<&'a str>,
    /// The one `Origin`, if any.
    pub origin: Option<&'a str>,
    /// `Sec-Fetch-Site`, where the browser sends it.
    pub fetch_site: Option<&'a str>,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It asks for another name or address.
    Host,
    /// It does not know the secret.
    Secret,
    /// It wants to change something, and does not come from a page of the form.
    Origin,
}

/// The rest of the path behind the secret, for those who may have an answer.
///
/// # Errors
/// [`Refused`] for all others; what they get tells them nothing.
pub fn admit<'a>(visitor: Visitor<'a>, own: &Own) -> Result<&'a str, Refused> {
    if visitor.host != Some(own.host.as_str()) {
        return Err(Refused::Host);
    }
    let path = visitor.path.strip_prefix('/').ok_or(Refused::Secret)?;
    let (secret, rest) = path.split_once('/').ok_or(Refused::Secret)?;
    if !own.secret.is(secret) {
        return Err(Refused::Secret);
    }
    let own_origin = format!("http://{}", own.host);
    let is_own_page =
        visitor.origin == Some(own_origin.as_str()) && visitor.fetch_site.is_none_or(|site| site == "same-origin");
    if visitor.is_change && !is_own_page {
        return Err(Refused::Origin);
    }
    // A page of another site that knows the secret all the same may not read what is here either.
    let is_foreign = visitor.origin.is_some_and(|origin| origin != own_origin);
    if is_foreign { Err(Refused::Origin) } else { Ok(rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> Own {
        Own { host: "127.0.0.1:4000".to_owned(), secret: Secret::new([0xab; 16]) }
    }

    fn path() -> String {
        format!("/{}/c/", own().secret.as_str())
    }

    fn visitor(path: &str) -> Visitor<'_> {
        Visitor { is_change: false, path, host: Some("127.0.0.1:4000"), origin: None, fetch_site: None }
    }

    #[test]
    fn the_own_page_is_answered() {
        let path = path();
        assert_eq!(admit(visitor(&path), &own()), Ok("c/"));
        let change = Visitor {
            is_change: true,
            origin: Some("http://127.0.0.1:4000"),
            fetch_site: Some("same-origin"),
            ..visitor(&path)
        };
        assert_eq!(admit(change, &own()), Ok("c/"));
    }

    #[test]
    fn nobody_else_is() {
        let path = path();
        let change = Visitor { is_change: true, origin: Some("http://127.0.0.1:4000"), ..visitor(&path) };
        for host in [
            "localhost:4000",
            "127.0.0.1",
            "127.0.0.1:4001",
            "127.0.0.1.evil.example:4000",
            "evil.example:4000",
            "127.0.0.1:4000 ",
            "[::1]:4000",
            "127.1:4000",
            "",
        ] {
            assert_eq!(admit(Visitor { host: Some(host), ..change }, &own()), Err(Refused::Host), "{host}");
        }
        assert_eq!(admit(Visitor { host: None, ..change }, &own()), Err(Refused::Host));
        for origin in [
            "null",
            "http://evil.example",
            "http://localhost:4000",
            "https://127.0.0.1:4000",
            "http://127.0.0.1:4001",
            "http://127.0.0.1:4000.evil.example",
            "file://",
            "",
        ] {
            assert_eq!(admit(Visitor { origin: Some(origin), ..change }, &own()), Err(Refused::Origin), "{origin}");
            let look = Visitor { is_change: false, origin: Some(origin), ..change };
            assert_eq!(admit(look, &own()), Err(Refused::Origin), "{origin}");
        }
        assert_eq!(admit(Visitor { origin: None, ..change }, &own()), Err(Refused::Origin));
        for site in ["cross-site", "same-site", "none"] {
            assert_eq!(admit(Visitor { fetch_site: Some(site), ..change }, &own()), Err(Refused::Origin), "{site}");
        }
        let secret = own().secret.as_str().to_owned();
        for path in [
            "/".to_owned(),
            "/c/".to_owned(),
            format!("/{secret}"),
            format!("//{secret}/"),
            format!("/{}/", secret.to_uppercase()),
            format!("/{}/", &secret[..31]),
            format!("/{secret}0/"),
        ] {
            assert_eq!(admit(visitor(&path), &own()), Err(Refused::Secret), "{path}");
        }
        assert_eq!(format!("{:?}", own().secret), "Secret(…)");
    }
}
