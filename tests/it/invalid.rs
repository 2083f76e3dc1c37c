//! Every mistake that an author can make, with what is said about it: the files of `tests/invalid`.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::fs;
use std::path::{Path, PathBuf};

use qkv::diagnostic::{Code, Diagnostic, Paint, Source, render};
use qkv::language::Language;
use qkv::lint;

fn read(path: &Path) -> (Source, Vec<Diagnostic>) {
    let name = path.file_name().unwrap().to_string_lossy();
    match Source::from_bytes(name, &fs::read(path).unwrap()) {
        Ok(source) => {
            let checked = lint::check(&source);
            (source, [checked.findings, checked.advice].concat())
        }
        Err(not_utf8) => (not_utf8.source, vec![not_utf8.finding]),
    }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    files
}

#[test]
fn every_slip_is_reported_in_both_languages() {
    insta::glob!("../invalid", "*.yaml", |path| {
        let (source, findings) = read(path);
        let report = |language| render(&source, &findings, language, Paint::Plain);
        insta::assert_snapshot!(
            "report",
            format!("{}\n{}", report(Language::English), report(Language::Chinese))
        );
    });
}

#[test]
fn a_file_holds_the_mistake_that_it_is_named_after_and_every_code_has_one() {
    let mut shown = Vec::new();
    for path in files() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let codes: Vec<_> = read(&path).1.iter().map(|finding| finding.code).collect();
        if name == "five-mistakes" {
            continue;
        }
        let code = Code::ALL.into_iter().find(|code| {
            name.strip_prefix(code.as_str()).is_some_and(|face| face.is_empty() || face.starts_with('-'))
        });
        let code = code.unwrap_or_else(|| panic!("{name} is not named after a code"));
        assert!(codes.contains(&code), "{name}: {codes:?}");
        shown.push(code);
    }
    let without: Vec<_> = Code::ALL.into_iter().filter(|code| !shown.contains(code)).collect();
    assert_eq!(without, []);
}

#[test]
fn five_mistakes_are_five_findings_in_the_order_of_the_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid/five-mistakes.yaml");
    let (source, findings) = read(&path);
    let found: Vec<_> = findings.iter().map(|finding| (finding.code, source.slice(finding.span))).collect();
    assert_eq!(
        found,
        [
            (Code::UnknownField, "tilte"),
            (Code::UnknownLabel, "名次"),
            (Code::BadNumber, "O"),
            (Code::UnknownName, "W_k"),
            (Code::UnknownLabel, "动词"),
        ]
    );
}

#[test]
fn teachers_are_told_in_their_own_words() {
    let jargon = [
        "parse",
        "scalar",
        "mapping",
        "struct",
        "sequence",
        "enum",
        "string",
        "integer",
        "float",
        "panic",
        "node",
        "usize",
        "f64",
        "Some(",
        "None",
        "标量",
        "映射",
        "序列",
        "解析",
        "字符串",
        "浮点",
        "类型",
    ];
    for path in files() {
        for finding in read(&path).1 {
            let hint = finding.hint.clone().unwrap_or_default();
            for words in [&finding.message.en, &finding.message.zh, &hint.en, &hint.zh] {
                for word in jargon {
                    assert!(!words.contains(word), "{}: {word} in {words}", path.display());
                }
            }
            assert!(finding.hint.is_some(), "{}: no hint for {}", path.display(), finding.message.en);
        }
    }
}
