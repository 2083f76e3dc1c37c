//! Matrices with the fields of another kind than they are said to be, or without any.

use super::moved::put_below;
use super::otherwise::{LONGEST, Otherwise, is_in_brackets, names, put_around, told, write};
use super::unknown::in_line;
use super::{Kind, MATRIX_KINDS, Presence, Record};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Key, Tree};

/// `- W: {rows: a, cols: b, values: […]}`, where the kind is left out, which has such fields alone.
pub(super) fn without_its_kind(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    const SURE: usize = 2;
    let Kind::OneOf(kinds) = kind else { return None };
    let entries = tree.as_map().filter(|_| std::ptr::eq(*kinds, &raw const MATRIX_KINDS))?;
    let is_own = |(key, _): &(Key, Tree)| kinds.field(&key.text).is_none();
    if entries.len() < SURE || !entries.iter().all(is_own) {
        return None;
    }
    let has_all = |record: &Record| entries.iter().all(|(key, _)| record.field(&key.text).is_some());
    let mut owners = kinds.fields.iter().filter(|field| field.kind.records().into_iter().any(has_all));
    let owner = owners.next().filter(|_| owners.next().is_none())?.name;
    let first = &entries.first()?.0.text;
    let message = both!("nothing says how this matrix is made", "没有写明这个矩阵怎样得到");
    let each = |(key, value): &(Key, Tree)| Some(format!("{}: {}", key.text, in_line(value)?));
    let fields: Option<Vec<String>> = entries.iter().map(each).collect();
    let whole = fields.map(|fields| format!("{{{owner}: {{{}}}}}", fields.join(", ")));
    let hint = if let Some(whole) =
        whole.filter(|it| is_in_brackets(tree) && it.chars().count() <= 2 * LONGEST)
    {
        write(&whole)
    } else if is_in_brackets(tree) {
        both!(
            "write `{{{owner}: ` before `{{{first}: …` and one more `}}` at the end: `{{{owner}: {{{first}: …}}}}`",
            "请在 `{{{first}: …` 前面加上 `{{{owner}: `，末尾再加一个 `}}`：`{{{owner}: {{{first}: …}}}}`"
        )
    } else {
        let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
        let finding = put_below(finding, &[&format!("{owner}:")], first, tree.span);
        return Some(Otherwise { finding, meant: names(vec![(owner, tree.clone())], tree.span) });
    };
    let finding = put_around(told(tree.span, message, hint), tree, &format!("{{{owner}: "), "}");
    Some(Otherwise { finding, meant: names(vec![(owner, tree.clone())], tree.span) })
}

/// `given: {file: w.csv, rows: a}`, whose fields are those of `load`.
pub(super) fn under_another_kind(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    let Kind::OneOf(kinds) = kind else { return None };
    let [(key, value)] = tree.as_map().filter(|_| std::ptr::eq(*kinds, &raw const MATRIX_KINDS))? else {
        return None;
    };
    let (fields, records) = (value.as_map()?, kinds.field(&key.text)?.kind.records());
    let mut unknown =
        fields.iter().filter(|(field, _)| records.iter().all(|it| it.meant(&field.text).is_none()));
    let (sign, _) = unknown.next()?;
    let has_all = |record: &Record| {
        let is_needed = record.field(&sign.text).is_some_and(|field| field.presence == Presence::Required);
        is_needed && fields.iter().all(|(field, _)| record.field(&field.text).is_some())
    };
    let mut owners = kinds.fields.iter().filter(|field| field.kind.records().into_iter().any(has_all));
    let meant = owners.next().filter(|_| owners.next().is_none())?.name;
    let (own, sign) = (&key.text, &sign.text);
    let message =
        both!("`{sign}` belongs to `{meant}`, not to `{own}`", "`{sign}` 属于 `{meant}`，不属于 `{own}`");
    let hint = both!("write `{meant}` instead of `{own}`", "请把 `{own}` 改成 `{meant}`");
    let finding =
        Diagnostic::new(Code::UnknownField, key.span, message).with_hint(hint).with_fix(key.span, meant);
    Some(Otherwise { finding, meant: names(vec![(meant, value.clone())], tree.span) })
}
