//! The users page's state, as the URL holds it:
//! `/users?q=text&level=high,medium&from=2026-11-24T09:00:00Z&sort=-event_count&page=2&rows=50`. What
//! is as it is without being said is left out.

use chrono::{DateTime, SecondsFormat, Utc};
use columns::{Column, LevelFilter, Period, Question, Sort};
use model::{RiskEvent, RiskLevel, UserId};

use super::lanes::Span;
use crate::{
    query::{self, Pairs},
    routes::AppRoute,
    ui::pager::PER_PAGE,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListUrl {
    pub question: Question,
    /// From 1.
    pub page: usize,
    pub per_page: usize,
}

impl ListUrl {
    /// Reads the query; what makes no sense counts as not said.
    pub fn read(pairs: &Pairs) -> Self {
        let text = |key| pairs.text(key);
        Self {
            question: Question {
                text: text("q").to_owned(),
                levels: LevelFilter::parse(text("level")),
                period: Period { from: time(pairs, "from"), to: time(pairs, "to") },
                sort: text("sort").parse().unwrap_or_default(),
            },
            page: text("page").parse().unwrap_or(1).max(1),
            per_page: text("rows")
                .parse()
                .ok()
                .filter(|n| PER_PAGE.contains(n))
                .unwrap_or(PER_PAGE[0]),
        }
    }

    pub fn path() -> String {
        AppRoute::Users.path()
    }

    pub fn href(&self) -> String {
        let unless = |is_default: bool, text: String| if is_default { String::new() } else { text };
        let Question { sort, period, .. } = self.question;
        query::href(
            &AppRoute::Users.path(),
            &[
                ("level", self.question.levels.to_text()),
                ("q", self.question.text.clone()),
                ("from", written(period.from)),
                ("to", written(period.to)),
                ("sort", unless(sort == Sort::default(), sort.to_text())),
                ("page", unless(self.page == 1, self.page.to_string())),
                ("rows", unless(self.per_page == PER_PAGE[0], self.per_page.to_string())),
            ],
        )
    }

    /// The same list asked something else: from its first page.
    pub fn asking(&self, change: impl FnOnce(&mut Question)) -> Self {
        let mut url = Self { page: 1, ..self.clone() };
        change(&mut url.question);
        url
    }
}

/// A walk through a list, on its people's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriageUrl {
    /// The list's query.
    pub list: String,
    /// Where the person stood when they came up, from 1.
    pub at: usize,
}

impl TriageUrl {
    /// What stands for a list without a query.
    const ALL: &str = "all";

    /// A walk through this list from the place `at`.
    pub fn start(list: &ListUrl, at: usize) -> Self {
        let first_page = ListUrl { page: 1, per_page: PER_PAGE[0], ..list.clone() };
        let list = first_page.href().split_once('?').map(|(_, query)| query.to_owned());
        Self { list: list.unwrap_or_else(|| Self::ALL.to_owned()), at }
    }

    /// Nothing where nothing is walked.
    pub fn read(pairs: &Pairs) -> Option<Self> {
        let list = Some(pairs.text("triage").to_owned()).filter(|list| !list.is_empty())?;
        Some(Self { list, at: pairs.text("at").parse().unwrap_or(1).max(1) })
    }

    pub fn question(&self) -> Question {
        ListUrl::read(&Pairs::parse(&self.list)).question
    }

    pub fn list_href(&self) -> String {
        ListUrl::read(&Pairs::parse(&self.list)).href()
    }

    /// The page of a person on the way.
    pub fn href(&self, id: UserId) -> String {
        query::href(&AppRoute::User(id).path(), &self.pairs())
    }

    fn pairs(&self) -> [(&'static str, String); 2] {
        [("triage", self.list.clone()), ("at", self.at.to_string())]
    }
}

/// The list of the people at one level.
pub fn level_href(level: Option<&RiskLevel>) -> String {
    let mut levels = LevelFilter::default();
    levels.toggle(level);
    query::href(&AppRoute::Users.path(), &[("level", levels.to_text())])
}

/// The list of the people whose last event was in a period, the latest first.
pub fn period_href(period: Period) -> String {
    let sort = Sort { column: Column::LastEvent, descending: true };
    let pairs =
        [("from", written(period.from)), ("to", written(period.to)), ("sort", sort.to_text())];
    query::href(&AppRoute::Users.path(), &pairs)
}

/// The time that a query has under the key.
fn time(pairs: &Pairs, key: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(pairs.text(key)).ok().map(|time| time.to_utc())
}

/// A time as a query has it, to the second.
fn written(time: Option<DateTime<Utc>>) -> String {
    time.map(|time| time.to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default()
}

/// The list of the people who match a text.
pub fn search_href(text: &str) -> String {
    query::href(&AppRoute::Users.path(), &[("q", text.to_owned())])
}

/// A user's page as the URL holds it: which of the events are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserUrl {
    pub id: UserId,
    pub levels: LevelFilter,
    /// A behavior by its name; empty for all.
    pub behavior: String,
    pub span: Option<Span>,
    /// The walk that the person came up in, if there is one.
    pub triage: Option<TriageUrl>,
}

impl UserUrl {
    pub fn read(id: UserId, pairs: &Pairs) -> Self {
        let text = |key| pairs.text(key);
        let span = time(pairs, "from").zip(time(pairs, "to")).map(|(from, to)| Span { from, to });
        Self {
            id,
            levels: LevelFilter::parse(text("level")),
            behavior: text("behavior").to_owned(),
            span: span.filter(|span| span.from < span.to),
            triage: TriageUrl::read(pairs),
        }
    }

    pub fn href(&self) -> String {
        let own = [
            ("level", self.levels.to_text()),
            ("behavior", self.behavior.clone()),
            ("from", written(self.span.map(|span| span.from))),
            ("to", written(self.span.map(|span| span.to))),
        ];
        let walk = self.triage.iter().flat_map(TriageUrl::pairs);
        let pairs: Vec<_> = own.into_iter().chain(walk).collect();
        query::href(&AppRoute::User(self.id).path(), &pairs)
    }

    /// Whether the event is one of those shown.
    pub fn shows(&self, event: &RiskEvent) -> bool {
        self.levels.shows(event.risk_level.as_ref())
            && (self.behavior.is_empty() || self.behavior == event.name)
            && self.span.is_none_or(|span| event.timestamp.is_some_and(|time| span.holds(time)))
    }
}
