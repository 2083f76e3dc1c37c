//! Questions to whom a token listens, and the same asked from the other end: who listens to it.

/// What a token does with another one, in a question and in a statement.
const VERBS: [(&str, &str); 3] =
    [("listen to", "listens to"), ("look at", "looks at"), ("attend to", "attends to")];
const VERBS_ZH: [&str; 6] = ["最关注", "最不关注", "最注意", "关注", "注意", "看的是"];

/// For a question of one sentence that asks to whom this token listens, the one that asks who listens to it.
pub(super) fn from_the_other_end(ask: &str, label: &str) -> Option<String> {
    let marked = format!("*{label}*");
    let (before, after) = ask.split_once(&marked)?;
    let (before, after) = (before.trim(), after.trim_start());
    if after.matches(['?', '？', '.', '。', ',', '，']).count() > 1 {
        return None;
    }
    if before.eq_ignore_ascii_case("which word does") {
        let (verb, stated) = VERBS.iter().find(|(verb, _)| after.starts_with(verb))?;
        return Some(format!("Which word {stated} {marked}{}", after.strip_prefix(verb)?));
    }
    let asks = |verb: &&&str| after.strip_prefix(**verb).is_some_and(|rest| rest.starts_with('哪'));
    let verb = VERBS_ZH.iter().find(asks).filter(|_| before.is_empty())?;
    let rest = after.strip_prefix(verb)?;
    let who = rest.trim_end_matches(['?', '？', '.', '。', ' ']);
    Some(format!("{who}{verb} {marked}{}", rest.strip_prefix(who)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_asked_from_the_other_end() {
        for (ask, turned) in [
            ("Which word does *cat* listen to most?", Some("Which word listens to *cat* most?")),
            ("Which word does *cat* look at?", Some("Which word looks at *cat*?")),
            ("*cat* 最关注哪个词？", Some("哪个词最关注 *cat*？")),
            ("*cat* 看的是哪个词？", Some("哪个词看的是 *cat*？")),
            ("Which word listens to *cat* most?", None),
            ("哪个词最关注 *cat*？", None),
            ("*cat* 最关注哪个词？为什么？", None),
        ] {
            assert_eq!(from_the_other_end(ask, "cat").as_deref(), turned, "{ask}");
        }
    }
}
