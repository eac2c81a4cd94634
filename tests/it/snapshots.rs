//! How every page of every example reads, is tagged and looks, kept under `tests/snapshots`: a text file and a sheet of
//! small pictures an example. `tests/redraw` writes them anew; then look at the difference.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use handover::check::{CheckOptions, Policy, check};
use handover::circle::PackKind;
use handover::document::{
    Branding, Enclosed, Engine, LetterData, LetterParty, OtherPacks, PackDetails, Subject, has_send_content, render,
    render_letter,
};
use handover::picture::{Picture, Pictures};
use handover::record::{Record, read};
use image::{GrayImage, imageops};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::support::{DAY, Workspace, example_files, examples, root, text, tool};

/// Of one example, or of the letter: the name and its documents, with their names.
struct Snapshot {
    name: String,
    documents: Vec<(&'static str, Vec<u8>)>,
}

/// Every document, with a seal that says the same at each run.
fn looks() -> &'static [Snapshot] {
    static LOOKS: OnceLock<Vec<Snapshot>> = OnceLock::new();
    LOOKS.get_or_init(|| {
        let (engine, branding, policy) = (Engine::default(), Branding::default(), Policy::default());
        let seal = vec!["Sealed by the school.".to_owned(), "Ring the school and compare the words.".to_owned()];
        let day = DAY.parse().unwrap();
        let stamp = PackDetails::new("K7Q2-9M3XA", day, &policy, seal, &branding);
        let of_example = |file: PathBuf| {
            let reading = read("example.toml", &fs::read(&file).unwrap());
            let terms = CheckOptions { policy: &policy, today: day, overrides: &[] };
            let checked = check(vec![reading], &terms).remove(0).checked.unwrap();
            let pictures = pictures(checked.record());
            let sent = PackKind::SENT
                .into_iter()
                .filter(|kind| *kind != PackKind::Send || has_send_content(checked.record()).unwrap());
            let mut rendered = OtherPacks::default();
            let documents = sent.chain([PackKind::Child]).map(|kind| {
                let subject = Subject::checked(&checked, &pictures).beside(&rendered);
                let pack = render(&engine, subject, kind, &stamp).unwrap();
                rendered.add(pack.kind, pack.layout.sections.clone());
                (kind.key(), pack.pdf)
            });
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            Snapshot { name, documents: documents.collect() }
        };
        let letter = render_letter(&engine, &letter(), &stamp).unwrap();
        let letter = Snapshot { name: "letter".to_owned(), documents: vec![("letter", letter.pdf)] };
        example_files().into_iter().map(of_example).chain([letter]).collect()
    })
}

fn pictures(record: &Record) -> Pictures {
    let entries = record.voice.iter().flat_map(|voice| &voice.entries);
    let names = entries.flat_map(|entry| &entry.pictures).filter_map(|picture| picture.file.clone());
    let read = |name: String| {
        let picture = Picture::read(&fs::read(examples().join(&name)).unwrap()).unwrap();
        (name, picture)
    };
    Pictures(names.map(read).collect())
}

fn letter() -> LetterData {
    let school = |name: &str, laestab: &str, contact: &str| LetterParty {
        name: name.to_owned(),
        laestab: laestab.to_owned(),
        contact: Some(contact.to_owned()),
    };
    let enclosed = |reference: &str, name: &str| Enclosed {
        reference: reference.to_owned(),
        name: name.to_owned(),
        plan: "Child protection plan".to_owned(),
        next: "Review on 4 September 2026".to_owned(),
        first: "Agree with Nan who brings and fetches".to_owned(),
        documents: vec!["safeguarding pack (8 pages)".to_owned()],
    };
    LetterData {
        kind: "safeguarding".to_owned(),
        readers: "designated safeguarding lead only".to_owned(),
        from: school("Millbeck Example Junior School", "9992001", "Ruth Halloran, DSL, 01632 960101"),
        to: school("Northgate Example Academy", "9994001", "Priya Nandakumar, DSL, 01632 960201"),
        transfer: "K7Q29M3X".to_owned(),
        day: "10 July 2026".to_owned(),
        children: vec![enclosed("K7Q2-9M3XA", "Tilly Marsden"), enclosed("M3XA-K7Q29", "Noah Pemberton")],
        first_day: Some("3 September 2026".to_owned()),
        due: Some("10 September 2026".to_owned()),
        counted_in_school_days: true,
        fingerprint: "00112233".repeat(8),
    }
}

fn must_write() -> bool {
    std::env::vars().any(|(name, _)| name == "HANDOVER_WRITE_EXPECTED")
}

fn kept(name: &str) -> PathBuf {
    root().join("tests/snapshots").join(name)
}

#[test]
fn every_page_reads_and_is_tagged_as_kept() {
    let desk = Workspace::new();
    for look in looks() {
        let mut told = String::new();
        for (kind, pdf) in &look.documents {
            let path = desk.write("look.pdf", pdf);
            let words = tool("pdftotext", &["-enc", "UTF-8", text(&path), "-"]).out;
            for (number, page) in words.trim_end_matches('\u{c}').split('\u{c}').enumerate() {
                writeln!(told, "=== {kind}, page {}", number + 1).unwrap();
                let lines = page.lines().map(str::trim).filter(|line| !line.is_empty());
                lines.for_each(|line| writeln!(told, "{line}").unwrap());
            }
            writeln!(told, "=== {kind}, tags").unwrap();
            for child in Tags::of(pdf).tree {
                writeln!(told, "{}", child.told()).unwrap();
            }
        }
        let path = kept(&format!("{}.txt", look.name));
        if must_write() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &told).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        let differs = told.lines().zip(expected.lines()).find(|(now, then)| now != then);
        assert!(
            told == expected,
            "{}: {differs:?}; {} and {} lines",
            look.name,
            told.lines().count(),
            expected.lines().count()
        );
    }
}

/// A page in a sheet is so wide and high, in pixels.
const SMALL: (u32, u32) = (104, 147);
/// So many pages stand in a row of a sheet.
const IN_A_ROW: u32 = 8;
/// So much may the grey of one pixel of a page differ from what is kept (another build of the renderer draws the edges
/// of letters in another way), and so much the page as a whole; of 255.
const OF_A_PIXEL: u8 = 70;
const OF_A_PAGE: f64 = 2.0;

#[test]
fn every_page_looks_as_kept() {
    let desk = Workspace::new();
    for look in looks() {
        let mut pages = Vec::new();
        for (kind, pdf) in &look.documents {
            let path = desk.write("look.pdf", pdf);
            let folder = desk.path(&format!("{}-{kind}", look.name));
            fs::create_dir_all(&folder).unwrap();
            tool("pdftoppm", &["-r", "60", "-gray", "-png", text(&path), text(&folder.join("page"))]);
            for picture in super::support::with_ending(&folder, ".png") {
                let page = image::open(&picture).unwrap().into_luma8();
                let mut small = imageops::resize(&page, SMALL.0, SMALL.1, imageops::FilterType::Triangle);
                in_sixteen_greys(&mut small);
                pages.push((format!("{kind}: {}", picture.display()), small));
            }
        }
        let rows = u32::try_from(pages.len()).unwrap().div_ceil(IN_A_ROW);
        let mut sheet = GrayImage::from_pixel(IN_A_ROW * SMALL.0, rows * SMALL.1, image::Luma([255]));
        let place = |number: usize| {
            let number = u32::try_from(number).unwrap();
            (number % IN_A_ROW * SMALL.0, number / IN_A_ROW * SMALL.1)
        };
        for (number, (_, page)) in pages.iter().enumerate() {
            let (x, y) = place(number);
            imageops::replace(&mut sheet, page, x.into(), y.into());
        }
        let path = kept(&format!("{}.png", look.name));
        if must_write() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            sheet.save(&path).unwrap();
        }
        let expected = image::open(&path).unwrap().into_luma8();
        assert_eq!(expected.dimensions(), sheet.dimensions(), "{}: another number of pages", look.name);
        for (number, (name, page)) in pages.iter().enumerate() {
            let (x, y) = place(number);
            let then = imageops::crop_imm(&expected, x, y, SMALL.0, SMALL.1).to_image();
            let (most, mean) = difference(page, &then);
            assert!(
                most <= OF_A_PIXEL && mean <= OF_A_PAGE,
                "{} {name}: {most} at a pixel, {mean:.2} overall",
                look.name
            );
        }
    }
}

/// Sixteen greys are enough, and small.
fn in_sixteen_greys(picture: &mut GrayImage) {
    picture.pixels_mut().for_each(|pixel| pixel.0 = [((u16::from(pixel.0[0]) + 8) / 17 * 17) as u8]);
}

/// The pages that the README shows, side by side: example, document.
const SHOWN: [(&str, &str); 2] = [("03-cp-plan-and-ehcp", "profile"), ("03-cp-plan-and-ehcp", "safeguarding")];

#[test]
fn the_picture_in_the_readme_shows_the_pages_of_today() {
    let desk = Workspace::new();
    let pages = SHOWN.map(|(name, kind)| {
        let look = looks().iter().find(|look| look.name == name).unwrap();
        let path = desk.write("look.pdf", &look.documents.iter().find(|(of, _)| *of == kind).unwrap().1);
        tool("pdftoppm", &["-r", "75", "-l", "1", "-singlefile", "-png", text(&path), text(&desk.path(kind))]);
        image::open(desk.path(&format!("{kind}.png"))).unwrap().into_rgb8()
    });
    let gap = 12;
    let [left, right] = &pages;
    let size = (left.width() + right.width() + 3 * gap, left.height() + 2 * gap);
    let mut shown = image::RgbImage::from_pixel(size.0, size.1, image::Rgb([214, 218, 222]));
    imageops::replace(&mut shown, left, gap.into(), gap.into());
    imageops::replace(&mut shown, right, (left.width() + 2 * gap).into(), gap.into());
    let path = root().join("examples/pages.png");
    if must_write() {
        shown.save(&path).unwrap();
    }
    let then = image::open(&path).unwrap();
    assert_eq!((then.width(), then.height()), size);
    let small = |picture: GrayImage| imageops::resize(&picture, size.0 / 5, size.1 / 5, imageops::FilterType::Triangle);
    let (most, mean) =
        difference(&small(image::DynamicImage::ImageRgb8(shown).into_luma8()), &small(then.into_luma8()));
    assert!(most <= OF_A_PIXEL && mean <= OF_A_PAGE, "{most} {mean}: draw it anew with tests/redraw");
}

fn difference(a: &GrayImage, b: &GrayImage) -> (u8, f64) {
    let each = || a.pixels().zip(b.pixels()).map(|(a, b)| a.0[0].abs_diff(b.0[0]));
    (each().max().unwrap(), each().map(f64::from).sum::<f64>() / each().count() as f64)
}

#[test]
fn a_page_that_is_set_in_another_way_is_noticed() {
    let look = &looks()[0];
    let expected = image::open(kept(&format!("{}.png", look.name))).unwrap().into_luma8();
    let page = |number: u32| imageops::crop_imm(&expected, number * SMALL.0, 0, SMALL.0, SMALL.1).to_image();
    let (most, mean) = difference(&page(1), &page(2));
    assert!(most > OF_A_PIXEL && mean > OF_A_PAGE, "{most} {mean}");
    let mut moved = GrayImage::from_pixel(SMALL.0, SMALL.1, image::Luma([255]));
    imageops::replace(&mut moved, &page(1), 0, 3);
    let (most, mean) = difference(&page(1), &moved);
    assert!(most > OF_A_PIXEL && mean > OF_A_PAGE, "{most} {mean}");
}

/// One element of a tag tree: its name with what is said of it, and the elements in it.
#[derive(Debug, PartialEq)]
struct Tag {
    kind: String,
    alt: Option<String>,
    lang: Option<String>,
    scope: Option<String>,
    children: Vec<Self>,
}

struct Tags {
    tree: Vec<Tag>,
}

impl Tags {
    fn of(pdf: &[u8]) -> Self {
        let document = Document::load_mem(pdf).unwrap();
        let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        let root = document.get_dictionary(root).unwrap();
        let top = children(&document, root);
        assert!(top.len() == 1 && top[0].kind == "Document", "{top:?}");
        Self { tree: top.into_iter().flat_map(|document| document.children).collect() }
    }

    fn all(&self) -> Vec<&Tag> {
        fn walk<'t>(tag: &'t Tag, found: &mut Vec<&'t Tag>) {
            found.push(tag);
            tag.children.iter().for_each(|child| walk(child, found));
        }
        let mut found = Vec::new();
        self.tree.iter().for_each(|tag| walk(tag, &mut found));
        found
    }
}

fn children(document: &Document, element: &Dictionary) -> Vec<Tag> {
    let resolved = |object: &Object| -> Object {
        object.as_reference().ok().map_or(object.clone(), |id: ObjectId| document.get_object(id).unwrap().clone())
    };
    let kids = match element.get(b"K").map(resolved) {
        Ok(Object::Array(kids)) => kids.iter().map(resolved).collect(),
        Ok(one) => vec![one],
        Err(_) => Vec::new(),
    };
    let words = |element: &Dictionary, key: &[u8]| {
        element.get(key).ok().map(|object| lopdf::decode_text_string(&resolved(object)).unwrap())
    };
    let tag = |element: &Dictionary| {
        let attributes = match element.get(b"A").map(resolved) {
            Ok(Object::Array(all)) => all.iter().map(resolved).collect(),
            Ok(one) => vec![one],
            Err(_) => Vec::new(),
        };
        let scope = attributes.iter().filter_map(|one| one.as_dict().ok()).find_map(|one| one.get(b"Scope").ok());
        Tag {
            kind: String::from_utf8(element.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap(),
            alt: words(element, b"Alt"),
            lang: words(element, b"Lang"),
            scope: scope.map(|scope| String::from_utf8(scope.as_name().unwrap().to_vec()).unwrap()),
            children: children(document, element),
        }
    };
    kids.iter().filter_map(|kid| kid.as_dict().ok()).filter(|kid| kid.has(b"S")).map(tag).collect()
}

impl Tag {
    /// On one line: `Table(THead(TR(TH/Column 3 times)) …)`.
    fn told(&self) -> String {
        let mut told = self.kind.clone();
        self.scope.iter().for_each(|scope| write!(told, "/{scope}").unwrap());
        self.lang.iter().for_each(|lang| write!(told, " in {lang}").unwrap());
        self.alt.iter().for_each(|alt| write!(told, " \"{alt}\"").unwrap());
        if !self.children.is_empty() {
            let mut parts: Vec<(String, usize)> = Vec::new();
            for child in self.children.iter().map(Self::told) {
                match parts.last_mut() {
                    Some((last, times)) if *last == child => *times += 1,
                    _ => parts.push((child, 1)),
                }
            }
            let part = |(part, times): &(String, usize)| {
                if *times == 1 { part.clone() } else { format!("{part} {times} times") }
            };
            let inside: Vec<String> = parts.iter().map(part).collect();
            write!(told, "({})", inside.join(", ")).unwrap();
        }
        told
    }
}

#[test]
fn tags_say_what_the_eye_sees() {
    for look in looks() {
        for (kind, pdf) in &look.documents {
            let tags = Tags::of(pdf);
            let place = format!("{} {kind}", look.name);
            let of = |name: &str| tags.all().into_iter().filter(move |tag| tag.kind == name).collect::<Vec<_>>();
            for figure in of("Figure") {
                let alt = figure.alt.as_deref().unwrap_or_default();
                assert!(alt.split_whitespace().count() >= 4, "{place}: a figure without words: {alt:?}");
            }
            for head in of("TH") {
                assert!(head.scope.is_some(), "{place}: a header of nothing");
            }
            for table in of("Table") {
                let parts = table.children.iter();
                let rows: Vec<&Tag> = parts
                    .flat_map(|part| if part.kind == "TR" { std::slice::from_ref(part) } else { &part.children })
                    .collect();
                let (head, body) = rows.split_first().unwrap();
                // Labels and texts: each row has a head of its own. Else the first row heads the columns.
                let labelled = rows.iter().all(|row| {
                    let cells = &row.children;
                    cells.len() == 2 && cells[0].kind == "TH" && cells[1].kind == "TD"
                });
                if labelled {
                    continue;
                }
                assert!(head.children.iter().all(|cell| cell.kind == "TH"), "{place}: {}", table.told());
                let same = body.iter().all(|row| row.children.len() == head.children.len());
                assert!(!body.is_empty() && same, "{place}: {}", table.told());
            }
            let levels: Vec<u8> = tags
                .all()
                .iter()
                .filter_map(|tag| tag.kind.strip_prefix('H').and_then(|level| level.parse().ok()))
                .collect();
            assert!(
                levels.first() == Some(&1) && levels.windows(2).all(|two| two[1] <= two[0] + 1),
                "{place}: {levels:?}"
            );
        }
    }
    let of = |name: &str, kind: &str| {
        let look = looks().iter().find(|look| look.name.starts_with(name)).unwrap();
        Tags::of(&look.documents.iter().find(|(of, _)| *of == kind).unwrap().1)
    };
    let ukrainian = of("08", "profile");
    assert!(ukrainian.all().iter().any(|tag| tag.lang.as_deref() == Some("uk")), "the words of the child in Ukrainian");
    let tilly = of("03", "safeguarding");
    let says = |words: &str| tilly.all().iter().any(|tag| tag.alt.as_deref().is_some_and(|alt| alt.contains(words)));
    for words in
        ["very small sad person under a staircase", "Pauline Marsden is the mother of Kerry Marsden", "5 entries"]
    {
        assert!(says(words), "{words}");
    }
}

/// The part of the program that only validates has no fonts, and knows from this list what they have.
#[test]
fn the_list_of_letter_forms_is_that_of_the_fonts() {
    let path = root().join("templates/fonts/letter-forms.txt");
    let forms = Engine::default().letter_forms();
    if must_write() {
        fs::write(&path, &forms).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == forms, "tests/redraw writes it anew");
}
