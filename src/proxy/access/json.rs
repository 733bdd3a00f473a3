//! JSON for what decides who somebody is: an object, no key twice at any depth (RFC 8725 §2.4 has
//! parsers disagree on which one counts), at most [`DEPTH`] levels, nothing after it.

use std::{collections::BTreeMap, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// An object is one level.
const DEPTH: usize = 8;

pub(super) type Object = BTreeMap<String, Json>;

/// What claims and keys are made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Text(String),
    Integer(i64),
    List(Vec<Json>),
    Object(Object),
    /// Nothing that is ever asked for: `null`, `true`, `false`, fractions, large numbers.
    Other,
}

impl Json {
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// A list of texts and of nothing else.
    pub(super) fn texts(&self) -> Option<Vec<&str>> {
        if let Self::List(items) = self { items.iter().map(Self::text).collect() } else { None }
    }

    pub(super) fn object(&self) -> Option<&Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }
}

pub(super) fn parse(bytes: &[u8]) -> Option<Object> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Level(DEPTH).deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    if let Json::Object(object) = value { Some(object) } else { None }
}

/// How many levels may still be opened.
#[derive(Clone, Copy)]
struct Level(usize);

impl Level {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        self.0.checked_sub(1).map(Self).ok_or_else(|| E::custom("too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(i64::try_from(number).map_or(Json::Other, Json::Integer))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let level = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(level)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let level = self.deeper()?;
        let mut object = Object::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(level)?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a key twice"));
            }
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_read_as_it_is() {
        let text = r#"{"a":"x","b":-1,"c":[true,null,1.5,18446744073709551615],"d":{}}"#;
        let object = parse(text.as_bytes()).unwrap();
        assert_eq!(object["a"].text(), Some("x"));
        assert_eq!(object["b"], Json::Integer(-1));
        assert_eq!(object["c"], Json::List(vec![Json::Other; 4]));
        assert_eq!(object["d"].object(), Some(&Object::new()));
        assert_eq!(object["c"].texts(), None);
    }

    #[test]
    fn what_two_readers_could_read_differently_is_refused() {
        let deep = |levels| format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
        assert!(parse(deep(DEPTH).as_bytes()).is_some());
        let too_deep = deep(DEPTH + 1);
        for text in [
            "",
            "[]",
            "\"a\"",
            "{} {}",
            "{}x",
            "\u{feff}{}",
            "{\"a\":1,\"a\":1}",
            "{\"a\":1,\"\\u0061\":1}",
            "{\"x\":[{\"a\":1,\"a\":2}]}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":1e999}",
            "{'a':1}",
            "{\"a\":1,}",
            too_deep.as_str(),
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
        assert_eq!(parse(b"{\"a\":\"\xff\"}"), None);
    }
}
