//! Claims, held to the numbers of the lesson.

use super::advice::items;
use super::suspects::Suspect;
use super::{Checker, Purpose};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{NodeId, Op, Trace};
use crate::language::{Localised, all_of, joined};
use crate::lesson::expression::{self, Claim, Refuted, ResolvedClaim, Scope, Surroundings};
use crate::lesson::prose::is_han;
use crate::yaml::Tree;

/// So many claims of one line are written out in a hint.
const SHOWN: usize = 4;

/// What is wrong with a claim, in as few findings as can be.
fn better_told(
    text: &str,
    scope: &Scope<'_>,
    trace: Option<&Trace>,
    findings: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
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
    if let Some(claim) = in_words(text, scope, trace).filter(|_| first.code != Code::FullwidthPunctuation) {
        let message = both!(
            "a claim is no sentence: it has `=`, `<` or `>` between two numbers",
            "断言不是一句话，而是两个数，中间写 `=`、`<` 或 `>`"
        );
        let hint = both!("write a claim instead, for example `{claim}`", "请改写成断言，例如 `{claim}`");
        return vec![Diagnostic::new(Code::BadExpression, Span::new(0, text.len()), message).with_hint(hint)];
    }
    let reads = |text: &str| Claim::parse(text).is_ok_and(|it| expression::makes_sense(it.resolve(scope)));
    expression::meant(findings, text, Surroundings { trace, ..Surroundings::none(scope) }, reads)
}

/// For a sentence such as `the shares add up to 1`, a claim like it.
fn in_words(text: &str, scope: &Scope<'_>, trace: Option<&Trace>) -> Option<String> {
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
    let of_shares =
        shares.map(|(node, _)| format!("sum({}) = 1", expression::row_reference(scope.graph, node, 0)));
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
    let claims = shares.iter().rev().filter(|(_, node)| node.shape.columns.find(name).is_ok()).flat_map(
        |(id, node)| {
            (0..node.shape.rows.size()).filter_map(|row| {
                let call = format!("argmax({})", expression::row_reference(scope.graph, *id, row));
                expression::stated(&call, scope, trace)
            })
        },
    );
    let is_it =
        |claim: &String| claim.rsplit_once("= ").is_some_and(|(_, found)| found.trim_matches('"') == name);
    let found: Vec<String> = claims.filter(is_it).collect();
    found.last().cloned()
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
        let call = format!("argmax({})", expression::row_reference(scope.graph, id, row));
        let claim = expression::stated(&call, scope, trace)?;
        let found = claim.rsplit_once("= ").map_or("", |(_, found)| found.trim_matches('"')).to_owned();
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

/// Whose numbers are to be corrected: those of a few matrices, each with its line.
fn numbers_of(given: &[(String, usize)]) -> Localised<String> {
    if given.is_empty() {
        return both!("correct the numbers", "请改正课程里的数");
    }
    let place = |(name, line): &(String, usize)| both!("`{name}` (line {line})", "第 {line} 行的 `{name}`");
    let Localised { en, zh } = joined(given.iter().map(place));
    both!("correct the numbers of {en}", "请改正{zh} 的数")
}

/// Whether an item of a list can be this without quotation marks.
fn can_stand_plain(text: &str) -> bool {
    !text.contains(": ")
        && !text.contains(" #")
        && text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
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
                Diagnostic::new(Code::ExpectFailed, tree.span, refuted.message(trace))
            };
            self.findings.extend(refutations.iter().map(without_hint));
            return;
        }
        let suspects =
            if self.is_sound() { self.suspects(tree, trace, &claims, &failing) } else { Vec::new() };
        let given = self.given_for(trace, &failing);
        let mut suspects = Some(suspects);
        for (tree, _, refuted) in refutations {
            let sides = tree.as_text().and_then(|text| Claim::parse(text).ok()?.sides(text));
            let Localised { en, zh } = match sides.filter(|_| refuted.cell.is_none()) {
                Some([left, right]) => refuted.between(left, right),
                None => refuted.message(trace),
            };
            let message = both!("this is not so: {en}", "与事实不符：{zh}");
            let mut finding = Diagnostic::new(Code::ExpectFailed, tree.span, message);
            if let Some(hint) = tree.as_text().and_then(|text| self.across(text, trace)) {
                self.findings.push(finding.with_hint(hint));
                continue;
            }
            let borne_out = self.borne_out(tree, trace);
            // What is not even so the other way round comes of numbers elsewhere.
            let mut where_numbers_are = numbers_of(if borne_out.is_none() { &given } else { &[] });
            let suspects = suspects.take().unwrap_or_default();
            let is_only = suspects.len() == 1;
            for suspect in suspects {
                finding = match suspect {
                    Suspect::Number(span, meant) => {
                        let line = self.source.line_column(span.start).0;
                        where_numbers_are = if is_only {
                            both!("write {meant} in line {line}", "请把第 {line} 行的那个数改为 {meant}")
                        } else {
                            both!(
                                "correct the one of the marked numbers that is wrong",
                                "请改正标出的几个数中写错的那个"
                            )
                        };
                        finding.with_related(
                            span,
                            both!("with {meant} here, every claim holds", "这里若是 {meant}，所有断言都成立"),
                        )
                    }
                    Suspect::Matrix(span) => {
                        where_numbers_are = numbers_of(&[]);
                        finding.with_related(span, both!("it comes from these numbers", "它由这些数得出"))
                    }
                };
            }
            finding.hint = Some(correct(borne_out, &where_numbers_are));
            self.findings.push(finding);
        }
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
        Claim::parse(text).ok()?.borne_out(text, &self.scope(), trace)
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
                let told = if let (Some(first), Some(claims)) = (findings.first(), several) {
                    vec![self.told_apart(tree, first.span, &claims)]
                } else if let Some(remark) = self.remark(tree, text) {
                    vec![remark]
                } else {
                    better_told(text, &scope, trace, findings)
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
    fn told_apart(&self, tree: &Tree, place: Span, claims: &[String]) -> Diagnostic {
        let message = both!("these are several claims in one", "这里把几条断言写成了一条");
        let line = self.source.text[..tree.span.start].rsplit('\n').next().unwrap_or_default();
        let is_item = line.trim() == "-";
        let dash = if is_item { "- " } else { "" };
        let mut quoted: Vec<String> = claims.iter().map(|claim| format!("`{dash}{claim}`")).collect();
        let Localised { en, zh } = if quoted.len() > SHOWN {
            quoted.truncate(SHOWN);
            let (en, zh) = (quoted.join(", "), quoted.join("、"));
            both!("{en}, and so on", "{zh}，依此类推")
        } else {
            all_of(quoted)
        };
        let hint = if is_item {
            both!("write a line for each: {en}", "请每条断言单独写一行：{zh}")
        } else {
            both!("write one claim for each: {en}", "请每条断言单独写一项：{zh}")
        };
        let finding = Diagnostic::new(Code::BadExpression, place, message).with_hint(hint);
        let written = self.source.slice(tree.span);
        let in_block = is_item && claims.iter().all(|claim| can_stand_plain(claim));
        if in_block && tree.as_text() == Some(written) {
            finding.with_fix(Span::new(0, written.len()), claims.join(&format!("\n{line}")))
        } else {
            finding
        }
    }
}
