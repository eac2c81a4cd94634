//! The fonts compiled in, in the order in which they are tried.

use std::collections::BTreeSet;

use typst::text::{Coverage, Font};
use unicode_normalization::char::is_combining_mark;

/// For text: Atkinson Hyperlegible Next, made for readers with low vision, then one face a script.
pub(super) const FONTS: [&[u8]; 29] = [
    include_bytes!("../../templates/fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../../templates/fonts/AtkinsonHyperlegibleNext-Italic.ttf"),
    include_bytes!("../../templates/fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
    include_bytes!("../../templates/fonts/AtkinsonHyperlegibleNext-BoldItalic.ttf"),
    include_bytes!("../../templates/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../templates/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansArmenian-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansBengali-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansEthiopic-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansGeorgian-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansGujarati-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansGurmukhi-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansKannada-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansKhmer-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansLao-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansMalayalam-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansMyanmar-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansSinhala-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansTamil-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansTelugu-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansThai-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansCJK-Regular.otf"),
    include_bytes!("../../templates/fonts/NotoEmoji-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansSymbols2-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansSymbols-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansMath-Regular.ttf"),
];

const FAMILIES: [&str; 3] = ["Atkinson Hyperlegible Next", "Noto Sans", "Noto Emoji"];
const LAST: &str = "Noto Sans CJK SC";

/// The families that text is set in, in order, as a function in a template: `#let faces(view) = …`.
///
/// Where the first family has all of a document's text, no more is said. Elsewhere each but the last names the characters it is for: all it has but marks. Without that the engine gives a letter and its
/// mark to a font that has the mark alone, and drops the letter without a word (seen with typst 0.15 and names such as
/// `Ọ́lá`). The last has no such list, because what no family is for would vanish likewise.
pub(super) fn faces(fonts: &[Font]) -> String {
    let family = |name: &str| {
        let font = fonts.iter().find(|font| font.info().family == name);
        let codes = font.into_iter().flat_map(|font| font.info().coverage.iter());
        let letters = codes.filter_map(char::from_u32).filter(|c| !is_mark(*c) && (*c != ' ' || name != "Noto Emoji"));
        format!("(name: \"{name}\", covers: regex(\"[{}]\")), ", class(letters))
    };
    let families: String = FAMILIES.iter().map(|name| family(name)).collect();
    let names: String = FAMILIES.iter().map(|name| format!("\"{name}\", ")).collect();
    format!("#let faces(view) = if view.plain {{ ({names}\"{LAST}\") }} else {{ ({families}\"{LAST}\") }}\n")
}

/// The characters that all faces of the first family have.
pub(super) fn first_family(fonts: &[Font]) -> Coverage {
    let [family, ..] = FAMILIES;
    let own: Vec<_> =
        fonts.iter().map(Font::info).filter(|info| info.family == family).map(|info| &info.coverage).collect();
    let Some((one, others)) = own.split_first() else { return Coverage::from_vec(Vec::new()) };
    Coverage::from_vec(one.iter().filter(|code| others.iter().all(|other| other.contains(*code))).collect())
}

/// What is drawn over or after another character, or shapes it.
pub(super) fn is_mark(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

/// Characters in order as the inside of a class of a regular expression, in a template's text.
fn class(characters: impl Iterator<Item = char>) -> String {
    ranges(characters.map(u32::from)).map(|(first, last)| format!("\\\\u{{{first:x}}}-\\\\u{{{last:x}}}")).collect()
}

/// Numbers in order as ranges, first and last.
fn ranges(numbers: impl Iterator<Item = u32>) -> impl Iterator<Item = (u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges.into_iter()
}

/// For which characters any font has a letter form, as `templates/fonts/letter-forms.txt` says it.
pub(super) fn letter_forms(fonts: &[Font]) -> String {
    let all: BTreeSet<u32> = fonts.iter().flat_map(|font| font.info().coverage.iter()).collect();
    let line = |(first, last): (u32, u32)| {
        if first == last { format!("{first:X}\n") } else { format!("{first:X}-{last:X}\n") }
    };
    ranges(all.into_iter()).map(line).collect()
}
