//! Why a number is what it is, where no arithmetic made it.

use super::op::{Keeping, Origin};

/// Why a number is what it is, where no arithmetic made it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reason {
    /// The lesson gives it.
    Given(Origin),
    /// The causal mask: the key comes after the query.
    LaterKey,
    /// The backward mask: the key comes before the query.
    EarlierKey,
    /// The mask of padding: the keys from `from` to before `to` are no tokens.
    Padding {
        /// The first key that is padding.
        from: usize,
        /// The first key after the padding.
        to: usize,
    },
    /// The prefix mask: the key comes after the query, and is not among the first `length`.
    LaterThanPrefix {
        /// How many keys every query sees.
        length: usize,
    },
    /// The window: the key is too far from the query.
    OutsideWindow {
        /// How many keys before the query it sees.
        before: usize,
        /// How many after it.
        after: usize,
    },
    /// The mask of blocks: the key is in another block than the query.
    OtherBlock {
        /// How many positions a block has.
        size: usize,
    },
    /// The lesson's own mask does not allow this key.
    MaskedKey,
    /// The lesson's own mask adds −∞ to this score.
    AddedInfinity,
    /// Every key is masked, so there is nothing to attend to: 0.
    NothingToSee,
    /// Everything that a convolution looks at from here lies beyond the ends.
    BeyondTheEnds,
    /// A position is no part of its own context.
    Itself,
    /// The position is too far away to belong to the context.
    OutsideContext,
    /// Dropout has put 0 in its place.
    Dropped,
    /// One-hot: whether the entry of the vocabulary is the token of the row.
    IsToken(bool),
    /// An entry of a principal component, which is found by search.
    Component,
    /// The rule keeps this number of its row.
    Kept(Keeping),
    /// The rule does not keep this number of its row.
    NotKept(Keeping),
    /// The first of the largest numbers of its row.
    Largest,
    /// Another number of its row is larger, or as large and earlier.
    NotLargest,
    /// Its row has what is no number, or −∞ alone, so that none is the largest.
    NothingToCompare,
    /// The number drawn lies in its part of the row.
    Drawn(Draw),
    /// The number drawn lies elsewhere.
    NotDrawn(Draw),
    /// Nothing in its row has a probability, so that nothing can be drawn.
    NothingToDraw,
    /// Every key is masked, so the weights would be 0 ÷ 0, which is no number.
    NoNumber,
    /// Every key is masked, and the lesson gives all of them the same weight.
    AllAlike {
        /// How many keys there are.
        keys: usize,
    },
}

/// A number drawn for a row of probabilities, and the part of [0, 1) that one of them takes up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draw {
    /// The number drawn.
    pub number: f64,
    /// The sum of the probabilities before this one.
    pub from: f64,
    /// The same with this one.
    pub to: f64,
}
