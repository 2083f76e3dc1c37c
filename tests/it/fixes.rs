//! Slips of the hand, put right; and the pages that explain findings.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::fs;
use std::path::Path;

use qkv::diagnostic::{Code, Diagnostic, NotUtf8, Page, Severity, Source};
use qkv::lesson::parts::no_folder;
use qkv::lesson::{LESSONS, check, mend, mend_with};
use qkv::lint;

use crate::book;

fn invalid() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    let read = |path: &Path| Source::from_bytes(path.display().to_string(), &fs::read(path).unwrap()).ok();
    paths.iter().filter_map(|path| read(path)).collect()
}

#[test]
fn only_what_helps_is_promised() {
    let slip = Source::new("a.yaml", "title：A lesson\nmatrices: [{M: {given: [[1]]}}]\n");
    let found = everything(&slip);
    assert_eq!(mend_with(&slip, &no_folder).unwrap().count(&found), 1);
    // One more that is still there when the slip is put right.
    let remains = "title：A lesson\nmatrices: [{M: {given: [[1]]}}, {N: {softmax: L}}]\n";
    let remains = Source::new("a.yaml", remains);
    let found = everything(&remains);
    assert!(found.len() > 1, "{found:?}");
    assert_eq!(mend_with(&remains, &no_folder).unwrap().count(&found), 1);
    assert_eq!(mend(&Source::new("a.yaml", "title: A lesson\nmatrices: [{M: {given: [[1]]}}]\n")), None);
}

#[test]
fn a_file_with_fixes_is_right_when_they_are_carried_out() {
    let mut fixed = 0;
    let (mut helpless, mut left_over) = (Vec::new(), Vec::new());
    for source in invalid() {
        let before = everything(&source);
        let name = Path::new(&source.name).file_name().unwrap().to_string_lossy().into_owned();
        let Some(better) = mend(&source) else {
            if before.iter().any(|finding| !finding.fix.is_empty()) {
                helpless.push(name);
            }
            continue;
        };
        fixed += 1;
        let after = everything(&better);
        assert_eq!(mend(&better), None, "{name}: putting it right again changes it again");
        assert!(after.iter().all(|finding| finding.fix.is_empty()), "{name}: {}", better.text);
        // A file may hold other mistakes beside slips, which only its author can put right.
        let only_slips = before.iter().all(|finding| !finding.fix.is_empty());
        if only_slips && after.iter().any(|finding| finding.severity() == Severity::Error) {
            left_over.push(name);
        }
    }
    assert_eq!(helpless, [""; 0], "fixes that do not help");
    assert_eq!(left_over, [""; 0], "something is left");
    assert!(fixed > 40, "only {fixed} files were put right");
}

#[test]
fn a_fix_stands_where_its_finding_is() {
    for source in invalid() {
        for finding in everything(&source) {
            // Blanks before lines are put right in all of them at once.
            // And so are all items of a list without dashes, all names with one too many, and all
            // lines of an item or a block.
            let of_list = matches!(finding.code, Code::WrongKind | Code::YamlSyntax)
                && finding.fix.first().is_some_and(|it| it.with.trim_matches([' ', '-']).is_empty())
                && (finding.fix.len() > 1 || finding.fix[0].with == "- ");
            if of_list || matches!(finding.code, Code::TabIndent | Code::UnusualSpace) {
                continue;
            }
            let line = |offset| source.line_column(offset).0;
            for edit in &finding.fix {
                let (first, last) = (line(finding.span.start), line(finding.span.end));
                let (start, end) = (line(edit.span.start), line(edit.span.end));
                // A text or a matrix over several lines is written anew as a whole.
                let over_lines = (edit.with.contains('\n') || start < end) && (start..=end).contains(&first);
                let beside = start + 1 >= first && end <= last + 1;
                // What is exchanged stands in two places, and both are shown.
                let at_another = finding.related.iter().any(|(span, _)| line(span.start) == start);
                assert!(beside || over_lines || at_another, "{}: {finding:?}", source.name);
            }
        }
    }
}

fn everything(source: &Source) -> Vec<Diagnostic> {
    let checked = check(source);
    [checked.findings, checked.advice].concat()
}

#[test]
fn what_is_right_is_left_as_it_is() {
    for builtin in LESSONS {
        assert_eq!(mend(&builtin.source()), None, "{}", builtin.id);
    }
    for path in ["assets/format.md", "assets/format.zh.md"] {
        let page = book::page(path);
        for (line, text) in book::lessons(&page) {
            assert_eq!(mend(&Source::new("lesson", text)), None, "{path}, line {line}");
        }
    }
}

#[test]
fn fullwidth_slips_are_put_right_in_every_place_of_a_lesson() {
    let slips = "title：一个头\naxes：{d_model：[名词，形容词]， d_k：1}\ntext: [蓬松，生物]\n\
                 vocabulary: {axis: ｄ_model, tokens: {蓬松: [0，1], 生物: [１, 0]}}\nmatrices:\n\u{3000}- X: {embed: main}\n\
                 steps:\n  -\u{a0}show: “X”\n    say: 数是｛X[生物， 名词]｝。\nexpect:\n  - X【生物，1】＝1\n";
    let plain = "title: 一个头\naxes: {d_model: [名词, 形容词], d_k: 1}\ntext: [蓬松, 生物]\n\
                 vocabulary: {axis: d_model, tokens: {蓬松: [0, 1], 生物: [1, 0]}}\nmatrices:\n  - X: {embed: main}\n\
                 steps:\n  - show: X\n    say: 数是{X[生物, 名词]}。\nexpect:\n  - X[生物, 1]=1\n";
    let mended = mend(&Source::new("slips", slips)).unwrap();
    assert_eq!(mended.text, plain);
    assert_eq!(check(&mended).findings, []);
}

#[test]
fn decimal_commas_become_points_only_where_rows_ask_for_it() {
    let lesson = |rows: &str| Source::new("a", &format!("title: a\nmatrices:\n  - M: {{given: {rows}}}\n"));
    assert!(mend(&lesson("[[3,5, 1], [1, 2]]")).unwrap().text.contains("[[3.5, 1], [1, 2]]"));
    // Rows of one length are what they are.
    assert_eq!(mend(&lesson("[[3,5], [1,2]]")), None);
    assert_eq!(mend(&lesson("[[3,5,1], [1, 2]]")), None);
}

#[test]
fn below_a_bracket_that_is_not_closed_sentences_keep_their_signs() {
    let lesson = "title: a\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: [M\n    \
                  say: 先看毛衣，再看打、最后看“名词”：共两列。\n  - show: M\n    say: 1，0，没有别的。\n";
    let source = Source::new("a", lesson);
    let codes: Vec<Code> = check(&source).findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::YamlSyntax]);
    assert_eq!(mend(&source).unwrap().text, lesson.replace("[M\n", "[M]\n"));
}

#[test]
fn a_cell_without_braces_gets_them_and_keeps_its_comma() {
    let lesson = |say: &str| {
        format!("title: a\nmatrices:\n  - M: {{given: [[1]]}}\nsteps:\n  - show: M\n    say: {say}\n")
    };
    let mended = |say: &str| mend(&Source::new("a", &lesson(say))).map(|mended| mended.text);
    assert_eq!(mended("数是M[1，1]。"), Some(lesson("数是{M[1, 1]}。")));
    assert_eq!(mended("It is M[1, 1]."), Some(lesson("It is {M[1, 1]}.")));
    // What no matrix has is left alone, commas included.
    assert_eq!(mended("写成 M[行, 列]。"), None);
}

#[test]
fn an_indented_name_of_the_lesson_goes_to_the_left_edge_and_deep_tabs_below_their_neighbours() {
    let lesson = "title: a\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n    say: One.\n";
    let claim = "expect:\n  - M[1, 1] = 1\n";
    let indented = Source::new("a", &format!("{lesson}  {claim}"));
    assert_eq!(mend(&indented).unwrap().text, format!("{lesson}{claim}"));
    // In a list of steps `title` may as well lack its dash.
    let step = Source::new("a", &format!("{lesson}  title: Two\n    show: M\n    say: Two.\n"));
    assert!(mend(&step).unwrap().text.contains("  - title: Two"));
    for blanks in ["\t\t\t\t", "\t\t", "\t", "  \t"] {
        let tabs = Source::new("a", &lesson.replace("    say", &format!("{blanks}say")));
        assert_eq!(mend(&tabs).unwrap().text, lesson, "{blanks:?}");
    }
}

#[test]
fn lists_without_commas_are_the_only_error_and_get_them() {
    for list in
        ["[thing person wool]", "[thing、person、wool]", "[thing person, wool]", "[thing；person wool]"]
    {
        let lesson = |list: &str| {
            format!(
                "title: a\naxes: {{d: {list}}}\nmatrices:\n  - M: {{given: {{rows: d, cols: 1, \
                     values: {{thing: [1], person: [2], wool: [3]}}}}}}\n"
            )
        };
        let source = Source::new("a", &lesson(list));
        let found: Vec<&str> = check(&source).findings.iter().map(|it| source.slice(it.span)).collect();
        assert_eq!(found, [list]);
        assert_eq!(mend(&source).unwrap().text, lesson("[thing, person, wool]"));
    }
    // What is used as one item is one.
    let one = "title: a\naxes: {d: [thing person]}\nmatrices:\n  - M: {given: {rows: d, cols: 1, \
               values: {thing person: [1], x: [2]}}}\n";
    let codes: Vec<Code> = check(&Source::new("a", one)).findings.iter().map(|it| it.code).collect();
    assert_eq!(codes, [Code::UnknownLabel]);
}

#[test]
fn a_doubled_line_is_removed_and_not_made_a_step_of_its_own() {
    let lesson = "title: a\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - say: one\n    show: M\n";
    let doubled = Source::new("a", &format!("{lesson}    show: M\n"));
    assert_eq!(mend(&doubled).unwrap().text, lesson);
    let other = Source::new("a", &format!("{lesson}    show: [M]\n"));
    assert_eq!(mend(&other).map(|mended| mended.text), None);
}

fn findings(bytes: &[u8]) -> Vec<Diagnostic> {
    match Source::from_bytes("page", bytes) {
        Ok(source) => {
            let checked = lint::check(&source);
            [checked.findings, checked.advice].concat()
        }
        Err(not_utf8) => {
            let NotUtf8 { finding, .. } = *not_utf8;
            vec![finding]
        }
    }
}

#[test]
fn the_examples_of_every_page_are_wrong_and_right_as_they_say() {
    for code in Code::ALL {
        let page = Page::of(code);
        let codes: Vec<Code> = findings(page.wrong).iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&code), "{}: the wrong example gives {codes:?}", code.as_str());
        let left: Vec<String> =
            findings(page.right.as_bytes()).iter().map(|finding| finding.message.en.clone()).collect();
        assert_eq!(left, [""; 0], "{}: the right example", code.as_str());
        for words in [page.title, page.meaning] {
            assert!(!words.en.is_empty() && !words.zh.is_ascii(), "{}", code.as_str());
        }
    }
}
