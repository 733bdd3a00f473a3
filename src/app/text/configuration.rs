//! What the export of the configuration and its comparison with a file say.

use super::count;
use crate::ui::plain::plain;

pub const EXPORT: &str = "Export";
pub const COMPARE: &str = "Compare";
pub const EXPORT_TITLE: &str = "Export configuration";
pub const COMPARE_TITLE: &str = "Compare with a file";
pub const EXPORT_NOTE: &str = "Behaviors and integrations as they are now. As Terraform for the provider cloudflare/cloudflare 5, with import blocks for integrations; the provider can't import behaviors. As JSON with Cloudflare's names.";
pub const COMPARE_NOTE: &str = "A file that was exported here, as Terraform or as JSON. It is read in this browser and sent nowhere.";
pub const TERRAFORM: &str = "Terraform";
pub const JSON: &str = "JSON";
pub const FILE: &str = "File";
pub const SAVED: &str = "Configuration exported";
pub const TOO_LARGE: &str = "The file is larger than 1 MB. A configuration is not.";
pub const NOT_READ: &str = "The browser could not read the file.";
pub const NO_DRIFT: &str = "No drift: what the file says is what holds.";
pub const OTHER_ACCOUNT: &str = "The file is of another account.";
pub const NO_SUCH_BEHAVIOR: &str = "Cloudflare has no behavior with this key.";
pub const ABSENT: &str = "not there";
pub const IN_FILE: &str = "in the file";
pub const AT_INTEGRATION: &str = "Change it on its page";
pub const NEW_INTEGRATION: &str = "Create it";

pub fn unreadable(line: usize, problem: &str) -> String {
    format!("The file can't be read. Line {line}: {}. Nothing changed.", plain(problem))
}

pub fn drifted(number: usize) -> String {
    format!("{} from the file. Before: as it is now. After: as the file says.", differences(number))
}

fn differences(number: usize) -> String {
    count(number as u64, "difference", "differences")
}

pub fn stage(number: usize) -> String {
    format!("Stage {}", count(number as u64, "change", "changes"))
}

pub fn staged(number: usize) -> String {
    format!("{} staged, not saved yet", count(number as u64, "change", "changes"))
}

/// What the file does not name, which stays as it is.
pub fn unnamed(behaviors: usize, integrations: usize) -> Option<String> {
    let behaviors = (behaviors > 0).then(|| count(behaviors as u64, "behavior", "behaviors"));
    let integrations =
        (integrations > 0).then(|| count(integrations as u64, "integration", "integrations"));
    let both = behaviors.into_iter().chain(integrations).collect::<Vec<_>>().join(" and ");
    (!both.is_empty()).then(|| format!("Not in the file, and staying as it is: {both}."))
}

/// A behavior that can't be written down.
pub fn left_out(number: usize) -> String {
    format!(
        "{} without one of the three levels can't be written and {} left out.",
        count(number as u64, "behavior", "behaviors"),
        if number == 1 { "is" } else { "are" }
    )
}
