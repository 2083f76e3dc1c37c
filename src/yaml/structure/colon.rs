//! Lines that lack the colon after their name: `expect` above a list, `show X`; and lines of a text that stand as far
//! left as its name.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Language;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::lost_dash::shortened;
use crate::yaml::indentation::{below, from, indent, is_idle, line_above};
use crate::yaml::quotes::wide::{is_han, unbroken};
use crate::yaml::structure::outline::{self, Belongs, Entry, Part, Table, entry};
use crate::yaml::syntax::{Explained, Mend, line_without_colon};

/// What is written between a name and its value elsewhere.
const SEPARATORS: [char; 7] = [' ', '=', ':', '→', '⇒', ';', '；'];

/// What is wrong if the reading stopped at `at` because of such a line.
pub(in crate::yaml) fn missing(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let own = draft.line(at).0;
    let lines = [draft.line(line_without_colon(at, draft)).0, own, line_above(own, draft).unwrap_or(own)];
    lines.into_iter().find_map(|line| {
        let Entry { column, name: None, .. } = entry(line, draft) else { return None };
        let path = outline::above(line, column, draft);
        let belongs = table(&path)?;
        if is_idle(line, draft) || !belongs.shapes.contains(&crate::yaml::Shape::Names) {
            return None;
        }
        after_name(line, &belongs, draft)
            .or_else(|| of_text_above(line, &path, table, draft))
            .or_else(|| above_language(line, &belongs, draft))
    })
}

/// The line without its colon, if it begins with a name that may stand there.
fn after_name(line: usize, belongs: &Belongs, draft: &Draft) -> Option<Explained> {
    const SHORT: usize = 60;
    let (column, end) = (entry(line, draft).column, draft.line(line).1);
    let content: String = draft.slice(line + column, end).iter().collect();
    let length = content.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(content.len());
    let (name, rest) = content.split_at(length);
    let value = rest.trim_start_matches(SEPARATORS).trim_end();
    let is_known = belongs.fields.contains(&name);
    let is_above_more = below(line, draft).is_some_and(|next| indent(next, draft) > column);
    let is_one = if value.is_empty() {
        is_known || (belongs.fields.is_empty() && is_above_more && !name.is_empty())
    } else {
        let is_value = belongs.fields.is_empty() && !name.is_empty() && value.starts_with(['[', '{']);
        (is_known || is_value) && rest.starts_with(SEPARATORS) && !has_beside(line, column, name, draft)
    };
    if !is_one {
        return None;
    }
    let start = line + column + name.chars().count();
    let (with, written) = if value.is_empty() {
        (":".to_owned(), format!("{name}:"))
    } else {
        (": ".to_owned(), format!("{name}: {value}"))
    };
    let between = rest.chars().take_while(|c| SEPARATORS.contains(c)).count();
    let mend = Mend { start, end: start + between, with };
    let finding = Diagnostic::new(
        Code::YamlSyntax,
        draft.span(line + column, start),
        if rest.trim_start().starts_with(':') {
            both!(
                "the `:` stands straight behind `{name}`, and a space behind the `:`",
                "`:` 要紧跟在 `{name}` 后面，空格写在 `:` 的后面"
            )
        } else {
            both!("there is no `:` after `{name}`", "`{name}` 后面缺少 `:`")
        },
    )
    .with_hint(if written.chars().count() > SHORT || written.contains('`') {
        both!("write `{name}: …`, with a colon and a space", "请写成 `{name}: …`，冒号后面加一个空格")
    } else {
        both!("write `{written}`", "请写 `{written}`")
    });
    Some(Explained::new(finding, vec![mend], draft))
}

/// A line, and those below it that have no name either, as the continuation of the text above.
fn of_text_above(line: usize, path: &[Part], table: Table<'_>, draft: &Draft) -> Option<Explained> {
    const INWARDS: usize = 2;
    let column = entry(line, draft).column;
    let above = line_above(line, draft)?;
    let Entry { column: of_text, name, is_empty: false, .. } = entry(above, draft) else { return None };
    let name = name.filter(|_| of_text == column && indent(line, draft) == column)?;
    let inside: Vec<Part> = path.iter().cloned().chain([Part::Name(name.clone())]).collect();
    let is_text = table(&inside).is_some_and(|it| it.is_text());
    let value: String = draft.slice(above + of_text, draft.line(above).1).iter().collect();
    let goes_on = value.split_once(": ").is_some_and(|(_, text)| !text.starts_with(['"', '\'', '[', '{']));
    if !is_text || !goes_on {
        return None;
    }
    if let Some(explained) = in_other_language(line, &name, draft) {
        return Some(explained);
    }
    let is_text = |line: &usize| indent(*line, draft) == column && entry(*line, draft).name.is_none();
    let lines: Vec<usize> = from(line, draft).take_while(is_text).collect();
    let mend = |line: &usize| Mend { start: *line, end: *line, with: " ".repeat(INWARDS) };
    let mends: Vec<Mend> = lines.iter().map(mend).collect();
    let finding = Diagnostic::new(
        Code::YamlSyntax,
        draft.span(line + column, draft.line(line).1),
        both!("this line seems to go on with the text of `{name}`", "这一行像是接着 `{name}` 的文字"),
    )
    .with_hint(if lines.len() == 1 {
        both!("put 2 more spaces before it", "请在前面再加 2 个空格")
    } else {
        both!(
            "put 2 more spaces before it and before the lines below that go on",
            "请在它和下面接着写的各行前面再加 2 个空格"
        )
    });
    Some(Explained::new(finding, mends, draft))
}

/// The first line of a text in two languages, above that of the other one.
fn above_language(line: usize, belongs: &Belongs, draft: &Draft) -> Option<Explained> {
    let column = entry(line, draft).column;
    let Entry { dash: None, column: of_below, name: Some(name), .. } = entry(below(line, draft)?, draft)
    else {
        return None;
    };
    let fits = of_below == column && belongs.fields.contains(&name.as_str());
    fits.then(|| in_other_language(line, &name, draft)).flatten()
}

/// A line beside the text of a language that is in the other one, and lacks its name.
fn in_other_language(line: usize, beside: &str, draft: &Draft) -> Option<Explained> {
    const FEWEST: usize = 2;
    let other = match Language::from_code(beside)? {
        Language::English => Language::Chinese,
        Language::Chinese => Language::English,
    };
    let (column, end) = (entry(line, draft).column, draft.line(line).1);
    let text: String = draft.slice(line + column, end).iter().collect();
    let text = text.trim_end();
    let count = text.chars().filter(|c| is_han(*c)).count();
    let is_other = match other {
        Language::Chinese => {
            count >= FEWEST && text.starts_with(|c: char| is_han(c) || matches!(c, '*' | '“'))
        }
        Language::English => count == 0 && text.starts_with(|c: char| c.is_ascii_uppercase() || c == '*'),
    };
    let code = other.code();
    if !is_other || has_beside(line, column, code, draft) {
        return None;
    }
    let begins = text.starts_with(char::is_alphanumeric) && !text.contains(": ") && !text.contains(" #");
    let with = format!("{code}: {}", if begins { text.to_owned() } else { unbroken(text, code) });
    let written = shortened(&with);
    let message = match other {
        Language::Chinese => {
            both!("this line is Chinese, and lacks its `zh:`", "这一行是中文，前面缺少 `zh:`")
        }
        Language::English => {
            both!("this line is English, and lacks its `en:`", "这一行是英文，前面缺少 `en:`")
        }
    };
    let start = line + column;
    let hint = if written == with || !begins {
        both!("write `{written}`", "请写 `{written}`")
    } else {
        both!("put `{code}: ` before it", "请在前面写 `{code}: `")
    };
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(start, start + text.chars().count()), message)
        .with_hint(hint);
    let mend = Mend { start, end: start + text.chars().count(), with };
    Some(Explained::new(finding, vec![mend], draft))
}

/// Whether the item or thing to which a line belongs has a name already.
pub(in crate::yaml) fn has_beside(line: usize, column: usize, name: &str, draft: &Draft) -> bool {
    let is_it = |at: &usize| {
        let Entry { column: own, name: other, .. } = entry(*at, draft);
        own == column && other.as_deref() == Some(name)
    };
    // The first line of an item begins with its dash, which ends it above.
    let up = std::iter::successors(line_above(line, draft), |at| line_above(*at, draft));
    let mut ended = indent(line, draft) < column;
    let above = up.take_while(|at| {
        let goes_on = !ended && entry(*at, draft).column >= column;
        ended = indent(*at, draft) < column;
        goes_on
    });
    above.chain(from(line, draft).skip(1).take_while(|at| indent(*at, draft) >= column)).any(|at| is_it(&at))
}
