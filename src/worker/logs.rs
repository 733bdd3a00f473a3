//! Logs go to the console, which Workers keeps and streams: a JSON object a line, with the fields
//! that the native host's lines have. docs/operations.md lists them.

use chrono::SecondsFormat;
use serde_json::{Map, Value, json};
use worker::{console_error, console_log, console_warn};

use crate::clock;

/// Logs what went as it should.
pub fn info(message: &str, fields: Value) {
    console_log!("{}", line("INFO", message, fields));
}

pub fn warn(message: &str, fields: Value) {
    console_warn!("{}", line("WARN", message, fields));
}

pub fn error(message: &str, fields: Value) {
    console_error!("{}", line("ERROR", message, fields));
}

fn line(level: &str, message: &str, fields: Value) -> Value {
    let mut line = Map::new();
    let at = clock::now().to_rfc3339_opts(SecondsFormat::Micros, true);
    line.insert("timestamp".to_owned(), json!(at));
    line.insert("level".to_owned(), json!(level));
    line.insert("message".to_owned(), json!(message));
    if let Value::Object(fields) = fields {
        // A field without a value is left out, as in the native host's lines.
        line.extend(fields.into_iter().filter(|(_, value)| !value.is_null()));
    }
    Value::Object(line)
}
