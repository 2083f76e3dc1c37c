//! "Did you mean".

/// The candidate that `word` is probably a slip of: at most a third of its letters wrong, and at least one allowed.
/// Upper and lower case count as the same letter. Nothing is near to what is longer than any name.
///
/// ```
/// use qkv::diagnostic::nearest;
/// assert_eq!(nearest("tilte", ["title", "text"]), Some("title"));
/// assert_eq!(nearest("w_q", ["W_Q", "W_K"]), Some("W_Q"));
/// assert_eq!(nearest("author", ["title", "text"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    all_nearest(word, candidates).into_iter().next()
}

/// All of them that are equally near, in the order of the candidates.
///
/// ```
/// use qkv::diagnostic::all_nearest;
/// assert_eq!(all_nearest("d_w", ["d_k", "d_v", "d_model"]), ["d_k", "d_v"]);
/// ```
pub fn all_nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    // Comparing takes the product of the two lengths.
    const LONGEST: usize = 64;
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    if length > LONGEST {
        return Vec::new();
    }
    let allowed = (length / 3).max(1);
    let candidates: Vec<&str> = candidates.into_iter().collect();
    // `end` for `<end>`: the same word with other signs around it.
    let bare = |word: &str| word.trim_matches(|c: char| c.is_ascii_punctuation()).to_lowercase();
    let is_same = |candidate: &&&str| bare(word).chars().count() > 1 && bare(candidate) == bare(word);
    let same: Vec<&str> = candidates.iter().filter(is_same).copied().collect();
    if !same.is_empty() && !candidates.iter().any(|candidate| candidate.to_lowercase() == lower) {
        return same;
    }
    let near: Vec<(usize, &str)> = candidates
        .into_iter()
        // A distance is at least the difference in length; words much longer need not be measured.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        // A single letter is a letter away from every other; typed twice it is itself.
        .filter(|(distance, candidate)| {
            let is_doubled = || candidate.to_lowercase().repeat(2) == lower;
            *distance <= allowed && (*distance < candidate.chars().count() || is_doubled())
        })
        .collect();
    let least = near.iter().map(|(distance, _)| *distance).min();
    near.into_iter()
        .filter(|(distance, _)| Some(*distance) == least)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// Whether `word` can only be a slip of `meant`: one letter is wrong, missing, doubled or in the wrong place, and no digit.
/// Less than that is asked of a hint; this is asked of what is put right without a question.
///
/// ```
/// use qkv::diagnostic::is_slip;
/// assert!(is_slip("gleu", "gelu") && is_slip("Causal", "causal"));
/// assert!(!is_slip("median", "mean") && !is_slip("gpt-4", "gpt-3") && !is_slip("relu6", "relu"));
/// ```
pub fn is_slip(word: &str, meant: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    strsim::damerau_levenshtein(&word.to_lowercase(), &meant.to_lowercase()) <= 1
        && digits(word) == digits(meant)
}
