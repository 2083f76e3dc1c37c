//! The words of masks, temperature and softmax.

use super::Story;
use crate::both;
use crate::graph::{Aggregate, AggregateKind, Constant, EmptyRow, NodeId, Part, Place, Visible, op};
use crate::language::{Words, words};
use crate::lesson::walkthrough::say::{Gap, Say};

impl Story<'_> {
    pub(super) fn mask(self, op::Mask { of, visible, hidden }: &op::Mask) -> Say {
        let masks = visible.each();
        let mut say = Say::default();
        if let [_, _, ..] = masks {
            let count = [Gap::Count(masks.len())];
            let sentence = words(
                "{0} masks work at once: a key is seen only where all of them allow it.",
                "同时使用 {0} 种掩码：所有掩码都允许的键才能看到。",
            );
            say = say.and(sentence, &count);
        }
        for mask in masks {
            say = one_mask(say, mask);
        }
        say = if hidden.is_infinite() {
            let sentence = words(
                "The scores of hidden keys become −∞, and softmax will give them the weight 0.",
                "被遮住的键的分数变为 −∞，softmax 会给它们权重 0。",
            );
            say.and(sentence, &[])
        } else if self.competes(*of, visible, *hidden) {
            let sentence = words(
                "The scores of hidden keys become {0}. That is not far below the scores here, so that softmax still gives \
                 these keys a share.",
                "被遮住的键的分数变为 {0}。它并不比这里的分数低很多，所以 softmax 仍会分给这些键一部分权重。",
            );
            say.and(sentence, &[Gap::Number(*hidden)])
        } else {
            let sentence = words(
                "The scores of hidden keys become {0}: beside ordinary scores, softmax gives them next to nothing.",
                "被遮住的键的分数变为 {0}：与普通分数相比，softmax 几乎不给它们权重。",
            );
            say.and(sentence, &[Gap::Number(*hidden)])
        };
        self.with_focus(say, |say, cell| {
            let names = [self.row(cell), self.column(cell)];
            let keys = self.trace.node(*of).shape.columns.size();
            if visible.allows(cell.row, cell.column, keys) {
                say.and(words("Here it hides nothing.", "这里没有遮住任何键。"), &[])
            } else {
                say.and(
                    words("So the query {0} does not see the key {1}.", "例如，查询 {0} 看不到键 {1}。"),
                    &names,
                )
            }
        })
    }

    /// Whether a score put in the place of hidden ones is near enough to the seen ones of its row to get a share that can
    /// be seen.
    fn competes(self, of: NodeId, visible: &Visible, hidden: f64) -> bool {
        // exp(−7) is less than a thousandth.
        const FAR_BELOW: f64 = 7.0;
        let scores = self.trace.value(of);
        let keys = scores.ncols();
        (0..scores.nrows()).any(|row| {
            let seen = (0..keys).filter(|key| visible.allows(row, *key, keys));
            let largest = seen.clone().map(|key| scores[(row, key)]).reduce(f64::max);
            seen.count() < keys && largest.is_some_and(|largest| hidden > largest - FAR_BELOW)
        })
    }

    /// A division, by what it is for.
    pub(super) fn divided(self, part: Part, of: NodeId, divisor: &Constant) -> (Words, Say) {
        if part == Part::Tempered {
            return (words("Temperature", "温度"), self.temperature(of, divisor));
        }
        if part == Part::Pattern {
            let sentence = words(
                "Divided by the number of heads, {0} becomes the average of their patterns.",
                "{0} 除以头的个数，就是各头注意力模式的平均。",
            );
            let caution = words(
                "It shows at a glance where the heads look, but no head looks exactly like this.",
                "它能大致看出各头在看哪里，但没有一个头恰好是这样看的。",
            );
            let say = Say::new(sentence, &[self.name(of)]).and(caution, &[]);
            return (words("Average pattern", "平均注意力模式"), say);
        }
        (words("Scaling", "缩放"), self.scale(of, divisor))
    }

    fn temperature(self, of: NodeId, divisor: &Constant) -> Say {
        let names = [self.name(of), Gap::Name(divisor.symbol.clone())];
        let say = Say::new(
            words("Every number of {0} is divided by the temperature {1}.", "{0} 的每个数除以温度 {1}。"),
            &names,
        );
        let sentence = if divisor.value < 1.0 {
            words(
                "Below 1 it widens the gaps between scores, so the largest weights grow: the pattern gets sharper.",
                "温度小于 1 会拉大分数的差距，较大的权重变得更大：注意力更集中。",
            )
        } else {
            words(
                "Above 1 it narrows the gaps between scores, so the weights come closer together: the pattern gets flatter.",
                "温度大于 1 会缩小分数的差距，各个权重更接近：注意力更平均。",
            )
        };
        if (divisor.value - 1.0).abs() < f64::EPSILON {
            return say.and(words("With 1 nothing changes.", "温度为 1 时什么都不变。"), &[]);
        }
        say.and(sentence, &[])
    }

    pub(super) fn softmax(self, part: Part, op::Softmax { of, empty_row }: &op::Softmax) -> (Words, Say) {
        if part == Part::Probabilities {
            let say =
                if self.scores_words(*of) { self.probabilities_of_words() } else { self.probabilities() };
            return (words("Probabilities", "概率"), say);
        }
        let names = [self.name(*of)];
        if part != Part::Pattern {
            let sentence = words(
                "Softmax turns the numbers of {0} into weights from 0 to 1: those of each vector sum to 1.",
                "softmax 把 {0} 的数变成 0 到 1 之间的权重，每个向量的权重之和为 1。",
            );
            return (words("Softmax", "softmax"), Say::new(sentence, &names));
        }
        let say = Say::new(
            words(
                "Softmax turns the scores of each query into weights from 0 to 1 that sum to 1.",
                "softmax 把每个查询的分数变成 0 到 1 之间的权重，总和为 1。",
            ),
            &names,
        );
        let say = if self.has_empty_row() { say.and(of_empty_row(*empty_row), &[]) } else { say };
        let say = self.with_focus(say, |say, cell| {
            if !self.trace.cell(cell).is_finite() {
                return say;
            }
            say.and(
                words(
                    "The query {0} gives the key {1} the weight {2}, the largest that it gives.",
                    "查询 {0} 给键 {1} 的权重最大：{2}。",
                ),
                &[self.row(cell), self.column(cell), Gap::Cell(cell)],
            )
        });
        (words("Attention pattern", "注意力模式"), say)
    }

    /// Whether some query of this pattern sees no key.
    fn has_empty_row(self) -> bool {
        let queries = self.trace.node(self.id).shape.rows.size();
        let maximum = |row| Aggregate { node: self.id, kind: AggregateKind::Maximum, row };
        (0..queries).any(|row| self.trace.number(Place::Aggregate(maximum(row))) == f64::NEG_INFINITY)
    }

    /// `Scores at {entry}`, for what an axis without a text counts.
    pub(super) fn numbers_from_to(from: usize, to: usize) -> Gap {
        let first = from + 1;
        Gap::Words(if first == to {
            both!("{first}", "{first}")
        } else {
            both!("{first} to {to}", "{first} 到 {to}")
        })
    }
}

/// What becomes of a query that sees no key.
const fn of_empty_row(rule: EmptyRow) -> Words {
    match rule {
        EmptyRow::Zeros => {
            words("A query that sees no key gives no weight at all.", "看不到任何键的查询，权重全为 0。")
        }
        EmptyRow::Missing => words(
            "For a query that sees no key the formula says 0 ÷ 0, which is no number: NaN, as in PyTorch.",
            "看不到任何键的查询，按公式是 0 ÷ 0，不是数：记作 NaN，PyTorch 就是这样。",
        ),
        EmptyRow::Uniform => words(
            "A query that sees no key gives all of them the same weight.",
            "看不到任何键的查询，给所有键相同的权重。",
        ),
    }
}

/// What a mask lets a query see.
fn one_mask(say: Say, mask: &Visible) -> Say {
    match mask {
        Visible::Causal => say.and(
            words(
                "A query may see the keys up to its own position, and none that comes later.",
                "查询只能看到不晚于自己位置的键。",
            ),
            &[],
        ),
        Visible::Backward => say.and(
            words(
                "A query may see the keys from its own position on, and none that comes earlier.",
                "查询只能看到不早于自己位置的键。",
            ),
            &[],
        ),
        Visible::Padding { from, to } if from == to => {
            say.and(words("Every key is a token: there is no padding.", "每个键都是词元，没有填充。"), &[])
        }
        Visible::Padding { from, to } => say.and(
            words(
                "The first {0} keys are tokens; those after them, up to {1}, are padding, which no query may see.",
                "前 {0} 个键是词元；之后到第 {1} 个为止是填充，任何查询都看不到。",
            ),
            &[Gap::Count(*from), Gap::Count(*to)],
        ),
        Visible::Prefix(length) => say.and(
            words(
                "The first {0} keys are seen by every query; of the others a query may see those up to its own \
                 position.",
                "前 {0} 个键所有查询都能看到；其余的键，查询只能看到不晚于自己位置的。",
            ),
            &[Gap::Count(*length)],
        ),
        Visible::Window { before, after: 0 } => say.and(
            words(
                "A query may see itself and the {0} keys right before it.",
                "查询只能看到自己和紧挨在前面的 {0} 个键。",
            ),
            &[Gap::Count(*before)],
        ),
        Visible::Window { before, after } => say.and(
            words(
                "A query may see the keys around it: {0} before it, itself, and {1} after it.",
                "查询只能看到自己周围的键：前面 {0} 个、自己和后面 {1} 个。",
            ),
            &[Gap::Count(*before), Gap::Count(*after)],
        ),
        Visible::Block(size) => say.and(
            words(
                "The positions are cut into blocks of {0}, and a query may see the keys of its own block.",
                "位置每 {0} 个分为一块，查询只能看到自己所在块的键。",
            ),
            &[Gap::Count(*size)],
        ),
        Visible::Cells(_) => say.and(
            words("The mask says which keys a query may see.", "掩码规定查询能看到哪些键。"),
            &[],
        ),
        Visible::Added(_) => say.and(
            words(
                "The mask adds a number to every score; where it is −∞, the key is hidden.",
                "掩码给每个分数加上一个数；加上 −∞ 的键就被遮住了。",
            ),
            &[],
        ),
        Visible::All(masks) => masks.iter().fold(say, one_mask),
    }
}
