//! The parameters of a whole lesson against the count from its sizes: two ways to one number.

use std::fmt::Write;

use proptest::prelude::*;
use qkv::diagnostic::Source;
use qkv::graph::Graph;
use qkv::lesson::check;
use qkv::transformer::{Parameter, Sizes, Small, Tying, parameters};

/// Sizes that a lesson can write down, every matrix with its own random numbers.
fn sizes() -> impl Strategy<Value = Sizes> {
    let shape = (1..4_u64, 1..4_u64, 1..4_u64, 1..3_u64, 1..3_u64, 1..3_u64);
    (shape, (any::<bool>(), any::<bool>(), any::<bool>(), prop::option::of(1..5_u64))).prop_map(
        |((d_k, d_v, d_model, n_kv_heads, shared_by, n_layers), (biased, normed, tied, d_ff))| Sizes {
            vocabulary: Some(3),
            positions: Some(4),
            d_model,
            d_k,
            d_v,
            n_heads: n_kv_heads * shared_by,
            n_kv_heads,
            n_layers,
            d_ff,
            biases: if biased { Small::All } else { Small::None },
            norms: if normed { Small::All } else { Small::None },
            unembedding: if tied { Tying::Tied } else { Tying::Own },
        },
    )
}

/// How the heads of a layer get their weights.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Weights {
    /// A matrix for each head, heads that share naming the same.
    Separate,
    /// A matrix for all heads, of which each takes its columns.
    Fused,
}

/// A model of these sizes as a lesson.
struct Writer {
    sizes: Sizes,
    matrices: String,
}

impl Writer {
    fn random(&mut self, name: &str, rows: &str, columns: &str) -> String {
        writeln!(self.matrices, "  - {name}: {{random: {{rows: {rows}, cols: {columns}, seed: 1}}}}")
            .unwrap();
        name.to_owned()
    }

    /// The bias beside a field of weights; nothing if there are none.
    fn bias(&mut self, field: &str, name: &str, columns: &str) -> String {
        if self.sizes.biases == Small::None {
            return String::new();
        }
        format!(", {field}: {}", self.random(name, "one", columns))
    }

    fn attention(&mut self, layer: u64, weights: Weights) -> String {
        let Sizes { n_heads, n_kv_heads, .. } = self.sizes;
        let mut projection = |letter: &str, name: String, columns: &str| {
            let matrix = self.random(&format!("W_{letter}_{name}"), "d_model", columns);
            let bias = self.bias(&format!("b_{letter}"), &format!("b_{letter}_{name}"), columns);
            format!("W_{letter}: {matrix}{bias}")
        };
        let heads = match weights {
            Weights::Fused => {
                // A single head takes all columns, so queries and keys need one axis.
                let keys = if n_heads == n_kv_heads { "all_q" } else { "all_k" };
                let all = [("Q", "all_q"), ("K", keys), ("V", "all_v")]
                    .map(|(letter, columns)| projection(letter, layer.to_string(), columns));
                format!("n_heads: {n_heads}, n_kv_heads: {n_kv_heads}, {}", all.join(", "))
            }
            Weights::Separate => {
                let shared: Vec<_> = (0..n_kv_heads)
                    .map(|head| {
                        let name = format!("{layer}_{head}");
                        format!("{}, {}", projection("K", name.clone(), "d_k"), projection("V", name, "d_v"))
                    })
                    .collect();
                let heads = (0..n_heads).map(|head| {
                    let kv = &shared[(head / (n_heads / n_kv_heads)) as usize];
                    format!("{{{}, {kv}}}", projection("Q", format!("{layer}_{head}"), "d_k"))
                });
                format!("heads: [{}]", heads.collect::<Vec<_>>().join(", "))
            }
        };
        let output = self.random(&format!("W_O_{layer}"), "concat", "d_model");
        let bias = self.bias("b_O", &format!("b_O_{layer}"), "d_model");
        format!("attention: {{{heads}, W_O: {output}{bias}}}")
    }

    fn norm(&mut self, field: &str, name: &str) -> String {
        if self.sizes.norms == Small::None {
            return String::new();
        }
        let gain = self.random(&format!("gain_{name}"), "one", "d_model");
        let bias = self.random(&format!("bias_{name}"), "one", "d_model");
        format!(", {field}: {{gain: {gain}, bias: {bias}}}")
    }

    fn layer(&mut self, layer: u64, weights: Weights) -> String {
        let mut text = self.attention(layer, weights);
        text += &self.norm("norm_1", &format!("{layer}_1"));
        if self.sizes.d_ff.is_some() {
            let up = self.random(&format!("W_1_{layer}"), "d_model", "d_ff");
            let down = self.random(&format!("W_2_{layer}"), "d_ff", "d_model");
            let biases = self.bias("b_1", &format!("b_1_{layer}"), "d_ff")
                + &self.bias("b_2", &format!("b_2_{layer}"), "d_model");
            write!(text, ", feed_forward: {{W_1: {up}, W_2: {down}{biases}}}").unwrap();
            text += &self.norm("norm_2", &format!("{layer}_2"));
        }
        format!("{{{text}}}")
    }

    fn lesson(sizes: Sizes, weights: Weights) -> String {
        let mut writer = Self { sizes, matrices: String::new() };
        writer.random("table", "places", "d_model");
        writer.matrices += "  - E: {embed: main}\n  - P: {learned_positions: {of: main, table: table}}\n  - X: {add: [E, P]}\n";
        let layers: Vec<_> = (0..sizes.n_layers).map(|layer| writer.layer(layer, weights)).collect();
        let last = writer.norm("final_norm", "last");
        let own = if sizes.unembedding == Tying::Own {
            format!(", W_U: {}", writer.random("W_U", "d_model", "vocabulary"))
        } else {
            String::new()
        };
        let Sizes { d_model, d_k, d_v, n_heads, n_kv_heads, d_ff, .. } = sizes;
        let zeros = vec!["0"; d_model as usize].join(", ");
        format!(
            "title: Sizes\n\
             axes: {{d_model: {d_model}, d_k: {d_k}, d_v: {d_v}, d_ff: {}, one: 1, places: 4, all_q: {}, all_k: {}, all_v: {}, concat: {}}}\n\
             text: a b a\n\
             vocabulary: {{axis: d_model, tokens: {{a: [{zeros}], b: [{zeros}], c: [{zeros}]}}}}\n\
             matrices:\n{}  - model: {{decoder: {{of: X, layers: [{}]{last}}}}}\n  - logits: {{logits: {{of: model.output{own}}}}}\n",
            d_ff.unwrap_or(1),
            n_heads * d_k,
            n_kv_heads * d_k,
            n_kv_heads * d_v,
            n_heads * d_v,
            writer.matrices,
            layers.join(", "),
        )
    }
}

fn checked(lesson: &str) -> Graph {
    let checked = check(&Source::from_bytes("lesson.yaml", lesson.as_bytes()).unwrap());
    let findings: Vec<_> = checked.findings.iter().map(|finding| &finding.message.en).collect();
    let lesson = checked.lesson.unwrap_or_else(|| panic!("{findings:?}\n{lesson}"));
    lesson.trace.graph().clone()
}

fn used_in(all: &[Parameter], group: &str) -> usize {
    all.iter().filter_map(|parameter| parameter.used_in.get(group)).sum()
}

proptest! {
    #[test]
    fn a_lesson_has_as_many_parameters_as_its_sizes_say(sizes in sizes(), fused in any::<bool>()) {
        let weights = if fused { Weights::Fused } else { Weights::Separate };
        let lesson = Writer::lesson(sizes, weights);
        let all = parameters(&checked(&lesson));
        let table = sizes.parameters();
        let sum: usize = all.iter().map(|parameter| parameter.numbers).sum();
        prop_assert_eq!(Some(sum as u64), table.numbers().value(), "{}", lesson);

        // Every head has its own queries, and what it shares counts in each; the biases are its own part too.
        let biases = if sizes.biases == Small::All { 2 * sizes.d_k + sizes.d_v } else { 0 };
        let of_one_head = sizes.of_one_head().value().unwrap() + biases;
        for head in 1..=sizes.n_heads {
            let own = used_in(&all, &format!("model.1.attention.{head}"));
            prop_assert_eq!(own as u64, of_one_head, "head {} of\n{}", head, lesson);
        }
        let of_layer = table.total[1].value();
        prop_assert_eq!(Some(used_in(&all, "model.1") as u64), of_layer, "{}", lesson);
    }
}
