//! Lists that stand in no square brackets: `d_k: a, b`, `cat: (1, 0)`, `【a，b】`.

use super::Kind;
use super::items::name_and_number;
use super::wrong::with_fix;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Key, Scalar, Style, Tree, Value, in_other_brackets};

/// What stands where a list belongs and is one but for its brackets.
pub(super) struct Listed {
    items: Vec<String>,
    /// Whether they are numbers.
    of: Of,
    /// What stands in the place of its brackets.
    around: Option<(char, char)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Words,
    Numbers,
    /// One row of numbers, where several may be.
    Row,
}

/// The items of a value that should be a list and has no square brackets.
pub(super) fn listed(tree: &Tree, kind: &Kind) -> Option<Listed> {
    let kinds = kind.alternatives();
    let is_word = |kind: &&Kind| {
        matches!(kind, Kind::Text | Kind::Word | Kind::Name | Kind::Expression | Kind::Choice(_))
    };
    let names = tree.as_map().unwrap_or_default();
    let is_field = |kind: &&Kind| {
        matches!(kind, Kind::Text)
            || kind
                .records()
                .iter()
                .any(|record| names.iter().any(|(key, _)| record.meant(&key.text).is_some()))
    };
    // Two words with a comma are such a list even where one word may stand.
    let is_pair = |kind: &&Kind| matches!(kind, Kind::List { most: 2, .. });
    if kinds.iter().any(is_pair) && tree.as_text().is_some_and(|text| text.contains([',', '，', '、'])) {
        return of_text(tree.as_text()?, Of::Words).filter(|listed| listed.items.len() == 2);
    }
    let of = kinds.iter().find_map(|kind| match kind {
        Kind::List { of: Kind::Name | Kind::Word, .. } => Some(Of::Words),
        Kind::List { of: Kind::Expression, .. } => Some(Of::Numbers),
        Kind::List { of: Kind::List { of: Kind::Expression, .. }, .. } => Some(Of::Row),
        Kind::List { .. }
        | Kind::Text
        | Kind::Word
        | Kind::Name
        | Kind::Expression
        | Kind::Count
        | Kind::Size
        | Kind::Choice(_)
        | Kind::Map(_)
        | Kind::Named(_)
        | Kind::Record(_)
        | Kind::OneOf(_)
        | Kind::Either(_) => None,
    })?;
    let is_other =
        if tree.as_map().is_some() { kinds.iter().any(is_field) } else { kinds.iter().any(is_word) };
    if is_other {
        return None;
    }
    let are_names = kinds.iter().any(|kind| matches!(kind, Kind::List { of: Kind::Name, .. }));
    match &tree.value {
        Value::Scalar(Scalar { text, style: Style::Plain }) => {
            // Numbers that go on over several lines may be several rows.
            let is_one_line = tree.span.end - tree.span.start == text.len();
            let mut listed = if is_one_line { of_text(text, of) } else { of_lines(text, of) }?;
            if are_names {
                listed.items.retain(|item| !is_between(item));
            }
            let is_sum = listed.items.iter().any(|item| ["-", "/"].contains(&item.as_str()));
            (listed.items.len() > 1 || listed.around.is_some()).then_some(listed).filter(|_| !is_sum)
        }
        Value::Map(entries) => in_braces(tree, entries, of),
        Value::Scalar(_) | Value::List(_) => None,
    }
}

/// Whether it is what people write between names: no name, but the word for a comma.
pub(in crate::lesson) fn is_between(word: &str) -> bool {
    ["+", "&", "and", "和", "与", "及", "以及"].contains(&word)
}

/// Words below one another, perhaps with dashes that lack their blank.
fn of_lines(text: &str, of: Of) -> Option<Listed> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let dashed: Option<Vec<&str>> = words.iter().map(|word| word.strip_prefix('-')).collect();
    let words = dashed.unwrap_or(words);
    let fits =
        of == Of::Words && words.iter().all(|word| is_word(word) && word.chars().all(char::is_alphanumeric));
    fits.then(|| Listed { items: words.into_iter().map(str::to_owned).collect(), of, around: None })
}

fn of_text(text: &str, of: Of) -> Option<Listed> {
    let found = in_other_brackets(text);
    let half = || {
        let opened = text.strip_prefix('[').filter(|inner| !inner.contains(']'));
        opened
            .or_else(|| text.strip_suffix(']').filter(|inner| !inner.contains('[')))
            .map(|inner| (('[', ']'), inner))
    };
    let (around, inside) =
        found.or_else(half).map_or((None, text), |(around, inside)| (Some(around), inside));
    let signs = [',', '，', '、', ';', '；'];
    let parts: Vec<&str> = if inside.contains(signs) {
        inside.trim().trim_end_matches(signs).split(signs).map(str::trim).collect()
    } else {
        inside.split_whitespace().collect()
    };
    let is_item = |part: &&str| match of {
        Of::Words => is_word(part),
        Of::Numbers | Of::Row => is_number(part),
    };
    // A single word without any brackets may be meant as something else.
    let fits = parts.iter().all(is_item) && (parts.len() > 1 || (around.is_some() && !parts.is_empty()));
    fits.then(|| Listed { items: parts.into_iter().map(str::to_owned).collect(), of, around })
}

/// `{a, b}`, where YAML reads names without values.
fn in_braces(tree: &Tree, entries: &[(Key, Tree)], of: Of) -> Option<Listed> {
    let items: Vec<String> = entries.iter().map(|(key, _)| key.text.clone()).collect();
    let is_item = |item: &String| match of {
        Of::Words => is_word(item),
        Of::Numbers | Of::Row => is_number(item),
    };
    let (first, _) = entries.first()?;
    let fits = tree.span.start < first.span.start
        && entries.iter().all(|(_, value)| value.is_null())
        && items.iter().all(is_item);
    fits.then_some(Listed { items, of, around: Some(('{', '}')) })
}

/// The finding for a list of which every item has other brackets, or rows of numbers stand there one number each without
/// any: they are told together.
pub(super) fn one_by_one(tree: &Tree, items: &[Tree], of: &Kind) -> Option<Diagnostic> {
    let (first, last) = (items.first()?, items.last()?);
    if items.len() < 2 {
        return None;
    }
    let in_brackets = tree.span.end > last.span.end;
    let span = if in_brackets { tree.span } else { first.span.to(last.span) };
    if let Some(listed) = items.iter().map(|item| listed(item, of)).collect::<Option<Vec<_>>>() {
        let findings = listed.iter().zip(items).map(|(listed, item)| listed.finding(item));
        let written: Vec<String> = listed.iter().map(Listed::written).collect();
        let (whole, each) = (format!("[{}]", written.join(", ")), &written[0]);
        let message = listed.first()?.finding(first).message;
        let hint = if in_brackets && whole.chars().count() <= LONGEST {
            both!("write `{whole}`", "请写 `{whole}`")
        } else {
            both!("write `{each}`, and the others in the same way", "请写 `{each}`，其余各项也这样写")
        };
        let finding = Diagnostic::new(Code::WrongKind, span, message).with_hint(hint);
        return Some(
            findings
                .flat_map(|it| it.fix)
                .fold(finding, |finding, edit| finding.with_fix(edit.span, edit.with)),
        );
    }
    flat(tree, items, of)
}

/// The finding for numbers in one pair of brackets where rows belong. Of a matrix whose axes are known more can be said.
fn flat(tree: &Tree, items: &[Tree], of: &Kind) -> Option<Diagnostic> {
    let kinds = of.alternatives();
    let is_row = |kind: &&Kind| matches!(kind, Kind::List { of: Kind::Expression, .. });
    let is_number = |item: &Tree| item.as_text().is_some_and(|text| is_number(text.trim()));
    if !kinds.iter().any(is_row) || kinds.iter().any(|kind| matches!(kind, Kind::Expression)) {
        return None;
    }
    let numbers: Vec<&str> = items.iter().map(Tree::as_text).collect::<Option<_>>()?;
    if !items.iter().all(is_number) {
        return None;
    }
    let row = format!("[[{}]]", numbers.join(", "));
    let column: Vec<String> = numbers.iter().map(|number| format!("[{number}]")).collect();
    let (one, column) = (&column[0], format!("[{}]", column.join(", ")));
    let message = both!("these numbers are not in rows", "这些数没有分成行");
    let hint = if column.chars().count() <= LONGEST {
        both!(
            "if they are one row, write `{row}`; if they are one column, `{column}`",
            "如果是一行，请写 `{row}`；如果是一列，请写 `{column}`"
        )
    } else {
        both!(
            "put each row in brackets of its own: if they are one row, one more pair around all; if they are one column, each number, such as `{one}`",
            "每一行都要写在自己的方括号里：如果是一行，请在最外面再加一对；如果是一列，请给每个数各加一对，例如 `{one}`"
        )
    };
    Some(Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint))
}

/// Longer lists are not written again.
const LONGEST: usize = 60;

fn is_word(part: &str) -> bool {
    !part.is_empty()
        && !part.contains(['[', ']', '(', ')', '{', '}', '=', '<', '>', '"', '\'', ':', '*', '|'])
        && part.parse::<f64>().is_err()
}

/// Whether it is a number or arithmetic such as `1/3`.
fn is_number(part: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "+-*/._√^".contains(c);
    part.chars().all(is_part) && part.contains(|c: char| c.is_ascii_digit())
}

impl Listed {
    /// The finding, with what to write.
    pub(super) fn finding(&self, tree: &Tree) -> Diagnostic {
        let message = match (self.around, self.of) {
            (Some(('[', _)), _) => {
                let is_open = tree.as_text().is_some_and(|text| text.starts_with('['));
                let missing = if is_open { ']' } else { '[' };
                both!("the `{missing}` of this list is missing", "这个列表缺少 `{missing}`")
            }
            (Some((opening, closing)), _) => both!(
                "a list must stand in `[…]`, not in `{opening}…{closing}`",
                "列表要写在 `[…]` 里，而不是 `{opening}…{closing}` 里"
            ),
            (None, Of::Words) => both!("these words are in no brackets", "这些词没有写在方括号里"),
            (None, Of::Numbers | Of::Row) => {
                both!("these numbers are in no brackets", "这些数没有写在方括号里")
            }
        };
        let written = self.written();
        let hint = both!("write `{written}`", "请写 `{written}`");
        let finding = Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint);
        if let Some(text) = tree.as_text() {
            return with_fix(finding, tree.span, text, &written);
        }
        // Signs of brackets may be fullwidth, and are put right where they are told.
        let has_more = tree.span.end - tree.span.start > written.len() + LOOSE;
        if has_more { finding } else { finding.with_fix(tree.span, written) }
    }

    /// The list that is meant.
    pub(super) fn meant(&self, tree: &Tree) -> Value {
        let item = |text: &String| Tree {
            span: tree.span,
            value: Value::Scalar(Scalar { text: text.clone(), style: Style::Plain }),
        };
        let items = Value::List(self.items.iter().map(item).collect());
        match self.of {
            Of::Words | Of::Numbers => items,
            Of::Row => Value::List(vec![Tree { span: tree.span, value: items }]),
        }
    }

    fn written(&self) -> String {
        let items = self.items.join(", ");
        match self.of {
            Of::Words | Of::Numbers => format!("[{items}]"),
            Of::Row => format!("[[{items}]]"),
        }
    }
}

/// So much longer than it is written in a hint may a list be by its blanks alone; more is a comment, or quotation marks.
const LOOSE: usize = 4;

/// What is said of `cat: animal = 1`, where names with numbers belong: what to write.
pub(super) fn names_without_braces(tree: &Tree, kind: &Kind) -> Option<Diagnostic> {
    let numbers = |kind: &&Kind| matches!(kind, Kind::Map(Kind::Expression));
    let text = tree.as_text().filter(|_| kind.alternatives().iter().any(numbers))?;
    let entry = |part: &str| {
        let (name, number) = name_and_number(part.trim())?;
        Some(format!("{name}: {number}"))
    };
    let entries: Vec<String> = text.split([',', '，', ';']).map(entry).collect::<Option<_>>()?;
    let written = format!("{{{}}}", entries.join(", "));
    let message = both!("these names with values are in no braces", "这里的“名字: 值”没有写在花括号里");
    let hint = both!("write `{written}`", "请写 `{written}`");
    let finding = Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint);
    Some(with_fix(finding, tree.span, text, &written))
}
