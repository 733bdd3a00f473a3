use super::*;

const BATCH: &str = "0198c1de-5d2f-7c3a-9f4e-3b1a2c4d5e6f";

fn bulk(people: usize) -> Bulk {
    let target = |number: usize| Target {
        id: format!("0dd00000-0000-4000-8000-{number:012}").parse().unwrap(),
        name: format!("Person {number}"),
        level: Some(RiskLevel::High),
    };
    let people = (0..people).map(target).collect();
    Bulk::new(Plan { batch: BATCH.parse().unwrap(), reason: "because".into(), people })
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

/// Everybody that is sent at once.
fn send(bulk: &mut Bulk, now: DateTime<Utc>) -> Vec<usize> {
    let mut places = vec![];
    while let Next::Send(place) = bulk.next(now) {
        places.push(place);
    }
    places
}

#[test]
fn a_few_are_under_way_at_once_and_each_once() {
    let mut bulk = bulk(6);
    assert_eq!(send(&mut bulk, at(0)), [0, 1, 2, 3]);
    assert_eq!(bulk.next(at(0)), Next::Answer);
    bulk.settle(2, Outcome::Reset, at(1));
    bulk.settle(2, Outcome::Failed("late".into()), at(1));
    assert_eq!(bulk.step(2), (Step::Reset, ""));
    assert_eq!(send(&mut bulk, at(1)), [4]);
    for place in [0, 1, 3, 4] {
        bulk.settle(place, Outcome::Reset, at(2));
    }
    assert_eq!(send(&mut bulk, at(2)), [5]);
    assert_eq!(bulk.next(at(2)), Next::Answer);
    bulk.settle(5, Outcome::Reset, at(3));
    assert_eq!((bulk.next(at(3)), bulk.count(Step::Reset)), (Next::Over, 6));
}

#[test]
fn no_more_are_sent_in_five_minutes_than_the_vendor_takes() {
    let mut bulk = bulk(IN_WINDOW + 1);
    for place in 0..IN_WINDOW {
        assert_eq!(bulk.next(at(10)), Next::Send(place));
        bulk.settle(place, Outcome::Reset, at(10));
    }
    assert_eq!(bulk.next(at(11)), Next::Wait(at(310)));
    assert_eq!(bulk.next(at(310)), Next::Send(IN_WINDOW));
}

#[test]
fn everybody_waits_where_the_vendor_asks_for_it_and_not_for_ever() {
    let mut bulk = bulk(1);
    for now in [0, 30] {
        assert_eq!(bulk.next(at(now)), Next::Send(0));
        bulk.settle(0, Outcome::Wait(30), at(now));
        assert_eq!(bulk.step(0).0, Step::Waiting);
        assert_eq!(bulk.next(at(now + 29)), Next::Wait(at(now + 30)));
    }
    assert_eq!(bulk.next(at(60)), Next::Send(0));
    bulk.settle(0, Outcome::Wait(30), at(60));
    assert_eq!((bulk.step(0).0, bulk.next(at(60))), (Step::Failed, Next::Over));
}

#[test]
fn an_unknown_outcome_is_looked_at_before_anything_is_sent_again() {
    let mut bulk = bulk(3);
    send(&mut bulk, at(0));
    for place in 0..3 {
        bulk.settle(place, Outcome::Unknown("502".into()), at(1));
    }
    bulk.retry();
    assert_eq!((bulk.next(at(1)), bulk.places(Step::Unknown)), (Next::Over, vec![0, 1, 2]));
    bulk.looked(0, None);
    bulk.looked(1, Some(&RiskLevel::High));
    let steps = [0, 1, 2].map(|place| bulk.step(place).0);
    assert_eq!(steps, [Step::Reset, Step::Failed, Step::Unknown]);
    assert!(bulk.step(1).1.contains("high"));
    bulk.retry();
    assert_eq!(send(&mut bulk, at(2)), [1]);
}

#[test]
fn what_is_called_off_is_not_sent() {
    let mut bulk = bulk(6);
    assert_eq!(bulk.next(at(0)), Next::Send(0));
    bulk.cancel();
    assert_eq!((bulk.next(at(0)), bulk.count(Step::Left)), (Next::Answer, 5));
    bulk.settle(0, Outcome::Failed("no".into()), at(1));
    bulk.retry();
    assert_eq!(send(&mut bulk, at(2)), [0]);
}

#[test]
fn another_page_goes_on_where_the_last_one_stopped() {
    let (other, mut bulk) = (bulk(6), bulk(7));
    send(&mut bulk, at(0));
    bulk.settle(0, Outcome::Reset, at(1));
    bulk.settle(1, Outcome::Failed("no".into()), at(1));
    bulk.settle(2, Outcome::SignedOut, at(1));
    let kept = Bulk::restore(&bulk.plan_text(), &bulk.progress_text());
    let mut kept = kept.expect("it was kept");
    assert_eq!((kept.plan(), &kept.steps[1]), (bulk.plan(), &(Step::Failed, "no".into(), 0)));
    kept.lose_answers();
    assert_eq!(kept.places(Step::Unknown), [3]);
    assert_eq!(kept.places(Step::Waiting), [2, 4, 5, 6]);
    assert_eq!(send(&mut kept, at(2)), [2, 4, 5, 6]);

    for (plan, progress) in [
        (bulk.plan_text(), other.progress_text()),
        (bulk.plan_text(), bulk.progress_text().replace(BATCH, &BATCH.replace('d', "e"))),
        (bulk.plan_text(), bulk.progress_text().replace("rf", "rx")),
        (String::new(), bulk.progress_text()),
    ] {
        assert_eq!(Bulk::restore(&plan, &progress), None, "{progress}");
    }
}

#[test]
fn b5_the_file_has_a_line_a_person_and_no_formula() {
    let mut bulk = bulk(2);
    bulk.plan.people[1].name = "=1+1".into();
    bulk.next(at(0));
    bulk.settle(0, Outcome::Failed("no, \"never\"".into()), at(0));
    assert_eq!(
        bulk.csv(),
        format!(
            "user_id,name,level_before,outcome,note,batch,reason\r\n\
             0dd00000-0000-4000-8000-000000000000,Person 0,high,failed,\"no, \"\"never\"\"\",{BATCH},because\r\n\
             0dd00000-0000-4000-8000-000000000001,'=1+1,high,waiting,,{BATCH},because\r\n"
        )
    );
}

#[test]
fn a_reason_names_ticket_and_verdict_where_they_are_given() {
    assert_eq!(reason(" Laptop found ", "", None), "Laptop found");
    assert_eq!(
        reason("Laptop found", " INC-42 ", Some("remediated")),
        "Laptop found | ticket: INC-42 | verdict: remediated"
    );
    assert_eq!(reason("x", " ", Some("accepted risk")), "x | verdict: accepted risk");
}
