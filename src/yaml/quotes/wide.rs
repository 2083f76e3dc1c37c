//! Chinese texts with a plain colon or comma at which YAML would break them off: the wide sign of Chinese does no harm.

use crate::language::Language;
use crate::yaml::quotes::quoted_text;

/// A text in a line of its own that breaks off, as it is to be written under this name: in quotation marks, or with the signs
/// of Chinese if these are enough.
pub(in crate::yaml) fn unbroken(text: &str, name: &str) -> String {
    let wide = with_signs_of(name, text);
    let breaks = wide.contains(": ") || wide.contains(" #") || wide.ends_with(':') || wide.contains('\n');
    if wide != text && !breaks && wide.starts_with(begins_text) { wide } else { quoted_text(&wide) }
}

/// The same between brackets, which end more texts.
pub(crate) fn unbroken_within(text: &str, name: &str) -> String {
    let written = unbroken(text, name);
    let breaks = written.contains(['{', '}', '[', ']', ',']) && !written.starts_with(['"', '\'']);
    if breaks { quoted_text(&written) } else { written }
}

fn begins_text(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '“' | '《' | '（')
}

/// A text as its language writes it, if that is Chinese.
fn with_signs_of(name: &str, text: &str) -> String {
    let is_english = Language::from_code(name) == Some(Language::English);
    if is_english { text.to_owned() } else { with_wide_signs(text) }
}

/// The text with `：` and `，` for the plain signs behind Chinese characters, and without the blanks behind these.
fn with_wide_signs(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let wide = match c {
            ':' => '：',
            ',' => '，',
            other => other,
        };
        let is_behind_han = depth == 0 && written.chars().next_back().is_some_and(is_han);
        let is_sign = wide != c && is_behind_han && characters.peek().is_none_or(|next| *next == ' ');
        written.push(if is_sign { wide } else { c });
        while is_sign && characters.next_if_eq(&' ').is_some() {}
    }
    written
}

/// Whether it is a Chinese character.
pub(in crate::yaml) const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_texts_get_the_signs_of_chinese() {
        assert_eq!(unbroken("注意: {X[猫, 1]} 是", "zh"), "注意：{X[猫, 1]} 是");
        assert_eq!(unbroken("Lesson 1: 猫: cats", "en"), "\"Lesson 1: 猫: cats\"");
        assert_eq!(unbroken("softmax: 份额", "zh"), "\"softmax: 份额\"");
        assert_eq!(unbroken_within("第1课: 白猫", "zh"), "第1课：白猫");
        assert_eq!(unbroken_within("白猫, 红球", "title"), "白猫，红球");
        assert_eq!(unbroken_within("注意: {X[猫, 1]}", "zh"), "\"注意：{X[猫, 1]}\"");
    }
}
