//! A walk through a file along the table, which reports everything that does not fit.

use super::items::{decimal_comma, items_without_dashes};
use super::languages::translations;
use super::question::ANSWER;
use super::wording::{expected, fields_of, found, how_to_write, one_of, words_of};
use super::{Field, Kind, LESSON, Presence, Record};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, ENOUGH, Span, is_slip, nearest};
use crate::language::{Language, Localised, counted};
use crate::lesson::expression::halfwidth;
use crate::yaml::{Key, Tree, Value};

/// Reports everything in `tree` that is not of `kind`: unknown and missing fields, wrong kinds, missing languages.
/// Names, numbers and references are read later; here only their shape counts.
pub fn validate(tree: &Tree, kind: &Kind, findings: &mut Vec<Diagnostic>) {
    if findings.len() >= ENOUGH {
        return;
    }
    match (kind, &tree.value) {
        (Kind::Either(kinds), Value::Scalar(scalar)) if is_wrong_choice(kinds, &scalar.text, tree) => {
            let words: Vec<_> = kinds.iter().flat_map(words_of).copied().collect();
            findings.push(wrong_choice(tree, &one_of(kinds), &words));
        }
        (Kind::Either(kinds), value) => match kinds.iter().find(|kind| has_shape(kind, value)) {
            Some(kind) if !tree.is_null() => validate(tree, kind, findings),
            Some(_) | None => findings.push(wrong_kind(tree, kind)),
        },
        (Kind::Text, Value::Map(entries)) => translations(tree, entries, findings),
        (Kind::Text | Kind::Word | Kind::Name | Kind::Expression, Value::Scalar(scalar)) => {
            if tree.is_null() {
                findings.push(wrong_kind(tree, kind));
            } else if scalar.text.trim().is_empty() && !matches!(kind, Kind::Word) {
                findings.push(empty(tree.span, kind));
            }
        }
        (Kind::Count | Kind::Size, Value::Scalar(_)) => {
            if tree.as_count().is_none() {
                findings.push(if tree.is_null() { wrong_kind(tree, kind) } else { no_count(tree, kind) });
            }
        }
        (Kind::Choice(choices), Value::Scalar(scalar)) => {
            if !choices.contains(&scalar.text.as_str()) {
                findings.push(wrong_choice(tree, &expected(kind), choices));
            }
        }
        (Kind::List { of, least, most }, Value::List(items)) => {
            if items.is_empty() && *least > 0 {
                findings.push(empty(tree.span, kind));
            } else if items.len() < *least || items.len() > *most {
                findings.push(wrong_length(tree.span, items.len(), *least, *most));
            }
            for item in items {
                validate(item, of, findings);
            }
        }
        (Kind::Map(of), Value::Map(entries)) => {
            if entries.is_empty() {
                findings.push(empty(tree.span, kind));
            }
            for (at, (key, value)) in entries.iter().enumerate() {
                match at.checked_sub(1).and_then(|before| decimal_comma(&entries[before].1, key, value)) {
                    Some(finding) => findings.push(finding),
                    None => validate(value, of, findings),
                }
            }
        }
        (Kind::Named(of), Value::Map(entries)) => named(tree, entries, of, findings),
        (Kind::Record(record), Value::Map(entries)) => {
            known_fields(entries, record, findings);
            missing_fields(tree, entries, record, findings);
        }
        (Kind::OneOf(record), Value::Map(entries)) => {
            known_fields(entries, record, findings);
            exactly_one(tree, entries, record, findings);
        }
        (Kind::List { of: of @ (Kind::Named(_) | Kind::Record(_)), .. }, Value::Map(entries))
            if !entries.is_empty() =>
        {
            items_without_dashes(tree, entries, of, findings);
        }
        (
            Kind::Text
            | Kind::Word
            | Kind::Name
            | Kind::Expression
            | Kind::Count
            | Kind::Size
            | Kind::Choice(_),
            Value::List(_) | Value::Map(_),
        )
        | (Kind::List { .. }, Value::Scalar(_) | Value::Map(_))
        | (
            Kind::Map(_) | Kind::Named(_) | Kind::Record(_) | Kind::OneOf(_),
            Value::Scalar(_) | Value::List(_),
        ) => {
            findings.push(wrong_kind(tree, kind));
        }
    }
}

/// Reports what is wrong with the fields of a part, which has those of a lesson but needs none of them.
pub(in crate::lesson) fn validate_part(tree: &Tree, findings: &mut Vec<Diagnostic>) {
    match &tree.value {
        Value::Map(entries) => known_fields(entries, &LESSON, findings),
        Value::Scalar(_) | Value::List(_) => findings.push(wrong_kind(tree, &Kind::Record(&LESSON))),
    }
}

/// Whether a value could be of a kind, by its shape alone.
pub(super) fn has_shape(kind: &Kind, value: &Value) -> bool {
    match kind {
        Kind::Word | Kind::Name | Kind::Expression | Kind::Count | Kind::Size | Kind::Choice(_) => {
            matches!(value, Value::Scalar(_))
        }
        Kind::Text => matches!(value, Value::Scalar(_) | Value::Map(_)),
        Kind::List { .. } => matches!(value, Value::List(_)),
        Kind::Map(_) | Kind::Named(_) | Kind::Record(_) | Kind::OneOf(_) => matches!(value, Value::Map(_)),
        Kind::Either(kinds) => kinds.iter().any(|kind| has_shape(kind, value)),
    }
}

fn known_fields(entries: &[(Key, Tree)], record: &'static Record, findings: &mut Vec<Diagnostic>) {
    for (at, (key, value)) in entries.iter().enumerate() {
        if let Some(finding) =
            at.checked_sub(1).and_then(|before| decimal_comma(&entries[before].1, key, value))
        {
            findings.push(finding);
            continue;
        }
        match record.field(&key.text) {
            Some(field) if value.is_null() => findings.push(no_value(key, field)),
            Some(field) => validate(value, &field.kind, findings),
            None => {
                findings.push(unknown_field(key, entries, record));
                let meant = record.meant(&key.text).and_then(|name| record.field(name));
                let free = |field: &&Field| entries.iter().all(|(key, _)| key.text != field.name);
                if let Some(field) = meant.filter(free).filter(|_| !value.is_null()) {
                    validate(value, &field.kind, findings);
                }
            }
        }
    }
}

/// The finding with a fix, if the text stands in the file as it is read.
pub(super) fn with_fix(finding: Diagnostic, span: Span, written: &str, with: &str) -> Diagnostic {
    if span.end - span.start == written.len() { finding.with_fix(span, with) } else { finding }
}

fn missing_fields(tree: &Tree, entries: &[(Key, Tree)], record: &Record, findings: &mut Vec<Diagnostic>) {
    for field in record.fields.iter().filter(|field| field.presence == Presence::Required) {
        // A misspelt name has been reported with the right one; that it is missing as well would say it twice.
        if entries.iter().any(|(key, _)| record.meant(&key.text) == Some(field.name)) {
            continue;
        }
        let (name, owner, doc) = (field.name, record.name, field.doc);
        findings.push(
            Diagnostic::new(
                Code::MissingField,
                beginning(tree, entries),
                both!("`{name}` is missing from this `{owner}`", "`{owner}` 中缺少 `{name}`"),
            )
            .with_hint(Localised {
                en: format!("add `{name}: …`: {}", doc.en),
                zh: format!("请加上 `{name}: …`：{}", doc.zh),
            }),
        );
    }
}

fn exactly_one(tree: &Tree, entries: &[(Key, Tree)], record: &Record, findings: &mut Vec<Diagnostic>) {
    let known: Vec<_> = entries.iter().filter(|(key, _)| record.field(&key.text).is_some()).collect();
    if entries.is_empty() {
        findings.push(
            Diagnostic::new(
                Code::MissingField,
                tree.span,
                both!("nothing says how this is made", "没有说明它的由来"),
            )
            .with_hint(fields_of(record)),
        );
    }
    if let [(first, _), rest @ ..] = known.as_slice() {
        for (second, _) in rest {
            let (a, b) = (&first.text, &second.text);
            findings.push(
                Diagnostic::new(
                    Code::ConflictingFields,
                    second.span,
                    both!("both `{a}` and `{b}`, where only one can be", "`{a}` 和 `{b}` 只能写一个"),
                )
                .with_related(first.span, both!("the first", "第一个"))
                .with_hint(both!(
                    "keep one; make two items with two names if both are wanted",
                    "请只保留一个；如果两个都需要，请分成两项，各起一个名字"
                )),
            );
        }
    }
}

fn named(tree: &Tree, entries: &[(Key, Tree)], of: &Kind, findings: &mut Vec<Diagnostic>) {
    let [(first, value), rest @ ..] = entries else {
        findings.push(empty(tree.span, of));
        return;
    };
    if value.is_null() {
        let (name, kind) = (&first.text, how_to_write(of));
        let inner = rest
            .first()
            .filter(|(key, _)| matches!(of, Kind::OneOf(record) if record.field(&key.text).is_some()));
        if let Some((inner, _)) = inner {
            let inner_name = &inner.text;
            findings.push(
                Diagnostic::new(
                    Code::WrongKind,
                    inner.span,
                    both!(
                        "`{inner_name}` stands beside `{name}`, not inside it",
                        "`{inner_name}` 与 `{name}` 并列，没有写在它里面"
                    ),
                )
                .with_related(first.span, both!("nothing inside", "里面是空的"))
                .with_hint(both!(
                    "indent `{inner_name}` two spaces further",
                    "请把 `{inner_name}` 再缩进两个空格"
                )),
            );
            return;
        }
        findings.push(
            Diagnostic::new(Code::Empty, first.span, both!("`{name}` has no value", "`{name}` 没有值"))
                .with_hint(kind),
        );
    } else {
        validate(value, of, findings);
    }
    for (key, value) in rest {
        let name = &key.text;
        findings.push(
            Diagnostic::new(
                Code::WrongKind,
                key.span,
                both!("a second name, `{name}`, in one item", "一项中出现了第二个名字 `{name}`"),
            )
            .with_related(first.span, both!("the first", "第一个"))
            .with_hint(both!("start a new item: `- {name}: …`", "请另起一项：`- {name}: …`")),
        );
        if !value.is_null() {
            validate(value, of, findings);
        }
    }
}

fn unknown_field(key: &Key, entries: &[(Key, Tree)], record: &'static Record) -> Diagnostic {
    let (name, owner) = (&key.text, record.name);
    let hint = match record.meant(name) {
        Some(near) => both!("did you mean `{near}`?", "是不是想写 `{near}`？"),
        None => belongs_inside(name, entries, record)
            .or_else(|| is_translation(name, record))
            .unwrap_or_else(|| fields_of(record)),
    };
    let message = both!("there is no field `{name}` in `{owner}`", "`{owner}` 中没有 `{name}` 这个字段");
    let finding = Diagnostic::new(Code::UnknownField, key.span, message).with_hint(hint);
    match record.meant(name) {
        Some(near) => with_fix(finding, key.span, name, near),
        None => finding,
    }
}

/// For a field that stands beside the kind it belongs to, as in `{load: a.csv, rows: f}`.
fn belongs_inside(name: &str, entries: &[(Key, Tree)], record: &'static Record) -> Option<Localised<String>> {
    fn inside(kind: &'static Kind, name: &str) -> Option<&'static Record> {
        match kind {
            Kind::Record(record) => record.field(name).map(|_| *record),
            Kind::Either(kinds) => kinds.iter().find_map(|kind| inside(kind, name)),
            Kind::Text
            | Kind::Word
            | Kind::Name
            | Kind::Expression
            | Kind::Count
            | Kind::Size
            | Kind::Choice(_)
            | Kind::List { .. }
            | Kind::Map(_)
            | Kind::Named(_)
            | Kind::OneOf(_) => None,
        }
    }
    let mut owners = entries.iter().filter_map(|(key, _)| record.field(&key.text));
    let (owner, inner) = owners.find_map(|field| Some((field.name, inside(&field.kind, name)?)))?;
    let first = inner.fields.first().map_or("…", |field| field.name);
    Some(both!(
        "it belongs inside `{owner}`: `{{{owner}: {{{first}: …, {name}: …}}}}`",
        "它应当写在 `{owner}` 里面：`{{{owner}: {{{first}: …, {name}: …}}}}`"
    ))
}

/// For `say_en` beside `say_zh`: both belong under `say`.
fn is_translation(name: &str, record: &Record) -> Option<Localised<String>> {
    let (stem, language) = name.rsplit_once(['_', '-', '.'])?;
    let known = Language::ALL.iter().any(|known| known.code() == language.to_lowercase());
    let field = record.field(stem).filter(|field| known && matches!(field.kind, Kind::Text))?.name;
    Some(both!(
        "write both languages under `{field}`: `{field}: {{en: …, zh: …}}`",
        "两种语言都写在 `{field}` 下面：`{field}: {{en: …, zh: …}}`"
    ))
}

fn no_value(key: &Key, field: &Field) -> Diagnostic {
    let (name, how) = (&key.text, how_to_write(&field.kind));
    let hint = match field.presence {
        Presence::Required => how,
        Presence::Optional | Presence::Default(_) => Localised {
            en: format!("remove it, or give it a value: {}", how.en),
            zh: format!("请删去它，或者写上值：{}", how.zh),
        },
    };
    Diagnostic::new(Code::Empty, key.span, both!("`{name}` has no value", "`{name}` 没有值")).with_hint(hint)
}

pub(super) fn wrong_kind(tree: &Tree, kind: &Kind) -> Diagnostic {
    let (should, is) = (expected(kind), found(tree));
    // A token such as `null` or `~` is nothing to YAML.
    let word = tree.as_scalar().filter(|scalar| scalar.is_null() && !scalar.text.is_empty());
    if let (Some(word), Kind::Word | Kind::Name | Kind::Text) = (word, kind) {
        let text = &word.text;
        let message = both!("`{text}` stands for nothing at all", "`{text}` 表示“空”，不是文字");
        let hint = both!("if it is a word, write `\"{text}\"`", "如果它是一个词，请写成 `\"{text}\"`");
        let finding = Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint);
        return with_fix(finding, tree.span, text, &format!("\"{text}\""));
    }
    let is_answer = matches!(kind, Kind::OneOf(record) if std::ptr::eq(*record, &raw const ANSWER));
    if is_answer && tree.as_text().is_some() {
        let message = both!("the answer is not typed: qkv computes it", "答案不用自己写，由 qkv 计算");
        let hint = both!(
            "write what is asked for: `{{cell: \"head.pattern[ROW, COLUMN]\"}}`",
            "请写明所问的内容：`{{cell: \"head.pattern[行, 列]\"}}`"
        );
        return Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint);
    }
    let languages = |tree: &Tree| {
        tree.as_list().is_some_and(|items| {
            let has_language = |item: &Tree| Language::ALL.iter().any(|it| item.get(it.code()).is_some());
            !items.is_empty() && items.iter().all(has_language)
        })
    };
    if let Some(rows) = tree.as_text().filter(|_| has_lists(kind)).and_then(pasted_rows) {
        let message = both!("these numbers are in no brackets", "这些数没有写在方括号里");
        let hint = both!(
            "write each row in brackets, with commas: `[[0.1, 0.2], [0.3, 0.4]]`; or save them as a CSV file beside the lesson and `load` it",
            "每行写在方括号里，用逗号分开：`[[0.1, 0.2], [0.3, 0.4]]`；或在课程旁边另存为 CSV 文件，用 `load` 读取"
        );
        let finding = Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint);
        return if rows.is_empty() { finding } else { finding.with_fix(tree.span, rows) };
    }
    let hint = if matches!(kind, Kind::Text) && languages(tree) {
        both!("write `en: …` and `zh: …` without the `-` before them", "`en: …` 和 `zh: …` 前面不要写 `-`")
    } else if matches!(kind, Kind::Record(record) if std::ptr::eq(*record, &raw const LESSON)) {
        let Localised { en, zh } = how_to_write(kind);
        both!(
            "a lesson begins with a line such as `title: My lesson`; {en}",
            "课程以 `title: 我的课` 这样的一行开头；{zh}"
        )
    } else {
        how_to_write(kind)
    };
    Diagnostic::new(
        Code::WrongKind,
        tree.span,
        Localised {
            en: format!("this must be {}, not {}", should.en, is.en),
            zh: format!("这里应当是{}，而不是{}", should.zh, is.zh),
        },
    )
    .with_hint(hint)
}

fn has_lists(kind: &Kind) -> bool {
    match kind {
        Kind::List { of, .. } => matches!(of, Kind::List { .. } | Kind::Either(_)),
        Kind::Either(kinds) => kinds.iter().any(has_lists),
        Kind::Text
        | Kind::Word
        | Kind::Name
        | Kind::Expression
        | Kind::Count
        | Kind::Size
        | Kind::Choice(_)
        | Kind::Map(_)
        | Kind::Named(_)
        | Kind::Record(_)
        | Kind::OneOf(_) => false,
    }
}

/// The rows of numbers pasted from a spreadsheet, where tabs tell them apart, in brackets; empty where nothing does, `None`
/// where there are other words.
fn pasted_rows(text: &str) -> Option<String> {
    let numbers: Vec<&str> = text.split_whitespace().collect();
    if numbers.len() < 2 || numbers.iter().any(|number| number.parse::<f64>().is_err()) {
        return None;
    }
    // A line break within a text is a blank.
    let row = |row: &str| format!("[{}]", row.split('\t').map(str::trim).collect::<Vec<_>>().join(", "));
    let rows: Vec<String> = text.split(' ').filter(|row| !row.is_empty()).map(row).collect();
    Some(if text.contains('\t') { format!("[{}]", rows.join(", ")) } else { String::new() })
}

/// Larger numbers are no sizes, and lose their last digits.
const LARGEST_COUNT: f64 = 1e15;

fn no_count(tree: &Tree, kind: &Kind) -> Diagnostic {
    let text = tree.as_text().unwrap_or_default();
    let plain: String = text.chars().map(|c| halfwidth(c).unwrap_or(c)).collect();
    if plain != text && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = both!("`{text}` has fullwidth digits", "`{text}` 用了全角数字");
        let hint = both!("write `{plain}`", "请写半角的 `{plain}`");
        let finding = Diagnostic::new(Code::FullwidthPunctuation, tree.span, message).with_hint(hint);
        return with_fix(finding, tree.span, text, &plain);
    }
    let should = expected(kind);
    let message = Localised {
        en: format!("this must be {}, not `{text}`", should.en),
        zh: format!("这里应当是{}，而不是 `{text}`", should.zh),
    };
    // `1e3`, `3.0` and `"3"` are whole numbers, written otherwise.
    let number = text.trim().parse::<f64>().ok();
    match number.filter(|number| number.fract() == 0.0 && (0.0..LARGEST_COUNT).contains(number)) {
        Some(number) => {
            let whole = format!("{number}");
            let hint = if tree.as_number().is_some() {
                both!("write `{whole}`", "请写 `{whole}`")
            } else {
                both!("write `{whole}`, without quotation marks", "请写 `{whole}`，不要加引号")
            };
            Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(hint).with_fix(tree.span, whole)
        }
        None => Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(how_to_write(kind)),
    }
}

/// Whether a word stands where only fixed words may, or something longer.
fn is_wrong_choice(kinds: &[Kind], text: &str, tree: &Tree) -> bool {
    let first = kinds.iter().find(|kind| has_shape(kind, &tree.value));
    matches!(first, Some(Kind::Choice(choices)) if !choices.contains(&text)) && !tree.is_null()
}

fn wrong_choice(tree: &Tree, should: &Localised<String>, choices: &[&'static str]) -> Diagnostic {
    let text = tree.as_text().unwrap_or_default();
    let near = nearest(text, choices.iter().copied());
    let finding = Diagnostic::new(
        Code::WrongKind,
        tree.span,
        Localised {
            en: format!("this must be {}, not `{text}`", should.en),
            zh: format!("这里应当是 {}，而不是 `{text}`", should.zh),
        },
    )
    .with_hint(match near {
        Some(near) => both!("did you mean `{near}`?", "是不是想写 `{near}`？"),
        None => both!("write one of these", "请写其中的一种"),
    });
    match near {
        // Another known word may be meant, such as a model that there is: that is for the author to say.
        Some(near) if is_slip(text, near) => with_fix(finding, tree.span, text, near),
        Some(_) | None => finding,
    }
}

fn wrong_length(span: Span, length: usize, least: usize, most: usize) -> Diagnostic {
    let items = |count| counted(count, "item", "items");
    let (fewest, largest) = (items(least), items(most));
    let should = if least == most {
        both!("{fewest}", " {least} 项")
    } else if length < least {
        both!("at least {fewest}", "至少 {least} 项")
    } else {
        both!("at most {largest}", "至多 {most} 项")
    };
    Diagnostic::new(
        Code::WrongKind,
        span,
        Localised {
            en: format!("this list must have {}, not {length}", should.en),
            zh: format!("这个列表应当有{}，而不是 {length} 项", should.zh),
        },
    )
    .with_hint(if length > most {
        both!("remove what is too much", "请删去多余的项")
    } else {
        both!("separate the items with `, ` inside [ ]", "各项写在 [ ] 里，用 `, ` 分开")
    })
}

pub(super) fn empty(span: Span, kind: &Kind) -> Diagnostic {
    Diagnostic::new(Code::Empty, span, both!("there is nothing in here", "这里是空的"))
        .with_hint(how_to_write(kind))
}

/// The first name of a map, for what concerns the whole of it; the map itself if it has none.
pub(super) fn beginning(tree: &Tree, entries: &[(Key, Tree)]) -> Span {
    entries.first().map_or(tree.span, |(key, _)| key.span)
}
