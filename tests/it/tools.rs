//! Other people's tools judge every pack and every manifest of the examples.

use std::fs;

use super::support::{Workspace, packed, text, tool, with_ending};

#[test]
fn poppler_finds_every_seal_valid_and_whole() {
    for pdf in with_ending(&packed().1, ".pdf") {
        let seen = tool("pdfsig", &["-nocert", text(&pdf)]).out;
        for words in ["Signature is Valid", "Total document signed", "ETSI.CAdES.detached"] {
            assert!(seen.contains(words), "{}: {seen}", pdf.display());
        }
    }
}

#[test]
fn qpdf_finds_every_pack_sound() {
    for pdf in with_ending(&packed().1, ".pdf") {
        let run = tool("qpdf", &["--check", text(&pdf)]);
        assert_eq!(run.code, 0, "{}: {}{}", pdf.display(), run.out, run.err);
        assert!(run.out.contains("No syntax or stream encoding errors"), "{}", run.out);
    }
}

#[test]
fn pyhanko_judges_every_seal_valid_and_untouched() {
    let (desk, out) = packed();
    let pem = desk.write("signer.pem", desk.run(&["identity", "show", "--pem"]).out);
    for pdf in with_ending(out, ".pdf") {
        let run = tool("pyhanko", &["sign", "validate", "--trust", text(&pem), "--pretty-print", text(&pdf)]);
        assert_eq!(run.code, 0, "{}: {}{}", pdf.display(), run.out, run.err);
        for words in ["The signature is judged VALID", "The signature covers the entire file"] {
            assert!(run.out.contains(words), "{}: {}", pdf.display(), run.out);
        }
    }
}

#[test]
fn poppler_trusts_the_school_once_its_issuer_is_trusted() {
    let (desk, out) = packed();
    let place = Workspace::new();
    let pem = desk.run(&["identity", "show", "--pem"]).out;
    let issuer = place.write("issuer.pem", &pem[pem.rfind("-----BEGIN").unwrap()..]);
    let database = place.path("nss");
    fs::create_dir(&database).unwrap();
    let database = format!("sql:{}", text(&database));
    assert_eq!(tool("certutil", &["-N", "-d", &database, "--empty-password"]).code, 0);
    let pdf = with_ending(out, "-general.pdf").remove(0);
    let said = || tool("pdfsig", &["-nssdir", &database, text(&pdf)]).out;
    assert!(!said().contains("Certificate is Trusted"), "{}", said());
    let add = ["-A", "-n", "school", "-t", "C,C,C", "-i", text(&issuer), "-d", &database];
    assert_eq!(tool("certutil", &add).code, 0);
    assert!(said().contains("Signature is Valid") && said().contains("Certificate is Trusted"), "{}", said());
}

#[test]
fn openssl_verifies_every_manifest_in_its_default_settings() {
    let (desk, out) = packed();
    let place = Workspace::new();
    let pem = place.write("signer.pem", desk.run(&["identity", "show", "--pem"]).out);
    for bundle in with_ending(out, ".zip") {
        let files = handover::bundle::read_archive(&fs::read(&bundle).unwrap()).unwrap();
        let manifest = place.write("manifest.json", &files["manifest.json"]);
        let signature = place.write("manifest.json.p7s", &files["manifest.json.p7s"]);
        let verify = |content: &str| {
            tool(
                "openssl",
                &[
                    "cms",
                    "-verify",
                    "-binary",
                    "-inform",
                    "DER",
                    "-in",
                    text(&signature),
                    "-content",
                    content,
                    "-CAfile",
                    text(&pem),
                    "-out",
                    "/dev/null",
                ],
            )
        };
        assert_eq!(verify(text(&manifest)).code, 0, "{}", verify(text(&manifest)).err);
        let changed = place.write("changed.json", [files["manifest.json"].as_slice(), b" "].concat());
        assert_ne!(verify(text(&changed)).code, 0);
    }
}

#[test]
fn outloud_finds_no_error_of_accessibility() {
    let pdfs = with_ending(&packed().1, ".pdf");
    let run = tool("outloud", &pdfs.iter().map(|pdf| text(pdf)).collect::<Vec<_>>());
    assert!(
        run.out.matches(" 0 error(s)").count() == pdfs.len(),
        "{} of {}: {}",
        run.out.matches(" 0 error(s)").count(),
        pdfs.len(),
        run.out
    );
}

#[test]
fn every_pack_says_what_it_is() {
    for pdf in with_ending(&packed().1, ".pdf") {
        if text(&pdf).ends_with("COVER-LETTER.pdf") {
            continue;
        }
        let document = lopdf::Document::load(&pdf).unwrap();
        let catalog = document.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en-GB");
        let marked = catalog.get(b"MarkInfo").unwrap().as_dict().unwrap();
        assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
        assert!(
            catalog.has(b"Outlines") && catalog.has(b"StructTreeRoot") && catalog.has(b"AF") && catalog.has(b"Perms")
        );
        let metadata = tool("pdfinfo", &["-meta", text(&pdf)]).out;
        for words in ["pdfaid:part>3", "pdfaid:conformance>A", "pdfuaid:part>1"] {
            assert!(metadata.contains(words), "{}: {metadata}", pdf.display());
        }
        let pages = document.get_pages().len();
        for page in 1..=pages {
            let number = page.to_string();
            let words = tool("pdftotext", &["-f", &number, "-l", &number, text(&pdf), "-"]).out.replace('\n', " ");
            let reference = pdf.file_stem().unwrap().to_str().unwrap().rsplit_once('-').unwrap().0.to_owned();
            let needed = [
                "Millbeck Example Junior School",
                &reference,
                &format!("Page {page} of {pages}"),
                "does not replace",
                "For ",
            ];
            for needed in needed {
                assert!(words.contains(needed), "{} page {page} lacks {needed}", pdf.display());
            }
        }
    }
}

#[test]
fn words_in_other_scripts_can_be_taken_out_again() {
    let texts: String =
        with_ending(&packed().1, ".pdf").iter().map(|pdf| tool("pdftotext", &[text(pdf), "-"]).out).collect();
    for words in ["Я люблю малювати", "Łukasiewicz", "ਗੁਰਲੀਨ", "عائشة", "Львів", "Ní Bhriain"]
    {
        assert!(texts.contains(words), "{words}");
    }
}
