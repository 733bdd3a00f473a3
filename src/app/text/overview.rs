//! What the overview says of how the account is set.

pub const BEHAVIORS_NOT_READ: &str = "The behaviors could not be read";
pub const INTEGRATIONS_NOT_READ: &str = "The integrations could not be read";

/// How many integrations are told of changes, of how many.
pub fn integrations_active(active: usize, all: usize) -> String {
    match (active, all) {
        (_, 0) => "No integrations: Okta is told of nothing".to_owned(),
        (active, all) if active == all => format!("All integrations are active ({all})"),
        (active, all) => format!("{} of {all} integrations paused", all - active),
    }
}

#[cfg(test)]
mod tests {
    use super::integrations_active;

    #[test]
    fn a_pause_shows_and_so_does_that_there_are_none() {
        assert_eq!(integrations_active(0, 0), "No integrations: Okta is told of nothing");
        assert_eq!(integrations_active(2, 2), "All integrations are active (2)");
        assert_eq!(integrations_active(1, 2), "1 of 2 integrations paused");
    }
}
