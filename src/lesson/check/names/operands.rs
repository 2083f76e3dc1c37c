//! What the names in a definition stand for: one matrix, or one for each of several texts.

use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::NodeId;
use crate::language::{Localised, all_of};
use crate::lesson::check::Checker;
use crate::yaml::Tree;

/// What a name in a definition stands for.
#[derive(Debug, Clone)]
pub(in crate::lesson::check) enum Operand {
    /// One matrix.
    One(NodeId),
    /// A matrix for each of several texts.
    PerText(Vec<(String, NodeId)>),
}

/// Operands, member by member: for each text, or once.
pub(in crate::lesson::check) struct Member {
    /// What is added to the name: `@animal`, or nothing.
    pub(in crate::lesson::check) suffix: String,
    /// The text, where there are several.
    pub(in crate::lesson::check) text: Option<String>,
    /// The operands in order.
    pub(in crate::lesson::check) nodes: Vec<NodeId>,
}

impl Checker<'_> {
    /// What a name stands for; reports what does not exist.
    pub(in crate::lesson::check) fn operand(&mut self, tree: &Tree) -> Option<Operand> {
        let name = tree.as_text()?;
        let operand = match (self.graph.find(name), self.families.get(name)) {
            (Some(node), _) => Operand::One(node),
            (None, Some(members)) => Operand::PerText(members.clone()),
            (None, None) => return self.operand_in_plain(name, tree.span),
        };
        for node in operand.nodes() {
            self.named_at.insert(node, tree.span);
        }
        Some(operand)
    }

    /// The matrix of a name that is there in plain letters only; reports any other.
    fn operand_in_plain(&mut self, name: &str, span: Span) -> Option<Operand> {
        let known: Vec<String> = self.graph.nodes().map(|(_, node)| node.name.clone()).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        if let Some(meant) = self.known_in_plain(name, span, &known) {
            return self.graph.find(&meant).map(Operand::One);
        }
        self.report_missing(name, span);
        None
    }

    /// A field that names a matrix.
    pub(in crate::lesson::check) fn operand_in(&mut self, tree: &Tree, field: &str) -> Option<Operand> {
        tree.get(field).and_then(|tree| self.operand(tree))
    }

    /// Operands member by member; `None` if one is missing, which is reported, or if they belong to different texts.
    pub(in crate::lesson::check) fn members(
        &mut self,
        operands: &[Option<Operand>],
        span: Span,
    ) -> Option<Vec<Member>> {
        let operands: Vec<&Operand> = operands.iter().map(Option::as_ref).collect::<Option<_>>()?;
        let mut families = operands.iter().filter_map(|operand| match operand {
            Operand::PerText(members) => Some(members),
            Operand::One(_) => None,
        });
        let Some(first) = families.next() else {
            let nodes = operands.iter().filter_map(|operand| operand.member("")).collect();
            return Some(vec![Member { suffix: String::new(), text: None, nodes }]);
        };
        let texts: Vec<&String> = first.iter().map(|(text, _)| text).collect();
        if families.any(|family| !family.iter().map(|(text, _)| text).eq(texts.iter().copied())) {
            self.report_different_texts(&operands, span);
            return None;
        }
        let member = |text: &String| Member {
            suffix: format!("@{text}"),
            text: Some(text.clone()),
            nodes: operands.iter().filter_map(|operand| operand.member(text)).collect(),
        };
        Some(texts.into_iter().map(member).collect())
    }

    /// How a matrix that is made by `embed` is made for other texts.
    fn same_texts(&self, name: &str, texts: &[&str]) -> Option<Localised<String>> {
        let (_, definition) = self.item(name)?;
        definition.get("embed")?.as_list()?;
        let (line, texts) = (self.line_given(name)?, texts.join(", "));
        Some(both!("in line {line} write `embed: [{texts}]`", "请在第 {line} 行写 `embed: [{texts}]`"))
    }

    /// Reports operands that are there once for each text, of texts that differ.
    fn report_different_texts(&mut self, operands: &[&Operand], span: Span) {
        let families: Vec<(String, Vec<&str>)> = operands
            .iter()
            .filter_map(|operand| match operand {
                Operand::PerText(members) => Some(members),
                Operand::One(_) => None,
            })
            .map(|members| {
                let full = members.first().map_or("", |(_, node)| self.graph.node(*node).name.as_str());
                let stem = full.split('@').next().unwrap_or(full).to_owned();
                (stem, members.iter().map(|(text, _)| text.as_str()).collect())
            })
            .collect();
        let [(first, texts), .., (last, others)] = families.as_slice() else { return };
        let [in_first, in_last] =
            [texts, others].map(|texts| all_of(texts.iter().map(|text| format!("`{text}`"))));
        let message = Localised {
            en: format!("`{first}` is made for the texts {}, and `{last}` for {}", in_first.en, in_last.en),
            zh: format!("`{first}` 属于文本 {}，而 `{last}` 属于 {}", in_first.zh, in_last.zh),
        };
        // A text that all of them are made for, if there is one.
        let shared = texts.iter().find(|text| families.iter().all(|(_, own)| own.contains(text)));
        let mut written: Vec<(String, String)> = Vec::new();
        for (name, own) in &families {
            let text = shared.or(own.first()).copied().unwrap_or_default();
            let entry = (format!("`{name}`"), format!("`{name}@{text}`"));
            if !written.contains(&entry) {
                written.push(entry);
            }
        }
        let en = all_of(written.iter().map(|(own, with)| format!("{with} instead of {own}"))).en;
        let zh: Vec<String> = written.iter().map(|(own, with)| format!("把 {own} 写成 {with}")).collect();
        let zh = zh.join("，");
        let chosen = both!("choose one text of each: write {en}", "请各选一个文本：{zh}");
        let hint = match self.same_texts(last, texts) {
            Some(Localised { en, zh }) => Localised {
                en: format!("make both for the same texts: {en}; or {}", chosen.en),
                zh: format!("两者应当属于相同的文本：{zh}；或者{}", chosen.zh.trim_start_matches('请')),
            },
            None => chosen,
        };
        let mut several = operands.iter().filter(|operand| matches!(operand, Operand::PerText(_)));
        let node = several.next_back().and_then(|last| last.nodes().first().copied());
        let span = node.map_or(span, |node| self.named(node, span));
        self.report(Code::ShapeMismatch, span, message, hint);
    }
}

impl Operand {
    pub(in crate::lesson::check) fn nodes(&self) -> Vec<NodeId> {
        match self {
            Self::One(node) => vec![*node],
            Self::PerText(members) => members.iter().map(|(_, node)| *node).collect(),
        }
    }

    /// The matrix for a text; one matrix is that of every text.
    pub(in crate::lesson::check) fn member(&self, text: &str) -> Option<NodeId> {
        match self {
            Self::One(node) => Some(*node),
            Self::PerText(members) => members.iter().find(|(own, _)| own == text).map(|(_, node)| *node),
        }
    }
}
