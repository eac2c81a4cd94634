//! SARIF 2.1.0, for code scanning.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Value, json};

use super::gitlab::fingerprint;
use super::{Report, RuleText, Severity};

/// All findings as one SARIF log; the rules that struck are described in it.
///
/// # Errors
/// Only if serialising fails, which plain strings and numbers do not.
pub fn render_sarif(reports: &[Report], rules: &[RuleText]) -> serde_json::Result<String> {
    let struck: BTreeSet<&str> =
        reports.iter().flat_map(|report| &report.findings).map(|finding| finding.problem.code).collect();
    let rules: Vec<&RuleText> = rules.iter().filter(|rule| struck.contains(rule.code)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "handover",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| described(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results(reports, &rules),
        }],
    });
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

fn described(rule: &RuleText) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.why },
        "help": { "text": rule.next },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn results(reports: &[Report], rules: &[&RuleText]) -> Vec<Value> {
    let mut seen = BTreeMap::new();
    let all = reports.iter().flat_map(|report| report.findings.iter().map(move |finding| (report, finding)));
    all.map(|(report, finding)| {
        let (problem, place) = (&finding.problem, &finding.place);
        let mut result = json!({
            "ruleId": problem.code,
            "level": level(problem.severity),
            "message": { "text": format!("{}. {}", problem.message, problem.help) },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": uri(report.public_name()) },
                "region": { "startLine": place.line, "startColumn": place.column },
            } }],
            "partialFingerprints": { "handover/v1": fingerprint(report, finding, &mut seen) },
        });
        let index = rules.iter().position(|rule| rule.code == problem.code);
        if let (Some(index), Some(object)) = (index, result.as_object_mut()) {
            object.insert("ruleIndex".to_owned(), index.into());
        }
        result
    })
    .collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A file name as a relative URI.
fn uri(name: &str) -> String {
    let mut out = String::new();
    for byte in name.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}
