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

/// Words of programs and programmers, which no teacher has to know. Words in backquotes are quoted from the file.
const JARGON: [&str; 49] = [
    "operand",
    "argument",
    "expression",
    "表达式",
    "parse",
    "syntax",
    "scalar",
    "mapping",
    "struct",
    "sequence",
    "enum",
    "string",
    "integer",
    "float",
    "boolean",
    "array",
    "panic",
    "node",
    "usize",
    "f64",
    "u64",
    "Some(",
    "None",
    "Err(",
    "unwrap",
    "expected",
    "unexpected",
    "EOF",
    "anchor",
    "alias",
    "identifier",
    "literal",
    "data type",
    "type of",
    "invalid",
    "标量",
    "映射",
    "解析",
    "语法",
    "字符串",
    "浮点",
    "类型",
    "枚举",
    "布尔",
    "锚点",
    "别名",
    "标识符",
    "字面量",
    "节点",
];

fn jargon_in(words: &str) -> Option<&'static str> {
    let own: String = words.split('`').step_by(2).collect();
    // Names of what is put in are no words of the text.
    let own: String =
        own.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after)).collect();
    JARGON.into_iter().find(|word| own.contains(word))
}

#[test]
fn teachers_are_told_in_their_own_words() {
    for path in files() {
        for finding in read(&path).1 {
            let hint = finding.hint.clone().unwrap_or_default();
            let others = finding.related.iter().map(|(_, words)| words).chain([&finding.label, &hint]);
            for words in others.chain([&finding.message]).flat_map(|words| [&words.en, &words.zh]) {
                assert_eq!(jargon_in(words), None, "{}: {words}", path.display());
                let is_left = words.contains(['\u{e000}', '\u{e001}']);
                assert!(!is_left, "{}: lines that nobody counted: {words}", path.display());
            }
            assert!(finding.hint.is_some(), "{}: no hint for {}", path.display(), finding.message.en);
        }
    }
}

/// Every text in both languages of the sources that look at a lesson, also those that no file here brings about.
#[test]
fn no_message_that_could_be_told_has_a_word_of_programmers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open: Vec<PathBuf> =
        ["diagnostic", "yaml", "lesson", "lint", "files", "cli"].map(|it| root.join(it)).to_vec();
    let mut texts = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for call in ["both!(", "words("] {
            for (at, _) in source.match_indices(call) {
                for text in literals(&source[at + call.len()..]) {
                    texts += 1;
                    assert_eq!(jargon_in(text), None, "{}: {text}", path.display());
                }
            }
        }
    }
    assert!(texts > 1000, "only {texts} texts were found");
}

/// The two texts with which a call begins.
fn literals(source: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), source);
    while found.len() < 2 {
        let Some(inner) = rest.trim_start_matches([',', ' ', '\n']).strip_prefix('"') else { break };
        let escaped =
            |at: usize| inner[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        let Some((end, _)) = inner.match_indices('"').find(|(at, _)| !escaped(*at)) else { break };
        found.push(&inner[..end]);
        rest = &inner[end + 1..];
    }
    found
}
