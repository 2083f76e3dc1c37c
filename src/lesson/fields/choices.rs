//! What each of a few words that may be chosen stands for, said where another word stands.

use super::Choice;
use crate::both;
use crate::language::{Localised, joined};

/// The choices with their meanings, to write one of them; `None` for names that speak for themselves, as of functions.
pub(super) fn explained(choices: &[&Choice]) -> Option<Localised<String>> {
    let each: Option<Vec<_>> = choices.iter().map(|choice| Some((choice.word, choice.meaning?))).collect();
    let each = each.filter(|each| !each.is_empty())?;
    let en = joined(each.iter().map(|(own, meaning)| format!("`{own}` ({})", meaning.en))).en;
    let zh = joined(each.iter().map(|(own, meaning)| format!("`{own}`（{}）", meaning.zh))).zh;
    Some(both!("write {en}", "请写 {zh}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_meanings_are_explained() {
        let (own, tied) =
            (Choice::new("own", "a matrix", "单独一个"), Choice::new("tied", "again", "再次使用"));
        let told = explained(&[&own, &tied]).map(|told| told.en);
        assert_eq!(told.as_deref(), Some("write `own` (a matrix) or `tied` (again)"));
        assert!(explained(&[&Choice::bare("relu"), &own]).is_none() && explained(&[]).is_none());
    }
}
