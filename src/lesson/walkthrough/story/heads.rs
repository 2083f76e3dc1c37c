//! The words of biases, of heads cut out of one matrix, and of what heads add up to.

use std::ops::Range;

use super::Story;
use crate::graph::{NodeId, Op, Part, op};
use crate::language::{Localised, Words, words};
use crate::lesson::walkthrough::family_of;
use crate::lesson::walkthrough::say::{Gap, Say};

impl Story<'_> {
    pub(super) fn slice(self, part: Part, op::Slice { of, entries, .. }: &op::Slice) -> (Words, Say) {
        let names = [self.name(*of), Self::numbers_from_to(entries.start, entries.end)];
        let title = if part == Part::Queries {
            words("Queries", "查询")
        } else if part == Part::Keys {
            words("Keys", "键")
        } else if part == Part::Values {
            words("Values", "值")
        } else if part == Part::OutputWeights {
            words("Output weights", "输出权重")
        } else {
            words("Slice", "切片")
        };
        let sentence = if matches!(part, Part::Queries | Part::Keys | Part::Values) {
            words(
                "This head takes the numbers {1} of every vector of {0}, which was computed for all heads at once.",
                "{0} 是为所有头一次算出的；这个头取其中每个向量的第 {1} 个数。",
            )
        } else if part == Part::OutputWeights {
            words(
                "Of the output weights {0}, this head meets only its own part: {1}.",
                "输出权重 {0} 中，这个头只用到自己的部分：{1}。",
            )
        } else {
            words("A part of {0}: {1}.", "{0} 的一部分：{1}。")
        };
        let say = Say::new(sentence, &names);
        let say = match (part, self.same_slices(*of, entries)) {
            (Part::Keys, shared) if shared.len() > 1 => {
                let sentence = words(
                    "{0} are the same: these heads share their keys.",
                    "{0} 是同一个矩阵：这几个头共用一组键。",
                );
                say.and(sentence, &[listed(&shared)])
            }
            (Part::Values, shared) if shared.len() > 1 => {
                let sentence = words(
                    "{0} are the same: these heads share their values.",
                    "{0} 是同一个矩阵：这几个头共用一组值。",
                );
                say.and(sentence, &[listed(&shared)])
            }
            (_, _) => say,
        };
        (title, self.vector_example(say))
    }

    /// The names of all slices that are cut out of a matrix at one place, as for heads that share it.
    fn same_slices(self, of: NodeId, entries: &Range<usize>) -> Vec<String> {
        let is_same = |op: &Op| matches!(op, Op::Slice(slice) if slice.of == of && slice.entries == *entries);
        let same = self.trace.graph().nodes().filter(|(_, node)| is_same(&node.op));
        same.map(|(_, node)| family_of(&node.name).to_owned()).collect()
    }

    /// A sum, by what it is for.
    pub(super) fn sum(self, part: Part, terms: &[NodeId]) -> (Words, Say) {
        let part_of = |id: &NodeId| self.trace.node(*id).part;
        let with_bias = |title: Words| {
            let sentence =
                words("The bias {1} is added to every vector of {0}.", "给 {0} 的每个向量加上偏置 {1}。");
            let names: Vec<_> = terms.iter().map(|term| self.name(*term)).collect();
            (title, self.vector_example(Say::new(sentence, &names)))
        };
        let is_bias = terms.len() == 2 && part_of(&terms[0]) == part && part_of(&terms[1]) == Part::Other;
        if part == Part::Output && self.is_sum_of_heads(terms) {
            return (words("Sum of heads", "各头之和"), self.heads(terms));
        }
        let biased = [
            (Part::Queries, words("Queries", "查询")),
            (Part::Keys, words("Keys", "键")),
            (Part::Values, words("Values", "值")),
            (Part::Output, words("Output", "输出")),
        ];
        if let Some((_, title)) = biased.into_iter().find(|(biased, _)| is_bias && part == *biased) {
            return with_bias(title);
        }
        if terms.iter().all(|term| part_of(term) == Part::Pattern) {
            let sentence = words(
                "The patterns of the {0} heads are added up, cell by cell.",
                "把 {0} 个头的注意力模式逐格相加。",
            );
            return (words("Sum", "求和"), Say::new(sentence, &[Gap::Count(terms.len())]));
        }
        self.add(part, terms)
    }

    /// Whether a sum is that of what heads add to the output.
    fn is_sum_of_heads(self, terms: &[NodeId]) -> bool {
        let of_head = |id: &NodeId| {
            let node = self.trace.node(*id);
            node.part == Part::Output
                && node.op.operands().iter().any(|from| self.trace.node(*from).part == Part::HeadOutput)
        };
        terms.first().is_some_and(of_head)
    }

    fn heads(self, terms: &[NodeId]) -> Say {
        let is_bias = |id: &NodeId| self.trace.node(*id).part == Part::Other;
        let heads = terms.iter().filter(|term| !is_bias(term)).count();
        let say = Say::new(
            words(
                "What the {0} heads add, each by itself, adds up to the output.",
                "{0} 个头各自的贡献加起来，就是输出。",
            ),
            &[Gap::Count(heads)],
        );
        match terms.iter().find(|term| is_bias(term)) {
            Some(bias) => {
                say.and(words("The bias {0} is added once.", "偏置 {0} 只加一次。"), &[self.name(*bias)])
            }
            None => say,
        }
    }
}

/// Names one after the other.
fn listed(names: &[String]) -> Gap {
    Gap::Words(Localised { en: names.join(", "), zh: names.join("、") })
}
