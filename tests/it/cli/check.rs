//! `qkv check`: what it reports, where to, and how it ends.

use std::fs;
use std::path::Path;

use qkv::diagnostic::Code;
use qkv::lesson::LESSONS;

use super::{BAD, Call, GOOD, qkv};

#[test]
fn a_clean_lesson_is_praised_and_the_check_succeeds() {
    let (out, err) = qkv(&["check", "good.yaml"]).file("good.yaml", GOOD).run().ends(0);
    assert!(out.starts_with("good.yaml: ") && out.lines().count() == 1, "{out}");
    assert_eq!(err, "");
}

#[test]
fn findings_go_to_the_output_and_end_with_1() {
    let (out, err) = qkv(&["check", "bad.yaml"]).file("bad.yaml", BAD).run().ends(1);
    assert!(out.contains("error[unknown-field]") && out.contains("bad.yaml:1:1"), "{out}");
    assert_eq!(err, "");
    // A missing language is a warning, but a finding.
    let warned = GOOD.replace("{en: Short, zh: 短}", "{en: Short}");
    let (out, _) = qkv(&["check", "warned.yaml"]).file("warned.yaml", warned).run().ends(1);
    assert!(out.contains("warning[missing-language]"), "{out}");
}

#[test]
fn a_file_that_cannot_be_read_is_a_complaint_and_ends_with_2() {
    let (out, err) = qkv(&["check", "nowhere.yaml"]).run().ends(2);
    assert_eq!(out, "");
    assert!(err.starts_with("qkv: ") && err.contains("`nowhere.yaml` does not exist"), "{err}");
    let (out, err) = qkv(&["check", "folder"]).file("folder/good.txt", GOOD).run().ends(2);
    assert_eq!(out, "");
    assert!(err.contains("no lesson (*.yaml) in the folder folder"), "{err}");
}

#[test]
fn every_lesson_of_a_folder_is_checked() {
    let call = qkv(&["check", "folder"]).file("folder/good.yaml", GOOD).file("folder/bad.yaml", BAD);
    let (out, _) = call.run().ends(1);
    assert!(out.contains("bad.yaml:1:1") && out.contains("good.yaml: all is well"), "{out}");
}

#[test]
fn errors_and_warnings_are_counted_and_advice_does_not_fail() {
    let (out, _) = qkv(&["check", "bad.yaml"]).file("bad.yaml", BAD).run().ends(1);
    assert!(out.ends_with("\nbad.yaml: 1 error; `qkv check --fix bad.yaml` puts it right\n"), "{out}");
    let wordless = format!("{GOOD}steps: [{{show: main}}]\n");
    let (out, _) = qkv(&["check", "a.yaml"]).file("a.yaml", &wordless).run().ends(0);
    assert!(out.contains("warning[wordless-step]") && out.ends_with("a.yaml: 1 warning\n"), "{out}");
}

#[test]
fn fixes_are_shown_or_written_as_asked() {
    let home = qkv(&["check"]).file("bad.yaml", BAD).home;
    let path = home.path().join("bad.yaml");
    let run = |arguments: &[&str]| qkv(arguments).inside(home.path()).run();
    let (shown, _) = run(&["check", "--diff", "bad.yaml"]).ends(1);
    assert!(shown.contains("-titel: ") && shown.contains("+title: "), "{shown}");
    assert_eq!(fs::read_to_string(&path).unwrap(), BAD, "`--diff` alone writes nothing");
    let (said, _) = run(&["check", "--fix", "bad.yaml"]).ends(0);
    assert_eq!(said.lines().count(), 2, "{said}");
    assert_eq!(fs::read_to_string(&path).unwrap(), GOOD);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "no draft is left");
    let (said, _) = run(&["check", "--fix", "bad.yaml"]).ends(0);
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_report_can_be_read_by_programs() {
    let json =
        |call: Call, code| -> serde_json::Value { serde_json::from_str(&call.run().ends(code).0).unwrap() };
    let report = json(
        qkv(&["check", "--format", "json", "bad.yaml", "good.yaml"])
            .file("bad.yaml", BAD)
            .file("good.yaml", GOOD),
        1,
    );
    let finding = &report[0]["findings"][0];
    assert_eq!(
        (&finding["code"], &finding["line"], &finding["column"]),
        (&"unknown-field".into(), &1.into(), &1.into())
    );
    assert_eq!(finding["fix"][0]["with"], "title");
    assert_eq!((&report[1]["file"], &report[1]["findings"]), (&"good.yaml".into(), &serde_json::json!([])));
    let (out, _) = qkv(&["check", "--format", "github", "bad.yaml"]).file("bad.yaml", BAD).run().ends(1);
    assert!(out.starts_with("::error file=bad.yaml,line=1,col=1,"), "{out}");
    assert_eq!(out.lines().count(), 1, "{out}");
}

#[test]
fn errors_stand_before_warnings_and_each_in_the_order_of_the_file() {
    let lesson = "title: {en: A}\nmatrices:\n  - M: {given: [[1, x], [3, y]]}\nsteps:\n  - show: M\n    say: {zh: 甲}\n";
    let (out, _) = qkv(&["check", "--format", "json", "a.yaml"]).file("a.yaml", lesson).run().ends(1);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let of = |finding: &serde_json::Value| {
        (finding["severity"].as_str().unwrap().to_owned(), finding["line"].as_u64().unwrap())
    };
    let found: Vec<_> = report[0]["findings"].as_array().unwrap().iter().map(of).collect();
    let expected = [("error", 3), ("error", 3), ("warning", 1), ("warning", 6)];
    assert_eq!(found, expected.map(|(severity, line)| (severity.to_owned(), line)));
}

#[test]
fn a_check_tells_what_a_small_screen_cuts_off_and_what_does_not_add_up() {
    let line = "        A sentence that goes on for as long as a line of the screen is wide.\n";
    let lesson = format!(
        "title: {{en: A, zh: 甲}}\nmatrices:\n  - M: {{given: [[1/3, 2/3]]}}\nsteps:\n  - show: M\n    say:\n      en: >-\n{}\
         {}      zh: 两份：{{M[1, 1]:.2}} + {{M[1, 1]:.2}} = {{M[1, 2]:.2}}。\n",
        line.replace("sentence", "first sentence"),
        (0..16).map(|n| line.replace("sentence", &format!("sentence {n}"))).collect::<String>(),
    );
    let (out, _) = qkv(&["check", "a.yaml"]).file("a.yaml", &lesson).run().ends(0);
    assert!(
        out.contains("[crowded-step]: on a screen of 80 columns and 24 lines") && out.contains("a.yaml:8:9"),
        "{out}"
    );
    assert!(out.contains("[uneven-sum]: the screen shows `0.33 + 0.33 = 0.67`"), "{out}");
}

#[test]
fn a_lesson_can_come_through_a_pipe() {
    let (out, _) = qkv(&["check", "-"]).piped(BAD).run().ends(1);
    assert!(out.contains("standard input:1:1"), "{out}");
    qkv(&["check", "-"]).piped(GOOD).run().ends(0);
    let (out, _) = qkv(&["check", "--diff", "-"]).piped(BAD).run().ends(1);
    assert!(out.contains("+title: "), "{out}");
    qkv(&["check", "--fix", "-"]).piped(BAD).run().ends(2);
}

#[test]
fn findings_are_explained_and_a_misspelt_code_is_found() {
    let (all, _) = qkv(&["explain"]).run().ends(0);
    assert_eq!(all.lines().count(), Code::ALL.len());
    let (page, _) = qkv(&["explain", "ragged-rows"]).run().ends(0);
    assert!(page.contains("[[1, 2], [3]]") && page.contains("[[1, 2], [3, 4]]"), "{page}");
    let (page, _) = qkv(&["explain", "error[tab-indent]", "--lang", "zh"]).run().ends(0);
    assert!(page.contains("Tab 键") && page.contains('→'), "{page}");
    let (_, err) = qkv(&["explain", "raged-rows"]).run().ends(2);
    assert!(err.contains("did you mean `ragged-rows`?"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_a_complaint() {
    use std::os::unix::fs::PermissionsExt;
    let call = qkv(&["check", "secret.yaml"]).file("secret.yaml", GOOD);
    let path = call.home.path().join("secret.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        // Whoever runs the tests may read everything.
        return;
    }
    let (out, err) = call.run().ends(2);
    assert_eq!(out, "");
    assert!(err.contains("may not be read"), "{err}");
}

#[test]
fn text_in_another_encoding_is_a_finding_with_a_place() {
    // 注意力 in GBK.
    let bytes = b"title: \xd7\xa2\xd2\xe2\xc1\xa6\n";
    let (out, err) = qkv(&["check", "gbk.yaml", "--lang", "zh"]).file("gbk.yaml", bytes).run().ends(1);
    assert!(out.contains("错误[not-utf8]") && out.contains("gbk.yaml:1:"), "{out}");
    assert_eq!(err, "");
}

#[test]
fn every_file_is_checked_and_the_worst_decides_how_it_ends() {
    let call = || {
        qkv(&["check", "good.yaml", "nowhere.yaml", "bad.yaml", "also.yaml"])
            .file("good.yaml", GOOD)
            .file("bad.yaml", BAD)
            .file("also.yaml", BAD)
    };
    let (out, err) = call().run().ends(2);
    assert!(
        out.contains("good.yaml: ") && out.contains("bad.yaml:1:1") && out.contains("also.yaml:1:1"),
        "{out}"
    );
    assert!(err.contains("nowhere.yaml"), "{err}");
    qkv(&["check", "good.yaml", "bad.yaml"]).file("good.yaml", GOOD).file("bad.yaml", BAD).run().ends(1);
    qkv(&["check", "bad.yaml", "good.yaml"]).file("good.yaml", GOOD).file("bad.yaml", BAD).run().ends(1);
}

#[test]
fn all_shipped_lessons_check() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let files: Vec<String> =
        LESSONS.iter().map(|b| folder.join(format!("{}.yaml", b.id)).display().to_string()).collect();
    let arguments: Vec<&str> = ["check"].into_iter().chain(files.iter().map(String::as_str)).collect();
    qkv(&arguments).run().ends(0);
}
