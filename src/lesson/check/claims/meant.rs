//! Claims that are not so because something else was meant: the same written twice, a point that is lost, another name.

use crate::both;
use crate::graph::Trace;
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::locate::in_place_of;
use crate::lesson::expression::{Claim, Relation, Value};
use crate::yaml::Tree;

impl Checker<'_> {
    /// What to write for a claim that is not so, where the claim itself shows it.
    pub(super) fn meant_claim(&self, tree: &Tree, trace: &Trace) -> Option<Localised<String>> {
        let text = tree.as_text()?;
        let claim = Claim::parse(text).ok()?;
        if claim.repeats_itself(text) {
            return Some(both!(
                "both sides are the same, so that this is never so: write another cell on the right side",
                "左右两边相同，永远不会成立：请把右边换成另一个单元格"
            ));
        }
        if let Some(meant) = claim.right(text).and_then(|right| with_its_point(text, right))
            && self.is_so(&meant, trace)
        {
            let meant = in_place_of(self.source, tree, &meant);
            return Some(both!("the point is missing: write `{meant}`", "缺了小数点：请写 `{meant}`"));
        }
        let meant = self.with_another_name(text, trace)?;
        let meant = in_place_of(self.source, tree, &meant);
        Some(both!("with another name it is right: write `{meant}`", "换一个名称就成立：请写 `{meant}`"))
    }

    /// The only claim that a number is a product, with one of the names of that in the place of another, that is so.
    fn with_another_name(&self, text: &str, trace: &Trace) -> Option<String> {
        let claim = Claim::parse(text).ok()?;
        let sides = claim.sides(text)?;
        let resolved = claim.resolve(&self.scope()).ok()?;
        let Err(refuted) = resolved.check(trace) else { return None };
        // Many products are 0.
        let is_of_zero = !matches!(refuted.got, Value::Number(number) if number != 0.0);
        if refuted.relation != Relation::Equal || is_of_zero {
            return None;
        }
        let [product] = sides.into_iter().filter(|side| side.contains('*')).collect::<Vec<_>>()[..] else {
            return None;
        };
        let begins = text.find(product)?;
        let places: Vec<_> = names(product).into_iter().map(|(at, name)| (begins + at, name)).collect();
        let mut meant: Vec<String> = Vec::new();
        for (at, own) in &places {
            for (_, other) in places.iter().filter(|(_, other)| other != own) {
                let changed = format!("{}{other}{}", &text[..*at], &text[at + own.len()..]);
                if !meant.contains(&changed) && self.is_so(&changed, trace) {
                    meant.push(changed);
                }
            }
        }
        let [only] = meant.as_slice() else { return None };
        Some(only.clone())
    }
}

/// A claim whose right side, `05`, has its point: `0.5`.
fn with_its_point(text: &str, right: &str) -> Option<String> {
    let digits = right.strip_prefix('0').filter(|digits| !digits.is_empty())?;
    let is_whole = digits.bytes().all(|c| c.is_ascii_digit());
    let before = text.trim_end().strip_suffix(right).filter(|_| is_whole)?;
    Some(format!("{before}0.{digits}"))
}

/// The names in the brackets of a text, with their places.
fn names(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('[') {
        let Some(length) = text[open..].find(']') else { break };
        let mut at = open + 1;
        for part in text[at..open + length].split(',') {
            let name = part.trim();
            if !name.is_empty() && name != ":" {
                found.push((at + part.find(name).unwrap_or_default(), name));
            }
            at += part.len() + 1;
        }
    }
    found
}
