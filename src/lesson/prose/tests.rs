use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::*;
use crate::diagnostic::ENOUGH;
use crate::graph::{Axis, Graph, Op, Part, Shape, op};
use crate::math::Matrix;

/// Reads prose about a 1 × 2 matrix `X` with the row `ink` and the columns `1` and `}`.
fn read(text: &str) -> (Prose, Vec<Diagnostic>) {
    let mut graph = Graph::default();
    let rows = Axis::tokens("main", vec!["ink".into()]);
    let columns = Axis::features("d", vec!["1".into(), "}".into()]);
    let values = Arc::new(Matrix::from_row_slice(1, 2, &[0.5, 2.0]));
    let op = Op::Given(op::Given::written(values, Shape::new(rows, columns)));
    graph.push("X", op, Part::Other).unwrap();
    let (sizes, broken) = (BTreeMap::new(), BTreeSet::new());
    Prose::read(text, &Scope { graph: &graph, sizes: &sizes, broken: &broken })
}

/// The paragraphs, in which emphasis stands in `<>` and numbers are `#` with their decimals.
fn shown(text: &str) -> Vec<String> {
    let (prose, findings) = read(text);
    assert_eq!(findings, [], "{text}");
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Emphasis(words) => format!("<{words}>"),
        Piece::Number { format, .. } => {
            format!("#{}", format.decimals.map_or_else(String::new, |decimals| decimals.to_string()))
        }
    };
    prose.paragraphs.iter().map(|pieces| pieces.iter().map(piece).collect()).collect()
}

fn mistakes(text: &str) -> Vec<&str> {
    read(text).1.iter().map(|finding| &text[finding.span.start..finding.span.end]).collect()
}

#[test]
fn numbers_stand_in_braces() {
    assert_eq!(shown("It is {X[ink, 1]}, or {X[ink, 1] * 2:.4}."), ["It is #, or #4."]);
    assert_eq!(shown("{sum(X[ink, :]):.2}"), ["#2"]);
    assert_eq!(shown("{X[:, 1]}"), ["#"]);
    assert_eq!(shown("{X[ink, \"}\"]}"), ["#"], "a quoted brace ends nothing");
    assert_eq!(shown("{X[ink,\n 1]}"), ["#"]);
    assert_eq!(shown("a {{b}} {{{X[1, 1]}}}"), ["a {b} {#}"]);
}

#[test]
fn stars_emphasise_words_and_stay_stars_elsewhere() {
    assert_eq!(shown("a *very blue* creature"), ["a <very blue> creature"]);
    assert_eq!(shown("*one*, *two*"), ["<one>, <two>"]);
    assert_eq!(shown("3*4 and 5*6"), ["3*4 and 5*6"]);
    assert_eq!(shown("a * b * c"), ["a * b * c"]);
    assert_eq!(shown("one *star"), ["one *star"]);
    assert_eq!(shown("2*(a)*3"), ["2*(a)*3"]);
    assert_eq!(shown("{X[1, 1]}*{X[1, 1]}*2"), ["#*#*2"]);
    assert_eq!(shown("**"), ["**"]);
    assert_eq!(shown("it is *{X[1, 1]} there*"), ["it is #< there>"]);
}

#[test]
fn stars_work_in_chinese_without_blanks() {
    assert_eq!(shown("这是*重点*内容"), ["这是<重点>内容"]);
    assert_eq!(shown("用*query*找*键*。"), ["用<query>找<键>。"]);
    assert_eq!(shown("GPT*重点*GPT"), ["GPT<重点>GPT"]);
}

#[test]
fn blank_lines_begin_paragraphs_and_other_breaks_do_not() {
    assert_eq!(shown("one\ntwo  three\n\n \nfour\n"), ["one two three", "four"]);
    assert_eq!(shown("毛茸茸的\n蓝色生物，\n在此"), ["毛茸茸的蓝色生物，在此"]);
    assert_eq!(shown("中文\nEnglish\r\n中 文"), ["中文 English 中 文"]);
    assert_eq!(shown("  \n\n"), Vec::<String>::new());
    assert_eq!(shown("*a\n\nb*"), ["*a", "b*"], "emphasis does not cross a paragraph");
}

#[test]
fn all_mistakes_are_found_at_once_and_where_they_are() {
    assert_eq!(mistakes("中 {} and {X[dog, 1]}\n\n{Y} } {X[1, 1]:4} {X"), ["{}", "dog", "Y", "}", ":4", "{"]);
    assert_eq!(mistakes("{a {X[1, 1]}"), ["{"]);
    assert_eq!(mistakes("{X[1, 1]:.99}"), [":.99"]);
    assert_eq!(mistakes("{1 +\n\n2}"), ["{", "}"]);
    let (prose, _) = read("so {Y} it is");
    assert_eq!(prose.paragraphs, [[Piece::Words("so  it is".into())]], "what can be read is kept");
}

#[test]
fn many_lone_braces_take_little_time_and_are_not_all_told() {
    let begun = std::time::Instant::now();
    for text in ["x} ", "X[ink, 1]} ", "x_{a} "] {
        assert_eq!(read(&text.repeat(40_000)).1.len(), ENOUGH, "{text}");
    }
    assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn a_lone_brace_is_told_by_what_stands_before_it() {
    let hints = |text: &str| {
        let hint = |finding: Diagnostic| finding.hint.map(|hint| hint.en).unwrap_or_default();
        read(text).1.into_iter().map(hint).collect::<Vec<_>>()
    };
    assert_eq!(hints("It is {X[ink, 1]}}"), ["remove it: there is one `}` too many"]);
    assert_eq!(hints("It is X[ink X[ink, 1]}, then."), ["write `{X[ink, 1]}`"]);
    assert_eq!(hints("It is } and X[ink, 1]."), ["write `}}` for a brace"]);
}
