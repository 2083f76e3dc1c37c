//! Numbers in words, `二`, `two`, `约4`, `about 4`, `根号3`, `root 3`: how they are written here.

const CHINESE: &str = "零一二三四五六七八九";
const ENGLISH: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
const PARTS: [(&str, &str); 12] = [
    ("half", "1/2"),
    ("a half", "1/2"),
    ("one half", "1/2"),
    ("a third", "1/3"),
    ("one third", "1/3"),
    ("two thirds", "2/3"),
    ("a quarter", "1/4"),
    ("one quarter", "1/4"),
    ("three quarters", "3/4"),
    ("半", "1/2"),
    ("一半", "1/2"),
    ("二分之一", "1/2"),
];
/// What stands before a number that is not quite exact.
const ABOUT: [&str; 15] = [
    "about",
    "around",
    "approximately",
    "approx.",
    "approx",
    "roughly",
    "nearly",
    "circa",
    "ca.",
    "大约",
    "约等于",
    "约为",
    "大概",
    "差不多",
    "约",
];
/// What stands behind a number of such things.
const COUNTED: [&str; 20] = [
    "个头",
    "个词",
    "左右",
    "上下",
    "个",
    "头",
    "层",
    "维",
    "次",
    "项",
    "行",
    "列",
    "步",
    "位",
    "颗",
    "只",
    " heads",
    " layers",
    " tokens",
    " dimensions",
];
const ROOT: [&str; 12] = [
    "square root of ",
    "the square root of ",
    "the root of ",
    "root of ",
    "root ",
    "sqrt of ",
    "sqrt ",
    "根号下",
    "根号",
    "根下",
    "开方",
    "根",
];

/// No number in words is longer, and a text may be as long as its file.
const LONGEST: usize = 40;

/// The number that a text says in words, as it is written here; `None` for what is one already, and for anything else.
pub(in crate::lesson) fn numeral(text: &str) -> Option<String> {
    let words = text.trim();
    if words.chars().nth(LONGEST).is_some() || is_written(words) {
        return None;
    }
    let words = words.to_lowercase();
    let about = ABOUT.iter().find_map(|word| words.strip_prefix(word));
    let plain = about.unwrap_or(&words).trim();
    let counted = COUNTED.iter().find_map(|word| plain.strip_suffix(word)).unwrap_or(plain).trim();
    [plain, counted].into_iter().find_map(number)
}

/// A number with at most one sign before it.
fn number(words: &str) -> Option<String> {
    match words.strip_prefix('负').or_else(|| words.strip_prefix("minus ")) {
        Some(rest) => {
            root(rest.trim()).filter(|number| !number.starts_with('-')).map(|number| format!("-{number}"))
        }
        None => root(words),
    }
}

/// A number, or the root of one.
fn root(words: &str) -> Option<String> {
    let behind = ROOT.iter().find_map(|root| words.strip_prefix(root));
    let before = || words.strip_suffix("的平方根").or_else(|| words.strip_suffix("开方"));
    let Some(of) = behind.or_else(before).map(str::trim) else { return plain_number(words) };
    let under = plain_number(of).or_else(|| is_name(of).then(|| of.to_owned()));
    under.map(|under| format!("sqrt({under})"))
}

fn plain_number(words: &str) -> Option<String> {
    if is_written(words) {
        return Some(words.to_owned());
    }
    if let Some((_, part)) = PARTS.iter().find(|(name, _)| *name == words) {
        return Some((*part).to_owned());
    }
    if let Some((below, above)) = words.split_once("分之") {
        return Some(format!("{}/{}", whole(above)?, whole(below)?));
    }
    if let Some((before, behind)) = words.split_once('点') {
        let digits: String = behind.chars().map(digit).collect::<Option<_>>()?;
        return (!digits.is_empty()).then_some(format!("{}.{digits}", whole(before)?));
    }
    let english = ENGLISH.iter().position(|word| *word == words);
    english.map(|number| number.to_string()).or_else(|| whole(words).map(|number| number.to_string()))
}

fn is_written(text: &str) -> bool {
    text.parse::<f64>().is_ok() && text.contains(|c: char| c.is_ascii_digit())
}

/// Whether it may be the size of an axis: `d_k`.
fn is_name(text: &str) -> bool {
    text.starts_with("d_") && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn digit(c: char) -> Option<char> {
    let c = match c {
        '两' => '二',
        '〇' => '零',
        other => other,
    };
    let at = CHINESE.chars().position(|own| own == c)?;
    char::from_digit(u32::try_from(at).ok()?, 10)
}

/// A whole number below 10 000 in Chinese: `二`, `十二`, `二十`, `一百零五`, or digit by digit.
fn whole(words: &str) -> Option<u32> {
    const UNITS: [(char, u32); 3] = [('千', 1000), ('百', 100), ('十', 10)];
    if words.is_empty() {
        return None;
    }
    if let Ok(number) = words.parse() {
        return Some(number);
    }
    if let Some(digits) = words.chars().map(digit).collect::<Option<String>>() {
        return digits.parse().ok();
    }
    let (mut sum, mut rest) = (0, words);
    for (unit, times) in UNITS {
        let Some((before, behind)) = rest.split_once(unit) else { continue };
        let before = before.trim_start_matches('零');
        let own = if before.is_empty() { 1 } else { one(before)? };
        (sum, rest) = (sum + own * times, behind);
    }
    let last = rest.trim_start_matches('零');
    (rest.len() < words.len()).then_some(())?;
    Some(sum + if last.is_empty() { 0 } else { one(last)? })
}

fn one(word: &str) -> Option<u32> {
    let mut letters = word.chars();
    let found = digit(letters.next()?)?.to_digit(10);
    letters.next().is_none().then_some(found).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_known() {
        let cases = [
            ("二", "2"),
            ("两个", "2"),
            ("8维", "8"),
            ("十二", "12"),
            ("二十", "20"),
            ("一百零五", "105"),
            ("约4", "4"),
            ("大约 0.5", "0.5"),
            ("4左右", "4"),
            ("about 4", "4"),
            ("about two", "2"),
            ("根号3", "sqrt(3)"),
            ("根号三", "sqrt(3)"),
            ("根号d_k", "sqrt(d_k)"),
            ("root 3", "sqrt(3)"),
            ("square root of 3", "sqrt(3)"),
            ("3的平方根", "sqrt(3)"),
            ("三分之一", "1/3"),
            ("零点五", "0.5"),
            ("负二", "-2"),
            ("负根号3", "-sqrt(3)"),
            ("d_k的平方根", "sqrt(d_k)"),
            ("half", "1/2"),
            ("Two", "2"),
        ];
        for (text, written) in cases {
            assert_eq!(numeral(text).as_deref(), Some(written), "{text}");
        }
        for text in ["4", "0.5", "d_k", "词", "问", "about", "根", "头", "sqrt(3)", "inf", "nan"] {
            assert_eq!(numeral(text), None, "{text}");
        }
    }

    #[test]
    fn a_sign_or_a_root_is_taken_once_however_often_it_is_written() {
        for part in ["负", "minus ", "根", "root "] {
            for times in [2, 200_000] {
                let text = format!("{}3", part.repeat(times));
                assert_eq!(numeral(&text), None, "{part} {times} times");
            }
        }
        assert_eq!(numeral(&format!("3{}", "的平方根".repeat(200_000))), None);
    }
}
