//! Codes about how a file is written.

use super::{Page, page};
use crate::diagnostic::Code;
use crate::language::words;

pub(super) static PAGES: &[Page] = &[
    Page {
        code: Code::NotUtf8,
        title: words("the file is not text in UTF-8", "文件不是 UTF-8 编码"),
        meaning: words(
            "A lesson is a text file in the encoding UTF-8. Some editors on Windows save Chinese text as GBK or UTF-16. Open the file in the editor that wrote it, and save it again with the encoding UTF-8.",
            "课程文件要用 UTF-8 编码保存。Windows 上的一些编辑器会把中文存成 GBK 或 UTF-16。请用原来的编辑器打开文件，选择 UTF-8 编码重新保存。",
        ),
        wrong: b"title: \xb1\xea\xcc\xe2\nmatrices:\n  - M: {given: [[1]]}\n",
        right: "title: 标题\nmatrices:\n  - M: {given: [[1]]}\n",
    },
    page(
        Code::YamlSyntax,
        words(
            "a sign is missing or misplaced, so that the file cannot be read",
            "缺少符号或符号写错了位置，文件读不下去",
        ),
        words(
            "A lesson is written in YAML: `name: value` on each line, with a space after the colon; what belongs to a name is indented two spaces further; items of a list begin with `- `. A text with `: `, ` #`, or a bracket, `@`, `%`, `!`, `*` or `&` at its beginning needs quotation marks.",
            "课程文件用 YAML 写成：每行一个 `名字: 值`，冒号后面有空格；属于某个名字的内容再缩进两个空格；列表的每一项以 `- ` 开头。文字中有 `: `、` #`，或以括号、`@`、`%`、`!`、`*`、`&` 开头时，要加上英文引号。",
        ),
        "title: Attention: a first look\nmatrices:\n  - M: {given: [[1]]}\n",
        "title: \"Attention: a first look\"\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::TabIndent,
        words("a tab instead of spaces", "用 Tab 键缩进"),
        words(
            "Lines are moved in with spaces only; two for each level is usual. Most editors can insert spaces when you press Tab; `qkv check --fix` replaces the tabs of a file.",
            "缩进只能用空格，通常每一级两个空格。大多数编辑器可以设置为按 Tab 键时输入空格；`qkv check --fix` 可以替换文件中的 Tab。",
        ),
        "title: One number\nmatrices:\n\t- M: {given: [[1]]}\n",
        "title: One number\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::UnusualSpace,
        words("a space that is not the space bar's", "特殊的空格"),
        words(
            "A wide space of a Chinese keyboard, or a no-break space copied from a web page, looks like a plain space and is none. Delete it and press the space bar; `qkv check --fix` does it for you. Inside a text such spaces are fine.",
            "中文输入法的全角空格，或从网页复制来的不换行空格，看起来像空格，其实不是。请删去它，再按空格键；`qkv check --fix` 可以自动替换。文字内容里可以使用这些空格。",
        ),
        "title: One number\nmatrices:\n　- M: {given: [[1]]}\n",
        "title: One number\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::FullwidthPunctuation,
        words("a wide (fullwidth) sign, letter or digit", "全角的标点、字母或数字"),
        words(
            "Names, numbers, commas, colons, brackets and quotation marks of the file itself are written with plain signs: `: , [ ] { } \"`. Chinese keyboards write wide ones, which look alike: set the keyboard to English for them. Inside a Chinese text wide punctuation is right. `qkv check --fix` replaces them.",
            "课程文件里的名字、数字，以及逗号、冒号、括号、引号，都要用半角：`: , [ ] { } \"`，请切换到英文输入法再输入。中文文字内容里当然可以用全角标点。`qkv check --fix` 可以自动替换。",
        ),
        "title：一个数\nmatrices:\n  - M: {given: [[1，2]]}\n",
        "title: 一个数\nmatrices:\n  - M: {given: [[1, 2]]}\n",
    ),
    page(
        Code::EatenBackslash,
        words("a backslash that gets lost", "丢失的反斜杠"),
        words(
            "In double quotation marks a backslash begins a special sign: `\"\\t\"` is a tab, so `\"\\times\"` becomes a tab and `imes`. qkv shows no TeX: write the sign itself, such as × or √. Where a backslash is really wanted, write it twice.",
            "在英文双引号中，反斜杠有特殊含义：`\"\\t\"` 是制表符，所以 `\"\\times\"` 会变成一个制表符加 `imes`。qkv 不排版 TeX：请直接写 ×、√ 等符号。确实需要反斜杠时，请写两个。",
        ),
        "title: \"3 \\times 4\"\nmatrices:\n  - M: {given: [[1]]}\n",
        "title: \"3 × 4\"\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::DuplicateKey,
        words("the same name twice", "同一个名字写了两次"),
        words(
            "A name can stand only once among its neighbours; the second would silently win or lose. Keep one of them. Among steps and matrices it often means that the `- ` is missing with which the next item begins.",
            "同一级中每个名字只能写一次。请只保留一个。在步骤或矩阵中，这往往是因为下一项前面漏写了 `- `。",
        ),
        "title: One number\ntitle: Two numbers\nmatrices:\n  - M: {given: [[1]]}\n",
        "title: One number\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::TooLarge,
        words("larger than a lesson may be", "超出课程的上限"),
        words(
            "A lesson is shown number by number, so it is small: axes have at most 4096 tokens or features, and all matrices together 4 million numbers. Use fewer tokens or features; an example of four tokens teaches as much.",
            "课程会逐个显示每个数，所以不宜太大：每个轴最多 4096 项，所有矩阵合计最多 400 万个数。请减少词元或特征；四个词元的例子就足以讲清楚。",
        ),
        "title: Too wide\naxes: {d_model: 100000}\nmatrices:\n  - M: {given: [[1]]}\n",
        "title: Small\naxes: {d_model: 4}\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
    page(
        Code::UnsupportedYaml,
        words("a sign that has another meaning at the beginning of a text", "文字开头的符号另有含义"),
        words(
            "At the beginning of a text `&`, `*` and `!` have a meaning of their own, for which lessons have no use. A text that begins with an emphasised `*word*` is the everyday case. Put such a text in quotation marks. A file holds one lesson, so `---` may stand at its beginning only.",
            "文字开头的 `&`、`*`、`!` 另有含义，课程文件用不到。最常见的情形是：文字以强调的 `*词*` 开头。请给这样的文字加上英文引号。一个文件只能写一课，`---` 只能出现在开头。",
        ),
        "title: One number\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n    say: *M* holds one number.\n",
        "title: One number\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n    say: \"*M* holds one number.\"\n",
    ),
    page(
        Code::ControlCharacter,
        words("an invisible control character", "看不见的控制字符"),
        words(
            "Characters that cannot be seen, but change colours, the direction of writing or the cursor, are not allowed in a lesson. They come along with copied text. Delete them; `qkv check --fix` does.",
            "课程中不允许出现看不见、却会改变颜色、书写方向或光标位置的字符。它们常常随复制的文字一起带进来。请删去；`qkv check --fix` 可以自动删除。",
        ),
        "title: One\u{202e} number\nmatrices:\n  - M: {given: [[1]]}\n",
        "title: One number\nmatrices:\n  - M: {given: [[1]]}\n",
    ),
];
