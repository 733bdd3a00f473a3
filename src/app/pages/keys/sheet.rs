//! The sheet: which keys there are, and the switch that turns single keys off.

use leptos::prelude::*;

use crate::{
    keys::{Keys, Opened},
    text::{self, keys as words},
    ui::{
        dialog::{Dialog, DialogFoot},
        switch::Switch,
    },
};

#[component]
pub fn Sheet() -> impl IntoView {
    let keys = Keys::expect();
    let open = keys.shows(Opened::Sheet);
    let close = Callback::new(move |()| keys.close());
    view! {
        <Dialog open title=Signal::stored(words::KEYS.to_owned()) on_close=close>
            <div class="key-sheet">
                {words::KEY_GROUPS
                    .map(|(title, lines)| {
                        view! {
                            <section>
                                <h3>{title}</h3>
                                <dl>
                                    {lines
                                        .iter()
                                        .map(|(keys, what)| {
                                            view! {
                                                <div>
                                                    <dt>
                                                        <kbd>{*keys}</kbd>
                                                    </dt>
                                                    <dd>{*what}</dd>
                                                </div>
                                            }
                                        })
                                        .collect_view()}
                                </dl>
                            </section>
                        }
                    })
                    .collect_view()}
            </div>
            <label class="line single-keys">
                <Switch
                    label=words::SINGLE_KEYS
                    on=keys.single()
                    set=Callback::new(move |on| keys.set_single(on))
                />
                <span aria-hidden="true">{words::SINGLE_KEYS}</span>
            </label>
            <p class="note">{words::SINGLE_KEYS_NOTE}</p>
            <DialogFoot>
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {text::CLOSE}
                </button>
            </DialogFoot>
        </Dialog>
    }
}
