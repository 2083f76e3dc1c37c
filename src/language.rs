//! The two languages of qkv, as equals: whatever is said to a person exists in both.

/// A language in which the interface and the lessons speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English, the default where nothing else is asked for.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Both languages, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The code used in lesson files, flags and settings: `en` or `zh`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// The language's own name for itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "中文",
        }
    }

    /// The other language.
    pub const fn other(self) -> Self {
        match self {
            Self::English => Self::Chinese,
            Self::Chinese => Self::English,
        }
    }

    /// The language of a code, as fields of texts have it: `en`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Reads a language code or a locale: `zh`, `zh_CN.UTF-8`, `zh-Hans`, `en_GB`.
    ///
    /// ```
    /// use qkv::language::Language;
    /// assert_eq!(Language::from_locale("zh_CN.UTF-8"), Some(Language::Chinese));
    /// assert_eq!(Language::from_locale("C"), None);
    /// ```
    pub fn from_locale(locale: &str) -> Option<Self> {
        let primary = locale.split(['_', '-', '.', '@']).next()?;
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }
}

/// The same thing in both languages. A missing one does not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Localised<T> {
    /// In English.
    pub en: T,
    /// In Simplified Chinese.
    pub zh: T,
}

impl<T> Localised<T> {
    /// The one for `language`.
    pub const fn get(&self, language: Language) -> &T {
        match language {
            Language::English => &self.en,
            Language::Chinese => &self.zh,
        }
    }

    /// Applies `f` to both.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Localised<U> {
        Localised { en: f(self.en), zh: f(self.zh) }
    }
}

/// Words of the interface, written in the source.
pub type Words = Localised<&'static str>;

/// Words of the interface: `words("next step", "下一步")`.
pub const fn words(en: &'static str, zh: &'static str) -> Words {
    Localised { en, zh }
}

/// A number of things in English: `1 number`, `3 numbers`.
///
/// ```
/// use qkv::language::counted;
/// assert_eq!((counted(1, "row", "rows"), counted(3, "row", "rows")), ("1 row".to_owned(), "3 rows".to_owned()));
/// ```
pub fn counted(count: usize, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{count} {noun}")
}

impl From<String> for Localised<String> {
    /// The same in both languages, as a name is.
    fn from(same: String) -> Self {
        Self { en: same.clone(), zh: same }
    }
}

impl From<&str> for Localised<String> {
    fn from(same: &str) -> Self {
        same.to_owned().into()
    }
}

/// Several things of which one is meant: `a, b or c` and `a、b 或 c`.
///
/// ```
/// use qkv::language::joined;
/// assert_eq!(joined(["a", "b", "c"]).en, "a, b or c");
/// assert_eq!(joined(["a", "b", "c"]).zh, "a、b 或 c");
/// assert_eq!(joined(["列表", "文字"]).zh, "列表或文字");
/// ```
pub fn joined(parts: impl IntoIterator<Item: Into<Localised<String>>>) -> Localised<String> {
    with_last(parts, words("or", "或"))
}

/// Several things that are all meant: `a, b and c` and `a、b 和 c`.
pub fn all_of(parts: impl IntoIterator<Item: Into<Localised<String>>>) -> Localised<String> {
    with_last(parts, words("and", "和"))
}

fn with_last(
    parts: impl IntoIterator<Item: Into<Localised<String>>>,
    before_last: Words,
) -> Localised<String> {
    let mut all: Vec<Localised<String>> = parts.into_iter().map(Into::into).collect();
    let Some(last) = all.pop() else { return Localised::default() };
    if all.is_empty() {
        return last;
    }
    let (en, zh): (Vec<String>, Vec<String>) = all.into_iter().map(|part| (part.en, part.zh)).unzip();
    Localised {
        en: format!("{} {} {}", en.join(", "), before_last.en, last.en),
        zh: beside(&beside(&zh.join("、"), before_last.zh), &last.zh),
    }
}

/// Chinese words one after the other, with a blank where signs such as those of code meet them.
///
/// ```
/// use qkv::language::beside;
/// assert_eq!(beside("这里应当是", "`W_Q`"), "这里应当是 `W_Q`");
/// assert_eq!(beside("这里应当是", "一个数"), "这里应当是一个数");
/// ```
pub fn beside(left: &str, right: &str) -> String {
    const CLOSE: &str = "，、；：。（）“”";
    let (Some(last), Some(first)) = (left.chars().last(), right.chars().next()) else {
        return format!("{left}{right}");
    };
    let is_tight = CLOSE.contains(last) || CLOSE.contains(first) || last == ' ' || first == ' ';
    let gap = if !is_tight && (last.is_ascii() || first.is_ascii()) { " " } else { "" };
    format!("{left}{gap}{right}")
}

/// Formats a message in both languages: `both!("row {n} is short", "第 {n} 行太短")`.
#[macro_export]
macro_rules! both {
    ($en:literal, $zh:literal $(,)?) => {
        $crate::language::Localised { en: format!($en), zh: format!($zh) }
    };
}
