//! The filter by the last event: in words, and as a chip that takes it away. It comes from a link.

use columns::Period;
use leptos::prelude::*;

use super::url::ListUrl;
use crate::{
    clock,
    text::view as words,
    ui::{
        filter_chip::FilterChip,
        history::{self, Step},
    },
};

/// The period in local time; nothing where it is open.
pub fn words(period: Period) -> String {
    let now = clock::now();
    match (period.from, period.to) {
        (Some(from), Some(to)) if clock::is_a_day(from, to) => words::on(&clock::date(from, now)),
        (from, to) => {
            let [from, to] = [from, to].map(|end| end.map(|end| clock::date_time(end, now)));
            words::period(from.as_deref(), to.as_deref())
        }
    }
}

#[component]
pub fn PeriodChip(url: Memo<ListUrl>) -> impl IntoView {
    let period = Memo::new(move |_| url.with(|url| url.question.period));
    let clear = Callback::new(move |()| {
        let open = url.get_untracked().asking(|question| question.period = Period::default());
        history::go(&open.href(), Step::Add);
    });
    move || {
        let period = period.get();
        (!period.is_open()).then(|| {
            view! { <FilterChip words=words(period) clear=words::ANY_TIME on_clear=clear /> }
        })
    }
}
