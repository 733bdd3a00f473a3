//! The worker's side: one read, and then what the page may soon need.

use columns::{Column, Page, People, Question};
use js_sys::{Array, Uint8Array};
use model::AccountId;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::{
    read::{self, Outcome},
    told::Told,
};

/// Searches that nobody asked for. Browsers optimize what has run for a while, for all threads that
/// run the module: without these, whoever types first would wait several times as long.
const REHEARSAL: [&str; 6] = ["e", "er", "ere", "a", "an", "ana"];

/// Whether this is a worker, and not the page.
#[must_use]
pub fn is_here() -> bool {
    js_sys::global().is_instance_of::<DedicatedWorkerGlobalScope>()
}

/// Waits for what to read: the account, and the tag of the answer that is known already, if any, in
/// a line of its own (`public/finder.js` passes it on).
pub fn work() {
    let hear = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        // `public/finder.js` calls this too.
        let text = event.data().as_string().unwrap_or_default();
        let (account, known) = text.split_once('\n').unwrap_or((&text, ""));
        // The page is of the same build: it says nothing else.
        if let Ok(account) = account.parse() {
            crate::spawn(serve(account, known.to_owned()));
        }
    });
    worker().set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
}

pub(crate) fn worker() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

pub(crate) fn tell(told: &Told) {
    // Fails for what can't be copied, and a text can.
    let _ = worker().post_message(&JsValue::from_str(&told.to_text()));
}

/// Gives a piece away: it is moved, not copied.
pub(crate) fn give(piece: &[u8]) {
    let bytes = Uint8Array::from(piece);
    let moved = Array::of1(&bytes.buffer());
    let _ = worker().post_message_with_transfer(&bytes, &moved);
}

async fn serve(account: AccountId, known: String) {
    let known = Some(known.as_str()).filter(|known| !known.is_empty());
    match read::read(&account, known).await {
        Err(failure) => tell(&Told::Failed(failure)),
        Ok(Outcome::Unchanged) => tell(&Told::Unchanged),
        Ok(Outcome::Whole { people, tag }) => {
            people.last_pieces().iter().for_each(|piece| give(piece));
            // The order that a list has when nothing is asked.
            give(&people.order_piece(Column::Level));
            tell(&Told::Read { tag });
            rehearse(&people);
            for column in Column::ALL {
                if column != Column::Level {
                    give(&people.order_piece(column));
                }
            }
        }
    }
}

fn rehearse(people: &People) {
    for text in REHEARSAL {
        let question = Question { text: text.to_owned(), ..Question::default() };
        let _ = people.view(&question, Page { number: 1, rows: 25 });
    }
}
