//! Reading the file: problems found before there is a record to judge.

use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::Error;

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "RD-01",
        severity: Error,
        title: "A line cannot be read",
        why: "A line that the computer cannot read is a line the next school does not get. The message names the usual slip, so that it can be put right at once.",
        source: Source::Ours,
        next: "Look at the marked line and put it right.",
        bad: "[pupil]\ndob = 01/09/2014\n",
        good: "[pupil]\ndob = 2014-09-01\n",
        judge: Judge::Reading,
        ..Rule::USUAL
    },
    Rule {
        code: "RD-02",
        severity: Error,
        title: "The file is not text saved as UTF-8",
        why: "Names and words in other scripts survive only if the file is saved as UTF-8. An empty or very large file is probably not a record at all.",
        source: Source::Ours,
        next: "Save it as UTF-8: in Notepad, choose File, Save as, Encoding: UTF-8.",
        bad: "[\u{0}p\u{0}u\u{0}p\u{0}i\u{0}l\u{0}]\u{0}\n",
        good: "[pupil]\n",
        judge: Judge::Reading,
        ..Rule::USUAL
    },
    Rule {
        code: "RD-03",
        severity: Error,
        title: "A value is beyond its limits",
        why: "A telephone number of a thousand characters or half a million sessions is a slip of the hand. It is better found here than printed.",
        source: Source::Ours,
        next: "Look at the value again.",
        bad: "[[attendance.periods]]\npossible = 380000\n",
        good: "[[attendance.periods]]\npossible = 380\n",
        judge: Judge::Reading,
        ..Rule::USUAL
    },
    Rule {
        code: "VC-17",
        severity: Error,
        title: "A picture that the record names cannot be used",
        why: "A drawing is a child's word. If it does not lie beside the record, or is too large to be sent, the pack would go without it.",
        source: Source::Ours,
        next: "Put it right, or take the picture out of the record.",
        precisely: Some(
            "It lies in the record's folder or one below it, is a PNG or JPEG of at most 10 MB and 40 million points, and all pictures of a record together have at most 12 MB once they are made smaller.",
        ),
        bad: "[[voice.entries]]\nid = \"v1\"\npictures = [{ file = \"../house.png\", alt = \"A house\" }]\n",
        good: "[[voice.entries]]\nid = \"v1\"\npictures = [{ file = \"house.png\", alt = \"A house\" }]\n",
        judge: Judge::Beside,
        ..Rule::USUAL
    },
];
