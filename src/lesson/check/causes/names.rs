//! Names of matrices and texts that stand for their neighbours: a line that was copied, and not changed.

use super::tree::{fields, renamed, said, scalars, with, with_entry};
use super::{Kind, Reading, lines};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::language::Localised;
use crate::lesson::check::advice::items;
use crate::lesson::check::{Checker, remedies::insertion};
use crate::yaml::{Key, Tree};

/// Shorter names are all neighbours of each other.
const LONG: usize = 3;

/// The lesson with the names that may have been meant.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let mut readings = defined_twice(checker, tree, findings);
    if findings.iter().any(|it| it.code == Code::UnknownName) {
        readings.extend(for_one_text(tree));
        readings.extend(renamed_above(checker, tree, findings));
        readings.extend(in_more_rounds(checker, tree, findings));
    }
    readings.extend(with_output(checker.source, tree));
    readings.extend(of_another_field(tree));
    readings.extend(of_logits(tree, findings));
    readings.extend(unused(checker, tree));
    readings
}

/// `probabilities: {of: out}` for those of the only logits, whose columns are the tokens.
fn of_logits(tree: &Tree, findings: &[Diagnostic]) -> Option<Reading> {
    let mut logits =
        definitions(tree).filter(|(_, kind)| kind.get("logits").is_some_and(|it| it.as_map().is_some()));
    let (meant, _) = logits.next().filter(|_| logits.next().is_none())?;
    let of = |(_, kind): &'_ (Key, Tree)| {
        let of = kind.get("probabilities")?.get("of")?;
        Some((of.span, of.as_text()?.to_owned()))
    };
    let (place, own) = definitions(tree).filter_map(of).find(|(_, own)| *own != meant.text)?;
    if !findings.iter().any(|it| it.code == Code::UnknownLabel) {
        return None;
    }
    let meant = &meant.text;
    let message = both!(
        "`{own}` has no column for each token, and the logits `{meant}` have",
        "`{own}` 的列不是词元，`{meant}`（logit 值）的列才是"
    );
    let hint = both!("write `of: {meant}`", "请写 `of: {meant}`");
    let changed = with(tree, place, &said(meant));
    Some(Reading::new(Kind::Neighbour, changed, place, message, hint).with_fix(place, meant.as_str()))
}

/// `W_V: W_Q` beside a matrix `W_V` that no other matrix is made of.
fn of_another_field(tree: &Tree) -> Vec<Reading> {
    let named: Vec<&Tree> = definitions(tree).flat_map(|(_, kind)| scalars(kind)).collect();
    let is_used = |name: &str| named.iter().any(|it| it.as_text() == Some(name));
    let reading = |(name, _): &(Key, Tree)| {
        let (place, told) = told_of_field(tree, &name.text)?;
        let changed = with(tree, place, &said(&name.text));
        Some(Reading { kind: Kind::Name, tree: changed, finding: told })
    };
    definitions(tree).filter(|(name, _)| !is_used(&name.text)).filter_map(reading).collect()
}

/// What is to be said of the only field that is called as a matrix is, and names another one; with its place.
pub(in crate::lesson::check) fn told_of_field(tree: &Tree, meant: &str) -> Option<(Span, Diagnostic)> {
    let is_matrix = |name: &str| definitions(tree).any(|(key, _)| key.text == name);
    let own = definitions(tree).flat_map(|(_, kind)| fields(kind)).filter(|(key, _)| key.text == meant);
    let mut own =
        own.filter_map(|(_, value)| Some((value.span, value.as_text().filter(|it| is_matrix(it))?)));
    let (place, own) = own.next().filter(|_| own.next().is_none())?;
    let message = both!(
        "`{meant}` is `{own}` here, and the matrix `{meant}` is used by nothing",
        "这里的 `{meant}` 写的是 `{own}`，而矩阵 `{meant}` 没有用到"
    );
    let hint = both!("write `{meant}: {meant}`", "请写 `{meant}: {meant}`");
    let told = Diagnostic::new(Code::Questionable, place, message).with_hint(hint);
    Some((place, told.with_fix(place, meant)))
}

fn definitions(tree: &Tree) -> impl Iterator<Item = &(Key, Tree)> {
    items(tree, "matrices").filter_map(|item| item.as_map()?.first())
}

/// A name that is defined twice may be the second time one that is missing.
fn defined_twice(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let missing = findings.iter().filter(|it| it.code == Code::UnknownName);
    let mut missing: Vec<&str> = missing.map(|it| checker.source.slice(it.span)).collect();
    missing.sort_unstable();
    missing.dedup();
    let twice = findings.iter().filter(|it| it.code == Code::DuplicateName);
    let second = |finding: &Diagnostic| {
        let (key, _) = definitions(tree).find(|(key, _)| key.span == finding.span)?;
        Some((key.text.clone(), key.span))
    };
    let reading = |name: &str, place, meant: &&str| {
        let message = both!(
            "`{name}` is defined twice, and `{meant}` not at all",
            "`{name}` 定义了两次，而 `{meant}` 没有定义"
        );
        let hint = both!("write `{meant}` here", "请在这里写 `{meant}`");
        Reading::new(Kind::Name, renamed(tree, place, meant), place, message, hint).with_fix(place, *meant)
    };
    let again = twice.filter_map(second);
    again
        .flat_map(|(name, place)| {
            missing.iter().map(move |meant| reading(&name, place, meant)).collect::<Vec<_>>()
        })
        .collect()
}

/// `embed: [main]` makes `X@main`, and `embed: main` makes `X`.
fn for_one_text(tree: &Tree) -> Vec<Reading> {
    let embeds = definitions(tree).filter_map(|(key, kind)| Some((key, kind.get("embed")?)));
    let reading = |(key, list): (&Key, &Tree)| {
        let [only] = list.as_list()? else { return None };
        let (name, text) = (&key.text, only.as_text()?);
        let mut changed = tree.clone();
        put_list(&mut changed, list, text);
        let message = both!(
            "with `[{text}]` the matrix is called `{name}@{text}`, and the lesson calls it `{name}`",
            "写成 `[{text}]`，矩阵就叫 `{name}@{text}`，而课里写的是 `{name}`"
        );
        let hint = both!("write `embed: {text}`", "请写 `embed: {text}`");
        Some(Reading::new(Kind::Name, changed, list.span, message, hint).with_fix(list.span, text))
    };
    embeds.filter_map(reading).collect()
}

fn put_list(tree: &mut Tree, list: &Tree, text: &str) {
    use crate::yaml::Value;
    if tree.span == list.span && tree.as_list().is_some() {
        tree.value = said(text);
        return;
    }
    match &mut tree.value {
        Value::List(items) => items.iter_mut().for_each(|item| put_list(item, list, text)),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| put_list(value, list, text)),
        Value::Scalar(_) => {}
    }
}

/// For `head.pattern` and `head.scores` where the only attention got another name.
fn renamed_above(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let source = checker.source;
    let unknown = findings.iter().filter(|it| it.code == Code::UnknownName);
    let mut missing: Vec<(&str, Vec<Span>)> = Vec::new();
    for finding in unknown {
        let Some((stem, _)) = source.slice(finding.span).split_once('.') else { continue };
        match missing.iter_mut().find(|(known, _)| *known == stem) {
            Some((_, places)) => places.push(finding.span),
            None => missing.push((stem, vec![finding.span])),
        }
    }
    missing.retain(|(stem, places)| places.len() > 1 && definitions(tree).all(|(key, _)| key.text != *stem));
    let is_unused = |(key, _): &&(Key, Tree)| !source.text.contains(&format!("{}.", key.text));
    let reading = |(key, _): &(Key, Tree), (stem, places): &(&str, Vec<Span>)| {
        let own = &key.text;
        let Localised { en, zh } = lines(source, places);
        let message = both!(
            "this is called `{own}`, and the lesson speaks of `{stem}`",
            "这里的名称是 `{own}`，而课里写的是 `{stem}`"
        );
        let hint = both!(
            "write `{stem}` here; or `{own}` for `{stem}` in {en}",
            "请在这里写 `{stem}`；或把{zh}的 `{stem}` 换成 `{own}`"
        );
        Reading::new(Kind::Name, renamed(tree, key.span, stem), key.span, message, hint)
    };
    let unused: Vec<&(Key, Tree)> = definitions(tree).filter(is_unused).collect();
    missing.iter().flat_map(|stem| unused.iter().map(move |own| reading(own, stem))).collect()
}

/// For `letter.3.choice` where `letter` stops after two rounds.
fn in_more_rounds(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    const MORE: u64 = 6;
    let unknown: Vec<&str> = findings
        .iter()
        .filter(|it| it.code == Code::UnknownName)
        .map(|it| checker.source.slice(it.span))
        .collect();
    let mut readings = Vec::new();
    for (key, kind) in definitions(tree) {
        let (name, rounds) = (&key.text, kind.get("generate").and_then(|fields| fields.get("at_most")));
        let Some((rounds, count)) = rounds.and_then(|tree| Some((tree, tree.as_count()?))) else { continue };
        let is_round = |missing: &&str| missing.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        if !unknown.iter().any(is_round) {
            continue;
        }
        readings.extend((1..=MORE).map(|more| {
            let enough = (count + more).to_string();
            let message = both!(
                "`{name}` stops after `at_most: {count}`, and the lesson speaks of later rounds",
                "`{name}` 写到 `at_most: {count}` 就停了，而课里还说到后面的轮次"
            );
            let hint = both!("write `at_most: {enough}`", "请写 `at_most: {enough}`");
            let changed = with(tree, rounds.span, &said(&enough));
            Reading::new(Kind::Rounds, changed, rounds.span, message, hint).with_fix(rounds.span, enough)
        }));
    }
    readings
}

/// Heads without the `W_O` that is defined.
fn with_output(source: &Source, tree: &Tree) -> Vec<Reading> {
    const OUTPUT: &str = "W_O";
    let is_used =
        definitions(tree).any(|(_, kind)| scalars(kind).iter().any(|it| it.as_text() == Some(OUTPUT)));
    if is_used || !definitions(tree).any(|(key, _)| key.text == OUTPUT) {
        return Vec::new();
    }
    let heads = definitions(tree).filter_map(|(key, kind)| {
        let (_, of) = kind.as_map()?.first()?;
        let attention = of.get("attention").unwrap_or(of);
        Some((key, attention.entry("heads")?, attention))
    });
    let reading = |(key, (heads, _), fields): (&Key, &(Key, Tree), &Tree)| {
        let name = &key.text;
        let changed = with(tree, fields.span, &with_entry(fields, OUTPUT, said(OUTPUT))?);
        let message = both!(
            "`{name}` has no `W_O`, and the matrix `W_O` is used by nothing",
            "`{name}` 没有写 `W_O`，而矩阵 `W_O` 没有用到"
        );
        let weights = [format!("{OUTPUT}: {OUTPUT}")];
        let Localised { en, zh } = insertion::to_add(source, fields, heads.span, &weights);
        let hint = both!("{en}", "请{zh}");
        Some(Reading::new(Kind::Name, changed, heads.span, message, hint))
    };
    heads.filter_map(reading).collect()
}

/// What is named twice may be once what is named nowhere.
fn unused(checker: &Checker<'_>, tree: &Tree) -> Vec<Reading> {
    let named: Vec<&Tree> = definitions(tree).flat_map(|(_, kind)| scalars(kind)).collect();
    let uses = |name: &str| named.iter().filter(|it| it.as_text() == Some(name)).count();
    let written = |part: &str| tree.get(part).map(|tree| checker.source.slice(tree.span)).unwrap_or_default();
    let is_shown = |name: &str| written("steps").contains(name) || written("expect").contains(name);
    let matrices: Vec<&str> = definitions(tree).map(|(key, _)| key.text.as_str()).collect();
    let texts = tree.get("texts").and_then(Tree::as_map).unwrap_or_default();
    let texts: Vec<&str> = texts.iter().map(|(key, _)| key.text.as_str()).collect();
    let mut readings = Vec::new();
    for (names, is_text) in [(&matrices, false), (&texts, true)] {
        for meant in names.iter().filter(|name| uses(name) == 0 && (is_text || !is_shown(name))) {
            let is_good = is_text && checker.is_text(meant) || checker.graph.find(meant).is_some();
            let is_near = |own: &str| {
                let is_long = own.chars().count() >= LONG && own.chars().count() == meant.chars().count();
                is_good && (is_text || is_long && strsim::damerau_levenshtein(own, meant) == 1)
            };
            let instead = named.iter().filter_map(|place| Some((place, place.as_text()?)));
            for (place, own) in
                instead.filter(|(_, own)| names.contains(own) && uses(own) > 1 && is_near(own))
            {
                let message = if is_text {
                    both!(
                        "matrices are made of `{own}` here and elsewhere, and none of `{meant}`",
                        "这里和别处的矩阵都由 `{own}` 得出，而没有一个由 `{meant}` 得出"
                    )
                } else {
                    both!(
                        "`{own}` is used here and elsewhere, and `{meant}` nowhere",
                        "这里和别处都用了 `{own}`，而 `{meant}` 没有用到"
                    )
                };
                let hint = both!("write `{meant}` here", "请在这里写 `{meant}`");
                let changed = with(tree, place.span, &said(meant));
                readings.push(
                    Reading::new(Kind::Neighbour, changed, place.span, message, hint)
                        .with_fix(place.span, *meant),
                );
            }
        }
    }
    readings
}
