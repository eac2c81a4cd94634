//! Voice of the child: what it rests on. More than one talk, the right support, not only beside a parent, and an
//! answer to every worry.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::example_parts::entry;
use crate::check::facts::plans::is_about_learning;
use crate::check::facts::voice::{entries, voice_not_obtained};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::says_any;
use crate::circle::Audience;
use crate::problem::Severity::{Error, Warning};
use crate::record::{Day, Risk, RiskKind, SenNeed, Voice, VoiceEntry, YesNoUnknown, blank};

/// Days after which the newest entry is old.
const OLD_AFTER_DAYS: i64 = 90;

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "VC-06",
        severity: Warning,
        title: "The newest voice entry is over 90 days old at sign-off",
        why: "A child's view of the move changes with visits and friends. Ninety days before sign-off is a term ago.",
        source: Source::Ours,
        next: "Ask the child again and add an entry.",
        bad: "[[voice.entries]]\nid = \"v1\"\ndate = 2025-12-01\nrecorded_by = \"R. Sample\"\nrecorder_role = \"ELSA\"\nmethod = \"drawing\"\nagreed_to_share_with = [\"all_staff\"]\n",
        good: entry!("method = \"drawing\"\n"),
        judge: Judge::Each(|c| {
            let signed = c.record.sign_off.iter().filter_map(|sign_off| sign_off.on).max().unwrap_or(c.today);
            let newest = entries(c).filter_map(|(i, entry)| entry.date.map(|date| (date, i))).max();
            let old = newest.filter(|(date, _)| signed.days_since(*date) > OLD_AFTER_DAYS);
            old.map(|(_, i)| Hit::at(format!("voice.entries[{i}].date"))).into_iter().collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-07",
        severity: Warning,
        title: "The child was heard on one day only, and there are open risks or plans",
        why: "Children may not speak out the first time they are asked. Where there are concerns, two occasions on different days say much more.",
        source: Source::Briefing(
            "Neglect",
            "Neglected children may not speak out or tell anyone what is happening. They may hide and minimise the abuse they are suffering; they may need to keep quiet to survive.",
        ),
        next: "Talk with the child on another day, or record an observation.",
        precisely: Some("Plans about learning and health alone (EHC plan, SEN support, healthcare plan) do not count."),
        bad: concat!("[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n", entry!("method = \"drawing\"\n")),
        good: concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n",
            entry!("method = \"drawing\"\n"),
            "[[voice.observations]]\ndate = 2026-06-20\nobserved_by = \"R. Sample\"\nwhat = \"Stays close to one friend at play\"\n"
        ),
        judge: Judge::Each(|c| {
            let concerns = c.record.risks.iter().any(Risk::is_current)
                || c.record.plans.iter().any(|plan| plan.is_open(c.today) && !is_about_learning(plan));
            let seen = c.record.voice.iter().flat_map(|voice| voice.observations.iter().filter_map(|seen| seen.date));
            let days: BTreeSet<Day> = entries(c).filter_map(|(_, entry)| entry.date).chain(seen).collect();
            Hit::when(concerns && days.len() < 2 && c.record.voice.is_some(), "voice.entries")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-08",
        severity: Warning,
        title: "No communication support is recorded for a child who may need it",
        why: "A child who finds words hard, hears badly or speaks another language at home can be heard with the right help: an interpreter, symbols, signing, drawing. The next school should know which.",
        source: Source::Ours,
        next: "Say in `voice.communication_support` how the child was helped to take part.",
        precisely: Some(
            "Nothing is said in `voice.communication_support`, and there is a need in talking, hearing or autism, or a first language other than English without `communication_needs` (or these without that). Not where the child told twenty words or more in English.",
        ),
        bad: concat!("[pupil]\nfirst_language = \"POL\"\n", entry!("method = \"drawing\"\n")),
        good: concat!(
            "[pupil]\nfirst_language = \"POL\"\n[voice]\ncommunication_support = \"A Polish-speaking teaching assistant\"\n",
            entry!("method = \"drawing\"\n")
        ),
        judge: Judge::Each(communication_support),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-09",
        severity: Warning,
        title: "The child has not been heard without a parent or carer present",
        why: "Where neglect or domestic abuse is a risk, a child may not be free to speak beside a parent. One talk without them is a safeguard.",
        source: Source::Briefing("Neglect", "they may need to keep quiet to survive"),
        next: "Talk with the child alone, or with an adult the child chose.",
        precisely: Some(
            "A current risk of neglect or domestic abuse, or a fact as in RK-19 that was not weighed; and every entry with `parent_present = true`.",
        ),
        bad: concat!("[[risks]]\nkind = \"neglect\"\n", entry!("method = \"drawing\"\nparent_present = true\n")),
        good: concat!("[[risks]]\nkind = \"neglect\"\n", entry!("method = \"drawing\"\nparent_present = false\n")),
        judge: Judge::Each(|c| {
            let at_risk = c.record.risks.iter().any(|risk| {
                risk.is_current() && matches!(risk.kind, Some(RiskKind::Neglect | RiskKind::DomesticAbuse))
            });
            let at_risk = at_risk || !c.unweighed().is_empty();
            let beside_parent = entries(c).all(|(_, entry)| entry.parent_present == Some(true));
            let hits = entries(c).next().filter(|_| at_risk && beside_parent);
            hits.map(|(i, _)| Hit::at(format!("voice.entries[{i}].parent_present"))).into_iter().collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-11",
        severity: Warning,
        title: "Trusted adults, worries or 'who should know' were not asked",
        why: "Three short questions tell the next school most: whom do you trust, what worries you, who should know? An empty field may mean nobody asked.",
        source: Source::Local("One-page profile practice"),
        next: "Ask the child, and write the answers into `voice.trusted_adults`, `voice.worries` and `voice.who_should_know`. A child who has no worries says so: write down those words.",
        bad: entry!("method = \"drawing\"\n"),
        good: concat!(
            "[voice]\ntrusted_adults = [\"R. Sample\"]\nwho_should_know = \"My tutor\"\nworries = [{ id = \"w1\", text = \"Getting lost\" }]\n",
            entry!("method = \"drawing\"\n")
        ),
        judge: Judge::Each(|c| {
            let Some(voice) = c.record.voice.as_ref().filter(|_| !voice_not_obtained(c)) else { return Vec::new() };
            let mut hits = Hit::when(blank(voice.who_should_know.as_deref()), "voice.who_should_know");
            hits.extend(Hit::when(voice.trusted_adults.is_empty(), "voice.trusted_adults"));
            hits.extend(Hit::when(voice.worries.is_empty(), "voice.worries"));
            hits.into_iter()
                .map(|hit| {
                    let field = hit.path.clone();
                    hit.because(format!("`{field}` is empty: was the child asked?"))
                })
                .collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-13",
        severity: Warning,
        title: "A worry the child named has no action",
        why: "A child who says what is worrying and sees nothing happen learns not to say it again. Each worry gets at least one action.",
        source: Source::Ours,
        next: "Add an action with `for_worry` set to the worry's `id`, or say in the plan why none is needed.",
        bad: concat!(
            "[transition_plan]\nvoice_ref = [\"v1\"]\n[voice]\nworries = [{ id = \"w1\", text = \"Getting lost\" }]\n",
            entry!("method = \"drawing\"\n")
        ),
        good: concat!(
            "[transition_plan]\nvoice_ref = [\"v1\"]\n[[transition_plan.actions]]\nwhat = \"Walk the building with a map\"\nfor_worry = \"w1\"\n[voice]\nworries = [{ id = \"w1\", text = \"Getting lost\" }]\n",
            entry!("method = \"drawing\"\n")
        ),
        judge: Judge::Each(|c| {
            let Some((plan, voice)) = c.record.transition_plan.as_ref().zip(c.record.voice.as_ref()) else {
                return Vec::new();
            };
            let answered =
                |id: &Option<String>| id.is_some() && plan.actions.iter().any(|action| action.for_worry == *id);
            let open = voice.worries.iter().enumerate().filter(|(_, worry)| !answered(&worry.id));
            open.map(|(i, _)| Hit::at(format!("voice.worries[{i}]")).resting_on("transition_plan")).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-14",
        severity: Warning,
        title: "The attendance plan has no view of the child",
        why: "An attendance plan that was made over a child's head seldom works. Cumbria's review of Child R asks that the child is actively involved.",
        source: Source::Local("Cumbria LSCB, Child R: attendance plans"),
        next: "Ask the child about the plan and put the `id` of the voice entry into `attendance.plan.child_view_ref`.",
        bad: "[attendance.plan]\nowner = \"Head of Year\"\n",
        good: "[attendance.plan]\nowner = \"Head of Year\"\nchild_view_ref = \"v1\"\n",
        judge: Judge::Each(|c| {
            let plan = c.record.attendance.as_ref().and_then(|attendance| attendance.plan.as_ref());
            Hit::when(plan.is_some_and(|plan| blank(plan.child_view_ref.as_deref())), "attendance.plan.child_view_ref")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-15",
        severity: Warning,
        title: "The child agreed to some readers, but the safeguarding lead is not among them",
        why: "Words go only where the child agreed, circle by circle. What is kept from the safeguarding lead cannot help to keep the child safe, so that should be a choice and not a slip.",
        source: Source::Ours,
        next: "If the child agreed, add `\"dsl\"` to `agreed_to_share_with`; if not, leave it, or give the safeguarding reason in `override_reason` and set `audience`.",
        bad: "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R. Sample\"\nrecorder_role = \"ELSA\"\nmethod = \"drawing\"\nagreed_to_share_with = [\"pastoral\"]\n",
        good: "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R. Sample\"\nrecorder_role = \"ELSA\"\nmethod = \"drawing\"\nagreed_to_share_with = [\"pastoral\", \"dsl\"]\n",
        judge: Judge::Each(|c| {
            let unseen = entries(c)
                .filter(|(_, entry)| !entry.agreed_to_share_with.is_empty() && !entry.shown_to(Audience::Dsl));
            unseen.map(|(i, _)| Hit::at(format!("voice.entries[{i}].agreed_to_share_with"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-16",
        severity: Error,
        title: "A picture has no description, or does not lie beside the record",
        why: "A colleague who cannot see the picture has to know what the child has drawn, and a screen reader can say only what is written here. A picture that lies somewhere else is lost when the record moves.",
        source: Source::Ours,
        next: "Say in `alt` what the picture shows, and put the file into the record's own folder or one below it: `file = \"drawings/house.png\"`.",
        precisely: Some(
            "`alt` says nothing, or `file` is missing, begins with a folder above, a drive or a slash, or does not end in .png, .jpg or .jpeg.",
        ),
        bad: "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nmethod = \"drawing\"\npictures = [{ file = \"house.png\" }]\n",
        good: "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nmethod = \"drawing\"\npictures = [{ file = \"house.png\", alt = \"A house with a large garden and a dog\" }]\n",
        judge: Judge::Each(pictures),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-26",
        severity: Error,
        title: "A photograph of the child, and no consent for it is recorded",
        why: "A photograph goes to every member of staff of another school. The child agrees with the profile; the family is asked as well.",
        source: Source::Ours,
        next: "Ask the family, and add it to `[[consents]]` (`what = \"A photograph in the profile\"`, `given = \"yes\"`, by whom and when); or take the photograph out.",
        precisely: Some("`consents` has one whose `what` speaks of a photograph, picture or image, given with `yes`."),
        bad: "[voice.profile]\nphotograph = { file = \"me.jpg\", alt = \"A girl with a red hat\" }\n",
        good: "[[consents]]\nwhat = \"A photograph in the profile\"\ngiven = \"yes\"\n[voice.profile]\nphotograph = { file = \"me.jpg\", alt = \"A girl with a red hat\" }\n",
        judge: Judge::Each(|c| {
            const SHOWN: [&str; 6] = ["photo", "photos", "photograph", "photographs", "picture", "image"];
            let mut profiles = c.record.voice.iter().filter_map(|voice| voice.profile.as_ref());
            let shown = profiles.any(|profile| profile.photograph.is_some());
            let consented = c.record.consents.iter().any(|consent| {
                let speaks = consent.what.as_deref().is_some_and(|what| says_any(what, &SHOWN));
                speaks && consent.given == Some(YesNoUnknown::Yes)
            });
            Hit::when(shown && !consented, "voice.profile.photograph")
        }),
        ..Rule::USUAL
    },
];

/// Pictures that cannot be told to somebody who does not see them, or cannot be found.
fn pictures(c: &Context<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (path, picture) in c.record.voice.iter().flat_map(Voice::pictures) {
        if blank(picture.alt.as_deref()) {
            hits.push(Hit::at(format!("voice.{path}.alt")));
        }
        if !picture.file.as_deref().is_some_and(is_beside) {
            hits.push(Hit::at(format!("voice.{path}.file")));
        }
    }
    hits
}

/// Whether a name is of a picture in the record's own folder or one below it, on every system.
fn is_beside(file: &str) -> bool {
    let lower = file.to_lowercase();
    let ending = [".png", ".jpg", ".jpeg"].iter().any(|ending| lower.ends_with(ending));
    let plain = |part: &str| !part.is_empty() && !part.chars().all(|c| c == '.') && !part.contains(['\\', ':', '\0']);
    ending && file.split('/').all(plain)
}

fn communication_support(c: &Context<'_>) -> Vec<Hit> {
    let Some(voice) = &c.record.voice else { return Vec::new() };
    let pupil = c.record.pupil.as_ref();
    let language = pupil.and_then(|pupil| pupil.first_language.as_deref()).unwrap_or("ENG").trim().to_uppercase();
    let other_language = !["", "ENG", "EN", "ENGLISH"].contains(&language.as_str());
    let needs = pupil.is_some_and(|pupil| !pupil.communication_needs.is_empty());
    let sen = c
        .record
        .sen
        .iter()
        .flat_map(|sen| &sen.needs)
        .any(|need| matches!(need, SenNeed::Slcn | SenNeed::Asd | SenNeed::Hi | SenNeed::Msi));
    let unsupported = blank(voice.communication_support.as_deref());
    // Who told of it at length in English needed no interpreter.
    const AT_LENGTH: usize = 20;
    let in_english = |entry: &VoiceEntry| {
        let language = entry.language.as_deref().unwrap_or("en").trim().to_lowercase();
        let words = entry.verbatim.as_deref().unwrap_or_default().split_whitespace().count();
        ["en", "eng", "english"].contains(&language.as_str())
            && words >= AT_LENGTH
            && blank(entry.translation.as_deref())
    };
    // Who speaks another language at home may well say in `communication_needs` that nothing is needed.
    let asked = other_language != needs && !(other_language && voice.entries.iter().any(in_english));
    Hit::when((asked || sen) && unsupported, "voice.communication_support")
}
