//! `qkv help`: the book is reachable, reads well on a terminal, and says what is so.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use qkv::book::layout::text;
use qkv::book::markdown::{Block, heading, is_fence, parse};
use qkv::book::{Section, TOPICS, Topic, reference, sections};
use qkv::diagnostic::{Code, Paint, Source};
use qkv::language::Language;
use qkv::lesson::fields::{MATRIX_KINDS, records};
use qkv::lesson::parts::Unread;
use qkv::lesson::template::{STAGES, Template};
use qkv::lint;
use qkv::view::text::cells;

use crate::cli::{COMMANDS, qkv};

const WIDTH: usize = 80;

fn tutorial() -> Topic {
    Topic::named("tutorial").expect("it is one of the topics")
}

/// The stages with their sections of the page, in one language.
fn stages(language: Language) -> impl Iterator<Item = (Template, Section<'static>)> {
    let all = sections(tutorial().page.get(language));
    assert_eq!(all.len(), STAGES.len() + 1, "a section for each stage, after the beginning");
    STAGES.iter().copied().zip(all.into_iter().skip(1))
}

/// The fenced blocks of a section: the word behind the fence, and the lines.
fn fenced(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut blocks: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if is_fence(line) {
            inside = !inside;
            if inside {
                blocks.push((line.trim_start_matches('`'), Vec::new()));
            }
        } else if inside {
            blocks.last_mut().expect("a block began").1.push(line);
        }
    }
    blocks
}

fn help(arguments: &[&str], language: Language) -> String {
    let call: Vec<&str> = ["help"].iter().chain(arguments).copied().collect();
    let (out, err) = qkv(&call).env("QKV_LANG", language.code()).run().ends(0);
    assert_eq!(err, "");
    out
}

#[test]
fn every_stage_is_clean_without_advice_and_the_last_is_what_was_promised() {
    for language in Language::ALL {
        for stage in STAGES {
            let parts: Vec<_> = stage.parts(language).collect();
            let part = |name: &str| parts.iter().find(|(own, _)| *own == name).map(|(_, text)| text.clone());
            let source = Source::new(stage.name, &stage.text(language));
            let checked = lint::check_with(&source, &|name| {
                part(name).map(String::into_bytes).ok_or(Unread::Missing(Vec::new()))
            });
            assert_eq!((checked.findings, checked.advice), (vec![], vec![]), "stage {}", stage.name);
            let lesson = checked.lesson.expect("it is clean");
            if stage.name.parse::<usize>().is_ok_and(|number| number >= 10) {
                assert_eq!(lesson.steps.len(), 10);
                assert_eq!(lesson.steps.iter().filter(|step| step.question.is_some()).count(), 1);
                let (_, claims) = source.text.split_once("\nexpect:\n").expect("it holds its numbers");
                let claims: Vec<&str> = claims.lines().filter_map(|line| line.strip_prefix("  - ")).collect();
                // One on a name and one on a number, each about what the lesson computes.
                assert!(claims.iter().any(|claim| claim.contains(" = ")), "{claims:?}");
                assert!(claims.iter().any(|claim| claim.contains(" > ")), "{claims:?}");
                assert!(claims.iter().all(|claim| claim.contains('[')), "{claims:?}");
            }
        }
    }
}

#[test]
fn what_a_stage_shows_stands_in_its_file_and_what_it_changes_is_shown() {
    for language in Language::ALL {
        let mut before = BTreeSet::new();
        for (stage, section) in stages(language) {
            let files: Vec<String> = [stage.text(language)]
                .into_iter()
                .chain(stage.parts(language).map(|(_, text)| text))
                .collect();
            let mut shown = BTreeSet::new();
            for (_, lines) in fenced(section.text).into_iter().filter(|(kind, _)| *kind == "yaml") {
                let block = lines.join("\n") + "\n";
                let known = files.iter().any(|file| file.contains(&format!("\n{block}")) || *file == block);
                assert!(known, "stage {} has no such lines:\n{block}", stage.name);
                shown.extend(lines.into_iter().map(str::to_owned));
            }
            let lines: Vec<String> =
                files.iter().flat_map(|file| file.lines().skip(2)).map(str::to_owned).collect();
            for (at, line) in lines.iter().enumerate() {
                // Notes are too many to be shown one by one.
                let in_note = lines[..at].iter().rev().take(3).any(|line| line.trim() == "note:");
                let new = !before.contains(line) && !line.trim().is_empty() && line.trim() != "note:";
                assert!(!new || in_note || shown.contains(line), "stage {} hides: {line}", stage.name);
            }
            before = lines.into_iter().collect();
        }
    }
}

/// Runs the commands of a stage in their order, with the slips that are made between them; gives all that was printed.
fn follow(stage: Template, section: &Section<'_>, language: Language) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("creature.yaml");
    let mut all = String::new();
    for (kind, lines) in fenced(section.text) {
        if kind == "diff" {
            begin(stage, folder.path(), language);
            let text = fs::read_to_string(&file).unwrap();
            let side =
                |sign| lines.iter().filter_map(move |line| line.strip_prefix(sign)).collect::<Vec<_>>();
            let (old, new) = (side('-').join("\n"), side('+').join("\n"));
            assert_eq!(text.matches(&old).count(), 1, "stage {}: {old}", stage.name);
            fs::write(&file, text.replace(&old, &new)).unwrap();
        }
        let session = if kind == "console" { lines.join("\n") } else { String::new() };
        for call in session.split("$ ").skip(1) {
            let (command, expected) = call.trim_end().split_once('\n').unwrap_or((call.trim_end(), ""));
            let words: Vec<&str> = command.split_whitespace().collect();
            assert_eq!(words[0], "qkv", "{command} runs another program");
            if words[1] != "new" {
                begin(stage, folder.path(), language);
            }
            let call = qkv(&words[1..]).inside(folder.path()).env("QKV_LANG", language.code());
            let printed = call.run().written();
            let fits = match expected.strip_suffix('…') {
                Some(beginning) => printed.starts_with(beginning),
                // What is played has a screen and not words.
                None => printed.trim_end() == expected || (words[1] == "play" && expected.is_empty()),
            };
            assert!(fits, "stage {}, {command}:\n{printed}", stage.name);
            all += &printed;
        }
    }
    begin(stage, folder.path(), language);
    all
}

/// The file of the stage, unless it is there already.
fn begin(stage: Template, folder: &Path, language: Language) {
    if !folder.join("creature.yaml").exists() {
        let call = ["new", "creature.yaml", "--stage", stage.name];
        qkv(&call).inside(folder).env("QKV_LANG", language.code()).run().ends(0);
    }
}

#[test]
fn every_command_of_the_tutorial_prints_what_is_shown_and_every_number_in_its_words_is_computed() {
    for language in Language::ALL {
        let mut commands = 0;
        for (stage, section) in stages(language) {
            let mut printed = follow(stage, &section, language);
            commands += section.text.matches("\n$ qkv ").count();
            let home = tempfile::tempdir().unwrap();
            begin(stage, home.path(), language);
            let call = qkv(&["print", "creature.yaml"]).inside(home.path()).env("QKV_LANG", language.code());
            printed += &call.run().ends(0).0;
            let known: BTreeSet<&str> = numbers(&printed).collect();
            for word in plain_words(section.text) {
                for number in numbers(&word).filter(|number| number.contains('.')) {
                    assert!(known.contains(number), "stage {}: {number} is not computed", stage.name);
                }
            }
        }
        assert!(commands >= 12, "only {commands} commands");
    }
}

/// The running text of a page: what is neither code nor a heading.
fn plain_words(text: &str) -> Vec<String> {
    let plain = |block| match block {
        Block::Paragraph(line) | Block::Item(_, line) => {
            let spans = line.0.into_iter().filter(|span| span.role == qkv::view::text::Role::Plain);
            Some(spans.map(|span| span.text).collect())
        }
        Block::Heading(..) | Block::Code(_) | Block::Table(_) => None,
    };
    parse(text).into_iter().filter_map(plain).collect()
}

fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|word| word.trim_matches('.'));
    words.filter(|word| !word.is_empty())
}

#[test]
fn the_languages_of_a_page_have_the_same_sections_and_the_same_blocks() {
    fn kinds(text: &str) -> Vec<&'static str> {
        let kind = |block: &Block| match block {
            Block::Heading(..) => "heading",
            Block::Paragraph(_) => "paragraph",
            Block::Item(..) => "item",
            Block::Code(_) => "code",
            Block::Table(_) => "table",
        };
        let mut kinds: Vec<_> = parse(text).iter().map(kind).collect();
        // Where a paragraph ends is up to each language.
        kinds.dedup();
        kinds
    }
    for topic in TOPICS {
        let (english, chinese) = (sections(topic.page.en), sections(topic.page.zh));
        assert_eq!(english.len(), chinese.len(), "{}", topic.name);
        for (english, chinese) in english.iter().zip(&chinese) {
            let title = english.title;
            assert_eq!(english.level, chinese.level, "{title}");
            assert_eq!(kinds(english.text), kinds(chinese.text), "{title}");
            let quoted =
                |title: &str| title.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(quoted(english.title), quoted(chinese.title));
            let calls = |text: &str| -> Vec<String> {
                text.lines().filter(|line| line.starts_with("$ ")).map(str::to_owned).collect()
            };
            assert_eq!(calls(english.text), calls(chinese.text), "{title}");
            let items =
                |text: &str| parse(text).iter().filter(|block| matches!(block, Block::Item(..))).count();
            assert_eq!(items(english.text), items(chinese.text), "{title}");
            let rows = |text: &str| -> Vec<usize> {
                let rows = |block: &Block| if let Block::Table(rows) = block { rows.len() } else { 0 };
                parse(text).iter().map(rows).filter(|rows| *rows > 0).collect()
            };
            assert_eq!(rows(english.text), rows(chinese.text), "{title}");
        }
    }
}

#[test]
fn every_page_fits_a_terminal_and_shows_no_marks() {
    for language in Language::ALL {
        for topic in TOPICS {
            let page = help(&[topic.name, "all"], language);
            for line in page.lines() {
                assert!(cells(line) <= WIDTH, "{}: {line}", topic.name);
                assert!(!line.contains('\x1b') && !is_fence(line) && !line.contains("<!--"), "{line}");
                assert!(heading(line).is_none_or(|(level, _)| level == 1), "{line}");
            }
            for block in parse(topic.page.get(language)) {
                if let Block::Paragraph(line) | Block::Item(_, line) = block {
                    for span in line.0.iter().filter(|span| span.role == qkv::view::text::Role::Plain) {
                        assert!(!span.text.contains("**") && !span.text.contains("]("), "{}", span.text);
                    }
                }
            }
        }
        for stage in STAGES {
            assert!(help(&["tutorial", stage.name], language).lines().all(|line| cells(line) <= WIDTH));
        }
    }
}

#[test]
fn colours_come_only_where_they_are_wanted() {
    let plain = help(&["writing"], Language::English);
    let (coloured, _) = qkv(&["help", "writing"]).env("CLICOLOR_FORCE", "1").run().ends(0);
    assert!(
        coloured.contains("\x1b[1mWriting a good lesson\x1b[0m")
            && coloured.contains("\x1b[36mqkv check\x1b[0m")
    );
    assert!(plain.contains("`qkv check`") && !plain.contains('\x1b'));
    let (explained, _) = qkv(&["explain", "tab-indent"]).env("CLICOLOR_FORCE", "1").run().ends(0);
    assert!(explained.contains("\x1b[1mtab-indent"), "{explained}");
}

#[test]
fn every_field_and_every_kind_of_matrix_is_found() {
    let format = Topic::named("format").expect("it is one of the topics");
    for language in Language::ALL {
        let titles: Vec<String> =
            sections(format.page.get(language)).iter().skip(1).map(Section::words).collect();
        for record in records() {
            for field in record.fields {
                for word in [field.name.to_owned(), format!("{}.{}", record.name, field.name)] {
                    let blocks =
                        reference::about(&word, language).unwrap_or_else(|| panic!("{word} is not found"));
                    let explained = text(&blocks, usize::MAX, Paint::Plain);
                    let doc = field.doc.get(language);
                    assert!(explained.contains(doc), "{word}: {doc}\n{explained}");
                    let is_title = |block: &Block| matches!(block, Block::Heading(_, words) if titles.contains(&words.text()));
                    let leads = blocks.iter().any(is_title) || explained.contains("qkv help format ");
                    assert!(leads, "{word} is explained nowhere");
                }
            }
        }
        for kind in MATRIX_KINDS.fields {
            let blocks = reference::about(kind.name, language).expect("it was found above");
            let made = format!("{}:", kind.name);
            let example = |block: &Block| match block {
                Block::Code(lines) => lines.iter().any(|line| line.contains(&made)),
                Block::Heading(..) | Block::Paragraph(_) | Block::Item(..) | Block::Table(_) => false,
            };
            assert!(blocks.iter().any(example), "{} has no example", kind.name);
        }
    }
}

#[test]
fn every_word_that_the_index_lists_is_found_and_every_section_has_a_word() {
    for language in Language::ALL {
        let index = reference::index(language);
        let rows =
            index.iter().filter_map(|block| if let Block::Table(rows) = block { Some(rows) } else { None });
        let words: Vec<String> = rows.flatten().skip(1).filter_map(|row| Some(row.first()?.text())).collect();
        assert!(words.len() > 60, "{} words", words.len());
        for word in words.iter().filter(|word| !word.is_empty()) {
            assert!(reference::about(word, language).is_some(), "{word}");
        }
    }
    let format = Topic::named("format").expect("it is one of the topics");
    let titles: BTreeSet<String> = sections(format.page.en).iter().skip(1).map(Section::words).collect();
    let found: BTreeSet<String> = reference::known()
        .into_iter()
        .filter_map(|word| reference::about(word, Language::English))
        .flatten()
        .filter_map(|block| if let Block::Heading(_, words) = block { Some(words.text()) } else { None })
        .collect();
    assert_eq!(titles.difference(&found).collect::<Vec<_>>(), [""; 0], "no word leads there");
}

#[test]
fn a_section_is_shown_alone() {
    let softmax = help(&["format", "softmax"], Language::English);
    assert!(softmax.contains("temperature"), "{softmax}");
    assert!(softmax.contains("title: Hot and cold") && !softmax.contains("title: One head"), "{softmax}");
    let chinese = help(&["format", "expect"], Language::Chinese);
    assert!(chinese.contains("断言") && chinese.contains("sum(P[1, :]) = 1"), "{chinese}");
    let one = help(&["format", "softmax.temperature"], Language::English);
    assert!(one.starts_with("softmax.temperature\n") && one.contains("sharper"), "{one}");
}

#[test]
fn who_reads_chinese_is_helped_in_chinese_with_every_command_and_option() {
    for command in COMMANDS.iter().map(|it| Some(*it)).chain([None]) {
        let chinese = |call: &[&str], lang: &str| {
            let call: Vec<&str> = command.into_iter().chain(call.iter().copied()).collect();
            qkv(&call).env("QKV_LANG", lang).run().ends(0).0
        };
        let help = chinese(&["--help"], "zh");
        assert_eq!(chinese(&["--lang", "zh", "--help"], "en"), help);
        let by_help: Vec<&str> = ["help"].into_iter().chain(command).chain(["--lang=zh"]).collect();
        assert_eq!(qkv(&by_help).run().ends(0).0, help);
        assert!(help.contains("用法：qkv") && help.contains("显示帮助"), "{help}");
        for page in [&help, &chinese(&["-h"], "zh")] {
            for word in
                [" the ", " of ", " a ", " and ", " or ", " to ", "Usage", "Options", "Print", "possible"]
            {
                assert!(!page.contains(word), "{command:?} has `{word}`:\n{page}");
            }
        }
        let options = |page: &str| -> BTreeSet<String> {
            let words = page.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
            words.filter(|word| word.starts_with("--")).map(str::to_owned).collect()
        };
        assert_eq!(options(&help), options(&chinese(&["--help"], "en")), "{command:?}");
        // Each of them is told in a line that begins in its column and has Chinese in it.
        let lines: Vec<&str> = help.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with("--")) {
            let told = lines[at..].iter().take(2).any(|line| line.chars().any(is_han));
            assert!(told, "{command:?}: {line}");
        }
    }
    let (all, _) = qkv(&["help", "--lang", "zh"]).run().ends(0);
    for topic in TOPICS {
        assert!(all.contains(&format!("qkv help {}", topic.name)) && all.contains(topic.about.zh));
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn what_is_wrong_with_a_call_is_said_in_chinese_to_who_reads_it() {
    let calls: [(&[&str], &str); 12] = [
        (&["check"], "缺少 `<FILES>...`"),
        (&["play"], "缺少 `<LESSON>`"),
        (&["play", "x", "--lang", "fr"], "`--lang <LANG>` 不能是 `fr`\n  可选：en, zh"),
        (&["play", "--stpe", "3", "x"], "是不是想写 `--step`？"),
        (&["play", "--step", "0", "05"], "请写从 1 起的整数"),
        (&["print", "--step", "x", "05"], "3-5 这样的范围"),
        (&["new", "--stage", "1", "--template", "small"], "不能与 `--template <TEMPLATE>` 同时使用"),
        (&["new", "--template", "smal"], "是不是想写 `small`？"),
        (&["new", "--stage", "12"], "教程共有 11 个阶段"),
        (&["check", "--fix", "--fix", "a"], "`--fix` 不能写两次"),
        (&["play", "05", "06"], "没有 `06` 这个参数或选项"),
        (&["list", "--lang"], "`--lang <LANG>` 后面缺少值"),
    ];
    for (call, expected) in calls {
        let (out, err) = qkv(call).env("QKV_LANG", "zh").run().ends(2);
        assert!(out.is_empty() && err.starts_with("错误：") && err.contains(expected), "{call:?}: {err}");
        for word in ["error", "Usage", "tip", "For more", "OPTIONS"] {
            assert!(!err.contains(word), "{call:?} has {word}: {err}");
        }
        let (_, english) = qkv(call).env("QKV_LANG", "en").run().ends(2);
        assert!(english.starts_with("error: "), "{english}");
    }
}

#[test]
fn a_command_is_explained_as_by_its_own_help() {
    for command in COMMANDS {
        let (own, _) = qkv(&[command, "--help"]).run().ends(0);
        assert_eq!(help(&[command], Language::English), own, "{command}");
    }
    let (own, _) = qkv(&["--help"]).run().ends(0);
    assert_eq!(help(&[], Language::English), own);
    for topic in TOPICS {
        let page = format!("  qkv help {:<8}  {}\n", topic.name, topic.about.en);
        assert!(own.contains(&page), "{page}");
        assert!(help(&["help"], Language::English).contains(topic.name));
    }
}

#[test]
fn what_does_not_exist_is_answered_with_what_is_near() {
    let code = Code::ALL[0].as_str();
    let cases: [(&[&str], &str); 10] = [
        (&["tutoral"], "did you mean `qkv help tutorial`?"),
        (&["chek"], "did you mean `qkv help check`?"),
        (&["softmax"], "`qkv help format softmax`"),
        (&[code], "`qkv explain "),
        (&["nonsense-of-mine"], "`qkv help` lists"),
        (&["format", "softmaxx"], "did you mean `qkv help format softmax`?"),
        (&["format", "heading"], "did you mean `qkv help format title`?"),
        (&["掩码"], "`qkv help format 掩码` lists them"),
        (&["format", "nonsense-of-mine"], "`qkv help format` lists"),
        (&["tutorial", "0"], "there are 1 to 11"),
    ];
    for (topic, expected) in cases {
        let call: Vec<&str> = ["help"].iter().chain(topic).copied().collect();
        let (out, err) = qkv(&call).run().ends(2);
        assert_eq!(out, "");
        assert!(err.contains(expected), "{topic:?}: {err}");
    }
}

#[test]
fn pages_are_found_by_the_words_of_both_languages() {
    for (word, call) in [
        ("掩码", "qkv help format mask"),
        ("causal mask", "qkv help format"),
        ("Excel", "qkv help format files"),
        ("电子表格", "qkv help tutorial 11"),
        ("spreadsheet", "qkv help tutorial 11"),
    ] {
        for language in Language::ALL {
            let page = help(&["format", word], language);
            assert!(page.contains(word) && page.contains(call), "{word}: {page}");
        }
    }
}

#[test]
fn a_word_in_the_place_of_a_command_is_answered_with_what_is_meant() {
    let cases: [(&[&str], &str); 6] = [
        (&["tutorial"], "`qkv help tutorial`"),
        (&["writing"], "`qkv help writing`"),
        (&["format", "mine.yaml"], "`qkv fmt FILE`"),
        (&["chekc", "mine.yaml"], "did you mean `qkv check`?"),
        (&["chekc", "--fix", "mine.yaml"], "did you mean `qkv check`?"),
        (&["05"], "`qkv play 05`"),
    ];
    for (call, expected) in cases {
        let (out, err) = qkv(call).run().ends(2);
        assert!(out.is_empty() && err.contains(expected), "{call:?}: {err}");
    }
    let (_, err) = qkv(&["chekc", "--fix", "a"]).env("QKV_LANG", "zh").run().ends(2);
    assert!(err.contains("是不是想写 `qkv check`？"), "{err}");
}

#[test]
fn a_stage_is_written_with_its_parts_and_never_over_a_file() {
    let last = STAGES.len().to_string();
    let (out, _) = qkv(&["new", "mine.yaml", "--stage", &last]).run().ends(0);
    assert!(out.contains("words.yaml stands beside it"), "{out}");
    let call = qkv(&["new", "mine.yaml", "--stage", &last]).file("words.yaml", "axes: {d: 1}\n");
    let home = call.home;
    let (out, _) = qkv(&["new", "mine.yaml", "--stage", &last]).inside(home.path()).run().ends(0);
    assert!(out.contains("words.yaml was there already"), "{out}");
    assert_eq!(fs::read_to_string(home.path().join("words.yaml")).unwrap(), "axes: {d: 1}\n");
    qkv(&["new", "mine.yaml", "--stage", "1"]).inside(home.path()).run().ends(2);
    for wrong in [&["--stage", "12"][..], &["--stage", "0"], &["--stage", "1", "--template", "small"]] {
        let call: Vec<&str> = ["new", "other.yaml"].iter().chain(wrong).copied().collect();
        qkv(&call).inside(home.path()).run().ends(2);
    }
    let (text, _) = qkv(&["new", "-", "--stage", "2"]).run().ends(0);
    assert_eq!(text, STAGES[1].text(Language::English));
}
