//! The lanes: time runs left to right, a lane for each behavior, a mark for each event in its
//! level's shape, resets as vertical rules, now at the right edge. Drag, or move the two handles,
//! to choose a span; the list below follows.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::{ev, html, prelude::*};
use model::RiskEvents;
use wasm_bindgen::{JsCast, closure::Closure};

use super::{
    lanes::{self, Lane, Mark, Span},
    url::UserUrl,
};
use crate::{
    clock,
    components::level::{class, shape},
    text,
    ui::{
        history::{self, Step},
        plain::plain,
    },
};

/// A lane's height, px; taller where its name stands above it rather than beside it.
const LANE: usize = 28;
const NAMED_LANE: usize = 46;
/// Narrower than this, px, the names stand above; the style sheet has the same bound.
const NARROW: f64 = 560.0;
/// The room of the axis below the lanes, px.
const AXIS: usize = 20;
/// The width of a slot, px: events in the same one merge. Wider where there are many.
const SLOT: f64 = 15.0;
const DENSE_SLOT: f64 = 30.0;
/// More events than this are many.
const DENSE: usize = 100;
/// The least distance of two ticks, px.
const TICK: f64 = 96.0;
/// About the width of a label's character, and of "now" with room before it, px.
const CHARACTER: f64 = 6.5;
const NOW: f64 = 30.0;
/// The handles' steps.
const STEPS: u32 = 200;

#[component]
pub fn Lanes(
    events: Signal<Arc<RiskEvents>>,
    span: Memo<Span>,
    url: Memo<UserUrl>,
) -> impl IntoView {
    let (frame, plot) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let (whole_width, width) = (use_width(frame), use_width(plot));
    let lane_height =
        Memo::new(move |_| if whole_width.get() < NARROW { NAMED_LANE } else { LANE });
    let lanes = Memo::new(move |_| {
        events.with(|user| {
            let slot = if user.events.len() > DENSE { DENSE_SLOT } else { SLOT };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
            let slots = (width.get() / slot).max(1.0) as usize;
            lanes::lanes(&user.events, span.get(), slots)
        })
    });
    let chosen = Chosen::new(span, url);
    let height = move || lanes.with(Vec::len) * lane_height.get() + AXIS;
    let labels = move || {
        lanes.with(|lanes| {
            let label = |lane: &Lane| {
                let name = plain(&text::name(&lane.behavior));
                view! {
                    <li title=name.clone()>
                        <bdi dir="auto">{name.clone()}</bdi>
                        <span class="numbers note" aria-hidden="true">
                            {text::number(lane.events as u64)}
                        </span>
                        <span class="hidden-label">{text::lane("", lane.events)}</span>
                    </li>
                }
            };
            lanes.iter().map(label).collect_view()
        })
    };
    let drag = chosen.drag(plot);
    view! {
        <div node_ref=frame class="lanes-frame"><div class="lanes">
            <ul class="lane-labels">{labels}</ul>
            <div
                node_ref=plot
                class="lane-plot"
                on:pointerdown=drag.0
                on:pointermove=drag.1
                on:pointerup=drag.2
                on:pointercancel=drag.3
            >
                <svg
                    class="lane-svg"
                    width="100%"
                    height=height
                    aria-hidden="true"
                >
                    {move || view! { <Axis span=span.get() width=width.get() height=height() /> }}
                    {move || {
                        let tall = lane_height.get();
                        let lane = |(n, lane): (usize, &Lane)| lane_view((n + 1) * tall - LANE / 2, lane);
                        lanes.with(|lanes| lanes.iter().enumerate().map(lane).collect_view())
                    }}
                    {move || {
                        events
                            .with(|user| user.last_reset_time)
                            .map(|time| reset_rule(span.get().fraction(time), height()))
                    }}
                    {move || {
                        chosen
                            .shown()
                            .map(|(from, to)| {
                                let height = height() - AXIS;
                                view! {
                                    <rect class="outside" width=percent(from) height=height />
                                    <rect
                                        class="outside"
                                        x=percent(to)
                                        width=percent(1.0 - to)
                                        height=height
                                    />
                                }
                            })
                    }}
                </svg>
                <Handles chosen />
            </div>
        </div></div>
        <p class="note lanes-help">{text::LANES_HELP}</p>
    }
}

/// The chosen span as fractions: what is being dragged, else what the URL says.
#[derive(Clone, Copy)]
struct Chosen {
    span: Memo<Span>,
    url: Memo<UserUrl>,
    draft: RwSignal<Option<(f64, f64)>>,
    commit: Callback<Option<(f64, f64)>>,
}

impl Chosen {
    fn new(span: Memo<Span>, url: Memo<UserUrl>) -> Self {
        let draft = RwSignal::new(None);
        let commit = Callback::new(move |chosen: Option<(f64, f64)>| {
            let whole = span.get_untracked();
            let part = chosen.map(|(from, to)| Span { from: whole.at(from), to: whole.at(to) });
            let url = url.get_untracked();
            // Each step of a handle refines the span; a span in place of none is a step back.
            let step = if url.span.is_some() && part.is_some() { Step::Replace } else { Step::Add };
            history::go(&UserUrl { span: part, ..url }.href(), step);
            draft.set(None);
        });
        Self { span, url, draft, commit }
    }

    fn shown(&self) -> Option<(f64, f64)> {
        let (whole, url) = (self.span, self.url);
        self.draft.get().or_else(|| {
            let whole = whole.get();
            url.with(|url| url.span)
                .map(|span| (whole.fraction(span.from), whole.fraction(span.to)))
        })
    }

    /// Both ends, whether or not a span is chosen.
    fn ends(&self) -> (f64, f64) {
        self.shown().unwrap_or((0.0, 1.0))
    }

    /// Moves one end to `fraction`; the other gives way.
    fn move_end(&self, is_start: bool, fraction: f64) -> (f64, f64) {
        let (from, to) = self.ends();
        let least = 1.0 / f64::from(STEPS);
        if is_start {
            let from = fraction.min(1.0 - least);
            (from, to.max(from + least))
        } else {
            let to = fraction.max(least);
            (from.min(to - least), to)
        }
    }

    /// The handlers that choose by dragging: down, move, up, cancel.
    #[expect(clippy::type_complexity, reason = "four handlers of one gesture")]
    fn drag(
        self,
        plot: NodeRef<html::Div>,
    ) -> (
        impl Fn(ev::PointerEvent) + Copy,
        impl Fn(ev::PointerEvent) + Copy,
        impl Fn(ev::PointerEvent) + Copy,
        impl Fn(ev::PointerEvent) + Copy,
    ) {
        let anchor = RwSignal::new(None::<f64>);
        let fraction = move |event: &ev::PointerEvent| {
            let bounds = plot.get_untracked().map(|plot| plot.get_bounding_client_rect());
            bounds.map(|bounds| {
                let x = f64::from(event.client_x()) - bounds.left();
                (x / bounds.width().max(1.0)).clamp(0.0, 1.0)
            })
        };
        let down = move |event: ev::PointerEvent| {
            // The handles move themselves.
            let target: web_sys::Element = event_target(&event);
            if event.button() == 0 && target.tag_name() != "INPUT" {
                if let Some(plot) = plot.get_untracked() {
                    // The drag goes on where the pointer leaves the lanes.
                    let _ = plot.set_pointer_capture(event.pointer_id());
                }
                anchor.set(fraction(&event));
            }
        };
        let drag = move |event: ev::PointerEvent| {
            if let (Some(start), Some(end)) = (anchor.get_untracked(), fraction(&event))
                && (start - end).abs() > 0.005
            {
                self.draft.set(Some((start.min(end), start.max(end))));
            }
        };
        let up = move |_: ev::PointerEvent| {
            anchor.set(None);
            if let Some(chosen) = self.draft.get_untracked() {
                self.commit.run(Some(chosen));
            }
        };
        let cancel = move |_: ev::PointerEvent| {
            anchor.set(None);
            self.draft.set(None);
        };
        (down, drag, up, cancel)
    }
}

/// Two sliders under the lanes: the platform's own, so arrow keys, Home and End work.
#[component]
fn Handles(chosen: Chosen) -> impl IntoView {
    let handle = move |is_start: bool, label: &'static str| {
        let end = move || {
            let (from, to) = chosen.ends();
            if is_start { from } else { to }
        };
        let words = move || {
            let time: DateTime<Utc> = chosen.span.get().at(end());
            clock::date_time(time, clock::now())
        };
        let moved = move |event: &ev::Event| {
            let step: u32 = event_target_value(event).parse().unwrap_or_default();
            chosen.move_end(is_start, f64::from(step) / f64::from(STEPS))
        };
        view! {
            <input
                type="range"
                class="handle"
                aria-label=label
                aria-valuetext=words
                min="0"
                max=STEPS
                step="1"
                prop:value=move || step_of(end()).to_string()
                on:input=move |event| chosen.draft.set(Some(moved(&event)))
                on:change=move |event| {
                    let (from, to) = moved(&event);
                    let whole = step_of(from) == 0 && step_of(to) == STEPS;
                    chosen.commit.run((!whole).then_some((from, to)));
                }
            />
        }
    };
    view! { <div class="handles">{handle(true, text::SPAN_START)} {handle(false, text::SPAN_END)}</div> }
}

/// The handle's step at a fraction.
fn step_of(fraction: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to STEPS")]
    let step = (fraction * f64::from(STEPS)).round() as u32;
    step
}

/// Ticks with their dates, and the line between lanes and axis.
#[component]
fn Axis(span: Span, width: f64, height: usize) -> impl IntoView {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
    let most = (width / TICK).max(1.0) as usize;
    let (ticks, hours) = lanes::ticks(span, most);
    let bottom = height - AXIS;
    let now = clock::now();
    let tick = move |time: DateTime<Utc>| {
        let at = span.fraction(time);
        let label = if hours { clock::date_time(time, now) } else { clock::date(time, now) };
        // A label that would run over the right edge, where "now" stands, is left out.
        #[expect(clippy::cast_precision_loss, reason = "a few characters")]
        let fits = (1.0 - at) * width > label.chars().count() as f64 * CHARACTER + NOW;
        view! {
            <line class="tick" x1=percent(at) x2=percent(at) y1="0" y2=bottom />
            {fits.then(|| view! { <text class="tick-label" x=percent(at) y=height - 5>{label}</text> })}
        }
    };
    view! {
        {ticks.into_iter().map(tick).collect_view()}
        <line class="axis" x1="0" x2="100%" y1=bottom y2=bottom />
        <text class="tick-label end" x="100%" y=height - 5>{text::NOW}</text>
    }
}

fn lane_view(middle: usize, lane: &Lane) -> impl IntoView + use<> {
    view! {
        <line class="lane-line" x1="0" x2="100%" y1=middle y2=middle />
        {lane.marks.iter().map(|mark| mark_view(mark, middle)).collect_view()}
    }
}

/// One event as its level's shape; several as the shape with their number above it.
fn mark_view(mark: &Mark, middle: usize) -> impl IntoView + use<> {
    let many = mark.events > 1;
    let class = format!("mark {}{}", class(mark.level.as_ref()), if many { " many" } else { "" });
    view! {
        <svg class=class x=percent(mark.at) y=middle overflow="visible">
            {shape(mark.level.as_ref())}
            {many.then(|| view! { <text class="mark-count" y="-7">{text::short(mark.events)}</text> })}
        </svg>
    }
}

fn reset_rule(at: f64, height: usize) -> impl IntoView {
    view! {
        <line class="reset-rule" x1=percent(at) x2=percent(at) y1="0" y2=height - AXIS />
        <svg x=percent(at) y="0" overflow="visible">
            <path class="reset-flag" d="M0 0h7l-2 3 2 3h-7z" />
        </svg>
    }
}

/// `0.12345` as `12.34%`.
fn percent(fraction: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a fraction times 10,000")]
    let hundredths = (fraction * 10_000.0) as i32;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// The width of an element in px, as it changes.
fn use_width(node: NodeRef<html::Div>) -> RwSignal<f64> {
    let width = RwSignal::new(0.0);
    node.on_load(move |element| {
        let element: web_sys::Element = element.unchecked_into();
        let measured = element.clone();
        let changed = Closure::<dyn Fn()>::new(move || {
            width.try_set(measured.get_bounding_client_rect().width());
        });
        let observer = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref());
        if let Ok(observer) = observer {
            observer.observe(&element);
            // The observer goes with the element.
            changed.forget();
        }
    });
    width
}
