//! What a change changed, field by field, from JSON of no fixed shape.

use model::{EventDetails, Shape};

/// A value that has no fields of its own, and the names on the way to it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Leaf {
    pub path: Vec<String>,
    pub value: EventDetails,
}

/// A field that differs; a side that says nothing of it is nothing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Difference {
    pub path: Vec<String>,
    pub before: Option<EventDetails>,
    pub after: Option<EventDetails>,
}

/// All leaves, in their order.
pub(super) fn leaves(json: &EventDetails) -> Vec<Leaf> {
    let mut found = Vec::new();
    collect(Vec::new(), json.clone(), &mut found);
    found
}

fn collect(path: Vec<String>, value: EventDetails, found: &mut Vec<Leaf>) {
    match value.shape() {
        Shape::Object(entries) => {
            for (key, value) in entries {
                collect([path.as_slice(), &[key]].concat(), value, found);
            }
        }
        _ => found.push(Leaf { path, value }),
    }
}

/// The fields that a change was about and that differ. What was asked for may be a part of what
/// was there: the rest stays as it is. Without it, all that was there goes.
pub(super) fn differences(
    before: Option<&EventDetails>,
    after: Option<&EventDetails>,
) -> Vec<Difference> {
    let before = before.map(leaves).unwrap_or_default();
    let Some(after) = after else {
        let gone = |Leaf { path, value }| Difference { path, before: Some(value), after: None };
        return before.into_iter().map(gone).collect();
    };
    let difference = |Leaf { path, value }: Leaf| {
        let before = before.iter().find(|leaf| leaf.path == path).map(|leaf| leaf.value.clone());
        let differs = before.as_ref() != Some(&value);
        differs.then_some(Difference { path, before, after: Some(value) })
    };
    leaves(after).into_iter().filter_map(difference).collect()
}

/// Whether all that was asked for is there `now`, in one item where there are several.
pub(super) fn is_there(asked: &EventDetails, now: &EventDetails) -> bool {
    if let Shape::Array(items) = now.shape() {
        return items.iter().any(|item| is_there(asked, item));
    }
    let now = leaves(now);
    // Nothing was asked of a field that is null; and an answer may wrap what a request does not.
    let mut asked = leaves(asked).into_iter().filter(|leaf| leaf.value.text() != "null");
    asked.all(|asked| {
        now.iter().any(|leaf| leaf.path.ends_with(&asked.path) && leaf.value == asked.value)
    })
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn json(text: &str) -> EventDetails {
        serde_json::from_str(text).unwrap()
    }

    #[wasm_bindgen_test]
    fn only_what_was_asked_for_and_differs_is_a_difference() {
        let before = json(r#"{"a":{"enabled":true,"risk_level":"high"},"url":"x"}"#);
        let after = json(r#"{"a":{"enabled":true,"risk_level":"low"}}"#);
        let found = differences(Some(&before), Some(&after));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, ["a", "risk_level"]);
        assert_eq!(found[0].before.as_ref().unwrap().text(), r#""high""#);
        assert_eq!(found[0].after.as_ref().unwrap().text(), r#""low""#);
        assert_eq!(differences(Some(&before), None).len(), 3);
        assert_eq!(differences(None, Some(&after)).len(), 2);
        assert!(differences(None, None).is_empty());
    }

    #[wasm_bindgen_test]
    fn what_was_asked_for_is_found_in_an_answer() {
        let behaviors =
            json(r#"{"behaviors":{"a":{"enabled":true,"risk_level":"low","name":"A"}}}"#);
        assert!(is_there(&json(r#"{"a":{"enabled":true,"risk_level":"low"}}"#), &behaviors));
        assert!(!is_there(&json(r#"{"a":{"enabled":true,"risk_level":"high"}}"#), &behaviors));
        let list = json(r#"[{"tenant_url":"x","id":"1"},{"tenant_url":"y","id":"2"}]"#);
        assert!(is_there(&json(r#"{"tenant_url":"y","reference_id":null}"#), &list));
        assert!(!is_there(&json(r#"{"tenant_url":"y","id":"1"}"#), &list));
    }
}
