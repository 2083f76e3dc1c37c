//! Lessons written as text: `qkv print`, and `qkv play` where there is no screen.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use qkv::diagnostic::Source;
use qkv::lesson::{self, LESSONS};

use super::{BAD, Call, GOOD, is_plain, qkv, shipped};

#[test]
fn one_step_or_some_of_them_are_printed() {
    let (whole, _) = qkv(&["print", "05"]).run().ends(0);
    for (asked, there, not_there) in
        [("7", &["7/18"][..], ["6/18", "8/18"]), ("3-5", &["3/18", "4/18", "5/18"], ["2/18", "6/18"])]
    {
        let (out, err) = qkv(&["print", "05", "--step", asked]).run().ends(0);
        assert_eq!(err, "");
        assert!(there.iter().all(|step| out.contains(&format!("\n{step}  "))), "{out}");
        assert!(!not_there.iter().any(|step| out.contains(&format!("\n{step}  "))), "{out}");
        // A step reads as it does in the whole walk.
        let (_, step) = out.split_once("\n\n").unwrap();
        assert!(whole.contains(step.trim_end()), "{step}");
    }
    let (_, err) = qkv(&["print", "05", "--step", "19"]).run().ends(2);
    assert!(err.contains("the lesson has 18"), "{err}");
    for wrong in ["0", "5-3", "x", "3-"] {
        let (_, err) = qkv(&["print", "05", "--step", wrong]).run().ends(2);
        assert!(err.contains("a range such as 3-5"), "{wrong}: {err}");
    }
}

#[test]
fn a_whole_walk_is_printed_in_both_languages() {
    for builtin in LESSONS {
        let lesson = shipped(builtin.id);
        let (english, err) = qkv(&["print", builtin.id]).run().ends(0);
        assert_eq!(err, "");
        let (chinese, _) = qkv(&["print", builtin.id, "--lang", "zh"]).run().ends(0);
        assert!(is_plain(&english) && is_plain(&chinese), "{}", builtin.id);
        let (mut in_english, mut in_chinese) = (english.as_str(), chinese.as_str());
        for step in &lesson.steps {
            // Titles come in the order of the steps.
            let after = |text: &str, title: &str| text.find(title).map(|at| at + title.len());
            let (en, zh) = (after(in_english, &step.title.en), after(in_chinese, &step.title.zh));
            assert!(en.is_some() && zh.is_some(), "{}: {:?}", builtin.id, step.title);
            (in_english, in_chinese) = (&in_english[en.unwrap()..], &in_chinese[zh.unwrap()..]);
        }
    }
}

#[test]
fn a_short_walk_is_printed_as_it_stands_here() {
    let text = "title: {en: One head, zh: 一个头}\n\
                texts: {main: [fluffy, creature]}\n\
                axes: {d_model: [noun, adjective], d_k: [asks]}\n\
                vocabulary: {axis: d_model, tokens: {fluffy: [0, 1], creature: [1, 0]}}\n\
                matrices:\n\
                \x20 - X: {embed: main}\n\
                \x20 - W_Q: {given: {rows: d_model, cols: d_k, values: [[1], [0]]}}\n\
                \x20 - Q: {product: [X, W_Q]}\n\
                steps:\n\
                \x20 - show: main\n\
                \x20   say: {en: Two tokens., zh: 两个词元。}\n\
                \x20 - title: {en: Queries, zh: 查询}\n\
                \x20   show: [X, W_Q, Q]\n\
                \x20   focus: [creature, asks]\n\
                \x20   say: {en: \"*creature* asks {Q[creature, asks]}.\", zh: \"*creature* 的查询是 {Q[creature, asks]}。\"}\n";
    for lang in ["en", "zh"] {
        let (out, _) = qkv(&["print", "one.yaml", "--lang", lang]).file("one.yaml", text).run().ends(0);
        insta::assert_snapshot!(format!("print-{lang}"), out);
    }
}

#[test]
fn playing_where_there_is_no_screen_prints() {
    let (printed, _) = qkv(&["print", "05"]).run().ends(0);
    let (piped, err) = qkv(&["play", "05"]).env("TERM", "xterm-256color").run().ends(0);
    assert_eq!((piped.as_str(), err.as_str()), (printed.as_str(), ""));
    let (dumb, _) = qkv(&["play", "05"]).env("TERM", "dumb").run().ends(0);
    assert_eq!(dumb, printed);
    let (listed, _) = qkv(&["list"]).run().ends(0);
    let (menu, _) = qkv(&[]).run().ends(0);
    assert_eq!(menu, listed, "the menu is the list");
    let folder = |arguments| qkv(arguments).file("course/own.yaml", GOOD).run().ends(0).0;
    let played = folder(&["play", "course"]);
    assert!(played == folder(&["list", "course"]) && played != listed, "{played}");
}

#[test]
fn printing_leaves_nothing_behind() {
    let call = qkv(&["print", "05"]);
    let home = call.home.path().to_owned();
    let mut command = call.command;
    assert!(command.output().unwrap().status.success());
    assert_eq!(fs::read_dir(home).unwrap().count(), 0);
}

#[test]
fn a_reader_who_has_had_enough_is_no_failure() {
    for arguments in [&["print", "05"][..], &["values", "05"], &["list"], &["schema"], &["check", "bad.yaml"]]
    {
        let call = qkv(arguments).file("bad.yaml", BAD);
        let Call { mut command, home } = call;
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The other end of the pipe is closed before anything is read.
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        let status = child.wait().unwrap();
        assert_eq!(err, "", "{arguments:?}");
        assert_ne!(status.code(), Some(2), "{arguments:?}");
        assert_ne!(status.code(), Some(101), "{arguments:?}");
        drop(home);
    }
}

#[test]
fn a_standard_walkthrough_is_printed_where_a_lesson_has_no_steps() {
    let (out, _) = qkv(&["print", "good.yaml", "--lang", "zh"]).file("good.yaml", GOOD).run().ends(0);
    assert!(out.contains("词元") && out.contains("注意力模式"), "{out}");
    assert!(lesson::check(&Source::new("good.yaml", GOOD)).lesson.is_some());
}
