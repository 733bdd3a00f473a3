//! The palette and the sheet of keys.

pub const GO_TO: &str = "Go to …";
pub const GO_TO_HINT: &str = "Page, person or command";
pub const GO_TO_PAGES: &str = "Pages";
pub const GO_TO_PEOPLE: &str = "People";
pub const GO_TO_COMMANDS: &str = "Commands";
pub const GO_TO_NOTHING: &str = "Nothing found";
pub const GO_TO_WAITS: &str = "Looking for people …";

pub fn go_to_found(found: usize) -> String {
    super::count(found as u64, "result", "results")
}

pub fn all_who_match(typed: &str) -> String {
    format!("Everyone who matches “{typed}”")
}

pub fn use_theme(theme: &str) -> String {
    match theme {
        "system" => "Theme as the system has it".to_owned(),
        other => format!("Theme: {other}"),
    }
}

pub fn use_density(compact: bool) -> &'static str {
    if compact { "Rows: compact" } else { "Rows: comfortable" }
}

pub const KEYS: &str = "Keys";
pub const SINGLE_KEYS: &str = "Single keys";
pub const SINGLE_KEYS_NOTE: &str =
    "Off, only keys with Ctrl or Cmd act. Keys never act while you type or a dialog is open.";

/// Keys and what they do.
type Lines = &'static [(&'static str, &'static str)];

pub const KEY_GROUPS: [(&str, Lines); 5] = [
    (
        "Anywhere",
        &[
            ("Ctrl K", "Find a page, a person or a command; Cmd K on a Mac"),
            ("?", "This sheet"),
            ("R", "Reset risk of everyone who is selected"),
            ("g o", "Overview"),
            ("g u", "Users"),
            ("g b", "Behaviors"),
            ("g i", "Integrations"),
            ("g a", "Audit log, for admins"),
        ],
    ),
    (
        "Overview",
        &[
            ("j, k", "Next and previous incident"),
            ("x", "Select or deselect the incident's people"),
            ("e", "Export the incident as CSV"),
            ("l", "Look closer, or stop reading"),
        ],
    ),
    (
        "List of users",
        &[
            ("/", "Search"),
            ("j, k", "Next and previous row"),
            ("Enter", "Open the user of the row"),
            ("x", "Select or deselect the row's user"),
            ("r", "Reset risk of the row's user"),
            ("t", "Triage from the row on"),
            ("e", "Export"),
        ],
    ),
    ("A user", &[("r", "Reset risk")]),
    ("Triage", &[("n, j", "Next user"), ("k", "Previous user"), ("s", "Skip"), ("m", "Note")]),
];
