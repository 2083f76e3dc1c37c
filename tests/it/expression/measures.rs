//! Many cells made one number, and lines compared.

use qkv::diagnostic::Code;
use qkv::lesson::expression::{Claim, Value};

use super::{World, only};

fn close(number: f64, expected: f64) {
    assert!((number - expected).abs() < 1e-12, "{number} and not {expected}");
}

#[test]
fn many_numbers_have_a_spread_a_length_and_an_entropy() {
    let world = World::new();
    let number = |text: &str| world.number(text);
    close(number("variance(1, 2, 3, 4)"), 1.25);
    close(number("std(2, 4, 4, 4, 5, 5, 7, 9)"), 2.0);
    close(number("variance(5)"), 0.0);
    close(number("norm(3, -4)"), 5.0);
    close(number("entropy(1/4, 1/4, 1/4, 1/4)"), 4_f64.ln());
    close(number("entropy(1, 0)"), 0.0);
    // Row 1 of X is 1 2 3, and column noun is 1 4 7 … 22.
    close(number("variance(X[a])"), 2.0 / 3.0);
    close(number("std(X[:, noun])"), (63.0_f64 / 12.0 * 9.0).sqrt());
    close(number("norm(X[a]) * norm(X[a])"), 14.0);
    close(number("entropy(P[creature, :])"), 0.0);
    close(number("entropy(P)"), 0.0);
    close(number("max(X[:, place]) - min(X[:, place])"), 21.0);
    assert!(
        number("variance(bad)").is_nan() && number("norm(bad)").is_nan() && number("entropy(bad)").is_nan()
    );
}

#[test]
fn two_rows_or_columns_are_compared() {
    let world = World::new();
    let number = |text: &str| world.number(text);
    close(number("cosine(X[a], X[a])"), 1.0);
    close(number("cosine(P[a], P[creature])"), 0.0);
    close(number("cosine(X[a], X[creature])"), 32.0 / (14.0_f64 * 77.0).sqrt());
    close(number("distance(X[a], X[creature])"), 27_f64.sqrt());
    close(number("distance(P[:, a], P[creature])"), 2_f64.sqrt());
    close(number("1 + distance(X[a], Y@skin[a])"), 1.0);
    // What has no length has no direction, and is at right angles to everything.
    close(number("cosine(P[a, creature:the#2], P[creature, creature:the#2])"), 0.0);
}

#[test]
fn the_largest_and_the_smallest_of_a_row_or_column_have_names() {
    let world = World::new();
    for claim in [
        "argmax(P[:, creature]) = creature",
        "argmin(X[:, noun]) = a",
        "argmin(X[creature]) = noun",
        "argmin(P[a]) = creature",
        "argmax(P[a]) = argmin(X[:, 1])",
        "cosine(P[a], P[creature]) = 0",
        "entropy(P[a]) < ln(2)",
    ] {
        assert!(world.holds(claim), "{claim}");
    }
    assert!(!world.holds("argmin(X[:, noun]) = creature"));
    assert_eq!(world.value("argmin(M[1])"), Value::Label("2".to_owned()));
    assert!(matches!(world.value("argmin(bad[1])"), Value::Number(number) if number.is_nan()));
}

#[test]
fn misuse_of_a_measure_is_explained() {
    let world = World::new();
    for (text, code, about, says) in [
        ("cosine(X[a], M[1])", Code::ShapeMismatch, "cosine(X[a], M[1])", "3 numbers of `X` and 2 of `M`"),
        ("distance(X, X[a])", Code::BadExpression, "X", "8 × 3 cells"),
        ("cosine(X[a], 1)", Code::BadExpression, "1", "looks at the cells of a matrix"),
        ("cosine(d_k, X[a])", Code::BadExpression, "d_k", "such as `head.Z[a]`"),
        ("cosine(X[a])", Code::BadExpression, "cosine(X[a])", "write `cosine(NAME[ROW], NAME[NEXT])`"),
        ("distance(X[a], X[a], X[a])", Code::BadExpression, "distance(X[a], X[a], X[a])", "two rows, not 3"),
        ("argmin(X)", Code::BadExpression, "X", "`argmin(X[:, noun])`"),
        ("1 + argmin(X[a])", Code::BadExpression, "argmin(X[a])", "write `min(…)`"),
        ("entropie(X[a])", Code::UnknownName, "entropie", "did you mean `entropy`"),
        ("std X", Code::BadExpression, "std", "write `std(…)`"),
    ] {
        let found = world.mistake(text);
        assert_eq!((found.0, found.1), (code, about), "{text}");
        assert!(found.2.contains(says), "{text}: {}", found.2);
    }
    let (code, about, says) = only("entropy(1, -2)", world.constant("entropy(1, -2)").map(drop));
    assert_eq!((code, about), (Code::NotFinite, "entropy(1, -2)"));
    assert!(says.contains("shares that are 0 or more"), "{says}");
    let (_, about, says) = only("1 + entropy(1, 2)", world.constant("1 + entropy(1, 2)").map(drop));
    assert!(about == "entropy(1, 2)" && says.contains("these add up to 3"), "{about}: {says}");
    let (code, _, _) = only("cosine(X[a], X[a])", world.constant("cosine(X[a], X[a])").map(drop));
    assert_eq!(code, Code::BadNumber, "cells are no constants");
    for (text, sign) in [("argmin(X[a]) > noun", ">"), ("argmin(X[a]) = nuon", "nuon")] {
        assert_eq!(world.wrong_claim(text).1, sign, "{text}");
    }
}

#[test]
fn the_entropy_of_negative_numbers_is_a_mistake_with_its_place() {
    let world = World::new();
    let misuse = |text: &str| {
        let claim = Claim::parse(text).expect(text).resolve(&world.scope()).expect(text);
        claim.misuse(&world.trace())
    };
    let finding = misuse("1 = sum(2, entropy(M[1]))").expect("M holds −2");
    assert_eq!((finding.code, finding.span.range()), (Code::NotFinite, 11..24));
    assert!(finding.message.en.contains("`M[1, 2]` is -2"), "{}", finding.message.en);
    let finding = misuse("entropy(X[a]) < 0").expect("1, 2 and 3 are no shares");
    assert!(finding.message.en.contains("these add up to 6"), "{}", finding.message.en);
    assert_eq!(misuse("entropy(P[a]) < 1"), None);
    assert_eq!(misuse("argmax(M[1]) = 1"), None);
}
