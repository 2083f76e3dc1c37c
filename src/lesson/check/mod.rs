//! From a source to a lesson: every mistake is found, named and located, and only a lesson without errors comes out.
//!
//! The order is that of the file: [fields](super::fields) are validated by the table, then axes and texts, then
//! matrices one by one, then their values, then steps and expectations. A name whose definition is wrong is *broken*:
//! what uses it fails without a second report.

mod attention;
mod axes;
mod grid;
mod locate;
mod matrices;
mod names;
mod seed;
mod steps;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::expression::{Claim, Scope};
use super::fields::{Kind, LESSON, validate};
use super::{Honesty, Lesson, Text, TokenText, walkthrough};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Severity, Source, Span};
use crate::graph::{Axis, Convention, Graph, NodeId, Part, Trace};
use crate::language::{Language, Localised};
use crate::yaml::{self, Tree};

/// The version of the format that is read.
const FORMAT: u64 = 1;

/// The most numbers that a lesson may have, in all of its matrices.
const MOST_NUMBERS: usize = 4_000_000;

/// What a check gives.
#[derive(Debug)]
pub struct Checked {
    /// The lesson, if nothing in it is an error.
    pub lesson: Option<Lesson>,
    /// Everything that was found, in the order of the file.
    pub findings: Vec<Diagnostic>,
}

/// Reads and checks a lesson.
pub fn check(source: &Source) -> Checked {
    let (tree, mut findings) = yaml::parse(source);
    let lesson = tree.and_then(|tree| {
        validate(&tree, &Kind::Record(&LESSON), &mut findings);
        if !has_known_version(&tree, &mut findings) {
            return None;
        }
        let mut checker = Checker::new(source, &tree);
        let lesson = checker.lesson(&tree);
        findings.append(&mut checker.findings);
        lesson
    });
    findings.sort_by_key(|finding| finding.span);
    findings.dedup();
    let failed = findings.iter().any(|finding| finding.severity() == Severity::Error);
    Checked { lesson: lesson.filter(|_| !failed), findings }
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
        both!("Install a newer qkv, or write `qkv: {FORMAT}`", "请安装更新的 qkv，或写成 `qkv: {FORMAT}`")
    } else {
        both!("Write `qkv: {FORMAT}`", "写成 `qkv: {FORMAT}`")
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
    findings: Vec<Diagnostic>,
    graph: Graph,
    axes: BTreeMap<String, Arc<Axis>>,
    sizes: BTreeMap<String, usize>,
    texts: Vec<TokenText>,
    /// Where the tokens of each text are written, for tokens that the vocabulary lacks.
    token_spans: HashMap<String, Vec<Span>>,
    vocabulary: Option<NodeId>,
    /// A matrix for each of several texts, by the name that they share.
    families: BTreeMap<String, Vec<(String, NodeId)>>,
    /// Names whose definition is wrong, and that much is reported.
    broken: BTreeSet<String>,
    /// The names of all definitions with their places.
    definitions: BTreeMap<String, Span>,
    /// Where each node is defined.
    places: HashMap<NodeId, Span>,
    /// How many numbers the matrices have so far.
    numbers: usize,
}

impl<'a> Checker<'a> {
    fn new(source: &'a Source, tree: &Tree) -> Self {
        Self {
            source,
            findings: Vec::new(),
            graph: Graph::default(),
            axes: BTreeMap::new(),
            sizes: BTreeMap::new(),
            texts: Vec::new(),
            token_spans: HashMap::new(),
            vocabulary: None,
            families: BTreeMap::new(),
            broken: BTreeSet::new(),
            definitions: names::definitions(tree),
            places: HashMap::new(),
            numbers: 0,
        }
    }

    fn lesson(&mut self, tree: &Tree) -> Option<Lesson> {
        self.read_axes(tree.get("axes"));
        self.read_texts(tree);
        self.read_vocabulary(tree.get("vocabulary"));
        if let Some(matrices) = tree.get("matrices") {
            self.read_matrices(matrices);
        } else if let Some(seed) = tree.get("seed") {
            self.make_from_seed(seed);
        }
        let convention = match tree.get("convention").and_then(Tree::as_text) {
            Some("columns") => Convention::Columns,
            Some(_) | None => Convention::Rows,
        };
        let honesty = honesty(tree.get("numbers")).unwrap_or_default();
        let trace = self.evaluate();
        let steps = match tree.get("steps").and_then(Tree::as_list) {
            Some(steps) => self.read_steps(steps, &trace, convention, honesty),
            None => walkthrough::steps(&trace, &self.texts, honesty),
        };
        self.check_claims(tree.get("expect"), &trace);
        let title = tree.get("title").and_then(text)?;
        let source = tree.get("source").and_then(text);
        if steps.is_empty() {
            return None;
        }
        let texts = std::mem::take(&mut self.texts);
        Some(Lesson { title, source, honesty, convention, texts, trace, steps })
    }

    /// The values of all matrices. What comes out infinite is reported where it first happens.
    fn evaluate(&mut self) -> Trace {
        let trace = Trace::evaluate(Arc::new(std::mem::take(&mut self.graph)));
        self.graph = trace.graph().clone();
        let mut beyond: BTreeSet<NodeId> = BTreeSet::new();
        for (id, node) in trace.graph().nodes() {
            let masked = |id: NodeId| trace.node(id).part == Part::Masked || is_mask(&trace, id);
            let infinite = trace.extent(id).beyond.is_some() && !masked(id);
            let inherited =
                node.op.operands().iter().any(|operand| beyond.contains(operand) || masked(*operand));
            if infinite {
                beyond.insert(id);
                if !inherited {
                    let name = &node.name;
                    let message = both!(
                        "numbers in `{name}` grow too large to be told from infinity",
                        "`{name}` 中的数过大，已无法与无穷大区分"
                    );
                    let hint = both!(
                        "Use smaller numbers in what `{name}` is made of",
                        "请把构成 `{name}` 的数改小"
                    );
                    let span = self.places.get(&id).copied().unwrap_or_default();
                    self.findings.push(Diagnostic::new(Code::NotFinite, span, message).with_hint(hint));
                }
            }
        }
        trace
    }

    fn check_claims(&mut self, tree: Option<&Tree>, trace: &Trace) {
        for item in tree.and_then(Tree::as_list).unwrap_or_default() {
            let Some(words) = item.as_text() else { continue };
            let scope = self.scope();
            let resolved =
                Claim::parse(words).map_err(|finding| vec![finding]).and_then(|claim| claim.resolve(&scope));
            match resolved {
                Err(findings) => self.report_in(item, findings),
                Ok(claim) => {
                    // Numbers that are wrong already refute nothing a second time.
                    let sound = self.findings.iter().all(|finding| finding.code != Code::NotFinite);
                    if let (true, Err(refuted)) = (sound, claim.check(trace)) {
                        let is = refuted.message(trace);
                        let (en, zh) = (is.en, is.zh);
                        let message = both!("this is not so: {en}", "与事实不符：{zh}");
                        let hint = both!(
                            "Correct the claim, or the numbers that it is about",
                            "请改正这条断言，或改正它所涉及的数"
                        );
                        self.findings
                            .push(Diagnostic::new(Code::ExpectFailed, item.span, message).with_hint(hint));
                    }
                }
            }
        }
    }

    /// What names stand for at this point of the file.
    fn scope(&self) -> Scope<'_> {
        Scope { graph: &self.graph, sizes: &self.sizes, broken: &self.broken }
    }

    /// Reports findings whose spans count bytes of a scalar's text.
    fn report_in(&mut self, tree: &Tree, findings: Vec<Diagnostic>) {
        for mut finding in findings {
            finding.span = locate::in_source(self.source, tree, finding.span);
            for (span, _) in &mut finding.related {
                *span = locate::in_source(self.source, tree, *span);
            }
            self.findings.push(finding);
        }
    }

    fn report(&mut self, code: Code, span: Span, message: Localised<String>, hint: Localised<String>) {
        self.findings.push(Diagnostic::new(code, span, message).with_hint(hint));
    }
}

/// Whether a matrix holds −∞ because it is masked.
fn is_mask(trace: &Trace, id: NodeId) -> bool {
    matches!(trace.node(id).op, crate::graph::Op::Mask { .. })
}

fn honesty(tree: Option<&Tree>) -> Option<Honesty> {
    match tree?.as_text()? {
        "toy" => Some(Honesty::Toy),
        "published" => Some(Honesty::Published),
        "real" => Some(Honesty::Real),
        _ => None,
    }
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
