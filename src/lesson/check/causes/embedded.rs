//! A text that is not looked up: `X: {embed: [story]}` in a lesson that goes on with `X@sight`. Whatever is computed of `X`
//! is then missing for `sight`, wherever it is named.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::lesson::check::causes::commas::{Suspect, renamed};
use crate::lesson::check::causes::tree::definitions;
use crate::yaml::Tree;

/// A name with `@` and a text may be a slip; so many of them are not.
const FEWEST: usize = 2;

/// What is made for some of the texts, where names of the others are used.
pub(in crate::lesson::check) fn suspects(source: &Source, tree: &Tree) -> Vec<Suspect> {
    let texts = tree.get("texts").and_then(Tree::as_map).unwrap_or_default();
    let texts: Vec<&str> = texts.iter().map(|(key, _)| key.text.as_str()).collect();
    let defined = definitions(tree);
    let embeds = defined.filter_map(|(key, kind)| Some((key.text.as_str(), kind.get("embed")?)));
    embeds.filter_map(|(name, value)| suspect(source, name, value, &texts)).collect()
}

fn suspect(source: &Source, name: &str, value: &Tree, texts: &[&str]) -> Option<Suspect> {
    let own = value.as_list().unwrap_or(std::slice::from_ref(value));
    let own: Vec<&str> = own.iter().map(Tree::as_text).collect::<Option<_>>()?;
    if own.is_empty() || !own.iter().all(|text| texts.contains(text)) {
        return None;
    }
    let mut uses: Vec<Span> =
        texts.iter().filter(|text| !own.contains(text)).flat_map(|text| uses(source, text)).collect();
    uses.sort();
    let is_own = |span: &&Span| source.slice(**span).split('@').next() == Some(name);
    let example = *uses.iter().find(is_own).or(uses.first())?;
    let is_used = |text: &&str| uses.iter().any(|span| source.slice(*span).split('@').nth(1) == Some(*text));
    let all: Vec<&str> = texts.iter().filter(|text| own.contains(text) || is_used(text)).copied().collect();
    let shown = source.slice(example);
    let (made, meant) = (own.join("`, `"), all.join(", "));
    let finding = Diagnostic::new(
        Code::UnknownName,
        value.span,
        both!("`{name}` is made for `{made}` only", "这里只为 `{made}` 生成了 `{name}`"),
    )
    .with_related(example, both!("`{shown}` is used here", "这里用到了 `{shown}`"))
    .with_hint(both!("write `embed: [{meant}]`", "请写 `embed: [{meant}]`"))
    .with_fix(value.span, format!("[{meant}]"));
    (uses.len() >= FEWEST).then(|| Suspect {
        place: value.span,
        items: all.into_iter().map(|text| renamed(value, text)).collect(),
        finding,
    })
}

/// Where names end with `@` and this text.
fn uses(source: &Source, of: &str) -> Vec<Span> {
    let (text, end) = (&source.text, format!("@{of}"));
    let in_text = |c: char| c.is_alphanumeric() || c == '_';
    let name = |(at, _): (usize, &str)| {
        let start = text[..at].trim_end_matches(|c| in_text(c) || c == '.').len();
        let line = text[..start].rsplit('\n').next().unwrap_or_default();
        let is_whole = start < at && !text[at + end.len()..].starts_with(in_text);
        (is_whole && !line.trim_start().starts_with('#')).then(|| Span::new(start, at + end.len()))
    };
    text.match_indices(&end).filter_map(name).collect()
}
