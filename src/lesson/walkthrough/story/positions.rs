//! Where tokens stand: one-hot vectors, positions of every kind.

use super::Story;
use crate::graph::{NodeId, Part};
use crate::language::words;
use crate::lesson::walkthrough::say::{Gap, Say};
use crate::math::{Angles, Pairs};

impl Story<'_> {
    pub(super) fn one_hot(self, size: usize) -> Say {
        let say = Say::new(
            words(
                "Each token becomes a vector of {0} numbers, one for each token of the vocabulary: a single 1 where it \
                 stands, 0 elsewhere. Any two different tokens are equally far apart.",
                "每个词元变成由 {0} 个数组成的向量，词表中每个词元占一位：自己的那一位是 1，其余都是 0。任意两个不同词元之间的距离都相等。",
            ),
            &[Gap::Count(size)],
        );
        self.with_focus(say, |say, cell| {
            say.and(
                words("The 1 of {0} stands at {1}.", "{0} 的 1 在 {1} 处。"),
                &[self.row(cell), self.column(cell)],
            )
        })
    }

    pub(super) fn sinusoids(self, angles: Angles) -> Say {
        let say = Say::new(
            words(
                "Attention does not know the order of its tokens, so each position gets a vector of its own: sines and \
                 cosines of waves that are slower from pair to pair.",
                "注意力本身不知道词元的先后次序，所以每个位置都有自己的向量：由一组正弦和余弦组成，一对比一对变化得慢。",
            ),
            &[],
        );
        let sentence = match angles.pairs {
            Pairs::Interleaved => words(
                "Each sine stands beside its cosine; the slowness is a power of {0}.",
                "每个正弦与它的余弦相邻；变化的快慢由 {0} 的幂决定。",
            ),
            Pairs::Halves => words(
                "All sines come first, then all cosines; the slowness is a power of {0}.",
                "先是全部正弦，再是全部余弦；变化的快慢由 {0} 的幂决定。",
            ),
        };
        let base = angles.base;
        self.vector_example(say.and(sentence, &[Gap::Words(crate::both!("{base}", "{base}"))]))
    }

    pub(super) fn learned_positions(self, table: NodeId) -> Say {
        self.vector_example(Say::new(
            words(
                "Each position takes its own row of {0}, whatever token stands there.",
                "每个位置取 {0} 中属于自己的那一行，与那里是哪个词元无关。",
            ),
            &[self.name(table)],
        ))
    }

    pub(super) fn adds_positions(self, first: NodeId, second: NodeId) -> Say {
        Say::new(
            words(
                "The vector of each position is added to the vector of the token that stands there: {0} + {1}. The same \
                 token at two positions now has two vectors.",
                "把每个位置的向量加到该处词元的向量上：{0} + {1}。同一个词元出现在两个位置，就有了两个不同的向量。",
            ),
            &[self.name(first), self.name(second)],
        )
    }

    pub(super) fn rotate(self, of: NodeId, pairs: Pairs) -> Say {
        let names = [self.name(of)];
        let say = Say::new(
            words(
                "In each vector of {0}, the numbers are taken in pairs, and each pair is turned by an angle that grows \
                 with the position. Lengths stay.",
                "把 {0} 每个向量中的数两两成对，每一对按一个随位置增大的角度旋转。长度不变。",
            ),
            &names,
        );
        let layout = match pairs {
            Pairs::Interleaved => words(
                "A pair is two neighbours: numbers 1 and 2, 3 and 4, and so on.",
                "相邻的两个数是一对：第 1 和第 2 个、第 3 和第 4 个，依此类推。",
            ),
            Pairs::Halves => words(
                "A pair is a number of the first half and the one at the same place in the second half.",
                "前一半中的数与后一半中同一位置的数是一对。",
            ),
        };
        let say = say.and(layout, &[]);
        let part = self.trace.node(self.id).part;
        let say = if matches!(part, Part::Queries | Part::Keys) {
            let sentence = words(
                "So the score of a query and a key depends on their contents and on how far apart they stand, not on \
                 where they stand.",
                "于是查询与键的分数只取决于内容和两者相隔多远，而与它们各自在什么位置无关。",
            );
            say.and(sentence, &[])
        } else {
            say
        };
        self.vector_example(say)
    }
}
