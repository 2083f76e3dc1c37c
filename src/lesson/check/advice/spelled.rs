//! Numbers that are written as words, as far as sentences about small matrices need them.

use crate::language::Language;

/// English words; a plural counts as its singular.
const ENGLISH: [(&str, f64); 54] = [
    ("zero", 0.0),
    ("nought", 0.0),
    ("nothing", 0.0),
    ("none", 0.0),
    ("nobody", 0.0),
    ("no", 0.0),
    ("one", 1.0),
    ("single", 1.0),
    ("once", 1.0),
    ("first", 1.0),
    ("two", 2.0),
    ("both", 2.0),
    ("twice", 2.0),
    ("second", 2.0),
    ("half", 0.5),
    ("quarter", 0.25),
    ("three", 3.0),
    ("third", 3.0),
    ("four", 4.0),
    ("fourth", 4.0),
    ("five", 5.0),
    ("fifth", 5.0),
    ("six", 6.0),
    ("sixth", 6.0),
    ("seven", 7.0),
    ("seventh", 7.0),
    ("eight", 8.0),
    ("eighth", 8.0),
    ("nine", 9.0),
    ("ninth", 9.0),
    ("ten", 10.0),
    ("tenth", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("dozen", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
];

/// Chinese digits, and words that say as much.
const CHINESE: [(&str, f64); 17] = [
    ("没有", 0.0),
    ("无", 0.0),
    ("零", 0.0),
    ("〇", 0.0),
    ("半", 0.5),
    ("一", 1.0),
    ("二", 2.0),
    ("两", 2.0),
    ("双", 2.0),
    ("三", 3.0),
    ("四", 4.0),
    ("五", 5.0),
    ("六", 6.0),
    ("七", 7.0),
    ("八", 8.0),
    ("九", 9.0),
    ("十", 10.0),
];

/// The numbers that the words of a text say. Those of several words, such as 三百二十, are left out.
pub(super) fn spelled(text: &str, language: Language) -> Vec<f64> {
    match language {
        Language::English => english(text),
        Language::Chinese => chinese(text),
    }
}

fn english(text: &str) -> Vec<f64> {
    let lower = text.to_lowercase();
    let value = |word: &str| {
        let singular = word.strip_suffix("es").or_else(|| word.strip_suffix('s'));
        let of = |word: &str| ENGLISH.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        of(word).or_else(|| of(singular?)).or_else(|| of(word.strip_suffix('s')?))
    };
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let mut found: Vec<f64> = words.iter().copied().filter_map(value).collect();
    // Thirty-two.
    let pairs = words.windows(2).filter_map(|pair| Some((value(pair[0])?, value(pair[1])?)));
    found.extend(
        pairs
            .filter(|(tens, ones)| (20.0..100.0).contains(tens) && *ones < 10.0)
            .map(|(tens, ones)| tens + ones),
    );
    // The 5th.
    let ordinals = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(|word| {
        ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?.parse::<f64>().ok()
    });
    found.extend(ordinals);
    found
}

fn chinese(text: &str) -> Vec<f64> {
    let mut found: Vec<f64> =
        CHINESE.iter().filter(|(word, _)| text.contains(word)).map(|(_, value)| *value).collect();
    let digit = |c: Option<char>| {
        let c = c?;
        CHINESE[5..]
            .iter()
            .find(|(word, value)| *value < 10.0 && word.starts_with(c))
            .map(|(_, value)| *value)
    };
    for (at, ten) in text.match_indices('十') {
        let tens = digit(text[..at].chars().next_back()).unwrap_or(1.0);
        found.push(10.0 * tens + digit(text[at + ten.len()..].chars().next()).unwrap_or(0.0));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbers_in_both_languages() {
        let says = |text: &str, language: Language, number: f64| spelled(text, language).contains(&number);
        for (text, number) in [
            ("all those zeros", 0.0),
            ("Thirty-two heads", 32.0),
            ("sixes", 6.0),
            ("the Twelfth is none", 0.0),
        ] {
            assert!(says(text, Language::English, number), "{text}");
        }
        for (text, number) in
            [("第三步", 3.0), ("十二个头", 12.0), ("三十个", 30.0), ("九十六层", 96.0), ("两行", 2.0)]
        {
            assert!(says(text, Language::Chinese, number), "{text}");
        }
        assert!(spelled("a stone bench", Language::English).is_empty());
        assert!(spelled("词元与特征", Language::Chinese).is_empty());
    }
}
