//! Values that are not of the kind that belongs where they stand.

use super::choices::explained;
use super::lists::names_without_braces;
use super::other_words::own_word;
use super::validate::has_shape;
use super::wording::{Place, expected, fields_of, found, how_to_fill, how_to_write};
use super::{Choice, Field, Kind, LESSON, MATRIX_KINDS, Presence};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, is_slip, nearest};
use crate::language::{Language, Localised, Words, beside, counted, words};
use crate::lesson::expression::{halfwidth, numeral};
use crate::lesson::parts::is_table;
use crate::lesson::prose::is_han;
use crate::yaml::{Key, Style, Tree, from_semicolons};

/// Words that are near to one of the format and mean something else.
const OTHERS: [(&str, Words); 4] = [
    ("median", words("the median", "中位数")),
    ("mode", words("the mode", "众数")),
    ("range", words("the range", "极差")),
    ("sample", words("a sample", "样本")),
];

/// The finding with a fix, if the text stands in the file as it is read.
pub(super) fn with_fix(finding: Diagnostic, span: Span, written: &str, with: &str) -> Diagnostic {
    if span.end - span.start == written.len() { finding.with_fix(span, with) } else { finding }
}

/// The finding for a field with nothing behind it.
pub(super) fn no_value(key: &Key, entries: &[(Key, Tree)], field: &Field) -> Diagnostic {
    let (name, how) = (&key.text, how_to_write(&field.kind));
    let hint = if can_go(entries, field) {
        Localised {
            en: format!("remove it, or {}", how.en),
            zh: format!("请删去它，或{}", how.zh.trim_start_matches('请')),
        }
    } else {
        how
    };
    let message = both!("nothing stands after `{name}:`", "`{name}:` 后面是空的");
    Diagnostic::new(Code::Empty, key.span, message).with_hint(hint)
}

/// Longer lists are not written out in a hint.
const SHORT: usize = 60;

pub(super) fn wrong_kind(tree: &Tree, kind: &Kind) -> Diagnostic {
    if let Some(finding) = names_without_braces(tree, kind) {
        return finding;
    }
    if let Some(finding) = one_in_brackets(tree, kind).or_else(|| without_language(tree, kind)) {
        return finding;
    }
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
    if let (Kind::Word, Some([(key, value)])) = (kind, tree.as_map())
        && let Some(number) = value.as_text().filter(|_| {
            value.as_number().is_some() || ["argmax(", "argmin("].iter().any(|it| key.text.starts_with(it))
        })
        && key.text.ends_with([']', ')'])
    {
        let (of, decimals) = (&key.text, number.split_once('.').map_or(0, |(_, decimals)| decimals.len()));
        // A number with decimals was rounded, most likely.
        let number =
            if decimals > 1 { format!("{number} ± 0.{}5", "0".repeat(decimals)) } else { number.to_owned() };
        let message = both!("a claim is made with `=`, not with `:`", "断言要写 `=`，而不是 `:`");
        let hint = both!("write `{of} = {number}`", "请写 `{of} = {number}`");
        let finding = Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint);
        return finding.with_fix(tree.span, format!("{of} = {number}"));
    }
    if let (Kind::Word, Some([(key, value)])) = (kind, tree.as_map())
        && let Some(claim) = value.as_text().filter(|text| is_claim(text))
    {
        const NAMES: [&str; 7] = ["claim", "expect", "holds", "check", "assert", "断言", "test"];
        let name = &key.text;
        let message = both!("a claim stands alone, without `{name}:` before it", "断言前面不写 `{name}:`");
        let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
        let is_plain = matches!(value.as_scalar(), Some(scalar) if scalar.style == Style::Plain);
        if NAMES.contains(&name.as_str()) {
            let finding = finding.with_hint(both!("write `{claim}`", "请写 `{claim}`"));
            return if is_plain { finding.with_fix(tree.span, claim) } else { finding };
        }
        return finding.with_hint(both!(
            "write `{claim}  # {name}`: what stands after ` # ` is for yourself",
            "请写 `{claim}  # {name}`：` # ` 后面的话留给自己看"
        ));
    }
    if let Some(rows) = tree.as_text().filter(|_| has_lists(kind)).and_then(pasted_rows) {
        let message = both!("these numbers are in no brackets", "这些数没有写在方括号里");
        let hint = both!(
            "write each row in brackets, with commas: `[[0.1, 0.2], [0.3, 0.4]]`",
            "每行写在方括号里，用逗号分开：`[[0.1, 0.2], [0.3, 0.4]]`"
        );
        let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
        if rows.is_empty() {
            return finding.with_hint(hint);
        }
        let written = both!("write `{rows}`", "请写 `{rows}`");
        let is_short = rows.chars().count() <= SHORT;
        return finding.with_hint(if is_short { written } else { hint }).with_fix(tree.span, rows);
    }
    if let Some(file) = tree.as_text().filter(|text| has_lists(kind) && is_table(text)) {
        let message = both!("the numbers of a file come with `load`", "文件中的数要用 `load` 读取");
        let hint = both!(
            "write `load` in the place of `given`, and `file: {file}` in the place of `values: {file}`",
            "请把 `given` 改成 `load`，把 `values: {file}` 改成 `file: {file}`"
        );
        return Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint);
    }
    if let (Kind::List { of: Kind::Word, .. }, Some(text)) = (kind, tree.as_text()) {
        let message =
            both!("this is an item of a list, and has no `- ` before it", "这是列表的一项，前面却没有 `- `");
        let hint = both!("write it in a line of its own: `- {text}`", "请单独写一行：`- {text}`");
        let finding = Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint);
        return with_fix(finding, tree.span, text, &format!("[\"{text}\"]"));
    }
    let is_lesson = matches!(kind, Kind::Record(record) if std::ptr::eq(*record, &raw const LESSON));
    if let Some(title) = tree.as_text().filter(|text| is_lesson && is_title(text)) {
        let message = both!("no name stands before this text", "这段文字前面没有写明它是什么");
        let hint = both!(
            "if it is the title, write `title: {title}`; `qkv help format` says what else a lesson has",
            "如果是标题，请写 `title: {title}`；课程还要写什么，见 `qkv help format`"
        );
        return Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint);
    }
    let hint = if is_lesson {
        let Localised { en, zh } = fields_of(&LESSON);
        both!(
            "a lesson begins with a line such as `title: My lesson`; {en}",
            "课程以 `title: 我的课` 这样的一行开头；{zh}"
        )
    } else {
        by_name(tree, kind).or_else(|| numbers_to_name(tree, kind)).unwrap_or_else(|| how_to_write(kind))
    };
    Diagnostic::new(Code::WrongKind, tree.span, instead(&should, &is.map(str::to_owned))).with_hint(hint)
}

/// Whether a text may be that of a title as it stands.
fn is_title(text: &str) -> bool {
    text.chars().count() <= SHORT && text.chars().all(|c| c.is_alphanumeric() || " '-，、？！".contains(c))
}

/// The finding for `softmax: [S]`, where one name belongs.
fn one_in_brackets(tree: &Tree, kind: &Kind) -> Option<Diagnostic> {
    let [only] = tree.as_list()? else { return None };
    let name = only.as_text().filter(|_| only.as_number().is_none() && !only.is_null())?;
    if matches!(kind, Kind::Text) && !name.contains(['"', '\\', ':', '#', '{']) {
        let message = both!("this text stands in square brackets", "这段文字写在了方括号里");
        let hint = both!(
            "write `{name}`; or `\"[{name}]\"`, if the brackets are to be seen",
            "请写 `{name}`；要显示方括号，请写 `\"[{name}]\"`"
        );
        return Some(Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint));
    }
    kind.alternatives().iter().any(|kind| matches!(kind, Kind::Name)).then(|| {
        let message = both!("one name belongs here, without brackets", "这里只写一个名称，不加方括号");
        let hint = both!("write `{name}`", "请写 `{name}`");
        Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint).with_fix(tree.span, name)
    })
}

/// The finding for words that stand under no language, where both may.
fn without_language(tree: &Tree, kind: &Kind) -> Option<Diagnostic> {
    let Kind::Record(record) = kind else { return None };
    let of_languages = record.fields.iter().all(|field| Language::from_code(field.name).is_some());
    let words: Vec<&str> = match tree.as_list() {
        Some(items) => items.iter().map(Tree::as_text).collect::<Option<_>>()?,
        None => tree.as_text()?.split([' ', ',', '，', '、']).filter(|word| !word.is_empty()).collect(),
    };
    let plain = |word: &&str| !word.contains([',', '"', '\'', '`', ':', '#', '[', ']', '{', '}']);
    if !of_languages || words.is_empty() || !words.iter().all(plain) {
        return None;
    }
    let chinese = words.iter().any(|word| word.contains(is_han));
    let code = if chinese { Language::Chinese } else { Language::English }.code();
    let list = words.join(", ");
    let message = both!("nothing says in which language these words are", "没有写明这些词是哪种语言");
    let hint = both!("write `{{{code}: [{list}]}}`", "请写 `{{{code}: [{list}]}}`");
    let finding = Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint);
    // Of a text, only the author knows which of its words belong to one token.
    let is_list = tree.as_list().is_some();
    Some(if is_list { finding.with_fix(tree.span, format!("{{{code}: [{list}]}}")) } else { finding })
}

/// How to write a list such as `[W_1, W_2]` where each has its name.
fn by_name(tree: &Tree, kind: &Kind) -> Option<Localised<String>> {
    let words: Vec<&str> = tree.as_list()?.iter().map(Tree::as_text).collect::<Option<_>>()?;
    let all = |kind: &&Kind| matches!(kind, Kind::Record(record) if words.iter().all(|word| record.field(word).is_some()));
    kind.alternatives().into_iter().find(all).filter(|_| !words.is_empty())?;
    let fields: Vec<String> = words.iter().map(|word| format!("{word}: {word}")).collect();
    let fields = fields.join(", ");
    Some(both!("write `{{{fields}}}`", "请写 `{{{fields}}}`"))
}

/// What to do with numbers such as `gain: [1, 2]` where the name of a matrix belongs.
fn numbers_to_name(tree: &Tree, kind: &Kind) -> Option<Localised<String>> {
    const WRITTEN: usize = 8;
    let items = tree.as_list().filter(|items| matches!(kind, Kind::Name) && !items.is_empty())?;
    let row = |items: &[Tree]| -> Option<String> {
        let numbers: Vec<&str> = items
            .iter()
            .map(|item| item.as_text().filter(|_| item.as_number().is_some()))
            .collect::<Option<_>>()?;
        (numbers.len() <= WRITTEN).then(|| format!("[{}]", numbers.join(", ")))
    };
    let rows: Option<Vec<String>> = items.iter().map(|item| row(item.as_list()?)).collect();
    let rows =
        rows.filter(|rows| rows.len() <= WRITTEN).map(|rows| rows.join(", ")).or_else(|| row(items))?;
    Some(both!(
        "in a new line above this matrix give these numbers a name, such as `- numbers: {{given: [{rows}]}}`, and write `numbers` here",
        "请在这个矩阵上面另加一行，给这些数起个名称，例如 `- numbers: {{given: [{rows}]}}`；再把这里改成 `numbers`"
    ))
}

/// What must stand here, and what does.
fn instead(should: &Localised<String>, is: &Localised<String>) -> Localised<String> {
    Localised {
        en: format!("this must be {}, not {}", should.en, is.en),
        zh: beside(&beside("这里应当是", &should.zh), &beside("，而不是", &is.zh)),
    }
}

/// The finding for `X: main`, where it should be said how `X` is made.
pub(super) fn not_made(key: &Key, tree: &Tree) -> Diagnostic {
    let name = &key.text;
    let message = both!("qkv does not know how `{name}` is made", "这里没有写明 `{name}` 怎样得到");
    let other =
        tree.as_text().filter(|text| !text.contains(|c: char| c.is_whitespace() || "()[]{}+*=".contains(c)));
    let hint = match other {
        Some(other) => both!(
            "write `{{embed: {other}}}` if `{other}` is a text, or `{{transpose: {other}}}` or another kind if it is a matrix; `qkv help format` has all kinds",
            "如果 `{other}` 是文本，请写 `{{embed: {other}}}`；如果是矩阵，请写 `{{transpose: {other}}}` 等；全部种类见 `qkv help format`"
        ),
        None => how_to_write(&Kind::OneOf(&MATRIX_KINDS)),
    };
    Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint)
}

/// Whether a text compares something computed of cells.
fn is_claim(text: &str) -> bool {
    text.contains(['=', '<', '>', '≤', '≥']) && text.contains(['[', '('])
}

fn has_lists(kind: &Kind) -> bool {
    let of_lists = |kind: &&Kind| matches!(kind, Kind::List { of, .. } if matches!(of, Kind::List { .. } | Kind::Either(_)));
    kind.alternatives().iter().any(of_lists)
}

/// The rows of numbers pasted from a spreadsheet, where tabs tell them apart, in brackets; empty where nothing does, `None`
/// where there are other words.
fn pasted_rows(text: &str) -> Option<String> {
    let is_number = |cell: &str| cell.parse::<f64>().is_ok();
    if text.split_whitespace().count() < 2 || !text.split_whitespace().all(is_number) {
        return None;
    }
    // A line break within a text is a blank.
    let row = |row: &str| format!("[{}]", row.split('\t').map(str::trim).collect::<Vec<_>>().join(", "));
    let rows: Vec<String> = text.split(' ').filter(|row| !row.is_empty()).map(row).collect();
    Some(if text.contains('\t') { format!("[{}]", rows.join(", ")) } else { String::new() })
}

/// The finding for `[0, 1; 2, 3]` where rows of numbers belong.
pub(super) fn rows_with_semicolons(tree: &Tree, items: &[Tree], of: &Kind) -> Option<Diagnostic> {
    if !matches!(of, Kind::List { .. }) {
        return None;
    }
    let texts: Vec<&str> = items.iter().map(Tree::as_text).collect::<Option<_>>()?;
    let rows = from_semicolons(&texts.join(", "))?;
    let message = both!("a `;` does not end a row", "`;` 不能用来分隔各行");
    let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
    Some(finding.with_hint(both!("write `{rows}`", "请写 `{rows}`")).with_fix(tree.span, rows))
}

/// Larger numbers are no sizes, and lose their last digits.
const LARGEST_COUNT: f64 = 1e15;

pub(super) fn no_count(tree: &Tree, kind: &Kind) -> Diagnostic {
    let text = tree.as_text().unwrap_or_default();
    let plain: String = text.chars().map(|c| halfwidth(c).unwrap_or(c)).collect();
    if plain != text && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        let message =
            both!("`{text}` has wide digits, as Chinese keyboards write them", "`{text}` 用了全角数字");
        let hint = both!("write `{plain}`", "请写半角的 `{plain}`");
        let finding = Diagnostic::new(Code::FullwidthPunctuation, tree.span, message).with_hint(hint);
        return with_fix(finding, tree.span, text, &plain);
    }
    // `1e3`, `3.0` and `"3"` are whole numbers, written otherwise.
    let number = text.trim().parse::<f64>().ok();
    let is_whole =
        number.is_some_and(|number| number.fract() == 0.0 && (0.0..LARGEST_COUNT).contains(&number));
    let should = expected(kind);
    let quoted = tree.as_scalar().is_some_and(|scalar| scalar.style != Style::Plain);
    let is_text = quoted && text.trim().parse::<f64>().is_ok();
    let message = if is_text {
        both!(
            "`\"{text}\"` is a text, because of its quotation marks",
            "`\"{text}\"` 加了引号，成了文字，不是数"
        )
    } else if is_whole {
        both!(
            "a whole number is written in digits alone here, not as `{text}`",
            "这里的整数只能用数字写，不能写成 `{text}`"
        )
    } else {
        instead(&should, &format!("`{text}`").into())
    };
    let size = number.map(f64::abs).filter(|size| *size < LARGEST_COUNT);
    match (number.filter(|_| is_whole), size) {
        (Some(number), _) => {
            let whole = format!("{number}");
            let hint = if tree.as_number().is_some() {
                both!("write `{whole}`", "请写 `{whole}`")
            } else {
                both!("write `{whole}`, without quotation marks", "请写 `{whole}`，不要加引号")
            };
            Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(hint).with_fix(tree.span, whole)
        }
        (None, Some(size)) => {
            let near = size.floor().max(1.0);
            let hint = both!("write a whole number, such as {near}", "请写一个整数，例如 {near}");
            Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(hint)
        }
        (None, None) if whole_in_words(text).is_some() => {
            let number = whole_in_words(text).unwrap_or_default();
            let hint = both!("write it in digits: `{number}`", "请用数字写：`{number}`");
            let finding = Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(hint);
            with_fix(finding, tree.span, text, &number)
        }
        (None, None) => {
            let hint = both!("write a whole number in digits, such as 7", "请用数字写一个整数，例如 7");
            Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(hint)
        }
    }
}

/// The whole number from 1 up that a text says in words.
pub(super) fn whole_in_words(text: &str) -> Option<String> {
    numeral(text).filter(|number| number.parse::<u64>().is_ok_and(|number| number > 0))
}

/// Whether a word stands where only fixed words may, or something longer.
pub(super) fn is_wrong_choice(kinds: &[Kind], text: &str, tree: &Tree) -> bool {
    let first = kinds.iter().find(|kind| has_shape(kind, &tree.value));
    matches!(first, Some(Kind::Choice(choices)) if choices.iter().all(|it| it.word != text))
        && !tree.is_null()
}

/// What to write for a word of another book.
pub(super) fn called_here(text: &str, own: &str) -> Localised<String> {
    both!("`{text}` is called `{own}` here: write `{own}`", "`{text}` 在这里叫 `{own}`：请写 `{own}`")
}

pub(super) fn wrong_choice(
    tree: &Tree,
    should: &Localised<String>,
    choices: &[&'static Choice],
) -> Diagnostic {
    let explained = explained(choices);
    let choices: Vec<&'static str> = choices.iter().map(|choice| choice.word).collect();
    let text = tree.as_text().unwrap_or_default();
    let lower = text.to_lowercase();
    let near = nearest(text, choices.iter().copied());
    let is_near = near.is_some_and(|near| is_slip(text, near));
    // Where the words to write are told below, many others only hide them.
    let is_told = is_near || near.is_none() && explained.is_some();
    let message = if is_told && should.en.len() > SHORT {
        both!("`{text}` is none of the words that may stand here", "这里没有 `{text}` 这种写法")
    } else {
        instead(should, &format!("`{text}`").into())
    };
    let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
    if let Some(own) = own_word(&lower, |own| choices.contains(&own)).filter(|_| !is_near) {
        let finding = finding.with_hint(called_here(text, own));
        return with_fix(finding, tree.span, text, own);
    }
    if let Some((_, Localised { en, zh })) = OTHERS.iter().find(|(word, _)| *word == lower && !is_near) {
        return finding.with_hint(if lower == "median" && choices.contains(&"mean") {
            both!("qkv does not compute {en}: the nearest is `mean`", "qkv 不计算{zh}，最接近的是 `mean`")
        } else {
            both!("{en} is not among them; write one of these", "这里没有{zh}，请写其中的一种")
        });
    }
    let Some(near) = near else {
        let one = || both!("write one of these", "请写其中的一种");
        return finding.with_hint(explained.unwrap_or_else(one));
    };
    let finding = finding.with_hint(both!("did you mean `{near}`?", "是不是想写 `{near}`？"));
    // Another known word may be meant, such as a model that there is: that is for the author to say.
    if is_slip(text, near) { with_fix(finding, tree.span, text, near) } else { finding }
}

/// The finding for a list or a text with nothing in it.
pub(super) fn empty(span: Span, kind: &Kind) -> Diagnostic {
    Diagnostic::new(Code::Empty, span, both!("there is nothing in here", "这里是空的"))
        .with_hint(how_to_write(kind))
}

/// The finding for a row of a matrix in which nothing is, while there are numbers in others.
pub(super) fn empty_row(item: &Tree, rows: &[Tree], of: &Kind) -> Option<Diagnostic> {
    let is_row = |kind: &&Kind| matches!(kind, Kind::List { of: Kind::Expression, .. });
    if !item.as_list().is_some_and(<[Tree]>::is_empty) {
        return None;
    }
    let width = rows.iter().find_map(|row| row.as_list().map(<[Tree]>::len).filter(|length| *length > 0))?;
    let numbers = counted(width, "number", "numbers");
    of.alternatives().iter().any(is_row).then(|| {
        Diagnostic::new(Code::Empty, item.span, both!("this row is empty", "矩阵的这一行是空的")).with_hint(
            both!(
                "write {numbers} in it, as the other rows have, or remove it",
                "请像其他行一样写 {width} 个数，或删去这一行"
            ),
        )
    })
}

/// The same for a whole field, of which it can be said where its items stand.
pub(super) fn empty_field((key, tree): &(Key, Tree), entries: &[(Key, Tree)], field: &Field) -> Diagnostic {
    let name = &key.text;
    let brackets = if tree.as_list().is_some() { "[]" } else { "{}" };
    let is_outermost = LESSON.fields.iter().any(|outermost| std::ptr::eq(outermost, field));
    let place = if is_outermost { Place::Outermost } else { Place::Inner };
    let how = how_to_fill(brackets, &field.kind, place);
    let hint = if can_go(entries, field) {
        Localised {
            en: format!("{}; or remove `{name}`", how.en),
            zh: format!("{}；或删去 `{name}`", how.zh),
        }
    } else {
        how
    };
    Diagnostic::new(Code::Empty, tree.span, both!("there is nothing in here", "这里是空的")).with_hint(hint)
}

/// Whether something is still there without this field.
fn can_go(entries: &[(Key, Tree)], field: &Field) -> bool {
    field.presence != Presence::Required && entries.len() > 1
}
