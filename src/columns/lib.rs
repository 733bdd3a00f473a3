//! The people of an account as columns: read, search, filter and sort, without web and I/O.
//!
//! A [`Reader`] takes the summary as its bytes come and makes [`People`]; a [`Question`] gives a
//! [`View`]: one page of people, and how many there are at each level. Only the people of that
//! page are ever put together.
//!
//! - [`read`] bytes to columns, lenient as `model::users` is
//! - [`block`] the columns themselves, some thousand people at a time; [`time`], [`levels`]
//! - [`search`] by words, [`period`] by the last event; [`order`] each column's, made once; [`view`]
//!   all of it as a page
//! - [`handover`] the people from the thread that read them to another
//!
//! What it costs: about 110 bytes a person with a name and an address of usual length, 20 more
//! when every column was sorted by.

mod bits;
mod block;
mod handover;
mod levels;
mod order;
mod people;
mod period;
mod question;
mod read;
mod search;
mod time;
mod view;

pub use block::Lower;
pub use handover::Arrival;
pub use levels::{LevelCounts, LevelFilter, UNSCORED};
pub use order::sort;
pub use people::People;
pub use period::Period;
pub use question::{Column, Question, Sort};
pub use read::{Next, Reader, Unreadable};
pub use view::{Page, View};
