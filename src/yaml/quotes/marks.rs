//! Quotation marks that are not those around a text: words in a row, a full stop behind the text, marks within it, the wide
//! mark of Chinese at its end; and a `|` before a text in its own line.

use crate::both;
use crate::language::Localised;
use crate::yaml::brackets::braces::OfLine;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{below, indent};
use crate::yaml::quotes::quoting::{self, is_shown};
use crate::yaml::quotes::wide::{is_han, unbroken};
use crate::yaml::structure::lines::begins_entry;
use crate::yaml::structure::outline::{Shape, Table};
use crate::yaml::syntax::{Explained, Mend, told};

/// What is wrong with the value of the line of `at`, if it is one of these.
pub(in crate::yaml) fn of_line(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let value = OfLine::at(at, draft)?;
    bar(&value, table, draft).or_else(|| {
        value.text.strip_prefix('"').filter(|inner| !inner.contains('\\')).and_then(|inner| {
            words_in_a_row(&value, table, draft)
                .or_else(|| signs_behind(&value, inner, draft))
                .or_else(|| marks_inside(&value, inner, table, draft))
        })
    })
}

/// `"猫", "狗"` without the brackets of a list, or its commas.
fn words_in_a_row(value: &OfLine, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    const COMMAS: [char; 4] = [',', '，', '、', ';'];
    let mut words: Vec<&str> = Vec::new();
    let mut rest = value.text.as_str();
    while !rest.is_empty() {
        let (word, after) = rest.strip_prefix('"')?.split_once('"')?;
        words.push(word);
        let next = after.trim_start().trim_start_matches(COMMAS);
        // Blanks are enough to tell one word from the next.
        if !next.is_empty() && next.len() == after.len() {
            return None;
        }
        rest = next.trim_start();
    }
    let belongs = table(&value.path)?;
    if words.len() < 2 || !belongs.shapes.contains(&Shape::Items) {
        return None;
    }
    let with = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
    let name = &value.name;
    let message = both!("these words are in no brackets", "这些词没有写在方括号里");
    let hint = both!("write `{name}: [{with}]`", "请写 `{name}: [{with}]`");
    let mend = Mend { start: value.start, end: value.end(), with: format!("[{with}]") };
    Some(told(value.span(draft), message, hint, vec![mend], draft))
}

/// `"Words".`, whose last signs stand behind the mark; a comma there ends nothing.
fn signs_behind(value: &OfLine, inner: &str, draft: &Draft) -> Option<Explained> {
    const SIGNS: [char; 13] = ['。', '．', '.', '？', '?', '！', '!', '…', '：', '；', '，', ',', ';'];
    let (text, behind) = inner.split_once('"')?;
    let signs = behind.trim_start();
    if signs.is_empty() || !signs.chars().all(|c| SIGNS.contains(&c)) || text.trim().is_empty() {
        return None;
    }
    let end = value.end();
    let start = end - signs.chars().count();
    let mark = end - behind.chars().count() - 1;
    let place = draft.span(start, end);
    if signs.chars().all(|c| matches!(c, ',' | ';' | '，')) {
        let message = both!("this `{signs}` is one too many", "这里多了一个 `{signs}`");
        let mends = vec![Mend { start: mark + 1, end, with: String::new() }];
        return Some(told(place, message, both!("remove it", "请删去它"), mends, draft));
    }
    let message = both!(
        "this `{signs}` stands behind the quotation mark that ends the text",
        "这个 `{signs}` 写在了引号外面"
    );
    let with = format!("\"{text}{signs}\"");
    let hint = if is_shown(&with) {
        both!("move it before the mark: {with}", "请把它移到引号里面：{with}")
    } else {
        both!("write `{signs}\"` in the place of `\"{behind}`", "请把 `\"{behind}` 改成 `{signs}\"`")
    };
    let mends = vec![Mend { start: mark, end, with: format!("{signs}\"") }];
    Some(told(place, message, hint, mends, draft))
}

/// `"The "vector" of it"`, which holds marks like those around it.
fn marks_inside(value: &OfLine, inner: &str, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let inside = inner.strip_suffix('"')?;
    let places: Vec<usize> =
        inside.chars().enumerate().filter(|(_, c)| *c == '"').map(|(at, _)| value.start + 1 + at).collect();
    let mut depth = 0_i32;
    let in_braces = inside.chars().any(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth > 0 && c == '"'
    });
    let is_text = table(&value.path).is_none_or(|it| it.is_text());
    if !is_text || places.is_empty() || !places.len().is_multiple_of(2) || in_braces {
        return None;
    }
    let first = *places.first()?;
    // In `"Row" and "column"` the marks at the edges belong to words as well.
    let ends_word = draft.get(first - 1).is_some_and(char::is_alphanumeric);
    let inside = if ends_word && draft.get(first + 1) == Some(' ') { &value.text } else { inside };
    Some(told_of_marks(first, inside, (value.start, value.end()), draft))
}

/// What is said of the text in the place of a value that goes on with `inside` behind the mark at `first`.
fn told_of_marks(first: usize, inside: &str, (start, end): (usize, usize), draft: &Draft) -> Explained {
    let message = both!(
        "this `\"` ends the text, and more stands behind it",
        "文字到这个 `\"` 就结束了，后面却还有内容"
    );
    let is_chinese = inside.chars().any(is_han);
    let with =
        if is_chinese || inside.contains('\'') { with_curly_marks(inside) } else { format!("'{inside}'") };
    let mend = Mend { start, end, with };
    told(draft.span(first, first + 1), message, quoting::how(&mend, draft), vec![mend], draft)
}

/// The same of a text between braces, which begins at `start`.
pub(in crate::yaml) fn inside_within(start: usize, draft: &Draft) -> Option<Explained> {
    let text = draft.slice(start, draft.line(start).1);
    let ends = |at: &usize| text[*at] == '"' && ends_entry(&text[at + 1..]);
    let length = (1..text.len()).find(ends)?;
    let inside = &text[1..length];
    let first = start + 1 + inside.iter().position(|c| *c == '"')?;
    let is_even = inside.iter().filter(|c| **c == '"').count().is_multiple_of(2);
    let fits = text[0] == '"' && is_even && !inside.contains(&'\\') && !inside.contains(&':');
    let inside: String = inside.iter().collect();
    fits.then(|| told_of_marks(first, &inside, (start, start + length + 1), draft))
}

/// Whether a brace closes here, or its next name follows.
fn ends_entry(text: &[char]) -> bool {
    let text: String = text.iter().collect();
    let text = text.trim_start();
    text.starts_with('}') || text.strip_prefix(',').is_some_and(|text| begins_entry(text.trim_start()))
}

/// A text in plain quotation marks, with curly ones for those within it.
fn with_curly_marks(text: &str) -> String {
    let mut marks = ['“', '”'].into_iter().cycle();
    let inner: String = text.chars().map(|c| if c == '"' { marks.next().unwrap_or(c) } else { c }).collect();
    format!("\"{inner}\"")
}

/// `zh: | 文字`, where a text after `|` would begin in the next line.
fn bar(value: &OfLine, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let sign = value.text.chars().next().filter(|c| matches!(c, '|' | '>'))?;
    let rest = value.text.get(1..)?.strip_prefix(' ')?.trim_start();
    let line = draft.line(value.start).0;
    let goes_on = below(line, draft).is_some_and(|next| indent(next, draft) > indent(line, draft));
    let is_text = table(&value.path).is_some_and(|it| it.is_text());
    if goes_on || !is_text || rest.contains('|') {
        return None;
    }
    // A text may be about the sign that it begins with.
    let begins = |c: char| c.is_uppercase() || is_han(c) || matches!(c, '*' | '{' | '"' | '\'' | '“');
    if !rest.starts_with(begins) {
        return None;
    }
    let needs_marks = rest.starts_with(['*', '{']) || rest.contains(": ") || rest.contains(" #");
    let with = if needs_marks { unbroken(rest, &value.name) } else { rest.to_owned() };
    let written = format!("{}: {with}", value.name);
    let message = both!("a text after `{sign}` begins on the next line", "`{sign}` 之后的文字要从下一行开始");
    let hint = if is_shown(&written) && needs_marks {
        both!(
            "remove `{sign}`, which a text of one line does not need, and put the text in quotation marks: `{written}`",
            "请删去 `{sign}`（只有一行的文字不需要它），并给文字加上英文引号：`{written}`"
        )
    } else if is_shown(&written) {
        both!(
            "remove `{sign}`: a text of one line needs none: `{written}`",
            "请删去 `{sign}`，只有一行的文字不需要它：`{written}`"
        )
    } else if with == rest {
        both!("remove `{sign} `: a text of one line needs none", "请删去 `{sign} `：只有一行的文字不需要它")
    } else {
        let text = Mend { start: value.end() - rest.chars().count(), end: value.end(), with: with.clone() };
        let Localised { en, zh } = quoting::how(&text, draft);
        both!("remove `{sign} `, and {en}", "请删去 `{sign} `；{zh}")
    };
    let mends = vec![Mend { start: value.start, end: value.end(), with }];
    Some(told(draft.span(value.start, value.start + 1), message, hint, mends, draft))
}

/// The wide mark of Chinese that ends the text which a plain mark begins at `opening`.
pub(in crate::yaml) fn wide_end(opening: usize, draft: &Draft) -> Option<Explained> {
    let (plain, halves) = match draft.get(opening)? {
        '"' => ('"', ['”', '“', '＂']),
        '\'' => ('\'', ['’', '‘', '＇']),
        _ => return None,
    };
    let (line, end) = draft.line(opening);
    let text = draft.slice(opening + 1, end);
    let in_bracket = draft.slice(line, opening).iter().any(|c| matches!(c, '{' | '['));
    let ends = |at: &usize| {
        let after = text[at + 1..].iter().find(|c| !c.is_whitespace());
        halves.contains(&text[*at])
            && after.is_none_or(|c| in_bracket && matches!(c, ',' | '}' | ']' | '，' | '｝' | '］'))
    };
    let at = (1..text.len()).find(ends)?;
    let inner = &text[..at];
    let count = |mark: char| inner.iter().filter(|c| **c == mark).count();
    if inner.contains(&plain) || (text[at] == halves[0] && count(halves[1]) > count(halves[0])) {
        return None;
    }
    let (found, place) = (text[at], opening + 1 + at);
    let message = both!(
        "the text begins with `{plain}`, and ends with a curly `{found}`",
        "开头是英文引号，末尾却是 `{found}`"
    );
    let hint = both!(
        "write `{plain}` in the place of `{found}` at its end",
        "请把末尾的 `{found}` 改成英文引号 `{plain}`"
    );
    let mends = vec![Mend { start: place, end: place + 1, with: plain.to_string() }];
    Some(told(draft.span(place, place + 1), message, hint, mends, draft))
}
