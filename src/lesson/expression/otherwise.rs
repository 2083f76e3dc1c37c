//! Rows and columns as others write them: `row=cat`, `猫行`, `第 2 列`, `*` for all.

use super::entry::{Entry, Extent, is_there, noun};
use super::finding::{finding, hinted};
use super::syntax::Cells;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Node, Side};
use crate::language::Localised;

/// What others write for every row or column.
const ALL: [&str; 16] = [
    "*", "all", "any", "each", "every", "...", "..", "…", "……", "全部", "所有", "全体", "整行", "整列",
    "每行", "每列",
];
/// Words around the name of a row or column, the longer ones first.
const WORDS: [&str; 12] =
    ["column", "query", "row", "col", "key", "查询", "单词", "行", "列", "键", "词", "个"];

impl Entry {
    /// The name or number of a row or column that stands here with another word.
    pub(super) fn otherwise(&self, node: &Node, side: Side) -> Option<&str> {
        let text = self.plain_text()?;
        let is_own = |word: &&str| is_there(word, node, side);
        let of_sign = text.split_once(['=', '＝']).map(|(_, behind)| behind.trim());
        let ends = WORDS.iter().filter_map(|word| text.strip_suffix(word));
        let starts = WORDS.iter().filter_map(|word| text.strip_prefix(word));
        let bare = ends.chain(starts).map(|rest| rest.trim_start_matches('第').trim_matches([' ', '_', ':']));
        of_sign.into_iter().chain(bare).find(is_own)
    }

    /// The finding for `*` and other words for every row or column, which are written `:`.
    pub(super) fn all(&self, node: &Node, side: Side) -> Option<Diagnostic> {
        let text = self.plain_text().filter(|text| ALL.contains(&text.to_lowercase().as_str()))?;
        let (Localised { en, zh }, name) = (noun(node, side), &node.name);
        let message = both!("`{name}` has no {en} called `{text}`", "`{name}` 中没有名为 `{text}` 的{zh}");
        let hint = both!("for every {en} write `:`", "要表示所有的{zh}，请写 `:`");
        Some(hinted(finding(Code::UnknownLabel, self.span(), message), hint).with_fix(self.span(), ":"))
    }
}

impl Cells {
    /// Whether both its row and its column are written.
    pub(super) const fn is_one(&self) -> bool {
        matches!((&self.rows, &self.columns), (Extent::One(_), Extent::One(_)))
    }

    /// Whether a row or a column of it is written.
    pub(super) const fn is_named(&self) -> bool {
        !matches!((&self.rows, &self.columns), (Extent::All, Extent::All))
    }

    /// What is said of a row and a column that both stand with another word.
    pub(super) fn otherwise(&self, node: &Node, findings: &[Diagnostic]) -> Option<Diagnostic> {
        let (Extent::One(row), Extent::One(column)) = (&self.rows, &self.columns) else { return None };
        let (row, column) = (row.otherwise(node, Side::Rows)?, column.otherwise(node, Side::Columns)?);
        let ([first, _], name) = (findings, &node.name) else { return None };
        let meant = format!("{row}, {column}");
        let (rows, columns) = (noun(node, Side::Rows), noun(node, Side::Columns));
        let (row_en, column_en, row_zh, column_zh) = (rows.en, columns.en, rows.zh, columns.zh);
        let message = both!(
            "for a cell of `{name}` only the names of its {row_en} and {column_en} are written",
            "`{name}` 的单元格只写{row_zh}和{column_zh}的名称"
        );
        let hint = both!("write `[{meant}]`", "请写 `[{meant}]`");
        Some(hinted(finding(first.code, self.span, message), hint).with_fix(self.span, meant))
    }
}
