//! Statements as data: text with a `?` for each parameter, in order.

/// What stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Null,
    Integer(i64),
    Text(String),
}

/// A statement, ready for any driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub sql: String,
    pub parameters: Vec<Value>,
}

impl Statement {
    /// A statement without parameters.
    #[must_use]
    pub fn plain(sql: impl Into<String>) -> Self {
        Self::new(sql, Vec::new())
    }

    pub(crate) fn new(sql: impl Into<String>, parameters: Vec<Value>) -> Self {
        Self { sql: sql.into(), parameters }
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

impl From<u64> for Value {
    /// A row's number: SQLite's own end where Rust's would begin to differ.
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
