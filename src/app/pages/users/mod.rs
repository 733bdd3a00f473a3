//! `/users` the list, `/users/{user_id}` one of them.

mod asked;
mod check;
mod export;
mod list;
mod table;
mod url;

mod detail;
mod evidence;
mod lanes;
mod lanes_view;
mod period;
mod person_row;
mod reset;
mod rows;
mod settled;
mod timeline;
mod triage;
mod view;
mod why;

pub use asked::Asked;
pub use detail::UserPage;
pub use export::ExportDialog;
pub use list::UsersPage;
pub use reset::ResetOne;
pub use triage::TriageBar;
pub use url::{level_href, period_href, search_href};
pub use view::ViewMenu;
