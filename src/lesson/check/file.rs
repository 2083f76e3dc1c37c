//! From the text of a file to its lesson and all that is wrong with it: the text is read, its fields are held against the
//! table, the files that it includes are gathered, and what all of it means is checked. Where one of these fails, the
//! next ones still say what can be said.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Checked, Checker, Purpose, StepPlaces, causes, causes::commas, causes::embedded, causes::exchanged,
    causes::wrong_number, consequences, is_error, remedies::example,
};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::graph::Evaluation;
use crate::lesson::Lesson;
use crate::lesson::fields::{FORMAT, Kind, LESSON, as_meant, belongs, validate, with_lines_moved};
use crate::lesson::parts::{Gathered, Reader, Table};
use crate::yaml::{self, Expected, LeftOut, Parsed, Tree};

/// A lesson that takes fewer multiplications than this may be checked several times to find out what was meant.
const QUICK: u64 = 10_000_000;
/// In a file of more bytes only what stands there is checked, and not what may have been meant.
const LARGE: usize = 60_000;

/// Reads and checks the lesson of a file.
pub(super) fn check(source: &Source, reader: &Reader<'_>, evaluation: &Evaluation) -> Checked {
    let names: Vec<&str> = LESSON.fields.iter().map(|field| field.name).collect();
    let faults = |tree: &Tree| faults_of_fields(tree).iter().map(|fault| fault.span).collect();
    let Parsed { tree, findings, left_out } =
        yaml::parse_as(source, &Expected { names: &names, faults: &faults, belongs: &belongs });
    let misread = findings.iter().filter_map(|finding| misread_line(source, finding)).collect();
    let mut file =
        File { source, evaluation, findings, left_out, misread, advice: Vec::new(), places: Vec::new() };
    let lesson = tree.and_then(|tree| file.lesson(tree, reader));
    let File { mut findings, advice, places, .. } = file;
    findings.sort_by_key(|finding| finding.span);
    example::or_any(&mut findings);
    let findings = consequences::silenced(findings, source);
    let failed = findings.iter().any(is_error);
    Checked { lesson: lesson.filter(|_| !failed), findings, advice, places }
}

/// A file on its way.
struct File<'a> {
    source: &'a Source,
    evaluation: &'a Evaluation,
    /// What is wrong with the text so far, and then with all the rest.
    findings: Vec<Diagnostic>,
    /// What the reader of the text could make nothing of.
    left_out: Vec<LeftOut>,
    /// The lines that were put right only roughly.
    misread: BTreeSet<usize>,
    advice: Vec<Diagnostic>,
    places: Vec<StepPlaces>,
}

impl File<'_> {
    fn lesson(&mut self, mut tree: Tree, reader: &Reader<'_>) -> Option<Lesson> {
        if tree.is_null() {
            self.findings.push(nothing_in_file());
            return None;
        }
        let faults = faults_of_fields(&tree);
        let mut further: Vec<_> =
            faults.into_iter().map(|finding| with_lines_moved(finding, self.source)).collect();
        // What comes of a number that can be read in two ways is as doubtful as it is.
        let is_doubtful = further.iter().any(|finding| finding.code == Code::BadNumber);
        as_meant(&mut tree, &Kind::Record(&LESSON));
        if !has_known_version(&tree, &mut further) || self.left_out.iter().any(is_foundation) {
            self.tell(further);
            return None;
        }
        let mut gathered = Gathered::new(self.source, tree, reader);
        further.append(&mut gathered.findings);
        if gathered.is_incomplete {
            self.tell(gathered.at_home(further));
            return None;
        }
        let steps = gathered.tree.get("steps").and_then(Tree::as_list).unwrap_or_default();
        self.places = steps.iter().map(|step| gathered.place_at_home(&StepPlaces::of(step))).collect();
        let tables = std::mem::take(&mut gathered.tables);
        let (mut checker, lesson, mut own) = self.meaning(&gathered, tables);
        further.retain(|told| !is_told_better(told, &own) && !checker.told_as_one.contains(&told.span));
        // What stands there in another form has no size yet.
        let is_in_other_form =
            |it: &Diagnostic| further.iter().any(|told| told.code == Code::WrongKind && told.span == it.span);
        own.retain(|it| it.code != Code::ShapeMismatch || !is_in_other_form(it));
        own.retain(|it| !is_doubtful || !matches!(it.code, Code::ExpectFailed | Code::PublishedDiffers));
        further.append(&mut own);
        if let Some(lesson) = lesson.as_ref().filter(|_| !self.findings.iter().chain(&further).any(is_error))
        {
            self.advice = gathered.at_home(checker.advise(&gathered.tree, lesson));
        }
        checker.name_examples(&gathered.tree, &mut further);
        let mut further = gathered.at_home(further);
        further.retain(|it| !self.misread.contains(&self.source.line(it.span.start)));
        self.tell(further);
        lesson
    }

    /// The lesson that a tree means, and what is wrong with it, each mistake told at its cause.
    fn meaning<'g>(
        &mut self,
        gathered: &'g Gathered,
        tables: BTreeMap<Span, Table>,
    ) -> (Checker<'g>, Option<Lesson>, Vec<Diagnostic>)
    where
        Self: 'g,
    {
        let (source, tree) = (&gathered.source, &gathered.tree);
        let mut suspects = commas::suspects(source, tree);
        let embedded = embedded::suspects(source, tree);
        let is_small = tables.is_empty() && source.text.len() < LARGE;
        // Files may hold many numbers, and are hardly ever needed twice.
        let is_trusted = suspects.is_empty() && embedded.is_empty();
        let spare = if is_trusted { BTreeMap::new() } else { tables.clone() };
        let found = |tree: &Tree, purpose: Purpose| {
            let checker = Checker::new(source, tree, self.evaluation);
            let mut checker = Checker { tables: spare.clone(), purpose, ..checker };
            checker.lesson(tree);
            checker.findings
        };
        let again = |tree: &Tree| found(tree, Purpose::Report);
        let on_trial = |tree: &Tree| found(tree, Purpose::Trial);
        let mut checker = Checker { tables, ..Checker::new(source, tree, self.evaluation) };
        let lesson = checker.lesson(tree);
        let mut own = std::mem::take(&mut checker.findings);
        if own.iter().any(|finding| finding.code == Code::UnknownName) {
            suspects.extend(embedded);
        }
        let may_try = is_small && checker.estimate.steps() < QUICK;
        if !suspects.is_empty() {
            own = commas::without_consequences(suspects, tree, own, again);
        } else if may_try {
            own = exchanged::decided(&checker.exchanged, source, tree, own, again);
            own = causes::without_consequences(&checker, tree, own, on_trial, again);
        }
        if may_try {
            causes::doubled::feature_put_right(&checker, tree, (&mut self.findings, &own), again);
        }
        // Of two rows or numbers with one name only one was computed with, so that no number can be held to anything.
        if self.findings.iter().any(|finding| is_twice_in_numbers(finding, tree)) {
            own.retain(|it| !matches!(it.code, Code::ExpectFailed | Code::PublishedDiffers | Code::NoAnswer));
        }
        if let Some(zeros) = checker.zero_scores.take() {
            own = zeros.told_in(own);
        }
        own = wrong_number::of_one_number(&own, source);
        if may_try {
            causes::doubled::put_right(&checker, tree, (&mut self.findings, &mut own), again);
        }
        (checker, lesson, own)
    }

    /// Adds findings, without those where nothing could be read.
    fn tell(&mut self, findings: Vec<Diagnostic>) {
        let is_read =
            |it: &Diagnostic| !self.left_out.iter().any(|entry| entry.span.range().contains(&it.span.start));
        self.findings.extend(findings.into_iter().filter(is_read));
    }
}

/// What the table of fields says of a lesson.
fn faults_of_fields(tree: &Tree) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    validate(tree, &Kind::Record(&LESSON), &mut faults);
    faults
}

/// Whether the checker, who knows the texts of the lesson, says more of a place than the table of fields.
fn is_told_better(told: &Diagnostic, own: &[Diagnostic]) -> bool {
    matches!(told.code, Code::Empty | Code::WrongKind | Code::BadNumber)
        && own.iter().any(|better| better.code == told.code && better.span == told.span)
}

/// The line of a finding after which the rest of the line cannot be trusted: what it then seems to say is not worth a
/// second finding.
fn misread_line(source: &Source, finding: &Diagnostic) -> Option<usize> {
    let rough = matches!(finding.code, Code::YamlSyntax | Code::UnsupportedYaml);
    rough.then(|| source.line(finding.span.start))
}

/// Whether much else is made of what was left out, so that nothing could be said of its use.
fn is_foundation(entry: &LeftOut) -> bool {
    let foundations = ["axes", "text", "texts", "vocabulary", "include", "seed"];
    foundations.contains(&entry.under.as_str()) || (entry.under == "matrices" && !entry.is_item)
}

fn nothing_in_file() -> Diagnostic {
    Diagnostic::new(Code::Empty, Span::at(0), both!("there is no lesson in this file", "这个文件里没有课程"))
        .with_hint(both!(
            "write at least `title: …`, `text: …`, `axes: {{d_model: 4, d_k: 2}}` and `seed: 7`, each on a line",
            "至少分行写上 `title: …`、`text: …`、`axes: {{d_model: 4, d_k: 2}}` 和 `seed: 7`"
        ))
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
        both!(
            "write `qkv: {FORMAT}`; or, if it was made with a newer qkv, install that",
            "请写 `qkv: {FORMAT}`；如果它是用更新的 qkv 写的，请安装更新的 qkv"
        )
    } else {
        both!("write `qkv: {FORMAT}`", "请写 `qkv: {FORMAT}`")
    };
    findings.push(Diagnostic::new(Code::FormatVersion, version.span, message).with_hint(hint));
    false
}
