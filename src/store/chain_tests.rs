use model::AuditState;
use proptest::prelude::*;

use super::*;
use crate::testing::{chained, intent, outcome};

/// The encoding is part of what is stored: were it to change, no older log would verify.
#[test]
fn the_encoding_is_what_it_was() {
    let records = chained(&[intent("jane@acme.example", 1_790_000_000_123), {
        outcome(1, AuditState::Succeeded, 1_790_000_000_456)
    }]);
    let heads: Vec<String> = records.iter().map(|r| Head::from(r).to_string()).collect();
    assert_eq!(
        heads,
        [
            "1:d78bed159d0079cd44b867067dd61dde69de176d5f1ddeb6099742439eb13640",
            "2:3340bb39d73a198df24ea0ac077d14494f514d426be95f2f32a19523baab8da3",
        ]
    );
    assert_eq!(heads[1].parse::<Head>().unwrap(), Head::from(&records[1]));
    for odd in ["", "1", "1:", "x:00", "1:FF"] {
        assert_eq!(odd.parse::<Head>(), Err(NotAHash), "{odd}");
    }
}

#[test]
fn a_row_reads_back_as_it_was_written() {
    for record in chained(&[intent("a", 0), outcome(1, AuditState::Failed, 1)]) {
        let mut row = record.content().to_vec();
        row.push(Value::Text(record.hash.to_string()));
        assert_eq!(Record::from_row(&row), Ok(record));
        for column in 0..row.len() {
            let mut odd = row.clone();
            odd[column] = match odd[column] {
                Value::Integer(_) => Value::Text("x".into()),
                Value::Null | Value::Text(_) if column == 1 => Value::Text("x".into()),
                Value::Null | Value::Text(_) => Value::Integer(1),
            };
            assert!(Record::from_row(&odd).is_err(), "{column}");
            assert!(Record::from_row(&row[..column]).is_err(), "{column}");
        }
    }
}

proptest! {
    /// Text that moves from one column to the next, or is there rather than not, is another
    /// content.
    #[test]
    fn no_two_contents_hash_alike(left in "[int\\PC]{0,6}", right in "[int\\PC]{0,6}") {
        let record = |target: Option<String>, name: Option<String>| {
            Record { target, target_name: name, ..chained(&[intent("a", 0)]).remove(0) }
        };
        let whole = record(Some(format!("{left}{right}")), Some(String::new()));
        let null = record(Some(format!("{left}{right}")), None);
        let split = record(Some(left), Some(right.clone()));
        let hash = |record: &Record| hash(&Hash::ZERO, record);
        prop_assert_ne!(hash(&whole), hash(&null));
        prop_assert_eq!(hash(&whole) == hash(&split), right.is_empty());
    }
}
