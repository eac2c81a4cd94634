//! Who stands in which generation beside whom, and who is joined to whom.

use super::figure::Sign;
use crate::record::{
    Day, Household, Person, PersonStatus, Record, RelationKind, RelationState, Relationship as R, Sex,
};

/// One person with a place: the generation from the top, and the place in it.
pub(super) struct Member<'a> {
    /// Nobody for the child.
    pub person: Option<&'a Person>,
    pub sex: Option<Sex>,
    pub born: Option<Day>,
    pub at_home: bool,
    pub row: usize,
    pub x: f64,
    /// How far right within the generation.
    order: i32,
}

/// One or two adults, how they stand to one another, and the children they have or look after.
pub(super) struct Union {
    pub parents: Vec<usize>,
    pub children: Vec<usize>,
    pub sign: Option<Sign>,
    pub style: &'static str,
}

/// A family with everyone in place.
pub(super) struct Family<'a> {
    pub members: Vec<Member<'a>>,
    pub unions: Vec<Union>,
    /// Brothers and sisters whose parents are not drawn.
    pub siblings: Vec<(usize, usize)>,
    /// Twins, by pairs.
    pub twins: Vec<(usize, usize)>,
    /// How many places the widest generation needs.
    pub columns: f64,
    pub not_drawn: Vec<&'a Person>,
}

/// The child's own number among the members, and the generation of the child.
const CHILD: usize = 0;

const GRANDPARENTS: usize = 0;

const PARENTS: usize = 1;

const CHILDREN: usize = 2;

impl<'a> Family<'a> {
    /// The family of a record. No generation has more than `most` people but for brothers and sisters.
    pub(super) fn of(record: &Record, household: &'a Household, most: usize) -> Self {
        let pupil = record.pupil.as_ref();
        let child = Member {
            person: None,
            sex: pupil.and_then(|pupil| pupil.sex),
            born: pupil.and_then(|pupil| pupil.dob),
            at_home: true,
            row: CHILDREN,
            x: 0.0,
            order: 0,
        };
        let mut family = Self {
            members: vec![child],
            unions: Vec::new(),
            siblings: Vec::new(),
            twins: Vec::new(),
            columns: 1.0,
            not_drawn: Vec::new(),
        };
        family.take_in(household, most);
        family.join(household);
        family.arrange(household);
        family
    }

    /// How many generations there are.
    pub(super) fn rows(&self) -> usize {
        self.members.iter().map(|member| member.row + 1).max().unwrap_or_default()
    }

    fn take_in(&mut self, household: &'a Household, most: usize) {
        let mut adults = 0;
        for person in &household.people {
            let is_there = person.status != Some(PersonStatus::NotApplicable);
            let row = row_of(person, household);
            // Lodgers and visitors belong to the household, if to anything; not to the family.
            let is_family = !matches!(person.relationship, None | Some(R::Lodger | R::Visitor | R::Other))
                || has_relation(person, household);
            let at_home = person.lives_with_child == Some(true);
            adults += usize::from(row == PARENTS);
            if is_there && (is_family || at_home) && (row != PARENTS || adults <= most) {
                let (sex, born) = (sex_of(person), person.born);
                self.members.push(Member { person: Some(person), sex, born, at_home, row, x: 0.0, order: 0 });
            } else if is_there {
                self.not_drawn.push(person);
            }
        }
    }

    /// The number of a person by the id that relations use; `child` is the child.
    fn number(&self, id: Option<&String>) -> Option<usize> {
        let id = id?;
        let is = |member: &Member<'_>| member.person.is_some_and(|person| person.id.as_ref() == Some(id));
        self.members.iter().position(is).or_else(|| (id == "child").then_some(CHILD))
    }

    fn with(&self, wanted: &[R]) -> Vec<usize> {
        let is = |member: &&Member<'_>| {
            member.person.and_then(|person| person.relationship).is_some_and(|found| wanted.contains(&found))
        };
        self.members.iter().enumerate().filter(|(_, member)| is(member)).map(|(number, _)| number).collect()
    }

    fn is(&self, number: usize, relationship: R) -> bool {
        let person = self.members.get(number).and_then(|member| member.person);
        person.is_some_and(|person| person.relationship == Some(relationship))
    }

    fn join(&mut self, household: &Household) {
        let pairs = |kind: RelationKind| {
            let of_kind = household.relations.iter().filter(move |relation| relation.kind == Some(kind));
            of_kind.map(|relation| (relation.a.as_ref(), relation.b.as_ref(), relation.state))
        };
        let numbered = |family: &Self, kind| -> Vec<(usize, usize)> {
            pairs(kind).filter_map(|(a, b, _)| Some((family.number(a)?, family.number(b)?))).collect()
        };
        let parents = numbered(self, RelationKind::Parent);
        let own = |child: usize| -> Vec<usize> {
            parents.iter().filter(|(_, of)| *of == child).map(|(parent, _)| *parent).collect()
        };
        let mut birth = self.with(&[R::Mother, R::Father, R::SecondParent]);
        birth.extend(own(CHILD));
        birth.sort_unstable();
        birth.dedup();
        birth.truncate(2);
        for number in 0..self.members.len() {
            let of = match number {
                CHILD => birth.clone(),
                number if self.is(number, R::Sibling) && own(number).is_empty() => birth.clone(),
                number => own(number),
            };
            self.add_child(of, number, "solid");
        }
        let at_home = |family: &Self, number: &usize| family.members.get(*number).is_some_and(|member| member.at_home);
        let adopters = self.with(&[R::Adopter]);
        self.add_child(adopters, CHILD, "dashed");
        let carers = self.with(&[R::FosterCarer, R::KinshipCarer, R::Guardian]);
        let carers = carers.into_iter().filter(|number| at_home(self, number)).take(2).collect();
        self.add_child(carers, CHILD, "dotted");
        for (a, b, state) in pairs(RelationKind::Partner) {
            if let (Some(a), Some(b)) = (self.number(a), self.number(b)) {
                self.add_partners(a, b, state);
            }
        }
        for union in &mut self.unions {
            let told = union.sign.is_some() || union.parents.len() < 2 || union.style != "solid";
            union.sign = union.sign.or((!told).then_some(Sign::Unsure));
        }
        self.twins = numbered(self, RelationKind::Twin);
        let has_parents = |number: usize| self.unions.iter().any(|union| union.children.contains(&number));
        let siblings = numbered(self, RelationKind::Sibling);
        self.siblings = siblings.into_iter().filter(|(a, b)| !has_parents(*a) && !has_parents(*b)).collect();
    }

    fn add_child(&mut self, mut parents: Vec<usize>, child: usize, style: &'static str) {
        parents.retain(|parent| *parent != child);
        parents.sort_unstable();
        parents.truncate(2);
        if parents.is_empty() {
            return;
        }
        match self.unions.iter_mut().find(|union| union.parents == parents && union.style == style) {
            Some(union) => union.children.push(child),
            None => self.unions.push(Union { parents, children: vec![child], sign: None, style }),
        }
    }

    fn add_partners(&mut self, a: usize, b: usize, state: Option<RelationState>) {
        let parents = vec![a.min(b), a.max(b)];
        let sign = match state {
            Some(RelationState::Together | RelationState::Widowed) => Sign::Partners,
            Some(RelationState::Separated) => Sign::Separated,
            Some(RelationState::Divorced) => Sign::Divorced,
            Some(RelationState::Transitory) => Sign::Passing,
            None => Sign::Unsure,
        };
        match self.unions.iter_mut().find(|union| union.parents == parents) {
            Some(union) => union.sign = Some(sign),
            None if a == b => {}
            None => self.unions.push(Union { parents, children: Vec::new(), sign: Some(sign), style: "solid" }),
        }
    }

    /// Gives everyone a place: parents first, then their children under them and their own parents over them.
    fn arrange(&mut self, household: &Household) {
        for number in 0..self.members.len() {
            let order = self.order(number, household);
            if let Some(member) = self.members.get_mut(number) {
                member.order = order;
            }
        }
        let parents = self.in_order(PARENTS);
        for (place, number) in parents.iter().enumerate() {
            self.put(*number, place as f64);
        }
        for row in [CHILDREN, GRANDPARENTS] {
            let mut end = f64::MIN;
            for group in self.groups(row) {
                let wanted = self.wanted(&group, row).unwrap_or(end.max(0.0));
                let start = (wanted - (group.len() as f64 - 1.0) / 2.0).max(end);
                for (place, number) in group.iter().enumerate() {
                    self.put(*number, start + place as f64);
                }
                end = start + group.len() as f64;
            }
        }
        let rows: std::collections::BTreeSet<usize> = self.members.iter().map(|member| member.row).collect();
        let left = self.members.iter().map(|member| member.x).fold(f64::MAX, f64::min);
        for member in &mut self.members {
            member.x -= left;
            // Generations of which nobody is recorded take no room.
            member.row = rows.iter().take_while(|row| **row < member.row).count();
        }
        self.columns = self.members.iter().map(|member| member.x + 1.0).fold(1.0, f64::max);
    }

    fn put(&mut self, number: usize, x: f64) {
        if let Some(member) = self.members.get_mut(number) {
            member.x = x;
        }
    }

    fn in_order(&self, row: usize) -> Vec<usize> {
        let mut found: Vec<usize> =
            (0..self.members.len()).filter(|number| self.members.get(*number).is_some_and(|m| m.row == row)).collect();
        found.sort_by_key(|number| self.members.get(*number).map(|member| (member.order, member.born)));
        found
    }

    /// Neighbours in a generation who belong under, or over, the same people.
    fn groups(&self, row: usize) -> Vec<Vec<usize>> {
        let mut groups: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        for number in self.in_order(row) {
            let kin = self.kin(number, row);
            match groups.iter_mut().find(|(of, _)| *of == kin) {
                Some((_, group)) => group.push(number),
                None => groups.push((kin, vec![number])),
            }
        }
        // Left to right by those they belong to, so that lines do not cross; nobody's at the end.
        let mut groups: Vec<Vec<usize>> = groups.into_iter().map(|(_, group)| group).collect();
        groups.sort_by(|a, b| {
            let place = |group: &[usize]| self.wanted(group, row).unwrap_or(f64::MAX);
            place(a).total_cmp(&place(b))
        });
        groups
    }

    /// For a child: the parents. For a grandparent: the children.
    fn kin(&self, number: usize, row: usize) -> Vec<usize> {
        let of = |union: &&Union| {
            union.style == "solid"
                && if row == GRANDPARENTS { union.parents.contains(&number) } else { union.children.contains(&number) }
        };
        let kin = self.unions.iter().filter(of);
        kin.flat_map(|union| if row == GRANDPARENTS { union.children.clone() } else { union.parents.clone() }).collect()
    }

    /// The middle of those a group belongs to.
    fn wanted(&self, group: &[usize], row: usize) -> Option<f64> {
        let kin: Vec<f64> = group
            .iter()
            .flat_map(|number| self.kin(*number, row))
            .filter_map(|number| self.members.get(number).map(|member| member.x))
            .collect();
        (!kin.is_empty()).then(|| kin.iter().sum::<f64>() / kin.len() as f64)
    }

    /// The father's side stands left, the mother's right, carers and others at the end.
    fn order(&self, number: usize, household: &Household) -> i32 {
        let Some(person) = self.members.get(number).and_then(|member| member.person) else { return 0 };
        let of_father = self.with(&[R::Father]).into_iter().any(|father| self.related(number, father, household));
        match person.relationship {
            Some(R::Father) => -10,
            Some(R::SecondParent) => -5,
            Some(R::Mother) => 0,
            Some(R::StepParent | R::ParentPartner) if of_father => -20,
            Some(R::StepParent | R::ParentPartner) => 10,
            Some(R::Aunt | R::Uncle) if of_father => -30,
            Some(R::Aunt | R::Uncle) => 20,
            Some(R::Grandfather | R::Sibling) => 0,
            Some(R::Grandmother) => 1,
            Some(R::HalfSibling) if of_father => -10,
            Some(R::HalfSibling) => 10,
            Some(R::Guardian | R::FosterCarer | R::Adopter | R::KinshipCarer) => 40,
            Some(R::Lodger | R::Visitor | R::Other) | None => 50,
        }
    }

    fn related(&self, a: usize, b: usize, household: &Household) -> bool {
        household.relations.iter().any(|relation| {
            let (one, other) = (self.number(relation.a.as_ref()), self.number(relation.b.as_ref()));
            (one, other) == (Some(a), Some(b)) || (one, other) == (Some(b), Some(a))
        })
    }
}

fn has_relation(person: &Person, household: &Household) -> bool {
    let is = |id: &Option<String>| id.is_some() && *id == person.id;
    household.relations.iter().any(|relation| is(&relation.a) || is(&relation.b))
}

/// The generation: by the relationship; of those whose relationship says nothing, by whose parent they are.
fn row_of(person: &Person, household: &Household) -> usize {
    let relationship = |id: &Option<String>| {
        let found = household.people.iter().find(|other| other.id.is_some() && other.id == *id);
        found.and_then(|found| found.relationship)
    };
    let parent_of = household.relations.iter().find(|relation| {
        relation.kind == Some(RelationKind::Parent) && relation.a.is_some() && relation.a == person.id
    });
    match person.relationship {
        Some(R::Grandmother | R::Grandfather) => GRANDPARENTS,
        Some(R::Sibling | R::HalfSibling) => CHILDREN,
        Some(R::Guardian | R::KinshipCarer | R::Other | R::Lodger | R::Visitor) | None => {
            let of_parent = parent_of.and_then(|relation| relationship(&relation.b)).is_some_and(|of| {
                matches!(of, R::Mother | R::Father | R::SecondParent | R::StepParent | R::Aunt | R::Uncle)
            });
            if of_parent { GRANDPARENTS } else { PARENTS }
        }
        Some(_) => PARENTS,
    }
}

/// The sex as recorded, or as the relationship says it.
fn sex_of(person: &Person) -> Option<Sex> {
    person.sex.or(match person.relationship {
        Some(R::Mother | R::Grandmother | R::Aunt) => Some(Sex::F),
        Some(R::Father | R::Grandfather | R::Uncle) => Some(Sex::M),
        _ => None,
    })
}
