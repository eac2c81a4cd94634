//! Packs typeset again from the records in them: what handover made comes out the same, what was made by hand does not.

use std::collections::BTreeMap;
use std::fs;

use handover::check::{CheckOptions, Policy, check};
use handover::circle::{Audience, PackKind};
use handover::cohort::rerender_sealed;
use handover::document::{Branding, Enclosure, Engine, PackDetails, RerenderError, Subject, TEMPLATES, render};
use handover::picture::Pictures;
use handover::record::{audience_view, read};
use handover::sign::{Identity, SealPlace, attached_source, seal_pdf};
use handover::verify::Rerendered;

use super::forge::{FROM, Forgery, at, forger, place};
use super::support::{DAY, Workspace, example_files, examples, first_example, packed, text, with_ending};

fn again(judged: &str) -> Vec<(String, Option<String>)> {
    let judged: serde_json::Value = serde_json::from_str(judged).unwrap();
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let files = judged["files"].as_array().unwrap().iter();
    files.map(|file| (text(&file["name"]).unwrap(), text(&file["pages_and_data"]))).collect()
}

#[test]
fn every_pack_comes_out_the_same() {
    let (desk, out) = packed();
    let run = desk.run(&["verify", text(out), "--rerender", "--as-of", "2026-09-01", "--format", "json"]);
    let judged = again(&run.out);
    assert!(judged.len() > 30);
    for (name, answer) in judged {
        // A cover letter has no record in it.
        let expected = if name.ends_with("COVER-LETTER.pdf") { "not_compared" } else { "alike" };
        assert_eq!(answer.as_deref(), Some(expected), "{name}");
    }
}

#[test]
fn pictures_logo_colour_policy_and_overrides_come_out_the_same() {
    let desk = Workspace::new();
    let record = fs::read_to_string(examples().join("03-cp-plan-and-ehcp.toml")).unwrap();
    let line = record.lines().find(|line| line.starts_with("key_adult")).unwrap();
    let picture = fs::read(examples().join("pictures/03-house.png")).unwrap();
    let path = desk.write("3.toml", record.replace(line, ""));
    desk.write("pictures/03-house.png", &picture);
    desk.write("logo.png", &picture);
    desk.write("branding.toml", "accent = \"#7A1F3D\"\nlogo = \"logo.png\"\n");
    desk.write("policy.toml", "[early_help]\nname = \"Family Help\"\nthreshold = 90\n");
    let out = desk.path("out");
    let reason = "The key adult is chosen on Monday, the child moves on Friday";
    let given = ["--override", "TP-05", "--reason", reason, "--by", "Ruth Halloran, DSL", "--no-encrypt"];
    let run = desk.run(&[&["pack", text(&path), "--out", text(&out), "--as-of", DAY], &given[..]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    for bundle in with_ending(&out, ".zip") {
        let run = desk.run(&["verify", text(&bundle), "--rerender", "--as-of", "2026-09-01"]);
        assert!(run.out.contains("typeset again byte for byte"), "{}: {}", bundle.display(), run.out);
    }
}

#[test]
fn genuine_is_said_only_where_the_comparison_was_made() {
    let desk = Workspace::new();
    let templates = desk.path("templates");
    let (name, own) = TEMPLATES.iter().find(|(name, _)| *name == "blocks.typ").unwrap();
    desk.write(&format!("templates/{name}"), format!("// Ours.\n{own}"));
    let (record, out) = (desk.write("one.toml", first_example()), desk.path("out"));
    let options = ["--templates", text(&templates), "--as-of", DAY, "--no-encrypt"];
    let run = desk.run(&[&["pack", text(&record), "--out", text(&out)], &options[..]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let bundle = with_ending(&out, ".zip").remove(0);
    let words = super::support::words_in(&desk.run(&["identity", "show"]).out);
    let add = ["trust", "add", text(&bundle), "--by", "X", "--how", "telephone", "--as-of", "2026-09-01"];
    assert_eq!(desk.run(&[&add[..], &["--words", &words]].concat()).code, 0);
    let verify = |more: &[&str]| desk.run(&[&["verify", text(&bundle), "--as-of", "2026-09-01"], more].concat());
    assert_eq!(verify(&[]).code, 0);
    let run = verify(&["--rerender"]);
    assert!(run.code == 4 && run.out.contains("CANNOT TELL YET") && run.out.contains("[R2]"), "{}", run.out);
    let run = verify(&["--rerender", "--templates", text(&templates)]);
    assert!(run.code == 0 && run.out.contains("GENUINE"), "{}", run.out);
}

/// A pack of the first example as a school of bad faith makes it: other templates than it says, other words than it
/// encloses, other things in its seal.
struct Maker {
    identity: Identity,
    policy: Policy,
    branding: Branding,
}

impl Maker {
    fn pack(&self, engine: &Engine, change: impl Fn(&mut PackDetails<'_>)) -> Vec<u8> {
        self.pack_of(PackKind::Profile, engine, change)
    }

    fn pack_of(&self, kind: PackKind, engine: &Engine, change: impl Fn(&mut PackDetails<'_>)) -> Vec<u8> {
        let day = DAY.parse().unwrap();
        let terms = CheckOptions { policy: &self.policy, today: day, overrides: &[] };
        let reading = read("one.toml", first_example().as_bytes());
        let checked = check(vec![reading], &terms).remove(0).checked.unwrap();
        let certificate = self.identity.certificate();
        let words = certificate.fingerprint().words().join(" ");
        let seal = vec![
            format!(
                "Sealed electronically by {} on 10 July 2026. Any later change breaks the seal.",
                certificate.holder()
            ),
            format!("The certificate's fingerprint in words: {words}."),
        ];
        let mut stamp = PackDetails::new("K7Q2-9M3XA", day, &self.policy, seal, &self.branding);
        change(&mut stamp);
        let pictures = Pictures::default();
        render(engine, Subject::checked(&checked, &pictures), kind, &stamp).unwrap().pdf
    }

    fn place(&self) -> SealPlace {
        let name = self.identity.certificate().holder();
        let description = format!("Electronic seal of {name}. Click to see whether the document was changed.");
        SealPlace { description, name, ..place() }
    }

    fn compared(&self, pdf: &[u8], place: &SealPlace) -> Rerendered {
        let sealed = seal_pdf(&self.identity, pdf, place, at(FROM), None).unwrap().pdf;
        rerender_sealed(&Engine::default(), None, &sealed, self.identity.certificate())
    }
}

#[test]
fn pages_that_say_something_else_than_the_record_are_found_out() {
    let maker = Maker { identity: forger(), policy: Policy::default(), branding: Branding::default() };
    let honest = Engine::default();
    let pdf = maker.pack(&honest, |_| ());
    assert_eq!(maker.compared(&pdf, &maker.place()), Rerendered::Alike);
    // Templates that leave something out, in a pack that says it was made with ours.
    let profile = TEMPLATES.iter().find(|(name, _)| *name == "profile.typ").unwrap().1;
    let silent = profile.replace("#render-sections(view, sections)", "All is well.");
    assert_ne!(silent, profile);
    let engine = Engine::with_templates(&BTreeMap::from([("profile.typ".to_owned(), silent)]));
    assert_eq!(maker.compared(&maker.pack(&engine, |_| ()), &maker.place()), Rerendered::Different);
    // Another fingerprint on the page than that of the key that seals.
    let pdf = maker.pack(&honest, |stamp| stamp.seal = vec!["Sealed by Northgate on 10 July 2026.".to_owned()]);
    assert_eq!(maker.compared(&pdf, &maker.place()), Rerendered::Different);
    let pdf = maker.pack(&honest, |stamp| stamp.templates = Some("a".repeat(64)));
    assert_eq!(maker.compared(&pdf, &maker.place()), Rerendered::NotCompared);
    // A field elsewhere on the page, or called otherwise.
    let pdf = maker.pack(&honest, |_| ());
    for other in [
        SealPlace { rectangle: [0, 0, 595, 842], ..maker.place() },
        SealPlace { description: "Nothing to see".to_owned(), ..maker.place() },
    ] {
        assert_eq!(maker.compared(&pdf, &other), Rerendered::Different);
    }
}

#[test]
fn the_name_on_the_pages_is_that_of_the_record() {
    let maker = Maker { identity: forger(), policy: Policy::default(), branding: Branding::default() };
    let pdf = maker.pack_of(PackKind::General, &Engine::default(), |_| ());
    let source = attached_source(&pdf).unwrap();
    let text = String::from_utf8(source.clone()).unwrap();
    let name = text.split("\"name\": \"").nth(1).unwrap().split('"').next().unwrap();
    let typeset = |source: &[u8]| {
        Enclosure { source, others: BTreeMap::new() }
            .typeset(&Engine::default(), None, &|_| vec!["Sealed.".to_owned()])
            .map(|_| ())
    };
    assert_eq!(typeset(&source), Ok(()));
    for other in ["Somebody Else", "", &name.to_uppercase(), &format!("{name} and others")] {
        let changed = text.replacen(&format!("\"name\": \"{name}\""), &format!("\"name\": \"{other}\""), 1);
        assert_ne!(changed, text);
        assert_eq!(typeset(changed.as_bytes()), Err(RerenderError::Record), "{other}");
    }
    assert_eq!(typeset(b"[".repeat(100_000).as_slice()), Err(RerenderError::Record));
    assert_eq!(typeset(text.replacen("handover 0", "handover 9", 1).as_bytes()), Err(RerenderError::Maker));
}

#[test]
fn what_is_put_into_the_second_revision_is_found_out() {
    let whole = |change: &dyn Fn(&mut Forgery)| {
        let mut forgery = Forgery::new();
        change(&mut forgery);
        rerender_sealed(&Engine::default(), None, &forgery.sealed(), forger().certificate())
    };
    // The page is that of the examples' school; the forger's seal on it is another already.
    assert_eq!(whole(&|_| ()), Rerendered::Different);
    let maker = Maker { identity: forger(), policy: Policy::default(), branding: Branding::default() };
    let first = maker.pack(&Engine::default(), |_| ());
    let sealed = seal_pdf(&maker.identity, &first, &maker.place(), at(FROM), None).unwrap().pdf;
    let forgery = |change: &dyn Fn(&mut Forgery)| {
        let mut forgery = Forgery::of(&first, &sealed);
        change(&mut forgery);
        rerender_sealed(&Engine::default(), None, &forgery.sealed(), maker.identity.certificate())
    };
    assert!(Forgery::of(&first, &sealed).sealed() == sealed, "put together unchanged it is the same");
    assert_eq!(forgery(&|_| ()), Rerendered::Alike);
    let more = forgery(&|forgery| {
        forgery.add("<</Type /Annot/Subtype /Square/Rect [0 0 595 842]>>");
    });
    assert_eq!(more, Rerendered::Different);
    assert_eq!(forgery(&|forgery| forgery.replace("/Tabs /S", "/Tabs /S/Rotate 180")), Rerendered::Different);
}

#[test]
fn what_is_cut_once_is_not_cut_again() {
    for file in example_files() {
        let record = read("x.toml", &fs::read(file).unwrap()).record;
        for reader in Audience::ALL {
            let once = audience_view(&record, reader).unwrap();
            assert_eq!(audience_view(&once.record, reader).unwrap().json, once.json, "{}", reader.key());
        }
    }
}
