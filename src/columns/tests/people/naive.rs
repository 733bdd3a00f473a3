//! What the columns must answer, written as plainly as can be: a struct a person, everything
//! compared with everything.

use std::cmp::Ordering;

use columns::{Column, LevelCounts, Page, Period, Question, View};
use model::{RiskSummary, UserRiskInfo};

pub struct People {
    rows: Vec<UserRiskInfo>,
}

impl People {
    pub fn new(summary: RiskSummary) -> Self {
        Self { rows: summary.users }
    }

    pub fn view(&self, question: &Question, page: Page) -> View {
        let text = question.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut rows: Vec<&UserRiskInfo> = self
            .rows
            .iter()
            .filter(|row| has(row, &words) && within(row, question.period))
            .collect();
        let mut matching: Vec<_> = rows.iter().map(|row| row.max_risk_level.clone()).collect();
        matching.sort();
        let matching: LevelCounts = matching
            .chunk_by(|a, b| a == b)
            .map(|same| (same[0].clone(), same.len() as u32))
            .collect();
        rows.retain(|row| question.levels.shows(row.max_risk_level.as_ref()));
        rows.sort_by(|a, b| {
            let by_column = match question.sort.column {
                Column::Level => a.max_risk_level.cmp(&b.max_risk_level),
                Column::EventCount => a.event_count.cmp(&b.event_count),
                Column::LastEvent => a.last_event.cmp(&b.last_event),
                Column::Name => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
                Column::Email => a.email.to_lowercase().cmp(&b.email.to_lowercase()),
            };
            let directed = if question.sort.descending { by_column.reverse() } else { by_column };
            directed.then_with(|| by_risk(a, b))
        });
        let total = rows.len();
        let last = total.div_ceil(page.rows).max(1);
        let number = page.number.clamp(1, last);
        let skip = (number - 1) * page.rows;
        let rows = rows.into_iter().skip(skip).take(page.rows).cloned().collect();
        View { rows, page: number, total, matching }
    }
}

fn has(row: &UserRiskInfo, words: &[&str]) -> bool {
    let id = row.user_id.map(|id| id.to_string()).unwrap_or_default();
    let texts = [row.name.to_lowercase(), row.email.to_lowercase(), id];
    words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
}

fn within(row: &UserRiskInfo, period: Period) -> bool {
    let (from, to) = (period.from, period.to);
    let holds = |time| from.is_none_or(|from| time >= from) && to.is_none_or(|to| time < to);
    period.is_open() || row.last_event.is_some_and(holds)
}

fn by_risk(a: &UserRiskInfo, b: &UserRiskInfo) -> Ordering {
    b.max_risk_level.cmp(&a.max_risk_level).then_with(|| b.last_event.cmp(&a.last_event))
}
