//! Why a number is what it is, where no arithmetic made it, in words.

use crate::both;
use crate::graph::op::Keeping;
use crate::graph::{Draw, Origin, Reason};
use crate::language::{Localised, words};

/// What is said after the number.
pub(super) fn reason(reason: Reason) -> Localised<String> {
    match reason {
        Reason::Given(Origin::Written) => words("given by the lesson", "由课程给定").map(String::from),
        Reason::Given(Origin::Random { seed }) => both!("random, from seed {seed}", "随机数，种子为 {seed}"),
        Reason::Given(Origin::Identity) => {
            words("1 on the diagonal, else 0", "对角线为 1，其余为 0").map(String::from)
        }
        Reason::LaterKey => {
            words("the key comes after the query, so it must not be seen", "键在查询之后，不得看到")
                .map(String::from)
        }
        Reason::MaskedKey => words("the mask hides this key", "掩码遮住了这个键").map(String::from),
        Reason::NothingToSee => {
            words("every key is masked: there is nothing to attend to", "所有键都被遮住：没有可关注的对象")
                .map(String::from)
        }
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
