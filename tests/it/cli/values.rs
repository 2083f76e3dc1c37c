//! `qkv values`: numbers to the last bit, in every form.

use qkv::lesson::LESSONS;

use super::{BAD, qkv, shipped};

/// The same to the last bit; what is no number has many patterns of bits.
fn assert_same(number: f64, value: f64, name: &str) {
    let same = number.to_bits() == value.to_bits() || number.is_nan() && value.is_nan();
    assert!(same, "{name}: {number} and not {value}");
}

#[test]
fn json_has_every_matrix_to_the_last_bit() {
    for builtin in LESSONS {
        let lesson = shipped(builtin.id);
        let (out, err) = qkv(&["values", builtin.id, "--format", "json"]).run().ends(0);
        assert_eq!(err, "");
        let all: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(all.as_object().unwrap().len(), lesson.trace.graph().len());
        for (id, node) in lesson.trace.graph().nodes() {
            let (matrix, value) = (&all[&node.name], lesson.trace.value(id));
            assert_eq!(matrix["rows"]["labels"], serde_json::json!(node.shape.rows.labels()));
            assert_eq!(matrix["columns"]["labels"], serde_json::json!(node.shape.columns.labels()));
            assert_eq!(matrix["rows"]["axis"], serde_json::json!(node.shape.rows.name()));
            for row in 0..value.nrows() {
                for column in 0..value.ncols() {
                    let cell = &matrix["values"][row][column];
                    let number = match cell.as_str() {
                        Some("-inf") => f64::NEG_INFINITY,
                        Some("NaN") => f64::NAN,
                        Some(other) => panic!("{other}"),
                        None => cell.as_f64().unwrap(),
                    };
                    assert_same(number, value[(row, column)], &node.name);
                }
            }
        }
    }
}

#[test]
fn csv_has_a_line_for_every_cell_to_the_last_bit() {
    for builtin in LESSONS {
        let lesson = shipped(builtin.id);
        let (out, _) = qkv(&["values", builtin.id, "--format", "csv"]).run().ends(0);
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        assert_eq!(reader.headers().unwrap(), vec!["matrix", "row", "column", "value"]);
        let mut records = reader.records();
        for (id, node) in lesson.trace.graph().nodes() {
            let value = lesson.trace.value(id);
            for row in 0..value.nrows() {
                for column in 0..value.ncols() {
                    let record = records.next().unwrap().unwrap();
                    assert_eq!(&record[0], node.name.as_str());
                    assert_eq!(node.shape.rows.find(&record[1]), Ok(row));
                    assert_eq!(node.shape.columns.find(&record[2]), Ok(column));
                    let number: f64 = record[3].replace('∞', "inf").replace('−', "-").parse().unwrap();
                    // A zero has no sign.
                    assert_same(number, value[(row, column)] + 0.0, &node.name);
                }
            }
        }
        assert!(records.next().is_none());
    }
}

#[test]
fn text_has_tables_that_can_be_read_back() {
    let lesson = shipped("05-fluffy-blue-creature");
    let (out, _) = qkv(&["values", "05", "head.pattern", "head.masked"]).run().ends(0);
    let tables: Vec<Vec<&str>> = out.split("\n\n").map(|table| table.lines().collect()).collect();
    assert_eq!(tables.len(), 2, "{out}");
    for (table, name) in tables.iter().zip(["head.pattern", "head.masked"]) {
        let value = lesson.trace.value(lesson.trace.graph().find(name).unwrap());
        assert_eq!(table[0], format!("{name} ({} × {})", value.nrows(), value.ncols()));
        for row in 0..value.nrows() {
            let cells: Vec<&str> = table[row + 2].split_whitespace().skip(1).collect();
            let numbers: Vec<f64> = cells
                .iter()
                .map(|cell| cell.replace('∞', "inf").replace('−', "-").parse().unwrap())
                .collect();
            assert_eq!(numbers, value.row(row).iter().copied().collect::<Vec<_>>(), "{name}");
        }
    }
}

#[test]
fn values_are_those_of_the_names_in_their_order_and_a_family_is_all_its_texts() {
    let keys = |arguments: &[&str]| {
        let (out, _) = qkv(&[&["values", "03", "--format", "csv"], arguments].concat()).run().ends(0);
        let mut names: Vec<String> =
            out.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect();
        names.dedup();
        names
    };
    let family = keys(&["X"]);
    assert!(family.len() == 3 && family.iter().all(|name| name.starts_with("X@")), "{family:?}");
    let one = family[1].as_str();
    assert_eq!(keys(&[one]), [one]);
    assert_eq!(keys(&[one, family[0].as_str()]), [one, family[0].as_str()]);
}

#[test]
fn an_unknown_matrix_is_a_wrong_call_with_the_name_that_was_meant() {
    let (out, err) = qkv(&["values", "05", "head.patern"]).run().ends(2);
    assert_eq!(out, "");
    assert!(err.contains("did you mean `head.pattern`?"), "{err}");
    let (_, err) = qkv(&["values", "05", "注意力"]).run().ends(2);
    assert!(err.contains("head.pattern"), "the names that there are: {err}");
    // A family that is nearly named is meant as a family.
    let (_, err) = qkv(&["values", "03", "heed.Z"]).run().ends(2);
    assert!(err.contains("did you mean `head.Z`"), "{err}");
}

#[test]
fn of_many_matrices_those_are_listed_that_begin_like_the_unknown_one() {
    let lesson = "title: A model that writes
axes: {d_model: [the, cat, end]}
text: the
vocabulary: {axis: d_model, tokens: {the: {the: 1}, cat: {cat: 1}, <end>: {end: 1}}}
matrices:
  - X: {embed: main}
  - gpt: {logits: {of: X}}
  - story: {generate: {from: main, logits: gpt, at_most: 30}}
";
    let values = |name: &str, language: &str| {
        let (_, err) = qkv(&["values", "story.yaml", name])
            .env("LANG", language)
            .file("story.yaml", lesson)
            .run()
            .ends(2);
        err
    };
    let err = values("story.7.attention.pattern", "en_GB.UTF-8");
    assert!(err.contains("there are story.7.X, story.7.gpt, story.7.probabilities, story.7.choice"), "{err}");
    assert!(!err.contains("story.8") && !err.contains("more"), "{err}");
    let err = values("nothing at all like it", "en_GB.UTF-8");
    assert_eq!(
        err.matches("story.").count(),
        17,
        "twenty names, three of which are before the rounds: {err}"
    );
    assert!(err.contains(" and ") && err.contains(" more"), "{err}");
    assert!(values("nothing at all like it", "zh_CN.UTF-8").contains("等，还有 "));
    let err = values("story.1.gpt", "en_GB.UTF-8");
    assert!(err.contains("the first round is over the text as it is, and its matrix is `gpt`"), "{err}");
    assert!(values("story.1.X", "zh_CN.UTF-8").contains("用的就是 `X`"));
}

#[test]
fn values_of_a_lesson_with_mistakes_are_not_given() {
    let (out, err) = qkv(&["values", "bad.yaml"]).file("bad.yaml", BAD).run().ends(1);
    assert_eq!(out, "");
    assert!(err.contains("unknown-field"), "{err}");
    qkv(&["values", "nowhere.yaml"]).run().ends(2);
}
