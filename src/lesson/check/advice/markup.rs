//! Signs of other formats, which qkv draws as they are: `**bold**`, `_italic_`, `<b>`, `&nbsp;`.

use super::links::{is_address, link, without_address, without_footnote};
use super::prose::prose;
use super::versions;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::Localised;
use crate::lesson::check::{Checker, locate};
use crate::lesson::prose::{braces, cells, is_han, is_inside};
use crate::yaml::{Style, Tree};

/// What web pages write for a sign.
const ENTITIES: [(&str, &str); 20] = [
    ("&nbsp;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&times;", "×"),
    ("&middot;", "·"),
    ("&sdot;", "⋅"),
    ("&minus;", "−"),
    ("&plusmn;", "±"),
    ("&radic;", "√"),
    ("&infin;", "∞"),
    ("&le;", "≤"),
    ("&ge;", "≥"),
    ("&ne;", "≠"),
    ("&rarr;", "→"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
];
/// What web pages put around words. Tokens such as `<s>` and `<pad>` are none.
const AROUND: [&str; 11] = ["b", "i", "em", "strong", "u", "sub", "sup", "code", "span", "font", "mark"];
/// What they put between words.
const BETWEEN: [&str; 5] = ["<br>", "<br/>", "<br />", "</br>", "\\n"];

/// What can be lowered and raised,
const SMALL: &str = "0123456789+-=()n";
/// each lowered,
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ";
/// and each raised.
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ";

/// Signs that mean something elsewhere, and what is written here instead.
#[derive(Debug, PartialEq)]
struct Markup {
    span: Span,
    /// The sign as it is shown.
    sign: String,
    /// The words without it, emphasised where they were.
    instead: Option<String>,
}

/// Where a text has emphasis: `*word*` is drawn so in what is said, and with its stars in titles.
#[derive(Clone, Copy, PartialEq)]
enum Emphasis {
    Drawn,
    Plain,
}

impl Emphasis {
    fn of(self, words: &str) -> String {
        match self {
            Self::Drawn if !words.contains(['*', '{']) => format!("*{words}*"),
            Self::Drawn | Self::Plain => words.to_owned(),
        }
    }
}

/// Whether words in these signs are emphasised elsewhere.
fn is_emphasis(sign: &str) -> bool {
    sign.starts_with(['*', '_']) || ["<b>", "<i>", "<em>", "<strong>", "<u>", "<mark>"].contains(&sign)
}

/// What to do about a sign that breaks lines: only a text over several lines has paragraphs.
fn between(text: &Tree, raw: &str, words: &str, sign: Span) -> Localised<String> {
    let is_letter = |c: char| c.is_alphanumeric() && !is_han(c);
    let is_block = text.as_scalar().is_some_and(|scalar| scalar.style == Style::Block);
    // Behind a Chinese sign no space is written.
    let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii() && !c.is_whitespace() || is_letter(c));
    let begins = |c: Option<char>| c.is_some_and(|c| is_letter(c) || matches!(c, '*' | '{'));
    let (before, after) = (words[..sign.start].chars().next_back(), words[sign.end..].chars().next());
    let (sign_en, is_single) = (&words[sign.range()], raw.starts_with('\''));
    if sign_en == "\\n" && is_single && !words.contains(['"', '`']) && words.matches('\\').count() == 1 {
        both!(
            "if a new line is meant, write double quotation marks: `\"{words}\"`; otherwise remove `\\n`",
            "如果要换行，请改用双引号：`\"{words}\"`；否则请删去 `\\n`"
        )
    } else if is_block {
        both!(
            "remove `{sign_en}`; for a new paragraph leave one line empty",
            "请删去 `{sign_en}`；要另起一段，请空一行"
        )
    } else if ends(before) && begins(after) {
        both!("write a space in its place", "请改成空格")
    } else {
        both!("remove `{sign_en}`", "请删去 `{sign_en}`")
    }
}

impl Checker<'_> {
    /// Reports signs of other formats in the words of texts.
    pub(super) fn texts_have_no_markup(&mut self, tree: &Tree, texts: &[&Tree]) {
        let prose: Vec<Span> = prose(tree).into_iter().map(|text| text.span).collect();
        for text in texts {
            let emphasis = if prose.contains(&text.span) { Emphasis::Drawn } else { Emphasis::Plain };
            for version in versions(text) {
                self.report_markup(version, emphasis);
            }
        }
    }

    /// Where a text has signs of other formats.
    pub(super) fn markup_in(&self, words: &str) -> Vec<Span> {
        let found = markup(words, &self.computed_places(words), Emphasis::Plain);
        found.into_iter().map(|it| it.span).collect()
    }

    fn computed_places(&self, words: &str) -> Vec<Span> {
        let mut computed = [braces(words), cells(words, &self.scope())].concat();
        computed.sort();
        computed
    }

    fn report_markup(&mut self, text: &Tree, emphasis: Emphasis) {
        let words = text.as_text().unwrap_or_default();
        for Markup { span, sign, instead } in markup(words, &self.computed_places(words), emphasis) {
            let place = locate::in_source(self.source, text, span);
            let hint = match &instead {
                Some(instead) if instead.trim().is_empty() => both!("write a space", "请改成空格"),
                Some(instead) if is_address(&sign) => without_address(instead),
                Some(instead) if emphasis == Emphasis::Plain && is_emphasis(&sign) => both!(
                    "write `{instead}`: only what is said in a step has emphasis",
                    "请写成 `{instead}`：只有步骤的正文可以强调"
                ),
                Some(instead) => both!("write `{instead}`", "请写成 `{instead}`"),
                None if sign.starts_with("[^") || sign.starts_with('【') => without_footnote(),
                None if BETWEEN.contains(&sign.as_str()) => {
                    between(text, self.source.slice(text.span), words, span)
                }
                None if sign == "<sub>" => {
                    both!("write what is lowered after `_`, as in `x_1`", "下标写在 `_` 之后，例如 `x_1`")
                }
                None if sign == "<sup>" => {
                    both!("write what is raised after `^`, as in `x^2`", "上标写在 `^` 之后，例如 `x^2`")
                }
                None => both!("remove `{sign}`", "请删去 `{sign}`"),
            };
            let message = if span.end - span.start == 1 {
                both!("readers would see this `{sign}`", "`{sign}` 会原样显示给读者")
            } else {
                both!("readers would see the signs `{sign}`", "`{sign}` 会原样显示给读者")
            };
            let finding = Diagnostic::new(Code::UntidySign, place, message).with_hint(hint);
            // YAML would read the text otherwise.
            let plain = text.as_scalar().is_some_and(|scalar| scalar.style == Style::Plain);
            let fits =
                |it: &String| !(it.contains(['"', '\'', '&', '#']) || plain && it.contains(['*', '>']));
            let written = &words[span.range()];
            self.findings.push(match instead.filter(fits) {
                Some(instead) => self.with_fix_of(finding, place, written, &instead),
                None => finding,
            });
        }
    }
}

/// The signs of other formats in a text, outside of what is `computed`.
fn markup(text: &str, computed: &[Span], emphasis: Emphasis) -> Vec<Markup> {
    let mut found: Vec<Markup> = Vec::new();
    let mut end = 0;
    for (at, _) in text.char_indices() {
        if at < end || is_inside(computed, at) {
            continue;
        }
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        let linked = || link(rest).map(|(length, words)| (length, rest[..length].to_owned(), words));
        let next = entity(rest)
            .or_else(linked)
            .or_else(|| in_tags(rest, emphasis))
            .or_else(|| marked(rest, before, emphasis))
            .or_else(|| before_braces(rest, text))
            .map(|(length, sign, instead)| Markup { span: Span::new(at, at + length), sign, instead });
        if let Some(next) = next {
            end = next.span.end;
            found.push(next);
        }
    }
    found
}

/// The `$` of `${…}`, as programs mark their braces; not that of a price.
fn before_braces(rest: &str, text: &str) -> Option<Found> {
    const OF_MONEY: [&str; 11] =
        ["price", "cost", "pay", "dollar", "cheap", "expensive", "bill", "budget", "元", "价", "钱"];
    let is_alone = rest.starts_with("${") && text.matches('$').count() == text.matches("${").count();
    let lower = text.to_lowercase();
    (is_alone && !OF_MONEY.iter().any(|word| lower.contains(word))).then(|| (1, "$".to_owned(), None))
}

/// How long some markup is, its sign, and what is written instead.
type Found = (usize, String, Option<String>);

fn entity(rest: &str) -> Option<Found> {
    let (entity, sign) = ENTITIES.into_iter().find(|(entity, _)| rest.starts_with(entity))?;
    Some((entity.len(), entity.to_owned(), Some(sign.to_owned())))
}

/// `<b>words</b>`, or `<br>`.
fn in_tags(rest: &str, emphasis: Emphasis) -> Option<Found> {
    // `\neq` and `\nabla` are words of LaTeX.
    let is_word = |tag: &str| tag == "\\n" && rest[tag.len()..].starts_with(|c: char| c.is_ascii_lowercase());
    if let Some(tag) = BETWEEN.into_iter().find(|tag| rest.starts_with(tag) && !is_word(tag)) {
        return Some((tag.len(), tag.to_owned(), None));
    }
    let tag = AROUND.into_iter().find(|tag| rest.strip_prefix('<').is_some_and(|it| opens(it, tag)))?;
    let start = rest.find('>')? + 1;
    let closing = format!("</{tag}>");
    let length = rest[start..].find(&closing)?;
    let words = &rest[start..start + length];
    let instead = match tag {
        "sub" => small(words, LOWERED).unwrap_or_default(),
        "sup" => small(words, RAISED).unwrap_or_default(),
        "b" | "i" | "em" | "strong" | "u" | "mark" => emphasis.of(words),
        _ => words.to_owned(),
    };
    // What is raised or lowered means something else on the line: x², x₁.
    let is_plain = !instead.is_empty() && !words.contains(['<', '\n']) && words.trim() == words;
    Some((start + length + closing.len(), rest[..start].to_owned(), is_plain.then_some(instead)))
}

/// Words of which each letter has a small sign of its own.
fn small(words: &str, signs: &str) -> Option<String> {
    words.chars().map(|c| SMALL.find(c).and_then(|at| signs.chars().nth(at))).collect()
}

/// Whether `b>` or `span class="x">` begins here.
fn opens(rest: &str, tag: &str) -> bool {
    rest.strip_prefix(tag)
        .is_some_and(|after| after.starts_with('>') || after.starts_with(' ') && after.contains('>'))
}

/// `**words**`, `__words__` or `_words_`, around words and not within one.
fn marked(rest: &str, before: Option<char>, emphasis: Emphasis) -> Option<Found> {
    let sign = ["***", "**", "__", "_"].into_iter().find(|sign| rest.starts_with(sign))?;
    let is_in_word =
        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c) || c == '_' || c == '*');
    let inner = &rest[sign.len()..];
    let length = inner.find(sign)?;
    let (words, after) = (&inner[..length], &inner[length + sign.len()..]);
    let is_word = !words.is_empty() && words.trim() == words && !words.contains(['\n', '*', '_']);
    let has_letters = words.chars().any(char::is_alphabetic);
    if is_in_word(before) || is_in_word(after.chars().next()) || !is_word || !has_letters {
        return None;
    }
    Some((2 * sign.len() + length, sign.to_owned(), Some(emphasis.of(words))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instead(text: &str) -> Vec<Option<String>> {
        markup(text, &braces(text), Emphasis::Drawn).into_iter().map(|found| found.instead).collect()
    }

    #[test]
    fn what_means_nothing_elsewhere_is_left_alone() {
        for text in [
            "a * b ** c",
            "*word*",
            "W_Q, d_model and _",
            "2**3 = 8, a**b**c",
            "{X[1, 2]} *so* {S[a_b, c_d]}",
            "<s> the <pad> </s>",
            "1 < b and b > 0",
            "R&D; a & b",
            "__",
            "****",
            "x_1 + x_2",
            "a_ and _b",
        ] {
            assert_eq!(instead(text), [], "{text}");
        }
    }

    #[test]
    fn what_means_something_elsewhere_is_found_with_its_words() {
        let some = |words: &str| vec![Some(words.to_owned())];
        assert_eq!(instead("This is **bold**."), some("*bold*"));
        assert_eq!(instead("这是**粗体**字"), some("*粗体*"));
        assert_eq!(instead("so _italic_, so"), some("*italic*"));
        assert_eq!(instead("<b>bold</b> words"), some("*bold*"));
        assert_eq!(instead("x<sub>1</sub>"), some("₁"));
        assert_eq!(instead("x<sup>ab</sup>"), [None]);
        assert_eq!(instead("1 &lt; 2"), some("<"));
        assert_eq!(instead("one<br>two"), [None]);
    }
}
