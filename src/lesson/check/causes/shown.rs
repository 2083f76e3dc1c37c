//! Steps that show another matrix than their words are about: then the focus lights what is not there.

use super::tree::{Change, said};
use super::{Kind, Reading};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Place;
use crate::language::{Localised, all_of};
use crate::lesson::check::Checker;
use crate::lesson::check::advice::{items, versions};
use crate::yaml::{Tree, Value};

/// More matrices than these are not shown in one step.
const MOST: usize = 2;

/// The lesson with steps that show what all numbers in their words are of.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let is_wrong = |step: &&Tree| {
        let focus = step.get("focus").map(|focus| focus.span.range());
        focus.is_some_and(|focus| {
            findings.iter().any(|it| it.code == Code::UnknownLabel && focus.contains(&it.span.start))
        })
    };
    items(tree, "steps").filter(is_wrong).filter_map(|step| of_its_words(checker, step)).collect()
}

fn of_its_words(checker: &Checker<'_>, step: &Tree) -> Option<Reading> {
    let show = step.get("show")?;
    let shown: Vec<&str> = match show.as_list() {
        Some(items) => items.iter().filter_map(Tree::as_text).collect(),
        None => vec![show.as_text()?],
    };
    let mut cited: Vec<&str> = Vec::new();
    for text in versions(step.get("say")?) {
        let values = checker.in_braces(text.as_text()?).into_iter().flat_map(|braces| braces.values);
        for node in values.filter_map(|value| value.place().map(Place::node)) {
            let name = checker.graph.node(node).name.as_str();
            if !cited.contains(&name) {
                cited.push(name);
            }
        }
    }
    let alike = parts_alike(checker, &shown, &cited);
    if !alike.is_empty() {
        cited = alike.iter().map(String::as_str).collect();
    }
    if cited.len() != shown.len() || cited.len() > MOST || cited.iter().any(|name| shown.contains(name)) {
        return None;
    }
    let (meant, value) = if let (None, [only]) = (show.as_list(), cited.as_slice()) {
        ((*only).to_owned(), said(only))
    } else {
        let item = |name: &&str| Tree { span: show.span, value: said(name) };
        (format!("[{}]", cited.join(", ")), Value::List(cited.iter().map(item).collect()))
    };
    let of = cited.iter().map(|name| format!("`{name}`"));
    let own = shown.iter().map(|name| format!("`{name}`"));
    let (Localised { en: of, zh: of_zh }, Localised { en: own, zh: own_zh }) = (all_of(of), all_of(own));
    let message = both!(
        "the numbers of this step are those of {of}, and it shows {own}",
        "这一步的数都取自 {of_zh}，显示的却是 {own_zh}"
    );
    let hint = both!("write `show: {meant}`", "请写 `show: {meant}`");
    let changed = Change::Value(show.span, value);
    Some(Reading::new(Kind::Name, changed, show.span, message, hint).with_fix(show.span, meant))
}

/// The same part of each head that is shown as is cited of one of them.
fn parts_alike(checker: &Checker<'_>, shown: &[&str], cited: &[&str]) -> Vec<String> {
    let [(Some((_, part)), only)] = cited.iter().map(|it| (it.rsplit_once('.'), *it)).collect::<Vec<_>>()[..]
    else {
        return Vec::new();
    };
    let of_head = |name: &&str| Some(format!("{}.{part}", name.rsplit_once('.')?.0));
    let meant: Option<Vec<String>> = shown.iter().map(of_head).collect();
    let is_there = |name: &String| checker.graph.find(name).is_some();
    meant
        .filter(|meant| meant.iter().any(|name| name == only) && meant.iter().all(is_there))
        .unwrap_or_default()
}
