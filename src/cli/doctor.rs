//! `qkv doctor`: what the program finds around it, as one block to paste into a question.

use std::io;
use std::process::ExitCode;

use super::{Done, say};
use crate::app::Glyphs;
use crate::diagnostic::escaped;
use crate::environment::{Background, ColourChoice, ColourDepth, Environment, system};
use crate::files;
use crate::language::{Language, Localised, Words, words};
use crate::terminal::{self, Answers};
use crate::view::text::cells;
use crate::{both, yaml};

/// A line of the report.
struct Finding {
    what: Words,
    found: Localised<String>,
    well: Well,
}

/// Whether a finding needs something done about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Well {
    Yes,
    No,
}

impl Finding {
    const fn good(what: Words, found: Localised<String>) -> Self {
        Self { what, found, well: Well::Yes }
    }

    const fn bad(what: Words, found: Localised<String>) -> Self {
        Self { what, found, well: Well::No }
    }
}

/// Looks at everything and writes the report.
pub(super) fn run(environment: &Environment, language: Language) -> Done {
    let signs = signs();
    let answers = terminal::ask(&signs);
    let size = if environment.is_plain() { None } else { terminal::size().ok() };
    let findings = [
        version(),
        variables(environment),
        screen(size),
        colours(environment),
        background(environment, answers.as_ref().ok()),
        glyphs(&signs, &answers),
        locale(environment),
        spoken(environment, language),
        between(environment),
        watching(),
        kept(environment),
    ];
    say(&page(&findings, language))?;
    Ok(ExitCode::SUCCESS)
}

/// The findings under each other; those that need something done are marked.
fn page(findings: &[Finding], language: Language) -> String {
    let label = |finding: &Finding| *finding.what.get(language);
    let widest = findings.iter().map(|finding| cells(label(finding))).max().unwrap_or(0);
    let line = |finding: &Finding| {
        let mark = if finding.well == Well::Yes { ' ' } else { '!' };
        let blanks = " ".repeat(widest - cells(label(finding)));
        format!("{mark} {}{blanks}  {}\n", label(finding), escaped(finding.found.get(language)))
    };
    findings.iter().map(line).collect()
}

/// The signs that qkv draws and that some terminals draw two cells wide, and some Chinese ones, which have two.
fn signs() -> Vec<&'static str> {
    let set = Glyphs::Unicode;
    let frame = set.frame();
    let mut signs = vec![
        frame.horizontal,
        frame.vertical,
        frame.top_left,
        set.minus(),
        set.infinity(),
        set.ellipsis(),
        set.left(),
        set.right(),
        set.up(),
        set.down(),
        set.approximately(),
        set.transpose(),
        set.then(),
    ];
    signs.extend([0.1, 0.3, 1.0].map(|share| set.dot_of_size(share)));
    signs.extend([0.1, 0.5, 1.0].map(|share| set.bar(share)));
    signs.extend(["━", "√", "Σ", "÷", "×", "—", "“", "中", "，", "é"]);
    signs
}

fn version() -> Finding {
    let [system, processor] = system();
    let version = env!("CARGO_PKG_VERSION");
    Finding::good(
        words("qkv", "qkv"),
        both!("{version}, {system}, {processor}", "{version}，{system}，{processor}"),
    )
}

const TERMINAL: Words = words("terminal", "终端");

fn variables(environment: &Environment) -> Finding {
    let variables = environment.terminal_variables();
    if variables.is_empty() {
        return Finding::bad(
            TERMINAL,
            both!("no variable says which: TERM is not set", "没有设置 TERM，不知道是哪种终端"),
        );
    }
    let all: Vec<_> = variables.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let all = all.join(" ");
    Finding::good(TERMINAL, both!("{all}", "{all}"))
}

fn screen(size: Option<(u16, u16)>) -> Finding {
    const SIZE: Words = words("size", "大小");
    let Some((width, height)) = size else {
        return Finding::good(
            SIZE,
            both!(
                "none: standard output is no terminal that draws, lessons come as plain text",
                "无：标准输出不是能画图的终端，课程以纯文本输出"
            ),
        );
    };
    if width < 40 || height < 12 {
        return Finding::bad(
            SIZE,
            both!("{width} × {height}; 40 × 12 is the least", "{width} × {height}；最小为 40 × 12"),
        );
    }
    Finding::good(SIZE, both!("{width} × {height}", "{width} × {height}"))
}

fn colours(environment: &Environment) -> Finding {
    const COLOURS: Words = words("colours", "颜色");
    let found = match environment.colour_depth(ColourChoice::Auto) {
        ColourDepth::True => both!("all", "全部"),
        ColourDepth::TwoFiftySix => {
            both!(
                "256; if the terminal has more, set COLORTERM=truecolor",
                "256 种；终端若支持更多，请设 COLORTERM=truecolor"
            )
        }
        ColourDepth::Sixteen => {
            both!(
                "16; if the terminal has more, set COLORTERM=truecolor",
                "16 种；终端若支持更多，请设 COLORTERM=truecolor"
            )
        }
        ColourDepth::Mono => both!("none; --color always asks for them", "无；可用 --color always 打开"),
    };
    Finding::good(COLOURS, found)
}

fn background(environment: &Environment, answers: Option<&Answers>) -> Finding {
    const BACKGROUND: Words = words("background", "背景");
    let word = |background| match background {
        Background::Dark => words("dark", "深色"),
        Background::Light => words("light", "浅色"),
    };
    let taken = environment.background().unwrap_or(Background::Dark);
    let Localised { en, zh } = word(taken);
    let Some([red, green, blue]) = answers.and_then(|answers| answers.background) else {
        return Finding::good(
            BACKGROUND,
            both!(
                "taken to be {en}; the terminal does not tell; c chooses other colours",
                "当作{zh}；终端没有说明；按 c 换配色"
            ),
        );
    };
    // How bright the three look together (ITU-R BT.601).
    let brightness = (299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue)) / 1000;
    let real = if brightness < 128 { Background::Dark } else { Background::Light };
    let (is, is_zh) = (word(real).en, word(real).zh);
    let colour = format!("#{red:02x}{green:02x}{blue:02x}");
    if real == taken {
        return Finding::good(BACKGROUND, both!("{is}, {colour}", "{is_zh}，{colour}"));
    }
    Finding::bad(
        BACKGROUND,
        both!(
            "{is}, {colour}, but taken to be {en}: press c, which is remembered, or use --theme {is}",
            "{is_zh}，{colour}，却被当作{zh}：请按 c 换配色（会记住），或用 --theme {is}"
        ),
    )
}

const GLYPHS: Words = words("glyphs", "字符宽度");

fn glyphs(signs: &[&str], answers: &io::Result<Answers>) -> Finding {
    let not_asked = |en: &str, zh: &str| Finding::good(GLYPHS, both!("not measured: {en}", "未测量：{zh}"));
    let widths = match answers {
        Ok(answers) => &answers.widths,
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {
            return not_asked("standard input and output must be a terminal", "标准输入和输出都须是终端");
        }
        Err(_) => return not_asked("the terminal does not answer", "终端没有回答"),
    };
    if widths.is_empty() {
        return not_asked("the terminal did not answer all questions", "终端没有回答全部问题");
    }
    let wrong = |found: usize| -> String {
        let of_width = |(sign, width): &(&&str, &usize)| **width == found && cells(sign) != found;
        signs.iter().zip(widths).filter(of_width).map(|(sign, _)| *sign).collect::<Vec<_>>().join(" ")
    };
    let mut widest: Vec<_> = widths.clone();
    widest.sort_unstable();
    widest.dedup();
    let wrong: Vec<_> = widest
        .into_iter()
        .map(|width| (width, wrong(width)))
        .filter(|(_, wrong)| !wrong.is_empty())
        .collect();
    if wrong.is_empty() {
        let count = signs.len();
        return Finding::good(
            GLYPHS,
            both!(
                "all {count} measured are drawn as wide as they should be",
                "测量的 {count} 个字符宽度都正确"
            ),
        );
    }
    let list = |one: fn(usize, &str) -> String| {
        wrong.iter().map(|(width, signs)| one(*width, signs)).collect::<Vec<_>>().join("; ")
    };
    let en = list(|width, signs| format!("{signs} drawn {width} wide"));
    let zh = list(|width, signs| format!("{signs} 画成了 {width} 格宽"));
    Finding::bad(
        GLYPHS,
        both!(
            "{en}: use --glyphs ascii, or have the terminal draw ambiguous characters narrow",
            "{zh}：请用 --glyphs ascii，或让终端把“宽度不定”的字符按窄字符画"
        ),
    )
}

fn locale(environment: &Environment) -> Finding {
    const LOCALE: Words = words("locale", "区域设置");
    let Some((name, value)) = environment.characters() else {
        return Finding::good(LOCALE, both!("none is set", "未设置"));
    };
    if value.to_lowercase().replace('-', "").contains("utf8") {
        return Finding::good(LOCALE, both!("{name}={value}", "{name}={value}"));
    }
    Finding::bad(
        LOCALE,
        both!(
            "{name}={value} is not UTF-8: if signs look wrong, use --glyphs ascii",
            "{name}={value} 不是 UTF-8：字符若显示不对，请用 --glyphs ascii"
        ),
    )
}

fn spoken(environment: &Environment, language: Language) -> Finding {
    let name = language.name();
    let own = environment.qkv_lang.as_ref().map(|own| format!(" (QKV_LANG={own})")).unwrap_or_default();
    Finding::good(words("language", "语言"), both!("{name}{own}", "{name}{own}"))
}

fn between(environment: &Environment) -> Finding {
    const MULTIPLEXER: Words = words("multiplexer", "终端复用");
    let between = environment.between();
    if between.is_empty() {
        return Finding::good(MULTIPLEXER, both!("none, and not over SSH", "无，也不经过 SSH"));
    }
    let all = between.join(", ");
    Finding::good(MULTIPLEXER, both!("{all}", "{all}"))
}

fn watching() -> Finding {
    Finding::good(
        words("watching", "监视文件"),
        both!(
            "an open lesson's files and the folders in the menu are looked at several times a second, on every kind of disk",
            "每秒查看几次打开的课程的各个文件和菜单里的文件夹，任何磁盘都可以"
        ),
    )
}

fn kept(environment: &Environment) -> Finding {
    const KEPT: Words = words("kept files", "保存的文件");
    let (Some(settings), Some(progress)) =
        (files::settings_path(environment), files::progress_path(environment))
    else {
        return Finding::bad(
            KEPT,
            both!(
                "none: there is no home folder, so nothing is remembered",
                "无：没有主文件夹，什么都记不住"
            ),
        );
    };
    let own = [("settings", "设置", settings), ("progress", "进度", progress)];
    let state = own.map(|(en, zh, path)| {
        let read =
            files::read_own(&path).map(|text| text.map(|text| yaml::read::<yaml::Kept>(&text).is_ok()));
        match read {
            Ok(None) => (true, both!("{en}: none yet", "{zh}：还没有")),
            Ok(Some(true)) => (true, both!("{en}: there", "{zh}：有")),
            Ok(Some(false)) => {
                (false, both!("{en}: damaged, will be written anew", "{zh}：已损坏，会重新写"))
            }
            Err(_) => (false, both!("{en}: cannot be read", "{zh}：无法读取")),
        }
    });
    let [(one, Localised { en: first, zh: first_zh }), (two, Localised { en: second, zh: second_zh })] =
        state;
    let found = both!("{first}, {second}", "{first_zh}，{second_zh}");
    if one && two { Finding::good(KEPT, found) } else { Finding::bad(KEPT, found) }
}
