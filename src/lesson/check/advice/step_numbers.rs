//! Titles that say another number than their step has: `Step 5` over the fourth of them.

use std::collections::BTreeMap;

use super::{items, versions};
use crate::both;
use crate::diagnostic::Code;
use crate::language::{Localised, all_of};
use crate::lesson::check::Checker;
use crate::yaml::Tree;

/// So many titles show how the steps are counted.
const SURE: usize = 3;

/// No lesson counts so many steps; a larger number is no number of a step.
const LARGEST: usize = 9999;

/// A title with a number, and the words that say it.
struct Numbered<'t> {
    title: &'t Tree,
    step: usize,
    number: usize,
    words: Vec<String>,
}

impl Checker<'_> {
    /// Reports the only title whose number is not that of its step. Steps may be counted from another number on, but then
    /// all of them are.
    pub(super) fn titles_are_counted(&mut self, tree: &Tree) {
        let titles = items(tree, "steps").zip(1..).filter_map(|(step, at)| Some((step.get("title")?, at)));
        let numbered: Vec<Numbered<'_>> = titles.filter_map(|(title, step)| numbered(title, step)).collect();
        let offset = |it: &Numbered<'_>| it.number.cast_signed() - it.step.cast_signed();
        let mut offsets: BTreeMap<isize, usize> = BTreeMap::new();
        for it in &numbered {
            *offsets.entry(offset(it)).or_default() += 1;
        }
        let most = offsets.iter().find(|(_, count)| **count >= SURE && **count + 1 == numbered.len());
        let Some((&usual, _)) = most else { return };
        let Some(odd) = numbered.iter().find(|it| offset(it) != usual) else { return };
        let Some(meant) = odd.step.checked_add_signed(usual) else { return };
        let (step, number) = (odd.step, odd.number);
        let (is, should) = (number.to_string(), meant.to_string());
        let instead = all_of(odd.words.iter().map(|words| format!("`{}`", words.replace(&is, &should))));
        let message = both!(
            "this is step {step}, and its title says {number}",
            "这是第 {step} 步，而标题写的是 {number}"
        );
        let hint = Localised { en: format!("write {}", instead.en), zh: format!("请写 {}", instead.zh) };
        self.report(Code::Questionable, odd.title.span, message, hint);
    }
}

/// The title with the number that it has in each of its languages.
fn numbered(title: &Tree, step: usize) -> Option<Numbered<'_>> {
    let all: Option<Vec<(String, usize)>> =
        versions(title).iter().map(|version| said(version.as_text().unwrap_or_default())).collect();
    let all = all?;
    let (_, number) = *all.first()?;
    let is_same = all.iter().all(|(_, other)| *other == number);
    let words = all.into_iter().map(|(words, _)| words).collect();
    is_same.then_some(Numbered { title, step, number, words })
}

/// `Step 5` or `第 5 步` at the beginning of a title.
fn said(title: &str) -> Option<(String, usize)> {
    let lower = title.to_ascii_lowercase();
    let (before, after) = if lower.starts_with("step ") { ("step ".len(), "") } else { ("第".len(), "步") };
    let rest = title.get(before..).filter(|_| after.is_empty() || title.starts_with('第'))?;
    let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
    let number = digits.parse().ok().filter(|number| *number <= LARGEST)?;
    let end = title.find(&digits)? + digits.len();
    let behind = &title[end..];
    if !after.is_empty() {
        let blank = behind.len() - behind.trim_start().len();
        behind.trim_start().starts_with(after).then_some(())?;
        return Some((title[..end + blank + after.len()].to_owned(), number));
    }
    (!behind.starts_with(['.', ',']) || behind.len() == 1).then(|| (title[..end].to_owned(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_steps_stand_at_the_beginning_of_titles() {
        for (title, words, number) in
            [("Step 5 - Shares", "Step 5", 5), ("第 5 步 份额", "第 5 步", 5), ("第12步：份额", "第12步", 12)]
        {
            assert_eq!(said(title), Some((words.to_owned(), number)), "{title}");
        }
        for title in
            ["A step of 5", "Steps 1 and 2", "Step by step", "第一步", "第 5 行", "Step 9223372036854775808"]
        {
            assert_eq!(said(title), None, "{title}");
        }
    }
}
