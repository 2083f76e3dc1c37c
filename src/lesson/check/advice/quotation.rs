//! Curly quotation marks around a whole text: YAML does not know them, so they are shown as a part of it.

use super::versions;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::lesson::check::Checker;
use crate::yaml::{Style, Tree, quoted_text};

impl Checker<'_> {
    /// Reports a text in curly marks whose other language has none, or that is alone with them among the texts of the
    /// lesson: they were meant for YAML.
    pub(super) fn marks_belong_to_texts(&mut self, texts: &[&Tree]) {
        let all: Vec<&Tree> = texts.iter().copied().flat_map(versions).collect();
        let with_marks = all.iter().filter(|text| is_in_marks(text)).count();
        for text in texts {
            let own: Vec<&Tree> = versions(text);
            let (marked, plain): (Vec<&Tree>, Vec<&Tree>) = own.iter().partition(|text| is_in_marks(text));
            let meant_for_yaml = if own.len() > 1 {
                plain.iter().any(|text| !has_marks(text))
            } else {
                2 * with_marks < all.len()
            };
            if meant_for_yaml {
                for text in marked {
                    self.report_marks(text);
                }
            }
        }
    }

    fn report_marks(&mut self, text: &Tree) {
        let written = self.source.slice(text.span);
        let Some(inner) = inner(written) else { return };
        let marks: Vec<char> = written.chars().take(1).chain(written.chars().next_back()).collect();
        let marks: String = marks.into_iter().collect();
        let finding = Diagnostic::new(
            Code::UntidySign,
            text.span,
            both!("readers would see these quotation marks, `{marks}`", "这对引号 `{marks}` 会显示给读者"),
        )
        .with_hint(if is_short(written) {
            let plain = quoted_text(inner);
            both!(
                "if they should not, write `{plain}`; if they should, write `\"{written}\"`",
                "如果不要显示，请写 `{plain}`；如果要显示，请写 `\"{written}\"`"
            )
        } else {
            both!(
                "if they should not, write `\"` in the place of each; if they should, write `\"` before the first and behind the second",
                "如果不要显示，请把两个都改成英文引号 `\"`；如果要显示，请在外面再加一对英文引号 `\"`"
            )
        });
        let fits = !inner.contains(['"', '\\', '\n']);
        let (start, end) = (text.span.start, text.span.end);
        let mark = '“'.len_utf8();
        let fixed = if fits {
            finding.with_fix(Span::new(start, start + mark), "\"").with_fix(Span::new(end - mark, end), "\"")
        } else {
            finding
        };
        self.findings.push(fixed);
    }
}

/// Marks of which YAML knows nothing, all of one length.
const MARKS: [[char; 2]; 3] = [['“', '”'], ['「', '」'], ['『', '』']];

/// Whether a text is short enough to be written out twice.
fn is_short(text: &str) -> bool {
    const SHORT: usize = 40;
    text.chars().count() <= SHORT && !text.contains(['"', '`', '\\', '\n'])
}

/// What stands between such marks, if they are around the whole text.
fn inner(text: &str) -> Option<&str> {
    let within = |[open, close]: [char; 2]| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then_some(inner)
    };
    MARKS.into_iter().find_map(within)
}

fn is_in_marks(text: &Tree) -> bool {
    text.as_scalar().is_some_and(|scalar| scalar.style == Style::Plain && inner(&scalar.text).is_some())
}

/// Whether a text has quotation marks of any kind in it.
fn has_marks(text: &Tree) -> bool {
    text.as_text().is_some_and(|text| text.contains(['“', '”', '"', '«', '「', '\'', '‘', '’']))
}
