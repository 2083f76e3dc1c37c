//! From a source to a lesson: every mistake is found, named and located, and only a lesson without errors comes out.
//!
//! The order is that of the file: [fields](super::fields) are validated by the table, then axes and texts, then
//! matrices one by one, then their values, then steps and expectations. A name whose definition is wrong is *broken*:
//! what uses it fails without a second report. Where errors are left, the lesson is read again as it may have been meant,
//! one thing changed at a time; what makes it right is told at its cause, and what followed from it is silent.

mod across;
mod advice;
mod as_printed;
mod attention;
mod axes;
mod causes;
mod claims;
mod commas;
mod comment;
mod embedded;
mod example;
mod exchanged;
mod finite;
mod flat;
mod focus;
mod forgotten;
mod gloss;
mod grid;
mod labelled;
mod layout;
mod locate;
mod matrices;
mod mismatch;
mod missing;
mod names;
mod number;
mod numbers;
mod operands;
mod parts;
mod places;
mod plot;
mod published;
mod question;
mod remarks;
mod resized;
mod room;
mod rows;
mod scattered;
mod seed;
mod sizes;
mod slips;
mod steps;
mod suspects;
mod turned;
mod twice;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

pub use places::StepPlaces;
use room::Room;

use super::expression::Scope;
use super::fields::{FORMAT, Kind, LESSON, as_meant, belongs, validate, with_lines_below};
use super::parts::{Gathered, Reader, Table, no_folder};
use super::{Honesty, Lesson, Text, TokenText, walkthrough};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Edit, Severity, Source, Span};
use crate::graph::{Axis, Cell, Convention, Estimate, Evaluation, Graph, NodeId, Trace};
use crate::language::{Language, Localised};
use crate::yaml::{self, Expected, Key, LeftOut, Parsed, Tree};

/// What a lesson is checked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To tell what is wrong and what to do about it.
    Report,
    /// Only to know where something is wrong: what to do about a failing claim takes longer to find than all the rest.
    Trial,
}

/// A lesson that takes fewer multiplications than this may be checked several times to find out what was meant.
const QUICK: u64 = 10_000_000;
/// In a file of more bytes only what stands there is checked, and not what may have been meant.
const LARGE: usize = 60_000;

/// What a check gives.
#[derive(Debug)]
pub struct Checked {
    /// The lesson, if nothing in it is an error.
    pub lesson: Option<Lesson>,
    /// Everything that was found, in the order of the file.
    pub findings: Vec<Diagnostic>,
    /// For a lesson without errors, what its author may want to look at again; every finding is a warning.
    pub advice: Vec<Diagnostic>,
    /// Where the steps are written; empty where the walkthrough is made.
    pub places: Vec<StepPlaces>,
}

/// Reads and checks a lesson that is in no folder, such as a built-in one.
pub fn check(source: &Source) -> Checked {
    check_with(source, &no_folder)
}

/// Reads and checks a lesson, and the files beside it that it names.
pub fn check_with(source: &Source, reader: &Reader<'_>) -> Checked {
    check_while(source, reader, &Evaluation::default()).expect("nobody cancels it")
}

/// The same for a lesson whose evaluation somebody watches, who may cancel it; then there is nothing to give.
pub fn check_while(source: &Source, reader: &Reader<'_>, evaluation: &Evaluation) -> Option<Checked> {
    let names: Vec<&str> = LESSON.fields.iter().map(|field| field.name).collect();
    let faults = |tree: &Tree| {
        let mut faults = Vec::new();
        validate(tree, &Kind::Record(&LESSON), &mut faults);
        faults.len()
    };
    let Parsed { tree, mut findings, left_out } =
        yaml::parse_as(source, &Expected { names: &names, faults: &faults, belongs: &belongs });
    let misread: BTreeSet<usize> =
        findings.iter().filter_map(|finding| misread_line(source, finding)).collect();
    let (mut advice, mut places) = (Vec::new(), Vec::new());
    let lesson = tree.and_then(|mut tree| {
        if tree.is_null() {
            findings.push(nothing_in_file());
            return None;
        }
        let mut further = Vec::new();
        validate(&tree, &Kind::Record(&LESSON), &mut further);
        let mut further: Vec<_> =
            further.into_iter().map(|finding| with_lines_below(finding, source)).collect();
        // What comes of a number that can be read in two ways is as doubtful as it is.
        let is_doubtful = further.iter().any(|finding| finding.code == Code::BadNumber);
        as_meant(&mut tree, &Kind::Record(&LESSON));
        if !has_known_version(&tree, &mut further) || left_out.iter().any(is_foundation) {
            findings.extend(elsewhere(further, &left_out));
            return None;
        }
        let mut gathered = Gathered::new(source, tree, reader);
        further.append(&mut gathered.findings);
        if gathered.is_incomplete {
            findings.extend(elsewhere(gathered.at_home(further), &left_out));
            return None;
        }
        let tables = std::mem::take(&mut gathered.tables);
        let tree = &gathered.tree;
        let steps = tree.get("steps").and_then(Tree::as_list).unwrap_or_default();
        places.extend(steps.iter().map(|step| gathered.place_at_home(&StepPlaces::of(step))));
        let mut suspects = commas::suspects(&gathered.source, tree);
        let embedded = embedded::suspects(&gathered.source, tree);
        // Files may hold many numbers, and are hardly ever needed twice.
        let is_trusted = suspects.is_empty() && embedded.is_empty();
        let spare = if is_trusted { BTreeMap::new() } else { tables.clone() };
        let for_purpose = |tree: &Tree, purpose: Purpose| {
            let mut checker = Checker {
                tables: spare.clone(),
                purpose,
                ..Checker::new(&gathered.source, tree, evaluation)
            };
            checker.lesson(tree);
            checker.findings
        };
        let again = |tree: &Tree| for_purpose(tree, Purpose::Report);
        let on_trial = |tree: &Tree| for_purpose(tree, Purpose::Trial);
        let is_small = tables.is_empty() && gathered.source.text.len() < LARGE;
        let mut checker = Checker { tables, ..Checker::new(&gathered.source, tree, evaluation) };
        let lesson = checker.lesson(tree);
        let own = std::mem::take(&mut checker.findings);
        if own.iter().any(|finding| finding.code == Code::UnknownName) {
            suspects.extend(embedded);
        }
        let may_try = is_small && checker.estimate.steps() < QUICK;
        let mut own = if !suspects.is_empty() {
            commas::without_consequences(suspects, tree, own, again)
        } else if may_try {
            let own = exchanged::decided(&checker.exchanged, &gathered.source, tree, own, again);
            causes::without_consequences(&checker, tree, own, on_trial, again)
        } else {
            own
        };
        // Of two rows or numbers with one name only one was computed with, so that no number can be held to anything.
        if findings.iter().any(|finding| is_twice_in_numbers(finding, tree)) {
            own.retain(|it| !matches!(it.code, Code::ExpectFailed | Code::PublishedDiffers | Code::NoAnswer));
        }
        if may_try {
            causes::doubled::put_right(&checker, tree, (&mut findings, &mut own), again);
        }
        // Of one place the checker, who knows the texts of the lesson, can say more than the table of fields.
        let is_told_better = |told: &Diagnostic| {
            matches!(told.code, Code::Empty | Code::WrongKind | Code::BadNumber)
                && own.iter().any(|better| better.code == told.code && better.span == told.span)
        };
        further.retain(|told| !is_told_better(told) && !checker.told_as_one.contains(&told.span));
        // What stands there in another form has no size yet.
        let is_in_other_form =
            |it: &Diagnostic| further.iter().any(|told| told.code == Code::WrongKind && told.span == it.span);
        own.retain(|it| it.code != Code::ShapeMismatch || !is_in_other_form(it));
        own.retain(|it| !is_doubtful || !matches!(it.code, Code::ExpectFailed | Code::PublishedDiffers));
        further.append(&mut own);
        if let Some(lesson) = lesson.as_ref().filter(|_| !findings.iter().chain(&further).any(is_error)) {
            advice = gathered.at_home(checker.advise(tree, lesson));
        }
        checker.name_examples(tree, &mut further);
        further = elsewhere(gathered.at_home(further), &left_out);
        // What a line that was put right only roughly seems to say is not worth a second finding.
        further.retain(|finding| {
            misread.is_empty() || !misread.contains(&source.line_column(finding.span.start).0)
        });
        findings.append(&mut further);
        lesson
    });
    findings.sort_by_key(|finding| finding.span);
    example::or_any(&mut findings);
    let findings = without_consequences(without_repetitions(findings));
    let failed = findings.iter().any(is_error);
    let lesson = lesson.filter(|_| !failed);
    (!evaluation.is_cancelled()).then_some(Checked { lesson, findings, advice, places })
}

/// Whether something is there twice of which the numbers of the lesson are made.
fn is_twice_in_numbers(finding: &Diagnostic, tree: &Tree) -> bool {
    const NUMBERS: [&str; 5] = ["axes", "text", "texts", "vocabulary", "matrices"];
    let holds = |name: &str| {
        let span = tree.get(name).map(|value| value.span);
        span.is_some_and(|span| span.range().contains(&finding.span.start))
    };
    finding.code == Code::DuplicateKey && NUMBERS.iter().any(|name| holds(name))
}

fn is_error(finding: &Diagnostic) -> bool {
    finding.severity() == Severity::Error
}

/// Whether much else is made of what was left out, so that nothing could be said of its use.
fn is_foundation(entry: &LeftOut) -> bool {
    let foundations = ["axes", "text", "texts", "vocabulary", "include", "seed"];
    foundations.contains(&entry.under.as_str()) || (entry.under == "matrices" && !entry.is_item)
}

/// The findings without those where nothing could be read.
fn elsewhere(mut findings: Vec<Diagnostic>, left_out: &[LeftOut]) -> Vec<Diagnostic> {
    findings.retain(|it| !left_out.iter().any(|entry| entry.span.range().contains(&it.span.start)));
    findings
}

fn nothing_in_file() -> Diagnostic {
    Diagnostic::new(Code::Empty, Span::at(0), both!("there is no lesson in this file", "这个文件里没有课程"))
        .with_hint(both!(
            "write at least `title: …`, `text: …`, `axes: {{d_model: 4, d_k: 2}}` and `seed: 7`, each on a line",
            "至少分行写上 `title: …`、`text: …`、`axes: {{d_model: 4, d_k: 2}}` 和 `seed: 7`"
        ))
}

/// The line of a finding after which the rest of the line cannot be trusted.
fn misread_line(source: &Source, finding: &Diagnostic) -> Option<usize> {
    let rough = matches!(finding.code, Code::YamlSyntax | Code::UnsupportedYaml);
    rough.then(|| source.line_column(finding.span.start).0)
}

/// The findings, each once; those of one place stand side by side.
fn without_repetitions(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(findings.len());
    for finding in findings {
        let same_place = kept.iter().rev().take_while(|other| other.span == finding.span);
        if !same_place.into_iter().any(|other| *other == finding) {
            kept.push(finding);
        }
    }
    kept
}

/// The findings without names such as `M N`, of which a list of too few items tells already: it gets their remedy.
fn without_consequences(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    gloss::without_those_of_a_sentence(&mut findings);
    // Fields that stand there twice, because the items of a list lack their dashes.
    let is_list = |finding: &Diagnostic| {
        finding.code == Code::WrongKind && finding.fix.first().is_some_and(|edit| edit.with == "- ")
    };
    let twice = findings.iter().filter(|finding| finding.code == Code::DuplicateKey);
    let twice: Vec<(Span, usize)> =
        twice.filter_map(|finding| Some((finding.span, finding.related.first()?.0.start))).collect();
    for list in findings.iter_mut().filter(|finding| is_list(finding)) {
        for (again, first) in &twice {
            // A field that stands there again belongs to an item of its own.
            if let Some(edit) = list.fix.iter().find(|edit| edit.span.start == *first).cloned() {
                list.fix.push(Edit { span: Span::at(again.start), ..edit });
            }
        }
    }
    let edits: Vec<usize> = findings
        .iter()
        .filter(|finding| is_list(finding))
        .flat_map(|list| &list.fix)
        .map(|edit| edit.span.start)
        .collect();
    findings.retain(|finding| finding.code != Code::DuplicateKey || !edits.contains(&finding.span.start));
    // A name is another one with a sign that cannot be seen in it, which is removed first.
    let unseen: Vec<usize> =
        findings.iter().filter(|it| it.code == Code::ControlCharacter).map(|it| it.span.start).collect();
    let is_of_names = |code: Code| {
        matches!(code, Code::BadExpression | Code::BadName | Code::UnknownName | Code::UnknownLabel)
    };
    findings.retain(|it| {
        let has = |at: &usize| (it.span.start..=it.span.end).contains(at);
        !is_of_names(it.code) || !unseen.iter().any(has)
    });
    // What stands behind the comma of a number such as `12,288` is no name.
    let numbers: Vec<Span> =
        findings.iter().filter(|it| it.code == Code::BadNumber).map(|it| it.span).collect();
    findings.retain(|it| it.code != Code::BadName || !numbers.iter().any(|of| of.end == it.span.end));
    let is_two_names = |finding: &&Diagnostic| finding.code == Code::UnknownName && !finding.fix.is_empty();
    let names: Vec<Diagnostic> = findings.iter().filter(is_two_names).cloned().collect();
    for name in names {
        let around = |list: &&mut Diagnostic| {
            let span = list.span;
            list.code == Code::WrongKind && span.start + 1 == name.span.start && name.span.end + 1 == span.end
        };
        if let Some(list) = findings.iter_mut().find(around) {
            list.fix.clone_from(&name.fix);
            list.hint.clone_from(&name.hint);
            findings.retain(|finding| *finding != name);
        }
    }
    findings
}

/// What a menu says of a lesson.
#[derive(Debug, Clone)]
pub struct Cover {
    /// Its title.
    pub title: Text,
    /// Where its example comes from.
    pub source: Option<Text>,
    /// How many steps are written; `None` where the standard walkthrough will be made.
    pub steps: Option<usize>,
}

/// The title of a lesson file and where it comes from, read without checking the rest.
pub fn cover(source: &Source) -> Option<Cover> {
    let tree = yaml::parse(source).0?;
    Some(Cover {
        title: text(tree.get("title")?)?,
        source: tree.get("source").and_then(text),
        steps: tree.get("steps").and_then(Tree::as_list).map(<[_]>::len),
    })
}

fn has_known_version(tree: &Tree, findings: &mut Vec<Diagnostic>) -> bool {
    let Some(version) = tree.get("qkv") else { return true };
    let Some(number) = version.as_count() else { return true };
    if number == FORMAT {
        return true;
    }
    let message = both!(
        "this lesson is in format {number}, and this qkv reads format {FORMAT}",
        "这节课的格式是 {number}，而当前的 qkv 只能读取格式 {FORMAT}"
    );
    let hint = if number > FORMAT {
        both!("install a newer qkv, or write `qkv: {FORMAT}`", "请安装更新的 qkv，或写成 `qkv: {FORMAT}`")
    } else {
        both!("write `qkv: {FORMAT}`", "写成 `qkv: {FORMAT}`")
    };
    findings.push(Diagnostic::new(Code::FormatVersion, version.span, message).with_hint(hint));
    false
}

/// Something is wrong and is reported already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reported;

/// A lesson on its way.
struct Checker<'a> {
    source: &'a Source,
    purpose: Purpose,
    findings: Vec<Diagnostic>,
    graph: Graph,
    axes: BTreeMap<String, Arc<Axis>>,
    sizes: BTreeMap<String, usize>,
    texts: Vec<TokenText>,
    /// Where the tokens of each text are written, for tokens that the vocabulary lacks.
    token_spans: HashMap<String, Vec<Span>>,
    vocabulary: Option<NodeId>,
    /// Where each token of the vocabulary is written.
    vocabulary_places: BTreeMap<String, Span>,
    /// A matrix for each of several texts, by the name that they share.
    families: BTreeMap<String, Vec<(String, NodeId)>>,
    /// Names whose definition is wrong, and that much is reported.
    broken: BTreeSet<String>,
    /// The names of all definitions with their places.
    definitions: BTreeMap<String, Span>,
    /// Definitions with the name of an earlier one.
    twice: Vec<Key>,
    /// Where each node is defined.
    places: HashMap<NodeId, Span>,
    /// Where each node was named last, as what a matrix is made of.
    named_at: HashMap<NodeId, Span>,
    /// Where each axis and text is named first.
    axis_places: BTreeMap<String, Span>,
    /// The values of matrices whose rows and columns are exchanged.
    exchanged: Vec<Span>,
    /// Lines of numbers that one finding tells of, about which the table of fields need say nothing.
    told_as_one: Vec<Span>,
    /// Written matrices that have another size than one of their axes.
    misfits: Vec<resized::Misfit>,
    /// Given matrices that are written column by column.
    given_by_columns: BTreeSet<NodeId>,
    /// The numbers of files, by the place where the file is named.
    tables: BTreeMap<Span, Table>,
    /// How many numbers are given so far.
    given: usize,
    /// What the matrices take so far.
    estimate: Estimate,
    /// Whether more may follow.
    room: Room,
    /// The evaluation that will follow.
    evaluation: &'a Evaluation,
}

impl<'a> Checker<'a> {
    fn new(source: &'a Source, tree: &Tree, evaluation: &'a Evaluation) -> Self {
        Self {
            source,
            purpose: Purpose::Report,
            findings: Vec::new(),
            graph: Graph::default(),
            axes: BTreeMap::new(),
            sizes: BTreeMap::new(),
            texts: Vec::new(),
            token_spans: HashMap::new(),
            vocabulary: None,
            vocabulary_places: BTreeMap::new(),
            families: BTreeMap::new(),
            broken: BTreeSet::new(),
            definitions: names::definitions(tree),
            twice: Vec::new(),
            places: HashMap::new(),
            named_at: HashMap::new(),
            axis_places: BTreeMap::new(),
            exchanged: Vec::new(),
            told_as_one: Vec::new(),
            misfits: Vec::new(),
            given_by_columns: BTreeSet::new(),
            tables: BTreeMap::new(),
            given: 0,
            estimate: Estimate::default(),
            room: Room::Enough,
            evaluation,
        }
    }

    fn lesson(&mut self, tree: &Tree) -> Option<Lesson> {
        self.read_axes(tree);
        self.read_texts(tree)?;
        self.read_vocabulary(tree.get("vocabulary"));
        match (tree.entry("matrices"), tree.entry("seed")) {
            (Some((matrices, trees)), seed) => {
                if let Some((seed, _)) = seed {
                    self.report_useless_seed(seed.span, matrices.span);
                }
                self.read_matrices(trees);
                self.blame_axes();
            }
            (None, Some((_, seed))) => self.make_from_seed(seed),
            (None, None) => {}
        }
        let convention = match tree.get("convention").and_then(Tree::as_text) {
            Some("columns") => Convention::Columns,
            Some(_) | None => Convention::Rows,
        };
        let honesty = honesty(tree.get("numbers")).unwrap_or_default();
        self.fits_at_once();
        let trace = if self.room == Room::Enough { self.evaluate() } else { None };
        let written = if let Some(steps) = tree.get("steps") {
            Some(self.read_steps(steps.as_list().unwrap_or_default(), convention, honesty, trace.as_ref()))
        } else {
            self.has_something_to_show(tree);
            None
        };
        self.check_claims(tree, trace.as_ref());
        let title = tree.get("title").and_then(text)?;
        let source = tree.get("source").and_then(text);
        let trace = trace?;
        let steps = written.unwrap_or_else(|| walkthrough::steps(&trace, &self.texts, honesty));
        let texts = self.texts.clone();
        Some(Lesson { title, source, honesty, convention, texts, trace, steps })
    }

    fn report_useless_seed(&mut self, seed: Span, matrices: Span) {
        let message =
            both!("`seed` has no use in a lesson that has `matrices`", "写了 `matrices` 的课不会用到 `seed`");
        self.findings.push(
            Diagnostic::new(Code::ConflictingFields, seed, message)
                .with_related(matrices, both!("the matrices", "矩阵写在这里"))
                .with_hint(both!(
                    "remove `seed`; a random matrix has a seed of its own: `{{random: {{rows: …, cols: …, seed: 7}}}}`",
                    "请删去 `seed`；随机矩阵各有自己的种子：`{{random: {{rows: …, cols: …, seed: 7}}}}`"
                )),
        );
    }

    /// Reports a lesson that has neither steps nor anything that the standard walkthrough could show.
    fn has_something_to_show(&mut self, tree: &Tree) {
        let nothing = self.texts.is_empty() && self.graph.is_empty();
        if !nothing || !self.broken.is_empty() || !self.findings.is_empty() {
            return;
        }
        // What is no lesson at all has been reported as such.
        let Some(place) = tree.as_map().map(|entries| entries.first().map_or(tree.span, |(key, _)| key.span))
        else {
            return;
        };
        self.report(
            Code::Empty,
            place,
            both!("this lesson has nothing to show", "这节课没有可以显示的内容"),
            both!(
                "add `text: …`, `axes: {{d_model: 4, d_k: 2}}` and `seed: 7`, or matrices of your own",
                "请加上 `text: …`、`axes: {{d_model: 4, d_k: 2}}` 和 `seed: 7`，或自己写 `matrices`"
            ),
        );
    }

    /// What names stand for at this point of the file.
    fn scope(&self) -> Scope<'_> {
        Scope { graph: &self.graph, sizes: &self.sizes, broken: &self.broken }
    }

    /// Reports findings whose spans count bytes of a scalar's text.
    fn report_in(&mut self, tree: &Tree, findings: Vec<Diagnostic>) {
        let source = self.source;
        let findings: Vec<_> =
            findings.into_iter().map(|finding| self.with_token_of_gloss(tree, finding)).collect();
        self.findings.extend(findings.into_iter().map(|finding| locate::located(source, tree, finding)));
    }

    fn report(&mut self, code: Code, span: Span, message: Localised<String>, hint: Localised<String>) {
        self.findings.push(Diagnostic::new(code, span, message).with_hint(hint));
    }
}

fn honesty(tree: Option<&Tree>) -> Option<Honesty> {
    match tree?.as_text()? {
        "toy" => Some(Honesty::Toy),
        "published" => Some(Honesty::Published),
        "real" => Some(Honesty::Real),
        _ => None,
    }
}

/// The cells of a matrix in which a number is looked for; none of one so large that nobody reads it number by number.
fn cells_to_search(node: NodeId, trace: &Trace) -> impl Iterator<Item = Cell> + use<> {
    const MOST: usize = 4096;
    let (rows, columns) = trace.node(node).shape.size();
    let searched = if rows.saturating_mul(columns) > MOST { 0 } else { rows };
    (0..searched).flat_map(move |row| (0..columns).map(move |column| Cell { node, row, column }))
}

/// A text as it is written in one language; where it is written once, that is for both.
fn version(text: &Tree, language: Language) -> Option<&Tree> {
    if text.as_text().is_some() { Some(text) } else { text.get(language.code()) }
}

/// A text in both languages. A missing one is the other with a mark, so that nothing is silently lost.
fn text(tree: &Tree) -> Option<Text> {
    if let Some(both) = tree.as_text() {
        return Some(Localised { en: both.to_owned(), zh: both.to_owned() });
    }
    let own = |language: Language| tree.get(language.code()).and_then(Tree::as_text);
    let marked = |language: Language| {
        own(language).map(str::to_owned).or_else(|| {
            let other = language.other();
            own(other).map(|text| format!("[{}] {text}", other.code()))
        })
    };
    Some(Localised { en: marked(Language::English)?, zh: marked(Language::Chinese)? })
}
