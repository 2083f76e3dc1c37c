//! The lines that a hint names. A finding is often made of a tree alone: it marks the places, and who has the text of the
//! file counts them.

use super::Span;
use crate::both;
use crate::language::{Localised, all_of};

/// What stands around marked places. Where a name of the author has one of them, no place follows it.
const AROUND: (char, char) = ('\u{e000}', '\u{e001}');

/// What stands in a hint for the lines of these places, until they are counted.
///
/// ```
/// use qkv::diagnostic::{Source, Span, lines_at, with_lines};
/// let source = Source::new("a.yaml", "a: 1\nb: 2\nc: 3");
/// let hint = format!("remove {}", lines_at([Span::new(0, 4), Span::new(10, 14)]));
/// let told = with_lines(&hint.into(), |at| source.line(at));
/// assert_eq!(told.en, "remove lines 1 and 3");
/// ```
pub fn lines_at(places: impl IntoIterator<Item = Span>) -> String {
    let places: Vec<String> =
        places.into_iter().map(|Span { start, end }| format!("{start} {end}")).collect();
    format!("{}{}{}", AROUND.0, places.join(" "), AROUND.1)
}

/// The same words with the numbers of the lines that are marked in them; `line` counts that of a byte.
pub fn with_lines(words: &Localised<String>, line: impl Fn(usize) -> usize) -> Localised<String> {
    Localised {
        en: counted(&words.en, |numbers| line_numbers(numbers).en, &line),
        zh: counted(&words.zh, |numbers| line_numbers(numbers).zh, &line),
    }
}

fn counted(words: &str, told: impl Fn(&[usize]) -> String, line: impl Fn(usize) -> usize) -> String {
    let (mut counted, mut rest) = (String::new(), words);
    while let Some((before, marked)) = rest.split_once(AROUND.0) {
        let Some((ends, behind)) = ends_marked(marked) else {
            counted += before;
            counted.push(AROUND.0);
            rest = marked;
            continue;
        };
        let mut numbers: Vec<usize> = ends
            .chunks_exact(2)
            .flat_map(|ends| line(ends[0])..=line(ends[1].saturating_sub(1).max(ends[0])))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        counted += before;
        counted += &told(&numbers);
        rest = behind;
    }
    counted + rest
}

/// Where marked places begin and end, and what stands behind them.
fn ends_marked(text: &str) -> Option<(Vec<usize>, &str)> {
    let (places, behind) = text.split_once(AROUND.1)?;
    let ends: Option<Vec<usize>> = places.split(' ').map(|end| end.parse().ok()).collect();
    Some((ends?, behind))
}

/// Lines by their numbers, each once and in order: `line 4`, `lines 4 and 9`, `lines 4 to 7`.
pub fn line_numbers(numbers: &[usize]) -> Localised<String> {
    match numbers {
        [line] => both!("line {line}", "第 {line} 行"),
        [first, _, .., last] if last - first + 1 == numbers.len() => {
            both!("lines {first} to {last}", "第 {first} 至 {last} 行")
        }
        _ => {
            let each: Vec<String> = numbers.iter().map(usize::to_string).collect();
            let (en, zh) = (all_of(each.iter().map(String::as_str)).en, each.join("、"));
            both!("lines {en}", "第 {zh} 行")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_the_sign_of_marked_places_is_told_as_it_is() {
        let marked = lines_at([Span::new(7, 8)]);
        for name in ["\u{e000}Z", "Z\u{e000}", "Z\u{e001}", "\u{e000}Z\u{e001}", "\u{e000}\u{e000}"] {
            let told = with_lines(&format!("write `{name}` in {marked}, not `{name}`").into(), |_| 4);
            assert_eq!(told.en, format!("write `{name}` in line 4, not `{name}`"), "{name:?}");
        }
    }
}
