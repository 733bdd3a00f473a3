//! The menu of how the table looks, and what is new in it.

pub const VIEW: &str = "View";
pub const COLUMNS: &str = "Columns";
pub const ROWS: &str = "Row height";
pub const COMFORTABLE: &str = "Comfortable";
pub const COMPACT: &str = "Compact";
pub const TIMES: &str = "Times";
pub const RELATIVE: &str = "Relative";
pub const ABSOLUTE: &str = "Date and time";
pub const ZONE: &str = "Time zone";
pub const LOCAL: &str = "Local";
pub const UTC: &str = "UTC";
pub const SAVED: &str = "Saved views";
pub const SAVED_NOTE: &str =
    "Search, filter, order and looks, kept in this browser. A link shares all but the looks.";
pub const NAME: &str = "Name of the view";
pub const SAVE: &str = "Save view";
pub const COPY_LINK: &str = "Copy link";
pub const AS_IT_WAS: &str = "Back to the default";

pub fn up(column: &str) -> String {
    format!("Move {column} up")
}

pub fn down(column: &str) -> String {
    format!("Move {column} down")
}

pub fn delete(view: &str) -> String {
    format!("Delete {view}")
}

pub fn saved(view: &str) -> String {
    format!("View {view} saved")
}

/// Takes the filter by the last event away.
pub const ANY_TIME: &str = "Any time";

/// The filter by the last event.
pub fn period(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("Last event {from} – {to}"),
        (Some(from), None) => format!("Last event since {from}"),
        (None, Some(to)) => format!("Last event before {to}"),
        (None, None) => String::new(),
    }
}

/// The same, for one day.
pub fn on(day: &str) -> String {
    format!("Last event on {day}")
}

/// Shows what a read by itself has found.
pub fn show(new: usize) -> String {
    match new {
        0 => "Changed: show".to_owned(),
        new => format!("{} new: show", super::number(new as u64)),
    }
}
