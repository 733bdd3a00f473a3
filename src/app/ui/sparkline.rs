//! A row of bars, a value each: the shape of a number's last days, beside the number itself.

use leptos::prelude::*;

/// Of one bar, with the gap after it; and of the whole, in px.
const STEP: usize = 4;
const HEIGHT: u32 = 20;

/// `label` says in words what the picture shows. `highest` is what a bar of the full height stands
/// for, so that pictures beside each other can be compared.
#[component]
pub fn Sparkline(values: Vec<u32>, highest: u32, label: String) -> impl IntoView {
    let width = values.len() * STEP;
    let bars = values.into_iter().enumerate().map(|(index, value)| {
        // Whatever there is can be seen, and a day without leaves a trace of the line.
        let height = if value == 0 { 1 } else { (value * (HEIGHT - 2) / highest.max(1)).max(2) };
        view! {
            <rect
                class:none=value == 0
                x=(index * STEP).to_string()
                y=(HEIGHT - height).to_string()
                width=(STEP - 1).to_string()
                height=height.to_string()
            />
        }
    });
    view! {
        <svg
            class="sparkline"
            role="img"
            aria-label=label
            width=width.to_string()
            height=HEIGHT.to_string()
            viewBox=format!("0 0 {width} {HEIGHT}")
        >
            {bars.collect_view()}
        </svg>
    }
}
