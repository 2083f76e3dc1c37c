//! Lines that stand where they do not belong, or lack the sign or name by which it is known where: items without dashes,
//! a text without its language.

use super::Trial;
use super::rewritten::{Line, is_mark};
use crate::both;
use crate::language::{Language, Localised, counted};
use crate::yaml::indentation::{below, each_of, from, indent, line_above};
use crate::yaml::quotes::wide::is_han;
use crate::yaml::reread::is_claim;
use crate::yaml::structure::outline::{self, Part, Shape, entry};
use crate::yaml::syntax::Mend;

impl Line<'_> {
    /// This line and those below it as items of a list that lack their dashes, or have numbers in their place.
    pub(super) fn without_dashes(&self) -> Option<Trial> {
        let above = outline::above(self.start, self.entry.column, self.draft);
        let belongs = (self.table)(&above).filter(|it| it.takes_items() && !it.is_text())?;
        let beside = |line: &usize| indent(*line, self.draft) == self.entry.column;
        let lines: Vec<usize> = from(self.start, self.draft).take_while(beside).collect();
        let mend = |line: &usize| {
            let start = line + self.entry.column;
            let text: String = self.draft.slice(start, self.draft.line(*line).1).iter().collect();
            let (mark, rest) = text.split_once(' ').filter(|(mark, _)| is_mark(mark)).unwrap_or(("", &text));
            let end = start + text.chars().count() - rest.chars().count();
            let is_item = is_claim(rest.trim()) && !rest.starts_with("- ");
            is_item.then(|| (Mend { start, end, with: "- ".to_owned() }, mark.to_owned()))
        };
        let (mends, marks): (Vec<Mend>, Vec<String>) =
            lines.iter().map(mend).collect::<Option<Vec<_>>>()?.into_iter().unzip();
        let Localised { en, zh } =
            each_of(&lines, self.draft).filter(|_| !belongs.shapes.contains(&Shape::Names))?;
        let message = both!(
            "these lines are items of a list, and have no `- ` before them",
            "这几行是列表的各项，前面却没有 `- `"
        );
        let hint = match marks.first().filter(|mark| !mark.is_empty()) {
            Some(mark) => both!(
                "write `-` in the place of `{mark}` at the beginning of {en}",
                "请把{zh}开头的 `{mark}` 之类改成 `-`"
            ),
            None => both!("write `- ` before {en}", "请在{zh}前面都写上 `- `"),
        };
        Some(self.trial((self.content_start(), self.content_end()), message, hint, mends))
    }

    /// Braces of which the second text is in the other language, and lacks its name: `{en: Shares, 份额}`.
    pub(super) fn with_language(&self) -> Option<Trial> {
        let (before, rest) = self.content.split_once("{en: ")?;
        let (first, second) = rest.split_once(", ")?;
        let is_other = second.starts_with(is_han) && !first.contains(is_han) && !second.contains(": ");
        is_other.then_some(())?;
        let at = self.content_end() - second.chars().count();
        let own = second.split('}').next().unwrap_or(second);
        let message = both!("`{own}` is Chinese, and lacks its `zh:`", "`{own}` 是中文，前面缺少 `zh:`");
        let hint = self.written(&format!("{before}{{en: {first}, zh: {second}"));
        let mend = Mend { start: at, end: at, with: "zh: ".to_owned() };
        Some(self.trial((at, at + own.chars().count()), message, hint, vec![mend]))
    }

    /// A text under the name of the other language.
    pub(super) fn in_its_language(&self) -> Option<Trial> {
        let name = self.entry.name.as_deref()?;
        let (_, text) = self.content.split_once(": ")?;
        let (own, message) = match Language::from_code(name)? {
            Language::Chinese if !text.contains(is_han) => {
                ("en", both!("this text under `zh` is English", "`zh` 后面写的是英文"))
            }
            Language::English if text.starts_with(is_han) => {
                ("zh", both!("this text under `en` is Chinese", "`en` 后面写的是中文"))
            }
            Language::Chinese | Language::English => return None,
        };
        let from = self.content_start();
        let hint = both!("write `{own}` in its place", "请改成 `{own}`");
        let mend = Mend { start: from, end: from + name.chars().count(), with: own.to_owned() };
        Some(self.trial((from, from + name.chars().count()), message, hint, vec![mend]))
    }

    /// A name that has no meaning where it stands, and one further left.
    pub(super) fn too_far_right(&self) -> Option<Trial> {
        let name = self.entry.name.as_ref().filter(|_| self.entry.dash.is_none())?;
        // What should stand inside it stands beside it.
        let next = below(self.start, self.draft).filter(|_| self.entry.is_empty)?;
        (indent(next, self.draft) == self.entry.column).then_some(())?;
        let levels = outline::enclosing(self.start, self.entry.column, self.draft);
        let parts = |depth: usize| levels[..depth].iter().map(|(part, _)| part.clone()).collect::<Vec<_>>();
        let knows = |depth: &usize| (self.table)(&parts(*depth)).is_some_and(|it| it.knows(name));
        let depth = (0..levels.len()).rev().find(knows).filter(|_| !knows(&levels.len()))?;
        let (Part::Name(beside), column) = levels.get(depth)? else { return None };
        let by = self.entry.column.checked_sub(*column).filter(|by| *by > 0)?;
        let message = both!("`{name}` stands too far right", "`{name}` 太靠右了");
        let spaces = counted(by, "space", "spaces");
        let hint = both!(
            "remove {spaces} before it: it belongs straight below `{beside}`",
            "请删去它前面的 {by} 个空格，与 `{beside}` 对齐"
        );
        let mend = Mend { start: self.start, end: self.start + by, with: String::new() };
        let from = self.content_start();
        Some(self.trial((from, from + name.chars().count()), message, hint, vec![mend]))
    }

    /// A name and its colon in two lines.
    pub(super) fn joined(&self) -> Option<Trial> {
        let value = self.content.strip_prefix(": ")?;
        let above = line_above(self.start, self.draft)?;
        let end = self.draft.line(above).1;
        let name: String = self.draft.slice(above + entry(above, self.draft).column, end).iter().collect();
        let name = name.trim_end();
        name.chars().all(|c| c.is_alphanumeric() || c == '_').then_some(())?;
        let message = both!("this line goes on with the one above", "这一行接着上一行");
        let (from, to) = (self.draft.number(above), self.draft.number(self.start));
        let hint = both!(
            "write `{name}: {value}` in the place of lines {from} and {to}",
            "请把第 {from}、{to} 行合成一行：`{name}: {value}`"
        );
        let mend = Mend { start: end, end: self.content_start(), with: String::new() };
        Some(self.trial((self.content_start(), self.content_end()), message, hint, vec![mend]))
    }
}
