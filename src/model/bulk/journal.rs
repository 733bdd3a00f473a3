//! What is kept of many resets so that another page can go on with them: the plan once, and how far
//! each has come with every step, in a letter a person.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::{Bulk, Plan, Step};

#[derive(Serialize, Deserialize)]
struct Progress {
    batch: crate::BatchId,
    steps: String,
    why: BTreeMap<usize, String>,
}

const fn letter(step: Step) -> char {
    match step {
        Step::Waiting => 'w',
        Step::Sent => 's',
        Step::Reset => 'r',
        Step::Failed => 'f',
        Step::Unknown => 'u',
        Step::Left => 'l',
    }
}

impl Bulk {
    /// The plan as text.
    #[must_use]
    pub fn plan_text(&self) -> String {
        // A plain struct with text keys: it always serializes.
        serde_json::to_string(&self.plan).unwrap_or_default()
    }

    /// How far it has come, as text. To be kept before a reset is sent, and after its outcome.
    #[must_use]
    pub fn progress_text(&self) -> String {
        let why = self.steps.iter().enumerate().filter(|(_, (_, why, _))| !why.is_empty());
        let progress = Progress {
            batch: self.plan.batch,
            steps: self.steps.iter().map(|(step, ..)| letter(*step)).collect(),
            why: why.map(|(place, (_, why, _))| (place, why.clone())).collect(),
        };
        serde_json::to_string(&progress).unwrap_or_default()
    }

    /// What was kept. Nothing where the two don't belong together or can't be read.
    #[must_use]
    pub fn restore(plan: &str, progress: &str) -> Option<Self> {
        let plan: Plan = serde_json::from_slice(plan.as_bytes()).ok()?;
        let mut progress: Progress = serde_json::from_slice(progress.as_bytes()).ok()?;
        let steps = progress.steps.chars().enumerate().map(|(place, kept)| {
            let step = Step::ALL.into_iter().find(|step| letter(*step) == kept)?;
            Some((step, progress.why.remove(&place).unwrap_or_default(), 0))
        });
        let steps: Vec<_> = steps.collect::<Option<_>>()?;
        let fits = steps.len() == plan.people.len() && progress.batch == plan.batch;
        fits.then_some(Self { plan, steps, sent: VecDeque::new(), wait_until: None })
    }
}
