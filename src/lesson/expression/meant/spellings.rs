//! The ways in which others spell what is spelled otherwise here, and what is said of each.

use super::{Surroundings, calls, cells, format, products, relations};
use crate::language::{Words, words};

/// What is said of `!=`.
pub(super) const UNEQUAL: Words =
    words("a claim says what something is, not what it is not", "断言要写明是什么，不能写不是什么");

/// What is said of signs of formulas and of programs.
pub(super) const OTHER_SIGN: Words = words("this sign is written otherwise here", "这个符号在这里有别的写法");

/// What is said of `%.2`.
pub(super) const PER_CENT_FIRST: Words = words(
    "how many decimals are shown is said as in `:.2`, or `:.2%` for per cent",
    "小数位数要写成 `:.2` 这样，百分数要写成 `:.2%` 这样",
);

/// What is said of `X@savings[bank, river]`.
pub(super) const ENDED: Words = words("nothing may follow a claim", "断言后面不能再写别的符号");
pub(super) const OTHER_TEXT: Words =
    words("this row and this column are not of one text", "这里的行和列不属于同一段文本");

/// One way to spell something that is spelled otherwise here.
pub(super) struct Spelling {
    /// A text with this put right; the same text where there is none of it.
    pub(super) here: fn(&str, Surroundings<'_>) -> String,
    /// What is said of it; `None` where the finding says it well.
    pub(super) told: Option<Words>,
    pub(super) how_sure: Sureness,
}

/// Whether a spelling can mean but one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sureness {
    Certain,
    /// It is proposed, and not put in without a question.
    Likely,
}

pub(super) const SPELLINGS: [Spelling; 48] = [
    certain(cells::without_telling, Some(words("this word is too much here", "这个词是多余的"))),
    certain(
        cells::without_unusual_blanks,
        Some(words("an invisible sign stands here", "这里有一个看不见的字符")),
    ),
    certain(
        format::behind_bracket,
        Some(words("how many decimals are shown is said behind the `]`", "显示几位小数，要写在 `]` 的后面")),
    ),
    certain(
        products::name_without_blanks,
        Some(words("there is no space in the name of a matrix", "矩阵的名称里没有空格")),
    ),
    certain(
        relations::number_without_blanks,
        Some(words("there is no space in a number", "数的中间没有空格")),
    ),
    certain(
        cells::without_backslashes,
        Some(words(
            "this `\\` comes from Markdown, and has no meaning here",
            "这里的 `\\` 是 Markdown 带进来的，课程里不写",
        )),
    ),
    certain(
        cells::in_plain_brackets,
        Some(words("this bracket is one of a Chinese keyboard", "这个括号是全角的，要用半角的 `[` 和 `]`")),
    ),
    likely(
        cells::without_brackets,
        Some(words(
            "the row and the column of a cell stand in square brackets",
            "单元格的行和列要写在方括号里",
        )),
    ),
    certain(cells::of_names, None),
    certain(cells::closed_early, Some(words("this `]` should be a comma", "这个 `]` 应当是逗号"))),
    certain(cells::unopened, Some(words("a bracket `[` is missing here", "这里缺少方括号 `[`"))),
    certain(
        cells::alone,
        Some(words(
            "a number or cell stands here, without other signs around it",
            "这里只写数或单元格，前后不加别的符号",
        )),
    ),
    likely(relations::unequal, Some(UNEQUAL)),
    certain(relations::of_signs, Some(OTHER_SIGN)),
    certain(
        relations::tolerance_last,
        Some(words("how far a number may be off is said at the end", "允许的误差要写在最后")),
    ),
    likely(
        relations::one_name,
        Some(words(
            "`argmax` and `argmin` give one name, not several",
            "`argmax` 和 `argmin` 只得到一个名称",
        )),
    ),
    certain(
        relations::of_words,
        Some(words("a claim compares with a sign, not with a word", "断言里的比较要用符号，不用文字")),
    ),
    certain(relations::enclosed, Some(words("a claim stands in no brackets", "整条断言的外面不加圆括号"))),
    likely(
        relations::by_extreme,
        Some(words(
            "which is the largest or smallest is claimed with `argmax` or `argmin`",
            "要断言谁最大或最小，请用 `argmax` 或 `argmin`",
        )),
    ),
    likely(
        relations::without_words,
        Some(words("a claim holds no words besides names", "断言里不写说明的文字")),
    ),
    likely(
        relations::without_remark,
        Some(words(
            "a remark in a claim begins with ` # `, or is left out",
            "断言后面的说明要以 ` # ` 开头，或者不写",
        )),
    ),
    certain(
        calls::absolute,
        Some(words("the size of a number without its sign is written `abs(…)`", "绝对值写作 `abs(…)`")),
    ),
    likely(
        calls::along_axis,
        Some(words(
            "a row or column is named in square brackets, not with `axis`",
            "哪一行或哪一列要写在方括号里，不用 `axis`",
        )),
    ),
    certain(calls::without_brackets, None),
    certain(calls::unclosed, Some(words("a bracket `)` is missing before this", "这里前面缺少圆括号 `)`"))),
    certain(
        calls::in_one_word,
        Some(words(
            "`argmax` and `argmin` are each written in one word",
            "`argmax` 和 `argmin` 中间不能断开",
        )),
    ),
    certain(
        calls::in_square_brackets,
        Some(words("what is computed of something stands in round brackets", "对什么作计算，要写在圆括号里")),
    ),
    certain(calls::other_names, None),
    likely(
        calls::row_beside,
        Some(words("the row stands in square brackets behind its matrix", "行要写在矩阵名称后面的方括号里")),
    ),
    likely(calls::of_a_name, None),
    likely(cells::of_another_text, Some(OTHER_TEXT)),
    likely(
        cells::of_softmax,
        Some(words(
            "softmax is not computed here: its result is a matrix with a name of its own",
            "这里不计算 softmax：它的结果是一个矩阵，有自己的名称",
        )),
    ),
    certain(
        calls::of_names,
        Some(words(
            "`max` and `min` give a number, and this is a name",
            "`max` 和 `min` 得到的是数，而这里是名称",
        )),
    ),
    certain(
        relations::turned,
        Some(words("the name must stand on the right of the sign", "名称要写在比较符号的右边")),
    ),
    certain(
        format::plain_per_cent,
        Some(words("`％` is a wide sign, as Chinese keyboards write it", "`％` 是全角符号，要用半角的 `%`")),
    ),
    certain(
        format::in_words,
        Some(words(
            "how many decimals are shown is not said in words here, but as in `:.2`",
            "花括号里不能用文字说明保留几位小数，要写成 `:.2` 这样",
        )),
    ),
    certain(
        format::of_number,
        Some(words(
            "how many decimals are shown is said as in `:.2`, per cent as in `:%`",
            "小数位数要写成 `:.2` 这样，百分数要写成 `:%` 这样",
        )),
    ),
    likely(format::per_cent_first, Some(PER_CENT_FIRST)),
    likely(
        cells::by_index,
        Some(words("a row and a column stand in square brackets", "行和列要写在方括号里")),
    ),
    certain(relations::shares, None),
    certain(relations::ended, Some(ENDED)),
    certain(cells::pair, Some(words("the matrix is missing here", "这里缺少矩阵的名称"))),
    likely(
        calls::logarithm,
        Some(words(
            "`log` is not known here: `ln(x)` is to the base e, `ln(x) / ln(10)` to the base 10",
            "这里没有 `log`：以 e 为底写 `ln(x)`，以 10 为底写 `ln(x) / ln(10)`",
        )),
    ),
    likely(calls::length, None),
    likely(
        products::score,
        Some(words(
            "the product of a query and a key is a score, which has a matrix of its own",
            "查询与键的点积就是分数，分数有自己的矩阵",
        )),
    ),
    likely(
        products::share_as_tolerance,
        Some(words("how far a number may be off is a number, not a share", "误差要写成数，不写百分数")),
    ),
    likely(
        relations::nearly,
        Some(words("nothing says how far this number may be off", "这里没有写明允许的误差")),
    ),
    likely(
        relations::without_claim,
        Some(words(
            "nothing is claimed in a sentence: qkv writes the number itself",
            "句子里不作断言：数由 qkv 自动填入",
        )),
    ),
];

const fn certain(here: fn(&str, Surroundings<'_>) -> String, told: Option<Words>) -> Spelling {
    Spelling { here, told, how_sure: Sureness::Certain }
}

const fn likely(here: fn(&str, Surroundings<'_>) -> String, told: Option<Words>) -> Spelling {
    Spelling { here, told, how_sure: Sureness::Likely }
}
