//! Marks that stand one step too far outside: quotation marks around the languages of a text, blanks inside of stars.

use super::prose::prose;
use super::versions;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::lesson::check::{Checker, locate};
use crate::lesson::prose::{braces, is_inside};
use crate::yaml::{Style, Tree};

impl Checker<'_> {
    /// Reports texts such as `"{en: …, zh: …}"`, which are shown with their braces.
    pub(super) fn languages_stand_open(&mut self, texts: &[&Tree]) {
        for text in texts {
            let Some(scalar) = text.as_scalar() else { continue };
            let words = text.as_text().unwrap_or_default().trim();
            let inner = words.strip_prefix('{').and_then(|words| words.strip_suffix('}'));
            let is_both =
                inner.is_some_and(|inner| ["en:", "zh:"].iter().any(|it| inner.trim_start().starts_with(it)));
            if !is_both || scalar.style != Style::Quoted {
                continue;
            }
            let message = both!(
                "quotation marks around `{{en: …}}`: the braces are shown as they stand",
                "`{{en: …}}` 外面加了引号，花括号会原样显示"
            );
            let hint = both!(
                "remove the quotation marks around the braces: `{words}`",
                "请删去花括号外面的引号：`{words}`"
            );
            let finding = Diagnostic::new(Code::Questionable, text.span, message).with_hint(hint);
            let written = self.source.slice(text.span);
            let is_plain = [format!("\"{words}\""), format!("'{words}'")].contains(&written.to_owned());
            self.findings.push(if is_plain { finding.with_fix(text.span, words) } else { finding });
        }
    }

    /// Reports `* word *`, which emphasises nothing, where the word is one of this lesson.
    pub(super) fn stars_touch_their_word(&mut self, tree: &Tree) {
        for text in prose(tree).into_iter().flat_map(versions) {
            let words = text.as_text().unwrap_or_default();
            let Some(span) = self.spaced_emphasis(words) else { continue };
            let written = &words[span.range()];
            let meant = format!("*{}*", written.trim_matches(['*', ' ']));
            let place = locate::in_source(self.source, text, span);
            let message = both!(
                "`{written}` is shown as it stands: the stars do not touch the word",
                "`{written}` 会原样显示：星号没有紧贴着词"
            );
            let hint = both!("write `{meant}`", "请写 `{meant}`");
            let finding = Diagnostic::new(Code::UntidySign, place, message).with_hint(hint);
            // A text without quotation marks cannot begin with a star.
            let is_first = span.start == 0 && text.as_scalar().is_some_and(|it| it.style == Style::Plain);
            self.findings.push(if is_first {
                finding
            } else {
                self.with_fix_of(finding, place, written, &meant)
            });
        }
    }

    /// Where the only two stars of a text stand around a token or feature, with blanks.
    fn spaced_emphasis(&self, words: &str) -> Option<Span> {
        let computed = braces(words);
        let mut marks = words.match_indices('*').map(|(at, _)| at).filter(|at| !is_inside(&computed, *at));
        let (Some(start), Some(end), None) = (marks.next(), marks.next(), marks.next()) else { return None };
        let inner = words[start + 1..end].strip_prefix(' ')?.strip_suffix(' ')?;
        let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
        // Between letters and words a star is a product as well: `d * n * k`.
        let last = words[..start].split_whitespace().next_back().unwrap_or_default();
        let is_sentence = last.is_empty() || last.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let is_product = last.contains(|c: char| !c.is_alphabetic() && !c.is_ascii_punctuation())
            || last.contains(['_', ')', ']', '}', '='])
            || words[end + 1..].trim_start().starts_with(|c: char| c == '{' || c.is_ascii_digit())
            || self.graph.find(last).is_some();
        let is_word = letters > 1 && self.scope().label(inner).is_some() && !self.sizes.contains_key(inner);
        (is_word && is_sentence && !is_product).then_some(Span::new(start, end + 1))
    }
}
