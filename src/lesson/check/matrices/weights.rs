//! Random weights for whole layers, each a named matrix.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{Axis, Op, Part, Shape, op};
use crate::language::{Localised, all_of};
use crate::lesson::check::names::operands::Operand;
use crate::lesson::check::room::LONGEST_AXIS;
use crate::lesson::check::{Checker, remedies::insertion};
use crate::math;
use crate::yaml::{Key, Scalar, Style, Tree, Value};

/// What the weights of layers are made by.
struct Making {
    seed: u64,
    heads: u64,
    kv_heads: u64,
    d_model: Arc<Axis>,
    d_k: Arc<Axis>,
    d_v: Arc<Axis>,
    network: Option<Network>,
    decimals: Option<i32>,
    span: Span,
    /// Where the number of heads is written.
    heads_span: Span,
}

/// The feed-forward network of each layer.
struct Network {
    d_ff: Arc<Axis>,
    gated: bool,
    with: String,
}

impl Checker<'_> {
    /// A layer for each prefix, whose weights are made and called `PREFIX.attention.1.W_Q`, …,
    /// `PREFIX.feed_forward.W_2`. Each matrix has the next seed. The layers are as if they were written.
    pub(super) fn made_layers(
        &mut self,
        key: &Key,
        around: &Tree,
        of: &Operand,
        prefixes: &[String],
    ) -> Option<Vec<Tree>> {
        let mut making = self.making(around, of)?;
        let crosses = around.get("memory").is_some();
        let mut layers = Vec::new();
        for prefix in prefixes {
            let span = making.span;
            let mut layer = vec![("attention", self.make_attention(key, prefix, "attention", &mut making)?)];
            if crosses {
                let cross = self.make_attention(key, prefix, "cross_attention", &mut making)?;
                layer.push(("cross_attention", cross));
            }
            if making.network.is_some() {
                layer.push(("feed_forward", self.make_network(key, prefix, &mut making)?));
            }
            for norm in ["norm_1", "norm_2", "norm_3"] {
                layer.extend(around.get(norm).map(|tree| (norm, tree.clone())));
            }
            layers.push(map(layer, span));
        }
        Some(layers)
    }

    fn making(&mut self, around: &Tree, of: &Operand) -> Option<Making> {
        let (field, weights) = around.entry("weights")?;
        let seed = weights.get("seed").and_then(Tree::as_count);
        let heads = self.count_from_1(weights, "n_heads");
        let kv_heads = match (weights.get("n_kv_heads"), heads) {
            (None, _) => heads,
            (Some(written), Some(heads)) => self
                .count_from_1(weights, "n_kv_heads")
                .and_then(|kv_heads| self.evenly_shared(heads, kv_heads, written.span)),
            (Some(_), None) => None,
        };
        self.sizes_of_weights(field, weights, of, heads)?;
        let axis = |checker: &mut Self, name: &str| match weights.get(name) {
            Some(tree) => checker.axis(tree),
            None => checker.axis(&scalar(name, field.span)),
        };
        let d_k = axis(self, "d_k");
        let d_v = if weights.get("d_v").is_some() { axis(self, "d_v") } else { d_k.clone() };
        let written = |field: &str| weights.get(field).and_then(Tree::as_text);
        let network = match written("feed_forward") {
            Some("none") => None,
            kind => Some(Network {
                d_ff: axis(self, "d_ff")?,
                gated: kind == Some("gated"),
                with: written("with").unwrap_or("relu").to_owned(),
            }),
        };
        let decimals = match weights.get("decimals") {
            Some(tree) => Some(self.decimals(tree)?),
            None => None,
        };
        let first = *of.nodes().first()?;
        let d_model = Arc::clone(&self.graph.node(first).shape.columns);
        let heads_span = weights.get("n_heads").map_or(field.span, |heads| heads.span);
        self.size_turns_evenly(around, weights)?;
        let (seed, heads, kv_heads, d_k, d_v) = (seed?, heads?, kv_heads?, d_k?, d_v?);
        Some(Making {
            seed,
            heads,
            kv_heads,
            d_model,
            d_k,
            d_v,
            network,
            decimals,
            span: field.span,
            heads_span,
        })
    }

    /// Reports the sizes that weights are made of and that nothing says, with sizes that are usual.
    fn sizes_of_weights(
        &mut self,
        field: &Key,
        weights: &Tree,
        of: &Operand,
        heads: Option<u64>,
    ) -> Option<()> {
        let is_plain = weights.get("feed_forward").and_then(Tree::as_text) != Some("none");
        let needed = if is_plain { ["d_k", "d_ff"].as_slice() } else { &["d_k"] };
        let lacks = |name: &&&str| {
            weights.get(name).is_none() && !self.axes.contains_key(**name) && !self.broken.contains(**name)
        };
        let missing: Vec<&str> = needed.iter().filter(lacks).copied().collect();
        if missing.is_empty() {
            return Some(());
        }
        let d_model = self.width_of(of)?;
        let heads = heads.and_then(|heads| usize::try_from(heads).ok()).unwrap_or(1);
        let usual = |name: &str| if name == "d_k" { (d_model / heads).max(1) } else { d_model * 4 };
        let named = all_of(missing.iter().map(|name| format!("`{name}`")));
        let sizes: Vec<String> = missing.iter().map(|name| format!("{name}: {}", usual(name))).collect();
        let Localised { en, zh } = named;
        let noun = if missing.len() == 1 { "size" } else { "sizes" };
        let message =
            both!("the weights that are made here need the {noun} {en}", "自动生成权重需要知道 {zh} 的大小");
        let Localised { en, zh } = self.axes_to_add(field.span, &sizes);
        self.report(Code::UnknownName, field.span, message, both!("{en}", "请{zh}"));
        None
    }

    /// What to do so that weights are made for a block or for layers, with the sizes that the lesson lacks.
    pub(super) fn weights_to_add(&self, layer: &Tree, told: Span, further: &str) -> Localised<String> {
        let d_model = self.matrix_in(layer, "of").map_or(2, |node| node.shape.columns.size());
        let usual = [("d_k", d_model), ("d_ff", d_model * 4)];
        let lacks = |name: &str| !self.axes.contains_key(name);
        let sizes =
            usual.iter().filter(|(name, _)| lacks(name)).map(|(name, size)| format!(", {name}: {size}"));
        let sizes: String = sizes.collect();
        let weights = [format!("weights: {{seed: 7{further}{sizes}}}")];
        let Localised { en, zh } = insertion::to_add(self.source, layer, told, &weights);
        both!("{en}, which makes attention and a feed-forward network", "请{zh}，它会生成注意力和前馈网络")
    }

    /// Heads with their weights, `[d_model, d_k]` and `[d_model, d_v]`, and `W_O`, `[n_heads·d_v, d_model]`. Neighbouring
    /// heads that share keys and values name the weights of the first of them.
    fn make_attention(&mut self, key: &Key, prefix: &str, part: &str, making: &mut Making) -> Option<Tree> {
        let (d_model, d_k, d_v) =
            (Arc::clone(&making.d_model), Arc::clone(&making.d_k), Arc::clone(&making.d_v));
        self.heads_fit(making)?;
        let width = usize::try_from(making.heads).ok()?.checked_mul(d_v.size())?;
        let shared_by = making.heads / making.kv_heads;
        let mut heads = Vec::new();
        let mut shared = Vec::new();
        for head in 0..making.heads {
            let mut make = |name: &'static str, columns: &Arc<Axis>| {
                let full = format!("{prefix}.{part}.{}.{name}", head + 1);
                Some((name, self.make_matrix(key, &full, &d_model, columns, making)?))
            };
            let queries = make("W_Q", &d_k)?;
            if head % shared_by == 0 {
                shared = vec![make("W_K", &d_k)?, make("W_V", &d_v)?];
            }
            heads.push(map([vec![queries], shared.clone()].concat(), making.span));
        }
        let joined = Axis::numbered(width);
        let output = self.make_matrix(key, &format!("{prefix}.{part}.W_O"), &joined, &d_model, making)?;
        let heads = Tree { span: making.span, value: Value::List(heads) };
        Some(map(vec![("heads", heads), ("W_O", output)], making.span))
    }

    /// Reports more heads than have room side by side.
    fn heads_fit(&mut self, making: &Making) -> Option<()> {
        let (heads, each) = (making.heads, making.d_v.size() as u64);
        let (all, most) = (heads * each, LONGEST_AXIS as u64);
        if all <= most {
            return Some(());
        }
        // Heads that share keys and values come in groups of one size.
        let groups = if making.kv_heads == heads { 1 } else { making.kv_heads };
        let fewer = (most / each / groups * groups).max(1);
        self.report(
            Code::TooLarge,
            making.heads_span,
            both!(
                "{heads} heads with {each} numbers each make {all} numbers side by side; a lesson can have at most {most}",
                "{heads} 个头各 {each} 个数，并排共 {all} 个数，而一节课最多 {most} 个"
            ),
            both!("write `n_heads: {fewer}` or less", "请写 `n_heads: {fewer}` 或更小的数"),
        );
        None
    }

    /// A feed-forward network with its weights, `[d_model, d_ff]` and `[d_ff, d_model]`, and no biases.
    fn make_network(&mut self, key: &Key, prefix: &str, making: &mut Making) -> Option<Tree> {
        let Network { d_ff, gated, with } = making.network.as_ref()?;
        let (d_ff, gated, with) = (Arc::clone(d_ff), *gated, scalar(with, making.span));
        let d_model = Arc::clone(&making.d_model);
        let name = |weights: &str| format!("{prefix}.feed_forward.{weights}");
        let mut fields = vec![("W_1", self.make_matrix(key, &name("W_1"), &d_model, &d_ff, making)?)];
        if gated {
            fields.push(("W_gate", self.make_matrix(key, &name("W_gate"), &d_model, &d_ff, making)?));
        }
        fields.push(("with", with));
        fields.push(("W_2", self.make_matrix(key, &name("W_2"), &d_ff, &d_model, making)?));
        Some(map(fields, making.span))
    }

    /// A random matrix of the standard deviation 1/√rows; gives its name as a lesson would write it.
    fn make_matrix(
        &mut self,
        key: &Key,
        name: &str,
        rows: &Arc<Axis>,
        columns: &Arc<Axis>,
        making: &mut Making,
    ) -> Option<Tree> {
        let shape = Shape::new(Arc::clone(rows), Arc::clone(columns));
        let seed = making.seed;
        making.seed = seed.wrapping_add(1);
        let deviation = 1.0 / (rows.size() as f64).sqrt();
        let source = math::Random { seed, deviation, decimals: making.decimals };
        self.push(name.to_owned(), Op::Random(op::Random { source, shape }), Part::Other, key.span)?;
        Some(scalar(name, making.span))
    }
}

/// A single word, as if it were written at `span`.
pub(super) fn scalar(text: &str, span: Span) -> Tree {
    Tree { span, value: Value::Scalar(Scalar { text: text.to_owned(), style: Style::Plain }) }
}

/// The map with further entries, where it has none of these names.
pub(super) fn with_entries<'a>(tree: &Tree, further: impl IntoIterator<Item = (&'a str, &'a Tree)>) -> Tree {
    let mut entries = tree.as_map().unwrap_or_default().to_vec();
    for (name, value) in further {
        if tree.get(name).is_none() {
            entries.push((Key { text: name.to_owned(), span: value.span }, value.clone()));
        }
    }
    Tree { span: tree.span, value: Value::Map(entries) }
}

fn map(entries: Vec<(&str, Tree)>, span: Span) -> Tree {
    let entries = entries.into_iter().map(|(name, value)| (Key { text: name.to_owned(), span }, value));
    Tree { span, value: Value::Map(entries.collect()) }
}
