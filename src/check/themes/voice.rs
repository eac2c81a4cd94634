//! Voice of the child: that it is there, exact, and goes no further than the child agreed.
//!
//! What the voice rests on beside the words themselves (occasions, support, who was present) is in
//! [`super::voice_evidence`].
use crate::check::context::Context;
use crate::check::example_parts::entry;
use crate::check::facts::voice::{entries, voice_not_obtained};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::circle::Audience;
use crate::problem::Severity::{Error, Warning};
use crate::record::{VoiceEntry, VoiceMethod, blank};

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "VC-01",
        severity: Error,
        title: "The child's voice is not recorded",
        why: "One of the reviews asked for exactly this: a plan for the move that records what the child says. Without it adults decide about a child whom nobody has heard.",
        source: Source::Briefing("Education", "the need for transition plans to record the voice of the child"),
        next: "Sit with the child and add a `[[voice.entries]]`; if that was not possible, say why in `voice.not_obtained_reason` and add what staff have seen.",
        bad: "[voice]\ntrusted_adults = [\"R. Sample\"]\n",
        good: entry!("method = \"conversation\"\nverbatim = \"I like drawing.\"\n"),
        judge: Judge::Each(|c| {
            let voice = c.record.voice.as_ref();
            let heard = voice.is_some_and(|voice| !voice.entries.is_empty());
            let reason = voice.is_some_and(|voice| !blank(voice.not_obtained_reason.as_deref()));
            Hit::when(!heard && !reason, "voice.entries")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-02",
        severity: Error,
        title: "The transition plan does not rest on the child's voice",
        why: "A plan made without the child answers worries the child may not have. The plan, or one of its actions, names the voice entry it comes from.",
        source: Source::Briefing("Education", "the need for transition plans to record the voice of the child"),
        next: "Put the `id` of a voice entry into `transition_plan.voice_ref`.",
        bad: "[transition_plan]\nlevel = \"universal\"\n",
        good: "[transition_plan]\nlevel = \"universal\"\nvoice_ref = [\"v1\"]\n",
        judge: Judge::Each(plan_rests_on_voice),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-03",
        severity: Error,
        title: "A voice entry must say who recorded it, when and how",
        why: "What a child says depends on who asks, when and how. The reader can weigh the words only if these are known.",
        source: Source::Local("Three Houses guidance; and our proposal"),
        next: "Add `date`, `recorded_by`, `recorder_role` and `method` to the entry.",
        bad: "[[voice.entries]]\nverbatim = \"I like drawing.\"\nmethod = \"conversation\"\nagreed_to_share_with = [\"all_staff\"]\n",
        good: entry!("method = \"conversation\"\nverbatim = \"I like drawing.\"\n"),
        judge: Judge::Each(|c| {
            let missing = entries(c).flat_map(|(i, entry)| {
                let fields = [
                    (entry.date.is_none(), "date"),
                    (blank(entry.recorded_by.as_deref()), "recorded_by"),
                    (blank(entry.recorder_role.as_deref()), "recorder_role"),
                    (entry.method.is_none(), "method"),
                ];
                Hit::missing(&format!("voice.entries[{i}]"), "This voice entry", fields)
            });
            missing.collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-04",
        severity: Error,
        title: "The child spoke, but the exact words are missing",
        why: "A summary is the adult's voice, not the child's. Exact words let the next school hear the child.",
        source: Source::Local("Three Houses guidance: use the child's own words, do not paraphrase"),
        next: "Write the words as the child said them into `verbatim`.",
        bad: entry!("method = \"conversation\"\nadult_interpretation = \"Seemed content\"\n"),
        good: entry!("method = \"conversation\"\nverbatim = \"I am fine, just ask me.\"\n"),
        judge: Judge::Each(|c| {
            let wordless = |entry: &VoiceEntry| {
                entry.method.is_some_and(VoiceMethod::is_verbal) && blank(entry.verbatim.as_deref())
            };
            let hits = entries(c).filter(|(_, entry)| wordless(entry));
            hits.map(|(i, _)| Hit::at(format!("voice.entries[{i}].verbatim"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-05",
        severity: Warning,
        title: "This reads as an adult's summary, not as the child's words",
        why: "\u{201c}She feels that\u{2026}\u{201d} is what an adult understood. It is worth keeping, but in its own place.",
        source: Source::Ours,
        next: "Put it into `adult_interpretation`, and the child's own words here.",
        bad: entry!("method = \"conversation\"\nverbatim = \"She feels that lunch is difficult.\"\n"),
        good: entry!("method = \"conversation\"\nverbatim = \"Lunch is too loud.\"\n"),
        judge: Judge::Each(|c| {
            let hits = entries(c).filter(|(_, entry)| entry.verbatim.as_deref().is_some_and(|words| reports(c, words)));
            hits.map(|(i, _)| Hit::at(format!("voice.entries[{i}].verbatim"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-10",
        severity: Error,
        title: "The child did not speak, and nothing that staff have seen is recorded",
        why: "Children who suffer may keep quiet to survive. What they do, avoid, draw or seek out speaks too.",
        source: Source::Briefing("Neglect", "Neglected children may not speak out or tell anyone what is happening."),
        next: "Add at least one `[[voice.observations]]` with date, observer and what was seen.",
        bad: "[voice]\nnot_obtained_reason = \"Does not speak in school\"\n",
        good: "[voice]\nnot_obtained_reason = \"Does not speak in school\"\n[[voice.observations]]\ndate = 2026-06-01\nobserved_by = \"R. Sample\"\nwhat = \"Points to the reading corner when asked where it is best\"\n",
        judge: Judge::Each(|c| {
            let silent = c.record.voice.as_ref().is_some_and(|voice| {
                let seen = voice.observations.iter().any(|seen| !blank(seen.what.as_deref()));
                !blank(voice.not_obtained_reason.as_deref()) && !seen
            });
            Hit::when(silent, "voice.observations")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-12",
        severity: Error,
        title: "The child did not agree to these readers, and no safeguarding reason is given",
        why: "A child who is promised that words stay with some people must be able to rely on it. Where safety needs more, the reason is written down.",
        source: Source::Law("UK GDPR article 5; and Three Houses guidance on the child's consent"),
        next: "Ask the child and write the readers into `agreed_to_share_with`; narrow `audience`; or give the safeguarding reason in `override_reason`.",
        bad: "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R. Sample\"\nrecorder_role = \"ELSA\"\nmethod = \"conversation\"\nverbatim = \"Only tell Miss.\"\nagreed_to_share_with = [\"dsl\"]\naudience = \"pastoral\"\n",
        good: "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R. Sample\"\nrecorder_role = \"ELSA\"\nmethod = \"conversation\"\nverbatim = \"Only tell Miss.\"\nagreed_to_share_with = [\"dsl\"]\naudience = \"dsl\"\n",
        judge: Judge::Each(|c| {
            let beyond = |entry: &VoiceEntry| {
                let Some(widest) = entry.audience else { return false };
                blank(entry.override_reason.as_deref()) && !entry.child_agreed(widest)
            };
            let unseen = |entry: &VoiceEntry| !Audience::ALL.into_iter().any(|reader| entry.shown_to(reader));
            let nobody = "Nobody would see this entry: with whom did the child agree to share it?";
            let hit = |(i, entry): (usize, &VoiceEntry)| {
                if beyond(entry) {
                    return Some(Hit::at(format!("voice.entries[{i}].audience")));
                }
                let path = format!("voice.entries[{i}].agreed_to_share_with");
                unseen(entry).then(|| Hit::at(path).because(nobody))
            };
            entries(c).filter_map(hit).collect()
        }),
        ..Rule::USUAL
    },
];

fn plan_rests_on_voice(c: &Context<'_>) -> Vec<Hit> {
    let Some(plan) = &c.record.transition_plan else { return Vec::new() };
    let exists = |id: &str| entries(c).any(|(_, entry)| entry.id.as_deref() == Some(id));
    let of_actions = plan.actions.iter().filter_map(|action| action.voice_ref.as_deref());
    let mut references = plan.voice_ref.iter().map(String::as_str).chain(of_actions);
    Hit::when(!voice_not_obtained(c) && !references.any(exists), "transition_plan.voice_ref")
}

/// Whether words open as a report about the child: "she feels", "the child is", "Alex said".
fn reports(c: &Context<'_>, words: &str) -> bool {
    const VERBS: [&str; 14] = [
        "said", "says", "feels", "felt", "is", "was", "thinks", "told", "wants", "likes", "would", "has", "seems",
        "enjoys",
    ];
    let pupil = c.record.pupil.as_ref();
    let names = [pupil.and_then(|p| p.preferred_forename.as_deref()), pupil.and_then(|p| p.legal_forename.as_deref())];
    let lower = words.to_lowercase();
    let after = |opening: &str| {
        lower.strip_prefix(&opening.to_lowercase()).and_then(|rest| rest.strip_prefix(' ')).map(str::to_owned)
    };
    let openings = ["he", "she", "they", "the child", "the pupil", "child", "pupil"].into_iter();
    let mut rests = openings.chain(names.into_iter().flatten()).filter_map(after);
    rests.any(|rest| {
        let verb = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        VERBS.contains(&verb)
    })
}
