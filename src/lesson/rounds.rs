//! The names of matrices in the rounds of a text that is written token by token.

/// The matrix of the lesson that is meant by a name such as `story.1.gpt`: the first round is over the text as it is, so
/// its matrices are those of the lesson and are not made again.
///
/// ```
/// use qkv::lesson::first_round;
/// let known = ["X", "gpt@en", "story.1.choice", "story.2.gpt"];
/// assert_eq!(first_round("story.1.X", &known), Some("X"));
/// assert_eq!(first_round("story.1.gpt", &known), Some("gpt@en"));
/// assert_eq!(first_round("story.2.X", &known), None);
/// ```
pub fn first_round<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let (text, rest) = name.split_once(".1.")?;
    let choice = format!("{text}.1.choice");
    if !known.contains(&choice.as_str()) {
        return None;
    }
    let is_meant =
        |full: &&&str| **full == rest || full.split_once('@').is_some_and(|(stem, _)| stem == rest);
    known.iter().find(is_meant).copied()
}
