//! The numbers that a sentence says, in digits or in words, as far as sentences about small matrices need them.

use crate::language::Language;

/// English words, each with what it may say; a plural counts as its singular.
const ENGLISH: [(&str, &[f64]); 78] = [
    ("zero", &[0.0]),
    ("nought", &[0.0]),
    ("nothing", &[0.0]),
    ("none", &[0.0]),
    ("nobody", &[0.0]),
    ("no", &[0.0]),
    ("a", &[1.0]),
    ("an", &[1.0]),
    ("one", &[1.0]),
    ("single", &[1.0]),
    ("once", &[1.0]),
    ("first", &[1.0]),
    ("two", &[2.0]),
    ("both", &[2.0]),
    ("pair", &[2.0]),
    ("twice", &[2.0]),
    ("double", &[2.0]),
    ("doubled", &[2.0]),
    ("second", &[2.0]),
    ("half", &[0.5, 1.0, 2.0]),
    ("quarter", &[0.25, 1.0, 4.0]),
    ("three", &[3.0]),
    ("triple", &[3.0]),
    ("third", &[3.0]),
    ("four", &[4.0]),
    ("fourth", &[4.0]),
    ("five", &[5.0]),
    ("fifth", &[5.0]),
    ("six", &[6.0]),
    ("sixth", &[6.0]),
    ("seven", &[7.0]),
    ("seventh", &[7.0]),
    ("eight", &[8.0]),
    ("eighth", &[8.0]),
    ("nine", &[9.0]),
    ("ninth", &[9.0]),
    ("ten", &[10.0]),
    ("tenth", &[10.0]),
    ("eleven", &[11.0]),
    ("eleventh", &[11.0]),
    ("twelve", &[12.0]),
    ("twelfth", &[12.0]),
    ("dozen", &[12.0]),
    ("thirteen", &[13.0]),
    ("fourteen", &[14.0]),
    ("fifteen", &[15.0]),
    ("sixteen", &[16.0]),
    ("seventeen", &[17.0]),
    ("eighteen", &[18.0]),
    ("nineteen", &[19.0]),
    ("twenty", &[20.0]),
    ("twentieth", &[20.0]),
    ("thirty", &[30.0]),
    ("forty", &[40.0]),
    ("fifty", &[50.0]),
    ("sixty", &[60.0]),
    ("seventy", &[70.0]),
    ("eighty", &[80.0]),
    ("ninety", &[90.0]),
    ("hundred", &[1e2]),
    ("thousand", &[1e3]),
    ("million", &[1e6]),
    ("billion", &[1e9]),
    ("fiftieth", &[50.0]),
    ("hundredth", &[1e2]),
    ("thousandth", &[1e3]),
    ("january", &[1.0]),
    ("february", &[2.0]),
    ("march", &[3.0]),
    ("april", &[4.0]),
    ("may", &[5.0]),
    ("june", &[6.0]),
    ("july", &[7.0]),
    ("august", &[8.0]),
    ("september", &[9.0]),
    ("october", &[10.0]),
    ("november", &[11.0]),
    ("december", &[12.0]),
];

/// Words behind a number that multiply it.
const TIMES: [(&str, f64); 9] = [
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("百", 1e2),
    ("千", 1e3),
    ("万", 1e4),
    ("百万", 1e6),
    ("亿", 1e8),
];

/// Chinese digits, and words that say as much.
const CHINESE: [(&str, f64); 21] = [
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
    ("百", 1e2),
    ("千", 1e3),
    ("万", 1e4),
    ("亿", 1e8),
];

/// The numbers that a text may say, in digits or in words; rather too many than too few. Those of several words, such as
/// 三百二十, are left out.
pub(in crate::lesson::check) fn said(text: &str, language: Language) -> Vec<f64> {
    let mut found = in_digits(text);
    found.extend(match language {
        Language::English => english(text),
        Language::Chinese => chinese(text),
    });
    found
}

/// Every number in digits, also within names; as it is, as a percentage, and with the word that multiplies it.
fn in_digits(text: &str) -> Vec<f64> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = &rest[start..];
        let in_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let length = digits.find(|c: char| !in_number(c)).unwrap_or(digits.len());
        let number = digits[..length].trim_end_matches(['.', ',']).replace(',', "");
        let point = rest[..start].ends_with('.');
        rest = &digits[length..];
        let behind = rest.trim_start_matches([' ', '-']);
        let times = TIMES.iter().filter(|(word, _)| behind.starts_with(word)).map(|(_, times)| *times);
        let factors: Vec<f64> = [1.0, 0.01, 100.0].into_iter().chain(times).collect();
        let readings = [Some(number.clone()), point.then(|| format!("0.{number}"))];
        for value in readings.iter().flatten().filter_map(|number| number.parse::<f64>().ok()) {
            found.extend(factors.iter().map(|factor| value * factor));
        }
        // 1e-3.
        let exponent = rest.strip_prefix('e').and_then(|rest| {
            let end =
                rest.find(|c: char| !(c.is_ascii_digit() || c == '-' || c == '−')).unwrap_or(rest.len());
            format!("{number}e{}", rest[..end].replace('−', "-")).parse::<f64>().ok()
        });
        found.extend(exponent);
    }
    found
}

fn english(text: &str) -> Vec<f64> {
    let lower = text.to_lowercase();
    let values = |word: &str| -> &[f64] {
        let of = |word: &str| ENGLISH.iter().find(|(name, _)| *name == word).map(|(_, values)| *values);
        let singular = |end: &str| word.strip_suffix(end).and_then(of);
        of(word).or_else(|| singular("es")).or_else(|| singular("s")).unwrap_or_default()
    };
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let mut found: Vec<f64> = words.iter().flat_map(|word| values(word)).copied().collect();
    // Thirty-two.
    let pairs =
        words.windows(2).filter_map(|pair| Some((values(pair[0]).first()?, values(pair[1]).first()?)));
    let both = pairs.filter(|(tens, ones)| (20.0..100.0).contains(*tens) && **ones < 10.0);
    found.extend(both.map(|(tens, ones)| tens + ones));
    found
}

fn chinese(text: &str) -> Vec<f64> {
    let mut found: Vec<f64> =
        CHINESE.iter().filter(|(word, _)| text.contains(word)).map(|(_, value)| *value).collect();
    let digit = |c: Option<char>| {
        let c = c?;
        CHINESE
            .iter()
            .find(|(word, value)| (1.0..10.0).contains(value) && word.starts_with(c))
            .map(|(_, value)| *value)
    };
    for (unit, value) in CHINESE.iter().filter(|(_, value)| *value >= 10.0) {
        for (at, _) in text.match_indices(unit) {
            let before = digit(text[..at].chars().next_back()).unwrap_or(1.0);
            let after = digit(text[at + unit.len()..].chars().next()).filter(|_| *value < 100.0);
            found.push(before * value + after.unwrap_or(0.0));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_digits_say_numbers_in_both_languages() {
        let says = |text: &str, language: Language, number: f64| {
            said(text, language).iter().any(|said| (said - number).abs() < 1e-9)
        };
        for (text, number) in [
            ("all those zeros", 0.0),
            ("Thirty-two heads", 32.0),
            ("sixes", 6.0),
            ("the Twelfth", 12.0),
            ("the 5th", 5.0),
            ("a pair", 2.0),
            ("June 2017", 6.0),
            ("50,000 tokens", 5e4),
            ("50 per cent", 0.5),
            ("1e-3", 0.001),
            ("4x wider", 4.0),
        ] {
            assert!(says(text, Language::English, number), "{text}");
        }
        for (text, number) in [
            ("第三步", 3.0),
            ("十二个头", 12.0),
            ("三十个", 30.0),
            ("九十六层", 96.0),
            ("两行", 2.0),
            ("一千个词元", 1000.0),
            ("5 万个词元", 5e4),
            ("300 万", 3e6),
        ] {
            assert!(says(text, Language::Chinese, number), "{text}");
        }
        assert!(said("stone bench", Language::English).is_empty());
        assert!(said("词元与特征", Language::Chinese).is_empty());
    }
}
