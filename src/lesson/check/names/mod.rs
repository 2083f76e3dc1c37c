//! Names: what is defined where, and what a name in a definition stands for.

pub(super) mod missing;
pub(super) mod operands;
pub(super) mod parts;
pub(super) mod slips;
pub(super) mod twice;
pub(super) mod unknown_names;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Checker;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, ENOUGH, Span, all_nearest, lines_at, nearest};
use crate::graph::{Axis, AxisKind, Node};
use crate::language::Localised;
use crate::lesson::expression::is_name;
use crate::yaml::Tree;
use missing::Clue;
use unknown_names::{did_you_mean, one_of};

/// After so many findings no name is compared with all others any more.
pub(super) const NAMES_WITH_HINTS: usize = 100;

/// Of an axis that nothing else has only the author knows the size.
const USUAL_SIZE: usize = 2;

/// The names of all matrices with the places of their definitions; the first of each.
pub(super) fn definitions(tree: &Tree) -> BTreeMap<String, Span> {
    let mut names = BTreeMap::new();
    for item in tree.get("matrices").and_then(Tree::as_list).unwrap_or_default() {
        for (key, _) in item.as_map().unwrap_or_default().iter().take(1) {
            names.entry(key.text.clone()).or_insert(key.span);
        }
    }
    names
}

impl Checker<'_> {
    /// The fields of the definition of a matrix.
    pub(super) fn fields_of(&self, name: &str) -> Option<&Tree> {
        let items = self.tree.get("matrices")?.as_list()?;
        let (_, kind) =
            items.iter().find_map(|item| item.as_map()?.first().filter(|(key, _)| key.text == name))?;
        let (_, fields) = kind.as_map()?.first()?;
        fields.as_map().map(|_| fields)
    }

    /// Whether a name may be given to a matrix, an axis or a text; reports if not.
    pub(super) fn is_good_name(&mut self, name: &str, span: Span) -> bool {
        if is_name(name) && !name.contains(['.', '@']) {
            return true;
        }
        let hint = if matches!(name, "pi" | "π") {
            both!("`{name}` is the number 3.14…; use another name", "`{name}` 表示圆周率，请换一个名称")
        } else {
            let joined = self.spelled_elsewhere(name).or_else(|| as_name(name));
            let beginning =
                || joined.as_deref().and_then(with_letter_first).map(|good| begin_with_letter(&good));
            match joined.as_ref().filter(|name| is_name(name)) {
                Some(good) => {
                    let Localised { en, zh } = write_name(good);
                    let uses = self.uses_of_parts(good);
                    if as_name(name).as_ref() == Some(good) || uses.is_empty() {
                        Localised { en, zh }
                    } else {
                        let uses = lines_at(uses);
                        both!("{en}, as it is called in {uses}", "{zh}，{uses}就是这样称呼它的")
                    }
                }
                None => beginning().unwrap_or_else(|| {
                    both!(
                        "use letters, digits and `_`, beginning with a letter: `W_Q`, `d_model`",
                        "请用汉字、字母、数字和 `_`，不以数字开头：`W_Q`、`第一句`"
                    )
                }),
            }
        };
        let message = both!("`{name}` cannot be a name", "`{name}` 不能用作名称");
        let finding = Diagnostic::new(Code::BadName, span, message).with_hint(hint);
        self.findings.push(match self.spelled_elsewhere(name).filter(|own| is_name(own)) {
            Some(own) => self.with_fix_of(finding, span, name, &own),
            None => finding,
        });
        false
    }

    /// For `layer 1` and `layer.1`: the name that is used in the file, `layer1` or `layer_1`.
    pub(super) fn spelled_elsewhere(&self, name: &str) -> Option<String> {
        let joined = as_name(name)?;
        let in_name = |c: char| c.is_alphanumeric() || c == '_';
        let is_used = |own: &String| {
            let mut places = self.source.text.match_indices(own.as_str());
            !self.definitions.contains_key(own)
                && places.any(|(at, _)| {
                    let [before, behind] = [&self.source.text[..at], &self.source.text[at + own.len()..]];
                    !before.ends_with(in_name) && !behind.starts_with(in_name)
                })
        };
        // `my head` where the lesson shows `head.Q`.
        let last = name.split_whitespace().last().filter(|last| is_name(last));
        let last = last.filter(|last| !self.uses_of_parts(last).is_empty()).map(str::to_owned);
        [joined.replace('_', ""), joined].into_iter().find(is_used).or(last)
    }

    /// Where the file speaks of parts of a matrix, as in `head.Q`.
    fn uses_of_parts(&self, name: &str) -> Vec<Span> {
        let in_name = |c: char| c.is_alphanumeric() || c == '_';
        let text = &self.source.text;
        let places = text.match_indices(&format!("{name}.")).map(|(at, _)| at).collect::<Vec<_>>();
        let own = places.into_iter().filter(|at| !text[..*at].ends_with(in_name));
        own.map(|at| Span::new(at, at + name.len())).collect()
    }

    /// Whether this is the name of a text.
    pub(in crate::lesson::check) fn is_text(&self, name: &str) -> bool {
        self.texts.iter().any(|text| text.name == name)
    }

    /// The name of the definition in which a place is.
    pub(super) fn definition_around(&self, span: Span) -> Option<&str> {
        let before = self.definitions.iter().filter(|(_, place)| place.start < span.start);
        before.max_by_key(|(_, place)| place.start).map(|(name, _)| name.as_str())
    }

    /// The axis of a name, of features or of a text, or one without a name of so many entries; reports what does not
    /// exist.
    pub(super) fn axis(&mut self, tree: &Tree) -> Option<Arc<Axis>> {
        self.axis_of(tree, None)
    }

    /// The same for an axis of which the file shows how many entries it should have.
    pub(super) fn axis_of(&mut self, tree: &Tree, size: Option<usize>) -> Option<Arc<Axis>> {
        let name = tree.as_text()?;
        if let Some(axis) = self.axes.get(name) {
            return Some(Arc::clone(axis));
        }
        if let Some(size) = tree.as_count() {
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            return self.fits(size, tree.span).then(|| Axis::numbered(size));
        }
        if let Some(number) = tree.as_number() {
            let whole = if number.is_finite() { number.abs().floor().clamp(1.0, 4096.0) } else { 1.0 };
            self.report(
                Code::BadNumber,
                tree.span,
                both!(
                    "a size is a whole number from 1 up, not `{name}`",
                    "大小应当是不小于 1 的整数，而不是 `{name}`"
                ),
                both!("write a whole number, such as {whole}", "请写一个整数，例如 {whole}"),
            );
            return None;
        }
        if !self.broken.contains(name) && !self.has_enough_findings() {
            let known: Vec<String> = self.axes.keys().cloned().collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            if let Some(meant) = self.known_in_plain(name, tree.span, &known) {
                return self.axes.get(&meant).cloned();
            }
            if self.names_the_labels(tree, name) {
                return None;
            }
            let message = both!("there is no axis or text called `{name}`", "没有名为 `{name}` 的轴或文本");
            let hint = self.axis_to_add((name, tree.span), &known, size);
            let finding = Diagnostic::new(Code::UnknownName, tree.span, message).with_hint(hint.clone());
            let near = nearest(name, known.iter().copied()).and_then(|near| self.axis_places.get(near));
            let clue = self.clue_to_axis(name);
            let clue = clue.filter(|clue| matches!(clue, Clue::Unused(..)) || near.is_none());
            let finding = match (clue, near) {
                (Some(clue), _) => clue.told(name, finding),
                (None, Some(place)) => {
                    finding.with_related(*place, both!("the nearest name", "最接近的名称"))
                }
                (None, None) => finding,
            };
            // What nothing uses may be meant, and still a short name may be another.
            self.findings.push(if is_short(name) { finding.with_hint(hint) } else { finding });
        }
        None
    }

    /// Reports several names, `rows: a, b`, where the axis that they belong to stands; whether there are several.
    fn names_the_labels(&mut self, tree: &Tree, text: &str) -> bool {
        let inner = text.trim_start_matches(['(', '（']).trim_end_matches([')', '）']);
        let labels: Vec<&str> = inner.split([',', '，', '、']).map(str::trim).collect();
        if labels.len() < 2 || !labels.iter().all(|label| is_name(label)) {
            return false;
        }
        let of_these =
            |axis: &&Arc<Axis>| axis.labels().iter().map(String::as_str).eq(labels.iter().copied());
        let axis = self.axes.values().find(of_these).and_then(|axis| axis.name()).map(str::to_owned);
        let list = labels.join(", ");
        let message = both!("one name belongs here: that of an axis", "这里只写一个名称：轴的名称");
        let finding = Diagnostic::new(Code::UnknownName, tree.span, message);
        self.findings.push(if let Some(axis) = axis {
            let hint = both!(
                "write `{axis}`, which stands for `[{list}]` in `axes`",
                "请写 `{axis}`，它在 `axes` 中代表 `[{list}]`"
            );
            finding.with_hint(hint).with_fix(tree.span, axis)
        } else {
            let new = self.free_name("names");
            let Localised { en, zh } = self.axes_to_add(tree.span, &[format!("{new}: [{list}]")]);
            finding.with_hint(both!("{en}, and write `{new}` here", "请{zh}，这里写 `{new}`"))
        });
        true
    }

    /// What to do about an axis that there is not.
    fn axis_to_add(
        &self,
        (name, told): (&str, Span),
        known: &[&str],
        size: Option<usize>,
    ) -> Localised<String> {
        let near = all_nearest(name, known.iter().copied());
        let hint = self.near(name, known);
        if !is_name(name) || !near.is_empty() && !is_short(name) {
            return hint;
        }
        let plain = |name: &str| name.to_lowercase().replace('_', "");
        if near.first().is_some_and(|near| plain(near) == plain(name)) {
            return hint;
        }
        let axis = [format!("{name}: {}", size.unwrap_or(USUAL_SIZE))];
        let Localised { en: add, zh: add_zh } = self.axes_to_add(told, &axis);
        let (other, other_zh) =
            if size.is_none() { (", or another size", "，也可以是别的大小") } else { ("", "") };
        let Localised { en, zh } = hint;
        if near.is_empty() {
            return both!("{add}{other}; {en}", "请{add_zh}{other_zh}；{zh}");
        }
        let Localised { en, zh } = one_of(&near);
        both!("{add}{other}; or did you mean {en}?", "请{add_zh}{other_zh}；还是想写 {zh}？")
    }

    /// Whether so much is reported that no one reads more.
    pub(super) fn has_enough_findings(&self) -> bool {
        self.findings.len() >= ENOUGH
    }

    /// What a name was probably meant to be; after many findings no longer looked for, because it takes time.
    pub(super) fn near(&self, name: &str, known: &[&str]) -> Localised<String> {
        if known.is_empty() && !self.broken.is_empty() {
            return both!("put right what is wrong above first", "请先改正上面的错误");
        }
        if self.findings.len() < NAMES_WITH_HINTS {
            return did_you_mean(name, known);
        }
        both!("correct the names above first", "请先改正前面的名称")
    }

    /// Reports a name that nothing has, or that is defined further down.
    pub(super) fn report_missing(&mut self, name: &str, span: Span) {
        let stem = name.split(['.', '@']).next().unwrap_or(name);
        if self.broken.contains(name) || self.broken.contains(stem) || self.has_enough_findings() {
            return;
        }
        let defined = self.graph.find(stem).is_some()
            || self.families.contains_key(stem)
            || self.graph.nodes().any(|(_, node)| node.name.split(['.', '@']).next() == Some(stem));
        if let (Some(&definition), false) = (self.definitions.get(stem), defined) {
            let message = both!("`{name}` is used before it is made", "`{name}` 在定义之前就被使用");
            let related = both!("`{stem}` is made here", "`{stem}` 在这里定义");
            let hint = match self.definition_around(span) {
                Some(around) if around == stem => self.made_above(stem),
                Some(around) => both!(
                    "move `- {stem}: …` up, above `- {around}: …`",
                    "请把 `- {stem}: …` 移到 `- {around}: …` 前面"
                ),
                None => both!("move the item `{stem}` up", "请把 `{stem}` 的定义移到前面"),
            };
            let finding = Diagnostic::new(Code::UsedBeforeDefinition, span, message);
            self.findings.push(finding.with_related(definition, related).with_hint(hint));
            return;
        }
        let known: Vec<&str> = self
            .graph
            .nodes()
            .map(|(_, node)| node.name.as_str())
            .chain(self.families.keys().map(String::as_str))
            .collect();
        let message = both!("there is no matrix called `{name}`", "没有名为 `{name}` 的矩阵");
        let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.report_unknown_name(name, span, message, &known);
    }

    /// What to write for a part of a matrix in its own definition.
    fn made_above(&self, stem: &str) -> Localised<String> {
        let is_other = |node: &&Node| node.name.split(['.', '@']).next() != Some(stem);
        let nodes: Vec<&Node> = self.graph.nodes().map(|(_, node)| node).filter(is_other).collect();
        let of_tokens =
            |node: &&&Node| node.shape.rows.kind() == AxisKind::Tokens && !node.name.contains('.');
        match nodes.iter().rfind(of_tokens) {
            Some(Node { name, .. }) => both!(
                "`{stem}` cannot be made of itself: write a matrix that is made above it, such as `{name}`",
                "`{stem}` 不能由自己得出：请写在它前面定义的矩阵，例如 `{name}`"
            ),
            None => both!(
                "`{stem}` cannot be made of itself: write a matrix that is made above it",
                "`{stem}` 不能由自己得出：请写在它前面定义的矩阵"
            ),
        }
    }
}

/// Whether a name is so short, as `d_v` is, that it is hardly a slip of another.
fn is_short(name: &str) -> bool {
    const SHORT: usize = 3;
    name.chars().count() <= SHORT
}

/// What to do about a name that would be good as this.
pub(super) fn write_name(good: &str) -> Localised<String> {
    both!("use letters, digits and `_`: write `{good}`", "名称中只能有汉字、字母、数字和 `_`：请写 `{good}`")
}

/// A name with `_` for what no name may have: `W_Q` for `W Q`; `None` where nothing is left.
pub(super) fn as_name(text: &str) -> Option<String> {
    // LaTeX puts what is lowered in braces: `W_{Q}`.
    let text = text.replace("_{", "_");
    let words: Vec<&str> =
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join("_"))
}

/// `head1` for `1head`, and `x2` for `2`.
fn with_letter_first(name: &str) -> Option<String> {
    let rest = name.trim_start_matches(|c: char| c.is_numeric() || c == '_');
    let number = name[..name.len() - rest.len()].trim_end_matches('_');
    let good = format!("{}{number}", if rest.is_empty() { "x" } else { rest });
    is_name(&good).then_some(good)
}

fn begin_with_letter(good: &str) -> Localised<String> {
    both!("a name begins with a letter: write `{good}`, for example", "名称不能以数字开头，例如可写 `{good}`")
}
