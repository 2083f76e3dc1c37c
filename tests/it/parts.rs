//! Files beside a lesson: what is shared, what is refused, and where mistakes in them are told.

use std::collections::BTreeMap;

use qkv::diagnostic::{Code, Source};
use qkv::lesson::parts::{Reader, Unread};
use qkv::lesson::{Checked, Lesson, check_with, mend, mend_with};

use crate::cli::qkv;

/// Checks a lesson among files, by their paths from its folder.
fn among(files: &[(&str, &[u8])], lesson: &str) -> Checked {
    let files: BTreeMap<&str, &[u8]> = files.iter().copied().collect();
    let reader = |name: &str| files.get(name).map(|bytes| bytes.to_vec()).ok_or(Unread::Missing(Vec::new()));
    check_with(&Source::new("lesson.yaml", lesson), &reader)
}

fn lesson(files: &[(&str, &[u8])], text: &str) -> Lesson {
    let checked = among(files, text);
    checked.lesson.unwrap_or_else(|| panic!("{:#?}", checked.findings))
}

/// Code, place in the lesson and English message of each finding.
fn findings(files: &[(&str, &[u8])], text: &str) -> Vec<(Code, String, String)> {
    let source = Source::new("lesson.yaml", text);
    let checked = among(files, text);
    let told = checked.findings.into_iter().map(|finding| {
        assert!(finding.span.end <= source.text.len(), "{finding:?} is beyond the lesson");
        assert!(finding.hint.is_some(), "{finding:?}");
        (finding.code, source.slice(finding.span).to_owned(), finding.message.en)
    });
    told.collect()
}

const WORDS: &[u8] =
    b"axes: {d_model: [noun, verb]}\nvocabulary: {axis: d_model, tokens: {cat: [1, 0], runs: [0, 1]}}\n";

#[test]
fn words_matrices_steps_and_claims_are_shared() {
    let part = b"title: A lesson of its own\nmatrices:\n  - M: {given: [[1, 2]]}\nsteps:\n  - {show: M, say: First.}\nexpect:\n  - M[1, 2] = 2\n";
    let lesson = lesson(
        &[("parts/words.yaml", WORDS), ("more.yaml", part)],
        "title: Mine\ninclude: [parts/words.yaml, more.yaml]\ntext: cat runs\nmatrices:\n  - X: {embed: main}\n  - N: {add: [M, M]}\nsteps:\n  - {show: X, say: Second.}\n",
    );
    assert_eq!(lesson.title.en, "Mine");
    let names: Vec<_> = lesson.trace.graph().nodes().map(|(_, node)| node.name.clone()).collect();
    assert_eq!(names, ["vocabulary", "M", "X", "N"]);
    assert_eq!(lesson.steps.len(), 2);
    assert_eq!(lesson.steps[0].title.en, "M");
}

#[test]
fn paths_start_at_the_file_that_names_them_and_parts_are_there_once() {
    let a = b"include: [../words.yaml, b.yaml]\nmatrices:\n  - A: {load: t.csv}\n";
    let b = b"include: ../words.yaml\n";
    let lesson = lesson(
        &[("words.yaml", WORDS), ("parts/a.yaml", a), ("parts/b.yaml", b), ("parts/t.csv", b"1,2\n3,4\n")],
        "title: t\ninclude: parts/a.yaml\n",
    );
    let a = lesson.trace.graph().find("A").unwrap();
    assert_eq!(lesson.trace.value(a).as_slice(), [1.0, 3.0, 2.0, 4.0]);
    let wrong: &[u8] = b"matrices:\n  - M: {given: [[1, 2]]}\nexpect:\n  - M[1, 2] = 3\n";
    assert_eq!(findings(&[("m.yaml", wrong)], "title: t\ninclude: m.yaml\n")[0].0, Code::ExpectFailed);
}

#[test]
fn own_words_join_those_of_a_part_and_the_same_twice_is_no_matter() {
    let with = |own: &str| {
        findings(
            &[("w.yaml", WORDS)],
            &format!(
                "title: t\ninclude: w.yaml\ntext: cat sits\nvocabulary: {own}\nmatrices: [X: {{embed: main}}]\n"
            ),
        )
    };
    assert_eq!(with("{axis: d_model, tokens: {sits: [2, 2]}}"), []);
    assert_eq!(with("{axis: d_model, tokens: {sits: [2, 2], cat: [1, 0]}}"), []);
    let other = with("{axis: d_model, tokens: {sits: [2, 2], cat: [9, 0]}}");
    assert_eq!(other.iter().map(|(code, ..)| *code).collect::<Vec<_>>(), [Code::DuplicateName]);
}

#[test]
fn a_mistake_in_a_part_is_told_with_its_file_line_and_column() {
    let part = "axes: {f: 2}\nmatrices:\n  - M: {given: {rows: f, cols: f, values: [[1, x], [2, 3]]}}\n";
    assert_eq!(
        findings(&[("p/m.yaml", part.as_bytes())], "title: t\ninclude: p/m.yaml\n"),
        [(Code::BadNumber, "p/m.yaml".into(), "in `p/m.yaml`, line 3, column 48: `x` is no number".into())]
    );
    let (code, at, message) =
        findings(&[("m.yaml", b"stesp: []\n")], "title: t\ninclude: m.yaml\ntext: a\n").remove(0);
    assert_eq!((code, at.as_str()), (Code::UnknownField, "m.yaml"));
    assert!(message.starts_with("in `m.yaml`, line 1, column 1: "), "{message}");
    let (code, _, message) =
        findings(&[("m.yaml", b"axes: {f: [a, b}\n")], "title: t\ninclude: m.yaml\ntext: a\n").remove(0);
    assert_eq!(code, Code::YamlSyntax);
    assert!(message.starts_with("in `m.yaml`, line 1"), "{message}");
}

#[test]
fn slips_are_put_right_with_what_the_lesson_includes() {
    let reader =
        |name: &str| if name == "w.yaml" { Ok(WORDS.to_vec()) } else { Err(Unread::Missing(Vec::new())) };
    let lesson = |token: &str| {
        let text = format!("title: t\ninclude: w.yaml\ntext: [{token}]\nmatrices:\n  - X: {{embed: main}}\n");
        Source::new("lesson.yaml", &text)
    };
    // Only the vocabulary of the part tells which word is meant.
    let mended = mend_with(&lesson("ｃat"), &reader).map(|mended| mended.source.text);
    assert_eq!(mended, Some(lesson("cat").text));
    assert_eq!(mend(&lesson("ｃat")).map(|mended| mended.text), None);
    assert_eq!(mend_with(&lesson("cat"), &reader).map(|mended| mended.source.text), None);
}

#[test]
fn a_mistake_in_a_table_is_told_with_its_line_and_column() {
    let of = |csv: &[u8], rest: &str| {
        findings(
            &[("t.csv", csv)],
            &format!(
                "title: t\naxes: {{r: 2, c: [x, y]}}\nmatrices:\n  - M: {{load: {{file: t.csv{rest}}}}}\n"
            ),
        )
    };
    let told = |code, message: &str| [(code, "t.csv".to_owned(), message.to_owned())];
    assert_eq!(of(b"1,2\n3,4\n", ", rows: r, cols: c"), []);
    assert_eq!(
        of(b"1,2\n3,4x\n", ""),
        told(Code::BadExpression, "in `t.csv`, line 2, column 2: `4x` is neither a number nor a name")
    );
    assert_eq!(
        of(b"# h\n1,2,5\n\n3,4\n", ""),
        told(Code::RaggedRows, "in `t.csv`, line 4: row 2 has 2 numbers, and row 1 has 3")
    );
    assert_eq!(
        of(b"1,2\n3,\n", ""),
        told(Code::BadNumber, "in `t.csv`, line 2, column 2: a number is missing here")
    );
    let wrong_size = of(b"1,2,3\n3,4,5\n", ", rows: r, cols: c");
    assert_eq!(wrong_size[0].0, Code::ShapeMismatch);
    assert_eq!(wrong_size[0].2, "each row has 3 numbers, and `c` has 2 entries");
    assert_eq!(of(b"", "")[0].0, Code::Empty);
    assert_eq!(of(b"1,\xff\n", "")[0].0, Code::NotUtf8);
    assert_eq!(of(b"1,inf\n", "")[0].0, Code::BadNumber);
    let wide = "1,".repeat(5000) + "1\n";
    assert_eq!(of(wide.as_bytes(), "")[0].0, Code::TooLarge);
}

#[test]
fn tables_are_read_as_spreadsheets_save_them() {
    let text = "title: t\nmatrices:\n  - M: {load: t.csv}\n";
    for csv in
        ["sep=;\n1;2,5\n3;4\n", "1,2.5,,\n3,4,,\n,,,\n", "1 2.5\n 3  4\n", "1，2.5\n3，4\n", "1\t2.5\n3\t4"]
    {
        let made = lesson(&[("t.csv", csv.as_bytes())], text);
        let matrix = made.trace.value(made.trace.graph().find("M").unwrap());
        assert_eq!(matrix.as_slice(), [1.0, 3.0, 2.5, 4.0], "{csv}");
    }
    let of = |csv: &str| findings(&[("t.csv", csv.as_bytes())], text).remove(0).2;
    assert_eq!(of("# h\na,b\n1,2\n"), "line 2 of `t.csv` holds names, and a table has only numbers");
    assert_eq!(of("x,1\ny,2\n"), "the first column of `t.csv` holds names, and a table has only numbers");
    assert_eq!(
        of(",a,b\nx,1,2\ny,3,4\n"),
        "line 1 and the first column of `t.csv` hold names, and a table has only numbers"
    );
    let halves = "title: t\naxes: {c: 2}\nmatrices:\n  - M: {load: {file: t.csv, cols: c}}\n";
    let (code, _, message) = findings(&[("t.csv", b"0,5,1,5\n-1,0,2,25\n")], halves).remove(0);
    assert_eq!(code, Code::ShapeMismatch);
    assert_eq!(message, "4 numbers in each row, twice as many as `c` has");
}

#[test]
fn a_table_under_another_kind_and_beside_its_fields_is_one_finding_and_is_read() {
    let of = |made: &str| {
        let text = format!(
            "title: t\naxes: {{r: [a, b], c: [x, y]}}\nmatrices:\n  - M: {made}\nsteps:\n  - {{show: M, focus: [a, y], say: \"{{M[b, x]}}\"}}\n"
        );
        findings(&[("t.csv", b"1,2\n3,4\n")], &text)
    };
    let [(code, place, message)] = &of("{given: {file: t.csv, rows: r, cols: c}}")[..] else { panic!() };
    assert_eq!((*code, place.as_str()), (Code::UnknownField, "given"));
    assert_eq!(message, "`file` belongs to `load`, not to `given`");
    let [(code, place, _)] = &of("{load: t.csv, rows: r, cols: c}")[..] else { panic!() };
    assert_eq!((*code, place.as_str()), (Code::UnknownField, "rows"));
    assert_eq!(of("{load: {file: t.csv, rows: r, cols: c}}"), []);
}

#[test]
fn a_table_that_does_not_fit_is_turned_or_corrected_in_its_file() {
    let hint = |made: &str, used: &str| {
        let text = format!(
            "title: t\naxes: {{r: [a, b], c: [x, y, z]}}\nmatrices:\n  - X: {{random: {{rows: 4, cols: r, seed: 1}}}}\n  - W: {made}\n  - Y: {used}\n"
        );
        among(&[("t.csv", b"1,2\n3,4\n5,6\n")], &text).findings[0].hint.as_ref().unwrap().en.clone()
    };
    let turned = "rows and columns of `W` are exchanged: in line 5 write ";
    assert_eq!(
        hint("{load: {file: t.csv, rows: c, cols: r}}", "{product: [X, W]}"),
        format!("{turned}`rows: r, cols: c, layout: columns`")
    );
    assert_eq!(
        hint("{load: t.csv}", "{product: [X, W]}"),
        format!("{turned}`- W: {{load: {{file: t.csv, layout: columns}}}}`")
    );
    assert_eq!(hint("{load: t.csv}", "{add: [X, W]}"), "in `t.csv` write 4 rows of numbers, as `X` has");
}

#[test]
fn what_a_spreadsheet_could_not_compute_is_no_comment() {
    let text = "title: t\nmatrices:\n  - M: {load: t.csv}\n";
    let (code, _, message) = findings(&[("t.csv", b"1,2\n#DIV/0!,4\n")], text).remove(0);
    assert_eq!(code, Code::BadNumber);
    assert!(message.starts_with("in `t.csv`, line 2, column 1: `#DIV/0!` is what"), "{message}");
}

#[test]
fn a_file_that_is_not_there_is_told_alone_with_what_is_there_instead() {
    let beside = |line: &str, files: &[&str]| {
        let text = format!("title: t\n{line}\ntext: cat\nmatrices:\n  - X: {{embed: main}}\n");
        let names: Vec<String> = files.iter().map(|name| (*name).to_owned()).collect();
        let reader = |name: &str| match name {
            "lesson.yaml" => Ok(text.clone().into_bytes()),
            "w.yaml" => Ok(WORDS.to_vec()),
            _ => Err(Unread::Missing(names.clone())),
        };
        let source = Source::new("lesson.yaml", &text);
        let [finding] = check_with(&source, &reader).findings.try_into().unwrap();
        let mended = mend_with(&source, &reader).map(|it| it.source.text.lines().nth(1).unwrap().to_owned());
        (finding.hint.unwrap().en, mended)
    };
    let mended = |line: &str| Some(line.to_owned());
    assert_eq!(
        beside("include: w.yml", &["w.yaml"]),
        ("there is `w.yaml`: write `w.yaml`".to_owned(), mended("include: w.yaml"))
    );
    assert_eq!(
        beside("include: w", &["lesson.yaml", "w.yaml", "w.csv"]),
        ("there is `w.yaml`: write `w.yaml`".to_owned(), mended("include: w.yaml"))
    );
    assert_eq!(
        beside("include: ./v.yaml", &["v.yaml.txt"]),
        (
            "there is `v.yaml.txt`: rename it to `v.yaml` (Windows does not show the ending .txt unless told to)"
                .to_owned(),
            None
        )
    );
    assert_eq!(beside("include: a/words.yaml", &["word.yaml"]).0, "did you mean `a/word.yaml`?");
    assert_eq!(
        beside("include: words.yaml", &[]).0,
        "put `words.yaml` into the folder of the lesson; or write its name here just as it is, capital letters too"
    );
    assert_eq!(
        beside("include: lesson.yaml", &[]),
        ("remove the line, or write the name of another file".to_owned(), None)
    );
    assert_eq!(
        beside("include: w.csv", &[]).0,
        "remove it here, and write under `matrices`: `- W: {load: w.csv}`"
    );
    assert_eq!(
        beside("include: w.yaml, w.yaml", &[]),
        ("write `[w.yaml, w.yaml]`".to_owned(), mended("include: [w.yaml, w.yaml]"))
    );
    assert_eq!(
        beside("include: .\\w.yaml", &[]),
        ("write `./w.yaml`".to_owned(), mended("include: ./w.yaml"))
    );
}

#[test]
fn numpy_files_are_matrices_with_the_same_checks() {
    let header = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2), }\n";
    let mut file = b"\x93NUMPY\x01\x00".to_vec();
    file.extend((header.len() as u16).to_le_bytes());
    file.extend(header.as_bytes());
    for number in [1.0_f64, 2.0, 3.0, 0.1] {
        file.extend(number.to_le_bytes());
    }
    let text = |rest: &str| {
        format!(
            "title: t\naxes: {{r: 2, c: [x, y], three: 3}}\nmatrices:\n  - M: {{load: {{file: m.npy{rest}}}}}\n"
        )
    };
    let made = lesson(&[("m.npy", &file)], &text(", rows: r, cols: c, layout: columns"));
    let matrix = made.trace.value(made.trace.graph().find("M").unwrap());
    // Columns of the file are rows of the lesson.
    assert_eq!((matrix[(0, 0)], matrix[(0, 1)], matrix[(1, 0)], matrix[(1, 1)]), (1.0, 2.0, 3.0, 0.1));
    assert_eq!(findings(&[("m.npy", &file)], &text(", rows: three"))[0].0, Code::ShapeMismatch);
    assert_eq!(findings(&[("m.npy", &file[..40])], &text(""))[0].0, Code::BadFile);
}

#[test]
fn nothing_outside_of_the_folder_is_asked_for_and_nothing_includes_itself() {
    for path in ["../w.yaml", "/etc/passwd", "a/../../w.yaml", "C:/w.yaml", "..\\w.yaml", "file:///w"] {
        let text = format!("title: t\ninclude: '{path}'\ntext: a\n");
        let reader = |name: &str| -> Result<Vec<u8>, Unread> { panic!("{name} was asked for") };
        let checked = check_with(&Source::new("lesson.yaml", &text), &reader);
        let codes: Vec<_> = checked.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::BadFile], "{path}");
    }
    let round: &[(&str, &[u8])] = &[("a.yaml", b"include: b.yaml\n"), ("b.yaml", b"include: a.yaml\n")];
    let (code, at, message) = findings(round, "title: t\ninclude: a.yaml\ntext: a\n").remove(0);
    assert_eq!((code, at.as_str()), (Code::BadFile, "a.yaml"));
    assert!(message.contains("includes itself"), "{message}");
    assert_eq!(findings(&[], "title: t\ninclude: gone.yaml\ntext: a\n")[0].0, Code::BadFile);
    assert_eq!(
        findings(&[("t.txt", b"1")], "title: t\nmatrices:\n  - M: {load: t.txt}\n")[0].0,
        Code::BadFile
    );
}

#[test]
fn a_file_of_the_folder_is_not_written_over_by_one_of_another_folder() {
    let text = "title: t\ninclude: [../w.yaml, w.yaml]\ntext: a\n";
    let hint = |reader: &Reader<'_>| {
        let checked = check_with(&Source::new("lesson.yaml", text), reader);
        checked.findings[0].hint.as_ref().unwrap().en.clone()
    };
    let there = hint(&|_| Ok(b"axes: {f: 2}\n".to_vec()));
    assert!(there.contains("as `w_2.yaml`"), "{there}");
    let gone = hint(&|_| Err(Unread::Missing(Vec::new())));
    assert!(gone.starts_with("put `w.yaml` into the folder"), "{gone}");
}

#[test]
fn a_chain_of_parts_has_an_end() {
    let names: Vec<String> = (0..200).map(|at| format!("p{at}.yaml")).collect();
    let last = "axes: {f: 2}\n".to_owned();
    let texts: Vec<String> = (1..200).map(|at| format!("include: p{at}.yaml\n")).chain([last]).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let found = findings(&files, "title: t\ninclude: p0.yaml\ntext: a\n");
    let (code, .., said) = found.first().expect("the chain is too long");
    assert_eq!(*code, Code::BadFile);
    assert!(said.contains("too deep"), "{said}");
    // As deep as it may be.
    let short = &files[names.len() - 8..];
    assert!(
        findings(short, "title: t\ninclude: p192.yaml\ntext: a\n")
            .iter()
            .all(|(code, ..)| *code != Code::BadFile)
    );
}

#[test]
fn the_program_reads_the_files_beside_a_lesson_and_no_others() {
    let good = "title: t\ninclude: parts/words.yaml\ntext: cat\nmatrices:\n  - X: {embed: main}\n  - M: {load: parts/t.csv}\n";
    let home = qkv(&["check"])
        .file("secret.csv", "1,2\n")
        .file("course/parts/words.yaml", WORDS)
        .file("course/parts/t.csv", "1,2\n3,4\n")
        .file("course/a.yaml", good)
        .file("course/c.yaml", good.replace("cat", "[ｃat]"))
        .file("course/b.yaml", "title: t\nmatrices:\n  - M: {load: link.csv}\n")
        .home;
    let course = home.path().join("course");
    qkv(&["check", "a.yaml"]).inside(&course).run().ends(0);
    qkv(&["check", "--fix", "c.yaml"]).inside(&course).run().ends(0);
    assert_eq!(std::fs::read_to_string(course.join("c.yaml")).unwrap(), good.replace("cat", "[cat]"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(home.path().join("secret.csv"), course.join("link.csv")).unwrap();
        let (said, _) = qkv(&["check", "b.yaml"]).inside(&course).run().ends(1);
        assert!(said.contains("may not be read"), "{said}");
    }
}
