//! Search, filter, order and pages, against a plain account of what they mean.

use chrono::{DateTime, Utc};
use columns::{Column, Page, People, Period, Question, Sort};
use model::{Envelope, RiskSummary};
use proptest::{collection::vec, prelude::*, sample::select};

use super::{
    ALL,
    answers::{people, text},
    naive, question, read,
};

fn answer(people: &[String]) -> String {
    format!(r#"{{"success":true,"result":{{"users":[{}]}}}}"#, people.join(","))
}

fn plain(answer: &str) -> naive::People {
    let envelope: Envelope<RiskSummary> = serde_json::from_str(answer).unwrap();
    naive::People::new(envelope.result.unwrap())
}

fn any_question() -> impl Strategy<Value = Question> {
    let words = prop_oneof![text(), vec(text(), 0..3).prop_map(|words| words.join(" "))];
    let levels = select(vec!["", "high", "low,unscored", "critical,High", "nobody", "unscored"]);
    (words, levels, select(Column::ALL.to_vec()), any::<bool>(), any_period()).prop_map(
        |(text, levels, column, descending, period)| Question {
            sort: Sort { column, descending },
            period,
            ..question(&text, levels, "")
        },
    )
}

fn any_moment() -> impl Strategy<Value = DateTime<Utc>> {
    let times = ["0000-01-01T00:00:00Z", "2026-11-01T00:00:00Z", "2026-11-01T00:00:00.0000002Z"];
    select(times.to_vec()).prop_map(|time| time.parse().unwrap())
}

fn any_period() -> impl Strategy<Value = Period> {
    let end = || prop_oneof![2 => Just(None), 1 => any_moment().prop_map(Some)];
    (end(), end()).prop_map(|(from, to)| Period { from, to })
}

proptest! {
    /// One after the other, since a search may go on from the one before.
    #[test]
    fn questions_are_answered_as_they_mean(
        people in people(),
        questions in vec((any_question(), 1_usize..5, 1_usize..20), 1..6),
    ) {
        let answer = answer(&people);
        let (columns, plain) = (read(answer.as_bytes(), &[]).unwrap(), plain(&answer));
        for (question, number, rows) in questions {
            let page = Page { number, rows };
            prop_assert_eq!(columns.view(&question, page), plain.view(&question, page));
        }
    }

    #[test]
    fn counts_are_those_of_the_periods(people in people(), mut moments in vec(any_moment(), 0..4)) {
        moments.sort();
        let columns = read(answer(&people).as_bytes(), &[]).unwrap();
        let each = moments.windows(2).map(|ends| {
            let period = Period { from: Some(ends[0]), to: Some(ends[1]) };
            columns.view(&Question { period, ..Question::default() }, ALL).matching
        });
        prop_assert_eq!(columns.counts_between(&moments), each.collect::<Vec<_>>());
    }

    #[test]
    fn typing_letter_by_letter_finds_what_the_whole_word_finds(people in people(), text in text()) {
        let answer = answer(&people);
        let (columns, plain) = (read(answer.as_bytes(), &[]).unwrap(), plain(&answer));
        for (end, letter) in text.char_indices() {
            let question = question(&text[..end + letter.len_utf8()], "", "email");
            prop_assert_eq!(columns.view(&question, ALL), plain.view(&question, ALL));
        }
    }
}

/// More people than a block holds, so that places in several blocks are right too.
#[test]
fn many_people_are_as_few() {
    let people: Vec<String> = (0..9_000)
        .map(|n| {
            let level = ["low", "medium", "high", "critical"][n % 4];
            format!(
                r#"{{"user_id":"00000000-0000-4000-8000-{n:012x}","name":"Person {n}","email":"P{}@acme.example","max_risk_level":"{level}","event_count":{},"last_event":"2026-11-{:02}T00:00:00Z"}}"#,
                n * 7919 % 9_000, n % 100, n % 28 + 1
            )
        })
        .collect();
    let answer = answer(&people);
    let (columns, plain) = (read(answer.as_bytes(), &[1000]).unwrap(), plain(&answer));
    assert_eq!(columns.len(), 9_000);
    for text in ["", "p", "p8", "p89", "p899", "person 4", "000000002327", "acme nobody"] {
        for column in Column::ALL {
            for descending in [true, false] {
                let question = Question {
                    sort: Sort { column, descending },
                    ..question(text, "high,low,critical", "")
                };
                let page = Page { number: 3, rows: 50 };
                assert_eq!(
                    columns.view(&question, page),
                    plain.view(&question, page),
                    "{text} {column:?}"
                );
            }
        }
    }
}

fn some() -> People {
    let people = [
        r#"{"user_id":"00000000-0000-4000-8000-000000000001","name":"Zoë Low","email":"zoe@example.org","max_risk_level":"low","event_count":3,"last_event":"2026-11-01T00:00:00Z"}"#,
        r#"{"user_id":"00000000-0000-4000-8000-000000000002","name":"adam high","email":"adam@example.com","max_risk_level":"high","event_count":1,"last_event":"2026-11-02T00:00:00Z"}"#,
        r#"{"user_id":"00000000-0000-4000-8000-000000000003","name":"Öner Odd","email":"odd@example.com","max_risk_level":"critical","event_count":null}"#,
        r#"{"user_id":"00000000-0000-4000-8000-000000000004","name":"Bo High","email":"bo@example.org","max_risk_level":"high","event_count":9,"last_event":"2026-11-03T00:00:00Z"}"#,
        "7",
    ];
    read(answer(&people.map(str::to_owned)).as_bytes(), &[]).unwrap()
}

fn names(text: &str, levels: &str, sort: &str) -> Vec<String> {
    let view = some().view(&question(text, levels, sort), ALL);
    view.rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn without_a_question_the_riskiest_and_latest_come_first() {
    assert_eq!(names("", "", ""), ["Öner Odd", "Bo High", "adam high", "Zoë Low", ""]);
}

#[test]
fn all_words_must_occur_in_any_order_and_case() {
    assert_eq!(names("HIGH adam", "", ""), ["adam high"]);
    assert_eq!(names("öner", "", ""), ["Öner Odd"]);
    assert_eq!(names("000000000004", "", ""), ["Bo High"]);
    assert_eq!(names("low zoe@example", "", ""), ["Zoë Low"]);
    assert!(names("nobody", "", "").is_empty());
    // Words are of one text each: the end of a name and the start of an address are no word.
    assert!(names("lowzoe", "", "").is_empty());
}

#[test]
fn the_level_filter_knows_levels_by_their_words() {
    assert_eq!(names("", "high,low", ""), ["Bo High", "adam high", "Zoë Low"]);
    assert_eq!(names("", "critical,unscored", ""), ["Öner Odd", ""]);
}

#[test]
fn every_column_sorts_both_ways() {
    assert_eq!(names("", "", "name"), ["", "adam high", "Bo High", "Zoë Low", "Öner Odd"]);
    assert_eq!(names("", "", "-email")[0], "Zoë Low");
    assert_eq!(names("", "", "-event_count")[0], "Bo High");
    assert_eq!(names("", "", "event_count")[0], "Öner Odd");
    assert_eq!(names("", "", "-last_event")[0], "Bo High");
    assert_eq!(names("", "", "max_risk_level")[0], "");
}

#[test]
fn counts_follow_the_text_and_not_the_filter() {
    let view = some().view(&question("", "low", ""), ALL);
    let counts: Vec<_> = view.matching.iter().map(|(_, count)| count).collect();
    assert_eq!(counts, [1, 2, 0, 1, 1]);
    assert_eq!((view.rows.len(), view.total, view.matching.total()), (1, 1, 5));
}

#[test]
fn a_page_past_the_end_is_the_last() {
    let view = some().view(&question("", "", ""), Page { number: 9, rows: 2 });
    assert_eq!((view.page, view.rows.len(), view.total), (3, 1, 5));
    let none = some().view(&question("nobody", "", ""), Page { number: 9, rows: 2 });
    assert_eq!((none.page, none.rows.len(), none.total), (1, 0, 0));
}

#[test]
fn a_filter_round_trips_highest_first() {
    let mut filter = columns::LevelFilter::parse("low,high");
    filter.toggle(Some(&"critical".into()));
    assert_eq!(filter.to_text(), "critical,high,low");
    filter.toggle(Some(&"low".into()));
    assert_eq!(filter.to_text(), "critical,high");
}
