//! The columns of some thousand people: texts in arenas, everything else of fixed width.
//!
//! People come in blocks, so that nothing is copied to make room as an account is read, and the
//! memory used is what the people need.

use std::borrow::Cow;

use model::UserId;

use crate::time::Ticks;

/// How many people a block holds.
pub(crate) const ROWS: usize = 4096;

/// After each text in the arena that is searched: no byte of any text, so that no search matches
/// across two of them.
const END: u8 = 0xff;

/// Lower case, as Unicode has it ([section 3.13](https://www.unicode.org/versions/latest/core-spec/chapter-3/)).
/// The host brings it, for a browser has its tables already and Rust's are a large part of what the rest
/// of this takes. A text of several lines becomes as many, each as if it stood alone.
pub type Lower = fn(&str) -> String;

/// What stands for a count that is not known.
const NOT_KNOWN: u64 = u64::MAX;

/// One person as it goes into a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) id: Option<UserId>,
    pub(crate) name: &'a str,
    pub(crate) email: &'a str,
    /// The level's number in the table of levels.
    pub(crate) level: u32,
    pub(crate) count: Option<u64>,
    pub(crate) last: Ticks,
}

/// One of a person's two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Name,
    Email,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    /// Name and e-mail address of each person in lower case, each with `END` after it.
    pub(crate) folded: Vec<u8>,
    /// Where these end, two a person.
    pub(crate) folded_ends: Vec<u32>,
    /// The texts that lower case changes or may change, as they came.
    pub(crate) kept: Vec<u8>,
    /// Where these end, two a person; one that was not kept is empty.
    pub(crate) kept_ends: Vec<u32>,
    pub(crate) levels: Vec<u32>,
    pub(crate) counts: Vec<u64>,
    pub(crate) lasts: Vec<Ticks>,
    pub(crate) ids: Vec<Option<UserId>>,
}

/// A block that is being filled.
#[derive(Debug, Default)]
pub(crate) struct Open {
    block: Block,
    /// Which of the texts are not ASCII: their lower case has no place yet.
    foreign: Vec<usize>,
}

impl Open {
    pub(crate) fn len(&self) -> usize {
        self.block.len()
    }

    pub(crate) fn push(&mut self, entry: &Entry<'_>) {
        self.push_text(entry.name);
        self.push_text(entry.email);
        let block = &mut self.block;
        block.levels.push(entry.level);
        block.counts.push(entry.count.unwrap_or(NOT_KNOWN));
        block.lasts.push(entry.last);
        block.ids.push(entry.id);
    }

    fn push_text(&mut self, text: &str) {
        let Block { folded, folded_ends, kept, kept_ends, .. } = &mut self.block;
        let start = folded.len();
        if text.is_ascii() {
            folded.extend_from_slice(text.as_bytes());
            folded[start..].make_ascii_lowercase();
        } else {
            self.foreign.push(folded_ends.len());
        }
        if folded[start..] != *text.as_bytes() {
            kept.extend_from_slice(text.as_bytes());
        }
        folded_ends.push(folded.len() as u32);
        kept_ends.push(kept.len() as u32);
        folded.push(END);
    }

    /// The block, as large as what is in it. This one keeps its room and is empty again.
    pub(crate) fn close(&mut self, lower: Lower) -> Block {
        let mut closed = self.block.clone();
        if !self.foreign.is_empty() {
            self.fold(&mut closed, lower);
        }
        self.block.clear();
        self.foreign.clear();
        closed
    }

    /// Gives the texts that are not ASCII their places in lower case, all in one call: each costs a
    /// browser more than what it does.
    fn fold(&self, closed: &mut Block, lower: Lower) {
        let texts: Vec<&str> = self.foreign.iter().map(|at| self.block.kept(*at)).collect();
        let lowered = lower(&texts.join("\n"));
        let mut lines: Vec<Cow<'_, str>> = lowered.split('\n').map(Cow::Borrowed).collect();
        if lines.len() != texts.len() {
            // One of them has an end of line of its own.
            lines = texts.iter().map(|text| Cow::Owned(lower(text))).collect();
        }
        let mut folded = Vec::with_capacity(closed.folded.len() + lowered.len());
        let (mut from, mut added) = (0, 0);
        let mut foreign = self.foreign.iter().zip(lines).peekable();
        for (at, end) in closed.folded_ends.iter_mut().enumerate() {
            if let Some((_, line)) = foreign.next_if(|(foreign, _)| **foreign == at) {
                let place = *end as usize;
                folded.extend_from_slice(&self.block.folded[from..place]);
                folded.extend_from_slice(line.as_bytes());
                from = place;
                added += line.len() as u32;
            }
            *end += added;
        }
        folded.extend_from_slice(&self.block.folded[from..]);
        closed.folded = folded;
    }
}

impl Block {
    pub(crate) fn len(&self) -> usize {
        self.levels.len()
    }

    /// Empties the block and keeps its room.
    fn clear(&mut self) {
        self.folded.clear();
        self.folded_ends.clear();
        self.kept.clear();
        self.kept_ends.clear();
        self.levels.clear();
        self.counts.clear();
        self.lasts.clear();
        self.ids.clear();
    }

    pub(crate) fn level(&self, row: usize) -> u32 {
        self.levels[row]
    }

    pub(crate) fn levels(&self) -> &[u32] {
        &self.levels
    }

    pub(crate) fn count(&self, row: usize) -> Option<u64> {
        Some(self.counts[row]).filter(|count| *count != NOT_KNOWN)
    }

    pub(crate) fn last(&self, row: usize) -> Ticks {
        self.lasts[row]
    }

    pub(crate) fn id(&self, row: usize) -> Option<UserId> {
        self.ids[row]
    }

    /// The text in lower case.
    pub(crate) fn folded(&self, row: usize, text: Text) -> &[u8] {
        let at = 2 * row + text as usize;
        let start = if at == 0 { 0 } else { self.folded_ends[at - 1] as usize + 1 };
        &self.folded[start..self.folded_ends[at] as usize]
    }

    /// The text as it came.
    pub(crate) fn text(&self, row: usize, text: Text) -> &str {
        let kept = self.kept(2 * row + text as usize);
        if kept.is_empty() { as_text(self.folded(row, text)) } else { kept }
    }

    /// One of the texts as it came, if it was kept.
    fn kept(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.kept_ends[at - 1] as usize };
        as_text(&self.kept[start..self.kept_ends[at] as usize])
    }

    /// Both texts of a person in lower case, with what stands between them.
    pub(crate) fn searched(&self, row: usize) -> &[u8] {
        let start = if row == 0 { 0 } else { self.searched_end(row - 1) };
        &self.folded[start..self.searched_end(row)]
    }

    /// The texts of all people in lower case.
    pub(crate) fn all_searched(&self) -> &[u8] {
        &self.folded
    }

    /// Where the texts of the person end in all of them.
    pub(crate) fn searched_end(&self, row: usize) -> usize {
        self.folded_ends[2 * row + 1] as usize + 1
    }
}

/// Whole texts went in, so whole texts come out.
fn as_text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}
