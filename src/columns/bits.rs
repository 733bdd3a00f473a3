//! A set of row numbers, a bit each.

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
    len: usize,
}

const WIDTH: usize = u64::BITS as usize;

impl Bits {
    /// Room for the numbers below `len`, none of them in the set.
    pub(crate) fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(WIDTH)], len }
    }

    /// All numbers below `len`.
    pub(crate) fn all(len: usize) -> Self {
        let mut words = vec![u64::MAX; len.div_ceil(WIDTH)];
        if let (Some(last), over @ 1..) = (words.last_mut(), len % WIDTH) {
            *last = (1 << over) - 1;
        }
        Self { words, len }
    }

    /// The bits themselves.
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    /// A set with room for the numbers below `len`, by its bits.
    pub(crate) fn from_words(words: Vec<u64>, len: usize) -> Option<Self> {
        (words.len() == len.div_ceil(WIDTH)).then_some(Self { words, len })
    }

    pub(crate) fn insert(&mut self, number: usize) {
        self.words[number / WIDTH] |= 1 << (number % WIDTH);
    }

    pub(crate) fn holds(&self, number: usize) -> bool {
        self.words[number / WIDTH] & (1 << (number % WIDTH)) != 0
    }

    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether it holds every number it has room for.
    pub(crate) fn is_all(&self) -> bool {
        self.count() == self.len
    }

    /// Takes out what the other set lacks.
    pub(crate) fn keep(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Those of the numbers that are to be kept.
    pub(crate) fn only(&self, keep: impl Fn(usize) -> bool) -> Self {
        let mut kept = Self::none(self.len);
        self.iter().filter(|number| keep(*number)).for_each(|number| kept.insert(number));
        kept
    }

    /// The numbers in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(index * WIDTH + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        for len in [0, 1, 63, 64, 65, 200] {
            let all = Bits::all(len);
            assert!(all.is_all());
            assert_eq!(all.iter().collect::<Vec<_>>(), (0..len).collect::<Vec<_>>());
            let mut odd = Bits::none(len);
            (0..len).filter(|n| n % 2 == 1).for_each(|n| odd.insert(n));
            assert_eq!((odd.count(), odd.is_all()), (len / 2, len == 0));
            let mut kept = all;
            kept.keep(&odd);
            assert_eq!(kept, odd);
            assert!((0..len).all(|n| kept.holds(n) == (n % 2 == 1)));
        }
    }
}
