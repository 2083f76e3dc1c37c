//! What several files say of one field, put together.

use super::Gathered;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Key, Tree, Value};

impl Gathered {
    /// Adds what a part has to what earlier parts have.
    pub(super) fn merge_after(&mut self, part: Tree) {
        let Value::Map(entries) = part.value else { return };
        for (key, value) in entries {
            if !SHARED.contains(&key.text.as_str()) {
                continue;
            }
            let Value::Map(own) = &mut self.tree.value else { continue };
            match own.iter_mut().find(|(name, _)| name.text == key.text) {
                None => own.push((key, value)),
                Some((_, there)) => join(there, value, &mut self.findings),
            }
        }
    }

    /// Puts what the parts have before what the lesson has itself.
    pub(super) fn merge_before(&mut self, parts: Tree) {
        let Value::Map(parts) = parts.value else { return };
        let Value::Map(own) = &mut self.tree.value else { return };
        for (key, mut value) in parts {
            match own.iter_mut().find(|(name, _)| name.text == key.text) {
                None => own.push((key, value)),
                Some((_, there)) => {
                    std::mem::swap(there, &mut value);
                    let before = self.findings.len();
                    join(there, value, &mut self.findings);
                    // Which of two axes everything else is made for, nobody can know.
                    self.is_incomplete |= key.text == "axes" && self.findings.len() > before;
                }
            }
        }
    }
}

/// What a lesson takes from a part: the rest, such as its title, belongs to the part as a lesson of its own.
const SHARED: [&str; 7] = ["axes", "text", "texts", "vocabulary", "matrices", "steps", "expect"];

/// Adds one field to the same field of an earlier file: lists and names follow each other.
fn join(there: &mut Tree, more: Tree, findings: &mut Vec<Diagnostic>) {
    let span = more.span;
    match (&mut there.value, more.value) {
        (Value::List(there), Value::List(more)) => there.extend(more),
        (Value::Map(there), Value::Map(more)) => {
            for (key, value) in more {
                join_entry(there, key, value, findings);
            }
        }
        // The file's own text counts; a part has it for itself.
        (Value::Scalar(_) | Value::List(_) | Value::Map(_), more) => *there = Tree { span, value: more },
    }
}

fn join_entry(there: &mut Vec<(Key, Tree)>, key: Key, value: Tree, findings: &mut Vec<Diagnostic>) {
    let Some((first, own)) = there.iter_mut().find(|(name, _)| name.text == key.text) else {
        there.push((key, value));
        return;
    };
    // The vocabulary is one table of tokens on one axis.
    if key.text == "tokens" {
        join(own, value, findings);
    } else if !is_alike(own, &value) {
        let name = &key.text;
        findings.push(
            Diagnostic::new(
                Code::DuplicateName,
                key.span,
                both!(
                    "`{name}` is there already, and says something else",
                    "`{name}` 已经有了，而且内容不同"
                ),
            )
            .with_related(first.span, both!("the first", "第一处"))
            .with_hint(both!(
                "remove one of the two, or give it another name",
                "请去掉其中一处，或换一个名字"
            )),
        );
    }
}

/// Whether two trees say the same, wherever they stand.
fn is_alike(a: &Tree, b: &Tree) -> bool {
    match (&a.value, &b.value) {
        (Value::Scalar(a), Value::Scalar(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_alike(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let same = |((a, x), (b, y)): (&(Key, Tree), &(Key, Tree))| a.text == b.text && is_alike(x, y);
            a.len() == b.len() && a.iter().zip(b).all(same)
        }
        (Value::Scalar(_) | Value::List(_) | Value::Map(_), _) => false,
    }
}
