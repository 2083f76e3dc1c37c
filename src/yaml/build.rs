//! From the library's events to a [`Tree`], without recursion and within bounds.

use std::collections::{BTreeSet, HashMap};

use saphyr_parser::{Event, Parser, ScalarStyle};
use unicode_normalization::UnicodeNormalization as _;

use super::draft::Draft;
use super::indentation::indent;
use super::keys::{self, Next, Place};
use super::refusal::{control_character, item_too_deep, missing_space, too_deep, too_many, unsupported_mark};
use super::{
    Key, MAX_DEPTH, MAX_VALUES, Scalar, Style, Tree, Value, quotes, quotes::quoting, quotes::tex, refusal,
};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, ENOUGH, Span, is_unprintable};

/// What came of reading a draft.
pub(super) struct Built {
    /// The document, if all of it could be read.
    pub(super) tree: Option<Tree>,
    /// What is wrong with it beyond its syntax.
    pub(super) findings: Vec<Diagnostic>,
    /// Why the reading stopped before the end, if it did.
    pub(super) stopped: Option<Stop>,
}

/// Where the reading stopped.
pub(super) struct Stop {
    /// The character of the draft; at most the one after its last, whatever the library says.
    pub(super) at: usize,
    /// The library's words for it.
    pub(super) why: String,
    /// The innermost bracket that is still open.
    pub(super) bracket: Option<usize>,
    /// The outermost one.
    pub(super) outermost: Option<usize>,
}

/// Reads the draft as one document.
pub(super) fn build(draft: &Draft) -> Built {
    let text = draft.text();
    let mut builder =
        Builder { draft, open: Vec::new(), root: None, values: 0, documents: 0, findings: Vec::new() };
    let mut stopped = None;
    // The library's own `load` would recurse once per level; the iterator does not.
    for event in Parser::new_from_str(&text) {
        match event {
            Ok((event, span)) => {
                if !builder.take(event, span.start.index(), span.end.index()) {
                    return Built { tree: None, findings: builder.findings, stopped: None };
                }
            }
            Err(error) => {
                let mut brackets = builder.open.iter().filter_map(|open| open.bracket);
                let outermost = brackets.next();
                stopped = Some(Stop {
                    at: error.marker().index().min(draft.len()),
                    why: error.info().to_owned(),
                    bracket: brackets.next_back().or(outermost),
                    outermost,
                });
                break;
            }
        }
    }
    let Builder { root, findings, .. } = builder;
    let nothing = || Tree {
        span: Span::at(0),
        value: Value::Scalar(Scalar { text: String::new(), style: Style::Plain }),
    };
    let tree = if stopped.is_none() { Some(root.unwrap_or_else(nothing)) } else { None };
    Built { tree, findings, stopped }
}

struct Builder<'a> {
    draft: &'a Draft,
    /// The lists and maps that are not finished, from the outside in.
    open: Vec<Open>,
    root: Option<Tree>,
    values: usize,
    documents: usize,
    findings: Vec<Diagnostic>,
}

/// A list or map that is not finished.
struct Open {
    span: Span,
    /// Where its `[` or `{` stands, if it has one.
    bracket: Option<usize>,
    contents: Contents,
}

enum Contents {
    List(Vec<Tree>),
    Map { entries: Vec<(Key, Tree)>, places: HashMap<String, Span>, next: Next },
}

impl Builder<'_> {
    /// Takes one event in; `false` to stop.
    fn take(&mut self, event: Event<'_>, start: usize, end: usize) -> bool {
        if self.findings.len() >= ENOUGH {
            return false;
        }
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => true,
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.several_documents(start);
                }
                self.documents == 1
            }
            Event::Alias(_) => {
                self.refuse_mark(start, end);
                self.add_scalar(String::new(), Style::Quoted, start, end)
            }
            Event::Scalar(text, style, anchor, tag) => {
                if anchor > 0 || tag.is_some() {
                    self.refuse_mark(start, end);
                }
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                self.add_scalar(normalised(&text), style, start, end)
            }
            Event::SequenceStart(anchor, tag) => {
                if anchor > 0 || tag.is_some() {
                    self.refuse_mark(start, end);
                }
                self.enter(Contents::List(Vec::new()), start, end)
            }
            Event::MappingStart(anchor, tag) => {
                if anchor > 0 || tag.is_some() {
                    self.refuse_mark(start, end);
                }
                let contents = Contents::Map { entries: Vec::new(), places: HashMap::new(), next: Next::Key };
                self.enter(contents, start, end)
            }
            Event::SequenceEnd | Event::MappingEnd => self.leave(start),
        }
    }

    fn enter(&mut self, contents: Contents, start: usize, end: usize) -> bool {
        // The library counts the blanks behind a bracket to it.
        let visible = |at: &usize| self.draft.get(*at).is_some_and(|c| !c.is_whitespace());
        let bracket = (start..end).rev().find(visible);
        let bracket = bracket.filter(|&at| matches!(self.draft.get(at), Some('[' | '{')));
        let span = bracket.map_or(Span::at(self.draft.byte(start)), |at| self.draft.span(at, end));
        if self.open.len() >= MAX_DEPTH {
            self.findings.push(too_deep(span));
            return false;
        }
        let is_key = self
            .open
            .last()
            .is_some_and(|open| matches!(open.contents, Contents::Map { next: Next::Key, .. }));
        if is_key {
            self.findings.push(
                Diagnostic::new(
                    Code::UnsupportedYaml,
                    span,
                    both!("a name before `:` must be a plain word", "`:` 前面的名字必须是一个普通的词"),
                )
                .with_hint(both!(
                    "if this is a text with brackets in it, put the whole text in quotation marks: \"…\"",
                    "如果这是一段带括号的文字，请给整段文字加上英文引号：\"…\""
                )),
            );
        }
        self.open.push(Open { span, bracket, contents });
        true
    }

    fn leave(&mut self, closing: usize) -> bool {
        let Some(Open { mut span, bracket, contents }) = self.open.pop() else { return true };
        if bracket.is_some() {
            span.end = self.draft.byte(closing + 1);
        }
        let value = match contents {
            Contents::List(items) => Value::List(items),
            Contents::Map { entries, .. } => {
                if bracket.is_none() && self.is_in_list() {
                    keys::tell_of_lost_dash(&entries, self.draft, &mut self.findings);
                }
                Value::Map(entries)
            }
        };
        self.add(Tree { span, value })
    }

    /// Whether what is read next is an item with `-`.
    fn is_in_list(&self) -> bool {
        is_list_of_lines(self.open.last())
    }

    fn add_scalar(&mut self, text: String, style: Style, start: usize, end: usize) -> bool {
        let written = self.draft.slice(start, end);
        let kept = written.len() - written.iter().rev().take_while(|c| c.is_whitespace()).count();
        let end = if style == Style::Plain && text.is_empty() { start } else { start + kept };
        let span = self.draft.span(start, end);
        if !self.lost_backslashes(style, start, end)
            && let Some(c) = text.chars().find(|c| is_unprintable(*c))
        {
            self.findings.push(control_character(span, c));
        }
        if style == Style::Plain
            && self
                .open
                .last()
                .is_some_and(|open| open.bracket.is_none() && matches!(open.contents, Contents::List(_)))
            && let Some(at) = deeper_item(written)
        {
            self.item_too_deep(start, start + at);
        }
        self.add(Tree { span, value: Value::Scalar(Scalar { text, style }) })
    }

    /// Reports a `-` within the text of an item that begins at `start`.
    fn item_too_deep(&mut self, start: usize, dash: usize) {
        let (above, own) = (self.draft.line(start).0, self.draft.line(dash).0);
        let first = above + indent(above, self.draft);
        let by = indent(own, self.draft).saturating_sub(first - above);
        let place = |at: usize| self.draft.span(at, at + 1);
        self.findings.push(item_too_deep(place(dash), place(first), by));
    }

    /// Reports words of TeX in double quotation marks; gives whether there are any.
    fn lost_backslashes(&mut self, style: Style, start: usize, end: usize) -> bool {
        let written = self.draft.slice(start, end);
        if style != Style::Quoted || written.first() != Some(&'"') || !written.contains(&'\\') {
            return false;
        }
        let lost = tex::explain(start, self.draft);
        let is_lost = lost.is_some();
        self.findings.extend(lost.map(|it| it.finding));
        is_lost
    }

    fn add(&mut self, tree: Tree) -> bool {
        self.values += 1;
        if self.values > MAX_VALUES {
            self.findings.push(too_many(tree.span));
            return false;
        }
        let is_item = self.open.split_last().is_some_and(|(_, above)| is_list_of_lines(above.last()));
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(tree);
            return true;
        };
        open.span.end = open.span.end.max(tree.span.end);
        let place = Place { draft: self.draft, is_item, in_brackets: open.bracket.is_some() };
        match &mut open.contents {
            Contents::List(items) => items.push(tree),
            Contents::Map { entries, places, next } => match std::mem::replace(next, Next::Key) {
                Next::Key => *next = keys::take(tree, entries.first(), &place, places, &mut self.findings),
                Next::Value(key) => {
                    match open.bracket.and_then(|_| keys::split_at_colon(&key, &tree, self.draft)) {
                        Some((colon, entry)) => {
                            let (name, value) = (&entry.0.text, entry.1.as_text());
                            let around = value.map(|value| (name.as_str(), value));
                            let finding = missing_space(colon, around);
                            self.findings.push(finding.with_fix(Span::at(colon.end), " "));
                            entries.push(entry);
                        }
                        None => entries.push((key, tree)),
                    }
                }
                Next::Dropped => {}
            },
        }
        true
    }

    /// An anchor, alias or tag, which is nearly always a text that starts with `&`, `*` or `!`.
    fn refuse_mark(&mut self, start: usize, end: usize) {
        let written = self.draft.slice(start, end);
        let mark = written.first().copied().unwrap_or('!');
        let length = written.iter().take_while(|c| !c.is_whitespace()).count();
        let finding = unsupported_mark(self.draft.span(start, start + length), mark);
        let word: String = written[..length].iter().collect();
        let (_, line_end) = self.draft.line(start);
        let rest: String = self.draft.slice(start + length, line_end).iter().collect();
        // Such a text may really be an anchor or an alias: quotation marks would not make it right.
        let in_brackets = self.open.last().is_some_and(|open| open.bracket.is_some());
        let ends = |text: &str| text.contains([',', '}', ']']);
        let is_whole = in_brackets && (ends(&word) || rest.trim_start().starts_with([',', '}', ']']));
        let is_prose = is_whole || rest.trim_start().starts_with(char::is_alphanumeric);
        let quoted = quotes::quoted(start, self.draft).filter(|_| is_prose);
        self.findings.push(match quoted {
            Some(quoted) => quoted.fixing(finding.with_hint(quoting::how(&quoted, self.draft)), self.draft),
            None => refusal::without_mark(finding, &word, self.draft),
        });
    }

    fn several_documents(&mut self, start: usize) {
        // The library tells where what follows begins; `---` or `...` stands at its start or above it.
        let mark = |line: &(usize, usize)| {
            let words = self.draft.slice(line.0, line.1);
            words.starts_with(&['-', '-', '-']) || words.starts_with(&['.', '.', '.'])
        };
        let lines = std::iter::successors(Some(self.draft.line(start)), |(start, _)| {
            start.checked_sub(1).map(|above| self.draft.line(above))
        });
        let start = lines.into_iter().find(mark).map_or(start, |(start, _)| start);
        let sign: String = self.draft.slice(start, start + 3).iter().collect();
        self.findings.push(
            Diagnostic::new(
                Code::UnsupportedYaml,
                self.draft.span(start, start + 3),
                both!(
                    "this `{sign}` ends the lesson: nothing below it is read",
                    "课程到这个 `{sign}` 就结束了，后面的内容不会被读取"
                ),
            )
            .with_hint(if self.begins_anew(start) {
                both!(
                    "a file holds one lesson, and another begins below: move all that follows into a file of its own, and remove this line",
                    "一个文件只能写一课，而下面开始了另一课：请把后面的内容移到另一个文件，再删去这一行"
                )
            } else {
                both!("remove this line", "请删去这一行")
            }),
        );
    }

    /// Whether a name of the lesson stands at the left edge above this place and below it.
    fn begins_anew(&self, at: usize) -> bool {
        let text = self.draft.text();
        let before: usize = text.chars().take(at).map(char::len_utf8).sum();
        let name = |line: &'_ str| line.split_once(':').map(|(name, _)| name.to_owned());
        let is_name = |name: &String| !name.is_empty() && !name.contains([' ', '#', '-']);
        let above: BTreeSet<String> = text[..before].lines().filter_map(name).filter(is_name).collect();
        text[before..].lines().filter_map(name).any(|name| above.contains(&name))
    }
}

/// Whether it is a list without brackets, whose items have `-`.
fn is_list_of_lines(open: Option<&Open>) -> bool {
    open.is_some_and(|open| open.bracket.is_none() && matches!(open.contents, Contents::List(_)))
}

fn normalised(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}

/// Where, in a list item written without quotes over several lines, a line starts with `- `.
fn deeper_item(written: &[char]) -> Option<usize> {
    let mut line_start = written.iter().position(|c| *c == '\n')? + 1;
    loop {
        let line = &written[line_start..];
        let indent = line.iter().take_while(|c| **c == ' ').count();
        if line[indent..].starts_with(&['-', ' ']) {
            return Some(line_start + indent);
        }
        line_start += line.iter().position(|c| *c == '\n')? + 1;
    }
}
