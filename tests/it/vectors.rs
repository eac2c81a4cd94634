//! C2SP's vectors for `age`: what we open and refuse, judged by whoever wrote the format.

use std::fs;

use handover::bundle::unlock_with_age;
use miniz_oxide::inflate::decompress_to_vec_zlib;
use sha2::{Digest, Sha256};

use super::support::root;

/// One vector: the lines of its header, and the encrypted file.
struct Vector {
    name: String,
    header: Vec<(String, String)>,
    file: Vec<u8>,
}

impl Vector {
    fn read(path: &std::path::Path) -> Self {
        let bytes = fs::read(path).unwrap();
        let end = bytes.windows(2).position(|two| two == b"\n\n").unwrap();
        let header = std::str::from_utf8(&bytes[..end]).unwrap();
        let header: Vec<(String, String)> =
            header.lines().map(|line| line.split_once(": ").unwrap()).map(|(a, b)| (a.into(), b.into())).collect();
        let packed = header.contains(&("compressed".into(), "zlib".into()));
        let file = bytes[end + 2..].to_vec();
        let file = if packed { decompress_to_vec_zlib(&file).unwrap() } else { file };
        Self { name: path.file_name().unwrap().to_str().unwrap().to_owned(), header, file }
    }

    fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.header.iter().filter(move |(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

#[test]
fn age_files_open_and_are_refused_as_their_makers_say() {
    let (mut opened, mut refused) = (0, 0);
    for path in fs::read_dir(root().join("tests/it/age")).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|ending| ending == "md") {
            continue;
        }
        let vector = Vector::read(&path);
        let keys: Vec<&str> = vector.all("identity").filter(|key| key.starts_with("AGE-SECRET-KEY-1")).collect();
        let answer = unlock_with_age(&vector.file, &keys.join("\n"));
        let armored = vector.all("armored").next() == Some("yes");
        // Passphrases, armour and keys of other kinds are not ours: whatever they hold is refused.
        if vector.all("expect").next() == Some("success") && !keys.is_empty() && !armored {
            let payload = answer.unwrap_or_else(|error| panic!("{}: {error}", vector.name));
            let digest: String = Sha256::digest(payload).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(Some(digest.as_str()), vector.all("payload").next(), "{}", vector.name);
            opened += 1;
        } else {
            assert!(answer.is_err(), "{}", vector.name);
            refused += 1;
        }
    }
    assert!(opened >= 10 && refused >= 100, "{opened} {refused}");
}
