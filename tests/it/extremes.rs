//! Records at the edge of what there can be: printed whole, nothing on top of anything, no page half empty.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use super::support::{DAY, Workspace, examples, root, text, tool, with_ending};

/// A word on a page.
#[derive(Debug, Clone)]
struct Word {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    letters: String,
}

impl Word {
    fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// How much of the smaller of two words lies under the other; of each its middle, as fonts leave room over and under
    /// their letters.
    fn covered(&self, other: &Self) -> f64 {
        let middle = |word: &Self| (word.top + word.height() / 4.0, word.bottom - word.height() / 4.0);
        let ((top, bottom), (other_top, other_bottom)) = (middle(self), middle(other));
        let across = (self.right.min(other.right) - self.left.max(other.left)).max(0.0);
        let down = (bottom.min(other_bottom) - top.max(other_top)).max(0.0);
        let area = |word: &Self| (word.right - word.left) * word.height() / 2.0;
        across * down / area(self).min(area(other)).max(1.0)
    }
}

/// The words of each page with its height, without the mark of a draft and the tab at the edge.
fn pages(pdf: &Path) -> Vec<(f64, Vec<Word>)> {
    let all = tool("pdftotext", &["-bbox", text(pdf), "-"]).out;
    let number = |line: &str, name: &str| -> f64 {
        let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    let mut pages = Vec::new();
    let mut edge = 0.0;
    for line in all.lines().map(str::trim) {
        if line.starts_with("<page ") {
            edge = number(line, "width") - 57.0;
            pages.push((number(line, "height"), Vec::new()));
        } else if line.starts_with("<word ") {
            let letters = line.split_once('>').unwrap().1.trim_end_matches("</word>").to_owned();
            let [left, top, right, bottom] = ["xMin", "yMin", "xMax", "yMax"].map(|name| number(line, name));
            let word = Word { left, top, right, bottom, letters };
            if left < edge && word.height() < 45.0 {
                pages.last_mut().unwrap().1.push(word);
            }
        }
    }
    pages
}

/// Where the foot of a page begins, from its lower edge.
const FOOT: f64 = 62.0;

/// How far down a page is written, in percent.
fn filled((height, words): &(f64, Vec<Word>)) -> f64 {
    let lowest = words.iter().map(|word| word.bottom).filter(|bottom| *bottom < height - FOOT).fold(0.0, f64::max);
    100.0 * lowest / (height - FOOT)
}

/// The example with most in it, before and after its chronology, and its people.
fn example() -> String {
    fs::read_to_string(examples().join("03-cp-plan-and-ehcp.toml")).unwrap()
}

fn entries(count: u32) -> String {
    (1..=count).fold(String::new(), |mut all, number| {
        // Close together at first, then half a year of nothing, then scattered.
        let month = if number < 30 { number / 5 } else { 12 + number / 3 };
        let (year, month, day) = (2022 + month / 12, month % 12 + 1, number % 5 * 5 + 2);
        write!(
            all,
            "[[chronology]]\nid = \"c{number}\"\ndate = {year}-{month:02}-{day:02}\n\
             event = \"Happening number {number}, told in two sentences as it was written down on the day. She came in late with her brother and would not say why.\"\n\
             basis = \"observed\"\nsource = {{ agency = \"school\", who = \"class teacher\" }}\n\
             action = \"Talked with mother at the gate.\"\noutcome = \"Followed up within the week.\"\n\
             impact_on_child = \"Quiet that week, and did not want to draw.\"\n\n"
        )
        .unwrap();
        all
    })
}

fn with_entries(count: u32) -> String {
    let record = example();
    let (before, after) = record.split_once("[[chronology]]").unwrap();
    let after = after.rsplit_once("[[chronology]]").unwrap().1.split_once("\n\n").unwrap().1;
    format!("{before}{}{after}", entries(count))
}

fn with_people(people: &[(&str, &str, &str, u32, bool)]) -> String {
    let (before, after) =
        example().split_once("[[household.relations]]").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let more = people.iter().enumerate().fold(String::new(), |mut all, (number, (relationship, name, sex, year, home))| {
        write!(
            all,
            "[[household.people]]\nid = \"x{number}\"\nrelationship = \"{relationship}\"\nname = \"{name}\"\nstatus = \"known\"\n\
             sex = \"{sex}\"\nborn = {year}-03-04\nlives_with_child = {home}\nrole_in_care = \"Sees Tilly at weekends and in the holidays\"\n\
             checked_on = 2026-06-12\nsources = [\"mother\", \"social worker\"]\n\n"
        )
        .unwrap();
        all
    });
    format!("{before}{more}[[household.relations]]{after}")
}

const FAMILY: [(&str, &str, &str, u32, bool); 9] = [
    ("sibling", "Amy Marsden", "F", 2012, true),
    ("sibling", "Ben Marsden", "M", 2013, true),
    ("half_sibling", "Cara Hargan-Featherstonehaugh", "F", 2018, false),
    ("half_sibling", "Dan Hargan", "M", 2019, true),
    ("sibling", "Ella Marsden", "F", 2021, true),
    ("grandfather", "George Marsden", "M", 1950, false),
    ("aunt", "Grace Marsden", "F", 1990, true),
    ("uncle", "Harry Hargan", "M", 1991, false),
    ("step_parent", "Dean Example", "M", 1985, true),
];

const THIRD_PLAN: &str = "[[plans]]\nid = \"pl3\"\ntype = \"camhs\"\nlead_agency = \"Exampleshire CAMHS\"\n\
    manager = { name = \"Una Sample\", role = \"Therapist\", contact = \"01632 960409\" }\nstart = 2026-01-14\n\
    last_review = 2026-05-25\nnext_review = 2026-09-20\nsummary = \"Play therapy every second week.\"\n\
    invited = [\"Hannah Brisk, SENCO\"]\nafter_transfer = \"continues\"\n\n";

const DRAWINGS: &str = "pictures = [\n  { file = \"pictures/01-football.png\", alt = \"A football and a goal.\" },\n  \
    { file = \"pictures/01-football.png\", alt = \"Again a football and a goal.\" },\n  \
    { file = \"pictures/03-house.png\", alt = \"The two houses again.\" },\n";

/// A word of sixty letters.
const LONG: &str = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochxx";

/// Whether a line of a record holds a text in a person's own words.
fn is_prose(line: &str) -> bool {
    const PROSE: [&str; 16] = [
        "event",
        "action",
        "outcome",
        "summary",
        "description",
        "impact_on_child",
        "role_in_care",
        "views",
        "strengths",
        "support_needs",
        "note",
        "story",
        "verbatim",
        "conclusion",
        "changed",
        "before_first_day",
    ];
    line.split_once(" = \"").is_some_and(|(key, _)| PROSE.contains(&key))
}

fn with_prose(change: impl Fn(&str, &str) -> String) -> String {
    let change = |line: &str| match line.split_once(" = \"") {
        Some((key, text)) if is_prose(line) => {
            let text = text.trim_end_matches('"');
            format!("{key} = \"{}\"\n", change(key, text))
        }
        _ => format!("{line}\n"),
    };
    example().lines().map(change).collect()
}

/// How long a text may be, by the name of its field: the least of all that have that name.
fn limits() -> BTreeMap<String, usize> {
    let schema = fs::read_to_string(root().join("schemas/record.schema.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let mut limits = BTreeMap::new();
    for definition in schema["definitions"].as_object().unwrap().values() {
        for (name, field) in definition["properties"].as_object().into_iter().flatten() {
            if let Some(limit) = field["maxLength"].as_u64() {
                let limit = limit as usize;
                let kept = limits.entry(name.clone()).or_insert(limit);
                *kept = limit.min(*kept);
            }
        }
    }
    limits
}

fn at_their_limit() -> String {
    let limits = limits();
    with_prose(|key, text| {
        let limit = limits.get(key).copied().unwrap_or(400);
        let words = text.split_whitespace().cycle().take(limit);
        let mut long = String::new();
        for word in words {
            if long.len() + word.len() + 1 > limit {
                break;
            }
            long = if long.is_empty() { word.to_owned() } else { format!("{long} {word}") };
        }
        long
    })
}

/// Every record, its drafts made once.
static PRINTED: LazyLock<Workspace> = LazyLock::new(|| {
    let desk = Workspace::new();
    for picture in ["01-football.png", "03-house.png"] {
        desk.write(
            &format!("records/pictures/{picture}"),
            fs::read(examples().join("pictures").join(picture)).unwrap(),
        );
    }
    let right_to_left = example()
        .replace("legal_surname = \"Marsden\"", "legal_surname = \"بن عبد العزيز الهاشمي\"")
        .replace("legal_forename = \"Tilly\"", "legal_forename = \"فاطمة الزهراء\"")
        .replace("\"Kerry Marsden\"", "\"عائشة بنت محمد\"")
        .replace("\"Pauline Marsden\"", "\"יעל בת-שבע כהן\"");
    let nothing = fs::read_to_string(examples().join("01-nothing-to-worry.toml")).unwrap();
    let records = [
        ("sixty", with_entries(60)),
        ("twelve", with_people(&FAMILY)),
        ("siblings", with_people(&FAMILY[..5])),
        ("plans", example().replacen("[[assessments]]", &format!("{THIRD_PLAN}[[assessments]]"), 1)),
        ("drawings", example().replace("pictures = [\n", DRAWINGS)),
        ("leftwards", right_to_left),
        ("words", with_prose(|_, text| format!("{LONG} {text}"))),
        ("limits", at_their_limit()),
        ("nothing", nothing),
    ];
    for (name, record) in records {
        let record = desk.write(&format!("records/{name}.toml"), record);
        let run = desk.run(&["pack", text(&record), "--draft", "--out", text(&desk.path("out")), "--as-of", DAY]);
        assert_eq!(run.code, 0, "{name}: {}{}", run.out, run.err);
    }
    desk
});

fn printed(ending: &str) -> Vec<std::path::PathBuf> {
    let found = with_ending(&PRINTED.path("out"), ending);
    assert!(found.len() >= 9, "{ending}: {}", found.len());
    found
}

#[test]
fn no_word_lies_on_another() {
    for pdf in printed(".pdf") {
        for (page, (_, words)) in pages(&pdf).iter().enumerate() {
            for (number, word) in words.iter().enumerate() {
                let over = words.iter().skip(number + 1).find(|other| word.covered(other) > 0.4);
                assert!(over.is_none(), "{} page {}: {word:?} {over:?}", pdf.display(), page + 1);
            }
        }
    }
}

#[test]
fn no_page_is_half_empty_and_the_seal_stands_with_something() {
    for pdf in printed(".pdf").into_iter().filter(|pdf| !text(pdf).ends_with("-profile.pdf")) {
        let pages = pages(&pdf);
        let (last, others) = pages.split_last().unwrap();
        for (number, page) in others.iter().enumerate() {
            assert!(filled(page) > 55.0, "{} page {}: {}%", pdf.display(), number + 1, filled(page));
        }
        let words: Vec<&str> = last.1.iter().map(|word| word.letters.as_str()).collect();
        assert!(words.len() > 60, "{}: {words:?}", pdf.display());
    }
}

#[test]
fn the_profile_keeps_to_one_page_or_says_where_the_rest_is() {
    for pdf in printed("-profile.pdf") {
        assert!(pages(&pdf).len() <= 2, "{}", pdf.display());
    }
}

#[test]
fn sixty_entries_take_at_most_twelve_pages_and_every_drawing_is_there() {
    let out = PRINTED.path("out");
    let with = |name: &str, words: &str| {
        pages(&out.join(format!("{name}-DRAFT-safeguarding.pdf")))
            .iter()
            .filter(|(_, all)| all.iter().any(|word| word.letters == words))
            .count()
    };
    assert!((1..=12).contains(&with("sixty", "Happening")), "{}", with("sixty", "Happening"));
    let images = tool("pdfimages", &["-list", text(&out.join("drawings-DRAFT-safeguarding.pdf"))]).out;
    let shown = images.lines().filter(|line| line.split_whitespace().nth(2) == Some("image")).count();
    assert!(shown >= 2, "{images}");
    assert_eq!(pages(&out.join("nothing-DRAFT-safeguarding.pdf")).len(), 1, "a nil return is one page");
}

/// What is long is printed to its last word.
#[test]
fn nothing_is_cut_at_the_limit() {
    let page = tool("pdftotext", &[text(&PRINTED.path("out").join("words-DRAFT-safeguarding.pdf")), "-"]).out;
    let letters: String = page.chars().filter(|c| c.is_alphanumeric()).collect();
    let lines: Vec<String> = with_prose(|_, text| text.to_owned())
        .lines()
        .filter(|line| line.starts_with("event = "))
        .map(str::to_owned)
        .collect();
    assert!(lines.len() > 4);
    for line in lines {
        let wanted: String =
            format!("{LONG}{}", line.trim_start_matches("event = ")).chars().filter(|c| c.is_alphanumeric()).collect();
        assert!(letters.contains(&wanted), "{line}");
    }
    assert!(!page.contains('\u{200b}'), "nothing is put between the letters of a word that is copied");
}
