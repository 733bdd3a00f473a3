//! What the export of the users says.

use columns::Column;

use super::{EMAIL, EVENTS, Explained, LAST_EVENT, LEVEL, NAME, number, people};
use crate::ui::plain::plain;

pub const EXPORT: &str = "Export";
pub const CSV: &str = "CSV";
pub const JSON: &str = "JSON";
pub const PRINT: &str = "Print";
pub const NOTE: &str = "Times are ISO 8601 in UTC. In CSV, a cell that a spreadsheet would take for a formula gets an apostrophe in front.";
pub const THE_EXPORT: &str = "the export";
pub const PROGRESS: &str = "People read";
pub const NOT_PRINTED: &str = "The browser did not print.";
pub const USER_ID: &str = "User ID";

pub fn title(total: usize) -> String {
    format!("Export {}", people(total as u64))
}

pub fn exported(total: usize) -> String {
    format!("{} exported", people(total as u64))
}

/// The browser could not keep what was written.
pub fn no_room() -> Explained {
    Explained {
        failed: "The browser could not write the file.".to_owned(),
        effect: Some("Nothing was exported."),
        advice: "Make room on this machine's disk, then export again.".to_owned(),
        ray: None,
    }
}

pub fn progress(done: usize, total: usize) -> String {
    format!("{} of {}", number(done as u64), number(total as u64))
}

/// What a list holds, in one line: `levels` as the filter names them, `period` in words.
pub fn filter(
    levels: &str,
    search: &str,
    period: &str,
    sorted: Column,
    descending: bool,
) -> String {
    let levels = match levels {
        "" => "Every level".to_owned(),
        levels => format!("Level {}", plain(&levels.replace(',', ", "))),
    };
    let search = match search {
        "" => String::new(),
        search => format!(" · matching “{}”", plain(search)),
    };
    let period = match period {
        "" => String::new(),
        period => format!(" · {period}"),
    };
    let column = match sorted {
        Column::Level => LEVEL,
        Column::Name => NAME,
        Column::Email => EMAIL,
        Column::EventCount => EVENTS,
        Column::LastEvent => LAST_EVENT,
    };
    let order = if descending { "descending" } else { "ascending" };
    format!("{levels}{search}{period} · sorted by {}, {order}", column.to_lowercase())
}

/// The line below a printed heading.
pub fn printed(total: usize, filter: &str, at: &str) -> String {
    format!("{} · {filter} · Printed {at}", people(total as u64))
}
