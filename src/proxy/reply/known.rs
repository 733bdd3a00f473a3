//! What the tags of large answers stand for.
//!
//! An answer that is passed on while it comes has sent its head before its content is known, so its
//! tag can't be the digest of that content, as it is for all others. It is a name of its own, of
//! which no two answers have the same; what content it was is known at the end, and remembered here
//! as a digest. Whoever comes back with the name is compared by that. What is forgotten, as all is
//! when the program starts anew, costs one more reading of it whole.
//!
//! Of a content itself nothing is kept.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use crate::etag::EntityTag;

/// So many are remembered, each in some 150 bytes: everybody's last few.
const MOST: usize = 1024;

/// Names, and the tags of their contents; the latest last.
#[derive(Debug, Default)]
pub(crate) struct Known {
    tags: Mutex<VecDeque<(EntityTag, EntityTag)>>,
    count: AtomicU64,
}

impl Known {
    /// What a name stands for, if that is known.
    pub(crate) fn content(&self, name: &[u8]) -> Option<EntityTag> {
        let tags = self.tags();
        let found = tags.iter().rev().find(|(own, _)| own.as_bytes() == name);
        found.map(|(_, content)| content.clone())
    }

    fn learn(&self, name: EntityTag, content: EntityTag) {
        let mut tags = self.tags();
        tags.retain(|(own, _)| *own != name);
        if tags.len() >= MOST {
            tags.pop_front();
        }
        tags.push_back((name, content));
    }

    fn tags(&self) -> MutexGuard<'_, VecDeque<(EntityTag, EntityTag)>> {
        self.tags.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Names the answers to one request.
#[derive(Clone, Debug)]
pub struct Naming {
    known: Arc<Known>,
    /// When the request came, and the how many-th it was.
    mark: (i64, u64),
}

impl Naming {
    pub(crate) fn new(known: &Arc<Known>, now: DateTime<Utc>) -> Self {
        let number = known.count.fetch_add(1, Ordering::Relaxed);
        let now = now.timestamp_nanos_opt().unwrap_or_else(|| now.timestamp());
        Self { known: Arc::clone(known), mark: (now, number) }
    }

    /// A name for an answer that begins so. Two programs that start at one time and count alike
    /// would have to be told the same in the same nanosecond to give one name to two contents.
    pub(super) fn name(&self, start: &[u8]) -> Named {
        let mut digest = Sha256::new();
        digest.update(self.mark.0.to_be_bytes());
        digest.update(self.mark.1.to_be_bytes());
        digest.update(start);
        let name = EntityTag::of_digest(digest);
        Named { name, digest: Sha256::new(), known: Arc::clone(&self.known) }
    }
}

/// An answer that has a name, and whose content is on its way.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) name: EntityTag,
    digest: Sha256,
    known: Arc<Known>,
}

impl Named {
    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
    }

    /// The content is there: its tag, which from now on is known by itself and by the name.
    pub(super) fn learn(self) -> EntityTag {
        let content = EntityTag::of_digest(self.digest);
        self.known.learn(self.name, content.clone());
        self.known.learn(content.clone(), content.clone());
        content
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_its_content_until_many_others_came() {
        let known = Arc::default();
        let answer = |content: &[u8]| {
            let mut named = Naming::new(&known, DateTime::UNIX_EPOCH).name(b"start");
            named.take(content);
            (named.name.clone(), named.learn())
        };
        let (first, content) = answer(b"content");
        let (second, again) = answer(b"content");
        assert_ne!(first, second, "a name is given once");
        assert_eq!(content, again);
        for name in [&first, &second, &content] {
            assert_eq!(known.content(name.as_bytes()), Some(content.clone()));
        }
        let (_, other) = answer(b"other");
        assert_ne!(other, content);
        for _ in 0..MOST {
            answer(b"other");
        }
        assert_eq!(known.content(first.as_bytes()), None);
        assert_eq!(known.content(other.as_bytes()), Some(other));
        assert_eq!(known.tags().len(), MOST);
    }
}
