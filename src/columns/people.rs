//! Everyone in an account, as columns.

use std::sync::{Mutex, OnceLock};

use model::UserRiskInfo;

use crate::{
    Column, LevelCounts,
    block::{Block, Entry, Lower, Open, ROWS, Text},
    levels::LevelTable,
    order::Order,
    search::Search,
    time::Ticks,
};

/// Everyone who was read. Made by a [`Reader`](crate::Reader); from then on only what is derived
/// changes: the orders, each made once, when it is first asked for, and the latest search.
#[derive(Debug)]
pub struct People {
    blocks: Vec<Block>,
    len: usize,
    /// How many of the blocks were given as pieces while they were read.
    pub(crate) given: usize,
    pub(crate) levels: LevelTable,
    /// How many have each level, by its number.
    pub(crate) counts: Vec<u32>,
    orders: [OnceLock<Order>; Column::ALL.len()],
    pub(crate) lower: Lower,
    pub(crate) latest: Mutex<Option<Search>>,
}

impl People {
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many people there are at each level.
    #[must_use]
    pub fn levels(&self) -> LevelCounts {
        self.levels.counts(&self.counts)
    }

    /// Makes the order of a column, so that a question needs not wait for it.
    pub fn prepare(&self, column: Column) {
        self.order(column);
    }

    /// Makes one of the orders that were not asked for yet; says whether there was one.
    pub fn prepare_next(&self) -> bool {
        let next =
            Column::ALL.into_iter().find(|column| self.orders[*column as usize].get().is_none());
        next.map(|column| self.prepare(column)).is_some()
    }

    /// Whether the order of a column is there: a question by another waits until it is made.
    #[must_use]
    pub fn is_ready(&self, column: Column) -> bool {
        self.orders[column as usize].get().is_some()
    }

    /// Takes an order, unless there is one.
    pub(crate) fn set_order(&self, column: Column, order: Order) {
        let _ = self.orders[column as usize].set(order);
    }

    pub(crate) fn all_blocks(&self) -> &[Block] {
        &self.blocks
    }

    pub(crate) fn order(&self, column: Column) -> &Order {
        self.orders[column as usize].get_or_init(|| Order::new(self, column))
    }

    pub(crate) fn blocks(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().map(|(index, block)| (index * ROWS, block))
    }

    fn at(&self, row: usize) -> (&Block, usize) {
        (&self.blocks[row / ROWS], row % ROWS)
    }

    pub(crate) fn level(&self, row: usize) -> u32 {
        let (block, row) = self.at(row);
        block.level(row)
    }

    pub(crate) fn count(&self, row: usize) -> Option<u64> {
        let (block, row) = self.at(row);
        block.count(row)
    }

    pub(crate) fn last(&self, row: usize) -> Ticks {
        let (block, row) = self.at(row);
        block.last(row)
    }

    pub(crate) fn folded(&self, row: usize, text: Text) -> &[u8] {
        let (block, row) = self.at(row);
        block.folded(row, text)
    }

    pub(crate) fn block_of(&self, row: usize) -> (&Block, usize) {
        self.at(row)
    }

    /// One person, put together.
    pub(crate) fn person(&self, row: usize) -> UserRiskInfo {
        let (block, row) = self.at(row);
        UserRiskInfo {
            user_id: block.id(row),
            name: block.text(row, Text::Name).to_owned(),
            email: block.text(row, Text::Email).to_owned(),
            max_risk_level: self.levels.level(block.level(row)).cloned(),
            event_count: block.count(row),
            last_event: block.last(row).time(),
        }
    }
}

/// People while they are read.
#[derive(Debug)]
pub(crate) struct Builder {
    pub(crate) full: Vec<Block>,
    /// How many of the full blocks were given as pieces.
    pub(crate) given: usize,
    open: Open,
    levels: LevelTable,
    lower: Lower,
}

impl Builder {
    pub(crate) fn new(lower: Lower) -> Self {
        let (full, open) = (Vec::new(), Open::default());
        Self { full, given: 0, open, levels: LevelTable::default(), lower }
    }

    pub(crate) fn len(&self) -> usize {
        self.full.len() * ROWS + self.open.len()
    }

    /// The number of a level by its word.
    pub(crate) fn level(&mut self, word: Option<&str>) -> u32 {
        self.levels.number(word)
    }

    pub(crate) fn push(&mut self, entry: &Entry<'_>) {
        self.open.push(entry);
        if self.open.len() == ROWS {
            self.close();
        }
    }

    fn close(&mut self) {
        self.full.push(self.open.close(self.lower));
    }

    pub(crate) fn build(mut self) -> People {
        if self.open.len() > 0 {
            self.close();
        }
        People { given: self.given, ..sum_up(self.full, self.levels, self.lower) }
    }
}

/// The people of some blocks, each with a level of the table.
pub(crate) fn sum_up(blocks: Vec<Block>, levels: LevelTable, lower: Lower) -> People {
    let mut counts = vec![0; levels.len()];
    for level in blocks.iter().flat_map(Block::levels) {
        counts[*level as usize] += 1;
    }
    let len = blocks.iter().map(Block::len).sum();
    let (orders, latest) = Default::default();
    People { blocks, len, given: 0, levels, counts, orders, lower, latest }
}
