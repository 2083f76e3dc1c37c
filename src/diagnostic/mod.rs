//! What is wrong with a lesson: located findings, each with a stable code, words in both languages and a hint.

use crate::language::Localised;

mod fix;
mod lines;
mod nearest;
mod pages;
mod render;
mod source;

pub use fix::{Change, changes, mended};
pub use lines::{line_numbers, lines_at, with_lines};
pub use nearest::{all_nearest, is_slip, nearest};
pub use pages::Page;
pub(crate) use render::{ERROR, HELP, WARNING, is_unprintable};
pub use render::{Paint, escaped, render, summary};
pub use source::{NotUtf8, Source, Span};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The lesson cannot be walked.
    Error,
    /// The lesson can be walked, but something in it is not as it should be.
    Warning,
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// What kind of mistake it is, stable across versions.
    pub code: Code,
    /// Where it is.
    pub span: Span,
    /// What is wrong, in one sentence without a final full stop.
    pub message: Localised<String>,
    /// Words under the caret; empty for none.
    pub label: Localised<String>,
    /// Other places that matter, such as the first of two definitions. Without words, further places of the same slip.
    pub related: Vec<(Span, Localised<String>)>,
    /// What to do about it.
    pub hint: Option<Localised<String>>,
    /// For a slip of the hand, what to write instead; empty where only the author can know.
    pub fix: Vec<Edit>,
}

/// One replacement in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there instead.
    pub with: String,
}

/// With so many findings in one file, looking for more helps nobody and costs memory.
pub const ENOUGH: usize = 1000;

impl Diagnostic {
    /// A finding without label, hint or other places.
    pub fn new(code: Code, span: Span, message: Localised<String>) -> Self {
        Self {
            code,
            span,
            message,
            label: Localised::default(),
            related: Vec::new(),
            hint: None,
            fix: Vec::new(),
        }
    }

    /// The same with words under the caret.
    pub fn with_label(self, label: Localised<String>) -> Self {
        Self { label, ..self }
    }

    /// The same with what to do about it.
    pub fn with_hint(self, hint: Localised<String>) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// The same with one more place that matters.
    pub fn with_related(mut self, span: Span, words: Localised<String>) -> Self {
        self.related.push((span, words));
        self
    }

    /// The same with one more place of the same slip.
    pub fn with_another(self, span: Span) -> Self {
        self.with_related(span, Localised::default())
    }

    /// The same with a replacement that puts it right.
    pub fn with_fix(mut self, span: Span, with: impl Into<String>) -> Self {
        self.fix.push(Edit { span, with: with.into() });
        self
    }

    /// The same with the lines counted that its hint marks.
    pub fn with_lines(mut self, line: impl Fn(usize) -> usize) -> Self {
        self.hint = self.hint.map(|hint| with_lines(&hint, line));
        self
    }

    /// The same with every place moved, as from the bytes of a text to those of the file that it stands in.
    pub fn moved(mut self, to: impl Fn(Span) -> Span) -> Self {
        self.span = to(self.span);
        for (span, _) in &mut self.related {
            *span = to(*span);
        }
        for edit in &mut self.fix {
            edit.span = to(edit.span);
        }
        self
    }

    /// How bad it is; its code says so.
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// The kinds of mistakes. The text form is stable: people search for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// The file is not text in UTF-8.
    NotUtf8,
    /// The text is not YAML.
    YamlSyntax,
    /// A tab where YAML wants spaces.
    TabIndent,
    /// A blank other than the space bar's where YAML wants spaces.
    UnusualSpace,
    /// A fullwidth sign such as `：` where YAML wants `:`.
    FullwidthPunctuation,
    /// A backslash that a text in double quotation marks does not keep.
    EatenBackslash,
    /// The same key twice in one map.
    DuplicateKey,
    /// Larger or deeper than a lesson may be.
    TooLarge,
    /// An anchor, alias or tag, which lessons do not use.
    UnsupportedYaml,
    /// A control, escape or bidirectional override character in a text.
    ControlCharacter,
    /// A format version that this qkv does not read.
    FormatVersion,
    /// A field that does not exist.
    UnknownField,
    /// A field that must be there is not.
    MissingField,
    /// A list where a text belongs, and the like.
    WrongKind,
    /// Fields that exclude each other, or of which one makes the other useless.
    ConflictingFields,
    /// A text in only one of the two languages.
    MissingLanguage,
    /// Something that should be a number and is not.
    BadNumber,
    /// An infinite number, or none at all, as from a division by zero.
    NotFinite,
    /// Rows of one matrix with different lengths.
    RaggedRows,
    /// A name that cannot be one.
    BadName,
    /// Two definitions with one name.
    DuplicateName,
    /// A name that nothing in the lesson has.
    UnknownName,
    /// A name that is defined further down.
    UsedBeforeDefinition,
    /// A token or feature that the axis does not have.
    UnknownLabel,
    /// A row or column number beyond the matrix.
    OutOfRange,
    /// Matrices whose axes do not fit together.
    ShapeMismatch,
    /// A reference, expectation or number that cannot be read.
    BadExpression,
    /// A claim of the lesson that its own numbers refute.
    ExpectFailed,
    /// A question that no answer, or every answer, would be right for.
    NoAnswer,
    /// A question whose answer can be read on its own step.
    AnswerShown,
    /// A published number that differs from the computed one for no reason that is told.
    PublishedDiffers,
    /// A file beside the lesson that cannot be used.
    BadFile,
    /// Something that holds nothing where at least one thing is needed.
    Empty,
    /// Something that can be computed and that hardly anyone means.
    Questionable,
    /// A text that ends where ` #` begins a comment.
    CutText,
    /// A sentence that is one token, because nothing separates its words.
    LongToken,
    /// A list of one item that looks like several.
    MissingComma,
    /// A claim that could hardly ever fail.
    LooseExpect,
    /// A number in prose that a cell beside it holds.
    TypedNumber,
    /// A cell in prose without the braces that make it a number.
    BareCell,
    /// A step that says nothing.
    WordlessStep,
    /// A matrix that nothing uses, shows or claims something of.
    UnusedMatrix,
    /// A line of a text that stands there twice, one below the other.
    DoubledLine,
    /// A text of which the two languages show different numbers, or one stops in the middle.
    LanguagesDiffer,
    /// A sign in a text that is doubled, never closed, or of the other language.
    UntidySign,
    /// A step of which a small screen cannot show everything.
    CrowdedStep,
    /// A step that is uncovered in so many portions that nobody comes to what follows.
    UnreachableStep,
    /// Arithmetic in prose that is not so with the numbers as they are printed.
    UnevenSum,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 48] = [
        Self::NotUtf8,
        Self::YamlSyntax,
        Self::TabIndent,
        Self::UnusualSpace,
        Self::FullwidthPunctuation,
        Self::EatenBackslash,
        Self::DuplicateKey,
        Self::TooLarge,
        Self::UnsupportedYaml,
        Self::ControlCharacter,
        Self::FormatVersion,
        Self::UnknownField,
        Self::MissingField,
        Self::WrongKind,
        Self::ConflictingFields,
        Self::MissingLanguage,
        Self::BadNumber,
        Self::NotFinite,
        Self::RaggedRows,
        Self::BadName,
        Self::DuplicateName,
        Self::UnknownName,
        Self::UsedBeforeDefinition,
        Self::UnknownLabel,
        Self::OutOfRange,
        Self::ShapeMismatch,
        Self::BadExpression,
        Self::ExpectFailed,
        Self::NoAnswer,
        Self::AnswerShown,
        Self::PublishedDiffers,
        Self::BadFile,
        Self::Empty,
        Self::Questionable,
        Self::CutText,
        Self::LongToken,
        Self::MissingComma,
        Self::LooseExpect,
        Self::TypedNumber,
        Self::BareCell,
        Self::WordlessStep,
        Self::UnusedMatrix,
        Self::DoubledLine,
        Self::LanguagesDiffer,
        Self::UntidySign,
        Self::CrowdedStep,
        Self::UnreachableStep,
        Self::UnevenSum,
    ];

    /// The stable text of the code, as in `error[unknown-field]`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotUtf8 => "not-utf8",
            Self::YamlSyntax => "yaml-syntax",
            Self::TabIndent => "tab-indent",
            Self::UnusualSpace => "unusual-space",
            Self::FullwidthPunctuation => "fullwidth-punctuation",
            Self::EatenBackslash => "eaten-backslash",
            Self::DuplicateKey => "duplicate-key",
            Self::TooLarge => "too-large",
            Self::UnsupportedYaml => "unsupported-yaml",
            Self::ControlCharacter => "control-character",
            Self::FormatVersion => "format-version",
            Self::UnknownField => "unknown-field",
            Self::MissingField => "missing-field",
            Self::WrongKind => "wrong-kind",
            Self::ConflictingFields => "conflicting-fields",
            Self::MissingLanguage => "missing-language",
            Self::BadNumber => "bad-number",
            Self::NotFinite => "not-finite",
            Self::RaggedRows => "ragged-rows",
            Self::BadName => "bad-name",
            Self::DuplicateName => "duplicate-name",
            Self::UnknownName => "unknown-name",
            Self::UsedBeforeDefinition => "used-before-definition",
            Self::UnknownLabel => "unknown-label",
            Self::OutOfRange => "out-of-range",
            Self::ShapeMismatch => "shape-mismatch",
            Self::BadExpression => "bad-expression",
            Self::ExpectFailed => "expect-failed",
            Self::NoAnswer => "no-answer",
            Self::AnswerShown => "answer-shown",
            Self::PublishedDiffers => "published-differs",
            Self::BadFile => "bad-file",
            Self::Empty => "empty",
            Self::Questionable => "questionable",
            Self::CutText => "cut-text",
            Self::LongToken => "long-token",
            Self::MissingComma => "missing-comma",
            Self::LooseExpect => "loose-expect",
            Self::TypedNumber => "typed-number",
            Self::BareCell => "bare-cell",
            Self::WordlessStep => "wordless-step",
            Self::UnusedMatrix => "unused-matrix",
            Self::DoubledLine => "doubled-line",
            Self::LanguagesDiffer => "languages-differ",
            Self::UntidySign => "untidy-sign",
            Self::CrowdedStep => "crowded-step",
            Self::UnreachableStep => "unreachable-step",
            Self::UnevenSum => "uneven-sum",
        }
    }

    /// The code of a text form, if there is one.
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }

    /// Whether a lesson with this finding can be walked.
    pub const fn severity(self) -> Severity {
        match self {
            Self::NotUtf8
            | Self::YamlSyntax
            | Self::TabIndent
            | Self::UnusualSpace
            | Self::FullwidthPunctuation
            | Self::EatenBackslash
            | Self::DuplicateKey
            | Self::TooLarge
            | Self::UnsupportedYaml
            | Self::ControlCharacter
            | Self::FormatVersion
            | Self::UnknownField
            | Self::MissingField
            | Self::WrongKind
            | Self::ConflictingFields
            | Self::BadNumber
            | Self::NotFinite
            | Self::RaggedRows
            | Self::BadName
            | Self::DuplicateName
            | Self::UnknownName
            | Self::UsedBeforeDefinition
            | Self::UnknownLabel
            | Self::OutOfRange
            | Self::ShapeMismatch
            | Self::BadExpression
            | Self::ExpectFailed
            | Self::NoAnswer
            | Self::AnswerShown
            | Self::PublishedDiffers
            | Self::BadFile
            | Self::Empty => Severity::Error,
            Self::MissingLanguage
            | Self::Questionable
            | Self::CutText
            | Self::LongToken
            | Self::MissingComma
            | Self::LooseExpect
            | Self::TypedNumber
            | Self::BareCell
            | Self::WordlessStep
            | Self::UnusedMatrix
            | Self::DoubledLine
            | Self::LanguagesDiffer
            | Self::UntidySign
            | Self::CrowdedStep
            | Self::UnreachableStep
            | Self::UnevenSum => Severity::Warning,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_text() {
        let texts: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
    }
}
