//! Names with values in one line that lack their braces: `cat: animal: 1`, and other signs in the place of those within
//! brackets: `{a: 1; b: 1}`, `[- 4, 0]`.

use crate::both;
use crate::diagnostic::{Diagnostic, Span};
use crate::language::{Language, Localised, all_of};
use crate::yaml::build::Stop;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::indent;
use crate::yaml::quotes::value_of_line;
use crate::yaml::structure::lines::begins_entry;
use crate::yaml::structure::outline::{self, Belongs, Entry, Part, Shape, Table, entry};
use crate::yaml::syntax::{Explained, Mend, told};
use crate::yaml::{brackets::cells, copied::pasted, quotes::marks, quotes::within};

/// What is wrong if the reading stopped because of such signs.
pub(in crate::yaml) fn instead(stop: &Stop, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    match (stop.bracket, stop.outermost) {
        (Some(bracket), Some(outermost)) => {
            minus(stop.at, bracket, draft).or_else(|| cells::of_list(stop.at, draft)).or_else(|| {
                let path = outline::in_brackets(stop.at, outermost, draft);
                let broken = Broken { at: stop.at, bracket, path, table, draft };
                semicolons(&broken)
                    .or_else(|| lost_comma(&broken))
                    .or_else(|| lost_within(&broken))
                    .or_else(|| within::explain(&broken))
            })
        }
        (_, _) => cells::of_list(stop.at, draft)
            .or_else(|| surplus(stop.at, draft))
            .or_else(|| in_bars(stop.at, table, draft))
            .or_else(|| two_pairs(stop.at, table, draft))
            .or_else(|| lost_in_line(stop.at, table, draft))
            .or_else(|| marks::of_line(stop.at, table, draft)),
    }
}

/// A bracket in which the reading stopped.
pub(in crate::yaml) struct Broken<'a> {
    /// Where the reading stopped.
    pub(in crate::yaml) at: usize,
    /// Where the innermost bracket around that place is opened.
    pub(in crate::yaml) bracket: usize,
    /// Where the place belongs: the names and items around it, and its own.
    pub(in crate::yaml) path: Vec<Part>,
    pub(in crate::yaml) table: Table<'a>,
    pub(in crate::yaml) draft: &'a Draft,
}

impl Broken<'_> {
    /// What belongs around the entry in which the reading stopped.
    pub(in crate::yaml) fn around(&self) -> Option<Belongs> {
        let (_, around) = self.path.split_last()?;
        (self.table)(around)
    }
}

/// A comma or bracket that stands too much behind the value of a line: `[0, 0],` or `{embed: main}}`.
fn surplus(at: usize, draft: &Draft) -> Option<Explained> {
    let (line, end) = draft.line(at);
    let start = value_of_line(end, draft)?;
    let sign = draft.get(at).filter(|c| ",;，；]}".contains(*c))?;
    let inside = draft.slice(start.min(at), at);
    let opening = |closing: char| if closing == ']' { '[' } else { '{' };
    let count = |c: char| draft.slice(line, at).iter().filter(|it| **it == c).count();
    let is_whole = [']', '}'].into_iter().all(|closing| count(closing) == count(opening(closing)));
    let is_last = draft.slice(at + 1, end).iter().all(|c| c.is_whitespace());
    let fits = inside.first().is_some_and(|c| matches!(c, '[' | '{')) && is_whole && is_last && at > line;
    let mend = Mend { start: at, end: at + 1, with: String::new() };
    let message = both!("this `{sign}` is one too many", "这里多了一个 `{sign}`");
    let hint = both!("remove it", "请删去它");
    fits.then(|| told(draft.span(at, at + 1), message, hint, vec![mend], draft))
}

/// The value behind the name of a line.
pub(in crate::yaml) struct OfLine {
    pub(in crate::yaml) name: String,
    pub(in crate::yaml) start: usize,
    pub(in crate::yaml) text: String,
    /// Where it belongs: the names and items around it, and its own.
    pub(in crate::yaml) path: Vec<Part>,
}

impl OfLine {
    /// One past its last character.
    pub(in crate::yaml) fn end(&self) -> usize {
        self.start + self.text.chars().count()
    }

    pub(in crate::yaml) fn span(&self, draft: &Draft) -> Span {
        draft.span(self.start, self.end())
    }

    pub(in crate::yaml) fn at(at: usize, draft: &Draft) -> Option<Self> {
        let (line, end) = draft.line(at);
        let Entry { column, name: Some(name), .. } = entry(line, draft) else { return None };
        let start = value_of_line(end, draft)?;
        let text: String = draft.slice(start, end).iter().collect();
        let path = [outline::above(line, column, draft), vec![Part::Name(name.clone())]].concat();
        Some(Self { name, start, text: text.trim_end().to_owned(), path })
    }
}

/// `cat: animal: 1` or `cat: (animal: 1)`, where names with values belong.
fn lost_in_line(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let OfLine { name, start, text, path } = OfLine::at(at, draft)?;
    let text = text.as_str();
    let (around, inner) = in_other_brackets(text).map_or((None, text), |(pair, inner)| (Some(pair), inner));
    let belongs = table(&path)?;
    let is_field =
        |entry: &str| entry.split_once(':').is_some_and(|(name, _)| belongs.fields.contains(&name.trim()));
    let fits = are_entries(inner) && (belongs.is_no_text() || inner.split(',').all(is_field));
    let place = Mend { start, end: start + text.chars().count(), with: format!("{{{inner}}}") };
    fits.then(|| explained(&name, around, place, draft))
}

/// The same within braces, up to the end of the entry: `{animal: asks: 2}`.
fn lost_within(broken: &Broken<'_>) -> Option<Explained> {
    let Broken { at, ref path, table, draft, .. } = *broken;
    let Some(Part::Name(name)) = path.last() else { return None };
    let (line, end) = draft.line(at);
    let before = draft.slice(line, at);
    let start = line + before.iter().rposition(|c| *c == ':')? + 1;
    let start = start + draft.slice(start, at).iter().take_while(|c| **c == ' ').count();
    let text: String = draft.slice(start, end).iter().take_while(|c| **c != '}').collect();
    let fits =
        draft.get(at) == Some(':') && table(path)?.is_no_text() && are_entries(&text) && !text.contains(',');
    let place = Mend { start, end: start + text.chars().count(), with: format!("{{{text}}}") };
    fits.then(|| explained(name, None, place, draft))
}

/// What is said of names with values in brackets of another kind, or in none.
fn explained(name: &str, around: Option<(char, char)>, mend: Mend, draft: &Draft) -> Explained {
    let with = &mend.with;
    let message = match around {
        Some((opening, closing)) => both!(
            "names with values stand in `{{…}}`, not in `{opening}…{closing}`",
            "“名字: 值”要写在 `{{…}}` 里，而不是 `{opening}…{closing}` 里"
        ),
        None => both!("these names with values are in no braces", "这里的“名字: 值”没有写在花括号里"),
    };
    let hint = both!("write `{name}: {with}`", "请写 `{name}: {with}`");
    told(draft.span(mend.start, mend.end), message, hint, vec![mend], draft)
}

/// `cat: |1, 0|`, where a list belongs and YAML reads a block.
fn in_bars(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let OfLine { name, start, text, path } = OfLine::at(at, draft)?;
    let inner = text.strip_prefix('|')?.strip_suffix('|')?;
    let numbers = crate::yaml::copied::table::numbers(inner).filter(|_| !inner.contains('|'))?.join(", ");
    let is_list = table(&path)?.shapes.contains(&Shape::Items);
    let mend = Mend { start, end: start + text.chars().count(), with: format!("[{numbers}]") };
    let message = both!("a list must stand in `[…]`, not in `|…|`", "列表要写在 `[…]` 里，而不是 `|…|` 里");
    let hint = both!("write `{name}: [{numbers}]`", "请写 `{name}: [{numbers}]`");
    is_list.then(|| told(draft.span(mend.start, mend.end), message, hint, vec![mend], draft))
}

/// `title: {en: A} {zh: 甲}`, whose names belong in one pair of braces.
fn two_pairs(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let OfLine { name, start, text, path } = OfLine::at(at, draft)?;
    let (first, rest) = text.strip_prefix('{')?.strip_suffix('}')?.split_once('}')?;
    let second = rest.trim_start_matches([',', ';', '，', ' ']).strip_prefix('{')?.trim();
    let belongs = table(&path)?;
    let is_name = |entry: &str| {
        let name = entry.split(':').next().unwrap_or_default().trim();
        belongs.fields.is_empty() || belongs.fields.contains(&name)
    };
    let both_fit = [first, second].into_iter().all(|part| are_entries(part) && is_name(part));
    let with = format!("{{{}, {second}}}", first.trim());
    let mend = Mend { start, end: start + text.chars().count(), with: with.clone() };
    let message =
        both!("two pairs of braces stand here, where one belongs", "这里写了两对花括号，应当只写一对");
    let hint = both!("write `{name}: {with}`", "请写 `{name}: {with}`");
    let fits = both_fit && belongs.shapes.contains(&Shape::Names);
    fits.then(|| told(draft.span(mend.start, mend.end), message, hint, vec![mend], draft))
}

/// A line within braces or brackets that lacks the comma at its end: the reading stopped in the line below it.
fn lost_comma(broken: &Broken<'_>) -> Option<Explained> {
    let Broken { at, bracket, draft, .. } = *broken;
    let line = draft.line(at).0;
    let last =
        draft.slice(0, line).iter().rposition(|c| !c.is_whitespace()).filter(|last| *last > bracket)?;
    let ends_value = !matches!(draft.get(last), Some(',' | '{' | '[' | ':' | '，' | '、' | ';'));
    let has_comment = draft.slice(draft.line(last).0, last).contains(&'#');
    let content: String = draft.slice(line + indent(line, draft), draft.line(line).1).iter().collect();
    let name = entry(line, draft).name;
    let goes_on = match draft.get(bracket) {
        Some('{') => {
            let is_field = |fields: &[&str], name: &str| fields.is_empty() || fields.contains(&name);
            name.is_some_and(|name| broken.around().is_some_and(|it| is_field(&it.fields, &name)))
        }
        _ => content.starts_with(['{', '"']) || (content.starts_with('[') && are_rows(last, line, draft)),
    };
    let mend = Mend { start: last + 1, end: last + 1, with: ",".to_owned() };
    let number = draft.number(last);
    let message = both!("a comma is missing at the end of this line", "这一行末尾缺少逗号");
    let hint = both!("write `,` at the end of line {number}", "请在第 {number} 行末尾写上 `,`");
    // A line that stands too far left to be in the bracket, and does not close it, begins something else.
    let count = |sign: char| content.matches(sign).count();
    let lacks_half =
        pasted::closed(at, bracket, draft).is_some() && count('}') + count(']') <= count('{') + count('[');
    let fits = ends_value && !has_comment && goes_on && !lacks_half;
    fits.then(|| told(draft.span(last, last + 1), message, hint, vec![mend], draft))
}

/// Whether two lines are rows of numbers that lack nothing but the comma between them.
fn are_rows(above: usize, below: usize, draft: &Draft) -> bool {
    let text = |at: usize| -> String { draft.slice(draft.line(at).0, draft.line(at).1).iter().collect() };
    let is_row = |text: &str| {
        let inner =
            text.trim().trim_end_matches(',').strip_prefix('[').and_then(|text| text.strip_suffix(']'));
        inner.is_some_and(|inner| inner.split(',').all(|cell| cell.trim().parse::<f64>().is_ok()))
    };
    is_row(&text(above)) && is_row(&text(below))
}

/// `- 4` for `-4`, wherever it stands in the bracket.
fn minus(at: usize, bracket: usize, draft: &Draft) -> Option<Explained> {
    let apart = |dash: usize| -> Option<Mend> {
        let rest = draft.slice(dash + 1, draft.line(dash).1);
        let blanks = rest.iter().take_while(|c| **c == ' ').count();
        let is_number = rest.get(blanks).is_some_and(|c| c.is_ascii_digit() || *c == '.');
        let before = draft.slice(bracket, dash).iter().rfind(|c| **c != ' ')?;
        let fits =
            draft.get(dash) == Some('-') && blanks > 0 && is_number && matches!(before, '[' | ',' | ':');
        fits.then(|| Mend { start: dash + 1, end: dash + 1 + blanks, with: String::new() })
    };
    let first = apart(at)?;
    let end = draft.line(at).1;
    let mends: Vec<Mend> = std::iter::once(first).chain((at + 1..end).filter_map(apart)).collect();
    let number = |mend: &Mend| {
        let digits = draft.slice(mend.end, mend.end + LONGEST).iter();
        let digits: String = digits.take_while(|c| c.is_ascii_digit() || **c == '.').collect();
        format!("`-{digits}`")
    };
    let Localised { en, zh } = all_of(mends.iter().map(number));
    let (message, hint) = if mends.len() == 1 {
        (
            both!("a space stands between this `-` and its number", "这个负号和后面的数之间有空格"),
            both!("write {en}, without a space", "请写 {zh}，中间不要空格"),
        )
    } else {
        (
            both!("spaces stand between each `-` and its number", "这几个负号和后面的数之间有空格"),
            both!("write {en}, without these spaces", "请写 {zh}，负号后面不要空格"),
        )
    };
    Some(told_once(mends, |mend| draft.span(mend.start - 1, mend.start), message, hint, draft))
}

/// `{a: 1; b: 1}`, where a `;` stands before the next name: the reading stopped at the colon after it.
fn semicolons(broken: &Broken<'_>) -> Option<Explained> {
    let Broken { at, bracket, draft, .. } = *broken;
    let is_before_name = |at: &usize| {
        let rest: String = draft.slice(at + 1, draft.line(*at).1).iter().collect();
        matches!(draft.get(*at), Some(';' | '；')) && begins_entry(rest.trim_start())
    };
    let last = (bracket..at).rev().find(|at| matches!(draft.get(*at), Some(';' | '；')))?;
    let value = draft.slice(bracket, last).iter().rev().take_while(|c| !matches!(c, ':' | ',' | ';'));
    let value: String = value.collect::<Vec<_>>().into_iter().rev().collect();
    let name: String = draft.slice(last + 1, at).iter().collect();
    let is_field = Language::from_code(name.trim()).is_some()
        || broken.around().is_some_and(|it| it.fields.contains(&name.trim()));
    let is_value =
        is_field || value.trim().parse::<f64>().is_ok() || value.trim_end().ends_with([']', '}', '"']);
    let colon = draft.slice(last + 1, at).iter().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_'));
    let line = draft.line(at).1;
    let inside =
        draft.slice(bracket, line).iter().position(|c| *c == '}').map_or(line, |length| bracket + length);
    let with = |at: usize| if draft.get(at + 1) == Some(' ') { "," } else { ", " };
    let mends: Vec<Mend> = (bracket..inside)
        .filter(is_before_name)
        .map(|at| Mend { start: at, end: at + 1, with: with(at).to_owned() })
        .collect();
    let fits =
        draft.get(bracket) == Some('{') && is_value && colon && mends.iter().any(|it| it.start == last);
    let message = both!("a `;` stands where a comma belongs", "这里的 `;` 应当是逗号");
    let hint = both!("write `,`", "请写 `,`");
    fits.then(|| told_once(mends, |mend| draft.span(mend.start, mend.end), message, hint, draft))
}

const LONGEST: usize = 40;

/// The same of several slips, at each of which there is a mark.
fn told_once(
    mends: Vec<Mend>,
    mark: impl Fn(&Mend) -> Span,
    message: Localised<String>,
    hint: Localised<String>,
    draft: &Draft,
) -> Explained {
    let places: Vec<Span> = mends.iter().map(mark).collect();
    let first = places.first().copied().unwrap_or(Span::at(0));
    let explained = told(first, message, hint, mends, draft);
    let finding = places.into_iter().skip(1).fold(explained.finding, Diagnostic::with_another);
    Explained { finding, ..explained }
}

/// A text in brackets of another kind than YAML has: these, and what stands in them.
pub(crate) fn in_other_brackets(text: &str) -> Option<((char, char), &str)> {
    const PAIRS: [(char, char); 10] = [
        ('(', ')'),
        ('（', '）'),
        ('【', '】'),
        ('［', '］'),
        ('<', '>'),
        ('《', '》'),
        ('「', '」'),
        ('『', '』'),
        ('〔', '〕'),
        ('〈', '〉'),
    ];
    PAIRS.into_iter().find_map(|pair| Some((pair, text.strip_prefix(pair.0)?.strip_suffix(pair.1)?.trim())))
}

/// Whether a text is `name: value`, or several of these with commas.
fn are_entries(text: &str) -> bool {
    const SHORT: usize = 80;
    let is_entry = |entry: &str| {
        entry.split_once(": ").is_some_and(|(name, value)| {
            let name = name.trim();
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
            is_name && !value.trim().is_empty() && !value.contains(['"', '\'', '[', '{', '#', ']', '}', ':'])
        })
    };
    text.chars().count() <= SHORT && text.split(',').all(is_entry)
}
