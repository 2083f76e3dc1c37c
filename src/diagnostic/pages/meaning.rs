//! Codes about what a lesson says.

use super::{Page, page};
use crate::diagnostic::Code;
use crate::language::words;

pub(super) static PAGES: &[Page] = &[
    page(
        Code::FormatVersion,
        words("a format that this qkv does not read", "无法读取的格式版本"),
        words(
            "`qkv: 1` at the top says in which version of the format a lesson is written; it may be left out. A higher number needs a newer qkv.",
            "开头的 `qkv: 1` 表示课程所用的格式版本，可以不写。更大的版本号需要更新的 qkv。",
        ),
        "qkv: 99\ntitle: One number\nmatrices:\n  - M: {given: [[1]]}\n",
        "qkv: 1\ntitle: One number\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::UnknownField,
        words("a name before a colon that a lesson does not know", "冒号前的名字不对"),
        words(
            "What may stand before a colon is fixed: a lesson has `title`, `text`, `axes`, `matrices`, `steps` and a few more. The report says which one was probably meant; `qkv check --fix` corrects it. `qkv help format` lists them all.",
            "冒号前的名字是固定的：课程有 `title`、`text`、`axes`、`matrices`、`steps` 等。报告会给出你可能想写的那个；`qkv check --fix` 可以自动改正。全部名字见 `qkv help format`。",
        ),
        "titel: One number\nmatrices:\n  - M: {given: [[1]]}\n",
        "title: One number\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::MissingField,
        words("something that must be there", "缺少必需的内容"),
        words(
            "Some things cannot be left out: every lesson has a `title`, an attention head has something to look at. The report names what is missing and says what to write.",
            "有些内容不能省略：每节课都要有 `title`，注意力头要写明数据来自哪里。报告会指出缺少什么、应当怎么写。",
        ),
        "matrices:\n  - M: {given: [[1]]}\n",
        "title: One number\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::WrongKind,
        words("a list where a text belongs, and the like", "内容的形式不对"),
        words(
            "Something is there, but not of the form that is needed: a list is written `[a, b]` or with one `- ` per line, names with values `{name: value}` or `name: value` per line. Items of `matrices` and `steps` begin with `- `.",
            "写了内容，但形式不对：列表写成 `[a, b]`，或每行一个 `- ` 项；名字和值写成 `{名字: 值}`，或每行一个 `名字: 值`。`matrices` 和 `steps` 的每一项都以 `- ` 开头。",
        ),
        "title: One number\nmatrices:\n  M: {given: [[1]]}\n",
        "title: One number\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::ConflictingFields,
        words("two things that exclude each other", "互相冲突的写法"),
        words(
            "The same thing is said in two ways, or one line makes the other useless. Keep the one that you mean.",
            "同一件事用两种写法写了两遍，或者其中一个使另一个失去作用。请保留你想要的那一个。",
        ),
        "title: Two ways\nmatrices:\n  - M: {given: [[1]], identity: d}\n",
        "title: One way\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::MissingLanguage,
        words("a text in only one language", "只有一种语言的文字"),
        words(
            "A text may be one for both languages, or `{en: …, zh: …}`. With only one of the two, learners of the other see it marked as untranslated. Add the other. In a lesson of both languages a text that is written once, or is the same sentence twice, lacks a language as well; names and formulas need none.",
            "文字可以两种语言共用一段，也可以写成 `{en: …, zh: …}`。只写一种时，另一种语言的学习者会看到带标记的原文。请补上另一种语言。如果一节课有两种语言，只写一遍的文字，或两种语言写成同一句话的文字，也算缺少一种语言；名称和公式不算。",
        ),
        "title: {en: One number}\nmatrices:\n  - M: {given: [[1]]}\n",
        "title: {en: One number, zh: 一个数}\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::BadNumber,
        words("something that should be a number", "应当是数"),
        words(
            "A number is written with a decimal point, 3.5, or as arithmetic such as 1/3 or sqrt(2); numbers of a row are separated by commas. Common slips are the letter O for the digit 0, and `3,5` for 3.5.",
            "数要用小数点写成 3.5，也可以写 1/3、sqrt(2) 这样的算式；一行中的各个数用英文逗号分开。常见的笔误：把数字 0 写成字母 O，把 3.5 写成 `3,5`。",
        ),
        "title: Numbers\nmatrices:\n  - M: {given: [[1, O]]}\n",
        "title: Numbers\nmatrices:\n  - M: {given: [[1, 0]]}\n",
    ),
    page(
        Code::NotFinite,
        words("an infinite number, or none at all", "无穷大或无意义的数"),
        words(
            "Lessons compute with ordinary numbers. Division by zero, the logarithm of 0 and numbers such as 1e999 give none. The −∞ of a mask is put by `mask`, never typed.",
            "课程只用普通的数来计算。除以 0、对 0 取对数、1e999 这样的数都不行。掩码中的 −∞ 由 `mask` 放置，不用自己写。",
        ),
        "title: Numbers\nmatrices:\n  - M: {given: [[1/0]]}\n",
        "title: Numbers\nmatrices:\n  - M: {given: [[1/2]]}\n",
    ),
    page(
        Code::RaggedRows,
        words("rows of different lengths", "各行长度不一"),
        words(
            "Every row of a matrix has as many numbers as the others. Look for a missing or doubled comma, or a number such as `3,5` that is read as two.",
            "矩阵的每一行都要有同样多的数。请检查有没有漏写或多写的逗号，或者像 `3,5` 这样被读成两个数的写法。",
        ),
        "title: Rows\nmatrices:\n  - M: {given: [[1, 2], [3]]}\n",
        "title: Rows\nmatrices:\n  - M: {given: [[1, 2], [3, 4]]}\n",
    ),
    page(
        Code::BadName,
        words("a name that cannot be one", "不能用作名称"),
        words(
            "Names of matrices, axes and texts consist of letters (Chinese ones too), digits and `_`, and do not begin with a digit: `W_Q`, `d_model`, `第一句`. Dots are kept for parts, as in `head.Q`.",
            "矩阵、轴和文本的名称由汉字、字母、数字和 `_` 组成，不能以数字开头：`W_Q`、`d_model`、`第一句`。点号留给组成部分，例如 `head.Q`。",
        ),
        "title: Names\nmatrices:\n  - my matrix: {given: [[1]]}\n",
        "title: Names\nmatrices:\n  - my_matrix: {given: [[1]]}\n",
    ),
    page(
        Code::DuplicateName,
        words("two things with one name", "名称重复"),
        words(
            "Matrices, axes and texts share one set of names, because references and claims use them all. Give each its own.",
            "矩阵、轴和文本的名称不能相同，因为引用和断言都要靠名称来区分。请各取不同的名字。",
        ),
        "title: Names\nmatrices:\n  - M: {given: [[1]]}\n  - M: {given: [[2]]}\n",
        "title: Names\nmatrices:\n  - M: {given: [[1]]}\n  - N: {given: [[2]]}\n",
    ),
    page(
        Code::UnknownName,
        words("a name that nothing has", "没有这个名称"),
        words(
            "A matrix, text or axis is named that the lesson does not define; upper and lower case count. A head is several matrices: write one of them, `head.pattern` or `head.Z`.",
            "提到了课程中没有定义的矩阵、文本或轴；注意区分大小写。注意力头由几个矩阵组成，请写其中一个，例如 `head.pattern` 或 `head.Z`。",
        ),
        "title: Names\nmatrices:\n  - M: {given: [[1]]}\n  - P: {softmax: m2}\n",
        "title: Names\nmatrices:\n  - M: {given: [[1]]}\n  - P: {softmax: M}\n",
    ),
    page(
        Code::UsedBeforeDefinition,
        words("used above the place where it is made", "在定义之前使用"),
        words(
            "Matrices are computed from top to bottom, so each stands below those that it is made of. Move that item up.",
            "矩阵从上到下依次计算，所以每个矩阵都要写在它所用到的矩阵之后。请把定义移到前面。",
        ),
        "title: Order\nmatrices:\n  - P: {softmax: M}\n  - M: {given: [[1]]}\n",
        "title: Order\nmatrices:\n  - M: {given: [[1]]}\n  - P: {softmax: M}\n",
    ),
    page(
        Code::UnknownLabel,
        words("a token or feature that is not there", "没有这个词元或特征"),
        words(
            "Rows and columns are called by the tokens and features of their axes. The report lists those that exist. Tokens of a sentence are separated by spaces: write `我 爱 北京`, not `我爱北京`.",
            "行和列用所在轴的词元或特征来称呼，报告会列出现有的名称。句子中的词元要用空格分开：写 `我 爱 北京`，不要写 `我爱北京`。",
        ),
        "title: Tokens\naxes: {d: 1}\ntext: 我爱北京\nvocabulary: {axis: d, tokens: {我: [1], 爱: [2], 北京: [3]}}\nmatrices:\n  - X: {embed: main}\n",
        "title: Tokens\naxes: {d: 1}\ntext: 我 爱 北京\nvocabulary: {axis: d, tokens: {我: [1], 爱: [2], 北京: [3]}}\nmatrices:\n  - X: {embed: main}\n",
    ),
    page(
        Code::OutOfRange,
        words("a row or column beyond the matrix", "超出矩阵的范围"),
        words(
            "Rows and columns are counted from 1, and the matrix has fewer. A cell is named [row, column]; in scores and patterns that is [query, key].",
            "行和列从 1 数起，而矩阵没有这么多行或列。单元格写成 [行, 列]；在分数和注意力模式中是 [查询, 键]。",
        ),
        "title: Cells\nmatrices:\n  - M: {given: [[1, 2]]}\nexpect:\n  - M[2, 1] = 2\n",
        "title: Cells\nmatrices:\n  - M: {given: [[1, 2]]}\nexpect:\n  - M[1, 2] = 2\n",
    ),
    page(
        Code::ShapeMismatch,
        words("matrices that do not fit together", "矩阵的形状不匹配"),
        words(
            "In a product the columns of the first matrix are the rows of the second; in a sum both axes agree. Tokens are rows inside qkv. If your numbers are written with tokens or outputs as columns, say `layout: columns` where they are given.",
            "相乘时，前一个矩阵的列必须是后一个矩阵的行；相加时两个轴都要相同。qkv 内部以词元为行。如果你的数是按列写词元或输出的，请在给定处写 `layout: columns`。",
        ),
        "title: Shapes\nmatrices:\n  - A: {given: [[1, 2]]}\n  - B: {given: [[3, 4]]}\n  - C: {product: [A, B]}\n",
        "title: Shapes\nmatrices:\n  - A: {given: [[1, 2]]}\n  - B: {given: [[3], [4]]}\n  - C: {product: [A, B]}\n",
    ),
    page(
        Code::BadExpression,
        words("a cell or claim that cannot be read", "无法读懂的单元格或断言"),
        words(
            "A cell is written `NAME[ROW, COLUMN]`, a claim `X[1, 2] = 0.42 ± 0.005`, or with <, >, <= or >=. Numbers can be computed with + - * / ( ), sqrt, sum, max and a few more. In prose they stand in braces.",
            "单元格写成 `名称[行, 列]`，断言写成 `X[1, 2] = 0.42 ± 0.005`，也可以用 <、>、<=、>=。可以用 + - * / ( )、sqrt、sum、max 等来计算。在讲解文字中要写在花括号里。",
        ),
        "title: Claims\nmatrices:\n  - M: {given: [[1, 2]]}\nexpect:\n  - M[1, 2] ≈ 2\n",
        "title: Claims\nmatrices:\n  - M: {given: [[1, 2]]}\nexpect:\n  - M[1, 2] = 2 ± 0.1\n",
    ),
    page(
        Code::ExpectFailed,
        words("a claim that the numbers refute", "断言与数值不符"),
        words(
            "`expect` holds claims about the lesson's numbers, and this one is not true of them. The report says what the number really is. Correct the claim, or the numbers; for a rounded number allow half of its last digit: `= 0.42 ± 0.005`.",
            "`expect` 中是关于课程数值的断言，而这一条与实际数值不符。报告会给出真正的数。请改正断言或数值；如果写的是四舍五入后的数，请留出末位一半的余地：`= 0.42 ± 0.005`。",
        ),
        "title: Claims\nmatrices:\n  - M: {given: [[1, 2]]}\nexpect:\n  - sum(M) = 4\n",
        "title: Claims\nmatrices:\n  - M: {given: [[1, 2]]}\nexpect:\n  - sum(M) = 3\n",
    ),
    page(
        Code::NoAnswer,
        words("a question without an answer", "没有答案的问题"),
        words(
            "No answer, or more than one, would be right: two equal numbers are to be put in order, the largest number of a row occurs twice, none of the options is right, or what is asked for is no number. Ask about other cells, or correct the options.",
            "没有正确的答案，或者答案不止一个：要排序的两个数相等，一行中最大的数出现了两次，选项中没有一项是对的，或者所问的不是一个数。请换别的单元格来问，或改正选项。",
        ),
        "title: Order\nmatrices:\n  - M: {given: [[1, 2, 1]]}\nsteps:\n  - question: {answer: {order: {items: [\"M[1, 1]\", \"M[1, 2]\", \"M[1, 3]\"]}}}\n",
        "title: Order\nmatrices:\n  - M: {given: [[1, 2, 3]]}\nsteps:\n  - question: {answer: {order: {items: [\"M[1, 1]\", \"M[1, 2]\", \"M[1, 3]\"]}}}\n",
    ),
    page(
        Code::AnswerShown,
        words("a question that answers itself", "问题自己说出了答案"),
        words(
            "The step that asks shows what is asked for: its number, or one from which it can be worked back, stands in `say`, `ask` or `hint`, the matrix whose shape is asked for is drawn, or the items stand in the right order already. Cells that are asked for are covered by themselves. Say it in `explain`, which comes after the answer.",
            "提问的这一步已经显示了答案：`say`、`ask` 或 `hint` 中写出了这个数或可以推出它的数，画出了所问形状的矩阵，或者各项已经按正确的顺序排好。所问的单元格会自动遮住。请在 `explain` 中说明，它在作答之后显示。",
        ),
        "title: Sums\nmatrices:\n  - M: {given: [[1, 2]]}\nsteps:\n  - show: M\n    say: \"It is {M[1, 2]}.\"\n    question: {answer: {cell: \"M[1, 2]\"}}\n",
        "title: Sums\nmatrices:\n  - M: {given: [[1, 2]]}\nsteps:\n  - show: M\n    question: {answer: {cell: \"M[1, 2]\"}, explain: \"It is {M[1, 2]}.\"}\n",
    ),
    page(
        Code::PublishedDiffers,
        words("a published number that differs", "与原文不同的数"),
        words(
            "`published` says what a source has printed, and the lesson computes something else. Rounding is allowed for: to the decimals that are written. Correct the number, or tell the learner in `because` why it was printed otherwise; then both numbers are shown.",
            "`published` 写的是出处中给出的数，而课程算出的数与它不同（按所写的小数位数允许四舍五入）。请改正这个数，或用 `because` 告诉学习者为何不同，这样两个数都会显示。",
        ),
        "title: Shares\nsource: A book of mine\nmatrices:\n  - S: {given: [[0, 1]]}\n  - P: {softmax: S}\nsteps:\n  - {show: P, say: Shares., published: {of: \"P[1, 2]\", value: 0.75}}\n",
        "title: Shares\nsource: A book of mine\nmatrices:\n  - S: {given: [[0, 1]]}\n  - P: {softmax: S}\nsteps:\n  - {show: P, say: Shares., published: {of: \"P[1, 2]\", value: 0.73}}\n",
    ),
    page(
        Code::BadFile,
        words("a file beside the lesson", "课程旁边的文件"),
        words(
            "A lesson may include parts and load tables of numbers from files in its own folder and the folders below. This file is not there, leads out of the folder, includes itself, is too large, or is neither CSV nor NPY as it should be. The path is written with `/` and starts at the file that names it.",
            "课程可以引入自己所在文件夹（及其下级文件夹）中的文件，也可以从中读取数表。这个文件不存在、超出了文件夹、包含了它自己、太大，或者不是所要的 CSV 或 NPY 文件。路径用 `/` 分隔，从写出它的文件算起。",
        ),
        "title: Words\ninclude: ../words.yaml\ntext: a b\n",
        "title: Words\ntext: a b\n",
    ),
    page(
        Code::Empty,
        words("nothing where something is needed", "这里不能是空的"),
        words(
            "A name without a value, an empty list, a step with nothing in it. Fill it, or remove it. If the value stands in the next lines, indent these further than the name.",
            "有名字却没有值，列表是空的，或者步骤里什么都没有。请补上内容，或者删去。如果值写在下面几行，请让它们比名字缩进得更多。",
        ),
        "title: Nothing\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n",
        "title: Something\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n    say: One number.\n",
    ),
    page(
        Code::Questionable,
        words("something that hardly anyone means", "可能不是想要的结果"),
        words(
            "It can be computed, but it rarely makes sense: a causal mask compares the position of a query with that of a key, and between two different texts these positions have nothing to do with each other. Or a sentence tells a number that is covered until the question of the step is answered, and until then has dots in its place, or it names what is asked for. Or a question asks for a cell that the mask hides, while its step lights the one with row and column exchanged; or a share is written with so few decimals that it reads as 0 or 1. Or an arrow ends where it begins, a kernel is for a distance that no two positions have, a text writes on from its padding, published numbers are of a matrix that the step does not show, or a reason is given for a difference that there is not.",
            "可以计算，但通常没有意义：因果掩码比较的是查询和键的位置，而两段不同文本中的位置没有可比性。又如讲解里写了一个在作答之前被遮住的数，那里在作答之前只有圆点；或者讲解直接说出了所问的名称。又如问题问的单元格被掩码遮住，而这一步高亮的是行列对调后的那一格；或者份额的小数位数太少，显示成了 0 或 1。还有：箭头的终点就是起点，卷积核中没有任何两个位置相隔那么远的距离，从填充处续写文本，`published` 写的是这一步没有显示的矩阵，以及并无差异却写了原因。",
        ),
        "title: Two texts\naxes: {d_k: 1}\ntexts: {en: a cat, zh: 猫 来 了}\nmatrices:\n  - Q: {given: {rows: en, cols: d_k, values: [[1], [2]]}}\n  - K: {given: {rows: zh, cols: d_k, values: [[1], [2], [3]]}}\n  - head: {attention: {Q: Q, K: K, mask: causal}}\n",
        "title: Two texts\naxes: {d_k: 1}\ntexts: {en: a cat, zh: 猫 来 了}\nmatrices:\n  - Q: {given: {rows: en, cols: d_k, values: [[1], [2]]}}\n  - K: {given: {rows: zh, cols: d_k, values: [[1], [2], [3]]}}\n  - head: {attention: {Q: Q, K: K}}\n",
    ),
];
