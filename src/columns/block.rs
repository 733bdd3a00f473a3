//! The columns of some thousand people: texts in arenas, everything else of fixed width.
//!
//! People come in blocks, so that nothing is copied to make room as an account is read, and the
//! memory used is what the people need.

use model::UserId;

use crate::time::Ticks;

/// How many people a block holds.
pub(crate) const ROWS: usize = 4096;

/// After each text in the arena that is searched: no byte of any text, so that no search matches
/// across two of them.
const END: u8 = 0xff;

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
    /// The texts that lower case changes, as they came.
    pub(crate) kept: Vec<u8>,
    /// Where these end, two a person; one that was not kept is empty.
    pub(crate) kept_ends: Vec<u32>,
    pub(crate) levels: Vec<u32>,
    pub(crate) counts: Vec<u64>,
    pub(crate) lasts: Vec<Ticks>,
    pub(crate) ids: Vec<Option<UserId>>,
}

impl Block {
    pub(crate) fn len(&self) -> usize {
        self.levels.len()
    }

    pub(crate) fn push(&mut self, entry: &Entry<'_>) {
        self.push_text(entry.name);
        self.push_text(entry.email);
        self.levels.push(entry.level);
        self.counts.push(entry.count.unwrap_or(NOT_KNOWN));
        self.lasts.push(entry.last);
        self.ids.push(entry.id);
    }

    fn push_text(&mut self, text: &str) {
        let start = self.folded.len();
        if text.is_ascii() {
            self.folded.extend_from_slice(text.as_bytes());
            self.folded[start..].make_ascii_lowercase();
        } else {
            self.folded.extend_from_slice(text.to_lowercase().as_bytes());
        }
        if self.folded[start..] != *text.as_bytes() {
            self.kept.extend_from_slice(text.as_bytes());
        }
        self.folded_ends.push(self.folded.len() as u32);
        self.kept_ends.push(self.kept.len() as u32);
        self.folded.push(END);
    }

    /// Empties the block and keeps its room.
    pub(crate) fn clear(&mut self) {
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
        let at = 2 * row + text as usize;
        let start = if at == 0 { 0 } else { self.kept_ends[at - 1] as usize };
        let kept = &self.kept[start..self.kept_ends[at] as usize];
        let bytes = if kept.is_empty() { self.folded(row, text) } else { kept };
        // Whole texts went in, so whole texts come out.
        str::from_utf8(bytes).unwrap_or_default()
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
