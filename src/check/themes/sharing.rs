//! Information sharing: on what footing, with whose knowledge, what is held back, and who stands behind it.

use crate::check::facts::plans::{has_open, open};
use crate::check::facts::risks::is_abuse;
use crate::check::facts::sharing::{SOCIAL_WORK, is_safeguarding, is_signed, sharing};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::flaws::Flaw;
use crate::check::words::fold;
use crate::problem::Severity::{Error, Warning};
use crate::record::{
    Contact, ContentDigest, LawfulBasis, PictureDigests, PlanType, SenProvision, SignOff, SignOffRole, Signature,
    Voice, blank,
};

/// What the record must say about sharing, then what follows in that section.
macro_rules! sharing {
    ($rest:literal) => {
        concat!(
            "[sharing]\nspecial_category_condition = \"dpa2018_sch1_para18\"\nparent_informed = true\n",
            "retention = { keeper = \"Receiving school\", until = \"25th birthday\" }\n",
            $rest
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "SI-01",
        severity: Error,
        title: "The lawful basis for sharing is missing",
        why: "A school shares with a reason in law, and writes down which. For a school's own task that is usually the public task, not consent.",
        source: Source::Law("UK GDPR, article 6"),
        next: "Set `sharing.lawful_basis`, for most schools `public_task`.",
        bad: sharing!(""),
        good: sharing!("lawful_basis = \"public_task\"\n"),
        judge: Judge::Each(|c| {
            let given = sharing(c).is_some_and(|sharing| sharing.lawful_basis.is_some());
            Hit::when(!given, "sharing.lawful_basis")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-02",
        severity: Warning,
        title: "Consent is rarely the right basis for safeguarding",
        why: "Consent can be refused and withdrawn, and a worry about a child cannot wait for it. Safeguarding is shared on another footing, openly wherever that is safe.",
        source: Source::Guidance(
            "Information Commissioner's Office, ten steps to sharing information to safeguard children",
        ),
        next: "Look at the basis again with your data protection officer.",
        precisely: Some("The basis is consent, and there is a risk, or an open plan of children's services."),
        bad: concat!(sharing!("lawful_basis = \"consent\"\n"), "[[risks]]\nid = \"r1\"\nkind = \"housing\"\n"),
        good: concat!(sharing!("lawful_basis = \"public_task\"\n"), "[[risks]]\nid = \"r1\"\nkind = \"housing\"\n"),
        judge: Judge::Each(|c| {
            let consent = sharing(c).is_some_and(|sharing| sharing.lawful_basis == Some(LawfulBasis::Consent));
            Hit::when(consent && is_safeguarding(c), "sharing.lawful_basis")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-03",
        severity: Error,
        title: "The condition for special category data is missing",
        why: "Health, and much of what is said about risks, may only be shared under a condition of its own. Safeguarding of children is one.",
        source: Source::Law("UK GDPR, article 9; Data Protection Act 2018, schedule 1, paragraph 18"),
        next: "Set `sharing.special_category_condition`, for safeguarding `dpa2018_sch1_para18`.",
        precisely: Some(
            "Where the record has a health condition or disability, SEN support or an EHC plan, a risk, or an open plan.",
        ),
        bad: "[sharing]\nlawful_basis = \"public_task\"\n[health]\ndisability = true\n",
        good: concat!(sharing!("lawful_basis = \"public_task\"\n"), "[health]\ndisability = true\n"),
        judge: Judge::Each(|c| {
            let record = c.record;
            let health = record.health.as_ref().is_some_and(|h| h.disability == Some(true) || !h.conditions.is_empty());
            let sen =
                record.sen.as_ref().is_some_and(|sen| matches!(sen.provision, Some(SenProvision::K | SenProvision::E)));
            let special = health || sen || !record.risks.is_empty() || open(c).next().is_some();
            let given = sharing(c).is_some_and(|sharing| !blank(sharing.special_category_condition.as_deref()));
            Hit::when(special && !given, "sharing.special_category_condition")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-04",
        severity: Warning,
        title: "Parents were not told, and no reason is given",
        why: "Openness is the rule, and there are good reasons to break it. Whoever asks later must find that somebody weighed it.",
        source: Source::Guidance("Information sharing advice: the golden rules"),
        next: "Say in `parent_not_informed_reason` why telling them would not be safe or possible.",
        bad: "[sharing]\nlawful_basis = \"public_task\"\nparent_informed = false\n",
        good: "[sharing]\nlawful_basis = \"public_task\"\nparent_informed = false\nparent_not_informed_reason = \"Would put mother at risk\"\n",
        judge: Judge::Each(|c| {
            let untold = sharing(c).is_some_and(|sharing| {
                sharing.parent_informed == Some(false) && blank(sharing.parent_not_informed_reason.as_deref())
            });
            Hit::when(untold, "sharing.parent_not_informed_reason")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-05",
        severity: Error,
        title: "Something is held back, and it is not said why or by whom",
        why: "Holding back can be right, and then it is a decision of somebody for a reason. The reviews are full of things that simply were not passed on.",
        source: Source::Guidance(
            "Information sharing advice: keep a record of the decision; see also Children's Wellbeing and Schools Act 2026, section 4, not yet in force in the copies read",
        ),
        next: "Add `reason` and `decided_by` to that entry of `withheld`.",
        bad: "[sharing]\nlawful_basis = \"public_task\"\nwithheld = [{ what = \"One report\" }]\n",
        good: "[sharing]\nlawful_basis = \"public_task\"\nwithheld = [{ what = \"One report\", reason = \"Names another child's carer\", decided_by = \"DSL\" }]\n",
        judge: Judge::Each(|c| {
            let withheld = c.record.sharing.iter().flat_map(|sharing| sharing.withheld.iter().enumerate());
            let bare = withheld.filter(|(_, item)| blank(item.reason.as_deref()) || blank(item.decided_by.as_deref()));
            bare.map(|(i, _)| Hit::at(format!("sharing.withheld[{i}]"))).collect()
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-08",
        severity: Error,
        title: "A designated safeguarding lead has no name or no contact",
        why: "The safeguarding file goes from one named person to another, and each must be able to ring. A pack for nobody is opened by anybody.",
        source: Source::Guidance("Keeping children safe in education: transfer of the child protection file"),
        next: "Add `name` and `phone` or `email` under `[sending_school.dsl]` and `[receiving_school.dsl]`.",
        bad: "[receiving_school.dsl]\nname = \"P. Nandakumar\"\nphone = \"\"\n",
        good: "[receiving_school.dsl]\nname = \"P. Nandakumar\"\nphone = \"01632 960201\"\n",
        judge: Judge::Each(|c| {
            let sending = c.record.sending_school.as_ref().and_then(|school| school.dsl.as_ref());
            let receiving = c.record.receiving_school.as_ref().and_then(|school| school.dsl.as_ref());
            let complete = |contact: Option<&Contact>| {
                contact.is_some_and(|contact| {
                    let reachable = !blank(contact.phone.as_deref()) || !blank(contact.email.as_deref());
                    !blank(contact.name.as_deref()) && reachable
                })
            };
            let mut hits = Hit::when(!complete(sending), "sending_school.dsl");
            hits.extend(Hit::when(!complete(receiving), "receiving_school.dsl"));
            hits
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-12",
        severity: Warning,
        title: "It was not considered whether something is shared before the child leaves",
        why: "Some support must be ready on the first day, and that takes time to prepare. National guidance asks the DSL to consider it.",
        source: Source::Guidance("Keeping children safe in education: sharing in advance of a child leaving"),
        next: "Decide, and set `sharing.advance_sharing` with `decided`, `decision`, `on` and `reason`.",
        precisely: Some("An open plan of children's services or Channel, or a current risk of abuse."),
        bad: concat!(sharing!("lawful_basis = \"public_task\"\n"), "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n"),
        good: concat!(
            sharing!(
                "lawful_basis = \"public_task\"\nadvance_sharing = { decided = true, decision = \"yes\", on = 2026-06-15 }\n"
            ),
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n"
        ),
        judge: Judge::Each(|c| {
            let abused = c.record.risks.iter().any(|risk| risk.is_current() && risk.kind.is_some_and(is_abuse));
            let decided = sharing(c)
                .and_then(|sharing| sharing.advance_sharing.as_ref())
                .is_some_and(|advance| advance.decided == Some(true) || advance.decision.is_some());
            let asked = abused || has_open(c, &SOCIAL_WORK) || has_open(c, &[PlanType::Channel]);
            Hit::when(asked && !decided, "sharing.advance_sharing")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-14",
        severity: Error,
        title: "A signature is missing",
        why: "Somebody must have read the whole and stand behind it. For safeguarding that is the DSL, for special needs the SENCO.",
        source: Source::Ours,
        next: "Let the DSL, and for SEN support or an EHC plan also the SENCO, read the record and sign: `handover sign-off RECORD --role dsl --name \"…\"`.",
        precisely: Some("A `[[sign_off]]` of that role with `name` and `on`."),
        bad: "sign_off = []\n",
        good: "[[sign_off]]\nrole = \"dsl\"\nname = \"R. Sample\"\non = 2026-07-01\n",
        judge: Judge::Each(|c| {
            let sen = c
                .record
                .sen
                .as_ref()
                .is_some_and(|sen| matches!(sen.provision, Some(SenProvision::K | SenProvision::E)));
            let signed = |role| c.record.sign_off.iter().any(|sign_off| is_signed(sign_off, role));
            let missing = [
                (!signed(SignOffRole::Dsl), "The designated safeguarding lead has not signed"),
                (sen && !signed(SignOffRole::Senco), "The child has SEN provision, and the SENCO has not signed"),
            ];
            let missing = missing.into_iter().filter(|(absent, _)| *absent);
            missing.map(|(_, message)| Hit::at("sign_off").because(message)).collect()
        }),
        may_override: false,
        may_lower: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-15",
        severity: Error,
        title: "The record was changed after it was signed",
        why: "A signature is for what stood there then. What came in later, however small, nobody has put their name to.",
        source: Source::Ours,
        next: "Let that person read it again and sign anew: `handover sign-off RECORD --role … --name \"…\"`.",
        precisely: Some(
            "Where a `[[sign_off]]` has a `digest`, it is compared with what was signed: the sign-off itself and the whole record but `[transfer]` and other sign-offs, comments and layout left out; pictures count as they are. Of what `school.toml` says, telephone numbers and e-mail addresses do not count, and all else does. Of several signatures of one person in one role the last one counts. It notices changes; it does not prove who signed, as whoever may write the file may also sign it.",
        ),
        bad: "[[sign_off]]\nrole = \"dsl\"\nname = \"R. Sample\"\non = 2026-07-01\ndigest = \"0000000000000000000000000000000000000000000000000000000000000000\"\n",
        good: "[[sign_off]]\nrole = \"dsl\"\nname = \"R. Sample\"\non = 2026-07-01\n",
        judge: Judge::Each(|c| {
            let sign_offs = &c.record.sign_off;
            if sign_offs.iter().all(|sign_off| blank(sign_off.digest.as_deref())) {
                return Vec::new();
            }
            // What a picture shows cannot be compared where there is no folder to look into.
            let names_pictures = c.record.voice.iter().flat_map(Voice::pictures).next().is_some();
            if names_pictures && c.pictures.is_none() {
                return Vec::new();
            }
            let none = PictureDigests::new();
            let judged = |one: &SignOff| {
                let written = one.digest.as_deref().filter(|digest| !blank(Some(digest)))?;
                Some(ContentDigest::of(c.record, one, c.pictures.unwrap_or(&none), c.from_school)?.judge(written))
            };
            let is_whole = |one: &SignOff| judged(one) == Some(Signature::Unchanged);
            // A later signature counts in place of an earlier one only if it is whole itself.
            let replaced = |i: usize, one: &SignOff| {
                sign_offs
                    .iter()
                    .skip(i + 1)
                    .any(|later| later.role == one.role && later.name == one.name && is_whole(later))
            };
            let hit = |(i, one): (usize, &SignOff)| {
                let hit = Hit::at(format!("sign_off[{i}].digest"));
                match judged(one) {
                    None | Some(Signature::Unchanged) => None,
                    Some(_) if replaced(i, one) => None,
                    Some(Signature::OldForm) => Some(hit.because(OLD_FORM)),
                    Some(Signature::Changed) => Some(hit),
                }
            };
            sign_offs.iter().enumerate().filter_map(hit).collect()
        }),
        may_override: false,
        may_lower: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-18",
        severity: Warning,
        title: "Another child is named in full",
        why: "The friend, or the child to be kept apart, has a right to privacy too. A first name or initials are enough for a seating plan.",
        source: Source::Law("UK GDPR, article 5(1)(c)"),
        next: "Write the first name or initials alone.",
        precisely: Some(
            "Entries of `keep_with` and `keep_apart` with two or more words that are more than an initial and, where there are capitals, begin with one. Double first names (Mary Ann, Jay Jay) and words for relatives before a first name are left out.",
        ),
        bad: "[transition_plan]\nvoice_ref = [\"v1\"]\nkeep_with = [\"Aisha Khan\"]\n",
        good: "[transition_plan]\nvoice_ref = [\"v1\"]\nkeep_with = [\"Aisha K.\"]\n",
        judge: Judge::Each(|c| {
            let Some(plan) = &c.record.transition_plan else { return Vec::new() };
            let lists = [(&plan.keep_with, "keep_with"), (&plan.keep_apart, "keep_apart")];
            let named = lists.into_iter().flat_map(|(names, field)| {
                names.iter().enumerate().filter(|(_, name)| is_full_name(name)).map(move |(i, _)| (field, i))
            });
            named.map(|(field, i)| Hit::at(format!("transition_plan.{field}[{i}]"))).collect()
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-19",
        severity: Error,
        title: "A concern about a member of staff does not belong in a pupil's record",
        why: "Allegations and low-level concerns about staff have files and rules of their own, which protect the child and the adult. In a pupil's pack they would reach people who must not see them.",
        source: Source::Guidance("Keeping children safe in education, part 4 (not checked against the text in force)"),
        next: "Take it out, and speak with the head teacher or the designated officer of the local authority.",
        precisely: Some(
            "A text that says LADO, low-level concern, or an allegation against or about a member of staff, teacher, assistant, head, governor, coach, caretaker or tutor. What the child said is not searched.",
        ),
        bad: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Allegation against a teaching assistant\"\nbasis = \"reported\"\nsource = { agency = \"school\" }\naction = \"LADO informed\"\noutcome = \"Looked into\"\n",
        good: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Would not go into the hall for two weeks\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Sat with her at the door\"\noutcome = \"Goes in again with a friend\"\n",
        judge: Judge::Each(|c| c.texts_with(Flaw::AboutStaff)),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-20",
        severity: Warning,
        title: "It is not said who keeps the file, and until when",
        why: "A file that nobody is set to keep is lost or kept for ever. Both have harmed people who asked for their story years later.",
        source: Source::Law("UK GDPR, article 5(1)(e); for the years see local practice"),
        next: "Add `sharing.retention` with `keeper` and `until`.",
        bad: "[sharing]\nlawful_basis = \"public_task\"\n",
        good: sharing!("lawful_basis = \"public_task\"\n"),
        judge: Judge::Each(|c| {
            let kept = sharing(c)
                .and_then(|sharing| sharing.retention.as_ref())
                .is_some_and(|retention| !blank(retention.keeper.as_deref()) && !blank(retention.until.as_deref()));
            Hit::when(!kept, "sharing.retention")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-21",
        severity: Error,
        title: "The name of the file tells who the child is",
        why: "File names stand in logs, e-mails and the lists of recent files, where people see them who must not know. What this program writes carries opaque references.",
        source: Source::Ours,
        next: "Name the file and its folder by a number or a class list position.",
        precisely: Some(
            "The file's own name holds a legal or preferred name of at least three letters, or the file or a folder holds forename and surname together, the UPN, the NHS number or the date of birth; accents, case and punctuation do not count. In logs such a part is masked; where a record has no name that can be read, whatever looks like one. That our own output names nobody is held by construction.",
        ),
        bad: "[pupil]\nlegal_surname = \"Record\"\n",
        good: "[pupil]\nlegal_surname = \"Example\"\n",
        judge: Judge::Each(|c| Hit::when(c.told().in_path(c.name), "pupil")),
        may_override: false,
        may_lower: false,
        ..Rule::USUAL
    },
];

/// What is said of a signature that cannot be compared any more.
const OLD_FORM: &str = "The sign-off was made by an earlier version of this program, in a form that cannot be compared any more: have the record signed again";

/// Whether a child is named in full: two names that are more than an initial, the second of which can be a surname.
fn is_full_name(name: &str) -> bool {
    // In a text that uses capitals, what begins small is no name: `Morag at lunch`.
    let has_capitals = name.chars().any(char::is_uppercase);
    let is_name =
        |word: &&str| !has_capitals || word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let folded = fold(&name.split_whitespace().filter(is_name).collect::<Vec<_>>().join(" "));
    let words: Vec<&str> = folded.split(' ').filter(|word| word.chars().count() > 1).collect();
    let [first, rest @ ..] = words.as_slice() else { return false };
    let Some(last) = rest.last() else { return false };
    let of_kin = words.iter().any(|word| KIN.contains(word));
    let given = rest.iter().all(|word| SECOND_FORENAMES.contains(word) || word == first);
    !of_kin && !given && !KIN.contains(last)
}

/// Words that say who a child is to this one; the name that follows is a first name.
const KIN: [&str; 22] = [
    "twin",
    "sister",
    "brother",
    "cousin",
    "friend",
    "friends",
    "best",
    "stepbrother",
    "stepsister",
    "half",
    "from",
    "in",
    "class",
    "year",
    "and",
    "the",
    "his",
    "her",
    "their",
    "my",
    "nephew",
    "niece",
];

/// First names that often stand second in a double one.
const SECOND_FORENAMES: [&str; 44] = [
    "ann", "anne", "anna", "jo", "jay", "lee", "lea", "rose", "mae", "may", "mai", "lou", "louise", "jane", "jayne",
    "kate", "beth", "marie", "grace", "lynn", "leigh", "rae", "ray", "sue", "belle", "bell", "jean", "joy", "hope",
    "faith", "dee", "ella", "paul", "john", "james", "jack", "joe", "bob", "junior", "ali", "luc", "pierre", "marc",
    "mary",
];
