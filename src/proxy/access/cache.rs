//! Assertions that were verified, by the SHA-256 of their whole text: checking a signature again
//! costs forty times as much as looking here. Only what was good is kept, and only while the keys
//! stay the same.
//!
//! Two halves bound it: when the young one is full it becomes the old one, and what is still in
//! use moves back. No clock and no list of who was used when.

use std::{collections::HashMap, sync::Arc};

use sha2::{Digest as _, Sha256};

use super::claims::Claims;

/// Half of the most assertions kept: a session has one, and a person some.
const HALF: usize = 1024;

pub(super) type Digest = [u8; 32];

pub(super) fn digest(assertion: &str) -> Digest {
    Sha256::digest(assertion).into()
}

#[derive(Debug, Default)]
pub(super) struct Cache {
    young: HashMap<Digest, Arc<Claims>>,
    old: HashMap<Digest, Arc<Claims>>,
    /// Counts the times it was emptied.
    era: u64,
}

impl Cache {
    pub(super) fn get(&mut self, digest: &Digest) -> Option<Arc<Claims>> {
        if let Some(claims) = self.young.get(digest) {
            return Some(claims.clone());
        }
        let claims = self.old.remove(digest)?;
        self.insert(*digest, claims.clone(), self.era);
        Some(claims)
    }

    /// Keeps what was verified with the keys of `era`.
    pub(super) fn insert(&mut self, digest: Digest, claims: Arc<Claims>, era: u64) {
        if era != self.era {
            return;
        }
        if self.young.len() >= HALF {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(digest, claims);
    }

    pub(super) fn era(&self) -> u64 {
        self.era
    }

    pub(super) fn clear(&mut self) {
        *self = Self { era: self.era + 1, ..Self::default() };
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }
}
