//! The form, over the wire: what it answers, whom it does not, and that no word is lost.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use handover::record::RecordEditor;

use super::support::{DAY, Workspace, root, text, tree};

/// A form that is open.
struct Form {
    child: Child,
    host: String,
    /// `/SECRET/`.
    base: String,
}

impl Drop for Form {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// An answer as it came.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

fn opened(desk: &Workspace, folder: &Path) -> Form {
    let arguments = ["edit", text(folder), "--no-open", "--as-of", DAY];
    let mut child = desk.command(&arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let address = lines.find_map(|line| Some(line.unwrap().trim().strip_prefix("http://")?.to_owned())).unwrap();
    let (host, path) = address.split_once('/').unwrap();
    // What is said later is read, so that nobody waits.
    std::thread::spawn(move || lines.for_each(drop));
    Form { child, host: host.to_owned(), base: format!("/{path}") }
}

impl Form {
    /// Sends bytes as they are.
    fn raw(&self, request: &[u8]) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.host).ok()?;
        stream.write_all(request).ok()?;
        let mut bytes = Vec::new();
        drop(stream.read_to_end(&mut bytes));
        let whole = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = whole.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }

    fn request(&self, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = format!("{line} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        let mut request = (request + "\r\n").into_bytes();
        request.extend(body);
        self.raw(&request).unwrap()
    }

    fn get(&self, path: &str) -> Answer {
        self.request(&format!("GET {}{path}", self.base), &[("Host", &self.host)], b"")
    }

    fn origin(&self) -> String {
        format!("http://{}", self.host)
    }

    fn post(&self, path: &str, fields: &[(&str, &str)], more: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let body = body.collect::<Vec<_>>().join("&");
        let origin = self.origin();
        let mut headers = vec![
            ("Host", self.host.as_str()),
            ("Origin", &origin),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        headers.extend(more);
        self.request(&format!("POST {}{path}", self.base), &headers, body.as_bytes())
    }

    /// Where the pages of the first child are.
    fn first_child(&self) -> String {
        let page = plain(&self.get("").body);
        let at = page.find("href=\"c/").unwrap() + 6;
        page[at..].split('"').next().unwrap().to_owned()
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A page's text with the marks for slashes and quotation marks as they are read.
fn plain(page: &str) -> String {
    page.replace("&#x2f;", "/")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// A page's fields as a browser would send them back.
fn fields(page: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(plain(tag[at..].split('"').next()?))
    };
    let (_, form) = page.split_once("id=\"form\"").unwrap();
    let form = form.split("</form>").next().unwrap();
    let mut fields = Vec::new();
    for (at, _) in form.match_indices('<') {
        let tag = form[at..].split('>').next().unwrap();
        let Some(name) = attribute(tag, "name").filter(|name| name != "do") else { continue };
        let rest = form[at + tag.len() + 1..].to_owned();
        if tag.starts_with("<textarea") {
            // A browser leaves out the first line's end, and ends lines in its own way.
            let text = rest.split("</textarea>").next().unwrap();
            let text = plain(text.strip_prefix('\n').unwrap_or(text));
            fields.push((name, text.replace('\n', "\r\n")));
        } else if tag.starts_with("<select") {
            let options = rest.split("</select>").next().unwrap().to_owned();
            let chosen =
                options.split("<option").find(|option| option.contains(" selected")).unwrap_or_default().to_owned();
            fields.push((name, attribute(&chosen, "value").unwrap_or_default()));
        } else if tag.contains("type=\"radio\"") || tag.contains("type=\"checkbox\"") {
            if tag.contains(" checked") {
                fields.push((name, attribute(tag, "value").unwrap()));
            }
        } else {
            fields.push((name, attribute(tag, "value").unwrap_or_default()));
        }
    }
    fields
}

fn with<'f>(fields: &'f [(String, String)], path: &'f str, value: &'f str) -> Vec<(&'f str, &'f str)> {
    let mut sent: Vec<(&str, &str)> =
        fields.iter().filter(|(name, _)| name != path).map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sent.push((path, value));
    sent
}

/// A class of one of the examples.
fn class(desk: &Workspace, example: &str) -> (PathBuf, PathBuf) {
    let from = root().join("examples/records");
    let record = desk.write("class/child.toml", fs::read(from.join(example)).unwrap());
    for (name, bytes) in tree(&from.join("pictures")) {
        desk.write(&format!("class/pictures/{name}"), bytes);
    }
    (desk.path("class"), record)
}

#[test]
fn every_page_of_every_example_comes_back_and_the_file_stays_byte_for_byte() {
    let mut pages = 0;
    for example in ["03-cp-plan-and-ehcp.toml", "08-several-scripts.toml"] {
        let desk = Workspace::new();
        let (folder, record) = class(&desk, example);
        let before = fs::read(&record).unwrap();
        let form = opened(&desk, &folder);
        let child = form.first_child();
        let mut seen = vec![String::new()];
        let mut at = 0;
        while let Some(page) = seen.get(at).cloned() {
            at += 1;
            let path = if page.is_empty() { child.clone() } else { format!("{child}p/{page}") };
            let answer = form.get(&path);
            assert_eq!(answer.status, 200, "{page}");
            let text = plain(&answer.body);
            for (place, _) in text.match_indices("href=\"") {
                let link = text[place + 6..].split('"').next().unwrap();
                let inner = if page.is_empty() { link.strip_prefix("p/") } else { Some(link) };
                let is_page =
                    |link: &&str| !link.is_empty() && !link.contains(['#', '/', ':', ',']) && !link.ends_with(".css");
                if let Some(inner) = inner.filter(is_page).filter(|inner| !seen.iter().any(|known| known == inner)) {
                    seen.push(inner.to_owned());
                }
            }
            if answer.body.contains("id=\"form\"") {
                let back = fields(&answer.body);
                let sent: Vec<(&str, &str)> =
                    back.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                let answer = form.post(&path, &sent, &[]);
                assert_eq!(answer.status, 200, "{page}");
                assert!(answer.body.contains("Saved."), "{page}");
                assert!(fs::read(&record).unwrap() == before, "{page} changed the file");
                pages += 1;
            }
        }
    }
    assert!(pages > 120, "{pages}");
}

#[test]
fn what_is_typed_is_saved_and_undone_and_nothing_of_somebody_else_is_lost() {
    let desk = Workspace::new();
    let (folder, record) = class(&desk, "01-nothing-to-worry.toml");
    let before = fs::read_to_string(&record).unwrap();
    let form = opened(&desk, &folder);
    let page = format!("{}p/pupil", form.first_child());
    let back = fields(&form.get(&page).body);
    // Markup, paths and templates are text.
    let odd = "<script>alert(1)</script> {{ 7 * 7 }} ../../etc #import \"x\" O'Brien & Söhne";
    let answer = form.post(&page, &with(&back, "pupil.pronunciation", odd), &[("X-Live", "1")]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let live: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(live["saved"], 1, "{live}");
    let after = RecordEditor::new(&fs::read_to_string(&record).unwrap()).unwrap();
    assert_eq!(after.get("pupil.pronunciation").and_then(toml::Value::as_str), Some(odd));
    let shown = form.get(&page).body;
    assert!(!shown.contains("<script>alert") && plain(&shown).contains(odd), "{shown}");
    // Somebody writes into the file with an editor meanwhile.
    let back = fields(&form.get(&page).body);
    let theirs = fs::read_to_string(&record).unwrap().replace("\"Maya\"", "\"Mia\"");
    fs::write(&record, &theirs).unwrap();
    let answer = form.post(&page, &with(&back, "pupil.legal_forename", "May"), &[]);
    assert!(
        answer.body.contains("somebody else has changed this meanwhile") && answer.body.contains("Mia"),
        "{}",
        answer.body
    );
    assert_eq!(fs::read_to_string(&record).unwrap(), theirs);
    // The page has both now; saving it again is a decision.
    let both = fields(&answer.body);
    form.post(&page, &with(&both, "pupil.legal_forename", "May"), &[]);
    assert!(fs::read_to_string(&record).unwrap().contains("legal_forename = \"May\""));
    // A version of which nobody knows writes nothing over.
    let mut unknown = back.clone();
    unknown.iter_mut().filter(|(name, _)| name == "view").for_each(|(_, value)| *value = "999".to_owned());
    let now = fs::read_to_string(&record).unwrap();
    form.post(&page, &with(&unknown, "pupil.legal_surname", "Other"), &[]);
    assert_eq!(fs::read_to_string(&record).unwrap(), now);
    // What cannot be read as a day is shown again and not saved.
    let back = fields(&form.get(&page).body);
    let answer = form.post(&page, &with(&back, "pupil.dob", "some day in May"), &[]);
    assert!(answer.body.contains("This is not a day.") && answer.body.contains("some day in May"), "{}", answer.body);
    assert_eq!(fs::read_to_string(&record).unwrap(), now);
    // Undone, step by step.
    for _ in 0..2 {
        let digest = fields(&form.get(&page).body).into_iter().find(|(name, _)| name == "digest").unwrap().1;
        let undo = page.replace("p/pupil", "undo");
        assert_eq!(form.post(&undo, &[("digest", &digest), ("page", "pupil")], &[]).status, 303);
    }
    assert_eq!(fs::read_to_string(&record).unwrap(), before);
    assert!(tree(&folder).keys().all(|name| !name.contains("undo")), "copies lie elsewhere");
}

/// A page that saves by itself, beside somebody who writes into the same file, on a connection on which saves overtake one
/// another.
#[test]
fn saves_of_an_open_page_write_over_nobody_and_do_not_undo_one_another() {
    let desk = Workspace::new();
    let (folder, record) = class(&desk, "01-nothing-to-worry.toml");
    let form = opened(&desk, &folder);
    let page = format!("{}p/pupil", form.first_child());
    let back = fields(&form.get(&page).body);
    let say = |words: &str| {
        let now = fs::read_to_string(&record).unwrap();
        let mut editor = RecordEditor::new(&now).unwrap();
        editor.set("pupil.legal_forename", &handover::record::NewValue::Text(words.to_owned())).unwrap();
        fs::write(&record, editor.finish().unwrap()).unwrap();
    };
    let said = |path: &str| {
        let record = RecordEditor::new(&fs::read_to_string(&record).unwrap()).unwrap();
        record.get(path).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
    };
    let save = |fields: &[(&str, &str)], turn: u32| {
        let turn = turn.to_string();
        let mut sent = with(&back, "turn", &turn);
        sent.retain(|(name, _)| fields.iter().all(|(changed, _)| changed != name));
        sent.extend(fields);
        let answer = form.post(&page, &sent, &[("X-Live", "1")]);
        serde_json::from_str::<serde_json::Value>(&answer.body).unwrap()
    };
    // Two saves with the page as it went out: the second knows of the first.
    assert_eq!(save(&[("pupil.pronunciation", "MY")], 1)["conflicts"], serde_json::json!([]));
    assert_eq!(save(&[("pupil.pronunciation", "MY-uh")], 2)["conflicts"], serde_json::json!([]));
    assert_eq!(said("pupil.pronunciation"), "MY-uh");
    // One that was sent earlier and comes later.
    assert_eq!(save(&[("pupil.pronunciation", "M")], 1)["saved"], 0);
    // A button whose page has overtaken it leads on all the same.
    let mut sent = with(&back, "turn", "1");
    sent.extend([("pupil.pronunciation", "M"), ("do", "next")]);
    let answer = form.post(&page, &sent, &[]);
    assert!(answer.status == 303, "{} {}", answer.status, answer.body);
    assert_eq!(said("pupil.pronunciation"), "MY-uh");
    // What somebody else has changed stands on the page as it was: no save of anything else takes it back.
    say("Mia");
    for (turn, words) in (3..).zip(["one", "two", "three"]) {
        let live = save(&[("pupil.pronunciation", words)], turn);
        assert_eq!((&live["saved"], &live["conflicts"]), (&1.into(), &serde_json::json!([])));
        assert_eq!((said("pupil.pronunciation").as_str(), said("pupil.legal_forename").as_str()), (words, "Mia"));
    }
    // Typed into what somebody else has changed: told at every save, written at none.
    for turn in 6..9 {
        let live = save(&[("pupil.pronunciation", "three"), ("pupil.legal_forename", "Ours")], turn);
        assert_eq!(live["conflicts"], serde_json::json!([["pupil.legal_forename", "Mia"]]));
        assert_eq!(said("pupil.legal_forename"), "Mia");
    }
}

#[test]
fn entries_are_begun_moved_and_taken_out() {
    let desk = Workspace::new();
    let (folder, record) = class(&desk, "01-nothing-to-worry.toml");
    let form = opened(&desk, &folder);
    let child = form.first_child();
    let new = format!("{child}p/chronology[1]");
    let back = fields(&form.get(&new).body);
    let answer = form.post(&new, &with(&back, "chronology[1].event", "A good day."), &[]);
    assert_eq!(answer.status, 200);
    let said = || RecordEditor::new(&fs::read_to_string(&record).unwrap()).unwrap();
    assert_eq!(said().get("chronology[1].id").and_then(toml::Value::as_str), Some("c2"));
    let digest = fields(&form.get(&new).body).into_iter().find(|(name, _)| name == "digest").unwrap().1;
    let list = format!("{child}p/chronology");
    let stale = form.post(&list, &[("digest", "0"), ("entry", "1"), ("do", "up")], &[]);
    assert!(stale.body.contains("was changed meanwhile"), "{}", stale.body);
    assert_eq!(form.post(&list, &[("digest", &digest), ("entry", "1"), ("do", "up")], &[]).status, 303);
    assert_eq!(said().get("chronology[0].id").and_then(toml::Value::as_str), Some("c2"));
    let page = form.get(&new).body;
    let digest = fields(&page).into_iter().find(|(name, _)| name == "digest").unwrap().1;
    assert_eq!(form.post(&list, &[("digest", &digest), ("entry", "0"), ("do", "remove")], &[]).status, 303);
    assert_eq!(said().count("chronology"), 1);
    for (path, status) in [
        (format!("{child}p/chronology[00]"), 404),
        (format!("{child}p/nothing"), 404),
        (format!("{child}p/../../../etc"), 404),
        ("c/0000000000000000/".to_owned(), 404),
        ("fonts/..%2fquestions.txt".to_owned(), 404),
        ("c/%2e%2e/p/pupil".to_owned(), 404),
    ] {
        assert_eq!(form.get(&path).status, status, "{path}");
    }
}

#[test]
fn a_class_begins_with_a_list_and_is_signed_on_the_page() {
    let desk = Workspace::new();
    fs::create_dir(desk.path("class")).unwrap();
    let form = opened(&desk, &desk.path("class"));
    assert!(form.get("").body.contains("There is no child here"), "{}", form.get("").body);
    let file = fs::read(root().join("tests/it/lists/pupil.xml")).unwrap();
    let mut body = b"--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../x.xml\"\r\n\r\n".to_vec();
    body.extend(&file);
    body.extend(b"\r\n--cut--\r\n");
    let origin = form.origin();
    let headers =
        [("Host", form.host.as_str()), ("Origin", &origin), ("Content-Type", "multipart/form-data; boundary=cut")];
    let looked = form.request(&format!("POST {}import", form.base), &headers, &body);
    assert!(looked.status == 200 && looked.body.contains("Nothing is written yet"), "{}", looked.body);
    assert!(tree(&desk.path("class")).is_empty());
    let taken = form.post("import", &[], &[]);
    assert!(taken.body.contains("1 record begun") && taken.body.contains("Alex Example"), "{}", taken.body);
    let child = form.first_child();
    let page = form.get(&format!("{child}p/pupil")).body;
    assert!(page.contains("From Common Transfer File"), "{page}");
    let sign = form.get(&format!("{child}sign-off")).body;
    assert!(sign.contains("This has to be put right first"), "{sign}");
    assert_eq!(form.post("new", &[], &[]).status, 303);
    assert_eq!(tree(&desk.path("class")).keys().filter(|name| name.ends_with(".toml")).count(), 2);
}

#[test]
fn a_whole_record_is_signed_looked_at_and_packed_on_the_page() {
    let desk = Workspace::new();
    desk.write("class/other.toml", fs::read(root().join("tests/typing/plan.toml")).unwrap());
    let (folder, record) = class(&desk, "01-nothing-to-worry.toml");
    let text = fs::read_to_string(&record).unwrap();
    fs::write(&record, text.split("\n[[sign_off]]").next().unwrap()).unwrap();
    let form = opened(&desk, &folder);
    let whole = plain(&form.get("").body);
    let at = whole.find("Maya").unwrap();
    let child = whole[..at].rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let sign = format!("{child}sign-off");
    assert!(form.get(&sign).body.contains("Nobody has signed this record yet"), "{}", form.get(&sign).body);
    let nobody = form.post(&sign, &[("role", "dsl"), ("name", " ")], &[]);
    assert!(nobody.body.contains("Write your first and last name"), "{}", nobody.body);
    let signed = form.post(&sign, &[("role", "dsl"), ("name", "Ruth Halloran")], &[]);
    assert!(signed.body.contains("It is signed"), "{}", signed.body);
    let run = desk.run(&["validate", record.to_str().unwrap(), "--as-of", DAY, "--format", "concise"]);
    assert_eq!(run.code, 0, "{}", run.out);
    // Drafts are looked at, and the packs made: what cannot be packed is named.
    let draft = form.get(&format!("{child}preview/safeguarding"));
    assert!(draft.status == 200 && draft.header("content-type") == Some("application/pdf"), "{}", draft.head);
    assert!(draft.body.starts_with("%PDF") && form.get(&format!("{child}preview/x")).status == 404);
    let before = form.get("pack").body;
    assert!(before.contains("1 record has nothing to put right") && before.contains("Skye"), "{before}");
    let packed = form.post("pack", &[("passphrase", ""), ("again", "")], &[]);
    assert!(packed.body.contains("passphrase: ") && packed.body.contains("Not all packs are made"), "{}", packed.body);
    let bundles = tree(&desk.path("class-packs")).into_keys().filter(|name| name.ends_with(".zip"));
    assert!(bundles.count() >= 2);
    let again = form.post("pack", &[("passphrase", ""), ("again", "")], &[]);
    assert!(!again.body.contains("passphrase: "), "{}", again.body);
}

/// What others than the form's own page may ask, and what they get.
fn foreign_requests(form: &Form) -> Vec<(&'static str, Answer)> {
    let (host, base, origin) = (form.host.clone(), form.base.clone(), form.origin());
    let page = format!("{}p/pupil", form.first_child());
    let body = b"asked=pupil.legal_surname&pupil.legal_surname=Evil&digest=0";
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let port = host.split(':').nth(1).unwrap();
    let localhost = format!("localhost:{port}");
    let rebound = format!("evil.example:{port}");
    let post = |line: &str, headers: &[(&str, &str)]| form.request(line, headers, body);
    let change = format!("POST {base}{page}");
    vec![
        ("another name of this computer", post(&change, &[("Host", &localhost), ("Origin", &origin), kind])),
        (
            "a name that points here",
            post(&change, &[("Host", &rebound), ("Origin", &format!("http://{rebound}")), kind]),
        ),
        ("a look through such a name", form.request(&format!("GET {base}"), &[("Host", &rebound)], b"")),
        ("two hosts", post(&change, &[("Host", &host), ("Host", &host), ("Origin", &origin), kind])),
        ("no origin", post(&change, &[("Host", &host), kind])),
        ("another site", post(&change, &[("Host", &host), ("Origin", "http://evil.example"), kind])),
        ("a sandboxed page", post(&change, &[("Host", &host), ("Origin", "null"), kind])),
        ("another port", post(&change, &[("Host", &host), ("Origin", "http://127.0.0.1:1"), kind])),
        (
            "two origins",
            post(&change, &[("Host", &host), ("Origin", &origin), ("Origin", "http://evil.example"), kind]),
        ),
        (
            "another site, as the browser says",
            post(&change, &[("Host", &host), ("Origin", &origin), ("Sec-Fetch-Site", "cross-site"), kind]),
        ),
        (
            "another site that looks",
            form.request(&format!("GET {base}"), &[("Host", &host), ("Origin", "http://evil.example")], b""),
        ),
        ("no secret", form.request("GET /", &[("Host", &host)], b"")),
        ("a guess", form.request(&format!("GET /{}/", "0".repeat(32)), &[("Host", &host)], b"")),
        ("through a proxy's line", form.request(&format!("GET http://evil.example{base}"), &[("Host", &host)], b"")),
        ("another method", form.request(&format!("PUT {base}{page}"), &[("Host", &host), ("Origin", &origin)], b"")),
        (
            "what a browser asks before",
            form.request(&format!("OPTIONS {base}{page}"), &[("Host", &host), ("Origin", "http://evil.example")], b""),
        ),
        (
            "plain text as another site may send it",
            post(&change, &[("Host", &host), ("Origin", &origin), ("Content-Type", "text/plain")]),
        ),
    ]
}

#[test]
fn nobody_but_the_own_page_gets_an_answer() {
    let desk = Workspace::new();
    let (folder, record) = class(&desk, "01-nothing-to-worry.toml");
    let before = fs::read(&record).unwrap();
    let form = opened(&desk, &folder);
    let refused = foreign_requests(&form);
    for (who, answer) in &refused {
        assert!((400..500).contains(&answer.status), "{who}: {}", answer.status);
        assert!(!answer.body.contains("Maya") && answer.body.len() < 60, "{who}: {}", answer.body);
        assert!(answer.header("access-control-allow-origin").is_none(), "{who}");
    }
    assert_eq!(fs::read(&record).unwrap(), before);
    let answer = form.get("");
    for (name, value) in [
        ("cache-control", "no-store"),
        ("referrer-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    let policy = answer.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe") && !policy.contains('*'),
        "{policy}"
    );
    assert!(answer.header("set-cookie").is_none());
    assert!(!answer.body.contains("http://") && !answer.body.contains("https://"), "no address of another computer");
    // Only this computer is listened on.
    assert!(form.host.starts_with("127.0.0.1:"));
}

#[test]
fn no_word_is_lost_when_the_program_is_killed() {
    let desk = Workspace::new();
    let (folder, record) = class(&desk, "01-nothing-to-worry.toml");
    for round in 0..50_u64 {
        let mut form = opened(&desk, &folder);
        let page = format!("{}p/pupil", form.first_child());
        let back = fields(&form.get(&page).body);
        let pid = form.child.id();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_micros(400 + round * 700));
            drop(std::process::Command::new("kill").args(["-9", &pid.to_string()]).status());
        });
        let mut answered: Option<String> = None;
        for number in 0..1000 {
            let words = format!("round {round}, save {number}");
            let sent = with(&back, "pupil.pronunciation", &words);
            let body = sent.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
            let body = body.collect::<Vec<_>>().join("&");
            let request = format!(
                "POST {}{page} HTTP/1.1\r\nHost: {}\r\nOrigin: {}\r\nX-Live: 1\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
                form.base,
                form.host,
                form.origin(),
                body.len()
            );
            let Some(answer) = form.raw(request.as_bytes()).filter(|answer| answer.status == 200) else { break };
            if serde_json::from_str::<serde_json::Value>(&answer.body).is_err() {
                break;
            }
            answered = Some(words);
        }
        killer.join().unwrap();
        drop(form.child.wait());
        let after = RecordEditor::new(&fs::read_to_string(&record).unwrap()).unwrap();
        let said = after.get("pupil.pronunciation").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        if let Some(answered) = answered {
            let number = |words: &str| words.rsplit(' ').next().unwrap().parse::<u32>().unwrap();
            assert!(said.starts_with(&format!("round {round}, ")), "{said}");
            assert!(number(&said) >= number(&answered), "{said}, answered was {answered}");
        }
    }
}

#[test]
fn it_ends_by_itself_and_refuses_what_is_no_folder() {
    let desk = Workspace::new();
    let record = desk.write("child.toml", "schema_version = 1\n");
    assert_eq!(desk.run(&["edit", text(&record), "--no-open"]).code, 2);
    assert_eq!(desk.run(&["edit", text(&desk.path("nothing")), "--no-open"]).code, 2);
    assert_eq!(desk.run(&["edit", ".", "--idle", "0"]).code, 2);
}

/// A real browser, with the keyboard alone, without scripts, on a telephone, in the dark, and beside a page of another site.
#[test]
fn the_form_works_in_a_browser() {
    let desk = Workspace::new();
    let (folder, _) = class(&desk, "01-nothing-to-worry.toml");
    let form = opened(&desk, &folder);
    let address = format!("http://{}{}", form.host, form.base);
    let shots = root().join("target/form-screenshots");
    let script = root().join("tests/browser/form.py");
    let python = root().join("target/verifiers/bin/python3");
    assert!(python.exists(), "playwright is missing; tests/run installs it");
    let run = super::support::tool(text(&python), &[text(&script), &address, text(&folder), text(&shots)]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let told: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert!(told["pages"].as_u64() > Some(60) && told["passes"].as_u64() > Some(2000), "{told}");
}

/// A Common Transfer File that names children, and no more.
fn ctf(children: &[toml::Table]) -> String {
    let pupil = |child: &toml::Table| {
        let of = |name: &str| child["pupil"][name].to_string().trim_matches('"').to_owned();
        format!(
            "<Pupil><UPN>{}</UPN><Surname>{}</Surname><Forename>{}</Forename><DOB>{}</DOB><Sex>{}</Sex></Pupil>",
            of("upn"),
            of("legal_surname"),
            of("legal_forename"),
            of("dob"),
            of("sex")
        )
    };
    format!(
        "<?xml version=\"1.0\"?><CTfile><Header><DocumentName>Common Transfer File</DocumentName>\
         <CTFversion>25.0</CTFversion><DateTime>2026-07-10T14:05:00</DateTime><SourceSchool><LEA>999</LEA>\
         <Estab>2001</Estab></SourceSchool><DestSchool><LEA>999</LEA><Estab>4001</Estab></DestSchool></Header>\
         <CTFpupilData>{}</CTFpupilData></CTfile>",
        children.iter().map(pupil).collect::<String>()
    )
}

/// Three children, from a list to their packs, by keys alone; what the files say is what stands in those typed by hand. How
/// long a person needs is written into `target/form-way.json`.
#[test]
fn the_whole_way_with_the_keyboard_alone() {
    let desk = Workspace::new();
    let typed = root().join("tests/typing");
    let files = tree(&typed).into_values();
    let children: Vec<toml::Table> = files.map(|text| String::from_utf8(text).unwrap().parse().unwrap()).collect();
    assert_eq!(children.len(), 3);
    desk.write("children.xml", ctf(&children));
    fs::create_dir(desk.path("class")).unwrap();
    let form = opened(&desk, &desk.path("class"));
    let address = format!("http://{}{}", form.host, form.base);
    let python = root().join("target/verifiers/bin/python3");
    assert!(python.exists(), "playwright is missing; tests/run installs it");
    let (script, shots) = (root().join("tests/browser/whole_way.py"), root().join("target/form-way-screenshots"));
    let (folder, list) = (desk.path("class"), desk.path("children.xml"));
    let way = [text(&script), &address, text(&folder), text(&typed), text(&list), text(&shots)];
    let run = super::support::tool(text(&python), &way);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    fs::write(root().join("target/form-way.json"), &run.out).unwrap();
    let told: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let easy = &told["children"][0];
    assert!(easy["fields"].as_u64() > Some(40), "{told}");
    let bundles = tree(&desk.path("class-packs")).into_keys().filter(|name| name.ends_with(".zip"));
    assert!(bundles.count() >= 2);
}
