//! People as CSV, as JSON, and as rows of a printed table.

use chrono::SecondsFormat;
use columns::{Question, View};
use model::UserRiskInfo;
use serde_json::json;

use crate::{
    clock,
    pages::users::period,
    text::{self, export as words},
    ui::{plain::plain, sheet::Sheet, streamed::StreamedFile},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Json,
    Print,
}

/// What is written so far.
pub struct Output {
    made: Made,
    people: usize,
}

enum Made {
    Csv(StreamedFile),
    Json(StreamedFile),
    Print(Sheet),
}

impl Output {
    /// Nothing where the browser makes no paper.
    pub async fn new(format: Format) -> Option<Self> {
        let columns =
            [text::LEVEL, text::NAME, text::EMAIL, text::EVENTS, text::LAST_EVENT, words::USER_ID];
        let made = match format {
            Format::Csv => Made::Csv(StreamedFile::new("text/csv").await),
            Format::Json => Made::Json(StreamedFile::new("application/json").await),
            Format::Print => Made::Print(Sheet::new(text::USERS, &columns)?),
        };
        Some(Self { made, people: 0 })
    }

    /// How many people it holds.
    pub fn written(&self) -> usize {
        self.people
    }

    /// Writes the next piece of the answer; nothing where the browser can't keep it.
    pub async fn write(&mut self, question: &Question, view: &View) -> Option<()> {
        let first = self.people == 0;
        match &mut self.made {
            Made::Csv(file) => {
                let header = if first { UserRiskInfo::CSV_HEADER } else { "" };
                file.push(&csv(header, &view.rows)).await?;
            }
            Made::Json(file) => {
                let lead = if first { head(question, view.total) } else { ",\n".to_owned() };
                file.push(&(lead + &lines(&view.rows))).await?;
            }
            Made::Print(sheet) => view.rows.iter().for_each(|user| {
                // A row that the browser does not make is one that it can't print either.
                let _ = print(sheet, user);
            }),
        }
        self.people += view.rows.len();
        Some(())
    }

    /// Leaves nothing of it.
    pub async fn give_up(self) {
        if let Made::Csv(file) | Made::Json(file) = self.made {
            file.give_up().await;
        }
    }

    /// Gives it to the browser, to keep or to print; how many people it holds, or nothing where the
    /// browser does not take it.
    pub async fn hand_over(self, question: &Question) -> Option<usize> {
        let name = |end| format!("riskdesk-users-{}.{end}", clock::today());
        match self.made {
            Made::Csv(file) => file.save(&name("csv")).await,
            Made::Json(mut file) => {
                file.push(TAIL).await?;
                file.save(&name("json")).await
            }
            Made::Print(sheet) => {
                sheet.note(&words::printed(self.people, &filter(question), &now()))?;
                sheet.print()
            }
        }?;
        Some(self.people)
    }
}

/// What the list holds, in one line.
pub fn filter(question: &Question) -> String {
    let Question { text, levels, period, sort } = question;
    let period = period::words(*period);
    words::filter(&levels.to_text(), text, &period, sort.column, sort.descending)
}

fn now() -> String {
    clock::now().to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn csv(header: &str, users: &[UserRiskInfo]) -> String {
    users.iter().fold(header.to_owned(), |text, user| text + &user.csv())
}

/// What stands around the users: what was asked, as the list's address has it, and when.
fn head(question: &Question, total: usize) -> String {
    let Question { text, levels, period, sort } = question;
    let asked = json!({
        "level": levels.to_text(),
        "q": text,
        "from": period.from,
        "to": period.to,
        "sort": sort.to_text(),
    });
    let at = now();
    format!("{{\"exported_at\":\"{at}\",\"filter\":{asked},\"total\":{total},\"users\":[\n")
}

const TAIL: &str = "\n]}\n";

/// The users, a line each, as the vendor's summary has them.
fn lines(users: &[UserRiskInfo]) -> String {
    // Plain fields with text keys: they always serialize.
    let lines = users.iter().map(|user| serde_json::to_string(user).unwrap_or_default());
    lines.collect::<Vec<_>>().join(",\n")
}

fn print(sheet: &Sheet, user: &UserRiskInfo) -> Option<()> {
    let time = user.last_event.map(|time| time.to_rfc3339_opts(SecondsFormat::Secs, true));
    sheet.row(&[
        &text::level(user.max_risk_level.as_ref()),
        &text::name(&user.name),
        &plain(&user.email),
        &user.event_count.map_or(text::NOT_KNOWN.to_owned(), text::number),
        time.as_deref().unwrap_or(text::NOT_KNOWN),
        &user.user_id.map(|id| id.to_string()).unwrap_or_default(),
    ])
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn pieces_of_json_are_one_document() {
        let question = Question { text: "a \"b\"".into(), ..Question::default() };
        let user = |name: &str| UserRiskInfo { name: name.into(), ..UserRiskInfo::default() };
        let text = head(&question, 3)
            + &lines(&[user("=1+1"), user("\u{202e}")])
            + ",\n"
            + &lines(&[user("]}")])
            + TAIL;
        let whole: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(whole["filter"]["q"], "a \"b\"");
        assert_eq!(whole["filter"]["sort"], "-max_risk_level");
        let names: Vec<_> = whole["users"].as_array().unwrap().iter().map(|u| &u["name"]).collect();
        assert_eq!(names, ["=1+1", "\u{202e}", "]}"]);
        let nobody: Value = serde_json::from_str(&(head(&question, 0) + TAIL)).unwrap();
        assert_eq!(nobody["users"], json!([]));
    }
}
