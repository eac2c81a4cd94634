//! The pages themselves: every script, hostile texts, drafts, pictures, templates of a school's own, and the record
//! taken out again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use handover::check::Policy;
use handover::circle::PackKind;
use handover::document::{Branding, Engine, PackDetails, Subject, render};
use handover::picture::Pictures;
use handover::record::read;
use unicode_normalization::UnicodeNormalization;

use super::support::{
    DAY, Workspace, example_files, examples, first_example, packed, root, text, tool, tree, with_ending,
};

fn words(pdf: &Path) -> String {
    tool("pdftotext", &[text(pdf), "-"]).out
}

/// The first example with some words replaced, beside which other files may lie.
fn changed(desk: &Workspace, replacements: &[(&str, &str)]) -> PathBuf {
    let mut record = first_example();
    for (old, new) in replacements {
        assert!(record.contains(old), "{old}");
        record = record.replace(old, new);
    }
    desk.write("records/changed.toml", record)
}

fn draft(desk: &Workspace, record: &Path, more: &[&str]) -> PathBuf {
    let out = desk.path("drafts");
    let run =
        desk.run(&[&["pack", text(record), "--draft", "--out", text(&out), "--as-of", DAY, "--force"], more].concat());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    out
}

#[test]
fn every_page_keeps_to_the_paper_and_to_readable_type() {
    let (engine, branding, policy, pictures) =
        (Engine::default(), Branding::default(), Policy::default(), Pictures::default());
    let stamp = PackDetails::new("K7Q2-9M3XA", DAY.parse().unwrap(), &policy, vec!["Sealed.".to_owned()], &branding);
    for file in example_files() {
        let record = read("x.toml", &fs::read(&file).unwrap()).record;
        for kind in [&PackKind::SENT[..], &[PackKind::Child]].concat() {
            let pack = render(&engine, Subject::draft(&record, &pictures), kind, &stamp).unwrap();
            assert!(pack.layout.smallest_text >= 10.49, "{} {kind:?}: {:?}", file.display(), pack.layout);
            assert!(!pack.is_shortened && (kind != PackKind::Profile || pack.layout.pages == 1), "{}", file.display());
        }
    }
}

#[test]
fn names_in_every_script_are_printed_and_can_be_taken_out_again() {
    let names =
        ["Ánh", "Ελένη", "Дмитро", "محمد", "יעל", "प्रिया", "ਗੁਰਲੀਨ", "王小明", "さくら", "김민준", "ሰላም", "ნინო"];
    let names = [&names[..], &["தமிழ்", "বাংলা", "প্রিয়", "🎨", "👩‍🎨"]].concat();
    let said = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let desk = Workspace::new();
    let record = changed(&desk, &[("good_at = [", &format!("good_at = [{said}, "))]);
    let page = words(&draft(&desk, &record, &[]).join("changed-DRAFT-general.pdf"));
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for name in names {
        assert!(plain(&page).contains(&plain(name)), "{name}: {page}");
    }
}

/// Nobody's words are asked to be changed: what has no letter form is named on the page, and `validate` says so first.
#[test]
fn a_character_without_a_letter_form_is_named_where_it_stands() {
    let desk = Workspace::new();
    let record = changed(&desk, &[("good_at = [", "good_at = [\"\u{12000} and tigers\", ")]);
    let validated = desk.run(&["validate", text(&record), "--as-of", DAY, "--format", "concise"]);
    let said = validated.out.lines().find(|line| line.contains("ID-23")).unwrap_or_default();
    assert!(
        validated.code == 0 && said.contains("U+12000") && said.contains("[CUNEIFORM SIGN A]"),
        "{}",
        validated.out
    );
    let page = words(&draft(&desk, &record, &[]).join("changed-DRAFT-general.pdf"));
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("[CUNEIFORM SIGN A] and tigers"), "{page}");
    assert!(page.contains("name a character that cannot be printed here"), "the page says so: {page}");
}

/// Letters with marks of their own keep both, whatever font has which.
#[test]
fn no_letter_is_lost_under_its_mark() {
    let desk = Workspace::new();
    let names = ["Ọ́lá Ẹ́níọlá Adébáyọ̀", "Ле́на", "ɔ́kɔ́", "1\u{fe0f}\u{20e3} 9\u{fe0f}\u{20e3} #\u{fe0f}\u{20e3}", "✓ ☐ ♫"];
    let said = names.map(|name| format!("\"{name}\"")).join(", ");
    let record = changed(&desk, &[("good_at = [", &format!("good_at = [{said}, "))]);
    let page = words(&draft(&desk, &record, &[]).join("changed-DRAFT-general.pdf"));
    // Marks may come out twice where a letter has two; what counts is that no letter and no mark is gone.
    let letters = |text: &str| text.nfd().filter(|c| !c.is_whitespace()).collect::<String>();
    for word in names.iter().flat_map(|name| name.split(' ')) {
        let mut rest = letters(&page);
        let kept = letters(word).chars().all(|c| {
            rest.contains(c) && {
                rest = rest.replacen(c, "", 0);
                true
            }
        });
        assert!(kept, "{word}: {page}");
    }
}

/// Small records that once stopped a whole class.
#[test]
fn one_child_never_holds_up_another() {
    let desk = Workspace::new();
    desk.write("records/other.toml", first_example());
    for (number, case) in ["31-pack-long-surname.toml", "32-pack-keycap-emoji.toml"].into_iter().enumerate() {
        let record = fs::read_to_string(root().join("tests/cases").join(case)).unwrap();
        // Two children do not say the same.
        desk.write(
            &format!("records/{case}"),
            record.replace("I'm a bit scared", &format!("I'm {number} bits scared")),
        );
    }
    let out = desk.path("out");
    let run = desk.run(&["pack", text(&desk.path("records")), "--out", text(&out), "--as-of", DAY, "--no-encrypt"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(with_ending(&out, "-profile.pdf").len(), 3, "{}", run.out);
}

#[test]
fn hostile_texts_are_printed_as_they_are() {
    let desk = Workspace::new();
    let hostile = "#eval(\\\"1+1\\\") *bold* $x$ {{ 7*7 }} <b>tag</b> @ref [[t]]";
    let endless = "x".repeat(3000);
    let record = changed(&desk, &[("good_at = [", &format!("good_at = [\"{hostile}\", \"{endless}\", "))]);
    let out = draft(&desk, &record, &[]);
    let page = words(&out.join("changed-DRAFT-general.pdf")).replace('\n', " ");
    for part in ["#eval(\"1+1\")", "*bold*", "$x$", "{{ 7*7 }}", "<b>tag</b>", "@ref", "[[t]]"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(
        tool("pdfinfo", &[text(&out.join("changed-DRAFT-profile.pdf"))]).out.matches("Pages:           1\n").count(),
        1
    );
}

#[test]
fn a_chronology_of_one_entry_and_one_of_sixty_are_both_whole() {
    let desk = Workspace::new();
    let record = fs::read_to_string(examples().join("03-cp-plan-and-ehcp.toml")).unwrap();
    let (before, after) = record.split_once("[[chronology]]").unwrap();
    let after = after.rsplit_once("[[chronology]]").unwrap().1.split_once("\n\n").unwrap().1;
    let with = |count: u32| {
        let entry = |number: u32| {
            // Close together at first, then half a year of nothing, then scattered.
            let month = if number < 30 { number / 5 } else { 12 + number / 3 };
            format!(
                "[[chronology]]\nid = \"c{number}\"\ndate = {}-{:02}-{:02}\nevent = \"Happening number {number} of this chronology, told in a sentence.\"\nbasis = \"{}\"\nsource = {{ agency = \"school\", who = \"class teacher\" }}\naction = \"Noted.\"\noutcome = \"Followed up.\"\nimpact_on_child = \"Quiet that week.\"\n\n",
                2022 + month / 12,
                month % 12 + 1,
                number % 5 * 5 + 2,
                if number.is_multiple_of(3) { "professional_opinion" } else { "observed" },
            )
        };
        let entries: String = (1..=count).map(entry).collect();
        let record = desk.write("records/long.toml", format!("{before}{entries}{after}"));
        draft(&desk, &record, &[]).join("long-DRAFT-safeguarding.pdf")
    };
    let page = words(&with(1));
    assert!(page.contains("Happening number 1 of") && !page.contains("Longest time without"), "{page}");
    let pdf = with(60);
    let pages: Vec<String> = words(&pdf).split('\u{c}').map(str::to_owned).collect();
    for number in 1..=60 {
        let found =
            pages.iter().filter(|page| page.replace('\n', " ").contains(&format!("Happening number {number} of")));
        assert!(found.count() >= 1, "{number}");
    }
    for page in pages.iter().filter(|page| page.contains("Quiet that week")) {
        let heads: Vec<&str> = page.lines().filter(|line| ["When", "What", "Source", "Done"].contains(line)).collect();
        assert!(heads.len() >= 4, "a page without the table's header: {page}");
    }
}

#[test]
fn a_preview_is_made_anew_on_saving_and_shown() {
    let desk = Workspace::new();
    let record = changed(&desk, &[]);
    let shown = desk.path("shown");
    let viewer = desk.write("bin/xdg-open", format!("#!/bin/sh\necho \"$1\" > {}\n", text(&shown)));
    fs::set_permissions(&viewer, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let out = desk.path("drafts");
    let mut command =
        desk.command(&["preview", text(&record), "--out", text(&out), "--as-of", DAY, "--for-child", "--open"]);
    let path = format!("{}:/usr/bin:/bin", text(viewer.parent().unwrap()));
    let mut preview = command.env("PATH", path).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let pdf = out.join("changed-for-the-child.pdf");
    let wait = |what: &dyn Fn() -> bool| {
        (0..600).any(|_| {
            sleep(Duration::from_millis(100));
            what()
        })
    };
    let first = wait(&|| pdf.exists() && fs::read_to_string(&shown).is_ok_and(|path| path.trim() == text(&pdf)));
    fs::write(&record, first_example().replace("Football with my friends", "Climbing with my cousins")).unwrap();
    let again = wait(&|| words(&pdf).contains("Climbing with my cousins"));
    preview.kill().unwrap();
    preview.wait().unwrap();
    assert!(first && again, "{first} {again}");
}

#[test]
fn a_draft_says_so_everywhere_and_is_no_pack() {
    let desk = Workspace::new();
    let record = changed(&desk, &[("[early_help]", "[not_a_section]")]);
    let out = draft(&desk, &record, &[]);
    assert!(!desk.path("config").exists(), "no identity is made for a draft");
    let pdfs = with_ending(&out, ".pdf");
    assert!(pdfs.len() >= 3 && with_ending(&out, ".zip").is_empty());
    for pdf in pdfs {
        let about = tool("pdfinfo", &[text(&pdf)]).out;
        assert!(about.contains("DRAFT: ") && text(&pdf).contains("-DRAFT-"), "{about}");
        let pages: usize = about.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse().unwrap();
        for page in 1..=pages {
            let number = page.to_string();
            let words = tool("pdftotext", &["-f", &number, "-l", &number, text(&pdf), "-"]).out;
            assert!(words.contains("Draft, not to be sent"), "{} page {page}", pdf.display());
        }
        assert_eq!(desk.run(&["verify", text(&pdf)]).code, 4);
    }
}

#[test]
fn the_page_for_the_child_tells_nothing_that_is_not_for_all() {
    let desk = Workspace::new();
    let out = desk.path("child");
    let record = examples().join("03-cp-plan-and-ehcp.toml");
    let run = desk.run(&["pack", text(&record), "--for-child", "--out", text(&out), "--as-of", DAY]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = words(&out.join("03-cp-plan-and-ehcp-for-the-child.pdf"));
    assert!(page.contains("Shouting in the corridor") && page.contains("Is this right?"), "{page}");
    for secret in ["under the stairs", "fetches me", "safeguarding", "protection", "Marcus Obi"] {
        assert!(!page.contains(secret), "{secret}: {page}");
    }
}

#[test]
fn a_picture_is_printed_without_what_its_file_carried() {
    let desk = Workspace::new();
    let mut photo = vec![0xff, 0xd8];
    let secret = b"Exif\0\0 GPS 54.8951 N 2.9382 W canary-of-a-photo";
    photo.extend([0xff, 0xe1]);
    photo.extend(u16::try_from(secret.len() + 2).unwrap().to_be_bytes());
    photo.extend(secret);
    let plain = image::RgbImage::from_pixel(60, 40, image::Rgb([200, 30, 30]));
    let mut jpeg = Vec::new();
    plain.write_to(&mut std::io::Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    photo.extend(&jpeg[2..]);
    desk.write("records/house.jpg", &photo);
    let entry = "pictures = [{ file = \"house.jpg\", alt = \"A red house\" }]\nverbatim = ";
    let first = |new: &str| desk.write("records/changed.toml", first_example().replacen("verbatim = ", new, 1));
    let out = draft(&desk, &first(entry), &[]);
    let pdf = out.join("changed-DRAFT-general.pdf");
    assert!(tool("pdfimages", &["-list", text(&pdf)]).out.contains("jpeg"));
    assert!(words(&pdf).contains("A red house"));
    let bytes = fs::read(&pdf).unwrap();
    assert!(!bytes.windows(8).any(|part| part == b"canary-o" || part == b"GPS 54.8"));
    for (name, why) in
        [("../house.jpg", "VC-16"), ("gone.jpg", "is not there"), ("text.png", "neither a PNG nor a JPEG")]
    {
        desk.write("records/text.png", "no picture");
        let record = first(&entry.replace("house.jpg", name));
        let run = desk.run(&["pack", text(&record), "--out", text(&desk.path("none")), "--as-of", DAY]);
        assert!(run.code == 1 && run.err.contains(why), "{name}: {}", run.err);
    }
}

#[test]
fn a_photograph_stands_at_the_head_where_the_family_agreed() {
    let desk = Workspace::new();
    let plain = image::RgbImage::from_pixel(60, 80, image::Rgb([30, 30, 200]));
    let mut png = Vec::new();
    plain.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    desk.write("records/me.png", &png);
    let line = "[voice.profile]\nphotograph = { file = \"me.png\", alt = \"A girl with a red hat\" }\n";
    let with = first_example().replacen("[voice.profile]\n", line, 1);
    let refused = desk.write("records/changed.toml", &with);
    let run = desk.run(&["pack", text(&refused), "--out", text(&desk.path("none")), "--as-of", DAY]);
    assert!(run.code == 1 && run.err.contains("VC-26"), "{}", run.err);
    let consent =
        "\n[[consents]]\nwhat = \"A photograph in the profile\"\ngiven = \"yes\"\nby = \"Mother\"\non = 2026-06-20\n";
    let agreed = desk.write("records/changed.toml", with + consent);
    let out = draft(&desk, &agreed, &[]);
    let profile = out.join("changed-DRAFT-profile.pdf");
    assert!(
        tool("pdfimages", &["-list", text(&profile)])
            .out
            .lines()
            .any(|line| line.contains(" 60 ") && line.contains(" 80 "))
    );
    assert_eq!(
        tool("pdfinfo", &[text(&profile)])
            .out
            .lines()
            .find(|line| line.starts_with("Pages"))
            .map(|l| l.trim_end().ends_with(" 1")),
        Some(true)
    );
    assert!(words(&out.join("changed-DRAFT-general.pdf")).contains("A girl with a red hat"));
}

#[test]
fn templates_of_a_school_are_used_told_about_and_kept_in_bounds() {
    let desk = Workspace::new();
    let record = examples().join("01-nothing-to-worry.toml");
    let theme = fs::read_to_string(root().join("templates/profile.typ")).unwrap();
    let folder = desk.write("own/profile.typ", format!("{theme}\nOur own last line.\n")).parent().unwrap().to_owned();
    let out = draft(&desk, &record, &["--templates", text(&folder)]);
    assert!(words(&out.join("01-nothing-to-worry-DRAFT-profile.pdf")).contains("Our own last line."));
    let refused = |template: &str| {
        desk.write("own/profile.typ", template);
        let out = desk.path("none");
        let run = desk.run(&[
            "pack",
            text(&record),
            "--draft",
            "--out",
            text(&out),
            "--as-of",
            DAY,
            "--templates",
            text(&folder),
        ]);
        assert!(run.code == 2 && tree(&out).is_empty(), "{}", run.err);
        run.err
    };
    let said = refused("#let x = 1\n#unknown-thing\n");
    assert!(said.contains("unknown variable") && said.contains("profile.typ:2:2"), "{said}");
    assert!(refused("#read(\"/etc/passwd\")").contains("error"));
    assert!(refused("#let x = range(400000000).map(str)").contains("more time or memory"));
}

#[test]
fn the_record_comes_out_of_a_sealed_pack_and_only_out_of_one() {
    let (desk, out) = packed();
    let pdf = with_ending(out, "-general.pdf").remove(0);
    let refused = desk.run(&["extract", text(&pdf), "--as-of", DAY]);
    assert!(refused.code == 4 && refused.out.is_empty(), "{}", refused.err);
    let run = desk.run(&["extract", text(&pdf), "--as-of", DAY, "--unconfirmed"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let record: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((record["format"].as_str(), record["readers"].as_str()), (Some("handover-record"), Some("pastoral")));
    let mut bytes = fs::read(&pdf).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let forged = Workspace::new();
    let run = desk.run(&["extract", text(&forged.write("forged.pdf", bytes)), "--as-of", DAY, "--unconfirmed"]);
    assert!(run.code == 4 && run.out.is_empty(), "{}", run.err);
}

/// A child whose pages cannot be typeset is refused alone, by name, and everybody else is delivered.
#[test]
fn a_child_whose_pages_fail_is_refused_alone() {
    let desk = Workspace::new();
    for (number, name) in [(1, "Ada"), (2, "Zed"), (3, "Eve")] {
        let record =
            first_example().replace("Maya", name).replace("a bit wobbly", &format!("wobbly about {number} things"));
        let upn = ["G999200126001", "W999200126002", "K999200126003"][number - 1];
        let line = record.lines().find(|line| line.starts_with("upn = ")).unwrap().to_owned();
        desk.write(&format!("records/{number}.toml"), record.replace(&line, &format!("upn = \"{upn}\"")));
    }
    let profile = fs::read_to_string(root().join("templates/profile.typ")).unwrap();
    let fails = profile.replace("#show: theme", "#if view.name.starts-with(\"Zed\") { panic(\"no\") }\n#show: theme");
    assert_ne!(fails, profile);
    desk.write("own/profile.typ", fails);
    let (records, out, own) = (desk.path("records"), desk.path("out"), desk.path("own"));
    let pack = ["pack", text(&records), "--out", text(&out), "--as-of", DAY, "--no-encrypt", "--templates", text(&own)];
    let run = desk.run(&pack);
    assert_eq!(run.code, 5, "{}{}", run.out, run.err);
    let end = run.err.split("refused, so no pack was made of:").nth(1).unwrap_or_default();
    assert!(end.contains("2.toml: ") && !end.contains("1.toml: ") && !end.contains("3.toml: "), "{}", run.err);
    assert_eq!(with_ending(&out, "-profile.pdf").len(), 2);
}

/// What a page denies rests on a statement of somebody; without one it says that nothing was filled in.
#[test]
fn nothing_is_denied_that_nobody_has_stated() {
    const DENIALS: [&str; 8] = [
        "no plan, open or ended",
        "no assessment",
        "no event that a safeguarding lead has to know",
        "no missed appointment",
        "no service outside the school",
        "no brothers or sisters",
        "no other adult who lives with the child",
        "no allergy",
    ];
    let desk = Workspace::new();
    let bare = fs::read_to_string(root().join("tests/cases/27-false-hospital-treatment.toml")).unwrap();
    let stated = format!(
        "{bare}\n[[nil_returns]]\nsections = [\"plans\", \"assessments\", \"chronology\", \"missed_appointments\", \"services\", \
         \"siblings\", \"household\", \"health\", \"allergies\", \"medicines\"]\nstated_on = 2026-06-22\nstated_by = \"Ann Merrow\"\n"
    );
    let page = |name: &str, record: &str| {
        let out = draft(&desk, &desk.write(name, record), &[]);
        let pdf = out.join(name.replace(".toml", "-DRAFT-safeguarding.pdf"));
        words(&pdf).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (silent, told) = (page("bare.toml", &bare), page("stated.toml", &stated));
    for denial in DENIALS {
        assert!(!silent.contains(denial), "{denial}");
        assert!(told.contains(denial), "{denial}: {told}");
    }
    // What nobody filled in is asked for, in one place.
    let asked = silent.split("Not filled in by the sending school: ").nth(1).unwrap_or_default();
    let asked = asked.split("Please ask").next().unwrap_or_default();
    for section in
        ["plans", "assessments", "chronology", "missed appointments", "outside services", "health", "medicines"]
    {
        assert!(asked.contains(section), "{section}: {silent}");
    }
    assert!(asked.contains("brothers and sisters") && asked.contains("other adults in the home"), "{asked}");
    assert!(!told.contains("Not filled in by the sending school: plans"), "{told}");
    assert!(told.contains("As Ann Merrow, on 22 June 2026 states"), "{told}");
}
