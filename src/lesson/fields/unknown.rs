//! Names that are no fields of what they stand in: what was meant, or where they belong.

use super::both_languages::{is_language, is_translation, translated};
use super::options::unmarked;
use super::owners;
use super::validate::has_shape;
use super::wording::fields_of;
use super::wrong::{called_here, with_fix};
use super::{Field, Kind, MATRIX_KINDS, Record, records};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, lines_at, nearest};
use crate::language::{Localised, Words, beside, joined, words};
use crate::yaml::{Key, Tree, Value, quoted_text};

/// What is said of heads in attention that has one
const SEVERAL_HEADS: Words = words(
    "`attention` is one head: for several, write `multi_head` in the place of `attention`, and `n_heads` here",
    "`attention` 只有一个头：要用多个头，请把 `attention` 改成 `multi_head`，这里写 `n_heads`",
);
/// and of an answer that an author has typed,
const COMPUTED: Words = words("remove it: qkv computes the answer", "请删去它：答案由 qkv 计算");

/// and of rows, which softmax is always taken of.
const BY_ROWS: Words = words("remove it: softmax is taken of each row", "请删去它：softmax 总是按行计算");

/// Where something is said in another way than one may think: the thing, the word, and what to do, in which `{own}` is the
/// field with its value.
const ELSEWHERE: [(&str, &str, Words); 18] = [
    ("softmax", "dim", BY_ROWS),
    ("softmax", "axis", BY_ROWS),
    ("question", "solution", COMPUTED),
    ("question", "答案", COMPUTED),
    ("attention", "n_heads", SEVERAL_HEADS),
    ("attention", "num_heads", SEVERAL_HEADS),
    ("attention", "heads", SEVERAL_HEADS),
    ("answer", "solution", COMPUTED),
    ("answer", "correct", COMPUTED),
    ("answer", "answer", COMPUTED),
    ("question", "correct", COMPUTED),
    (
        "answer",
        "number",
        words(
            "write which cell is asked for, such as `answer: {cell: \"NAME[ROW, COLUMN]\"}`: qkv computes the number",
            "请写明问的是哪个单元格，例如 `answer: {cell: \"名称[行, 列]\"}`：这个数由 qkv 计算",
        ),
    ),
    (
        "answer",
        "value",
        words(
            "write which cell is asked for, such as `answer: {cell: \"NAME[ROW, COLUMN]\"}`: qkv computes the number",
            "请写明问的是哪个单元格，例如 `answer: {cell: \"名称[行, 列]\"}`：这个数由 qkv 计算",
        ),
    ),
    (
        "block.attention",
        "of",
        words(
            "remove `{own}` here: attention in a block reads what stands in the `of` of the block",
            "请删去这里的 `{own}`：`block` 中的注意力用的就是 `block` 的 `of`",
        ),
    ),
    (
        "block.feed_forward",
        "of",
        words(
            "remove `{own}` here: the block gives its network what it has computed so far",
            "请删去这里的 `{own}`：`block` 会把已算出的数交给其中的前馈网络",
        ),
    ),
    (
        "encoder",
        "memory",
        words(
            "remove `{own}`: an encoder reads only its `of`; for a second text write `decoder` instead of `encoder`",
            "请删去 `{own}`：编码器只读 `of`；要读第二段文本，请把 `encoder` 改成 `decoder`",
        ),
    ),
    (
        "head",
        "W_O",
        words(
            "remove `W_O` from this head, and write it once for all heads, beside `heads`",
            "请在这个头里删去 `W_O`，为所有的头只写一次，与 `heads` 并列",
        ),
    ),
    (
        "rms_norm",
        "bias",
        words(
            "remove `{own}`, as `rms_norm` adds nothing; or write `layer_norm`, which has a bias, instead of `rms_norm`",
            "请删去 `{own}`，`rms_norm` 不加偏置；或把 `rms_norm` 改成有偏置的 `layer_norm`",
        ),
    ),
];

/// The finding for a name that is no field, which may be a slip of the one that is `meant`.
pub(super) fn unknown_field(
    (key, value): &(Key, Tree),
    entries: &[(Key, Tree)],
    record: &'static Record,
    meant: Option<&str>,
) -> Diagnostic {
    let (name, owner) = (&key.text, owners::any(record));
    let meant = meant.filter(|_| !is_answer_again(key, value, record));
    let outer = owner_beside(name, entries, record).map(|(field, _)| field.name);
    let message = if let (None, Some(owner)) = (meant, outer) {
        both!(
            "`{name}` belongs inside `{owner}`, and stands outside it",
            "`{name}` 属于 `{owner}`，却写在了外面"
        )
    } else if meant.is_some() && std::ptr::eq(record, &raw const MATRIX_KINDS) {
        both!("no matrix is made with `{name}`", "没有 `{name}` 这种生成矩阵的方法")
    } else {
        Localised {
            en: format!("there is no field `{name}` in {}", owner.en),
            zh: beside(&owner.zh, &format!("中没有 `{name}` 这个字段")),
        }
    };
    let finding = Diagnostic::new(Code::UnknownField, key.span, message);
    if let Some(near) = meant.filter(|near| name.strip_suffix(':') == Some(near)) {
        let message = both!("a second `:` stands behind `{near}`", "`{near}` 后面多了一个 `:`");
        let finding =
            Diagnostic { message, ..finding }.with_hint(both!("write `{near}: …`", "请写 `{near}: …`"));
        return with_fix(finding, key.span, name, near);
    }
    if let Some(near) = meant.filter(|_| elsewhere(name, value, record).is_none()) {
        let is_slip = nearest(name, [near]).is_some() || record.meant(name).is_none();
        let hint = if is_slip {
            both!("did you mean `{near}`?", "是不是想写 `{near}`？")
        } else {
            called_here(name, near)
        };
        return with_fix(finding.with_hint(hint), key.span, name, near);
    }
    if let Some(finding) = unmarked(key, entries, record) {
        return finding;
    }
    if let Some((field, word)) = word_of_field(name, entries, record).filter(|_| value.as_text().is_some()) {
        let own = value.as_text().unwrap_or_default();
        let hint = both!(
            "write `{field}: {word}` in the place of `{name}: {own}`",
            "请把 `{name}: {own}` 改成 `{field}: {word}`"
        );
        let finding = finding.with_hint(hint);
        let is_said = matches!(value.as_text(), Some("true" | "yes" | "on"));
        let place = key.span.to(value.span);
        return if is_said { finding.with_fix(place, format!("{field}: {word}")) } else { finding };
    }
    if let Some((owner, _)) =
        owner_beside(name, entries, record).filter(|_| elsewhere(name, value, record).is_none())
    {
        let owner = owner.name;
        let message = both!(
            "`{name}` belongs inside `{owner}`, and stands beside it",
            "`{name}` 应当写在 `{owner}` 里面，这里却与它并列"
        );
        let hint = belongs_inside(key, entries, record).unwrap_or_else(|| fields_of(record));
        return Diagnostic { message, ..finding }.with_hint(hint);
    }
    finding.with_hint(
        elsewhere(name, value, record)
            .map(|hint| hint.map(|words| words.replace("{own}", &own_words(key, value))))
            .or_else(|| belongs_inside(key, entries, record))
            .or_else(|| is_translation(name, entries, record))
            .or_else(|| is_language(name, entries, record))
            .unwrap_or_else(|| {
                if is_one_of(record) { in_its_place(name, record) } else { not_for_readers(record) }
            }),
    )
}

/// Whether a question has a number beside its answer, as in `solution: 0.5`, which explains nothing.
fn is_answer_again(key: &Key, value: &Tree, record: &Record) -> bool {
    record.name == "question" && value.as_number().is_some() && elsewhere(&key.text, value, record).is_some()
}

/// Whether one of its fields stands alone, and says what kind of thing it is.
pub(super) fn is_one_of(record: &'static Record) -> bool {
    fn inside(kind: &'static Kind, record: &'static Record) -> bool {
        match kind {
            Kind::OneOf(kinds) => std::ptr::eq(*kinds, record),
            Kind::Either(kinds) => kinds.iter().any(|kind| inside(kind, record)),
            Kind::List { of, .. } | Kind::Map(of) | Kind::Named(of) => inside(of, record),
            Kind::Text
            | Kind::Word
            | Kind::Name
            | Kind::Expression
            | Kind::Count
            | Kind::Size
            | Kind::Choice(_)
            | Kind::Record(_) => false,
        }
    }
    records().into_iter().flat_map(|record| record.fields).any(|field| inside(&field.kind, record))
}

/// The kinds that there are, for a word that is none: what stands behind it has content.
fn in_its_place(name: &str, record: &Record) -> Localised<String> {
    if std::ptr::eq(record, &raw const MATRIX_KINDS) {
        return fields_of(record);
    }
    let Localised { en, zh } = joined(record.fields.iter().map(|field| format!("`{}`", field.name)));
    both!("in the place of `{name}`, write {en}", "请把 `{name}` 换成 {zh}")
}

/// For `causal: true`, a word that another field of the same thing may have.
pub(super) fn word_of_field(
    name: &str,
    entries: &[(Key, Tree)],
    record: &'static Record,
) -> Option<(&'static str, &'static str)> {
    let free = |field: &&Field| entries.iter().all(|(key, _)| key.text != field.name);
    let word = |field: &'static Field| {
        let mut words = field.kind.alternatives().into_iter().filter_map(|kind| {
            let said = name.strip_prefix("is_").or(name.strip_prefix("use_")).unwrap_or(name);
            if let Kind::Choice(words) = kind {
                words.iter().map(|choice| choice.word).find(|word| *word == said)
            } else {
                None
            }
        });
        Some((field.name, words.next()?))
    };
    record.fields.iter().filter(free).find_map(word)
}

fn elsewhere(name: &str, value: &Tree, record: &Record) -> Option<Localised<String>> {
    // `{token: …}` says what is to be computed, and is no answer that an author has typed.
    let says_what = value.as_map().is_some();
    ELSEWHERE
        .iter()
        .find(|(owner, word, hint)| {
            *owner == record.name && *word == name && !(says_what && *hint == COMPUTED)
        })
        .map(|(.., hint)| hint.map(str::to_owned))
}

/// A field with its value, as far as that is short.
fn own_words(key: &Key, value: &Tree) -> String {
    match in_line(value).filter(|_| value.as_map().is_none()) {
        Some(value) => format!("{}: {value}", key.text),
        None => key.text.clone(),
    }
}

/// The fields that a record has, for a name that stands for nothing.
fn not_for_readers(record: &Record) -> Localised<String> {
    let Localised { en, zh } = fields_of(record);
    both!(
        "remove it, or put `# ` before the line to keep it for yourself; {en}",
        "请删去它，或在行首加上 `# ` 留给自己看；{zh}"
    )
}

/// The record in which a field belongs that stands beside it, as in `{load: a.csv, rows: f}`.
pub(super) fn owner_beside(
    name: &str,
    entries: &[(Key, Tree)],
    record: &'static Record,
) -> Option<(&'static Field, &'static Record)> {
    let mut owners = entries.iter().filter_map(|(key, _)| record.field(&key.text));
    owners.find_map(|field| Some((field, inside(field, name)?)))
}

fn inside(field: &'static Field, name: &str) -> Option<&'static Record> {
    field.kind.alternatives().into_iter().find_map(|kind| {
        if let Kind::Record(record) = kind { record.field(name).map(|_| *record) } else { None }
    })
}

/// Of which field this is the value, where it stands for all of them: `load: a.csv` for `load: {file: a.csv}`.
pub(super) fn field_of(tree: &Tree, inner: &'static Record) -> Option<&'static Field> {
    let fits =
        |field: &&Field| field.kind.alternatives().into_iter().any(|kind| has_shape(kind, &tree.value));
    inner.fields.iter().find(fits).or(inner.fields.first())
}

/// Whether a name stands beside a field inside which it belongs.
pub(super) fn is_stray(name: &str, owner: &Field, inner: &Record, record: &Record) -> bool {
    name != owner.name && record.field(name).is_none() && inner.field(name).is_some()
}

/// What to write where a field belongs inside another, that stands beside it or could.
fn belongs_inside(key: &Key, entries: &[(Key, Tree)], record: &'static Record) -> Option<Localised<String>> {
    let name = &key.text;
    if let Some((field, inner)) = owner_beside(name, entries, record) {
        let owner = field.name;
        let stands = entries.iter().find(|(key, _)| key.text == owner).map(|(_, tree)| tree);
        let written = stands.map(|tree| {
            let text = in_line(tree).unwrap_or_else(|| "…".to_owned());
            let short = field_of(tree, inner);
            if tree.as_map().is_some() {
                text
            } else {
                format!("{}: {text}", short.map_or("…", |it| it.name))
            }
        });
        let strays = entries.iter().filter(|(key, _)| is_stray(&key.text, field, inner, record));
        let own = strays.map(|(key, value)| {
            let text = in_line(value).unwrap_or_else(|| "…".to_owned());
            let text = if value.as_map().is_some() { format!("{{{text}}}") } else { text };
            format!("{}: {text}", key.text)
        });
        let whole = written.into_iter().chain(own).collect::<Vec<_>>().join(", ");
        return Some(both!("write `{owner}: {{{whole}}}`", "请写 `{owner}: {{{whole}}}`"));
    }
    let of_items = |field: &&Field| matches!(field.kind, Kind::List { of: Kind::Record(item), .. } if item.field(name).is_some());
    if let Some(Field { name: list, .. }) = record.fields.iter().find(of_items) {
        if let Some(told) = into_item(key, list, entries) {
            return Some(told);
        }
        return Some(both!(
            "it belongs to one item of `{list}`: move it below the last line of the item that it is about, straight under its other names",
            "它属于 `{list}` 中的某一项：请移到它所说的那一项的最后一行下面，与那一项的其他名称左端对齐"
        ));
    }
    let mut owners = record.fields.iter().filter(|field| inside(field, name).is_some());
    let owner = owners.next().filter(|_| owners.next().is_none())?.name;
    Some(both!("it belongs inside `{owner}`", "它应当写在 `{owner}` 里面"))
}

/// Where to move a field of an item that stands outside of its list, if it speaks of a matrix that one item is about.
fn into_item(key: &Key, list: &str, entries: &[(Key, Tree)]) -> Option<Localised<String>> {
    let value = entries.iter().find(|(own, _)| own.span == key.span).and_then(|(_, value)| in_line(value))?;
    let items = entries.iter().find(|(own, _)| own.text == list)?.1.as_list()?;
    let is_about = |item: &&Tree| {
        let fields = item.as_map().unwrap_or_default();
        let mut words = fields.iter().filter_map(|(_, tree)| tree.as_text());
        let in_lines = fields.first().is_some_and(|(first, _)| first.span.start == item.span.start);
        in_lines && item.get(&key.text).is_none() && words.any(|word| value.contains(&format!("{word}[")))
    };
    let mut fitting = items.iter().filter(is_about);
    let item = fitting.next().filter(|_| fitting.next().is_none())?;
    let (first, _) = item.as_map()?.first()?;
    let end = item.span.end;
    let (begins, ends) = (lines_at([first.span]), lines_at([Span::new(end.saturating_sub(1), end)]));
    let first = &first.text;
    Some(both!(
        "it belongs to an item of `{list}`, such as the one in {begins}: move it below {ends}, and begin it straight below the `{first}` of {begins}",
        "它属于 `{list}` 中的某一项，例如{begins}的那一项：请移到{ends}下面，与{begins}的 `{first}` 左端对齐"
    ))
}

/// Longer lists are not written again.
pub(super) const LONGEST: usize = 60;

/// A word, or the fields of something that has only words, as they stand in one line.
pub(super) fn in_line(tree: &Tree) -> Option<String> {
    match &tree.value {
        Value::Scalar(scalar) => (!scalar.text.contains(['"', '\n'])).then(|| scalar.text.clone()),
        Value::Map(entries) => {
            let field = |(key, value): &(Key, Tree)| {
                matches!(value.value, Value::Scalar(_)).then_some(())?;
                let text = in_line(value)?;
                // Signs that end a text within braces.
                let needs_marks = text.contains(['[', ']', '{', '}', ',', '#']) || text.contains(": ");
                Some(format!("{}: {}", key.text, if needs_marks { quoted_text(&text) } else { text }))
            };
            Some(entries.iter().map(field).collect::<Option<Vec<_>>>()?.join(", "))
        }
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(in_line).collect::<Option<_>>()?;
            let list = format!("[{}]", items.join(", "));
            let is_plain =
                items.iter().all(|item| item.starts_with('[') || !item.contains([',', '[', ']', ':']));
            (is_plain && list.chars().count() <= LONGEST).then_some(list)
        }
    }
}

/// Whether the finding of an earlier field, such as `say_en` for `say_zh`, tells of this one as well.
pub(super) fn is_told_of(key: &Key, earlier: &[(Key, Tree)], record: &'static Record) -> bool {
    if is_told_with_others(key, earlier, record) {
        return true;
    }
    let stem = translated(&key.text, record);
    let is_told = |(other, _): &(Key, Tree)| translated(&other.text, record) == stem;
    if stem.is_some() {
        return record.meant(&key.text).is_none() && earlier.iter().any(is_told);
    }
    // Under a text that is still empty, each of them is told to move.
    let is_lone =
        |key: &Key| is_language(&key.text, &[], record).is_some() && record.field(&key.text).is_none();
    is_lone(key)
        && earlier.iter().any(|(other, _)| is_lone(other))
        && !earlier.iter().any(|(_, it)| it.is_null())
}

/// Whether an earlier name belongs inside the same field beside it, and was told what to write of all of them. Under a
/// field that is still empty, each of them is told to move.
fn is_told_with_others(key: &Key, earlier: &[(Key, Tree)], record: &'static Record) -> bool {
    owner_beside(&key.text, earlier, record).is_some_and(|(owner, inner)| {
        let is_empty = earlier.iter().any(|(key, tree)| key.text == owner.name && tree.is_null());
        !is_empty && earlier.iter().any(|(other, _)| is_stray(&other.text, owner, inner, record))
    })
}
