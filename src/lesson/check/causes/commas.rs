//! Lists whose items are separated by blanks, `、` or `；`: `[thing person wool]` is one item, and whatever is wrong with
//! `person` further down follows from that.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::lesson::check::errors;
use crate::lesson::check::names::slips::is_curly;
use crate::yaml::{Scalar, Style, Tree, Value, in_other_brackets};

/// So many lists are tried with their commas; each is another check.
const TRIED: usize = 8;
/// So many of the commas that are told as one are marked.
const MARKED: usize = 12;

/// A list or text that may have been meant otherwise.
pub(in crate::lesson::check) struct Suspect {
    /// Where it stands.
    pub(in crate::lesson::check) place: Span,
    /// The items that it would have.
    pub(in crate::lesson::check) items: Vec<Tree>,
    /// What is said of it, if it is the mistake.
    pub(in crate::lesson::check) finding: Diagnostic,
}

/// What may be wrong with it.
#[derive(Clone, Copy)]
enum Slip {
    /// Blanks or other signs between its items.
    Separators,
    /// Blanks within its names, which are written with `_` where they are used.
    Blanks,
    /// Words with commas between them in no brackets, or in these.
    Brackets(Option<(char, char)>),
    /// Names in curly quotation marks, which are used without these.
    Marks,
    /// A comma behind each item that stands on a line of its own.
    Commas,
}

/// What is found in a lesson with errors once its lists have their commas, as far as that leaves fewer errors: then the
/// list is the error. The `suspects` are those of this tree, and `check` gives the findings of a tree.
pub(in crate::lesson::check) fn without_consequences(
    suspects: Vec<Suspect>,
    tree: &Tree,
    findings: Vec<Diagnostic>,
    check: impl Fn(&Tree) -> Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    if suspects.is_empty() {
        return findings;
    }
    let (mut best, mut lists) = (findings, Vec::new());
    let mut tree = tree.clone();
    for suspect in suspects.into_iter().take(TRIED) {
        if errors(&best) == 0 {
            break;
        }
        let mut candidate = tree.clone();
        candidate.put(suspect.place, &Value::List(suspect.items));
        let left = check(&candidate);
        if errors(&left) < errors(&best) {
            (best, tree) = (left, candidate);
            // Of two readings of one place the later stands in the tree.
            lists.retain(|other: &Diagnostic| other.span != suspect.finding.span);
            lists.push(suspect.finding);
        }
    }
    best.extend(lists);
    best
}

impl Suspect {
    fn new(place: Span, items: Vec<Tree>, slip: Slip) -> Self {
        let finding = slip.finding(place, &items);
        Self { place, items, finding }
    }
}

impl Slip {
    fn finding(self, place: Span, items: &[Tree]) -> Diagnostic {
        let names: Vec<&str> = items.iter().filter_map(Tree::as_text).collect();
        let joined = names.join(", ");
        let message = match self {
            Self::Separators => {
                both!(
                    "the items of this list are not separated by commas",
                    "这个列表的各项没有用英文逗号分开"
                )
            }
            Self::Blanks => both!(
                "these names have spaces in them here, and `_` where they are used",
                "这里的名字中间是空格，用到它们的地方写的却是 `_`"
            ),
            Self::Brackets(None) => both!("these words are in no brackets", "这些词没有写在方括号里"),
            Self::Brackets(Some((opening, closing))) => both!(
                "a list must stand in `[…]`, not in `{opening}…{closing}`",
                "列表要写在 `[…]` 里，而不是 `{opening}…{closing}` 里"
            ),
            Self::Marks => both!(
                "these names have curly quotation marks here, and none where they are used",
                "这里的名字加了中文引号，用到它们的地方却没有"
            ),
            Self::Commas => {
                let message = both!("this line ends with a comma too many", "这一行末尾多了一个逗号");
                let hint = both!(
                    "remove the commas at the ends of the lines of this list",
                    "请去掉这个列表各行末尾的逗号"
                );
                let longer = |item: &&Tree| {
                    item.as_text().is_some_and(|text| text.len() < item.span.end - item.span.start)
                };
                let comma = |item: &Tree| Span::new(item.span.end - 1, item.span.end);
                let commas: Vec<Span> = items.iter().filter(longer).map(comma).collect();
                let first = commas.first().copied().unwrap_or(place);
                let finding = Diagnostic::new(Code::WrongKind, first, message).with_hint(hint);
                let marked =
                    commas.iter().skip(1).take(MARKED).fold(finding, |it, comma| it.with_another(*comma));
                return commas.into_iter().fold(marked, |finding, comma| finding.with_fix(comma, ""));
            }
        };
        Diagnostic::new(Code::WrongKind, place, message)
            .with_hint(both!("write `[{joined}]`", "请写成 `[{joined}]`"))
            .with_fix(place, format!("[{joined}]"))
    }
}

/// The lists of axes and texts that may lack commas, and the texts that may be lists, with the items that would be in them.
pub(in crate::lesson::check) fn suspects(source: &Source, tree: &Tree) -> Vec<Suspect> {
    let plain = |item: &Tree| item.as_scalar().is_some_and(|scalar| scalar.style == Style::Plain);
    let mut found = Vec::new();
    for list in lists(tree).into_iter().chain(glosses(tree)) {
        let Some(items) = list.as_list() else { continue };
        if !source.slice(list.span).starts_with('[') {
            let bare = |item: &Tree| Some(renamed(item, item.as_text()?.strip_suffix(',')?));
            if items.first().is_some_and(|item| plain(item) && bare(item).is_some()) {
                let items = items.iter().map(|item| bare(item).unwrap_or_else(|| item.clone())).collect();
                found.push(Suspect::new(list.span, items, Slip::Commas));
            }
            continue;
        }
        let curly = |item: &&Tree| item.as_text().is_some_and(|text| text.starts_with(is_curly));
        if items.iter().filter(|item| plain(item)).any(|item| curly(&item)) {
            let bare = |item: &Tree| {
                item.as_text().map_or_else(String::new, |text| text.trim_matches(is_curly).to_owned())
            };
            let items = items.iter().map(|item| renamed(item, &bare(item))).collect();
            found.push(Suspect::new(list.span, items, Slip::Marks));
            continue;
        }
        let split: Vec<Tree> = items.iter().flat_map(words_of).collect();
        if split.len() > items.len() && items.iter().all(plain) {
            found.push(Suspect::new(list.span, split, Slip::Separators));
            // A full stop in the place of a comma.
            let stopped =
                |item: &Tree| renamed(item, item.as_text().unwrap_or_default().trim_end_matches('.'));
            if items.iter().any(|item| item.as_text().is_some_and(|text| text.contains(". "))) {
                let split = items.iter().flat_map(words_of).map(|word| stopped(&word)).collect();
                found.push(Suspect::new(list.span, split, Slip::Separators));
            }
            let joined = items.iter().map(|item| renamed(item, &blanks_joined(item))).collect();
            found.push(Suspect::new(list.span, joined, Slip::Blanks));
        }
    }
    for text in sentences(tree).filter(|text| plain(text)) {
        let written = text.as_text().unwrap_or_default();
        let words = between_commas(written);
        let items: Vec<Tree> = words.into_iter().map(|word| renamed(text, word)).collect();
        if !items.is_empty() {
            let around = in_other_brackets(written).map(|(pair, _)| pair);
            found.push(Suspect::new(text.span, items, Slip::Brackets(around)));
        }
    }
    found
}

/// The single words of a text between all of which stands a comma, or `、`.
fn between_commas(text: &str) -> Vec<&str> {
    // After a single comma a sentence may go on.
    const FEWEST: usize = 3;
    let inside = in_other_brackets(text);
    let is_in_others = inside.is_some();
    let text = inside.map_or(text, |(_, inner)| inner);
    let words: Vec<&str> = text.split([',', '，', '、']).map(str::trim).collect();
    let fits = words.iter().all(|word| !word.is_empty() && !word.contains(char::is_whitespace));
    let is_list = words.len() >= FEWEST || (words.len() > 1 && (is_in_others || text.contains('、')));
    if fits && is_list { words } else { Vec::new() }
}

fn blanks_joined(item: &Tree) -> String {
    item.as_text().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join("_")
}

pub(in crate::lesson::check) fn renamed(item: &Tree, word: &str) -> Tree {
    Tree { span: item.span, value: Value::Scalar(Scalar { text: word.to_owned(), style: Style::Plain }) }
}

/// The texts that are written as sentences.
fn sentences(tree: &Tree) -> impl Iterator<Item = &Tree> {
    let entries = tree.get("texts").and_then(Tree::as_map).unwrap_or_default().iter();
    let texts = entries.map(|(_, text)| text).chain(tree.get("text"));
    texts.map(|text| text.get("tokens").unwrap_or(text)).filter(|text| text.as_text().is_some())
}

/// The lists of glosses.
fn glosses(tree: &Tree) -> impl Iterator<Item = &Tree> {
    let entries = tree.get("texts").and_then(Tree::as_map).unwrap_or_default().iter();
    let texts = entries.map(|(_, text)| text).chain(tree.get("text"));
    let languages = texts.filter_map(|text| text.get("gloss").and_then(Tree::as_map));
    languages.flatten().map(|(_, words)| words)
}

/// The lists of features and tokens.
pub(in crate::lesson::check) fn lists(tree: &Tree) -> Vec<&Tree> {
    let entries = |field| tree.get(field).and_then(Tree::as_map).unwrap_or_default().iter();
    let texts = entries("texts").map(|(_, text)| text).chain(tree.get("text"));
    let tokens = texts.map(|text| text.get("tokens").unwrap_or(text));
    entries("axes").map(|(_, axis)| axis).chain(tokens).filter(|list| list.as_list().is_some()).collect()
}

/// An item without quotation marks, cut where a comma may be missing.
pub(in crate::lesson::check) fn words_of(item: &Tree) -> Vec<Tree> {
    let Some(scalar) = item.as_scalar().filter(|scalar| scalar.style == Style::Plain) else {
        return vec![item.clone()];
    };
    let words = scalar.text.split(|c: char| c.is_whitespace() || matches!(c, '、' | '；' | ';'));
    words.filter(|word| !word.is_empty()).map(|word| renamed(item, word)).collect()
}
