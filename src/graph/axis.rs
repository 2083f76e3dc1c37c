//! Axes with an identity, and the shapes made of them.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// One axis of a matrix: what its rows or columns stand for.
///
/// Axes agree by identity and size: `d_k` and `d_v` are different axes even where both have 3 entries. A numbered
/// axis without a name agrees with every axis of its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    name: Option<String>,
    kind: AxisKind,
    labels: Vec<String>,
}

/// What an axis counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AxisKind {
    /// The tokens of a text, or of a vocabulary.
    Tokens,
    /// Features: `d_model`, `d_k` and the like, with names of their own.
    Features,
    /// Entries without names, counted from 1.
    Numbered,
}

/// Why a label names no entry of an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoEntry {
    /// No entry has that label.
    Unknown,
    /// Several entries have it; `the#2` says which. Holds how many.
    Ambiguous(usize),
    /// There are fewer than that many with this label. Holds how many there are.
    OnlySoMany(usize),
}

impl Axis {
    /// The tokens of a text, named after the text.
    pub fn tokens(name: impl Into<String>, labels: Vec<String>) -> Arc<Self> {
        Arc::new(Self { name: Some(name.into()), kind: AxisKind::Tokens, labels })
    }

    /// Features with names.
    pub fn features(name: impl Into<String>, labels: Vec<String>) -> Arc<Self> {
        Arc::new(Self { name: Some(name.into()), kind: AxisKind::Features, labels })
    }

    /// A named axis of which only the size is known; its entries are called 1, 2, ….
    pub fn sized(name: impl Into<String>, size: usize) -> Arc<Self> {
        Arc::new(Self { name: Some(name.into()), kind: AxisKind::Numbered, labels: counted(size) })
    }

    /// An axis without a name, which agrees with every axis of its size.
    pub fn numbered(size: usize) -> Arc<Self> {
        Arc::new(Self { name: None, kind: AxisKind::Numbered, labels: counted(size) })
    }

    /// Labels without a name, which agree with every axis of their size: `mean`, or `pc1` and `pc2`.
    pub fn labelled(labels: Vec<String>) -> Arc<Self> {
        Arc::new(Self { name: None, kind: AxisKind::Features, labels })
    }

    /// The entries of several axes one after the other, called `1.seeks`, `1.position`, `2.seeks`, ….
    pub fn joined(parts: &[Arc<Self>]) -> Arc<Self> {
        let label = |(part, axis): (usize, &Arc<Self>)| {
            axis.labels.iter().map(move |label| format!("{}.{label}", part + 1)).collect::<Vec<_>>()
        };
        let labels = parts.iter().enumerate().flat_map(label).collect();
        Arc::new(Self { name: None, kind: AxisKind::Features, labels })
    }

    /// Its first entries, under the same name; at most as many as there are.
    pub fn first(&self, count: usize) -> Arc<Self> {
        let labels = self.labels.iter().take(count).cloned().collect();
        Arc::new(Self { name: self.name.clone(), kind: self.kind, labels })
    }

    /// Some of its entries, which keep what they are called. The name is that of the whole, so the part has none, unless
    /// it is the whole.
    pub fn part(self: &Arc<Self>, entries: Range<usize>) -> Arc<Self> {
        if entries == (0..self.size()) {
            return Arc::clone(self);
        }
        Arc::new(Self { name: None, kind: self.kind, labels: self.labels[entries].to_vec() })
    }

    /// Its name; `None` for an axis that is only counted.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What it counts.
    pub const fn kind(&self) -> AxisKind {
        self.kind
    }

    /// How many entries it has.
    pub const fn size(&self) -> usize {
        self.labels.len()
    }

    /// The words on entry `index`; tokens may repeat.
    pub fn label(&self, index: usize) -> &str {
        &self.labels[index]
    }

    /// All words, in order.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// A name for entry `index` that no other entry has: `the#2` for the second `the`.
    pub fn unique_label(&self, index: usize) -> String {
        let label = &self.labels[index];
        let same = |range: &[String]| range.iter().filter(|other| *other == label).count();
        if same(&self.labels) == 1 {
            return label.clone();
        }
        format!("{label}#{}", same(&self.labels[..=index]))
    }

    /// The entry with this label, where `the#2` is the second `the`.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn find(&self, label: &str) -> Result<usize, NoEntry> {
        let mut same = self.positions(label);
        if let Some(first) = same.next() {
            let others = same.count();
            return if others == 0 { Ok(first) } else { Err(NoEntry::Ambiguous(others + 1)) };
        }
        let numbered = label.rsplit_once('#').and_then(|(token, nth)| Some((token, nth.parse().ok()?)));
        let Some((token, nth)) = numbered else { return Err(NoEntry::Unknown) };
        let nth: usize = nth;
        match (
            nth.checked_sub(1).and_then(|skip| self.positions(token).nth(skip)),
            self.positions(token).count(),
        ) {
            (Some(index), _) => Ok(index),
            (None, 0) => Err(NoEntry::Unknown),
            (None, count) => Err(NoEntry::OnlySoMany(count)),
        }
    }

    /// Whether both stand for the same thing.
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.size() == other.size()
            && (self.name == other.name || self.name.is_none() || other.name.is_none())
    }

    fn positions<'a>(&'a self, label: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.labels.iter().enumerate().filter(move |(_, own)| *own == label).map(|(index, _)| index)
    }
}

impl fmt::Display for Axis {
    /// `d_k = 2`, or `2` for an axis without a name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} = {}", self.size()),
            None => write!(f, "{}", self.size()),
        }
    }
}

fn counted(size: usize) -> Vec<String> {
    (1..=size).map(|n| n.to_string()).collect()
}

/// The shape of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// What its rows stand for.
    pub rows: Arc<Axis>,
    /// What its columns stand for.
    pub columns: Arc<Axis>,
}

impl Shape {
    /// A shape of two axes.
    pub const fn new(rows: Arc<Axis>, columns: Arc<Axis>) -> Self {
        Self { rows, columns }
    }

    /// The axis on one side.
    pub const fn axis(&self, side: Side) -> &Arc<Axis> {
        match side {
            Side::Rows => &self.rows,
            Side::Columns => &self.columns,
        }
    }

    /// `(rows, columns)` as numbers.
    pub fn size(&self) -> (usize, usize) {
        (self.rows.size(), self.columns.size())
    }
}

/// One side of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Its rows.
    Rows,
    /// Its columns.
    Columns,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> Arc<Axis> {
        Axis::tokens("main", ["the", "cat", "the"].map(String::from).to_vec())
    }

    #[test]
    fn a_repeated_token_is_told_apart_by_its_number() {
        let axis = text();
        assert_eq!(axis.find("cat"), Ok(1));
        assert_eq!(axis.find("the"), Err(NoEntry::Ambiguous(2)));
        assert_eq!(axis.find("the#2"), Ok(2));
        assert_eq!(axis.find("the#3"), Err(NoEntry::OnlySoMany(2)));
        assert_eq!(axis.find("the#0"), Err(NoEntry::OnlySoMany(2)));
        assert_eq!(axis.find("dog#1"), Err(NoEntry::Unknown));
        assert_eq!((0..3).map(|i| axis.unique_label(i)).collect::<Vec<_>>(), ["the#1", "cat", "the#2"]);
    }

    #[test]
    fn axes_agree_by_name_and_size_and_a_number_agrees_with_any_name() {
        assert!(!Axis::sized("d_k", 3).agrees_with(&Axis::sized("d_v", 3)));
        assert!(Axis::sized("d_k", 3).agrees_with(&Axis::numbered(3)));
        assert!(!Axis::sized("d_k", 3).agrees_with(&Axis::numbered(2)));
    }
}
