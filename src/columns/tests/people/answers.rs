//! Answers as a vendor may send them: well-formed JSON, whatever is in it.

use proptest::{collection::vec, prelude::*, sample::select};

/// Texts in which searches find something, and those that make trouble.
pub fn text() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "ann",
        "Ann",
        "ÄNNE",
        "bo",
        "Σίσυφος",
        "ΟΔΟΣ",
        "İ",
        "ß",
        "ﬁ",
        "佐藤",
        "زينب",
        " ",
        "\n",
        "\u{1f}",
        "\u{0}",
        "\"",
        "\\",
        "\u{301}",
        "😀",
        "a",
        "de",
        "-",
        "0",
        "@acme.example",
        "x.y@z",
    ]);
    vec(pieces, 0..5).prop_map(|pieces| pieces.concat())
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// The same text with every character escaped.
fn escaped(text: &str) -> String {
    let units = text.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
    format!("\"{}\"", units.collect::<String>())
}

fn odd() -> impl Strategy<Value = String> {
    select(vec![
        "null",
        "true",
        "-1",
        "-0",
        "1.5",
        "7",
        "3e2",
        "18446744073709551614",
        "18446744073709551616",
        "9007199254740992.0",
        "[]",
        "[[{\"a\":[1]}], 2]",
        "{}",
        "{ \"user_id\" : \"x\", \"deep\": [{}] }",
        "\"\"",
        "\"17\"",
        "\"]}\\\",\"",
    ])
    .prop_map(str::to_owned)
}

fn value(usual: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = String> {
    prop_oneof![6 => usual, 1 => odd()]
}

fn person() -> impl Strategy<Value = String> {
    let any_text =
        || value(prop_oneof![text().prop_map(|t| json(&t)), text().prop_map(|t| escaped(&t))]);
    let id = select(vec![
        "\"00000000-0000-4000-8000-00000000000a\"",
        "\"DEADBEEF-0000-4000-8000-000000000002\"",
        "\"deadbeef000040008000000000000003\"",
        "\"none\"",
    ]);
    let time = select(vec![
        "\"2026-11-01T00:00:00Z\"",
        "\"2026-11-01T00:00:00.5Z\"",
        "\"2026-11-01T02:00:00+02:00\"",
        "\"1969-12-31T23:59:59.1234567Z\"",
        "\"yesterday\"",
    ]);
    let level = select(vec![
        "\"low\"",
        "\"medium\"",
        "\"high\"",
        "\"High\"",
        "\"critical\"",
        "\"unscored\"",
        "null",
    ]);
    let fields = vec![
        value(id.prop_map(str::to_owned)).prop_map(|v| ("user_id", v)).boxed(),
        any_text().prop_map(|v| ("name", v)).boxed(),
        any_text().prop_map(|v| ("email", v)).boxed(),
        value(level.prop_map(str::to_owned)).prop_map(|v| ("max_risk_level", v)).boxed(),
        value((0_u64..4).prop_map(|n| n.to_string())).prop_map(|v| ("event_count", v)).boxed(),
        value(time.prop_map(str::to_owned)).prop_map(|v| ("last_event", v)).boxed(),
        odd().prop_map(|v| ("something_new", v)).boxed(),
    ];
    let some = (fields, vec(any::<bool>(), 7), space());
    some.prop_map(|(fields, there, space)| {
        let fields = fields.iter().zip(there).filter(|(_, there)| *there);
        let fields: Vec<String> =
            fields.map(|((key, value), _)| format!("\"{key}\"{space}:{value}")).collect();
        format!("{{{space}{}{space}}}", fields.join(","))
    })
}

fn space() -> impl Strategy<Value = &'static str> {
    select(vec!["", "", " ", "\n\t\r "])
}

pub fn people() -> impl Strategy<Value = Vec<String>> {
    vec(prop_oneof![9 => person(), 1 => odd()], 0..40)
}

/// A whole answer around people: its parts in any order, with others between them.
pub fn answer() -> impl Strategy<Value = String> {
    let users = (people(), space()).prop_map(|(people, space)| {
        format!("[{space}{}{space}]", people.join(&format!("{space},{space}")))
    });
    let users = prop_oneof![9 => users, 1 => odd()];
    let key = select(vec!["\"users\"", "\"users\"", "\"us\\u0065rs\""]);
    let result =
        (users, key, odd(), any::<bool>(), space()).prop_map(|(users, key, odd, before, space)| {
            let users = format!("{key}{space}:{space}{users}");
            let other = format!("\"other\":{odd},\"nested\":{{\"users\":[1,2]}}");
            let parts = if before { [other, users] } else { [users, other] };
            format!("{{{space}{}{space}}}", parts.join(","))
        });
    let result =
        prop_oneof![12 => result, 1 => select(vec!["null", "{}", "[]"]).prop_map(str::to_owned)];
    let parts = (result, odd(), odd()).prop_map(|(result, errors, unknown)| {
        vec![
            "\"success\":true".to_owned(),
            format!("\"result\" : {result}"),
            format!("\"errors\":{errors}"),
            format!("\"users\":[{{\"result\":{{\"users\":[{unknown}]}}}}]"),
        ]
    });
    (parts.prop_shuffle(), space())
        .prop_map(|(parts, space)| format!("{space}{{{space}{}{space}}}{space}", parts.join(",")))
}
