//! Words that were meant to be more than words: cells without their braces, emphasis without its other star.

use super::items;
use super::languages::Braces;
use super::typed::has_its_number;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::Localised;
use crate::lesson::check::{Checker, locate};
use crate::lesson::expression::Formatted;
use crate::lesson::prose::{
    Bare, Instead, bare, cells, formulas, in_plain_signs, is_inside, is_same_formula, lone_stars,
};
use crate::yaml::{Style, Tree};

impl Checker<'_> {
    /// Reports `X[1, 2]` in a sentence, which is shown as it stands, and stars that emphasise nothing.
    pub(super) fn prose_is_complete(&mut self, tree: &Tree) {
        for text in prose(tree) {
            let versions = super::versions(text);
            for version in &versions {
                let others: Vec<&Tree> = versions.iter().copied().filter(|it| it != version).collect();
                self.cells_have_braces(version, &others);
                self.signs_mean_something(version);
            }
        }
    }

    fn signs_mean_something(&mut self, text: &Tree) {
        let words = text.as_text().unwrap_or_default();
        let bare = cells(words, &self.scope());
        let is_cell = |formula: &Span| bare.iter().any(|cell| formula.range().contains(&cell.start));
        for formula in formulas(words).into_iter().filter(|formula| !is_cell(formula)) {
            self.report(
                Code::UntidySign,
                locate::in_source(self.source, text, formula),
                both!(
                    "qkv does not draw LaTeX formulas: this is shown as it stands",
                    "qkv 不排 LaTeX 公式，会原样显示"
                ),
                in_plain_signs(&words[formula.range()]),
            );
        }
        let marked = self.markup_in(words);
        for star in lone_stars(words).into_iter().filter(|star| !is_inside(&marked, star.start)) {
            self.report(
                Code::UntidySign,
                locate::in_source(self.source, text, star),
                both!("this `*` begins an emphasis that never ends", "这个 `*` 开始了强调，却没有结束"),
                closed_emphasis(words, star.start),
            );
        }
    }

    /// Reports cells without braces in one language of a text; the others may say how the number is written.
    fn cells_have_braces(&mut self, text: &Tree, others: &[&Tree]) {
        let words = text.as_text().unwrap_or_default();
        for Bare { span, inside, instead } in bare(words, &self.scope()) {
            if instead == Instead::None && has_its_number(words, span.end) {
                continue;
            }
            let inside = self.as_elsewhere(&inside, others).unwrap_or(inside);
            let written = &words[span.range()];
            let place = locate::in_source(self.source, text, span);
            let message = match instead {
                Instead::Doubled => both!(
                    "doubled braces are shown as braces, so no number is shown",
                    "双写的花括号只显示花括号本身，不会显示为数"
                ),
                Instead::Brackets => both!(
                    "this is a cell in the wrong brackets, so no number is shown",
                    "这是一个单元格，但括号不是花括号，所以不会显示为数"
                ),
                Instead::None => both!(
                    "this is a cell, but stands without braces, so no number is shown",
                    "这是一个单元格，但没有写花括号，所以不会显示为数"
                ),
            };
            let asked = in_words(&inside).filter(|_| instead == Instead::None && is_asked(words, span.end));
            if let Some(Localised { en, zh }) = asked {
                let hint = both!(
                    "write `{{{inside}}}` to show the number; if the sentence asks for this number, say in words where it stands: `{en}`",
                    "要显示这个数，请写成 `{{{inside}}}`；如果这句话问的就是这个数，请用文字说明是哪一格：`{zh}`"
                );
                self.findings.push(Diagnostic::new(Code::BareCell, place, message).with_hint(hint));
                continue;
            }
            let finding = Diagnostic::new(Code::BareCell, place, message)
                .with_hint(both!("write `{{{inside}}}`", "请写成 `{{{inside}}}`"));
            // A text without quotation marks cannot begin with a brace.
            let first = span.start == 0 && text.as_scalar().is_some_and(|it| it.style == Style::Plain);
            self.findings.push(if first {
                finding
            } else {
                self.with_fix_of(finding, place, written, &format!("{{{inside}}}"))
            });
        }
    }

    /// How another language of the text writes the number of a cell that says nothing of its decimals.
    fn as_elsewhere(&self, inside: &str, others: &[&Tree]) -> Option<String> {
        if Formatted::formula(inside) != inside.trim() {
            return None;
        }
        let words = others.iter().filter_map(|other| other.as_text());
        let mut computed = words.flat_map(|words| {
            let inner = |it: Braces| words.get(it.span.start + 1..it.span.end - 1);
            self.in_braces(words).into_iter().filter_map(inner)
        });
        computed.find(|other| is_same_formula(inside, other)).map(str::to_owned)
    }
}

/// Whether a text asks in the sentence that goes on at a place.
fn is_asked(text: &str, at: usize) -> bool {
    let ends = |c: char| matches!(c, '.' | '!' | '。' | '！' | '?' | '？' | '\n');
    text[at..].chars().find(|c| ends(*c)).is_some_and(|end| matches!(end, '?' | '？'))
}

/// A cell without its brackets: `in row cat, column noun`.
fn in_words(cell: &str) -> Option<Localised<String>> {
    let (_, inside) = cell.trim().strip_suffix(']')?.split_once('[')?;
    let (row, column) = inside.split_once(',').map(|(row, column)| (row.trim(), column.trim()))?;
    let is_plain = |name: &str| !name.is_empty() && !name.contains([',', '[', ':', '"', '`']);
    (is_plain(row) && is_plain(column))
        .then(|| both!("in row {row}, column {column}", "{row} 行 {column} 列"))
}

/// What to do about a star of a text that no other follows.
fn closed_emphasis(text: &str, star: usize) -> Localised<String> {
    const LONGEST: usize = 20;
    let rest = &text[star + 1..];
    // A star that ends an emphasis begins another where no space follows.
    let glued = rest.find('*').map(|length| (&rest[..length], &rest[length + 1..]));
    if let Some((word, _)) =
        glued.filter(|(word, behind)| !word.contains(char::is_whitespace) && behind.starts_with('{'))
    {
        return both!("write a space behind `*{word}*`", "请在 `*{word}*` 后面空一格");
    }
    let ends = |c: char| !(c.is_alphanumeric() || c == '_' || c == '\'' || c == '-');
    let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
    if word.is_empty() || word.chars().count() > LONGEST {
        return both!(
            "write another `*` where the emphasis ends, or remove it",
            "请在强调结束的地方再写一个 `*`，或删去它"
        );
    }
    both!("write `*{word}*`, or remove the `*`", "请写 `*{word}*`，或删去这个 `*`")
}

/// The texts of the steps that may hold numbers and emphasis.
pub(super) fn prose(tree: &Tree) -> Vec<&Tree> {
    let texts = items(tree, "steps").flat_map(|step| {
        let question = step.get("question");
        let asked = question.into_iter().flat_map(|it| ["ask", "hint", "explain"].map(|field| it.get(field)));
        let options = question.and_then(|it| it.get("answer")?.get("choose")?.as_list());
        let options = options.unwrap_or_default().iter().map(said_by);
        [step.get("say"), step.get("note")].into_iter().chain(asked).chain(options)
    });
    texts.flatten().collect()
}

/// The words of an option that can be chosen.
pub(super) fn said_by(option: &Tree) -> Option<&Tree> {
    let (_, of) = option.as_map()?.first()?;
    Some(of.get("say").unwrap_or(of))
}
