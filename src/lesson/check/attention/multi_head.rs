//! Definitions of several heads: each with its own weights, or cut out of weights for all.

use std::collections::BTreeMap;

use super::Settings;
use super::fields::{Operands, ProjectionFields};
use super::fused::Counts;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, lines_at};
use crate::graph::NodeId;
use crate::language::{Localised, all_of};
use crate::lesson::check::Checker;
use crate::lesson::check::names::operands::Member;
use crate::lesson::check::names::{as_name, write_name};
use crate::lesson::check::remedies::fillings::Filling;
use crate::lesson::check::remedies::insertion;
use crate::lesson::check::sizes::layout::{Columns, Meeting, first_field};
use crate::lesson::fields::MULTI_HEAD;
use crate::transformer::{
    Extras, Head, Heads, Layout, MultiHead, Naming, Output, Projection, Source, Values, Wanted,
};
use crate::yaml::{Key, Tree, Value};

/// Fields of the heads that say how many are cut out of weights for all.
const FUSED: &[&str] = &["n_heads", "n_kv_heads", "W_Q", "W_K", "W_V", "b_Q", "b_K", "b_V"];

/// The heads of a definition, by the places of their operands.
pub(super) enum HeadFields<'a> {
    Separate(Vec<(String, &'a Tree, super::Fields)>),
    Fused { queries: ProjectionFields, keys: ProjectionFields, values: ProjectionFields, counts: Counts },
}

/// The weights of a head.
const WEIGHTS: [&str; 3] = ["W_Q", "W_K", "W_V"];

impl Checker<'_> {
    pub(in crate::lesson::check) fn define_multi_head(&mut self, key: &Key, tree: &Tree) -> Option<()> {
        for (Member { suffix, .. }, multi_head) in self.multi_heads(key, tree)? {
            let naming = Naming { prefix: key.text.clone(), suffix };
            self.build(key, |checker| multi_head.build(&mut checker.graph, &naming).map(|_| ()))?;
        }
        self.keep_families(&key.text);
        Some(())
    }

    /// What several heads are made of, for each text or once.
    pub(in crate::lesson::check) fn multi_heads(
        &mut self,
        key: &Key,
        tree: &Tree,
    ) -> Option<Vec<(Member, MultiHead)>> {
        let settings = self.settings(tree, &MULTI_HEAD);
        let useful = self.have_use(
            tree,
            &MULTI_HEAD,
            &[("b_O", &["W_O"]), ("contributions", &["W_O"]), ("n_kv_heads", &["n_heads"])],
        );
        let mut operands = Operands::default();
        let heads = self.head_fields(key, tree, &mut operands);
        let output_weights = output_weights(tree).map(|tree| operands.place(self.operand(tree)));
        let output_bias = tree.get("b_O").map(|tree| operands.place(self.operand(tree)));
        useful?;
        let (settings, heads) = (settings?, heads?);
        let mut made = Vec::new();
        for member in self.members(&operands.all, key.span)? {
            let nodes = member.nodes.as_slice();
            let output = output_weights.map(|weights| Output {
                weights: nodes[weights],
                bias: output_bias.map(|bias| nodes[bias]),
                layout: settings.layout,
            });
            self.stored_right((settings.layout, first_field(tree)), |checker, layout| {
                let (mut meetings, width) = checker.meetings_of_heads(tree, &heads, nodes, layout);
                meetings.extend(output.map(|Output { weights, .. }| Meeting {
                    span: Self::place_of(tree, "W_O"),
                    from: Columns::Count(width),
                    weights,
                }));
                meetings
            })?;
            if let Some(Output { weights, bias, layout }) = output {
                // What the output is made from does not matter here.
                let mixing = Projection { from: weights, weights, bias, layout };
                self.bias_fits(tree, "b_O", &mixing)?;
            }
            let heads = match &heads {
                HeadFields::Separate(heads) => self.separate(key, tree, heads, nodes, &settings)?,
                HeadFields::Fused { queries, keys, values, counts } => {
                    let of = |projection: &ProjectionFields| projection.of(nodes, settings.layout);
                    let projections = [of(queries), of(keys), of(values)];
                    Heads::Fused(Box::new(self.fused(tree, projections, *counts, &settings)?))
                }
            };
            let extras =
                Extras { contributions: wanted(tree, "contributions"), average: wanted(tree, "average") };
            let multi_head = MultiHead { heads, output, extras };
            made.push((member, multi_head));
        }
        Some(made)
    }

    fn head_fields<'a>(
        &mut self,
        key: &Key,
        tree: &'a Tree,
        operands: &mut Operands,
    ) -> Option<HeadFields<'a>> {
        match (tree.get("heads"), tree.entry("n_heads")) {
            (Some(heads), _) => {
                self.only_heads(tree)?;
                self.not_made_above(key, heads)?;
                let mut fields = Vec::new();
                let mut complete = true;
                let mut names: BTreeMap<String, Span> = BTreeMap::new();
                for (index, head) in heads.as_list()?.iter().enumerate() {
                    let name = self.head_name(head, index, &mut names);
                    match (name, self.attention_fields(tree, head, key.span, operands)) {
                        (Some(name), Some(own)) => fields.push((name, head, own)),
                        (_, _) => complete = false,
                    }
                }
                (complete && !fields.is_empty()).then_some(HeadFields::Separate(fields))
            }
            (None, Some((_, count))) => self.fused_fields(key, tree, count, operands),
            (None, None) => {
                let message = both!("nothing says what the heads are", "没有说明有哪些头");
                let hint = self.heads_to_add(key, tree);
                self.report(Code::MissingField, key.span, message, hint);
                None
            }
        }
    }

    /// Reports heads that are named alone and made above: their outputs are only to be put side by side.
    fn not_made_above(&mut self, key: &Key, heads: &Tree) -> Option<()> {
        let output = |head: &Tree| {
            let output = format!("{}.Z", head.as_text()?);
            self.graph.find(&output).map(|_| output)
        };
        let Some(outputs) = heads.as_list()?.iter().map(output).collect::<Option<Vec<_>>>() else {
            return Some(());
        };
        if outputs.is_empty() {
            return Some(());
        }
        let (name, outputs, lines) = (&key.text, outputs.join(", "), lines_at([key.span.to(heads.span)]));
        self.report(
            Code::WrongKind,
            heads.span,
            both!("these heads are made above already", "这些头在前面已经得到了"),
            both!(
                "write `- {name}: {{concat: [{outputs}]}}` in the place of {lines}, just as far in: that puts them side by side",
                "请把{lines}改写成 `- {name}: {{concat: [{outputs}]}}`（行首空格不变），把它们并排拼起来"
            ),
        );
        None
    }

    /// Heads for a definition that has none: cut out of the weights that are there, or one head with weights of its own.
    fn heads_to_add(&self, key: &Key, tree: &Tree) -> Localised<String> {
        if WEIGHTS.iter().all(|field| tree.get(field).is_some()) {
            return self.with_lines_above(tree, key.span, &["n_heads: 2".to_owned()], &[]);
        }
        let (heads, lines) = self.one_head(tree);
        // What has no use without `W_O` is told to be removed.
        let mut kept = tree.clone();
        if let Value::Map(entries) = &mut kept.value
            && tree.get("W_O").is_none()
        {
            entries.retain(|(field, _)| !matches!(field.text.as_str(), "b_O" | "contributions"));
        }
        self.with_lines_above(&kept, key.span, &[heads], &lines)
    }

    /// A list of one head for what is named in `of` of this record, and the lines that make its weights where there are none.
    pub(in crate::lesson::check) fn one_head(&self, tree: &Tree) -> (String, Vec<String>) {
        let named = WEIGHTS.map(|field| (field, self.filling_of(field, tree, tree)));
        let entries = named.each_ref().map(|(field, Filling { name, .. })| format!("{field}: {name}"));
        let heads = format!("heads: [{{{}}}]", entries.join(", "));
        (heads, named.into_iter().filter_map(|(_, Filling { line, .. })| line).collect())
    }

    /// Reports fields of weights for all heads beside a list of heads.
    fn only_heads(&mut self, tree: &Tree) -> Option<()> {
        let (heads, _) = tree.entry("heads")?;
        let fused: Vec<&Key> =
            FUSED.iter().filter_map(|field| tree.entry(field)).map(|(key, _)| key).collect();
        let Some((first, others)) = fused.split_first() else { return Some(()) };
        let names: Vec<&str> = fused.iter().map(|key| key.text.as_str()).collect();
        let Localised { en, zh } = all_of(["heads"].iter().chain(&names).map(|name| format!("`{name}`")));
        let message = both!("{en} do not go together here", "这里的 {zh} 不能同时使用");
        let Localised { en, zh } = insertion::to_remove(self.source, tree, &names);
        let hint = both!(
            "{en}: each head in `heads` has weights of its own",
            "请{zh}：`heads` 中每个头有自己的权重"
        );
        let finding = Diagnostic::new(Code::ConflictingFields, first.span, message).with_hint(hint);
        let beside = [&heads].into_iter().chain(others).map(|key| key.span);
        self.findings.push(beside.fold(finding, Diagnostic::with_another));
        None
    }

    /// The name of one head of several: its own, or its number. Reports a name that another head has.
    fn head_name(&mut self, head: &Tree, index: usize, names: &mut BTreeMap<String, Span>) -> Option<String> {
        let own = head.get("name");
        let name = own.and_then(Tree::as_text).map_or_else(|| (index + 1).to_string(), str::to_owned);
        let span = own.unwrap_or(head).span;
        if !name.chars().all(|c| c == '_' || c.is_alphanumeric()) || name.is_empty() {
            self.report(
                Code::BadName,
                span,
                both!("`{name}` cannot be the name of a head", "`{name}` 不能用作注意力头的名称"),
                as_name(&name).map_or_else(
                    || both!("use letters, digits and `_`", "请用汉字、字母、数字和 `_`"),
                    |good| write_name(&good),
                ),
            );
            return None;
        }
        if let Some(first) = names.insert(name.clone(), span) {
            let message = both!("two heads are called `{name}`", "有两个注意力头都叫 `{name}`");
            self.findings.push(
                Diagnostic::new(Code::DuplicateName, span, message)
                    .with_related(first, both!("the first", "第一个"))
                    .with_hint(both!("give each head a name of its own", "请给每个头取不同的名称")),
            );
            return None;
        }
        Some(name)
    }

    fn separate(
        &mut self,
        key: &Key,
        tree: &Tree,
        heads: &[(String, &Tree, super::Fields)],
        nodes: &[NodeId],
        settings: &Settings,
    ) -> Option<Heads> {
        let mut built: Vec<Head> = Vec::with_capacity(heads.len());
        let mut width = 0;
        for (name, head, fields) in heads {
            let attention = self.attention(tree, head, fields, nodes, settings)?;
            width += self.value_width(&attention.values);
            built.push(Head { name: name.clone(), attention });
        }
        self.fits(width, key.span).then_some(Heads::Separate(built))
    }

    /// How many numbers a head gives for each query.
    pub(in crate::lesson::check) fn value_width(&self, values: &Values) -> usize {
        match values {
            Values::None => 0,
            Values::Projected(Projection { weights, layout, .. }) => self.made_by(*weights, *layout).size(),
            Values::Factored { down, up } => self.made_by(*up, down.layout).size(),
            Values::Vectors(values) => self.graph.node(*values).shape.columns.size(),
        }
    }

    /// What the weights of the heads meet in a layout, and how wide all heads are together.
    fn meetings_of_heads(
        &self,
        tree: &Tree,
        heads: &HeadFields<'_>,
        nodes: &[NodeId],
        layout: Layout,
    ) -> (Vec<Meeting>, usize) {
        match heads {
            HeadFields::Separate(heads) => {
                let mut meetings = Vec::new();
                let mut width = 0;
                for (_, head, fields) in heads {
                    let values = fields.values(nodes, layout);
                    width += self.value_width(&values);
                    meetings.extend(self.meetings(head, &fields.source(nodes, layout), &values));
                }
                (meetings, width)
            }
            HeadFields::Fused { queries, keys, values, counts } => {
                let [queries, keys, values] = [queries, keys, values].map(|fields| fields.of(nodes, layout));
                let values = Values::Projected(values);
                // Each group of heads gets its share of the values.
                let width = (self.value_width(&values) / counts.kv_heads).saturating_mul(counts.heads);
                (self.meetings(tree, &Source::Projected { queries, keys }, &values), width)
            }
        }
    }
}

fn wanted(tree: &Tree, field: &str) -> Wanted {
    match tree.get(field).and_then(Tree::as_text) {
        Some("true") => Wanted::Yes,
        // The table of fields has reported any other word.
        Some(_) | None => Wanted::No,
    }
}

/// What mixes the heads; where it stands in one of them, it is told that it belongs beside them.
fn output_weights(tree: &Tree) -> Option<&Tree> {
    let of_head = || tree.get("heads")?.as_list()?.iter().find_map(|head| head.get("W_O"));
    tree.get("W_O").or_else(of_head)
}
