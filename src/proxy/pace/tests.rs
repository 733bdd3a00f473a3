use chrono::TimeDelta;
use http::{HeaderMap, Response};
use model::OperationKind;
use proptest::prelude::*;

use super::{
    retry_after::{LONGEST, Wait},
    *,
};

/// Sun, 06 Nov 1994 08:49:37 GMT.
const NOW: i64 = 784_111_777;

fn at(milliseconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(NOW * 1000 + milliseconds).unwrap()
}

fn said(text: &str) -> Wait {
    let mut headers = HeaderMap::new();
    headers.insert(header::RETRY_AFTER, HeaderValue::from_str(text).unwrap());
    retry_after::read(&headers, at(0))
}

#[test]
fn f3_a_wait_is_seconds_or_a_date_within_sane_bounds() {
    for (text, wait) in [
        ("5", Wait::Said(5)),
        (" 5 ", Wait::Said(5)),
        ("0", Wait::Said(1)),
        ("300", Wait::Said(300)),
        ("86400", Wait::Said(300)),
        ("99999999999999999999999999", Wait::Said(300)),
        ("Sun, 06 Nov 1994 08:49:40 GMT", Wait::Said(3)),
        ("Sun, 06 Nov 1994 08:00:00 GMT", Wait::Said(1)),
        ("Sat, 06 Nov 2094 08:49:37 GMT", Wait::Said(300)),
        ("", Wait::Unsaid),
        ("-5", Wait::Unsaid),
        ("+5", Wait::Unsaid),
        ("1.5", Wait::Unsaid),
        ("1e3", Wait::Unsaid),
        ("5, 6", Wait::Unsaid),
        ("soon", Wait::Unsaid),
        ("Sun, 99 Nov 1994 08:49:37 GMT", Wait::Unsaid),
    ] {
        assert_eq!(said(text), wait, "{text:?}");
    }
    assert_eq!(retry_after::read(&HeaderMap::new(), at(0)), Wait::Unsaid);
    assert_eq!(Wait::Unsaid.seconds(), 30);
}

fn traffic() -> Traffic {
    Traffic::new(Pace { caller: None, back_off: true })
}

fn limited(retry_after: &str) -> Parts {
    let answer = Response::builder().status(429).header("retry-after", retry_after);
    answer.body(()).unwrap().into_parts().0
}

const TIME: Duration = Duration::from_secs(15);

#[test]
fn f3_a_read_waits_for_a_short_limit_once_and_a_change_never() {
    let after = |kind, text, left| {
        let mut attempts = Attempts::new(kind);
        let mut head = limited(text);
        let next = traffic().after(&mut attempts, Ok(&mut head), left, at(0));
        let again = traffic().after(&mut attempts, Ok(&mut head), left, at(0));
        assert_eq!(again, Next::Answer, "once is enough");
        next
    };
    let five = Next::Again(Duration::from_secs(5));
    assert_eq!(after(OperationKind::Summary, "5", TIME), five);
    assert_eq!(after(OperationKind::User, "6", TIME), Next::Answer);
    assert_eq!(after(OperationKind::User, "odd", TIME), Next::Answer);
    assert_eq!(after(OperationKind::User, "5", Duration::from_secs(5)), Next::Answer);
    for kind in OperationKind::ALL.into_iter().filter(|kind| kind.is_write()) {
        assert_eq!(after(kind, "1", TIME), Next::Answer, "{kind:?}");
    }
}

#[test]
fn f1_f2_a_read_that_broke_off_is_sent_once_more_and_a_change_never() {
    for kind in OperationKind::ALL {
        for fault in [
            Fault::Unreachable,
            Fault::Broken,
            Fault::Time,
            Fault::ConnectTime,
            Fault::Redirect,
            Fault::Unreadable,
            Fault::TooLarge,
            Fault::Crowded,
            Fault::Token,
        ] {
            let mut attempts = Attempts::new(kind);
            let helps = matches!(fault, Fault::Unreachable | Fault::Broken) && !kind.is_write();
            let next = if helps { Next::Again(Duration::ZERO) } else { Next::Answer };
            let traffic = traffic();
            assert_eq!(traffic.after(&mut attempts, Err(fault), TIME, at(0)), next, "{kind:?}");
            assert_eq!(traffic.after(&mut attempts, Err(fault), TIME, at(0)), Next::Answer);
        }
    }
}

#[test]
fn f3_a_limit_holds_everybody_back_and_what_is_passed_on_says_the_same() {
    let traffic = traffic();
    let mut head = limited("Sun, 06 Nov 1994 08:50:37 GMT");
    traffic.after(&mut Attempts::new(OperationKind::User), Ok(&mut head), TIME, at(0));
    assert_eq!(head.headers[header::RETRY_AFTER], "60");
    let held = |milliseconds| traffic.hold(at(milliseconds));
    assert_eq!(held(0), Err(Refusal::BackOff { seconds: 60 }));
    assert_eq!(held(59_001), Err(Refusal::BackOff { seconds: 1 }));
    assert_eq!(held(60_000), Ok(()));
    assert_eq!(held(-3_600_000), Ok(()), "a clock that was set back");
    let free = Traffic::new(Pace::FREE);
    free.after(&mut Attempts::new(OperationKind::User), Ok(&mut head), TIME, at(0));
    assert_eq!(free.hold(at(0)), Ok(()));
}

proptest! {
    /// Held back exactly as long as the longest wait that was asked for, and never for longer
    /// than the longest there is.
    #[test]
    fn a_back_off_is_the_longest_that_was_asked_for(
        steps in prop::collection::vec((1..=LONGEST, 0..400_000_i64), 1..40),
        later in 0..400_000_i64,
    ) {
        let (mut back_off, mut now, mut ends) = (BackOff::default(), 0, 0);
        for (seconds, pause) in steps {
            back_off.note(seconds, at(now));
            ends = ends.max(now + i64::from(seconds) * 1000);
            let left = (ends - now + 999) / 1000;
            prop_assert_eq!(back_off.left(at(now)).map(i64::from), Some(left));
            prop_assert!(left <= LONGEST.into());
            now += pause;
        }
        now += later;
        let left = (ends > now).then(|| (ends - now + 999) / 1000);
        prop_assert_eq!(back_off.left(at(now)).map(i64::from), left);
    }

    /// However a caller asks, no more is forwarded than the bucket and what came in since; whoever
    /// waits as told is served; and nobody else notices.
    #[test]
    fn l6_a_caller_gets_a_minutes_worth_and_then_its_rate(
        limit in 1..2_000_u32,
        pauses in prop::collection::vec(0..3_000_i64, 1..400),
    ) {
        let mut callers = Callers::new(NonZeroU32::new(limit).unwrap());
        let (mut now, mut granted) = (0, 0_i64);
        for pause in pauses {
            now += pause;
            match callers.take("loop", at(now)) {
                Ok(()) => granted += 1,
                Err(seconds) => {
                    prop_assert!((1..=60).contains(&seconds), "{seconds}");
                    now += i64::from(seconds) * 1000;
                    prop_assert_eq!(callers.take("loop", at(now)), Ok(()));
                    granted += 1;
                }
            }
            // A microsecond is lost where a minute doesn't divide evenly.
            let most = i64::from(limit) + (now + 1) * i64::from(limit) / 59_900 + 1;
            prop_assert!(granted <= most, "{granted} of {most} after {now} ms");
        }
        prop_assert_eq!(callers.take("another", at(now)), Ok(()));
    }

    /// Whoever keeps to the rate is never refused.
    #[test]
    fn l6_who_keeps_to_the_rate_is_served(limit in 1..1_000_u32, count in 1..3_000_i64) {
        let mut callers = Callers::new(NonZeroU32::new(limit).unwrap());
        for number in 0..count {
            let now = at(0) + TimeDelta::microseconds(number * 60_000_000 / i64::from(limit));
            prop_assert_eq!(callers.take("steady", now), Ok(()));
        }
    }
}

#[test]
fn l6_a_burst_is_the_limit_and_the_wait_is_said() {
    let mut callers = Callers::new(NonZeroU32::new(600).unwrap());
    for _ in 0..600 {
        assert_eq!(callers.take("ana", at(0)), Ok(()));
    }
    assert_eq!(callers.take("ana", at(0)), Err(1));
    assert_eq!(callers.take("bob", at(0)), Ok(()));
    assert_eq!(callers.take("ana", at(100)), Ok(()), "ten a second");
    assert_eq!(callers.take("ana", at(100)), Err(1));
    let mut slow = Callers::new(NonZeroU32::MIN);
    assert_eq!((slow.take("ana", at(0)), slow.take("ana", at(0))), (Ok(()), Err(60)));
    assert_eq!(slow.take("ana", at(-3_600_000)), Err(60), "a clock that was set back");
    assert_eq!(slow.take("ana", at(-3_540_000)), Ok(()));
}

#[test]
fn l6_callers_do_not_pile_up_and_a_loop_is_not_forgotten_for_them() {
    let mut callers = Callers::new(NonZeroU32::new(5).unwrap());
    while callers.take("loop", at(0)).is_ok() {}
    for number in 0..10_000 {
        assert_eq!(callers.take(&number.to_string(), at(0)), Ok(()));
        assert!(callers.len() <= 4096);
    }
    assert!(callers.take("loop", at(0)).is_err());
    assert_eq!(callers.take("late", at(60_000)), Ok(()));
    assert_eq!(callers.len(), 1, "the full ones are forgotten");
}
