//! A page for every code: what it means, a small wrong example and the right one.
//!
//! The examples are whole lessons, and a test checks them: the wrong one has that finding, the right one has none.

mod advice;
mod meaning;
mod writing;

use super::Code;
use crate::language::Words;

/// What there is to know about a code.
#[derive(Debug)]
pub struct Page {
    /// The code.
    pub code: Code,
    /// What it is about, in a few words.
    pub title: Words,
    /// What it means and what to do, in a few sentences.
    pub meaning: Words,
    /// A lesson with this finding, as bytes because one of them is not text.
    pub wrong: &'static [u8],
    /// The same lesson without it.
    pub right: &'static str,
}

impl Page {
    /// The page of a code.
    pub fn of(code: Code) -> &'static Self {
        Self::all().find(|page| page.code == code).expect("a test finds a page for every code")
    }

    /// All pages, in the order of [`Code::ALL`].
    pub fn all() -> impl Iterator<Item = &'static Self> {
        writing::PAGES.iter().chain(meaning::PAGES).chain(advice::PAGES)
    }
}

const fn page(code: Code, title: Words, meaning: Words, wrong: &'static str, right: &'static str) -> Page {
    Page { code, title, meaning, wrong: wrong.as_bytes(), right }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_page_in_its_order() {
        let codes: Vec<Code> = Page::all().map(|page| page.code).collect();
        assert_eq!(codes, Code::ALL);
        assert_eq!(Page::of(Code::Empty).code, Code::Empty);
    }
}
