//! Triage mode.

pub const TRIAGE: &str = "Triage";
pub const SKIP: &str = "Skip";
pub const NOTE: &str = "Note";
pub const END: &str = "End triage";
pub const END_TITLE: &str = "End triage?";
pub const GO_ON: &str = "Go on";
pub const SAVE_NOTES: &str = "Save as CSV";
pub const BACK_TO_LIST: &str = "Back to the list";
pub const SAVE_NOTE: &str = "Keep note";
pub const NOTE_HINT: &str =
    "Kept in this tab until triage ends, and saved with the file. Not sent to Cloudflare.";
pub const LOOKING: &str = "Looking for the place in the list …";
pub const LAST: &str = "That was the last one.";
pub const FILE: &str = "riskdesk-triage.csv";
pub const SAVED: &str = "Triage saved";

/// What was done with a person, in the file.
pub const RESET: &str = "reset";
pub const SKIPPED: &str = "skipped";
pub const SEEN: &str = "seen";

/// "3 of 41"; who is no longer in the list has no place in it.
pub fn place(at: Option<usize>, total: usize) -> String {
    let total = super::number(total as u64);
    match at {
        Some(at) => format!("{} of {total}", super::number(at as u64)),
        None => format!("No longer in the list · {total} left"),
    }
}

pub fn note_title(name: &str) -> String {
    format!("Note on {name}")
}

/// What was done so far.
pub fn sum(seen: usize, reset: usize, skipped: usize, notes: usize) -> String {
    let people = super::people(seen as u64);
    let notes = super::count(notes as u64, "note", "notes");
    format!("{people} seen: {reset} reset, {skipped} skipped. {notes}.")
}
