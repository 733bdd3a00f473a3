//! The app's files inside this binary; `build.rs` makes the table.

use proxy::assets::Asset;

pub const TABLE: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));
