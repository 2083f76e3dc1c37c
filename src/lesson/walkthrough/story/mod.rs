//! The words of the standard walkthrough, for every operation and every part of attention.
//!
//! They say queries, keys and vectors, never rows and columns, because the learner may turn the matrices.

use crate::graph::{Cell, Constant, NodeId, Op, Origin, Part, Side, Trace, Visible, op};
use crate::language::{Words, words};
use crate::lesson::walkthrough::say::{Gap, Say};
use crate::lesson::walkthrough::{entry, family_of};

/// The kind of matrix for a title, and what is said about it, with the numbers of `focus`.
pub(in crate::lesson::walkthrough) fn of(trace: &Trace, id: NodeId, focus: Option<Cell>) -> (Words, Say) {
    let story = Story { trace, id, focus };
    let node = trace.node(id);
    match &node.op {
        Op::Given(op::Given { origin, .. }) => (words("Matrix", "矩阵"), story.given(*origin)),
        Op::Random(op::Random { source, .. }) => {
            (words("Matrix", "矩阵"), story.given(Origin::Random { seed: source.seed }))
        }
        Op::Gather(op::Gather { table, .. }) => (words("Embeddings", "嵌入"), story.embeddings(*table)),
        Op::Transpose(op::Transpose { of }) => (words("Transpose", "转置"), story.transpose(*of)),
        Op::Product(op::Product { left, right }) => story.product(node.part, *left, *right),
        Op::DotProducts(op::DotProducts { left, right }) => story.dot_products(node.part, *left, *right),
        Op::Scale(op::Scale { of, divisor }) => (words("Scaling", "缩放"), story.scale(*of, divisor)),
        Op::Add(op::Add { terms }) => (words("Sum", "求和"), story.add(terms)),
        Op::Mask(op::Mask { of, visible }) => (words("Mask", "掩码"), story.mask(*of, visible)),
        Op::Softmax(op::Softmax { of }) => story.softmax(node.part, *of),
        Op::Concat(op::Concat { parts }) => (words("Concat", "拼接"), story.concat(node.part, parts)),
    }
}

/// What sentences are made from.
#[derive(Clone, Copy)]
struct Story<'a> {
    trace: &'a Trace,
    id: NodeId,
    focus: Option<Cell>,
}

impl Story<'_> {
    fn given(self, origin: Origin) -> Say {
        match origin {
            Origin::Written => Say::new(
                words("The numbers of {0} are given by the lesson.", "{0} 的数由课程给出。"),
                &[self.name(self.id)],
            ),
            Origin::Random { seed } => Say::new(
                words(
                    "The numbers of {0} are drawn at random, always the same for the seed {1}.",
                    "{0} 的数是随机生成的；种子为 {1}，每次都相同。",
                ),
                &[self.name(self.id), Gap::Words(crate::both!("{seed}", "{seed}"))],
            ),
            Origin::Identity => Say::new(
                words("{0} has 1 on its diagonal and 0 elsewhere.", "{0} 的对角线上是 1，其余是 0。"),
                &[self.name(self.id)],
            ),
        }
    }

    fn embeddings(self, table: NodeId) -> Say {
        self.vector_example(Say::new(
            words(
                "Each token is looked up in {0} and becomes a vector of {1} numbers.",
                "每个词元在 {0} 中查表，得到由 {1} 个数组成的向量。",
            ),
            &[self.name(table), self.width()],
        ))
    }

    fn transpose(self, of: NodeId) -> Say {
        Say::new(
            words("{0} is {1} turned around its diagonal.", "{0} 是 {1} 的转置：沿对角线翻转。"),
            &[self.name(self.id), self.name(of)],
        )
    }

    fn product(self, part: Part, left: NodeId, right: NodeId) -> (Words, Say) {
        let names = [self.name(left), self.name(right), self.width()];
        let (title, sentence) = match part {
            Part::Queries => (
                words("Queries", "查询"),
                words(
                    "Every vector of {0} is multiplied by {1}. This makes its query: what it is looking for.",
                    "{0} 的每个向量乘以 {1}，得到它的查询：它在寻找什么。",
                ),
            ),
            Part::Keys => (
                words("Keys", "键"),
                words(
                    "Every vector of {0} is multiplied by {1}. This makes its key: what it can be found by.",
                    "{0} 的每个向量乘以 {1}，得到它的键：它凭什么被找到。",
                ),
            ),
            Part::Values => (
                words("Values", "值"),
                words(
                    "Every vector of {0} is multiplied by {1}. This makes its value: what it passes on.",
                    "{0} 的每个向量乘以 {1}，得到它的值：它传递什么。",
                ),
            ),
            Part::HeadOutput => (
                words("Weighted sum", "加权求和"),
                words(
                    "Each query takes every value of {1} times its weight in {0}, and sums them up.",
                    "每个查询用 {0} 中的权重乘以 {1} 中的各个值，再全部相加。",
                ),
            ),
            Part::Output => (
                words("Output", "输出"),
                words(
                    "{1} mixes the outputs of the heads in {0} into vectors of {2} numbers.",
                    "{1} 把 {0} 中各个头的输出混合成由 {2} 个数组成的向量。",
                ),
            ),
            Part::Vocabulary
            | Part::Embeddings
            | Part::QueryWeights
            | Part::KeyWeights
            | Part::ValueWeights
            | Part::OutputWeights
            | Part::Scores
            | Part::Scaled
            | Part::Masked
            | Part::Pattern
            | Part::Concat
            | Part::Other => (
                words("Product", "矩阵乘积"),
                words("Every vector of {0} is multiplied by {1}.", "{0} 的每个向量乘以 {1}。"),
            ),
        };
        (title, self.vector_example(Say::new(sentence, &names)))
    }

    fn dot_products(self, part: Part, left: NodeId, right: NodeId) -> (Words, Say) {
        let names = [self.name(left), self.name(right)];
        if part != Part::Scores {
            let sentence = words(
                "Every vector of {0} meets every vector of {1} in a dot product.",
                "{0} 的每个向量与 {1} 的每个向量求点积。",
            );
            return (words("Dot products", "点积"), Say::new(sentence, &names));
        }
        let say = Say::new(
            words(
                "The score of a query and a key is their dot product: the better they match, the larger.",
                "查询与键的点积就是分数：二者越匹配，分数越大。",
            ),
            &names,
        );
        let say = self.with_focus(say, |say, cell| {
            say.and(
                words(
                    "The largest is {2}, of the query {0} and the key {1}.",
                    "最大的是查询 {0} 与键 {1} 的分数：{2}。",
                ),
                &[self.row(cell), self.column(cell), Gap::Cell(cell)],
            )
        });
        (words("Scores", "分数"), say)
    }

    fn scale(self, of: NodeId, divisor: &Constant) -> Say {
        let symbol = Gap::Name(divisor.symbol.clone());
        let names = [self.name(of), symbol, Gap::Number(divisor.value)];
        let say = if divisor.symbol.parse::<f64>().is_ok() {
            Say::new(words("Every number of {0} is divided by {1}.", "{0} 的每个数除以 {1}。"), &names)
        } else {
            Say::new(
                words(
                    "Every number of {0} is divided by {1}, which is {2}.",
                    "{0} 的每个数除以 {1}，即 {2}。",
                ),
                &names,
            )
        };
        let say = if divisor.symbol.starts_with('√') {
            let reason =
                words("Without this, longer vectors would make larger scores.", "否则向量越长，分数就越大。");
            say.and(reason, &[])
        } else {
            say
        };
        self.with_focus(say, |say, cell| {
            let before = Cell { node: of, ..cell };
            say.and(
                words("Here {0} becomes {1}.", "例如 {0} 变为 {1}。"),
                &[Gap::Cell(before), Gap::Cell(cell)],
            )
        })
    }

    fn add(self, terms: &[NodeId]) -> Say {
        let parts: Vec<_> = terms.iter().map(|term| self.trace.node(*term).part).collect();
        let found = |part: &Part| matches!(part, Part::HeadOutput | Part::Output | Part::Concat);
        let is_residual = parts.iter().any(found) && !parts.iter().all(found);
        let [first, second] = *terms else {
            return Say::new(
                words("{0} matrices of one shape are added, cell by cell.", "{0} 个形状相同的矩阵逐格相加。"),
                &[Gap::Count(terms.len())],
            );
        };
        let names = [self.name(first), self.name(second)];
        let say = if is_residual {
            let sentence = words(
                "What attention found is added to what was there before: {0} + {1}. This is a residual connection.",
                "把注意力得到的结果加到原来的向量上：{0} + {1}。这就是残差连接。",
            );
            Say::new(sentence, &names)
        } else {
            Say::new(words("{0} and {1} are added, cell by cell.", "{0} 与 {1} 逐格相加。"), &names)
        };
        self.with_focus(say, |say, cell| {
            let term = |node| Gap::Cell(Cell { node, ..cell });
            say.and(
                words(
                    "In the vector of {0}, at {1}: {2} and {3} make {4}.",
                    "例如 {0} 的向量中 {1} 处：{2} 加 {3} 得 {4}。",
                ),
                &[self.row(cell), self.column(cell), term(first), term(second), Gap::Cell(cell)],
            )
        })
    }

    fn mask(self, of: NodeId, visible: &Visible) -> Say {
        let names = [self.name(of)];
        let say = match visible {
            Visible::Causal => Say::new(
                words(
                    "A query may see the keys up to its own position. The scores of later keys become −∞, and softmax \
                     will give them the weight 0.",
                    "查询只能看到不晚于自己位置的键。更晚的键的分数变为 −∞，softmax 会给它们权重 0。",
                ),
                &names,
            ),
            Visible::Cells(_) => Say::new(
                words(
                    "The mask says which keys a query may see. The scores of the others become −∞, and softmax will \
                     give them the weight 0.",
                    "掩码规定查询能看到哪些键。其余键的分数变为 −∞，softmax 会给它们权重 0。",
                ),
                &names,
            ),
        };
        self.with_focus(say, |say, cell| {
            let names = [self.row(cell), self.column(cell)];
            if self.trace.cell(cell) == f64::NEG_INFINITY {
                say.and(
                    words("So the query {0} does not see the key {1}.", "例如，查询 {0} 看不到键 {1}。"),
                    &names,
                )
            } else {
                say.and(words("Here it hides nothing.", "这里没有遮住任何键。"), &[])
            }
        })
    }

    fn softmax(self, part: Part, of: NodeId) -> (Words, Say) {
        let names = [self.name(of)];
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
        let value = self.trace.value(self.id);
        let blind = (0..value.nrows()).any(|query| value.row(query).iter().all(|weight| *weight == 0.0));
        let say = if blind {
            say.and(
                words("A query that sees no key gives no weight at all.", "看不到任何键的查询，权重全为 0。"),
                &[],
            )
        } else {
            say
        };
        let say = self.with_focus(say, |say, cell| {
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

    fn concat(self, part: Part, parts: &[NodeId]) -> Say {
        let counts = [Gap::Count(parts.len()), self.width()];
        if part == Part::Concat {
            let sentence = words(
                "The outputs of the {0} heads are put side by side: {1} numbers for each token.",
                "把 {0} 个头的输出并排拼接：每个词元得到 {1} 个数。",
            );
            return Say::new(sentence, &counts);
        }
        Say::new(
            words(
                "{0} matrices are put side by side, which makes vectors of {1} numbers.",
                "把 {0} 个矩阵并排拼接，得到由 {1} 个数组成的向量。",
            ),
            &counts,
        )
    }

    /// One number of one vector.
    fn vector_example(self, say: Say) -> Say {
        self.with_focus(say, |say, cell| {
            say.and(
                words("In the vector of {0}, {1} is {2}.", "例如 {0} 的向量中，{1} 是 {2}。"),
                &[self.row(cell), self.column(cell), Gap::Cell(cell)],
            )
        })
    }

    fn with_focus(self, say: Say, and: impl FnOnce(Say, Cell) -> Say) -> Say {
        match self.focus {
            Some(cell) => and(say, cell),
            None => say,
        }
    }

    fn name(self, id: NodeId) -> Gap {
        Gap::Name(family_of(self.trace.graph().symbol(id)).to_owned())
    }

    fn row(self, cell: Cell) -> Gap {
        entry(self.trace.graph(), cell, Side::Rows)
    }

    fn column(self, cell: Cell) -> Gap {
        entry(self.trace.graph(), cell, Side::Columns)
    }

    fn width(self) -> Gap {
        Gap::Count(self.trace.value(self.id).ncols())
    }
}
