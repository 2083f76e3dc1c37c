//! Why a number is what it is, where no arithmetic made it: in words.

use crate::both;
use crate::graph::op::Keeping;
use crate::graph::{Draw, Origin, Reason};
use crate::language::{Localised, words};

/// The words for a reason.
pub(super) fn reason(reason: Reason) -> Localised<String> {
    let fixed = |en, zh| words(en, zh).map(String::from);
    match reason {
        Reason::Given(Origin::Written) => fixed("given by the lesson", "由课程给定"),
        Reason::Given(Origin::Random { seed }) => both!("random, from seed {seed}", "随机数，种子为 {seed}"),
        Reason::Given(Origin::Identity) => fixed("1 on the diagonal, else 0", "对角线为 1，其余为 0"),
        Reason::LaterKey => {
            fixed("the key comes after the query, so it must not be seen", "键在查询之后，不得看到")
        }
        Reason::EarlierKey => {
            fixed("the key comes before the query, so it must not be seen", "键在查询之前，不得看到")
        }
        Reason::Padding { from, to } if from + 1 == to => {
            both!("padding: key {to} is no token", "这是填充：第 {to} 个键不是词元")
        }
        Reason::Padding { from, to } => {
            let first = from + 1;
            both!("padding: keys {first} to {to} are no tokens", "这是填充：第 {first} 到第 {to} 个键不是词元")
        }
        Reason::LaterThanPrefix { length } => both!(
            "the key comes after the query and after the prefix of {length}",
            "键在查询之后，也不在前 {length} 个之内"
        ),
        Reason::OutsideWindow { before, after: 0 } => both!(
            "outside the window: only the query itself and the {before} before it are seen",
            "在窗口之外：只能看到自己和前面 {before} 个"
        ),
        Reason::OutsideWindow { before, after } => both!(
            "outside the window: only {before} before the query and {after} after it are seen",
            "在窗口之外：只能看到前面 {before} 个和后面 {after} 个"
        ),
        Reason::OtherBlock { size } => both!(
            "the key is in another block of {size} than the query",
            "每 {size} 个位置为一块，键与查询不在同一块"
        ),
        Reason::MaskedKey => fixed("the mask hides this key", "掩码遮住了这个键"),
        Reason::AddedInfinity => fixed("the mask adds −∞ to this score", "掩码给这个分数加上了 −∞"),
        Reason::BeyondTheEnds => fixed("all of it lies beyond the ends", "要看的位置都在两端之外"),
        Reason::Itself => fixed("a token is no part of its own context", "词元不属于自己的上下文"),
        Reason::OutsideContext => fixed("too far away to be in the context", "距离太远，不在上下文中"),
        Reason::NothingToSee => {
            fixed("every key is masked: there is nothing to attend to", "所有键都被遮住：没有可关注的对象")
        }
        Reason::NoNumber => fixed(
            "every key is masked: 0 ÷ 0 is no number, and the lesson leaves it so",
            "所有键都被遮住：0 ÷ 0 不是数，课程保留了这个结果",
        ),
        Reason::AllAlike { keys } => both!(
            "every key is masked: the lesson gives each the same weight, 1 ÷ {keys}",
            "所有键都被遮住：课程让每个键权重相同，即 1 ÷ {keys}"
        ),
        Reason::Dropped => words("dropped in training, by chance", "训练时被随机丢弃").map(String::from),
        Reason::IsToken(true) => words("this is the token", "就是这个词元").map(String::from),
        Reason::IsToken(false) => words("another token", "是别的词元").map(String::from),
        Reason::Component => words(
            "found by search: of all directions at right angles to those before, the one in which the vectors differ most",
            "由搜索得到：在与前面各方向垂直的方向中，向量差异最大的那个方向",
        )
        .map(String::from),
        Reason::Kept(Keeping::Most(k)) => both!("kept: one of the {k} largest", "保留：属于最大的 {k} 个"),
        Reason::NotKept(Keeping::Most(k)) => {
            both!("left out: not one of the {k} largest", "舍去：不在最大的 {k} 个之内")
        }
        Reason::Kept(Keeping::Share(share)) => both!(
            "kept: one of the most probable that together reach {share}",
            "保留：属于概率之和达到 {share} 的最可能的几个"
        ),
        Reason::NotKept(Keeping::Share(share)) => both!(
            "left out: the more probable ones reach {share} without it",
            "舍去：更可能的几个概率之和已达到 {share}"
        ),
        Reason::Largest => words("chosen: the largest", "选中：最大").map(String::from),
        Reason::NothingToCompare => words(
            "nothing is chosen: the row has what is no number, or −∞ alone",
            "没有选中任何一个：这一行中有 NaN（不是数），或者全是 −∞",
        )
        .map(String::from),
        Reason::NotLargest => words(
            "not chosen: another is larger, or as large and earlier",
            "未选中：另有更大的，或同样大但更靠前的",
        )
        .map(String::from),
        Reason::Drawn(Draw { number, from, to }) => both!(
            "chosen: the number drawn, {number:.4}, lies in its part, {from:.4} to {to:.4}",
            "选中：抽到的随机数 {number:.4} 落在它的区间 {from:.4}～{to:.4} 内"
        ),
        Reason::NotDrawn(Draw { number, from, to }) => both!(
            "not chosen: the number drawn, {number:.4}, lies outside its part, {from:.4} to {to:.4}",
            "未选中：抽到的随机数 {number:.4} 不在它的区间 {from:.4}～{to:.4} 内"
        ),
        Reason::NothingToDraw => {
            words("nothing has a probability, so nothing is drawn", "概率全为 0，无从抽取").map(String::from)
        }
    }
}
