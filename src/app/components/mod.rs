//! Pieces that know the model's types.

pub mod attempt;
pub mod change_row;
pub mod failure;
pub mod freshness;
pub mod json_tree;
pub mod level;
pub mod level_bar;
pub mod when;
