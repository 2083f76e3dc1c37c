//! Glosses: one for each token of a text.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Localised, counted};
use crate::lesson::check::Checker;
use crate::lesson::check::names::slips::{BETWEEN, WIDE};
use crate::lesson::expression::listed;
use crate::lesson::prose::is_han;
use crate::yaml::Tree;

impl Checker<'_> {
    /// The glosses of a text in a language; reports if there are not as many as tokens.
    pub(in crate::lesson::check) fn gloss(
        &mut self,
        text: &Tree,
        language: &str,
        tokens: &[String],
    ) -> Option<Vec<String>> {
        let tree = text.get("gloss")?.get(language)?;
        let words: Vec<_> = tree.as_list()?.iter().filter_map(Tree::as_text).map(str::to_owned).collect();
        if words.len() == tokens.len() {
            return Some(words);
        }
        let written = text.get("tokens").unwrap_or(text);
        // A token that is nothing to YAML is told there, and is one with it.
        if written.as_list().unwrap_or_default().iter().any(Tree::is_null) {
            return None;
        }
        let count = words.len();
        let (glosses, of) = (counted(count, "gloss", "glosses"), counted(tokens.len(), "token", "tokens"));
        let number = tokens.len();
        let message = both!("{glosses} for {of}", "有 {number} 个词元，而 `gloss` 写了 {count} 项");
        let message = match tokens {
            [token] if token.contains(WIDE) && apart_by_signs(token).len() == count => both!(
                "a Chinese comma does not divide tokens, so `{token}` is 1 token, and here are {glosses}",
                "全角标点不能分隔词元，所以 `{token}` 只算 1 个词元，而 `gloss` 写了 {count} 项"
            ),
            [..] => message,
        };
        let finding = Diagnostic::new(Code::ShapeMismatch, tree.span, message);
        let [token] = tokens else {
            let (wanted, listed) =
                (counted(number, "gloss", "glosses"), listed(tokens.iter().map(String::as_str)));
            let Localised { en, zh } = listed;
            let hint = both!("write {wanted}, one for each of {en}", "请写 {number} 项，与 {zh} 一一对应");
            self.findings.push(finding.with_hint(hint));
            return None;
        };
        let place = written.as_list().and_then(|items| Some(items.first()?.span)).unwrap_or(written.span);
        let is_list = written.as_list().is_some();
        let finding = finding
            .with_related(place, both!("this is one token", "这是一个词元"))
            .with_hint(apart(token, count, if is_list { ", " } else { " " }));
        self.findings.push(finding);
        self.glosses_of_one.push((place, tree.span));
        None
    }

    /// Takes back what is said of the glosses of a text which is one token by mistake, where that is told of the token.
    pub(in crate::lesson::check) fn forget_glosses_of(&mut self, token: Span) {
        let Self { findings, glosses_of_one, .. } = self;
        let is_of_it = |it: &Diagnostic| {
            let mut own = glosses_of_one.iter().filter(|(place, _)| place.range().contains(&token.start));
            it.code == Code::ShapeMismatch && own.any(|(_, gloss)| *gloss == it.span)
        };
        findings.retain(|it| !is_of_it(it));
    }
}

/// The words of a token that is several.
fn apart_by_signs(token: &str) -> Vec<&str> {
    let is_between = |c: char| c.is_whitespace() || BETWEEN.contains(&c);
    token.split(is_between).filter(|word| !word.is_empty()).collect()
}

/// How a token is written that is several, with this between them.
fn apart(token: &str, count: usize, between: &str) -> Localised<String> {
    let words = apart_by_signs(token);
    if words.len() == count {
        let words = words.join(between);
        let written = if between == " " { words } else { format!("[{words}]") };
        return both!("write the tokens as `{written}`", "请把词元写成 `{written}`");
    }
    if token.contains(is_han) && between == " " {
        return both!(
            "without spaces `{token}` is one token: put spaces between its {count} tokens",
            "没有空格，`{token}` 就是一个词元：请用空格把它分成 {count} 个词元"
        );
    }
    both!("write 1 gloss, for `{token}`", "请只写 1 项，对应 `{token}`")
}

impl Checker<'_> {
    /// The finding about a label that is the gloss of one token, with that token for its remedy.
    pub(in crate::lesson::check) fn with_token_of_gloss(
        &self,
        tree: &Tree,
        finding: Diagnostic,
    ) -> Diagnostic {
        let word = tree.as_text().and_then(|text| text.get(finding.span.range()));
        let Some(word) = word.filter(|_| finding.code == Code::UnknownLabel && finding.fix.is_empty()) else {
            return finding;
        };
        let mut tokens: Vec<&str> = Vec::new();
        for text in &self.texts {
            for glosses in [&text.gloss.en, &text.gloss.zh].into_iter().flatten() {
                let of = glosses.iter().zip(text.tokens.labels()).filter(|(gloss, _)| *gloss == word);
                tokens.extend(of.map(|(_, token)| token.as_str()));
            }
        }
        tokens.dedup();
        match tokens.as_slice() {
            [token] => finding.with_hint(both!(
                "`{word}` is the gloss of `{token}`: write `{token}`",
                "`{word}` 是 `{token}` 的译文：请写 `{token}`"
            )),
            [..] => finding,
        }
    }
}
