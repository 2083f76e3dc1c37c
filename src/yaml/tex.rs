//! Backslashes in double quotation marks: YAML reads `"\times"` as a tab and `imes`.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};

/// Words that TeX writes with a backslash, with the sign that they stand for; without one where there is none.
const WORDS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("approx", "≈"),
    ("argmax", "argmax"),
    ("bar", ""),
    ("begin", ""),
    ("beta", "β"),
    ("boldsymbol", ""),
    ("cdot", "·"),
    ("delta", "δ"),
    ("Delta", "Δ"),
    ("epsilon", "ε"),
    ("eta", "η"),
    ("exp", "exp"),
    ("forall", "∀"),
    ("frac", ""),
    ("gamma", "γ"),
    ("geq", "≥"),
    ("in", "∈"),
    ("infty", "∞"),
    ("lambda", "λ"),
    ("leq", "≤"),
    ("ln", "ln"),
    ("log", "log"),
    ("mathbf", ""),
    ("max", "max"),
    ("mu", "μ"),
    ("nabla", "∇"),
    ("ne", "≠"),
    ("neq", "≠"),
    ("not", "¬"),
    ("nu", "ν"),
    ("overline", ""),
    ("phi", "φ"),
    ("pi", "π"),
    ("pm", "±"),
    ("rangle", "⟩"),
    ("rho", "ρ"),
    ("right", ""),
    ("rightarrow", "→"),
    ("sigma", "σ"),
    ("sqrt", "√"),
    ("sum", "Σ"),
    ("tanh", "tanh"),
    ("tau", "τ"),
    ("text", ""),
    ("theta", "θ"),
    ("times", "×"),
    ("to", "→"),
    ("top", "ᵀ"),
    ("underline", ""),
    ("varepsilon", "ε"),
    ("vec", ""),
    ("xi", "ξ"),
];

/// The sign that a word of TeX stands for, if there is one.
pub(crate) fn tex_sign(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|(name, sign)| *name == word && !sign.is_empty()).map(|(_, sign)| *sign)
}

/// A backslash that is lost.
pub(super) struct Eaten {
    /// Where it stands in what was looked through, counted in characters.
    pub(super) at: usize,
    /// How many characters it and its word are.
    pub(super) length: usize,
    /// What to write in their place.
    pub(super) instead: String,
}

/// The backslashes that YAML does not keep, of a text that is written in double quotation marks.
pub(super) fn eaten(written: &[char]) -> Vec<Eaten> {
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < written.len() {
        if written[at] != '\\' {
            at += 1;
            continue;
        }
        let next = written[at + 1];
        let word: String = written[at + 1..].iter().take_while(|c| c.is_ascii_alphabetic()).collect();
        let sign = WORDS.iter().find(|(name, _)| *name == word).map(|(_, sign)| *sign);
        // A tab in the middle of a word is never meant: `C:\\temp`.
        let refused = !is_escape(next) || (next == 't' && word.len() > 1);
        if refused || sign.is_some() {
            let length = if sign.is_some() { 1 + word.len() } else { 1 };
            let instead = match sign {
                Some(sign) if !sign.is_empty() => sign.to_owned(),
                Some(_) => format!("\\\\{word}"),
                None => "\\\\".to_owned(),
            };
            found.push(Eaten { at, length, instead });
        }
        at += 2;
    }
    found
}

/// Whether YAML knows a backslash before this character.
const fn is_escape(c: char) -> bool {
    matches!(
        c,
        '0' | 'a'
            | 'b'
            | 't'
            | '\t'
            | 'n'
            | 'v'
            | 'f'
            | 'r'
            | 'e'
            | ' '
            | '"'
            | '/'
            | '\\'
            | 'N'
            | '_'
            | 'L'
            | 'P'
            | 'x'
            | 'u'
            | 'U'
            | '\n'
            | '\r'
    )
}

/// The finding for a lost backslash; `written` is it and its word.
pub(super) fn finding(span: Span, written: &str, instead: &str) -> Diagnostic {
    let message = if written.len() > 1 {
        both!(
            "in double quotation marks `{written}` is not shown as it is typed",
            "在英文双引号中，`{written}` 不会原样显示"
        )
    } else {
        both!(
            "in double quotation marks a backslash is not shown as it is typed",
            "在英文双引号中，反斜杠不会原样显示"
        )
    };
    let hint = if instead.starts_with('\\') {
        both!(
            "write two backslashes, `{instead}`, or put the text into single quotation marks, '…'",
            "请写两个反斜杠：`{instead}`，或把双引号 \"…\" 换成单引号 '…'"
        )
    } else {
        both!("write the sign itself: `{instead}`", "请直接写这个符号：`{instead}`")
    };
    Diagnostic::new(Code::EatenBackslash, span, message).with_hint(hint)
}
