//! The words for what surrounds attention in a block: sums, norms and the feed-forward network.

use super::Story;
use crate::graph::op::{Activation, Dropout};
use crate::graph::{Cell, NodeId, Part};
use crate::language::{Words, words};
use crate::lesson::walkthrough::say::{Gap, Say};

impl Story<'_> {
    pub(super) fn add(self, part: Part, terms: &[NodeId]) -> (Words, Say) {
        let title = words("Sum", "求和");
        let [first, second] = *terms else {
            let sentence =
                words("{0} matrices of one shape are added, cell by cell.", "{0} 个形状相同的矩阵逐格相加。");
            return (title, Say::new(sentence, &[Gap::Count(terms.len())]));
        };
        let names = [self.name(first), self.name(second)];
        let parts = [first, second].map(|term| self.trace.node(term).part);
        let from_attention = |part: &Part| matches!(part, Part::HeadOutput | Part::Output | Part::Concat);
        let any_residual = parts.iter().any(from_attention) && !parts.iter().all(from_attention);
        let adds_positions = parts.contains(&Part::Positions) && parts.contains(&Part::Embeddings);
        let (title, say) = if adds_positions {
            (title, self.adds_positions(first, second))
        } else if parts[1] == Part::FeedForward && part == Part::Residual {
            let sentence = words(
                "What the feed-forward network found is added to what was there before: {0} + {1}. This, too, is a \
                 residual connection.",
                "把前馈网络得到的结果加到原来的向量上：{0} + {1}。这也是残差连接。",
            );
            (words("Residual", "残差连接"), why_residual(Say::new(sentence, &names)))
        } else if any_residual {
            let sentence = words(
                "What attention found is added to what was there before: {0} + {1}. This is a residual connection.",
                "把注意力得到的结果加到原来的向量上：{0} + {1}。这就是残差连接。",
            );
            let say = Say::new(sentence, &names);
            if part == Part::Residual {
                (words("Residual", "残差连接"), why_residual(say))
            } else {
                (title, say)
            }
        } else if self.is_spread(second) {
            let sentence = words(
                "{1} is added to every vector of {0}: a bias, the same for all of them.",
                "{0} 的每个向量都加上 {1}：这是偏置，对所有向量都相同。",
            );
            (words("Bias", "偏置"), Say::new(sentence, &names))
        } else {
            (title, Say::new(words("{0} and {1} are added, cell by cell.", "{0} 与 {1} 逐格相加。"), &names))
        };
        let say = self.with_two(
            say,
            [first, second],
            words(
                "In the vector of {0}, at {1}: {2} and {3} make {4}.",
                "例如 {0} 的向量中 {1} 处：{2} 加 {3} 得 {4}。",
            ),
        );
        (title, say)
    }

    pub(super) fn subtract(self, left: NodeId, right: NodeId) -> Say {
        let names = [self.name(left), self.name(right)];
        let say = Say::new(words("{1} is subtracted from {0}, cell by cell.", "{0} 逐格减去 {1}。"), &names);
        self.with_two(
            say,
            [left, right],
            words(
                "In the vector of {0}, at {1}: {2} less {3} is {4}.",
                "例如 {0} 的向量中 {1} 处：{2} 减 {3} 得 {4}。",
            ),
        )
    }

    pub(super) fn multiply(self, part: Part, left: NodeId, right: NodeId) -> (Words, Say) {
        let names = [self.name(left), self.name(right)];
        let (title, sentence) = if self.is_spread(right) && part == Part::Norm {
            (
                words("Gain", "增益"),
                words(
                    "In every vector of {0}, each number is multiplied by the one of {1} at its place. This gain is \
                     learned: it says how much each number counts.",
                    "{0} 的每个向量逐个数乘以 {1} 中对应的数。这个增益是学出来的，决定每个数的分量。",
                ),
            )
        } else if self.is_spread(right) {
            (
                words("Product cell by cell", "逐格乘积"),
                words(
                    "In every vector of {0}, each number is multiplied by the one of {1} at its place.",
                    "{0} 的每个向量逐个数乘以 {1} 中对应的数。",
                ),
            )
        } else if part == Part::Hidden {
            (
                words("Gate", "门控"),
                words(
                    "{0} and {1} are multiplied, cell by cell: {0} is a gate, which lets a number of {1} pass or not.",
                    "{0} 与 {1} 逐格相乘：{0} 是一道门，决定 {1} 的每个数放行多少。",
                ),
            )
        } else {
            (
                words("Product cell by cell", "逐格乘积"),
                words("{0} and {1} are multiplied, cell by cell.", "{0} 与 {1} 逐格相乘。"),
            )
        };
        let say = self.with_two(
            Say::new(sentence, &names),
            [left, right],
            words(
                "In the vector of {0}, at {1}: {2} times {3} is {4}.",
                "例如 {0} 的向量中 {1} 处：{2} 乘 {3} 得 {4}。",
            ),
        );
        (title, say)
    }

    pub(super) fn activate(self, of: NodeId, with: Activation) -> Say {
        let names = [self.name(of), Gap::Name(with.name().to_owned())];
        let say = match with {
            Activation::Relu => Say::new(
                words(
                    "{1} keeps the positive numbers of {0} and turns every negative one into 0.",
                    "{1} 保留 {0} 中的正数，把负数都变成 0。",
                ),
                &names,
            ),
            Activation::Gelu | Activation::GeluTanh | Activation::Silu => Say::new(
                words(
                    "{1} lets the large numbers of {0} pass and holds the negative ones back, without a sharp corner \
                     at 0.",
                    "{1} 让 {0} 中较大的数通过，压住负数，并且在 0 处没有折角。",
                ),
                &names,
            ),
            Activation::Sigmoid => Say::new(
                words(
                    "{1} turns every number of {0} into one between 0 and 1.",
                    "{1} 把 {0} 的每个数变成 0 到 1 之间的数。",
                ),
                &names,
            ),
            Activation::Tanh => Say::new(
                words(
                    "{1} turns every number of {0} into one between −1 and 1.",
                    "{1} 把 {0} 的每个数变成 −1 到 1 之间的数。",
                ),
                &names,
            ),
        };
        let say = say.and(
            words(
                "Without such a bend, two products one after the other would be no more than a single one.",
                "没有这种非线性，连续两次矩阵乘法不过相当于一次。",
            ),
            &[],
        );
        self.with_focus(say, |say, cell| {
            let before = Cell { node: of, ..cell };
            if with == Activation::Relu && self.trace.cell(before) >= 0.0 {
                // The cell that changes most does not change.
                let sentence = words(
                    "Here it meets no negative number, so nothing changes.",
                    "这里没有遇到负数，所以什么都没有变。",
                );
                return say.and(sentence, &[]);
            }
            say.and(
                words("Here {0} becomes {1}.", "例如 {0} 变为 {1}。"),
                &[Gap::Cell(before), Gap::Cell(cell)],
            )
        })
    }

    pub(super) fn dropout(self, part: Part, dropout: &Dropout) -> Say {
        let say = Say::new(
            words(
                "In training only: each number of {0} becomes 0 with the probability {1}. The others are divided by \
                 {2}, so that their sum stays about the same. So no number can be relied on alone.",
                "只在训练时：{0} 的每个数以概率 {1} 变成 0，其余的除以 {2}，使总和大致不变。这样模型就不会只依赖某一个数。",
            ),
            &[self.name(dropout.of), Gap::Number(dropout.rate), Gap::Number(1.0 - dropout.rate)],
        );
        let say = if part == Part::Pattern {
            say.and(
                words(
                    "A weight may now exceed 1, and the weights of a query need not sum to 1.",
                    "因此权重可能大于 1，一个查询的权重之和也不一定是 1。",
                ),
                &[],
            )
        } else {
            say
        };
        self.with_focus(say, |say, cell| {
            say.and(
                words("Here {0} becomes {1}.", "例如 {0} 变为 {1}。"),
                &[Gap::Cell(Cell { node: dropout.of, ..cell }), Gap::Cell(cell)],
            )
        })
    }

    pub(super) fn layer_norm(self, of: NodeId) -> Say {
        self.why_norm(Say::new(
            words(
                "The numbers of each vector of {0} are shifted and stretched until their mean is 0 and their variance \
                 is 1.",
                "把 {0} 的每个向量中的数平移并伸缩，使均值为 0、方差为 1。",
            ),
            &[self.name(of)],
        ))
    }

    pub(super) fn rms_norm(self, of: NodeId) -> Say {
        self.why_norm(Say::new(
            words(
                "Each vector of {0} is divided by the root of the mean of its squares. Nothing is subtracted.",
                "{0} 的每个向量除以各数平方的均值的平方根，不减去任何数。",
            ),
            &[self.name(of)],
        ))
    }

    /// Why vectors are brought to one size.
    fn why_norm(self, say: Say) -> Say {
        let say = say.and(
            words(
                "However large the numbers have grown, what comes next meets vectors of one size.",
                "无论前面的数变得多大，后面遇到的向量大小总是一样。",
            ),
            &[],
        );
        self.vector_example(say)
    }

    /// Whether an operand of a single row stands for every row.
    fn is_spread(self, operand: NodeId) -> bool {
        let rows = |node: NodeId| self.trace.node(node).shape.rows.size();
        rows(operand) == 1 && rows(self.id) > 1
    }

    /// A sentence with the row, the column, both operands and the result of one cell.
    fn with_two(self, say: Say, operands: [NodeId; 2], sentence: Words) -> Say {
        self.with_focus(say, |say, cell| {
            let [first, second] = operands.map(|operand| Gap::Cell(self.cell_of(operand, cell)));
            say.and(sentence, &[self.row(cell), self.column(cell), first, second, Gap::Cell(cell)])
        })
    }
}

/// Why what goes in is kept.
fn why_residual(say: Say) -> Say {
    say.and(
        words(
            "Nothing is lost this way: the vectors flow on, and each layer only adds its share.",
            "这样什么都不会丢失：向量一路传下去，每一层只加上自己的一份。",
        ),
        &[],
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Source;
    use crate::language::Language;
    use crate::lesson::walkthrough::tests::said;
    use crate::lesson::{Lesson, check};

    fn lesson(matrices: &str) -> Lesson {
        let text = format!(
            "title: Block\ntext: black cat\naxes: {{d_model: 2, d_k: 2, d_ff: 3}}\nmatrices:\n{matrices}"
        );
        let checked = check(&Source::new("block.yaml", &text));
        assert_eq!(checked.findings, []);
        checked.lesson.expect("a lesson without findings")
    }

    /// What is said, in English, in the step with this title.
    fn step(lesson: &Lesson, title: &str) -> String {
        let step = lesson.steps.iter().find(|step| step.title.en == title);
        said(&lesson.trace, step.expect(title), Language::English)
    }

    const X: &str = "  - X: {given: {rows: main, cols: d_model, values: [[1, 0], [-3, 2]]}}\n";

    #[test]
    fn a_block_says_why_there_are_norms_a_bend_and_residual_sums() {
        let lesson = lesson(&format!("{X}  - block: {{block: {{of: X, weights: {{seed: 7}}}}}}\n"));
        assert!(step(&lesson, "Layer norm norm_1").contains("vectors of one size"));
        assert!(step(&lesson, "Residual residual_1").contains("Nothing is lost"));
        assert!(step(&lesson, "Activation hidden").contains("no more than a single one"));
        assert!(step(&lesson, "Residual block.output").contains("feed-forward network found"));
    }

    #[test]
    fn relu_shows_a_negative_number_or_says_that_there_is_none() {
        let bent = lesson(&format!("{X}  - Y: {{activate: {{of: X, with: relu}}}}\n"));
        assert!(
            step(&bent, "Activation Y").contains("Here -3.00 becomes 0.00"),
            "{}",
            step(&bent, "Activation Y")
        );
        let again = lesson(&format!(
            "{X}  - Y: {{activate: {{of: X, with: relu}}}}\n  - Z: {{activate: {{of: Y, with: relu}}}}\n"
        ));
        assert!(step(&again, "Activation Z").contains("meets no negative number"));
    }

    #[test]
    fn a_row_that_stands_for_every_row_is_told_of_with_its_own_numbers() {
        let row = "  - row: {given: [[10, 100]]}\n";
        let matrices =
            "  - sum: {add: [X, row]}\n  - less: {subtract: [row, X]}\n  - times: {multiply: [X, row]}\n";
        let lesson = lesson(&format!("{X}{row}{matrices}"));
        let bias = step(&lesson, "Bias sum");
        assert!(bias.contains("In the vector of cat, at number 2: 2.00 and 100.00 make 102.00."), "{bias}");
        let less = step(&lesson, "Difference less");
        assert!(
            less.contains("100.00 less 0.00 is 100.00") || less.contains("100.00 less 2.00 is 98.00"),
            "{less}"
        );
        assert!(step(&lesson, "Product cell by cell times").contains("2.00 times 100.00 is 200.00"));
    }

    #[test]
    fn dropout_of_a_pattern_warns_that_its_rows_no_longer_sum_to_1() {
        let lesson =
            lesson(&format!("{X}  - P: {{softmax: X}}\n  - D: {{dropout: {{of: P, rate: 0.1, seed: 7}}}}\n"));
        let said = step(&lesson, "Dropout D");
        assert!(said.contains("In training only") && said.contains("may now exceed 1"), "{said}");
    }
}
