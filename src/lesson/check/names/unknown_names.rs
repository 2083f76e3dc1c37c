//! What a name that nothing has may have been meant to be.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, all_nearest};
use crate::graph::Node;
use crate::language::{Localised, joined};
use crate::lesson::check::{Checker, remedies::insertion};
use crate::lesson::expression::{
    beyond_the_last, by_another_word, in_first_round, no_mask, no_output, of_text_last, others_of_its_group,
    with_this_end,
};
use crate::lesson::fields::{ATTENTION, MULTI_HEAD, is_between};
use crate::yaml::{Key, Tree};

impl Checker<'_> {
    /// Reports a name that is not among the known ones; a part that its definition leaves out once for all its uses.
    pub(in crate::lesson::check) fn report_unknown_name(
        &mut self,
        name: &str,
        span: Span,
        message: Localised<String>,
        known: &[&str],
    ) {
        if self.is_copied_line(name, span) {
            return;
        }
        let finding = self.unknown_name(name, span, message, known);
        let stem = name.split(['.', '@']).next().unwrap_or(name);
        if let (Some(_), Some(place)) = (beyond_the_last(name, known), self.definitions.get(stem)) {
            // It is told once, at the first name that is too far.
            let made = both!("`{stem}` is made here", "`{stem}` 在这里定义");
            self.findings.push(finding.with_related(*place, made));
            self.broken.insert(stem.to_owned());
            return;
        }
        if no_output(name, known).or_else(|| no_mask(name, known)).is_none() {
            self.findings.push(finding);
            return;
        }
        self.broken.insert(name.to_owned());
        // A field of another name is told, and may be what is missing.
        let records = [&ATTENTION, &MULTI_HEAD];
        let is_known =
            |(key, _): &(Key, Tree)| records.iter().any(|record| record.field(&key.text).is_some());
        if self.fields_of(stem).and_then(Tree::as_map).is_some_and(|fields| !fields.iter().all(is_known)) {
            return;
        }
        let hint = self.values_to_add(name, span).or_else(|| self.mask_to_add(name, span));
        let finding = match hint {
            Some(hint) => finding.with_hint(hint),
            None => finding,
        };
        self.findings.push(match self.definitions.get(stem) {
            Some(place) => {
                finding.with_related(*place, both!("`{stem}` is made here", "`{stem}` 在这里定义"))
            }
            None => finding,
        });
    }

    /// What to add to attention without a mask, of which `head.masked` is asked for.
    fn mask_to_add(&self, name: &str, told: Span) -> Option<Localised<String>> {
        let (stem, _) = name.rsplit_once(".masked")?;
        let fields = self.fields_of(stem.split('.').next()?)?;
        let Localised { en, zh } = insertion::to_add(self.source, fields, told, &["mask: causal".to_owned()]);
        Some(both!("`{stem}` has no mask: {en}", "`{stem}` 没有掩码：请{zh}"))
    }

    /// Several names in one, as in `[M N]`, with commas, and in brackets where there are none yet.
    fn several(&self, name: &str, span: Span, known: &[&str]) -> Option<String> {
        let list = joined_names(name, known).or_else(|| list_of(name))?;
        let before = self.source.text.get(..span.start).unwrap_or_default().trim_end();
        Some(if before.ends_with(['[', ',']) { list } else { format!("[{list}]") })
    }

    /// Whether it stands last in its line, in no brackets: a comment may follow.
    fn ends_line(&self, span: Span) -> bool {
        let before = self.source.text.get(..span.start).unwrap_or_default().trim_end();
        let behind = self.source.text.get(span.end..).unwrap_or_default().lines().next().unwrap_or_default();
        behind.trim().is_empty() && !before.ends_with(['[', ','])
    }

    /// The finding for a name that is not among the known ones, with what was probably meant.
    fn unknown_name(&self, name: &str, span: Span, message: Localised<String>, known: &[&str]) -> Diagnostic {
        let at_the_end = || of_text_last(name, &self.scope());
        if let Some(meant) = of_a_text(name, known)
            .or_else(|| without_blanks(name, known))
            .or_else(|| before_note(name, known).filter(|_| self.ends_line(span)))
            .or_else(at_the_end)
            .or_else(|| of_words(name, known))
        {
            let hint = both!("write `{meant}`", "请写 `{meant}`");
            let finding = Diagnostic::new(Code::UnknownName, span, message).with_hint(hint);
            return self.with_fix_of(finding, span, name, &meant);
        }
        let parts = parts_of(name, known);
        let hint = self
            .matrix_of_text(name)
            .or_else(|| rows_of(name, known))
            .or_else(|| no_output(name, known))
            .or_else(|| no_mask(name, known))
            .or_else(|| parts.clone())
            .or_else(|| {
                let list = self.several(name, span, known)?;
                Some(with_commas(&list))
            })
            .or_else(|| taken_away(name, known))
            .or_else(|| in_first_round(name, known))
            .or_else(|| beyond_the_last(name, known))
            .or_else(|| {
                let meant = with_this_end(name, known.iter().copied())?;
                Some(both!("did you mean `{meant}`?", "是不是想写 `{meant}`？"))
            })
            .or_else(|| others_of_its_group(name, known))
            .or_else(|| by_another_word(name, known))
            .unwrap_or_else(|| self.near(name, known));
        let message = if parts.is_some_and(|parts| parts == hint) {
            both!("`{name}` is not one matrix but several", "`{name}` 不是一个矩阵，而是几个")
        } else {
            message
        };
        let finding = Diagnostic::new(Code::UnknownName, span, message).with_hint(hint);
        let finding = match self.clue_to_matrix(name) {
            Some(clue) => clue.told(name, finding),
            None => finding,
        };
        match self.several(name, span, known) {
            Some(list) => self.with_fix_of(finding, span, name, &list),
            None => finding,
        }
    }

    /// For the name of a text where a matrix is needed: the matrix that has its vectors.
    fn matrix_of_text(&self, name: &str) -> Option<Localised<String>> {
        self.texts.iter().find(|text| text.name == name)?;
        let of_text = |node: &&Node| node.shape.rows.name() == Some(name);
        Some(match self.graph.nodes().map(|(_, node)| node).find(of_text) {
            Some(Node { name: vectors, .. }) => both!(
                "`{name}` is a text: write `{vectors}`, the matrix of its vectors",
                "`{name}` 是文本：请写 `{vectors}`，即它的向量组成的矩阵"
            ),
            None => both!(
                "`{name}` is a text; first make a matrix of its vectors: `- X: {{embed: {name}}}`",
                "`{name}` 是文本；请先用它的向量做一个矩阵：`- X: {{embed: {name}}}`"
            ),
        })
    }
}

/// The one name that is meant by several words: `head. Q` for `head.Q`, and `X 6x6` for `X` with its size.
fn of_words(name: &str, known: &[&str]) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().filter(|_| name.contains(char::is_whitespace)).collect();
    let joined = words.concat();
    let is_size = |word: &str| {
        let sides = word.split_once(['x', '×']);
        let is_count = |side: &str| !side.is_empty() && side.bytes().all(|byte| byte.is_ascii_digit());
        sides.is_some_and(|(rows, columns)| is_count(rows) && is_count(columns))
    };
    match words.as_slice() {
        _ if known.contains(&joined.as_str()) => Some(joined),
        [one, size] if known.contains(one) && is_size(size) => Some((*one).to_owned()),
        _ => None,
    }
}

/// For the name of a head, its parts: a head is no matrix.
fn parts_of(name: &str, known: &[&str]) -> Option<Localised<String>> {
    let is_part = |full: &&&str| full.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    let parts: Vec<_> = known.iter().filter(is_part).take(12).map(|name| format!("`{name}`")).collect();
    let output = ["Z", "output"].map(|part| format!("{name}.{part}"));
    let output = output.iter().find(|output| known.contains(&output.as_str()));
    let quoted = output.map(|output| format!("`{output}`"));
    let others: Vec<_> = parts.iter().filter(|part| Some(*part) != quoted.as_ref()).cloned().collect();
    let (en, zh) = (others.join(", "), others.join("、"));
    if let Some(output) = output.filter(|_| !others.is_empty()) {
        return Some(both!(
            "write `{output}`, the output, or the one that is meant: {en}",
            "请写 `{output}`，即它的输出；或写所指的那一个：{zh}"
        ));
    }
    (!parts.is_empty()).then(|| {
        both!("`{name}` has parts; name one of them: {en}", "`{name}` 由几部分组成，请写出其中一个：{zh}")
    })
}

/// `X@animal` for `X @ animal`, `X[animal]` and `X (animal)`.
fn of_a_text(name: &str, known: &[&str]) -> Option<String> {
    let tight: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let meant = tight.trim_end_matches([']', ')']).replacen(['[', '('], "@", 1);
    (meant != name && meant.contains('@') && known.contains(&meant.as_str())).then_some(meant)
}

/// `head.Q` for `head. Q`.
fn without_blanks(name: &str, known: &[&str]) -> Option<String> {
    let tight: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    known.contains(&tight.as_str()).then_some(tight)
}

/// `X  # words` for `X#words` and `X // words`.
fn before_note(name: &str, known: &[&str]) -> Option<String> {
    const SIGNS: [&str; 3] = ["//", "#", "＃"];
    let (own, note) = SIGNS.iter().find_map(|sign| name.split_once(sign))?;
    let (own, note) = (own.trim(), note.trim());
    (known.contains(&own) && !note.is_empty() && !note.contains('`')).then(|| format!("{own}  # {note}"))
}

/// `X, Y` for `X和Y`.
fn joined_names(name: &str, known: &[&str]) -> Option<String> {
    const JOINTS: [&str; 4] = ["以及", "和", "与", "及"];
    let names = JOINTS.iter().map(|joint| name.split(joint).map(str::trim).collect::<Vec<_>>());
    let names =
        names.into_iter().find(|names| names.len() > 1 && names.iter().all(|it| known.contains(it)))?;
    Some(names.join(", "))
}

/// For `X[was]` where a whole matrix belongs.
fn rows_of(name: &str, known: &[&str]) -> Option<Localised<String>> {
    let (matrix, inside) = name.strip_suffix(']')?.split_once('[')?;
    let row = inside.split(',').next().unwrap_or(inside).trim();
    known.contains(&matrix).then(|| {
        both!(
            "a whole matrix belongs here: write `{matrix}`, or cut the row out above, `- {matrix}_row: {{slice: {{of: {matrix}, rows: {row}}}}}`, and write `{matrix}_row` here",
            "这里要写整个矩阵：请写 `{matrix}`；或在前面取出这一行 `- {matrix}_row: {{slice: {{of: {matrix}, rows: {row}}}}}`，这里写 `{matrix}_row`"
        )
    })
}

/// For `-M` among what is added.
fn taken_away(name: &str, known: &[&str]) -> Option<Localised<String>> {
    let of = name.strip_prefix(['-', '−', '–']).map(str::trim).filter(|of| known.contains(of))?;
    Some(both!(
        "write `{of}`; to take it away, write `subtract` for `add`, with what it is taken from before `{of}`",
        "请写 `{of}`；要减去它，请把 `add` 改成 `subtract`，被减的写在 `{of}` 前面"
    ))
}

/// How several names are written that stand in one.
pub(in crate::lesson::check) fn with_commas(list: &str) -> Localised<String> {
    both!("separate names with commas: `{list}`", "名称之间要用英文逗号分开：`{list}`")
}

/// `M N` as `M, N`.
fn list_of(name: &str) -> Option<String> {
    let names: Vec<&str> = name
        .split([' ', ',', '，', '、', ';', '；'])
        .filter(|name| !name.is_empty() && !is_between(name))
        .collect();
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@');
    (names.len() > 1 && names.iter().all(|name| name.chars().all(in_name))).then(|| names.join(", "))
}

/// A few names, one of which is meant.
pub(in crate::lesson::check) fn one_of(names: &[&str]) -> Localised<String> {
    const SHOWN: usize = 3;
    joined(names.iter().take(SHOWN).map(|name| format!("`{name}`")))
}

/// The nearest of the known names, or all of them where they are few.
pub(in crate::lesson::check) fn did_you_mean(name: &str, known: &[&str]) -> Localised<String> {
    let near = all_nearest(name, known.iter().copied());
    if !near.is_empty() {
        let Localised { en, zh } = one_of(&near);
        return both!("did you mean {en}?", "是不是想写 {zh}？");
    }
    if known.is_empty() {
        return both!("there is none yet", "目前还一个都没有");
    }
    let shown: Vec<_> = known.iter().take(12).map(|name| format!("`{name}`")).collect();
    let more = if known.len() > 12 { ", …" } else { "" };
    let more_zh = if known.len() > 12 { "等" } else { "" };
    let (en, zh) = (shown.join(", "), shown.join("、"));
    let are = if known.len() == 1 { "is" } else { "are" };
    both!("there {are} {en}{more}", "现有：{zh}{more_zh}")
}
