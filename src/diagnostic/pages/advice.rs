//! Codes of advice: the lesson can be walked, and could be better.

use super::{Page, page};
use crate::diagnostic::Code;
use crate::language::words;

pub(super) static PAGES: &[Page] = &[
    page(
        Code::CutText,
        words("a text that ends at ` #`", "文字在 ` #` 处被截断"),
        words(
            "What stands after a space and `#` is not read, and shown to nobody. Put a text with `#` in it in quotation marks. Before words that are really only for yourself write two spaces, and one after the sign: `  # for myself`.",
            "空格加 `#` 之后的内容不会被读取，也不会显示。含有 `#` 的文字请加上英文引号。如果那些话确实只给自己看，请在 `#` 前写两个空格、后写一个空格：`  # 给自己看`。",
        ),
        "title: The cell #1\nmatrices:\n  - M: {given: [[1]]}\n",
        "title: \"The cell #1\"\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::LongToken,
        words("a sentence that is one token", "整句话成了一个词元"),
        words(
            "A text is split at spaces. A Chinese sentence has none, so all of it becomes one token, and there is nothing to attend to. Put spaces between the tokens, or write them as a list.",
            "文本按空格切分成词元。中文句子里没有空格，整句话就成了一个词元，也就没有什么可注意的了。请在词元之间加空格，或写成列表。",
        ),
        "title: One token\ntext: 我爱北京天安门\naxes: {d_model: 4, d_k: 2}\nseed: 7\n",
        "title: Four tokens\ntext: 我 爱 北京 天安门\naxes: {d_model: 4, d_k: 2}\nseed: 7\n",
    ),
    page(
        Code::MissingComma,
        words("a list of one item that looks like several", "列表中可能漏写了逗号"),
        words(
            "Items of a list in brackets are separated by commas: `[ball, heavy]`. Without them `[ball heavy]` is a single item with a space in it. If that is meant, put it in quotation marks.",
            "方括号列表的各项要用英文逗号分开：`[ball, heavy]`。没有逗号时，`[ball heavy]` 只是带空格的一项。如果确实只有一项，请加上英文引号。",
        ),
        "title: Features\naxes: {d: [ball heavy]}\nmatrices:\n  - M: {given: [[1]]}\n",
        "title: Features\naxes: {d: [ball, heavy]}\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::LooseExpect,
        words("a claim that could hardly fail", "几乎不会失败的断言"),
        words(
            "A claim proves something only if a wrong number would fail it. This one allows for more than a tenth of its value, or a 0 would meet it as well, or both of its sides are the same, or it says which one is largest where two are. Write a smaller tolerance, half of the last digit that you print, or another claim.",
            "只有当错误的数会使断言失败时，断言才有意义。这一条允许的误差超过了数值的十分之一，或者 0 也能满足它，或者左右两边相同，或者最大的不止一个。请缩小误差范围，一般取所写末位数的一半，或换一条断言。",
        ),
        "title: Claims\nmatrices:\n  - M: {given: [[0.42]]}\nexpect:\n  - M[1, 1] = 0.4 ± 0.1\n",
        "title: Claims\nmatrices:\n  - M: {given: [[0.42]]}\nexpect:\n  - M[1, 1] = 0.42 ± 0.005\n",
    ),
    page(
        Code::TypedNumber,
        words("a typed number that qkv can compute", "手写的数，可由 qkv 计算"),
        words(
            "The text types a number that a cell of the shown matrix holds, or says a number of a cell that holds another one; or a question has a typed number for an answer. When the lesson's numbers change, what is typed will be wrong. Write the cell in braces, and the number is computed: `{M[1, 2]:.2}`, a share in per cent as `{P[1, 2]:%}`; in the answer of a question without braces: `{cell: \"M[1, 2]\"}`.",
            "讲解文字里手写了一个数，而所显示矩阵的某个单元格就是这个数，或者文字里提到的单元格并不是这个数；也可能是问题的答案直接写成了数。课程的数值一改，手写的数就错了。请写成花括号中的单元格，由 qkv 计算：`{M[1, 2]:.2}`；百分数写成 `{P[1, 2]:%}`；问题的答案不用花括号：`{cell: \"M[1, 2]\"}`。",
        ),
        "title: Prose\nmatrices:\n  - M: {given: [[0.42, 0.58]]}\nsteps:\n  - show: M\n    say: The second share is 0.58.\n",
        "title: Prose\nmatrices:\n  - M: {given: [[0.42, 0.58]]}\nsteps:\n  - show: M\n    say: The second share is {M[1, 2]}.\n",
    ),
    page(
        Code::BareCell,
        words("a cell in a sentence without its braces", "句子中的单元格漏写了花括号"),
        words(
            "In braces a cell is shown as its number: `{M[1, 1]}`. Without them the learner reads the name and the brackets as they stand. Write the braces; `qkv check --fix` does.",
            "写在花括号里的单元格会显示为它的数：`{M[1, 1]}`。不写花括号，学习者看到的就是名称和方括号本身。请补上花括号；`qkv check --fix` 可以自动补上。",
        ),
        "title: A cell\nmatrices:\n  - M: {given: [[0.25]]}\nsteps:\n  - show: M\n    say: The share is M[1, 1].\n",
        "title: A cell\nmatrices:\n  - M: {given: [[0.25]]}\nsteps:\n  - show: M\n    say: The share is {M[1, 1]}.\n",
    ),
    page(
        Code::WordlessStep,
        words("a step that says nothing", "没有讲解的步骤"),
        words(
            "The step shows something and says nothing about it. A learner alone with the screen does not know what to look at. Add `say` with one sentence or a question.",
            "这一步显示了内容，却没有讲解。学习者独自面对屏幕时不知道该看什么。请加上 `say`，写一句话或一个问题。",
        ),
        "title: Steps\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n",
        "title: Steps\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n    say: What does this number mean?\n",
    ),
    page(
        Code::UnusedMatrix,
        words("a matrix that nothing uses", "没有用到的矩阵"),
        words(
            "Nothing is computed from this matrix, no step shows it, and no text or claim mentions it. Show it, use it, or remove it.",
            "没有别的矩阵用到它，没有步骤显示它，讲解和断言也没有提到它。请显示它、用到它，或者删去它。",
        ),
        "title: Unused\nmatrices:\n  - M: {given: [[1]]}\n  - N: {given: [[2]]}\nsteps:\n  - show: M\n    say: A number.\n",
        "title: Used\nmatrices:\n  - M: {given: [[1]]}\n  - N: {given: [[2]]}\nsteps:\n  - show: [M, N]\n    say: Two numbers.\n",
    ),
    page(
        Code::DoubledLine,
        words("a line or an item that stands there twice", "重复的一行或一项"),
        words(
            "Two lines of a text, or two items of a list, one below the other, are the same. Editors double a line with one key. Remove one of the two.",
            "一段文字中上下两行，或列表中上下两项，完全相同。在编辑器里按一个键就会复制一行。请删去其中一行。",
        ),
        "title: Lines\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n    say: >-\n      There is one number here.\n      There is one number here.\n",
        "title: Lines\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n    say: >-\n      There is one number here.\n",
    ),
    page(
        Code::LanguagesDiffer,
        words("two languages that say different things", "两种语言的内容不一致"),
        words(
            "Whoever reads a lesson in the other language shall see the same. One language of this text shows a number, or a name such as `t0`, that the other does not show, or another one in its place, or it stops in the middle of a sentence that the other one ends, or lacks a sentence, or the two stand in each other's place. A number may be a word in one language: 3 and three. Write the same numbers in braces in both, with as many decimals, and end both texts.",
            "不论用哪种语言，读者看到的内容应当一样。这段文字的一种语言显示了另一种语言没有的数或 `t0` 这样的名称，或者两处不同，或者一种语言的句子没有写完，或少了一句，或者两种语言写反了。一种语言可以把数写成文字，例如 3 与“三”。请在两种语言中写相同的花括号和相同的小数位数，并把句子写完整。",
        ),
        "title: {en: Two languages, zh: 两种语言}\nmatrices:\n  - M: {given: [[0.25, 0.75]]}\nsteps:\n  - show: M\n    say: {en: \"The shares are {M[1, 1]} and {M[1, 2]}.\", zh: \"份额是 {M[1, 1]}。\"}\n",
        "title: {en: Two languages, zh: 两种语言}\nmatrices:\n  - M: {given: [[0.25, 0.75]]}\nsteps:\n  - show: M\n    say: {en: \"The shares are {M[1, 1]} and {M[1, 2]}.\", zh: \"份额是 {M[1, 1]} 和 {M[1, 2]}。\"}\n",
    ),
    page(
        Code::UntidySign,
        words("a sign that does not belong there", "标点有误"),
        words(
            "A proofreader would mark this sign: it stands there twice, a bracket is never closed, a wide Chinese comma stands in an English sentence or a plain one in a Chinese sentence, or a space is missing after it. Signs of other formats, `**bold**`, `<b>` or `&lt;`, are drawn as they stand; what is emphasised stands between single stars, `*word*`.",
            "校对时会标出这个标点：写了两次，括号没有配对，英文句子里用了全角标点，中文句子里用了半角标点，或后面缺少空格。`**粗体**`、`<b>`、`&lt;` 这类其他格式的写法会原样显示；要强调，请用一对星号：`*词*`。",
        ),
        "title: Signs\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n    say: \"One number，and (perhaps one more.\"\n",
        "title: Signs\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n    say: \"One number, and (perhaps) one more.\"\n",
    ),
    page(
        Code::CrowdedStep,
        words("a step that does not fit on a small screen", "在小屏幕上放不下的步骤"),
        words(
            "Many learners have a terminal of 80×24, and a projector with large letters shows 60×16. On one of them a part of this step is cut off. A step has one idea: say less, show fewer matrices, or make two steps of it. A matrix larger than the screen is no trouble, because the learner can move over it.",
            "很多学习者的终端是 80×24，用大字投影时是 60×16。在其中一种屏幕上，这一步有一部分看不到。一步只讲一件事：请少说一些，少显示几个矩阵，或分成两步。单个矩阵比屏幕大没有关系，学习者可以移动查看。",
        ),
        CROWDED,
        "title: Words\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n    say: One idea at a time.\n",
    ),
    page(
        Code::UnreachableStep,
        words("a step that takes too many key presses", "要按太多次键才能看完的步骤"),
        words(
            "With `reveal` each key press uncovers a row, a column or a cell. Here that takes more than a hundred presses, so that a learner hardly ever comes to the next step. Uncover larger portions, show a smaller matrix, or remove `reveal`.",
            "写了 `reveal` 时，每按一次键显示一行、一列或一个单元格。这里要按一百多次，学习者几乎不会走到下一步。请每次多显示一些，换成小一些的矩阵，或删去 `reveal`。",
        ),
        "title: Cells\nmatrices:\n  - M: {random: {rows: 12, cols: 12, seed: 7}}\nsteps:\n  - show: M\n    reveal: cells\n    say: Cell by cell.\n",
        "title: Rows\nmatrices:\n  - M: {random: {rows: 12, cols: 12, seed: 7}}\nsteps:\n  - show: M\n    reveal: rows\n    say: Row by row.\n",
    ),
    page(
        Code::UnevenSum,
        words("printed arithmetic that does not add up", "照显示的数算不对的算式"),
        words(
            "The learner sees rounded numbers and will do the sum. `0.33 + 0.33 + 0.33 = 1` is not so as it is printed. Show more decimals, `{M[1, 1]:.4}`, choose numbers that come out even, or write `≈`.",
            "学习者看到的是四舍五入后的数，并且会自己验算。照显示的数，`0.33 + 0.33 + 0.33 = 1` 并不成立。请多显示几位小数，如 `{M[1, 1]:.4}`，换成能算得尽的数，或写成 `≈`。",
        ),
        "title: Sums\nmatrices:\n  - M: {given: [[1/3, 2/3]]}\nsteps:\n  - show: M\n    say: Twice the first is the second, {M[1, 1]:.1} + {M[1, 1]:.1} = {M[1, 2]:.1}.\n",
        "title: Sums\nmatrices:\n  - M: {given: [[1/4, 3/4]]}\nsteps:\n  - show: M\n    say: The shares add up, {M[1, 1]:.2} + {M[1, 2]:.2} = 1.\n",
    ),
];

/// A step that says too much.
const CROWDED: &str = "title: Words
matrices:
  - M: {given: [[1]]}
steps:
  - show: M
    say: >-
      This step says everything at once: what the number is, where it comes from, what will be done with it later,
      who has thought of it first, what is wrong in other books, and what the class should write down at home.
      Nobody reads so much beside a picture. The first sentences are forgotten before the last ones are reached,
      and the teacher who projects them has to read them aloud. A step of a lesson is no page of a book, and what
      is worth saying is worth a step of its own, with a picture of its own, and a question before the answer.
      There is always room for one more step: a learner goes on with one key, and goes back with another one.
      Whoever cuts a long text into three steps finds that one of them was not needed, and that the second
      should have been the first. So does the learner, who now has the time to look at the number meanwhile.
      And still this text goes on, to be sure that it is too long for the smallest of all the usual screens.
";
