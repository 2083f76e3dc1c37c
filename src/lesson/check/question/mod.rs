//! Questions: what is asked for, and that it can be answered.

mod drawn;
pub(super) mod early;
mod instead;
mod judged;
mod ranked;
mod shown;
mod told;
mod typed;

use super::locate::in_place_of;
use super::{Checker, remedies::insertion};
use crate::both;
use crate::diagnostic::Code;
use crate::graph::{Cell, NodeId, Trace};
use crate::language::Localised;
use crate::lesson::Shown;
use crate::lesson::expression::{self, Formatted, NumberFormat, Resolved, Selection, Surroundings, Value};
use crate::lesson::fields::is_size;
use crate::lesson::question::{Answer, Choice, MOST_TOKENS, Question, Rank, Truth};
use crate::yaml::{Tree, quoted_text};
use ranked::is_listed_alone;
use typed::Asked;

/// So many names can be looked through.
const A_FEW: usize = 10;

impl Checker<'_> {
    pub(super) fn question(
        &mut self,
        tree: &Tree,
        show: &[Shown],
        trace: Option<&Trace>,
    ) -> Option<Question> {
        let asked = Asked { ask: tree.get("ask"), show, trace };
        if tree.get("answer").is_some_and(|answer| self.is_typed(answer, asked)) {
            return None;
        }
        let ask = tree.get("ask").map(|tree| self.prose(tree));
        let hint = tree.get("hint").map(|tree| self.prose(tree));
        let explain = tree.get("explain").map(|tree| self.prose(tree));
        let (kind, of) = tree.get("answer")?.as_map()?.first()?;
        let answer = match kind.text.as_str() {
            "cell" => self.number_asked(of, asked),
            "token" => self.token_asked(of, asked),
            "shape" => self.matrix_asked(of, asked).map(Answer::Shape),
            "order" => self.order_asked(of, asked),
            "choose" => self.options_asked(of, trace),
            _ => None,
        }?;
        if ask.is_none() && matches!(answer, Answer::Choose(_)) {
            let ask = ["ask: {en: What is right?, zh: 哪个说法是对的？}".to_owned()];
            let Localised { en, zh } = insertion::to_add(self.source, tree, kind.span, &ask);
            self.report(
                Code::MissingField,
                kind.span,
                both!("nothing says what the learner is to choose", "没有写明要学习者选什么"),
                both!("{en}, or ask in words of your own", "请{zh}，也可以用自己的话来问"),
            );
        }
        let mut question = Question::of(answer);
        (question.ask, question.hint, question.explain) = (ask, hint, explain);
        Some(question)
    }

    fn number_asked(&mut self, tree: &Tree, asked: Asked<'_>) -> Option<Answer> {
        let (written, trace) = (tree.as_text()?.trim(), asked.trace);
        if self.is_name_alone(tree, written, asked) {
            return None;
        }
        let (value, format) = self.formatted(tree)?;
        match trace.map(|trace| value.evaluate(trace)) {
            Some(Value::Label(_)) => {
                let quoted = quoted_text(written);
                self.report(
                    Code::WrongKind,
                    tree.span,
                    both!("this is a name, and `cell` asks for a number", "这是一个名称，而 `cell` 问的是数"),
                    both!("write `answer: {{token: {quoted}}}`", "请写 `answer: {{token: {quoted}}}`"),
                );
                return None;
            }
            Some(Value::Number(number)) if number.is_nan() && self.is_sound() => {
                self.report_no_number(tree, &value, asked.show, trace);
                return None;
            }
            Some(Value::Number(_)) | None => {}
        }
        Some(Answer::Number { value, written: Formatted::formula(written).to_owned(), format })
    }

    fn token_asked(&mut self, tree: &Tree, asked: Asked<'_>) -> Option<Answer> {
        let trace = asked.trace;
        let word = tree.as_text()?.trim();
        if self.graph.find(word).is_none()
            && self.scope().label(word).is_some()
            && self.is_name_typed(tree, word, asked)
        {
            return None;
        }
        if self.is_line(tree, word) {
            return None;
        }
        let (value, _) = self.formatted_as(tree, |value| value.line().is_some())?;
        let Some((line, along)) = value.line().map(|(line, along)| (line.clone(), along)) else {
            let cell = quoted_text(word);
            let hint = if word.starts_with("max(") || word.starts_with("min(") {
                let token = quoted_text(&format!("arg{word}"));
                both!(
                    "write `token: {token}` for the name; or, to ask for the number, `answer: {{cell: {cell}}}`",
                    "要问名称，请写 `token: {token}`；要问这个数，请写 `answer: {{cell: {cell}}}`"
                )
            } else {
                both!(
                    "to ask for the number, write `answer: {{cell: {cell}}}`",
                    "要问这个数，请写 `answer: {{cell: {cell}}}`"
                )
            };
            self.report(
                Code::WrongKind,
                tree.span,
                both!("this is a number, and `token` asks for a name", "这是一个数，而 `token` 问的是名称"),
                hint,
            );
            return None;
        };
        let count = line.rows.len() * line.columns.len();
        if count > MOST_TOKENS {
            let part = in_place_of(self.source, tree, &self.part_of(word, &line));
            self.report(
                Code::TooLarge,
                tree.span,
                both!(
                    "this question has {count} possible answers, and {MOST_TOKENS} is the most",
                    "这个问题有 {count} 个备选答案，而最多只能有 {MOST_TOKENS} 个"
                ),
                both!(
                    "ask about a part of them: write `{part}` for the first {A_FEW}",
                    "请只问其中一部分：问前 {A_FEW} 个，就写 `{part}`"
                ),
            );
            return None;
        }
        let axis = self.graph.node(line.node).shape.axis(along);
        let places = if line.rows.len() == 1 { line.columns.clone() } else { line.rows.clone() };
        let names: Vec<String> = places.map(|place| axis.unique_label(place)).collect();
        if let Some(trace) = trace.filter(|_| self.is_sound())
            && self.is_tied(tree, (&value, &line), asked, trace)
        {
            return None;
        }
        Some(Answer::Token { value, line, names })
    }

    /// The same question about the first few numbers of its row or column.
    fn part_of(&self, word: &str, line: &Selection) -> String {
        let call = word.split('(').next().unwrap_or("argmax");
        let (row, name) = (line.rows.start, &self.graph.node(line.node).name);
        let of_row = expression::row_reference(&self.graph, line.node, row);
        let of_row = of_row.trim_end_matches(']');
        if line.rows.len() == 1 {
            return format!("{call}({of_row}, 1:{A_FEW}])");
        }
        let first = Cell { node: line.node, row, column: line.columns.start };
        let first = expression::reference(&self.graph, first);
        format!("{call}({name}[1:{A_FEW}, {})", first[of_row.len()..].trim_start_matches([',', ' ']))
    }

    /// Whether a row or a column is asked for by itself, which is reported.
    fn is_line(&mut self, tree: &Tree, word: &str) -> bool {
        let selection = expression::parse(word).ok().and_then(|it| it.selection(&self.scope()).ok());
        let Some((1, count) | (count, 1)) =
            selection.map(|selection| selection.size()).filter(|it| *it != (1, 1))
        else {
            return false;
        };
        self.report(
            Code::WrongKind,
            tree.span,
            both!(
                "these are {count} numbers, and `token` asks for the name of one of them",
                "这里有 {count} 个数，而 `token` 问的是其中一个的名称"
            ),
            both!(
                "write `\"argmax({word})\"` for the largest, or `\"argmin({word})\"` for the smallest",
                "问最大的请写 `\"argmax({word})\"`，问最小的请写 `\"argmin({word})\"`"
            ),
        );
        true
    }

    fn matrix_asked(&mut self, tree: &Tree, asked: Asked<'_>) -> Option<NodeId> {
        let word = tree.as_text()?.trim();
        if is_size(word) {
            let message = both!("do not write the answer: qkv computes it", "答案不用自己写，由 qkv 计算");
            let hint = match self.matrix_of_size(word, asked) {
                Some((name, true)) => both!(
                    "write the name of the matrix that is asked about, `{name}`, and show another one on this step: on `{name}` itself the class could count",
                    "请写所问的矩阵的名称 `{name}`，并让这一步显示别的矩阵：在 `{name}` 上学生数一数就知道答案"
                ),
                Some((name, false)) => {
                    both!(
                        "write the name of a matrix, one that this step does not show: `{name}`",
                        "请写矩阵的名称，问这一步没有显示的矩阵：`{name}`"
                    )
                }
                None => both!(
                    "write the name of the matrix that is asked about; none of this lesson has this size",
                    "请写所问的矩阵的名称；课程中没有这么大的矩阵"
                ),
            };
            self.report(Code::WrongKind, tree.span, message, hint);
            return None;
        }
        let found = self.scope().matrix(word);
        match found {
            Ok(node) => Some(node),
            Err(findings) => {
                self.report_in(tree, findings);
                None
            }
        }
    }

    /// The matrix with so many rows and columns as are written, and whether it is shown: the last that is not, or else one
    /// that is.
    fn matrix_of_size(&self, written: &str, asked: Asked<'_>) -> Option<(&str, bool)> {
        let is_shown = |id: NodeId| asked.matrices().any(|shown| shown == id);
        let fitting = self.of_written_size(written).into_iter();
        let fitting: Vec<(&str, bool)> =
            fitting.map(|id| (self.graph.node(id).name.as_str(), is_shown(id))).collect();
        fitting.iter().rfind(|(_, is_shown)| !is_shown).or(fitting.first()).copied()
    }

    fn order_asked(&mut self, tree: &Tree, asked: Asked<'_>) -> Option<Answer> {
        let trace = asked.trace;
        // Of one item alone it is told that another is missing.
        let trees = tree.get("items")?.as_list().filter(|items| items.len() > 1)?;
        let by = match tree.get("by").and_then(Tree::as_text) {
            Some("smallest") => Some(Rank::Smallest),
            Some("making") => None,
            Some("largest") | None => Some(Rank::Largest),
            Some(_) => {
                self.report_unknown_rank(tree, trees);
                return None;
            }
        };
        let Some(by) = by else {
            if self.are_cells_to_make(trees, trace) {
                return None;
            }
            return self.making_asked(trees, asked);
        };
        if self.are_matrices_to_rank(tree, trees) {
            return self.making_asked(trees, asked);
        }
        let mut items = Vec::with_capacity(trees.len());
        for tree in trees {
            if let Some(Answer::Number { value, written, .. }) = self.number_asked(tree, asked) {
                items.push((written, value));
            }
        }
        if items.len() < trees.len() {
            return None;
        }
        if let Some(trace) = trace.filter(|_| self.is_sound()) {
            let numbers: Vec<Value> = items.iter().map(|(_, value)| value.evaluate(trace)).collect();
            if is_listed_alone(tree) {
                let number =
                    |value: &Value| if let Value::Number(number) = value { *number } else { f64::NAN };
                self.report_listed_alone(tree, &numbers.iter().map(number).collect::<Vec<_>>());
                return None;
            }
            let second = (1..numbers.len()).find_map(|at| {
                let first = numbers[..at].iter().position(|number| is_same(number, &numbers[at]))?;
                Some((first, at))
            });
            if let Some((first, second)) = second {
                let (a, b) = (&items[first].0, &items[second].0);
                self.report(
                    Code::NoAnswer,
                    trees[second].span,
                    both!(
                        "`{a}` and `{b}` are the same number, so that their order cannot be told",
                        "`{a}` 和 `{b}` 是同一个数，分不出先后"
                    ),
                    both!("leave one of them out", "请去掉其中一个"),
                );
                return None;
            }
        }
        Some(Answer::Order { items, by })
    }

    fn making_asked(&mut self, trees: &[Tree], asked: Asked<'_>) -> Option<Answer> {
        let nodes: Vec<_> = trees.iter().filter_map(|tree| self.matrix_asked(tree, asked)).collect();
        if nodes.len() < trees.len() {
            return None;
        }
        if let Some(second) = (1..nodes.len()).find(|at| nodes[..*at].contains(&nodes[*at])) {
            let name = &self.graph.node(nodes[second]).name;
            let (message, hint) = (
                both!("`{name}` stands here twice", "`{name}` 在这里写了两次"),
                self.without_item(trees, second),
            );
            self.report(Code::DuplicateName, trees[second].span, message, hint);
            return None;
        }
        Some(Answer::Making(nodes))
    }

    /// What to write for a list without one of its items.
    fn without_item(&self, trees: &[Tree], item: usize) -> Localised<String> {
        let kept = trees.iter().enumerate().filter(|(at, _)| *at != item);
        let kept: Vec<&str> = kept.map(|(_, tree)| self.source.slice(tree.span)).collect();
        let kept = kept.join(", ");
        both!("leave this one out: write `[{kept}]`", "请去掉这一个：写成 `[{kept}]`")
    }

    fn options_asked(&mut self, tree: &Tree, trace: Option<&Trace>) -> Option<Answer> {
        let trees = tree.as_list()?;
        let mut choices = Vec::with_capacity(trees.len());
        for option in trees {
            let Some((kind, of)) = option.as_map().and_then(<[_]>::first) else { continue };
            let (say, truth) = match kind.text.as_str() {
                "right" => (Some(of), Some(Truth::Right)),
                "wrong" => (Some(of), Some(Truth::Wrong)),
                "claim" => {
                    let holds = of.get("holds").filter(|holds| !self.is_judged(option, of, holds));
                    let claim = holds.and_then(|tree| self.claim(tree, trace));
                    (of.get("say"), claim.map(|claim| Truth::Claim(Box::new(claim))))
                }
                _ => (None, None),
            };
            let say = say.map(|tree| self.prose(tree));
            if let (Some(say), Some(truth)) = (say, truth) {
                choices.push(Choice { say, truth });
            }
        }
        // Of one option alone it is told that another is missing.
        if choices.len() < trees.len() || choices.len() < 2 {
            return None;
        }
        let has_claim = choices.iter().any(|choice| matches!(choice.truth, Truth::Claim(_)));
        let answer = Answer::Choose(choices);
        if let Some(trace) = trace.filter(|_| self.is_sound())
            && answer.right(trace).is_empty()
        {
            self.report(
                Code::NoAnswer,
                tree.span,
                both!("none of these options is right", "这些选项中没有一个是对的"),
                if has_claim {
                    both!(
                        "add an option that is right, `- right: …`; or, if one of these is right, write `right:` for `wrong:` before it, or correct the `holds: …` of the `claim`",
                        "请加一个正确的选项 `- right: …`；如果现有的选项中有对的，请把它的 `wrong:` 改为 `right:`，或改正 `claim` 中的 `holds: …`"
                    )
                } else {
                    both!(
                        "write `right:` for `wrong:` before the right one",
                        "请把正确的那一项的 `wrong:` 改为 `right:`"
                    )
                },
            );
            return None;
        }
        Some(answer)
    }

    /// An expression with its number of decimals.
    fn formatted(&mut self, tree: &Tree) -> Option<(Resolved, NumberFormat)> {
        self.formatted_as(tree, |_| true)
    }

    /// The same; where it cannot be read, what is proposed for it is of this kind.
    fn formatted_as(
        &mut self,
        tree: &Tree,
        is_asked: impl Fn(&Resolved) -> bool,
    ) -> Option<(Resolved, NumberFormat)> {
        let read = Formatted::parse(tree.as_text()?).map_err(|finding| vec![finding]);
        let scope = self.scope();
        match read.and_then(|read| Ok((read.expression.resolve(&scope)?, read.format))) {
            Ok(formatted) => Some(formatted),
            Err(findings) => {
                let reads = |text: &str| {
                    Formatted::parse(text).is_ok_and(|it| match it.expression.resolve(&scope) {
                        Ok(value) => is_asked(&value),
                        Err(findings) => findings.is_empty(),
                    })
                };
                let around = Surroundings::none(&scope);
                let findings = expression::meant(findings, tree.as_text()?, around, reads);
                self.report_in(tree, findings);
                None
            }
        }
    }

    /// Whether all numbers are what they should be, so that something can be said about them.
    pub(super) fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.code != Code::NotFinite)
    }
}

/// Whether two numbers differ by rounding at most.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            a.total_cmp(b).is_eq() || (a - b).abs() <= 1e-9 * a.abs().max(1.0)
        }
        (Value::Label(_) | Value::Number(_), _) => a == b,
    }
}
