//! Glosses that stand behind the other language.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Language;
use crate::lesson::check::Checker;
use crate::lesson::prose::is_han;
use crate::yaml::{Key, Tree};

/// A gloss of fewer words says little about its language.
const FEWEST: usize = 2;

impl Checker<'_> {
    /// Reports glosses in English behind `zh`, and in Chinese behind `en`.
    pub(super) fn glosses_are_in_their_language(&mut self, tree: &Tree) {
        let texts = tree.get("texts").and_then(Tree::as_map).unwrap_or_default().iter().map(|(_, text)| text);
        for text in texts.chain(tree.get("text")) {
            let gloss = text.get("gloss").and_then(Tree::as_map).unwrap_or_default();
            for (key, words) in gloss {
                self.gloss_is_in(key, words, gloss);
            }
        }
    }

    fn gloss_is_in(&mut self, key: &Key, words: &Tree, gloss: &[(Key, Tree)]) {
        let Some(language) = Language::ALL.into_iter().find(|it| it.code() == key.text) else { return };
        let said: Vec<&str> = words.as_list().unwrap_or_default().iter().filter_map(Tree::as_text).collect();
        let said: Vec<&str> = said.into_iter().filter(|word| word.chars().any(char::is_alphabetic)).collect();
        let is_english = |word: &&str| word.is_ascii() && word.contains(|c: char| c.is_ascii_lowercase());
        let is_other = match language {
            Language::English => said.iter().all(|word| word.chars().all(is_han)),
            Language::Chinese => said.iter().all(is_english),
        };
        if said.len() < FEWEST || !is_other {
            return;
        }
        let (own, other) = (language.code(), language.other().code());
        let message = match language {
            Language::English => both!("the words behind `en` are Chinese", "`en` 后面写的是中文"),
            Language::Chinese => both!("the words behind `zh` are English", "`zh` 后面写的是英文"),
        };
        let finding = Diagnostic::new(Code::MissingLanguage, key.span, message);
        let is_there = gloss.iter().any(|(key, _)| key.text == other);
        self.findings.push(if is_there {
            finding.with_hint(match language {
                Language::English => both!("write them in English here", "请在这里写英文"),
                Language::Chinese => both!("write them in Chinese here", "请在这里写中文"),
            })
        } else {
            let hint = both!("write `{other}:` instead of `{own}:`", "请把 `{own}:` 改成 `{other}:`");
            finding.with_hint(hint).with_fix(key.span, other)
        });
    }
}
