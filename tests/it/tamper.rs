//! Every change is caught: single bytes in packs and bundles, and the classic attacks, made from our own good files.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use handover::bundle::{Manifest, read_archive, write_archive};
use handover::sign::Refusal;
use handover::verify::{Answer, Trust, judge};

use super::support::{Workspace, packed, text, with_ending};

fn now() -> jiff::Timestamp {
    "2026-09-01T00:00:00Z".parse().unwrap()
}

fn answer(bytes: &[u8]) -> (Answer, Option<&'static str>) {
    answer_at(bytes, now())
}

fn answer_at(bytes: &[u8], now: jiff::Timestamp) -> (Answer, Option<&'static str>) {
    let verdict = judge(bytes, &Trust::default(), now).verdict;
    (verdict.answer, verdict.reason.map(|reason: Refusal| reason.code.as_str()))
}

fn profile() -> Vec<u8> {
    fs::read(with_ending(&packed().1, "-profile.pdf").remove(0)).unwrap()
}

fn bundle() -> (PathBuf, Vec<u8>) {
    let path = with_ending(&packed().1, ".zip").into_iter().find(|path| text(path).contains("9994002-send")).unwrap();
    (path.clone(), fs::read(path).unwrap())
}

/// Every byte with three masks, and every truncation, on all processors; none may be anything but not genuine.
fn exhaustively(good: &[u8], now: jiff::Timestamp) {
    assert_eq!(answer_at(good, now).0, Answer::CannotTell);
    let threads = std::thread::available_parallelism().unwrap().get();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                let mut changed = good.to_vec();
                for at in (thread..good.len()).step_by(threads) {
                    for mask in [0x01, 0x20, 0x80] {
                        changed[at] ^= mask;
                        assert_eq!(answer_at(&changed, now).0, Answer::NotGenuine, "byte {at} mask {mask}");
                        changed[at] ^= mask;
                    }
                    assert_eq!(answer_at(&good[..at], now).0, Answer::NotGenuine, "{at} bytes");
                }
            });
        }
    });
}

#[test]
fn every_byte_of_a_pack_counts() {
    exhaustively(&profile(), now());
}

#[test]
fn every_byte_of_a_pack_with_a_timestamp_counts() {
    let pdf = super::timestamps::timestamped();
    // The service has dated it by its own clock.
    let made = fs::metadata(pdf).unwrap().modified().unwrap();
    exhaustively(&fs::read(pdf).unwrap(), made.try_into().unwrap());
}

#[test]
fn every_single_byte_of_a_bundle_counts() {
    let (_, good) = bundle();
    assert_eq!(answer(&good).0, Answer::CannotTell);
    let step = good.len() / 2500;
    let mut tried = 0;
    for at in (0..good.len()).step_by(step) {
        let mut changed = good.clone();
        changed[at] ^= [0x01, 0x20, 0x80][tried % 3];
        assert_eq!(answer(&changed).0, Answer::NotGenuine, "byte {at}");
        tried += 1;
    }
    assert!(tried > 2000, "{tried}");
}

#[test]
fn truncations_and_additions_are_caught() {
    let (_, bundle) = bundle();
    for good in [profile(), bundle] {
        for cut in (1..good.len()).step_by(good.len() / 400) {
            assert_eq!(answer(&good[..good.len() - cut]).0, Answer::NotGenuine);
        }
        for extra in [&b"\n"[..], b" ", b"\n%%EOF\n", b"PK\x05\x06", b"x"] {
            assert_eq!(answer(&[good.as_slice(), extra].concat()).0, Answer::NotGenuine, "{extra:?}");
            assert_eq!(answer(&[extra, good.as_slice()].concat()).0, Answer::NotGenuine, "{extra:?}");
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|window| window == wanted).unwrap()
}

/// A third revision that redraws the first page: an incremental saving attack.
fn with_update(good: &[u8], object: &str) -> Vec<u8> {
    let mut attacked = good.to_vec();
    let (at, number) = (attacked.len(), object.split(' ').next().unwrap());
    attacked.extend(object.bytes());
    let table = attacked.len();
    let trailer = find(good, b"trailer\n");
    let last =
        good[trailer + 8..].windows(8).position(|window| window == b"trailer\n").map_or(trailer, |n| trailer + 8 + n);
    let dict_end = last + 8 + find(&good[last + 8..], b">>");
    let dict = String::from_utf8_lossy(&good[last + 10..dict_end]).into_owned();
    let dict: String = dict.split("/Prev").next().unwrap().to_owned();
    let start = String::from_utf8_lossy(&good[find_last(good, b"startxref\n") + 10..good.len() - 7]).into_owned();
    attacked.extend(
        format!("xref\n{number} 1\n{at:010} 00000 n\r\ntrailer\n<<{dict}/Prev {start}>>\nstartxref\n{table}\n%%EOF\n")
            .bytes(),
    );
    attacked
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).rposition(|window| window == wanted).unwrap()
}

#[test]
fn saving_something_over_a_sealed_pack_is_caught() {
    let good = profile();
    for object in
        ["1 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n", "900 0 obj\n<</Type /Annot/Subtype /FreeText>>\nendobj\n"]
    {
        let attacked = with_update(&good, object);
        assert_eq!(answer(&attacked), (Answer::NotGenuine, Some("F3")), "{object}");
    }
}

#[test]
fn a_byte_range_that_spares_something_is_caught() {
    let good = profile();
    let at = find(&good, b"/ByteRange [0 ") + 14;
    let end = at + find(&good[at..], b"]");
    let range = String::from_utf8_lossy(&good[at..end]).trim().to_owned();
    let numbers: Vec<usize> = range.split(' ').map(|number| number.parse().unwrap()).collect();
    let width = end - at;
    for [before, after, rest] in [
        [numbers[0] - 1, numbers[1], numbers[2]],
        [numbers[0], numbers[1] + 1, numbers[2] - 1],
        [numbers[0], numbers[1], numbers[2] - 1],
        [numbers[0], numbers[1], 0],
    ] {
        let mut attacked = good.clone();
        attacked[at..end].copy_from_slice(format!("{:<width$}", format!("{before} {after} {rest}")).as_bytes());
        assert_eq!(answer(&attacked), (Answer::NotGenuine, Some("B1")));
    }
}

#[test]
fn a_seal_of_another_pack_does_not_fit() {
    let mut packs = with_ending(&packed().1, "-profile.pdf");
    let (one, other) = (fs::read(packs.remove(0)).unwrap(), fs::read(packs.remove(0)).unwrap());
    let contents = |bytes: &[u8]| {
        let start = find(bytes, b"/Contents <") + 11;
        start..start + find(&bytes[start..], b">")
    };
    let mut attacked = one.clone();
    attacked[contents(&one)].copy_from_slice(&other[contents(&other)]);
    assert_eq!(answer(&attacked), (Answer::NotGenuine, Some("C8")));
    let mut upper = one.clone();
    upper[contents(&one)].make_ascii_uppercase();
    assert_eq!(answer(&upper), (Answer::NotGenuine, Some("B2")));
    let mut padded = one.clone();
    let last = contents(&one).end - 1;
    padded[last] = b'1';
    assert_eq!(answer(&padded), (Answer::NotGenuine, Some("C2")));
}

fn rewritten(change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> Vec<u8> {
    let mut files = read_archive(&bundle().1).unwrap();
    change(&mut files);
    write_archive(&files).unwrap()
}

#[test]
fn a_bundle_is_whole_or_nothing() {
    let pack = |files: &BTreeMap<String, Vec<u8>>| files.keys().find(|name| name.ends_with(".pdf")).unwrap().clone();
    let missing = rewritten(|files| drop(files.remove(&pack(files))));
    assert_eq!(answer(&missing), (Answer::NotGenuine, Some("I4")));
    let extra = rewritten(|files| drop(files.insert("extra.pdf".into(), b"x".to_vec())));
    assert_eq!(answer(&extra), (Answer::NotGenuine, Some("I6")));
    let changed = rewritten(|files| drop(files.insert("START-HERE.html".into(), b"<p>Ring this number</p>".to_vec())));
    assert_eq!(answer(&changed), (Answer::NotGenuine, Some("I5")));
    let unsigned = rewritten(|files| drop(files.remove("manifest.json.p7s")));
    assert_eq!(answer(&unsigned), (Answer::NotGenuine, Some("I2")));
    let edited = rewritten(|files| {
        let manifest = String::from_utf8(files["manifest.json"].clone()).unwrap();
        files.insert("manifest.json".into(), manifest.replace("9994002", "9994001").into_bytes());
    });
    assert_eq!(answer(&edited), (Answer::NotGenuine, Some("C8")));
}

#[test]
fn a_manifest_signed_by_another_school_does_not_carry_our_packs() {
    let desk = Workspace::new();
    let p12 = desk.identity("forger.p12", "Millbeck Example Junior School", "999201", "2026-07-01");
    let forger = handover::sign::Identity::from_pkcs12(&fs::read(p12).unwrap(), "").unwrap();
    let forged = rewritten(|files| {
        let signature = handover::sign::sign_detached(&forger, &files["manifest.json"]).unwrap();
        files.insert("manifest.json.p7s".into(), signature);
    });
    assert_eq!(answer(&forged), (Answer::NotGenuine, Some("I7")));
    // A school under its own name cannot sign in another's.
    let own = desk.identity("own.p12", "Elsewhere School", "999777", "2026-07-01");
    let other = handover::sign::Identity::from_pkcs12(&fs::read(own).unwrap(), "").unwrap();
    let forged = rewritten(|files| {
        let signature = handover::sign::sign_detached(&other, &files["manifest.json"]).unwrap();
        files.insert("manifest.json.p7s".into(), signature);
    });
    assert_eq!(answer(&forged), (Answer::NotGenuine, Some("I1")));
}

#[test]
fn a_seal_from_the_future_is_not_believed() {
    let early = "2026-07-09T00:00:00Z".parse().unwrap();
    let verdict = judge(&profile(), &Trust::default(), early).verdict;
    assert_eq!(verdict.reason.map(|reason| reason.code.as_str()), Some("T3"));
}

#[test]
fn the_manifest_has_one_form() {
    let files = read_archive(&bundle().1).unwrap();
    let bytes = &files["manifest.json"];
    assert!(Manifest::from_bytes(bytes).is_some());
    let spaced = [bytes.as_slice(), b" "].concat();
    assert!(Manifest::from_bytes(&spaced).is_none());
    let twice =
        String::from_utf8(bytes.clone()).unwrap().replacen("\"version\": 1,", "\"version\": 1,\n  \"version\": 1,", 1);
    assert!(Manifest::from_bytes(twice.as_bytes()).is_none());
}

#[test]
fn an_unpacked_bundle_is_judged_whole() {
    let desk = Workspace::new();
    let files = read_archive(&bundle().1).unwrap();
    for (name, bytes) in &files {
        desk.write(&format!("unpacked/{name}"), bytes);
    }
    let verify = || desk.run(&["verify", text(&desk.path("unpacked")), "--format", "concise"]);
    assert!(verify().out.contains("cannot tell yet"), "{}", verify().out);
    let unheard =
        desk.run(&["trust", "add", text(&desk.path("unpacked")), "--by", "x", "--how", "x", "--words", "zoo"]);
    assert_eq!(unheard.code, 2, "the folder names a signer, three words do not confirm it: {}", unheard.err);
    let record = files.keys().find(|name| name.ends_with("-send.json")).unwrap();
    desk.write(&format!("unpacked/{record}"), "{}");
    assert!(verify().out.contains("[I5]"), "{}", verify().out);
    desk.write(&format!("unpacked/{record}"), &files[record]);
    desk.write("unpacked/extra.exe", "x");
    assert!(verify().out.contains("[I6]"), "{}", verify().out);
    // What is left of a bundle is not judged as if it had been single packs.
    fs::remove_file(desk.path("unpacked/extra.exe")).unwrap();
    fs::remove_file(desk.path("unpacked/manifest.json")).unwrap();
    assert!(verify().code == 4 && verify().out.contains("[I2]"), "{}", verify().out);
    fs::remove_file(desk.path("unpacked/manifest.json.p7s")).unwrap();
    assert!(verify().code == 4 && verify().out.contains("[I2]"), "{}", verify().out);
}
