//! From a question to rows.

use std::cmp::Ordering;

use model::UserRiskInfo;

use crate::{Column, LevelCounts, People, Question};

/// The answer to a [`Question`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Row numbers in order.
    pub rows: Vec<u32>,
    /// The people that match the text, by level, whatever the level filter says.
    pub matching: LevelCounts,
}

impl People {
    /// The rows that answer the question.
    #[must_use]
    pub fn view(&self, question: &Question) -> View {
        let text = question.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let found: Vec<(u32, &UserRiskInfo)> = (0..)
            .zip(self.rows.iter().zip(&self.folded))
            .filter(|(_, (_, folded))| words.iter().all(|word| folded.contains(word)))
            .map(|(number, (row, _))| (number, row))
            .collect();
        let matching = found.iter().map(|(_, row)| row.max_risk_level.as_ref()).collect();
        let mut rows: Vec<u32> = found
            .into_iter()
            .filter(|(_, row)| question.levels.shows(row.max_risk_level.as_ref()))
            .map(|(number, _)| number)
            .collect();
        // Folding a text is dear, so it is done once a row.
        let keys: Vec<String> = match question.sort.column {
            Column::Name => self.rows.iter().map(|row| row.name.to_lowercase()).collect(),
            Column::Email => self.rows.iter().map(|row| row.email.to_lowercase()).collect(),
            Column::Level | Column::EventCount | Column::LastEvent => Vec::new(),
        };
        sort(&mut rows, &mut |a, b| {
            let (a, b) = (a as usize, b as usize);
            let (first, second) = (&self.rows[a], &self.rows[b]);
            let by_column = match question.sort.column {
                Column::Level => first.max_risk_level.cmp(&second.max_risk_level),
                Column::EventCount => first.event_count.cmp(&second.event_count),
                Column::LastEvent => first.last_event.cmp(&second.last_event),
                Column::Name | Column::Email => keys[a].cmp(&keys[b]),
            };
            directed(by_column, question).then_with(|| by_risk(first, second))
        });
        View { rows, matching }
    }
}

/// Sorts row numbers, those that tie in the order they came. It takes any comparison, so that the
/// app holds one copy of the sort.
pub fn sort(rows: &mut [u32], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    rows.sort_by(|a, b| compare(*a, *b));
}

fn directed(order: Ordering, question: &Question) -> Ordering {
    if question.sort.descending { order.reverse() } else { order }
}

/// Highest level first, then the latest event: what a person on triage wants to see first.
fn by_risk(a: &UserRiskInfo, b: &UserRiskInfo) -> Ordering {
    b.max_risk_level.cmp(&a.max_risk_level).then_with(|| b.last_event.cmp(&a.last_event))
}

#[cfg(test)]
mod tests {
    use model::RiskSummary;

    use super::*;
    use crate::LevelFilter;

    fn people() -> People {
        let json = r#"{"users":[
          {"user_id":"00000000-0000-4000-8000-000000000001","name":"Zoë Low","email":"zoe@example.org","max_risk_level":"low","event_count":3,"last_event":"2026-11-01T00:00:00Z"},
          {"user_id":"00000000-0000-4000-8000-000000000002","name":"adam high","email":"adam@example.com","max_risk_level":"high","event_count":1,"last_event":"2026-11-02T00:00:00Z"},
          {"user_id":"00000000-0000-4000-8000-000000000003","name":"Öner Odd","email":"odd@example.com","max_risk_level":"critical","event_count":null},
          {"user_id":"00000000-0000-4000-8000-000000000004","name":"Bo High","email":"bo@example.org","max_risk_level":"high","event_count":9,"last_event":"2026-11-03T00:00:00Z"},
          7]}"#;
        People::new(serde_json::from_str::<RiskSummary>(json).unwrap())
    }

    fn names(text: &str, levels: &str, sort: &str) -> Vec<String> {
        let people = people();
        let question = Question {
            text: text.into(),
            levels: LevelFilter::parse(levels),
            sort: sort.parse().unwrap_or_default(),
        };
        let view = people.view(&question);
        view.rows.iter().map(|n| people.row(*n).unwrap().name.clone()).collect()
    }

    #[test]
    fn without_a_question_the_riskiest_and_latest_come_first() {
        assert_eq!(names("", "", ""), ["Öner Odd", "Bo High", "adam high", "Zoë Low", ""]);
    }

    #[test]
    fn all_words_must_occur_in_any_order_and_case() {
        assert_eq!(names("HIGH adam", "", ""), ["adam high"]);
        assert_eq!(names("öner", "", ""), ["Öner Odd"]);
        assert_eq!(names("000000000004", "", ""), ["Bo High"]);
        assert_eq!(names("low zoe@example", "", ""), ["Zoë Low"]);
        assert!(names("nobody", "", "").is_empty());
    }

    #[test]
    fn the_level_filter_knows_levels_by_their_words() {
        assert_eq!(names("", "high,low", ""), ["Bo High", "adam high", "Zoë Low"]);
        assert_eq!(names("", "critical,unscored", ""), ["Öner Odd", ""]);
    }

    #[test]
    fn every_column_sorts_both_ways() {
        assert_eq!(names("", "", "name"), ["", "adam high", "Bo High", "Zoë Low", "Öner Odd"]);
        assert_eq!(names("", "", "-email")[0], "Zoë Low");
        assert_eq!(names("", "", "-event_count")[0], "Bo High");
        assert_eq!(names("", "", "event_count")[0], "Öner Odd");
        assert_eq!(names("", "", "-last_event")[0], "Bo High");
        assert_eq!(names("", "", "max_risk_level")[0], "");
    }

    #[test]
    fn counts_follow_the_text_and_not_the_filter() {
        let question = Question { levels: LevelFilter::parse("low"), ..Question::default() };
        let view = people().view(&question);
        let counts: Vec<_> = view.matching.iter().map(|(_, count)| count).collect();
        assert_eq!(counts, [1, 2, 0, 1, 1]);
        assert_eq!(view.rows.len(), 1);
        assert_eq!(view.matching.total(), 5);
    }

    #[test]
    fn a_filter_round_trips_highest_first() {
        let mut filter = LevelFilter::parse("low,high");
        filter.toggle(Some(&"critical".into()));
        assert_eq!(filter.to_text(), "critical,high,low");
        filter.toggle(Some(&"low".into()));
        assert_eq!(filter.to_text(), "critical,high");
    }
}
