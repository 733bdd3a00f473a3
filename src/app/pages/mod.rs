//! The pages, as the URLs have them.

pub mod audit;
pub mod behaviors;
pub mod bulk;
pub mod demo;
pub mod integrations;
pub mod keys;
pub mod not_found;
pub mod overview;
pub mod parts;
pub mod users;
