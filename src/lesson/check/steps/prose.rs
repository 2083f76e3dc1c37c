//! What is said, in both languages.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Side;
use crate::language::{Language, Localised};
use crate::lesson::Prose;
use crate::lesson::check::Checker;
use crate::lesson::expression::{self, Formatted, missing_matrix};
use crate::lesson::fields::language_name;
use crate::lesson::prose::braces;
use crate::yaml::Tree;

impl Checker<'_> {
    /// Prose in both languages, where a missing one is the other with a mark.
    pub(in crate::lesson::check) fn prose(&mut self, tree: &Tree) -> Localised<Prose> {
        if tree.as_text().is_some() {
            let prose = self.prose_of(tree, None);
            return Localised { en: prose.clone(), zh: prose };
        }
        let own = |language: Language| tree.get(language.code()).filter(|tree| tree.as_text().is_some());
        let mut read = |language: Language, other: Language| {
            let beside = own(other).map(|tree| (other, tree));
            own(language).map(|tree| self.prose_of(tree, beside))
        };
        let en = read(Language::English, Language::Chinese);
        let zh = read(Language::Chinese, Language::English);
        let marked = |prose: &Option<Prose>, language: Language| {
            prose.clone().map(|prose| prose.marked(&format!("[{}] ", language.code()))).unwrap_or_default()
        };
        Localised {
            en: en.clone().unwrap_or_else(|| marked(&zh, Language::Chinese)),
            zh: zh.unwrap_or_else(|| marked(&en, Language::English)),
        }
    }

    /// The prose of one language, which the same `beside` it in the other may explain.
    fn prose_of(&mut self, tree: &Tree, beside: Option<(Language, &Tree)>) -> Prose {
        if self.breaks_off(tree) {
            return Prose::default();
        }
        let words = tree.as_text().unwrap_or_default();
        let (prose, mut findings) = Prose::read(words, &self.scope());
        for finding in &mut findings {
            if let Some(hint) = beside.and_then(|beside| self.cell_of_other(finding, words, beside)) {
                finding.hint = Some(hint);
            }
        }
        self.report_in(tree, findings);
        prose
    }

    /// For the name of a column alone, the cell in this column that the other language shows.
    fn cell_of_other(
        &self,
        finding: &Diagnostic,
        words: &str,
        (language, other): (Language, &Tree),
    ) -> Option<Localised<String>> {
        let scope = self.scope();
        let name = words.get(finding.span.range()).filter(|_| finding.code == Code::UnknownName)?;
        let (_, Side::Columns) = scope.label(name)? else { return None };
        let other = other.as_text()?;
        let cell = braces(other).into_iter().find_map(|span| {
            let inside = Formatted::formula(other[span.range()].trim_matches(['{', '}']));
            let is_whole = expression::parse(inside).is_ok_and(|it| it.selection(&scope).is_ok());
            let cell = if is_whole { Some(inside.to_owned()) } else { missing_matrix(inside, &scope) };
            cell.filter(|cell| {
                cell.strip_suffix(']').is_some_and(|cell| cell.ends_with(&format!(", {name}")))
            })
        })?;
        let Localised { en, zh } = language_name(language);
        Some(both!(
            "`{name}` is a column: write `{{{cell}}}`, the cell that the {en} text shows",
            "`{name}` 是一列：请写 `{{{cell}}}`，与{zh}里的单元格相同"
        ))
    }
}
