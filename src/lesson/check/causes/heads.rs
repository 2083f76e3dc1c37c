//! Several heads: one that was copied, one that is lost, and names that the lesson does not call them by.

use super::tree::{Change, definitions, said, scalars, with_entry};
use super::{Kind, Reading, all_lines};
use crate::both;
use crate::diagnostic::{Diagnostic, Source, Span};
use crate::language::{Localised, all_of};
use crate::lesson::check::causes::operands::may_come_of_it;
use crate::lesson::check::remedies::insertion;
use crate::lesson::check::{Checker, is_error};
use crate::yaml::{Key, Tree, Value};

/// The names of more heads are not tried in every order.
const NAMED: usize = 3;
/// A head that is called by its number so often is no slip there.
const OFTEN: usize = 4;
const WEIGHTS: [&str; 3] = ["W_Q", "W_K", "W_V"];

/// The lesson with the heads that may have been meant.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    use crate::diagnostic::Code::UnknownName;
    if !findings.iter().any(|it| is_error(it) && (may_come_of_it(it) || it.code == UnknownName)) {
        return Vec::new();
    }
    let unknown = findings.iter().filter(|it| it.code == UnknownName).count();
    let lists = definitions(tree).filter_map(|(key, made)| {
        let (kind, of) = made.as_map()?.first()?;
        let (prefix, of) = match of.get("attention") {
            Some(inner) => (format!("{}.attention", key.text), inner),
            None => (key.text.clone(), of),
        };
        let list = of.get("heads")?;
        let items = list.as_list().filter(|_| kind.text != "given")?;
        Some(Heads { source: checker.source, tree, prefix, list, items, unknown })
    });
    lists.flat_map(|heads| heads.readings()).collect()
}

struct Heads<'t> {
    source: &'t Source,
    tree: &'t Tree,
    /// What the names of their parts begin with.
    prefix: String,
    list: &'t Tree,
    items: &'t [Tree],
    /// How many names are unknown.
    unknown: usize,
}

impl Heads<'_> {
    fn readings(&self) -> Vec<Reading> {
        let mut readings: Vec<Reading> = self.copied().into_iter().collect();
        readings.extend(self.said_twice());
        readings.extend(self.lost());
        readings.extend(self.nameless());
        readings.extend(self.numbered());
        readings
    }

    fn names(&self) -> Vec<&str> {
        self.items.iter().filter_map(|head| head.get("name")?.as_text()).collect()
    }

    /// What the lesson calls the heads, in the order of the file.
    fn spoken_of(&self) -> Vec<&str> {
        let start = format!("{}.", self.prefix);
        let rests =
            self.source.text.match_indices(&start).map(|(at, _)| &self.source.text[at + start.len()..]);
        let is_in_name = |c: char| c.is_alphanumeric() || c == '_';
        let called = rests.filter_map(|rest| {
            let end = rest.find(|c| !is_in_name(c))?;
            (end > 0 && rest[end..].starts_with('.')).then(|| &rest[..end])
        });
        let mut names: Vec<&str> = Vec::new();
        called.for_each(|name| {
            if !names.contains(&name) {
                names.push(name);
            }
        });
        names
    }

    /// The only matrix that nothing uses and that is called as a field is.
    fn unused(&self, field: &str) -> Option<&str> {
        let is_used = |name: &str| {
            definitions(self.tree).any(|(_, it)| scalars(it).iter().any(|it| it.as_text() == Some(name)))
        };
        let named = definitions(self.tree).map(|(key, _)| key.text.as_str());
        let mut unused = named.filter(|name| name.starts_with(field) && !is_used(name));
        unused.next().filter(|_| unused.next().is_none())
    }

    /// A head with the weights of an earlier one, and the earlier one.
    fn same(&self) -> Option<(usize, &Tree, &Tree)> {
        let weights = |head: &Tree| WEIGHTS.map(|field| Some(head.get(field)?.as_text()?.to_owned()));
        self.items.iter().enumerate().find_map(|(at, head)| {
            let other = self.items[..at].iter().find(|other| weights(other) == weights(head))?;
            Some((at, head, other))
        })
    }

    /// The same weights once more, where others are there that nothing uses.
    fn copied(&self) -> Option<Reading> {
        let (_, head, other) = self.same()?;
        let of = head.as_map()?.iter().filter(|(key, _)| WEIGHTS.contains(&key.text.as_str()));
        let meant = of.map(|(key, value)| Some((key, value, self.unused(&key.text)?)));
        let meant: Vec<(&Key, &Tree, &str)> = meant.collect::<Option<_>>()?;
        let [(first, ..), .., (_, last, _)] = meant.as_slice() else { return None };
        let Localised { en, zh } = all_of(meant.iter().map(|(_, _, name)| format!("`{name}`")));
        let (noun, noun_zh) = match other.get("name").and_then(Tree::as_text) {
            Some(name) => (format!("head `{name}`"), format!("头 `{name}` ")),
            None => ("another head".to_owned(), "另一个头".to_owned()),
        };
        let message = both!(
            "this head has the weights of {noun}, and nothing uses {en}",
            "这个头的权重与{noun_zh}的相同，而 {zh} 没有用到"
        );
        let fields = all_of(meant.iter().map(|(key, _, name)| format!("`{}: {name}`", key.text)));
        let (fields, fields_zh) = (fields.en, fields.zh);
        let hint = both!("write {fields}", "请写 {fields_zh}");
        let mut changes = meant.iter().map(|(_, value, name)| Change::Value(value.span, said(name)));
        let change = changes.next()?;
        let reading =
            Reading::new(Kind::Unused, change, first.span.to(last.span), message, hint).with_changes(changes);
        Some(meant.iter().fold(reading, |it, (_, value, name)| it.with_fix(value.span, *name)))
    }

    /// The same head once more.
    fn said_twice(&self) -> Option<Reading> {
        let (at, head, _) = self.same()?;
        let mut left = self.items.to_vec();
        left.remove(at);
        let message = both!(
            "this head has the same weights as another; with one of them all that the lesson says is right",
            "这个头的权重与另一个头完全相同；只写一个，课里说的才成立"
        );
        let hint = both!("remove this one", "请删去这一个");
        let changed = Change::Value(self.list.span, Value::List(left));
        let from_last = Span::new(self.items[at - 1].span.end, head.span.end);
        Some(Reading::new(Kind::Unused, changed, head.span, message, hint).with_fix(from_last, ""))
    }

    /// A head of which the lesson speaks, and whose weights nothing uses.
    fn lost(&self) -> Option<Reading> {
        let known = self.names();
        let mut missing = self.spoken_of().into_iter().filter(|name| !known.contains(name));
        let name = missing.next().filter(|_| missing.next().is_none())?;
        let last = self.items.last().filter(|_| known.len() == self.items.len())?;
        let weights = last.as_map()?.iter().filter(|(key, _)| WEIGHTS.contains(&key.text.as_str()));
        let weights = weights.map(|(key, _)| Some((key.text.as_str(), self.unused(&key.text)?)));
        let fields: Vec<(&str, &str)> =
            std::iter::once(Some(("name", name))).chain(weights).collect::<Option<_>>()?;
        let entry = |(field, value): &(&str, &str)| {
            let span = Span::at(last.span.end);
            (Key { text: (*field).to_owned(), span }, Tree { span, value: said(value) })
        };
        let head = Value::Map(fields.iter().map(entry).collect());
        let mut heads = self.items.to_vec();
        heads.push(Tree { span: Span::at(last.span.end), value: head });
        let written: Vec<String> = fields.iter().map(|(field, value)| format!("{field}: {value}")).collect();
        let written = format!("{{{}}}", written.join(", "));
        let prefix = &self.prefix;
        let message = both!(
            "the lesson speaks of a head `{name}`, which `{prefix}` does not have",
            "课里说到头 `{name}`，而 `{prefix}` 没有这个头"
        );
        let line = self.source.line(last.span.end);
        let hint = if self.source.slice(self.list.span).starts_with('[') {
            both!(
                "after the last head in line {line} write `, {written}`",
                "请在第 {line} 行最后一个头后面写 `, {written}`"
            )
        } else {
            both!("below line {line} add `- {written}`", "请在第 {line} 行下面加一行 `- {written}`")
        };
        let changed = Change::Value(self.list.span, Value::List(heads));
        Some(Reading::new(Kind::Name, changed, last.span, message, hint))
    }

    /// Names for heads that have none, in every order.
    fn nameless(&self) -> Vec<Reading> {
        let missing: Vec<&str> =
            self.spoken_of().into_iter().filter(|name| name.parse::<usize>().is_err()).collect();
        let is_tried = self.names().is_empty() && missing.len() == self.items.len() && missing.len() <= NAMED;
        if !is_tried {
            return Vec::new();
        }
        orders(&missing).iter().filter_map(|names| self.named(names)).collect()
    }

    fn named(&self, names: &[&str]) -> Option<Reading> {
        let (mut changes, mut hints) = (Vec::new(), Vec::new());
        for (head, name) in self.items.iter().zip(names) {
            changes.push(Change::Value(head.span, with_entry(head, "name", said(name))?));
            let Localised { en, zh } =
                insertion::to_add(self.source, head, self.list.span, &[format!("name: {name}")]);
            hints.push((en, zh));
        }
        let (en, zh): (Vec<String>, Vec<String>) = hints.into_iter().unzip();
        let (en, zh) = (en.join(", and "), zh.join("，并"));
        let Localised { en: called, zh: called_zh } = all_of(names.iter().map(|name| format!("`{name}`")));
        let message = both!(
            "these heads have no names, and the lesson calls them {called}",
            "这些头没有写名称，而课里称它们为 {called_zh}"
        );
        let hint = both!("{en}", "请{zh}");
        let mut changes = changes.into_iter();
        let reading = Reading::new(Kind::Name, changes.next()?, self.list.span, message, hint);
        Some(reading.with_changes(changes))
    }

    /// Heads with names that the lesson calls by their numbers.
    fn numbered(&self) -> Option<Reading> {
        let spoken = self.spoken_of();
        let names: Vec<&Tree> = self.items.iter().filter_map(|head| head.get("name")).collect();
        let is_called = spoken.iter().all(|name| name.parse::<usize>().is_ok());
        let (first, _) = names.split_first().filter(|_| is_called && self.unknown >= OFTEN)?;
        let numbered = |(at, name): (usize, &&Tree)| Change::Value(name.span, said(&(at + 1).to_string()));
        let mut changes = names.iter().enumerate().map(numbered);
        let change = changes.next()?;
        let Localised { en, zh } =
            all_of(names.iter().filter_map(|it| it.as_text()).map(|name| format!("`name: {name}`")));
        let message = both!(
            "the lesson calls these heads by their numbers, and they have names",
            "这些头有名称，而课里用序号称呼它们"
        );
        let places: Vec<Span> = names.iter().map(|name| name.span).collect();
        let Localised { en: lines, zh: lines_zh } = all_lines(self.source, &places);
        let hint = both!("in {lines} remove {en}", "请在{lines_zh}去掉 {zh}");
        Some(Reading::new(Kind::Name, change, first.span, message, hint).with_changes(changes))
    }
}

/// These words in every order.
fn orders<'w>(words: &[&'w str]) -> Vec<Vec<&'w str>> {
    if words.len() < 2 {
        return vec![words.to_vec()];
    }
    let first = |at: usize| {
        let rest: Vec<&str> = [&words[..at], &words[at + 1..]].concat();
        orders(&rest).into_iter().map(move |rest| [vec![words[at]], rest].concat()).collect::<Vec<_>>()
    };
    (0..words.len()).flat_map(first).collect()
}
