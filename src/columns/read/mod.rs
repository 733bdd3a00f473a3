//! Reading the summary as it comes: bytes in, columns out. Neither the whole answer nor a struct
//! a person is ever in memory.
//!
//! - [`outline`] the envelope around the list, and where the list begins
//! - [`usual`] an element of the list as the vendor writes it; [`row`] any element, lenient as
//!   `model::users` is, and [`scalar`] its values

mod outline;
mod row;
mod scalar;
mod usual;

use serde_json::Deserializer;

use self::{
    outline::{Outline, Taken},
    row::Row,
};
use crate::{
    block::{Entry, Lower},
    people::{Builder, People},
};

/// More than any account sends: 1 GiB. It keeps every place in a block within 32 bits.
const MAX_BYTES: u64 = 1 << 30;

/// More pages than any account has; an answer that claims more is not to be trusted.
const MAX_PAGES: u64 = 10_000;

/// Why an answer is not the list of people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The answer tells of a failure. This is the answer, without people.
    #[error("the answer tells of a failure")]
    Failure { answer: Vec<u8> },
    /// A person is not JSON. They are counted from 1, over all pages.
    #[error("person {person}: {detail}")]
    Person { person: usize, detail: String },
    /// What stands around the people is not what an answer is.
    #[error("around the list of people: {detail}")]
    Envelope { detail: String },
    #[error("the answer ends in the middle, after {people} people")]
    Cut { people: usize },
    #[error("page {page} was asked for, and another came")]
    OtherPage { page: u64 },
    #[error("the answer is too long")]
    TooLong,
}

/// What to do after an answer was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask for this page and feed its answer too.
    Page(u64),
    /// Everyone was read.
    Whole,
}

/// Where in the answer the next byte stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Outside,
    /// In the list, before its first element.
    First,
    /// After a comma.
    Element,
    /// After an element.
    After,
}

/// One page of the answer.
#[derive(Debug, Default)]
struct Page {
    outline: Outline,
    place: Place,
    /// What has come and can't be read yet: less than an element.
    rest: Vec<u8>,
    /// How long the rest must be before it is worth another look. An element that is longer than
    /// what comes at a time is looked at each time it has doubled: the work stays linear.
    worth: usize,
}

/// Reads the summary, all pages of it.
#[derive(Debug)]
pub struct Reader {
    people: Builder,
    page: Page,
    /// The page that was asked for, after the first.
    wanted: Option<u64>,
    bytes: u64,
}

impl Reader {
    #[must_use]
    pub fn new(lower: Lower) -> Self {
        Self { people: Builder::new(lower), page: Page::default(), wanted: None, bytes: 0 }
    }

    /// Takes the next bytes of the answer, cut anywhere.
    ///
    /// # Errors
    /// [`Unreadable`]: nothing that follows will make it better.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Unreadable> {
        self.feed_with(bytes.len(), |space| space.copy_from_slice(bytes))
    }

    /// The same for bytes that are elsewhere yet: `copy` has room for so many of them.
    ///
    /// # Errors
    /// As [`feed`](Self::feed).
    pub fn feed_with(
        &mut self,
        length: usize,
        copy: impl FnOnce(&mut [u8]),
    ) -> Result<(), Unreadable> {
        self.bytes += length as u64;
        if self.bytes > MAX_BYTES {
            return Err(Unreadable::TooLong);
        }
        let Page { rest, worth, .. } = &mut self.page;
        let before = rest.len();
        rest.resize(before + length, 0);
        copy(&mut rest[before..]);
        if rest.len() < *worth { Ok(()) } else { self.page.read(&mut self.people) }
    }

    /// The answer has ended: says whether another page belongs to the whole.
    ///
    /// # Errors
    /// [`Unreadable`]. A success without a result is an empty page, and no error.
    pub fn end(&mut self) -> Result<Next, Unreadable> {
        let mut page = std::mem::take(&mut self.page);
        page.read(&mut self.people)?;
        if page.place != Place::Outside {
            return Err(Unreadable::Cut { people: self.people.len() });
        }
        let info = page.outline.read()?;
        let got = info.as_ref().and_then(|info| info.page);
        if let Some(page) = self.wanted
            && (got != Some(page) || page > MAX_PAGES)
        {
            return Err(Unreadable::OtherPage { page });
        }
        self.wanted = info.and_then(|info| info.next_page());
        Ok(self.wanted.map_or(Next::Whole, Next::Page))
    }

    /// The people that were read since this was last called, as far as they fill a piece: for an
    /// [`Arrival`](crate::Arrival) in another thread.
    #[must_use]
    pub fn next_pieces(&mut self) -> Vec<Vec<u8>> {
        self.people.next_pieces()
    }

    /// How many people have been read.
    #[must_use]
    pub fn len(&self) -> usize {
        self.people.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Everyone that was read. They are the whole only after [`end`](Self::end) said so.
    #[must_use]
    pub fn people(self) -> People {
        self.people.build()
    }
}

impl Page {
    /// Reads as far as what has come goes.
    fn read(&mut self, people: &mut Builder) -> Result<(), Unreadable> {
        let mut at = 0;
        while at < self.rest.len() {
            let step = match self.place {
                Place::Outside => self.outside(at)?,
                Place::First | Place::Element | Place::After => self.inside(at, people)?,
            };
            if step == 0 {
                break;
            }
            at += step;
        }
        self.rest.drain(..at);
        self.worth = 2 * self.rest.len();
        Ok(())
    }

    fn outside(&mut self, at: usize) -> Result<usize, Unreadable> {
        let bytes = &self.rest[at..];
        Ok(match self.outline.take(bytes)? {
            Taken::All => bytes.len(),
            Taken::List(taken) => {
                self.place = Place::First;
                taken
            }
        })
    }

    /// Reads a mark or an element; nothing where more must come first.
    fn inside(&mut self, at: usize, people: &mut Builder) -> Result<usize, Unreadable> {
        let bytes = &self.rest[at..];
        match (self.place, bytes[0]) {
            (_, b' ' | b'\n' | b'\r' | b'\t') => Ok(1),
            (Place::First | Place::After, b']') => {
                self.outline.close_list();
                self.place = Place::Outside;
                Ok(1)
            }
            (Place::After, b',') => {
                self.place = Place::Element;
                Ok(1)
            }
            (Place::After, _) => Err(Unreadable::Person {
                person: people.len() + 1,
                detail: "expected a comma before it".to_owned(),
            }),
            _ => {
                let read = element(bytes, people)?;
                if read > 0 {
                    self.place = Place::After;
                }
                Ok(read)
            }
        }
    }
}

/// Reads the element at the start of `bytes` and says how long it is; 0 where it may go on.
fn element(bytes: &[u8], people: &mut Builder) -> Result<usize, Unreadable> {
    let Some((row, length)) = usual::read(bytes) else { return any_element(bytes, people) };
    push(row, people);
    Ok(length)
}

/// The same for any element.
#[cold]
#[inline(never)]
fn any_element(bytes: &[u8], people: &mut Builder) -> Result<usize, Unreadable> {
    let mut stream = Deserializer::from_slice(bytes).into_iter::<Row<'_>>();
    let read = stream.next();
    let length = stream.byte_offset();
    match read {
        // A number goes on until something else comes.
        Some(Ok(row)) if length < bytes.len() => {
            push(row, people);
            Ok(length)
        }
        Some(Err(error)) if !error.is_eof() && !is_at_end(&error, bytes) => {
            Err(Unreadable::Person { person: people.len() + 1, detail: error.to_string() })
        }
        _ => Ok(0),
    }
}

fn push(row: Row<'_>, people: &mut Builder) {
    let Row { id, name, email, level, count, last } = row;
    let level = people.level(level.as_deref());
    people.push(&Entry { id, name: &name, email: &email, level, count, last });
}

/// Whether the error is about the last byte: what looks broken there may be a number that goes on.
fn is_at_end(error: &serde_json::Error, bytes: &[u8]) -> bool {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.take(error.line().saturating_sub(1)).map(<[u8]>::len).sum();
    before + error.column() >= bytes.len()
}
