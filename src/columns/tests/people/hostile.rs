//! Bytes that mean harm: never a panic, and never people who are not there.

use proptest::{collection::vec, prelude::*, sample::Index};

use super::{ALL, answers::answer, question, read};

/// The outcome as text, to compare.
fn outcome(bytes: &[u8], lengths: &[usize]) -> String {
    match read(bytes, lengths) {
        Ok(people) => format!("{:?}", people.view(&question("a", "", "name"), ALL)),
        Err(error) => format!("{error:?}"),
    }
}

proptest! {
    #[test]
    fn any_bytes_do_the_same_however_they_are_cut(
        bytes in vec(any::<u8>(), 0..300),
        lengths in vec(1_usize..50, 1..4),
    ) {
        prop_assert_eq!(outcome(&bytes, &[]), outcome(&bytes, &lengths));
    }

    #[test]
    fn so_does_an_answer_that_was_damaged(
        answer in answer(),
        damage in vec((any::<Index>(), any::<u8>(), 0..3), 1..6),
        lengths in vec(1_usize..50, 1..4),
    ) {
        let mut bytes = answer.into_bytes();
        for (place, byte, kind) in damage {
            if bytes.is_empty() {
                break;
            }
            let place = place.index(bytes.len());
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.truncate(place),
                _ => bytes.insert(place, b"{}[],:\"\\"[usize::from(byte) % 8]),
            }
        }
        prop_assert_eq!(outcome(&bytes, &[]), outcome(&bytes, &lengths));
    }
}

#[test]
fn f7_an_answer_cut_short_is_never_the_whole() {
    let answer =
        r#" {"errors":[],"result":{"users":[{"name":"A"},{"name":"B\u00e4"},7]},"success":true}"#;
    for end in 0..answer.len() {
        assert!(read(&answer.as_bytes()[..end], &[7]).is_err(), "{end}");
    }
    assert!(read(answer.as_bytes(), &[7]).is_ok());
}

#[test]
fn depth_costs_no_stack() {
    let deep = "[".repeat(200_000);
    let shut = "]".repeat(200_000);
    let answer =
        format!(r#"{{"success":true,"result":{{"users":[{{"name":{deep}{shut},"email":"e"}}]}}}}"#);
    let people = read(answer.as_bytes(), &[1 << 16]).unwrap();
    assert_eq!(people.view(&question("", "", ""), ALL).rows[0].email, "e");
    assert!(read(deep.as_bytes(), &[]).is_err());
}

#[test]
fn every_level_keeps_its_word_however_many_there_are() {
    let people: Vec<String> =
        (0..70_000).map(|n| format!(r#"{{"max_risk_level":"level {n}"}}"#)).collect();
    let answer = format!(r#"{{"success":true,"result":{{"users":[{}]}}}}"#, people.join(","));
    let people = read(answer.as_bytes(), &[1 << 16]).unwrap();
    let view = people.view(&question("", "level 69999", ""), ALL);
    assert_eq!(view.total, 1);
    assert_eq!(view.rows[0].max_risk_level, Some("level 69999".into()));
}
