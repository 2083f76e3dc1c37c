//! Lists whose items are separated by blanks, `、` or `；`: `[thing person wool]` is one item, and whatever is wrong with
//! `person` further down follows from that.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::yaml::{Scalar, Style, Tree, Value};

/// So many lists are tried with their commas; each is another check.
const TRIED: usize = 8;

/// What is found in a lesson with errors once its lists have their commas, as far as that leaves fewer errors: then the
/// list is the error. The `suspects` are those of this tree, and `check` gives the findings of a tree.
pub(super) fn without_consequences(
    suspects: Vec<(Span, Vec<Tree>)>,
    tree: &Tree,
    findings: Vec<Diagnostic>,
    check: impl Fn(&Tree) -> Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    if suspects.is_empty() {
        return findings;
    }
    let errors = |findings: &[Diagnostic]| findings.iter().filter(|it| super::is_error(it)).count();
    let (mut best, mut lists) = (findings, Vec::new());
    let mut tree = tree.clone();
    for (list, items) in suspects.into_iter().take(TRIED) {
        if errors(&best) == 0 {
            break;
        }
        let mut candidate = tree.clone();
        replace(&mut candidate, list, &items);
        let left = check(&candidate);
        if errors(&left) < errors(&best) {
            (best, tree) = (left, candidate);
            lists.push(missing(list, &items));
        }
    }
    best.extend(lists);
    best
}

fn missing(list: Span, items: &[Tree]) -> Diagnostic {
    let names: Vec<&str> = items.iter().filter_map(Tree::as_text).collect();
    let joined = names.join(", ");
    Diagnostic::new(
        Code::WrongKind,
        list,
        both!("the items of this list are not separated by commas", "这个列表的各项没有用英文逗号分开"),
    )
    .with_hint(both!("write `[{joined}]`", "请写成 `[{joined}]`"))
    .with_fix(list, format!("[{joined}]"))
}

/// The lists of axes and texts that may lack commas, with the items that would be in them.
pub(super) fn suspects(source: &Source, tree: &Tree) -> Vec<(Span, Vec<Tree>)> {
    let mut found = Vec::new();
    for list in lists(tree) {
        let Some(items) = list.as_list().filter(|_| source.slice(list.span).starts_with('[')) else {
            continue;
        };
        let plain = |item: &Tree| item.as_scalar().is_some_and(|scalar| scalar.style == Style::Plain);
        let split: Vec<Tree> = items.iter().flat_map(words_of).collect();
        if split.len() > items.len() && items.iter().all(plain) {
            found.push((list.span, split));
        }
    }
    found
}

/// The lists of features and tokens.
pub(super) fn lists(tree: &Tree) -> Vec<&Tree> {
    let entries = |field| tree.get(field).and_then(Tree::as_map).unwrap_or_default().iter();
    let texts = entries("texts").map(|(_, text)| text).chain(tree.get("text"));
    let tokens = texts.map(|text| text.get("tokens").unwrap_or(text));
    entries("axes").map(|(_, axis)| axis).chain(tokens).filter(|list| list.as_list().is_some()).collect()
}

/// An item without quotation marks, cut where a comma may be missing.
pub(super) fn words_of(item: &Tree) -> Vec<Tree> {
    let Some(scalar) = item.as_scalar().filter(|scalar| scalar.style == Style::Plain) else {
        return vec![item.clone()];
    };
    let words = scalar.text.split(|c: char| c.is_whitespace() || matches!(c, '、' | '；' | ';'));
    let word = |word: &str| Tree {
        span: item.span,
        value: Value::Scalar(Scalar { text: word.to_owned(), style: Style::Plain }),
    };
    words.filter(|word| !word.is_empty()).map(word).collect()
}

/// Puts items into the list of this place.
fn replace(tree: &mut Tree, list: Span, items: &[Tree]) {
    match &mut tree.value {
        Value::List(own) if tree.span == list => *own = items.to_vec(),
        Value::List(own) => own.iter_mut().for_each(|item| replace(item, list, items)),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| replace(value, list, items)),
        Value::Scalar(_) => {}
    }
}
