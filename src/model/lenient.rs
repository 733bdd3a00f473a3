//! Reading that never fails on a value of the wrong shape: it yields `None` (or an empty row) and
//! goes on. Each helper is a visitor, so nothing is buffered and any serde format works.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use chrono::{DateTime, Utc};
use serde::de::{
    DeserializeOwned, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
    value::MapAccessDeserializer,
};
use uuid::Uuid;

use crate::{
    ids::{BehaviorKey, EventId, IntegrationId, UserId},
    level::RiskLevel,
};

/// A value that can be read from one JSON scalar.
pub(crate) trait FromScalar: Sized {
    fn from_text(_: &str) -> Option<Self> {
        None
    }
    fn from_number(_: f64) -> Option<Self> {
        None
    }
    fn from_integer(_: u64) -> Option<Self> {
        None
    }
    fn from_bool(_: bool) -> Option<Self> {
        None
    }
}

impl FromScalar for String {
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
    fn from_integer(number: u64) -> Option<Self> {
        Some(number.to_string())
    }
}

impl FromScalar for u64 {
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
    fn from_number(number: f64) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be whole, not negative and exactly representable"
        )]
        (number >= 0.0 && number.fract() == 0.0 && number <= 9_007_199_254_740_992.0)
            .then_some(number as u64)
    }
    fn from_integer(number: u64) -> Option<Self> {
        Some(number)
    }
}

impl FromScalar for bool {
    fn from_bool(flag: bool) -> Option<Self> {
        Some(flag)
    }
}

impl FromScalar for DateTime<Utc> {
    fn from_text(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc())
    }
}

impl FromScalar for RiskLevel {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::from(text))
    }
    fn from_integer(number: u64) -> Option<Self> {
        Some(Self::from(number.to_string().as_str()))
    }
}

impl FromScalar for UserId {
    fn from_text(text: &str) -> Option<Self> {
        Uuid::try_parse(text).ok().map(Self::from)
    }
}

impl FromScalar for IntegrationId {
    fn from_text(text: &str) -> Option<Self> {
        Uuid::try_parse(text).ok().map(Self::from)
    }
}

impl FromScalar for EventId {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }
    fn from_integer(number: u64) -> Option<Self> {
        Some(Self(number.to_string()))
    }
}

struct Scalar<T>(PhantomData<T>);

impl<'de, T: FromScalar> Visitor<'de> for Scalar<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(T::from_text(text))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(T::from_number(number))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(T::from_integer(number))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        #[expect(clippy::cast_precision_loss, reason = "negative numbers have no exact use here")]
        Ok(T::from_number(number as f64))
    }
    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(T::from_bool(flag))
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        inner.deserialize_any(self)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        skip_seq(seq).map(|()| None)
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        skip_map(map).map(|()| None)
    }
}

/// The value if it has the right shape, `None` otherwise.
pub(crate) fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromScalar,
{
    deserializer.deserialize_any(Scalar(PhantomData))
}

/// The value, which must have the right shape.
pub(crate) fn required<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromScalar,
{
    let value = optional(deserializer)?;
    value.ok_or_else(|| serde::de::Error::custom("a value of another kind belongs here"))
}

/// The value if it has the right shape, its default otherwise.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromScalar + Default,
{
    Ok(optional(deserializer)?.unwrap_or_default())
}

/// A visitor's answers to all that is not what it waits for: the value of nothing.
macro_rules! otherwise {
    ($nothing:expr) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any value")
        }
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok($nothing)
        }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($nothing)
        }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok($nothing)
        }
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok($nothing)
        }
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($nothing)
        }
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($nothing)
        }
    };
}

/// Reads to the end of a list that is not wanted.
fn skip_seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<(), A::Error> {
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

/// Reads to the end of an object that is not wanted.
fn skip_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

/// One row: an object is read as `T`, anything else is `None`.
struct Row<T>(Option<T>);

impl<'de, T: DeserializeOwned> serde::Deserialize<'de> for Row<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows<T>(PhantomData<T>);
        impl<'de, T: DeserializeOwned> Visitor<'de> for Rows<T> {
            type Value = Row<T>;
            otherwise!(Row(None));
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(|row| Row(Some(row)))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                skip_seq(seq).map(|()| Row(None))
            }
        }
        deserializer.deserialize_any(Rows(PhantomData))
    }
}

/// An object, or nothing where it is none.
pub(crate) fn optional_row<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    serde::Deserialize::deserialize(deserializer).map(|Row(row)| row)
}

/// A list of rows, of which one that is no object counts as a row of which nothing is known;
/// anything that is not a list is an empty one.
pub(crate) fn rows<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    struct List<T>(PhantomData<T>);
    impl<'de, T: DeserializeOwned + Default> Visitor<'de> for List<T> {
        type Value = Vec<T>;
        otherwise!(Vec::new());
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut rows = Vec::new();
            while let Some(Row(row)) = seq.next_element::<Row<T>>()? {
                rows.push(row.unwrap_or_default());
            }
            Ok(rows)
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            skip_map(map).map(|()| Vec::new())
        }
    }
    deserializer.deserialize_any(List(PhantomData))
}

/// Rows by key; anything that is not an object is an empty map.
pub(crate) fn keyed_rows<'de, D, T>(deserializer: D) -> Result<BTreeMap<BehaviorKey, T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    struct Keyed<T>(PhantomData<T>);
    impl<'de, T: DeserializeOwned + Default> Visitor<'de> for Keyed<T> {
        type Value = BTreeMap<BehaviorKey, T>;
        otherwise!(BTreeMap::new());
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut rows = BTreeMap::new();
            while let Some((key, Row(row))) = map.next_entry::<BehaviorKey, Row<T>>()? {
                rows.insert(key, row.unwrap_or_default());
            }
            Ok(rows)
        }
        fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
            skip_seq(seq).map(|()| BTreeMap::new())
        }
    }
    deserializer.deserialize_any(Keyed(PhantomData))
}
