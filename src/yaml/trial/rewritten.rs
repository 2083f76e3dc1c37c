//! Lines with signs in them that belong to no lesson: `➡️ title: x`, `- [2, 0],`, `{{a: 1}, {b: 2}}`, `"show:" X`, `...`.

use super::{Evidence, Trial};
use crate::both;
use crate::language::Localised;
use crate::yaml::copied::table::is_short;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{below, each_of, from, indent, lost_dash, own_and_above, stray};
use crate::yaml::reread::is_claim;
use crate::yaml::structure::outline::{self, Entry, Part, Shape, Table, entry};
use crate::yaml::syntax::{Mend, told};

/// How the line of `at`, or the one above it, may have been meant.
pub(super) fn trials(at: usize, table: Table<'_>, draft: &Draft) -> Vec<Trial> {
    let lines = own_and_above(at, draft);
    let apart = if lines[0] == lines[1] { &lines[..1] } else { &lines[..] };
    apart.iter().filter_map(|line| Line::at(*line, table, draft)).flat_map(|it| it.trials()).collect()
}

/// A line that may be written otherwise.
pub(super) struct Line<'a> {
    pub(super) draft: &'a Draft,
    pub(super) table: Table<'a>,
    /// Its first character, and the one after its last.
    pub(super) start: usize,
    end: usize,
    pub(super) entry: Entry,
    /// What stands in it behind the blanks and the dash.
    pub(super) content: String,
}

impl<'a> Line<'a> {
    fn at(start: usize, table: Table<'a>, draft: &'a Draft) -> Option<Self> {
        let (start, end) = draft.line(start);
        let entry = entry(start, draft);
        let content: String = draft.slice(start + entry.column, end).iter().collect();
        let content = content.trim_end().to_owned();
        (!content.is_empty()).then_some(Self { draft, table, start, end, entry, content })
    }

    fn trials(&self) -> Vec<Trial> {
        let whole = [self.without_dashes(), self.left_over(), self.joined(), self.names_with_values()];
        let parts = [self.commas(), self.with_language(), self.in_its_language(), self.too_far_right()];
        let plain = self.without_signs();
        whole.into_iter().chain(parts).flatten().chain(self.without_mark()).chain(plain).collect()
    }

    pub(super) fn trial(
        &self,
        place: (usize, usize),
        message: Localised<String>,
        hint: Localised<String>,
        mends: Vec<Mend>,
    ) -> Trial {
        let last = mends.last().map_or(self.end, |mend| self.draft.line(mend.start).1);
        let place = self.draft.span(place.0, place.1);
        let told = told(place, message, hint, mends, self.draft);
        Trial { lines: self.start..last.max(self.end), by: Evidence::Values, told }
    }

    /// Where what it holds begins.
    pub(super) fn content_start(&self) -> usize {
        self.start + self.entry.column
    }

    pub(super) fn content_end(&self) -> usize {
        self.content_start() + self.content.chars().count()
    }

    /// The names above its content, and its own.
    pub(super) fn path(&self) -> Vec<Part> {
        let above = outline::above(self.start, self.entry.column, self.draft);
        [above, self.entry.name.clone().map(Part::Name).into_iter().collect()].concat()
    }

    /// A line that stands for others, underlines, numbers a page, or is the heading of what follows.
    fn left_over(&self) -> Option<Trial> {
        let text = self.content.as_str();
        // At the left edge three dots end a file, which is told as such.
        let dots = lost_dash::is_ellipsis(text)
            && (self.entry.column > 0 || !text.starts_with('.'))
            // Among the items of a list they stand for items, which is told there.
            && lost_dash::item_above(self.start, self.draft).is_none();
        let rule = text.chars().count() > 2
            && text.chars().all(|c| "-–—=_~*+#".contains(c))
            && (self.entry.column > 0 || text != "---");
        let page = text.chars().all(|c| c.is_ascii_digit());
        let goes_on =
            below(self.start, self.draft).is_some_and(|it| indent(it, self.draft) > self.entry.column);
        let heading = text
            .strip_suffix(':')
            .is_some_and(|it| it.contains(' ') && it.contains(|c: char| c.is_ascii_digit()))
            && !text.contains(['[', '{', '(', '"'])
            && !goes_on;
        let own = |line: usize| self.draft.slice(line, self.draft.line(line).1);
        let is_again = |line: usize| self.entry.is_empty && own(line) == own(self.start);
        let again = below(self.start, self.draft).is_some_and(is_again);
        (self.entry.dash.is_none() && (dots || rule || page || heading || again)).then_some(())?;
        let mend = Mend { start: self.start, end: self.end + 1, with: String::new() };
        let (message, hint) = if dots {
            lost_dash::left_out(text)
        } else if again {
            (both!("this line stands here twice", "这一行写了两遍"), both!("remove it here", "请删去这一个"))
        } else {
            stray::no_part()
        };
        Some(self.trial((self.content_start(), self.content_end()), message, hint, vec![mend]))
    }

    /// What another program, or a list of another kind, has put before the line: with a dash in its place, and without.
    fn without_mark(&self) -> Vec<Trial> {
        let Some((mark, rest)) = self.content.split_once(' ') else { return Vec::new() };
        let is_box = mark == "[" && rest.starts_with("] ");
        let length = if is_box { 3 } else { mark.chars().count() };
        if !is_box && !is_mark(mark) {
            return Vec::new();
        }
        let mark: String = self.content.chars().take(length).collect();
        let from = self.content_start();
        let behind = self.content.chars().skip(length).take_while(|c| *c == ' ').count();
        let message = both!("`{mark}` does not belong before a line of a lesson", "课程的行首不写 `{mark}`");
        let of = |with: &str, hint: Localised<String>| {
            let mend = Mend { start: from, end: from + length + behind, with: with.to_owned() };
            self.trial((from, from + length), message.clone(), hint, vec![mend])
        };
        let away = of("", both!("remove `{mark}` and the space behind it", "请删去 `{mark}` 和它后面的空格"));
        let dash =
            of("- ", both!("write `-` in its place, with one space behind it", "请改成 `-`，后面空一格"));
        if self.entry.dash.is_some() { vec![away] } else { vec![dash, away] }
    }

    /// The comma behind the closing bracket of this line, and of those like it below.
    fn commas(&self) -> Option<Trial> {
        let own = indent(self.start, self.draft);
        let comma = |line: usize| {
            let (start, end) = self.draft.line(line);
            let text: String = self.draft.slice(start, end).iter().collect();
            let text = text.trim_end();
            let is_one = text.ends_with("],") || text.ends_with("},");
            (is_one && indent(line, self.draft) == own).then(|| start + text.chars().count() - 1)
        };
        let lines = from(self.start, self.draft).take_while(|line| comma(*line).is_some());
        let lines: Vec<usize> = lines.collect();
        let commas: Vec<usize> = lines.iter().copied().filter_map(comma).collect();
        let first = *commas.first()?;
        let mend = |at: &usize| Mend { start: *at, end: at + 1, with: String::new() };
        let message = both!("this `,` is one too many", "这里多了一个 `,`");
        let hint = match each_of(&lines, self.draft) {
            Some(Localised { en, zh }) => {
                both!("remove the `,` at the end of {en}", "请删去{zh}每行末尾的 `,`")
            }
            None => both!("remove it", "请删去它"),
        };
        Some(self.trial((first, first + 1), message, hint, commas.iter().map(mend).collect()))
    }

    /// The line with one quotation mark for each of several, without any, and without the stars of a page.
    fn without_signs(&self) -> Vec<Trial> {
        let content = &self.content;
        let Some(sign) = content.chars().find(|c| matches!(c, '"' | '\'' | '*')) else { return Vec::new() };
        let from = self.content_start();
        let place = from + content.chars().take_while(|c| *c != sign).count();
        let of = |plain: String, message: Localised<String>| {
            let hint = self.written(&plain);
            let mend = Mend { start: from, end: self.content_end(), with: plain };
            self.trial((place, place + 1), message, hint, vec![mend])
        };
        let doubled = || both!("these quotation marks stand here several times", "这里的引号重复了");
        let message = match (sign, content.matches(sign).count()) {
            ('*', _) => both!("no emphasis belongs here", "这里不加强调的星号"),
            (_, 1) => both!("this `{sign}` is one too many", "这里多了一个 `{sign}`"),
            (_, _) => both!("no quotation marks belong here", "这里不加引号"),
        };
        let belongs = (self.table)(&self.path()).unwrap_or_default();
        let is_text = belongs.is_text() || sign != '*' && belongs.takes_items();
        let is_of_braces = content.matches(sign).count() == 1 && content.contains(&format!("{sign}{{"));
        let is_one_claim = self.entry.dash.is_some() && is_claim(content) && self.entry.name.is_none();
        let is_too_much = !is_text || is_of_braces || is_one_claim;
        let single = content.replace("\"\"\"", "\"").replace("\"\"", "\"");
        let single = (single != *content && content.contains("\"\"\"")).then(|| of(single, doubled()));
        let away = if sign == '*' { content.replace("**", "") } else { content.replace(sign, "") };
        let away = (is_too_much && away != *content).then(|| of(away, message));
        single.into_iter().chain(away).collect()
    }

    /// How the line reads with other content.
    pub(super) fn written(&self, content: &str) -> Localised<String> {
        let dash = if self.entry.dash.is_some() { "- " } else { "" };
        both!("write `{dash}{content}`", "请写 `{dash}{content}`")
    }

    /// Names with values in brackets of another kind, in too many, or as a call: `[who: 3]`, `{{a: 1}, {b: 2}}`.
    fn names_with_values(&self) -> Option<Trial> {
        let name = self.entry.name.as_ref()?;
        let is_named = (self.table)(&self.path())?.shapes.contains(&Shape::Names);
        let (_, value) = self.content.split_once(": ")?;
        let start = self.content_end() - value.chars().count();
        let value = value.trim_start();
        let inner = value.strip_prefix(['{', '['])?.strip_suffix(['}', ']'])?;
        is_whole(inner).then_some(())?;
        let parts: Vec<String> = match called(inner) {
            Some(one) => vec![one],
            None => inner.split(',').map(named).collect::<Option<_>>()?,
        };
        let with = format!("{{{}}}", parts.join(", "));
        (is_named && with != value && is_short(&with)).then_some(())?;
        let message = both!(
            "the names and values of `{name}` stand in one pair of `{{…}}`, as `name: value`",
            "`{name}` 的内容要写在一对 `{{…}}` 里，每一项写成 `名字: 值`"
        );
        let hint = both!("write `{with}`", "请写 `{with}`");
        let mend = Mend { start, end: self.content_end(), with };
        Some(self.trial((start, self.content_end()), message, hint, vec![mend]))
    }
}

/// Whether it is what stands before the items of another list: `➡️`, `(a)`, `1.`, `[x]`.
pub(super) fn is_mark(word: &str) -> bool {
    const LONGEST: usize = 4;
    let inner = word.trim_matches(|c| "()[].".contains(c));
    let is_numbered =
        word.ends_with([')', '.', ']']) && inner.chars().count() <= 2 && word.chars().count() <= LONGEST;
    let is_number = inner.chars().all(|c| c.is_ascii_digit()) || inner.chars().count() == 1;
    let is_sign = |c: char| !c.is_alphanumeric() && !c.is_ascii();
    (is_numbered && is_number) || (word.chars().all(is_sign) && !word.is_empty())
}

/// Whether no bracket is closed before it is opened.
fn is_whole(text: &str) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' if depth == 0 => return false,
            '}' | ']' => depth -= 1,
            _ => {}
        }
    }
    true
}

/// `token("argmax(a)")` as `token: "argmax(a)"`.
fn called(text: &str) -> Option<String> {
    let (name, value) = text.trim().strip_suffix(')')?.split_once('(')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_name && value.starts_with(['"', '\''])).then(|| format!("{name}: {value}"))
}

/// A name and a value without brackets around them, in whichever order.
fn named(part: &str) -> Option<String> {
    let part = part.trim_matches(|c: char| "{}[]".contains(c) || c.is_whitespace());
    let is_number = |word: &str| word.parse::<f64>().is_ok();
    let (first, second) =
        part.split_once(": ").or_else(|| part.split_once(' ').filter(|(first, _)| is_number(first)))?;
    let (first, second) = (first.trim(), second.trim());
    let (name, value) =
        if is_number(first) && !is_number(second) { (second, first) } else { (first, second) };
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let is_value = !value.is_empty() && !value.contains(['{', '}', '[', ']', ':']);
    (is_name && is_value).then(|| format!("{name}: {value}"))
}
