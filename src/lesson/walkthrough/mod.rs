//! The standard walkthrough, for a lesson that writes no steps: its tokens, then every matrix in the order of its
//! making, with a cell worth looking at, and a few exact words.

mod say;
mod story;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

use super::{Focus, Honesty, Reveal, Shown, Step, Text, TokenText};
use crate::both;
use crate::graph::{AxisKind, Cell, Graph, Node, NodeId, Op, Part, Side, Trace, Visible, op};
use crate::language::{Localised, words};
use crate::lesson::Prose;
use crate::math::Matrix;
use say::{Gap, Say};

/// The steps: at least one.
pub(in crate::lesson) fn steps(trace: &Trace, texts: &[TokenText], honesty: Honesty) -> Vec<Step> {
    let graph = trace.graph();
    let operands: BTreeSet<_> = graph.nodes().flat_map(|(_, node)| node.op.operands()).collect();
    let mut steps: Vec<Step> = tokens(texts, honesty).into_iter().collect();
    for family in families(graph) {
        // What is done again over a longer text was told the first time.
        if family.iter().all(|id| graph.node(*id).replays.is_some()) {
            continue;
        }
        // What is given is shown where it is used.
        let told_elsewhere = |id: &NodeId| graph.node(*id).op.origin().is_some() && operands.contains(id);
        if !family.iter().all(told_elsewhere) {
            steps.push(matrix(trace, &family, honesty));
        }
    }
    steps.extend(
        story::finished_texts(texts)
            .map(|(title, shown, say)| step(title.map(String::from), vec![shown], say.prose(), honesty)),
    );
    if steps.is_empty() {
        let say =
            Say::new(words("This lesson has no texts and no matrices.", "这一课没有文本，也没有矩阵。"), &[]);
        let title = words("Nothing to show", "没有内容");
        steps.push(step(title.map(String::from), Vec::new(), say.prose(), honesty));
    }
    steps
}

/// The first step: the texts, cut into tokens.
fn tokens(texts: &[TokenText], honesty: Honesty) -> Option<Step> {
    let written: Vec<_> = (0..texts.len()).filter(|text| texts[*text].generation.is_none()).collect();
    let say = match written[..] {
        [] => return None,
        [only] => Say::new(
            words("The text is cut into {0} tokens.", "文本被切分成 {0} 个词元。"),
            &[Gap::Count(texts[only].tokens.size())],
        ),
        [..] => Say::new(
            words("Each of the {0} texts is cut into tokens.", "{0} 段文本各自被切分成词元。"),
            &[Gap::Count(written.len())],
        ),
    };
    let show = written.into_iter().map(Shown::Text).collect();
    Some(step(words("Tokens", "词元").map(String::from), show, say.prose(), honesty))
}

/// The step of a matrix, or of the matrices that one definition makes for several texts.
fn matrix(trace: &Trace, family: &[NodeId], honesty: Honesty) -> Step {
    let graph = trace.graph();
    let first = family[0];
    let focus = cell_worth_a_look(trace, first);
    let symbol = match family {
        [only] => graph.symbol(*only),
        [..] => family_of(graph.symbol(first)),
    };
    let symbol = beside_its_title(symbol, graph.node(first).part);
    let (title, say) = story::of(trace, first, focus);
    // The screen draws one matrix together with what it is made of, so the operands need no mention.
    let show = family.iter().copied().map(Shown::Matrix).collect();
    let title = title.map(|title| format!("{title} {symbol}").trim_end().to_owned());
    let mut step = step(title, show, say.prose(), honesty);
    step.focus = focus
        .map(|Cell { node, row, column }| Focus { node, row: Some(row), column: Some(column) })
        .into_iter()
        .collect();
    if graph.node(first).part == Part::Pattern {
        step.reveal = Reveal::Rows;
    }
    step
}

/// The symbol without a word that the title says already: only `1` of `1.scores`, nothing of `scores`.
fn beside_its_title(symbol: &str, part: Part) -> &str {
    let said = match part {
        Part::Scores => "scores",
        Part::Scaled => "scaled",
        Part::Masked => "masked",
        Part::Tempered => "tempered",
        Part::Pattern => "pattern",
        Part::Concat => "concat",
        Part::Output => "output",
        Part::Logits => "logits",
        Part::Probabilities => "probabilities",
        Part::Vocabulary
        | Part::OneHot
        | Part::Embeddings
        | Part::Positions
        | Part::Cosines
        | Part::QueryWeights
        | Part::KeyWeights
        | Part::ValueWeights
        | Part::OutputWeights
        | Part::Queries
        | Part::Keys
        | Part::Values
        | Part::HeadOutput
        | Part::Weights
        | Part::Norm
        | Part::Hidden
        | Part::FeedForward
        | Part::Residual
        | Part::UnembeddingWeights
        | Part::Choice
        | Part::Loss
        | Part::Other => return symbol,
    };
    match symbol.strip_suffix(said) {
        Some("") => "",
        Some(head) => head.strip_suffix('.').unwrap_or(symbol),
        None => symbol,
    }
}

fn step(title: Text, show: Vec<Shown>, say: Localised<Prose>, honesty: Honesty) -> Step {
    Step {
        title,
        show,
        reveal: Reveal::All,
        focus: Vec::new(),
        say,
        note: None,
        honesty,
        plot: None,
        published: Vec::new(),
        question: None,
    }
}

/// The matrices of the graph, those of one definition over several texts together: `head.Q@a`, `head.Q@b`.
fn families(graph: &Graph) -> Vec<Vec<NodeId>> {
    let mut families: Vec<(&str, Vec<NodeId>)> = Vec::new();
    let mut places = HashMap::new();
    for (id, node) in graph.nodes() {
        let name = family_of(&node.name);
        let place = *places.entry(name).or_insert(families.len());
        match families.get_mut(place) {
            Some((_, members)) => members.push(id),
            None => families.push((name, vec![id])),
        }
    }
    families.into_iter().map(|(_, members)| members).collect()
}

/// A name without its text: `head.Q` of `head.Q@animal`.
fn family_of(name: &str) -> &str {
    name.split_once('@').map_or(name, |(family, _)| family)
}

/// The cell to look at first: of a mask, one that it hides; of weights, the largest of the first row in which not one
/// key gets all; of an activation or of dropout, the one that changes most; of what may come after a text, the largest for
/// its last position; else the largest score or the number furthest from 0. None in a matrix without cells.
fn cell_worth_a_look(trace: &Trace, node: NodeId) -> Option<Cell> {
    let Node { op, part, shape, .. } = trace.node(node);
    let (rows, columns) = shape.size();
    if rows == 0 || columns == 0 {
        return None;
    }
    let extent = trace.extent(node);
    let numbers = |row| (0..columns).map(move |column| trace.cell(Cell { node, row, column }));
    let (row, column) = if matches!(op, Op::Keep(_)) {
        let taken_out = |x| if x == f64::NEG_INFINITY { 1.0 } else { 0.0 };
        (rows - 1, first_largest(numbers(rows - 1).map(taken_out)))
    } else if matches!(part, Part::Logits | Part::Probabilities | Part::Choice) {
        (rows - 1, first_largest(numbers(rows - 1)))
    } else if let Op::Mask(op::Mask { visible, .. }) = op {
        hidden_cell(visible, (rows, columns))?
    } else if let Op::Activate(op::Activate { of, .. }) | Op::Dropout(op::Dropout { of, .. }) = op {
        let changed = trace.value(*of).as_ref() - trace.value(node).as_ref();
        best(&changed, f64::abs)?
    } else if matches!(op, Op::Softmax(_)) {
        let divided = |row: &usize| {
            let largest = numbers(*row).fold(0.0, f64::max);
            largest > 0.0 && largest < 1.0
        };
        let row = (0..rows.min(ROWS_TO_SEARCH)).find(divided).unwrap_or(0);
        (row, first_largest(numbers(row)))
    } else if part.is_query_by_key() {
        extent.max_at
    } else {
        extent.furthest_at()
    };
    Some(Cell { node, row, column })
}

/// In how many rows of a pattern one is looked for in which several keys share.
const ROWS_TO_SEARCH: usize = 64;

/// The place of the first of the largest numbers.
fn first_largest(numbers: impl Iterator<Item = f64>) -> usize {
    let larger = |best: (usize, f64), next: (usize, f64)| if next.1 > best.1 { next } else { best };
    numbers.enumerate().reduce(larger).map_or(0, |(place, _)| place)
}

/// The first cell that a mask hides, or else the first of all.
fn hidden_cell(mask: &Visible, (queries, keys): (usize, usize)) -> Option<(usize, usize)> {
    let mut cells = (0..queries).flat_map(|query| (0..keys).map(move |key| (query, key)));
    let first = cells.clone().next();
    cells.find(|(query, key)| !mask.allows(*query, *key, keys)).or(first)
}

/// The first cell with the highest rank, row by row.
fn best(value: &Matrix, rank: impl Fn(f64) -> f64) -> Option<(usize, usize)> {
    let mut best: Option<((usize, usize), f64)> = None;
    for row in 0..value.nrows() {
        for column in 0..value.ncols() {
            let rank = rank(value[(row, column)]);
            if best.is_none_or(|(_, highest)| rank > highest) {
                best = Some(((row, column), rank));
            }
        }
    }
    best.map(|(cell, _)| cell)
}

/// What an entry of an axis is called in a sentence.
fn entry(graph: &Graph, cell: Cell, side: Side) -> Gap {
    let node = graph.node(cell.node);
    let axis = node.shape.axis(side);
    let index = match side {
        Side::Rows => cell.row,
        Side::Columns => cell.column,
    };
    // A slice keeps the numbers of the whole.
    let count = axis.label(index);
    match (axis.kind(), side) {
        (AxisKind::Tokens | AxisKind::Features, _) => Gap::Name(axis.unique_label(index)),
        (AxisKind::Numbered, Side::Columns) if !node.part.is_query_by_key() => {
            Gap::Words(both!("number {count}", "第 {count} 个数"))
        }
        (AxisKind::Numbered, Side::Rows | Side::Columns) => {
            Gap::Words(both!("position {count}", "位置 {count}"))
        }
    }
}
