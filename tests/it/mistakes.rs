//! Everything that an author can get wrong, one by one: each mistake has a file in `tests/invalid`, is told where it is
//! in both languages, and is put right where a hand has only slipped.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::fs;
use std::path::Path;

use qkv::diagnostic::{Code, Diagnostic, Severity, Source};
use qkv::language::Language;
use qkv::lesson::mend;
use qkv::lint;

/// Whether `qkv check --fix` puts it right.
#[derive(PartialEq)]
enum Mend {
    /// A slip of the hand.
    Slip,
    /// Only the author knows what was meant.
    Author,
}
use Mend::{Author, Slip};
use Severity::{Error, Warning};

/// A mistake, a file that holds it, the code and the words that are pointed at.
type Mistake = (&'static str, &'static str, Code, &'static str, Mend);

/// Where a number may stand, `1e3` is one; where a word may, `yes` and `.inf` are words: neither is a mistake there.
const MISTAKES: [Mistake; 50] = [
    ("`：` as syntax", "fullwidth-punctuation", Code::FullwidthPunctuation, "：", Slip),
    ("`，` as syntax", "fullwidth-punctuation", Code::FullwidthPunctuation, "，", Slip),
    ("`（` as syntax", "fullwidth-punctuation-parentheses", Code::FullwidthPunctuation, "（", Slip),
    ("`“` as syntax", "fullwidth-punctuation-quotes", Code::FullwidthPunctuation, "“", Slip),
    ("a tab", "tab-indent", Code::TabIndent, "\t", Slip),
    ("unquoted `!`", "yaml-syntax-signs", Code::UnsupportedYaml, "!Look", Slip),
    ("unquoted `: `", "yaml-syntax-signs", Code::YamlSyntax, ":", Slip),
    ("unquoted `#`", "cut-text", Code::CutText, "#1", Slip),
    ("unquoted `@`", "yaml-syntax-signs", Code::YamlSyntax, "@", Slip),
    ("unquoted `{`", "yaml-syntax-signs", Code::YamlSyntax, "{", Slip),
    ("a leading `-`", "yaml-syntax-signs", Code::YamlSyntax, "-", Slip),
    ("`yes` for a number", "bad-number-yes-no", Code::BadNumber, "yes", Slip),
    ("`no` for a number", "bad-number-yes-no", Code::BadNumber, "no", Slip),
    ("`on` for a number", "bad-number-yes-no", Code::BadNumber, "on", Slip),
    ("`off` for a number", "bad-number-yes-no", Code::BadNumber, "off", Slip),
    ("`.inf` for a number", "not-finite-infinity", Code::NotFinite, ".inf", Author),
    ("`1e3` for a size", "bad-number-size-with-power", Code::BadNumber, "1e1", Slip),
    ("a byte order mark", "control-character-byte-order-mark", Code::ControlCharacter, "\u{feff}", Slip),
    ("smart quotes", "fullwidth-punctuation-quotes", Code::FullwidthPunctuation, "“P”", Slip),
    ("`\\t` that eats `\\times`", "eaten-backslash", Code::EatenBackslash, "\\times", Slip),
    ("indentation", "yaml-syntax-indentation", Code::YamlSyntax, "say:", Slip),
    ("indentation of the first", "yaml-syntax-indentation-of-first", Code::YamlSyntax, "zh:", Slip),
    ("an item too deep", "yaml-syntax-list-item-too-deep", Code::YamlSyntax, "-", Author),
    ("a key twice", "duplicate-key-missing-dash", Code::DuplicateKey, "show", Slip),
    ("a line twice", "duplicate-key-doubled-line", Code::DuplicateKey, "title", Slip),
    ("ragged rows", "ragged-rows", Code::RaggedRows, "[0, 1]", Author),
    ("a transposed matrix", "shape-mismatch-transposed", Code::ShapeMismatch, "W_Q", Author),
    ("an unknown token", "unknown-label-token", Code::UnknownLabel, "蓝色的", Author),
    ("an unknown feature", "unknown-label", Code::UnknownLabel, "adjectiv", Author),
    ("a cell out of range", "out-of-range", Code::OutOfRange, "3", Author),
    ("a claim that fails", "expect-failed", Code::ExpectFailed, "head.pattern > 0.3", Author),
    ("a claim of a tenth", "loose-expect", Code::LooseExpect, "M[1, 1] = 0.4 ± 0.1", Author),
    ("a claim that zero meets", "loose-expect", Code::LooseExpect, "M[1, 2] = 0.001 ± 0.005", Author),
    ("a typed number", "typed-number", Code::TypedNumber, "0.58", Slip),
    ("arithmetic that does not add up", "uneven-sum", Code::UnevenSum, "=", Author),
    ("published and no `because`", "published-differs", Code::PublishedDiffers, "0.75", Author),
    ("a missing translation", "missing-language", Code::MissingLanguage, "en", Author),
    ("an empty translation", "missing-language-empty", Code::MissingLanguage, "en", Author),
    ("a step without words", "wordless-step", Code::WordlessStep, "show", Author),
    ("an answer in the words of its step", "answer-shown", Code::AnswerShown, "{P[1, 2]}", Author),
    ("a step too long for English", "crowded-step", Code::CrowdedStep, "a) Nobody", Author),
    ("a step too long for Chinese", "crowded-step", Code::CrowdedStep, "甲、", Author),
    ("an unused matrix", "unused-matrix", Code::UnusedMatrix, "B", Author),
    ("steps after a hundred keys", "unreachable-step", Code::UnreachableStep, "cells", Author),
    ("steps in a second list", "duplicate-key-steps", Code::DuplicateKey, "steps", Author),
    ("steps below the end", "unsupported-yaml-after-the-end", Code::UnsupportedYaml, "...", Author),
    ("a second lesson", "unsupported-yaml-two-lessons", Code::UnsupportedYaml, "---", Author),
    ("a control character", "control-character", Code::ControlCharacter, "\u{8}", Slip),
    ("a bidi character", "control-character", Code::ControlCharacter, "\u{202e}", Slip),
    ("a part outside of the folder", "bad-file", Code::BadFile, "../words.yaml", Author),
];

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn source(file: &str) -> Source {
    let bytes = fs::read(folder().join("invalid").join(format!("{file}.yaml"))).unwrap();
    Source::from_bytes(format!("{file}.yaml"), &bytes).unwrap()
}

fn everything(source: &Source) -> Vec<Diagnostic> {
    let checked = lint::check(source);
    [checked.findings, checked.advice].concat()
}

#[test]
fn every_mistake_has_a_file_that_is_told_where_it_is_and_put_right_if_it_is_a_slip() {
    for (mistake, file, code, words, mend_by) in &MISTAKES {
        let source = source(file);
        let findings = everything(&source);
        let told = findings
            .iter()
            .find(|finding| finding.code == *code && source.slice(finding.span).starts_with(words));
        let told = told.unwrap_or_else(|| panic!("{mistake}: {file} has no {code:?} at `{words}`"));
        assert_eq!(!told.fix.is_empty(), *mend_by == Slip, "{mistake}: {:?}", told.fix);
        let hint = told.hint.as_ref().unwrap_or_else(|| panic!("{mistake}: no hint"));
        for language in Language::ALL {
            assert!(!told.message.get(language).is_empty() && !hint.get(language).is_empty(), "{mistake}");
        }
        assert!(
            folder().join(format!("it/snapshots/it__invalid__report@{file}.yaml.snap")).is_file(),
            "{file}"
        );
        if findings.iter().all(|finding| !finding.fix.is_empty()) {
            let fixed = mend(&source).unwrap_or_else(|| panic!("{mistake}: nothing is put right"));
            assert_eq!(everything(&fixed), [], "{mistake}, put right:\n{}", fixed.text);
        }
    }
}

#[test]
fn what_yaml_has_names_for_is_a_number_or_a_word_as_its_place_asks() {
    let text = "title: {en: T 1e3, zh: 一 1e3}
axes: {f: [1e3, .inf, yes, no, on, off]}
text: [yes, 1e3, .inf, off]
vocabulary:
  axis: f
  tokens: {yes: [1e3, 1E3, 1e+3, 0, 0, 0], 1e3: [0, 0, 0, 0, 0, 1], .inf: {off: 1}, off: {on: 1e3, off: 1e-3}}
matrices:
  - X: {embed: main}
steps:
  - {show: X, focus: [yes, 1e3], say: {en: \"{X[yes, 1e3]}\", zh: \"{X[yes, 1e3]}\"}}
expect:
  - X[yes, 1e3] = 1e3
  - X[off, off] = 1e-3
  - X[.inf, off] = 1
";
    assert_eq!(everything(&Source::new("words.yaml", text)), []);
}

#[test]
fn findings_are_sorted_errors_are_told_from_warnings_and_broken_yaml_hides_nothing_else() {
    let text = "title：A lesson
axes: {d_model: [noun, verb], d_k: 1}
texts: {main: [cat, runs], other: [cat, cat]}
vocabulary: {axis: d_model, tokens: {cat: [1, 0], runs: [0, l]}}
matrices:
  - X: {embed: mian}
  - W: {given: [[1, 2], [3]]}
steps:
  - show: X
    say: Look: here
  - shwo: X
    say: {en: only English}
expect:
  - W[3, 1] = 1
";
    let source = Source::new("lesson.yaml", text);
    let findings = everything(&source);
    let told: Vec<(usize, Severity)> = findings
        .iter()
        .map(|finding| (source.line_column(finding.span.start).0, finding.severity()))
        .collect();
    let wanted = [(1, Error), (4, Error), (6, Error), (7, Error), (10, Error), (11, Error), (12, Warning)];
    assert_eq!(told, wanted, "{findings:#?}");
    let report =
        qkv::diagnostic::render(&source, &findings, Language::English, qkv::diagnostic::Paint::Plain);
    let first_warning = report.find("warning[").unwrap();
    assert!(report.rfind("error[").unwrap() < first_warning, "{report}");
}
