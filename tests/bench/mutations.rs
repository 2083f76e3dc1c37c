//! What becomes of a lesson in which a hand has slipped: 10,000 files, each a shipped lesson with one change.
//!
//! `cargo bench --bench mutations` prints the figures; `-- far` and `-- other` print examples as well, `-- far 500` more. A file may be the
//! same lesson as before, or be told what is wrong within two lines of the change. Some changes cannot be told at all:
//! with another number or without a step the file is another lesson, and as right as the first. Others are caught by a
//! claim only, which stands where it stands. Both count against the share of all files; of the files that are told at all
//! there is a share as well.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use qkv::diagnostic::{Code, Diagnostic, Paint, Source, Span, render};
use qkv::language::Language;
use qkv::lesson::{Checked, LESSONS, Lesson, check};
use qkv::yaml::{self, Tree};

const FILES: usize = 10_000;
/// A report this many lines from the change is found at a glance.
const NEAR: usize = 2;
const SLOWEST: Duration = Duration::from_millis(200);
/// Of all files, so many in 100 are to be the same lesson or to be told near the change.
const GOAL_OF_ALL: f64 = 95.0;
/// Of the files that are told at all, so many in 100 are to be told near the change.
const GOAL_OF_TOLD: f64 = 95.0;
/// So many examples are printed, unless a number is given.
const EXAMPLES: usize = 60;
/// A check that takes too long is done so often before it is believed: something else may run on the machine.
const TIMED: usize = 4;

/// One way in which a hand slips.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slip {
    Delete,
    Double,
    Swap,
    Indentation,
    Punctuation,
    Number,
}

impl Slip {
    const ALL: [Self; 6] =
        [Self::Delete, Self::Double, Self::Swap, Self::Indentation, Self::Punctuation, Self::Number];

    const fn name(self) -> &'static str {
        match self {
            Self::Delete => "a line deleted",
            Self::Double => "a line doubled",
            Self::Swap => "two lines swapped",
            Self::Indentation => "indentation changed",
            Self::Punctuation => "punctuation changed",
            Self::Number => "a number changed",
        }
    }
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// The lesson of before.
    Same,
    /// A report within two lines.
    Near,
    /// Another lesson, and a right one.
    Other,
    /// Only claims of the lesson tell that its numbers are others.
    Claimed,
    /// A report further away.
    Far,
    /// The check panicked.
    Panic,
}

impl Fate {
    const ALL: [Self; 6] = [Self::Same, Self::Near, Self::Other, Self::Claimed, Self::Far, Self::Panic];

    const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Near => "near",
            Self::Other => "other",
            Self::Claimed => "claimed",
            Self::Far => "far",
            Self::Panic => "panic",
        }
    }
}

/// Numbers that look random and are the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) as usize % sides.max(1)
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// A lesson with one slip: its text, the line that was hit and the lines that are others now, counted from 0.
struct Slipped {
    text: String,
    at: usize,
    changed: Vec<usize>,
}

/// A shipped lesson.
struct Original {
    source: Source,
    tree: Tree,
    meant: String,
}

impl Original {
    /// What a line of it is part of: `steps.say`, `matrices.given`; comments and empty lines of nothing.
    fn part(&self, line: usize) -> String {
        let start: usize = self.source.text.split_inclusive('\n').take(line).map(str::len).sum();
        let words = self.source.text[start..].lines().next().unwrap_or_default();
        let offset = start + words.len() - words.trim_start().len();
        if words.trim_start().is_empty() || words.trim_start().starts_with('#') {
            return "a comment or an empty line".to_owned();
        }
        let (mut tree, mut names) = (&self.tree, Vec::new());
        loop {
            if let Some((key, value)) =
                tree.as_map().and_then(|it| it.iter().rev().find(|(key, _)| key.span.start <= offset))
            {
                names.push(key.text.as_str());
                tree = value;
            } else if let Some(item) =
                tree.as_list().and_then(|it| it.iter().rev().find(|item| item.span.start <= offset))
            {
                tree = item;
            } else {
                break;
            }
        }
        match names.as_slice() {
            // The name of a matrix stands between its list and its kind.
            ["matrices", _, kind, ..] => format!("matrices.{kind}"),
            ["steps", field, ..] => format!("steps.{field}"),
            [first, ..] => (*first).to_owned(),
            [] => "nothing".to_owned(),
        }
    }
}

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let originals: Vec<Original> = LESSONS.iter().map(|builtin| original(builtin.source())).collect();
    let examples = wanted.iter().find_map(|word| word.parse().ok()).unwrap_or(EXAMPLES);
    let mut dice = Dice(20_261_121);
    let mut counts: BTreeMap<(Slip, Fate), usize> = BTreeMap::new();
    let mut parts: BTreeMap<String, BTreeMap<Fate, usize>> = BTreeMap::new();
    let (mut slowest, mut total) = (Duration::ZERO, Duration::ZERO);
    let mut shown = 0;
    std::panic::set_hook(Box::new(|_| {}));
    for index in 0..FILES {
        let original = &originals[dice.below(originals.len())];
        let slip = Slip::ALL[index % Slip::ALL.len()];
        let slipped = loop {
            if let Some(slipped) = slipped(&original.source.text, slip, &mut dice) {
                break slipped;
            }
        };
        let source = Source { name: original.source.name.clone(), text: slipped.text };
        let (checked, took) = timed(&source);
        if took > SLOWEST {
            show(&original.source, &source, slip, &slipped.changed, &[]);
        }
        (slowest, total) = (slowest.max(took), total + took);
        let (fate, findings) = match checked {
            Err(_) => (Fate::Panic, Vec::new()),
            Ok(checked) => {
                let findings = [checked.findings, checked.advice].concat();
                (
                    fate(&source, &slipped.changed, &findings, checked.lesson.as_ref(), &original.meant),
                    findings,
                )
            }
        };
        *counts.entry((slip, fate)).or_default() += 1;
        *parts.entry(original.part(slipped.at)).or_default().entry(fate).or_default() += 1;
        if (wanted.iter().any(|name| name == fate.name()) || fate == Fate::Panic) && shown < examples {
            shown += 1;
            show(&original.source, &source, slip, &slipped.changed, &findings);
        }
    }
    drop(std::panic::take_hook());
    by_part(&parts);
    verdict(&counts, slowest, total)
}

/// What a check gives, or that it panicked, and how long it takes.
fn timed(source: &Source) -> (std::thread::Result<Checked>, Duration) {
    let once = || {
        let start = Instant::now();
        let checked = catch_unwind(AssertUnwindSafe(|| check(source)));
        (checked, start.elapsed())
    };
    let (checked, mut took) = once();
    for _ in 1..TIMED {
        if took > SLOWEST {
            took = took.min(once().1);
        }
    }
    (checked, took)
}

fn original(source: Source) -> Original {
    let lesson = check(&source).lesson.expect("shipped lessons are right");
    let tree = yaml::parse(&source).0.expect("shipped lessons are right");
    Original { meant: meaning(&lesson), source, tree }
}

/// Prints what became of the files by the part of the lesson that was hit, what is least well told first.
fn by_part(parts: &BTreeMap<String, BTreeMap<Fate, usize>>) {
    let of = |counts: &BTreeMap<Fate, usize>, fate| counts.get(&fate).copied().unwrap_or(0);
    let untold = |counts: &BTreeMap<Fate, usize>| {
        of(counts, Fate::Other) + of(counts, Fate::Claimed) + of(counts, Fate::Far)
    };
    let mut rows: Vec<_> = parts.iter().collect();
    rows.sort_by_key(|(_, counts)| std::cmp::Reverse(untold(counts)));
    println!("{:30}{}", "", heading());
    for (part, counts) in rows {
        let columns: Vec<String> = Fate::ALL.iter().map(|fate| format!("{:>8}", of(counts, *fate))).collect();
        println!("{part:30}{}", columns.concat());
    }
    println!();
}

fn heading() -> String {
    let names: Vec<String> = Fate::ALL.iter().map(|fate| format!("{:>8}", fate.name())).collect();
    names.concat()
}

/// Prints the figures; fails if they are not what they should be.
fn verdict(counts: &BTreeMap<(Slip, Fate), usize>, slowest: Duration, total: Duration) -> ExitCode {
    let of = |slips: &[Slip], fate| -> usize {
        slips.iter().map(|slip| counts.get(&(*slip, fate)).copied().unwrap_or(0)).sum()
    };
    let share = |good: usize, among: usize| 100.0 * good as f64 / among.max(1) as f64;
    let good = |slips: &[Slip]| of(slips, Fate::Same) + of(slips, Fate::Near);
    let all = |slips: &[Slip]| Fate::ALL.iter().map(|fate| of(slips, *fate)).sum::<usize>();
    // A panic tells something as well, and not where the change is.
    let told = |slips: &[Slip]| all(slips) - of(slips, Fate::Same) - of(slips, Fate::Other);
    let line = |name: &str, slips: &[Slip]| {
        let columns: Vec<String> = Fate::ALL.iter().map(|fate| format!("{:>8}", of(slips, *fate))).collect();
        let (of_all, of_told) = (share(good(slips), all(slips)), share(of(slips, Fate::Near), told(slips)));
        println!("{name:20}{} {of_all:>9.1} {of_told:>9.1}", columns.concat());
    };
    println!("{:20}{} {:>9} {:>9}", "in 100", heading(), "of all", "of told");
    for slip in Slip::ALL {
        line(slip.name(), &[slip]);
    }
    line("all", &Slip::ALL);
    let of_all = share(good(&Slip::ALL), FILES);
    let of_told = share(of(&Slip::ALL, Fate::Near), told(&Slip::ALL));
    let other = share(of(&Slip::ALL, Fate::Other), FILES);
    println!(
        "\nOf all files, {of_all:.1} in 100 are the same lesson or are told within {NEAR} lines of the change."
    );
    println!("Of those that are told at all, {of_told:.1} in 100 are told there.");
    println!("{other:.1} in 100 are another lesson, as right as the first: nothing in the file can tell.");
    println!("The slowest check took {slowest:?}, the mean one {:?}.", total / FILES as u32);
    let good = of_all >= GOAL_OF_ALL && of_told >= GOAL_OF_TOLD;
    let robust = of(&Slip::ALL, Fate::Panic) == 0 && slowest < SLOWEST;
    if good && robust { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// All that a lesson says and computes. In which order matrices are defined that do not build on each other is no part of
/// it, so what is defined goes by its name.
fn meaning(lesson: &Lesson) -> String {
    let Lesson { title, source, honesty, convention, texts, trace, steps } = lesson;
    let graph = trace.graph();
    let names: Vec<&str> = graph.nodes().map(|(_, node)| node.name.as_str()).collect();
    let nodes = graph.nodes().map(|(id, node)| format!("{node:?} {:?}\n", trace.value(id)));
    let mut nodes: Vec<String> = nodes.map(|node| with_names(&names, &node)).collect();
    nodes.sort();
    let words = format!("{title:?} {source:?} {honesty:?} {convention:?} {texts:?} {steps:?}\n");
    with_names(&names, &words) + &nodes.concat()
}

/// The same with the names of nodes in the place of their positions.
fn with_names(nodes: &[&str], text: &str) -> String {
    let mut parts = text.split("NodeId(");
    let mut named = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (position, rest) = part.split_once(')').expect("what was opened is closed");
        let position: usize = position.parse().expect("a node has a position");
        named.extend(["NodeId(", nodes[position], ")", rest]);
    }
    named
}

fn fate(
    source: &Source,
    changed: &[usize],
    findings: &[Diagnostic],
    lesson: Option<&Lesson>,
    meant: &str,
) -> Fate {
    if findings.is_empty() {
        return if lesson.is_some_and(|lesson| meaning(lesson) == meant) { Fate::Same } else { Fate::Other };
    }
    // A report shows the first line of each of its places.
    let line = |span: &Span| source.line_column(span.start).0 - 1;
    let near = |finding: &Diagnostic| {
        let mut places = std::iter::once(&finding.span).chain(finding.related.iter().map(|(span, _)| span));
        places.any(|span| changed.iter().any(|at| at.abs_diff(line(span)) <= NEAR))
    };
    if findings.iter().any(near) {
        Fate::Near
    } else if findings.iter().all(|finding| finding.code == Code::ExpectFailed) {
        Fate::Claimed
    } else {
        Fate::Far
    }
}

fn show(original: &Source, source: &Source, slip: Slip, changed: &[usize], findings: &[Diagnostic]) {
    println!("== {}: {}, lines {:?}", source.name, slip.name(), changed);
    let (old, new): (Vec<&str>, Vec<&str>) = (original.text.lines().collect(), source.text.lines().collect());
    for at in changed {
        println!("  - {}", old.get(*at).unwrap_or(&""));
        println!("  + {}", new.get(*at).unwrap_or(&""));
    }
    for line in render(source, findings, Language::English, Paint::Plain).lines().take(12) {
        println!("    {line}");
    }
}

/// The text with one slip; `None` if the dice fell on nothing that can be changed.
fn slipped(text: &str, slip: Slip, dice: &mut Dice) -> Option<Slipped> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = dice.below(lines.len());
    let changed = match slip {
        Slip::Delete => {
            lines.remove(at);
            vec![at.saturating_sub(1), at]
        }
        Slip::Double => {
            lines.insert(at, lines[at].clone());
            vec![at, at + 1]
        }
        Slip::Swap => {
            // Neighbours change places as often as lines far apart.
            let other = if dice.below(2) == 0 { at + 1 } else { dice.below(lines.len()) };
            if other >= lines.len() {
                return None;
            }
            lines.swap(at, other);
            vec![at, other]
        }
        Slip::Indentation => {
            let by = dice.of(&[-4_isize, -3, -2, -1, 1, 2, 3, 4]);
            let rest = lines[at].trim_start_matches(' ');
            let indent = (lines[at].len() - rest.len()).saturating_add_signed(by);
            lines[at] = format!("{}{rest}", " ".repeat(indent));
            vec![at]
        }
        Slip::Punctuation => {
            lines[at] = with_other_punctuation(&lines[at], dice)?;
            vec![at]
        }
        Slip::Number => {
            lines[at] = with_another_number(&lines[at], dice)?;
            vec![at]
        }
    };
    let mut slipped = lines.join("\n");
    slipped.push('\n');
    (slipped != text).then_some(Slipped { text: slipped, at, changed })
}

const SIGNS: [char; 14] = [':', ',', '.', '[', ']', '{', '}', '(', ')', '"', '\'', '-', '=', '±'];

/// A sign of the line is lost, doubled or another, or one is put in.
fn with_other_punctuation(line: &str, dice: &mut Dice) -> Option<String> {
    let mut characters: Vec<char> = line.chars().collect();
    let places: Vec<usize> = (0..characters.len()).filter(|at| SIGNS.contains(&characters[*at])).collect();
    if places.is_empty() {
        return None;
    }
    let at = dice.of(&places);
    match dice.below(4) {
        0 => drop(characters.remove(at)),
        1 => characters.insert(at, characters[at]),
        2 => {
            characters[at] =
                dice.of(&[':', ',', '.', '[', ']', '{', '}', '(', ')', '"', '：', '，', '（', '“', '!', '#']);
        }
        _ => characters.insert(dice.below(characters.len()), dice.of(&SIGNS)),
    }
    Some(characters.into_iter().collect())
}

/// A number of the line loses or gains a digit, becomes another, or is mistyped.
fn with_another_number(line: &str, dice: &mut Dice) -> Option<String> {
    let mut characters: Vec<char> = line.chars().collect();
    let places: Vec<usize> = (0..characters.len()).filter(|at| characters[*at].is_ascii_digit()).collect();
    if places.is_empty() {
        return None;
    }
    let at = dice.of(&places);
    match dice.below(5) {
        0 => drop(characters.remove(at)),
        1 => characters.insert(at, dice.of(&['0', '1', '5', '9'])),
        2 => characters[at] = dice.of(&['0', '2', '4', '7']),
        3 => characters[at] = dice.of(&['O', 'l', '１', 'e']),
        _ => characters.insert(at, dice.of(&['.', ',', '-', ' '])),
    }
    Some(characters.into_iter().collect())
}
