//! The lines that are asked for, all of them, as a file. It is made in the browser from the pages
//! of the log.

use leptos::prelude::*;
use model::AuditQuery;

use crate::{
    clock,
    data::{self, AuditLine, Error},
    text,
    ui::{announcer::Announcer, file},
};

#[derive(Clone, Copy, PartialEq)]
enum Format {
    Csv,
    Jsonl,
}

impl Format {
    fn header(self) -> &'static str {
        if self == Self::Csv { AuditLine::CSV_HEADER } else { "" }
    }

    fn line(self, line: &AuditLine) -> String {
        match self {
            Self::Csv => line.csv(),
            // Plain fields with text keys: they always serialize.
            Self::Jsonl => serde_json::to_string(line).unwrap_or_default() + "\n",
        }
    }

    /// The file's ending, and its media type (RFC 4180; JSON lines has none that is registered).
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("csv", "text/csv"),
            Self::Jsonl => ("jsonl", "application/jsonl"),
        }
    }
}

/// All lines in their format, and how many they are; `None` once `goes_on` says no.
async fn lines(
    query: AuditQuery,
    format: Format,
    goes_on: impl Fn() -> bool,
) -> Result<Option<(String, usize)>, Error> {
    let mut query = AuditQuery { limit: AuditQuery::MAX_LIMIT, cursor: None, ..query };
    let (mut text, mut count) = (format.header().to_owned(), 0);
    loop {
        let page = data::audit(&query).await?;
        count += page.lines.len();
        text.extend(page.lines.iter().map(|line| format.line(line)));
        match page.next {
            _ if !goes_on() => return Ok(None),
            None => return Ok(Some((text, count))),
            cursor => query.cursor = cursor,
        }
    }
}

/// Two buttons; `asked` is nothing where the address makes no sense.
#[component]
pub(super) fn Export(asked: Signal<Option<AuditQuery>>) -> impl IntoView {
    let announcer = Announcer::expect();
    let busy = RwSignal::new(false);
    let export = Callback::new(move |format: Format| {
        let Some(query) = asked.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        announcer.status(text::EXPORTING);
        leptos::task::spawn_local(async move {
            // Whoever has left the page wants no file any more.
            let exported = lines(query, format, || busy.try_get_untracked() == Some(true)).await;
            match exported {
                Ok(Some((text, count))) if save(format, &text).is_some() => {
                    announcer.status(text::exported(count));
                }
                Ok(Some(_)) => announcer.alert(text::NOT_SAVED),
                Ok(None) => {}
                Err(error) => {
                    let explained = text::explain(text::THE_AUDIT_LOG, false, &error);
                    announcer.alert(explained.sentence());
                }
            }
            busy.try_set(false);
        });
    });
    let button = |format: Format, label: &'static str| {
        view! {
            <button
                type="button"
                class="button small"
                aria-disabled=move || (busy.get() || asked.with(Option::is_none)).then_some("true")
                on:click=move |_| export.run(format)
            >
                {label}
            </button>
        }
    };
    view! {
        {button(Format::Csv, text::EXPORT_CSV)}
        {button(Format::Jsonl, text::EXPORT_JSONL)}
    }
}

/// Hands the file to the browser, named by the day.
fn save(format: Format, text: &str) -> Option<()> {
    let (ending, kind) = format.names();
    file::save(&format!("riskdesk-audit-{}.{ending}", clock::today()), kind, text)
}
