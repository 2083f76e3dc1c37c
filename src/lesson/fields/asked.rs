//! What is asked for in other words than those of an answer: the answer itself, or options as other programs write them.

use super::programs::output_weights_of_a_head;
use super::question::{ANSWER, OPTION, QUESTION};
use super::unknown::in_line;
use super::{Kind, Record};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Localised, Words, all_of, words};
use crate::yaml::{Key, Tree, is_plain, quoted_text, within_braces};

/// The finding for an answer, a question or an option that is written otherwise, if this is one.
pub(super) fn written_otherwise(tree: &Tree, kind: &Kind) -> Option<Diagnostic> {
    if kind.is_record(&ANSWER) {
        typed_answer(tree)
    } else if kind.is_record(&OPTION) {
        marked_option(tree)
    } else if kind.is_record(&QUESTION) {
        question_in_a_word(tree)
    } else if let Kind::List { of, .. } = kind
        && of.is_record(&OPTION)
    {
        unmarked_options(tree.as_list()?, tree.span)
    } else {
        None
    }
}

/// Names under which others list the options of a question.
const OPTIONS: [&str; 7] = ["options", "choices", "choose", "choice", "multiple_choice", "选项", "选择"];
/// Names under which others say which of them is right.
const RIGHT: [&str; 12] = [
    "expected",
    "correct",
    "right",
    "is_correct",
    "is_right",
    "correct_answer",
    "solution",
    "answer",
    "正确",
    "正确答案",
    "是否正确",
    "答案",
];
/// Words that say that something is so, and that it is not.
const YES: [&str; 8] = ["right", "true", "correct", "yes", "对", "正确", "是", "√"];
const NO: [&str; 8] = ["wrong", "false", "incorrect", "no", "错", "错误", "否", "×"];

/// The finding for fields that say in other words what belongs into one of this record, and the entries that it says
/// nothing of.
pub(super) fn said_otherwise(
    entries: &[(Key, Tree)],
    record: &Record,
) -> Option<(Diagnostic, Vec<(Key, Tree)>)> {
    match record.name {
        "plot" => axes_by_letters(entries),
        "published" => printed_by_place(entries),
        _ => options_beside(entries, record)
            .or_else(|| answer_under_another_name(entries, record))
            .or_else(|| output_weights_of_a_head(entries, record)),
    }
}

/// For the two features of a plot as `x` and `y`.
fn axes_by_letters(entries: &[(Key, Tree)]) -> Option<(Diagnostic, Vec<(Key, Tree)>)> {
    let of = |names: &[&str]| {
        let (key, value) = entries.iter().find(|(key, _)| names.contains(&key.text.as_str()))?;
        Some((key, value.as_text().filter(|text| is_plain(text))?))
    };
    let (x, right) = of(&["x", "x_axis", "horizontal", "横轴"])?;
    let (y, up) = of(&["y", "y_axis", "vertical", "纵轴"])?;
    let message = both!("the two features of a plot must stand in `axes`", "图的两个特征写在 `axes` 里");
    let (first, second) = (&x.text, &y.text);
    let hint = both!(
        "write `axes: [{right}, {up}]` instead of `{first}` and `{second}`",
        "请把 `{first}` 和 `{second}` 改成 `axes: [{right}, {up}]`"
    );
    let others = entries.iter().filter(|(key, _)| key != x && key != y).cloned().collect();
    Some((Diagnostic::new(Code::UnknownField, x.span, message).with_hint(hint), others))
}

/// For a printed number under its cell, and for a matrix beside the row and the column of the cell.
fn printed_by_place(entries: &[(Key, Tree)]) -> Option<(Diagnostic, Vec<(Key, Tree)>)> {
    let of = |name: &str| entries.iter().find(|(key, _)| key.text == name);
    let told = |place: Span, of: &str| {
        let quoted = quoted_text(of);
        let message = both!(
            "the cell must stand after `of`, and the number that was printed after `value`",
            "单元格写在 `of` 后面，印出的数写在 `value` 后面"
        );
        let hint = both!("write `of: {quoted}`", "请写 `of: {quoted}`");
        Diagnostic::new(Code::UnknownField, place, message).with_hint(hint)
    };
    if let Some((key, value)) =
        entries.iter().find(|(key, _)| key.text.ends_with(']') && key.text.contains('['))
    {
        let mut finding = told(key.span, &key.text);
        if let Some(number) = value.as_text().filter(|_| value.as_number().is_some() && of("value").is_none())
        {
            let place = key.span.to(value.span);
            let written = format!("of: {}, value: {number}", quoted_text(&key.text));
            finding = Diagnostic { span: place, ..finding }
                .with_hint(both!("write `{{{written}}}`", "请写 `{{{written}}}`"));
        }
        let others = entries.iter().filter(|(other, _)| other != key).cloned().collect();
        return Some((finding, others));
    }
    let (matrix, name) = of("matrix").or_else(|| of("of")).map(|(key, value)| (key, value.as_text()))?;
    let (cell, words) =
        ["cell", "at", "position", "place"].into_iter().find_map(of).map(|(key, value)| {
            let words: Option<Vec<&str>> = value.as_list()?.iter().map(Tree::as_text).collect();
            Some((key, words?.join(", ")))
        })??;
    let others = entries.iter().filter(|(key, _)| key != matrix && key != cell).cloned().collect();
    let (quoted, matrix_name, place) =
        (quoted_text(&format!("{}[{words}]", name?)), &matrix.text, &cell.text);
    let hint = both!(
        "write `of: {quoted}` instead of `{matrix_name}` and `{place}`",
        "请把 `{matrix_name}` 和 `{place}` 改成 `of: {quoted}`"
    );
    let message =
        both!("a matrix and its cell must stand together after `of`", "矩阵和单元格要合在一起写在 `of` 后面");
    Some((Diagnostic::new(Code::UnknownField, matrix.span, message).with_hint(hint), others))
}

/// The finding for options that stand in a question and not in its answer.
fn options_beside(entries: &[(Key, Tree)], record: &Record) -> Option<(Diagnostic, Vec<(Key, Tree)>)> {
    let of = |names: &[&str]| entries.iter().find(|(key, _)| names.contains(&key.text.as_str()));
    let (key, options) = of(&OPTIONS).filter(|_| std::ptr::eq(record, &raw const QUESTION))?;
    let right = of(&RIGHT).and_then(|(_, right)| right.as_text());
    let name = &key.text;
    let is_told = |key: &Key| [&OPTIONS[..], &RIGHT].iter().any(|names| names.contains(&key.text.as_str()));
    let message = both!("options must stand inside `answer`", "选项要写在 `answer` 里面");
    let texts =
        options.as_list().and_then(|items| items.iter().map(Tree::as_text).collect::<Option<Vec<_>>>());
    let marked = texts.filter(|texts| !texts.iter().any(|text| text.contains('\n'))).and_then(|texts| {
        let at = right.and_then(|right| place_of(right, &texts))?;
        let mark = |(place, text): (usize, &&str)| {
            format!("{{{}: {}}}", if place == at { "right" } else { "wrong" }, within_braces(text))
        };
        Some(texts.iter().enumerate().map(mark).collect::<Vec<_>>().join(", "))
    });
    let hint = match marked {
        Some(marked) => {
            let own = entries.iter().filter(|(key, _)| is_told(key));
            let whole = |(key, value): &(Key, Tree)| match in_line(value) {
                Some(value) => format!("`{}: {value}`", key.text),
                None => format!("`{}`", key.text),
            };
            let own = own.map(whole);
            let Localised { en, zh } = all_of(own);
            both!(
                "write `answer: {{choose: [{marked}]}}` in the place of {en}",
                "请把 {zh} 改成 `answer: {{choose: [{marked}]}}`"
            )
        }
        None => both!(
            "instead of `{name}`, write `answer: {{choose: [{{right: …}}, {{wrong: …}}]}}`, with each option after `right` or `wrong`",
            "请把 `{name}` 改成 `answer: {{choose: [{{right: …}}, {{wrong: …}}]}}`，每个选项写在 `right` 或 `wrong` 后面"
        ),
    };
    let others = entries.iter().filter(|(key, _)| !is_told(key)).cloned().collect();
    Some((Diagnostic::new(Code::UnknownField, key.span, message).with_hint(hint), others))
}

/// The finding for a question without `answer`, which has it under another name.
fn answer_under_another_name(
    entries: &[(Key, Tree)],
    record: &Record,
) -> Option<(Diagnostic, Vec<(Key, Tree)>)> {
    let is_question = std::ptr::eq(record, &raw const QUESTION);
    let has_answer = entries.iter().any(|(key, _)| key.text == "answer" || key.text == "答案");
    let (key, value) = entries.iter().filter(|_| is_question && !has_answer).find(|(key, value)| {
        let is_short = value.as_text().is_some_and(|text| as_asked(text).is_some() || !text.contains(' '));
        RIGHT.contains(&key.text.as_str()) && is_short && !value.is_null()
    })?;
    let name = &key.text;
    let message = both!("what is asked for must stand after `answer:`", "所问的内容要写在 `answer:` 后面");
    let finding = Diagnostic::new(Code::UnknownField, key.span, message);
    let finding = if let Some(asked) = as_asked(value.as_text()?) {
        let hint = both!(
            "write `answer: {asked}` instead of `{name}` and what stands behind it",
            "请把 `{name}` 和它后面的内容改成 `answer: {asked}`"
        );
        finding.with_hint(hint).with_fix(key.span.to(value.span), format!("answer: {asked}"))
    } else if is_number(value) {
        let number = value.as_text().unwrap_or_default();
        finding.with_hint(both!(
            "write `answer: {{cell: \"NAME[ROW, COLUMN]\"}}` in the place of `{name}: {number}`, with the cell that you ask for: qkv computes the number",
            "请把 `{name}: {number}` 改成 `answer: {{cell: \"名称[行, 列]\"}}`，引号里写所问的单元格：数由 qkv 计算"
        ))
    } else {
        let Localised { en, zh } = typed_answer(value)?.hint?;
        finding.with_hint(both!(
            "write `answer` instead of `{name}`, and behind it not the answer itself, which qkv computes: {en}",
            "请把 `{name}` 改成 `answer`，后面不写答案本身，答案由 qkv 计算：{zh}"
        ))
    };
    let others = entries.iter().filter(|(other, _)| other != key).cloned().collect();
    Some((finding, others))
}

/// Which of the options is right: it is written again, or named by its letter.
fn place_of(right: &str, options: &[&str]) -> Option<usize> {
    let right = right.trim();
    let letter = match right.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => Some(usize::from(letter.to_ascii_uppercase() - b'A')),
        _ => None,
    };
    options.iter().position(|option| *option == right).or(letter).filter(|place| *place < options.len())
}

/// The finding for a list of options of which none is said to be right.
fn unmarked_options(items: &[Tree], list: Span) -> Option<Diagnostic> {
    let texts: Vec<&str> = items.iter().map(Tree::as_text).collect::<Option<_>>()?;
    let [first, .., other] = texts.as_slice() else { return None };
    let (place, end) = (items.first()?.span, items.last()?.span);
    // In brackets nothing but a blank stands before the first.
    let in_brackets = list.end > end.end || place.start - list.start <= 1;
    let option = |kind: &str, text: &str| {
        let text = if text.contains('\n') { "…".to_owned() } else { within_braces(text) };
        if in_brackets { format!("{{{kind}: {text}}}") } else { format!("- {kind}: {text}") }
    };
    let (right, wrong) = (option("right", first), option("wrong", other));
    let message = both!("nothing says which of these options is right", "没有写明哪个选项是对的");
    let whole = texts.len() == 2 && in_brackets && texts.iter().all(|text| is_plain(text));
    let place = if whole { list } else { place };
    let hint = if whole {
        both!(
            "write `[{right}, {wrong}]`, with `right` before each option that is right",
            "请写 `[{right}, {wrong}]`；哪个对，就在哪个前面写 `right`"
        )
    } else {
        both!(
            "write `right: ` before an option that is right, such as `{right}`, and `wrong: ` before the others, such as `{wrong}`",
            "请在对的选项前写 `right: `，例如 `{right}`；在其余选项前写 `wrong: `，例如 `{wrong}`"
        )
    };
    Some(Diagnostic::new(Code::WrongKind, place, message).with_hint(hint))
}

/// The finding for `magnet: right` and for `{text: magnet, correct: true}`.
fn marked_option(tree: &Tree) -> Option<Diagnostic> {
    let entries = tree.as_map()?;
    let kind = |value: &Tree| {
        let word = value.as_text()?.trim().to_lowercase();
        let is_in = |words: &[&str]| words.contains(&word.as_str());
        if is_in(&YES) { Some("right") } else { is_in(&NO).then_some("wrong") }
    };
    let is_mark = |key: &Key| RIGHT.contains(&key.text.to_lowercase().as_str());
    let (kind, text) = match entries {
        [(key, value)] if OPTION.field(&key.text).is_none() => (kind(value)?, Some(key.text.as_str())),
        [(_, text), (mark, value)] | [(mark, value), (_, text)] if is_mark(mark) => {
            (kind(value)?, text.as_text())
        }
        _ => return None,
    };
    let text = text.filter(|text| !text.contains('\n')).map(within_braces);
    let shown = text.as_deref().unwrap_or("…");
    let message = both!(
        "an option begins with the word `right` or `wrong`",
        "选项要以 `right`（对）或 `wrong`（错）开头"
    );
    let place = entries.first()?.0.span.to(entries.last()?.1.span);
    let finding = Diagnostic::new(Code::UnknownField, place, message)
        .with_hint(both!("write `{kind}: {shown}`", "请写 `{kind}: {shown}`"));
    Some(match &text {
        Some(text) => finding.with_fix(place, format!("{kind}: {text}")),
        None => finding,
    })
}

/// The finding for `question: "argmax(X[1])"`, which is what is asked for.
fn question_in_a_word(tree: &Tree) -> Option<Diagnostic> {
    let asked = as_asked(tree.as_text()?)?;
    let message = both!("what is asked for must stand after `answer:`", "所问的内容要写在 `answer:` 后面");
    let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
    let hint = both!("write `{{answer: {asked}}}`", "请写 `{{answer: {asked}}}`");
    Some(finding.with_hint(hint).with_fix(tree.span, format!("{{answer: {asked}}}")))
}

/// How each kind of answer is asked for.
const NUMBER: Words = words(
    "write which cell is asked for, such as `{cell: \"NAME[ROW, COLUMN]\"}`",
    "请写明问哪个单元格，例如 `{cell: \"名称[行, 列]\"}`",
);
const WORD: Words = words(
    "to ask for the name of the largest number of a row, write `{token: \"argmax(NAME[ROW])\"}`",
    "问一行中最大的是谁，请写 `{token: \"argmax(名称[行])\"}`",
);
const SHAPE: Words = words(
    "to ask how many rows and columns a matrix has, write `{shape: NAME}`, with a matrix that this step does not show: those of a shown one can be counted",
    "要问矩阵的行数和列数，请写 `{shape: 名称}`，写这一步没有显示的矩阵：已经显示的，行数和列数一看便知",
);
const ONE_OF_SEVERAL: Words = words(
    "write the options to choose from, `{choose: [{right: …}, {wrong: …}]}`, with the words of each for `…`",
    "请写出供选择的选项：`{choose: [{right: …}, {wrong: …}]}`，`…` 处写各个选项的文字",
);

/// The finding for an answer that is a text: it is not said in which form it is asked for.
fn typed_answer(tree: &Tree) -> Option<Diagnostic> {
    let text = tree.as_text().filter(|_| !tree.is_null())?.trim();
    let message = both!("do not write the answer: qkv computes it", "答案不用自己写，由 qkv 计算");
    let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
    if let Some(asked) = as_asked(text) {
        let message =
            both!("nothing says whether a number or a name is asked for", "没有写明问的是数，还是名称");
        let finding = Diagnostic { message, ..finding };
        let hint = both!("write `{asked}`", "请写 `{asked}`");
        return Some(finding.with_hint(hint).with_fix(tree.span, asked));
    }
    let lower = text.to_lowercase();
    let is_letter = matches!(lower.as_bytes(), [letter] if letter.is_ascii_alphabetic());
    let how = if is_number(tree) {
        NUMBER
    } else if is_size(text) {
        SHAPE
    } else if let Some(options) = judged(text) {
        let message = both!("qkv cannot compute `{text}`", "`{text}` 不是 qkv 能计算的答案");
        let hint = both!("write the options to choose from: `{options}`", "请写出供选择的选项：`{options}`");
        return Some(Diagnostic { message, ..finding }.with_hint(hint));
    } else if is_letter {
        ONE_OF_SEVERAL
    } else {
        WORD
    };
    let hint: Localised<String> = how.map(str::to_owned);
    Some(finding.with_hint(hint))
}

/// Whether a text is a number, perhaps with its unit, and not the size of a matrix.
fn is_number(tree: &Tree) -> bool {
    let begins = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && !is_size(text);
    tree.as_number().is_some() || tree.as_text().is_some_and(|text| begins(text.trim()))
}

/// The options of a question that is answered by this word for yes or no.
fn judged(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let at = |words: &[&str]| words.iter().position(|other| *other == lower);
    let other = at(&YES).and_then(|at| NO.get(at)).or_else(|| at(&NO).and_then(|at| YES.get(at)))?;
    Some(format!("{{choose: [{{right: {word}}}, {{wrong: {other}}}]}}"))
}

/// Whether a text is how many rows and columns something has: `8×2`.
pub(in crate::lesson) fn is_size(text: &str) -> bool {
    let mut numbers = text.split(['x', 'X', '×', '*', '乘']).map(str::trim);
    let is_number = |part: Option<&str>| part.is_some_and(|part| part.parse::<u32>().is_ok());
    is_number(numbers.next()) && is_number(numbers.next()) && numbers.next().is_none()
}

/// The form in which a cell, or what is computed of cells, is asked for.
fn as_asked(text: &str) -> Option<String> {
    let of = text.trim().trim_start_matches('{').trim_end_matches('}').trim();
    let in_brackets = of.contains('[') && of.ends_with([']', ')']) && !of.starts_with('[');
    let form = if of.starts_with("argmax(") || of.starts_with("argmin(") { "token" } else { "cell" };
    let plain = !of.contains(['\'', '"', '\n', '`', '=', '<', '>']);
    (in_brackets && plain).then(|| format!("{{{form}: \"{of}\"}}"))
}
