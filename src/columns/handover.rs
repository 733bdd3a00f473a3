//! People on their way from the thread that read them to the one that answers questions: in pieces
//! of some thousand people, as they are read, so that neither thread is kept for long.
//!
//! A piece is a byte that says what it is, and numbers of fixed width, little-endian, each list
//! with its length before it. Both ends are of one build: a piece that can't be read is a bug.

use model::{RiskLevel, UserId};
use uuid::Uuid;

use crate::{
    Column, People,
    bits::Bits,
    block::{Block, Lower},
    levels::LevelTable,
    order::Order,
    people::{Builder, sum_up},
    time::Ticks,
};

const BLOCK: u8 = b'b';
const LEVELS: u8 = b'l';
const ORDER: u8 = b'o';

impl Builder {
    /// The blocks that are full and were not given yet.
    pub(crate) fn next_pieces(&mut self) -> Vec<Vec<u8>> {
        let pieces = self.full[self.given..].iter().map(block).collect();
        self.given = self.full.len();
        pieces
    }
}

impl People {
    /// What belongs to these people beside the blocks that a [`Reader`](crate::Reader) gave by
    /// itself: the last block, and the levels.
    #[must_use]
    pub fn last_pieces(&self) -> Vec<Vec<u8>> {
        let blocks = self.all_blocks()[self.given..].iter().map(block);
        blocks.chain([levels(&self.levels)]).collect()
    }

    /// The order of a column, which is made if it was not.
    #[must_use]
    pub fn order_piece(&self, column: Column) -> Vec<u8> {
        let order = self.order(column);
        let mut piece = Piece(vec![ORDER, column as u8, u8::from(order.descending)]);
        piece.list(&order.rows, |row| row.to_le_bytes());
        piece.list(order.begins.words(), |word| word.to_le_bytes());
        piece.0
    }

    /// Whether the piece is the order of a column.
    #[must_use]
    pub fn is_order(piece: &[u8]) -> bool {
        piece.first() == Some(&ORDER)
    }

    /// Takes an order that was made elsewhere; says which it is.
    pub fn take_order(&self, piece: &[u8]) -> Option<Column> {
        let mut piece = Rest(piece);
        let [ORDER, column, descending] = *piece.take::<3>()? else { return None };
        let column = *Column::ALL.get(usize::from(column))?;
        let rows = piece.list(|bytes| u32::from_le_bytes(*bytes))?;
        let begins = Bits::from_words(piece.list(|bytes| u64::from_le_bytes(*bytes))?, self.len())?;
        if rows.len() != self.len() || rows.iter().any(|row| *row as usize >= rows.len()) {
            return None;
        }
        self.set_order(column, Order { rows, begins, descending: descending != 0 });
        Some(column)
    }
}

/// People as they arrive.
#[derive(Debug)]
pub struct Arrival {
    blocks: Vec<Block>,
    levels: LevelTable,
    lower: Lower,
}

impl Arrival {
    #[must_use]
    pub fn new(lower: Lower) -> Self {
        Self { blocks: Vec::new(), levels: LevelTable::default(), lower }
    }

    /// Takes a piece; nothing if it can't be read. A function of its own, as reading is.
    #[inline(never)]
    pub fn take(&mut self, piece: &[u8]) -> Option<()> {
        let mut piece = Rest(piece);
        match *piece.take::<1>()? {
            [BLOCK] => self.blocks.push(piece.block()?),
            [LEVELS] => self.levels = piece.levels()?,
            _ => return None,
        }
        piece.0.is_empty().then_some(())
    }

    /// The people, once all pieces came.
    #[must_use]
    pub fn people(self) -> Option<People> {
        let Self { blocks, levels, lower } = self;
        let known = |level: &u32| (*level as usize) < levels.len();
        let fit = blocks.iter().flat_map(Block::levels).all(known);
        fit.then(|| sum_up(blocks, levels, lower))
    }
}

fn block(block: &Block) -> Vec<u8> {
    let Block { folded, folded_ends, kept, kept_ends, levels, counts, lasts, ids } = block;
    let size = folded.len() + kept.len() + levels.len() * 53 + 64;
    let mut piece = Piece(Vec::with_capacity(size));
    piece.0.push(BLOCK);
    piece.bytes(folded);
    piece.list(folded_ends, |end| end.to_le_bytes());
    piece.bytes(kept);
    piece.list(kept_ends, |end| end.to_le_bytes());
    piece.list(levels, |level| level.to_le_bytes());
    piece.list(counts, |count| count.to_le_bytes());
    piece.list(lasts, |last| last.number().to_le_bytes());
    piece.list(ids, |id| {
        let mut bytes = [0; 17];
        if let Some(id) = id {
            bytes[0] = 1;
            bytes[1..].copy_from_slice(id.as_uuid().as_bytes());
        }
        bytes
    });
    piece.0
}

/// The levels that we don't know; the others have their numbers everywhere.
fn levels(levels: &LevelTable) -> Vec<u8> {
    let mut piece = Piece(vec![LEVELS]);
    for level in levels.unknown_in_order() {
        piece.bytes(level.as_str().as_bytes());
    }
    piece.0
}

/// A piece while it is written.
struct Piece(Vec<u8>);

impl Piece {
    fn length(&mut self, length: usize) {
        self.0.extend_from_slice(&(length as u32).to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    fn list<T, const N: usize>(&mut self, list: &[T], bytes: impl Fn(&T) -> [u8; N]) {
        self.length(list.len());
        for value in list {
            self.0.extend_from_slice(&bytes(value));
        }
    }
}

/// What is left of a piece while it is read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(taken)
    }

    fn length(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(*self.take()?) as usize)
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn list<T, const N: usize>(&mut self, value: impl Fn(&[u8; N]) -> T) -> Option<Vec<T>> {
        let length = self.length()?;
        let (taken, rest) = self.0.split_at_checked(length.checked_mul(N)?)?;
        self.0 = rest;
        let (values, _) = taken.as_chunks();
        Some(values.iter().map(value).collect())
    }

    fn block(&mut self) -> Option<Block> {
        let folded = self.bytes()?.to_vec();
        let folded_ends = self.list(|bytes| u32::from_le_bytes(*bytes))?;
        let kept = self.bytes()?.to_vec();
        let kept_ends = self.list(|bytes| u32::from_le_bytes(*bytes))?;
        let levels = self.list(|bytes| u32::from_le_bytes(*bytes))?;
        let counts = self.list(|bytes| u64::from_le_bytes(*bytes))?;
        let lasts = self.list(|bytes| Ticks::from_number(i64::from_le_bytes(*bytes)))?;
        let ids = self.list(|[is_there, id @ ..]: &[u8; 17]| {
            (*is_there != 0).then(|| UserId::from(Uuid::from_bytes(*id)))
        })?;
        Some(Block { folded, folded_ends, kept, kept_ends, levels, counts, lasts, ids })
    }

    fn levels(&mut self) -> Option<LevelTable> {
        let mut levels = LevelTable::default();
        while !self.0.is_empty() {
            levels.number(Some(str::from_utf8(self.bytes()?).ok()?));
        }
        Some(levels)
    }
}

impl LevelTable {
    fn unknown_in_order(&self) -> impl Iterator<Item = &RiskLevel> {
        self.all().filter(|level| matches!(level, RiskLevel::Unknown(_)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Page, Question, Reader, Sort};

    /// Everyone of some answer, read a piece at a time, and what arrived of them.
    fn handed_over(users: &[serde_json::Value], piece: usize) -> (People, People) {
        let answer = serde_json::json!({ "success": true, "result": { "users": users } });
        let (mut reader, mut arrival) =
            (Reader::new(str::to_lowercase), Arrival::new(str::to_lowercase));
        for bytes in answer.to_string().as_bytes().chunks(piece) {
            reader.feed(bytes).unwrap();
            for piece in reader.next_pieces() {
                arrival.take(&piece).unwrap();
            }
        }
        reader.end().unwrap();
        let people = reader.people();
        for piece in people.last_pieces() {
            arrival.take(&piece).unwrap();
        }
        (people, arrival.people().unwrap())
    }

    fn alike(people: &People, arrived: &People) {
        assert_eq!(arrived.levels(), people.levels());
        for column in Column::ALL {
            assert!(!arrived.is_ready(column));
            assert_eq!(arrived.take_order(&people.order_piece(column)), Some(column));
            assert!(arrived.is_ready(column));
            for (descending, text) in [(false, ""), (true, "a")] {
                let sort = Sort { column, descending };
                let question = Question { text: text.to_owned(), sort, ..Question::default() };
                let page = Page { number: 1, rows: 20_000 };
                assert_eq!(arrived.view(&question, page), people.view(&question, page));
            }
        }
    }

    #[test]
    fn thousands_arrive_as_they_were_read() {
        let user = |number: usize| {
            let level = ["low", "high", "severe", "?"][number % 4];
            serde_json::json!({
                "user_id": format!("{number:08x}-0000-4000-a000-000000000000"),
                "name": format!("Ünal {number}"), "email": format!("u{number}@example.com"),
                "event_count": number, "last_event": "2026-11-25T10:00:00Z",
                "max_risk_level": level,
            })
        };
        let users: Vec<_> = (0..10_000).map(user).collect();
        let (people, arrived) = handed_over(&users, 1 << 16);
        assert_eq!(arrived.len(), 10_000);
        alike(&people, &arrived);
    }

    proptest! {
        #[test]
        fn people_of_all_kinds_arrive(
            users in proptest::collection::vec((".{0,9}", ".{0,9}", "[a-z]{0,3}", any::<u32>(), any::<bool>()), 0..20),
            cut in 0_usize..4_000,
        ) {
            let users: Vec<_> = users.into_iter().map(|(name, email, level, count, has_id)| {
                let id = has_id.then(|| Uuid::from_u128(u128::from(count)));
                serde_json::json!({
                    "user_id": id, "name": name, "email": email, "max_risk_level": level,
                    "event_count": has_id.then_some(count), "last_event": has_id.then_some("2026-11-25T10:00:00Z"),
                })
            }).collect();
            let (people, arrived) = handed_over(&users, 100);
            alike(&people, &arrived);
            // A piece that is cut is no piece.
            for piece in people.last_pieces().into_iter().chain(Column::ALL.map(|c| people.order_piece(c))) {
                let cut = &piece[..cut % piece.len()];
                let is_list = piece[0] == LEVELS;
                prop_assert!(is_list || Arrival::new(str::to_lowercase).take(cut).is_none());
                prop_assert_eq!(arrived.take_order(cut), None);
            }
        }
    }
}
