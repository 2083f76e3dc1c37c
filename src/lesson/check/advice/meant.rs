//! Questions whose words ask for something else than their answer gives: the least where it is the largest, per cent where
//! it is a share, two words where it is the cell of another.

use super::listening::from_the_other_end;
use super::numbers::Typed;
use super::typed::{is_lit, shown};
use super::{items, versions};
use crate::both;
use crate::diagnostic::Code;
use crate::graph::{Cell, Place, Side, Trace};
use crate::language::{Localised, all_of};
use crate::lesson::check::Checker;
use crate::lesson::check::locate::in_place_of;
use crate::lesson::expression::{self, Form, Formatted, Selection};
use crate::lesson::question::Answer;
use crate::lesson::{Lesson, Step};
use crate::yaml::Tree;

/// Words that ask for the smallest number, each with the one that asks for the largest,
const LEAST: [(&str, &str); 10] = [
    ("least", "most"),
    ("smallest", "largest"),
    ("lowest", "highest"),
    ("weakest", "strongest"),
    ("fewest", "most"),
    ("最小", "最大"),
    ("最少", "最多"),
    ("最低", "最高"),
    ("最弱", "最强"),
    ("最不", "最"),
];
/// and for the largest.
const MOST: [&str; 13] = [
    "most",
    "largest",
    "highest",
    "strongest",
    "greatest",
    "biggest",
    "最大",
    "最多",
    "最高",
    "最强",
    "最关注",
    "最注意",
    "最受",
];
/// What is said of scores and shares, of which the largest is the most.
const OF_ATTENTION: [&str; 13] = [
    "listen",
    "look",
    "attend",
    "attention",
    "share",
    "weight",
    "score",
    "hear",
    "关注",
    "注意",
    "权重",
    "份额",
    "分数",
];
/// What may turn the order round, so that the least is the largest: who ignores most, what is not heard.
pub(super) const TURNS: [&str; 38] = [
    "ignor", "overlook", "neglect", "distan", "far", "differ", "unlike", "loss", "lost", "lose", "surpris",
    "cost", "miss", "forget", "penal", "without", "mask", "deaf", "not", "n't", "never", "no ", "at least",
    "at most", "second", "next", "忽", "距", "远", "失", "惊", "差", "遮", "掩", "没", "无", "第二", "其次",
];
/// What makes one think of another cell than the two that are named.
pub(super) const ELSEWHERE: [&str; 34] = [
    "other", "rest", "third", "left", "remain", "beside", "before", "after", "next", "first", "last",
    "neighbo", "itself", "himself", "herself", "themsel", "own", "all", "every", "than", "behind", "follow",
    "except", "above", "其", "另", "剩", "第", "前", "后", "旁", "自", "别", "都",
];
/// What asks for hundredths,
const PER_CENT: [&str; 4] = ["per cent", "percent", "百分之", "百分数"];
/// and what is against it.
const AS_SHARE: [&str; 7] = ["not", "decimal", "share between", "between 0", "instead", "小数", "不"];

impl Checker<'_> {
    /// Reports questions whose words ask for something else than their answer gives.
    pub(super) fn answers_are_meant(&mut self, tree: &Tree, lesson: &Lesson) {
        for (tree, step) in items(tree, "steps").zip(&lesson.steps) {
            let Some((asked, question)) = tree.get("question").zip(step.question.as_ref()) else { continue };
            let (Some(ask), Some(answer)) = (asked.get("ask"), asked.get("answer")) else { continue };
            let asks = versions(ask);
            match &question.answer {
                Answer::Token { value, names, .. } => {
                    let Some((place, (line, side))) = answer.get("token").zip(value.line()) else { continue };
                    let own = if value.is_smallest() { Extreme::Smallest } else { Extreme::Largest };
                    self.extreme_is_meant(&asks, place, (own, line), &lesson.trace);
                    if side == Side::Rows {
                        self.listener_is_meant(&asks, place, line, &lesson.trace);
                    }
                    if side == Side::Columns && asks_for_word(&asks) && !has_words(names, lesson) {
                        self.word_is_meant(place, line, step, &lesson.trace);
                    }
                }
                Answer::Number { value, format, .. } => {
                    let Some((place, of)) = answer.get("cell").zip(value.place()) else { continue };
                    if format.form == Form::Plain && lesson.trace.node(of.node()).part.holds_shares() {
                        self.form_is_meant(&asks, place);
                    }
                    if let Place::Cell(cell) = of {
                        self.named_cell_is_meant(&asks, place, cell, step, &lesson.trace);
                    }
                }
                Answer::Shape(_) | Answer::Order { .. } | Answer::Making(_) | Answer::Choose(_) => {}
            }
        }
    }

    /// Reports the largest score or share where the words ask for the smallest, and the other way round.
    fn extreme_is_meant(
        &mut self,
        asks: &[&Tree],
        place: &Tree,
        (own, line): (Extreme, &Selection),
        trace: &Trace,
    ) {
        if !trace.node(line.node).part.is_query_by_key() {
            return;
        }
        let written = place.as_text().unwrap_or_default().trim_start();
        let Some(rest) = written.strip_prefix("argmax").or_else(|| written.strip_prefix("argmin")) else {
            return;
        };
        let said: Vec<Extreme> = asks.iter().filter_map(|text| asked_for(text.as_text()?)).collect();
        if said.is_empty() || said.contains(&own) {
            return;
        }
        let message = match own {
            Extreme::Largest => both!(
                "the question asks for the least, and `argmax` gives the largest",
                "问题问的是最小的，而 `argmax` 给出的是最大的"
            ),
            Extreme::Smallest => both!(
                "the question asks for the most, and `argmin` gives the smallest",
                "问题问的是最大的，而 `argmin` 给出的是最小的"
            ),
        };
        let meant = match own {
            Extreme::Largest if is_one_least(line, trace) => format!("argmin{rest}"),
            Extreme::Largest => return self.largest_is_asked(asks, place, message),
            Extreme::Smallest => format!("argmax{rest}"),
        };
        self.report_meant(place, message, &meant);
    }

    /// Reports a question that asks for the smallest of numbers of which several are equally small.
    fn largest_is_asked(&mut self, asks: &[&Tree], place: &Tree, message: Localised<String>) {
        let line = asks.first().map_or(0, |ask| self.source.line(ask.span.start));
        let words = asks.iter().filter_map(|ask| {
            let text = ask.as_text()?.to_lowercase();
            let (least, most) = LEAST.iter().find(|(least, _)| text.contains(least))?;
            Some((format!("`{most}` instead of `{least}`"), format!("`{least}` 改成 `{most}`")))
        });
        let (en, zh): (Vec<String>, Vec<String>) = words.unzip();
        let (en, zh) = (all_of(en).en, zh.join("，"));
        let hint = both!(
            "several numbers of this row are equally small: ask for the largest, in line {line}, with {en}",
            "这一行有几个数同样小：请改问最大的，把第 {line} 行的 {zh}"
        );
        self.report(Code::Questionable, place.span, message, hint);
    }

    /// Reports an answer with what to write in its place.
    fn report_meant(&mut self, place: &Tree, message: Localised<String>, meant: &str) {
        let meant = in_place_of(self.source, place, meant);
        let hint = both!("write `{meant}`", "请写 `{meant}`");
        self.report(Code::Questionable, place.span, message, hint);
    }

    /// Reports the column of a token, which says who listens to it, where the words ask to whom it listens.
    fn listener_is_meant(&mut self, asks: &[&Tree], place: &Tree, line: &Selection, trace: &Trace) {
        let node = trace.node(line.node);
        let label = node.shape.columns.label(line.columns.start);
        let rows = &node.shape.rows;
        if !node.part.is_query_by_key() || asks.is_empty() || line.rows.len() != rows.labels().len() {
            return;
        }
        let Ok(row) = rows.find(label) else { return };
        let turned = asks.iter().map(|ask| from_the_other_end(ask.as_text()?, label));
        let Some(turned) = turned.collect::<Option<Vec<String>>>() else { return };
        let own = expression::row_reference(&self.graph, line.node, row);
        let word = place.as_text().and_then(|written| written.split('(').next()).unwrap_or("argmax").trim();
        let message = both!(
            "the question asks to whom `{label}` listens, and this column says who listens to `{label}`",
            "问题问的是 `{label}` 关注谁，而这一列说的是谁关注 `{label}`"
        );
        let meant = in_place_of(self.source, place, &format!("{word}({own})"));
        let weights =
            || (0..node.shape.columns.size()).map(|column| trace.cell(Cell { node: line.node, row, column }));
        let largest = weights().fold(f64::MIN, f64::max);
        let is_tie = weights().filter(|weight| weight.total_cmp(&largest).is_eq()).count() > 1;
        let hint = if is_tie {
            let line = asks.first().map_or(0, |ask| self.source.line(ask.span.start));
            let Localised { en, zh } = all_of(turned.iter().map(|ask| format!("`{ask}`")));
            both!(
                "in line {line} ask the other way round, {en}: in the row of `{label}` several weights are equally large",
                "请在第 {line} 行反过来问，写 {zh}：`{label}` 自己那一行中有几个权重同样大"
            )
        } else {
            both!("write its row: `{meant}`", "请写它的那一行：`{meant}`")
        };
        self.report(Code::Questionable, place.span, message, hint);
    }

    /// Reports the feature of a token, in a matrix that the step does not show, where the words ask which word, and the
    /// step shows how much this token listens to which word.
    fn word_is_meant(&mut self, place: &Tree, line: &Selection, step: &Step, trace: &Trace) {
        let shown = shown(step);
        let (name, row) =
            (&trace.node(line.node).name, trace.node(line.node).shape.rows.label(line.rows.start));
        let mut heads = shown.iter().map(|node| trace.node(*node)).filter(|node| node.part.is_query_by_key());
        let (Some(head), None) = (heads.next(), heads.next()) else { return };
        let has_row = head.shape.rows.find(row).is_ok();
        let written = place.as_text().unwrap_or_default();
        if shown.contains(&line.node) || !has_row || written.matches(name.as_str()).count() != 1 {
            return;
        }
        let own = &head.name;
        let meant = written.replace(name.as_str(), own);
        let read = expression::parse(&meant).ok().and_then(|it| it.resolve(&self.scope()).ok());
        let Some((meant_line, is_smallest)) =
            read.as_ref().and_then(|read| Some((read.line()?.0, read.is_smallest())))
        else {
            return;
        };
        let message = both!(
            "the question asks for a word, and `{name}` has features; this step shows `{own}`",
            "问题问的是词，而 `{name}` 里是特征；这一步显示的是 `{own}`"
        );
        let has_one = if is_smallest { is_one_least } else { is_one_largest };
        if !has_one(meant_line, trace) {
            let hint = both!(
                "ask for a feature in `ask`, or about another word: in the row of `{row}` of `{own}` several are equally large",
                "请在 `ask` 里改问哪个特征，或问另一个词：`{own}` 的 `{row}` 那一行中有几个数同样大"
            );
            self.report(Code::Questionable, place.span, message, hint);
            return;
        }
        self.report_meant(place, message, &meant);
    }

    /// Reports a share that is asked for in per cent.
    fn form_is_meant(&mut self, asks: &[&Tree], place: &Tree) {
        let is_per_cent = |text: &&Tree| {
            let text = text.as_text().unwrap_or_default().to_lowercase();
            has_one(&text, &PER_CENT) && !has_one(&text, &AS_SHARE)
        };
        let has_number = |text: &&Tree| {
            let text = text.as_text().unwrap_or_default();
            super::numbers::typed(text).iter().any(Typed::is_per_cent)
        };
        if asks.is_empty() || !asks.iter().all(is_per_cent) || asks.iter().any(has_number) {
            return;
        }
        let formula = Formatted::formula(place.as_text().unwrap_or_default());
        let message = both!(
            "the question asks for per cent, and this answer is a share between 0 and 1",
            "问题问的是百分数，而这个答案是 0 到 1 之间的份额"
        );
        self.report_meant(place, message, &format!("{formula}:%"));
    }

    /// Reports a cell of which the question names the row and another column, or the column and another row.
    fn named_cell_is_meant(&mut self, asks: &[&Tree], place: &Tree, cell: Cell, step: &Step, trace: &Trace) {
        let node = trace.node(cell.node);
        if !node.part.is_query_by_key() || asks.is_empty() || is_lit(cell, step) {
            return;
        }
        let mut meant = asks.iter().map(|text| meant_cell(text.as_text().unwrap_or_default(), cell, trace));
        let Some(Some(first)) = meant.next() else { return };
        if !meant.all(|other| other == Some(first)) {
            return;
        }
        let label = |cell: Cell| (node.shape.rows.label(cell.row), node.shape.columns.label(cell.column));
        let ((row, column), (own_row, own_column)) = (label(first), label(cell));
        let reference = expression::reference(&self.graph, first);
        let written = place.as_text().unwrap_or_default();
        let format = &written[Formatted::formula_end(written)..];
        let message = both!(
            "the question names `{row}` and `{column}`, and this is the cell of `{own_row}` and `{own_column}`",
            "问题说的是 `{row}` 和 `{column}`，而这是 `{own_row}` 和 `{own_column}` 的单元格"
        );
        self.report_meant(place, message, &format!("{reference}{format}"));
    }
}

/// Which number of a line is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lesson::check) enum Extreme {
    Largest,
    Smallest,
}

/// What a question about attention asks for, where no word of it may turn the order round.
pub(in crate::lesson::check) fn asked_for(ask: &str) -> Option<Extreme> {
    let text = ask.to_lowercase();
    if !has_one(&text, &OF_ATTENTION) || has_one(&text, &TURNS) || text.replace("最不", "").contains('不')
    {
        return None;
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphabetic()).collect();
    let has = |word: &&str| {
        if word.is_ascii() { words.contains(word) } else { text.contains(*word) }
    };
    match (LEAST.iter().any(|(least, _)| has(least)), MOST.iter().any(has)) {
        (true, false) => Some(Extreme::Smallest),
        (false, true) => Some(Extreme::Largest),
        (true, true) | (false, false) => None,
    }
}

/// Whether a question asks which word it is, in each of its languages.
fn asks_for_word(asks: &[&Tree]) -> bool {
    let is_asked = |text: &&Tree| {
        let text = text.as_text().unwrap_or_default().to_lowercase();
        has_one(&text, &["which word", "which token", "哪个词", "哪一个词", "哪个词元", "哪个字"])
    };
    !asks.is_empty() && asks.iter().all(is_asked)
}

/// Whether one of these names is a token of a text.
fn has_words(names: &[String], lesson: &Lesson) -> bool {
    let mut tokens = lesson.texts.iter().flat_map(|text| text.tokens.labels());
    tokens.any(|token| names.contains(token))
}

/// Whether one number of a line is smaller than all others.
fn is_one_least(line: &Selection, trace: &Trace) -> bool {
    let least = line.cells().map(|cell| trace.cell(cell)).fold(f64::INFINITY, f64::min);
    line.cells().filter(|cell| trace.cell(*cell) <= least + 1e-9).count() == 1
}

/// Whether one number of a line is larger than all others.
fn is_one_largest(line: &Selection, trace: &Trace) -> bool {
    let largest = line.cells().map(|cell| trace.cell(cell)).fold(f64::NEG_INFINITY, f64::max);
    line.cells().filter(|cell| trace.cell(*cell) >= largest - 1e-9).count() == 1
}

/// The cell that a question of one sentence means, where it names two tokens and one of them alone is that of the cell.
fn meant_cell(ask: &str, cell: Cell, trace: &Trace) -> Option<Cell> {
    let shape = &trace.node(cell.node).shape;
    let ends = ask.matches(['?', '？', '.', '。', ';', '；', ':', '：']).count();
    let plain = without_marked(ask).to_lowercase();
    if ends > 1 || ask.contains('{') || has_one(&plain, &ELSEWHERE) {
        return None;
    }
    let marked: Vec<&str> = ask.split('*').skip(1).step_by(2).collect();
    let [one, other] = marked[..] else { return None };
    let of = |side: Side, label: &str| {
        let labels = shape.axis(side).labels();
        let mut places = labels.iter().enumerate().filter(|(_, it)| *it == label).map(|(at, _)| at);
        places.next().filter(|_| places.next().is_none())
    };
    let (row, column) = (shape.rows.label(cell.row), shape.columns.label(cell.column));
    let is_named = |label: &str| ask.to_lowercase().contains(&label.to_lowercase());
    let with = |named: &str| if one == named { other } else { one };
    let meant = match ([one, other].contains(&row), [one, other].contains(&column)) {
        (true, false) if !is_named(column) => Cell { column: of(Side::Columns, with(row))?, ..cell },
        (false, true) if !is_named(row) => Cell { row: of(Side::Rows, with(column))?, ..cell },
        (true | false, true | false) => return None,
    };
    (one != other).then_some(meant)
}

/// A text without the words that are emphasised.
fn without_marked(text: &str) -> String {
    text.split('*').step_by(2).collect::<Vec<_>>().join(" ")
}

/// Whether a text has one of these words.
pub(super) fn has_one(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_questions_about_attention_ask_for_an_extreme() {
        for (ask, is) in [
            ("Which word does *he* listen to least?", Some(Extreme::Smallest)),
            ("*he* 最不关注哪个词？", Some(Extreme::Smallest)),
            ("*he* 最关注哪个词？", Some(Extreme::Largest)),
            ("Which word has the largest share?", Some(Extreme::Largest)),
            ("Which word does *he* ignore most?", None),
            ("Which word does *he* not look at most?", None),
            ("哪个词分数最小，哪个最大？", None),
            ("Which word is farthest from *he*, with the smallest score?", None),
            ("At least one word listens: which?", None),
            ("Almost all attention goes where?", None),
        ] {
            assert_eq!(asked_for(ask), is, "{ask}");
        }
    }
}
