//! The schema for editors: it is that of the table, it knows every field, and it accepts what qkv accepts.

mod author;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use author::Author;
use jsonschema::Validator;
use proptest::prelude::*;
use qkv::diagnostic::{Code, Diagnostic, Severity, Source};
use qkv::language::Language;
use qkv::lesson::check;
use qkv::lesson::fields::{FORMAT, Field, Kind, LESSON, Presence, Record, schema, validate};
use qkv::yaml;
use serde_json::{Map, Value, json};

use crate::book;

static ROOT: Kind = Kind::Record(&LESSON);

fn parsed() -> Value {
    serde_json::from_str(&schema()).expect("a schema is JSON")
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&parsed()).expect("it is a schema")
}

/// A lesson file as an editor sees it.
fn lesson(text: &str) -> Result<Value, serde_yaml::Error> {
    serde_yaml::from_str(text).map(as_json)
}

fn as_json(value: serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    let key = |key: Yaml| match as_json(key) {
        Value::String(text) => text,
        key @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            key.to_string()
        }
    };
    match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(truth) => truth.into(),
        // Editors have a number for an infinity, JSON has none.
        Yaml::Number(number) => {
            serde_json::to_value(number).ok().filter(|n| !n.is_null()).unwrap_or(json!(9e99))
        }
        Yaml::String(text) => text.into(),
        Yaml::Sequence(items) => items.into_iter().map(as_json).collect(),
        Yaml::Mapping(entries) => {
            entries.into_iter().map(|(name, entry)| (key(name), as_json(entry))).collect::<Map<_, _>>().into()
        }
        Yaml::Tagged(tagged) => as_json(tagged.value),
    }
}

/// What the schema says against a value.
fn objections(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// What the table says against a file, but for warnings; `None` if the file is no clean YAML.
fn slips(text: &str) -> Option<Vec<Diagnostic>> {
    let (tree, findings) = yaml::parse(&Source::new("lesson.yaml", text));
    let tree = tree.filter(|_| findings.is_empty())?;
    let mut slips = Vec::new();
    validate(&tree, &ROOT, &mut slips);
    slips.retain(|slip| slip.severity() == Severity::Error);
    // `focus: red, bird` is a text for a schema, and a text may stand there.
    slips.retain(|slip| !text[..slip.span.start].ends_with("focus: "));
    Some(slips)
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files =
        fs::read_dir(folder).expect("a folder of this package").map(|entry| entry.expect("a file").path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    files.sort();
    files
}

#[test]
fn the_file_of_the_schema_is_what_the_command_prints() {
    let (printed, err) = crate::cli::qkv(&["schema"]).run().ends(0);
    assert_eq!(err, "");
    assert_eq!(printed, schema());
    let kept = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lesson.schema.json"));
    assert!(
        kept.is_ok_and(|kept| kept == printed),
        "assets/lesson.schema.json is not of this table: cargo run -- schema > assets/lesson.schema.json"
    );
}

#[test]
fn it_is_a_schema_and_says_of_which_format() {
    let schema = parsed();
    jsonschema::meta::validate(&schema).expect("it is a schema by the schema of schemas");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for name in ["$id", "title"] {
        assert!(schema[name].as_str().is_some_and(|text| text.contains(&FORMAT.to_string())), "{name}");
    }
}

#[test]
fn every_lesson_fits_the_schema() {
    let validator = validator();
    let mut lessons: Vec<(String, String)> = Vec::new();
    for path in files("lessons").into_iter().chain(files("tests/published")) {
        lessons.push((path.display().to_string(), fs::read_to_string(path).expect("a lesson is text")));
    }
    for path in ["assets/format.md", "assets/format.zh.md", "README.md", "README.zh.md"] {
        let page = book::page(path);
        let shown = book::lessons(&page).into_iter();
        lessons.extend(shown.map(|(line, text)| (format!("{path}, line {line}"), text.to_owned())));
    }
    assert!(lessons.len() > 40, "{} lessons", lessons.len());
    for (name, text) in lessons {
        let lesson = lesson(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(objections(&validator, &lesson), [""; 0], "{name}");
    }
}

#[test]
fn a_mistake_that_the_table_sees_is_seen_by_the_schema_and_no_other() {
    let validator = validator();
    let mut seen = BTreeSet::new();
    let mut unseen = 0;
    for path in files("tests/invalid") {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        // An empty file is nothing in YAML; an editor has nothing to check yet.
        let (Some(slips), Ok(lesson)) = (slips(&text), lesson(&text)) else { continue };
        if lesson.is_null() {
            continue;
        }
        let name = path.display();
        let reported: Vec<_> =
            check(&Source::new("lesson.yaml", &text)).findings.iter().map(|finding| finding.code).collect();
        // Dashes and brackets that do not belong where they stand are told as such, and two fields that are one question
        // are told at the first.
        let is_told = |slip: &Diagnostic| {
            let told_as = [slip.code, Code::YamlSyntax, Code::WrongKind];
            told_as.iter().any(|code| reported.contains(code))
        };
        assert!(slips.iter().all(is_told), "{name}: {reported:?}");
        let objections = objections(&validator, &lesson);
        assert_eq!(objections.is_empty(), slips.is_empty(), "{name}: {objections:?}, {slips:?}");
        seen.extend(slips.iter().map(|slip| slip.code.as_str()));
        unseen += usize::from(slips.is_empty());
    }
    let codes =
        [Code::UnknownField, Code::WrongKind, Code::MissingField, Code::ConflictingFields, Code::BadNumber];
    for code in codes.map(Code::as_str) {
        assert!(seen.contains(code), "no file has a {code} that a schema sees: {seen:?}");
    }
    assert!(unseen > 20, "{unseen} files have mistakes that a schema does not see");
}

/// What stands where a reference leads, with the words beside it.
fn followed<'a>(whole: &'a Value, mut schema: &'a Value) -> &'a Value {
    while let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let pointer = reference.strip_prefix('#').expect("all is in one file");
        schema = whole.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"));
    }
    schema
}

/// Walks the table and the schema side by side; gives the records that were met.
fn compare(whole: &Value, schema: &Value, kind: &'static Kind, met: &mut Vec<&'static Record>) {
    let found = followed(whole, schema);
    match kind {
        Kind::Text | Kind::Word | Kind::Name | Kind::Expression | Kind::Count | Kind::Size => {
            assert!(found["description"].is_string(), "{found}");
        }
        Kind::Choice(words) => {
            for word in *words {
                assert!(
                    found["enum"].as_array().is_some_and(|all| all.contains(&json!(word.word))),
                    "{word:?}"
                );
            }
        }
        Kind::List { of, .. } => compare(whole, &found["items"], of, met),
        Kind::Map(of) | Kind::Named(of) => compare(whole, &found["additionalProperties"], of, met),
        Kind::Either(kinds) => {
            let choices = found["anyOf"].as_array().expect("several kinds");
            assert_eq!(choices.len(), kinds.len());
            choices.iter().zip(*kinds).for_each(|(choice, kind)| compare(whole, choice, kind, met));
        }
        Kind::Record(record) | Kind::OneOf(record) => {
            assert!(schema["$ref"].is_string(), "{} is no definition", record.name);
            assert_eq!(found["title"], record.name);
            assert_eq!(found["additionalProperties"], false, "{}", record.name);
            if met.iter().any(|known| std::ptr::eq(*known, *record)) {
                return;
            }
            met.push(record);
            let properties = found["properties"].as_object().expect(record.name);
            assert_eq!(properties.len(), record.fields.len(), "{}", record.name);
            for field in record.fields {
                let property = &properties[field.name];
                let description = property["description"].as_str().expect(field.name);
                assert!(
                    description.contains(field.doc.en) && description.contains(field.doc.zh),
                    "{}",
                    field.name
                );
                compare(whole, property, &field.kind, met);
            }
        }
    }
}

#[test]
fn every_field_of_the_table_is_in_the_schema_with_its_meaning_in_both_languages() {
    let schema = parsed();
    let mut met = Vec::new();
    compare(&schema, &schema, &ROOT, &mut met);
    assert!(met.len() > 10, "{} records", met.len());
}

#[test]
fn every_default_fits_its_own_field() {
    let whole = parsed();
    let mut met = Vec::new();
    compare(&whole, &whole, &ROOT, &mut met);
    let mut defaults = 0;
    for (name, definition) in whole["$defs"].as_object().expect("definitions") {
        for (field, property) in definition["properties"].as_object().into_iter().flatten() {
            let Some(default) = property.get("default") else { continue };
            let mut schema = property.clone();
            schema["$defs"] = whole["$defs"].clone();
            let validator = jsonschema::draft202012::new(&schema).expect("a part of a schema is one");
            assert!(validator.is_valid(default), "{name}.{field}: {default}");
            defaults += 1;
        }
    }
    let has_default = |field: &&Field| matches!(field.presence, Presence::Default(_));
    let expected: usize = met.iter().map(|record| record.fields.iter().filter(has_default).count()).sum();
    assert_eq!(defaults, expected);
}

#[test]
fn what_yaml_does_not_read_as_text_may_be_a_word_or_a_name() {
    let validator = validator();
    let text = "
title: 2017
source: {en: true, zh: no}
axes: {d_model: [yes, n, 3.5], true: 4, 7: [1]}
texts: {main: [1, true, .inf, 2026-01-01, 0x10, no, 'null', ''], yes: 2017}
vocabulary: {axis: d_model, tokens: {1: {n: 1, yes: -.inf}, true: [1, 1e3, 0x10]}}
matrices:
  - true: {scale: {of: true, divide_by: true}}
  - 1: {attention: {of: yes, scale: 8}}
steps:
  - {show: [1, true], focus: [1, no], say: {en: 1, zh: }, plot: {axes: [true, 1], arrows: [{from: 1, to: 2, label: 3}]}}
  - say: {en: only English}
expect: [true]
";
    assert_eq!(slips(text), Some(Vec::new()));
    assert_eq!(objections(&validator, &lesson(text).expect("it is YAML")), [""; 0]);
    // Editors that read YAML 1.1 take `yes`, `no`, `on`, `off`, `y` and `n` for truth values.
    let old = json!({"title": true, "axes": {"d": [true, false]}, "steps": [{"focus": [false, true]}]});
    assert_eq!(objections(&validator, &old), [""; 0]);
}

#[test]
fn the_comment_that_names_the_schema_to_an_editor_is_only_a_comment() {
    let text = "# yaml-language-server: $schema=lesson.schema.json\n\
        title: A\ntext: the cat sat down\naxes: {d_model: 4, d_k: 2}\nseed: 7\n";
    let checked = check(&Source::new("lesson.yaml", text));
    assert_eq!(checked.findings, []);
    assert!(checked.lesson.is_some());
}

/// Whether the table accepts a value that is written as YAML; `None` where YAML itself does not.
fn fits(value: &Value) -> Option<bool> {
    // JSON is YAML, and says of each value what it is.
    let text = serde_json::to_string_pretty(value).expect("it is JSON");
    slips(&text).map(|slips| slips.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_schema_accepts_what_the_table_accepts_and_nothing_else(seed in any::<u64>(), slips in 0..3) {
        let validator = validator();
        let mut author = Author::new(seed);
        let mut lesson = author.value(&ROOT, 0);
        for _ in 0..slips {
            author.slip(&mut lesson);
        }
        let fits = fits(&lesson);
        prop_assert!(slips > 0 || fits != Some(false), "{lesson:#}");
        if let Some(fits) = fits {
            let objections = objections(&validator, &lesson);
            prop_assert_eq!(objections.is_empty(), fits, "{:#}\n{:?}", lesson, objections);
        }
    }
}

#[test]
fn both_languages_of_a_text_are_known_and_one_is_enough() {
    let validator = validator();
    for language in Language::ALL {
        assert!(validator.is_valid(&json!({"title": {language.code(): "A"}})));
    }
    for wrong in
        [json!({}), json!({"fr": "A"}), json!({"en": "A", "fr": "B"}), json!({"en": " ", "zh": null})]
    {
        assert!(!validator.is_valid(&json!({"title": wrong})), "{wrong}");
    }
}
