//! `model::WhatIf` against this account: its guess before a change is saved, and what the account
//! itself says once it is, were everything triggered again.

use std::collections::BTreeMap;

use model::{
    BehaviorChange, BehaviorKey, Behaviors as Listing, KnownLevel, RiskEvents, RiskSummary,
    UpdateBehaviors, WhatIf,
};
use uuid::Uuid;

use super::Account;
use crate::{behaviors::KINDS, events::history, testing::*};

/// The behaviors of each person's events since the last reset, by the account's own plans, past
/// everything that goes over the wire.
fn counting(account: &Account) -> BTreeMap<Uuid, Vec<&'static str>> {
    let of_person = |person: &super::Person| {
        let history = history(person.seed, &person.plan, account.created);
        let counting = person.plan.since_reset.unwrap_or(person.plan.count);
        let events = history.events.iter().take(counting.try_into().unwrap());
        (person.id, events.map(|event| event.name).collect())
    };
    account.people.iter().map(of_person).collect()
}

/// Each person's level, were these events triggered again as behaviors are set now.
fn again(
    account: &Account,
    events: &BTreeMap<Uuid, Vec<&str>>,
) -> BTreeMap<Uuid, Option<KnownLevel>> {
    let level = |name: &&str| {
        let kind = KINDS.iter().find(|kind| kind.name == *name).unwrap();
        let setting = account.behaviors.0[kind.key].1;
        setting.enabled.then_some(setting.risk_level)
    };
    let level_of = |(id, names): (&Uuid, &Vec<&str>)| (*id, names.iter().filter_map(level).max());
    events.iter().map(level_of).collect()
}

fn everyone(sim: &crate::Sim) -> Vec<RiskEvents> {
    let view = |person| serde_json::to_value(sim.account.view(person)).unwrap();
    let all = sim.account.people.iter().map(view);
    all.map(|view| serde_json::from_value(view).unwrap()).collect()
}

fn levels(sim: &mut crate::Sim) -> Vec<(Option<model::UserId>, Option<model::RiskLevel>)> {
    let summary: RiskSummary = read(&ask(sim, "GET", "/summary", ""));
    summary.users.into_iter().map(|row| (row.user_id, row.max_risk_level)).collect()
}

fn save(sim: &mut crate::Sim, update: &UpdateBehaviors) -> bool {
    let body = serde_json::to_string(update).unwrap();
    ask(sim, "PUT", "/behaviors", &body).response.status() == 200
}

#[test]
fn what_if_guesses_what_the_account_says_once_it_is_saved() {
    let (mut moved, mut stopped) = (0, 0);
    for seed in [7] {
        let mut sim = sim(120, seed);
        let (people, events) = (everyone(&sim), counting(&sim.account));
        let seen = levels(&mut sim);
        for kind in &KINDS {
            for (enabled, risk_level) in [
                (true, KnownLevel::High),
                (true, KnownLevel::Medium),
                (true, KnownLevel::Low),
                (false, KnownLevel::Low),
            ] {
                let change = BehaviorChange { enabled, risk_level };
                let update = UpdateBehaviors {
                    behaviors: [(BehaviorKey(kind.key.to_owned()), change)].into(),
                };
                let now: Listing = read(&ask(&mut sim, "GET", "/behaviors", ""));
                let guess = WhatIf::of(&now, &update, &people);
                let before = again(&sim.account, &events);
                if !save(&mut sim, &update) {
                    // Two of the behaviors can't be set high, to show how that fails.
                    continue;
                }
                let after = again(&sim.account, &events);
                let count = |moves: fn(&Option<KnownLevel>, &Option<KnownLevel>) -> bool| {
                    before.iter().filter(|(id, old)| moves(old, &after[*id])).count()
                };
                assert_eq!(guess.raised, count(|old, new| new > old), "{seed} {}", kind.key);
                assert_eq!(guess.lowered, count(|old, new| new < old), "{seed} {}", kind.key);
                assert_eq!(guess.cleared, count(|old, new| old.is_some() && new.is_none()));
                assert_eq!(guess.people, before.len());
                moved += guess.raised + guess.lowered;
                stopped += guess.stopped;

                // Saving by itself moves nobody, as the page says; and there is no more to guess.
                assert_eq!(levels(&mut sim), seen);
                let now: Listing = read(&ask(&mut sim, "GET", "/behaviors", ""));
                let rest = WhatIf::of(&now, &update, &people);
                assert_eq!((rest.raised, rest.lowered, rest.stopped, rest.started), (0, 0, 0, 0));
            }
        }
    }
    assert!(moved > 100 && stopped > 100, "{moved} people moved, {stopped} events stopped");
}
