//! The outcomes of many resets as CSV.

use super::Bulk;
use crate::csv;

impl Bulk {
    /// The names of the columns, as the first line of the file; it ends with its CRLF.
    pub const CSV_HEADER: &'static str = "user_id,name,level_before,outcome,note,batch,reason\r\n";

    /// The whole file, a line a person.
    #[must_use]
    pub fn csv(&self) -> String {
        let people = self.plan.people.iter().enumerate();
        let lines = people.map(|(place, person)| {
            let (step, why) = self.step(place);
            csv::line([
                person.id.to_string(),
                person.name.clone(),
                person.level.as_ref().map(|level| level.as_str().to_owned()).unwrap_or_default(),
                step.as_str().to_owned(),
                why.to_owned(),
                self.plan.batch.to_string(),
                self.plan.reason.clone(),
            ])
        });
        Self::CSV_HEADER.to_owned() + &lines.collect::<String>()
    }
}
