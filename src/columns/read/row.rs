//! One element of the list of people.

use std::{borrow::Cow, fmt};

use model::UserId;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use uuid::Uuid;

use super::scalar::Scalar;
use crate::time::Ticks;

/// A person as they stand in the answer. What is missing or odd is absent, and so is everything
/// of an element that is no object: no row is lost.
#[derive(Debug, Default)]
pub(super) struct Row<'a> {
    pub(super) id: Option<UserId>,
    pub(super) name: Cow<'a, str>,
    pub(super) email: Cow<'a, str>,
    /// The level's word.
    pub(super) level: Option<Cow<'a, str>>,
    pub(super) count: Option<u64>,
    pub(super) last: Ticks,
}

enum Key {
    Id,
    Name,
    Email,
    Level,
    Count,
    Last,
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Word;
        impl Visitor<'_> for Word {
            type Value = Key;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_str<E>(self, key: &str) -> Result<Key, E> {
                Ok(match key {
                    "user_id" => Key::Id,
                    "name" => Key::Name,
                    "email" => Key::Email,
                    "max_risk_level" => Key::Level,
                    "event_count" => Key::Count,
                    "last_event" => Key::Last,
                    _ => Key::Other,
                })
            }
        }
        deserializer.deserialize_identifier(Word)
    }
}

impl<'de> Deserialize<'de> for Row<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Row<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a person")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                read(map)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Row::default())
            }
            fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
                Ok(Row::default())
            }
            fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
                Ok(Row::default())
            }
            fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
                Ok(Row::default())
            }
            fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Row::default())
            }
            fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Row::default())
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Row::default())
            }
        }
        deserializer.deserialize_any(Object)
    }
}

/// Where a key occurs twice the last one counts, as in JavaScript.
fn read<'de, A: MapAccess<'de>>(mut map: A) -> Result<Row<'de>, A::Error> {
    let mut row = Row::default();
    while let Some(key) = map.next_key::<Key>()? {
        if matches!(key, Key::Other) {
            map.next_value::<IgnoredAny>()?;
            continue;
        }
        let value: Scalar<'de> = map.next_value()?;
        match key {
            Key::Id => row.id = value.text().and_then(id),
            Key::Name => row.name = value.into_text().unwrap_or_default(),
            Key::Email => row.email = value.into_text().unwrap_or_default(),
            Key::Level => row.level = value.into_text(),
            Key::Count => row.count = value.into_count(),
            Key::Last => row.last = value.text().map(Ticks::read).unwrap_or_default(),
            Key::Other => {}
        }
    }
    Ok(row)
}

pub(super) fn id(text: &str) -> Option<UserId> {
    Uuid::try_parse(text).ok().map(UserId::from)
}
