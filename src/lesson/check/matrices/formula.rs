//! A matrix written as in a formula, `X + head.Z` or `X[was]`, where its kind belongs: what to write instead.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::fields::{Kind, MATRIX_KINDS};
use crate::yaml::{Key, Tree};

/// How a formula is written here.
enum Formula {
    /// This is what it means.
    Certain(String),
    /// It means the first, or number by number the second.
    OneOf(String, String),
    /// Something like this is meant.
    Example(String),
}

impl Formula {
    /// With the name before it that the matrix has.
    fn of_name(self, name: &str) -> Self {
        let of = |written: String| format!("{name}: {written}");
        match self {
            Self::Certain(written) => Self::Certain(of(written)),
            Self::OneOf(product, multiply) => Self::OneOf(of(product), of(multiply)),
            Self::Example(written) => Self::Example(of(written)),
        }
    }

    fn hint(&self) -> Localised<String> {
        match self {
            Self::Certain(written) => both!("write `{written}`", "请写 `{written}`"),
            Self::OneOf(product, multiply) => both!(
                "write `{product}` for the product of two matrices, or `{multiply}` to multiply number by number",
                "矩阵乘积请写 `{product}`；逐个数相乘请写 `{multiply}`"
            ),
            Self::Example(written) => {
                both!("say of what: `{written}`", "请写明用在什么上：`{written}`")
            }
        }
    }
}

impl Checker<'_> {
    /// For `X: main`, what to write since `main` is a text or a matrix. Anything else the table of fields has reported.
    pub(super) fn only_a_name(&mut self, key: &Key, value: &Tree) {
        let Some(other) = value.as_text() else { return };
        let name = &key.text;
        if let Some(formula) = self.formula(other) {
            // The name stands in the same text: `out = X + head.Z`.
            let is_equation = value.span.start == key.span.start;
            let formula = if is_equation { formula.of_name(name) } else { formula };
            let message = match formula {
                Formula::Example(_) => both!(
                    "nothing says of what `{name}` is the `{other}`",
                    "`{name}` 的 `{other}` 没有写明用在什么上"
                ),
                Formula::Certain(_) | Formula::OneOf(..) => not_said(name),
            };
            let finding = Diagnostic::new(Code::WrongKind, value.span, message).with_hint(formula.hint());
            self.findings.push(match formula {
                Formula::Certain(written) if is_equation => finding.with_fix(value.span, written),
                Formula::Certain(written) => self.with_fix_of(finding, value.span, other, &written),
                Formula::OneOf(..) | Formula::Example(_) => finding,
            });
            return;
        }
        let (message, hint) = if self.is_text(other) {
            (
                both!("`{other}` is a text, and `{name}` a matrix", "`{other}` 是文本，而 `{name}` 是矩阵"),
                both!("write `{{embed: {other}}}`", "请写 `{{embed: {other}}}`"),
            )
        } else if self.graph.find(other).is_some() || self.families.contains_key(other) {
            (
                both!("`{name}` is only another name of `{other}`", "`{name}` 只是 `{other}` 的另一个名称"),
                both!(
                    "remove this item and write `{other}` for `{name}`; or say what is done with `{other}`, such as `{{softmax: {other}}}`",
                    "请删去这一项，把 `{name}` 都写成 `{other}`；或写明对 `{other}` 做什么，例如 `{{softmax: {other}}}`"
                ),
            )
        } else {
            return;
        };
        self.report(Code::WrongKind, value.span, message, hint);
    }

    /// How a formula of known matrices is written here.
    fn formula(&self, text: &str) -> Option<Formula> {
        let all_known = |names: &[&str]| names.iter().all(|name| self.is_matrix(name));
        let of = |kind: &str, names: &[&str]| format!("{{{kind}: [{}]}}", names.join(", "));
        let split = |signs: &[&str]| -> Option<Vec<&str>> {
            let sign = signs.iter().find(|sign| text.contains(**sign))?;
            Some(text.split(*sign).map(str::trim).collect())
        };
        if let Some(terms) = split(&["+"]).filter(|terms| all_known(terms)) {
            return Some(Formula::Certain(of("add", &terms)));
        }
        if let Some(terms) = split(&[" - ", "−", "-"]).filter(|terms| terms.len() == 2 && all_known(terms))
        {
            return Some(Formula::Certain(of("subtract", &terms)));
        }
        let factors = split(&[" @ ", "·", "×", " * ", "*"]).filter(|factors| factors.len() == 2);
        if let Some([left, right]) = factors.as_deref().and_then(<[&str]>::first_chunk)
            && self.is_matrix(left)
        {
            let turned = transposed(right).filter(|right| self.is_matrix(right));
            return match turned {
                Some(right) => Some(Formula::Certain(of("dot_products", &[left, right]))),
                None if !self.is_matrix(right) => None,
                None if text.contains('*') => {
                    let of = |kind| of(kind, &[left, right]);
                    Some(Formula::OneOf(of("product"), of("multiply")))
                }
                None => Some(Formula::Certain(of("product", &[left, right]))),
            };
        }
        if let Some(turned) = transposed(text).filter(|turned| self.is_matrix(turned)) {
            return Some(Formula::Certain(format!("{{transpose: {turned}}}")));
        }
        self.some_rows(text).or_else(|| self.kind_alone(text))
    }

    fn is_matrix(&self, name: &str) -> bool {
        self.graph.find(name).is_some() || self.families.contains_key(name) || self.broken.contains(name)
    }

    /// `{slice: {of: X, rows: was}}` for `X[was]`.
    fn some_rows(&self, text: &str) -> Option<Formula> {
        let (name, inside) = text.strip_suffix(']')?.split_once('[')?;
        if !self.is_matrix(name) {
            return None;
        }
        let end = |end: &str| end.trim().trim_matches(['"', '\'']).to_owned();
        let is_end = |end: &str| !end.is_empty() && end.chars().all(|c| c.is_alphanumeric() || c == '_');
        let line = |line: &str| -> Option<String> {
            let ends: Vec<String> = line.split(':').map(end).collect();
            match ends.as_slice() {
                [only] if is_end(only) => Some(only.clone()),
                [first, last] if is_end(first) && is_end(last) => Some(format!("[{first}, {last}]")),
                _ => None,
            }
        };
        let lines: Vec<&str> = inside.split(',').map(str::trim).collect();
        let written = match lines.as_slice() {
            [rows] | [rows, ":"] => format!("{{slice: {{of: {name}, rows: {}}}}}", line(rows)?),
            [":", columns] => format!("{{slice: {{of: {name}, columns: {}}}}}", line(columns)?),
            [rows, columns] => {
                format!("{{slice: {{of: {name}, rows: {}, columns: {}}}}}", line(rows)?, line(columns)?)
            }
            _ => return None,
        };
        Some(Formula::Certain(written))
    }

    /// `{softmax: S}` for `softmax(S)`, and `{identity: d_model}` for `identity`.
    fn kind_alone(&self, text: &str) -> Option<Formula> {
        let (word, of) = match text.strip_suffix(')').and_then(|call| call.split_once('(')) {
            Some((word, of)) => (word.trim(), Some(of.trim())),
            None => (text, None),
        };
        let word = MATRIX_KINDS.meant(word).filter(|own| of.is_some() || *own == word)?;
        let field = MATRIX_KINDS.field(word)?;
        let of_one = field.kind.alternatives().iter().any(|kind| matches!(kind, Kind::Name));
        let several =
            field.kind.alternatives().iter().any(|kind| matches!(kind, Kind::List { of: Kind::Name, .. }));
        let is_known = |name: &str| {
            if matches!(word, "embed" | "one_hot") { self.is_text(name) } else { self.is_matrix(name) }
        };
        match of {
            Some(of) if of_one && is_known(of) => Some(Formula::Certain(format!("{{{word}: {of}}}"))),
            Some(of) if several && of.contains([',', '，']) => {
                let names: Vec<&str> = of.split([',', '，']).map(str::trim).collect();
                let all_known = names.iter().all(|name| is_known(name));
                all_known.then(|| Formula::Certain(format!("{{{word}: [{}]}}", names.join(", "))))
            }
            None if word == "identity" => {
                let is_of_features = |name: &&String| self.texts.iter().all(|text| text.name != **name);
                let usual = self.axes.keys().find(|name| *name == "d_model");
                let axis = usual
                    .or_else(|| self.axes.keys().filter(is_of_features).find(|name| *name != "vocabulary"));
                let axis = axis.map_or("d_model", String::as_str);
                Some(Formula::Example(format!("{{identity: {axis}}}")))
            }
            None if of_one && self.is_free_of(word) => {
                let of = self.graph.nodes().last().map_or("X", |(_, node)| node.name.as_str());
                Some(Formula::Example(format!("{{{word}: {of}}}")))
            }
            Some(_) | None => None,
        }
    }

    /// Whether neither a text nor a matrix has this name.
    fn is_free_of(&self, word: &str) -> bool {
        !self.is_matrix(word) && self.texts.iter().all(|text| text.name != word)
    }
}

/// What is turned in `K^T`, `K.T` and `Kᵀ`.
fn transposed(text: &str) -> Option<&str> {
    ["^T", "^\\top", "ᵀ", "^t", ".T", "'"].iter().find_map(|sign| text.strip_suffix(sign))
}

fn not_said(name: &str) -> Localised<String> {
    both!("qkv cannot make `{name}` from a formula", "qkv 不能从算式得到 `{name}`")
}
