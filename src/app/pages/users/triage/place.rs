//! Where a person stands in the list that is walked, and who stands beside.
//!
//! The list moves while it is walked: who is reset leaves it. So the address holds where the person
//! stood (`at`), and their neighbors are looked for around that place each time.

use columns::Page;
use model::UserId;

use super::super::url::TriageUrl;
use crate::data;

/// How many rows are asked for at once.
const WINDOW: usize = 64;

/// A person, and where they stand, from 1.
pub type Stop = (UserId, usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1; nothing for who is not in the list any more.
    pub at: Option<usize>,
    pub total: usize,
    pub previous: Option<Stop>,
    pub next: Option<Stop>,
}

/// Looks around the place that the address names.
pub async fn find(url: &TriageUrl, id: UserId) -> Result<Place, data::Error> {
    let page = (url.at - 1) / WINDOW + 1;
    let question = url.question();
    let (mut rows, mut before, mut total) = (Vec::new(), 0, 0);
    for number in page.saturating_sub(1).max(1)..=page + 1 {
        let view = data::ask(question.clone(), Page { number, rows: WINDOW }).await?;
        total = view.total;
        if rows.is_empty() {
            before = (view.page - 1) * WINDOW;
        } else if view.page != number {
            // The list ends before.
            break;
        }
        rows.extend(view.rows.iter().map(|row| row.user_id));
    }
    Ok(among(&rows, before, total, url.at, id))
}

/// The place among `rows`, of which `before` stand before. Who has no ID has no page, and is passed
/// over.
fn among(rows: &[Option<UserId>], before: usize, total: usize, at: usize, id: UserId) -> Place {
    let here = rows.iter().position(|row| *row == Some(id));
    let (back, on) = match here {
        Some(here) => (here, here + 1),
        // Whoever stands there now came after who is gone.
        None => {
            let gone = (at - 1).saturating_sub(before).min(rows.len());
            (gone, gone)
        }
    };
    let stop = |row: usize| rows[row].map(|id| (id, before + row + 1));
    Place {
        at: here.map(|here| before + here + 1),
        total,
        previous: (0..back).rev().find_map(stop),
        next: (on..rows.len()).find_map(stop),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn id(number: u32) -> UserId {
        format!("00000000-0000-4000-8000-{number:012}").parse().unwrap()
    }

    #[wasm_bindgen_test]
    fn neighbors_are_those_who_have_a_page() {
        let rows = [Some(id(1)), None, Some(id(3)), Some(id(4))];
        let place = among(&rows, 64, 100, 67, id(3));
        assert_eq!(place.at, Some(67));
        assert_eq!(place.previous, Some((id(1), 65)));
        assert_eq!(place.next, Some((id(4), 68)));
    }

    #[wasm_bindgen_test]
    fn nobody_is_passed_over_when_one_leaves_the_list() {
        // 2 was reset: 3 stands where 2 stood.
        let rows = [Some(id(1)), Some(id(3))];
        let place = among(&rows, 0, 2, 2, id(2));
        assert_eq!((place.at, place.total), (None, 2));
        assert_eq!(place.previous, Some((id(1), 1)));
        assert_eq!(place.next, Some((id(3), 2)));
        // The last one was.
        assert_eq!(among(&rows, 0, 2, 3, id(4)).next, None);
        assert_eq!(among(&[], 0, 0, 1, id(4)).previous, None);
    }
}
