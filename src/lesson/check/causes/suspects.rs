//! Where failing claims come from: a written number in whose place another one would make every claim true, or a matrix.

use std::collections::BTreeSet;

use crate::diagnostic::Span;
use crate::graph::{Axis, Cell, NodeId, Place, Trace};
use crate::lesson::check::Checker;
use crate::lesson::check::causes::tree::definitions;
use crate::lesson::check::causes::wrong_number::WrongNumber;
use crate::lesson::expression::ResolvedClaim;
use crate::yaml::Tree;

/// Cells that a claim rests on are followed so far.
const MOST_PLACES: usize = 4_000;
/// One wrong number explains all claims; so many of those that fail are asked what they rest on.
const ASKED: usize = 4;
/// So many other numbers are tried altogether,
const TRIALS: usize = 4000;
/// and fewer in a lesson with many numbers, because each trial computes them again.
const COMPUTED: usize = 1_500_000;
/// A number is sought in so many steps; where it enters linearly, one is enough.
const STEPS: usize = 8;
/// So many decimals does a number have that somebody typed.
const DECIMALS: usize = 4;
/// Of longer numbers not every digit is tried.
const SHORT: usize = 3;
/// In numbers with fewer digits every number is near to every other.
const DIGITS: usize = 3;
/// More suspects than these are none.
const SHOWN: usize = 3;

/// A number of the file that is a cell.
pub(in crate::lesson::check) struct Written {
    pub(in crate::lesson::check) cell: Cell,
    pub(in crate::lesson::check) text: String,
    pub(in crate::lesson::check) span: Span,
}

impl Written {
    /// That another number was meant.
    fn meant(&self, meant: String) -> WrongNumber {
        WrongNumber { span: self.span, own: self.text.clone(), meant }
    }

    /// The lesson with another number in its place, as long as more may be tried.
    fn replaced(&self, number: f64, trace: &Trace, trials: &mut usize) -> Option<Trace> {
        *trials = trials.checked_sub(1)?;
        let Cell { node, row, column } = self.cell;
        let mut values = (*trace.value(node)).clone();
        values[(row, column)] = number;
        Some(trace.replaced(node, values))
    }
}

fn all_hold(claims: &[ResolvedClaim], trace: &Trace) -> bool {
    claims.iter().all(|claim| claim.check(trace).is_ok())
}

/// The only number that makes every claim true without its sign.
fn without_its_sign(
    written: &[Written],
    claims: &[ResolvedClaim],
    trace: &Trace,
    trials: &mut usize,
) -> Option<WrongNumber> {
    let mut found = written.iter().filter_map(|written| {
        let meant = written.text.strip_prefix('-')?;
        let changed = written.replaced(meant.parse().ok()?, trace, trials)?;
        all_hold(claims, &changed).then(|| written.meant(meant.to_owned()))
    });
    found.next().filter(|_| found.next().is_none())
}

/// What in the file may be wrong.
pub(in crate::lesson::check) enum Suspect {
    Number(WrongNumber),
    /// The numbers of a matrix: all that the failing claims have in common.
    Matrix(Span),
}

impl Checker<'_> {
    /// What is probably wrong, if `failing` are the claims that fail: written numbers one of which explains all of it, or
    /// the only matrix that all of them rest on.
    pub(in crate::lesson::check) fn suspects(
        &self,
        tree: &Tree,
        trace: &Trace,
        claims: &[ResolvedClaim],
        failing: &[&ResolvedClaim],
    ) -> Vec<Suspect> {
        let sizes = trace.graph().nodes().map(|(_, node)| node.shape.size());
        let numbers: usize = sizes.map(|(rows, columns)| rows * columns).sum();
        let mut shared: Option<BTreeSet<Cell>> = None;
        for claim in failing.iter().take(ASKED) {
            let own = given_cells(claim, trace);
            shared = Some(match shared {
                None => own,
                Some(others) => others.intersection(&own).copied().collect(),
            });
        }
        let shared = shared.unwrap_or_default();
        let mut trials = TRIALS.min(COMPUTED / numbers.max(1));
        let written: Vec<Written> =
            self.written(tree).into_iter().filter(|written| shared.contains(&written.cell)).collect();
        // Many numbers make one share larger than another, and most of them are not meant.
        let mut by_numbers = failing.iter().filter(|claim| claim.difference(trace).is_some());
        let (by_number, is_alone) = (by_numbers.next(), by_numbers.next().is_none());
        let mut suspects = Vec::new();
        if by_number.is_none() {
            let one = without_its_sign(&written, claims, trace, &mut trials);
            suspects.extend(one.map(|wrong| (0, Suspect::Number(wrong))));
        }
        if let Some(first) = by_number {
            for written in &written {
                let Some(meant) = explains(written, first, claims, trace, &mut trials) else { continue };
                // A number that several claims agree upon is meant; one claim alone may be wrong itself.
                if is_alone && !is_slip_of(&written.text, &meant) {
                    continue;
                }
                let slips = strsim::damerau_levenshtein(&written.text, &meant);
                suspects.push((slips, Suspect::Number(written.meant(meant))));
            }
        }
        // A hand that slips changes one sign of a number.
        let nearest = suspects.iter().map(|(slips, _)| *slips).min().unwrap_or(0);
        if nearest <= 1 {
            suspects.retain(|(slips, _)| *slips == nearest);
        }
        if trials > 0 && (1..=SHOWN).contains(&suspects.len()) {
            return suspects.into_iter().map(|(_, suspect)| suspect).collect();
        }
        one_matrix(&written).map(Suspect::Matrix).into_iter().collect()
    }

    /// Where the few given matrices are on which all of `failing` rest, each with its line; none if there are more.
    pub(in crate::lesson::check) fn given_for(
        &self,
        trace: &Trace,
        failing: &[&ResolvedClaim],
    ) -> Vec<(String, usize)> {
        let given = |claim: &&ResolvedClaim| -> BTreeSet<NodeId> {
            given_cells(claim, trace).into_iter().map(|cell| cell.node).collect()
        };
        let shared = failing.iter().take(ASKED).map(given).reduce(|all, own| &all & &own).unwrap_or_default();
        let place = |node: NodeId| {
            let name = &trace.node(node).name;
            let place = if Some(node) == self.vocabulary {
                self.places.get(&node)
            } else {
                self.definitions.get(name)
            };
            Some((name.clone(), self.source.line(place?.start)))
        };
        let places: Vec<_> = shared.into_iter().filter_map(place).collect();
        if places.len() > SHOWN { Vec::new() } else { places }
    }

    /// The numbers of given matrices and of the vocabulary that stand in the file.
    pub(in crate::lesson::check) fn written(&self, tree: &Tree) -> Vec<Written> {
        let mut found = Vec::new();
        for (key, kind) in definitions(tree) {
            let (Some(value), Some(node)) = (kind.get("given"), self.graph.find(&key.text)) else { continue };
            let values = value.get("values").unwrap_or(value);
            let columns = value.get("layout").and_then(Tree::as_text) == Some("columns");
            self.numbers_of(values, node, columns, &mut found);
        }
        let tokens = tree.get("vocabulary").and_then(|vocabulary| vocabulary.get("tokens"));
        if let (Some(tokens), Some(node)) = (tokens, self.vocabulary) {
            self.numbers_of(tokens, node, false, &mut found);
        }
        found
    }

    /// The numbers of a matrix; `turned` if its columns are written as rows.
    fn numbers_of(&self, values: &Tree, node: NodeId, turned: bool, found: &mut Vec<Written>) {
        let shape = &self.graph.node(node).shape;
        let (down, across) =
            if turned { (&shape.columns, &shape.rows) } else { (&shape.rows, &shape.columns) };
        for (row, line) in entries(values, down) {
            for (column, number) in entries(line, across) {
                let (row, column) = if turned { (column, row) } else { (row, column) };
                let text = number.as_text().unwrap_or_default().to_owned();
                found.push(Written { cell: Cell { node, row, column }, text, span: number.span });
            }
        }
    }
}

/// The place of all numbers if they belong to one matrix.
fn one_matrix(written: &[Written]) -> Option<Span> {
    let (first, rest) = written.split_first()?;
    let one = rest.iter().all(|other| other.cell.node == first.cell.node);
    one.then(|| rest.iter().fold(first.span, |span, other| span.to(other.span)))
}

/// What is written along an axis: one after the other, or by name.
fn entries<'a>(tree: &'a Tree, axis: &Axis) -> Vec<(usize, &'a Tree)> {
    let named = tree.as_map().unwrap_or_default().iter();
    let named = named.filter_map(|(key, value)| Some((axis.find(&key.text).ok()?, value)));
    tree.as_list().unwrap_or_default().iter().enumerate().chain(named).collect()
}

/// The cells without operands that a claim rests on.
fn given_cells(claim: &ResolvedClaim, trace: &Trace) -> BTreeSet<Cell> {
    let mut open: Vec<Place> = claim.cells().into_iter().map(Place::Cell).collect();
    let mut seen: std::collections::HashSet<Place> = open.iter().copied().collect();
    let mut given = BTreeSet::new();
    while let Some(place) = open.pop().filter(|_| seen.len() < MOST_PLACES) {
        if let Place::Cell(cell) = place
            && trace.node(cell.node).op.operands().is_empty()
        {
            given.insert(cell);
            continue;
        }
        trace.derive(place).sources(&mut |source| {
            if seen.insert(source) {
                open.push(source);
            }
        });
    }
    given
}

/// What a short number was before a hand slipped once: with its sign or without, with a sign less, with another digit.
fn slips(text: &str) -> Vec<String> {
    let mut meant = vec![text.strip_prefix('-').map_or_else(|| format!("-{text}"), str::to_owned)];
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        meant.push(format!("{before}{after}"));
        if c.is_ascii_digit() && text.len() <= SHORT {
            meant.extend(
                ('0'..='9').filter(|digit| *digit != c).map(|digit| format!("{before}{digit}{after}")),
            );
        }
    }
    meant
}

/// Whether a number was typed for another: its sign, its point or two digits in the wrong place, or one of many digits
/// wrong.
fn is_slip_of(text: &str, meant: &str) -> bool {
    let (bare, own) = (text.trim_start_matches('-'), meant.trim_start_matches('-'));
    let digits = |text: &str| text.replace('.', "").trim_matches('0').to_owned();
    let counted = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let is_one_slip = strsim::damerau_levenshtein(bare, own) <= 1;
    let swapped = is_one_slip && bare.len() == own.len() && {
        let sorted = |text: &str| {
            let mut signs: Vec<char> = text.chars().collect();
            signs.sort_unstable();
            signs
        };
        sorted(bare) == sorted(own)
    };
    let same_number = !digits(bare).is_empty() && digits(bare) == digits(own);
    same_number || swapped || is_one_slip && counted(bare).min(counted(own)) >= DIGITS
}

/// The short number that makes every claim true in the place of a written one.
fn explains(
    written: &Written,
    first: &ResolvedClaim,
    claims: &[ResolvedClaim],
    trace: &Trace,
    trials: &mut usize,
) -> Option<String> {
    let own = trace.cell(written.cell);
    let mut with = |number: f64| written.replaced(number, trace, trials);
    let is_other = |number: f64| (number - own).abs() > f64::EPSILON;
    let holds = |changed: &Trace| first.check(changed).is_ok() && all_hold(claims, changed);
    // One sign of it that is another is tried at once: far from what was meant, no line leads there.
    for meant in slips(&written.text) {
        if let Ok(number) = meant.parse::<f64>()
            && is_other(number)
            && holds(&with(number)?)
        {
            return Some(meant);
        }
    }
    let (mut x, mut off) = (own, first.difference(trace)?);
    let mut next = x + 1.0;
    for _ in 0..STEPS {
        let off_next = first.difference(&with(next)?)?;
        let slope = (off_next - off) / (next - x);
        (x, off) = (next, off_next);
        next = x - off / slope;
        if !next.is_finite() {
            return None;
        }
        if (next - x).abs() < 1e-9 * x.abs().max(1.0) {
            break;
        }
        for decimals in 0..=DECIMALS {
            // The step is exact where the number enters linearly; a rounded claim leaves it a little beside.
            let near = 0.06 * 10_f64.powi(-(i32::try_from(decimals).unwrap_or(0)));
            let short = format!("{next:.decimals$}");
            let rounded: f64 = short.parse().ok()?;
            if (rounded - next).abs() <= near.max(1e-9) && is_other(rounded) {
                let changed = with(rounded)?;
                if holds(&changed) {
                    return Some(if rounded == 0.0 { "0".to_owned() } else { short });
                }
            }
        }
    }
    None
}
