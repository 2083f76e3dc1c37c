//! The name that a question asks for, where the words of its step tell it.

use super::items;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Axis, Side};
use crate::language::Language;
use crate::lesson::Lesson;
use crate::lesson::check::{Checker, locate, version};
use crate::lesson::prose::{braces, is_han, is_inside};
use crate::lesson::question::{Answer, Choice, Question};
use crate::yaml::Tree;

/// Shorter words, such as `that` and `with`, stand in sentences without naming anything, unless they are emphasised.
const LONG: usize = 5;
/// The same for words of Han characters.
const LONG_IN_HAN: usize = 2;
/// What stands around a word that is meant as a word.
const MARKS: [char; 10] = ['*', '"', '\'', '“', '”', '‘', '’', '「', '」', '`'];

/// The names that a question has to choose from, as a text in one language writes them.
struct Names {
    right: Vec<String>,
    others: Vec<String>,
    /// What stands in the line that is asked about, and not among what is chosen from.
    asking: Vec<String>,
}

/// Which text of a step is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Words,
    Hint,
    Ask,
}

/// What leaves open whether it is the word that is named.
const OPEN: [&str; 11] =
    [" or ", "not", "n't", "but ", "except", "besides", "还是", "吗", "不", "除", "是否"];

impl Checker<'_> {
    /// Reports words of a step that name the answer of its question, and none of the others that it could be.
    pub(super) fn answers_are_not_named(&mut self, tree: &Tree, lesson: &Lesson) {
        for (tree, step) in items(tree, "steps").zip(&lesson.steps) {
            let Some((asked, question)) = tree.get("question").zip(step.question.as_ref()) else { continue };
            let before = self.findings.len();
            for language in Language::ALL {
                let Some(names) = self.names_of(question, language, lesson) else { continue };
                let texts = [
                    (tree.get("title"), Field::Title),
                    (tree.get("say"), Field::Words),
                    (asked.get("hint"), Field::Hint),
                    (asked.get("ask"), Field::Ask),
                ];
                for (text, field) in texts {
                    if let Some(text) = text.and_then(|text| version(text, language)) {
                        self.is_not_named(text, field, &names);
                    }
                }
            }
            self.told_of_both_languages(before);
        }
    }

    fn is_not_named(&mut self, tree: &Tree, field: Field, names: &Names) {
        let text = tree.as_text().unwrap_or_default();
        let has = |name: &String| places(text, name).next().is_some();
        // A question that asks about the right line tells its answer, unless it only asks whether it is that one.
        let leaves_open = !names.asking.iter().any(has)
            || names.asking.iter().any(|name| names.right.contains(name))
            || OPEN.iter().any(|word| text.to_lowercase().contains(word));
        if field == Field::Ask && leaves_open {
            return;
        }
        if names.others.iter().any(|name| places(text, name).next().is_some()) {
            return;
        }
        let told = |name: &String| {
            places(text, name)
                .find(|span| stands_out(text, *span) || field != Field::Title && is_proper(text, *span, name))
        };
        let Some((name, span)) = names.right.iter().find_map(|name| Some((name, told(name)?))) else {
            return;
        };
        let message = both!("this tells the answer, `{name}`", "这里说出了答案 `{name}`");
        let hint = match field {
            Field::Ask => both!(
                "ask so that `{name}` is named in neither language",
                "请改写问题，不提 `{name}`（两种语言都不提）"
            ),
            Field::Title => both!("write a title that does not name it", "请换一个不写出它的标题"),
            Field::Words => both!(
                "write this sentence so that it is named in neither language; what `explain` says is shown after the answer",
                "请改写这句话，不写出它（两种语言都不写）；`explain` 里的话在作答之后才显示"
            ),
            Field::Hint => both!(
                "write a hint that does not name it, or remove the whole `hint`",
                "请换一条不写出它的 `hint`，或把 `hint` 整个删去"
            ),
        };
        let place = locate::in_source(self.source, tree, span);
        let finding = Diagnostic::new(Code::Questionable, place, message).with_hint(hint);
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    fn names_of(&self, question: &Question, language: Language, lesson: &Lesson) -> Option<Names> {
        let [right] = question.right(&lesson.trace)[..] else { return None };
        match &question.answer {
            Answer::Token { value, line, .. } => {
                let shape = &lesson.trace.node(line.node).shape;
                let (along, first, across, at) = match value.line()?.1 {
                    Side::Rows => (&shape.rows, line.rows.start, &shape.columns, line.columns.start),
                    Side::Columns => (&shape.columns, line.columns.start, &shape.rows, line.rows.start),
                };
                let (of, asking) = (across.label(at), written(across, at, language, lesson));
                let count = line.rows.len() * line.columns.len();
                let written = |place: usize| written(along, place, language, lesson);
                let places = first..first + count;
                let right = written(first + right);
                let mut others: Vec<String> =
                    places.filter(|place| along.label(*place) != of).flat_map(written).collect();
                let own = others.len();
                others.retain(|name| !right.contains(name));
                // The word that asks is named as such, and one that stands there twice is no answer.
                (own == others.len() + right.len()).then_some(Names { right, others, asking })
            }
            Answer::Choose(choices) => {
                let name = |choice: &Choice| choice.say.get(language).text(&lesson.trace).trim().to_owned();
                let others = choices.iter().enumerate().filter(|(at, _)| *at != right);
                let others = others.map(|(_, choice)| name(choice)).collect();
                let right = name(&choices[right]);
                let is_name = self.scope().label(&right).is_some();
                is_name.then(|| Names { right: vec![right], others, asking: Vec::new() })
            }
            Answer::Number { .. } | Answer::Shape(_) | Answer::Order { .. } | Answer::Making(_) => None,
        }
    }
}

/// What a text in one language may write for a token or feature: itself, or its gloss.
fn written(axis: &Axis, place: usize, language: Language, lesson: &Lesson) -> Vec<String> {
    let text = lesson.texts.iter().find(|text| *text.tokens == *axis);
    let gloss = text.and_then(|text| text.gloss.get(language).as_ref()?.get(place).cloned());
    std::iter::once(axis.label(place).to_owned()).chain(gloss).collect()
}

/// Where a name stands in a text as a word of its own.
fn places<'t>(text: &'t str, name: &str) -> impl Iterator<Item = Span> + use<'t> {
    let (lower, name) = (text.to_ascii_lowercase(), name.to_ascii_lowercase());
    let computed = braces(text);
    let is_part = |c: Option<char>, of: Option<char>| {
        let is_letter = |c: char| (c.is_alphanumeric() || c == '_') && !is_han(c);
        c.is_some_and(is_letter) && of.is_some_and(is_letter)
    };
    let spans: Vec<Span> = lower
        .match_indices(&name)
        .map(|(start, _)| Span::new(start, start + name.len()))
        .filter(|span| !name.is_empty() && !is_inside(&computed, span.start))
        .filter(|span| {
            let (before, after) = (text[..span.start].chars().next_back(), text[span.end..].chars().next());
            !is_part(before, name.chars().next()) && !is_part(after, name.chars().next_back())
        })
        .collect();
    spans.into_iter()
}

/// Whether a word is meant as a name: it is emphasised, or no word that a sentence has anyway.
fn stands_out(text: &str, span: Span) -> bool {
    let word = &text[span.range()];
    let long = if word.contains(is_han) { LONG_IN_HAN } else { LONG };
    let is_marked = text[..span.start].ends_with(MARKS) && text[span.end..].starts_with(MARKS);
    is_marked || word.chars().filter(|c| c.is_alphabetic()).count() >= long
}

/// Whether a word is a name with a capital letter of its own, and not one that begins a sentence.
fn is_proper(text: &str, span: Span, name: &str) -> bool {
    let before = text[..span.start].trim_end().chars().next_back();
    let is_within = before.is_some_and(|c| c.is_alphanumeric() || c == ',' || c == '，');
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    is_within
        && letters > 1
        && text[span.range()] == *name
        && name.starts_with(|c: char| c.is_ascii_uppercase())
}
