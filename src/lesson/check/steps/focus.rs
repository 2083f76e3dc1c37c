//! What a step lights: rows, columns and cells of the matrices that it shows.

use std::ops::Range;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{NodeId, Place, Side, Trace};
use crate::language::{Localised, words};
use crate::lesson::check::advice::items;
use crate::lesson::check::locate::located;
use crate::lesson::check::names::slips::plain;
use crate::lesson::check::{Checker, remedies::insertion};
use crate::lesson::expression::{self, Entry, Surroundings, Value};
use crate::lesson::{Focus, Piece, Prose, Shown};
use crate::yaml::{Key, Style, Tree};

/// The most rows or columns that a range lights one by one.
const MOST: usize = 64;

/// The first cell of a shown matrix that a text names: what a step lights that says nothing else.
pub(in crate::lesson::check) fn named_first(say: &Prose, show: &[Shown]) -> Option<Focus> {
    say.paragraphs.iter().flatten().find_map(|piece| {
        let Piece::Number { value, .. } = piece else { return None };
        let Some(Place::Cell(cell)) = value.place() else { return None };
        let shown = show.contains(&Shown::Matrix(cell.node));
        shown.then_some(Focus { node: cell.node, row: Some(cell.row), column: Some(cell.column) })
    })
}

/// The names that a step shows.
fn names_shown(step: &Tree) -> &[Tree] {
    let names = step.get("show").map(|tree| tree.as_list().unwrap_or(std::slice::from_ref(tree)));
    names.unwrap_or_default()
}

impl Checker<'_> {
    /// The written focus in each matrix of the last shown name that has such a row and column; one must have it.
    ///
    /// One text is a reference to cells of any shown matrix.
    pub(in crate::lesson::check) fn focus(
        &mut self,
        (field, tree): &(Key, Tree),
        step: &Tree,
        (show, last): (&[Shown], &[NodeId]),
        trace: Option<&Trace>,
    ) -> Vec<Focus> {
        let names = names_shown(step);
        // What is lit may belong to a name that nothing has, or that is defined wrongly, which is reported as such.
        if !names.iter().all(|name| self.is_there(name)) {
            return Vec::new();
        }
        if last.is_empty() {
            self.nothing_to_light(step, field.span, names, tree.as_list().unwrap_or_default());
            return Vec::new();
        }
        let Some(entries) = tree.as_list() else { return self.focus_on_cells(tree, (show, last)) };
        let mut found = Vec::new();
        let mut missing = Vec::new();
        for &node in last {
            match self.focus_in(node, entries, trace) {
                Ok(mut focus) => found.append(&mut focus),
                Err(findings) => missing = findings,
            }
        }
        if found.is_empty() {
            match self.focus_in_another(entries, show, trace) {
                Some(cell) => self.report_focus_in_another(tree, last, &cell),
                None => self.findings.append(&mut missing),
            }
        }
        found
    }

    /// Whether a shown name stands for a text or for matrices.
    fn is_there(&self, name: &Tree) -> bool {
        let Some(name) = name.as_text() else { return false };
        let is_there = |name: &str| {
            self.is_text(name) || self.graph.find(name).is_some() || self.families.contains_key(name)
        };
        is_there(name) || plain(name).is_some_and(|name| is_there(&name))
    }

    /// Reports `focus` on these `entries` in a step that shows no matrix; its names are those of texts.
    fn nothing_to_light(&mut self, step: &Tree, field: Span, names: &[Tree], entries: &[Tree]) {
        let text = names.first().and_then(Tree::as_text);
        let vectors = text.and_then(|text| {
            let (_, node) = self.graph.nodes().find(|(_, node)| node.shape.rows.name() == Some(text))?;
            Some((text, node.name.clone()))
        });
        if let Some((text, vectors)) = vectors {
            let Localised { en, zh } = self.to_show_instead(step, field, &vectors);
            let Localised { en: without, zh: without_zh } =
                insertion::to_remove(self.source, step, &["focus"]);
            self.report(
                Code::MissingField,
                field,
                both!(
                    "`{text}` is a text, and `focus` highlights cells of a matrix",
                    "`{text}` 是文本，而 `focus` 高亮的是矩阵的单元格"
                ),
                both!(
                    "{en}, the matrix of its vectors; or {without}",
                    "请{zh}，即它的向量组成的矩阵；或{without_zh}"
                ),
            );
            return;
        }
        let Localised { en, zh } =
            if let Some(node) = self.spoken_of(step, entries).or_else(|| self.last_with(entries)) {
                self.to_show_instead(step, field, &self.graph.node(node).name)
            } else {
                let Localised { en, zh } = insertion::to_remove(self.source, step, &["focus"]);
                both!(
                    "{en}: no matrix of this lesson has what it names",
                    "{zh}：课程中没有矩阵含有它所写的行和列"
                )
            };
        self.report(
            Code::MissingField,
            field,
            both!(
                "this step shows no matrix that `focus` could highlight",
                "这一步没有显示 `focus` 可以高亮的矩阵"
            ),
            both!("{en}", "请{zh}"),
        );
    }

    /// The last matrix with these rows and columns of which a step writes a cell: `head.V[apple, fruity]`.
    fn spoken_of(&self, step: &Tree, entries: &[Tree]) -> Option<NodeId> {
        let text = self.source.slice(step.span);
        let is_in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let is_written = |name: &str| {
            let cell = format!("{name}[");
            text.match_indices(&cell).any(|(at, _)| !text[..at].ends_with(is_in_name))
        };
        let nodes: Vec<NodeId> =
            self.graph.nodes().filter(|(_, node)| is_written(&node.name)).map(|(id, _)| id).collect();
        nodes.into_iter().rev().find(|node| self.focus_in(*node, entries, None).is_ok())
    }

    /// The last matrix with these rows and columns.
    fn last_with(&self, entries: &[Tree]) -> Option<NodeId> {
        let ids: Vec<NodeId> = self.graph.nodes().map(|(id, _)| id).collect();
        ids.into_iter().rev().find(|node| self.focus_in(*node, entries, None).is_ok())
    }

    /// The only shown matrix that has what the last one lacks, with the rows and columns that are to be lit.
    fn focus_in_another(&self, entries: &[Tree], show: &[Shown], trace: Option<&Trace>) -> Option<String> {
        let words: Vec<&str> = entries.iter().map(Tree::as_text).collect::<Option<_>>()?;
        let has_it = |shown: &Shown| match shown {
            Shown::Matrix(node) => self.focus_in(*node, entries, trace).ok().map(|_| *node),
            Shown::Text(_) => None,
        };
        let mut nodes = show.iter().filter_map(has_it);
        let node = nodes.next().filter(|_| nodes.next().is_none())?;
        let cell = format!("{}[{}]", self.graph.node(node).name, words.join(", "));
        let read = expression::parse(&cell).ok()?.selection(&self.scope());
        read.is_ok().then_some(cell)
    }

    fn report_focus_in_another(&mut self, tree: &Tree, last: &[NodeId], cell: &str) {
        let Some(last) = last.first().map(|node| &self.graph.node(*node).name) else { return };
        let inside = cell.find('[').map_or(cell.to_owned(), |at| format!("`{}`", &cell[at..]));
        let message = both!(
            "`focus` lights what is shown last, `{last}`, which has no {inside}",
            "`focus` 高亮的是最后显示的 `{last}`，而其中没有 {inside}"
        );
        let hint = both!("write `focus: \"{cell}\"`", "请写 `focus: \"{cell}\"`");
        let finding = Diagnostic::new(Code::UnknownLabel, tree.span, message).with_hint(hint);
        let in_brackets = self.source.slice(tree.span).starts_with('[');
        let fixed = if in_brackets { finding.with_fix(tree.span, format!("\"{cell}\"")) } else { finding };
        self.findings.push(fixed);
    }

    /// `focus: head.scores[creature, fluffy]`
    fn focus_on_cells(&mut self, tree: &Tree, (show, last): (&[Shown], &[NodeId])) -> Vec<Focus> {
        let Some(text) = tree.as_text() else { return Vec::new() };
        let scope = self.scope();
        let read = expression::parse(text).map_err(|finding| vec![finding]);
        let selection = match read.and_then(|expression| expression.selection(&scope)) {
            Ok(selection) => selection,
            Err(findings) => {
                let reads = |text: &str| {
                    expression::parse(text).is_ok_and(|it| expression::makes_sense(it.selection(&scope)))
                };
                let around = Surroundings { of: last.last().copied(), ..Surroundings::none(&scope) };
                let mut findings = expression::meant(findings, text, around, reads);
                let word = text.trim().trim_matches(['*', '"', '“', '”']);
                if let (Some((_, side)), [only]) = (scope.label(word), findings.as_mut_slice()) {
                    let (what, written) = match side {
                        Side::Rows => (words("row", "行"), format!("focus: [{word}]")),
                        Side::Columns => (words("column", "列"), format!("focus: [\":\", {word}]")),
                    };
                    let (en, zh) = (what.en, what.zh);
                    only.message = both!(
                        "`{word}` is a {en}, and must stand in square brackets here",
                        "`{word}` 是一{zh}，这里要写在方括号里"
                    );
                    only.hint = Some(both!("write `{written}`", "请写 `{written}`"));
                }
                self.report_in(tree, findings);
                return Vec::new();
            }
        };
        if !show.contains(&Shown::Matrix(selection.node)) {
            let name = &self.graph.node(selection.node).name;
            let message = both!("this step does not show `{name}`", "这一步没有显示 `{name}`");
            let (alike, with) = (self.alike_among(last, name, text), self.shown_with(show, selection.node));
            let (place, place_zh) = self.in_line_of_show(tree);
            let hint = match alike {
                Some(alike) => both!(
                    "write `focus: \"{alike}\"`; to show `{name}` as well, {place}write `{with}`",
                    "请写 `focus: \"{alike}\"`；如果也要显示 `{name}`，请{place_zh}写 `{with}`"
                ),
                None => both!("{place}write `{with}`", "请{place_zh}写 `{with}`"),
            };
            self.report(Code::ConflictingFields, tree.span, message, hint);
            return Vec::new();
        }
        let (rows, columns) = self.graph.node(selection.node).shape.size();
        lit(selection.node, &one_by_one(selection.rows, rows), &one_by_one(selection.columns, columns))
    }

    /// Where the `show` of the step stands whose `focus` this is, if that is another line.
    fn in_line_of_show(&self, focus: &Tree) -> (String, String) {
        let mut steps = items(self.tree, "steps");
        let step = steps.find(|step| step.span.range().contains(&focus.span.start));
        let show = step.and_then(|step| step.entry("show")).map(|(key, _)| self.source.line(key.span.start));
        match show.filter(|line| *line != self.source.line(focus.span.start)) {
            Some(line) => (format!("in line {line} "), format!("在第 {line} 行")),
            None => Default::default(),
        }
    }

    /// The same cells of the matrix that is shown, if that has the same part of another head.
    fn alike_among(&self, last: &[NodeId], name: &str, text: &str) -> Option<String> {
        let part = |name: &str| name.rsplit_once('.').map(|(_, part)| part.to_owned());
        let shown = last.iter().map(|node| &self.graph.node(*node).name);
        let shown = shown.filter(|shown| part(shown).is_some() && part(shown) == part(name));
        let meant = shown.map(|shown| text.replacen(name, shown, 1));
        let reads =
            |text: &String| expression::parse(text).is_ok_and(|read| read.selection(&self.scope()).is_ok());
        meant.into_iter().find(reads)
    }

    fn focus_in(
        &self,
        node: NodeId,
        entries: &[Tree],
        trace: Option<&Trace>,
    ) -> Result<Vec<Focus>, Vec<Diagnostic>> {
        let find = |tree: Option<&Tree>, side: Side| {
            let Some(tree) = tree else { return Ok(vec![None]) };
            let Some(words) = tree.as_text() else { return Ok(vec![None]) };
            let style = tree.as_scalar().map_or(Style::Plain, |scalar| scalar.style);
            self.lines(node, (words, style), side, trace)
                .map_err(|finding| located(self.source, tree, finding))
        };
        match (find(entries.first(), Side::Rows), find(entries.get(1), Side::Columns)) {
            (Ok(rows), Ok(columns)) => Ok(lit(node, &rows, &columns)),
            (row, column) => {
                let findings: Vec<_> = [row.err(), column.err()].into_iter().flatten().collect();
                let [first, second] = entries else { return Err(findings) };
                let fits = find(Some(second), Side::Rows).is_ok() && find(Some(first), Side::Columns).is_ok();
                if !fits || !expression::is_unknown(&findings) {
                    return Err(findings);
                }
                Err(vec![self.focus_exchanged(node, first.span, second.span)])
            }
        }
    }

    /// What is said of a column and a row in each other's place.
    fn focus_exchanged(&self, node: NodeId, first: Span, second: Span) -> Diagnostic {
        let [own, other] = [first, second].map(|span| self.source.slice(span));
        let meant = format!("{other}, {own}");
        expression::exchanged(self.graph.node(node), &meant, first.to(second))
            .with_fix(first, other)
            .with_fix(second, own)
    }

    /// The rows or columns of one word: a name or number, `a:b`, `:`, or what `argmax` and the like give.
    fn lines(
        &self,
        node: NodeId,
        (words, style): (&str, Style),
        side: Side,
        trace: Option<&Trace>,
    ) -> Result<Vec<Option<usize>>, Diagnostic> {
        let own = self.graph.node(node);
        let axis = own.shape.axis(side);
        // A token that is a number is told from the number of a row by quotation marks.
        if style == Style::Quoted
            && let Ok(place) = axis.find(words)
        {
            return Ok(vec![Some(place)]);
        }
        let plain = Entry::parse(words).and_then(|entry| entry.find(own, side));
        match plain {
            Ok(place) => Ok(vec![Some(place)]),
            Err(_) if words.contains('(') => self.computed_line(node, words, side, trace),
            Err(_) if words.contains(':') => {
                let before = match side {
                    Side::Rows => format!("{}[", own.name),
                    Side::Columns => format!("{}[:, ", own.name),
                };
                let selection = expression::parse(&format!("{before}{words}]"))
                    .map_err(|finding| vec![finding])
                    .and_then(|expression| expression.selection(&self.scope()));
                match selection {
                    Ok(selection) => Ok(match side {
                        Side::Rows => one_by_one(selection.rows, axis.size()),
                        Side::Columns => one_by_one(selection.columns, axis.size()),
                    }),
                    Err(findings) => {
                        let first = findings.into_iter().next();
                        let back = |at: usize| at.saturating_sub(before.len()).min(words.len());
                        Err(first.map_or_else(
                            || expression::bad(Span::default(), both!("this cannot be read", "这里无法读懂")),
                            |finding| finding.moved(|span| Span::new(back(span.start), back(span.end))),
                        ))
                    }
                }
            }
            Err(finding) => Err(finding),
        }
    }

    /// The row or column that an expression names or counts.
    fn computed_line(
        &self,
        node: NodeId,
        words: &str,
        side: Side,
        trace: Option<&Trace>,
    ) -> Result<Vec<Option<usize>>, Diagnostic> {
        let read = expression::parse(words)?.resolve(&self.scope());
        let resolved = read.map_err(|findings| {
            let unread =
                || expression::bad(Span::new(0, words.len()), both!("this cannot be read", "这里无法读懂"));
            findings.into_iter().next().unwrap_or_else(unread)
        })?;
        let Some(trace) = trace else { return Ok(vec![None]) };
        let entry = match resolved.evaluate(trace) {
            Value::Label(label) => Entry::label(label, Span::new(0, words.len())),
            Value::Number(number) => Entry::parse(&format!("{number}"))?,
        };
        let place = entry
            .find(self.graph.node(node), side)
            .map_err(|finding| Diagnostic { span: Span::new(0, words.len()), ..finding })?;
        Ok(vec![Some(place)])
    }
}

/// Each of some rows or columns by itself; `None` for all there are.
fn one_by_one(places: Range<usize>, count: usize) -> Vec<Option<usize>> {
    if places.len() == count && count > 1 || places.len() > MOST {
        return vec![None];
    }
    places.map(Some).collect()
}

fn lit(node: NodeId, rows: &[Option<usize>], columns: &[Option<usize>]) -> Vec<Focus> {
    let row = |row: &Option<usize>| {
        let row = *row;
        columns.iter().map(move |column| Focus { node, row, column: *column })
    };
    rows.iter().flat_map(row).collect()
}
