//! Words of a step that come before its answer and belong after it: what to remove, and what to write as `explain`.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Language, Localised};
use crate::lesson::check::advice::sentences::sentences;
use crate::lesson::check::{Checker, locate, version};
use crate::yaml::{Tree, quoted_text};

/// Which words of a step come too early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lesson::check) enum Before {
    Say,
    Ask,
    Hint,
}

impl Before {
    /// The words of a step that are read before its answer.
    pub(in crate::lesson::check) fn all(step: &Tree) -> Vec<(Self, &Tree)> {
        let asked = step.get("question");
        let of_question = |field: &str| asked.and_then(|tree| tree.get(field));
        let fields = [
            (Self::Say, step.get("say")),
            (Self::Ask, of_question("ask")),
            (Self::Hint, of_question("hint")),
        ];
        fields.into_iter().filter_map(|(field, tree)| Some((field, tree?))).collect()
    }
}

/// A place of one language of a text.
pub(in crate::lesson::check) type Place<'t> = (&'t Tree, Span);

impl Checker<'_> {
    /// One finding of all places of a text, in both languages, that belong after the answer.
    pub(in crate::lesson::check) fn report_early(
        &mut self,
        (code, message): (Code, Localised<String>),
        (field, text): (Before, &Tree),
        places: &[Place<'_>],
        asked: Option<&Tree>,
    ) {
        let spans: Vec<Span> =
            places.iter().map(|(own, span)| locate::in_source(self.source, own, *span)).collect();
        let Some((first, rest)) = spans.split_first() else { return };
        let hint = self.later(field, text, places, asked);
        let finding = Diagnostic::new(code, *first, message).with_hint(hint);
        self.findings.push(rest.iter().copied().fold(finding, Diagnostic::with_another));
    }

    /// What to do about words that come too early.
    fn later(
        &self,
        field: Before,
        text: &Tree,
        places: &[Place<'_>],
        asked: Option<&Tree>,
    ) -> Localised<String> {
        match field {
            Before::Say => {}
            Before::Ask => {
                return both!(
                    "remove what is marked, with the words that go with it: qkv computes the answer and says it afterwards",
                    "请删去标出的部分和与它相连的话：答案由 qkv 计算，作答之后才会说出"
                );
            }
            Before::Hint => {
                return both!(
                    "write a hint that does not tell it, or remove the whole `hint`",
                    "请换一条不说出答案的 `hint`，或把 `hint` 整个删去"
                );
            }
        }
        let is_open = |asked: &&Tree| asked.get("explain").is_none() && asked.get("answer").is_some();
        let open = asked.filter(is_open);
        let Some((asked, moved)) = open.and_then(|asked| Some((asked, Moved::of(text, places)?))) else {
            return self.not_yet(asked);
        };
        let explain = &moved.explain;
        let Localised { en: removed_en, zh: removed_zh } = moved.removed();
        let written = self.source.slice(asked.span);
        let in_braces = written.starts_with('{') && !written.contains('\n');
        if let Some(inner) = written.strip_suffix('}').filter(|_| in_braces) {
            let line = self.source.line(asked.span.start);
            let inner = inner.trim_end();
            return both!(
                "{removed_en}, and write in line {line} `question: {inner}, explain: {explain}}}`: that is shown after the answer",
                "{removed_zh}，并把第 {line} 行写成 `question: {inner}, explain: {explain}}}`：作答之后才会显示"
            );
        }
        let line = asked.get("answer").map_or(0, |it| self.source.line(it.span.end));
        both!(
            "{removed_en}, and add below line {line}, in line with `answer`, `explain: {explain}`: that is shown after the answer",
            "{removed_zh}，并在第 {line} 行下面加一行 `explain: {explain}`，与 `answer` 对齐：作答之后才会显示"
        )
    }
}

impl Checker<'_> {
    /// What to do about what only `explain` should say.
    pub(in crate::lesson::check) fn not_yet(&self, asked: Option<&Tree>) -> Localised<String> {
        match asked.and_then(|asked| asked.entry("explain")) {
            Some((explain, _)) => {
                let line = self.source.line(explain.span.start);
                both!(
                    "write this sentence without the number, in each language; `explain`, in line {line}, is shown after the answer",
                    "请改写这句话，不写这个数（两种语言都改）；第 {line} 行的 `explain` 在作答之后才会显示"
                )
            }
            None => both!(
                "write this sentence without the number, in each language; what `explain` says in the `question` is shown after the answer",
                "请改写这句话，不写这个数（两种语言都改）；`question` 中 `explain` 的话在作答之后才会显示"
            ),
        }
    }
}

/// Sentences that are said too early.
struct Moved {
    /// What they are as `explain`.
    explain: String,
    what: What,
}

/// What is moved.
enum What {
    /// All that is said.
    All,
    /// A part of a text that is the same for both languages,
    Sentence,
    /// or in each language a part of its own.
    SentenceOfEach,
}

impl Moved {
    /// The sentences around these places; in a language without a place, those with the same number.
    fn of(text: &Tree, places: &[Place<'_>]) -> Option<Self> {
        let languages = if text.as_text().is_some() { &Language::ALL[..1] } else { &Language::ALL };
        let versions: Option<Vec<Version<'_>>> =
            languages.iter().map(|language| Version::of(text, *language, places)).collect();
        let versions = versions?;
        let (first, count) = versions.iter().find_map(|it| Some((it.early?, it.sentences.len())))?;
        let early = |it: &Version<'_>| it.early.or((it.sentences.len() == count).then_some(first));
        let words = |it: &Version<'_>| Some(quoted_text(it.words(early(it)?)));
        let explain = match versions.as_slice() {
            [english, chinese] => format!("{{en: {}, zh: {}}}", words(english)?, words(chinese)?),
            [of_both, ..] => words(of_both)?,
            [] => return None,
        };
        let is_all = versions.iter().all(|it| early(it) == Some((0, it.sentences.len() - 1)));
        let what = match versions.len() {
            _ if is_all => What::All,
            1 => What::Sentence,
            _ => What::SentenceOfEach,
        };
        Some(Self { explain, what })
    }

    fn removed(&self) -> Localised<String> {
        match self.what {
            What::All => both!("remove `say` here", "请删去这里的 `say`"),
            What::Sentence => both!("remove the whole sentence here", "请在这里删去整句话"),
            What::SentenceOfEach => {
                both!(
                    "remove the whole sentence here, in each language",
                    "请在这里删去整句话（两种语言都删）"
                )
            }
        }
    }
}

/// A text in one language, cut into its sentences.
struct Version<'t> {
    text: &'t str,
    sentences: Vec<Span>,
    /// The first and the last sentence that are said too early.
    early: Option<(usize, usize)>,
}

impl<'t> Version<'t> {
    fn of(text: &'t Tree, language: Language, places: &[Place<'_>]) -> Option<Self> {
        let own = version(text, language)?;
        let text = own.as_text()?;
        let sentences = sentences(text, language);
        let of_own = places.iter().filter(|(tree, _)| tree.span == own.span).map(|(_, span)| span.start);
        let numbers = of_own.filter_map(|at| sentences.iter().position(|it| it.range().contains(&at)));
        let early = numbers.fold(None, |early: Option<(usize, usize)>, number| {
            Some(early.map_or((number, number), |(first, last)| (first.min(number), last.max(number))))
        });
        (!sentences.is_empty()).then_some(Self { text, sentences, early })
    }

    fn words(&self, (first, last): (usize, usize)) -> &'t str {
        self.text[self.sentences[first].start..self.sentences[last].end].trim()
    }
}
