//! What a number is made of: the places in its expression, and which of them belong together.

use super::{Cell, Expr, Fold, Place, Trace};

impl Expr {
    /// Calls `visit` with every place that the number is made of, in the order of the formula.
    pub fn sources(&self, visit: &mut impl FnMut(Place)) {
        self.sources_at(0, visit);
    }

    /// One of the [sources](Self::sources), from 0.
    pub fn source(&self, index: usize) -> Option<Place> {
        let (mut at, mut found) = (0, None);
        self.sources(&mut |place| {
            if at == index {
                found = Some(place);
            }
            at += 1;
        });
        found
    }

    /// Which of the [sources](Self::sources) says most about the number: the first one of the term of a sum that weighs
    /// most, the number that a maximum is, else the first.
    pub fn heaviest(&self, trace: &Trace) -> usize {
        match self {
            Self::Fold { fold, count, body } => {
                let weight = |index: usize| {
                    let term = body.compute_term(index, trace);
                    match fold {
                        Fold::Sum => term.abs(),
                        Fold::Maximum | Fold::FirstLargest => term,
                        Fold::Minimum | Fold::FirstSmallest => -term,
                    }
                };
                let weights = (0..*count).map(|index| (index, weight(index)));
                // Of equals the first.
                let heaviest = weights.rev().max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(index, _)| index);
                let term = body.term(heaviest.unwrap_or(0));
                heaviest.unwrap_or(0) * term.count_sources() + term.heaviest(trace)
            }
            Self::Plus(a, b) => {
                if a.compute(trace).abs() < b.compute(trace).abs() {
                    a.count_sources() + b.heaviest(trace)
                } else {
                    a.heaviest(trace)
                }
            }
            Self::Times(a, b) | Self::Over(a, b) if a.count_sources() == 0 => b.heaviest(trace),
            Self::Minus(a, _) | Self::Times(a, _) | Self::Over(a, _) | Self::Apply(_, a) => a.heaviest(trace),
            Self::Constant(_)
            | Self::Place(_)
            | Self::Running(_)
            | Self::Defined { .. }
            | Self::Ruled { .. } => 0,
        }
    }

    /// The [source](Self::sources) with this number and those that are worked out with it: the other factor of its term,
    /// of a sum one term and no more.
    pub fn together_with(&self, source: usize) -> Vec<Place> {
        match self {
            Self::Fold { count, body, .. } => {
                let each = body.term(0).count_sources().max(1);
                if source / each < *count {
                    body.term(source / each).together_with(source % each)
                } else {
                    Vec::new()
                }
            }
            Self::Plus(a, b) | Self::Minus(a, b) | Self::Times(a, b) | Self::Over(a, b) => {
                let left = a.count_sources();
                let (own, other) = match source.checked_sub(left) {
                    None => (a.together_with(source), b.together_with(0)),
                    Some(source) => (b.together_with(source), a.together_with(0)),
                };
                own.into_iter().chain(other).collect()
            }
            Self::Apply(_, a) => a.together_with(source),
            Self::Place(place) => vec![*place],
            Self::Ruled { .. } => self.source(source).into_iter().collect(),
            Self::Constant(_) | Self::Running(_) | Self::Defined { .. } => Vec::new(),
        }
    }

    /// Which term of a fold with `count` terms of this body is made of a place.
    pub fn term_with(&self, place: Place, count: usize) -> Option<usize> {
        (0..count).find(|index| {
            let mut holds = false;
            self.sources_at(*index, &mut |source| holds |= source == place);
            holds
        })
    }

    /// How many [sources](Self::sources) there are.
    pub fn count_sources(&self) -> usize {
        let mut count = 0;
        self.sources(&mut |_| count += 1);
        count
    }

    fn sources_at(&self, index: usize, visit: &mut impl FnMut(Place)) {
        match self {
            Self::Constant(_) | Self::Defined { .. } => {}
            Self::Place(place) => visit(*place),
            Self::Running(line) => visit(Place::Cell(line.cell(index))),
            Self::Plus(a, b) | Self::Minus(a, b) | Self::Times(a, b) | Self::Over(a, b) => {
                a.sources_at(index, visit);
                b.sources_at(index, visit);
            }
            Self::Apply(_, a) => a.sources_at(index, visit),
            Self::Fold { count, body, .. } => (0..*count).for_each(|index| body.sources_at(index, visit)),
            Self::Ruled { value, own, count, .. } => {
                // What is compared comes before all that it is compared with.
                let own_place = Self::Place(Place::Cell(*own));
                value.sources_at(index, visit);
                if **value != own_place {
                    own_place.sources_at(index, visit);
                }
                let others = (0..*count).filter(|column| *column != own.column);
                others.for_each(|column| visit(Place::Cell(Cell { column, ..*own })));
            }
        }
    }
}
