//! Findings about expressions, in the words of a teacher.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, is_slip};
use crate::graph::Side;
use crate::language::Localised;
use crate::lesson::first_round;

pub(in crate::lesson) fn finding(code: Code, span: Span, message: Localised<String>) -> Diagnostic {
    Diagnostic::new(code, span, message)
}

/// Something that cannot be read.
pub(in crate::lesson) fn bad(span: Span, message: Localised<String>) -> Diagnostic {
    finding(Code::BadExpression, span, message)
}

pub(in crate::lesson) fn hinted(mut finding: Diagnostic, hint: Localised<String>) -> Diagnostic {
    finding.hint = Some(hint);
    finding
}

/// For `head.Z` or `head.V` where the head has neither: why.
pub(in crate::lesson) fn no_output(name: &str, known: &[&str]) -> Option<Localised<String>> {
    let (stem, part) = name.rsplit_once('.')?;
    let has = |part: &str| {
        known.iter().any(|full| full.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.')) == Some(part))
    };
    if part == "output" && has("concat") {
        return Some(both!(
            "write `{stem}.concat`: without a `W_O` that is all that `{stem}` gives",
            "请写 `{stem}.concat`：`{stem}` 没有写 `W_O`，就只有它"
        ));
    }
    (matches!(part, "Z" | "V" | "output") && has("pattern") && !has("V")).then(|| {
        both!(
            "`{stem}` has a pattern but no values, so nothing is added up: give it `W_V`, the weights that make the values",
            "`{stem}` 有注意力权重，却没有值，所以得不到输出：请给它写上 `W_V`（生成值的权重）"
        )
    })
}

/// For `head.masked` where nothing is masked: what to add.
pub(in crate::lesson) fn no_mask(name: &str, known: &[&str]) -> Option<Localised<String>> {
    let (part, text) = name.split_at(name.find('@').unwrap_or(name.len()));
    let stem = part.strip_suffix(".masked")?;
    let pattern = format!("{stem}.pattern{text}");
    let has_pattern = known.contains(&pattern.as_str());
    (has_pattern && !known.contains(&name)).then(|| {
        let made = stem.split('.').next().unwrap_or(stem);
        both!(
            "`{stem}` has no mask: add `mask: causal` where `{made}` is made, as in `attention: {{…, mask: causal}}`",
            "`{stem}` 没有掩码：请在定义 `{made}` 的地方加上 `mask: causal`，例如 `attention: {{…, mask: causal}}`"
        )
    })
}

/// For `pattern`, the known name that ends with it: `head.pattern`.
pub(in crate::lesson) fn with_this_end<'a>(
    name: &str,
    mut known: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    known.find(|known| known.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')))
}

/// What others call the shares of a head.
const SHARES: [&str; 14] = [
    "weights",
    "weight",
    "attention",
    "attn",
    "attention_weights",
    "attn_weights",
    "shares",
    "share",
    "probs",
    "alpha",
    "注意力",
    "注意力权重",
    "权重",
    "份额",
];

/// For `heads.pattern` and `heads.1.pattern`, the matrices of this group that end with it, or else all of it.
pub(in crate::lesson) fn others_of_its_group(name: &str, known: &[&str]) -> Option<Localised<String>> {
    if let Some((group, alone)) = name.rsplit_once('.').filter(|(_, end)| known.contains(end)) {
        return Some(both!(
            "`{alone}` is no part of `{group}`, but stands by itself: write `{alone}`",
            "`{alone}` 不是 `{group}` 的一部分，而是单独的：请写 `{alone}`"
        ));
    }
    if let Some((number, meant)) = by_number(name, known) {
        let own = meant.rsplit('.').nth(1).unwrap_or(meant);
        return Some(both!(
            "head {number} has the name `{own}`: write `{meant}`",
            "第 {number} 个头的名称是 `{own}`：请写 `{meant}`"
        ));
    }
    let (group, rest) = name.split_once('.').filter(|_| !known.iter().any(|known| is_slip(name, known)))?;
    let stems = name.rmatch_indices('.').map(|(at, _)| &name[..at]);
    let end = rest.rsplit('.').next().unwrap_or(rest);
    let inside = |stem: &str, full: &str| full.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.'));
    let of = |stem: &str| known.iter().copied().filter(|full| inside(stem, full)).collect::<Vec<_>>();
    let alike: Vec<&str> =
        of(group).into_iter().filter(|full| full.rsplit('.').next() == Some(end)).collect();
    let shown = if alike.is_empty() { stems.map(of).find(|of| !of.is_empty())? } else { alike };
    let mut patterns = shown.iter().filter(|full| full.ends_with(".pattern"));
    if SHARES.contains(&end)
        && let (Some(pattern), None) = (patterns.next(), patterns.next())
    {
        return Some(both!(
            "the shares of a head are called `pattern` here: write `{pattern}`",
            "注意力权重在这里叫 `pattern`：请写 `{pattern}`"
        ));
    }
    let names: Vec<_> = shown.iter().map(|name| format!("`{name}`")).collect();
    let Localised { en, zh } = listed(names.iter().map(String::as_str));
    Some(both!("write one of these: {en}", "请写其中一个：{zh}"))
}

/// For `letter.3.choice` where the text that is written ends after round 2, and for `stack.3.output` of two layers.
pub(in crate::lesson) fn beyond_the_last(name: &str, known: &[&str]) -> Option<Localised<String>> {
    let (stem, rest) = name.split_once('.')?;
    let (number, part) = rest.split_once('.')?;
    let number: usize = number.parse().ok()?;
    let numbered = |full: &&str| {
        let rest = full.strip_prefix(stem)?.strip_prefix('.')?;
        rest.split_once('.')?.0.parse::<usize>().ok()
    };
    let last = known.iter().filter_map(numbered).max().filter(|last| *last < number)?;
    let is_written = known.contains(&format!("{stem}.1.choice").as_str());
    let same = format!("{stem}.{last}.{part}");
    if is_written {
        return Some(both!(
            "`{stem}` ends after round {last}: let it go on, with a larger `at_most` or another `until`",
            "`{stem}` 写到第 {last} 轮就结束了：要继续写下去，请把 `at_most` 改大，或换一个 `until`"
        ));
    }
    known.contains(&same.as_str()).then(|| {
        both!(
            "the last one of `{stem}` has the number {last}: write `{same}`",
            "`{stem}` 只到第 {last} 个：请写 `{same}`"
        )
    })
}

/// For `block.1.pattern` the first of `block.who.pattern` and `block.where.pattern`.
fn by_number<'a>(name: &str, known: &[&'a str]) -> Option<(usize, &'a str)> {
    let (start, number) = name
        .split('.')
        .scan(0, |at, part| {
            let start = *at;
            *at += part.len() + 1;
            Some((start, part.parse::<usize>().ok().filter(|number| *number > 0)))
        })
        .find_map(|(start, number)| Some((start, number?)))?;
    let (before, rest) = name.split_at(start);
    let behind = rest.split_once('.')?.1;
    let inside = |full: &&&str| {
        let part = full.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind)?.strip_suffix('.'));
        part.is_some_and(|part| !part.contains('.') && part.parse::<usize>().is_err())
    };
    Some((number, known.iter().filter(inside).nth(number - 1)?))
}

/// For a matrix of the first round of a written text, the one that takes its place.
pub(in crate::lesson) fn in_first_round(name: &str, known: &[&str]) -> Option<Localised<String>> {
    let own = first_round(name, known)?;
    Some(both!(
        "write `{own}`: in the first round nothing has been added yet",
        "请写 `{own}`：第一轮还没有添加词元"
    ))
}

/// Words in a row: `a, b, c` and `a、b、c`, cut short after a dozen.
pub(in crate::lesson) fn listed<'a>(words: impl ExactSizeIterator<Item = &'a str>) -> Localised<String> {
    const MOST: usize = 12;
    let more = if words.len() > MOST { ["…"].as_slice() } else { &[] };
    let list: Vec<&str> = words.take(MOST).chain(more.iter().copied()).collect();
    Localised { en: list.join(", "), zh: list.join("、") }
}

/// The same findings of a half range where only one row or column can stand, the one called `own`.
pub(super) fn of_one_line(word: &str, own: &str, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let hint = both!(
        "write `{own}`: `{word}` looks at one row or one column",
        "请写 `{own}`：`{word}` 只能用于一行或一列"
    );
    findings.into_iter().map(|finding| hinted(finding, hint.clone())).collect()
}

/// What is said of a range that lacks its beginning or its end; `whole` says what it is with both.
pub(super) fn half_range(own: &str, span: Span, whole: &Localised<String>, side: Side) -> Vec<Diagnostic> {
    let Localised { en, zh } = whole;
    let (line, hang) = match side {
        Side::Rows => ("row", "行"),
        Side::Columns => ("column", "列"),
    };
    let message = both!("this range has only one end", "这个范围只有一端");
    let hint = both!(
        "for the {line} `{own}` alone write `{own}`; for all {line}s {en}",
        "只要 `{own}` 这一{hang}，请写 `{own}`；{zh}"
    );
    vec![hinted(bad(span, message), hint)]
}
