//! Counts that are too large to be right to the last digit, and which size makes them so.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Localised, all_of};
use crate::lesson::check::Checker;
use crate::yaml::{Scalar, Style, Tree, Value};

/// The sizes of GPT-3, the largest model whose sizes were published in full, by the fields that count.
const USUAL: [(&str, u64); 10] = [
    ("tokens", 2048),
    ("vocabulary", 50257),
    ("positions", 2048),
    ("d_model", 12288),
    ("d_k", 128),
    ("d_v", 128),
    ("d_ff", 49152),
    ("n_heads", 96),
    ("n_kv_heads", 96),
    ("n_layers", 96),
];

/// A size that is larger than that of GPT-3.
#[derive(Clone, Copy)]
struct Large {
    field: &'static str,
    span: Span,
    size: u64,
    usual: u64,
}

impl Checker<'_> {
    /// Reports counts of sizes in `tree`, naming as few of them as have to become smaller, the largest first. `exact`
    /// says whether the counts of a tree are right to the last digit.
    pub(super) fn report_inexact(&mut self, tree: &Tree, exact: impl Fn(&mut Self, &Tree) -> Option<bool>) {
        let mut large = large(tree);
        large.sort_by_key(|of| std::cmp::Reverse(of.size / of.usual));
        let mut candidate = tree.clone();
        let mut smaller: Vec<Large> = Vec::new();
        let told = self.findings.len();
        for of in large {
            let written = Scalar { text: of.usual.to_string(), style: Style::Plain };
            candidate.put(of.span, &Value::Scalar(written));
            smaller.push(of);
            let is_exact = exact(self, &candidate) == Some(true);
            self.findings.truncate(told);
            if is_exact {
                break;
            }
        }
        let Some(first) = smaller.first() else {
            self.report_too_many(tree.span);
            return;
        };
        let written = all_of(smaller.iter().map(|of| match of.field {
            "tokens" => of.usual.to_string(),
            field => format!("`{field}: {}`", of.usual),
        }));
        let hint = match (first.field, smaller.len()) {
            ("tokens", 1) => Localised {
                en: format!("write {} here, as many tokens as GPT-3 sees, or less", written.en),
                zh: format!("请在这里写 {}（GPT-3 能看到的词元数），或更小的数", written.zh),
            },
            (_, _) => Localised {
                en: format!("write {}, as GPT-3 has, or less", written.en),
                zh: format!("请写 {}（与 GPT-3 相同），或更小的数", written.zh),
            },
        };
        let finding = Diagnostic::new(Code::TooLarge, first.span, beyond()).with_hint(hint);
        let others = smaller.iter().skip(1).fold(finding, |finding, of| {
            finding.with_related(of.span, both!("and this is large", "这个也很大"))
        });
        self.findings.push(others);
    }

    /// Reports one number beyond those that are right to the last digit.
    pub(super) fn report_too_many(&mut self, span: Span) {
        self.report(Code::TooLarge, span, beyond(), both!("write a smaller number", "请写小一些的数"));
    }
}

fn beyond() -> Localised<String> {
    both!(
        "this makes the counts go beyond 9 million billion, where they would no longer be right to the last digit",
        "这样算出的数超过了 9000 万亿，再大就不能精确到个位"
    )
}

/// The sizes of a definition that are larger than those of GPT-3.
fn large(tree: &Tree) -> Vec<Large> {
    let mut large = Vec::new();
    for (field, usual) in USUAL {
        let Some(written) = tree.get(field) else { continue };
        for of in written.as_list().unwrap_or(std::slice::from_ref(written)) {
            if let Some(size) = of.as_count().filter(|size| *size > usual) {
                large.push(Large { field, span: of.span, size, usual });
            }
        }
    }
    large
}
