//! What may stand in a lesson file, and what is said about everything else.

use proptest::prelude::*;
use qkv::diagnostic::{Diagnostic, Paint, Source, render};
use qkv::language::Language;
use qkv::lesson::fields::{Kind, LESSON, validate};
use qkv::yaml;

static ROOT: Kind = Kind::Record(&LESSON);

fn check(source: &Source) -> Vec<Diagnostic> {
    let (tree, mut findings) = yaml::parse(source);
    if let Some(tree) = tree {
        validate(&tree, &ROOT, &mut findings);
    }
    findings
}

/// Place, code and source text of each finding.
fn findings(text: &str) -> Vec<String> {
    let source = Source::new("lesson.yaml", text);
    let line = |finding: &Diagnostic| {
        let (line, column) = source.line_column(finding.span.start);
        format!("{line}:{column} {} `{}`", finding.code.as_str(), source.slice(finding.span))
    };
    check(&source).iter().map(line).collect()
}

/// The findings for a lesson that is right but for `rest`, which begins on its second line.
fn with(rest: &str) -> Vec<String> {
    findings(&format!("title: A\n{rest}\n"))
}

/// Everything the format has, as its specification writes it.
const WHOLE: &str = r#"
qkv: 1
title: {en: A fluffy blue creature, zh: 毛茸茸的蓝色生物}
source: "3Blue1Brown (2024)"
numbers: toy
convention: columns
axes: {d_model: [noun, adjective], d_k: 2}
text: a fluffy blue creature
texts:
  main: [a, fluffy, blue, creature]
  sentence: a fluffy creature
  other: {tokens: [a, b], gloss: {zh: [一, 乙]}}
vocabulary: {axis: d_model, tokens: {creature: {noun: 1, place: 1/2}, fluffy: [0, 1]}}
seed: 7
matrices:
  - W_Q: {given: {rows: d_model, cols: d_k, values: [[1, 0], [0, ln(.58/.42)]]}}
  - W_K: {given: {rows: d_model, cols: d_k, layout: columns, values: {noun: {seeks: 3}}}}
  - M: {given: [[1, 2], [3, 4]]}
  - W_V: {random: {rows: d_model, cols: d_k, seed: 7, decimals: 1, deviation: 1/2}}
  - I: {identity: d_model}
  - X: {embed: main}
  - X2: {embed: [main, other]}
  - Q: {product: [X, W_Q]}
  - S: {dot_products: [Q, K]}
  - T: {transpose: Q}
  - D: {scale: {of: S, divide_by: sqrt(d_k)}}
  - A: {add: [X, Z, M]}
  - C: {mask: {of: D, mask: causal}}
  - C2: {mask: {of: D, mask: {allow: [[1, 0], [1, 1]]}}}
  - P: {softmax: C}
  - O: {concat: [Z1, Z2]}
  - head: {attention: {of: X, W_Q: W_Q, W_K: W_K, W_V: W_V, mask: causal, scale: sqrt(d_k)}}
  - cross: {attention: {queries_from: X, keys_values_from: Y, W_Q: A, W_K: B, scale: none, mask: {allow: [[1]]}}}
  - given: {attention: {Q: Q, K: K, V: V}}
  - scored: {attention: {scores: S, V: V}}
  - mh: {multi_head: {of: X, heads: [{name: a, W_Q: W_Q1, W_K: W_K1, W_V: W_V1}], W_O: W_O, mask: none, scale: 2}}
steps:
  - title: 分数
    show: head.scores
    reveal: rows
    focus: [creature, fluffy]
    say: {en: "{head.scores[creature, fluffy]}", zh: "{head.scores[creature, fluffy]}"}
    note: Ask first.
    numbers: published
    plot: {axes: [x, y], arrows: [{from: "X@animal[mole]", to: "out@animal[mole]", label: ΔE}]}
  - show: [X, Q]
expect:
  - head.pattern[creature, fluffy] = 0.42 ± 0.005
  - "sum(head.pattern[creature, :]) = 1"
"#;

#[test]
fn the_whole_format_fits_the_table() {
    assert_eq!(findings(WHOLE), [""; 0]);
}

#[test]
fn a_slip_in_a_field_is_found_with_the_field_that_was_meant() {
    let source = Source::new("lesson.yaml", "tilte: A\ntext: B\nmatrices: [{W: {given: {row: d}}}]\n");
    insta::assert_snapshot!(render(&source, &check(&source), Language::English, Paint::Plain), @r"
    error[unknown-field]: there is no field `tilte` in a lesson
     --> lesson.yaml:1:1
      |
    1 | tilte: A
      | ^^^^^
      |
      = help: did you mean `title`?

    error[unknown-field]: there is no field `row` in `given`
     --> lesson.yaml:3:25
      |
    3 | matrices: [{W: {given: {row: d}}}]
      |                         ^^^
      |
      = help: did you mean `rows`?

    error[missing-field]: `values` is missing from this `given`
     --> lesson.yaml:3:25
      |
    3 | matrices: [{W: {given: {row: d}}}]
      |                         ^^^
      |
      = help: write `values: …, ` before `row` (the numbers: a list of rows, or by names, where others are 0)
    ");
    insta::assert_snapshot!(render(&source, &check(&source), Language::Chinese, Paint::Plain), @r"
    错误[unknown-field]：课程中没有 `tilte` 这个字段
     --> lesson.yaml:1:1
      |
    1 | tilte: A
      | ^^^^^
      |
      = 提示：是不是想写 `title`？

    错误[unknown-field]：`given` 中没有 `row` 这个字段
     --> lesson.yaml:3:25
      |
    3 | matrices: [{W: {given: {row: d}}}]
      |                         ^^^
      |
      = 提示：是不是想写 `rows`？

    错误[missing-field]：`given` 中缺少 `values`
     --> lesson.yaml:3:25
      |
    3 | matrices: [{W: {given: {row: d}}}]
      |                         ^^^
      |
      = 提示：请在 `row` 前面写上 `values: …, `（各个数：各行的列表，或按名字写（其余为 0））
    ");
}

#[test]
fn everything_is_reported_and_not_only_the_first() {
    let text = "title: [a]\nconvention: row\nsteps:\n  - shwo: X\n    say: {en: Look}\nmatrices:\n  - W: {givn: [[1]]}\n  - Q: {product: [X]}\n";
    assert_eq!(
        findings(text),
        [
            "1:8 wrong-kind `[a]`",
            "2:13 wrong-kind `row`",
            "4:5 unknown-field `shwo`",
            "5:11 missing-language `en`",
            "7:9 unknown-field `givn`",
            "8:18 wrong-kind `[X]`",
        ]
    );
}

#[test]
fn kinds_are_told_apart() {
    for (rest, expected) in [
        ("seed: -1", "2:7 bad-number `-1`"),
        ("seed: '7'", "2:7 bad-number `'7'`"),
        ("seed: 1.5", "2:7 bad-number `1.5`"),
        ("steps: {show: X}", "2:9 wrong-kind `show`"),
        ("steps: []", "2:8 empty `[]`"),
        ("steps:", "2:1 empty `steps`"),
        ("axes: {d: [[1]]}", "2:12 wrong-kind `[1]`"),
        ("axes: {d: {a: 1}}", "2:11 wrong-kind `{a: 1}`"),
        ("matrices: {X: {embed: main}}", "2:12 wrong-kind `X`"),
        ("matrices: [X]", "2:12 wrong-kind `X`"),
        ("matrices: [{X: {}}]", "2:16 missing-field `{}`"),
        ("matrices: [{X: {embed: a, softmax: b}}]", "2:27 conflicting-fields `softmax`"),
        ("matrices: [{X: {embed: a}, Y: {embed: b}}]", "2:28 wrong-kind `Y`"),
        ("matrices: [{X: {random: {cols: d, seed: 1}}}]", "2:26 missing-field `cols`"),
        ("matrices: [{X: {given: [1, 2]}}]", "2:24 wrong-kind `[1, 2]`"),
        ("matrices: [{X: {product: [a, b, c]}}]", "2:26 wrong-kind `[a, b, c]`"),
        ("steps: [{focus: [a, b, c]}]", "2:17 wrong-kind `[a, b, c]`"),
        ("steps: [{say: {X}}]", "2:16 unknown-field `X`"),
        ("steps: [{say: {en: a, zh: }}]", "2:23 missing-language `zh`"),
        ("steps: [{say: {en: '', zh: ' '}}]", "2:15 empty `{en: '', zh: ' '}`"),
        ("steps: [{say: {en: a, zn: b, zh: c}}]", "2:23 unknown-field `zn`"),
        ("steps: [{say: {en: [a], zh: c}}]", "2:20 wrong-kind `[a]`"),
        ("steps: [{note: ''}]", "2:16 empty `''`"),
    ] {
        let found = with(rest);
        assert!(found.contains(&expected.to_owned()), "{rest}: {found:?}");
        assert_eq!(found.len(), 1, "{rest}: {found:?}");
    }
}

#[test]
fn a_name_beside_the_one_that_it_belongs_to_is_told_once() {
    let text = "title: t\nmatrices:\n  - X:\n    embed: main\n";
    let source = Source::new("lesson.yaml", text);
    let told = qkv::lesson::check(&source).findings;
    let found: Vec<_> =
        told.iter().map(|it| (source.slice(it.span), source.line_column(it.span.start))).collect();
    assert_eq!(found, [("embed", (4, 5))], "{told:?}");
}

#[test]
fn an_empty_file_is_told_what_a_lesson_needs() {
    let source = Source::new("lesson.yaml", "");
    let findings = check(&source);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].hint.as_ref().unwrap().en.contains("title"));
}

#[test]
fn a_text_that_begins_with_a_brace_is_sent_to_quotation_marks() {
    let source = Source::new("lesson.yaml", "title: {X}\n");
    let findings = check(&source);
    assert!(findings[0].hint.as_ref().unwrap().en.contains("\"{X} …\""), "{findings:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_lesson_with_lines_lost_or_moved_ends_with_a_report(
        edits in prop::collection::vec((0..60_usize, 0..60_usize, "[ \\-:a\\[{]{0,3}"), 1..8),
    ) {
        let mut lines: Vec<String> = WHOLE.lines().map(str::to_owned).collect();
        for (from, to, with) in edits {
            let line = lines.remove(from % lines.len());
            let to = to % lines.len();
            lines.insert(to, format!("{with}{line}"));
        }
        let source = Source::new("lesson.yaml", &lines.join("\n"));
        let findings = check(&source);
        for finding in &findings {
            prop_assert!(source.text.get(finding.span.range()).is_some(), "{:?}", finding);
        }
        render(&source, &findings, Language::Chinese, Paint::Plain);
    }
}
