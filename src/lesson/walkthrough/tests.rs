use std::sync::Arc;

use super::*;
use crate::graph::{Axis, Shape, Visible, op};
use crate::language::Language;
use crate::lesson::Piece;
use crate::lesson::expression::Value;
use crate::math::Matrix;
use crate::transformer::{
    Attention, Head, Masking, MultiHead, Naming, Projection, Rules, Scale, Source, Values,
};

fn given(graph: &mut Graph, name: &str, rows: &Arc<Axis>, columns: &Arc<Axis>) -> NodeId {
    let count = rows.size() * columns.size();
    let numbers = (0..count).map(|i| f64::from(u32::try_from(i * i % 7).unwrap()) - 2.0);
    let values = Arc::new(Matrix::from_row_iterator(rows.size(), columns.size(), numbers));
    let shape = Shape::new(Arc::clone(rows), Arc::clone(columns));
    graph.push(name, Op::Given(op::Given::written(values, shape)), Part::Other).unwrap()
}

fn text(name: &str, tokens: &[&str]) -> TokenText {
    let tokens = Axis::tokens(name, tokens.iter().map(ToString::to_string).collect());
    TokenText { name: name.into(), tokens, gloss: Localised::default(), generation: None }
}

/// A head for each text, with a residual sum: named `NAME@text` where there are several.
fn lesson(texts: &[TokenText], mask: Option<&Visible>) -> Trace {
    let mut graph = Graph::default();
    let known = Axis::tokens("vocabulary", vec!["the".into(), "cat".into()]);
    let d_model = Axis::features("d_model", vec!["noun".into(), "verb".into()]);
    let d_k = Axis::sized("d_k", 2);
    let table = given(&mut graph, "E", &known, &d_model);
    graph.play(table, Part::Vocabulary);
    let [query_weights, key_weights] = ["W_Q", "W_K"].map(|name| given(&mut graph, name, &d_model, &d_k));
    let weights = given(&mut graph, "W_V", &d_model, &d_model);
    for text in texts {
        let suffix = if texts.len() == 1 { String::new() } else { format!("@{}", text.name) };
        let rows = vec![1; text.tokens.size()];
        let positions = Arc::clone(&text.tokens);
        let x = graph
            .push(format!("X{suffix}"), Op::Gather(op::Gather { table, rows, positions }), Part::Embeddings)
            .unwrap();
        let (queries, keys) = (Projection::new(x, query_weights), Projection::new(x, key_weights));
        let values = Values::Projected(Projection::new(x, weights));
        let rules = Rules { mask: mask.cloned().map(Masking::new), ..Rules::default() };
        let attention = Attention { source: Source::Projected { queries, keys }, values, rules };
        let naming = Naming { prefix: "head".into(), suffix: suffix.clone() };
        let output = attention.build(&mut graph, &naming).unwrap().output.unwrap();
        graph.push(format!("out{suffix}"), Op::Add(op::Add { terms: vec![x, output] }), Part::Other).unwrap();
    }
    Trace::evaluate(Arc::new(graph))
}

fn titles(steps: &[Step]) -> Vec<&str> {
    steps.iter().map(|step| step.title.en.as_str()).collect()
}

fn shown<'a>(trace: &'a Trace, step: &Step) -> Vec<&'a str> {
    let name = |shown: &Shown| match shown {
        Shown::Matrix(id) => trace.node(*id).name.as_str(),
        Shown::Text(_) => "text",
    };
    step.show.iter().map(name).collect()
}

/// What a step says, with its numbers to two decimals.
pub(super) fn said(trace: &Trace, step: &Step, language: Language) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) | Piece::Emphasis(words) => words.clone(),
        Piece::Number { value, .. } => match value.evaluate(trace) {
            Value::Number(number) => format!("{number:.2}"),
            Value::Label(label) => label,
        },
    };
    step.say.get(language).paragraphs.iter().flatten().map(piece).collect()
}

#[test]
fn every_matrix_of_a_head_has_its_step_with_what_it_is_made_of() {
    let text = text("main", &["the", "cat"]);
    let trace = lesson(std::slice::from_ref(&text), Some(&Visible::Causal));
    let steps = steps(&trace, &[text], Honesty::Toy);
    assert_eq!(
        titles(&steps),
        [
            "Tokens",
            "Embeddings X",
            "Queries Q",
            "Keys K",
            "Scores",
            "Scaling",
            "Mask",
            "Attention pattern",
            "Values V",
            "Weighted sum Z",
            "Sum out",
        ]
    );
    assert_eq!(shown(&trace, &steps[0]), ["text"]);
    assert_eq!(shown(&trace, &steps[1]), ["X"]);
    assert_eq!(shown(&trace, &steps[2]), ["head.Q"]);
    assert_eq!(shown(&trace, &steps[9]), ["head.Z"]);
    assert_eq!(steps[7].reveal, Reveal::Rows);
    // The first query sees one key only and gives it all; the second is worth a look.
    assert_eq!(steps[7].focus[0].row, Some(1));
    assert!(said(&trace, &steps[10], Language::English).contains("residual connection"));
}

#[test]
fn numbers_in_the_words_are_those_of_the_matrices() {
    let text = text("main", &["the", "cat"]);
    let trace = lesson(std::slice::from_ref(&text), None);
    let steps = steps(&trace, &[text], Honesty::Toy);
    let scores = trace.graph().find("head.scores").unwrap();
    let largest = format!("{:.2}", trace.value(scores).max());
    for language in Language::ALL {
        let said = said(&trace, &steps[4], language);
        assert!(said.contains(&largest), "{said}");
    }
}

#[test]
fn one_definition_over_several_texts_is_one_step() {
    let texts = [text("animal", &["the", "cat"]), text("skin", &["cat"])];
    let trace = lesson(&texts, None);
    let steps = steps(&trace, &texts, Honesty::Toy);
    assert_eq!(shown(&trace, &steps[0]), ["text", "text"]);
    assert_eq!(steps[2].title.en, "Queries Q");
    assert_eq!(shown(&trace, &steps[2]), ["head.Q@animal", "head.Q@skin"]);
    assert_eq!(shown(&trace, &steps[4]), ["head.scores@animal", "head.scores@skin"]);
}

#[test]
fn queries_that_see_nothing_do_not_break_it() {
    let text = text("main", &["the", "cat"]);
    let mask = Visible::Cells(Arc::from([false; 4]));
    let trace = lesson(std::slice::from_ref(&text), Some(&mask));
    let steps = steps(&trace, &[text], Honesty::Toy);
    let pattern = steps.iter().find(|step| step.title.en.starts_with("Attention")).unwrap();
    assert!(said(&trace, pattern, Language::English).contains("sees no key"));
}

#[test]
fn what_hides_a_key_is_compared_with_the_scores_that_are_seen_beside_it() {
    // [[−2, −1], [2, 0]]: only −1 is hidden, beside −2.
    let said = |hidden| {
        let mut graph = Graph::default();
        let (queries, keys) = (Axis::sized("queries", 2), Axis::sized("keys", 2));
        let of = given(&mut graph, "S", &queries, &keys);
        let mask = Op::Mask(op::Mask { of, visible: Visible::Causal, hidden });
        graph.push("masked", mask, Part::Masked).unwrap();
        let trace = Trace::evaluate(Arc::new(graph));
        said(&trace, &steps(&trace, &[], Honesty::Toy)[0], Language::English)
    };
    assert!(said(-8.5).contains("still gives these keys a share"), "exp(−6.5) is more than a thousandth");
    assert!(said(-9.5).contains("next to nothing"));
}

#[test]
fn chinese_sentences_have_blanks_around_latin_names_only() {
    let sentence = words("the vector of {0}", "例如 {0} 的向量");
    let zh = |name: &str| {
        let pieces = Say::new(sentence, &[Gap::Name(name.into())]).prose().zh.paragraphs.remove(0);
        let words = |piece: &Piece| match piece {
            Piece::Words(words) | Piece::Emphasis(words) => words.clone(),
            Piece::Number { .. } => String::new(),
        };
        pieces.iter().map(words).collect::<String>()
    };
    assert_eq!(zh("cat"), "例如 cat 的向量");
    assert_eq!(zh("猫"), "例如猫的向量");
}

#[test]
fn there_is_always_a_step_and_every_step_speaks_both_languages() {
    let empty = Trace::evaluate(Arc::new(Graph::default()));
    assert_eq!(steps(&empty, &[], Honesty::Toy).len(), 1);
    let trace = every_operation();
    for step in steps(&trace, &[], Honesty::Real) {
        assert_eq!(step.honesty, Honesty::Real);
        assert!(!step.title.zh.is_empty());
        for language in Language::ALL {
            assert!(!said(&trace, &step, language).contains('{'), "{:?}", step.title);
            assert!(!said(&trace, &step, language).is_empty(), "{:?}", step.title);
        }
    }
}

/// A graph in which every operation stands outside of attention too, two heads, and a matrix without cells.
fn every_operation() -> Trace {
    let mut graph = Graph::default();
    let (n, d) = (Axis::numbered(2), Axis::sized("d", 2));
    let a = given(&mut graph, "A", &n, &d);
    let b = given(&mut graph, "B", &n, &d);
    given(&mut graph, "unused", &n, &d);
    given(&mut graph, "nothing", &Axis::numbered(0), &d);
    let table = given(&mut graph, "T", &n, &d);
    let divisor = crate::graph::Constant { value: 8.0, symbol: "8".into() };
    let other = [
        ("gather", Op::Gather(op::Gather { table, rows: vec![0], positions: Axis::numbered(1) })),
        ("transpose", Op::Transpose(op::Transpose { of: a })),
        ("dot", Op::DotProducts(op::DotProducts { left: a, right: b })),
        ("scale", Op::Scale(op::Scale { of: a, divisor })),
        ("add", Op::Add(op::Add { terms: vec![a, b, a] })),
        ("sum", Op::Add(op::Add { terms: vec![a, b] })),
        ("mask", Op::Mask(op::Mask::new(a, Visible::Causal))),
        ("softmax", Op::Softmax(op::Softmax::new(a))),
        ("slice", Op::Slice(op::Slice { of: a, side: Side::Columns, entries: 1..2 })),
        ("concat", Op::Concat(op::Concat { parts: vec![a, b] })),
    ];
    for (name, op) in other {
        graph.push(name, op, Part::Other).unwrap();
    }
    let row = given(&mut graph, "row", &Axis::numbered(1), &d);
    let epsilon = crate::graph::Constant { value: 1e-5, symbol: "ε".into() };
    let around_attention = [
        ("bias", Op::Add(op::Add { terms: vec![a, row] })),
        ("less", Op::Subtract(op::Subtract { left: a, right: row })),
        ("times", Op::Multiply(op::Multiply { left: row, right: b })),
        ("bent", Op::Activate(op::Activate { of: a, with: op::Activation::Silu })),
        ("dropout", Op::Dropout(op::Dropout { of: a, rate: 0.5, seed: 1 })),
        ("norm", Op::LayerNorm(op::LayerNorm { of: a, epsilon: epsilon.clone() })),
        ("rms", Op::RmsNorm(op::RmsNorm { of: a, epsilon })),
    ];
    for (name, op) in around_attention {
        graph.push(name, op, Part::Other).unwrap();
    }
    graph.push("product", Op::Product(op::Product { left: a, right: a }), Part::Other).unwrap();
    let head = |name: &str| {
        let source = Source::Vectors { queries: a, keys: b };
        let rules = Rules { scale: Scale::None, ..Rules::default() };
        let attention = Attention { source, values: Values::Vectors(b), rules };
        Head { name: name.into(), attention }
    };
    let multi = MultiHead::new(vec![head("1"), head("2")], None);
    multi.build(&mut graph, &Naming { prefix: "mh".into(), suffix: String::new() }).unwrap();
    Trace::evaluate(Arc::new(graph))
}
