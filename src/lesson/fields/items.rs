//! Lists and numbers that lack a sign: dashes before items, the space after one, a point among decimals.

use super::unknown::in_line;
use super::validate::{beginning, validate};
use super::{Kind, Record};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::lesson::expression::comma::{self, Meant};
use crate::yaml::{Key, Tree};

/// So many digits behind a comma may be thousands.
const THOUSANDS: usize = 3;

/// The finding for `divide_by: 3,5}`, where YAML reads a field called `5` without a value.
pub(super) fn decimal_comma(before: (&Tree, &Kind), key: &Key, value: &Tree) -> Option<Diagnostic> {
    let (before, kind) = before;
    let written = with_comma(before, key, value)?;
    let Meant { instead, hint, .. } = meant(&written, kind);
    let message = both!("`{written}` is no number", "`{written}` 不是一个数");
    let finding = Diagnostic::new(Code::BadNumber, before.span.to(key.span), message).with_hint(hint.clone());
    // Of `1,000` only the author knows whether it is a thousand.
    let is_certain = !instead.is_empty() || hint == comma::without_commas(&written);
    let comma = Span::new(before.span.end, key.span.start);
    Some(if is_certain { finding.with_fix(comma, instead) } else { finding })
}

/// The same among numbers by name, which are small: they have decimals rather than thousands.
pub(super) fn decimal_comma_among_numbers(
    before: (&Tree, &Kind),
    key: &Key,
    value: &Tree,
) -> Option<Diagnostic> {
    let finding = decimal_comma(before, key, value)?;
    let written = with_comma(before.0, key, value).filter(|_| finding.fix.is_empty());
    Some(match written {
        Some(written) => finding.with_hint(comma::decimals_or_whole(&written)),
        None => finding,
    })
}

/// The number that is meant by it.
pub(super) fn with_decimals(before: &Tree, kind: &Kind, key: &Key, value: &Tree) -> Option<String> {
    with_comma(before, key, value).map(|written| meant(&written, kind).number)
}

fn with_comma(before: &Tree, key: &Key, value: &Tree) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = before
        .as_text()
        .filter(|text| before.as_number().is_some() && digits(text.trim_start_matches('-')))?;
    // Arithmetic may go on behind it.
    let end = key.text.find(|c: char| !c.is_ascii_digit()).unwrap_or(key.text.len());
    let (decimals, rest) = key.text.split_at(end);
    let is_rest = |rest: &str| {
        rest.starts_with([' ', '*', '/', '+', '-'])
            && rest.chars().all(|c| digits(&c.to_string()) || " +-*/^().".contains(c))
    };
    let is_decimals = rest.is_empty() || decimals.len() < THOUSANDS && !decimals.is_empty() && is_rest(rest);
    let tight = before.span.end + 1 == key.span.start && is_decimals && value.is_null();
    tight.then(|| format!("{whole},{}", key.text))
}

fn meant(written: &str, kind: &Kind) -> Meant {
    let meant = comma::meant(written);
    let is_count = |kind: &&Kind| matches!(kind, Kind::Count | Kind::Size);
    let is_whole = meant.instead.is_empty() && kind.alternatives().iter().any(is_count);
    let hint = if is_whole { comma::without_commas(written) } else { meant.hint };
    Meant { hint, ..meant }
}

/// What `{animal = 1}` or `{animal 1}` was meant to be, where YAML reads a name without a value: the name, the place of what
/// stands between them, and the number.
pub(super) fn without_colon(key: &Key, value: &Tree) -> Option<(String, Span, String)> {
    let (name, number) = name_and_number(&key.text).filter(|_| value.is_null())?;
    let is_written = key.span.end - key.span.start == key.text.len();
    let between = Span::new(key.span.start + name.len(), key.span.end - number.len());
    is_written.then(|| (name.to_owned(), between, number.to_owned()))
}

/// A name and a number with something else than a colon between them.
pub(super) fn name_and_number(text: &str) -> Option<(&str, &str)> {
    let name = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|end| *end > 0)?;
    let (name, rest) = text.split_at(name);
    let number = rest.trim_start_matches([' ', '=', ';', '；', '→']);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '√'))
        && number.contains(|c: char| c.is_ascii_digit())
        && !number.contains([' ', ':']);
    let is_name = name.starts_with(|c: char| !c.is_ascii_digit());
    (is_number && is_name && number.len() < rest.len()).then_some((name, number))
}

/// The finding for it.
pub(super) fn lost_colon(key: &Key, value: &Tree) -> Option<Diagnostic> {
    let (name, between, number) = without_colon(key, value)?;
    let message = both!("there is no `:` after `{name}`", "`{name}` 后面缺少 `:`");
    let hint = both!("write `{name}: {number}`", "请写 `{name}: {number}`");
    Some(Diagnostic::new(Code::YamlSyntax, key.span, message).with_hint(hint).with_fix(between, ": "))
}

/// The finding for `product: X, W_Q}`, where the names of a list stand without brackets, so that YAML reads the second as a
/// field without a value; with the number of such names.
pub(super) fn unbracketed(
    entries: &[(Key, Tree)],
    at: usize,
    record: &Record,
) -> Option<(Diagnostic, usize)> {
    let (key, value) = &entries[at];
    let field = record.field(&key.text)?;
    let is_list =
        |kind: &&Kind| matches!(kind, Kind::List { of, .. } if matches!(of, Kind::Name | Kind::Word));
    if !field.kind.alternatives().iter().any(is_list) {
        return None;
    }
    let (names, end) = names_behind((key, value), &entries[at + 1..], record)?;
    let others = names.len() - 1;
    let (name, list) = (field.name, names.join(", "));
    let message = both!("these names must stand in square brackets", "这几个名称没有写在方括号里");
    let hint = both!("write `{name}: [{list}]`", "请写 `{name}: [{list}]`");
    let finding = Diagnostic::new(Code::WrongKind, Span::new(value.span.start, end), message)
        .with_hint(hint)
        .with_fix(Span::at(value.span.start), "[")
        .with_fix(Span::at(end), "]");
    (others > 0).then_some((finding, others))
}

/// The names of `rows: a, b}`, where one of an axis belongs and YAML reads the others as fields without a value: as one text,
/// with its end and the number of such fields. Where the axis is looked for, it is told what to write.
pub(super) fn names_for_an_axis(
    entries: &[(Key, Tree)],
    at: usize,
    record: &Record,
) -> Option<(String, usize, usize)> {
    let (key, value) = &entries[at];
    let field = record.field(&key.text)?;
    let is_axis = matches!(field.kind, Kind::Either([Kind::Name, Kind::Size]));
    let (names, end) = names_behind((key, value), &entries[at + 1..], record).filter(|_| is_axis)?;
    let others = names.len() - 1;
    (others > 0).then(|| (names.join(", "), end, others))
}

/// The value of a field and the names without a value behind it, between which stands only a comma; with the end of the last.
fn names_behind<'a>(
    (_, value): (&Key, &'a Tree),
    rest: &'a [(Key, Tree)],
    record: &Record,
) -> Option<(Vec<&'a str>, usize)> {
    let (mut names, mut end) = (vec![value.as_text()?], value.span.end);
    for (next, nothing) in rest {
        // Between two fields of a block stands more than a comma and a blank.
        let near = next.span.start <= end + 2 && next.span.start > end;
        if !near || !nothing.is_null() || record.field(&next.text).is_some() {
            break;
        }
        end = next.span.end;
        names.push(next.text.as_str());
    }
    Some((names, end))
}

/// The finding for `value: (4, -1, 3)}` and `label: (4, -1)}`, where YAML reads fields called `-1` and `3)` without values;
/// with the place of what is in the brackets, its items, and the number of such fields.
pub(super) fn in_round_brackets(
    entries: &[(Key, Tree)],
    at: usize,
    record: &Record,
) -> Option<(Diagnostic, Span, Vec<String>)> {
    let (key, value) = &entries[at];
    let field = record.field(&key.text)?;
    let first = value.as_text()?.strip_prefix('(').filter(|first| !first.contains([')', '\n']))?;
    let rest = &entries[at + 1..];
    let closing = rest.iter().position(|(key, nothing)| key.text.ends_with(')') || !nothing.is_null())?;
    let (end, _) = rest.get(closing).filter(|(_, nothing)| nothing.is_null())?;
    let own = rest[..=closing].iter().map(|(key, _)| key.text.trim_end_matches(')'));
    let items: Vec<String> = [first].into_iter().chain(own).map(|item| item.trim().to_owned()).collect();
    let joined = items.join(", ");
    let kinds = field.kind.alternatives();
    let of_numbers = |kind: &&Kind| {
        let Kind::List { of, .. } = kind else { return false };
        of.alternatives().iter().any(|kind| matches!(kind, Kind::Expression))
    };
    let is_list = kinds.iter().any(of_numbers);
    let is_text = kinds.iter().any(|kind| matches!(kind, Kind::Text | Kind::Word));
    let (written, message) = if is_list {
        (
            format!("[{joined}]"),
            both!("a list must stand in `[…]`, not in `(…)`", "列表要写在 `[…]` 里，而不是 `(…)` 里"),
        )
    } else if is_text {
        (
            format!("\"({joined})\""),
            both!("this text holds a comma, so it would end there", "这段文字里有英文逗号，会在那里断开"),
        )
    } else {
        return None;
    };
    let span = value.span.to(end.span);
    let hint = both!("write `{written}`", "请写 `{written}`");
    let finding = Diagnostic::new(Code::WrongKind, span, message).with_hint(hint).with_fix(span, written);
    Some((finding, span, items))
}

/// Reports names with values where each item of a list should begin with `- `, and what is wrong inside them.
pub(super) fn items_without_dashes(
    tree: &Tree,
    entries: &[(Key, Tree)],
    of: &Kind,
    findings: &mut Vec<Diagnostic>,
) {
    let name = entries.first().map_or("…", |(key, _)| key.text.as_str());
    if entries.iter().all(|(key, _)| tight_dash(key).is_some()) {
        findings.extend(entries.iter().map(|(key, _)| {
            let start = key.span.start;
            let message = both!("there is no space after this `-`", "这个 `-` 后面缺少空格");
            let name = key.text[1..].trim();
            let hint = both!(
                "write `- {name}: …`, with a space after the `-`",
                "请写 `- {name}: …`，`-` 后面加一个空格"
            );
            Diagnostic::new(Code::YamlSyntax, Span::new(start, start + 1), message)
                .with_hint(hint)
                .with_fix(Span::at(start + 1), " ")
        }));
        return;
    }
    if matches!(of, Kind::Record(_))
        && entries.first().is_some_and(|(key, _)| tree.span.start < key.span.start)
    {
        let Span { start, end } = tree.span;
        let message =
            both!("a list belongs here, even if it has one item", "这里应当是一个列表，只有一项也要写成列表");
        let fields = in_line(tree).unwrap_or_else(|| format!("{name}: …"));
        let hint = both!("put it in square brackets: `[{{{fields}}}]`", "请加上方括号：`[{{{fields}}}]`");
        let finding = Diagnostic::new(Code::WrongKind, beginning(tree, entries), message).with_hint(hint);
        findings.push(finding.with_fix(Span::at(start), "[").with_fix(Span::at(end), "]"));
        validate(tree, of, findings);
        return;
    }
    let message =
        both!("items of a list are missing their `- ` here", "这里是一个列表，每一项前面都要有 `- `");
    // Which lines these are is said where the text is known.
    let each = matches!(of, Kind::Named(_));
    let hint = both!("begin each item with `- `: `- {name}: …`", "每一项都以 `- ` 开头：`- {name}: …`");
    let finding = Diagnostic::new(Code::WrongKind, beginning(tree, entries), message).with_hint(hint);
    let dashed = entries.iter().enumerate().fold(finding, |finding, (at, (key, _))| {
        finding.with_fix(Span::at(key.span.start), if each || at == 0 { "- " } else { "  " })
    });
    findings.push(dashed);
    if let Kind::Named(of) = of {
        let written = entries.iter().map(|(_, value)| value).filter(|value| !value.is_null());
        written.for_each(|value| validate(value, of, findings));
    } else {
        validate(tree, of, findings);
    }
}

/// The name after a `-` without a space, which YAML takes for a part of the name.
pub(super) fn tight_dash(key: &Key) -> Option<&str> {
    let name = key.text.strip_prefix('-')?;
    (name.starts_with(char::is_alphabetic) && key.span.end - key.span.start == key.text.len()).then_some(name)
}
