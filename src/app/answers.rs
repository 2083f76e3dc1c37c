//! Answers that are kept: by what is asked, not by where, so that one is found again wherever its question has moved
//! to, and dropped once the question is another.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use super::answering::{Attempt, Attempts};
use crate::lesson::Lesson;

/// What the learner has said, by the marks of the questions.
pub type Answers = BTreeMap<String, Attempt>;

/// The attempts at the questions of a lesson, for keeping.
pub(super) fn kept(lesson: &Lesson, attempts: &Attempts) -> Answers {
    let said = marks(lesson).filter_map(|(step, mark)| Some((mark, attempts.get(&step)?.clone())));
    said.filter(|(_, attempt)| *attempt != Attempt::NONE).collect()
}

/// What of these answers belongs to the questions of a lesson.
pub(super) fn found(lesson: &Lesson, answers: &Answers) -> Attempts {
    let own = marks(lesson).filter_map(|(step, mark)| {
        let question = lesson.steps[step].question.as_ref()?;
        Some((step, answers.get(&mark)?.clone().fitting(question, &lesson.trace)))
    });
    own.collect()
}

/// Answers that cannot be read are none; how far the learner has come is known all the same.
pub(super) fn readable<'de, D: Deserializer<'de>>(file: D) -> Result<Answers, D::Error> {
    Ok(match Written::deserialize(file)? {
        Written::Answers(answers) => answers,
        Written::Other(IgnoredAny) => Answers::new(),
    })
}

/// What stands in the file where answers do.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Answers(Answers),
    Other(IgnoredAny),
}

/// The steps that ask something, from 0, each with a mark that its question alone has, until it is changed.
fn marks(lesson: &Lesson) -> impl Iterator<Item = (usize, String)> {
    let mut before: BTreeMap<String, usize> = BTreeMap::new();
    lesson.steps.iter().enumerate().filter_map(move |(step, own)| {
        let content = own.question.as_ref()?.content(&lesson.trace);
        // The same question may be asked again.
        let again = before.entry(content.clone()).or_default();
        *again += 1;
        Some((step, format!("{:016x}", fnv(&format!("{again} {content}")))))
    })
}

/// The 64-bit FNV-1a hash, the same on every machine and in every version.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // The test vectors of the hash's authors.
        for (text, hash) in
            [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            assert_eq!(fnv(text), hash);
        }
    }
}
