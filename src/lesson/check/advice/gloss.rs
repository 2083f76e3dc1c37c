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
            let wrong: Vec<&Key> =
                gloss.iter().filter(|it| is_of_the_other(it)).map(|(key, _)| key).collect();
            let repeats =
                gloss.iter().any(|(_, words)| text.get("tokens").is_some_and(|it| is_same(it, words)));
            self.tell_gloss(&wrong, gloss.len() > 1 || repeats);
        }
    }

    fn tell_gloss(&mut self, wrong: &[&Key], is_to_be_translated: bool) {
        let [key, rest @ ..] = wrong else { return };
        let Some(language) = language_of(key) else { return };
        let (own, other) = (language.code(), language.other().code());
        let message = match language {
            Language::English => both!("the words behind `en` are Chinese", "`en` 后面写的是中文"),
            Language::Chinese => both!("the words behind `zh` are English", "`zh` 后面写的是英文"),
        };
        let finding = Diagnostic::new(Code::MissingLanguage, key.span, message);
        let finding = match (rest.first(), is_to_be_translated) {
            (Some(second), _) => finding
                .with_hint(both!("exchange `en` and `zh`", "请把 `en` 和 `zh` 对调"))
                .with_fix(key.span, other)
                .with_fix(second.span, own),
            (None, true) => finding.with_hint(match language {
                Language::English => both!("write them in English here", "请在这里写英文"),
                Language::Chinese => both!("write them in Chinese here", "请在这里写中文"),
            }),
            (None, false) => finding
                .with_hint(both!("write `{other}:` instead of `{own}:`", "请把 `{own}:` 改成 `{other}:`"))
                .with_fix(key.span, other),
        };
        self.findings.push(finding);
    }
}

fn language_of(key: &Key) -> Option<Language> {
    Language::ALL.into_iter().find(|it| it.code() == key.text)
}

/// Whether these words are the tokens themselves.
fn is_same(tokens: &Tree, words: &Tree) -> bool {
    let of = |tree: &'_ Tree| match (tree.as_list(), tree.as_text()) {
        (Some(items), _) => items.iter().filter_map(Tree::as_text).map(str::to_owned).collect(),
        (None, Some(text)) => text.split_whitespace().map(str::to_owned).collect(),
        (None, None) => Vec::new(),
    };
    let (tokens, words): (Vec<String>, Vec<String>) = (of(tokens), of(words));
    tokens == words
}

/// Whether all words of a gloss are plainly in the language that it is not said to be in.
fn is_of_the_other((key, words): &(Key, Tree)) -> bool {
    let words = words.as_list().unwrap_or_default().iter().filter_map(Tree::as_text);
    let said: Vec<&str> = words.filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let is_english = |word: &&str| word.is_ascii() && word.contains(|c: char| c.is_ascii_lowercase());
    let is_other = match language_of(key) {
        Some(Language::English) => said.iter().all(|word| word.chars().all(is_han)),
        Some(Language::Chinese) => said.iter().all(|word| word.is_ascii()) && said.iter().any(is_english),
        None => false,
    };
    said.len() >= FEWEST && is_other
}
