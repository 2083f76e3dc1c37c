//! What is said of commands and of what they take, in both languages: the one table of it.

use crate::language::{Words, words};

/// What is said of a command.
pub(super) struct About {
    /// Its name; that of the program stands for what there is without a command.
    pub(super) command: &'static str,
    /// What it does, in one line.
    pub(super) does: Words,
    /// More about it, for `--help`.
    pub(super) more: Option<Words>,
    /// Calls, with what each does.
    pub(super) examples: Option<Words>,
}

const fn about(command: &'static str, does: Words) -> About {
    About { command, does, more: None, examples: None }
}

/// Every command in the order in which they are listed, after the program itself.
pub(super) const COMMANDS: [About; 13] = [
    About {
        more: Some(words(
            "Without a command, the menu of lessons opens: the built-in ones, and those of the files and folders named.",
            "不写命令时打开课程菜单：内置的课程，以及所列文件和文件夹中的课程。",
        )),
        examples: Some(words(
            "Examples:
  qkv                           open the menu of lessons
  qkv play 05                   walk lesson 05
  qkv play 05 --step 7 --lang zh
  qkv help tutorial             write a lesson of your own, step by step
  qkv check my-lesson.yaml      find everything that is wrong in a lesson
  qkv values 05 head.pattern --format csv
  qkv count gpt-3               count parameters, of a known model or of a lesson
  qkv print 05 | less           read the whole walk as text
  qkv print 05 --step 7-9       or some of its steps",
            "例子：
  qkv                           打开课程菜单
  qkv play 05                   学习第 05 课
  qkv play 05 --step 7 --lang zh
  qkv help tutorial             一步一步写出自己的课程
  qkv check my-lesson.yaml      找出课程中的全部错误
  qkv values 05 head.pattern --format csv
  qkv count gpt-3               统计参数个数，已知模型或课程都可以
  qkv print 05 | less           以文本形式阅读整节课
  qkv print 05 --step 7-9       只读其中几步",
        )),
        ..about(
            "qkv",
            words(
                "Step through the attention mechanism of the Transformer, number by number",
                "逐个数地走一遍 Transformer 的注意力机制",
            ),
        )
    },
    About {
        more: Some(words(
            "A file of your own is shown anew, at the same step, whenever you save it; saved with mistakes, the last good version stays and the report stands beside it. One that is not right yet shows its report until it is.",
            "自己的课程文件每次保存后都会重新显示，并停在同一步；如果保存的内容有错，就保留上一次正确的版本，并在旁边显示检查结果。文件还不正确时，先显示检查结果，改好后自动开始。",
        )),
        ..about("play", words("Walk a lesson", "学习一节课"))
    },
    about("list", words("List the lessons", "列出课程")),
    about("print", words("Write a whole walk as plain text", "把整节课写成纯文本")),
    About {
        more: Some(words(
            "The file is never one that is there already. Its comments are in your language, its texts in both; beside it comes lesson.schema.json, with which an editor that knows YAML completes, explains and checks it while you type.",
            "不会覆盖已有的文件。文件中的注释使用你的语言，课文为中英两种语言；旁边还会写出 lesson.schema.json，支持 YAML 的编辑器可以用它在输入时补全、说明和检查。",
        )),
        examples: Some(words(
            "Examples:
  qkv new                                 my-lesson.yaml: one head, its features by name
  qkv new pets.yaml --template texts
  qkv new multi-head                      multi-head.yaml, from the template of that name
  qkv new creature.yaml --stage 3         a stage of the tutorial
  qkv new - --template small              to standard output",
            "例子：
  qkv new                                 my-lesson.yaml：一个头，特征都有名称
  qkv new pets.yaml --template texts
  qkv new multi-head                      multi-head.yaml，使用同名的模板
  qkv new creature.yaml --stage 3         教程中的一个阶段
  qkv new - --template small              写到标准输出",
        )),
        ..about("new", words("Write a lesson to begin with", "写出一节完整的课，作为修改的起点"))
    },
    About {
        more: Some(words(
            "The exit code is 0 if every lesson is right, 1 for errors, missing translations and what is questionable, and 2 for a file that cannot be read. All other warnings are advice, and do not count.",
            "所有课程都正确时退出码为 0；有错误、缺少译文或有可疑之处（`questionable`）时为 1；文件无法读取时为 2。其余警告只是建议，不影响退出码。",
        )),
        examples: Some(words(
            "Examples:
  qkv check my-lesson.yaml
  qkv check lessons/              every lesson in a folder
  qkv check --fix my-lesson.yaml  put wide signs, tabs, misspelt fields and the like right
  qkv check - < my-lesson.yaml
  qkv help writing                what makes a lesson good
  qkv explain fullwidth-punctuation   what a finding means",
            "例子：
  qkv check my-lesson.yaml
  qkv check lessons/              一个文件夹中的全部课程
  qkv check --fix my-lesson.yaml  改正全角符号、制表符、拼错的字段等
  qkv check - < my-lesson.yaml
  qkv help writing                怎样的课程是好课程
  qkv explain fullwidth-punctuation   一种检查结果的含义",
        )),
        ..about("check", words("Find everything that is wrong in lesson files", "找出课程文件中的全部错误"))
    },
    about(
        "explain",
        words(
            "Explain a finding of `qkv check`: what it means, a wrong example and a right one",
            "解释 `qkv check` 的一种检查结果：它的含义、错误的例子和正确的例子",
        ),
    ),
    About {
        examples: Some(words(
            "Examples:
  qkv help tutorial          your first lesson, step by step
  qkv help tutorial 3        its third stage
  qkv help writing           how to write a good lesson
  qkv help format            what can stand in a lesson file
  qkv help format softmax    one field, or one way to make a matrix
  qkv help format all | less
  qkv help check             what a command takes",
            "例子：
  qkv help tutorial          一步一步写出第一课
  qkv help tutorial 3        教程的第三个阶段
  qkv help writing           怎样写好一节课
  qkv help format            课程文件里可以写什么
  qkv help format softmax    一个字段，或生成矩阵的一种方法
  qkv help format all | less
  qkv help check             一个命令的用法",
        )),
        ..about(
            "help",
            words(
                "Read about a command, or in the book: the tutorial, how to write a good lesson, every field of the lesson file",
                "阅读命令的说明，或阅读手册：教程、怎样写好一节课、课程文件的每个字段",
            ),
        )
    },
    About {
        more: Some(words(
            "A matrix of a lesson counts if it is written down, loaded, random or the identity, and stands where weights stand: in a product, as a bias or gain, as a kernel, as the vocabulary that tokens are looked up in, or as a table of learned positions. Any other matrix over the positions of a text does not count. A matrix counts once in all, and in every head or block that uses it; a head counts only its own columns and rows of matrices for all heads.",
            "课程中的矩阵，凡是直接写出、从文件读入、随机生成的，或单位矩阵，只要处在权重的位置（乘积中的一项、偏置或增益、卷积核、供词元查找的词汇表、可学习的位置表），就计入参数；其余按文本的位置排列的矩阵不计。一个矩阵在总数中只计一次，但在每个用到它的头或块中各计一次；各头共用的矩阵，一个头只计属于自己的列和行。",
        )),
        ..about("count", words("Count parameters, matrix by matrix", "逐个矩阵统计参数个数"))
    },
    About {
        more: Some(words(
            "The exit code is 0 if every file could be laid out, 1 if one is broken or, with --check or --diff, would change, and 2 for a file that cannot be read or written. A broken file is reported and left alone.",
            "所有文件都整理好时退出码为 0；有文件写错，或使用 --check、--diff 时有文件需要改动，退出码为 1；文件无法读写时为 2。写错的文件会报告出来，不作改动。",
        )),
        examples: Some(words(
            "Examples:
  qkv fmt my-lesson.yaml
  qkv fmt lessons/               every lesson in a folder
  qkv fmt --diff my-lesson.yaml  show what would change
  qkv fmt --check lessons/       for builds: fail if something would change
  qkv fmt - < my-lesson.yaml     as a filter, for editors",
            "例子：
  qkv fmt my-lesson.yaml
  qkv fmt lessons/               一个文件夹中的全部课程
  qkv fmt --diff my-lesson.yaml  显示会改动什么
  qkv fmt --check lessons/       用于自动检查：有需要改动的就失败
  qkv fmt - < my-lesson.yaml     供编辑器调用",
        )),
        ..about(
            "fmt",
            words(
                "Lay lesson files out: the columns of matrices stand under each other, and nothing else changes",
                "整理课程文件：把矩阵的各列对齐，其他内容不变",
            ),
        )
    },
    about(
        "values",
        words(
            "Write matrices with their labels at full precision, for scripts",
            "以完整精度写出矩阵及其标签，供脚本使用",
        ),
    ),
    About {
        more: Some(words(
            "It draws a few signs and asks the terminal how wide they are; a terminal that does not answer is waited for one second. A line that begins with ! needs something done. Nothing of it leaves your machine.",
            "它会画出几个符号，并询问终端它们有多宽；终端不回答时最多等一秒。以 ! 开头的行需要处理。这些内容不会离开你的电脑。",
        )),
        ..about(
            "doctor",
            words(
                "Tell what qkv finds around it, as one block to paste into a question",
                "列出 qkv 所处的环境，便于提问时整段粘贴",
            ),
        )
    },
    About {
        more: Some(words(
            "An editor that knows YAML then completes, explains and checks a lesson while you type.",
            "支持 YAML 的编辑器可以用它在输入时补全、说明和检查课程。",
        )),
        examples: Some(words(
            "Examples:
  qkv schema > lesson.schema.json

The first line of a lesson beside that file:
  # yaml-language-server: $schema=lesson.schema.json",
            "例子：
  qkv schema > lesson.schema.json

放在该文件旁边的课程，第一行这样写：
  # yaml-language-server: $schema=lesson.schema.json",
        )),
        ..about(
            "schema",
            words(
                "Write the format of lessons as a JSON Schema, for editors",
                "以 JSON Schema 写出课程格式，供编辑器使用",
            ),
        )
    },
];

/// What is said of what a command takes: the command, or nothing for all that take it, its name, and the words.
type Taken = (&'static str, &'static str, Words);

/// What a command has of its own stands before what all have.
pub(super) const TAKEN: [Taken; 32] = [
    (
        "qkv",
        "paths",
        words("Lesson files, or folders of them, to put into the menu", "要放进菜单的课程文件或文件夹"),
    ),
    (
        "list",
        "paths",
        words("Lesson files, or folders of them, to list as well", "要一并列出的课程文件或文件夹"),
    ),
    (
        "play",
        "lesson",
        words(
            "A built-in lesson (05, or 05-fluffy-blue-creature), a file, or a folder of files",
            "内置课程（05 或 05-fluffy-blue-creature）、课程文件，或存放课程的文件夹",
        ),
    ),
    ("play", "step", words("The step to begin at, from 1", "从第几步开始（从 1 数起）")),
    ("print", "step", words("Only this step, or those from one to another", "只写这一步，或从某步到某步")),
    (
        "count",
        "lesson",
        words(
            "A built-in lesson or a file; or a known model, gpt-2 (small, everything counted) or gpt-3 (as 3Blue1Brown counts it: without biases, norms and positions)",
            "内置课程或课程文件；也可以是已知模型：gpt-2（小号，全部计入）或 gpt-3（按 3Blue1Brown 的算法，不计偏置、归一化和位置）",
        ),
    ),
    ("", "lesson", words("A built-in lesson or a file", "内置课程或课程文件")),
    (
        "new",
        "file",
        words(
            "The new file; a folder for my-lesson.yaml in it; or - for standard output",
            "新文件；写文件夹则在其中生成 my-lesson.yaml；写 - 则输出到标准输出",
        ),
    ),
    (
        "new",
        "template",
        words(
            "What to begin with. Else the one that the file is named after, else head",
            "用哪个模板开始；不写时取与文件同名的模板，没有同名的就用 head",
        ),
    ),
    (
        "new",
        "stage",
        words(
            "Begin with a stage of the tutorial (`qkv help tutorial`)",
            "从教程的某个阶段开始（见 `qkv help tutorial`）",
        ),
    ),
    (
        "check",
        "files",
        words("The files, folders of them, or - for standard input", "课程文件、文件夹，或用 - 表示标准输入"),
    ),
    (
        "check",
        "fix",
        words(
            "Write the fixes of slips of the hand into the files; the report tells what is left",
            "把笔误的改正写入文件；报告只列出剩下的问题",
        ),
    ),
    (
        "check",
        "diff",
        words(
            "Show what the fixes change; without --fix nothing is written",
            "显示改正会改动什么；不加 --fix 就不写入文件",
        ),
    ),
    ("check", "format", words("The form of the report", "报告的格式")),
    (
        "check",
        "color",
        words(
            "Whether reports are coloured; auto respects `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE` and the terminal",
            "报告是否使用颜色；auto 依照 `NO_COLOR`、`CLICOLOR`、`CLICOLOR_FORCE` 和终端而定",
        ),
    ),
    (
        "fmt",
        "files",
        words(
            "The files, folders of them, or - for standard input to standard output",
            "课程文件、文件夹；用 - 则从标准输入读取，写到标准输出",
        ),
    ),
    (
        "fmt",
        "check",
        words("Name the files that would change, and write nothing", "只列出需要改动的文件，不写入"),
    ),
    (
        "fmt",
        "diff",
        words("Show the lines that would change, and write nothing", "只显示需要改动的行，不写入"),
    ),
    (
        "explain",
        "code",
        words(
            "The code in the brackets of the finding, such as `ragged-rows`; without one, all codes are listed",
            "检查结果方括号中的代号，如 `ragged-rows`；不写则列出全部代号",
        ),
    ),
    (
        "help",
        "topic",
        words(
            "A command, or `tutorial`, `writing` or `format`; after it what to read there",
            "命令名，或 `tutorial`、`writing`、`format`；后面可以再写要读的部分",
        ),
    ),
    (
        "count",
        "format",
        words(
            "The form: csv has a line for each matrix, json what is counted in each head and block as well",
            "格式：csv 每个矩阵一行，json 还包括每个头和每个块中的统计",
        ),
    ),
    ("values", "names", words("The matrices; all of them if none is named", "矩阵的名称；不写则写出全部")),
    (
        "values",
        "format",
        words(
            "The form: csv has a line for each cell, with matrix, row, column and value, json a key for each matrix",
            "格式：csv 每个单元格一行，含矩阵、行、列和数值；json 每个矩阵一项",
        ),
    ),
    (
        "",
        "lang",
        words(
            "The language. Else `QKV_LANG`, then the locale, then English decide",
            "语言；不写时依次由 `QKV_LANG`、系统的语言设置决定，都没有则用英文",
        ),
    ),
    (
        "",
        "convention",
        words(
            "Tokens as rows or columns, whatever the lesson shows first",
            "词元按行还是按列排列，不管课程原来怎样显示",
        ),
    ),
    (
        "",
        "glyphs",
        words(
            "The signs to draw; ascii where a terminal draws lines two cells wide",
            "绘图用的符号；如果终端把线条画成两格宽，请用 ascii",
        ),
    ),
    (
        "",
        "theme",
        words(
            "The colours. Else what was chosen last, then `COLORFGBG` decide",
            "配色；不写时依次由上次的选择和环境变量 `COLORFGBG` 决定",
        ),
    ),
    (
        "",
        "color",
        words(
            "Whether to use colours; auto respects `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE` and the terminal",
            "是否使用颜色；auto 依照 `NO_COLOR`、`CLICOLOR`、`CLICOLOR_FORCE` 和终端而定",
        ),
    ),
    (
        "",
        "watch",
        words(
            "Show a lesson anew whenever its file is saved; this is what happens with files of your own",
            "课程文件每次保存后重新显示；自己的文件本来就是这样",
        ),
    ),
    (
        "",
        "present",
        words(
            "Do not look at files again: in front of a class nothing changes but by keys",
            "不再查看文件：上课演示时，只有按键才会改变画面",
        ),
    ),
    ("", "help", words("Print help", "显示帮助")),
    ("", "version", words("Print version", "显示版本")),
];

/// What is said of what may stand behind an option: the command, the word, and the words.
pub(super) const CHOICES: [Taken; 9] = [
    ("check", "human", words("with the lines of the file and what to do", "附上文件中的行和改法")),
    ("check", "json", words("a list with an entry for each file", "一个列表，每个文件一项")),
    ("check", "github", words("annotations for a build on GitHub", "供 GitHub 自动检查显示的标注")),
    ("count", "json", words("one object", "一个对象")),
    ("count", "csv", words("lines with commas, under a line of names", "用逗号分隔的行，第一行是名称")),
    ("count", "text", words("tables to read", "供阅读的表格")),
    ("values", "json", words("one object", "一个对象")),
    ("values", "csv", words("lines with commas, under a line of names", "用逗号分隔的行，第一行是名称")),
    ("values", "text", words("tables to read", "供阅读的表格")),
];
