//! `qkv doctor`: what is found around the program.

use crate::cli::qkv;

/// What stands behind a word at the beginning of a line, with the mark before it.
fn line<'a>(report: &'a str, word: &str) -> &'a str {
    let own = |line: &&str| line.get(2..).is_some_and(|rest| rest.starts_with(word));
    report.lines().find(own).unwrap_or_else(|| panic!("{word} in\n{report}"))
}

#[test]
fn without_a_terminal_everything_is_told_that_can_be() {
    let (out, err) = qkv(&["doctor"]).env("LANG", "en_GB.UTF-8").env("TMUX", "x").run().ends(0);
    assert_eq!(err, "");
    assert!(line(&out, "qkv").contains(env!("CARGO_PKG_VERSION")));
    assert!(line(&out, "size").contains("standard output is no terminal"));
    assert!(line(&out, "glyphs").contains("not measured"));
    assert!(line(&out, "locale").contains("LANG=en_GB.UTF-8"));
    assert!(line(&out, "multiplexer").ends_with("tmux"));
    assert!(line(&out, "kept files").contains("none yet"));
    assert!(!out.contains('\x1b'), "{out:?}");
}

#[test]
fn the_report_speaks_chinese_and_its_columns_stand_under_each_other() {
    let (out, _) = qkv(&["doctor", "--lang", "zh"]).run().ends(0);
    assert!(line(&out, "终端复用").contains("不经过 SSH"));
    let starts: Vec<_> = ["终端 ", "背景 ", "区域设置 "]
        .map(|word| {
            let line = line(&out, word.trim());
            let value = line.rfind("  ").unwrap() + 2;
            qkv::view::text::cells(&line[..value])
        })
        .to_vec();
    assert!(starts.windows(2).all(|pair| pair[0] == pair[1]), "{starts:?}\n{out}");
}

#[test]
fn what_needs_something_done_is_marked() {
    let call = qkv(&["doctor"]).env("LANG", "C").env("TERM", "xterm");
    let (out, _) = call.file(".config/qkv/settings.yaml", "theme: [").run().ends(0);
    assert!(line(&out, "locale").starts_with('!') && line(&out, "locale").contains("not UTF-8"), "{out}");
    assert!(line(&out, "kept files").starts_with('!'), "{out}");
    assert!(line(&out, "terminal").starts_with(' '), "{out}");
}

#[cfg(unix)]
mod in_a_terminal {
    use qkv::view::text::cells;

    use super::line;
    use crate::pty::{Pty, Signal, command};

    const QUESTION: &str = "\x1b[6n";

    /// The program in a terminal that has been asked everything.
    fn asked() -> Pty {
        let mut pty = Pty::start((100, 30), command(env!("CARGO_BIN_EXE_qkv")).arg("doctor"));
        pty.wait_for_written("\x1b[c");
        pty
    }

    /// Answers every question, with widths as given for each sign.
    fn answer(pty: &mut Pty, width: impl Fn(&str) -> usize, background: &str) {
        let written = pty.written();
        let parts: Vec<_> = written.split(QUESTION).collect();
        let signs = parts[..parts.len() - 1].iter().map(|part| part.rsplit("\x1b[2K").next().unwrap());
        let answers: Vec<_> = signs.map(|sign| format!("\x1b[1;{}R", width(sign) + 1)).collect();
        assert!(answers.len() > 20, "{written:?}");
        pty.send(&format!("{}\x1b]11;rgb:{background}\x1b\\\x1b[?62;22c", answers.concat()));
    }

    fn report(mut pty: Pty) -> String {
        assert!(pty.exit_status().success());
        assert_eq!(pty.left_on(), []);
        pty.screen().contents()
    }

    /// The report in a terminal that answers so. On a busy machine an answer may come too late; then it is asked again.
    fn answered(width: impl Fn(&str) -> usize, background: &str) -> String {
        for _ in 0..20 {
            let mut pty = asked();
            answer(&mut pty, &width, background);
            let report = report(pty);
            if !report.contains("the terminal does not answer") {
                return report;
            }
        }
        panic!("no answer came in time");
    }

    #[test]
    fn widths_and_background_are_those_that_the_terminal_tells() {
        let report = answered(cells, "1e1e/1e1e/2e2e");
        assert!(line(&report, "glyphs").contains("as wide as they should be"), "{report}");
        assert!(line(&report, "background").ends_with("dark, #1e1e2e"), "{report}");
        assert!(line(&report, "size").ends_with("100 × 30"), "{report}");
    }

    #[test]
    fn wide_lines_and_a_light_background_are_told_with_what_to_do() {
        let report = answered(|sign| if sign == "─" { 2 } else { cells(sign) }, "ffff/ffff/ffff");
        let glyphs = line(&report, "glyphs");
        assert!(glyphs.starts_with('!') && glyphs.contains("─ drawn 2 wide: use --glyphs ascii"), "{report}");
        let background = line(&report, "background");
        assert!(
            background.starts_with('!') && background.contains("light, #ffffff, but taken to be dark"),
            "{report}"
        );
    }

    #[test]
    fn a_terminal_that_does_not_answer_is_waited_for_and_not_for_ever() {
        let report = report(asked());
        assert!(line(&report, "glyphs").contains("the terminal does not answer"), "{report}");
        assert!(line(&report, "background").contains("the terminal does not tell"), "{report}");
    }

    #[test]
    fn a_signal_while_it_waits_gives_the_terminal_back() {
        let mut pty = asked();
        pty.signal(Signal::TERM);
        assert!(!pty.exit_status().success());
        assert_eq!(pty.left_on(), []);
    }
}
