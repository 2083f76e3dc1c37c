//! Texts and lists that YAML reads otherwise than they look.

use super::{entries, items, versions};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::causes::commas::{lists, words_of};
use crate::lesson::prose::is_han;
use crate::yaml::{Style, Tree};

/// A sentence of so many Han characters without a blank is more than one token.
const LONG: usize = 5;
/// Shorter lines may be the same for a reason, as in a table.
const LONG_LINE: usize = 12;

impl Checker<'_> {
    /// Reports texts that ` #` has cut; gives those that are whole.
    pub(super) fn texts_are_whole<'t>(&mut self, tree: &Tree, texts: &[&'t Tree]) -> Vec<&'t Tree> {
        if let Some(text) = tree.get("text") {
            self.is_whole(text);
        }
        texts.iter().copied().filter(|text| self.is_whole(text)).collect()
    }

    /// Whether nothing has cut a text in any of its languages; reports what has.
    fn is_whole(&mut self, text: &Tree) -> bool {
        let before = self.findings.len();
        for text in versions(text) {
            let Some(comment) = self.comment_cutting(text) else { continue };
            let whole = text.span.to(comment);
            let words = self.source.slice(whole);
            let finding = Diagnostic::new(
                Code::CutText,
                comment,
                both!(
                    "qkv leaves out everything behind ` #`, as a note to yourself",
                    "空格加 `#` 后面的内容只给自己看，qkv 不会显示"
                ),
            )
            .with_hint(whole_or_comment(words));
            // `#2` is part of the text, `# so` may be a comment.
            let sure = !self.source.slice(comment).starts_with("# ") && !words.contains(['"', '\\', '\n']);
            self.findings.push(if sure { finding.with_fix(whole, format!("\"{words}\"")) } else { finding });
        }
        self.findings.len() == before
    }

    /// What cuts a text although it looks like a part of it: comments stand two blanks away and begin with a blank.
    fn comment_cutting(&self, text: &Tree) -> Option<Span> {
        text.as_scalar().filter(|scalar| scalar.style == Style::Plain)?;
        let rest = self.source.text.get(text.span.end..)?.split('\n').next()?.trim_end();
        let (blanks, comment) = rest.split_once('#').filter(|(blanks, _)| blanks.trim().is_empty())?;
        let looks_like_text = blanks.len() == 1 || !(comment.is_empty() || comment.starts_with([' ', '#']));
        looks_like_text.then(|| Span::new(text.span.end + blanks.len(), text.span.end + rest.len()))
    }

    /// Reports lines of a text that stand there twice, one below the other.
    pub(super) fn lines_stand_once(&mut self, tree: &Tree) {
        let texts = items(tree, "steps").flat_map(|step| ["say", "note"].map(|field| step.get(field)));
        let texts: Vec<&Tree> = texts.flatten().flat_map(versions).collect();
        for text in texts {
            let (mut start, mut above) = (text.span.start, "");
            for line in self.source.slice(text.span).split_inclusive('\n') {
                let words = line.trim();
                if words == above && words.chars().count() >= LONG_LINE {
                    let indent = line.len() - line.trim_start().len();
                    let place = Span::new(start + indent, start + indent + words.len());
                    let message = both!("this line is the same as the one above", "这一行与上一行完全相同");
                    let hint = both!("remove one of the two", "请删去其中一行");
                    // The last line has no line break of its own: then that of the line above goes with it.
                    let whole = if line.ends_with('\n') {
                        Span::new(start, start + line.len())
                    } else {
                        Span::new(start - 1, start + line.len())
                    };
                    self.findings.push(
                        Diagnostic::new(Code::DoubledLine, place, message)
                            .with_hint(hint)
                            .with_fix(whole, ""),
                    );
                }
                (start, above) = (start + line.len(), words);
            }
        }
    }

    /// Reports steps, and items of them, that say the same as the one above: arrows, options, printed numbers.
    pub(super) fn items_stand_once(&mut self, tree: &Tree) {
        let mut open: Vec<&Tree> = tree.get("steps").into_iter().collect();
        while let Some(tree) = open.pop() {
            open.extend(tree.as_map().unwrap_or_default().iter().map(|(_, value)| value));
            let list = tree.as_list().unwrap_or_default();
            open.extend(list);
            for pair in list.windows(2) {
                let [above, item] = pair else { continue };
                if item.as_map().is_none() || !item.says_the_same(above) {
                    continue;
                }
                let finding = Diagnostic::new(
                    Code::DoubledLine,
                    item.span,
                    both!("this says the same as the one before it", "这一项与上一项完全相同"),
                )
                .with_hint(both!("remove one of the two", "请删去其中一个"))
                .with_related(above.span, both!("the first", "第一个"));
                // What stands between them separates them, unless it is a comment.
                let second = Span::new(above.span.end, item.span.end);
                let remark = self.source.slice(Span::new(above.span.end, item.span.start)).contains('#');
                self.findings.push(if remark { finding } else { finding.with_fix(second, "") });
            }
        }
    }

    /// Reports lists such as `[ball heavy]`: one item, with a blank where a comma was meant.
    pub(super) fn lists_have_commas(&mut self, tree: &Tree) {
        for list in lists(tree) {
            let Some([only]) = list.as_list() else { continue };
            let words = words_of(only);
            if words.len() < 2 || !self.source.slice(list.span).starts_with('[') {
                continue;
            }
            let text = only.as_text().unwrap_or_default();
            let words: Vec<&str> = words.iter().filter_map(Tree::as_text).collect();
            let joined = words.join(", ");
            let hint = if is_axis_of_one(tree, list) {
                both!(
                    "a matrix has just one row or column for it, so it is probably one name: put it in quotation marks, `[\"{text}\"]`; if these are several, write commas between them: `[{joined}]`",
                    "有矩阵只为它写了一行或一列，看来确实只有一项：请加上英文引号，`[\"{text}\"]`；如果不是，各项之间要用英文逗号分开：`[{joined}]`"
                )
            } else {
                both!(
                    "separate items with commas, `[{joined}]`; if it is one, put it in quotation marks: `[\"{text}\"]`",
                    "各项之间要用英文逗号分开：`[{joined}]`；如果确实只有一项，请加上英文引号：`[\"{text}\"]`"
                )
            };
            let message = both!("this list has one item, `{text}`", "这个列表只有一项：`{text}`");
            self.report(Code::MissingComma, only.span, message, hint);
        }
    }

    /// Reports a Chinese sentence without blanks, which is one token.
    pub(super) fn texts_are_cut_into_tokens(&mut self, tree: &Tree) {
        let texts: Vec<&Tree> = entries(tree, "texts")
            .chain(tree.entry("text"))
            .map(|(_, text)| text.get("tokens").unwrap_or(text))
            .collect();
        for text in texts {
            let Some(sentence) = text.as_text() else { continue };
            let mut tokens = sentence.split_whitespace();
            let (Some(only), None) = (tokens.next(), tokens.next()) else { continue };
            if only.chars().filter(|c| is_han(*c)).count() >= LONG {
                let apart = one_by_one(only);
                self.report(
                    Code::LongToken,
                    text.span,
                    both!("this whole sentence is one token", "这整句话是一个词元"),
                    both!(
                        "put spaces between the tokens: by characters, `{apart}`, or by words, as you choose",
                        "请在词元之间加空格：可以逐字分（`{apart}`），也可以按词分"
                    ),
                );
            }
        }
    }
}

/// The characters of a sentence with spaces between them; of a long one the first few.
fn one_by_one(sentence: &str) -> String {
    const SHOWN: usize = 12;
    let characters: Vec<String> = sentence.chars().take(SHOWN).map(String::from).collect();
    let more = if sentence.chars().count() > SHOWN { " …" } else { "" };
    characters.join(" ") + more
}

/// How a text is written with its `#` in it, and how a comment.
fn whole_or_comment(words: &str) -> Localised<String> {
    const SHORT: usize = 40;
    let drawn = words.chars().count() <= SHORT && !words.contains(['"', '\\', '\n', '`']);
    let text = if drawn { words } else { "… #…" };
    both!(
        "write `\"{text}\"`; or, if the rest is only for yourself, put two spaces before `#` and one behind it",
        "请写 `\"{text}\"`；如果后面的话只给自己看，请在 `#` 前空两格、后空一格"
    )
}

/// Whether a list is an axis for which a matrix has one row or one column of numbers.
fn is_axis_of_one(tree: &Tree, list: &Tree) -> bool {
    let Some((axis, _)) = entries(tree, "axes").find(|(_, own)| own.span == list.span) else {
        return false;
    };
    items(tree, "matrices").any(|item| {
        let given = item.as_map().and_then(<[_]>::first).and_then(|(_, made)| made.get("given"));
        let Some((given, rows)) = given.and_then(|it| Some((it, it.get("values")?.as_list()?))) else {
            return false;
        };
        let is_axis = |side: &str| given.get(side).and_then(Tree::as_text) == Some(axis.text.as_str());
        let has_one = |row: &Tree| row.as_list().is_some_and(|row| row.len() == 1);
        is_axis("rows") && rows.len() == 1 || is_axis("cols") && rows.iter().all(has_one)
    })
}
