//! Building blocks that know nothing of risk.

pub mod announcer;
pub mod copy;
pub mod dialog;
pub mod field;
pub mod file;
pub mod filter_chip;
pub mod history;
pub mod icon;
pub mod menu;
pub mod page;
pub mod pager;
pub mod plain;
pub mod sheet;
pub mod sort_header;
pub mod sparkline;
pub mod streamed;
pub mod switch;
