//! Numbers that an author has typed where a cell holds them: in the words of a step, and as the answer of its question.

use super::numbers::{Typed, typed};
use super::spoken_of::is_spoken_of;
use super::{items, versions};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Cell, NodeId, Place, Trace};
use crate::language::{Localised, Words, joined, words};
use crate::lesson::check::{Checker, cells_to_search, locate};
use crate::lesson::expression::{self, Formatted, Resolved, Value};
use crate::lesson::prose::{bare, braces, cells};
use crate::lesson::{Lesson, Shown, Step};
use crate::yaml::{Style, Tree};

/// What stands between a cell and its number, longer words first.
const IS: [&str; 9] = ["equals", "is", "等于", "为", "是", "=", "＝", "≈", ":"];
/// What may close the name of a cell, and open its number.
const AROUND: [char; 4] = ['$', '*', '`', ' '];
/// So many cells that hold an answer are named.
const SHOWN: usize = 3;
/// Numbers that are worked out alike are this near.
const SAME: f64 = 1e-9;

impl Checker<'_> {
    /// Reports numbers in prose that a cell shown in the same step holds, or that are said of a cell that holds another one;
    /// and typed numbers where a question asks for a cell.
    pub(super) fn numbers_are_computed(&mut self, tree: &Tree, lesson: &Lesson) {
        for (tree, step) in items(tree, "steps").zip(&lesson.steps) {
            for (when, text) in words_with_numbers(tree, step, &lesson.trace) {
                let before = self.findings.len();
                let both = versions(text);
                for version in &both {
                    self.numbers_of_text(version, when, step, lesson);
                }
                if let [en, zh] = both[..] {
                    self.tell_of_the_same(before, en, (zh, words("Chinese", "中文")));
                    self.tell_of_the_same(before, zh, (en, words("English", "英文")));
                }
                self.told_of_both_languages(before);
            }
            self.answers_are_cells(tree, step, &lesson.trace);
        }
    }

    /// Where the number of a finding stands in the other language as well, rounded or written otherwise and not told for
    /// itself, it is to become the same there.
    fn tell_of_the_same(&mut self, from: usize, version: &Tree, (other, language): (&Tree, Words)) {
        let [own, of_other] = [version, other].map(|it| typed(it.as_text().unwrap_or_default()));
        let place = |tree: &Tree, it: &Typed<'_>| locate::in_source(self.source, tree, it.with_sign());
        let told: Vec<Span> = self.findings[from..].iter().map(|finding| finding.span).collect();
        for one in &own {
            let Some(at) = told.iter().position(|told| *told == place(version, one)) else { continue };
            let mut same = of_other.iter().filter(|it| (it.value - one.value).abs() < SAME).peekable();
            let Some(first) = same.peek().copied() else { continue };
            if same.any(|it| told.contains(&place(other, it))) {
                continue;
            }
            let written = self.source.slice(place(other, first)).to_owned();
            let finding = &mut self.findings[from + at];
            let Some(Localised { en, zh }) = finding.hint.take() else { continue };
            finding.fix.clear();
            finding.hint = Some(Localised {
                en: format!("{en}; and write the same for `{written}` in the {} text", language.en),
                zh: format!("{zh}；并把{}里的 `{written}` 也改成这样", language.zh),
            });
        }
    }

    fn numbers_of_text(&mut self, version: &Tree, when: When<'_>, step: &Step, lesson: &Lesson) {
        let text = version.as_text().unwrap_or_default();
        let bare = bare(text, &self.scope());
        let is_format =
            |typed: &Typed<'_>| bare.iter().any(|it| it.span.range().contains(&typed.span().start));
        for typed in typed(text).into_iter().filter(|typed| !is_format(typed)) {
            let finding = match self.said_of(text, &typed) {
                Some(cell) => self.number_of_cell(text, &typed, cell, &lesson.trace),
                None => self.number_of_step(text, &typed, when, step, lesson),
            };
            let Some((finding, with)) = finding else { continue };
            let written = &text[finding.span.range()];
            let place = locate::in_source(self.source, version, finding.span);
            let finding = Diagnostic { span: place, ..finding };
            // Braces begin something else in a text without quotation marks.
            let quoted = version.as_scalar().is_some_and(|it| it.style != Style::Plain);
            self.findings.push(match with.filter(|_| quoted) {
                Some(with) => self.with_fix_of(finding, place, written, &with),
                None => finding,
            });
        }
    }

    /// The cell of which a sentence says this number: `X[1, 2] = 0.5`, `X[1, 2]$ is 0.5`.
    fn said_of(&self, text: &str, typed: &Typed<'_>) -> Option<Cell> {
        let before = text[..whole(text, typed).start].trim_end_matches(AROUND);
        let before = IS.iter().find_map(|is| before.strip_suffix(is))?.trim_end_matches(AROUND);
        let named = cells(text, &self.scope()).into_iter().find(|cell| cell.end == before.len())?;
        let cell = expression::parse(&text[named.range()]).ok()?.resolve(&self.scope()).ok()?;
        let [cell] = cell.cells()[..] else { return None };
        // The first number of a sum, a range or a list of numbers is not all that is said.
        let after = text[typed.with_sign().end..].trim_start_matches(AROUND);
        let goes_on = after.starts_with(['+', '-', '−', '·', '×', '/', '^', '=', '±', '<', '>', '~', '–']);
        let of_next = after.starts_with(|c: char| c.is_alphanumeric()) && typed.format().is_none();
        (!goes_on && !of_next).then_some(cell)
    }

    /// What is to be said of a number that a sentence says of this cell, and what may be written instead.
    fn number_of_cell(
        &self,
        text: &str,
        typed: &Typed<'_>,
        cell: Cell,
        trace: &Trace,
    ) -> Option<(Diagnostic, Option<String>)> {
        let (number, place) = (trace.cell(cell), whole(text, typed));
        let is_negative = place.start < typed.span().start;
        if typed.is_printed(if is_negative { -number } else { number }) {
            return Some(self.holds(cell, typed, (&typed.format()?, place), trace));
        }
        let reference = expression::reference(&self.graph, cell);
        let (digits, format) = (typed.digits(), typed.format().unwrap_or_else(|| ".0".to_owned()));
        let value = if typed.is_per_cent() {
            format!("{:.digits$}%", 100.0 * number)
        } else {
            format!("{number:.digits$}").replace('-', "−")
        };
        let finding = Diagnostic::new(
            Code::TypedNumber,
            place,
            both!("`{reference}` is {value}, not this number", "`{reference}` 是 {value}，不是这个数"),
        );
        Some((finding.with_hint(let_compute(&reference, &format)), None))
    }

    /// The same for a number of which nothing says whose it is.
    fn number_of_step(
        &self,
        text: &str,
        typed: &Typed<'_>,
        when: When<'_>,
        step: &Step,
        lesson: &Lesson,
    ) -> Option<(Diagnostic, Option<String>)> {
        let format = typed.format()?;
        let trace = &lesson.trace;
        let (sign, place) = signed(text, typed);
        let held = shown(step).into_iter().flat_map(|node| holding(trace, node, typed, sign));
        let is_open = |cell: &Cell| match (when, &step.question) {
            (When::Before(_), Some(question)) => !question.covers(*cell, trace),
            (When::After, _) | (When::Before(_), None) => true,
        };
        let (held, covered): (Vec<Cell>, Vec<Cell>) = held.partition(is_open);
        if held.is_empty() {
            let asked = |cell: &&Cell| {
                step.question.as_ref().is_some_and(|it| it.stands_at(Place::Cell(**cell), trace))
            };
            return match covered.iter().find(asked) {
                Some(told) => Some((self.tells_answer(*told, place, when), None)),
                None => Some((self.other_than_lit(text, typed, step, trace)?, None)),
            };
        }
        let named = self.named_in(text).into_iter().find(|cell| held.contains(cell));
        if let Some(root) = self.root_of_size(typed).filter(|_| named.is_none()) {
            let finding = Diagnostic::new(Code::TypedNumber, place, is_rounded(&root));
            let with = format!("{{{root}:{format}}}");
            return Some((finding.with_hint(let_compute(&root, &format)), Some(with)));
        }
        let (held, of_others): (Vec<Cell>, Vec<Cell>) =
            held.into_iter().partition(|cell| named == Some(*cell) || is_spoken_of(text, *cell, trace));
        if held.is_empty() {
            let first = of_others.first()?;
            return Some((self.of_other_words(text, *first, &format, place, trace)?, None));
        }
        let cell = named.or_else(|| held.iter().copied().find(|cell| is_lit(*cell, step)));
        let cell = cell.or_else(|| held.first().copied())?;
        let (finding, with) = self.holds(cell, typed, (&format, place), trace);
        Some((finding, with.filter(|_| held.len() == 1)))
    }

    /// The cells that a text names, in braces or without.
    fn named_in(&self, text: &str) -> Vec<Cell> {
        let computed = braces(text).into_iter().map(|span| Span::new(span.start + 1, span.end - 1));
        let spans = computed.chain(cells(text, &self.scope()));
        let read = |span: Span| {
            let written = Formatted::parse(text.get(span.range())?).ok()?;
            Some(written.expression.resolve(&self.scope()).ok()?.cells())
        };
        spans.filter_map(read).flatten().collect()
    }

    /// What is to be said of a typed number that is the answer: computed, it would tell it as well.
    fn tells_answer(&self, cell: Cell, place: Span, when: When<'_>) -> Diagnostic {
        let reference = expression::reference(&self.graph, cell);
        Diagnostic::new(
            Code::Questionable,
            place,
            both!(
                "this gives the answer away: the question asks for `{reference}`",
                "这里说出了答案：问题问的就是 `{reference}`"
            ),
        )
        .with_hint(self.not_yet(match when {
            When::Before(asked) => asked,
            When::After => None,
        }))
    }

    fn holds(
        &self,
        cell: Cell,
        typed: &Typed<'_>,
        (format, place): (&str, Span),
        trace: &Trace,
    ) -> (Diagnostic, Option<String>) {
        let (reference, number) = (expression::reference(&self.graph, cell), trace.cell(cell));
        let message = if typed.rounds(number) {
            is_rounded(&reference)
        } else {
            both!(
                "this number is typed: `{reference}` holds it, and may change",
                "这个数是手写的：它就是 `{reference}`，课程改了，它也不会跟着变"
            )
        };
        let finding = Diagnostic::new(Code::TypedNumber, place, message);
        // Labels may hold the marks of the text.
        let fits = !reference.contains(['"', '\'']);
        let with = fits.then(|| format!("{{{reference}:{format}}}"));
        (finding.with_hint(let_compute(&reference, format)), with)
    }

    /// Reports questions whose answer is typed, not computed.
    fn answers_are_cells(&mut self, tree: &Tree, step: &Step, trace: &Trace) {
        let Some(answer) = tree.get("question").and_then(|question| question.get("answer")) else { return };
        let ordered = answer.get("order").and_then(|order| order.get("items")?.as_list());
        // Of two equal items nobody can tell which comes first.
        let is_item = |cell: &Cell| {
            let items = ordered.unwrap_or_default().iter().filter_map(Tree::as_text).flat_map(typed);
            items.into_iter().any(|item| item.is_printed(trace.cell(*cell)))
        };
        for of in answer.get("cell").into_iter().chain(ordered.unwrap_or_default()) {
            let Some(number) = of.as_text().and_then(|written| self.number_alone(written, trace)) else {
                continue;
            };
            let typed = of.as_text().map(typed).unwrap_or_default();
            let is_held = |cell: &Cell| match &typed[..] {
                [typed] if typed.digits() > 0 => typed.is_printed(trace.cell(*cell) * number.signum()),
                _ => (trace.cell(*cell) - number).abs() < SAME,
            };
            let held = shown(step).into_iter().flat_map(|node| cells_to_search(node, trace)).filter(is_held);
            let held: Vec<Cell> = held.collect();
            let format = typed.first().filter(|typed| typed.digits() > 0).and_then(Typed::format);
            let format = format.map(|format| format!(":{format}")).unwrap_or_default();
            let written = |cell: &Cell, format: &str| {
                let cell = expression::reference(&self.graph, *cell) + format;
                locate::in_place_of(self.source, of, &cell)
            };
            let number_is = of.as_text().unwrap_or_default();
            let (message, hint) = match (self.meant_of(&held, step, tree), held.as_slice()) {
                (Some(cell), _) => {
                    let cell = written(&cell, &format);
                    (
                        is_typed(),
                        both!("write `{cell}`, the cell that holds it", "请写这个数所在的单元格：`{cell}`"),
                    )
                }
                (None, [_, _, ..]) => {
                    let cells = held.iter().take(SHOWN).map(|cell| format!("`{}`", written(cell, &format)));
                    let Localised { en, zh } = joined(cells);
                    (is_typed(), both!("write the cell that is meant: {en}", "请写所指的单元格：{zh}"))
                }
                (None, [] | [_]) => {
                    let node = shown(step).last().copied();
                    let name = node.map_or("X", |node| &self.graph.node(node).name);
                    let is_new = |cell: &Cell| {
                        let reference = expression::reference(&self.graph, *cell);
                        !self.source.slice(answer.span).contains(&reference) && !is_item(cell)
                    };
                    let first = node.and_then(|node| cells_to_search(node, trace).find(is_new));
                    let cell = first.map_or_else(|| "…".to_owned(), |cell| written(&cell, ""));
                    (
                        both!(
                            "this answer is typed, and no cell of `{name}` is {number_is}",
                            "这个答案是手写的数，而 `{name}` 中没有等于 {number_is} 的单元格"
                        ),
                        both!(
                            "write the cell that you ask for, such as `{cell}`",
                            "请写所问的单元格，例如 `{cell}`"
                        ),
                    )
                }
            };
            self.report(Code::TypedNumber, of.span, message, hint);
        }
    }

    /// The one of the cells that hold a number that the step lights, that the question names, or that is alone.
    fn meant_of(&self, held: &[Cell], step: &Step, tree: &Tree) -> Option<Cell> {
        let ask = tree.get("question").and_then(|question| question.get("ask")).map(versions);
        let asked: Vec<&str> = ask.iter().flatten().filter_map(|text| text.as_text()).collect();
        let is_named = |cell: &Cell| {
            let shape = &self.graph.node(cell.node).shape;
            let labels = [shape.rows.label(cell.row), shape.columns.label(cell.column)];
            asked.iter().any(|text| labels.iter().all(|label| text.contains(label)))
        };
        let lit = held.iter().find(|cell| is_lit(**cell, step));
        let mut named = held.iter().filter(|cell| is_named(cell));
        let named = named.next().filter(|_| named.next().is_none());
        lit.or(named).or(if held.len() == 1 { held.first() } else { None }).copied()
    }

    /// The number of an answer that is made of digits alone, `0.7` or `7/12`.
    fn number_alone(&self, written: &str, trace: &Trace) -> Option<f64> {
        let formula = Formatted::formula(written);
        if formula.contains(|c: char| c.is_alphabetic() && c != 'e') {
            return None;
        }
        let value: Resolved = Formatted::parse(written).ok()?.expression.resolve(&self.scope()).ok()?;
        match value.evaluate(trace) {
            Value::Number(number) if value.cells().is_empty() => Some(number),
            Value::Number(_) | Value::Label(_) => None,
        }
    }
}

/// When words are read.
#[derive(Debug, Clone, Copy)]
enum When<'t> {
    /// While the question of their step is open, if there is one.
    Before(Option<&'t Tree>),
    /// After its answer.
    After,
}

/// The texts of a step in which a number is said of what it shows. Wrong options may have any number.
fn words_with_numbers<'t>(tree: &'t Tree, step: &Step, trace: &Trace) -> Vec<(When<'t>, &'t Tree)> {
    let asked = tree.get("question");
    let of_question = |field: &str| asked.and_then(|asked| asked.get(field));
    let before = [tree.get("say"), of_question("ask"), of_question("hint")].into_iter().flatten();
    let options =
        of_question("answer").and_then(|answer| answer.get("choose")?.as_list()).unwrap_or_default();
    let right = step.question.as_ref().map(|question| question.right(trace)).unwrap_or_default();
    let right = right.into_iter().filter_map(|at| {
        let (_, option) = options.get(at)?.as_map()?.first()?;
        Some(option.get("say").unwrap_or(option))
    });
    let before = before.chain(right).map(|text| (When::Before(asked), text));
    before.chain(of_question("explain").map(|text| (When::After, text))).collect()
}

/// Whether a number, computed or typed, is said of the cell that ends here, which then is named as it should be.
pub(super) fn has_its_number(text: &str, end: usize) -> bool {
    let after = text[end..].trim_start_matches(AROUND);
    let Some(after) = IS.iter().find_map(|is| after.strip_prefix(is)) else { return false };
    let after = after.trim_start_matches(AROUND).trim_start_matches(['-', '−', '.']);
    after.starts_with(|c: char| c == '{' || c.is_ascii_digit())
}

/// The place of a number with its signs, `−82 %`.
fn whole(text: &str, typed: &Typed<'_>) -> Span {
    let number = typed.with_sign();
    Span::new(text[..number.start].trim_end_matches(['-', '−']).len(), number.end)
}

/// The sign and the place of a number; in `0.2-0.5` nothing is negative.
fn signed(text: &str, typed: &Typed<'_>) -> (f64, Span) {
    let (own, whole) = (typed.with_sign(), whole(text, typed));
    let goes_on =
        text[..whole.start].ends_with(|c: char| c.is_alphanumeric() || [')', ']', '}'].contains(&c));
    if whole == own || goes_on { (1.0, own) } else { (-1.0, whole) }
}

/// What is said of a typed number that is this one with fewer decimals.
fn is_rounded(reference: &str) -> Localised<String> {
    both!(
        "this number is typed: it is `{reference}` when rounded, which may change",
        "这个数是手写的：它是 `{reference}` 舍入后的结果，课程改了，它也不会跟着变"
    )
}

fn is_typed() -> Localised<String> {
    both!(
        "this answer is typed, and stays as it is when the numbers of the lesson change",
        "这个答案是手写的数，课程的数值改了，它也不会变"
    )
}

pub(super) fn let_compute(reference: &str, format: &str) -> Localised<String> {
    both!(
        "let it be computed: write `{{{reference}:{format}}}`",
        "请让它由 qkv 计算：写 `{{{reference}:{format}}}`"
    )
}

/// The matrices that a step shows.
pub(super) fn shown(step: &Step) -> Vec<NodeId> {
    let node = |shown: &Shown| match shown {
        Shown::Matrix(node) => Some(*node),
        Shown::Text(_) => None,
    };
    step.show.iter().filter_map(node).collect()
}

/// Whether a step lights a cell, alone or with its row or column.
pub(super) fn is_lit(cell: Cell, step: &Step) -> bool {
    step.focus.iter().any(|focus| {
        focus.node == cell.node
            && focus.row.is_none_or(|row| row == cell.row)
            && focus.column.is_none_or(|column| column == cell.column)
    })
}

/// The cells that are printed as this number with this sign; per cent are said of shares.
fn holding(trace: &Trace, node: NodeId, typed: &Typed<'_>, sign: f64) -> Vec<Cell> {
    if typed.is_per_cent() && !trace.node(node).part.holds_shares() {
        return Vec::new();
    }
    let cells = cells_to_search(node, trace);
    cells.filter(|cell| typed.is_printed(sign * trace.cell(*cell))).collect()
}
