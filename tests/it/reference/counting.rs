//! Counts against a count one by one: `tests/reference/counting.py` makes the file.

use qkv::transformer::{Cost, Count, Sight, Sizes, Small, Tying};
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../../reference/counting.json")).unwrap()
}

#[test]
fn the_parameters_of_models_of_any_size_are_those_of_a_model_laid_out() {
    let reference = reference();
    let cases = reference["parameters"].as_array().unwrap();
    assert_eq!(cases.len(), 24);
    for case in cases {
        let sizes = &case["sizes"];
        let size = |name: &str| sizes[name].as_u64().unwrap_or_else(|| panic!("{name} is a size"));
        let extras = |name: &str| if sizes[name] == "all" { Small::All } else { Small::None };
        let tied = sizes["unembedding"] == "tied";
        let model = Sizes {
            vocabulary: sizes["vocabulary"].as_u64(),
            positions: sizes["positions"].as_u64(),
            d_model: size("d_model"),
            d_k: size("d_k"),
            d_v: size("d_v"),
            n_heads: size("n_heads"),
            n_kv_heads: size("n_kv_heads"),
            n_layers: size("n_layers"),
            d_ff: sizes["d_ff"].as_u64(),
            biases: extras("biases"),
            norms: extras("norms"),
            unembedding: if tied { Tying::Tied } else { Tying::Own },
        };
        let table = model.parameters();
        let kinds = case["kinds"].as_object().unwrap();
        assert_eq!(table.rows.len(), kinds.len(), "{sizes}");
        for (kind, counted) in kinds {
            let row = table.row(kind).unwrap_or_else(|| panic!("{sizes}: {kind}"));
            let own = [&row.each, &row.matrices, &row.numbers].map(Count::value);
            assert_eq!(
                own,
                ["each", "matrices", "numbers"].map(|name| counted[name].as_u64()),
                "{sizes}: {kind}"
            );
        }
        assert_eq!(table.numbers().value(), case["total"].as_u64(), "{sizes}");
    }
}

#[test]
fn the_cost_of_attention_is_that_of_doing_it_one_multiplication_at_a_time() {
    let reference = reference();
    let cases = reference["costs"].as_array().unwrap();
    assert_eq!(cases.len(), 18);
    for case in cases {
        let sizes = &case["sizes"];
        let size = |name: &str| sizes[name].as_u64().unwrap_or_else(|| panic!("{name} is a size"));
        let mask = match (sizes["mask"].as_str(), sizes["mask"].as_u64()) {
            (Some("none"), _) => Sight::All,
            (Some("causal"), _) => Sight::Causal,
            (_, window) => Sight::Window(window.expect("a window")),
        };
        let cost = Cost {
            tokens: vec![size("n")],
            d_model: size("d_model"),
            d_k: size("d_k"),
            d_v: size("d_v"),
            n_heads: size("n_heads"),
            n_kv_heads: size("n_kv_heads"),
            mask,
            bytes: size("bytes"),
            n_layers: Some(size("n_layers")),
        };
        let names = ["projections", "scores", "sums", "total", "next", "saved", "cells", "bytes", "cache"];
        let counted: Vec<_> = names.iter().map(|name| case["counted"][name].as_u64()).collect();
        let own: Vec<_> = cost.cells().iter().map(Count::value).collect();
        assert_eq!(own, counted, "{sizes}");
        let counted = names.iter().filter(|name| **name != "cells").map(|name| case["layers"][name].as_u64());
        let layers: Vec<_> = cost.of_all_layers().iter().map(Count::value).collect();
        assert_eq!(layers, counted.collect::<Vec<_>>(), "{sizes}");
    }
}
