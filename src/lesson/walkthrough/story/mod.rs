//! The words of the standard walkthrough, for every operation and every part of attention.
//!
//! They say queries, keys and vectors, never rows and columns, because the learner may turn the matrices.

mod block;
mod comparison;
mod heads;
mod measures;
mod output;
mod pattern;
mod positions;

use crate::graph::op::{Quantity, Tally};
use crate::graph::{Cell, Constant, NodeId, Op, Origin, Part, Side, Trace, op};
use crate::language::{Words, words};
use crate::lesson::walkthrough::say::{Gap, Say};
use crate::lesson::walkthrough::{entry, family_of};

pub(in crate::lesson::walkthrough) use output::finished_texts;

/// The kind of matrix for a title, and what is said about it, with the numbers of `focus`.
pub(in crate::lesson::walkthrough) fn of(trace: &Trace, id: NodeId, focus: Option<Cell>) -> (Words, Say) {
    let story = Story { trace, id, focus };
    let node = trace.node(id);
    match &node.op {
        Op::Given(op::Given { origin, .. }) => (words("Matrix", "矩阵"), story.given(*origin)),
        Op::Random(op::Random { source, .. }) => {
            (words("Matrix", "矩阵"), story.given(Origin::Random { seed: source.seed }))
        }
        Op::Gather(op::Gather { table, .. }) if node.part == Part::Positions => {
            (words("Positions", "位置编码"), story.learned_positions(*table))
        }
        Op::Gather(op::Gather { table, .. }) => (words("Embeddings", "嵌入"), story.embeddings(*table)),
        Op::Transpose(op::Transpose { of }) => (words("Transpose", "转置"), story.transpose(*of)),
        Op::Product(op::Product { left, right }) if matches!(trace.node(*left).op, Op::Context(_)) => {
            story.mean_of_contexts(*right)
        }
        Op::Product(op::Product { left, right }) => story.product(node.part, *left, *right),
        Op::DotProducts(op::DotProducts { left, right }) => story.dot_products(node.part, *left, *right),
        Op::Scale(op::Scale { of, divisor }) => story.divided(node.part, *of, divisor),
        Op::Add(op::Add { terms }) if node.part == Part::Logits && terms.len() == 2 => {
            (words("Bias", "偏置"), story.biased(terms[1]))
        }
        Op::Add(op::Add { terms }) => story.sum(node.part, terms),
        Op::Mask(mask) => (words("Mask", "掩码"), story.mask(mask)),
        Op::Softmax(softmax) => story.softmax(node.part, softmax),
        Op::Concat(op::Concat { parts }) => (words("Concat", "拼接"), story.concat(node.part, parts)),
        Op::Subtract(op::Subtract { left, right }) => {
            (words("Difference", "相减"), story.subtract(*left, *right))
        }
        Op::Multiply(op::Multiply { left, right }) => story.multiply(node.part, *left, *right),
        Op::Activate(op::Activate { of, with }) => {
            (words("Activation", "激活函数"), story.activate(*of, *with))
        }
        Op::Dropout(dropout) => (words("Dropout", "随机失活"), story.dropout(node.part, dropout)),
        Op::LayerNorm(op::LayerNorm { of, .. }) => (words("Layer norm", "层归一化"), story.layer_norm(*of)),
        Op::RmsNorm(op::RmsNorm { of, .. }) => (words("RMS norm", "RMS 归一化"), story.rms_norm(*of)),
        Op::OneHot(op::OneHot { vocabulary, .. }) => {
            (words("One-hot vectors", "独热向量"), story.one_hot(vocabulary.size()))
        }
        Op::Sinusoids(op::Sinusoids { angles, .. }) => {
            (words("Positions", "位置编码"), story.sinusoids(*angles))
        }
        Op::Rotate(op::Rotate { of, angles }) => {
            (words("Rotary positions", "旋转位置编码"), story.rotate(*of, angles.pairs))
        }
        Op::Measure(op::Measure { each: Side::Columns, quantity: Quantity::Mean, .. })
            if node.part == Part::Loss =>
        {
            (words("Mean loss", "平均损失"), output::mean_loss())
        }
        Op::Measure(op::Measure { of, each, quantity }) => story.measure(*of, *each, *quantity),
        Op::UnitRows(op::UnitRows { of }) => (words("Unit vectors", "单位向量"), story.unit_rows(*of)),
        Op::Distances(op::Distances { left, right }) => {
            (words("Distances", "距离"), story.distances(*left, *right))
        }
        Op::Components(op::Components { of, count }) => {
            (words("Principal components", "主成分"), story.components(*of, *count))
        }
        Op::ShareOf(op::ShareOf { part, whole }) => (words("Shares", "份额"), story.share_of(*part, *whole)),
        Op::Keep(op::Keep { keeping, .. }) => story.keep(*keeping),
        Op::Choose(op::Choose { of, choosing }) => (words("Choice", "选择"), story.choose(*of, *choosing)),
        Op::CrossEntropy(op::CrossEntropy { of, targets }) => {
            (words("Cross-entropy", "交叉熵"), story.cross_entropy(*of, targets))
        }
        Op::Slice(slice) => story.slice(node.part, slice),
        Op::Counted(op::Counted { tally: Tally::Sizes, .. }) => story.counted(),
        Op::Counted(op::Counted { tally: Tally::Rounds, .. }) => (words("Work", "计算量"), output::cost()),
        Op::Convolution(op::Convolution { of, kernel }) => story.convolution(*of, kernel),
        Op::Recur(step) => story.recur(step),
        Op::Stack(op::Stack { parts, .. }) => story.stack(parts),
        Op::Context(op::Context { window, .. }) => story.context(*window),
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
            Part::Output if self.trace.node(left).part == Part::HeadOutput => (
                words("Contribution", "贡献"),
                words(
                    "What one head alone adds to the output: {0} times its part of the output weights, {1}.",
                    "单独一个头对输出的贡献：{0} 乘以输出权重中属于它的部分 {1}。",
                ),
            ),
            Part::Output => (
                words("Output", "输出"),
                words(
                    "{1} mixes the outputs of the heads in {0} into vectors of {2} numbers.",
                    "{1} 把 {0} 中各个头的输出混合成由 {2} 个数组成的向量。",
                ),
            ),
            Part::Hidden => (
                words("Feed-forward", "前馈网络"),
                words(
                    "Every vector of {0} is multiplied by {1}, each on its own: {2} hidden numbers for every token.",
                    "{0} 的每个向量各自乘以 {1}，每个词元得到隐藏层的 {2} 个数。",
                ),
            ),
            Part::FeedForward => (
                words("Feed-forward", "前馈网络"),
                words(
                    "{1} turns the hidden numbers of {0} back into vectors of {2} numbers.",
                    "{1} 把 {0} 中隐藏层的数变回由 {2} 个数组成的向量。",
                ),
            ),
            Part::Embeddings => (
                words("Embeddings", "嵌入"),
                words(
                    "Every vector of {0} has a single 1, so its product with {1} is the row of {1} for that token: a \
                     look-up.",
                    "{0} 的每个向量只有一个 1，所以与 {1} 相乘就是取出 {1} 中该词元的那一行：也就是查表。",
                ),
            ),
            Part::Logits => return (words("Logits", "logit 值"), self.logits(left, right)),
            Part::Vocabulary
            | Part::Weights
            | Part::Norm
            | Part::Residual
            | Part::OneHot
            | Part::Positions
            | Part::Cosines
            | Part::QueryWeights
            | Part::KeyWeights
            | Part::ValueWeights
            | Part::OutputWeights
            | Part::Scores
            | Part::Scaled
            | Part::Masked
            | Part::Tempered
            | Part::Pattern
            | Part::Concat
            | Part::UnembeddingWeights
            | Part::Probabilities
            | Part::Choice
            | Part::Loss
            | Part::Other => (
                words("Product", "矩阵乘积"),
                words("Every vector of {0} is multiplied by {1}.", "{0} 的每个向量乘以 {1}。"),
            ),
        };
        (title, self.vector_example(Say::new(sentence, &names)))
    }

    fn dot_products(self, part: Part, left: NodeId, right: NodeId) -> (Words, Say) {
        let names = [self.name(left), self.name(right)];
        let stored = words(
            "{1} is stored with a row for each output, so its transpose is used.",
            "{1} 按每个输出一行存放，所以乘的是它的转置。",
        );
        if part == Part::Logits {
            let say = self.logits(left, right);
            let is_turned = self.trace.node(right).part == Part::UnembeddingWeights;
            let say = if is_turned { say.and(stored, &names) } else { say };
            return (words("Logits", "logit 值"), say);
        }
        if part == Part::Cosines {
            return (words("Cosines", "余弦相似度"), self.cosines());
        }
        let makes = [Part::Queries, Part::Keys, Part::Values, Part::Output, Part::Hidden, Part::FeedForward];
        if makes.contains(&part) {
            let (title, say) = self.product(part, left, right);
            return (title, say.and(stored, &names));
        }
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
        if self.trace.node(self.id).part == Part::Logits {
            return output::tempered(say);
        }
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

    /// The cell of an operand that goes into a cell; an operand of a single row stands for every row.
    fn cell_of(self, operand: NodeId, cell: Cell) -> Cell {
        let row = if self.trace.node(operand).shape.rows.size() == 1 { 0 } else { cell.row };
        Cell { node: operand, row, ..cell }
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
