//! What the palette offers: pages, people and commands.

use columns::{Column, Page, Question, Sort};
use model::{Role, UserRiskInfo};

use crate::{
    density,
    guard::Guard,
    keys::{Keys, Opened},
    pages::users::search_href,
    routes::AppRoute,
    session::Session,
    text::{self, keys as words},
    theme::Theme,
};

/// How many people are offered.
const PEOPLE: usize = 8;

/// One line of the palette.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    Page(AppRoute, &'static str),
    Person(UserRiskInfo),
    /// The list of users with what was typed as its search.
    Everybody(String),
    Theme(Theme),
    Compact(bool),
    Sheet,
}

impl Choice {
    /// Its words, which are also what is searched.
    pub fn label(&self) -> String {
        match self {
            Self::Page(_, label) => (*label).to_owned(),
            Self::Person(person) => text::name(&person.name),
            Self::Everybody(typed) => words::all_who_match(typed),
            Self::Theme(theme) => words::use_theme(theme.as_str()),
            Self::Compact(compact) => words::use_density(*compact).to_owned(),
            Self::Sheet => words::KEYS.to_owned(),
        }
    }

    /// The keys that do the same.
    pub fn keys(&self) -> &'static str {
        match self {
            Self::Page(AppRoute::Overview, _) => "g o",
            Self::Page(AppRoute::Users, _) => "g u",
            Self::Page(AppRoute::Behaviors, _) => "g b",
            Self::Page(AppRoute::Integrations, _) => "g i",
            Self::Page(AppRoute::Audit, _) => "g a",
            Self::Sheet => "?",
            _ => "",
        }
    }

    pub fn take(&self, guard: Guard, keys: Keys) {
        keys.close();
        match self {
            Self::Page(page, _) => guard.follow(page.path()),
            Self::Person(person) => {
                if let Some(id) = person.user_id {
                    guard.follow(AppRoute::User(id).path());
                }
            }
            Self::Everybody(typed) => guard.follow(search_href(typed)),
            Self::Theme(theme) => theme.apply(),
            Self::Compact(compact) => density::set_compact(*compact),
            Self::Sheet => keys.open(Opened::Sheet),
        }
    }
}

/// The pages that hold every word of the text.
pub fn pages(typed: &str, session: Session) -> Vec<Choice> {
    let mut pages = vec![
        Choice::Page(AppRoute::Overview, text::OVERVIEW),
        Choice::Page(AppRoute::Users, text::USERS),
        Choice::Page(AppRoute::Behaviors, text::BEHAVIORS),
        Choice::Page(AppRoute::Integrations, text::INTEGRATIONS),
    ];
    if session.may(Role::Admin) {
        pages.push(Choice::Page(AppRoute::NewIntegration, text::NEW_INTEGRATION));
        pages.push(Choice::Page(AppRoute::Audit, text::AUDIT_LOG));
    }
    holding(typed, pages)
}

/// The commands that hold every word of the text; those that would change nothing are left out.
pub fn commands(typed: &str) -> Vec<Choice> {
    let theme = Theme::current();
    let mut commands: Vec<_> =
        Theme::ALL.into_iter().filter(|other| *other != theme).map(Choice::Theme).collect();
    commands.push(Choice::Compact(!density::is_compact()));
    commands.push(Choice::Sheet);
    holding(typed, commands)
}

/// The people who match the text, the riskiest first; and all of them, where they are more.
pub fn people(typed: &str, rows: &[UserRiskInfo], total: usize) -> Vec<Choice> {
    let with_page = rows.iter().filter(|person| person.user_id.is_some());
    let mut people: Vec<_> = with_page.cloned().map(Choice::Person).collect();
    if total > rows.len() {
        people.push(Choice::Everybody(typed.to_owned()));
    }
    people
}

/// What the finder is asked for a text.
pub fn question(typed: &str) -> (Question, Page) {
    let sort = Sort { column: Column::Level, descending: true };
    let question = Question { text: typed.to_owned(), sort, ..Question::default() };
    (question, Page { number: 1, rows: PEOPLE })
}

fn holding(typed: &str, choices: Vec<Choice>) -> Vec<Choice> {
    let typed = typed.to_lowercase();
    let holds = |choice: &Choice| {
        let label = choice.label().to_lowercase();
        typed.split_whitespace().all(|word| label.contains(word))
    };
    choices.into_iter().filter(holds).collect()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn every_word_must_be_in_it_in_any_order() {
        let all = || vec![Choice::Theme(Theme::Dark), Choice::Compact(true), Choice::Sheet];
        assert_eq!(holding("", all()), all());
        assert_eq!(holding("theme DARK", all()), [Choice::Theme(Theme::Dark)]);
        assert_eq!(holding("theme rows", all()), []);
    }

    #[wasm_bindgen_test]
    fn nobody_is_offered_without_a_page_and_the_rest_is_named() {
        let row = |id: &str| UserRiskInfo { user_id: id.parse().ok(), ..UserRiskInfo::default() };
        let rows = [row("9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10"), row("none")];
        assert_eq!(people("a", &rows, 2), [Choice::Person(rows[0].clone())]);
        assert_eq!(people("a", &rows, 3).last(), Some(&Choice::Everybody("a".to_owned())));
    }
}
