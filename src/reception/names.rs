//! Names of folders and files that a person can use, in which nothing leads anywhere else.

use crate::bundle::Manifest;
use crate::circle::PackKind;

/// So many characters of a name stand in the name of a file: paths on Windows are short.
const LONGEST: usize = 40;

/// The name of a bundle's folder inside its circle: the school, the day, the transfer.
#[must_use]
pub fn bundle_folder(manifest: &Manifest) -> String {
    let school = safe(manifest.from.name.as_str());
    format!("{school} {} {}-{}", manifest.made_on, manifest.from.urn, manifest.transfer)
}

/// The name of a pack's file: the child's name, or nothing of it, then the reference and the kind.
#[must_use]
pub fn pack_file(child: Option<&str>, reference: &str, kind: PackKind) -> String {
    let child = child.map(safe).filter(|name| !name.is_empty()).map(|name| format!("{name} ")).unwrap_or_default();
    format!("{child}{reference} {}.pdf", kind.key())
}

/// A name without what the name of a file cannot have on any system, or what would hide or turn it.
fn safe(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | ',');
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let short: String = words.join(" ").chars().take(LONGEST).collect();
    short.trim_matches([' ', '-', '\'', '’', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_and_is_short() {
        assert_eq!(
            pack_file(Some("Zoë O'Hara-Smith"), "K7Q2-9M3XA", PackKind::General),
            "Zoë O'Hara-Smith K7Q2-9M3XA general.pdf"
        );
        assert_eq!(pack_file(None, "K7Q2-9M3XA", PackKind::Send), "K7Q2-9M3XA send.pdf");
        let evil = pack_file(Some("../../etc/passwd\u{202e}gpj\0:|?*"), "K7Q2-9M3XA", PackKind::Send);
        assert_eq!(evil, "etc passwd gpj K7Q2-9M3XA send.pdf");
        assert_eq!(pack_file(Some("..."), "K7Q2-9M3XA", PackKind::Send), "K7Q2-9M3XA send.pdf");
        assert!(pack_file(Some(&"x".repeat(500)), "K7Q2-9M3XA", PackKind::Send).chars().count() < 70);
    }
}
