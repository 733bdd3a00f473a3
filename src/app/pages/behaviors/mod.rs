//! `/behaviors`: what raises a user's level, and changing it.
//!
//! Edits are staged, compared with what holds now, and saved together.

mod changes;
mod configuration;
mod drafts;
mod foot;
mod known;
mod on;
mod page;
mod review;
mod row;
mod sample;
mod save;
mod what_if;

pub use drafts::Drafts;
pub use on::BehaviorsOn;
pub use page::BehaviorsPage;
