//! How a person likes the table of users: which columns in which order, and how times are written.
//! Kept by the browser as a query (`columns=name,email&times=absolute&zone=utc`); what is as it is
//! without being said is left out. The density is `crate::density`'s.

use columns::Column;
use leptos::prelude::*;

use crate::{
    kept,
    query::{self, Pairs},
};

const KEPT: &str = "look";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Those shown, in their order. The name is always among them: it leads to the person.
    pub columns: Vec<Column>,
    /// Times as a date and a time of day.
    pub absolute: bool,
    /// Such times in UTC.
    pub utc: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { columns: Column::ALL.to_vec(), absolute: false, utc: false }
    }
}

impl Look {
    /// What makes no sense counts as not said.
    pub fn read(text: &str) -> Self {
        let pairs = Pairs::parse(text);
        let mut columns = Vec::new();
        for name in pairs.text("columns").split(',') {
            let column = Column::ALL.into_iter().find(|column| column.as_str() == name);
            if let Some(column) = column.filter(|column| !columns.contains(column)) {
                columns.push(column);
            }
        }
        if !columns.contains(&Column::Name) {
            columns = Column::ALL.to_vec();
        }
        Self {
            columns,
            absolute: pairs.text("times") == "absolute",
            utc: pairs.text("zone") == "utc",
        }
    }

    pub fn to_text(&self) -> String {
        let names: Vec<_> = self.columns.iter().map(|column| column.as_str()).collect();
        let columns = if self.columns == Column::ALL { String::new() } else { names.join(",") };
        let word = |said: bool, word: &str| if said { word.to_owned() } else { String::new() };
        let pairs = [
            ("columns", columns),
            ("times", word(self.absolute, "absolute")),
            ("zone", word(self.utc, "utc")),
        ];
        query::href("", &pairs).trim_start_matches('?').to_owned()
    }

    /// Applies the look and keeps it.
    pub fn apply(self) {
        let text = self.to_text();
        kept::set(KEPT, Some(text.as_str()).filter(|text| !text.is_empty()));
        look().set(self);
    }
}

/// The look that the table has.
pub fn look() -> ArcRwSignal<Look> {
    thread_local! {
        static LOOK: ArcRwSignal<Look> =
            ArcRwSignal::new(Look::read(&kept::get(KEPT).unwrap_or_default()));
    }
    LOOK.with(ArcRwSignal::clone)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_look_comes_back_as_it_was_kept() {
        let columns = vec![Column::LastEvent, Column::Name];
        for look in [Look::default(), Look { columns, absolute: true, utc: true }] {
            assert_eq!(Look::read(&look.to_text()), look);
        }
        assert_eq!(Look::default().to_text(), "");
    }

    #[wasm_bindgen_test]
    fn a_look_always_has_the_name_and_nothing_twice() {
        assert_eq!(Look::read("columns=email"), Look::default());
        assert_eq!(Look::read("columns=name,shoe_size,name").columns, [Column::Name]);
    }
}
