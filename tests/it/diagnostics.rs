//! Findings as they are printed.

use qkv::both;
use qkv::diagnostic::{Code, Diagnostic, Paint, Severity, Source, Span, render, summary};
use qkv::language::Language;

fn source() -> Source {
    Source::new("lessons/creature.yaml", "qkv: 1\ntitle: {en: 注意力, zn: 注意力入门}\nsteps: []\n")
}

fn unknown_field(source: &Source) -> Diagnostic {
    let start = source.text.find("zn").expect("the sample has this field");
    Diagnostic::new(
        Code::UnknownField,
        Span::new(start, start + 2),
        both!("there is no field `zn`", "没有 `zn` 这个字段"),
    )
    .with_label(both!("unknown", "未知"))
    .with_related(Span::new(7, 12), both!("in this field", "在这个字段中"))
    .with_hint(both!("did you mean `zh`?", "是不是想写 `zh`？"))
}

#[test]
fn a_caret_stands_right_under_chinese_text() {
    let source = source();
    insta::assert_snapshot!(render(&source, &[unknown_field(&source)], Language::English, Paint::Plain), @r"
    error[unknown-field]: there is no field `zn`
     --> lessons/creature.yaml:2:18
      |
    2 | title: {en: 注意力, zn: 注意力入门}
      | ----- in this field ^^ unknown
      |
      = help: did you mean `zh`?
    ");
    insta::assert_snapshot!(render(&source, &[unknown_field(&source)], Language::Chinese, Paint::Plain), @r"
    错误[unknown-field]：没有 `zn` 这个字段
     --> lessons/creature.yaml:2:18
      |
    2 | title: {en: 注意力, zn: 注意力入门}
      | -----               ^^ 未知
      | |
      | 在这个字段中
      |
      = 提示：是不是想写 `zh`？
    ");
}

#[test]
fn chinese_text_is_underlined_by_its_width() {
    let source = source();
    let start = source.text.find("注意力入门").unwrap();
    let finding =
        Diagnostic::new(Code::MissingLanguage, Span::new(start, start + 15), both!("x", "缺少英文"));
    insta::assert_snapshot!(render(&source, &[finding], Language::Chinese, Paint::Plain), @r"
    警告[missing-language]：缺少英文
     --> lessons/creature.yaml:2:22
      |
    2 | title: {en: 注意力, zn: 注意力入门}
      |                         ^^^^^^^^^^
    ");
}

#[test]
fn the_end_of_a_file_and_an_empty_file_can_be_pointed_at() {
    let finding =
        |at| Diagnostic::new(Code::MissingField, Span::at(at), both!("a title is missing", "缺少标题"));
    let source = source();
    let end = source.text.len();
    insta::assert_snapshot!(render(&source, &[finding(end)], Language::English, Paint::Plain), @r"
    error[missing-field]: a title is missing
     --> lessons/creature.yaml:3:10
      |
    3 | steps: []
      |          ^
    ");
    let empty = Source::new("empty.yaml", "");
    insta::assert_snapshot!(render(&empty, &[finding(0)], Language::English, Paint::Plain), @r"
    error[missing-field]: a title is missing
     --> empty.yaml:1:1
      |
    1 |
      | ^
    ");
}

#[test]
fn findings_come_in_order_of_place_and_many_are_counted() {
    let source = source();
    let at = |at| Diagnostic::new(Code::Empty, Span::at(at), both!("at {at}", "在 {at}"));
    let report = render(&source, &[at(30), at(2)], Language::English, Paint::Plain);
    assert!(report.find("at 2").unwrap() < report.find("at 30").unwrap());
    let many: Vec<_> = (0..500)
        .map(|number| Diagnostic::new(Code::Empty, Span::at(3), both!("{number}", "{number}")))
        .collect();
    assert!(render(&source, &many, Language::English, Paint::Plain).ends_with("\n… and 400 more\n"));
    assert_eq!(render(&source, &[], Language::English, Paint::Plain), "");
}

#[test]
fn colour_is_used_only_when_asked_for() {
    let source = source();
    assert!(!render(&source, &[unknown_field(&source)], Language::English, Paint::Plain).contains('\u{1b}'));
    assert!(
        render(&source, &[unknown_field(&source)], Language::English, Paint::Coloured).contains('\u{1b}')
    );
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let source = Source::new("a\u{1b}[2J.yaml", "a: \u{1b}[31m\u{9b}\u{202e}\r\u{7}b\n");
    let name = "\u{1b}]0;x\u{7}\r";
    let finding = Diagnostic::new(Code::UnknownName, Span::new(3, 4), both!("no `{name}`", "没有 `{name}`"))
        .with_label(both!("{name}", "{name}"))
        .with_hint(both!("{name}", "{name}"));
    let report = render(&source, &[finding], Language::English, Paint::Plain);
    assert!(!report.chars().any(|c| c.is_control() && c != '\n'), "{report:?}");
    assert!(!report.contains('\u{202e}'), "{report:?}");
    assert!(report.contains("\\u{1b}]0;x\\u{7}\\u{d}"), "{report}");
}

#[test]
fn errors_come_before_warnings_and_what_is_repeated_is_told_once() {
    let source = Source::new("a.yaml", "1\n2\n3\n4\n5\n6\n");
    let at =
        |code, at, words: &str| Diagnostic::new(code, Span::new(at, at + 1), both!("{words}", "{words}"));
    let again = [0, 2, 4, 6].map(|place| at(Code::MissingLanguage, place, "again"));
    let findings = [again.to_vec(), vec![at(Code::Empty, 8, "wrong")]].concat();
    insta::assert_snapshot!(render(&source, &findings, Language::English, Paint::Plain), @r"
    error[empty]: wrong
     --> a.yaml:5:1
      |
    5 | 5
      | ^

    warning[missing-language]: again
     --> a.yaml:1:1
      |
    1 | 1
      | ^
      |
      = note: and 3 more like this, in lines 2, 3, 4
    ");
    // Three can be read one by one.
    assert_eq!(render(&source, &findings[..3], Language::English, Paint::Plain).matches("again").count(), 3);
    assert_eq!(summary(&findings).en, "1 error, 4 warnings");
    assert_eq!(summary(&findings[..1]).zh, "1 个警告");
}

#[test]
fn what_can_be_walked_is_a_warning() {
    let warnings = [
        Code::MissingLanguage,
        Code::Questionable,
        Code::CutText,
        Code::LongToken,
        Code::MissingComma,
        Code::LooseExpect,
        Code::TypedNumber,
        Code::BareCell,
        Code::WordlessStep,
        Code::UnusedMatrix,
        Code::DoubledLine,
        Code::LanguagesDiffer,
        Code::UntidySign,
        Code::CrowdedStep,
        Code::UnreachableStep,
        Code::UnevenSum,
    ];
    for code in Code::ALL {
        let expected = if warnings.contains(&code) { Severity::Warning } else { Severity::Error };
        assert_eq!(code.severity(), expected, "{code:?}");
    }
}
