//! Why a number is what it is, where no arithmetic made it: in words.

use crate::both;
use crate::graph::{Origin, Reason};
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
        Reason::Padding { length } => {
            both!("padding: only the first {length} keys are tokens", "这是填充：只有前 {length} 个键是词元")
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
    }
}
