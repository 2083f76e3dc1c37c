//! Texts in two languages whose names stand elsewhere than under the field: `say_en` beside `say_zh`, and `en` under nothing.

use super::unknown::LONGEST;
use super::{Field, Kind, Record};
use crate::both;
use crate::language::{Language, Localised, all_of, joined};
use crate::yaml::{Key, Tree, within_braces};

/// For `say_en`: the field `say`, in which both languages stand.
pub(super) fn translated(name: &str, record: &Record) -> Option<&'static str> {
    let (stem, language) = name.rsplit_once(['_', '-', '.'])?;
    Language::from_code(&language.to_lowercase())?;
    let is_text = |field: &&'static Field| matches!(field.kind, Kind::Text);
    record.field(stem).filter(is_text).map(|field| field.name)
}

/// For `en` and `zh` that stand under nothing: which texts they may belong to.
pub(super) fn is_language(
    name: &str,
    entries: &[(Key, Tree)],
    record: &'static Record,
) -> Option<Localised<String>> {
    Language::from_code(name)?;
    let texts =
        || record.fields.iter().filter(|field| matches!(field.kind, Kind::Text)).map(|field| field.name);
    let first = texts().next()?;
    let both = both_languages(entries, Language::from_code);
    let Localised { en, zh } = joined(texts().map(|name| format!("`{name}`")));
    Some(both!(
        "write both languages under {en}: `{first}: {both}`",
        "两种语言都写在 {zh} 下面：`{first}: {both}`"
    ))
}

/// For `say_en` beside `say_zh`: both belong under `say`.
pub(super) fn is_translation(
    name: &str,
    entries: &[(Key, Tree)],
    record: &Record,
) -> Option<Localised<String>> {
    let field = translated(name, record)?;
    let own = |name: &str| {
        let (_, language) =
            name.rsplit_once(['_', '-', '.']).filter(|_| translated(name, record) == Some(field))?;
        Language::from_code(&language.to_lowercase())
    };
    let both = both_languages(entries, own);
    let names = entries.iter().filter(|(key, _)| own(&key.text).is_some());
    let Localised { en, zh } = all_of(names.map(|(key, _)| format!("`{}`", key.text)));
    Some(both!(
        "write `{field}: {both}` in the place of {en}",
        "两种语言写在一起：请把 {zh} 改成 `{field}: {both}`"
    ))
}

/// What is written for each language in one pair of braces, where a name says `of` which language its text is.
pub(super) fn both_languages(entries: &[(Key, Tree)], of: impl Fn(&str) -> Option<Language>) -> String {
    let text = |language: Language| {
        let (_, value) = entries.iter().find(|(key, _)| of(&key.text) == Some(language))?;
        let text = value.as_text().filter(|text| text.chars().count() <= LONGEST && !text.contains('\n'))?;
        Some(within_braces(text))
    };
    let each = [Language::English, Language::Chinese]
        .map(|language| format!("{}: {}", language.code(), text(language).unwrap_or_else(|| "…".to_owned())));
    format!("{{{}}}", each.join(", "))
}
