//! Who is in the account: the sentinels, the notable, those of the incidents, and everyone else.

use chrono::{DateTime, Duration, Utc};
use model::{KnownLevel, Scenario};
use uuid::Uuid;

use crate::{
    incidents,
    names::Names,
    notable,
    plan::{self, Plan, Story},
    random::Random,
    sentinels, shapes,
};

pub(crate) struct Person {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    /// The events grow out of it.
    pub seed: u64,
    pub plan: Plan,
    /// Whether the person is on the summary until somebody resets them.
    pub listed: bool,
    /// When more events arrived, after the account was made.
    pub later: Vec<DateTime<Utc>>,
}

/// Whether a user's events outlive a reset, which is unknown of the vendor's service \[U\]: so
/// they do for half of all users, those whose ID ends in an even digit.
pub(crate) fn keeps_events(id: Uuid) -> bool {
    id.as_u128().is_multiple_of(2)
}

/// Everyone, by ID.
pub(crate) struct People(Vec<Person>);

impl People {
    pub(crate) fn new(
        users: usize,
        scenario: Scenario,
        random: &mut Random,
        now: DateTime<Utc>,
    ) -> Self {
        // On a quiet day nobody fails and nobody stands out.
        let quiet = scenario == Scenario::Quiet;
        let mut people = Vec::with_capacity(users + notable::OFF_SUMMARY.len());
        let mut off_summary = Vec::new();
        let mut groups = Vec::new();
        if users >= sentinels::MIN_USERS && !quiet {
            people.extend(sentinels::USERS.iter().map(|user| sentinel(user, random, now)));
            people.extend(well_known(random, now));
            off_summary.extend(reset_before(random, now));
            groups = incidents::groups(scenario, users);
        }
        if users >= notable::MIN_USERS && !quiet {
            people.extend(notable::ODDITIES.iter().map(|user| oddity(user, random, now)));
            people.push(back_again(random, now));
        }
        let mut names = Names::new();
        for group in groups {
            for _ in 0..group.people {
                let (name, email) = names.person(random, group.domain);
                let plan = group.plan(random, now);
                people.push(Person::new(random.uuid(), &name, &email, plan, random));
            }
        }
        for index in 0..users - people.len() {
            let (name, email) = names.person(random, None);
            let id = random.uuid();
            let level = if quiet { quiet_level(index) } else { level(index, random) };
            let plan = Plan::ordinary(level, keeps_events(id), random, now);
            people.push(Person::new(id, &name, &email, plan, random));
        }
        people.extend(off_summary);
        people.sort_unstable_by_key(|person| person.id);
        Self(people)
    }

    pub(crate) fn find(&self, id: Uuid) -> Option<&Person> {
        let index = self.0.binary_search_by_key(&id, |person| person.id).ok()?;
        self.0.get(index)
    }

    /// Somebody more; nobody else has that ID.
    pub(crate) fn add(&mut self, person: Person) {
        let index = self.0.partition_point(|other| other.id < person.id);
        self.0.insert(index, person);
    }

    /// Notes that an event arrived for somebody.
    pub(crate) fn arrived(&mut self, id: Uuid, at: DateTime<Utc>) {
        if let Ok(index) = self.0.binary_search_by_key(&id, |person| person.id) {
            self.0[index].later.push(at);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Person> {
        self.0.iter()
    }
}

impl Person {
    pub(crate) fn new(id: Uuid, name: &str, email: &str, plan: Plan, random: &mut Random) -> Self {
        let (name, email) = (name.to_owned(), email.to_owned());
        Self { id, name, email, seed: random.number(), plan, listed: true, later: Vec::new() }
    }

    /// How many events there are.
    pub(crate) fn count(&self) -> u64 {
        self.plan.count + self.later.len() as u64
    }

    pub(crate) fn newest(&self) -> DateTime<Utc> {
        self.later.last().copied().unwrap_or(self.plan.newest)
    }

    /// The level's word on the wire.
    pub(crate) fn level(&self) -> &'static str {
        match self.plan.story {
            Story::UnknownLevel => sentinels::UNKNOWN_LEVEL,
            _ => self.plan.level.as_str(),
        }
    }
}

/// Four in a hundred are high and twenty medium; the first few are set, so that even a small
/// account has each level.
fn level(index: usize, random: &mut Random) -> KnownLevel {
    match (index, random.below(100)) {
        (0, _) => KnownLevel::High,
        (1 | 2, _) => KnownLevel::Medium,
        (3..=6, _) => KnownLevel::Low,
        (_, 0..=3) => KnownLevel::High,
        (_, 4..=23) => KnownLevel::Medium,
        _ => KnownLevel::Low,
    }
}

/// One in ten is medium.
fn quiet_level(index: usize) -> KnownLevel {
    if index % 10 == 1 { KnownLevel::Medium } else { KnownLevel::Low }
}

fn sentinel(user: &sentinels::Sentinel, random: &mut Random, now: DateTime<Utc>) -> Person {
    let mut plan = Plan::new(user.level, user.events, plan::newest(random, now));
    if user.id == sentinels::LEVEL_CRITICAL {
        plan.story = Story::UnknownLevel;
    }
    Person::new(user.id, user.name, &user.email(), plan, random)
}

fn well_known(random: &mut Random, now: DateTime<Utc>) -> [Person; 2] {
    let busy = Plan::new(KnownLevel::High, notable::EVENTS, now - Duration::minutes(4));
    let shapes = Plan {
        story: Story::EveryShape,
        ..Plan::new(KnownLevel::Medium, shapes::COUNT, now - Duration::minutes(22))
    };
    let (busy_id, shapes_id) = (notable::MOST_EVENTS, notable::EVERY_SHAPE);
    [
        Person::new(busy_id, "Catherine Oyelaran", "catherine.oyelaran@corp.example", busy, random),
        Person::new(
            shapes_id,
            "Elif Sørensen-Nkemelu",
            "elif.sorensen@example.com",
            shapes,
            random,
        ),
    ]
}

fn oddity(user: &notable::Oddity, random: &mut Random, now: DateTime<Utc>) -> Person {
    let plan = Plan::ordinary(user.level, keeps_events(user.id), random, now);
    Person::new(user.id, user.name, user.email, plan, random)
}

fn back_again(random: &mut Random, now: DateTime<Utc>) -> Person {
    let plan = Plan {
        since_reset: Some(4),
        ..Plan::new(KnownLevel::High, 15, now - Duration::minutes(95))
    };
    Person::new(
        notable::RESET_AND_BACK,
        "Tomás Verheyen",
        "tomas.verheyen@example.com",
        plan,
        random,
    )
}

fn reset_before(random: &mut Random, now: DateTime<Utc>) -> [Person; 2] {
    let people = [
        ("Ruth Achterberg", "ruth.achterberg@example.com", 6, 9),
        ("Benedikt Amsel", "benedikt.amsel@example.org", 0, 3),
    ];
    let ids = notable::OFF_SUMMARY;
    [0, 1].map(|index| {
        let (name, email, events, days) = people[index];
        let plan = Plan {
            since_reset: Some(0),
            ..Plan::new(KnownLevel::Medium, events, now - Duration::days(days))
        };
        let person = Person::new(ids[index], name, email, plan, random);
        Person { listed: false, ..person }
    })
}
