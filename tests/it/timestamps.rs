//! Timestamps: a real service on loopback, and services that lie, refuse, hang, or answer for something else.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread::{sleep, spawn};
use std::time::Duration;

use handover::sign::{SealError, TimestampError, TimestampService, seal_pdf};

use super::forge::{forger, place, unsealed};
use super::support::{Ran, Workspace, first_example, root, text, tool, tree, with_ending};

/// The real service, for as long as the tests run.
struct Service {
    port: u16,
    /// Holds keys and configuration as long as the tests run.
    folder: Workspace,
}

const CONFIGURATION: &str = "
keysets:
  time:
    path-prefix: keys
    keys:
      root: { path: root.pem }
      tsa: { path: tsa.pem }
pki-architectures:
  time:
    keyset: time
    entities:
      root: { country-name: GB, organization-name: Example Time, common-name: Example Root }
      tsa: { country-name: GB, organization-name: Example Time, common-name: Example Timestamps }
    certs:
      root:
        subject: root
        issuer: root
        validity: { valid-from: '2020-01-01T00:00:00+0000', valid-to: '2045-01-01T00:00:00+0000' }
        extensions:
          - { id: basic_constraints, critical: true, value: { ca: true } }
          - { id: key_usage, critical: true, smart-value: { schema: key-usage, params: [key_cert_sign] } }
      tsa:
        subject: tsa
        issuer: root
        validity: { valid-from: '2020-01-01T00:00:00+0000', valid-to: '2045-01-01T00:00:00+0000' }
        extensions:
          - { id: extended_key_usage, critical: true, value: [time_stamping] }
          - { id: key_usage, critical: true, smart-value: { schema: key-usage, params: [digital_signature] } }
      web:
        subject: tsa
        issuer: root
        validity: { valid-from: '2020-01-01T00:00:00+0000', valid-to: '2045-01-01T00:00:00+0000' }
        extensions:
          - { id: extended_key_usage, critical: true, value: [server_auth] }
    services:
      time-stamping:
        tsa: { signing-cert: tsa }
        web: { signing-cert: web }
";

fn service() -> &'static Service {
    static SERVICE: OnceLock<Service> = OnceLock::new();
    SERVICE.get_or_init(|| {
        let folder = Workspace::new();
        fs::create_dir(folder.path("keys")).unwrap();
        for key in ["root", "tsa"] {
            let made = tool("openssl", &["genrsa", "-out", text(&folder.path(&format!("keys/{key}.pem"))), "2048"]);
            assert_eq!(made.code, 0, "{}", made.err);
        }
        let configuration = folder.write("time.yml", CONFIGURATION);
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // It ends when this process does: then its standard input closes.
        let watched = "\"$0\" \"$@\" & read -r _; kill $!";
        let process = Command::new("sh")
            .args(["-c", watched, text(&root().join("target/verifiers/bin/certomancer"))])
            .args(["--config", text(&configuration), "animate", "--port", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::mem::forget(process);
        let up = (0..200).any(|_| {
            sleep(Duration::from_millis(100));
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(up, "certomancer does not answer");
        Service { port, folder }
    })
}

fn url(label: &str) -> String {
    format!("http://127.0.0.1:{}/time/tsa/{label}", service().port)
}

fn pack(desk: &Workspace, url: &str, out: &str) -> Ran {
    let record = desk.write("records/one.toml", first_example());
    desk.run(&["pack", text(&record), "--out", text(&desk.path(out)), "--no-encrypt", "--timestamp", url])
}

/// A pack with a timestamp, made once.
pub(crate) fn timestamped() -> &'static PathBuf {
    static PACK: OnceLock<(Workspace, PathBuf)> = OnceLock::new();
    let (_, pdf) = PACK.get_or_init(|| {
        let desk = Workspace::new();
        let run = pack(&desk, &url("tsa"), "out");
        assert_eq!(run.code, 0, "{}", run.err);
        let pdf = with_ending(&desk.path("out"), "-profile.pdf").remove(0);
        (desk, pdf)
    });
    pdf
}

/// A service on loopback that answers each request as it is told to.
fn liar(answer: impl Fn(&[u8]) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let request = body(&mut stream);
            drop(stream.write_all(&answer(&request)));
        }
    });
    format!("http://127.0.0.1:{port}/")
}

/// The body of a request or response with a length.
fn body(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        let head = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = head {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:")).unwrap_or("0");
            let length: usize = length.trim().parse().unwrap();
            if bytes.len() >= end + 4 + length {
                return bytes[end + 4..end + 4 + length].to_vec();
            }
        }
        let read = stream.read(&mut part).unwrap();
        assert!(read > 0, "the connection ended early");
        bytes.extend(&part[..read]);
    }
}

fn http(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// What the real service says to a request.
pub(crate) fn truly(request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(("127.0.0.1", service().port)).unwrap();
    let head = format!(
        "POST /time/tsa/tsa HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/timestamp-query\r\nContent-Length: {}\r\n\r\n",
        request.len()
    );
    stream.write_all(&[head.as_bytes(), request].concat()).unwrap();
    body(&mut stream)
}

#[test]
fn a_timestamp_is_verified_here_and_by_others() {
    let pdf = timestamped();
    let desk = Workspace::new();
    let judged = desk.run(&["verify", text(pdf), "--format", "json"]);
    let judged: serde_json::Value = serde_json::from_str(&judged.out).unwrap();
    let file = &judged["files"][0];
    assert_eq!((file["answer"].as_str(), file["timestamp_confirmed"].as_bool()), (Some("cannot_tell"), Some(false)));
    assert_eq!(file["timestamp_by"].as_str(), Some("Example Time"));
    for (program, arguments, words) in
        [("pdfsig", vec![text(pdf)], "Signature is Valid"), ("qpdf", vec!["--check", text(pdf)], "No syntax")]
    {
        let run = tool(program, &arguments);
        assert!(run.out.contains(words), "{program}: {}{}", run.out, run.err);
    }
    let run = tool("pyhanko", &["sign", "validate", "--pretty-print", "--no-strict-syntax", text(pdf)]);
    let said = format!("{}{}", run.out, run.err);
    for words in ["timestamp token is cryptographically sound", "signature is cryptographically sound", "entire file"] {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn a_confirmed_service_is_told_from_another() {
    let pdf = timestamped();
    let desk = Workspace::new();
    let (certificate, der) = (desk.path("tsa.pem"), desk.path("tsa.der"));
    let configuration = service().folder.path("time.yml");
    let summon = ["--config", text(&configuration), "summon"];
    assert_eq!(tool("certomancer", &[&summon[..], &["time", "tsa", text(&certificate)]].concat()).code, 0);
    assert_eq!(tool("certomancer", &[&summon[..], &["--no-pem", "time", "tsa", text(&der)]].concat()).code, 0);
    let add =
        ["trust", "add", text(&certificate), "--role", "timestamps", "--by", "A. Technician", "--how", "their page"];
    let words = handover::sign::Fingerprint::of(&fs::read(&der).unwrap()).words().join(" ");
    let run = desk.run(&[&add[..], &["--words", &words]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(desk.run(&["verify", text(pdf)]).out.contains("by \"Example Time\""));
}

#[test]
fn a_service_that_does_not_answer_rightly_gets_nothing_signed() {
    let other = OnceLock::new();
    let services: Vec<(&str, String)> = vec![
        ("an error", liar(|_| b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n".to_vec())),
        (
            "another place",
            liar(|_| b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n".to_vec()),
        ),
        ("nothing", liar(|_| http(b""))),
        ("nonsense", liar(|_| http(b"<html>Welcome</html>"))),
        ("a refusal", liar(|_| http(&[0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02]))),
        ("too much", liar(|_| http(&vec![0x30; 300_000]))),
        (
            "an old answer",
            liar(move |request| {
                http(other.get_or_init(|| {
                    truly(&{
                        // The same digest, another nonce.
                        let mut request = request.to_vec();
                        let nonce = request.len() - 4;
                        request[nonce] ^= 1;
                        request
                    })
                }))
            }),
        ),
        (
            "an answer for something else",
            liar(|request| {
                let mut request = request.to_vec();
                request[30] ^= 1;
                http(&truly(&request))
            }),
        ),
        (
            "a changed answer",
            liar(|request| {
                let mut answer = truly(request);
                let last = answer.len() - 5;
                answer[last] ^= 1;
                http(&answer)
            }),
        ),
        ("somebody who is no timestamp service", url("web")),
        ("nobody", "http://127.0.0.1:1/".to_owned()),
    ];
    for (what, url) in services {
        let desk = Workspace::new();
        let run = pack(&desk, &url, "out");
        assert_eq!(run.code, 4, "{what}: {}", run.err);
        assert!(run.err.contains("timestamp service") && tree(&desk.path("out")).is_empty(), "{what}: {}", run.err);
        assert!(!desk.path("config").exists(), "{what}: no identity without a pack");
    }
    let desk = Workspace::new();
    assert_eq!(pack(&desk, "ftp://127.0.0.1/", "out").code, 2);
}

/// The real service, asked by the library itself.
struct Real;

impl TimestampService for Real {
    fn nonce(&self) -> Result<[u8; 8], TimestampError> {
        Ok([5; 8])
    }

    fn ask(&self, request: &[u8]) -> Result<Vec<u8>, TimestampError> {
        Ok(truly(request))
    }
}

#[test]
fn a_timestamp_of_another_day_seals_nothing() {
    let desk = Workspace::new();
    let now: jiff::Timestamp = fs::metadata(desk.write("now", "")).unwrap().modified().unwrap().try_into().unwrap();
    let seal = |hours: i64| {
        let at = now - jiff::SignedDuration::from_hours(hours);
        seal_pdf(&forger(), &unsealed(), &place(), at, Some(&Real)).map(|_| ())
    };
    assert_eq!(seal(0), Ok(()));
    assert_eq!(seal(25), Err(SealError::Timestamp(TimestampError::Wrong)), "its clock or ours is a day wrong");
    assert_eq!(seal(-1), Err(SealError::Timestamp(TimestampError::Wrong)));
}

#[test]
fn a_service_that_hangs_is_not_waited_for_for_ever() {
    let desk = Workspace::new();
    let url = liar(|_| {
        sleep(Duration::from_secs(60));
        Vec::new()
    });
    let run = pack(&desk, &url, "out");
    assert!(run.code == 4 && run.err.contains("does not answer"), "{}", run.err);
}
