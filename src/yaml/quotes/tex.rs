//! Backslashes in double quotation marks: YAML reads `"\times"` as a tab and `imes`.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::draft::Draft;
use crate::yaml::syntax::{Explained, Mend};

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
struct Eaten {
    /// Where it stands in what was looked through, counted in characters.
    at: usize,
    /// How many characters it and its word are.
    length: usize,
    /// What to write in their place.
    instead: String,
}

/// The backslashes that YAML does not keep, of a text that is written in double quotation marks.
fn eaten(written: &[char]) -> Vec<Eaten> {
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

/// What is said of the backslashes that are lost in the text whose quotation mark stands at `start`, all at once.
pub(in crate::yaml) fn explain(start: usize, draft: &Draft) -> Option<Explained> {
    const LONGEST: usize = 4000;
    const SHORT: usize = 60;
    let text = draft.slice(start, start + LONGEST);
    let text = &text[..length(text)];
    let eaten = eaten(text);
    let (first, others) = eaten.split_first()?;
    let place = |it: &Eaten| draft.span(start + it.at, start + it.at + it.length);
    let word = |it: &Eaten| -> String { text[it.at..it.at + it.length].iter().collect() };
    let mends: Vec<Mend> = eaten
        .iter()
        .map(|it| Mend { start: start + it.at, end: start + it.at + it.length, with: it.instead.clone() })
        .collect();
    let mut whole = Draft::new(&text.iter().collect::<String>(), Vec::new());
    whole.mend(
        mends
            .iter()
            .map(|it| Mend { start: it.start - start, end: it.end - start, with: it.with.clone() })
            .collect(),
    );
    let whole = whole.text();
    let (word, instead) = (word(first), &first.instead);
    let are_signs = eaten.iter().all(|it| !it.instead.starts_with('\\'));
    let message = if !others.is_empty() {
        both!(
            "in double quotation marks these backslashes are not shown as they are typed",
            "在英文双引号中，这几个反斜杠不会原样显示"
        )
    } else if word.len() > 1 {
        both!(
            "in double quotation marks `{word}` is not shown as it is typed",
            "在英文双引号中，`{word}` 不会原样显示"
        )
    } else {
        both!(
            "in double quotation marks a backslash is not shown as it is typed",
            "在英文双引号中，反斜杠不会原样显示"
        )
    };
    let hint = if others.is_empty() && are_signs {
        both!("write the sign itself: `{instead}`", "请直接写这个符号：`{instead}`")
    } else if !whole.contains(['\n', '`']) && whole.chars().count() <= SHORT {
        both!("write `{whole}`", "请写 `{whole}`")
    } else if are_signs {
        let signs: Vec<String> = eaten.iter().map(|it| format!("`{}`", it.instead)).collect();
        let (en, zh) = (signs.join(", "), signs.join("、"));
        both!("write the signs themselves: {en}", "请直接写这些符号：{zh}")
    } else {
        both!("write each of these backslashes twice: `\\\\`", "请把这里的每个反斜杠写两遍：`\\\\`")
    };
    let finding = Diagnostic::new(Code::EatenBackslash, place(first), message).with_hint(hint);
    let finding = others.iter().fold(finding, |finding, it| finding.with_another(place(it)));
    Some(Explained::new(finding, mends, draft))
}

/// How long the text is that begins with a double quotation mark, up to past the other one.
fn length(text: &[char]) -> usize {
    let mut at = 1;
    while at < text.len() && text[at] != '"' {
        at += if text[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(text.len())
}
