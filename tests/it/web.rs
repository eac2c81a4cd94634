//! The start page of a bundle in a real browser: readable on a telephone and on a wall, and free of what axe finds wrong.

use std::fs;

use serde_json::{Value, json};

use super::support::{Workspace, packed, root, text, tool, tree};

/// A page in frames of several widths, each looked over by axe; what was found stands in an element of its own.
fn looked_over(page: &str, axe: &str) -> String {
    // Within a script no end of a script may stand.
    let quoted = |text: &str| json!(text).to_string().replace("</", "<\\/");
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Looked over</title></head><body><pre id=\"found\"></pre><script>\n\
         const page = {}, axe = {};\n\
         (async () => {{\n\
           const found = [];\n\
           for (const width of [360, 1920]) {{\n\
             const frame = document.createElement('iframe');\n\
             frame.width = width; frame.height = 900; frame.srcdoc = page;\n\
             document.body.append(frame);\n\
             await new Promise(loaded => frame.onload = loaded);\n\
             const inside = frame.contentDocument, script = inside.createElement('script');\n\
             script.textContent = axe;\n\
             inside.head.append(script);\n\
             const {{ violations, passes }} = await frame.contentWindow.axe.run(inside);\n\
             const wrong = violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' | '));\n\
             found.push({{ width, wide: inside.documentElement.scrollWidth, passes: passes.length, wrong }});\n\
             frame.remove();\n\
           }}\n\
           document.getElementById('found').textContent = JSON.stringify(found);\n\
         }})();\n\
         </script></body></html>",
        quoted(page),
        quoted(axe)
    )
}

/// What axe found on a page, width by width.
fn found(desk: &Workspace, name: &str, page: &str) -> Vec<Value> {
    let folders = fs::read_dir(root().join("target/verifiers/lib")).unwrap();
    let scripts = folders.map(|folder| folder.unwrap().path().join("site-packages/axe_playwright_python/axe.min.js"));
    let axe = scripts.filter_map(|script| fs::read_to_string(script).ok()).next();
    let axe = axe.unwrap_or_else(|| panic!("axe is missing; tests/run installs it"));
    let file = desk.write(name, looked_over(page, &axe));
    let profile = format!("--user-data-dir={}", text(&desk.path("browser")));
    let address = format!("file://{}", text(&file));
    let still = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"];
    let run = tool(
        "chromium",
        &[
            &["--headless", "--no-sandbox", "--disable-gpu", "--disable-sync", &profile][..],
            &still[..],
            &["--virtual-time-budget=60000", "--dump-dom", &address],
        ]
        .concat(),
    );
    let (_, rest) =
        run.out.split_once("<pre id=\"found\">").unwrap_or_else(|| panic!("{name}: {}{}", run.out, run.err));
    let told = rest.split_once("</pre>").unwrap().0.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    serde_json::from_str(&told).unwrap_or_else(|error| panic!("{name}: {error}: {told}"))
}

#[test]
fn the_start_page_works_on_a_telephone_and_on_a_wall() {
    let desk = Workspace::new();
    let pages: Vec<_> = tree(&packed().1).into_iter().filter(|(name, _)| name.ends_with(".zip")).collect();
    assert!(!pages.is_empty());
    let mut looked = 0;
    for (name, zip) in pages {
        let mut bundle = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
        let Ok(mut start) = bundle.by_name("START-HERE.html") else { continue };
        let page = std::io::read_to_string(&mut start).unwrap();
        for one in found(&desk, &format!("{looked}.html"), &page) {
            assert!(one["passes"].as_u64().unwrap() > 5, "{name}: axe has looked at nothing: {one}");
            assert_eq!(one["wrong"], json!([]), "{name} at {}", one["width"]);
            assert!(one["wide"].as_u64() <= one["width"].as_u64(), "{name} runs off a screen of {}", one["width"]);
        }
        looked += 1;
    }
    assert!(looked >= 3, "{looked}");
}

/// A page with two known faults is found out, so that silence means something.
#[test]
fn what_is_wrong_with_a_page_is_noticed() {
    let page = "<!doctype html><html><head><title>x</title></head><body><img src=\"data:,\"><p style=\"width:900px\">x</p></body></html>";
    let found = found(&Workspace::new(), "wrong.html", page);
    let narrow = &found[0];
    assert!(narrow["wrong"].to_string().contains("image-alt") && narrow["wrong"].to_string().contains("html-has-lang"));
    assert!(narrow["wide"].as_u64() > narrow["width"].as_u64(), "{narrow}");
}
