//! Whatever is in a file, checking it ends, and with a lesson or a reason.

use proptest::prelude::*;
use qkv::diagnostic::{Code, Paint, Severity, Source, render};
use qkv::language::Language;
use qkv::lesson;

/// Checks a file, and that it is a lesson or is told why not, and that the report can be written.
fn check(bytes: &[u8]) {
    let (source, findings) = match Source::from_bytes("lesson.yaml", bytes) {
        Ok(source) => {
            let checked = lesson::check(&source);
            let errors = checked.findings.iter().any(|finding| finding.severity() == Severity::Error);
            assert_eq!(checked.lesson.is_none(), errors, "{:?}\n{}", checked.findings, source.text);
            assert!(checked.lesson.is_none_or(|lesson| !lesson.steps.is_empty()));
            (source, checked.findings)
        }
        Err(not_utf8) => (not_utf8.source, vec![not_utf8.finding]),
    };
    for finding in &findings {
        let related = finding.related.iter().map(|(place, _)| place);
        let places = related.chain(finding.fix.iter().map(|edit| &edit.span)).chain([&finding.span]);
        for place in places {
            assert!(source.text.get(place.range()).is_some(), "{finding:?}");
        }
        assert!(!finding.message.en.is_empty() && !finding.message.zh.is_empty());
    }
    for language in Language::ALL {
        assert_eq!(render(&source, &findings, language, Paint::Plain).is_empty(), findings.is_empty());
    }
}

/// One slip of a hand.
#[derive(Debug, Clone)]
pub(crate) enum Slip {
    DeleteLine(usize),
    DoubleLine(usize),
    SwapLines(usize, usize),
    Indent(usize, i8),
    /// A character becomes another.
    Replace(usize, &'static str),
    DeleteCharacter(usize),
    /// A number of the file becomes another.
    Number(usize, &'static str),
    /// What stands in brackets, with them, becomes something empty.
    Empty(usize, &'static str),
    /// The file ends here.
    Cut(usize),
}

pub(crate) fn slip() -> impl Strategy<Value = Slip> {
    let signs = vec![
        ":", ",", "[", "]", "{", "}", "\"", "'", "-", "#", "&", "*", "|", ">", "\t", " ", "\n", "：", "，",
        "@", "=", "±", "(", ")", "0", "x", "注", "\u{1b}", "\u{202e}", "~", "!", "%",
    ];
    let numbers =
        vec!["0", "-1", "4097", "1e308", "1e999", ".nan", "1/0", "", "O", "99999999999999999999", "[]", "{}"];
    prop_oneof![
        any::<usize>().prop_map(Slip::DeleteLine),
        any::<usize>().prop_map(Slip::DoubleLine),
        (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Slip::SwapLines(a, b)),
        (any::<usize>(), -4..5_i8).prop_map(|(line, by)| Slip::Indent(line, by)),
        (any::<usize>(), prop::sample::select(signs)).prop_map(|(at, sign)| Slip::Replace(at, sign)),
        any::<usize>().prop_map(Slip::DeleteCharacter),
        (any::<usize>(), prop::sample::select(numbers)).prop_map(|(at, number)| Slip::Number(at, number)),
        (any::<usize>(), prop::sample::select(vec!["[]", "{}", ""]))
            .prop_map(|(at, empty)| Slip::Empty(at, empty)),
        any::<usize>().prop_map(Slip::Cut),
    ]
}

pub(crate) fn slipped(text: &str, slip: &Slip) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut characters: Vec<String> = text.chars().map(String::from).collect();
    if lines.is_empty() {
        return String::new();
    }
    let line = |n: usize| n % lines.len();
    let character = |n: usize| n % characters.len();
    match *slip {
        Slip::DeleteLine(n) => drop(lines.remove(line(n))),
        Slip::DoubleLine(n) => lines.insert(line(n), lines[line(n)].clone()),
        Slip::SwapLines(a, b) => {
            let (a, b) = (line(a), line(b));
            lines.swap(a, b);
        }
        Slip::Indent(n, by) => {
            let at = line(n);
            let blanks = " ".repeat(by.max(0).unsigned_abs().into());
            let shorter = lines[at].trim_start_matches(' ');
            let kept = (lines[at].len() - shorter.len()).saturating_sub(by.min(0).unsigned_abs().into());
            lines[at] = format!("{blanks}{}{shorter}", " ".repeat(kept));
        }
        Slip::Replace(n, sign) => {
            let at = character(n);
            sign.clone_into(&mut characters[at]);
            return characters.concat();
        }
        Slip::DeleteCharacter(n) => {
            characters.remove(character(n));
            return characters.concat();
        }
        Slip::Number(n, number) => {
            let digits: Vec<_> = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
            let Some(at) = digits.get(n % digits.len().max(1)) else { return text.to_owned() };
            return format!("{}{number}{}", &text[..*at], &text[at + 1..]);
        }
        Slip::Empty(n, empty) => {
            let openings: Vec<_> = text.match_indices(['[', '{']).map(|(at, _)| at).collect();
            let Some(at) = openings.get(n % openings.len().max(1)) else { return text.to_owned() };
            let end = end_of_bracket(&text[*at..]).map_or(text.len(), |length| at + length);
            return format!("{}{empty}{}", &text[..*at], &text[end..]);
        }
        Slip::Cut(n) => {
            characters.truncate(character(n));
            return characters.concat();
        }
    }
    lines.join("\n") + "\n"
}

/// How long the bracket at the beginning of a text is.
fn end_of_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' if depth == 1 => return Some(at + 1),
            ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

pub(crate) fn shipped() -> impl Strategy<Value = String> {
    let all: Vec<String> = lesson::LESSONS.iter().map(|builtin| builtin.source().text).collect();
    prop::sample::select(all)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_lesson_with_slips_is_a_lesson_or_is_told_why_not(
        text in shipped(),
        slips in prop::collection::vec(slip(), 1..5),
    ) {
        let text = slips.iter().fold(text, |text, slip| slipped(&text, slip));
        check(text.as_bytes());
    }

    #[test]
    fn arbitrary_bytes_are_told_what_they_are(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }

    #[test]
    fn arbitrary_signs_of_yaml_are_told_what_they_are(
        text in "(title: a\n)?(axes|text|texts|matrices|steps|expect|vocabulary|seed)?:?[ \n]([-:,\\[\\]{}\"'#&*|> \nXWQab0-9：，@=.()]|head|given|embed|show){0,60}",
    ) {
        check(text.as_bytes());
    }
}

#[test]
fn an_empty_list_beside_a_family_is_told_and_is_no_family() {
    let lesson = |empty: &str| {
        format!(
            "title: a\naxes: {{d: 1}}\ntexts: {{a: x, b: x}}\nvocabulary: {{axis: d, tokens: {{x: [1]}}}}\n\
             matrices:\n  - E: {empty}\n  - X: {{embed: [a, b]}}\n  - Y: {{add: [E, X]}}\n  - Z: {{add: [X, E]}}\n"
        )
    };
    for empty in ["{embed: []}", "{multi_head: {of: X, heads: []}}", "{concat: []}", "{attention: {}}"] {
        let checked = lesson::check(&Source::new("empty.yaml", &lesson(empty)));
        assert!(checked.lesson.is_none(), "{empty}");
    }
}

/// Files that ask for much with few words.
fn greedy() -> Vec<String> {
    let start = "title: a\naxes: {d: 4096, one: 1}\n";
    let names = |count: usize| (0..count).map(|n| format!("t{n}: {{1: 1}}")).collect::<Vec<_>>().join(", ");
    let many = |count: usize, name: &str| vec![name; count].join(", ");
    let random = |count: usize| {
        (0..count).fold(String::new(), |text, n| {
            text + &format!("  - r{n}: {{random: {{rows: d, cols: d, seed: 1}}}}\n")
        })
    };
    vec![
        format!("{start}vocabulary: {{axis: d, tokens: {{{}}}}}\n", names(40_000)),
        format!("{start}vocabulary: {{axis: d, tokens: {{{}}}}}\n", names(4_000)),
        format!("{start}matrices:\n  - M: {{given: {{rows: d, cols: d, values: {{1: {{1: 1}}}}}}}}\n"),
        format!(
            "{start}matrices:\n  - a: {{random: {{rows: d, cols: one, seed: 1}}}}\n  - b: {{product: [a, b]}}\n  \
             - t: {{transpose: a}}\n  - m: {{product: [a, t]}}\n  - n: {{product: [m, m]}}\n  \
             - o: {{product: [n, n]}}\n  - p: {{product: [o, o]}}\n"
        ),
        format!("{start}matrices:\n{}  - s: {{add: [r0, r1, r2, r3, r4, r5]}}\n", random(6)),
        format!("{start}matrices:\n{}", random(40)),
        format!(
            "{start}matrices:\n  - a: {{random: {{rows: one, cols: d, seed: 1}}}}\n  - b: {{concat: [{}]}}\n",
            many(100_000, "a")
        ),
        format!(
            "{start}matrices:\n  - a: {{random: {{rows: one, cols: d, seed: 1}}}}\n  - w: {{random: {{rows: d, cols: one, seed: 1}}}}\n  \
             - h: {{multi_head: {{of: a, heads: [{}]}}}}\n",
            many(20_000, "{W_Q: w, W_K: w, W_V: w}")
        ),
        {
            let texts = (0..20_000).map(|n| format!("t{n}: x")).collect::<Vec<_>>().join(", ");
            let list = (0..20_000).map(|n| format!("t{n}")).collect::<Vec<_>>().join(", ");
            format!(
                "title: a\naxes: {{d: 1}}\ntexts: {{{texts}}}\nvocabulary: {{axis: d, tokens: {{x: [1]}}}}\n\
                 matrices:\n  - X: {{embed: [{list}]}}\n  - Y: {{transpose: X}}\n"
            )
        },
    ]
}

#[test]
fn greedy_files_are_refused() {
    for file in greedy() {
        let checked = lesson::check(&Source::new("greedy.yaml", &file));
        let codes: Vec<_> = checked.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert!(codes.contains(&"too-large"), "{}: {codes:?}", &file[..file.len().min(200)]);
        assert!(checked.lesson.is_none());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn greedy_files_are_refused_before_they_take_memory() {
    let folder = tempfile::tempdir().expect("a folder for a file");
    let path = folder.path().join("greedy.yaml");
    for file in greedy() {
        std::fs::write(&path, &file).expect("the folder is our own");
        // A matrix of the largest axes alone would take more than this, in KiB.
        let limited = std::process::Command::new("/bin/sh")
            .args(["-c", "ulimit -v 130000 && exec \"$0\" check \"$1\"", env!("CARGO_BIN_EXE_qkv")])
            .arg(&path)
            .output()
            .expect("there is a shell");
        let report = String::from_utf8_lossy(&limited.stdout);
        assert_eq!(limited.status.code(), Some(1), "{}\n{limited:?}", &file[..file.len().min(200)]);
        assert!(report.contains("[too-large]"), "{report}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_may_be_meant_by_a_word_takes_no_room_for_each_of_many() {
    let many = |name: &str, count: usize| (0..count).map(|at| format!("{name}{at:04}")).collect::<Vec<_>>();
    let lesson = |axis: &str, text: &str, tokens: &str, more: &str| {
        format!(
            "title: Many\naxes: {{d: [{axis}], e: 2}}\ntext: {text}\n\
             vocabulary: {{axis: e, tokens: {{{tokens}}}}}\nmatrices:\n  - X: {{embed: main}}\n{more}"
        )
    };
    let known = "a: [1, 0], b: [0, 1]";
    let labels = "expect: [\"X[c, 1] = 1\", \"X[c, 2] = 0\"]\n";
    let tokens = many("v", 200).join(": [1, 0], ");
    let names =
        format!("{}steps: [show: [{}]]\n", "  - Y: {add: [X, X]}\n".repeat(900), many("m", 900).join(", "));
    let folder = tempfile::tempdir().expect("a folder for a file");
    let path = folder.path().join("many.yaml");
    for written in [
        lesson(&many("n", 4000).join(", "), "a b", known, labels),
        lesson("f", &many("t", 200).join(" "), &format!("{tokens}: [0, 1]"), ""),
        lesson("f", "a b", known, &names),
    ] {
        std::fs::write(&path, &written).expect("the folder is our own");
        // A copy of the lesson for each of them would take more than this, in KiB.
        let limited = std::process::Command::new("/bin/sh")
            .args(["-c", "ulimit -v 300000 && exec \"$0\" check \"$1\"", env!("CARGO_BIN_EXE_qkv")])
            .arg(&path)
            .output()
            .expect("there is a shell");
        let report = String::from_utf8_lossy(&limited.stdout);
        assert_eq!(limited.status.code(), Some(1), "{}\n{limited:?}", &written[..200]);
        assert!(report.contains("[unknown-"), "{report}");
    }
}

#[test]
fn what_principal_components_cannot_be_found_in_is_told_before_anything_is_computed() {
    // The product alone takes minutes in a test that does compute it.
    let written = "title: Wide
axes: {d: 4000}
matrices:
  - A: {random: {rows: d, cols: d, seed: 1}}
  - B: {product: [A, A]}
  - pc: {principal_components: {of: B}}
";
    let begun = std::time::Instant::now();
    let checked = lesson::check(&Source::new("wide.yaml", written));
    let codes: Vec<_> = checked.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::TooLarge]);
    assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
}
