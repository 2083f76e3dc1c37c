//! What is said about the ways that attention is compared with: convolution, recurrence, contexts; and about counts.

use super::Story;
use crate::graph::{NodeId, Op, op};
use crate::language::{Words, words};
use crate::lesson::walkthrough::say::{Gap, Say};

impl Story<'_> {
    pub(super) fn counted(self) -> (Words, Say) {
        let say = Say::new(
            words(
                "Every number of {0} follows from sizes alone: a cell that is looked at shows its formula.",
                "{0} 的每个数都只由各个大小算出：查看一格，就能看到它的算式。",
            ),
            &[self.name(self.id)],
        );
        let say = self.with_focus(say, |say, cell| {
            say.and(
                words("The largest is {2}, of {0} at {1}.", "最大的是 {0} 在 {1} 处的 {2}。"),
                &[self.row(cell), self.column(cell), Gap::Cell(cell)],
            )
        });
        (words("Counting", "计数"), say)
    }

    /// Whether the vectors are means of contexts, from which the word in the middle is guessed.
    pub(super) fn is_context(self, of: NodeId) -> bool {
        let Op::Product(op::Product { left, .. }) = &self.trace.node(of).op else { return false };
        matches!(self.trace.node(*left).op, Op::Context(_))
    }

    /// Whether these are the scores of such guesses.
    pub(super) fn scores_words(self, scores: NodeId) -> bool {
        self.trace.node(scores).op.operands().first().is_some_and(|of| self.is_context(*of))
    }

    /// How a context scores the words that may stand in its middle.
    pub(super) fn scores_of_words(self, context: NodeId, weights: NodeId) -> Say {
        let say = Say::new(
            words(
                "Every context of {0} is multiplied by {1}. This makes its scores: one for each word that may stand in \
                 the middle.",
                "{0} 的每个上下文乘以 {1}，得到它的分数：每个可能位于中间的词各有一个。",
            ),
            &[self.name(context), self.name(weights)],
        );
        self.with_focus(say, |say, cell| {
            say.and(
                words(
                    "In the place of {0}, that of {1} is the largest: {2}.",
                    "在 {0} 的位置上，最大的是 {1} 的：{2}。",
                ),
                &[self.row(cell), self.column(cell), Gap::Cell(cell)],
            )
        })
    }

    /// How scores become a guess of the word in the middle.
    pub(super) fn probabilities_of_words(self) -> Say {
        let say = Say::new(
            words(
                "Softmax turns the scores of each position into probabilities of the word that stands there, guessed from \
                 its context alone. They sum to 1.",
                "softmax 把每个位置的分数变成概率：只凭上下文来猜，那里是哪个词。总和为 1。",
            ),
            &[],
        );
        self.with_focus(say, |say, cell| {
            say.and(
                words(
                    "In the place of {0}, {1} is the likeliest: {2}.",
                    "在 {0} 的位置上，最可能的是 {1}：{2}。",
                ),
                &[self.row(cell), self.column(cell), Gap::Cell(cell)],
            )
        })
    }

    pub(super) fn convolution(self, of: NodeId, kernel: &[op::KernelSlice]) -> (Words, Say) {
        let say = Say::new(
            words(
                "Each position takes its neighbours in {0} at {1} fixed distances, multiplies each by the weights of \
                 that distance and adds them up. What is looked at depends on the distance only, never on the content.",
                "每个位置按 {1} 个固定的距离取 {0} 中的向量，各乘以该距离的权重，再相加。看向哪里只取决于距离，与内容无关。",
            ),
            &[self.name(of), Gap::Count(kernel.len())],
        );
        (words("Convolution", "卷积"), self.vector_example(say))
    }

    pub(super) fn recur(self, step: &op::Recur) -> (Words, Say) {
        let names = [self.name(step.of), self.name(step.input_weights), self.name(step.state_weights)];
        let row = Gap::Name(step.row.unique_label(0));
        let say = match step.previous {
            None => Say::new(
                words(
                    "The first state is made of the vector of {0} in {1} alone, multiplied by {2}.",
                    "第一个状态只由 {1} 中 {0} 的向量乘以 {2} 得到。",
                ),
                &[row, names[0].clone(), names[1].clone()],
            ),
            Some(previous) => Say::new(
                words(
                    "The state of {0} is made of its vector, multiplied by {1}, and of the state before it, {2}, \
                     multiplied by {3}. It has to wait for that state.",
                    "{0} 的状态由它的向量乘以 {1}、前一个状态 {2} 乘以 {3} 相加得到，必须等前一个状态算完。",
                ),
                &[row, names[1].clone(), self.name(previous), names[2].clone()],
            ),
        };
        let say = match step.activation {
            Some(activation) => say.and(
                words("The sum then goes through {0}.", "得到的和再经过 {0}。"),
                &[Gap::Name(activation.name().to_owned())],
            ),
            None => say,
        };
        (words("Hidden state", "隐藏状态"), self.vector_example(say))
    }

    pub(super) fn stack(self, parts: &[NodeId]) -> (Words, Say) {
        let say = Say::new(
            words(
                "The vectors of {0} matrices together are the vectors of {1}, in the same order.",
                "把 {0} 个矩阵的向量按顺序合在一起，就是 {1}。",
            ),
            &[Gap::Count(parts.len()), self.name(self.id)],
        );
        (words("One after the other", "依次排列"), self.vector_example(say))
    }

    pub(super) fn context(self, window: usize) -> (Words, Say) {
        let say = Say::new(
            words(
                "The context of a token is its neighbours, up to {0} on either side, without the token itself. All of \
                 them count the same, and together 1.",
                "词元的上下文是它左右各至多 {0} 个相邻的词元，不含它自己。它们的权重相同，总和为 1。",
            ),
            &[Gap::Count(window)],
        );
        let say = self.with_focus(say, |say, cell| {
            say.and(
                words("In the context of {0}, {1} counts {2}.", "例如在 {0} 的上下文中，{1} 的权重是 {2}。"),
                &[self.row(cell), self.column(cell), Gap::Cell(cell)],
            )
        });
        (words("Context", "上下文"), say)
    }

    /// A product with the averaging matrix of contexts.
    pub(super) fn mean_of_contexts(self, of: NodeId) -> (Words, Say) {
        let say = Say::new(
            words(
                "Each token gets the mean of the vectors of {0} in its context: what stands around it, in no order.",
                "每个词元得到它上下文中 {0} 各向量的平均：周围有什么，不分先后。",
            ),
            &[self.name(of)],
        );
        (words("Mean of the context", "上下文的平均"), self.vector_example(say))
    }
}
