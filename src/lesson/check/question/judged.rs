//! Options that their author judges, written as claims: `holds: yes`.

use super::Checker;
use crate::both;
use crate::diagnostic::Code;
use crate::lesson::check::advice::versions;
use crate::yaml::{Tree, quoted_text};

/// Words for a claim that holds,
const YES: [&str; 8] = ["yes", "true", "right", "correct", "对", "是", "正确", "真"];
/// and for one that does not.
const NO: [&str; 8] = ["no", "false", "wrong", "incorrect", "错", "否", "错误", "假"];

impl Checker<'_> {
    /// Reports `holds: yes` in an option, a claim with these fields: what is judged by the author needs no claim.
    pub(super) fn is_judged(&mut self, option: &Tree, fields: &Tree, holds: &Tree) -> bool {
        let Some(word) = holds.as_text().map(|word| word.trim().to_lowercase()) else { return false };
        let is_in = |words: &[&str]| words.contains(&word.as_str());
        let kind = if is_in(&YES) { "right" } else { "wrong" };
        if !is_in(&YES) && !is_in(&NO) {
            return false;
        }
        let option_is = format!("{kind}: {}", self.as_one_line(fields.get("say")));
        let line = |at| self.source.line(at);
        let (first, last) = (line(option.span.start), line(holds.span.end));
        let hint = if first == last {
            both!(
                "to judge the option yourself, write `{{{option_is}}}`",
                "要自己判断这一项，请写 `{{{option_is}}}`"
            )
        } else {
            both!(
                "to judge the option yourself, write one line instead of lines {first} to {last}: `- {option_is}`",
                "要自己判断这一项，请把第 {first}–{last} 行改成一行：`- {option_is}`"
            )
        };
        let message = both!(
            "`holds` is a claim about numbers, which qkv checks",
            "`holds` 里写关于数的断言，由 qkv 判断"
        );
        self.report(Code::BadExpression, holds.span, message, hint);
        true
    }

    /// A text in one line, as it is written or with both languages in braces.
    fn as_one_line(&self, text: Option<&Tree>) -> String {
        let Some(text) = text else { return "…".to_owned() };
        let written = self.source.slice(text.span);
        if !written.contains('\n') {
            return written.to_owned();
        }
        let words = |own: &Tree| quoted_text(own.as_text().unwrap_or_default().trim());
        match versions(text)[..] {
            [english, chinese] => format!("{{en: {}, zh: {}}}", words(english), words(chinese)),
            [one, ..] => words(one),
            [] => "…".to_owned(),
        }
    }
}
