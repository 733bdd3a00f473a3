//! The rows in the order of a column, made once.

use std::cmp::Ordering;

use crate::{Column, bits::Bits, block::Text, people::People};

/// Rows by the column's value; people who tie stand in the order of risk, then as they came.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) rows: Vec<u32>,
    /// Where in `rows` a value begins. People who tie keep their order when it is read backwards.
    pub(crate) begins: Bits,
    pub(crate) descending: bool,
}

/// What most comparisons need: the value, or as much of it as fits, and a place among the rows.
type Keyed = (Key, u32);

/// The first 16 bytes of a text, or a number.
type Key = (u64, u64);

impl Order {
    pub(crate) fn new(people: &People, column: Column) -> Self {
        match column {
            Column::Level => by_risk(people),
            Column::Name => by_text(people, Text::Name),
            Column::Email => by_text(people, Text::Email),
            // None before 0.
            Column::EventCount => {
                by_number(people, |row| people.count(row).map_or(0, |count| count + 1))
            }
            Column::LastEvent => by_number(people, |row| people.last(row).key()),
        }
    }

    /// The rows of `shown` after the first `skip`, at most `take`.
    pub(crate) fn pick(
        &self,
        descending: bool,
        shown: &Bits,
        skip: usize,
        take: usize,
    ) -> Vec<usize> {
        let picked = |rows: &mut dyn Iterator<Item = u32>| {
            let rows = rows.map(|row| row as usize).filter(|row| shown.holds(*row));
            rows.skip(skip).take(take).collect()
        };
        if descending == self.descending {
            picked(&mut self.rows.iter().copied())
        } else {
            picked(&mut self.backwards())
        }
    }

    /// The rows with the values in the other order.
    fn backwards(&self) -> impl Iterator<Item = u32> {
        let mut end = self.rows.len();
        let mut begin = end;
        let mut at = end;
        std::iter::from_fn(move || {
            if at == end {
                end = begin;
                begin = (0..end).rev().find(|place| self.begins.holds(*place))?;
                at = begin;
            }
            at += 1;
            Some(self.rows[at - 1])
        })
    }
}

/// Highest level first, then the latest event: what a person on triage wants to see first.
fn by_risk(people: &People) -> Order {
    let mut keyed: Vec<Keyed> = Vec::with_capacity(people.len());
    for row in 0..people.len() {
        keyed.push(((!people.last(row).key(), 0), row as u32));
    }
    arrange(&mut keyed, &|_, _| Ordering::Equal);
    // There are few levels: each person's place follows from counts.
    let mut next = vec![0; people.counts.len()];
    let mut begins = Bits::none(people.len());
    let mut place = 0;
    for level in people.levels.highest_first() {
        next[level] = place;
        if people.counts[level] > 0 {
            begins.insert(place);
        }
        place += people.counts[level] as usize;
    }
    let mut rows = vec![0; people.len()];
    for (_, row) in keyed {
        let place = &mut next[people.level(row as usize) as usize];
        rows[*place] = row;
        *place += 1;
    }
    Order { rows, begins, descending: true }
}

fn by_number(people: &People, key: impl Fn(usize) -> u64) -> Order {
    ordered(people, &|row| (key(row), 0), &|_, _| Ordering::Equal)
}

/// By the text in lower case, byte for byte: the first bytes tell most apart.
fn by_text(people: &People, text: Text) -> Order {
    let key = |row| {
        let (first, rest) = front(people.folded(row, text));
        (first, front(rest).0)
    };
    ordered(people, &key, &|a, b| people.folded(a, text).cmp(people.folded(b, text)))
}

/// The first eight bytes as a number that orders as they do, and the bytes after them.
fn front(bytes: &[u8]) -> (u64, &[u8]) {
    let (first, rest) = bytes.split_at(bytes.len().min(8));
    let mut eight = [0; 8];
    eight[..first.len()].copy_from_slice(first);
    (u64::from_be_bytes(eight), rest)
}

/// Sorts by the key, then by `further`, then by place. One copy of the sort serves all columns.
fn arrange(keyed: &mut [Keyed], further: &dyn Fn(u32, u32) -> Ordering) {
    keyed.sort_unstable_by(|a, b| {
        a.0.cmp(&b.0).then_with(|| further(a.1, b.1)).then_with(|| a.1.cmp(&b.1))
    });
}

/// By the key, then by `further`, then in the order of risk.
fn ordered(
    people: &People,
    key: &dyn Fn(usize) -> Key,
    further: &dyn Fn(usize, usize) -> Ordering,
) -> Order {
    let risk = &people.order(Column::Level).rows;
    let row = |place: u32| risk[place as usize] as usize;
    let mut keyed: Vec<Keyed> = Vec::with_capacity(risk.len());
    for place in 0..risk.len() as u32 {
        keyed.push((key(row(place)), place));
    }
    let value = |a: &Keyed, b: &Keyed| a.0.cmp(&b.0).then_with(|| further(row(a.1), row(b.1)));
    arrange(&mut keyed, &|a, b| further(row(a), row(b)));
    let mut begins = Bits::none(risk.len());
    for (place, one) in keyed.iter().enumerate() {
        if place == 0 || value(&keyed[place - 1], one).is_ne() {
            begins.insert(place);
        }
    }
    Order {
        rows: keyed.iter().map(|(_, place)| risk[*place as usize]).collect(),
        begins,
        descending: false,
    }
}

/// Sorts row numbers, those that tie in the order they came. It takes any comparison, so that the
/// app holds one copy of the sort.
pub fn sort(rows: &mut [u32], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    rows.sort_by(|a, b| compare(*a, *b));
}
