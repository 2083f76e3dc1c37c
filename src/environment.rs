//! What surrounds the program: the only reader of environment variables.

use std::env;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use etcetera::BaseStrategy;

use crate::language::Language;

/// The surroundings, as plain data. The default one is empty: no variable set, no home, no terminal.
///
/// Variables are kept as they are set; an empty one counts as not set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    /// `NO_COLOR`: no colours, whatever its value.
    pub no_color: Option<String>,
    /// `CLICOLOR`: no colours if `0`.
    pub clicolor: Option<String>,
    /// `CLICOLOR_FORCE`: colours even where there is no terminal.
    pub clicolor_force: Option<String>,
    /// `COLORTERM`: `truecolor` or `24bit` where the terminal shows all colours.
    pub colorterm: Option<String>,
    /// `TERM`: the kind of terminal.
    pub term: Option<String>,
    /// `TERM_PROGRAM`: the name of the terminal, where it gives one.
    pub term_program: Option<String>,
    /// `TMUX`: set inside of tmux.
    pub tmux: Option<String>,
    /// `STY`: set inside of GNU Screen.
    pub sty: Option<String>,
    /// `ZELLIJ`: set inside of Zellij.
    pub zellij: Option<String>,
    /// `SSH_CONNECTION`: set over SSH.
    pub ssh: Option<String>,
    /// `COLORFGBG`: numbers of the foreground and background colour, in some terminals.
    pub colorfgbg: Option<String>,
    /// `QKV_LANG`: the language for qkv alone.
    pub qkv_lang: Option<String>,
    /// `LC_ALL`: the locale that overrides all others.
    pub lc_all: Option<String>,
    /// `LC_CTYPE`: the locale of characters.
    pub lc_ctype: Option<String>,
    /// `LC_MESSAGES`: the locale of messages.
    pub lc_messages: Option<String>,
    /// `LANG`: the locale where nothing else is set.
    pub lang: Option<String>,
    /// Whether standard output is a terminal.
    pub stdout: Output,
    /// Where programs keep settings: `$XDG_CONFIG_HOME` or `~/.config`, also on macOS; `%APPDATA%` on Windows.
    pub settings_folder: Option<PathBuf>,
    /// Where programs keep what they remember: `$XDG_STATE_HOME` or `~/.local/state`; `%LOCALAPPDATA%` on Windows.
    pub state_folder: Option<PathBuf>,
}

/// Where standard output leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Output {
    /// To a terminal.
    Terminal,
    /// To a file or another program.
    #[default]
    Elsewhere,
}

/// What `--color` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ColourChoice {
    /// Colours where they are wanted and can be shown.
    #[default]
    Auto,
    /// Colours whatever the environment says.
    Always,
    /// No colours.
    Never,
}

/// How many colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColourDepth {
    /// None; bold, underlined and reversed text remain.
    Mono,
    /// The sixteen named ones, which the terminal's theme chooses.
    Sixteen,
    /// Those, a cube of 6 × 6 × 6, and 24 greys.
    TwoFiftySix,
    /// Red, green and blue with 256 values each.
    True,
}

/// Whether the terminal's background is dark or light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Background {
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
}

impl Environment {
    /// The surroundings of this process.
    pub fn from_process() -> Self {
        let variable = |name: &str| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        let folders = etcetera::choose_base_strategy().ok();
        let folders = folders.as_ref();
        Self {
            no_color: variable("NO_COLOR"),
            clicolor: variable("CLICOLOR"),
            clicolor_force: variable("CLICOLOR_FORCE"),
            colorterm: variable("COLORTERM"),
            term: variable("TERM"),
            term_program: variable("TERM_PROGRAM"),
            tmux: variable("TMUX"),
            sty: variable("STY"),
            zellij: variable("ZELLIJ"),
            ssh: variable("SSH_CONNECTION"),
            colorfgbg: variable("COLORFGBG"),
            qkv_lang: variable("QKV_LANG"),
            lc_all: variable("LC_ALL"),
            lc_ctype: variable("LC_CTYPE"),
            lc_messages: variable("LC_MESSAGES"),
            lang: variable("LANG"),
            stdout: if io::stdout().is_terminal() { Output::Terminal } else { Output::Elsewhere },
            settings_folder: folders.map(BaseStrategy::config_dir),
            // Windows keeps caches and state in the same place.
            state_folder: folders.map(|folders| folders.state_dir().unwrap_or_else(|| folders.cache_dir())),
        }
    }

    /// The language to begin in: that of the flag, else of `QKV_LANG`, else of the locale, else English.
    pub fn language(&self, flag: Option<Language>) -> Language {
        let own = || set(self.qkv_lang.as_deref()).and_then(Language::from_locale);
        flag.or_else(own).or_else(|| self.locale_language()).unwrap_or_default()
    }

    /// How many colours to use. A choice on the command line is stronger than any variable, then `NO_COLOR` than
    /// `CLICOLOR_FORCE` than `CLICOLOR`.
    pub fn colour_depth(&self, choice: ColourChoice) -> ColourDepth {
        let wanted = match choice {
            ColourChoice::Always => true,
            ColourChoice::Never => false,
            ColourChoice::Auto => {
                let forced = set(self.clicolor_force.as_deref()).is_some();
                let shown = set(self.clicolor.as_deref()) != Some("0") && !self.is_plain();
                set(self.no_color.as_deref()).is_none() && (forced || shown)
            }
        };
        if wanted { self.shown_depth() } else { ColourDepth::Mono }
    }

    /// What `COLORFGBG` says about the background, if it says anything.
    pub fn background(&self) -> Option<Background> {
        // "15;0" or "15;default;0". Of the sixteen colours, white, light grey and the bright ones are light.
        match set(self.colorfgbg.as_deref())?.rsplit(';').next()?.parse::<u8>().ok()? {
            0..=6 | 8 => Some(Background::Dark),
            7 | 9..=15 => Some(Background::Light),
            16.. => None,
        }
    }

    /// Whether nothing can be drawn: standard output is no terminal, or one that only prints.
    pub fn is_plain(&self) -> bool {
        self.stdout == Output::Elsewhere || set(self.term.as_deref()) == Some("dumb")
    }

    /// The locale of characters, if any is set: `LC_ALL`, else `LC_CTYPE`, else `LANG`, with the variable's name.
    pub fn characters(&self) -> Option<(&'static str, &str)> {
        [("LC_ALL", &self.lc_all), ("LC_CTYPE", &self.lc_ctype), ("LANG", &self.lang)]
            .into_iter()
            .find_map(|(name, value)| Some((name, set(value.as_deref())?)))
    }

    /// The variables that say what the terminal can show, as far as they are set.
    pub fn terminal_variables(&self) -> Vec<(&'static str, &str)> {
        [
            ("TERM", &self.term),
            ("TERM_PROGRAM", &self.term_program),
            ("COLORTERM", &self.colorterm),
            ("COLORFGBG", &self.colorfgbg),
            ("NO_COLOR", &self.no_color),
            ("CLICOLOR", &self.clicolor),
            ("CLICOLOR_FORCE", &self.clicolor_force),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, set(value.as_deref())?)))
        .collect()
    }

    /// What stands between the program and the terminal: multiplexers, and SSH.
    pub fn between(&self) -> Vec<&'static str> {
        [("tmux", &self.tmux), ("GNU Screen", &self.sty), ("Zellij", &self.zellij), ("SSH", &self.ssh)]
            .into_iter()
            .filter(|(_, value)| set(value.as_deref()).is_some())
            .map(|(name, _)| name)
            .collect()
    }

    fn locale_language(&self) -> Option<Language> {
        // The first locale that is set is the locale, even if we do not speak it: LC_ALL=C means C.
        let locale = [&self.lc_all, &self.lc_messages, &self.lang]
            .into_iter()
            .find_map(|locale| set(locale.as_deref()))?;
        Language::from_locale(locale)
    }

    fn shown_depth(&self) -> ColourDepth {
        let colorterm = set(self.colorterm.as_deref()).unwrap_or_default();
        let term = set(self.term.as_deref()).unwrap_or_default();
        if colorterm.contains("truecolor") || colorterm.contains("24bit") || term.ends_with("-direct") {
            ColourDepth::True
        } else if term.contains("256") {
            ColourDepth::TwoFiftySix
        } else {
            ColourDepth::Sixteen
        }
    }
}

/// The operating system and the processor that this program was built for.
pub const fn system() -> [&'static str; 2] {
    [env::consts::OS, env::consts::ARCH]
}

fn set(variable: Option<&str>) -> Option<&str> {
    variable.filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ColourChoice::{Always, Auto, Never};

    fn terminal(term: &str) -> Environment {
        Environment { term: some(term), stdout: Output::Terminal, ..Environment::default() }
    }

    #[expect(clippy::unnecessary_wraps, reason = "fields of the environment are optional")]
    fn some(value: &str) -> Option<String> {
        Some(value.into())
    }

    #[test]
    fn the_language_is_that_of_the_flag_then_the_variable_then_the_locale() {
        let english = Language::English;
        let chinese = Language::Chinese;
        let lang = Environment { lang: some("zh_CN.UTF-8"), ..Environment::default() };
        let qkv = Environment { qkv_lang: some("en"), ..lang.clone() };
        assert_eq!(Environment::default().language(None), english);
        assert_eq!(lang.language(None), chinese);
        assert_eq!(lang.language(Some(english)), english);
        assert_eq!(qkv.language(None), english);
        assert_eq!(qkv.language(Some(chinese)), chinese);
    }

    #[test]
    fn the_first_locale_that_is_set_counts_even_if_it_is_none_of_ours() {
        let all = Environment { lc_all: some("C"), lang: some("zh_CN.UTF-8"), ..Environment::default() };
        let messages =
            Environment { lc_all: some(""), lc_messages: some("zh_TW"), lang: some("en_GB"), ..all.clone() };
        assert_eq!(all.language(None), Language::English);
        assert_eq!(messages.language(None), Language::Chinese);
    }

    #[test]
    fn a_language_we_do_not_speak_in_our_own_variable_is_passed_over() {
        let environment =
            Environment { qkv_lang: some("fr"), lang: some("zh_CN.UTF-8"), ..Environment::default() };
        assert_eq!(environment.language(None), Language::Chinese);
    }

    #[test]
    fn the_depth_is_what_the_terminal_shows() {
        let depth = |term: &str, colorterm: &str| {
            Environment { colorterm: some(colorterm), ..terminal(term) }.colour_depth(Auto)
        };
        assert_eq!(depth("xterm", ""), ColourDepth::Sixteen);
        assert_eq!(depth("linux", ""), ColourDepth::Sixteen);
        assert_eq!(depth("xterm-256color", ""), ColourDepth::TwoFiftySix);
        assert_eq!(depth("xterm-256color", "gnome-terminal"), ColourDepth::TwoFiftySix);
        assert_eq!(depth("xterm-direct", ""), ColourDepth::True);
        assert_eq!(depth("xterm", "truecolor"), ColourDepth::True);
        assert_eq!(depth("screen", "24bit"), ColourDepth::True);
    }

    #[test]
    fn the_flag_is_stronger_than_no_color_and_that_than_clicolor() {
        let plain = terminal("xterm");
        let no_color = Environment { no_color: some("1"), clicolor_force: some("1"), ..plain.clone() };
        let zero = Environment { clicolor: some("0"), ..plain.clone() };
        let zero_forced = Environment { clicolor_force: some("1"), ..zero.clone() };
        let empty = Environment { no_color: some(""), ..plain.clone() };
        assert_eq!(plain.colour_depth(Never), ColourDepth::Mono);
        assert_eq!(no_color.colour_depth(Auto), ColourDepth::Mono);
        assert_eq!(no_color.colour_depth(Always), ColourDepth::Sixteen);
        assert_eq!(zero.colour_depth(Auto), ColourDepth::Mono);
        assert_eq!(zero_forced.colour_depth(Auto), ColourDepth::Sixteen);
        assert_eq!(empty.colour_depth(Auto), ColourDepth::Sixteen);
    }

    #[test]
    fn without_a_terminal_that_draws_everything_is_plain_unless_colours_are_forced() {
        let dumb = terminal("dumb");
        let piped = Environment { stdout: Output::Elsewhere, ..terminal("xterm-256color") };
        assert!(dumb.is_plain() && piped.is_plain() && !terminal("xterm").is_plain());
        assert_eq!(dumb.colour_depth(Auto), ColourDepth::Mono);
        assert_eq!(piped.colour_depth(Auto), ColourDepth::Mono);
        assert_eq!(piped.colour_depth(Always), ColourDepth::TwoFiftySix);
        let forced = Environment { clicolor_force: some("1"), ..piped };
        assert_eq!(forced.colour_depth(Auto), ColourDepth::TwoFiftySix);
    }

    #[test]
    fn the_background_is_the_last_number() {
        let background =
            |value: &str| Environment { colorfgbg: some(value), ..Environment::default() }.background();
        assert_eq!(background("15;0"), Some(Background::Dark));
        assert_eq!(background("0;15"), Some(Background::Light));
        assert_eq!(background("0;default;7"), Some(Background::Light));
        assert_eq!(background("12;8"), Some(Background::Dark));
        assert_eq!(background("default;default"), None);
        assert_eq!(background(""), None);
    }
}
