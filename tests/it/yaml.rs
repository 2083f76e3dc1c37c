//! YAML as authors write it: what is read, where it stands, and what every slip is called.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use qkv::diagnostic::{Code, Paint, Source, Span, render};
use qkv::language::Language;
use qkv::yaml::{self, Tree, Value};

fn source(text: &str) -> Source {
    Source::new("lesson.yaml", text)
}

/// A file without mistakes.
fn tree(text: &str) -> Tree {
    let (tree, findings) = yaml::parse(&source(text));
    assert_eq!(findings, [], "{text}");
    tree.expect("without findings there is a tree")
}

/// Line, column, code and text of each finding.
fn findings(text: &str) -> Vec<String> {
    let source = source(text);
    let (_, findings) = yaml::parse(&source);
    let line = |finding: &qkv::diagnostic::Diagnostic| {
        let (line, column) = source.line_column(finding.span.start);
        format!("{line}:{column} {} `{}`", finding.code.as_str(), source.slice(finding.span))
    };
    findings.iter().map(line).collect()
}

/// Every value with the source text of its span.
fn spans(source: &Source, tree: &Tree, out: &mut Vec<(String, String)>) {
    let written = source.slice(tree.span).to_owned();
    match &tree.value {
        Value::Scalar(scalar) => out.push((scalar.text.clone(), written)),
        Value::List(items) => {
            out.push(("list".to_owned(), written));
            for item in items {
                spans(source, item, out);
            }
        }
        Value::Map(entries) => {
            out.push(("map".to_owned(), written));
            for (key, value) in entries {
                out.push((key.text.clone(), source.slice(key.span).to_owned()));
                spans(source, value, out);
            }
        }
    }
}

#[test]
fn spans_are_bytes_and_right_after_chinese_text() {
    let text = "标题: 注意力  # 注\nb: \"双\\n引\"\nc:\n  - 一\n  - 'x y'\n\nd: |\n  第一 行\n  二\n\ne: [注, {a: 乙}]  # 注释\n";
    let source = source(text);
    let mut found = Vec::new();
    spans(&source, &tree(text), &mut found);
    let found: Vec<_> =
        found.iter().skip(1).map(|(value, written)| (value.as_str(), written.as_str())).collect();
    assert_eq!(
        found,
        [
            ("标题", "标题"),
            ("注意力", "注意力"),
            ("b", "b"),
            ("双\n引", "\"双\\n引\""),
            ("c", "c"),
            ("list", "一\n  - 'x y'"),
            ("一", "一"),
            ("x y", "'x y'"),
            ("d", "d"),
            ("第一 行\n二\n", "第一 行\n  二"),
            ("e", "e"),
            ("list", "[注, {a: 乙}]"),
            ("注", "注"),
            ("map", "{a: 乙}"),
            ("a", "a"),
            ("乙", "乙"),
        ]
        .map(|(value, written)| match value {
            // A list without brackets begins at its first dash.
            "list" if written.starts_with('一') => (value, "- 一\n  - 'x y'"),
            _ => (value, written),
        })
    );
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let windows = tree("\u{feff}a: b\r\nc: |\r\n  x\r\n  y\r\nd: [1]\r\n");
    let unix = tree("a: b\nc: |\n  x\n  y\nd: [1]\n");
    assert_eq!(windows.get("c").unwrap().as_text(), unix.get("c").unwrap().as_text());
    assert_eq!(windows.get("a").unwrap().as_text(), Some("b"));
}

#[test]
fn text_is_brought_into_one_normal_form() {
    assert_eq!(tree("a: e\u{301}").get("a").unwrap().as_text(), Some("é"));
    assert!(tree("e\u{301}: 1").get("é").is_some());
}

#[test]
fn values_keep_their_kinds() {
    let tree = tree("n: -1.5\nt: '1'\nnothing:\nl: [a]\nyes: yes\n");
    assert_eq!(tree.get("n").unwrap().as_number(), Some(-1.5));
    assert_eq!(tree.get("t").unwrap().as_number(), None);
    assert_eq!(tree.get("t").unwrap().as_text(), Some("1"));
    assert!(tree.get("nothing").unwrap().is_null());
    assert_eq!(tree.get("nothing").unwrap().as_text(), None);
    assert_eq!(tree.get("l").unwrap().as_list().unwrap().len(), 1);
    assert_eq!(tree.get("yes").unwrap().as_text(), Some("yes"));
    assert!(tree.get("missing").is_none() && tree.get("n").unwrap().as_map().is_none());
}

#[test]
fn an_empty_file_is_nothing() {
    assert!(tree("").is_null() && tree("# only a comment\n").is_null());
}

#[test]
fn a_duplicate_key_is_shown_with_the_first_and_the_first_is_kept() {
    let text = "a: 1\nb: {x: 1, x: 2}\na: 3\n";
    assert_eq!(findings(text), ["2:11 duplicate-key `x`", "3:1 duplicate-key `a`"]);
    let (tree, findings) = yaml::parse(&source(text));
    assert_eq!(tree.unwrap().get("a").unwrap().as_text(), Some("1"));
    assert_eq!(findings[1].related[0].0, Span::new(0, 1));
}

#[test]
fn fullwidth_colons_are_found_where_names_stand() {
    for (text, expected) in [
        ("title：注意力\nqkv: 1\n", vec!["1:6"]),
        ("title：注意力", vec!["1:6"]),
        ("title:\n  en: A\n  zh：乙\n", vec!["3:5"]),
        ("title：\n  en：A\n  zh：乙\n", vec!["1:6", "2:5", "3:5"]),
        ("title: {en: A, zh：乙}\n", vec!["1:18"]),
        ("title: {en: A, zh: 看：这里}\n", vec![]),
        ("steps:\n  - show: X\n    say：看\n", vec!["3:8"]),
        ("matrices:\n  - X：{embed: main}\n", vec!["2:6"]),
        ("vocabulary:\n  猫: [1]\n  狗：[2]\n", vec!["3:4"]),
        // Chinese text may hold as many as it likes.
        ("say: |\n  title：注意力\n  en：A\n", vec![]),
        ("say: 提示：看第一行\n", vec![]),
        ("say: 提示\n  title：看第一行\n", vec![]),
        ("say: \"title：\n  en：A\"\n", vec![]),
        ("options:\n  - Q：查询\n  - 提示：看\n", vec![]),
        ("say:\n  Q：查询\n", vec![]),
        ("tokens: [我：, 你]\n", vec![]),
        ("# title：x\na: 1\n", vec![]),
    ] {
        let expected: Vec<_> = expected.iter().map(|at| format!("{at} fullwidth-punctuation `：`")).collect();
        assert_eq!(findings(text), expected, "{text}");
    }
}

#[test]
fn what_follows_a_fullwidth_colon_is_still_read() {
    let (tree, _) = yaml::parse(&source("title：{en：A, zh: 乙}\nsteps: []\n"));
    let tree = tree.unwrap();
    assert_eq!(tree.get("title").unwrap().get("en").unwrap().as_text(), Some("A"));
    assert_eq!(tree.get("title").unwrap().get("zh").unwrap().span, Span::new(21, 24));
    assert!(tree.get("steps").is_some());
}

#[test]
fn fullwidth_commas_and_brackets_between_values_are_found() {
    assert_eq!(findings("v: [[1，0], [0, 1]]\n"), ["1:7 fullwidth-punctuation `，`"]);
    assert_eq!(findings("v: ［1, 2］\n").len(), 2);
    assert_eq!(findings("v: {a: 1， b: 2}\n"), ["1:9 fullwidth-punctuation `，`"]);
    assert_eq!(findings("v: {zh: 你好，世界, en: 1}\n"), [""; 0]);
    assert_eq!(findings("v: [我, ，, 你]\n"), [""; 0]);
}

#[test]
fn tabs_are_reported_once_and_the_rest_is_still_read() {
    assert_eq!(findings("a:\n\tb: 1\n\tc: [1\nd: 2\n"), ["2:1 tab-indent `\t`", "3:6 yaml-syntax `1`"]);
    let (tree, _) = yaml::parse(&source("a:\n\tb: 1\n\tc: {d: 1, d: 2}\n"));
    assert_eq!(tree.unwrap().get("a").unwrap().get("b").unwrap().as_text(), Some("1"));
    assert_eq!(findings("a: |\n  x\n  \ty\n"), [""; 0], "a tab inside a text is part of it");
}

#[test]
fn a_missing_space_after_a_colon_is_found() {
    assert_eq!(findings("title:A\nqkv: 1\n"), ["1:6 yaml-syntax `:`"]);
    assert_eq!(findings("links:\n  - http://example.org\n  - a:b\n"), [""; 0]);
}

#[test]
fn anchors_aliases_and_tags_are_refused_at_their_place() {
    assert_eq!(
        findings("a: &x foo\nb: !!str y\nc: *x\nd: *word* is\ne: !wow\n"),
        [
            "1:4 unsupported-yaml `&x`",
            "2:4 unsupported-yaml `!!str`",
            "3:4 unsupported-yaml `*x`",
            "4:4 unsupported-yaml `*word*`",
            "5:4 unsupported-yaml `!wow`",
        ]
    );
}

#[test]
fn one_file_holds_one_document_and_names_are_words() {
    assert_eq!(findings("a: 1\n---\nb: 2\n"), ["2:1 unsupported-yaml `---`"]);
    assert_eq!(findings("---\na: 1\n...\n"), [""; 0]);
    assert_eq!(findings("{a: 1}: 2\n"), ["1:1 unsupported-yaml `{`"]);
    assert_eq!(findings("? - a\n: b\nc: 1\n"), ["1:3 unsupported-yaml ``"]);
    assert_eq!(findings(": b\n"), ["1:1 unsupported-yaml ``"]);
}

#[test]
fn control_characters_are_refused_written_or_escaped() {
    for text in [
        "a: x\u{1b}y",
        "a: \"x\\e[31my\"",
        "a: x\u{202e}y",
        "a: \"\\u202e\"",
        "a: \u{9b}",
        "a: \0",
        "\u{7}: 1",
    ] {
        let source = source(text);
        let (_, findings) = yaml::parse(&source);
        assert_eq!(findings[0].code, Code::ControlCharacter, "{text:?}");
        for language in Language::ALL {
            let report = render(&source, &findings, language, Paint::Plain);
            assert!(!report.chars().any(|c| c.is_control() && c != '\n'), "{report:?}");
            assert!(!report.contains('\u{202e}'), "{report:?}");
        }
    }
}

#[test]
fn syntax_errors_are_told_with_their_place() {
    for (text, expected) in [
        ("title: Attention: all you need\n", "1:17 yaml-syntax `:`"),
        ("say: \"x\nb: 1\n", "1:6 yaml-syntax `\"`"),
        ("say: \"x\" y\n", "1:8 yaml-syntax `\"`"),
        ("say: 'it's'\n", "1:9 yaml-syntax `'`"),
        ("say: {h.S[a, b]} is\n", "1:6 yaml-syntax `{`"),
        ("say: {h} is\nb: 1\n", "1:10 yaml-syntax `i`"),
        ("v: [1, 2\nb: 1\n", "1:8 yaml-syntax `2`"),
        ("v: [\n1]\n", "2:1 yaml-syntax `1]`"),
        ("m:\n  - W: {given: [\n      [1],\n  ]}\n", "4:3 yaml-syntax `]}`"),
        ("v: [1, 2]]\n", "1:10 yaml-syntax `]`"),
        ("a:\n  b: 1\n c: 2\n", "3:2 yaml-syntax `c: 2`"),
        ("a: 1\n  b: 2\n", "2:3 yaml-syntax `b: 2`"),
        ("a: x\nbcd\nc: 1\n", "2:1 yaml-syntax `bcd`"),
        ("a: @word\n", "1:4 yaml-syntax `@`"),
        ("a: - x\n", "1:4 yaml-syntax `-`"),
        ("a: \"\\q\"\n", "1:5 eaten-backslash `\\`"),
        ("a: |x\n  b\n", "1:4 yaml-syntax `|`"),
        ("a:\n  - 1\n    - 2\n", "3:5 yaml-syntax `-`"),
    ] {
        assert_eq!(findings(text), [expected], "{text}");
    }
}

#[test]
fn five_slips_in_one_file_are_five_findings() {
    let text = "title：x\nsource: A: b\nsay: @home\nmore: C: d\ntwice: 1\ntwice: 2\n";
    assert_eq!(
        findings(text),
        [
            "1:6 fullwidth-punctuation `：`",
            "2:10 yaml-syntax `:`",
            "3:6 yaml-syntax `@`",
            "4:8 yaml-syntax `:`",
            "6:1 duplicate-key `twice`",
        ]
    );
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    for piece in ["[", "- ", "? ", "{a: ", "{", "? - "] {
        let started = Instant::now();
        let (tree, findings) = yaml::parse(&source(&piece.repeat(50_000)));
        assert!(tree.is_none(), "{piece}");
        assert!(findings.iter().any(|finding| finding.code == Code::TooLarge), "{piece}: {findings:?}");
        assert!(started.elapsed() < Duration::from_secs(20), "{piece}");
    }
    let mut lines = String::new();
    for level in 0..200 {
        writeln!(lines, "{}a:", " ".repeat(level)).unwrap();
    }
    assert_eq!(yaml::parse(&source(&lines)).1[0].code, Code::TooLarge);
}

#[test]
fn a_file_over_the_limit_is_refused_and_one_below_is_read() {
    let row = "[0.125, 0.25, 0.5],\n ";
    let large = format!("values: [\n {}]\n", row.repeat(60_000));
    assert_eq!(yaml::parse(&source(&large)).1[0].code, Code::TooLarge);
    let fits = format!("values: [\n {}]\n", row.repeat(47_000));
    assert_eq!(tree(&fits).get("values").unwrap().as_list().unwrap().len(), 47_000);
    let (tree, findings) = yaml::parse(&source(&format!("{{{}}}", "[],".repeat(300_000))));
    assert!(tree.is_none());
    assert!(!findings.is_empty());
}

/// A lesson of every shape that YAML has, to be broken.
const SAMPLE: &str = "qkv: 1\ntitle: {en: A, zh: 注意力}\ntext: |\n  一 二\n\n  three\nv: [[1, ln(.5)], [0, -1]]\nmatrices:\n  - X: {embed: main}\n  - Q: {product: [X, \"W\"]}\nsay: 'it''s'  # 注\nmore: plain\n  goes on\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_end_with_a_report(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        match Source::from_bytes("x", &bytes) {
            Ok(source) => report(&source),
            Err(error) => { render(&error.source, &[error.finding], Language::Chinese, Paint::Coloured); }
        }
    }

    #[test]
    fn any_mixture_of_yaml_signs_ends_with_a_report(text in "[ \n\t:：,，\\[\\]{}｛｝［］\"'|>\\-?#&*!%@\\\\a注\r1]{0,120}") {
        report(&source(&text));
    }

    #[test]
    fn a_broken_lesson_ends_with_a_report(
        edits in prop::collection::vec((0..200_usize, "[ \n\t:：,\\[\\]{}\"'|>\\-?&*!a注]{0,3}", 0..4_usize), 1..6),
    ) {
        let mut characters: Vec<char> = SAMPLE.chars().collect();
        for (at, with, dropped) in edits {
            let at = at % characters.len();
            let end = (at + dropped).min(characters.len());
            characters.splice(at..end, with.chars());
        }
        report(&source(&characters.into_iter().collect::<String>()));
    }
}

/// Reads and reports; every place must be inside the file.
fn report(source: &Source) {
    let (tree, findings) = yaml::parse(source);
    assert!(tree.is_some() || !findings.is_empty(), "nothing read and nothing said");
    for finding in &findings {
        assert!(source.text.get(finding.span.range()).is_some(), "{finding:?}");
    }
    for language in Language::ALL {
        let report = render(source, &findings, language, Paint::Plain);
        assert!(!report.chars().any(|c| c.is_control() && c != '\n'), "{report:?}");
    }
    if let Some(tree) = tree {
        spans(source, &tree, &mut Vec::new());
    }
}

#[test]
fn quotation_marks_that_do_not_help_are_not_put_in_again() {
    let text = "%'a1[[注#&{｝{@［@\\｛,\t1>\r!',!?：\t?&>%,#［#}'\n］\\］";
    let found = findings(text);
    assert!(found.len() < 20, "{found:#?}");
}

#[test]
fn what_is_wrong_at_the_very_end_is_reported() {
    for text in [
        "%:]［#1，a\n*\t",
        "%>\t｛&：-\n- ",
        "{*|\ra：%：*{#：a\t*%]｝",
        "\r｝&::\t{｝［｝ \n@:［{\n%\\@#1&注%*@\t，[ #［[1':1:：!}%[{>1］?［#[,&\\：:\\>］-'{\\>］｝#:\\{!|,[{}，?a&a!\t&\n@#&]#｝*-",
    ] {
        report(&source(text));
    }
}

#[test]
fn large_hostile_files_end_soon() {
    let size = yaml::MAX_BYTES / 4;
    for piece in [
        "a：\n",
        "{a：1}\n",
        "\t\t",
        "\0",
        "\t",
        "a:b\n",
        "- - - - -\n",
        "k: 1\n",
        "{k: 1, ",
        "[1，2],",
        "&a ",
        "*a\n",
        "\"",
        "'x",
        "- '",
        "|\n",
        "? a\n",
        "a: b: c\n",
        "注",
        "e\u{301}",
        ": ",
        "- |\n",
        "#",
        " #x\n",
        "a: \"\\e\"\n",
        "\u{202e}",
        "x\n",
        "- \u{7}",
        "{",
        "}",
        "\r",
        "%a\n",
        "---\n",
        "{a,",
    ] {
        let started = Instant::now();
        let source = source(&piece.repeat(size / piece.len()));
        let (_, findings) = yaml::parse(&source);
        let parsed = started.elapsed();
        render(&source, &findings, Language::Chinese, Paint::Plain);
        let rendered = started.elapsed();
        assert!(
            rendered < Duration::from_secs(10),
            "{piece:?} took {parsed:?} to read and {rendered:?} in all"
        );
    }
}
