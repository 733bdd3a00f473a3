//! D1, as the store's statements need it.

use js_sys::Array;
use store::{Corrupt, Statement, Value, migrations};
use wasm_bindgen::JsValue;
use worker::{D1Database, D1PreparedStatement, Env};

/// The binding.
const BINDING: &str = "DATABASE";

/// The largest number that JavaScript tells from the next (ECMA-262 §21.1.2.6).
const LARGEST: f64 = 9_007_199_254_740_991.0;

#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error("{0}")]
    D1(#[from] worker::Error),
    #[error("{0}")]
    Newer(#[from] migrations::Newer),
    #[error("{0}. `riskdesk audit verify` tells more")]
    Corrupt(#[from] Corrupt),
    #[error("the ledger has stopped")]
    Stopped,
}

impl DatabaseError {
    /// Whether another writer was first.
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::D1(error) if error.to_string().contains(store::audit::TAKEN))
    }
}

pub struct Database(D1Database);

impl Database {
    pub fn of(env: &Env) -> worker::Result<Self> {
        env.d1(BINDING).map(Self)
    }

    /// Runs statements in one transaction: all of them or none.
    pub async fn execute(&self, statements: &[Statement]) -> Result<(), DatabaseError> {
        let prepared = statements.iter().map(|statement| self.prepared(statement));
        self.0.batch(prepared.collect::<Result<_, _>>()?).await?;
        Ok(())
    }

    /// The rows that a statement gives.
    pub async fn rows(&self, statement: &Statement) -> Result<Vec<Vec<Value>>, DatabaseError> {
        let rows = self.prepared(statement)?.raw_js_value().await?;
        let cells = |row: &JsValue| Array::from(row).iter().map(|cell| value(&cell)).collect();
        Ok(rows.iter().map(cells).collect())
    }

    fn prepared(&self, statement: &Statement) -> Result<D1PreparedStatement, DatabaseError> {
        let prepared = self.0.prepare(statement.sql.as_str());
        if statement.parameters.is_empty() {
            return Ok(prepared);
        }
        let parameters: Vec<JsValue> = statement.parameters.iter().map(parameter).collect();
        Ok(prepared.bind(&parameters)?)
    }
}

fn parameter(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        // A record's number or a time in milliseconds.
        Value::Integer(number) => JsValue::from_f64(*number as f64),
        Value::Text(text) => JsValue::from_str(text),
    }
}

/// What a column holds; the tables are strict, so numbers are whole and nothing is a blob.
fn value(cell: &JsValue) -> Value {
    if let Some(text) = cell.as_string() {
        Value::Text(text)
    } else if let Some(number) = cell.as_f64().filter(|number| number.abs() <= LARGEST) {
        Value::Integer(number as i64)
    } else {
        Value::Null
    }
}
