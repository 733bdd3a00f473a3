//! Lines of the audit log as CSV.

use std::fmt::Display;

use super::AuditEntry;
use crate::csv::{self, time};

impl<J: Display> AuditEntry<J> {
    /// The names of the columns, as the first line of a file; it ends with its CRLF.
    pub const CSV_HEADER: &'static str = "id,at,actor,role,operation,target,target_name,reason,\
        batch,state,before,after,request_id,cf_ray,finished_at,hash\r\n";

    /// The line as CSV, with its CRLF.
    #[must_use]
    pub fn csv(&self) -> String {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let json = |json: &Option<J>| json.as_ref().map(J::to_string).unwrap_or_default();
        csv::line([
            self.id.to_string(),
            time(self.at),
            self.actor.clone(),
            self.role.to_string(),
            self.operation.clone(),
            text(&self.target),
            text(&self.target_name),
            text(&self.reason),
            text(&self.batch),
            self.state.to_string(),
            json(&self.before),
            json(&self.after),
            self.request_id.clone(),
            text(&self.cf_ray),
            self.finished_at.map(time).unwrap_or_default(),
            self.hash.clone(),
        ])
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::{Value, json};

    use super::*;
    use crate::{AuditState, Role};

    #[test]
    fn b5_a_cell_is_never_a_formula_and_the_columns_are_the_fields() {
        let line = AuditEntry {
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
            before: Some(json!({"risk_level": "high"})),
            after: None,
            request_id: "r".into(),
            cf_ray: None,
            finished_at: None,
            hash: "00".into(),
        };
        assert_eq!(
            line.csv(),
            "7,1970-01-01T00:00:00.000Z,jane@acme.example,admin,reset_user,,'=1+1,\"a, \"\"b\"\"\",,\
             succeeded,\"{\"\"risk_level\"\":\"\"high\"\"}\",,r,,,00\r\n"
        );

        let fields = serde_json::to_value(&line).unwrap();
        let fields: Vec<&String> = fields.as_object().unwrap().keys().collect();
        let header: Vec<_> = AuditEntry::<Value>::CSV_HEADER.trim_end().split(',').collect();
        assert!(header.iter().all(|name| fields.iter().any(|field| field == name)));
        assert_eq!(fields.len(), header.len());
    }
}
