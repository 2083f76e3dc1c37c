//! `qkv fmt`: matrices in columns, and nothing else changes.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use qkv::diagnostic::Source;
use qkv::language::Language;
use qkv::lesson::template::TEMPLATES;
use qkv::lesson::{LESSONS, tidy};

use crate::book;
use crate::cli::qkv;
use crate::robustness::{Slip, shipped, slip, slipped};

fn tidied(text: &str) -> String {
    tidy(&Source::new("lesson.yaml", text)).expect(text)
}

/// What another reader of YAML finds in a file.
fn meaning(text: &str) -> Option<serde_yaml::Value> {
    serde_yaml::from_str(text).ok()
}

fn without_blanks(text: &str) -> String {
    text.replace(' ', "")
}

/// Lays a file out if it can be read, and asserts what is promised of that.
fn keeps_its_promises(text: &str) {
    let source = Source::new("lesson.yaml", text);
    let Ok(after) = tidy(&source) else { return };
    assert_eq!(without_blanks(&after), without_blanks(&source.text), "nothing but blanks changes");
    assert_eq!(after.matches('\n').count(), source.text.matches('\n').count());
    assert_eq!(meaning(&after), meaning(&source.text), "{text}");
    assert_eq!(tidied(&after), after, "a second time changes nothing\n{text}");
}

/// Everything that there is of lessons, right and wrong.
fn all_files() -> Vec<String> {
    let mut files: Vec<_> = LESSONS.iter().map(|builtin| builtin.source().text).collect();
    files.extend(TEMPLATES.iter().map(|template| template.text(Language::Chinese)));
    for page in ["assets/format.md", "assets/format.zh.md", "README.md"] {
        let page = book::page(page);
        files.extend(book::lessons(&page).into_iter().map(|(_, text)| text.to_owned()));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    for file in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(file.unwrap().path());
        files.extend(bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok()));
    }
    files
}

#[test]
fn every_file_there_is_keeps_its_meaning_and_is_laid_out_once() {
    let files = all_files();
    assert!(files.len() > 150, "{} files were found", files.len());
    for text in files {
        keeps_its_promises(&text);
    }
}

#[test]
fn columns_stand_under_each_other_whichever_way_a_matrix_is_written() {
    for (before, after) in [
        (
            "- [1, -2]\n- [0.5,  30]  # why\n\n# between\n-   [ sqrt(2) ,3, ]\n",
            "- [      1, -2]\n- [    0.5, 30]  # why\n\n# between\n- [sqrt(2),  3,]\n",
        ),
        ("tokens:\n  cat: [1, 0]\n  毛茸茸: [-1, 10]\n", "tokens:\n  cat:    [ 1,  0]\n  毛茸茸: [-1, 10]\n"),
        ("A: {given: [[1, 2],\n  [-3, 4]]}\n", "A: {given: [[ 1, 2],\n            [-3, 4]]}\n"),
        ("A: [\n  [1, 2],\n    [-3, 4],\n]\n", "A: [\n  [ 1, 2],\n  [-3, 4],\n]\n"),
        ("A: {a: [1, 2],\n    bb: [30, 4]}\n", "A: {a:  [ 1, 2],\n    bb: [30, 4]}\n"),
        ("- [1, 2, 3]\n- [10]\n", "- [ 1, 2, 3]\n- [10]\n"),
        ("- [1, 2]\r\n- [10, 2]\r\n", "- [ 1, 2]\r\n- [10, 2]\r\n"),
        ("- ['1/2', 2]\n- [\"-1\", 10]\n", "- ['1/2',  2]\n- [ \"-1\", 10]\n"),
    ] {
        assert_eq!(tidied(before), after);
        keeps_its_promises(before);
    }
}

#[test]
fn what_is_no_matrix_in_lines_stays_as_it_is() {
    for text in [
        "title:   two  blanks   \nsay: >-\n  - [1, 2]\n  - [10, 2]\n",
        "texts:\n  a: [the, cat]\n  bb: [sat]\n",
        "A: {given: [[1, 2], [10,2]]}\n",
        "- [1,\n   2]\n- [10, 2]\n",
        "a: {x:  1}\nb: {x: 10}\n",
        "- [[1], 2]\n- [10, 2]\n",
        "- {a: 1}\n- [10,  2]\n",
        "a:\n  [1, 2]\nbb:\n  [10, 2]\n",
        "- [1,  2]\n",
        "",
        "# nothing but a comment",
    ] {
        assert_eq!(tidied(text), text);
    }
}

/// Blanks put in or taken out at commas and brackets, where YAML does not mind.
fn blanks_moved(text: &str, seeds: &[u8]) -> String {
    let mut seeds = seeds.iter().cycle();
    let mut moved = String::new();
    for line in text.split_inclusive('\n') {
        if !line.trim_start().starts_with("- [") {
            moved.push_str(line);
            continue;
        }
        for c in line.chars() {
            let blanks = " ".repeat(usize::from(seeds.next().unwrap() % 3));
            match c {
                '[' => moved.extend(["[", &blanks]),
                ',' => moved.extend([blanks.as_str(), ",", if blanks.len() == 1 { "" } else { " " }]),
                ' ' if moved.ends_with(',') => {}
                ']' => moved.extend([&blanks, "]"]),
                c => moved.push(c),
            }
        }
    }
    moved
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_lesson_with_slips_is_laid_out_safely_or_left_alone(
        text in shipped(),
        slips in prop::collection::vec(slip(), 1..4),
    ) {
        let text = slips.iter().fold(text, |text: String, slip: &Slip| slipped(&text, slip));
        keeps_its_promises(&text);
    }

    #[test]
    fn however_the_blanks_stood_the_layout_is_the_same(
        text in shipped(),
        seeds in prop::collection::vec(any::<u8>(), 40),
    ) {
        let moved = blanks_moved(&text, &seeds);
        prop_assume!(meaning(&moved) == meaning(&text));
        let (again, once) = (tidied(&moved), tidied(&text));
        // Lists on one line alone are no matrix, and keep the blanks that they have.
        for (again, once) in again.lines().zip(once.lines()) {
            let single = |line: &str| without_blanks(line);
            prop_assert_eq!(single(again), single(once));
        }
        keeps_its_promises(&moved);
    }
}

const ROUGH: &str = "title: A\nmatrices:\n  - A:\n      given:\n        - [1, 2]\n        - [10, 2] # ten\n";
const SMOOTH: &str =
    "title: A\nmatrices:\n  - A:\n      given:\n        - [ 1, 2]\n        - [10, 2] # ten\n";

#[test]
fn a_file_is_laid_out_in_its_place_and_the_second_time_is_left_alone() {
    let home = qkv(&["fmt"]).file("a.yaml", ROUGH).file("course/b.yaml", format!("\u{feff}{ROUGH}")).home;
    let run = |arguments: &[&str]| qkv(arguments).inside(home.path()).run();
    let (out, err) = run(&["fmt", "a.yaml", "course"]).ends(0);
    assert_eq!((out.as_str(), err.as_str()), ("a.yaml: laid out\ncourse/b.yaml: laid out\n", ""));
    let read = |name: &str| fs::read_to_string(home.path().join(name)).unwrap();
    assert_eq!(read("a.yaml"), SMOOTH);
    assert_eq!(read("course/b.yaml"), format!("\u{feff}{SMOOTH}"), "the mark at the beginning is kept");
    let names = |folder: &str| fs::read_dir(home.path().join(folder)).unwrap().count();
    assert_eq!(names("course"), 1, "no draft is left");

    let before = fs::metadata(home.path().join("a.yaml")).unwrap().modified().unwrap();
    let (out, _) = run(&["fmt", "a.yaml", "--lang", "zh"]).ends(0);
    assert_eq!(out, "a.yaml：无需改动\n");
    assert_eq!(fs::metadata(home.path().join("a.yaml")).unwrap().modified().unwrap(), before);
}

#[test]
fn check_and_diff_write_nothing_and_tell_by_the_exit_code() {
    let home = qkv(&["fmt"]).file("a.yaml", ROUGH).file("b.yaml", SMOOTH).home;
    let run = |arguments: &[&str]| qkv(arguments).inside(home.path()).run();
    let (out, _) = run(&["fmt", "--check", "a.yaml", "b.yaml"]).ends(1);
    assert_eq!(out, "a.yaml: not laid out\n");
    let (out, _) = run(&["fmt", "--diff", "."]).ends(1);
    let difference = "@@ -5,1 +5,1 @@\n-        - [1, 2]\n+        - [ 1, 2]\n";
    assert_eq!(out, format!("--- ./a.yaml\n+++ ./a.yaml\n{difference}"));
    let (out, _) = run(&["fmt", "--check", "--diff", "b.yaml"]).ends(0);
    assert_eq!(out, "");
    assert_eq!(fs::read_to_string(home.path().join("a.yaml")).unwrap(), ROUGH);
}

#[test]
fn a_broken_file_is_reported_and_left_alone_while_the_others_are_laid_out() {
    let broken = "title: A\nmatrices: [1, 2\nsteps:\n  - [1, 2]\n  - [10, 2]\n";
    let home = qkv(&["fmt"]).file("a.yaml", broken).file("b.yaml", ROUGH).home;
    let (out, err) = qkv(&["fmt", "a.yaml", "b.yaml"]).inside(home.path()).run().ends(1);
    assert_eq!(out, "b.yaml: laid out\n");
    assert!(err.contains("a.yaml:2:15") && err.contains("error["), "{err}");
    assert_eq!(fs::read_to_string(home.path().join("a.yaml")).unwrap(), broken);
    assert_eq!(fs::read_to_string(home.path().join("b.yaml")).unwrap(), SMOOTH);
    let (_, err) = qkv(&["fmt", "nowhere.yaml"]).run().ends(2);
    assert!(err.contains("`nowhere.yaml` does not exist"), "{err}");
}

#[test]
fn as_a_filter_it_reads_the_input_and_writes_the_output() {
    let filter = |arguments: &[&str], text: &str| qkv(arguments).piped(text).run();
    let (out, err) = filter(&["fmt", "-"], ROUGH).ends(0);
    assert_eq!((out.as_str(), err.as_str()), (SMOOTH, ""));
    let (out, _) = filter(&["fmt", "--check", "-"], ROUGH).ends(1);
    assert_eq!(out, "standard input: not laid out\n");
    let (out, err) = filter(&["fmt", "-"], "a: [1\n").ends(1);
    assert_eq!(out, "");
    assert!(err.contains("standard input:1:6"), "{err}");
}
