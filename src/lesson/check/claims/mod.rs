//! Claims, held to the numbers of the lesson.

pub(super) mod across;
mod meant;
pub(super) mod remarks;
mod zeros;

use std::collections::BTreeSet;

pub(super) use self::zeros::ZeroScores;
use super::advice::items;
use super::causes::suspects::{Suspect, Written};
use super::locate::{can_stand_plain, in_place_of};
use super::{Checker, Purpose};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span, lines_at};
use crate::graph::{NodeId, Op, Trace};
use crate::language::{Localised, Words, all_of, joined};
use crate::lesson::expression::{self, Claim, Refuted, Relation, ResolvedClaim, Scope, Surroundings, Value};
use crate::lesson::prose::is_han;
use crate::yaml::Tree;

/// What is wrong with a claim, in as few findings as can be.
fn better_told(
    (tree, source): (&Tree, &Source),
    scope: &Scope<'_>,
    trace: Option<&Trace>,
    findings: Vec<Diagnostic>,
    proposed: &mut BTreeSet<String>,
) -> Vec<Diagnostic> {
    let text = tree.as_text().unwrap_or_default();
    let Some(first) = findings.first() else { return findings };
    if text.trim_start().starts_with(['=', '<', '>', '≤', '≥']) {
        let message = both!("nothing stands before the sign", "符号的左边是空的");
        let claim = text.trim();
        let hint = both!(
            "write before it which number this is about: `… {claim}`",
            "请在它左边写明说的是哪个数：`… {claim}`"
        );
        return vec![Diagnostic { message, hint: Some(hint), ..first.clone() }];
    }
    if let Some(finding) = of_infinity(text, scope) {
        return vec![finding];
    }
    if let Some(claim) =
        in_words(text, scope, trace, proposed).filter(|_| first.code != Code::FullwidthPunctuation)
    {
        proposed.insert(claim.clone());
        let written = source.slice(tree.span);
        // What is marked in a text with quotation marks are its words, without them.
        let claim = if written.starts_with(['"', '\'']) { claim } else { in_place_of(source, tree, &claim) };
        let (message, hint) = if text.split_whitespace().count() == 1 && !text.contains(is_han) {
            let word = text.trim();
            let message = both!(
                "`{word}` alone claims nothing: that takes `=`, `<` or `>`",
                "`{word}` 只是一个词，不是断言：断言里要有 `=`、`<` 或 `>`"
            );
            (message, both!("write `{claim}`, if that is meant", "如果是这个意思，请写 `{claim}`"))
        } else {
            let message = both!(
                "a claim is no sentence: it has `=`, `<` or `>` between two sides",
                "断言不能用文字叙述：左右两边之间要写 `=`、`<` 或 `>`"
            );
            (message, both!("write a claim instead, for example `{claim}`", "请改写成断言，例如 `{claim}`"))
        };
        return vec![Diagnostic::new(Code::BadExpression, Span::new(0, text.len()), message).with_hint(hint)];
    }
    let reads = |text: &str| Claim::parse(text).is_ok_and(|it| expression::makes_sense(it.resolve(scope)));
    expression::meant(findings, text, Surroundings { trace, ..Surroundings::none(scope) }, reads)
}

/// For a sentence such as `the shares add up to 1`, a claim like it.
fn in_words(
    text: &str,
    scope: &Scope<'_>,
    trace: Option<&Trace>,
    proposed: &BTreeSet<String>,
) -> Option<String> {
    const FEWEST: usize = 4;
    let is_label = scope.graph.find(text.trim()).is_none() && scope.label(text.trim()).is_some();
    let is_sentence = text.split_whitespace().count() >= FEWEST || text.contains(is_han) || is_label;
    if !is_sentence || text.contains(['[', '(', '=', '<', '>', '≤', '≥', '≈', '±', '\u{ff1d}', '\\']) {
        return None;
    }
    if let Some(claim) = trace.and_then(|trace| found_largest(text, scope, trace)) {
        return Some(claim);
    }
    if let Some(claim) = trace.and_then(|trace| about_named(text, scope, trace)) {
        return Some(claim);
    }
    let shares = scope.graph.nodes().filter(|(_, node)| matches!(node.op, Op::Softmax(_))).last();
    let of_shares = shares.and_then(|(id, node)| {
        let mut rows = (0..node.shape.rows.size())
            .map(|row| format!("sum({}) = 1", expression::row_reference(scope.graph, id, row)));
        // What is proposed for one line is no claim for the next.
        rows.find(|claim| !proposed.contains(claim))
    });
    of_shares.or_else(|| {
        let cell = expression::first_cell(scope)?;
        let is = trace.and_then(|trace| expression::stated(&cell, scope, trace));
        Some(is.unwrap_or_else(|| format!("{cell} = 0.5")))
    })
}

/// For the name of a column alone: of the last shares of which it is the largest, that it is.
fn found_largest(text: &str, scope: &Scope<'_>, trace: &Trace) -> Option<String> {
    let name = text.trim();
    let shares: Vec<_> = scope.graph.nodes().filter(|(_, node)| node.part.holds_shares()).collect();
    let with_it = shares.iter().rev().filter(|(_, node)| node.shape.columns.find(name).is_ok());
    let claims = with_it.flat_map(|(id, node)| {
        (0..node.shape.rows.size()).filter_map(|row| largest_of((*id, row), scope, trace))
    });
    let found: Vec<String> = claims.filter(|(label, _)| label == name).map(|(_, claim)| claim).collect();
    found.last().cloned()
}

/// The name of the largest share of a row, and the claim that it is that.
fn largest_of((node, row): (NodeId, usize), scope: &Scope<'_>, trace: &Trace) -> Option<(String, String)> {
    let call = format!("argmax({})", expression::row_reference(scope.graph, node, row));
    match expression::parse(&call).ok()?.resolve(scope).ok()?.evaluate(trace) {
        Value::Label(label) => Some((label, expression::stated(&call, scope, trace)?)),
        Value::Number(_) => None,
    }
}

/// For a sentence that names a row, and perhaps a column: which share of the row is the largest.
fn about_named(text: &str, scope: &Scope<'_>, trace: &Trace) -> Option<String> {
    let is_said = |label: &str| {
        let in_word = |c: char| c.is_alphanumeric() && !is_han(c);
        text.match_indices(label)
            .map(|(at, _)| at)
            .find(|at| !text[..*at].ends_with(in_word) && !text[at + label.len()..].starts_with(in_word))
    };
    let shares = scope.graph.nodes().filter(|(_, node)| node.part.holds_shares());
    let claims = shares.filter_map(|(id, node)| {
        let rows = 0..node.shape.rows.size();
        let (row, _) = rows
            .filter_map(|row| Some((row, is_said(node.shape.rows.label(row))?)))
            .min_by_key(|(_, place)| *place)?;
        let (found, claim) = largest_of((id, row), scope, trace)?;
        Some((is_said(&found).is_some(), claim))
    });
    let claims: Vec<_> = claims.collect();
    let borne_out = claims.iter().find(|(is_said, _)| *is_said).or(claims.last());
    borne_out.map(|(_, claim)| claim.clone())
}

/// What is said of `S[1, 2] = −∞`, as a hidden score is drawn.
fn of_infinity(text: &str, scope: &Scope<'_>) -> Option<Diagnostic> {
    const INFINITY: [&str; 8] = ["∞", "inf", "infinity", ".inf", "无穷", "无穷大", "负无穷", "负无穷大"];
    let (cell, right) = text.split_once('=')?;
    let right = right.trim().trim_start_matches(['-', '−', '–', '—']).to_lowercase();
    if !INFINITY.contains(&right.as_str()) {
        return None;
    }
    let share = cell.trim().replacen(".masked", ".pattern", 1);
    let is_there = |share: &String| {
        share.contains(".pattern") && expression::parse(share).is_ok_and(|it| it.selection(scope).is_ok())
    };
    let message =
        both!("a claim compares ordinary numbers, and this is none", "断言只比较普通的数，不能写无穷大");
    let hint = match Some(share).filter(is_there) {
        Some(share) => both!(
            "claim the share that comes of it: `{share} = 0`",
            "请改为断言由它得到的注意力权重：`{share} = 0`"
        ),
        None => both!("claim an ordinary number", "请断言一个普通的数"),
    };
    Some(Diagnostic::new(Code::BadExpression, Span::new(0, text.len()), message).with_hint(hint))
}

/// What to do about a claim that is not so: only the author knows whether it is wrong, or the numbers are.
fn correct(borne_out: Option<String>, numbers: &Localised<String>) -> Localised<String> {
    let Localised { en, zh } = numbers;
    match borne_out {
        Some(claim) => both!(
            "if the claim is wrong, write `{claim}`; else {en}",
            "如果断言错了，请写 `{claim}`；否则{zh}"
        ),
        None => both!("if the claim is wrong, correct it; else {en}", "如果断言错了，请改正它；否则{zh}"),
    }
}

/// The finding with the places that may be wrong.
fn with_marked(finding: Diagnostic, suspects: &[Suspect]) -> Diagnostic {
    suspects.iter().fold(finding, |finding, suspect| match suspect {
        Suspect::Number(wrong) => finding.with_related(wrong.span, wrong.holds()),
        Suspect::Matrix(span) => {
            finding.with_related(*span, both!("it comes from these numbers", "它由这些数得出"))
        }
    })
}

/// Which numbers are to be corrected: those that are marked, or those of a few matrices, each with its line.
fn numbers_to_correct(marked: &[Suspect], given: &[(String, usize)]) -> Localised<String> {
    match marked {
        [] => {}
        [Suspect::Matrix(_)] => return both!("correct the marked numbers", "请改正标出的数"),
        [Suspect::Number(_) | Suspect::Matrix(_), ..] => {
            return both!(
                "correct the one of the marked numbers that is wrong",
                "请改正标出的几个数中写错的那个"
            );
        }
    }
    if given.is_empty() {
        return both!("correct the numbers that it is computed from", "请改正算出它的那些数");
    }
    let place = |(name, line): &(String, usize)| both!("`{name}` (line {line})", "第 {line} 行的 `{name}`");
    let Localised { en, zh } = joined(given.iter().map(place));
    both!("correct the numbers of {en}", "请改正{zh} 的数")
}

/// What is the case, and what a claim says.
fn refuted_in(tree: &Tree, refuted: &Refuted, trace: &Trace) -> Localised<String> {
    let text = tree.as_text().unwrap_or_default();
    let claim = Claim::parse(text).ok();
    let sides = claim.as_ref().and_then(|claim| claim.sides(text)).filter(|_| refuted.cell.is_none());
    let Localised { en, zh } = match sides {
        Some([left, right]) => refuted.between(left, right),
        None => refuted.message(trace, claim.as_ref().and_then(|claim| claim.right(text))),
    };
    both!("this is not so: {en}", "与计算结果不符：{zh}")
}

impl Checker<'_> {
    /// Reads the claims and, where the numbers are there, holds them to the numbers.
    ///
    /// The first that fails tells where a written number is that would explain all that fail.
    pub(super) fn check_claims(&mut self, tree: &Tree, trace: Option<&Trace>) {
        let (mut claims, mut refutations) = (Vec::new(), Vec::new());
        for item in items(tree, "expect") {
            let Some(claim) = self.claim(item, trace) else { continue };
            // Numbers that are wrong already refute nothing a second time.
            if let Some(trace) = trace.filter(|_| self.is_sound())
                && let Err(refuted) = claim.check(trace)
            {
                refutations.push((item, claims.len(), refuted));
            }
            claims.push(claim);
        }
        let Some(trace) = trace.filter(|_| !refutations.is_empty()) else { return };
        let failing: Vec<_> = refutations.iter().map(|(_, index, _)| &claims[*index]).collect();
        self.forget_questions_of(&refutations);
        if self.purpose == Purpose::Trial {
            let without_hint = |(tree, _, refuted): &(&Tree, usize, Refuted)| {
                Diagnostic::new(Code::ExpectFailed, tree.span, refuted.message(trace, None))
            };
            self.findings.extend(refutations.iter().map(without_hint));
            return;
        }
        let places: Vec<_> =
            refutations.iter().map(|(tree, index, _)| (tree.span, &claims[*index])).collect();
        self.zero_scores = self.zero_scores(tree, trace, &places);
        let suspects =
            if self.is_sound() { self.suspects(tree, trace, &claims, &failing) } else { Vec::new() };
        let mut suspects = suspects.as_slice();
        let shared = self.given_for(trace, &failing);
        let is_one = refutations.len() == 1;
        for (tree, index, refuted) in refutations {
            let finding = Diagnostic::new(Code::ExpectFailed, tree.span, refuted_in(tree, &refuted, trace));
            if let Some(hint) = self.across(tree, trace).or_else(|| self.meant_claim(tree, trace)) {
                self.findings.push(finding.with_hint(hint));
                continue;
            }
            let borne_out = self.borne_out(tree, trace);
            if let Some(claim) = borne_out.as_ref().filter(|_| self.is_beyond_shares(tree, &refuted)) {
                self.findings.push(finding.with_hint(both!(
                    "write `{claim}`: a share is never below 0 or above 1",
                    "请写 `{claim}`：份额总在 0 到 1 之间"
                )));
                continue;
            }
            let finding = match suspects {
                [Suspect::Number(wrong)] if is_one => {
                    let line = self.source.line(wrong.span.start);
                    finding.with_related(wrong.span, wrong.holds()).with_hint(wrong.remedy(line, borne_out))
                }
                [Suspect::Number(wrong)] => wrong.of_several(finding, borne_out),
                marked => {
                    suspects = &[];
                    let own = self.given_for(trace, &[&claims[index]]);
                    let at = refuted.cell.filter(|_| matches!(marked, [] | [Suspect::Matrix(_)]));
                    let written =
                        at.and_then(|cell| self.written(self.tree).into_iter().find(|it| it.cell == cell));
                    if let Some(Written { text, span, .. }) = written {
                        let line = lines_at([span]);
                        let numbers = both!("correct `{text}` in {line}", "请改正{line}的 `{text}`");
                        let label = both!("this is the number", "就是这个数");
                        finding.with_related(span, label).with_hint(correct(borne_out, &numbers))
                    } else {
                        let given = if own.is_empty() { &shared } else { &own };
                        let numbers = numbers_to_correct(marked, given);
                        with_marked(finding, marked).with_hint(correct(borne_out, &numbers))
                    }
                }
            };
            self.findings.push(finding);
        }
    }

    /// Whether a claim gives a share a number that no share can be.
    fn is_beyond_shares(&self, tree: &Tree, refuted: &Refuted) -> bool {
        let text = tree.as_text().unwrap_or_default();
        let left = Claim::parse(text).ok().map(|claim| claim.left(text).to_owned());
        let node =
            left.and_then(|left| Some(expression::parse(&left).ok()?.selection(&self.scope()).ok()?.node));
        let is_share = node.is_some_and(|node| matches!(self.graph.node(node).op, Op::Softmax(_)));
        is_share
            && refuted.relation == Relation::Equal
            && matches!(refuted.expected, Value::Number(number) if !(0.0..=1.0).contains(&number))
    }

    /// Takes back that a question has no answer, where a claim about the same numbers fails: they are wrong.
    fn forget_questions_of(&mut self, refutations: &[(&Tree, usize, Refuted)]) {
        let source = self.source;
        let is_of_claim = |finding: &Diagnostic| {
            let asked = source.slice(finding.span).trim_matches(['"', '\'']);
            let has = |(tree, ..): &(&Tree, usize, Refuted)| {
                tree.as_text().is_some_and(|text| text.contains(asked))
            };
            finding.code == Code::NoAnswer && !asked.is_empty() && refutations.iter().any(has)
        };
        self.findings.retain(|finding| !is_of_claim(finding));
    }

    /// The claim that is so, whole, so that it can be typed in the place of the one that is not.
    fn borne_out(&self, tree: &Tree, trace: &Trace) -> Option<String> {
        let text = tree.as_text()?;
        let claim = Claim::parse(text).ok()?.borne_out(text, &self.scope(), trace)?;
        Some(in_place_of(self.source, tree, &claim))
    }

    /// Reads a claim that can be held to the numbers.
    pub(super) fn claim(&mut self, tree: &Tree, trace: Option<&Trace>) -> Option<ResolvedClaim> {
        let text = tree.as_text()?;
        let trace = trace.filter(|_| self.is_sound());
        if self.breaks_off(tree) {
            return None;
        }
        let scope = self.scope();
        let read = Claim::parse(text).map_err(|finding| {
            let is = trace.and_then(|trace| expression::stated(text, &scope, trace));
            let hint = is.map(|is| both!("say what it is: `{is}`", "请写明它是什么：`{is}`"));
            vec![Diagnostic { hint: hint.or(finding.hint), ..finding }]
        });
        let claim = match read.and_then(|claim| claim.resolve(&scope)) {
            Ok(claim) => claim,
            Err(findings) => {
                if self.is_of_unfitting(text, &findings) {
                    return None;
                }
                let several = expression::several(text, Surroundings::none(&scope));
                let told = if let (Some(first), Some((claims, told))) = (findings.first(), several) {
                    vec![self.told_apart(tree, first.span, (&claims, told))]
                } else if let Some(remark) = self.remark(tree, text) {
                    vec![remark]
                } else {
                    let mut proposed = self.proposed.clone();
                    let told = better_told((tree, self.source), &scope, trace, findings, &mut proposed);
                    self.proposed = proposed;
                    told
                };
                self.report_in(tree, told);
                return None;
            }
        };
        let misuse = trace.and_then(|trace| claim.misuse(trace));
        if let Some(misuse) = misuse {
            self.report_in(tree, vec![misuse]);
            return None;
        }
        Some(claim)
    }

    /// Whether a claim compares rows of matrices of which it is told where they are defined that they do not fit.
    fn is_of_unfitting(&self, text: &str, findings: &[Diagnostic]) -> bool {
        let has = |id: &NodeId| text.contains(&format!("{}[", self.graph.node(*id).name));
        findings.iter().all(|finding| finding.code == Code::ShapeMismatch)
            && self.unfitting.iter().any(|pair| pair.iter().all(has))
    }

    /// What is said of several claims in one, which become items of the list; the second begins about `place`.
    fn told_apart(&self, tree: &Tree, place: Span, (claims, told): (&[String], Words)) -> Diagnostic {
        let line = self.source.text[..tree.span.start].rsplit('\n').next().unwrap_or_default();
        let is_item = line.trim() == "-";
        let dash = if is_item { "- " } else { "" };
        let Localised { en, zh } = all_of(claims.iter().map(|claim| format!("`{dash}{claim}`")));
        let hint = if is_item {
            both!("write a line for each: {en}", "请每条断言单独写一行：{zh}")
        } else {
            both!("write one claim for each: {en}", "请每条断言单独写一项：{zh}")
        };
        let finding = Diagnostic::new(Code::BadExpression, place, told.map(str::to_owned)).with_hint(hint);
        let written = self.source.slice(tree.span);
        let in_block = is_item && claims.iter().all(|claim| can_stand_plain(claim));
        if in_block && tree.as_text() == Some(written) {
            finding.with_fix(Span::new(0, written.len()), claims.join(&format!("\n{line}")))
        } else {
            finding
        }
    }
}
