//! Reading the summary from the network into columns, piece by piece as it comes.

use std::pin::Pin;

use columns::{Next, People, Reader, Unreadable};
use js_sys::{Date, JsString, Promise, Reflect, Uint8Array};
use model::{AccountId, Operation};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Headers, ReadableStreamDefaultReader, Request, RequestCache, RequestInit, RequestRedirect,
    Response,
};

use crate::{
    told::{Failure, Told},
    worker::{give, tell, worker},
};

/// The status of an answer that is the one whose tag was sent.
const NOT_MODIFIED: u16 = 304;

/// How long it is between two words of progress, in ms: each has the page draw.
const PROGRESS_EVERY: f64 = 100.0;

/// What came of a read.
pub(crate) enum Outcome {
    Whole {
        people: Box<People>,
        /// The tag of the answer that they are, if it had one and was the only one.
        tag: Option<String>,
    },
    /// The answer is still the one with the known tag.
    Unchanged,
}

/// Reads everyone, all pages of them, unless the answer is `known` by its tag. A part is never
/// given out as the whole; blocks of people are given away as they fill.
pub(crate) async fn read(account: &AccountId, known: Option<&str>) -> Result<Outcome, Failure> {
    let path = format!("/client/v4{}", Operation::Summary.path(account));
    let mut reader = Reader::new(crate::lower);
    let mut progress = Progress { bytes: 0, of: None, told: Date::now() };
    let mut query = String::new();
    loop {
        // What is known by a tag is one answer: the first page alone is asked for that way.
        let known = known.filter(|_| query.is_empty());
        let answer = Answer::fetch(&format!("{path}{query}"), known).await?;
        if known.is_some() && answer.response.status() == NOT_MODIFIED {
            return Ok(Outcome::Unchanged);
        }
        progress.of = answer.length();
        // In a box, for the code that runs for each piece is small then, and browsers optimize it sooner.
        let feeding: Pin<Box<dyn Future<Output = Result<(), Failure>> + '_>> =
            Box::pin(answer.feed(&mut reader, &mut progress));
        feeding.await?;
        match reader.end().map_err(|error| answer.unreadable(error))? {
            Next::Page(page) => query = format!("?page={page}"),
            Next::Whole => {
                let tag = answer.header("etag").filter(|_| query.is_empty());
                return Ok(Outcome::Whole { people: Box::new(reader.people()), tag });
            }
        }
    }
}

struct Progress {
    bytes: u64,
    of: Option<u64>,
    /// When it was last told, in ms since 1970.
    told: f64,
}

impl Progress {
    fn add(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
        let now = Date::now();
        if (now - self.told).abs() >= PROGRESS_EVERY {
            self.told = now;
            tell(&Told::Progress { bytes: self.bytes, of: self.of });
        }
    }
}

/// A success whose body is still to come.
struct Answer {
    response: Response,
}

impl Answer {
    /// What was asked for before this code was there (`public/start.js`), once.
    fn early() -> Option<Promise> {
        let (scope, key) = (js_sys::global(), JsValue::from_str("asked"));
        let asked = Reflect::get(&scope, &key).ok()?.dyn_into().ok()?;
        // It is an object that takes any property.
        let _ = Reflect::set(&scope, &key, &JsValue::UNDEFINED);
        Some(asked)
    }

    /// Asks with the headers that the app asks with (`src/app/transport.rs`).
    async fn fetch(path: &str, known: Option<&str>) -> Result<Self, Failure> {
        let asked = match Self::early() {
            Some(asked) => asked,
            None => Self::ask(path, known)?,
        };
        let response = JsFuture::from(asked).await;
        let answer = Self { response: response.map_err(unreachable)?.unchecked_into() };
        let unchanged = known.is_some() && answer.response.status() == NOT_MODIFIED;
        if unchanged || (answer.response.ok() && !answer.is_page()) {
            Ok(answer)
        } else {
            Err(answer.fail().await)
        }
    }

    fn ask(path: &str, known: Option<&str>) -> Result<Promise, Failure> {
        let headers = Headers::new().map_err(unreachable)?;
        headers.set("Accept", "application/json").map_err(unreachable)?;
        headers.set("X-Requested-With", "XMLHttpRequest").map_err(unreachable)?;
        if let Some(tag) = known {
            headers.set("If-None-Match", tag).map_err(unreachable)?;
        }
        let init = RequestInit::new();
        // The tag is for us: no cache may answer in the server's place, or with a 200 of its own.
        init.set_cache(RequestCache::NoStore);
        init.set_headers(&headers);
        // A redirect leads to a sign-in.
        init.set_redirect(RequestRedirect::Manual);
        let request = Request::new_with_str_and_init(path, &init).map_err(unreachable)?;
        Ok(worker().fetch_with_request(&request))
    }

    /// Whether this is a page for people: the sign-in, in place of data.
    fn is_page(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
    }

    fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name).ok().flatten()
    }

    /// How many bytes will come, where the server says so of the bytes that we see.
    fn length(&self) -> Option<u64> {
        let packed = self.header("content-encoding").is_some();
        self.header("content-length").filter(|_| !packed)?.parse().ok()
    }

    /// Feeds the body to the reader, as it comes.
    async fn feed(&self, reader: &mut Reader, progress: &mut Progress) -> Result<(), Failure> {
        let Some(body) = self.response.body() else { return Ok(()) };
        let body: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        let (done, value) = (JsString::from("done"), JsString::from("value"));
        loop {
            let read = JsFuture::from(body.read()).await.map_err(unreachable)?;
            if Reflect::get(&read, &done).is_ok_and(|done| done.is_truthy()) {
                return Ok(());
            }
            let bytes: Uint8Array =
                Reflect::get(&read, &value).map_err(unreachable)?.unchecked_into();
            let length = bytes.length() as usize;
            reader.feed_with(length, |space| bytes.copy_to(space)).map_err(|error| {
                // What is still to come can't make it better.
                let _ = body.cancel();
                self.unreadable(error)
            })?;
            reader.next_pieces().iter().for_each(|people| give(people));
            progress.add(length);
        }
    }

    /// The failure that this answer is, with its body.
    async fn fail(&self) -> Failure {
        let body = match self.response.text() {
            Ok(text) => JsFuture::from(text).await.ok().and_then(|text| text.as_string()),
            Err(_) => None,
        };
        self.with_body(body.unwrap_or_default())
    }

    fn with_body(&self, body: String) -> Failure {
        Failure::Answer {
            // A redirect that is not followed shows no status.
            status: if self.response.status() == 0 { 302 } else { self.response.status() },
            content_type: self.header("content-type"),
            ray: self.header("cf-ray"),
            retry_after: self.header("retry-after").and_then(|value| value.parse().ok()),
            body,
        }
    }

    fn unreadable(&self, error: Unreadable) -> Failure {
        match error {
            Unreadable::Failure { answer } => {
                self.with_body(String::from_utf8_lossy(&answer).into_owned())
            }
            error => Failure::Unreadable {
                status: self.response.status(),
                ray: self.header("cf-ray"),
                detail: error.to_string(),
            },
        }
    }
}

fn unreachable(error: JsValue) -> Failure {
    let message = Reflect::get(&error, &JsValue::from_str("message")).ok();
    let detail = message.and_then(|message| message.as_string()).unwrap_or_default();
    Failure::Unreachable { detail }
}
