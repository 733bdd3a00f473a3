//! Lines as CSV (RFC 4180), safe to open in a spreadsheet: a cell that a spreadsheet would take
//! for a formula gets an apostrophe in front
//! (<https://owasp.org/www-community/attacks/CSV_Injection>).

use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use csv::{Terminator, WriterBuilder};
use model::AuditEntry;

const HEADER: [&str; 16] = [
    "id",
    "at",
    "actor",
    "role",
    "operation",
    "target",
    "target_name",
    "reason",
    "batch",
    "state",
    "before",
    "after",
    "request_id",
    "cf_ray",
    "finished_at",
    "hash",
];

pub struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    pub fn new(output: W) -> io::Result<Self> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(output);
        writer.write_record(HEADER)?;
        Ok(Self(writer))
    }

    pub fn line(&mut self, line: &AuditEntry) -> io::Result<()> {
        let text = |text: &Option<String>| safe(text.as_deref().unwrap_or_default());
        let json = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
        let time = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Millis, true);
        self.0.write_record([
            line.id.to_string(),
            time(line.at),
            safe(&line.actor),
            line.role.to_string(),
            safe(&line.operation),
            text(&line.target),
            text(&line.target_name),
            text(&line.reason),
            text(&line.batch),
            line.state.to_string(),
            text(&json(&line.before)),
            text(&json(&line.after)),
            safe(&line.request_id),
            text(&line.cf_ray),
            line.finished_at.map(time).unwrap_or_default(),
            line.hash.clone(),
        ])?;
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn safe(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use model::{AuditState, Role};

    use super::*;

    #[test]
    fn b5_a_cell_is_never_a_formula_and_the_columns_are_the_fields() {
        let mut line = AuditEntry {
            id: 7,
            at: DateTime::UNIX_EPOCH,
            actor: "jane@acme.example".into(),
            role: Role::Admin,
            operation: "reset_user".into(),
            target: None,
            target_name: Some("=1+1".into()),
            reason: Some("a, \"b\"".into()),
            batch: None,
            state: AuditState::Succeeded,
            before: Some(serde_json::json!({"risk_level": "high"})),
            after: None,
            request_id: "r".into(),
            cf_ray: None,
            finished_at: None,
            hash: "00".into(),
        };
        let mut bytes = Vec::new();
        let mut csv = Csv::new(&mut bytes).unwrap();
        csv.line(&line).unwrap();
        csv.finish().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text.lines().nth(1).unwrap(),
            "7,1970-01-01T00:00:00.000Z,jane@acme.example,admin,reset_user,,'=1+1,\"a, \"\"b\"\"\",,\
             succeeded,\"{\"\"risk_level\"\":\"\"high\"\"}\",,r,,,00"
        );
        assert!(text.ends_with("\r\n"));

        line.reason = None;
        let fields = serde_json::to_value(&line).unwrap();
        let fields: Vec<&String> = fields.as_object().unwrap().keys().collect();
        assert!(HEADER.iter().all(|name| fields.iter().any(|field| field == name)));
        assert_eq!(fields.len(), HEADER.len());

        for odd in ["=x", "+x", "-x", "@x", "\tx", "\rx", "\0x"] {
            assert_eq!(safe(odd), format!("'{odd}"));
        }
        assert_eq!(safe("x=1"), "x=1");
    }
}
