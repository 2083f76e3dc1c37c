//! What others have published is reproduced: the lessons in `tests/published` are clean, and their numbers are those
//! of `tests/reference/published.json`, whatever the lessons themselves claim.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use qkv::diagnostic::Source;
use qkv::lesson::{Lesson, check};
use qkv::math::Matrix;
use qkv::transformer::model;
use serde_json::Value;

use crate::graph::proof::prove;
use crate::reference::{assert_close, matrix};

/// How a published table is written.
#[derive(Debug, Clone, Copy)]
enum Written {
    /// Positions are rows, as they are stored.
    Rows,
    /// Positions are columns.
    Columns,
    /// A single row.
    Line,
}

/// A printed table: where it is in the reference, which matrix of the lesson it is, how it is written, and half a
/// unit of its last digit.
type Table = (&'static str, &'static str, Written, f64);

/// What is exact.
const EXACT: f64 = 1e-12;

const TABLES: &[(&str, &[Table])] = {
    use Written::{Columns, Line, Rows};
    &[
        (
            "illustrated-transformer",
            &[
                ("/scores", "scores", Line, EXACT),
                ("/scaled", "head.scaled", Line, EXACT),
                ("/softmax_printed", "head.pattern", Line, 0.005),
                ("/softmax_exact", "head.pattern", Line, 1e-15),
            ],
        ),
        (
            "illustrated-gpt2-mask",
            &[("/scores", "scores", Rows, EXACT), ("/softmax_printed", "head.pattern", Rows, 0.005)],
        ),
        (
            "raimi-karim",
            &[
                ("/x", "X", Rows, EXACT),
                ("/w_query", "W_Q", Rows, EXACT),
                ("/w_key", "W_K", Rows, EXACT),
                ("/w_value", "W_V", Rows, EXACT),
                ("/q", "head.Q", Rows, EXACT),
                ("/k", "head.K", Rows, EXACT),
                ("/v", "head.V", Rows, EXACT),
                ("/scores", "head.scores", Rows, EXACT),
                ("/softmax", "head.pattern", Rows, 0.000_005),
                ("/output_exact", "head.Z", Rows, 0.000_05),
                ("/output_published_from_rounded_weights", "published", Rows, 1e-9),
            ],
        ),
        ("tensorflow-tutorial", &[("/k", "K", Rows, EXACT), ("/v", "V", Rows, EXACT)]),
        (
            "d2l-uniform",
            &[
                ("/v", "V", Rows, EXACT),
                ("/cases/0/out", "two.Z", Line, EXACT),
                ("/cases/1/out", "six.Z", Line, EXACT),
            ],
        ),
        (
            "karpathy-average",
            &[
                ("/v", "V", Rows, EXACT),
                ("/weights", "head.pattern", Rows, EXACT),
                ("/out", "head.Z", Rows, 0.000_05),
            ],
        ),
        (
            "aibyhand-self-attention",
            &[
                ("/x", "X", Columns, EXACT),
                ("/w_query", "W_Q", Columns, EXACT),
                ("/w_key", "W_K", Columns, EXACT),
                ("/w_value", "W_V", Columns, EXACT),
                ("/scores", "head.scores", Columns, EXACT),
                ("/weights", "head.pattern", Columns, 0.000_005),
                ("/output", "head.Z", Columns, 0.000_05),
            ],
        ),
        (
            "aibyhand-multihead",
            &[
                ("/x", "X", Columns, EXACT),
                ("/heads/0/w_query", "W_Q1", Columns, EXACT),
                ("/heads/0/w_key", "W_K1", Columns, EXACT),
                ("/heads/0/w_value", "W_V1", Columns, EXACT),
                ("/heads/1/w_query", "W_Q2", Columns, EXACT),
                ("/heads/1/w_key", "W_K2", Columns, EXACT),
                ("/heads/1/w_value", "W_V2", Columns, EXACT),
                ("/heads/2/w_query", "W_Q3", Columns, EXACT),
                ("/heads/2/w_key", "W_K3", Columns, EXACT),
                ("/heads/2/w_value", "W_V3", Columns, EXACT),
                ("/w_out", "W_O", Columns, EXACT),
                ("/output", "mh.output", Columns, 0.000_05),
            ],
        ),
        (
            "aibyhand-feed-forward",
            &[
                ("/x", "X", Columns, EXACT),
                ("/attention", "A", Columns, EXACT),
                ("/x_attention", "XA", Columns, EXACT),
                ("/w1", "W_1", Columns, EXACT),
                ("/b1", "b_1", Line, EXACT),
                ("/hidden", "ff.linear_1", Columns, EXACT),
                // The inner ReLU meets no negative number, so what is printed is also what comes after it.
                ("/hidden", "ff.hidden", Columns, EXACT),
                ("/w2", "W_2", Columns, EXACT),
                ("/b2", "b_2", Line, EXACT),
                ("/output", "ff.output", Columns, EXACT),
                ("/output_relu", "out", Columns, EXACT),
            ],
        ),
        (
            "3b1b-cross-attention",
            &[
                ("/scores_query_by_key", "scores", Rows, EXACT),
                ("/softmax_per_query", "head.pattern", Rows, 5e-10),
            ],
        ),
        // Single figures, compared one by one below.
        ("3b1b-gpt3-counts", &[]),
    ]
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/published")
}

/// The lesson of this name, which has nothing wrong with it.
fn lesson(name: &str) -> Lesson {
    let text = std::fs::read_to_string(folder().join(format!("{name}.yaml"))).expect(name);
    let checked = check(&Source::new(name, &text));
    assert_eq!(checked.findings, [], "{name}");
    checked.lesson.expect(name)
}

fn value(lesson: &Lesson, name: &str) -> Matrix {
    lesson.trace.value(lesson.trace.graph().find(name).expect(name)).as_ref().clone()
}

/// What was published under this id.
fn published(id: &str) -> Value {
    all_published().into_iter().find(|entry| entry["id"] == id).expect(id)
}

fn all_published() -> Vec<Value> {
    serde_json::from_str(include_str!("../reference/published.json")).expect("a list")
}

#[test]
fn every_published_lesson_is_clean_and_explains_itself() {
    let mut names = BTreeSet::new();
    for file in std::fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert_eq!(path.extension().unwrap(), "yaml", "{name}");
        prove(&lesson(&name).trace).unwrap_or_else(|why| panic!("{name}: {why}"));
        names.insert(name);
    }
    for (id, _) in TABLES {
        assert!(names.contains(*id), "{id} has no lesson");
    }
    let all = all_published();
    let referred: BTreeSet<_> = all.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert_eq!(referred, TABLES.iter().map(|(id, _)| *id).collect(), "every published entry is compared");
}

#[test]
fn every_published_table_is_reproduced() {
    for (id, tables) in TABLES {
        let (lesson, published) = (lesson(id), published(id));
        for (pointer, name, written, within) in *tables {
            let printed = published.pointer(pointer).unwrap_or_else(|| panic!("{id} has no {pointer}"));
            let printed = match written {
                Written::Rows => matrix(printed),
                Written::Columns => matrix(printed).transpose(),
                Written::Line => matrix(&Value::Array(vec![printed.clone()])),
            };
            assert_close(&value(&lesson, name), &printed, |_| *within, &format!("{id}: {name}"));
        }
    }
}

#[test]
fn every_look_up_of_the_tensorflow_tutorial_is_reproduced() {
    let (lesson, published) = (lesson("tensorflow-tutorial"), published("tensorflow-tutorial"));
    let cases = published["cases"].as_array().unwrap();
    for (key, name) in [("q", "Q"), ("w", "head.pattern"), ("out", "head.Z")] {
        let rows = Value::Array(cases.iter().map(|case| case[key].clone()).collect());
        // The tutorial prints two decimals.
        assert_close(&value(&lesson, name), &matrix(&rows), |_| 1e-9, name);
    }
}

#[test]
fn the_division_that_the_mask_figure_leaves_out_is_what_makes_its_table() {
    let printed = matrix(&published("illustrated-gpt2-mask")["softmax_printed"]);
    let undivided = lesson("illustrated-gpt2-mask-undivided");
    let scores = matrix(&published("illustrated-gpt2-mask")["scores"]);
    assert_close(&value(&undivided, "scores"), &scores, |_| EXACT, "the same scores");
    let missed = (value(&undivided, "head.pattern") - printed).abs().max();
    assert!(missed > 0.05, "without the division the table is missed by {missed} only");
}

/// Every figure of the count, from the table of the lesson; none is typed there but the sizes.
#[test]
fn every_count_of_gpt_3_is_reproduced() {
    let (lesson, published) = (lesson("3b1b-gpt3-counts"), published("3b1b-gpt3-counts"));
    let cell = |name: &str, row: &str, column: &str| {
        let graph = lesson.trace.graph();
        let node = graph.find(name).expect(name);
        let shape = &graph.node(node).shape;
        let (row, column) = (shape.rows.find(row).expect(row), shape.columns.find(column).expect(column));
        lesson.trace.value(node)[(row, column)]
    };
    let counted = |row: &str, column: &str| cell("parameters", row, column);
    let sum = |rows: &[&str], column: &str| rows.iter().map(|row| counted(row, column)).sum::<f64>();
    let size = |name: &str| published[name].as_f64().expect(name);
    let attention = ["query", "key", "value", "output"];
    let figures = [
        ("per_matrix", counted("query", "each")),
        ("per_head", sum(&attention, "layer") / size("n_heads")),
        ("per_block", sum(&attention, "layer")),
        ("all_attention", sum(&attention, "numbers")),
        ("embedding", counted("embedding", "numbers")),
        ("mlp_matrix", counted("up", "each")),
        ("all_mlp", sum(&["up", "down"], "numbers")),
        ("total", counted("total", "numbers")),
        ("matrices", counted("total", "matrices")),
        ("square_value", cell("square", "value", "each")),
    ];
    for (name, counted) in figures {
        assert_close(
            &Matrix::from_element(1, 1, counted),
            &Matrix::from_element(1, 1, size(name)),
            |_| 0.0,
            name,
        );
    }
    let gpt_3 = model("gpt-3").expect("a known model").sizes;
    let sizes = [
        ("d_embed", gpt_3.d_model),
        ("d_key", gpt_3.d_k),
        ("n_heads", gpt_3.n_heads),
        ("n_layers", gpt_3.n_layers),
    ];
    for (name, own) in sizes.into_iter().chain(gpt_3.vocabulary.map(|own| ("n_vocab", own))) {
        assert_eq!(published[name].as_u64(), Some(own), "{name}");
    }
    assert_eq!(value(&lesson, "parameters"), value(&lesson, "known"), "the short form is the same table");
    // Every entry is among these, but its id, its source and the five sizes.
    assert_eq!(published.as_object().unwrap().len(), figures.len() + 7);
}
