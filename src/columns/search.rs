//! Finding people by words.

use std::sync::Arc;

use memchr::memmem::Finder;
use uuid::fmt::Hyphenated;

use crate::{bits::Bits, block::Block, people::People};

/// A search that was made: one that goes on from it needs to look among its hits only.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    words: Vec<String>,
    found: Arc<Bits>,
}

/// Where the hits of the last search are this small a part of everyone, one by one is faster than
/// all over again.
const FEW: usize = 8;

impl People {
    /// The people in whose name, e-mail address or ID all words of the text occur, in any order
    /// and case.
    pub(crate) fn search(&self, text: &str) -> Arc<Bits> {
        let text = (self.lower)(text);
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            return Arc::new(Bits::all(self.len()));
        }
        let mut latest = self.latest.lock().unwrap_or_else(|broken| broken.into_inner());
        let found = match latest.as_ref() {
            Some(latest) if latest.words == words => return latest.found.clone(),
            Some(latest) if latest.is_wider_than(&words) && latest.is_few(self.len()) => {
                self.search_among(&latest.found, &words)
            }
            _ => self.search_all(&words),
        };
        let found = Arc::new(found);
        *latest = Some(Search { words, found: found.clone() });
        found
    }

    fn search_all(&self, words: &[String]) -> Bits {
        let mut found: Option<Bits> = None;
        for word in words {
            let word = Word::new(word);
            let mut hits = Bits::none(self.len());
            for (start, block) in self.blocks() {
                word.find_all(block, &mut |row| hits.insert(start + row));
            }
            match &mut found {
                Some(found) => found.keep(&hits),
                None => found = Some(hits),
            }
        }
        found.unwrap_or_else(|| Bits::all(self.len()))
    }

    fn search_among(&self, among: &Bits, words: &[String]) -> Bits {
        let words: Vec<Word<'_>> = words.iter().map(|word| Word::new(word)).collect();
        let mut found = Bits::none(self.len());
        for row in among.iter() {
            let (block, at) = self.block_of(row);
            if words.iter().all(|word| word.is_in(block, at)) {
                found.insert(row);
            }
        }
        found
    }
}

impl Search {
    /// Whether whoever has all of `words` has all words of this search.
    fn is_wider_than(&self, words: &[String]) -> bool {
        let goes_on = |old: &String| {
            let finder = Finder::new(old);
            words.iter().any(|new| finder.find(new.as_bytes()).is_some())
        };
        self.words.iter().all(goes_on)
    }

    fn is_few(&self, all: usize) -> bool {
        self.found.count() < all / FEW
    }
}

struct Word<'a> {
    finder: Finder<'a>,
    /// Whether it can be part of an ID. Most words can't, and IDs are not looked at for them.
    may_be_id: bool,
}

impl<'a> Word<'a> {
    fn new(word: &'a str) -> Self {
        let of_ids = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-');
        let may_be_id = word.len() <= Hyphenated::LENGTH && word.bytes().all(of_ids);
        Self { finder: Finder::new(word), may_be_id }
    }

    fn is_in(&self, block: &Block, row: usize) -> bool {
        self.finder.find(block.searched(row)).is_some() || self.is_in_id(block, row)
    }

    fn is_in_id(&self, block: &Block, row: usize) -> bool {
        let mut room = [0; Hyphenated::LENGTH];
        self.may_be_id
            && block.id(row).is_some_and(|id| {
                let text = id.as_uuid().as_hyphenated().encode_lower(&mut room);
                self.finder.find(text.as_bytes()).is_some()
            })
    }

    /// Calls `hit` for each row that has the word.
    fn find_all(&self, block: &Block, hit: &mut dyn FnMut(usize)) {
        let texts = block.all_searched();
        let (mut at, mut row) = (0, 0);
        while let Some(found) = self.finder.find(&texts[at..]) {
            while block.searched_end(row) <= at + found {
                row += 1;
            }
            hit(row);
            // One hit is enough: on with the next person.
            at = block.searched_end(row);
            row += 1;
        }
        if self.may_be_id {
            (0..block.len()).filter(|row| self.is_in_id(block, *row)).for_each(hit);
        }
    }
}
