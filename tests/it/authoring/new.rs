//! `qkv new`: a lesson to begin with.

use std::fs;

use qkv::diagnostic::Source;
use qkv::language::Language;
use qkv::lesson::check;
use qkv::lesson::fields::schema;
use qkv::lesson::template::{STAGES, TEMPLATES, Template};

use crate::cli::qkv;

const BOTH: [(Language, &str); 2] = [(Language::English, "en"), (Language::Chinese, "zh")];

fn comments(text: &str) -> Vec<&str> {
    text.lines().skip(1).filter(|line| line.trim_start().starts_with('#')).collect()
}

fn is_chinese(line: &str) -> bool {
    line.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn every_template_is_clean_and_means_the_same_in_both_languages() {
    for template in TEMPLATES {
        for (language, _) in BOTH {
            let text = template.text(language);
            let checked = check(&Source::new(template.name, &text));
            assert_eq!(checked.findings, [], "{}", template.name);
            assert!(checked.lesson.expect(template.name).steps.len() >= 3);
        }
    }
    for template in TEMPLATES.iter().chain(STAGES) {
        let plain = |language| -> Vec<String> {
            let parts: Vec<_> = template.parts(language).map(|(_, text)| text).collect();
            let text = template.text(language) + &parts.concat();
            text.lines().filter(|line| !line.trim_start().starts_with('#')).map(str::to_owned).collect()
        };
        assert_eq!(plain(Language::English), plain(Language::Chinese), "{}", template.name);
    }
}

#[test]
fn every_template_is_explained_in_the_language_asked_for_and_in_no_other() {
    let parts = |language| STAGES.iter().flat_map(move |stage| stage.parts(language));
    for ((_, english), (_, chinese)) in parts(Language::English).zip(parts(Language::Chinese)) {
        assert!(english.contains("# ") && !english.contains("#zh") && !english.contains("#en"), "{english}");
        assert!(chinese.contains("# ") && !chinese.contains("#zh") && !chinese.contains("#en"), "{chinese}");
    }
    for template in TEMPLATES.iter().chain(STAGES) {
        let (english, chinese) = (template.text(Language::English), template.text(Language::Chinese));
        assert!(!comments(&english).is_empty(), "{}", template.name);
        for line in comments(&english) {
            assert!(line.trim_start().starts_with("# ") && !is_chinese(line), "{line}");
        }
        for line in comments(&chinese) {
            assert!(line.trim_start().starts_with("# ") && is_chinese(line), "{line}");
        }
    }
}

#[test]
fn the_small_template_has_four_lines_besides_its_comments() {
    let text = Template::named("small").unwrap().text(Language::English);
    assert_eq!(text.lines().filter(|line| !line.starts_with('#')).count(), 4);
}

#[test]
fn the_first_line_names_a_schema_that_is_written_beside_the_lesson() {
    for (_, lang) in BOTH {
        for template in TEMPLATES {
            let home = tempfile::tempdir().unwrap();
            let new = ["new", "course/pets", "--template", template.name, "--lang", lang];
            qkv(&new).inside(home.path()).run().ends(0);
            let folder = home.path().join("course");
            let lesson = fs::read_to_string(folder.join("pets.yaml")).unwrap();
            let line = lesson.lines().next().unwrap();
            let named = line.strip_prefix("# yaml-language-server: $schema=").expect(line);
            assert_eq!(fs::read_to_string(folder.join(named)).unwrap(), schema());
        }
    }
}

#[test]
fn a_new_lesson_is_checked_and_shown_as_the_message_says() {
    for (_, lang) in BOTH {
        let home = tempfile::tempdir().unwrap();
        let run = |arguments: &[&str]| qkv(arguments).inside(home.path()).env("QKV_LANG", lang).run();
        let (out, err) = run(&["new"]).ends(0);
        assert_eq!(err, "");
        for line in out.lines().filter_map(|line| line.strip_prefix("  qkv ")) {
            let words: Vec<_> = line.split_whitespace().take(2).collect();
            run(&words).ends(0);
        }
        assert!(out.contains("qkv play my-lesson.yaml") && out.contains("qkv check my-lesson.yaml"), "{out}");
    }
}

#[test]
fn nothing_is_ever_overwritten() {
    let (out, err) = qkv(&["new", "mine.yaml"]).file("mine.yaml", "title: mine\n").run().ends(2);
    assert_eq!(out, "");
    assert!(err.contains("`mine.yaml` is there already"), "{err}");

    let call = qkv(&["new", "mine"]).file("mine.yaml", "title: mine\n").file("lesson.schema.json", "{}");
    let home = call.home;
    qkv(&["new", "mine"]).inside(home.path()).run().ends(2);
    assert_eq!(fs::read_to_string(home.path().join("mine.yaml")).unwrap(), "title: mine\n");
    let (out, _) = qkv(&["new", "other"]).inside(home.path()).run().ends(0);
    assert!(out.contains("of another version"), "{out}");
    assert_eq!(fs::read_to_string(home.path().join("lesson.schema.json")).unwrap(), "{}");
}

#[test]
fn a_lesson_that_nobody_named_takes_the_next_free_name() {
    let call = qkv(&["new"]).file("my-lesson.yaml", "title: mine\n").file("course/other.yaml", "");
    let home = call.home;
    let (out, _) = qkv(&["new"]).inside(home.path()).run().ends(0);
    assert!(out.contains("my-lesson-2.yaml"), "{out}");
    qkv(&["new", "course"]).inside(home.path()).run().ends(0);
    qkv(&["new", "later/"]).inside(home.path()).run().ends(0);
    for name in ["my-lesson-2.yaml", "course/my-lesson.yaml", "later/my-lesson.yaml"] {
        assert!(home.path().join(name).is_file(), "{name}");
    }
    assert_eq!(fs::read_to_string(home.path().join("my-lesson.yaml")).unwrap(), "title: mine\n");
}

#[test]
fn a_file_called_like_a_template_begins_with_it_and_a_choice_is_stronger() {
    let of = |arguments: &[&str]| {
        let (out, _) = qkv(arguments).run().ends(0);
        out
    };
    let block = of(&["new", "-", "--template", "block"]);
    assert_eq!(block, Template::named("block").unwrap().text(Language::English));
    assert!(of(&["new", "block"]).contains("block.yaml, a block of a Transformer"));
    assert!(of(&["new", "block", "--template", "small"]).contains("block.yaml, four lines"));
    assert!(of(&["new", "pets"]).contains("pets.yaml, one head"));
}

#[test]
fn an_unknown_template_is_answered_with_all_there_are() {
    let (_, err) = qkv(&["new", "--template", "heads"]).run().ends(2);
    for template in TEMPLATES {
        assert!(err.contains(template.name), "{err}");
    }
}

#[test]
fn a_name_of_another_kind_of_file_is_refused_with_the_name_that_a_lesson_has() {
    let call = qkv(&["new", "course/notes.txt"]);
    let home = call.home.path().to_owned();
    let (out, err) = call.run().ends(2);
    assert!(out.is_empty() && err.contains("`qkv new course/notes.yaml`"), "{err}");
    assert!(!home.join("course").exists());
    let (out, _) = qkv(&["new", "week.2"]).run().ends(0);
    assert!(out.contains("week.2.yaml"), "{out}");
}
