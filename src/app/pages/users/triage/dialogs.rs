//! The note on a person, and the end of a triage.

use leptos::prelude::*;

use super::record;
use crate::{
    guard::Guard,
    text::{self, triage as words},
    ui::{
        announcer::Announcer,
        dialog::{Dialog, DialogFoot},
        field::TextField,
        file,
    },
};

#[component]
pub fn NoteDialog(
    #[prop(into)] name: Signal<String>,
    note: RwSignal<String>,
    open: RwSignal<bool>,
    /// Keeps the note with the rest.
    keep: Callback<()>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    // What is typed counts once it is kept.
    Effect::new(move || {
        if open.get() {
            typed.set(note.get_untracked());
        }
    });
    let close = Callback::new(move |()| open.set(false));
    let title = Signal::derive(move || words::note_title(&name.get()));
    view! {
        <Dialog open title on_close=close>
            <form
                class="stack"
                on:submit=move |event| {
                    event.prevent_default();
                    note.set(typed.with_untracked(|typed| typed.trim().to_owned()));
                    keep.run(());
                    open.set(false);
                }
            >
                <TextField
                    label=words::NOTE
                    value=typed
                    hint=words::NOTE_HINT.to_owned()
                    multiline=true
                    autofocus=true
                />
                <DialogFoot>
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        {text::CANCEL}
                    </button>
                    <button type="submit" class="button primary">
                        {words::SAVE_NOTE}
                    </button>
                </DialogFoot>
            </form>
        </Dialog>
    }
}

#[component]
pub fn EndDialog(
    open: RwSignal<bool>,
    /// Whether nobody comes after the person whose page this is.
    #[prop(into)]
    is_last: Signal<bool>,
    /// The list that is walked.
    #[prop(into)]
    list: Signal<String>,
) -> impl IntoView {
    let (announcer, guard) = (Announcer::expect(), Guard::expect());
    let close = Callback::new(move |()| open.set(false));
    let save = move |_| {
        let text = record::file(&record::all());
        match file::save(words::FILE, "text/csv;charset=utf-8", &text) {
            Some(()) => announcer.status(words::SAVED),
            None => announcer.alert(text::NOT_SAVED),
        }
    };
    let back = move |_| {
        record::forget();
        open.set(false);
        guard.follow(list.get_untracked());
    };
    view! {
        <Dialog open title=Signal::stored(words::END_TITLE.to_owned()) on_close=close>
            {move || is_last.get().then(|| view! { <p>{words::LAST}</p> })}
            <p>{move || open.get().then(|| record::sum(&record::all()))}</p>
            <p class="note">{words::NOTE_HINT}</p>
            <DialogFoot>
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {words::GO_ON}
                </button>
                <button type="button" class="button" on:click=save>
                    {words::SAVE_NOTES}
                </button>
                <button type="button" class="button primary" on:click=back>
                    {words::BACK_TO_LIST}
                </button>
            </DialogFoot>
        </Dialog>
    }
}
