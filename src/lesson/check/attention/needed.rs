//! What is named in the fields that an attention lacks.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Localised, all_of};
use crate::lesson::check::Checker;
use crate::lesson::check::remedies::fillings::{Filling, Wanted};
use crate::lesson::check::remedies::insertion;
use crate::lesson::fields::{ATTENTION, HEAD, Record};
use crate::yaml::{Key, Tree};

/// The weights of one head of several.
const OF_A_HEAD: [&str; 3] = ["W_Q", "W_K", "W_V"];

impl Checker<'_> {
    /// What fits a field that is missing in a head, whose vectors are named `around` it.
    pub(super) fn filling_of(&self, field: &str, around: &Tree, head: &Tree) -> Filling {
        let vectors = ["of", "queries_from", "keys_values_from"];
        let vectors = vectors.iter().find_map(|field| self.matrix_in(around, field));
        let rows = vectors.map(|node| &*node.shape.columns);
        let weights = |columns| self.weights_for(field, Wanted { rows, columns });
        let columns_of = |field: &str| self.matrix_in(head, field).map(|node| &*node.shape.columns);
        let given =
            |name: Option<String>| Filling { name: name.unwrap_or_else(|| "X".to_owned()), line: None };
        match field {
            "W_Q" => weights(columns_of("W_K")),
            "W_K" => weights(columns_of("W_Q")),
            // Vectors of values may have an axis of their own.
            "W_V" => weights(self.axes.get("d_v").map(|axis| &**axis)),
            "W_O" => weights(None),
            "Q" | "K" => {
                let other = if field == "Q" { "K" } else { "Q" };
                let other = head.get(other).and_then(Tree::as_text);
                let part = other.and_then(|other| {
                    let (stem, _) = other.rsplit_once('.')?;
                    Some(format!("{stem}.{field}")).filter(|name| self.graph.find(name).is_some())
                });
                given(part.or_else(|| other.map(str::to_owned)))
            }
            "keys_values_from" => {
                let queries = self.matrix_in(around, "queries_from").map(|node| &*node.shape.rows);
                given(self.vectors_to_name(queries))
            }
            _ => given(self.vectors_to_name(None)),
        }
    }

    /// For one half of cross-attention where there is nothing else to look at: all comes from one matrix.
    pub(super) fn of_for_a_half(&self, tree: &Tree, missing: &[&str]) -> Option<Localised<String>> {
        let [missing] = missing else { return None };
        let half = match *missing {
            "keys_values_from" => "queries_from",
            "queries_from" => "keys_values_from",
            _ => return None,
        };
        let from = tree.get(half).and_then(Tree::as_text)?;
        let tokens = self.matrix_in(tree, half).map(|node| &*node.shape.rows);
        self.vectors_to_name(tokens).is_none().then(|| {
            both!(
                "write `of: {from}` instead of `{half}: {from}`: this lesson has nothing else to look at, so that queries, keys and values all come from `{from}`",
                "请把 `{half}: {from}` 改成 `of: {from}`：课程中没有别的向量可看，查询、键和值都来自 `{from}`"
            )
        })
    }

    /// Names weights for one head of several that lacks some: its own, or those of another head. The table of fields asks
    /// for them.
    pub(super) fn has_all_weights(&mut self, around: &Tree, head: &Tree) -> Option<()> {
        let heads = around.get("heads").and_then(Tree::as_list).unwrap_or_default();
        self.fill_missing(head, &HEAD, |checker, field| {
            let own = checker.filling_of(field, around, head);
            let shared = heads.iter().find_map(|other| other.get(field)).and_then(Tree::as_text);
            Some(match shared.filter(|_| own.line.is_some()) {
                Some(name) => Filling { name: name.to_owned(), line: None },
                None => own,
            })
        });
        OF_A_HEAD.iter().all(|field| head.get(field).is_some()).then_some(())
    }

    /// Reports the fields that must be there and are not; `None` if there are any.
    pub(super) fn need(&mut self, tree: &Tree, fields: &[&'static str], span: Span) -> Option<()> {
        if fields.iter().all(|field| tree.get(field).is_some()) {
            return Some(());
        }
        let missing = lacking(tree, fields);
        if missing.is_empty() {
            return None;
        }
        let Localised { en, zh } = all_of(missing.iter().map(|name| format!("`{name}`")));
        let message = both!("attention needs {en} here", "这里的注意力缺少 {zh}");
        let hint = self.of_for_a_half(tree, &missing).unwrap_or_else(|| {
            let filling = |field: &&'static str| (*field, self.filling_of(field, tree, tree));
            self.to_fill(tree, span, &missing.iter().map(filling).collect::<Vec<_>>())
        });
        self.report(Code::MissingField, span, message, hint);
        None
    }

    /// Reports fields that mean nothing without another one, which is named for those of one sublayer; `None` if there are
    /// any.
    pub(in crate::lesson::check) fn have_use(
        &mut self,
        tree: &Tree,
        record: &'static Record,
        fields: &[(&str, &[&'static str])],
    ) -> Option<()> {
        let written = tree.as_map().unwrap_or_default();
        let mut useless: Vec<(&'static str, Vec<&Key>)> = Vec::new();
        for (field, needed) in fields {
            let Some((key, _)) = tree.entry(field) else { continue };
            // A misspelt field has been reported with the right name.
            let is_meant =
                |(key, _): &(Key, Tree)| record.meant(&key.text).is_some_and(|meant| needed.contains(&meant));
            if needed.iter().any(|needed| tree.get(needed).is_some()) || written.iter().any(is_meant) {
                continue;
            }
            match useless.iter_mut().find(|(known, _)| *known == needed[0]) {
                Some((_, keys)) => keys.push(key),
                None => useless.push((needed[0], vec![key])),
            }
        }
        for (needed, keys) in &useless {
            self.report_useless(tree, needed, keys);
        }
        useless.is_empty().then_some(())
    }

    fn report_useless(&mut self, tree: &Tree, needed: &'static str, keys: &[&Key]) {
        let [first, others @ ..] = keys else { return };
        let names: Vec<&str> = keys.iter().map(|key| key.text.as_str()).collect();
        let Localised { en, zh } = all_of(names.iter().map(|name| format!("`{name}`")));
        let have = if others.is_empty() { "has" } else { "have" };
        let message = both!("{en} {have} no use without `{needed}`", "没有 `{needed}`，{zh} 就没有用处");
        let Localised { en, zh } = insertion::to_remove(self.source, tree, &names);
        let filling = self.filling_of(needed, tree, tree);
        let hint = if needed == "mask" {
            let mask = ["mask: causal".to_owned()];
            let Localised { en: mask, zh: mask_zh } = insertion::to_add(self.source, tree, first.span, &mask);
            both!(
                "{mask}, so that no token looks ahead; or {en}",
                "请{mask_zh}，使每个词元只看自己和前面的词元；或{zh}"
            )
        } else if filling.line.is_none() && filling.name.starts_with(needed) {
            self.to_fill(tree, first.span, &[(needed, filling)])
        } else {
            both!("{en}", "请{zh}")
        };
        let finding = Diagnostic::new(Code::MissingField, first.span, message).with_hint(hint);
        let also =
            |finding: Diagnostic, key: &&Key| finding.with_related(key.span, both!("this too", "这个也是"));
        self.findings.push(others.iter().fold(finding, also));
    }
}

/// Those of these fields that are not there, and not misspelt either, which is reported with the right name.
fn lacking(tree: &Tree, fields: &[&'static str]) -> Vec<&'static str> {
    let written = tree.as_map().unwrap_or_default();
    let is_written = |field: &str| {
        written.iter().any(|(key, _)| key.text == field || ATTENTION.meant(&key.text) == Some(field))
    };
    fields.iter().copied().filter(|field| !is_written(field)).collect()
}
