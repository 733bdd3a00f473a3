//! The people that the list shows, all of them, as a file or on paper. Made in the browser, a piece
//! at a time: a file goes to the disk as it is made, paper has no limit but the browser's memory.
//!
//! - [`write`](mod@write) a piece of them as CSV, JSON or rows of a printed table

mod write;

use columns::Question;
use leptos::prelude::*;

use super::asked::Asked;
use crate::{
    components::attempt::{Attempt, Failed},
    data::{Everyone, Query, Through, through},
    pages::parts::Open,
    text::{self, Explained, export as words},
    ui::{
        announcer::Announcer,
        dialog::{Dialog, DialogFoot},
    },
};
use write::{Format, Output};

/// How far it is: people written, of all.
type Progress = RwSignal<Option<(usize, usize)>>;

#[component]
pub fn ExportDialog() -> impl IntoView {
    let Open(open) = expect_context();
    let announcer = Announcer::expect();
    let Asked { people, question, total } = Asked::here();
    let attempt = Attempt::new();
    let busy = attempt.busy();
    let progress = Progress::new(None);
    let close = Callback::new(move |()| {
        attempt.forget();
        open.set(false);
    });
    let export = move |format: Format| {
        if !attempt.begin() {
            return;
        }
        progress.set(None);
        let asked = question.get_untracked();
        leptos::task::spawn_local(async move {
            match write_all(people, &asked, format, progress, open).await {
                Ok(None) => drop(attempt.succeed()),
                Ok(Some(output)) => {
                    attempt.succeed();
                    open.try_set(false);
                    match output.hand_over(&asked).await {
                        Some(total) => announcer.status(words::exported(total)),
                        None if format == Format::Print => announcer.alert(words::NOT_PRINTED),
                        None => announcer.alert(text::NOT_SAVED),
                    }
                }
                Err(why) => attempt.fail(why),
            }
        });
    };
    let button = move |format: Format, label: &'static str| {
        view! {
            <button
                type="button"
                class="button"
                aria-disabled=move || busy.get().then_some("true")
                on:click=move |_| export(format)
            >
                {label}
            </button>
        }
    };
    let title = Signal::derive(move || words::title(total.get()));
    view! {
        <Dialog open title on_close=close>
            <div class="stack">
                <p>
                    <bdi>{move || question.with(write::filter)}</bdi>
                </p>
                <p class="note">{words::NOTE}</p>
                {move || {
                    busy.get()
                        .then(|| progress.get())
                        .flatten()
                        .map(|(done, of)| {
                            view! {
                                <p class="reading">
                                    <progress
                                        aria-label=words::PROGRESS
                                        max=of.to_string()
                                        value=done.to_string()
                                    ></progress>
                                    <span class="note numbers">{words::progress(done, of)}</span>
                                </p>
                            }
                        })
                }}
                <Failed why=attempt.failed() />
            </div>
            <DialogFoot>
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {text::CANCEL}
                </button>
                {button(Format::Print, words::PRINT)}
                {button(Format::Json, words::JSON)}
                {button(Format::Csv, words::CSV)}
            </DialogFoot>
        </Dialog>
    }
}

/// Everyone who answers the question, written; nothing once the dialog is closed.
async fn write_all(
    people: Query<Everyone>,
    question: &Question,
    format: Format,
    progress: Progress,
    open: RwSignal<bool>,
) -> Result<Option<Output>, Explained> {
    loop {
        let Some(mut output) = Output::new(format).await else { return Ok(None) };
        let mut kept = true;
        let each = async |view: &columns::View| {
            kept = output.write(question, view).await.is_some();
            progress.try_set(Some((output.written(), view.total)));
            kept && open.try_get_untracked() == Some(true)
        };
        let ended = match through(people, question, each).await {
            Ok(Through::Whole) => return Ok(Some(output)),
            // Once more, from the first: a file is of one list.
            Ok(Through::Changed) => None,
            Ok(Through::Stopped) if kept => Some(Ok(None)),
            Ok(Through::Stopped) => Some(Err(words::no_room())),
            Err(error) => Some(Err(text::explain(words::THE_EXPORT, false, &error))),
        };
        output.give_up().await;
        if let Some(ended) = ended {
            return ended;
        }
    }
}
