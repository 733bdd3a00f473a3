//! Reads the list of users until it agrees with what was done, some times over.

use std::{collections::HashSet, time::Duration};

use columns::Question;
use leptos::prelude::*;
use model::{UserId, bulk::Step};

use super::work::{Phase, Work};
use crate::{
    clock,
    data::{self, Everyone, Query, Through, through},
};

/// How long the list may take to show what was done, in seconds before each read.
const READS: [u64; 4] = [0, 2, 4, 8];
/// How often it is looked whether a read has ended.
const LOOK: Duration = Duration::from_millis(100);

/// Works while it is in the page.
#[component]
pub fn Agree(work: Work) -> impl IntoView {
    let people = data::use_people();
    let alive = RwSignal::new(());
    leptos::task::spawn_local(async move {
        let reset: HashSet<UserId> = work.bulk.with_untracked(|bulk| {
            let Some(bulk) = bulk else { return HashSet::new() };
            let places = bulk.places(Step::Reset).into_iter();
            places.filter_map(|place| Some(bulk.plan().people.get(place)?.id)).collect()
        });
        let mut still = None;
        for wait in READS {
            clock::sleep(Duration::from_secs(wait)).await;
            people.reading.refresh.run(());
            while people.reading.fetching.try_get_untracked() == Some(true) {
                clock::sleep(LOOK).await;
            }
            if alive.is_disposed() {
                return;
            }
            if people.reading.error().is_none() {
                still = shown(people, &reset).await;
            }
            if still == Some(0) {
                break;
            }
        }
        if work.phase.get_untracked() == Phase::Agreeing {
            work.agreed(still);
        }
    });
}

/// How many of these people the list shows with a level.
async fn shown(people: Query<Everyone>, of: &HashSet<UserId>) -> Option<usize> {
    let mut count = 0;
    let each = async |view: &columns::View| {
        let is_shown = |row: &&model::UserRiskInfo| {
            row.max_risk_level.is_some() && row.user_id.is_some_and(|id| of.contains(&id))
        };
        count += view.rows.iter().filter(is_shown).count();
        true
    };
    let ended = through(people, &Question::default(), each).await;
    (ended.ok()? == Through::Whole).then_some(count)
}
