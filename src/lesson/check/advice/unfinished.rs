//! What is left of a text or a step that was copied, and not changed or not finished.

use std::collections::HashMap;

use super::prose::said_by;
use super::{items, version, versions};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Language, Localised};
use crate::lesson::check::Checker;
use crate::yaml::Tree;

/// What authors write in the place of a text that is still to come.
const TO_COME: [&str; 13] =
    ["todo", "to do", "tbd", "tba", "fixme", "xxx", "...", "…", "……", "待补充", "待写", "待定", "待完善"];

impl Checker<'_> {
    /// Reports texts that are still to be written, and `en:` and `zh:` that are part of a text.
    pub(super) fn texts_are_finished(&mut self, texts: &[&Tree]) {
        for text in texts {
            self.text_is_written(text);
        }
        for text in texts.iter().flat_map(|text| versions(text)) {
            let words = text.as_text().unwrap_or_default();
            let name = |language: &Language| format!("{}:", language.code());
            let begins = Language::ALL.iter().any(|language| words.trim_start().starts_with(&name(language)));
            let holds = |language: &Language| words.split_whitespace().any(|word| word == name(language));
            if begins && Language::ALL.iter().all(holds) {
                let finding = self.languages_in_text(text.span);
                self.findings.push(finding);
            }
        }
    }

    /// Reports a text that is still to come, once for both languages.
    fn text_is_written(&mut self, text: &Tree) {
        let is_to_come = |text: &Tree| {
            let words = text.as_text().unwrap_or_default().trim();
            let bare = words.trim_end_matches([':', '：', '.', '。']).to_lowercase();
            TO_COME.contains(&words) || TO_COME.contains(&bare.as_str())
        };
        let (versions, already) = (versions(text), self.findings.len());
        let is_both = versions.len() > 1 && versions.iter().all(|own| is_to_come(own));
        let hint = if is_both {
            both!(
                "write it in both languages, or remove it from the step",
                "请用两种语言写上，或从这一步中删去它"
            )
        } else {
            both!("write it, or remove the line", "请写上，或删去这一行")
        };
        for own in versions.into_iter().filter(|own| is_to_come(own)) {
            let message = both!("this text is still to be written", "这段文字还没有写");
            self.report(Code::Questionable, own.span, message, hint.clone());
        }
        self.told_of_both_languages(already);
    }

    /// The finding for `say: |` with `en: …` and `zh: …` below, where the sign makes one text of the two.
    fn languages_in_text(&self, text: Span) -> Diagnostic {
        let message = both!(
            "`en:` and `zh:` are a part of this text, and are shown with it",
            "`en:` 和 `zh:` 成了文字的一部分，会一起显示出来"
        );
        let finding = Diagnostic::new(Code::MissingLanguage, text, message);
        let above = self.source.text[..text.start].trim_end();
        let sign = above.rsplit(char::is_whitespace).next().unwrap_or_default();
        if !sign.starts_with(['|', '>']) {
            return finding.with_hint(both!(
                "write `{{en: \"…\", zh: \"…\"}}`, with quotation marks around each",
                "请写 `{{en: \"…\", zh: \"…\"}}`，两种语言各用一对引号"
            ));
        }
        let place = Span { start: above.trim_end_matches(sign).trim_end().len(), end: above.len() };
        let line = self.source.line(place.start);
        finding
            .with_hint(both!("remove the `{sign}` in line {line}", "请删去第 {line} 行的 `{sign}`"))
            .with_fix(place, "")
    }

    /// Reports an option that is right and wrong at once.
    pub(super) fn options_differ(&mut self, tree: &Tree) {
        for step in items(tree, "steps") {
            let answer = step.get("question").and_then(|question| question.get("answer"));
            let options = answer.and_then(|answer| answer.get("choose")?.as_list()).unwrap_or_default();
            for (at, option) in options.iter().enumerate() {
                let contradicted = |other: &'_ Tree| Some((other.span, contradict(option, other)?));
                let Some((other, alike)) = options[..at].iter().find_map(contradicted) else { continue };
                let (message, hint) = match alike {
                    Alike::Both => (
                        both!(
                            "this says the same as the option above, and one of the two is right and the other wrong",
                            "它与上面的选项内容相同，却一个算对、一个算错"
                        ),
                        both!("give one of the two other words", "请改写其中一个"),
                    ),
                    Alike::In(Language::English) => (
                        both!(
                            "in English this option says the same as the one above, and one is right and the other wrong",
                            "这个选项的英文与上面的选项相同，却一个算对、一个算错"
                        ),
                        both!(
                            "one of the two does not say in English what it says in Chinese: correct that one",
                            "两个选项中有一个的英文与它的中文不一致，请改正它"
                        ),
                    ),
                    Alike::In(Language::Chinese) => (
                        both!(
                            "in Chinese this option says the same as the one above, and one is right and the other wrong",
                            "这个选项的中文与上面的选项相同，却一个算对、一个算错"
                        ),
                        both!(
                            "one of the two does not say in Chinese what it says in English: correct that one",
                            "两个选项中有一个的中文与它的英文不一致，请改正它"
                        ),
                    ),
                };
                let finding = Diagnostic::new(Code::Questionable, option.span, message)
                    .with_hint(hint)
                    .with_related(other, both!("the option above", "上面的选项"));
                self.findings.push(finding);
            }
        }
    }

    /// Reports a step that has the title of another one in one language only.
    pub(super) fn titles_are_changed(&mut self, tree: &Tree) {
        let mut earlier: HashMap<(Language, &str), &Tree> = HashMap::new();
        for title in items(tree, "steps").filter_map(|step| step.get("title")) {
            let own = |language| Some((language, version(title, language)?.as_text()?));
            let (Some(english), Some(chinese)) = (own(Language::English), own(Language::Chinese)) else {
                continue;
            };
            let told = match (earlier.get(&english), earlier.get(&chinese)) {
                (None, Some(other)) => Some((
                    *other,
                    both!(
                        "the Chinese title is that of an earlier step, and the English one is not",
                        "中文标题与前面某一步相同，而英文标题不同"
                    ),
                    another(Language::Chinese, english.1),
                )),
                (Some(other), None) => Some((
                    *other,
                    both!(
                        "the English title is that of an earlier step, and the Chinese one is not",
                        "英文标题与前面某一步相同，而中文标题不同"
                    ),
                    another(Language::English, chinese.1),
                )),
                (Some(other), Some(_)) if are_explained(tree, other, title) => {
                    let message = both!("an earlier step has this title too", "前面有一步用了同样的标题");
                    let hint = both!(
                        "give this step another title, in both languages",
                        "请给这一步另取一个标题，中文和英文都要改"
                    );
                    Some((*other, message, hint))
                }
                (None, None) | (Some(_), Some(_)) => None,
            };
            if let Some((other, message, hint)) = told {
                let is_of_both = earlier.contains_key(&english) && earlier.contains_key(&chinese);
                let code = if is_of_both { Code::DoubledLine } else { Code::LanguagesDiffer };
                let finding = Diagnostic::new(code, title.span, message).with_hint(hint);
                self.findings.push(finding.with_related(other.span, both!("the earlier one", "前面的标题")));
            }
            earlier.extend([(english, title), (chinese, title)]);
        }
    }
}

/// Whether the steps of two titles explain different parts of one head: those that ask or go on, and those of two heads,
/// may well be called the same.
fn are_explained(tree: &Tree, title: &Tree, other: &Tree) -> bool {
    let step = |title: &Tree| {
        items(tree, "steps").find(|step| step.get("title").is_some_and(|own| own.span == title.span))
    };
    let (Some(a), Some(b)) = (step(title), step(other)) else { return false };
    let explained = |step: &'_ Tree| {
        let shown = step.get("show").filter(|_| step.get("question").is_none())?.as_text()?;
        let (head, part) = shown.rsplit_once('.')?;
        Some((head.to_owned(), part.to_owned()))
    };
    explained(a).zip(explained(b)).is_some_and(|(a, b)| a.0 == b.0 && a.1 != b.1)
}

/// What to do about the title in one language that was left as it was, where the other one is new.
fn another(left: Language, new: &str) -> Localised<String> {
    match left {
        Language::English => both!(
            "write another English title here, one that says `{new}`",
            "请另写一个英文标题，与中文 `{new}` 一致"
        ),
        Language::Chinese => both!(
            "write another Chinese title here, one that says `{new}`",
            "请另写一个中文标题，与英文 `{new}` 一致"
        ),
    }
}

/// In which languages two options say the same.
enum Alike {
    Both,
    In(Language),
}

/// In which languages two options say the same, if they are not both right or both wrong.
fn contradict(a: &Tree, b: &Tree) -> Option<Alike> {
    let kind = |option: &Tree| Some(option.as_map()?.first()?.0.text.clone());
    let says = |option: &Tree, language| {
        let said = said_by(option).and_then(|said| version(said, language)?.as_text());
        said.map(|words| words.trim().to_lowercase())
    };
    let alike = |language: Language| says(a, language).is_some_and(|words| says(b, language) == Some(words));
    match Language::ALL.map(alike) {
        _ if kind(a) == kind(b) => None,
        [true, true] => Some(Alike::Both),
        [true, false] => Some(Alike::In(Language::English)),
        [false, true] => Some(Alike::In(Language::Chinese)),
        [false, false] => None,
    }
}
