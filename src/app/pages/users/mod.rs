//! `/users` the list, `/users/{user_id}` one of them.

mod export;
mod list;
mod table;
mod url;

mod detail;
mod lanes;
mod lanes_view;
mod reset;
mod timeline;
mod why;

pub use detail::UserPage;
pub use export::ExportDialog;
pub use list::UsersPage;
pub use url::{level_href, search_href};
