//! Names of people, and the e-mail addresses their companies gave them.

use std::collections::HashMap;

use crate::{
    random::Random,
    scripts::{LATIN, Order, Script},
    scripts_more::OTHERS,
};

/// The account's domains, all reserved by RFC 2606 and RFC 6761, with their weights.
const DOMAINS: [(&str, u64); 5] = [
    ("example.com", 45),
    ("example.org", 20),
    ("corp.example", 15),
    ("example.net", 12),
    (INCIDENT_DOMAIN, 8),
];

/// Where the incident's people work.
pub(crate) const INCIDENT_DOMAIN: &str = "north.example";

const INITIALS: [char; 10] = ['A', 'B', 'D', 'E', 'J', 'K', 'L', 'M', 'R', 'T'];

/// A name as it is written, and as an address spells it.
type Word = (&'static str, String);

struct Pool {
    script: &'static Script,
    given: Vec<Word>,
    family: Vec<Word>,
}

/// The names there are, and the addresses that are taken.
pub(crate) struct Names {
    pools: Vec<Pool>,
    taken: HashMap<String, u32>,
}

impl Names {
    pub(crate) fn new() -> Self {
        let pool = |script: &'static Script| Pool {
            script,
            given: words(script.given),
            family: words(script.family),
        };
        let pools = LATIN.iter().chain(&OTHERS).map(pool).collect();
        Self { pools, taken: HashMap::new() }
    }

    /// A person's name and address; no two addresses are the same.
    pub(crate) fn person(&mut self, random: &mut Random, domain: Option<&str>) -> (String, String) {
        let pool = &self.pools[random.weighted(self.pools.iter().map(|pool| pool.script.weight))];
        let (given, given_latin) = random.pick(&pool.given);
        let (family, family_latin) = random.pick(&pool.family);
        let initial = random.pick(&INITIALS);
        let Script { order, between, .. } = *pool.script;
        let form = random.below(100);
        let name = match (form, order) {
            (0, _) => (*given).to_owned(),
            (_, Order::FamilyFirst) => format!("{family}{between}{given}"),
            (1..=12, Order::GivenFirstInitial) => format!("{given} {initial}. {family}"),
            _ => format!("{given}{between}{family}"),
        };
        let local = match form {
            0 => given_latin.clone(),
            _ => format!("{given_latin}.{family_latin}"),
        };
        let chosen = DOMAINS[random.weighted(DOMAINS.iter().map(|(_, weight)| *weight))].0;
        (name, self.address(&local, domain.unwrap_or(chosen)))
    }

    /// The address, numbered where it is taken.
    fn address(&mut self, local: &str, domain: &str) -> String {
        let address = format!("{local}@{domain}");
        let number = self.taken.entry(address.clone()).or_insert(0);
        *number += 1;
        match *number {
            1 => address,
            number => format!("{local}{number}@{domain}"),
        }
    }
}

fn words(text: &'static str) -> Vec<Word> {
    let word = |entry: &'static str| match entry.split_once('=') {
        Some((native, latin)) => (native, latin.to_owned()),
        None => (entry, entry.to_ascii_lowercase().replace(' ', "")),
    };
    text.split(", ").map(|entry| word(entry.trim())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn addresses_are_plain_and_all_different() {
        let (mut names, mut random) = (Names::new(), Random::new(3));
        let mut seen = HashSet::new();
        for _ in 0..20_000 {
            let (name, email) = names.person(&mut random, None);
            assert!(!name.trim().is_empty() && name.trim() == name, "{name:?}");
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-@".contains(&byte);
            assert!(email.bytes().all(plain), "{email}");
            assert!(email.ends_with(".example") || email.contains("@example."), "{email}");
            assert!(seen.insert(email));
        }
    }
}
