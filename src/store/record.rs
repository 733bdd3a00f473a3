//! A row of the log. An intent has no [`Record::intent`]; an outcome has that of its intent.

use crate::{chain::Hash, sql::Value};

/// The columns in the order of [`Record::content`], then the hash.
pub const COLUMNS: [&str; 16] = [
    "seq",
    "intent",
    "at",
    "actor",
    "role",
    "operation",
    "target",
    "target_name",
    "reason",
    "batch",
    "state",
    "\"before\"",
    "\"after\"",
    "request_id",
    "cf_ray",
    "hash",
];

/// A row, as it stands in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// 1, 2, 3 …: without gaps.
    pub seq: u64,
    pub intent: Option<u64>,
    /// Milliseconds since 1970.
    pub at: i64,
    pub actor: Option<String>,
    pub role: Option<String>,
    pub operation: Option<String>,
    pub target: Option<String>,
    pub target_name: Option<String>,
    pub reason: Option<String>,
    pub batch: Option<String>,
    pub state: Option<String>,
    /// JSON as written: the hash is over the text.
    pub before: Option<String>,
    pub after: Option<String>,
    pub request_id: Option<String>,
    pub cf_ray: Option<String>,
    pub hash: Hash,
}

/// A row that Riskdesk can't have written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("record {seq} can't be read: {column}")]
pub struct Corrupt {
    pub seq: u64,
    pub column: &'static str,
}

impl Record {
    /// All that the hash is over.
    #[must_use]
    pub fn content(&self) -> [Value; 15] {
        [
            self.seq.into(),
            self.intent.map_or(Value::Null, Value::from),
            Value::Integer(self.at),
            self.actor.clone().into(),
            self.role.clone().into(),
            self.operation.clone().into(),
            self.target.clone().into(),
            self.target_name.clone().into(),
            self.reason.clone().into(),
            self.batch.clone().into(),
            self.state.clone().into(),
            self.before.clone().into(),
            self.after.clone().into(),
            self.request_id.clone().into(),
            self.cf_ray.clone().into(),
        ]
    }

    /// A row back from the database, its columns in the order of [`COLUMNS`].
    ///
    /// # Errors
    /// [`Corrupt`], where a column holds what it can't.
    pub fn from_row(row: &[Value]) -> Result<Self, Corrupt> {
        let mut cells = Cells { row, next: 0, seq: 0 };
        let seq = cells.number()?.ok_or(cells.corrupt())?;
        cells.seq = seq;
        let intent = cells.number()?;
        let at = cells.integer()?.ok_or(cells.corrupt())?;
        let [actor, role, operation, target, target_name, reason, batch, state] = cells.texts()?;
        let [before, after, request_id, cf_ray, hash] = cells.texts()?;
        let hash = hash.and_then(|hash| hash.parse().ok()).ok_or(cells.corrupt())?;
        Ok(Self {
            seq,
            intent,
            at,
            actor,
            role,
            operation,
            target,
            target_name,
            reason,
            batch,
            state,
            before,
            after,
            request_id,
            cf_ray,
            hash,
        })
    }
}

/// A row, read from left to right.
struct Cells<'a> {
    row: &'a [Value],
    next: usize,
    seq: u64,
}

impl Cells<'_> {
    fn cell(&mut self) -> Result<&Value, Corrupt> {
        self.next += 1;
        self.row.get(self.next - 1).ok_or(self.corrupt())
    }

    fn integer(&mut self) -> Result<Option<i64>, Corrupt> {
        match self.cell()? {
            Value::Null => Ok(None),
            Value::Integer(number) => Ok(Some(*number)),
            Value::Text(_) => Err(self.corrupt()),
        }
    }

    fn number(&mut self) -> Result<Option<u64>, Corrupt> {
        let number = self.integer()?;
        number.map(|number| u64::try_from(number).map_err(|_| self.corrupt())).transpose()
    }

    fn texts<const N: usize>(&mut self) -> Result<[Option<String>; N], Corrupt> {
        let mut texts = [const { None }; N];
        for text in &mut texts {
            *text = match self.cell()? {
                Value::Null => None,
                Value::Text(text) => Some(text.clone()),
                Value::Integer(_) => return Err(self.corrupt()),
            };
        }
        Ok(texts)
    }

    /// The cell read last is at fault.
    fn corrupt(&self) -> Corrupt {
        let column = COLUMNS.get(self.next.saturating_sub(1)).unwrap_or(&"its columns");
        Corrupt { seq: self.seq, column }
    }
}
