//! One number for many, and how near vectors are to each other.

use super::Story;
use crate::graph::{NodeId, Op, Quantity, Side, op};
use crate::language::{Words, words};
use crate::lesson::walkthrough::say::{Gap, Say};

impl Story<'_> {
    pub(super) fn measure(self, of: NodeId, each: Side, quantity: Quantity) -> (Words, Say) {
        let (title, what) = match quantity {
            Quantity::Sum => (words("Sums", "和"), words("the sum of its numbers", "各数之和")),
            Quantity::Mean => (words("Means", "平均值"), words("the mean of its numbers", "各数的平均值")),
            Quantity::MeanSquare => (
                words("Mean squares", "均方"),
                words("the mean of the squares of its numbers", "各数平方的平均值"),
            ),
            Quantity::Variance { .. } => (
                words("Variances", "方差"),
                words(
                    "how far its numbers lie from their mean: the mean of the squares",
                    "各数与平均值之差的平方的平均值",
                ),
            ),
            Quantity::Deviation { .. } => (
                words("Standard deviations", "标准差"),
                words("how far its numbers typically lie from their mean", "各数偏离平均值的一般程度"),
            ),
            Quantity::Minimum => (words("Smallest", "最小值"), words("its smallest number", "其中最小的数")),
            Quantity::Maximum => (words("Largest", "最大值"), words("its largest number", "其中最大的数")),
            Quantity::FirstSmallest => (
                words("Place of the smallest", "最小值的位置"),
                words(
                    "which of its numbers is the smallest, counted from 1",
                    "最小的数是第几个（从 1 数起）",
                ),
            ),
            Quantity::FirstLargest => (
                words("Place of the largest", "最大值的位置"),
                words("which of its numbers is the largest, counted from 1", "最大的数是第几个（从 1 数起）"),
            ),
            Quantity::Norm => (
                words("Lengths", "长度"),
                words("its length: the root of the sum of its squares", "它的长度：各数平方和的平方根"),
            ),
            Quantity::Entropy => (
                words("Entropies", "熵"),
                words(
                    "its entropy: 0 where one number has everything, larger the more evenly it is spread",
                    "它的熵：全部集中在一个数上时为 0，分布得越均匀越大",
                ),
            ),
        };
        let what = Gap::Plain(what);
        let gaps = [self.name(of), what];
        let is_query_by_key = self.trace.node(of).part.is_query_by_key();
        let sentence = match (is_query_by_key, each) {
            (true, Side::Rows) => words("Of each query of {0}: {1}.", "对 {0} 的每个查询，求{1}。"),
            (true, Side::Columns) => words("Of each key of {0}: {1}.", "对 {0} 的每个键，求{1}。"),
            (false, Side::Rows) => words("Of each vector of {0}: {1}.", "对 {0} 的每个向量，求{1}。"),
            (false, Side::Columns) => words(
                "Of each place in the vectors of {0}, over all vectors: {1}.",
                "对 {0} 各向量的每个位置，跨所有向量求{1}。",
            ),
        };
        let say = self.with_focus(Say::new(sentence, &gaps), |say, cell| {
            let measured = match each {
                Side::Rows => self.row(cell),
                Side::Columns => self.column(cell),
            };
            say.and(words("Of {0} it is {1}.", "{0} 的结果是 {1}。"), &[measured, Gap::Cell(cell)])
        });
        (title, say)
    }

    pub(super) fn unit_rows(self, of: NodeId) -> Say {
        let say = Say::new(
            words(
                "Each vector of {0} is divided by its own length. All vectors then have the length 1, and only their \
                 direction is left.",
                "{0} 的每个向量除以自己的长度。这样所有向量的长度都是 1，只剩下方向。",
            ),
            &[self.name(of)],
        );
        let value = self.trace.value(of);
        let say = if value.row_iter().any(|row| row.iter().all(|x| *x == 0.0)) {
            let sentence = words(
                "A vector of zeros has no direction and stays as it is.",
                "全是零的向量没有方向，保持不变。",
            );
            say.and(sentence, &[])
        } else {
            say
        };
        self.vector_example(say)
    }

    pub(super) fn cosines(self) -> Say {
        let say = Say::new(
            words(
                "The dot product of two vectors of length 1 is the cosine of the angle between them: 1 in the same \
                 direction, 0 at right angles, −1 in opposite directions.",
                "两个长度为 1 的向量的点积就是它们夹角的余弦：方向相同为 1，互相垂直为 0，方向相反为 −1。",
            ),
            &[],
        );
        self.with_focus(say, |say, cell| {
            say.and(
                words("Of {0} and {1} it is {2}.", "{0} 与 {1} 的余弦是 {2}。"),
                &[self.row(cell), self.column(cell), Gap::Cell(cell)],
            )
        })
    }

    pub(super) fn distances(self, left: NodeId, right: NodeId) -> Say {
        let sentence = if left == right {
            words(
                "The distance between any two vectors of {0}: the root of the sum of the squared differences.",
                "{0} 的任意两个向量之间的距离：差的平方和的平方根。",
            )
        } else {
            words(
                "The distance of every vector of {0} from every vector of {1}: the root of the sum of the squared \
                 differences.",
                "{0} 的每个向量与 {1} 的每个向量之间的距离：差的平方和的平方根。",
            )
        };
        let say = Say::new(sentence, &[self.name(left), self.name(right)]);
        self.with_focus(say, |say, cell| {
            say.and(
                words("The largest is {2}, of {0} and {1}.", "最大的是 {0} 与 {1} 之间的距离：{2}。"),
                &[self.row(cell), self.column(cell), Gap::Cell(cell)],
            )
        })
    }

    /// Whether a matrix is what is left of rows that are all the same when their mean is taken off.
    fn is_of_equal_rows(self, centred: NodeId) -> bool {
        let Op::Add(op::Add { terms }) = &self.trace.node(centred).op else { return false };
        let value = self.trace.value(terms[0]);
        value.column_iter().all(|column| column.iter().all(|x| *x - column[0] == 0.0))
    }

    pub(super) fn components(self, of: NodeId, count: usize) -> Say {
        if self.is_of_equal_rows(of) {
            let sentence = words(
                "All vectors are the same, so {0} is 0 and nothing differs in any direction. Any {1} directions at right \
                 angles to each other would do as well as these.",
                "所有向量都相同，{0} 全是 0，在任何方向上都没有差异。任取 {1} 个互相垂直的方向，效果都一样。",
            );
            return Say::new(sentence, &[self.name(of), Gap::Count(count)]);
        }
        Say::new(
            words(
                "The {1} directions, at right angles to each other, in which the vectors of {0} differ most. They are \
                 the best flat view of vectors with many numbers.",
                "{0} 的各向量差异最大的 {1} 个方向，它们互相垂直。要把由许多数组成的向量画在平面上，这是最好的视角。",
            ),
            &[self.name(of), Gap::Count(count)],
        )
    }

    pub(super) fn share_of(self, part: NodeId, whole: NodeId) -> Say {
        let measured = self.trace.node(whole).op.operands();
        if measured.first().is_some_and(|centred| self.is_of_equal_rows(*centred)) {
            let sentence = words(
                "Nothing differs: {1} is 0, so there is nothing that {0} could keep a share of.",
                "没有任何差异：{1} 是 0，{0} 也就谈不上占多大比例。",
            );
            return Say::new(sentence, &[self.name(part), self.name(whole)]);
        }
        let say = Say::new(
            words(
                "Each number of {0} is divided by the sum of {1}: what share of the whole it keeps.",
                "{0} 的每个数除以 {1} 的总和：它占全部的多大比例。",
            ),
            &[self.name(part), self.name(whole)],
        );
        self.with_focus(say, |say, cell| {
            say.and(words("{0} keeps {1}.", "{0} 占 {1}。"), &[self.column(cell), Gap::Cell(cell)])
        })
    }
}
