use proptest::prelude::*;

use super::*;
use crate::{
    chain::Draft,
    record::Corrupt,
    testing::{chained, intent, outcome},
};

fn verified(records: &[Record], given: u64, noted: Option<Head>) -> Report {
    let mut verifier = Verifier::new(noted);
    records.iter().for_each(|record| verifier.check(Ok(record)));
    verifier.finish(given)
}

fn faults(records: &[Record], given: u64) -> Vec<Fault> {
    verified(records, given, None).faults
}

/// Changes of every kind: 1 succeeded, 2 refused, 3 crashed and found out later, 4 open.
fn log() -> Vec<Record> {
    use AuditState::{Refused, Succeeded, Unknown};
    chained(&[
        intent("a", 1),
        outcome(1, Succeeded, 2),
        intent("b", 3),
        intent("c", 4),
        outcome(3, Refused, 5),
        outcome(4, Unknown, 6),
        intent("d", 7),
        outcome(4, Succeeded, 8),
    ])
}

#[test]
fn a_log_as_it_was_written_is_sound() {
    let report = verified(&log(), 8, None);
    assert!(report.is_sound(), "{report:?}");
    let text = report.to_string();
    assert!(text.starts_with("8 records, 4 changes: 1 intent, 1 refused, 2 succeeded; head 8:"));
    assert_eq!(verified(&[], 0, None), Report::default());
}

#[test]
fn every_kind_of_meddling_has_its_name() {
    let log = log();

    let mut edited = log.clone();
    edited[2].reason = Some("Nothing".into());
    assert_eq!(faults(&edited, 8), [Fault::Hash(3)]);

    // Somebody who computes the edited record's own hash breaks the next one's.
    edited[2].hash = chain::hash(&log[1].hash, &edited[2]);
    assert_eq!(faults(&edited, 8), [Fault::Hash(4)]);

    let mut without = log.clone();
    without.remove(6);
    assert_eq!(faults(&without, 8), [Fault::Gap { after: 6, found: 8 }, Fault::Hash(8)]);

    let cut = &log[..6];
    assert_eq!(faults(cut, 8), [Fault::End { found: 6, given: 8 }]);
    // With the trace of it removed, only a head that was noted tells.
    assert_eq!(faults(cut, 6), []);
    let noted = Head::from(&log[6]);
    assert_eq!(verified(cut, 6, Some(noted)).faults, [Fault::Head(noted)]);
    assert_eq!(verified(&log, 8, Some(noted)).faults, []);

    let anew: Vec<Draft> = (0..8).map(|n| intent("z", n)).collect();
    assert_eq!(faults(&chained(&anew), 8), []);
    assert_eq!(verified(&chained(&anew), 8, Some(noted)).faults, [Fault::Head(noted)]);
}

#[test]
fn one_change_has_one_outcome() {
    use AuditState::{Failed, Intent, Succeeded, Unknown};
    for (drafts, seq, intent_of) in [
        (vec![intent("a", 1), outcome(1, Succeeded, 2), outcome(1, Failed, 3)], 3, 1),
        (vec![intent("a", 1), outcome(1, Succeeded, 2), outcome(1, Unknown, 3)], 3, 1),
        (vec![intent("a", 1), outcome(1, Unknown, 2), outcome(1, Unknown, 3)], 3, 1),
        (vec![intent("a", 1), outcome(2, Succeeded, 2)], 2, 2),
        (vec![intent("a", 1), outcome(1, Intent, 2)], 2, 1),
    ] {
        let records = chained(&drafts);
        let fault = Fault::Outcome { seq, intent: intent_of };
        assert_eq!(faults(&records, records.len() as u64), [fault]);
    }
}

#[test]
fn what_can_not_be_read_is_a_fault_and_many_are_counted() {
    let mut verifier = Verifier::new(None);
    for seq in 0..1_000 {
        verifier.check(Err(Corrupt { seq, column: "hash" }));
    }
    let report = verifier.finish(0);
    assert_eq!((report.faults.len(), report.fault_count), (MAX_FAULTS, 1_000));
    assert!(!report.is_sound());
}

/// Changes in any order of intents and outcomes, each with at most one outcome.
fn any_log() -> impl Strategy<Value = Vec<Record>> {
    let change = (any::<bool>(), "\\PC{0,8}", 1..5usize);
    proptest::collection::vec(change, 1..40).prop_map(|steps| {
        let (mut drafts, mut open) = (Vec::new(), Vec::new());
        for (step, (settle, actor, state)) in (0..).zip(steps) {
            if settle && !open.is_empty() {
                let change = open.remove(state % open.len());
                drafts.push(outcome(change, AuditState::ALL[state], step));
            } else {
                drafts.push(intent(&actor, step));
                open.push(drafts.len() as u64);
            }
        }
        chained(&drafts)
    })
}

proptest! {
    #[test]
    fn any_log_is_sound(records in any_log()) {
        let report = verified(&records, records.len() as u64, None);
        prop_assert!(report.is_sound(), "{:?}", report.faults);
        let counted: u64 = report.states.values().sum();
        prop_assert_eq!(counted, report.changes);
    }

    #[test]
    fn no_single_meddling_goes_unseen(
        mut records in any_log(),
        place: proptest::sample::Index,
        column in 0..9usize,
        how in 0..4u8,
    ) {
        let given = records.len() as u64;
        let index = place.index(records.len());
        let text = || Some("meddled".to_owned());
        match how {
            0 => {
                let record = &mut records[index];
                match column {
                    0 => record.at += 1,
                    1 => record.actor = text(),
                    2 => record.target = text(),
                    3 => record.target_name = text(),
                    4 => record.reason = text(),
                    5 => record.state = text(),
                    6 => record.after = text(),
                    7 => record.cf_ray = text(),
                    _ => record.intent = Some(99),
                }
            }
            1 => {
                records.remove(index);
            }
            2 if records.len() > 1 => {
                let other = if index == 0 { 1 } else { index - 1 };
                records.swap(index, other);
            }
            _ => records.insert(index, records[index].clone()),
        }
        prop_assert!(!verified(&records, given, None).is_sound());
    }
}
