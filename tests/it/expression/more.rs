//! Sizes, powers, forms of numbers, and what a step lights.

use qkv::diagnostic::{Code, Source};
use qkv::graph::Convention;
use qkv::lesson::expression::{Claim, Form, Formatted, NumberFormat, Value, parse};
use qkv::lesson::{Lesson, check};

use super::World;
use crate::walk::dump::text;
use crate::walk::{alone, screen, written};

#[test]
fn powers_come_before_signs_and_go_from_the_right() {
    let world = World::new();
    for (text, number) in [
        ("2^3", 8.0),
        ("-2^2", -4.0),
        ("(-2)^2", 4.0),
        ("2^-1", 0.5),
        ("2^3^2", 512.0),
        ("2*3^2", 18.0),
        ("4^.5", 2.0),
        ("√4^2", 4.0),
        ("abs(-3) + abs(2)", 5.0),
    ] {
        assert!((world.number(text) - number).abs() < 1e-12, "{text}");
    }
}

#[test]
fn a_matrix_and_its_parts_have_a_size() {
    let world = World::new();
    assert_eq!(world.number("rows(X) * columns(X)"), world.number("count(X)"));
    assert_eq!(world.number("columns(X[a])"), 3.0);
    assert_eq!(world.number("rows(X[a:creature])"), 2.0);
    let shape = format!("shape(X) = {} x {}", world.number("rows(X)"), world.number("columns(X)"));
    assert!(world.holds(&shape));
    assert!(world.holds("shape(X) = shape(X)") && !world.holds("shape(X) = 99×99"));
    assert!(!world.holds("shape(X) = shape(X[a])"));
}

#[test]
fn a_claim_may_begin_with_its_number() {
    let world = World::new();
    for (claim, turned) in
        [("0.5 < X[1, 1]", "X[1, 1] > 0.5"), ("1/2 >= X", "X <= 1/2"), ("-2 = sum(X)", "sum(X) = -2")]
    {
        assert_eq!(world.holds(claim), world.holds(turned), "{claim}");
    }
    let told = |claim: &str| {
        let lesson = format!("title: t\nmatrices:\n  - X: {{given: [[1, 2]]}}\nexpect:\n  - {claim}\n");
        let checked = check(&Source::new("l.yaml", &lesson));
        let found = checked.findings.iter().chain(&checked.advice);
        found.map(|finding| finding.message.en.clone()).collect::<Vec<_>>()
    };
    for right in ["0.5 < X[1, 1]", "3 = sum(X)", "1 <= X", "exp(-2) < X[1, 2]"] {
        assert_eq!(told(right), [""; 0], "{right}");
    }
    assert_eq!(told("5 < X[1, 1]"), ["this is not so: it is 1, which is not more than 5"]);
    assert_eq!(told("1 < 2"), ["this claim is about no matrix, and can never fail"]);
}

#[test]
fn a_shape_is_neither_a_number_nor_larger() {
    assert!(Claim::parse("shape(X) > 2×2").is_err());
    let lesson =
        |claim: &str| format!("title: t\nmatrices:\n  - X: {{given: [[1, 2]]}}\nexpect:\n  - \"{claim}\"\n");
    let codes = |claim: &str| -> Vec<Code> {
        check(&Source::new("l.yaml", &lesson(claim))).findings.iter().map(|finding| finding.code).collect()
    };
    assert_eq!(codes("shape(X) = 1×2"), []);
    assert_eq!(codes("shape(X) = 1x2"), []);
    assert_eq!(codes("shape(X) = 2×1"), [Code::ExpectFailed]);
    assert_eq!(codes("shape(X) = big"), [Code::BadExpression]);
    assert_eq!(codes("shape(X) + 1 = 2"), [Code::BadExpression]);
    assert_eq!(codes("rows(3) = 2"), [Code::BadExpression]);
    assert_eq!(codes("rows(X, X) = 2"), [Code::BadExpression]);
    assert_eq!(codes("X[1, 1] = (-8)^(1/3)"), [Code::ExpectFailed]);
}

#[test]
fn a_number_is_written_as_it_is_asked_for() {
    let format = |text: &str| Formatted::parse(text).map(|read| read.format);
    let of = |decimals, form| Ok(NumberFormat { decimals, form });
    assert_eq!(format("X[a:b, 1]"), of(None, Form::Plain));
    assert_eq!(format("X[1]:.3"), of(Some(3), Form::Plain));
    assert_eq!(format("X[1] : .1% "), of(Some(1), Form::Percent));
    assert_eq!(format("X[1]:%"), of(None, Form::Percent));
    assert_eq!(format("X[\"a:.2\", 1]:.2e"), of(Some(2), Form::Scientific));
    for wrong in ["1:", "1:4", "1:.x", "1:.16", "1:%%", "1:.4d", "1:e.2"] {
        assert!(format(wrong).is_err(), "{wrong}");
    }
}

fn steps(steps: &str) -> String {
    format!(
        "title: t\naxes: {{f: [a, b, c]}}\nmatrices:\n  - M: {{given: {{rows: f, cols: f, values: [[0.25, 0.5, 0.125], [1, 2, 3], [-4, 0.001234, 5]]}}}}\n  - N: {{transpose: M}}\nsteps:\n{steps}"
    )
}

#[test]
fn prose_writes_rows_shapes_and_forms() {
    let say =
        "{M[a]}, {M[:, a]:.1}, {M[a, b]:%}, {M[a, c]:.1%}, {M[c, b]:.2e}, {shape(M[a])}, {argmax(M[b])}";
    let model = alone(written(&steps(&format!("  - say: \"{say}\"\n"))));
    let seen = text(&screen(&model));
    let expected = "[0.25, 0.50, 0.12], [0.2, 1, −4], 50%, 12.5%, 1.23e−3, 1×3, c";
    assert!(
        seen.contains(expected)
            || seen.contains(&expected.replace("0.12]", "0.13]").replace("[0.2,", "[0.3,")),
        "{seen}"
    );
}

/// What the first step lights: row and column from 1, `:` for all.
fn lit(focus: &str) -> Result<Vec<String>, Vec<Code>> {
    let source = Source::new("l.yaml", &steps(&format!("  - {{show: [N, M], say: s, focus: {focus}}}\n")));
    let checked = check(&source);
    let lesson: Lesson = checked
        .lesson
        .ok_or_else(|| -> Vec<Code> { checked.findings.iter().map(|finding| finding.code).collect() })?;
    assert_eq!(lesson.convention, Convention::Rows);
    let place = |place: Option<usize>| place.map_or_else(|| ":".to_owned(), |place| (place + 1).to_string());
    let name = |node| lesson.trace.node(node).name.clone();
    let focus = lesson.steps[0].focus.iter();
    Ok(focus.map(|it| format!("{}[{}, {}]", name(it.node), place(it.row), place(it.column))).collect())
}

#[test]
fn a_step_lights_what_the_language_names() {
    let ok = |words: &[&str]| Ok(words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
    assert_eq!(lit("[b, c]"), ok(&["M[2, 3]"]));
    assert_eq!(lit("[b]"), ok(&["M[2, :]"]));
    assert_eq!(lit("[\":\", c]"), ok(&["M[:, 3]"]));
    assert_eq!(lit("[a:b, c]"), ok(&["M[1, 3]", "M[2, 3]"]));
    assert_eq!(lit("[c, \"argmax(M[c])\"]"), ok(&["M[3, 3]"]));
    assert_eq!(lit("[\"argmin(M[:, a])\", \"rows(M) - 1\"]"), ok(&["M[3, 2]"]));
    assert_eq!(lit("[\"argmin(M[:, a])\", \"rows(M)\"]"), ok(&["M[3, 3]"]));
    assert_eq!(lit("\"N[a, b]\""), ok(&["N[1, 2]"]));
    assert_eq!(lit("\"M[a:b, c]\""), ok(&["M[1, 3]", "M[2, 3]"]));
    assert_eq!(lit("M"), ok(&["M[:, :]"]));
    assert_eq!(lit("\"M[d, b]\""), Err(vec![Code::UnknownLabel]));
    assert_eq!(lit("[b, \"columns(M) * 2\"]"), Err(vec![Code::OutOfRange]));
    assert_eq!(lit("[b:d, a]"), Err(vec![Code::UnknownLabel]));
}

#[test]
fn what_is_lit_is_shown() {
    let source = Source::new("l.yaml", &steps("  - {show: N, say: s, focus: \"M[a, b]\"}\n"));
    let codes: Vec<_> = check(&source).findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::ConflictingFields]);
}

#[test]
fn a_shape_reads_the_same_wherever_it_is_asked_for() {
    let world = World::new();
    let resolved = parse("shape(P)").unwrap().resolve(&world.scope()).unwrap();
    let (rows, columns) = (world.number("rows(P)"), world.number("columns(P)"));
    assert_eq!(resolved.evaluate(&world.trace()), Value::Label(format!("{rows}×{columns}")));
}
