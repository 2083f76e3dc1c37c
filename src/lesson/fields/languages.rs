//! Texts in both languages: what is missing from them, and what is no language.

use super::validate::beginning;
use super::wrong::{called_here, empty, with_fix, wrong_kind};
use super::{Kind, Record};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::language::{Language, Localised};
use crate::lesson::prose::is_han;
use crate::yaml::{Key, Style, Tree, Value, quoted_text, unbroken_within};

pub(super) fn translations(tree: &Tree, entries: &[(Key, Tree)], findings: &mut Vec<Diagnostic>) {
    let continues = continuations(entries);
    for (at, (key, value)) in entries.iter().enumerate() {
        if continues[at] {
            // All that follows belongs to the same text.
            if !at.checked_sub(1).is_some_and(|before| continues[before]) {
                let rest = continues[at..].iter().take_while(|it| **it).count();
                findings.push(cut_at_comma(entries, at, rest));
            }
        } else if !is_language(key) {
            findings.push(unknown_language(key, value));
        } else if !matches!(value.value, Value::Scalar(_)) {
            findings.push(wrong_kind(value, &Kind::Word));
        }
    }
    let has = |language: &Language| {
        tree.get(language.code()).is_some_and(|value| {
            value.as_text().is_none_or(|text| !text.trim().is_empty()) && !value.is_null()
        })
    };
    // A misspelt language has been reported with the right one; that it is missing as well would say it twice.
    let meant = |language: &Language| {
        let slip = |(key, _): &(Key, Tree)| !is_language(key) && meant_language(&key.text) == Some(*language);
        entries.iter().any(slip)
    };
    let lacks = |language: &Language| !(has(language) || meant(language));
    let missing: Vec<_> = Language::ALL.into_iter().filter(lacks).collect();
    if missing.len() == Language::ALL.len() {
        // A text such as {X[a]} without quotation marks has been reported as an unknown language.
        if entries.iter().all(|(key, _)| is_language(key)) {
            findings.push(empty(tree.span, &Kind::Text));
        }
        return;
    }
    for language in missing {
        let code = language.code();
        let empty_one = entries.iter().find(|(key, _)| key.text == code);
        let place = empty_one.map_or(beginning(tree, entries), |(key, _)| key.span);
        let hint = match empty_one {
            Some(_) => both!(
                "write the text behind `{code}:`; until then the other language is shown",
                "请在 `{code}:` 后面写上文字；没有写的时候，会显示另一种语言"
            ),
            None => match in_braces(tree, entries) {
                Some(words) => both!(
                    "write `{{{words}, {code}: …}}`; until then the other language is shown",
                    "请写成 `{{{words}, {code}: …}}`；没有写的时候，会显示另一种语言"
                ),
                None => both!(
                    "add a line `{code}: …`; until then the other language is shown",
                    "请加一行 `{code}: …`；没有写的时候，会显示另一种语言"
                ),
            },
        };
        let message = Localised {
            en: format!("this text is missing in {}", language_name(language).en),
            zh: format!("这段文字缺少{}", language_name(language).zh),
        };
        findings.push(Diagnostic::new(Code::MissingLanguage, place, message).with_hint(hint));
    }
}

/// The finding for words by their tokens, `{猫: cat, 黑: black}`, where each language has a list of its own.
pub(super) fn words_by_token(entries: &[(Key, Tree)], record: &'static Record) -> Option<Diagnostic> {
    const WRITTEN: usize = 24;
    let of_languages = record.fields.iter().all(|field| Language::from_code(field.name).is_some());
    let words: Vec<&str> = entries.iter().map(|(_, value)| value.as_text()).collect::<Option<_>>()?;
    let is_token = |(key, _): &(Key, Tree)| record.meant(&key.text).is_none();
    let plain =
        |word: &&str| !word.is_empty() && !word.contains([',', '"', '\'', '`', ':', '#', '[', ']', '{', '}']);
    if !of_languages || words.len() < 2 || !entries.iter().all(is_token) || !words.iter().all(plain) {
        return None;
    }
    let chinese = words.iter().any(|word| word.contains(is_han));
    let code = if chinese { Language::Chinese } else { Language::English }.code();
    let list = if words.len() > WRITTEN { "…".to_owned() } else { words.join(", ") };
    let (first, end) = (entries.first()?, entries.last()?);
    let message = both!(
        "the words of a language stand in one list, without the tokens",
        "每种语言的释义写成一个列表，不写词元"
    );
    let hint = both!(
        "write `gloss: {{{code}: [{list}]}}`: one word for each token, in their order",
        "请写 `gloss: {{{code}: [{list}]}}`，按顺序与词元一一对应"
    );
    let span = first.0.span.to(end.1.span);
    Some(Diagnostic::new(Code::WrongKind, span, message).with_hint(hint))
}

/// What stands in the braces of a text that is written in one language, if it is short.
fn in_braces(tree: &Tree, entries: &[(Key, Tree)]) -> Option<String> {
    const SHORT: usize = 40;
    let [(key, value)] = entries else { return None };
    let (scalar, words) = (value.as_scalar()?, value.as_text()?);
    let has_braces = tree.span.end > value.span.end;
    if !has_braces || words.chars().count() > SHORT || words.contains(['\n', '`']) {
        return None;
    }
    let plain = scalar.style == Style::Plain;
    Some(format!("{}: {}", key.text, if plain { words.to_owned() } else { quoted_text(words) }))
}

fn is_language(key: &Key) -> bool {
    Language::from_code(&key.text).is_some()
}

/// Which entries are no languages but the rest of a text that a comma has cut: without a value, and behind a language.
fn continuations(entries: &[(Key, Tree)]) -> Vec<bool> {
    let mut in_text = false;
    let mut continues = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        if !value.is_null() {
            let plain = value.as_scalar().is_some_and(|scalar| scalar.style == Style::Plain);
            in_text = is_language(key) && plain;
        }
        continues.push(in_text && value.is_null() && !is_language(key));
    }
    continues
}

/// The finding for a text such as `{en: A sentence, from mechanics}`, of which `count` entries from `at` on are the rest.
fn cut_at_comma(entries: &[(Key, Tree)], at: usize, count: usize) -> Diagnostic {
    let start = entries[..at].iter().rposition(|(_, value)| !value.is_null()).unwrap_or_default();
    let (language, text) = &entries[start];
    let rest: Vec<&Key> = entries[at..at + count].iter().map(|(key, _)| key).collect();
    let pieces: Vec<&str> =
        text.as_text().into_iter().chain(rest.iter().map(|key| key.text.as_str())).collect();
    let code = &language.text;
    let written = unbroken_within(&pieces.join(", "), code);
    let finding = Diagnostic::new(
        Code::YamlSyntax,
        entries[at].0.span,
        both!("this text holds a comma, so it would end there", "这段文字里有英文逗号，会在那里断开"),
    )
    .with_hint(if written.starts_with(['"', '\'']) {
        both!(
            "put it in quotation marks: `{code}: {written}`",
            "请给整段文字加上英文引号：`{code}: {written}`"
        )
    } else {
        both!("write the wide comma of Chinese: `{code}: {written}`", "请改用全角逗号：`{code}: {written}`")
    });
    let is_exact = |text: &str, span: Span| span.end - span.start == text.len();
    let exact = is_exact(text.as_text().unwrap_or_default(), text.span)
        && rest.iter().all(|key| is_exact(&key.text, key.span));
    let end = rest.last().map_or(text.span.end, |key| key.span.end);
    if exact { finding.with_fix(Span::new(text.span.start, end), written) } else { finding }
}

/// The language that a key is or is a slip of; teachers write `cn` for Chinese, as in addresses.
fn meant_language(name: &str) -> Option<Language> {
    let chinese = [
        "cn",
        "ch",
        "chi",
        "chs",
        "chinese",
        "中",
        "汉",
        "中文",
        "汉语",
        "华语",
        "普通话",
        "简体",
        "简体中文",
    ];
    let english = ["eng", "english", "英", "英文", "英语"];
    let lower = name.to_lowercase();
    if chinese.contains(&lower.as_str()) {
        return Some(Language::Chinese);
    }
    if english.contains(&lower.as_str()) {
        return Some(Language::English);
    }
    Language::from_locale(name).or_else(|| {
        let near = nearest(name, Language::ALL.map(Language::code))?;
        Language::from_code(near)
    })
}

pub(in crate::lesson) fn language_name(language: Language) -> Localised<&'static str> {
    match language {
        Language::English => Localised { en: "English", zh: "英文" },
        Language::Chinese => Localised { en: "Chinese", zh: "中文" },
    }
}

fn unknown_language(key: &Key, value: &Tree) -> Diagnostic {
    let (name, meant) = (&key.text, meant_language(&key.text).map(Language::code));
    let hint = match meant {
        Some(code) if nearest(name, [code]).is_none() => called_here(name, code),
        Some(code) => both!("did you mean `{code}`?", "是不是想写 `{code}`？"),
        None if value.is_null() => both!(
            "a text that begins with `{{` needs quotation marks: \"{{{name}}} …\"",
            "以 `{{` 开头的文字要加上英文引号：\"{{{name}}} …\""
        ),
        None => both!("a text has the languages `en` and `zh`", "一段文字有 `en` 和 `zh` 两种语言"),
    };
    let message = both!("there is no language `{name}`", "没有 `{name}` 这种语言");
    let finding = Diagnostic::new(Code::UnknownField, key.span, message).with_hint(hint);
    match meant {
        Some(code) => with_fix(finding, key.span, name, code),
        None => finding,
    }
}
