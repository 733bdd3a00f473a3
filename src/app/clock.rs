//! The app's only clock, and times as people read them.

use chrono::{DateTime, Datelike, Timelike, Utc};
use leptos::prelude::*;

use crate::text;

/// How often relative times are brought up to date.
const TICK: std::time::Duration = std::time::Duration::from_secs(5);

/// The time now, by the browser's clock.
pub fn now() -> DateTime<Utc> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit an i64")]
    DateTime::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
}

/// Waits for so long.
pub async fn sleep(time: std::time::Duration) {
    let next = js_sys::Promise::new(&mut |resolve, _| {
        let time = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, time);
    });
    // A timer does not fail.
    let _ = wasm_bindgen_futures::JsFuture::from(next).await;
}

/// The day now, in UTC, as a file's name has it: "2026-11-14".
pub fn today() -> String {
    now().date_naive().to_string()
}

/// A time that moves on by itself, for relative times.
#[derive(Clone, Copy)]
pub struct Ticker(ReadSignal<DateTime<Utc>>);

impl Ticker {
    pub fn provide() {
        let (time, set_time) = signal(now());
        // The interval lives as long as the app.
        let _ = set_interval_with_handle(move || set_time.set(now()), TICK);
        provide_context(Self(time));
    }

    pub fn expect() -> Self {
        expect_context()
    }

    pub fn get(self) -> DateTime<Utc> {
        // A fresh answer may be newer than the last tick.
        self.0.get().max(now())
    }
}

/// How long ago `time` was: "just now", "5 min ago", "3 h ago", then the date.
pub fn relative(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (now - time).num_seconds();
    match seconds {
        ..-60 => date(time, now),
        -60..5 => text::JUST_NOW.to_owned(),
        5..60 => text::ago(seconds, "s"),
        60..3_600 => text::ago(seconds / 60, "min"),
        3_600..86_400 => text::ago(seconds / 3_600, "h"),
        86_400..604_800 => text::ago(seconds / 86_400, "d"),
        _ => date(time, now),
    }
}

/// The local date, with the year where it is another one: "14 Nov", "3 Oct 2025".
pub fn date(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (local, today) = (Local::of(time), Local::of(now));
    let month = text::month(local.month);
    if local.year == today.year {
        format!("{} {month}", local.day)
    } else {
        format!("{} {month} {}", local.day, local.year)
    }
}

/// The local date and time of day: "14 Nov 09:12".
pub fn date_time(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let local = Local::of(time);
    format!("{} {:02}:{:02}", date(time, now), local.hour, local.minute)
}

/// The date and time of day, local or in UTC: "14 Nov 09:12", "14 Nov 08:12 UTC".
pub fn absolute(time: DateTime<Utc>, now: DateTime<Utc>, utc: bool) -> String {
    if !utc {
        return date_time(time, now);
    }
    let month = text::month(time.month0());
    let year = if time.year() == now.year() { String::new() } else { format!(" {}", time.year()) };
    format!("{} {month}{year} {:02}:{:02} UTC", time.day(), time.hour(), time.minute())
}

/// The local time of day with seconds.
pub fn time_of_day(time: DateTime<Utc>) -> String {
    let local = Local::of(time);
    format!("{:02}:{:02}:{:02}", local.hour, local.minute, local.second)
}

/// When the local day begins that is so many days after today's, or before.
pub fn day_begins(days: i32) -> DateTime<Utc> {
    let today = js_sys::Date::new_0();
    let day = today.get_date().cast_signed() + days;
    let month = today.get_month().cast_signed();
    // A day below the first is one of the month before, and one past the last of the month after.
    let begins = js_sys::Date::new_with_year_month_day(today.get_full_year(), month, day);
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit an i64")]
    DateTime::from_timestamp_millis(begins.get_time() as i64).unwrap_or_default()
}

/// Whether the span is one local day.
pub fn is_a_day(from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
    let midnight = |time| {
        let local = Local::of(time);
        (local.hour, local.minute, local.second) == (0, 0, 0)
    };
    // Where clocks change, a day has 23 hours, or 25.
    midnight(from) && midnight(to) && (23..=25).contains(&(to - from).num_hours())
}

/// The local day, as a key to group by.
pub fn day(time: DateTime<Utc>) -> (u32, u32, u32) {
    let local = Local::of(time);
    (local.year, local.month, local.day)
}

/// The exact time, local and UTC.
pub fn exact(time: DateTime<Utc>) -> String {
    let local = Local::of(time);
    text::exact_time(
        &format!(
            "{} {} {} {:02}:{:02}:{:02}",
            local.day,
            text::month(local.month),
            local.year,
            local.hour,
            local.minute,
            local.second
        ),
        &format!(
            "{}-{:02}-{:02} {:02}:{:02}:{:02}",
            time.year(),
            time.month(),
            time.day(),
            time.hour(),
            time.minute(),
            time.second()
        ),
    )
}

/// A time in the browser's time zone.
struct Local {
    year: u32,
    /// 0 to 11.
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
}

impl Local {
    fn of(time: DateTime<Utc>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a date's milliseconds fit 53 bits")]
        let date = js_sys::Date::new(&(time.timestamp_millis() as f64).into());
        Self {
            year: date.get_full_year(),
            month: date.get_month(),
            day: date.get_date(),
            hour: date.get_hours(),
            minute: date.get_minutes(),
            second: date.get_seconds(),
        }
    }
}
