//! From a source to a lesson: every mistake is found, named and located, and only a lesson without errors comes out.
//!
//! The order is that of the file: [fields](super::fields) are validated by the table, then axes and texts, then
//! matrices one by one, then their values, then steps and expectations. A name whose definition is wrong is *broken*:
//! what uses it fails without a second report. Where errors are left, the lesson is read again as it may have been meant,
//! one thing changed at a time; what makes it right is told at its cause, and what followed from it is silent. A hint can
//! be typed as it stands: `remedies` say what, with the names and numbers of the lesson, and in which line.

mod advice;
mod attention;
mod causes;
mod claims;
mod consequences;
mod cover;
mod file;
mod locate;
mod matrices;
mod names;
mod numbers;
mod published;
mod question;
mod remedies;
mod room;
mod seed;
mod sizes;
mod steps;
mod texts;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

pub use cover::{Cover, cover};
use room::Room;
pub use steps::places::StepPlaces;

use super::expression::Scope;
use super::parts::{Reader, Table, no_folder};
use super::{Honesty, Lesson, Text, TokenText, walkthrough};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Severity, Source, Span};
use crate::graph::{Axis, Cell, Convention, Estimate, Evaluation, Graph, NodeId, Trace};
use crate::language::{Language, Localised};
use crate::yaml::{Key, Tree};

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
    let checked = file::check(source, reader, evaluation);
    (!evaluation.is_cancelled()).then_some(checked)
}

fn is_error(finding: &Diagnostic) -> bool {
    finding.severity() == Severity::Error
}

/// How many errors are among some findings.
fn errors(findings: &[Diagnostic]) -> usize {
    findings.iter().filter(|it| is_error(it)).count()
}

/// What a lesson is checked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To tell what is wrong and what to do about it.
    Report,
    /// Only to know where something is wrong: what to do about a failing claim takes longer to find than all the rest.
    Trial,
}

/// Something is wrong and is reported already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reported;

/// A lesson on its way.
struct Checker<'a> {
    source: &'a Source,
    /// The lesson as it is written.
    tree: &'a Tree,
    purpose: Purpose,
    findings: Vec<Diagnostic>,
    graph: Graph,
    axes: BTreeMap<String, Arc<Axis>>,
    sizes: BTreeMap<String, usize>,
    texts: Vec<TokenText>,
    /// Where the tokens of each text are written, for tokens that the vocabulary lacks.
    token_spans: HashMap<String, Vec<Span>>,
    /// Texts of one token with more glosses than that, and where those are written.
    glosses_of_one: Vec<(Span, Span)>,
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
    /// Matrices of which it is told that they do not fit together.
    unfitting: BTreeSet<[NodeId; 2]>,
    /// The values of matrices whose rows and columns are exchanged.
    exchanged: Vec<Span>,
    /// Findings of the table of fields with hints that name matrices of this lesson.
    filled: Vec<Diagnostic>,
    /// Lines of numbers that one finding tells of, about which the table of fields need say nothing.
    told_as_one: Vec<Span>,
    /// What is said of scores that are all 0, if nothing else explains what is wrong with the numbers.
    zero_scores: Option<claims::ZeroScores>,
    /// Claims that hints propose in the place of sentences.
    proposed: BTreeSet<String>,
    /// Written matrices that have another size than one of their axes.
    misfits: Vec<sizes::resized::Misfit>,
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
    fn new(source: &'a Source, tree: &'a Tree, evaluation: &'a Evaluation) -> Self {
        Self {
            source,
            tree,
            purpose: Purpose::Report,
            findings: Vec::new(),
            graph: Graph::default(),
            axes: BTreeMap::new(),
            sizes: BTreeMap::new(),
            texts: Vec::new(),
            token_spans: HashMap::new(),
            glosses_of_one: Vec::new(),
            vocabulary: None,
            vocabulary_places: BTreeMap::new(),
            families: BTreeMap::new(),
            broken: BTreeSet::new(),
            definitions: names::definitions(tree),
            twice: Vec::new(),
            places: HashMap::new(),
            named_at: HashMap::new(),
            axis_places: BTreeMap::new(),
            unfitting: BTreeSet::new(),
            exchanged: Vec::new(),
            filled: Vec::new(),
            told_as_one: Vec::new(),
            zero_scores: None,
            proposed: BTreeSet::new(),
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
            (None, Some((_, seed))) => self.make_from_seed(tree, seed),
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
        let Localised { en, zh } = remedies::insertion::to_remove(self.source, self.tree, &["seed"]);
        self.findings.push(
            Diagnostic::new(Code::ConflictingFields, seed, message)
                .with_related(matrices, both!("the matrices", "矩阵写在这里"))
                .with_hint(both!("{en}", "请{zh}")),
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
        let findings = findings.into_iter().map(|finding| self.with_softmax_made(tree, finding));
        let findings: Vec<_> = findings.collect();
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
