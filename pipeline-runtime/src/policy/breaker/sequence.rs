//! The sequence of classes that trips: Knuth, Morris and Pratt's automaton, so that no outcome need be kept.

#[derive(Clone, Debug)]
pub(super) struct Sequence<C> {
    pattern: Box<[C]>,
    /// For each prefix of the pattern, the length of the longest proper prefix of the pattern that it ends with.
    borders: Box<[usize]>,
    /// How much of the pattern the latest classes are.
    matched: usize,
}

impl<C: PartialEq> Sequence<C> {
    pub(super) fn new(pattern: Box<[C]>) -> Self {
        let mut borders = vec![0; pattern.len()];
        let mut border = 0;
        for end in 1..pattern.len() {
            while border > 0 && pattern[border] != pattern[end] {
                border = borders[border - 1];
            }
            border += usize::from(pattern[border] == pattern[end]);
            borders[end] = border;
        }
        Self { pattern, borders: borders.into(), matched: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pattern.is_empty()
    }

    /// Whether the latest classes, with this one, are the pattern.
    #[inline]
    pub(super) fn push(&mut self, class: &C) -> bool {
        let continues = |matched: usize| self.pattern.get(matched).is_some_and(|next| next == class);
        while self.matched > 0 && !continues(self.matched) {
            self.matched = self.borders[self.matched - 1];
        }
        self.matched += usize::from(continues(self.matched));
        self.matched == self.pattern.len()
    }

    pub(super) fn forget(&mut self) {
        self.matched = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::Sequence;

    /// Every pattern of up to five letters of two, over every text of ten.
    #[test]
    fn a_sequence_is_seen_wherever_the_latest_outcomes_are_it() {
        for length in 1..=5 {
            for pattern in 0..1_u32 << length {
                let pattern: Vec<bool> = (0..length).map(|bit| pattern >> bit & 1 == 1).collect();
                for text in 0..1_u32 << 10 {
                    let text: Vec<bool> = (0..10).map(|bit| text >> bit & 1 == 1).collect();
                    let mut sequence = Sequence::new(pattern.clone().into());
                    for end in 1..=text.len() {
                        let expected = text[..end].ends_with(&pattern);
                        assert_eq!(sequence.push(&text[end - 1]), expected, "{pattern:?} in {:?}", &text[..end]);
                    }
                }
            }
        }
    }

    #[test]
    fn what_came_before_it_was_told_to_forget_is_no_part_of_it() {
        let mut sequence = Sequence::new([1, 2].into());
        assert!(!sequence.push(&1));
        sequence.forget();
        assert!(!sequence.push(&2));
        assert!(!sequence.push(&1));
        assert!(sequence.push(&2));
    }
}
