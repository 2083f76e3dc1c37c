//! What is pasted into brackets: numbers as NumPy prints them, a root of LaTeX; and brackets that are not closed.

use crate::yaml::copied::table::is_short;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::line_above;
use crate::yaml::structure::lines::begins_entry;
use crate::yaml::syntax::Mend;

/// Longer texts are not looked through for the end of a matrix.
const LONGEST: usize = 200_000;

/// `[[0.1 0.2]` and `[0.3 0.4]]` below it, with the commas that are missing: `bracket` is open where the reading stopped.
pub(in crate::yaml) fn with_commas(bracket: usize, draft: &Draft) -> Option<Mend> {
    let outer = outermost(bracket, draft);
    let text = draft.slice(outer, outer + LONGEST);
    let is_part = |c: &char| c.is_ascii_digit() || c.is_whitespace() || "[],.+-−eE".contains(*c);
    let mut depth = 0_usize;
    let mut end = None;
    for (at, c) in text.iter().enumerate() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.checked_sub(1)?,
            c if !is_part(c) => return None,
            _ => {}
        }
        if depth == 0 {
            end = Some(at + 1);
            break;
        }
    }
    let end = end?;
    let inner: String = text[1..end - 1].iter().collect();
    let rows: Vec<String> = inner
        .split(']')
        .map(|row| row.trim_start_matches(|c: char| c == ',' || c.is_whitespace()))
        .filter(|row| !row.is_empty())
        .map(|row| row.strip_prefix('[').map(numbers))
        .collect::<Option<_>>()?;
    let (line, _) = draft.line(outer);
    let mut with = format!("[{}]", rows.join(", "));
    if text[..end].contains(&'\n') && !is_short(&with) {
        with = format!("[{}]", rows.join(&format!(",\n{}", " ".repeat(outer - line + 1))));
    }
    // A comma after the last item does no harm.
    let plain =
        |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(",]", "]");
    let same = plain(&with) == plain(&text[..end].iter().collect::<String>());
    (!same && !rows.is_empty()).then_some(Mend { start: outer, end: outer + end, with })
}

/// The first of the brackets that stand side by side before one: `[[`.
fn outermost(bracket: usize, draft: &Draft) -> usize {
    let mut outer = bracket;
    while let Some(before) = outer.checked_sub(1)
        && draft.get(before) == Some('[')
    {
        outer = before;
    }
    outer
}

fn numbers(row: &str) -> String {
    let numbers = row.split(|c: char| c == ',' || c.is_whitespace()).filter(|number| !number.is_empty());
    format!("[{}]", numbers.collect::<Vec<_>>().join(", "))
}

/// `\sqrt{x}` as `sqrt(x)`, and `\frac{8}{2}` as `8/2`: the reading stopped at its brace.
pub(in crate::yaml) fn root(at: usize, draft: &Draft) -> Option<Mend> {
    let (line, end) = draft.line(at);
    let before: String = draft.slice(line, at).iter().collect();
    let rest: String = draft.slice(at, end).iter().collect();
    let (head, word) = before.rsplit_once('\\')?;
    let (inside, _) = rest.strip_prefix('{')?.split_once('}')?;
    let start = line + head.chars().count();
    let end = at + inside.chars().count() + 2;
    match word.trim_end() {
        "sqrt" => Some(Mend { start, end, with: format!("sqrt({inside})") }),
        "frac" | "dfrac" | "tfrac" => {
            let behind: String = draft.slice(end, draft.line(at).1).iter().collect();
            let (below, _) = behind.strip_prefix('{')?.split_once('}')?;
            let part = |it: &str| {
                let is_number = it.chars().all(|c| c.is_ascii_digit() || c == '.');
                if is_number { it.to_owned() } else { format!("({it})") }
            };
            let with = format!("{}/{}", part(inside), part(below));
            Some(Mend { start, end: end + below.chars().count() + 2, with })
        }
        _ => None,
    }
}

/// A bracket that was opened on a line above and is not closed before the first name that stands too far left to be in
/// it, in the line of `at` or above: with its other half at the end of the last line before.
pub(in crate::yaml) fn closed(at: usize, bracket: usize, draft: &Draft) -> Option<Mend> {
    let (own, mut end) = draft.line(bracket);
    let indent = |start| draft.slice(start, start + LONGEST).iter().take_while(|c| **c == ' ').count();
    // A name may stand below that of the item whose value the bracket began.
    let dashed = draft.slice(own + indent(own), bracket).starts_with(&['-', ' ']);
    let column = indent(own) + if dashed { 2 } else { 0 };
    let line = loop {
        let line = end + 1;
        if line > at || draft.get(end).is_none() {
            return None;
        }
        end = draft.line(line).1;
        let content: String = draft.slice(line + indent(line), end).iter().collect();
        if indent(line) <= column && begins_entry(&content) {
            break line;
        }
    };
    let closing = if draft.get(bracket) == Some('{') { "}" } else { "]" };
    // Neither a line that is a comment nor one behind the value has the place where it ends.
    let (start, end) = draft.line(line_above(line, draft)?);
    let text: String = draft.slice(start, end).iter().collect();
    let value = text.split(" #").next().unwrap_or_default().trim_end();
    let last = start + value.chars().count();
    Some(Mend { start: last, end: last, with: closing.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(mend: Option<Mend>, text: &str) -> String {
        let mut draft = Draft::new(text, Vec::new());
        let Mend { start, end, with } = mend.expect("it is one");
        draft.replace(start, end, &with);
        draft.text()
    }

    #[test]
    fn what_numpy_prints_gets_its_commas() {
        let text = "M: [[ 0.1 -2. ]\n    [ 3e-1  4 ]]\n";
        let draft = Draft::new(text, Vec::new());
        assert_eq!(mended(with_commas(3, &draft), text), "M: [[0.1, -2.], [3e-1, 4]]\n");
        assert_eq!(with_commas(3, &Draft::new("M: [[1, 2], [3, 4]]\n", Vec::new())), None);
        assert_eq!(with_commas(3, &Draft::new("M: [[1, a] [3, 4]]\n", Vec::new())), None);
    }

    #[test]
    fn a_root_of_tex_is_one_of_a_lesson() {
        let text = "{divide_by: \\sqrt{d_k}}";
        assert_eq!(mended(root(17, &Draft::new(text, Vec::new())), text), "{divide_by: sqrt(d_k)}");
    }

    #[test]
    fn a_bracket_is_closed_before_the_next_name() {
        let text = "a: {en: x\nb: 1\n";
        assert_eq!(mended(closed(11, 3, &Draft::new(text, Vec::new())), text), "a: {en: x}\nb: 1\n");
        assert_eq!(closed(13, 3, &Draft::new("a: {en: x\n    b: 1\n", Vec::new())), None);
    }
}
