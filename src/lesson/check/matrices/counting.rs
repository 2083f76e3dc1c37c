//! Definitions of counts: the parameters of a model, and the cost of attention.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::language::Localised;
use crate::lesson::check::{Checker, Reported, remedies::insertion};
use crate::transformer::{Cost, MODELS, MOST, Model, Sight, Sizes, Small, Tying, model};
use crate::yaml::{Key, Tree};

/// The sizes of attention, which both counts need.
struct Widths {
    d_model: u64,
    d_k: u64,
    d_v: u64,
    n_heads: u64,
    n_kv_heads: u64,
}

impl Checker<'_> {
    pub(super) fn define_parameters(&mut self, key: &Key, tree: &Tree) -> Option<()> {
        let sizes = match self.model(tree).ok()? {
            Some(sizes) => sizes,
            None => self.sizes_of(tree)?,
        };
        let table = sizes.parameters();
        if !table.is_exact() {
            self.report_inexact(tree, |checker, tree| Some(checker.sizes_of(tree)?.parameters().is_exact()));
            return None;
        }
        self.build(key, |checker| table.build(&mut checker.graph, &key.text).map(|_| ()))
    }

    pub(super) fn define_cost(&mut self, key: &Key, tree: &Tree) -> Option<()> {
        let cost = self.cost_of(tree)?;
        if !cost.is_exact() {
            self.report_inexact(tree, |checker, tree| Some(checker.cost_of(tree)?.is_exact()));
            return None;
        }
        self.build(key, |checker| cost.build(&mut checker.graph, &key.text).map(|_| ()))
    }

    fn cost_of(&mut self, tree: &Tree) -> Option<Cost> {
        let lengths = tree.get("tokens").and_then(Tree::as_list).unwrap_or_default();
        let tokens: Vec<_> = lengths.iter().map(|length| self.size(length)).collect();
        let model = self.model(tree).ok()?;
        let (heads, n_layers) = if let Some(sizes) = model {
            let Sizes { d_model, d_k, d_v, n_heads, n_kv_heads, n_layers, .. } = sizes;
            (Some(Widths { d_model, d_k, d_v, n_heads, n_kv_heads }), Ok(Some(n_layers)))
        } else {
            (self.heads(tree), self.size_if_written(tree, "n_layers"))
        };
        let mask = self.sight(tree.get("mask"));
        let bytes = self.size_or(tree, "bytes", 4);
        let Widths { d_model, d_k, d_v, n_heads, n_kv_heads } = heads?;
        let tokens: Vec<u64> = tokens.into_iter().collect::<Option<_>>()?;
        if tokens.is_empty() || !self.fits(tokens.len(), tree.span) {
            return None;
        }
        let (mask, bytes, n_layers) = (mask?, bytes?, n_layers.ok()?);
        Some(Cost { tokens, d_model, d_k, d_v, n_heads, n_kv_heads, mask, bytes, n_layers })
    }

    /// The sizes of a known model, if one is named; reports sizes beside it.
    fn model(&mut self, tree: &Tree) -> Result<Option<Sizes>, Reported> {
        let Some((place, name)) = tree.entry("model") else { return Ok(None) };
        let own = ["tokens", "mask", "bytes", "model"];
        let sizes = tree.as_map().unwrap_or_default().iter();
        let beside: Vec<_> = sizes.filter(|(key, _)| !own.contains(&key.text.as_str())).collect();
        for (size, _) in &beside {
            let (name, model) = (&size.text, name.as_text().unwrap_or_default());
            let Localised { en, zh } = insertion::to_remove(self.source, tree, &[name]);
            self.findings.push(
                Diagnostic::new(
                    Code::ConflictingFields,
                    size.span,
                    both!(
                        "`{model}` is a known model and has its own `{name}`",
                        "`{model}` 是已知的模型，有自己的 `{name}`"
                    ),
                )
                .with_related(place.span, both!("the model", "模型"))
                .with_hint(both!(
                    "{en}; for a model of your own, remove `model: {model}` and write all sizes",
                    "请{zh}；若是自己的模型，请删去 `model: {model}`，写出全部大小"
                )),
            );
        }
        // A name that is not known is reported by the table of fields.
        let known = name.as_text().and_then(model).filter(|_| beside.is_empty());
        known.map(|known| Some(known.sizes)).ok_or(Reported)
    }

    fn sizes_of(&mut self, tree: &Tree) -> Option<Sizes> {
        let heads = self.heads(tree);
        let mut optional = |field| self.size_if_written(tree, field);
        let (vocabulary, positions, d_ff) = (optional("vocabulary"), optional("positions"), optional("d_ff"));
        let n_layers = self.size_or(tree, "n_layers", 1);
        let Widths { d_model, d_k, d_v, n_heads, n_kv_heads } = heads?;
        let choice = |field: &str| tree.get(field).and_then(Tree::as_text);
        let extras = |field| if choice(field) == Some("all") { Small::All } else { Small::None };
        let tied = choice("unembedding") == Some("tied");
        Some(Sizes {
            vocabulary: vocabulary.ok()?,
            positions: positions.ok()?,
            d_model,
            d_k,
            d_v,
            n_heads,
            n_kv_heads,
            n_layers: n_layers?,
            d_ff: d_ff.ok()?,
            biases: extras("biases"),
            norms: extras("norms"),
            unembedding: if tied { Tying::Tied } else { Tying::Own },
        })
    }

    fn heads(&mut self, tree: &Tree) -> Option<Widths> {
        let n_heads = self.size_or(tree, "n_heads", 1);
        let Some(written) = tree.get("d_model") else {
            // A misspelt name has been reported with the right one.
            let names = tree.as_map().unwrap_or_default().iter().map(|(key, _)| key.text.as_str());
            let slip = names.into_iter().any(|name| nearest(name, ["d_model", "model"]).is_some());
            if !slip && tree.as_map().is_some() {
                const OF_A_HEAD: u64 = 64;
                let example = n_heads.unwrap_or(1).saturating_mul(OF_A_HEAD);
                let size = [format!("d_model: {example}")];
                let Localised { en, zh } = insertion::to_add(self.source, tree, tree.span, &size);
                let count = |field: &str| tree.get(field).and_then(Tree::as_count);
                let is_written = |field: &str, own: u64| count(field).is_none_or(|count| count == own);
                let known = MODELS.iter().find(|Model { sizes, .. }| {
                    is_written("n_heads", sizes.n_heads) && is_written("n_layers", sizes.n_layers)
                });
                let (known, known_zh) = known.map_or_else(Default::default, |Model { name, .. }| {
                    (
                        format!("; or write `{{model: {name}}}` instead, a known model with all its sizes"),
                        format!("；或整个改成 `{{model: {name}}}`，即已知模型的全部大小"),
                    )
                });
                self.report(
                    Code::MissingField,
                    tree.span,
                    both!("nothing says how many numbers a vector has", "没有说明一个向量有几个数"),
                    both!("{en}, or with your own number{known}", "请{zh}，或换成自己的数{known_zh}"),
                );
            }
            return None;
        };
        let d_model = self.size(written)?;
        let n_heads = n_heads?;
        let n_kv_heads = self.kv_heads(tree, n_heads);
        let d_k = match tree.get("d_k") {
            Some(size) => self.size(size)?,
            None if d_model.is_multiple_of(n_heads) => d_model / n_heads,
            None => {
                let own = ((d_model as f64 / n_heads as f64).round() as u64).max(1);
                let even = own.saturating_mul(n_heads);
                self.report(
                    Code::BadNumber,
                    written.span,
                    both!(
                        "{d_model} numbers cannot be shared evenly by {n_heads} heads",
                        "{d_model} 个数无法平均分给 {n_heads} 个头"
                    ),
                    both!(
                        "write a number that {n_heads} divides, such as {even}; or add `d_k: {own}`, so that each query has {own} numbers",
                        "请写能被 {n_heads} 整除的数，例如 {even}；或加上 `d_k: {own}`，即每个查询有 {own} 个数"
                    ),
                );
                return None;
            }
        };
        let d_v = self.size_or(tree, "d_v", d_k)?;
        Some(Widths { d_model, d_k, d_v, n_heads, n_kv_heads: n_kv_heads? })
    }

    /// How many heads have keys and values of their own; reports what does not divide the heads.
    fn kv_heads(&mut self, tree: &Tree, n_heads: u64) -> Option<u64> {
        let Some(written) = tree.get("n_kv_heads") else { return Some(n_heads) };
        let n_kv_heads = self.size(written)?;
        self.evenly_shared(n_heads, n_kv_heads, written.span)
    }

    fn sight(&mut self, tree: Option<&Tree>) -> Option<Sight> {
        let Some(tree) = tree else { return Some(Sight::All) };
        match (tree.as_text(), tree.get("window")) {
            (Some("causal"), _) => Some(Sight::Causal),
            (Some("none"), _) => Some(Sight::All),
            (None, Some(window)) => {
                let hint = both!(
                    "write how many tokens a token may see, such as 2",
                    "请写每个词元能看到几个词元，例如 2"
                );
                self.size_or_hint(window, hint).map(Sight::Window)
            }
            // The table of fields has reported anything else.
            (Some(_) | None, _) => None,
        }
    }

    /// A size that may be left out.
    fn size_if_written(&mut self, tree: &Tree, field: &str) -> Result<Option<u64>, Reported> {
        tree.get(field).map(|size| self.size(size).ok_or(Reported)).transpose()
    }

    fn size_or(&mut self, tree: &Tree, field: &str, otherwise: u64) -> Option<u64> {
        tree.get(field).map_or(Some(otherwise), |size| self.size(size))
    }

    /// A whole number from 1 up; reports what is none.
    fn size(&mut self, tree: &Tree) -> Option<u64> {
        let near = tree.as_number().filter(|number| *number > 1.0 && *number < MOST as f64);
        let hint = match near.map(|number| (number.floor(), number.ceil())) {
            Some((low, high)) => {
                both!("write a whole number, such as {low} or {high}", "请写一个整数，例如 {low} 或 {high}")
            }
            None => both!("write a whole number, such as 12", "请写一个整数，例如 12"),
        };
        self.size_or_hint(tree, hint)
    }

    /// The same, with what to write instead.
    fn size_or_hint(&mut self, tree: &Tree, hint: Localised<String>) -> Option<u64> {
        let number = self.number(tree)?;
        if number > MOST as f64 {
            self.report_too_many(tree.span);
            return None;
        }
        if number < 1.0 || number.fract() != 0.0 {
            self.report(
                Code::BadNumber,
                tree.span,
                both!(
                    "a size is a whole number from 1 up, not {number}",
                    "大小是不小于 1 的整数，而不是 {number}"
                ),
                hint,
            );
            return None;
        }
        Some(number as u64)
    }
}
