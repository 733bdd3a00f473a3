//! What the vendor says about an event: any JSON at all.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor},
};
use serde_json::{Value, value::RawValue};

/// An event's details, kept as the text that came, so that nothing of it is lost (long numbers,
/// the order of keys) and nothing is parsed before it is looked at.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventDetails(Box<RawValue>);

/// One layer of the JSON; what lies below is parsed when it is asked for its own shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Keys in the order that came, repeated ones as well.
    Object(Vec<(String, EventDetails)>),
    Array(Vec<EventDetails>),
    Text(String),
    /// A number, `true`, `false` or `null`, to the letter.
    Plain(String),
}

impl EventDetails {
    /// The JSON text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// The outermost layer.
    #[must_use]
    pub fn shape(&self) -> Shape {
        let text = self.text().trim_start();
        // A raw value is valid JSON, so each of these reads; the rest is a scalar.
        let read = match text.as_bytes().first() {
            Some(b'{') => serde_json::from_str(text).ok().map(|Entries(all)| Shape::Object(all)),
            Some(b'[') => serde_json::from_str(text).ok().map(Shape::Array),
            Some(b'"') => serde_json::from_str(text).ok().map(Shape::Text),
            _ => None,
        };
        read.unwrap_or_else(|| Shape::Plain(text.trim_end().to_owned()))
    }
}

impl PartialEq for EventDetails {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl fmt::Display for EventDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl From<&Value> for EventDetails {
    fn from(value: &Value) -> Self {
        let text = value.to_string();
        Self(RawValue::from_string(text).unwrap_or_else(|_| RawValue::NULL.to_owned()))
    }
}

/// An object's entries in their order.
struct Entries(Vec<(String, EventDetails)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(text: &str) -> EventDetails {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn nothing_of_the_text_is_lost() {
        let text =
            r#"{"z":1,"a":123456789012345678901234567890,"z":[true,null,"x"],"__proto__":{}}"#;
        assert_eq!(details(text).text(), text);
        let Shape::Object(entries) = details(text).shape() else { panic!("an object") };
        let keys: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["z", "a", "z", "__proto__"]);
        assert_eq!(entries[1].1.shape(), Shape::Plain("123456789012345678901234567890".into()));
        let Shape::Array(items) = entries[2].1.shape() else { panic!("an array") };
        assert_eq!(items[2].shape(), Shape::Text("x".into()));
    }

    #[test]
    fn depth_is_no_obstacle() {
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let raw = RawValue::from_string(deep);
        // Layer by layer, so that no recursion limit is met before the person gives up.
        if let Ok(raw) = raw {
            assert!(matches!(EventDetails(raw).shape(), Shape::Array(_)));
        }
    }
}
