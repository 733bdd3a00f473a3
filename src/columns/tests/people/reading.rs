//! What is read is what `model` reads, however it is cut; and a part is never the whole.

use columns::{Next, Reader, Unreadable};
use model::{Envelope, RiskSummary};
use proptest::prelude::*;

use super::{ALL, answers::answer, naive, question, read};

/// As a plain reader of the model's types has it; `None` where that can't read it.
fn plainly(answer: &[u8]) -> Option<RiskSummary> {
    let envelope: Envelope<RiskSummary> = serde_json::from_slice(answer).ok()?;
    envelope.success.then(|| envelope.result.unwrap_or_default())
}

fn page(users: &str, info: &str) -> String {
    format!(r#"{{"result":{{"users":[{users}]}},"success":true,"result_info":{info}}}"#)
}

fn names(reader: Reader) -> Vec<String> {
    let view = reader.people().view(&question("", "", "name"), ALL);
    view.rows.into_iter().map(|row| row.name).collect()
}

proptest! {
    #[test]
    fn any_answer_reads_as_the_model_does(
        answer in answer(),
        lengths in proptest::collection::vec(1_usize..200, 1..6),
    ) {
        let plain = plainly(answer.as_bytes());
        let columns = read(answer.as_bytes(), &lengths);
        match (plain, columns) {
            (Some(summary), Ok(people)) => {
                prop_assert_eq!(people.len(), summary.users.len());
                let plain = naive::People::new(summary);
                for sort in ["", "name", "-event_count"] {
                    let question = question("", "", sort);
                    prop_assert_eq!(people.view(&question, ALL), plain.view(&question, ALL));
                }
            }
            (None, Err(_)) => {}
            (plain, columns) => prop_assert!(false, "{answer}: {plain:?}, {columns:?}"),
        }
    }
}

#[test]
fn all_pages_are_read_and_a_part_is_never_the_whole() {
    let (first, second) = (r#"{"page":1,"total_pages":2}"#, r#"{"page":2,"total_pages":2}"#);
    let mut reader = Reader::new(str::to_lowercase);
    reader.feed(page(r#"{"name":"A"}"#, first).as_bytes()).unwrap();
    assert_eq!(reader.end(), Ok(Next::Page(2)));
    reader.feed(page(r#"{"name":"B"}"#, second).as_bytes()).unwrap();
    assert_eq!(reader.end(), Ok(Next::Whole));
    assert_eq!(names(reader), ["A", "B"]);

    for odd in [first, "null", "{}"] {
        let mut reader = Reader::new(str::to_lowercase);
        reader.feed(page(r#"{"name":"A"}"#, first).as_bytes()).unwrap();
        assert_eq!(reader.end(), Ok(Next::Page(2)));
        reader.feed(page(r#"{"name":"A"}"#, odd).as_bytes()).unwrap();
        assert_eq!(reader.end(), Err(Unreadable::OtherPage { page: 2 }), "{odd}");
    }
}

#[test]
fn an_account_that_claims_pages_without_end_is_not_believed() {
    let mut reader = Reader::new(str::to_lowercase);
    let mut number = 1;
    let refused = loop {
        let info = format!(r#"{{"page":{number},"total_pages":20000}}"#);
        reader.feed(page("", &info).as_bytes()).unwrap();
        match reader.end() {
            Ok(Next::Page(next)) => number = next,
            other => break other,
        }
    };
    assert_eq!(refused, Err(Unreadable::OtherPage { page: 10_001 }));
}

#[test]
fn a_failure_is_handed_on_without_its_people() {
    let answer =
        br#"{"success":false,"errors":[{"code":7,"message":"m"}],"result":{"users":[{}]}}"#;
    let Err(Unreadable::Failure { answer }) = read(answer, &[5]) else { panic!("a failure") };
    let envelope: Envelope<RiskSummary> = serde_json::from_slice(&answer).unwrap();
    assert_eq!(envelope.errors[0].code, 7);
    assert_eq!(envelope.result.unwrap().users.len(), 0);
}

#[test]
fn what_is_no_answer_says_where() {
    let said = |answer: &str| read(answer.as_bytes(), &[3]).unwrap_err().to_string();
    assert!(said(r#"{"result":{"users":[{"name":"A"},{"name":tru}]}}"#).starts_with("person 2: "));
    assert!(said(r#"{"result":{"users":[{} {}]}}"#).starts_with("person 2: expected a comma"));
    assert!(said(r#"{"result":{"users":[{},]}}"#).starts_with("person 2: "));
    assert_eq!(
        said(r#"{"result":{"users":[{},{"na"#),
        "the answer ends in the middle, after 1 people"
    );
    assert_eq!(said(r#"{"result":{"users":[12"#), "the answer ends in the middle, after 0 people");
    for odd in [
        "",
        "<!doctype html>",
        "{",
        "7",
        r#"{"success":true}}"#,
        r#"{"success":true,}"#,
        r#"{"result":{"users":[]}}"#,
        r#"{"success":true,"result":3}"#,
        r#"{"success":true,"result":[[{}]]}"#,
        r#"{"success":true,"result":{"users":[]},"result":{"users":[]}}"#,
        r#"{"success":true,"result":{"users":[{}],"users":[{}]}}"#,
        r#"[true,[],[],{"users":[{}]}]"#,
    ] {
        let said = said(odd);
        assert!(said.starts_with("around the list of people: "), "{odd}: {said}");
    }
}

#[test]
fn a_long_element_is_not_read_over_and_over() {
    // Byte by byte, 100 KB: were each byte a new attempt, this would be 5 GB of reading.
    let name = "x".repeat(100_000);
    let answer = page(&format!(r#"{{"name":"{name}"}}"#), "null");
    let people = read(answer.as_bytes(), &[1]).unwrap();
    assert_eq!(people.view(&question("", "", ""), ALL).rows[0].name, name);
}
