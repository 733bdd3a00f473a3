//! How far many resets are, person by person, and what can be done about it.

use leptos::prelude::*;
use model::bulk::{Bulk, Step};

use super::{
    agree::Agree,
    work::{Phase, Work},
};
use crate::{
    clock,
    components::level::LevelMark,
    text::{self, bulk as words},
    ui::{announcer::Announcer, file},
};

/// How many people the page shows; the file has all.
const SHOWN: usize = 500;

#[component]
pub fn Panel(work: Work) -> impl IntoView {
    let Work { bulk, phase, .. } = work;
    let total = Memo::new(move |_| bulk.with(|b| b.as_ref().map_or(0, |b| b.plan().people.len())));
    let count = move |step| bulk.with(|bulk| bulk.as_ref().map_or(0, |bulk| bulk.count(step)));
    let done = move || total.get() - count(Step::Waiting) - count(Step::Sent);
    let starting = Memo::new(move |_| matches!(phase.get(), Phase::Starting(_)));
    view! {
        <section class="work" aria-label=words::WORK>
            <div class="work-head">
                <progress
                    aria-label=words::PROGRESS
                    max=move || total.get().to_string()
                    value=move || done().to_string()
                ></progress>
                <p class="numbers">
                    {move || {
                        if starting.get() {
                            seconds_left(work)
                        } else {
                            words::sum(total.get(), count)
                        }
                    }}
                </p>
                <Buttons work />
            </div>
            <p class="note" aria-live="polite">
                {move || says(work)}
            </p>
            <Show when=move || phase.get() == Phase::Agreeing>
                <Agree work />
            </Show>
            <details>
                <summary>{words::EACH}</summary>
                <ol class="each" tabindex="0" aria-label=words::EACH>
                    <For
                        each=move || 0..total.get().min(SHOWN)
                        key=|place| *place
                        children=move |place| view! { <Person work place /> }
                    />
                    {move || {
                        let more = total.get().saturating_sub(SHOWN);
                        (more > 0).then(|| view! { <li class="note">{words::more(more)}</li> })
                    }}
                </ol>
            </details>
        </section>
    }
}

fn seconds_left(work: Work) -> String {
    let Phase::Starting(at) = work.phase.get() else { return String::new() };
    let total = work.bulk.with(|bulk| bulk.as_ref().map_or(0, |bulk| bulk.plan().people.len()));
    words::starts_in(total, until(work, at))
}

/// The seconds until then, the one that has begun among them.
fn until(work: Work, at: chrono::DateTime<chrono::Utc>) -> i64 {
    ((at - work.now.get()).num_milliseconds().max(0) + 999) / 1_000
}

/// One line about what it is at.
fn says(work: Work) -> String {
    match work.phase.get() {
        Phase::Starting(_) => String::new(),
        Phase::Running => {
            let waits = work.wait_until.get();
            waits.map(|at| words::waits(until(work, at))).unwrap_or_default()
        }
        Phase::Paused => words::PAUSED.to_owned(),
        Phase::SignedOut => words::SIGNED_OUT.to_owned(),
        Phase::Interrupted => words::INTERRUPTED.to_owned(),
        Phase::Checking => words::CHECKING.to_owned(),
        Phase::Agreeing => words::AGREEING.to_owned(),
        Phase::Over(Some(still)) => words::agreed(still),
        Phase::Over(None) => words::NOT_READ.to_owned(),
    }
}

#[component]
fn Buttons(work: Work) -> impl IntoView {
    let announcer = Announcer::expect();
    let button = |label: String, act: Callback<()>| {
        view! {
            <button type="button" class="button small" on:click=move |_| act.run(())>
                {label}
            </button>
        }
    };
    let export = Callback::new(move |()| {
        let csv = work.bulk.with_untracked(|bulk| bulk.as_ref().map(Bulk::csv));
        let name = format!("riskdesk-resets-{}.csv", clock::today());
        if file::save(&name, "text/csv", &csv.unwrap_or_default()).is_none() {
            announcer.alert(text::NOT_SAVED);
        }
    });
    // What there is to press depends on these alone: a button stays while figures move.
    let left =
        Memo::new(move |_| work.bulk.with(|b| b.as_ref().map_or(0, |b| b.count(Step::Waiting))));
    let some = move |step| {
        Memo::new(move |_| work.bulk.with(|b| b.as_ref().is_some_and(|b| b.count(step) > 0)))
    };
    let (waiting, failed, unknown) = (some(Step::Waiting), some(Step::Failed), some(Step::Unknown));
    let on = move |act: fn(Work)| Callback::new(move |()| act(work));
    view! {
        <div class="actions">
            {move || {
                let phase = work.phase.get();
                let mut buttons = vec![];
                match phase {
                    Phase::Starting(_) => {
                        buttons.push(button(text::UNDO.to_owned(), on(Work::undo)));
                    }
                    Phase::Running => {
                        buttons.push(button(words::PAUSE.to_owned(), on(Work::pause)));
                    }
                    Phase::Paused | Phase::SignedOut => {
                        buttons.push(button(words::RESUME.to_owned(), on(Work::run)));
                    }
                    Phase::Interrupted => {
                        buttons.push(button(words::resume_left(left.get()), on(Work::run)));
                    }
                    Phase::Checking | Phase::Agreeing | Phase::Over(_) => {}
                }
                let is_over = matches!(phase, Phase::Over(_));
                let can_cancel = matches!(
                    phase,
                    Phase::Running | Phase::Paused | Phase::SignedOut | Phase::Interrupted
                );
                if can_cancel && waiting.get() {
                    buttons.push(button(text::CANCEL.to_owned(), on(Work::cancel)));
                }
                if is_over && failed.get() {
                    buttons.push(button(words::RETRY.to_owned(), on(Work::retry)));
                }
                if is_over && unknown.get() {
                    buttons.push(button(words::CHECK.to_owned(), on(Work::run)));
                }
                if !matches!(phase, Phase::Starting(_)) {
                    buttons.push(button(words::EXPORT.to_owned(), export));
                }
                if is_over {
                    buttons.push(button(text::CLOSE.to_owned(), on(Work::close)));
                }
                buttons
            }}
        </div>
    }
}

#[component]
fn Person(work: Work, place: usize) -> impl IntoView {
    let target = work.bulk.with_untracked(|bulk| bulk.as_ref()?.plan().people.get(place).cloned());
    let step = Memo::new(move |_| {
        work.bulk.with(|bulk| {
            let (step, why) = bulk.as_ref().map_or((Step::Left, ""), |bulk| bulk.step(place));
            (step, why.to_owned())
        })
    });
    target.map(|target| {
        view! {
            <li>
                <LevelMark level=target.level />
                <bdi dir="auto">{text::name(&target.name)}</bdi>
                <span class="step" class:bad=move || is_bad(step.get().0)>
                    {move || words::step(step.get().0)}
                </span>
                <span class="note why">{move || step.get().1}</span>
            </li>
        }
    })
}

fn is_bad(step: Step) -> bool {
    matches!(step, Step::Failed | Step::Unknown)
}
