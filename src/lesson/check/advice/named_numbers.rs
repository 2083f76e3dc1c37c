//! Numbers that belong to names: GPT-2, 3Blue1Brown, Figure 2, `W_2`.

use super::languages::{Difference, Is, Written};
use crate::diagnostic::Span;
use crate::lesson::prose::{braces, is_han, is_inside};

/// English words with a capital, also where a sentence begins, whose number is part of a name.
const BEFORE: [&str; 12] = [
    "Figure", "Fig", "Table", "Chapter", "Section", "Equation", "Eq", "Page", "Part", "Lesson", "Appendix",
    "Version",
];
/// The same in Chinese, and what stands behind such a number.
const BEFORE_IN_CHINESE: [char; 4] = ['图', '表', '式', '课'];
const BEHIND_IN_CHINESE: [char; 4] = ['章', '节', '页', '课'];
/// What joins the letters and the number of a name.
const JOINTS: [char; 3] = ['-', '‐', '‑'];

/// Whether a number is joined to letters: GPT-2.
pub(super) fn is_in_word(text: &str, number: Span) -> bool {
    let before = text[..number.start].strip_suffix(JOINTS);
    before.is_some_and(|it| it.ends_with(|c: char| c.is_alphabetic() && !is_han(c)))
}

/// Whether a number belongs to the name before it: Figure 2, 图 2, 第 3 章, and Llama 3 if both languages have the name.
pub(super) fn is_of_name(text: &str, number: Span, other: &str) -> bool {
    let before = text[..number.start].trim_end_matches([' ', '\u{a0}']);
    let behind = text[number.end..].trim_start();
    if before.ends_with(BEFORE_IN_CHINESE) || before.ends_with('第') && behind.starts_with(BEHIND_IN_CHINESE)
    {
        return true;
    }
    let word = before.trim_end_matches('.');
    let start = word.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let (front, word) = (word[..start].trim_end(), &word[start..]);
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    let begins_sentence = front.is_empty() || front.ends_with(['.', '!', '?', ':', '"', '“', '(']);
    // After a full stop the number stands for itself, unless the word is one that is shortened.
    let is_shortened = before.len() == start + word.len() || BEFORE.contains(&word);
    let is_name = BEFORE.contains(&word)
        || capitals > 1
        || capitals == 1 && word.len() > 1 && (!begins_sentence || other.contains(word));
    is_shortened && is_name && word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The first names with a number in them of which each language has another one, or of which a short one, such as `t0` and
/// `W_2`, is missing in one.
pub(super) fn difference_of_names<'a>(en: &'a str, zh: &'a str) -> Option<Difference<'a>> {
    let (en, zh) = (names(en), names(zh));
    let only = |own: &[Written<'a>], other: &[Written<'_>]| -> Vec<Written<'a>> {
        own.iter().filter(|one| other.iter().all(|it| it.words != one.words)).copied().collect()
    };
    let (en, zh) = (only(&en, &zh), only(&zh, &en));
    let alike = |one: &Written<'_>, other: &Written<'_>| letters(one.words).eq(letters(other.words));
    let pair = en.iter().find_map(|one| Some((*one, *zh.iter().find(|other| alike(one, other))?)));
    if let Some((en, zh)) = pair {
        return Some(Difference::Both(en, zh));
    }
    // Names of the world, such as GPT-2, need not stand in both languages.
    let symbol = |of: &[Written<'a>]| of.iter().find(|one| is_symbol(one.words)).copied();
    Difference::of(symbol(&en), symbol(&zh))
}

/// The letters of a name.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !c.is_ascii_digit())
}

/// Whether a name is one of formulas: `t0`, `W_2`.
fn is_symbol(name: &str) -> bool {
    let is_numbered = name
        .find(|c: char| c.is_ascii_alphabetic())
        .is_some_and(|letter| name[letter..].contains(|c: char| c.is_ascii_digit()));
    let joined = name.contains(JOINTS);
    is_numbered && !joined && (name.contains('_') || letters(name).count() == 1)
}

/// The names outside of braces in which letters and digits are joined.
fn names(text: &str) -> Vec<Written<'_>> {
    let computed = braces(text);
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || JOINTS.contains(&c);
    let mut found = Vec::new();
    let mut start = 0;
    for (end, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if in_name(c) {
            continue;
        }
        let trimmed = text[start..end].trim_start_matches(JOINTS);
        let from = end - trimmed.len();
        let words = trimmed.trim_end_matches(JOINTS);
        let has = |is: fn(&char) -> bool| words.chars().any(|c| is(&c));
        if has(char::is_ascii_digit) && has(char::is_ascii_alphabetic) && !is_inside(&computed, from) {
            found.push(Written { words, span: Span::new(from, from + words.len()), is: Is::Name });
        }
        start = end + c.len_utf8();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Span {
        let start = text.find(|c: char| c.is_ascii_digit()).unwrap();
        let length = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - start);
        Span::new(start, start + length)
    }

    #[test]
    fn numbers_of_names_are_told_from_those_of_a_sentence() {
        for text in [
            "See Figure 2.",
            "Figure 2 shows",
            "in Fig. 2",
            "like Llama 3",
            "GPT 2 came",
            "见图 2",
            "第 3 章",
        ] {
            assert!(is_of_name(text, number(text), ""), "{text}");
        }
        for text in
            ["Divide 3 by it", "So. Of 3 rows", "head 2", "It is X. 2 rows", "第 3 行", "There are 3", "A 2"]
        {
            assert!(!is_of_name(text, number(text), ""), "{text}");
        }
        assert!(is_in_word("GPT-2", number("GPT-2")) && !is_in_word("3 - 2", number("3 - 2")));
    }

    #[test]
    fn names_may_be_left_out_but_have_one_number() {
        let words = |en: &'static str, zh: &'static str| match difference_of_names(en, zh) {
            Some(Difference::Both(en, zh)) => vec![en.words, zh.words],
            Some(Difference::OnlyEnglish(one) | Difference::OnlyChinese(one)) => vec![one.words],
            None => Vec::new(),
        };
        assert_eq!(words("As GPT-3 does.", "和 GPT-2 一样。"), ["GPT-3", "GPT-2"]);
        assert_eq!(words("As GPT-3 and GPT-2 do.", "和 GPT-2 一样。"), [""; 0]);
        assert_eq!(words("As 3Blue1Brown draws it, a 110M model.", "如视频。"), [""; 0]);
        assert_eq!(words("by 3Blue1Brown", "3BlueBrown 所画"), ["3Blue1Brown", "3BlueBrown"]);
        assert_eq!(words("t0 looks at t1", "t0 看自己"), ["t1"]);
    }
}
