//! The answer without its people: all of the envelope, and where in it the list stands.

use std::{fmt, ops::Range};

use model::{ResultInfo, envelope::result_info};
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Unreadable;

/// More than any envelope has around its list.
const MAX: usize = 8 << 20;

/// Takes the answer in as it comes and finds the list at `result.users`. Whether what stands
/// around the list is JSON is seen at the end, when it is read as such.
#[derive(Debug, Default)]
pub(super) struct Outline {
    text: Vec<u8>,
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// The latest text, quotes and all: before a colon it is the key.
    latest: Range<usize>,
    in_result: bool,
    at_users: bool,
}

/// What came of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// All were taken, and the list has not begun.
    All,
    /// The list begins after so many.
    List(usize),
}

impl Outline {
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<Taken, Unreadable> {
        for (index, &byte) in bytes.iter().enumerate() {
            self.text.push(byte);
            if self.in_string {
                self.string(byte);
                continue;
            }
            match byte {
                b'"' => {
                    self.in_string = true;
                    self.latest.start = self.text.len() - 1;
                }
                b'[' if self.depth == 2 && self.at_users => {
                    self.depth += 1;
                    self.at_users = false;
                    return Ok(Taken::List(index + 1));
                }
                b'{' | b'[' => {
                    self.depth += 1;
                    self.at_users = false;
                }
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.at_users = false;
                }
                b':' if self.depth == 1 => self.in_result = self.key_is("result"),
                b':' if self.depth == 2 => self.at_users = self.in_result && self.key_is("users"),
                b',' if self.depth == 1 => self.in_result = false,
                b',' => self.at_users = false,
                _ => {}
            }
        }
        if self.text.len() > MAX { Err(Unreadable::TooLong) } else { Ok(Taken::All) }
    }

    fn string(&mut self, byte: u8) {
        if self.escaped {
            self.escaped = false;
        } else if byte == b'\\' {
            self.escaped = true;
        } else if byte == b'"' {
            self.in_string = false;
            self.latest.end = self.text.len();
        }
    }

    /// Whether the latest text says `key`, however it is escaped.
    fn key_is(&self, key: &str) -> bool {
        let text = self.text.get(self.latest.clone()).unwrap_or_default();
        serde_json::from_slice::<String>(text).is_ok_and(|text| text == key)
    }

    /// The list has ended.
    pub(super) fn close_list(&mut self) {
        self.text.push(b']');
        self.depth -= 1;
    }

    /// Reads the envelope: what it says of further pages, if it tells of a success.
    pub(super) fn read(self) -> Result<Option<ResultInfo>, Unreadable> {
        let envelope: Envelope = serde_json::from_slice(&self.text)
            .map_err(|error| Unreadable::Envelope { detail: error.to_string() })?;
        if envelope.success {
            Ok(envelope.result_info)
        } else {
            Err(Unreadable::Failure { answer: self.text })
        }
    }
}

/// As much of `model::Envelope` as a list of people needs: what a failure says is read by whoever
/// explains it.
#[derive(serde::Deserialize)]
struct Envelope {
    success: bool,
    #[serde(default)]
    #[expect(dead_code, reason = "it must be what it should be, and is empty by now")]
    result: Option<Around>,
    #[serde(default, deserialize_with = "result_info")]
    result_info: Option<ResultInfo>,
}

/// The result without the people that were taken out of it. A list of nothing is no people, as
/// some servers write an empty object.
struct Around;

/// What stands in the place of the list. People who are still in it would be lost.
struct TakenOut;

impl<'de> Deserialize<'de> for Around {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Around;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a list of users")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Around, A::Error> {
                let mut lists = 0;
                while let Some(key) = map.next_key::<String>()? {
                    if key == "users" {
                        map.next_value::<TakenOut>()?;
                        lists += 1;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                if lists > 1 { Err(A::Error::duplicate_field("users")) } else { Ok(Around) }
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Around, A::Error> {
                empty(seq).map(|()| Around)
            }
        }
        deserializer.deserialize_any(Object)
    }
}

impl<'de> Deserialize<'de> for TakenOut {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = TakenOut;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_str<E>(self, _: &str) -> Result<TakenOut, E> {
                Ok(TakenOut)
            }
            fn visit_u64<E>(self, _: u64) -> Result<TakenOut, E> {
                Ok(TakenOut)
            }
            fn visit_i64<E>(self, _: i64) -> Result<TakenOut, E> {
                Ok(TakenOut)
            }
            fn visit_f64<E>(self, _: f64) -> Result<TakenOut, E> {
                Ok(TakenOut)
            }
            fn visit_bool<E>(self, _: bool) -> Result<TakenOut, E> {
                Ok(TakenOut)
            }
            fn visit_unit<E>(self) -> Result<TakenOut, E> {
                Ok(TakenOut)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<TakenOut, A::Error> {
                empty(seq).map(|()| TakenOut)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TakenOut, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(TakenOut)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

fn empty<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<(), A::Error> {
    match seq.next_element::<IgnoredAny>()? {
        None => Ok(()),
        Some(_) => Err(A::Error::custom("a list in a place where no list of people belongs")),
    }
}
