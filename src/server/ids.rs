//! Names for requests, as they are in answers, in logs and on record. They have to be unique and
//! need not be secret: a number of 122 bits that was random when the program started, plus one for
//! each request. Asking the system for randomness each time would cost more than all else a name
//! takes.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use uuid::{Builder, Uuid};

#[derive(Clone)]
pub struct Ids {
    high: u64,
    low: Arc<AtomicU64>,
}

impl Ids {
    pub fn new() -> Self {
        let (high, low) = Uuid::new_v4().as_u64_pair();
        Self { high, low: Arc::new(AtomicU64::new(low)) }
    }

    /// A UUID of the version that is for one's own ways of making them (RFC 9562 §5.8).
    pub fn next(&self) -> String {
        let low = self.low.fetch_add(1, Ordering::Relaxed);
        let bytes = Uuid::from_u64_pair(self.high, low).into_bytes();
        Builder::from_custom_bytes(bytes).into_uuid().to_string()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_name_is_given_twice() {
        let (ids, others) = (Ids::new(), Ids::new());
        let names: HashSet<String> =
            (0..1000).flat_map(|_| [ids.next(), ids.clone().next(), others.next()]).collect();
        assert_eq!(names.len(), 3000);
        assert!(names.iter().all(|name| Uuid::try_parse(name).is_ok()));
    }

    #[test]
    fn a_name_is_one_even_where_the_number_is_at_its_end() {
        let ids = Ids { high: u64::MAX, low: Arc::new(AtomicU64::new(u64::MAX)) };
        assert_ne!(ids.next(), ids.next());
    }
}
