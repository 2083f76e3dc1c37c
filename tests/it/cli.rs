//! The program from outside: what it writes, where to, and how it ends.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use qkv::diagnostic::{Code, Source};
use qkv::lesson::{self, LESSONS, Lesson};
use tempfile::TempDir;

/// A call of the program with nothing in its environment but a home of its own.
pub(crate) struct Call {
    command: Command,
    pub(crate) home: TempDir,
}

pub(crate) struct Outcome {
    code: Option<i32>,
    out: String,
    err: String,
}

pub(crate) fn qkv(arguments: &[&str]) -> Call {
    let home = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_qkv"));
    command
        .args(arguments)
        .env_clear()
        .env("HOME", home.path())
        .current_dir(home.path())
        .stdin(Stdio::null());
    Call { command, home }
}

impl Call {
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Puts a file into the folder that the program runs in.
    pub(crate) fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Runs in another folder, which is its home as well.
    pub(crate) fn inside(mut self, folder: &Path) -> Self {
        self.command.env("HOME", folder).current_dir(folder);
        self
    }

    /// What comes through a pipe: a text so short that it waits there until it is read.
    pub(crate) fn piped(mut self, text: &str) -> Self {
        let (reader, mut writer) = std::io::pipe().unwrap();
        writer.write_all(text.as_bytes()).unwrap();
        self.command.stdin(reader);
        self
    }

    pub(crate) fn run(mut self) -> Outcome {
        let Output { status, stdout, stderr } = self.command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Outcome { code: status.code(), out: text(stdout), err: text(stderr) }
    }
}

impl Outcome {
    /// Asserts how it ended; gives both outputs.
    pub(crate) fn ends(self, code: i32) -> (String, String) {
        assert_eq!(self.code, Some(code), "out: {}\nerr: {}", self.out, self.err);
        (self.out, self.err)
    }

    /// Both outputs, however it ended.
    pub(crate) fn written(self) -> String {
        self.out + &self.err
    }
}

const GOOD: &str =
    "title: {en: Short, zh: 短}\ntext: a fluffy blue creature\naxes: {d_model: 4, d_k: 2}\nseed: 7\n";
const BAD: &str =
    "titel: {en: Short, zh: 短}\ntext: a fluffy blue creature\naxes: {d_model: 4, d_k: 2}\nseed: 7\n";

/// Everything that the program can be told to do.
pub(crate) const COMMANDS: [&str; 12] = [
    "play", "list", "print", "new", "check", "explain", "help", "count", "fmt", "values", "doctor", "schema",
];

fn shipped(id: &str) -> Lesson {
    let builtin = LESSONS.iter().find(|builtin| builtin.id == id).unwrap();
    lesson::check(&builtin.source()).lesson.unwrap()
}

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
    assert!(out.ends_with("\nbad.yaml: 1 error; `--fix` puts slips right\n"), "{out}");
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
    assert!(out.contains("[crowded-step]: on a screen of 80×24") && out.contains("a.yaml:8:9"), "{out}");
    assert!(out.contains("[uneven-sum]: as printed, `0.33 + 0.33 = 0.67`"), "{out}");
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
    assert!(page.contains("制表符") && page.contains('→'), "{page}");
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

#[test]
fn a_pipe_gets_no_colour_unless_it_is_asked_for() {
    let call = |more: &[&str]| qkv(&[&["check", "bad.yaml"], more].concat()).file("bad.yaml", BAD);
    let escapes = |call: Call| call.run().ends(1).0.contains('\u{1b}');
    assert!(!escapes(call(&[])));
    assert!(!escapes(call(&[]).env("TERM", "xterm-256color").env("COLORTERM", "truecolor")));
    assert!(escapes(call(&["--color", "always"]).env("TERM", "xterm-256color")));
    // The flag is the newer word: it wins over the environment.
    assert!(escapes(call(&["--color", "always"]).env("TERM", "xterm-256color").env("NO_COLOR", "1")));
    assert!(!escapes(call(&["--color", "never"]).env("TERM", "xterm-256color")));
    assert!(!escapes(call(&[]).env("NO_COLOR", "1")));
}

#[test]
fn the_language_is_that_of_the_flag_then_qkv_lang_then_the_locale() {
    let chinese = |call: Call| call.file("bad.yaml", BAD).run().ends(1).0.contains("错误[");
    let check = |more: &[&str]| qkv(&[&["check", "bad.yaml"], more].concat());
    assert!(!chinese(check(&[])));
    assert!(chinese(check(&["--lang", "zh"])));
    assert!(chinese(check(&["--lang=zh"])));
    assert!(chinese(check(&[]).env("LANG", "zh_CN.UTF-8")));
    assert!(chinese(check(&[]).env("LANG", "en_US.UTF-8").env("LC_ALL", "zh_CN.UTF-8")));
    assert!(chinese(check(&[]).env("LANG", "en_US.UTF-8").env("QKV_LANG", "zh")));
    assert!(!chinese(check(&[]).env("LANG", "zh_CN.UTF-8").env("QKV_LANG", "en")));
    assert!(!chinese(check(&["--lang", "en"]).env("LANG", "zh_CN.UTF-8").env("QKV_LANG", "zh")));
}

#[test]
fn complaints_speak_the_language_too() {
    let (_, err) = qkv(&["check", "nowhere.yaml", "--lang", "zh"]).run().ends(2);
    assert!(err.contains("不存在"), "{err}");
    let (_, err) = qkv(&["values", "05", "head.skores"]).env("LANG", "zh_CN.UTF-8").run().ends(2);
    assert!(err.contains("是不是想写 `head.scores`"), "{err}");
    let (_, err) = qkv(&["print", "05-fluffy-blue-creatur", "--lang", "zh"]).run().ends(2);
    assert!(err.contains("是不是想写 `05-fluffy-blue-creature`"), "{err}");
}

/// The same to the last bit; what is no number has many patterns of bits.
fn assert_same(number: f64, value: f64, name: &str) {
    let same = number.to_bits() == value.to_bits() || number.is_nan() && value.is_nan();
    assert!(same, "{name}: {number} and not {value}");
}

#[test]
fn json_has_every_matrix_to_the_last_bit() {
    for builtin in LESSONS {
        let lesson = shipped(builtin.id);
        let (out, err) = qkv(&["values", builtin.id, "--format", "json"]).run().ends(0);
        assert_eq!(err, "");
        let all: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(all.as_object().unwrap().len(), lesson.trace.graph().len());
        for (id, node) in lesson.trace.graph().nodes() {
            let (matrix, value) = (&all[&node.name], lesson.trace.value(id));
            assert_eq!(matrix["rows"]["labels"], serde_json::json!(node.shape.rows.labels()));
            assert_eq!(matrix["columns"]["labels"], serde_json::json!(node.shape.columns.labels()));
            assert_eq!(matrix["rows"]["axis"], serde_json::json!(node.shape.rows.name()));
            for row in 0..value.nrows() {
                for column in 0..value.ncols() {
                    let cell = &matrix["values"][row][column];
                    let number = match cell.as_str() {
                        Some("-inf") => f64::NEG_INFINITY,
                        Some("NaN") => f64::NAN,
                        Some(other) => panic!("{other}"),
                        None => cell.as_f64().unwrap(),
                    };
                    assert_same(number, value[(row, column)], &node.name);
                }
            }
        }
    }
}

#[test]
fn csv_has_a_line_for_every_cell_to_the_last_bit() {
    for builtin in LESSONS {
        let lesson = shipped(builtin.id);
        let (out, _) = qkv(&["values", builtin.id, "--format", "csv"]).run().ends(0);
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        assert_eq!(reader.headers().unwrap(), vec!["matrix", "row", "column", "value"]);
        let mut records = reader.records();
        for (id, node) in lesson.trace.graph().nodes() {
            let value = lesson.trace.value(id);
            for row in 0..value.nrows() {
                for column in 0..value.ncols() {
                    let record = records.next().unwrap().unwrap();
                    assert_eq!(&record[0], node.name.as_str());
                    assert_eq!(node.shape.rows.find(&record[1]), Ok(row));
                    assert_eq!(node.shape.columns.find(&record[2]), Ok(column));
                    let number: f64 = record[3].replace('∞', "inf").replace('−', "-").parse().unwrap();
                    // A zero has no sign.
                    assert_same(number, value[(row, column)] + 0.0, &node.name);
                }
            }
        }
        assert!(records.next().is_none());
    }
}

#[test]
fn text_has_tables_that_can_be_read_back() {
    let lesson = shipped("05-fluffy-blue-creature");
    let (out, _) = qkv(&["values", "05", "head.pattern", "head.masked"]).run().ends(0);
    let tables: Vec<Vec<&str>> = out.split("\n\n").map(|table| table.lines().collect()).collect();
    assert_eq!(tables.len(), 2, "{out}");
    for (table, name) in tables.iter().zip(["head.pattern", "head.masked"]) {
        let value = lesson.trace.value(lesson.trace.graph().find(name).unwrap());
        assert_eq!(table[0], format!("{name} ({} × {})", value.nrows(), value.ncols()));
        for row in 0..value.nrows() {
            let cells: Vec<&str> = table[row + 2].split_whitespace().skip(1).collect();
            let numbers: Vec<f64> = cells
                .iter()
                .map(|cell| cell.replace('∞', "inf").replace('−', "-").parse().unwrap())
                .collect();
            assert_eq!(numbers, value.row(row).iter().copied().collect::<Vec<_>>(), "{name}");
        }
    }
}

#[test]
fn values_are_those_of_the_names_in_their_order_and_a_family_is_all_its_texts() {
    let keys = |arguments: &[&str]| {
        let (out, _) = qkv(&[&["values", "03", "--format", "csv"], arguments].concat()).run().ends(0);
        let mut names: Vec<String> =
            out.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect();
        names.dedup();
        names
    };
    let family = keys(&["X"]);
    assert!(family.len() == 3 && family.iter().all(|name| name.starts_with("X@")), "{family:?}");
    let one = family[1].as_str();
    assert_eq!(keys(&[one]), [one]);
    assert_eq!(keys(&[one, family[0].as_str()]), [one, family[0].as_str()]);
}

#[test]
fn an_unknown_matrix_is_a_wrong_call_with_the_name_that_was_meant() {
    let (out, err) = qkv(&["values", "05", "head.patern"]).run().ends(2);
    assert_eq!(out, "");
    assert!(err.contains("did you mean `head.pattern`?"), "{err}");
    let (_, err) = qkv(&["values", "05", "注意力"]).run().ends(2);
    assert!(err.contains("head.pattern"), "the names that there are: {err}");
    // A family that is nearly named is meant as a family.
    let (_, err) = qkv(&["values", "03", "heed.Z"]).run().ends(2);
    assert!(err.contains("did you mean `head.Z`"), "{err}");
}

#[test]
fn of_many_matrices_those_are_listed_that_begin_like_the_unknown_one() {
    let lesson = "title: A model that writes
axes: {d_model: [the, cat, end]}
text: the
vocabulary: {axis: d_model, tokens: {the: {the: 1}, cat: {cat: 1}, <end>: {end: 1}}}
matrices:
  - X: {embed: main}
  - gpt: {logits: {of: X}}
  - story: {generate: {from: main, logits: gpt, at_most: 30}}
";
    let values = |name: &str, language: &str| {
        let (_, err) = qkv(&["values", "story.yaml", name])
            .env("LANG", language)
            .file("story.yaml", lesson)
            .run()
            .ends(2);
        err
    };
    let err = values("story.7.attention.pattern", "en_GB.UTF-8");
    assert!(err.contains("there are story.7.X, story.7.gpt, story.7.probabilities, story.7.choice"), "{err}");
    assert!(!err.contains("story.8") && !err.contains("more"), "{err}");
    let err = values("nothing at all like it", "en_GB.UTF-8");
    assert_eq!(
        err.matches("story.").count(),
        17,
        "twenty names, three of which are before the rounds: {err}"
    );
    assert!(err.contains(" and ") && err.contains(" more"), "{err}");
    assert!(values("nothing at all like it", "zh_CN.UTF-8").contains("等，还有 "));
    let err = values("story.1.gpt", "en_GB.UTF-8");
    assert!(err.contains("the first round is over the text as it is, and its matrix is `gpt`"), "{err}");
    assert!(values("story.1.X", "zh_CN.UTF-8").contains("用的就是 `X`"));
}

#[test]
fn values_of_a_lesson_with_mistakes_are_not_given() {
    let (out, err) = qkv(&["values", "bad.yaml"]).file("bad.yaml", BAD).run().ends(1);
    assert_eq!(out, "");
    assert!(err.contains("unknown-field"), "{err}");
    qkv(&["values", "nowhere.yaml"]).run().ends(2);
}

#[test]
fn lessons_are_found_by_number_name_words_and_path() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/05-fluffy-blue-creature.yaml");
    let all = ["05", "5", "05-fluffy-blue-creature", "fluffy-blue-creature", path.to_str().unwrap()];
    let outputs: Vec<_> =
        all.iter().map(|name| qkv(&["values", name, "head.pattern"]).run().ends(0).0).collect();
    assert!(outputs.iter().all(|out| *out == outputs[0] && !out.is_empty()));
}

#[test]
fn the_list_has_every_lesson_with_its_title_in_the_language() {
    let (english, err) = qkv(&["list"]).run().ends(0);
    let (chinese, _) = qkv(&["list", "--lang", "zh"]).run().ends(0);
    assert_eq!(err, "");
    for builtin in LESSONS {
        let title = lesson::cover(&builtin.source()).unwrap().title;
        let line = |list: &str, title: &str| {
            list.lines().any(|line| line.starts_with(builtin.id) && line.ends_with(title))
        };
        assert!(line(&english, &title.en) && line(&chinese, &title.zh), "{english}\n{chinese}");
    }
    assert_eq!(english.lines().count(), LESSONS.len());
    let own = qkv(&["list", "course"]).file("course/own.yaml", GOOD).file("course/broken.yaml", "a: [");
    let (out, _) = own.run().ends(0);
    let own: Vec<_> = out.lines().filter(|line| line.starts_with("course")).collect();
    assert!(own.len() == 2 && own[0].contains("broken.yaml") && own[1].ends_with("Short"), "{out}");
    let (out, err) = qkv(&["list", "empty"]).file("empty/readme.txt", "").run().ends(2);
    assert!(out.is_empty() && err.contains("no lesson"), "{err}");
}

/// What a page of plain text must not have.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && c != '\n')
}

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
fn help_and_version_are_told() {
    let (out, err) = qkv(&["--help"]).run().ends(0);
    assert_eq!(err, "");
    for option in ["--lang", "--color"] {
        assert!(out.contains(option), "{option}: {out}");
    }
    for command in COMMANDS {
        assert!(out.contains(&format!("\n  {command} ")), "{command}: {out}");
        assert!(qkv(&[command, "--help"]).run().ends(0).0.contains("Usage: qkv"), "{command}");
    }
    let (out, _) = qkv(&["--version"]).run().ends(0);
    assert_eq!(out, format!("qkv {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_wrong_call_ends_with_2_and_says_what_was_meant() {
    let (out, err) = qkv(&["print", "05-fluffy-blue-creatur"]).run().ends(2);
    assert_eq!(out, "");
    assert!(err.contains("did you mean `05-fluffy-blue-creature`?"), "{err}");
    let (_, err) = qkv(&["play", "sandwich"]).run().ends(2);
    assert!(err.contains("`qkv list` shows the lessons"), "{err}");
    qkv(&["check"]).run().ends(2);
    qkv(&["print"]).run().ends(2);
    qkv(&["values", "05", "--format", "xml"]).run().ends(2);
    qkv(&["print", "05", "--lang", "fr"]).run().ends(2);
    qkv(&["play", "05", "--step", "0"]).run().ends(2);
    let (_, err) = qkv(&["list", "nowhere"]).run().ends(2);
    assert!(err.contains("nowhere"), "{err}");
}

#[test]
fn names_of_files_cannot_reach_the_terminal_as_commands() {
    let (out, err) = qkv(&["check", "no\u{1b}[2J\u{7}where.yaml"]).run().ends(2);
    assert!(is_plain(&out) && is_plain(&err), "{err:?}");
    let (out, err) = qkv(&["print", "no\u{1b}[2Jwhere"]).run().ends(2);
    assert!(is_plain(&out) && is_plain(&err), "{err:?}");
    let title = "title: \"\\e[2Jx\"\n";
    let (out, _) = qkv(&["list", "a\u{1b}[2J.yaml"]).file("a\u{1b}[2J.yaml", title).run().ends(0);
    assert!(is_plain(&out), "{out:?}");
    let (out, _) = qkv(&["check", "a\u{1b}[2J.yaml"]).file("a\u{1b}[2J.yaml", GOOD).run().ends(0);
    assert!(is_plain(&out), "{out:?}");
}

#[test]
fn a_standard_walkthrough_is_printed_where_a_lesson_has_no_steps() {
    let (out, _) = qkv(&["print", "good.yaml", "--lang", "zh"]).file("good.yaml", GOOD).run().ends(0);
    assert!(out.contains("词元") && out.contains("注意力模式"), "{out}");
    assert!(lesson::check(&Source::new("good.yaml", GOOD)).lesson.is_some());
}
