//! The language of numbers and cells: what it means, and what it says about mistakes.
#![allow(clippy::float_cmp, reason = "these numbers are exact in binary")]

mod measures;
mod more;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use qkv::diagnostic::{Code, Diagnostic};
use qkv::graph::{Axis, Cell, Graph, NodeId, Op, Origin, Part, Place, Shape, Side, Trace, op};
use qkv::lesson::Prose;
use qkv::lesson::expression::{Claim, Entry, Scope, Value, parse, reference};
use qkv::math::Matrix;

/// Some matrices, and what else names can stand for.
struct World {
    graph: Arc<Graph>,
    sizes: BTreeMap<String, usize>,
    broken: BTreeSet<String>,
}

const TOKENS: [&str; 8] = ["a", "creature", "the", "the", "[CLS]", "don't", "say \"x\"", "7"];
const FEATURES: [&str; 3] = ["noun", "adjective", "place"];

impl World {
    /// `X`, tokens × features, counts from 1; `P`, tokens × tokens, is 1 on the diagonal; `M` is 2 × 2 and numbered;
    /// `Y@animal` and `Y@skin` are two of one family; `head.Z` stands under a dot.
    fn new() -> Self {
        let mut graph = Graph::default();
        let tokens = Axis::tokens("main", TOKENS.map(String::from).to_vec());
        let features = Axis::features("d_model", FEATURES.map(String::from).to_vec());
        let counted = Matrix::from_row_iterator(8, 3, (1..=24).map(f64::from));
        let x = Shape::new(Arc::clone(&tokens), Arc::clone(&features));
        given(&mut graph, "X", counted.clone(), x.clone(), Part::Embeddings);
        let square = Shape::new(Arc::clone(&tokens), tokens);
        given(&mut graph, "P", Matrix::identity(8, 8), square, Part::Pattern);
        let numbered = Shape::new(Axis::numbered(2), Axis::numbered(2));
        let m = Matrix::from_row_slice(2, 2, &[1.0, -2.0, 0.0, f64::NEG_INFINITY]);
        given(&mut graph, "M", m, numbered.clone(), Part::Other);
        given(&mut graph, "bad", Matrix::from_element(2, 2, f64::NAN), numbered, Part::Other);
        for name in ["Y@animal", "Y@skin", "head.Z"] {
            given(&mut graph, name, counted.clone(), x.clone(), Part::Other);
        }
        let sizes = [("d_k".to_owned(), 4), ("d_model".to_owned(), 3)].into();
        Self { graph: Arc::new(graph), sizes, broken: ["W_Q".to_owned()].into() }
    }

    fn scope(&self) -> Scope<'_> {
        Scope { graph: &self.graph, sizes: &self.sizes, broken: &self.broken }
    }

    fn trace(&self) -> Trace {
        Trace::evaluate(Arc::clone(&self.graph))
    }

    fn value(&self, text: &str) -> Value {
        let resolved = parse(text).expect(text).resolve(&self.scope()).expect(text);
        resolved.evaluate(&self.trace())
    }

    fn number(&self, text: &str) -> f64 {
        match self.value(text) {
            Value::Number(number) => number,
            Value::Label(label) => panic!("{text} is {label}"),
        }
    }

    fn constant(&self, text: &str) -> Result<f64, Vec<Diagnostic>> {
        parse(text).map_err(|finding| vec![finding])?.constant(&self.scope())
    }

    /// The only finding about a text: its code, the words it is about, and all that it says in English.
    fn mistake<'a>(&self, text: &'a str) -> (Code, &'a str, String) {
        let parsed = parse(text).map_err(|finding| vec![finding]);
        only(text, parsed.and_then(|expression| expression.resolve(&self.scope()).map(drop)))
    }

    fn wrong_claim<'a>(&self, text: &'a str) -> (Code, &'a str, String) {
        let parsed = Claim::parse(text).map_err(|finding| vec![finding]);
        only(text, parsed.and_then(|claim| claim.resolve(&self.scope()).map(drop)))
    }

    fn holds(&self, claim: &str) -> bool {
        let resolved = Claim::parse(claim).expect(claim).resolve(&self.scope()).expect(claim);
        resolved.check(&self.trace()).is_ok()
    }
}

fn given(graph: &mut Graph, name: &str, values: Matrix, shape: Shape, part: Part) -> NodeId {
    let op = Op::Given(op::Given { values: Arc::new(values), shape, origin: Origin::Written });
    graph.push(name, op, part).expect("names differ and given matrices always fit")
}

fn only(text: &str, outcome: Result<(), Vec<Diagnostic>>) -> (Code, &str, String) {
    let findings = outcome.expect_err(text);
    let [finding] = findings.as_slice() else { panic!("{text}: {findings:?}") };
    let says = |of: fn(&qkv::language::Localised<String>) -> &String| {
        format!("{}; {}", of(&finding.message), finding.hint.as_ref().map_or("", |hint| of(hint)))
    };
    assert!(!says(|both| &both.zh).is_ascii(), "{text} is not said in Chinese");
    (finding.code, &text[finding.span.start..finding.span.end], says(|both| &both.en))
}

#[test]
fn arithmetic_has_the_meaning_of_mathematics() {
    let world = World::new();
    let close = |text: &str, expected: f64| {
        let number = world.constant(text).expect(text);
        assert!((number - expected).abs() < 1e-12, "{text} = {number}, not {expected}");
    };
    close("1 + 2 * 3 - 4 / 8", 6.5);
    close("10 - 3 - 2", 5.0);
    close("24 / 4 / 3", 2.0);
    close("-2 * -(3 + 1)", 8.0);
    close("2 × 3 · 4 ÷ 6 − 1", 3.0);
    close("1/3", 0.333_333_333_333_333_3);
    close(".58 + 1e-3 + 2.", 2.581);
    close("1E2 - 1e+2", 0.0);
    close("√d_k", 2.0);
    close("√ 9 + 7", 10.0);
    close("sqrt(d_k) / d_model", 2.0 / 3.0);
    close("ln(.58/.42)", 0.322_773_392_262_305);
    close("ln(exp(2)) * pi / π", 2.0);
    close("max(1, 5, d_k) + min(2, 3) + sum(1, 2) + mean(1, 3) + count(7, 7)", 14.0);
}

#[test]
fn cells_are_named_by_token_feature_and_number() {
    let world = World::new();
    // Row r, column c of X is 3·(r − 1) + c, counted from 1.
    assert_eq!(world.number("X[creature, adjective]"), 5.0);
    assert_eq!(world.number("X[2, 2]"), 5.0);
    assert_eq!(world.number("X[ the#2 ,place ]"), 12.0);
    assert_eq!(world.number("X[\"[CLS]\", noun]"), 13.0);
    assert_eq!(world.number("X[don't, noun]"), 16.0);
    assert_eq!(world.number("X[\"say \"\"x\"\"\", noun]"), 19.0);
    assert_eq!(world.number("X[7, 1]"), 19.0, "a plain number counts");
    assert_eq!(world.number("X[\"7\", 1]"), 22.0, "a number in quotes is a token");
    assert_eq!(world.number("Y@animal[a, noun] + head.Z[a, noun]"), 2.0);
    assert_eq!(world.number("X[1, 1:1]"), 1.0, "a range of one is a number");
}

#[test]
fn ranges_have_both_ends_and_functions_go_over_their_cells() {
    let world = World::new();
    assert_eq!(world.number("sum(X[a])"), 6.0);
    assert_eq!(world.number("sum(X[a, :])"), 6.0);
    assert_eq!(world.number("sum(X[:, noun])"), 92.0);
    assert_eq!(world.number("count(X[a:the#1, 2:3])"), 6.0);
    assert_eq!(world.number("max(X) - min(X)"), 23.0);
    assert_eq!(world.number("mean(X[1:2, noun], 0)"), 5.0 / 3.0);
    assert_eq!(world.value("argmax(X[a])"), Value::Label("place".into()));
    assert_eq!(world.value("argmax(X[:, noun])"), Value::Label("7".into()));
    assert_eq!(world.value("argmax(P[the#2])"), Value::Label("the#2".into()));
    assert_eq!(world.value("argmax(P[1, 2:4])"), Value::Label("creature".into()), "the first of equals");
}

#[test]
fn what_is_no_number_stays_no_number() {
    let world = World::new();
    assert!(world.number("max(bad)").is_nan() && world.number("min(bad, 1)").is_nan());
    assert!(matches!(world.value("argmax(bad[1])"), Value::Number(x) if x.is_nan()));
    for claim in ["bad = 0", "bad[1, 1] = bad[1, 1]", "bad < 1", "bad >= 0", "max(bad) > 0"] {
        assert!(!world.holds(claim), "{claim}");
    }
    assert!(!world.holds("argmax(bad[1]) = 1"));
}

#[test]
fn exactly_one_cell_has_a_place() {
    let world = World::new();
    let place = |text: &str| parse(text).unwrap().resolve(&world.scope()).unwrap().place();
    let node = world.graph.find("X").unwrap();
    assert_eq!(place("(X[creature, noun])"), Some(Place::Cell(Cell { node, row: 1, column: 0 })));
    assert_eq!(place("-X[creature, noun]"), None);
    assert_eq!(place("sum(X)"), None);
    let resolved = parse("2 * sum(X)").unwrap().resolve(&world.scope()).unwrap();
    assert_eq!(resolved.node(), Some(node));
}

#[test]
fn unreadable_text_is_pointed_at() {
    let world = World::new();
    let cases = [
        ("", ""),
        ("1 +", "1 +"),
        ("1 2", "2"),
        ("2x", "2x"),
        ("1.2.3", "1.2.3"),
        ("(1", "("),
        ("sum(1", "("),
        ("1)", ")"),
        ("X[1, 2", "["),
        ("X[", "["),
        ("X[1, 2, 3]", "[1, 2,"),
        ("X[]", "["),
        ("X[1, ]", ", "),
        ("X[1:, 2]", "1:"),
        ("X[[CLS], 1]", "["),
        ("X[\"a, 1]", "\"a, 1]"),
        ("sqrt 2", "sqrt"),
        ("sqrt(1, 2)", "sqrt(1, 2)"),
        ("50%", "50%"),
        ("1 = 1", "="),
        ("1 ± 1", "±"),
    ];
    for (text, about) in cases {
        let (code, found, _) = world.mistake(text);
        assert_eq!((code, found), (Code::BadExpression, about), "{text}");
    }
}

#[test]
fn fullwidth_signs_are_named_with_the_plain_ones() {
    let world = World::new();
    let (code, about, says) = world.mistake("sqrt（2）");
    assert_eq!((code, about), (Code::FullwidthPunctuation, "（"));
    assert!(says.contains("write `sqrt(2)`"), "{says}");
    let (code, about, says) = world.mistake("X[creature，noun]");
    assert_eq!((code, about), (Code::UnknownLabel, "creature，noun"));
    assert!(says.contains("write `,`"), "{says}");
}

#[test]
fn unknown_names_come_with_the_name_that_was_meant() {
    let world = World::new();
    let cases = [
        ("x[1, 1]", "x", "did you mean `X`"),
        ("d_mode", "d_mode", "did you mean `d_model`"),
        ("Z[1, 1]", "Z", "did you mean `head.Z`"),
        ("Y[1, 1]", "Y", "Y@animal, Y@skin"),
        ("head[1, 1]", "head", "head.Z"),
        ("d_k[1]", "d_k", "is an axis"),
        ("something_else", "something_else", "there are `X`, `P`, `M`"),
        ("squrt(2)", "squrt", "did you mean `sqrt`"),
    ];
    for (text, about, hint) in cases {
        let (code, found, says) = world.mistake(text);
        assert_eq!((code, found), (Code::UnknownName, about), "{text}");
        assert!(says.contains(hint), "{text}: {says}");
    }
}

#[test]
fn a_broken_definition_is_not_reported_again() {
    let world = World::new();
    for text in ["W_Q[1, 1]", "W_Q.part[1]", "W_Q@animal", "sum(W_Q) + 1"] {
        assert_eq!(parse(text).unwrap().resolve(&world.scope()), Err(Vec::new()), "{text}");
    }
    let (_, about, _) = world.mistake("W_Q[1] + nothing");
    assert_eq!(about, "nothing");
}

#[test]
fn wrong_rows_and_columns_are_explained() {
    let world = World::new();
    let cases = [
        ("X[creatur, 1]", Code::UnknownLabel, "creatur", "no row called `creatur`; did you mean `creature`"),
        ("X[1, colour]", Code::UnknownLabel, "colour", "write the name of a column: noun, adjective, place"),
        ("X[noun, 1]", Code::UnknownLabel, "noun, 1", "the row comes first; write `[1, noun]`"),
        ("X[noun, a:creature]", Code::UnknownLabel, "noun, a:creature", "write `[a:creature, noun]`"),
        (
            "X[noun]",
            Code::UnknownLabel,
            "noun",
            "`noun` is a column; here write the name of a row: a, creature",
        ),
        ("P[1, dog]", Code::UnknownLabel, "dog", "no key called"),
        ("X[the, 1]", Code::UnknownLabel, "the", "`the#1` for the first"),
        ("X[the#3, 1]", Code::OutOfRange, "the#3", "the last is `the#2`"),
        ("X[0, 1]", Code::OutOfRange, "0", "write a number from 1 to 8"),
        ("X[1, 4]", Code::OutOfRange, "4", "`X` has 3 columns"),
        ("X[99999999999999999999999, 1]", Code::OutOfRange, "99999999999999999999999", "`X` has 8 rows"),
        ("X[creature:a, 1]", Code::OutOfRange, "creature:a", "write `a:creature`"),
    ];
    for (text, code, about, says) in cases {
        let found = world.mistake(text);
        assert_eq!((found.0, found.1), (code, about), "{text}");
        assert!(found.2.contains(says), "{text}: {}", found.2);
    }
    let both_ends = parse("X[creatur, colour] + Q").unwrap().resolve(&world.scope());
    assert_eq!(both_ends.unwrap_err().len(), 3, "all mistakes at once");
}

#[test]
fn many_cells_are_no_number_and_a_name_is_none_either() {
    let world = World::new();
    for (text, about) in [
        ("1 + X[a]", "X[a]"),
        ("sqrt(M)", "M"),
        ("1 + argmax(X[a])", "argmax(X[a])"),
        ("argmax(X)", "X"),
        ("argmax(1)", "1"),
        ("argmax(d_k)", "d_k"),
    ] {
        let (code, found, _) = world.mistake(text);
        assert_eq!((code, found), (Code::BadExpression, about), "{text}");
    }
}

#[test]
fn constants_are_finite_and_use_no_cells() {
    let world = World::new();
    for (text, code, about) in [
        ("1 + 2/(1 - 1)", Code::NotFinite, "2/(1 - 1)"),
        ("0/0", Code::NotFinite, "0/0"),
        ("2 * ln(0)", Code::NotFinite, "ln(0)"),
        ("sqrt(-1)", Code::NotFinite, "sqrt(-1)"),
        ("exp(1000) - exp(1000)", Code::NotFinite, "exp(1000)"),
        ("1e999", Code::NotFinite, "1e999"),
        ("X[1, 1]", Code::BadNumber, "X[1, 1]"),
        ("1 + sum(M)", Code::BadNumber, "1 + sum(M)"),
        ("argmax(M[1])", Code::BadNumber, "argmax(M[1])"),
        ("d_q", Code::UnknownName, "d_q"),
    ] {
        let (found, place, _) = only(text, world.constant(text).map(drop));
        assert_eq!((found, place), (code, about), "{text}");
    }
}

#[test]
fn what_is_too_long_or_too_deep_is_refused() {
    let world = World::new();
    for text in [
        format!("{}1{}", "(".repeat(200), ")".repeat(200)),
        format!("{}1", "- ".repeat(200)),
        format!("{}2", "√".repeat(200)),
        format!("{}1{}", "sum(".repeat(100), ")".repeat(100)),
        "1+".repeat(600) + "1",
    ] {
        assert_eq!(world.mistake(&text).0, Code::TooLarge, "{text}");
    }
    assert_eq!(world.constant(&("1+".repeat(490) + "1")), Ok(491.0));
}

#[test]
fn claims_are_checked_against_the_numbers() {
    let world = World::new();
    for claim in [
        "X[a, noun] = 1",
        "X[a, noun] == 1",
        "X[a, noun] = 1.004 ± 0.005",
        "X[a, noun] = 1.004 +- 1/200",
        "0.1 + 0.2 = 0.3",
        "0.425 = 0.42 ± 0.005",
        "X[a, noun] < X[a, place]",
        "X[a, noun] <= 1",
        "X[a, noun] ≥ 1",
        "sum(P[creature, :]) = 1",
        "argmax(P[creature]) = creature",
        "argmax(P[the#2]) = the#2",
        "argmax(P[\"[CLS]\"]) = \"[CLS]\"",
        "argmax(P[3]) = 3",
        "argmax(P[1]) = argmax(P[:, 1])",
        "X > 0",
        "X[:, noun] >= 1",
        "Y@animal = X",
        "X[a] = X[1, :] ± 0.1",
        "M[2, 2] = M[2, 2]",
        "M[2, 2] < -1e300",
    ] {
        assert!(world.holds(claim), "{claim}");
    }
    for claim in [
        "X[a, noun] = 2",
        "X[a, noun] = 1.000001",
        "X[a, noun] = 1.01 ± 0.005",
        "X[a, noun] < 1",
        "X[a, noun] > 1",
        "X[a, noun] <= 0.9999",
        "argmax(P[creature]) = a",
        "X[:, noun] < 22",
        "M[2, 2] = 5",
        "M[1, 1] = M[2, 2]",
    ] {
        assert!(!world.holds(claim), "{claim}");
    }
}

#[test]
fn a_refuted_claim_tells_what_is_the_case() {
    let world = World::new();
    let says = |text: &str| {
        let claim = Claim::parse(text).unwrap().resolve(&world.scope()).unwrap();
        claim.check(&world.trace()).unwrap_err().message(&world.trace(), None).en
    };
    assert_eq!(says("X[a, noun] / 3 = 0.42 ± 0.005"), "it is 0.3333, not 0.42 ± 0.005");
    assert_eq!(says("X[:, noun] < 20"), "`X[\"7\", noun]` is 22, which is not less than 20");
    assert_eq!(says("argmax(P[a]) = the#1"), "it is `a`, not `the#1`");
    assert_eq!(says("bad > 0"), "`bad[1, 1]` is NaN, which is no number");
    assert_eq!(says("1.00000001 = 1"), "it is 1.00000001, not 1");
}

#[test]
fn claims_that_cannot_be_compared_are_refused() {
    let world = World::new();
    for (text, code, about) in [
        ("X[a, noun]", Code::BadExpression, "X[a, noun]"),
        ("X[a, noun] =", Code::BadExpression, "X[a, noun] ="),
        ("1 = 2 = 3", Code::BadExpression, "="),
        ("1 < 2 ± 1", Code::BadExpression, "±"),
        ("1 ± 1 = 2", Code::BadExpression, "±"),
        ("sum(X) = X", Code::BadExpression, "sum(X) = X"),
        ("X = M", Code::ShapeMismatch, "X = M"),
        ("1 = argmax(X[a])", Code::BadExpression, "1 = argmax(X[a])"),
        ("argmax(X[a]) > noun", Code::BadExpression, ">"),
        ("argmax(X[a]) = nuon", Code::UnknownLabel, "nuon"),
        ("argmax(X[a]) =", Code::BadExpression, ""),
        ("1 = 1 ± -1", Code::BadNumber, "-1"),
        ("1 = 1 ± X[1, 1]", Code::BadNumber, "X[1, 1]"),
    ] {
        let (found, place, _) = world.wrong_claim(text);
        assert_eq!((found, place), (code, about), "{text}");
    }
}

#[test]
fn an_entry_alone_is_read_as_in_brackets() {
    let world = World::new();
    let node = world.graph.node(world.graph.find("X").unwrap());
    let find = |text: &str| Entry::parse(text).and_then(|entry| entry.find(node, Side::Rows));
    assert_eq!(find(" creature "), Ok(1));
    assert_eq!(find("the#2"), Ok(3));
    assert_eq!(find("7"), Ok(6));
    assert_eq!(find("\"7\""), Ok(7));
    assert_eq!(find("[CLS]"), Ok(4));
    assert_eq!(find("dog").unwrap_err().code, Code::UnknownLabel);
    assert_eq!(find("\"dog").unwrap_err().code, Code::BadExpression);
    assert_eq!(find("\"a\" b").unwrap_err().code, Code::BadExpression);
    assert_eq!(find(" ").unwrap_err().code, Code::BadExpression);
    assert_eq!(Entry::label("7", qkv::diagnostic::Span::default()).find(node, Side::Rows), Ok(7));
}

#[test]
fn every_reference_round_trips() {
    let world = World::new();
    for (node, of) in world.graph.nodes() {
        for row in 0..of.shape.rows.size() {
            for column in 0..of.shape.columns.size() {
                let cell = Cell { node, row, column };
                let text = reference(&world.graph, cell);
                let resolved = parse(&text).expect(&text).resolve(&world.scope()).expect(&text);
                assert_eq!(resolved.place(), Some(Place::Cell(cell)), "{text}");
                let (prose, findings) = Prose::read(&format!("{{{text}}}"), &world.scope());
                assert_eq!((prose.paragraphs.len(), findings), (1, Vec::new()), "{text}");
            }
        }
    }
}

/// A formula, and its value worked out beside it.
fn formula() -> impl Strategy<Value = (String, f64)> {
    let leaf = prop_oneof![
        (1..1000_u32).prop_map(|n| (format!("{}", f64::from(n) / 8.0), f64::from(n) / 8.0)),
        Just(("d_k".to_owned(), 4.0)),
        Just(("X[creature, place]".to_owned(), 6.0)),
    ];
    leaf.prop_recursive(5, 24, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            pair.clone().prop_map(|((a, x), (b, y))| (format!("({a} + {b})"), x + y)),
            pair.clone().prop_map(|((a, x), (b, y))| (format!("({a} - ({b}))"), x - y)),
            pair.clone().prop_map(|((a, x), (b, y))| (format!("({a}) * ({b})"), x * y)),
            pair.prop_map(|((a, x), (b, y))| (format!("(({a}) / ({b}))"), x / y)),
            inner.clone().prop_map(|(a, x)| (format!("(-({a}))"), -x)),
            inner.prop_map(|(a, x)| (format!("sqrt({a})"), x.sqrt())),
        ]
    })
}

proptest! {
    #[test]
    fn formulas_agree_with_an_independent_evaluation((text, expected) in formula()) {
        prop_assume!(text.len() <= 1000);
        let number = World::new().number(&text);
        prop_assert!(number == expected || (number.is_nan() && expected.is_nan()), "{} {}", number, expected);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}") {
        read_everything(&text)?;
    }

    #[test]
    fn no_text_of_its_own_signs_makes_it_panic(
        words in prop::collection::vec(prop::sample::select(&[
            "X", "[", "]", "a", "the#2", ",", ":", "\"", "1", ".5", "(", ")", "sum", "argmax", "argmin", "entropy", "cosine", "-", "*", "/", "√",
            "=", "±", "{", "}", " ", "\n", "\n\n", "中", "，", "P", "d_k", "@", ".", "<", ">=", "π", "e9",
        ][..]), 0..30)
    ) {
        read_everything(&words.concat())?;
    }
}

/// Reads a text in every way there is; all spans must lie in it.
fn read_everything(text: &str) -> Result<(), TestCaseError> {
    let world = World::new();
    let (scope, trace) = (world.scope(), world.trace());
    let mut findings = Vec::new();
    match parse(text) {
        Ok(expression) => {
            match expression.resolve(&scope) {
                Ok(resolved) => drop(resolved.evaluate(&trace)),
                Err(more) => findings.extend(more),
            }
            findings.extend(expression.constant(&scope).err().into_iter().flatten());
            findings.extend(expression.selection(&scope).err().into_iter().flatten());
        }
        Err(finding) => findings.push(finding),
    }
    match Claim::parse(text) {
        Ok(claim) => match claim.resolve(&scope) {
            Ok(claim) => {
                if let Err(refuted) = claim.check(&trace) {
                    prop_assert!(!refuted.message(&trace, None).en.is_empty());
                }
            }
            Err(more) => findings.extend(more),
        },
        Err(finding) => findings.push(finding),
    }
    findings.extend(Prose::read(text, &scope).1);
    for finding in findings {
        prop_assert!(text.get(finding.span.start..finding.span.end).is_some(), "{:?} of {:?}", finding, text);
    }
    Ok(())
}
