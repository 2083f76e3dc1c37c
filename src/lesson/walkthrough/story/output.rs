//! The words for what becomes of the last vectors: logits, probabilities, a choice, and what is lost.

use super::Story;
use crate::graph::op::{Choosing, Keeping};
use crate::graph::{Cell, NodeId, Part};
use crate::language::{Words, words};
use crate::lesson::walkthrough::say::{Gap, Say};
use crate::lesson::{Ending, Shown, TokenText};

impl Story<'_> {
    pub(super) fn logits(self, of: NodeId, unembedding: NodeId) -> Say {
        if self.is_context(of) {
            return self.scores_of_words(of, unembedding);
        }
        let names = [self.name(of), self.name(unembedding)];
        let say = if self.trace.node(unembedding).part == Part::Vocabulary {
            Say::new(
                words(
                    "Every vector of {0} meets the embedding of every known token in a dot product. These are its logits: \
                     one for each token that may come next.",
                    "{0} 的每个向量与每个已知词元的嵌入求点积，得到它的 logit 值：每个可能的下一个词元各有一个。",
                ),
                &names,
            )
        } else {
            Say::new(
                words(
                    "Every vector of {0} is multiplied by {1}. This makes its logits: one for each token that may come \
                     next.",
                    "{0} 的每个向量乘以 {1}，得到它的 logit 值：每个可能的下一个词元各有一个。",
                ),
                &names,
            )
        };
        self.with_focus(say, |say, cell| {
            say.and(
                words("After {0}, that of {1} is the largest: {2}.", "在 {0} 之后，最大的是 {1} 的：{2}。"),
                &[self.row(cell), self.column(cell), Gap::Cell(cell)],
            )
        })
    }

    /// What a bias does to logits.
    pub(super) fn biased(self, bias: NodeId) -> Say {
        Say::new(
            words(
                "The bias {0} is added to the logits of every position: it favours a token wherever it stands.",
                "每个位置的 logit 值都加上偏置 {0}：无论在哪里，它都偏向某些词元。",
            ),
            &[self.name(bias)],
        )
    }

    pub(super) fn probabilities(self) -> Say {
        let say = Say::new(
            words(
                "Softmax turns the logits of each position into the probabilities of the next token, which sum to 1.",
                "softmax 把每个位置的 logit 值变成下一个词元的概率，总和为 1。",
            ),
            &[],
        );
        self.with_focus(say, |say, cell| {
            say.and(
                words("After {0}, {1} is the likeliest: {2}.", "在 {0} 之后，最可能的是 {1}：{2}。"),
                &[self.row(cell), self.column(cell), Gap::Cell(cell)],
            )
        })
    }

    pub(super) fn keep(self, keeping: Keeping) -> (Words, Say) {
        let (title, say) = match keeping {
            Keeping::Most(k) => (
                words("Top-k", "top-k"),
                Say::new(
                    words(
                        "Only the {0} largest logits of each position stay, of equal ones the first. The others become \
                         −∞, and softmax will give them the probability 0.",
                        "每个位置只保留最大的 {0} 个 logit 值，同样大的取靠前的。其余变为 −∞，softmax 会给它们概率 0。",
                    ),
                    &[Gap::Count(k)],
                ),
            ),
            Keeping::Share(share) => (
                words("Top-p", "top-p"),
                Say::new(
                    words(
                        "Only the most probable tokens stay: as few as together reach {0}. The logits of the others \
                         become −∞, and softmax will give them the probability 0.",
                        "只保留最可能的几个词元：取概率之和达到 {0} 的最少几个。其余的 logit 值变为 −∞，softmax 会给它们概率 0。",
                    ),
                    &[Gap::Name(share.to_string())],
                ),
            ),
        };
        let say = self.with_focus(say, |say, cell| {
            if self.trace.cell(cell) == f64::NEG_INFINITY {
                let names = [self.row(cell), self.column(cell)];
                say.and(words("So {1} cannot follow {0}.", "例如，{0} 之后不会是 {1}。"), &names)
            } else {
                say.and(words("Here nothing is left out.", "这里没有舍去任何词元。"), &[])
            }
        });
        (title, say)
    }

    pub(super) fn choose(self, of: NodeId, choosing: Choosing) -> Say {
        let names = [self.name(of)];
        let is_later_round = self.trace.node(of).replays.is_some();
        let say = match choosing {
            Choosing::Greedy | Choosing::Sampled { .. } if is_later_round => Say::new(
                words(
                    "The text has grown by a token, and the whole model computes again: {0} tokens now. The last of \
                     them decides what comes next.",
                    "文本多了一个词元，整个模型重新计算一遍：现在有 {0} 个词元，由最后一个决定接下来是什么。",
                ),
                &[Gap::Count(self.trace.node(of).shape.rows.size())],
            ),
            Choosing::Greedy => Say::new(
                words(
                    "For each position the token with the largest number in {0} is chosen: a greedy choice.",
                    "每个位置选 {0} 中数最大的词元：贪心选择。",
                ),
                &names,
            ),
            Choosing::Sampled { seed } => Say::new(
                words(
                    "For each position a token is drawn, each as often as its probability in {0} says; always the same \
                     for the seed {1}.",
                    "每个位置按 {0} 中的概率抽取一个词元；种子为 {1}，每次都相同。",
                ),
                &[self.name(of), Gap::Name(seed.to_string())],
            ),
        };
        self.with_focus(say, |say, cell| {
            let names = [self.row(cell), self.column(cell), Gap::Cell(Cell { node: of, ..cell })];
            if self.trace.cell(cell) > 0.0 {
                say.and(words("After {0} comes {1}, with {2}.", "{0} 之后是 {1}：{2}。"), &names)
            } else {
                say.and(words("After {0} nothing can be drawn.", "{0} 之后无从抽取。"), &names)
            }
        })
    }

    pub(super) fn cross_entropy(self, of: NodeId, targets: &[usize]) -> Say {
        let say = Say::new(
            words(
                "What is lost on the right token of each position is −ln of its probability: 0 if {0} were sure of it, \
                 more the less it expects it.",
                "每个位置的损失是正确词元的概率取 −ln：若 {0} 完全确定，损失为 0；越没有料到，损失越大。",
            ),
            &[self.name(of)],
        );
        self.with_focus(say, |say, cell| {
            let right = self.trace.node(of).shape.columns.unique_label(targets[cell.row]);
            say.and(
                words(
                    "After {0}, where {1} is right, the loss is {2}.",
                    "在 {0} 之后，正确的是 {1}，损失为 {2}。",
                ),
                &[self.row(cell), Gap::Name(right), Gap::Cell(cell)],
            )
        })
    }
}

/// What is said of each text that the lesson has written itself.
pub(in crate::lesson::walkthrough) fn finished_texts(
    texts: &[TokenText],
) -> impl Iterator<Item = (Words, Shown, Say)> {
    texts.iter().enumerate().filter_map(|(index, text)| {
        let generation = text.generation.as_ref()?;
        let say = Say::new(
            words("Token by token, {0} tokens have been added.", "逐个词元地添加了 {0} 个词元。"),
            &[Gap::Count(generation.rounds)],
        );
        let say = match &generation.ending {
            Ending::Token(token) => say.and(
                words("Then the text is at its end, because {0} was chosen.", "选中了 {0}，文本到此结束。"),
                &[Gap::Name(token.clone())],
            ),
            Ending::Limit => {
                say.and(words("More are not asked for: the limit is reached.", "已达到上限，不再添加。"), &[])
            }
        };
        Some((words("Finished text", "完成的文本"), Shown::Text(index), say))
    })
}

/// What a temperature does, after what is divided by what.
pub(super) fn tempered(say: Say) -> Say {
    say.and(
        words(
            "This is the temperature: above 1 it makes the probabilities more alike, below 1 it favours the likely \
             ones still more.",
            "这就是温度：大于 1 时各概率更接近，小于 1 时更偏向可能性大的词元。",
        ),
        &[],
    )
}

/// What the mean of losses is for.
pub(super) fn mean_loss() -> Say {
    let sentence = words(
        "The mean over all positions is the loss that training makes smaller.",
        "所有位置的平均值就是训练要减小的损失。",
    );
    Say::new(sentence, &[])
}

/// What a count of multiply–adds is.
pub(super) fn cost() -> Say {
    Say::new(
        words(
            "How many multiply–adds the matrix products of each round take: if everything is computed anew, and if \
             the keys and values of earlier tokens are kept in a cache, so that only the new token is computed.",
            "每一轮的矩阵乘积需要多少次乘加：一种是全部重新计算，另一种是把先前词元的键和值存入缓存，只计算新词元。",
        ),
        &[],
    )
}
