//! Plausible records of invented children, from a seed: the same seed, the same child.
//!
//! Each child gets a family, a school history, attendance, voice, needs, worries and plans as they come together in
//! real classes, with everything that a careful school would write. Some then leave out one thing, and the child says
//! which rules should notice. So a rule that speaks without cause shows, and one that keeps silent too.

use std::collections::BTreeSet;

use handover::record::upn_check_letter;

/// The day on which these records are judged.
pub(crate) const DAY: &str = "2026-07-10";

/// One invented child.
pub(crate) struct Child {
    /// The record.
    pub(crate) toml: String,
    /// The codes that should be found in it, and no others.
    pub(crate) expected: BTreeSet<&'static str>,
}

/// A small generator of numbers (`SplitMix64`), so that no library changes the children.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }

    fn pick(&mut self, of: &[&'static str]) -> &'static str {
        of.get(usize::try_from(self.roll(of.len() as u64)).unwrap_or(0)).copied().unwrap_or_default()
    }

    /// A number from one to another.
    fn between(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.roll(u64::try_from(most - least + 1).unwrap_or(1))).unwrap_or(0)
    }
}

const FORENAMES: [&str; 24] = [
    "Aisha", "Ben", "Chloé", "Dylan", "Ewa", "Finn", "Grace", "Hamza", "Isla", "Jakub", "Kezia", "Liam", "Maya",
    "Noor", "Oscar", "Priya", "Quinn", "Rosa", "Siân", "Tobias", "Uma", "Violet", "Will", "Zoë",
];
const SURNAMES: [&str; 20] = [
    "Ashdown",
    "Bellweather",
    "Cranmere",
    "Dunnock",
    "Eastholm",
    "Fernihough",
    "Garrowby",
    "Holloway-Finch",
    "Ingleby",
    "Jessamy",
    "Kowalczyk",
    "Lindley",
    "Marchbank",
    "Nwosu",
    "O'Farrell",
    "Pemble",
    "Qureshi",
    "Rushworth",
    "Sandhu",
    "Tregear",
];
const WORDS: [&str; 10] = [
    "I like it when I can draw first. Don't ask me in front of everyone.",
    "I'm alright really. Maths is good if someone shows me one.",
    "Will there be a place to be when it's loud?",
    "No. I don't want anyone to know about the other school.",
    "I can fix bikes. Nobody asks me about that.",
    "My nan says I'm good at looking after people, and I am.",
    "It's fine. Just tell me when things change.",
    "Lunch is the worst bit, it smells and it's too many people.",
    "I want to be in the football team and I want to keep my reading lady.",
    "None of my friends are going. That's ok, I'll find one.",
];
const WORRIES: [&str; 6] = [
    "Getting lost between lessons.",
    "The bus.",
    "Not knowing who to ask.",
    "Reading out loud.",
    "That my brother is not there.",
    "Detentions for forgetting things.",
];
const ACTIONS: [(&str, &str); 4] = [
    ("Walk the timetable with the key adult before term", "Arrives at every lesson on time by 25 September"),
    ("A card that shows which adult to ask", "Asks an adult for help at least once a day in the first two weeks"),
    ("A pass for the library at lunch", "Eats lunch on 8 of 10 days by half term"),
    ("A buddy from Year 8 on the bus", "Travels by bus without an adult by 1 October"),
];

const MOTHER: &str = "status = \"known\"\nsex = \"F\"\npr = \"yes\"\nsources = [\"mother\", \"school\"]\nviews = \"Wants a good start\"\nviews_sought_on = 2026-06-08\nemergency_contact = true\nphone = \"01632 960110\"\nsafe_to_contact = \"yes\"";
const FATHER: &str = "status = \"known\"\nsex = \"M\"\npr = \"yes\"\nsources = [\"father\", \"class teacher\"]\nviews_sought_on = 2026-06-08\nemergency_contact = true\nphone = \"01632 960110\"\nsafe_to_contact = \"yes\"";
const GRAN: &str = "status = \"known\"\nsex = \"F\"\npr = \"no\"\nsources = [\"grandmother\"]\nemergency_contact = true\nphone = \"01632 960110\"\nsafe_to_contact = \"yes\"";

/// A child of a seed.
pub(crate) fn child(seed: u64) -> Child {
    let mut maker = Maker {
        dice: Dice(seed.wrapping_mul(0x2545_F491_4F6C_DD1D)),
        out: String::new(),
        expected: BTreeSet::new(),
        life: Life::default(),
        seed,
    };
    maker.life = maker.life();
    maker.identity();
    maker.schools();
    maker.voice();
    maker.attendance();
    maker.early_help();
    maker.chronology();
    maker.risks();
    maker.plans();
    maker.household();
    maker.engagement();
    maker.moves();
    maker.needs();
    maker.transition();
    maker.weighed();
    maker.assessments();
    maker.nil_returns();
    maker.sharing();
    maker.sign_off();
    Child { toml: maker.out, expected: maker.expected }
}

/// What a child's life is like.
#[derive(Clone, Copy, Default)]
struct Life {
    family: u64,
    /// N, K or E.
    sen: u64,
    /// 0 good, 1 below 90%, 2 below 85%, 3 ill for long, 4 half of all missed.
    attendance: u64,
    /// 0 none, 1 housing, 2 neglect, 3 domestic abuse, 4 young carer, 5 bereavement.
    worry: u64,
    /// 0 none, 1 child in need, 2 child protection, 3 looked after, 4 child in need, ended.
    social_work: u64,
    early_help_open: bool,
    eal: bool,
    silent: bool,
    asthma: bool,
    moved: bool,
    siblings: u64,
    /// Whether attendance is below the line for Early Help.
    below: bool,
}

struct Maker {
    dice: Dice,
    out: String,
    expected: BTreeSet<&'static str>,
    life: Life,
    seed: u64,
}

impl Maker {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Whether to leave something out, which some rules should then notice.
    fn forgets(&mut self, codes: &[&'static str]) -> bool {
        let forgets = self.dice.one_in(40);
        if forgets {
            self.expected.extend(codes);
        }
        forgets
    }

    fn life(&mut self) -> Life {
        let d = &mut self.dice;
        let looked_after = d.one_in(16);
        let worry = if d.one_in(3) { d.roll(5) + 1 } else { 0 };
        let social_work = match (looked_after, worry) {
            (true, _) => 3,
            (false, 2 | 3) => d.roll(3),
            (false, _) if d.one_in(15) => 4,
            (false, _) => 0,
        };
        let attendance = if d.one_in(3) { d.roll(4) + 1 } else { 0 };
        Life {
            family: if looked_after { 6 } else { d.roll(6) },
            sen: d.roll(7).saturating_sub(3).div_ceil(2),
            attendance,
            worry: if looked_after { 2 } else { worry },
            social_work,
            early_help_open: social_work == 0 && (worry > 0 || d.one_in(12)) && d.one_in(2),
            eal: d.one_in(6),
            silent: d.one_in(20),
            asthma: d.one_in(6),
            moved: d.one_in(7),
            siblings: d.roll(3),
            below: false,
        }
    }

    fn at_risk(&self) -> bool {
        self.life.worry > 0 || self.life.attendance == 4
    }

    fn has_plans(&self) -> bool {
        self.life.social_work > 0 || self.life.sen == 2
    }

    fn identity(&mut self) {
        let body = format!("999{:04}20{:03}", 2001 + self.seed / 1000, self.seed % 1000);
        let letter = upn_check_letter(&body).unwrap_or('A');
        let (forename, surname) = (self.dice.pick(&FORENAMES), self.dice.pick(&SURNAMES));
        let (month, day) = (self.dice.between(1, 12), self.dice.between(1, 28));
        let year = if month >= 9 { 2014 } else { 2015 };
        self.line("schema_version = 1\nguidance_profile = \"kcsie-2025\"\n\n[pupil]");
        self.line(&format!("upn = \"{letter}{body}\"\nlegal_forename = \"{forename}\"\nlegal_surname = \"{surname}\""));
        let sex = self.dice.pick(&["F", "M", "U"]);
        self.line(&format!("dob = {year}-{month:02}-{day:02}\nsex = \"{sex}\""));
        self.line(&format!("first_language = \"{}\"", if self.life.eal { "POL" } else { "ENG" }));
        match nhs_number(self.seed % 9999) {
            Some(number) if !self.forgets(&["ID-07"]) => self.line(&format!("nhs_number = \"{number}\"")),
            Some(_) => {}
            None => {
                self.expected.insert("ID-07");
            }
        }
    }

    fn schools(&mut self) {
        self.line(
            "\n[sending_school]\nname = \"Millbeck Example Junior School\"\nlaestab = \"9992001\"\nurn = \"999201\"",
        );
        self.line("dsl = { name = \"Ruth Halloran\", phone = \"01632 960101\" }\n\n[receiving_school]");
        self.line(
            "name = \"Northgate Example Academy\"\nlaestab = \"9994001\"\nurn = \"999401\"\nstart_date = 2026-09-03",
        );
        if !self.forgets(&["TP-05"]) {
            self.line("key_adult = \"Mr Idris Calloway, form tutor\"");
        }
        if !self.forgets(&["SI-08"]) {
            self.line("dsl = { name = \"Priya Nandakumar\", phone = \"01632 960201\" }");
        }
    }

    fn voice(&mut self) {
        let open = self.at_risk() || self.has_plans();
        self.line("\n[voice]");
        if !self.forgets(&["VC-11"]) {
            self.line("trusted_adults = [\"Mrs Okonjo\"]");
        }
        self.line("who_should_know = \"My tutor, not the whole class\"");
        let worry = self.dice.pick(&WORRIES);
        self.line(&format!("worries = [{{ id = \"w1\", text = \"{worry}\" }}]"));
        if self.life.eal || self.life.silent || self.life.sen > 0 {
            self.line("communication_support = \"Picture cards, time, and a bilingual assistant where needed\"");
        }
        if self.life.silent {
            self.line("not_obtained_reason = \"Does not speak in school; drawing and cards were offered on two days\"");
        } else {
            self.entry(1, "2026-06-10", "conversation");
        }
        let once = !self.life.silent && (!open || self.forgets(&["VC-07"]));
        if !once && !self.life.silent {
            self.entry(2, "2026-05-12", "three_houses");
        }
        if self.life.silent {
            for day in ["2026-05-20", "2026-06-17"] {
                self.line(&format!("\n[[voice.observations]]\ndate = {day}\nobserved_by = \"Tom Averill\"\nrole = \"SENCO\"\nwhat = \"Led two others to den number {} and laughed without sound\"", self.seed));
            }
        }
    }

    fn entry(&mut self, number: u64, day: &str, method: &str) {
        let words = self.dice.pick(&WORDS);
        self.line(&format!("\n[[voice.entries]]\nid = \"v{number}\"\ndate = {day}\nrecorded_by = \"Grace Okonjo\"\nrecorder_role = \"ELSA\"\nmethod = \"{method}\""));
        // Each child says it in other words, as no two children say the same.
        let seed = self.seed;
        self.line(&format!("verbatim = \"{words} I have told {seed} stories.\"\nparent_present = false\nchecked_back = true\nagreed_to_share_with = [\"all_staff\"]"));
    }

    fn attendance(&mut self) {
        let before = self.dice.between(362, 380);
        let (attended, unauthorised) = match self.life.attendance {
            0 => (self.dice.between(354, 372), 0),
            1 => (self.dice.between(322, 333), 6),
            2 => (self.dice.between(290, 315), 9),
            3 => (self.dice.between(290, 320), 0),
            _ => (self.dice.between(120, 180), 60),
        };
        let low = self.life.attendance > 0;
        self.life.below = 100 * attended < 85 * 372;
        self.line("\n[attendance]\nstory = \"See the figures and the plan.\"");
        if low {
            self.line("support_offered = \"Breakfast club and a walking bus\"");
            if !self.forgets(&["AT-09"]) {
                self.line(
                    "neglect_considered = { on = 2026-02-05, by = \"DSL\", summary = \"Considered; no sign found\" }",
                );
            }
            self.line(
                "medical_corroboration = { on = 2026-03-02, by = \"School nurse\", summary = \"Clinic letter seen\" }",
            );
            if (372 - attended - unauthorised) / 2 >= 30 {
                self.line("sickness_return = { on = 2026-02-05, by = \"School office\" }");
            }
            self.line("[attendance.plan]\nowner = \"Attendance lead\"\nsuccess_criteria = [\"In by 9 on 9 of 10 days\"]\nstarted = 2026-05-11\nnext_review = 2026-09-18");
            if self.life.silent {
                self.expected.insert("VC-14");
            } else {
                self.line("child_view_ref = \"v1\"");
            }
        }
        if self.life.attendance == 4 {
            self.line(
                "[attendance.agency_referral]\non = 2026-01-12\nby = \"DSL\"\nsummary = \"Attendance support team\"",
            );
        }
        self.period(2024, "2024-09-03", "2025-07-22", 380, before, 0);
        self.period(2025, "2025-09-03", "2026-07-10", 372, attended, unauthorised);
    }

    fn period(&mut self, year: i64, from: &str, to: &str, possible: i64, attended: i64, unauthorised: i64) {
        let authorised = possible - attended - unauthorised;
        self.line(&format!("\n[[attendance.periods]]\nacademic_year = {year}\nfrom = {from}\nto = {to}\npossible = {possible}\nattended = {attended}\nauthorised = {authorised}\nunauthorised = {unauthorised}"));
        self.line(&format!("codes = {{ \"I\" = {}, \"O\" = {unauthorised} }}", authorised / 2));
    }

    fn early_help(&mut self) {
        self.line("\n[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"Ruth Halloran, DSL\"");
        if self.life.early_help_open {
            self.line("decision = \"proceed\"\nstatus = \"open\"\nreference = \"EX-1\"\nstarted_on = 2026-02-16");
            self.line(
                "lead_practitioner = { name = \"Samir Joshi\", role = \"Family worker\", phone = \"01632 960406\" }",
            );
            if !self.forgets(&["EH-07"]) {
                self.line("receiving_participant = \"Dawn Whitlow, Head of Year 7\"");
            }
            self.line("reviews = [{ date = 2026-05-19, progress = true }]");
        } else {
            let kind = if self.life.social_work > 0 && self.life.social_work < 4 {
                "statutory_plan_in_place"
            } else {
                "needs_met_by_school_plan"
            };
            self.line(&format!("decision = \"not_proceeding\"\nreason_kind = \"{kind}\""));
            if !self.forgets(&["EH-02"]) {
                self.line("reason_not_proceeding = \"Agreed with the family that the plan in school meets the need for now.\"");
            }
        }
    }

    fn event(&mut self, id: &str, day: &str, event: &str, agency: &str, rest: &str) {
        self.line(&format!("\n[[chronology]]\nid = \"{id}\"\ndate = {day}\nevent = \"{event}\"\nbasis = \"observed\"\nsource = {{ agency = \"{agency}\", who = \"class teacher\" }}"));
        self.line(&format!("action = \"Talked about it with the family.\"\noutcome = \"Calmer since.\"\n{rest}"));
    }

    fn chronology(&mut self) {
        let full = self.at_risk() || self.has_plans() || self.life.attendance > 0;
        let good = if full && self.forgets(&["CH-11"]) { "change_kind = \"moved_home\"" } else { "positive = true" };
        self.event("c1", "2025-10-06", "Won the drawing prize of the year group.", "school", good);
        if full {
            let (kind, event) = match self.life.worry {
                3 => ("separation", "Shouting at night was heard, and the parents separated."),
                5 => ("bereavement", "Grandfather died after a long illness."),
                2 => ("other", "Came tired and without breakfast for a week."),
                _ => ("other", "Was quiet and slow to settle for a week."),
            };
            self.event(
                "c2",
                "2025-11-14",
                event,
                "family",
                &format!("significant = true\nimpact_on_child = \"Quiet for two weeks.\"\nchange_kind = \"{kind}\""),
            );
            self.event("c3", "2025-02-03", "First talk with the family about mornings.", "health", "");
        }
    }

    fn risk(&mut self, id: &str, kind: &str, rest: &str) {
        self.line(&format!("\n[[risks]]\nid = \"{id}\"\nkind = \"{kind}\"\nimpact_on_child = \"Tired by noon and slow to trust.\"\nevidence = [\"c2\", \"c3\"]\n{rest}"));
        if !self.forgets(&["RK-03"]) {
            self.line("protective_factors = [\"A grandmother near by\"]");
        }
        if !self.forgets(&["RK-13"]) {
            self.line("owner_receiving = \"Priya Nandakumar, DSL\"");
        }
        if self.life.social_work == 4 && !self.forgets(&["PL-19"]) {
            self.line("previous_concerns = \"A child in need plan in 2025, about mornings\"");
        }
        self.line("reappraised_on = 2026-06-12");
    }

    fn risks(&mut self) {
        match self.life.worry {
            1 => self.risk("r1", "housing", ""),
            2 => {
                let since = if self.forgets(&["RK-06"]) { "" } else { "duration = \"Since 2025\"\n" };
                self.risk(
                    "r1",
                    "neglect",
                    &format!(
                        "{since}previous_concerns = \"None before\"\nintergenerational_considered = \"Grandmother asked; nothing known\""
                    ),
                );
            }
            3 => self.risk(
                "r1",
                "domestic_abuse",
                "child_experience = [\"heard\"]\nimpact_sources = [\"Class teacher\", \"Mother\"]",
            ),
            4 => self.risk("r1", "young_carer", ""),
            5 => self.risk("r1", "bereavement", ""),
            _ => {}
        }
        if self.life.attendance == 4 {
            self.risk("r2", "out_of_school", "");
        }
        if !self.at_risk() {
            self.line("\n[no_known_risks]\nstated_on = 2026-06-22\nstated_by = \"Ruth Halloran\"\nrole = \"DSL\"\nstatement = \"File, attendance and class teacher asked\"");
        }
    }

    fn plan(&mut self, id: &str, kind: &str, rest: &str) {
        self.line(&format!("\n[[plans]]\nid = \"{id}\"\ntype = \"{kind}\"\nlead_agency = \"Exampleshire children's services\"\nstart = 2025-12-09\nlast_review = 2026-03-05\nnext_review = 2026-09-04"));
        self.line("manager = { name = \"Marcus Obi\", role = \"Social worker\", contact = \"01632 960401\" }");
        if !self.forgets(&["PL-14"]) {
            self.line("invited = [\"Priya Nandakumar, DSL\"]");
        }
        if !self.forgets(&["MV-07"]) {
            self.line("after_transfer = \"continues\"");
        }
        self.line(rest);
    }

    fn plans(&mut self) {
        match self.life.social_work {
            1 => self.plan("pl1", "cin_s17", ""),
            2 => self.plan("pl1", "cp_s47", "category = \"neglect\""),
            3 => self.plan("pl1", "looked_after_s20", "legal_status = \"Section 20\"\ncare_authority = \"Exampleshire\"\npep_date = 2026-06-17\nvirtual_school_contact = \"01632 960410\""),
            4 => {
                self.line("\n[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2024-12-09\nended_on = 2026-01-20");
                if !self.forgets(&["PL-16"]) {
                    self.line("step_down = \"Early Help considered; school plan with the family\"");
                }
            }
            _ => {}
        }
        if self.life.sen == 2 {
            self.plan("pl2", "ehcp", "named_school = \"9994001\"\namended_on = 2026-02-10");
            if (1..4).contains(&self.life.social_work) {
                self.line("\n[plan_coordination]\nplans = [\"pl1\", \"pl2\"]\nlead = \"Marcus Obi\"\nlast_contact_on = 2026-06-09\nagreed_risk_view = \"Mornings are the main obstacle\"");
            }
        }
    }

    fn person(&mut self, id: &str, relationship: &str, home: bool, rest: &str) {
        let at = |names: &[&'static str], add: u64| {
            let number = usize::try_from(self.seed + add).unwrap_or(0) % names.len();
            names.get(number).copied().unwrap_or_default()
        };
        let (forename, surname) = (at(&FORENAMES, id.len() as u64), at(&SURNAMES, 3));
        let rest = if rest.contains("\"known\"") {
            format!("name = \"{forename} {surname}\"\n{rest}")
        } else {
            rest.to_owned()
        };
        self.line(&format!("\n[[household.people]]\nid = \"p-{id}\"\nrelationship = \"{relationship}\"\nlives_with_child = {home}\nrole_in_care = \"Takes a part\"\nchecked_on = 2026-06-01\n{rest}"));
    }

    fn household(&mut self) {
        self.line("\n[household]\nas_at = 2026-06-12\ngenerations_note = \"Mother's mother lives near; nothing known of the father's parents\"");
        self.parents();
        for number in 0..self.life.siblings {
            let school = if self.forgets(&["HH-10"]) { "" } else { "\nschool = \"Northgate Example Academy\"" };
            let at = usize::try_from(self.seed + number).unwrap_or(0) % FORENAMES.len();
            let name = FORENAMES.get(at).copied().unwrap_or_default();
            self.line(&format!("\n[[household.people]]\nid = \"p-sib{number}\"\nrelationship = \"sibling\"\nname = \"{name} Invented\"\nstatus = \"known\"\nborn = 201{}-05-02\nlives_with_child = true\nplan_status = \"none\"{school}", 1 + number));
        }
    }

    fn new_partner(&mut self) {
        self.person("mother", "mother", true, MOTHER);
        self.person("father", "father", false, "status = \"deceased\"");
        let since = if self.forgets(&["HH-06"]) { "2026-06-30" } else { "2025-09-01" };
        self.person("partner", "parent_partner", true, &format!("status = \"known\"\nsex = \"M\"\npr = \"no\"\nsources = [\"social worker\"]\nsince = {since}\nemergency_contact = true\nphone = \"01632 960112\"\nsafe_to_contact = \"yes\""));
    }

    fn parents(&mut self) {
        match self.life.family {
            0 => {
                self.person("mother", "mother", true, MOTHER);
                self.person("father", "father", true, FATHER);
            }
            1 => {
                self.person("mother", "mother", true, MOTHER);
                let asked = if self.forgets(&["HH-04"]) {
                    FATHER.replace("views_sought_on = 2026-06-08\n", "")
                } else {
                    FATHER.to_owned()
                };
                self.person("father", "father", false, &asked);
            }
            2 => {
                self.person("mother", "mother", true, MOTHER);
                self.person("gran", "grandmother", false, GRAN);
                let tried = if self.forgets(&["HH-03"]) { "" } else { "\ntried_on = 2026-05-01" };
                self.person("father", "father", false, &format!("status = \"unknown\"\nunknown_why = \"Not named\"\ntried = \"Mother and health visitor record asked\"\ntried_by = \"DSL\"{tried}"));
            }
            3 => {
                self.person("mother", "mother", true, MOTHER);
                self.person("mum", "mother", true, MOTHER);
                self.person("donor", "father", false, "status = \"donor\"");
            }
            4 => self.new_partner(),
            5 => {
                self.person("mother", "mother", false, "status = \"deceased\"");
                self.person(
                    "gran",
                    "grandmother",
                    true,
                    &GRAN.replace("pr = \"no\"", "pr = \"yes\"\nviews = \"Wants a good start\""),
                );
                self.person(
                    "aunt",
                    "aunt",
                    false,
                    "status = \"known\"\nemergency_contact = true\nsafe_to_contact = \"no\"",
                );
                self.person(
                    "father",
                    "father",
                    false,
                    "status = \"known\"\nviews_not_sought_why = \"A court order forbids contact\"",
                );
            }
            _ => {
                self.person(
                    "carer",
                    "foster_carer",
                    true,
                    "status = \"known\"\nsince = 2024-02-12\nemergency_contact = true\nphone = \"01632 960113\"\nsafe_to_contact = \"yes\"",
                );
                self.person("mother", "mother", false, MOTHER);
                self.person("father", "father", false, FATHER);
            }
        }
    }

    fn engagement(&mut self) {
        if self.at_risk() || self.has_plans() || self.life.early_help_open {
            self.line("\n[engagement]\nlevel = \"partial\"\nimpact_on_child = \"Misses the start of the day\"\nnext_step = \"One contact person\"\nobserved = [\"Came to four of five meetings\"]");
            let asked = ["mother", "father", "gran"]
                .iter()
                .any(|who| self.out.contains(&format!("id = \"p-{who}\"")) && self.out.contains("views = "));
            if asked || !self.forgets(&["EN-06"]) {
                self.line("parent_view = \"School has been fair to us\"");
            }
            self.line("\n[[engagement.missed]]\ndate = 2026-01-19\nservice = \"Exampleshire children's services\"\noutcome = \"was_not_brought\"\nreason_given = \"Overslept\"");
            if !self.forgets(&["EN-05"]) {
                self.line("followed_up_by = \"SENCO, new time after school\"");
            }
        }
    }

    fn moves(&mut self) {
        if !self.life.moved {
            return;
        }
        self.line("\n[moves]\nhome_la = \"999\"\n\n[[moves.schools]]\nname = \"Fell Example Primary School\"\nla = \"Fellbridge\"\nfrom = 2020-09-05\nto = 2025-01-24");
        if !self.forgets(&["MV-02"]) {
            self.line("records_requested_on = 2025-02-03\nrecords_received = \"yes\"");
        }
        self.line("\n[[moves.schools]]\nname = \"Millbeck Example Junior School\"\nla = \"Exampleshire\"");
        let late = self.forgets(&["MV-01"]);
        self.line(if late { "from = 2025-03-17" } else { "from = 2025-02-03" });
    }

    fn needs(&mut self) {
        self.line("\n[sen]");
        match self.life.sen {
            0 => self.line("provision = \"N\""),
            1 => {
                self.line("provision = \"K\"\nsummary = \"Reading and talking in groups\"");
                let text = if self.forgets(&["PL-13"]) { "apdr_on = 2026-01-10" } else { "apdr_on = 2026-06-05" };
                self.line(text);
                let text = if self.forgets(&["PL-12"]) { "" } else { "needs = [\"SLCN\"]" };
                self.line(text);
            }
            _ => self.line("provision = \"E\"\nneeds = [\"ASD\", \"SLCN\"]\napdr_on = 2026-06-05"),
        }
        if self.life.asthma {
            self.line("\n[health]\nconditions = [{ name = \"Asthma\", action = \"Blue inhaler in her bag; two puffs, then the office\" }]");
            if !self.forgets(&["PL-17"]) {
                self.line("healthcare_plan_on = 2026-03-02");
            }
            // A disability asks to be thought about; asthma with a plan of this year has been.
            if self.forgets(&["RK-11"]) {
                self.line("disability = true");
            } else {
                self.line("no_added_risk_reason = \"Knows when to use the inhaler and asks for help\"");
            }
        }
    }

    fn transition(&mut self) {
        let voice = if self.life.silent { "" } else { "voice_ref = [\"v1\"]" };
        self.line(&format!("\n[transition_plan]\nlevel = \"enhanced\"\n{voice}\nday_one_support = \"Met at the gate\"\nwhat_works = [\"A picture of what is next\"]\ntriggers = [\"Shouting\"]\nkeep_with = [\"Finn\", \"Aisha K.\"]\nfriendships = \"Two friends go too\""));
        let text = if self.forgets(&["TP-04"]) { "review_on = 2026-12-11" } else { "review_on = 2026-10-20" };
        self.line(text);
        if !self.forgets(&["TP-08"]) {
            self.line("parent_involvement = \"Read the plan and added the bus\"");
        }
        if !self.forgets(&["TP-06"]) {
            self.line(
                "handover_conversation = { on = 2026-06-24, participants = [\"Ruth Halloran\", \"Priya Nandakumar\"] }",
            );
        }
        let action = usize::try_from(self.dice.roll(4)).unwrap_or(0);
        let (what, success) = ACTIONS.get(action).copied().unwrap_or_default();
        self.line(&format!("\n[[transition_plan.actions]]\nwhat = \"{what}\"\nfor_worry = \"w1\"\nowner = \"Form tutor\"\nby = 2026-09-11"));
        let vague = self.forgets(&["TP-12"]);
        self.line(&format!("success_criterion = \"{}\"", if vague { "Feels more confident" } else { success }));
    }

    /// What a careful school weighs before it says that no risks are known.
    fn weighed(&mut self) {
        if self.at_risk() {
            return;
        }
        let mut facts = Vec::new();
        if self.life.below {
            facts.push(("attendance", "Absence was looked at with the nurse and the family; nothing else was found"));
        }
        if self.life.social_work == 4 {
            facts.push(("pl1", "Aims were met; seen monthly since, and nothing new has come up"));
        } else if self.life.social_work > 0 {
            facts.push(("pl1", "The plan itself is the help; no further risk is known beside it"));
        }
        for (fact, reason) in facts {
            let said = if self.life.silent { &["RK-19"][..] } else { &["RK-19", "VC-24"] };
            if !self.forgets(said) {
                self.line(&format!("\n[[weighed]]\nfact = \"{fact}\"\nreason = \"{reason}\"\nby = \"Ruth Halloran, DSL\"\non = 2026-06-22"));
            }
        }
    }

    fn assessments(&mut self) {
        if self.at_risk() || self.has_plans() || self.life.early_help_open {
            self.line("\n[[assessments]]\nid = \"a1\"\nkind = \"early_help\"\nstarted_on = 2025-11-20\ncompleted_on = 2026-01-16\nled_by = \"Samir Joshi, family worker\"\ncontributors = [\"School\", \"Health\", \"Mother\"]\nchild_seen = true\nfamily_history_considered = true\nadults_considered = true\nconclusion = \"Mornings are the need\"\nchanged = \"A plan with the family\"");
        }
    }

    /// What the school says there is nothing of: what was not filled in above.
    fn nil_returns(&mut self) {
        let absent = [
            ("plans", "[[plans]]"),
            ("assessments", "[[assessments]]"),
            ("missed_appointments", "[[engagement.missed]]"),
            ("services", "[[services]]"),
            ("siblings", "relationship = \"sibling\""),
            ("household", "relationship = \"parent_partner\""),
            ("moves", "[[moves.schools]]"),
            ("health", "conditions ="),
            ("allergies", "[[health.allergies]]"),
            ("medicines", "[[health.medicines]]"),
        ];
        let gran = self.life.family == 5;
        let sections: Vec<String> = absent
            .into_iter()
            .filter(|(section, sign)| !(self.out.contains(sign) || gran && *section == "household"))
            .map(|(section, _)| format!("\"{section}\""))
            .collect();
        self.line(&format!(
            "\n[[nil_returns]]\nsections = [{}]\nstated_on = 2026-06-22\nstated_by = \"Ruth Halloran\"\nrole = \"DSL\"",
            sections.join(", ")
        ));
    }

    fn sharing(&mut self) {
        self.line("\n[sharing]\nlawful_basis = \"public_task\"\nspecial_category_condition = \"dpa2018_sch1_para18\"\nparent_informed = true\nadvance_sharing = { decided = true, decision = \"yes\", on = 2026-06-15 }");
        if !self.forgets(&["SI-20"]) {
            self.line("retention = { keeper = \"Receiving school\", until = \"25th birthday\" }");
        }
        let method = self.dice.pick(&["s2s", "secure_portal", "encrypted_email"]);
        self.line(&format!("\n[transfer]\nkind = \"phase\"\nmethod = \"{method}\"\nleaving_on = 2026-07-21"));
    }

    fn sign_off(&mut self) {
        self.line("\n[[sign_off]]\nrole = \"dsl\"\nname = \"Ruth Halloran\"\non = 2026-07-02");
        if self.life.sen > 0 && !self.forgets(&["SI-14"]) {
            self.line("\n[[sign_off]]\nrole = \"senco\"\nname = \"Tom Averill\"\non = 2026-07-02");
        }
    }
}

/// A number that is never given to anybody, with its check digit; `None` where ten is the check.
fn nhs_number(serial: u64) -> Option<String> {
    let nine = format!("99900{serial:04}");
    let sum: u64 = nine.bytes().zip((2..=10).rev()).map(|(digit, weight)| u64::from(digit - b'0') * weight).sum();
    let check = (11 - sum % 11) % 11;
    (check < 10).then(|| format!("{nine}{check}"))
}
