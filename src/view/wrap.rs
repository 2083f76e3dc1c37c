//! Breaks prose into lines, English and Chinese alike: at the opportunities of UAX #14, and never so that a line
//! starts with `，` or ends with `（`, unless there is no other place at all.
//!
//! Sources: Unicode Standard Annex #14; W3C, *Requirements for Chinese Text Layout*, "Prohibition rules for line start
//! and line end".

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::text::{Line, Role, grapheme_cells};

/// Breaks `line` into lines of at most `width` cells, keeping the roles. A word that is wider than a line is cut
/// between grapheme clusters. A newline in the text ends a line; blanks at a break are dropped. There is always at
/// least one line. Only a single glyph that is itself wider than `width` sticks out.
///
/// ```
/// use qkv::view::text::Line;
/// use qkv::view::wrap::wrap;
/// let lines = wrap(&Line::from("查询与键相乘，得到分数。"), 12);
/// assert_eq!(lines[0].text(), "查询与键相");
/// assert_eq!(lines[1].text(), "乘，得到分");
/// assert_eq!(lines[2].text(), "数。");
/// ```
pub fn wrap(line: &Line, width: usize) -> Vec<Line> {
    let text = line.text();
    let mut roles = Roles::new(line);
    let mut wrapped = Vec::new();
    for paragraph in paragraphs(&text) {
        let units = units(&text[paragraph.clone()], paragraph.start, &mut roles);
        for range in fill(&units, width.max(1)) {
            wrapped.push(join(&units[range]));
        }
    }
    wrapped
}

/// The most signs of a Chinese word that is not broken in a sentence of another script.
const LONGEST_NAMED: usize = 8;

/// One grapheme cluster and what may happen after it.
struct Unit<'t> {
    text: &'t str,
    role: Role,
    width: usize,
    blank: bool,
    /// A line may end here.
    may_break: bool,
    /// If a line has to end here, neither line offends against the rules for line start and line end.
    may_cut: bool,
}

/// Which units make each line.
fn fill(units: &[Unit], width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    loop {
        let end = line_end(units, start, width);
        lines.push(start..end);
        start = end + units[end..].iter().take_while(|unit| unit.blank).count();
        if start == units.len() {
            return lines;
        }
    }
}

/// Where the line that begins at `start` ends. Always after `start`, unless nothing is left.
fn line_end(units: &[Unit], start: usize, width: usize) -> usize {
    let mut used = 0;
    let mut last_break = None;
    for (index, unit) in units.iter().enumerate().skip(start) {
        // Blanks may hang over the edge: they are dropped if the line ends there.
        if !unit.blank && used + unit.width > width {
            return last_break.unwrap_or_else(|| cut(units, start, index));
        }
        used += unit.width;
        if unit.may_break {
            last_break = Some(index + 1);
        }
    }
    units.len()
}

/// Where a word is cut that is wider than its line; at most `limit` units fit.
fn cut(units: &[Unit], start: usize, limit: usize) -> usize {
    let fitting = start + 1..=limit;
    fitting.rev().find(|end| units[end - 1].may_cut).unwrap_or_else(|| limit.max(start + 1))
}

fn join(units: &[Unit]) -> Line {
    let end = units.iter().rposition(|unit| !unit.blank).map_or(0, |last| last + 1);
    let mut line = Line::new();
    for unit in &units[..end] {
        line.push(unit.text, unit.role);
    }
    line
}

fn units<'t>(paragraph: &'t str, offset: usize, roles: &mut Roles) -> Vec<Unit<'t>> {
    let breaks: BTreeSet<usize> = linebreaks(paragraph)
        .filter(|(_, kind)| *kind == BreakOpportunity::Allowed)
        .map(|(position, _)| position)
        .collect();
    let mut units: Vec<Unit> = paragraph
        .grapheme_indices(true)
        .map(|(position, text)| Unit {
            text,
            role: roles.at(offset + position),
            width: grapheme_cells(text),
            blank: text.chars().all(char::is_whitespace),
            may_break: breaks.contains(&(position + text.len())),
            may_cut: true,
        })
        .collect();
    forbid_bad_ends(&mut units);
    keep_words_whole(&mut units);
    units
}

/// Chinese words that a sentence in another script names stay in one line, as its own words do.
fn keep_words_whole(units: &mut [Unit]) {
    let is_letter = |unit: &Unit| unit.text.chars().next().is_some_and(char::is_alphabetic);
    let is_chinese = |unit: &Unit| is_letter(unit) && unit.text.chars().next().is_some_and(is_wide);
    let chinese = units.iter().filter(|unit| is_chinese(unit)).count();
    let letters = units.iter().filter(|unit| is_letter(unit)).count();
    if letters <= 2 * chinese {
        return;
    }
    for word in units.chunk_by_mut(|a, b| is_chinese(a) && is_chinese(b)) {
        if word.len() <= LONGEST_NAMED {
            let (_, inner) = word.split_last_mut().expect("a chunk is never empty");
            for unit in inner {
                unit.may_break = false;
            }
        }
    }
}

/// Takes away the breaks that would put a closing sign at a line's start or an opening one at a line's end, and adds
/// those around quotation marks in Chinese, of which UAX #14 cannot tell whether they open or close.
fn forbid_bad_ends(units: &mut [Unit]) {
    // The first and the last sign beside each place, not counting blanks, which a break swallows.
    let mut next = None;
    let mut after = vec![None; units.len()];
    for (index, unit) in units.iter().enumerate().rev() {
        after[index] = next;
        if !unit.blank {
            next = unit.text.chars().next();
        }
    }
    let mut before = None;
    for (unit, next) in units.iter_mut().zip(after) {
        if !unit.blank {
            before = unit.text.chars().next();
        }
        let (Some(left), Some(right)) = (before, next) else {
            continue;
        };
        let around_quote =
            matches!(right, '“' | '‘') && is_wide(left) || matches!(left, '”' | '’') && is_wide(right);
        unit.may_break |= around_quote && !unit.blank;
        unit.may_cut = !may_not_start(right) && !may_not_end(left);
        unit.may_break &= unit.may_cut;
    }
}

fn is_wide(sign: char) -> bool {
    sign.width() == Some(2)
}

/// Whether no line may start with `sign`.
fn may_not_start(sign: char) -> bool {
    "，。、；：？！）】》〉」』〕〗］｝”’％‰…·".contains(sign)
}

/// Whether no line may end with `sign`.
fn may_not_end(sign: char) -> bool {
    "（【《〈「『〔〖［｛“‘￥".contains(sign)
}

/// The paragraphs of a text, without the newlines that end them.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for (end, kind) in linebreaks(text) {
        if kind == BreakOpportunity::Mandatory {
            let length = text[start..end].trim_end_matches(is_newline).len();
            paragraphs.push(start..start + length);
            start = end;
        }
    }
    if paragraphs.is_empty() {
        paragraphs.push(0..text.len());
    }
    paragraphs
}

/// The characters after which UAX #14 ends a line in any case.
fn is_newline(sign: char) -> bool {
    matches!(sign, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The role at each byte of a line, asked for in ascending order.
struct Roles<'l> {
    spans: std::slice::Iter<'l, super::text::Span>,
    role: Role,
    end: usize,
}

impl<'l> Roles<'l> {
    fn new(line: &'l Line) -> Self {
        Self { spans: line.0.iter(), role: Role::Plain, end: 0 }
    }

    fn at(&mut self, position: usize) -> Role {
        while position >= self.end {
            let Some(span) = self.spans.next() else {
                break;
            };
            self.role = span.role;
            self.end += span.text.len();
        }
        self.role
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str, width: usize) -> Vec<String> {
        wrap(&Line::from(text), width).iter().map(Line::text).collect()
    }

    #[test]
    fn english_breaks_at_blanks_and_drops_them() {
        assert_eq!(texts("a fluffy blue creature", 13), ["a fluffy blue", "creature"]);
        assert_eq!(texts("a   fluffy", 6), ["a", "fluffy"]);
    }

    #[test]
    fn chinese_breaks_between_any_two_characters() {
        assert_eq!(texts("每个词元问自己的问题", 8), ["每个词元", "问自己的", "问题"]);
    }

    #[test]
    fn chinese_words_in_an_english_sentence_stay_whole_while_they_fit() {
        assert_eq!(texts("What does it give to 毛衣?", 23), ["What does it give to", "毛衣?"]);
        assert_eq!(texts("give to 毛衣 or 裤子", 9), ["give to", "毛衣 or", "裤子"]);
        assert_eq!(
            texts("the rows of 注意力机制矩阵 it is", 8),
            ["the rows", "of", "注意力机", "制矩阵", "it is"]
        );
        // In a Chinese sentence a short English one changes nothing.
        assert_eq!(texts("词元 tok 问自己的问题", 10), ["词元 tok", "问自己的问", "题"]);
    }

    #[test]
    fn no_line_starts_with_a_closing_sign() {
        assert_eq!(texts("注意力，分数", 6), ["注意", "力，分", "数"]);
        assert_eq!(texts("他说“好”然后", 7), ["他说", "“好”然", "后"]);
    }

    #[test]
    fn no_line_ends_with_an_opening_sign() {
        assert_eq!(texts("键矩阵（K）", 8), ["键矩阵", "（K）"]);
        assert_eq!(texts("他说“好”然后", 5), ["他说", "“好”", "然后"]);
    }

    #[test]
    fn a_long_word_is_cut_between_clusters() {
        assert_eq!(texts("see antidisestablish", 8), ["see", "antidise", "stablish"]);
        assert_eq!(texts("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn a_forced_cut_still_minds_the_signs() {
        assert_eq!(texts("hello，", 5), ["hell", "o，"]);
    }

    #[test]
    fn newlines_end_lines_and_empty_lines_stay() {
        assert_eq!(texts("one\n\ntwo\r\nthree\n", 20), ["one", "", "two", "three"]);
        assert_eq!(texts("", 20), [""]);
    }

    #[test]
    fn an_indent_stays() {
        assert_eq!(texts("  a b", 20), ["  a b"]);
    }

    #[test]
    fn no_width_is_too_small() {
        assert_eq!(texts("词元", 0), ["词", "元"]);
        assert_eq!(texts("词元", 1), ["词", "元"]);
        assert_eq!(texts("ab", 0), ["a", "b"]);
    }

    #[test]
    fn roles_stay_with_their_text() {
        let line =
            Line::of("the ", Role::Plain).with("query 查询", Role::Queries).with("，asks", Role::Strong);
        let expected = [
            Line::of("the ", Role::Plain).with("query", Role::Queries),
            Line::of("查", Role::Queries),
            Line::of("询", Role::Queries).with("，", Role::Strong),
        ];
        assert_eq!(wrap(&line, 9)[..1], expected[..1]);
        let narrow = wrap(&line, 5);
        assert_eq!(narrow.iter().map(Line::text).collect::<Vec<_>>(), ["the", "query", "查", "询，", "asks"]);
        assert_eq!(narrow[3], expected[2]);
    }

    /// Prose with everything that is difficult: Han, signs, blanks, accents, joined emoji, newlines.
    fn prose() -> impl Strategy<Value = Line> {
        let piece = prop_oneof![
            "[a-z]{1,9}",
            "[词元查询键值]{1,5}",
            "[，。、；：？！）】》”’（【《“‘…—.,;:()]{1,3}",
            "[ ]{1,3}",
            Just("\n".to_owned()),
            Just("e\u{301}".to_owned()),
            Just("\u{1F469}\u{200D}\u{1F52C}".to_owned()),
            "\\PC{0,3}",
        ];
        let role = prop_oneof![Just(Role::Plain), Just(Role::Queries), Just(Role::Strong)];
        prop::collection::vec((piece, role), 0..24).prop_map(|pieces| {
            let mut line = Line::new();
            for (text, role) in pieces {
                line.push(&text, role);
            }
            line
        })
    }

    fn without_blanks(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_unless_it_is_one_glyph(line in prose(), width in 2_usize..30) {
            for part in wrap(&line, width) {
                let text = part.text();
                let glyphs = text.graphemes(true).filter(|glyph| grapheme_cells(glyph) > 0).count();
                prop_assert!(part.width() <= width || glyphs == 1, "{:?}", text);
            }
        }

        #[test]
        fn nothing_is_lost_but_blanks(line in prose(), width in 0_usize..30) {
            let joined: String = wrap(&line, width).iter().map(Line::text).collect();
            prop_assert_eq!(without_blanks(&joined), without_blanks(&line.text()));
        }

        #[test]
        fn roles_are_kept_in_order(line in prose(), width in 0_usize..30) {
            let is_han = |sign: char| ('\u{4e00}'..'\u{9fff}').contains(&sign);
            // A few scripts have signs that join the next one, whose role is then that of both.
            prop_assume!(line.text().graphemes(true).all(|glyph| !glyph.chars().skip(1).any(is_han)));
            let roles = |lines: &[Line]| -> Vec<(char, Role)> {
                let spans = lines.iter().flat_map(|line| &line.0);
                let signs = spans.flat_map(|span| span.text.chars().map(|sign| (sign, span.role)));
                signs.filter(|(sign, _)| is_han(*sign)).collect()
            };
            prop_assert_eq!(roles(&wrap(&line, width)), roles(std::slice::from_ref(&line)));
        }

        #[test]
        fn no_line_ends_with_a_blank(line in prose(), width in 0_usize..30) {
            for part in wrap(&line, width) {
                let text = part.text();
                let last = text.graphemes(true).next_back().unwrap_or("");
                prop_assert!(last.is_empty() || !last.chars().all(char::is_whitespace));
            }
        }

        #[test]
        fn signs_are_kept_from_line_starts_and_ends_whenever_they_can(line in prose(), width in 2_usize..30) {
            let unbroken = Line::from(line.text().replace(is_newline, " "));
            let lines: Vec<String> = wrap(&unbroken, width).iter().map(Line::text).collect();
            for pair in lines.windows(2) {
                let (Some(last), Some(first)) = (pair[0].graphemes(true).next_back(), pair[1].chars().next()) else {
                    continue;
                };
                if may_not_start(first) || last.starts_with(may_not_end) {
                    let signs: Vec<char> = without_blanks(&pair[0])
                        .graphemes(true)
                        .filter_map(|glyph| glyph.chars().next())
                        .collect();
                    let elsewhere = signs.windows(2).any(|two| !may_not_end(two[0]) && !may_not_start(two[1]));
                    prop_assert!(!elsewhere, "{:?}", lines);
                }
            }
        }
    }
}
