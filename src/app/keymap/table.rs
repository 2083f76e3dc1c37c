//! The table of keys: for each place its keys, what they mean, and their words in both languages.

use crossterm::event::KeyCode;

use super::{Binding, Footer, Key, Listed, Named};
use crate::app::{Direction, Listing, LookAt, Message, Panel, Setting, Walking};
use crate::language::{Words, words};

pub(super) const RIGHT: Key = Key::code(KeyCode::Right);
pub(super) const LEFT: Key = Key::code(KeyCode::Left);
pub(super) const UP: Key = Key::code(KeyCode::Up);
pub(super) const DOWN: Key = Key::code(KeyCode::Down);
pub(super) const ENTER: Key = Key::code(KeyCode::Enter);
pub(super) const ESC: Key = Key::code(KeyCode::Esc);
pub(super) const TAB: Key = Key::code(KeyCode::Tab);
const BACK_TAB: Key = Key::code(KeyCode::BackTab);
pub(super) const SPACE: Key = Key::char(' ');
const HOME: Key = Key::code(KeyCode::Home);
const END: Key = Key::code(KeyCode::End);
pub(super) const PAGE_UP: Key = Key::code(KeyCode::PageUp);
pub(super) const PAGE_DOWN: Key = Key::code(KeyCode::PageDown);
const HELD_LEFT: Key = Key::control(KeyCode::Left);
const HELD_DOWN: Key = Key::control(KeyCode::Down);
const HELD_UP: Key = Key::control(KeyCode::Up);
const HELD_RIGHT: Key = Key::control(KeyCode::Right);
pub(super) const BACKSPACE: Key = Key::code(KeyCode::Backspace);

impl Binding {
    pub(super) const fn new(keys: &'static [Key], message: Message, help: Words) -> Self {
        Self { keys, message, help, named: Named::Alone, footer: None, listed: Listed::No }
    }

    /// Named in the help together with the rows after it.
    pub(super) const fn together(self, keys: &'static [Key]) -> Self {
        Self { named: Named::Together(keys), ..self }
    }

    /// Named in the help by a row before it.
    pub(super) const fn before(self) -> Self {
        Self { named: Named::Before, ..self }
    }

    /// Named in the footer.
    pub(super) const fn footer(self, rank: u8, keys: &'static [Key], words: Words) -> Self {
        Self { footer: Some(Footer { rank, keys, words }), ..self }
    }

    /// An entry of the menu of actions as well.
    pub(super) const fn listed(self) -> Self {
        Self { listed: Listed::Yes, ..self }
    }
}

const fn list(keys: &'static [Key], listing: Listing, help: Words) -> Binding {
    Binding::new(keys, Message::List(listing), help)
}

pub(super) const fn walk(keys: &'static [Key], walking: Walking, help: Words) -> Binding {
    Binding::new(keys, Message::Walk(walking), help)
}

pub(super) const fn look(keys: &'static [Key], look: LookAt, help: Words) -> Binding {
    Binding::new(keys, Message::Look(look), help)
}

const fn scroll(keys: &'static [Key], direction: Direction, help: Words) -> Binding {
    Binding::new(keys, Message::Scroll(direction), help)
}

pub(super) const fn set(keys: &'static [Key], setting: Setting, help: Words) -> Binding {
    Binding::new(keys, Message::Set(setting), help).listed()
}

const fn open(keys: &'static [Key], panel: Panel, help: Words) -> Binding {
    Binding::new(keys, Message::Open(panel), help).listed()
}

pub(super) const MENU: &[Binding] = &[
    list(
        &[DOWN, Key::char('j'), SPACE, Key::char('n'), PAGE_DOWN, RIGHT],
        Listing::Next,
        words("next lesson", "下一课"),
    )
    .footer(0, &[UP, DOWN], words("choose", "选择")),
    list(
        &[UP, Key::char('k'), Key::char('p'), PAGE_UP, LEFT],
        Listing::Previous,
        words("lesson before", "上一课"),
    ),
    list(&[HOME], Listing::First, words("first lesson", "第一课")),
    list(&[END], Listing::Last, words("last lesson", "最后一课")),
    list(&[ENTER], Listing::Choose, words("open the lesson", "打开课程")).listed().footer(
        1,
        &[ENTER],
        words("open", "打开"),
    ),
    Binding::new(&[TAB], Message::Open(Panel::Actions), words("all actions", "全部操作")).footer(
        3,
        &[TAB],
        words("actions", "操作"),
    ),
    Binding::new(&[Key::char('q')], Message::Quit, words("quit", "退出")).listed().footer(
        2,
        &[Key::char('q')],
        words("quit", "退出"),
    ),
];

pub(super) const OPENING: &[Binding] =
    &[Binding::new(&[ESC, Key::char('q'), BACKSPACE], Message::Quit, words("do not wait", "不再等待"))
        .footer(0, &[ESC], words("do not wait", "不再等待"))];

pub(super) const WALKING: &[Binding] = &[
    walk(&[RIGHT, SPACE, Key::char('n'), PAGE_DOWN], Walking::Next, words("on", "继续")).footer(
        0,
        &[RIGHT],
        words("on", "继续"),
    ),
    walk(&[LEFT, Key::char('p'), PAGE_UP, BACKSPACE], Walking::Previous, words("back", "后退")).footer(
        1,
        &[LEFT],
        words("back", "后退"),
    ),
    look(&[TAB], LookAt::Start, words("look at the numbers one by one", "逐个查看数值")).listed().footer(
        2,
        &[TAB],
        words("look at a number", "查看数值"),
    ),
    Binding::new(&[ENTER], Message::Open(Panel::Actions), words("all actions", "全部操作")).footer(
        3,
        &[ENTER],
        words("actions", "操作"),
    ),
    walk(&[DOWN], Walking::NextStep, words("next step, leaving out its portions", "下一步（跳过逐步显示）"))
        .listed(),
];

/// Walking, whether or not a question is open.
pub(super) const STEPS: &[Binding] = &[
    walk(&[UP], Walking::PreviousStep, words("step before", "上一步")).listed(),
    walk(&[HOME], Walking::First, words("first step", "第一步")).listed(),
    walk(&[END], Walking::Last, words("last step", "最后一步")).listed(),
    look(
        &[Key::char('h')],
        LookAt::Move(Direction::Left),
        words("look at the next number that way", "查看该方向的数"),
    )
    .together(&[Key::char('h'), Key::char('j'), Key::char('k'), Key::char('l')]),
    look(&[Key::char('j')], LookAt::Move(Direction::Down), words("look down", "向下查看")).before(),
    look(&[Key::char('k')], LookAt::Move(Direction::Up), words("look up", "向上查看")).before(),
    look(&[Key::char('l')], LookAt::Move(Direction::Right), words("look right", "向右查看")).before(),
    Binding::new(&[Key::char('q')], Message::Quit, words("leave the lesson", "离开课程")).listed(),
];

pub(super) const LOOKING: &[Binding] = &[
    look(
        &[LEFT, Key::char('h')],
        LookAt::Move(Direction::Left),
        words("the next number that way", "该方向的下一个数"),
    )
    .together(&[LEFT, DOWN, UP, RIGHT, Key::char('h'), Key::char('j'), Key::char('k'), Key::char('l')])
    .footer(0, &[LEFT, DOWN, UP, RIGHT], words("move", "移动")),
    look(&[DOWN, Key::char('j')], LookAt::Move(Direction::Down), words("look down", "向下查看")).before(),
    look(&[UP, Key::char('k')], LookAt::Move(Direction::Up), words("look up", "向上查看")).before(),
    look(&[RIGHT, Key::char('l')], LookAt::Move(Direction::Right), words("look right", "向右查看")).before(),
    look(&[ENTER], LookAt::Follow, words("go into the marked number", "进入所标的数")).listed().footer(
        1,
        &[ENTER],
        words("where from?", "从哪来？"),
    ),
    look(&[BACKSPACE], LookAt::Back, words("come back out", "返回")).listed().footer(
        2,
        &[BACKSPACE],
        words("back out", "返回"),
    ),
    look(&[TAB], LookAt::NextOperand, words("mark the next number of the formula", "标记式中下一个数"))
        .listed()
        .footer(4, &[TAB], words("mark next", "标记下一个")),
    look(&[BACK_TAB], LookAt::PreviousOperand, words("mark the number before", "标记式中上一个数")).listed(),
    look(&[ESC], LookAt::Leave, words("walk on", "继续课程")).listed().footer(
        3,
        &[ESC],
        words("walk on", "继续课程"),
    ),
    walk(&[SPACE, Key::char('n'), PAGE_DOWN], Walking::Next, words("on", "继续")),
    walk(&[Key::char('p'), PAGE_UP], Walking::Previous, words("back", "后退")),
    walk(&[HOME], Walking::First, words("first step", "第一步")),
    walk(&[END], Walking::Last, words("last step", "最后一步")),
    Binding::new(&[Key::char('q')], Message::Quit, words("leave the lesson", "离开课程")),
];

pub(super) const LIST: &[Binding] = &[
    list(&[DOWN, Key::char('j'), SPACE, Key::char('n'), RIGHT, TAB], Listing::Next, words("down", "向下"))
        .footer(0, &[UP, DOWN], words("choose", "选择")),
    list(&[UP, Key::char('k'), Key::char('p'), LEFT, BACK_TAB], Listing::Previous, words("up", "向上")),
    list(&[HOME], Listing::First, words("to the first", "到开头")),
    list(&[END], Listing::Last, words("to the last", "到末尾")),
    list(&[ENTER], Listing::Choose, words("take it", "选定")).footer(1, &[ENTER], words("take it", "选定")),
    list(&[ESC, Key::char('q'), BACKSPACE], Listing::Close, words("close", "关闭")).footer(
        2,
        &[ESC],
        words("close", "关闭"),
    ),
];

/// Through what is longer than its window.
pub(super) const PAGES: &[Binding] = &[
    list(&[PAGE_DOWN], Listing::NextPage, words("a page down", "下一页")),
    list(&[PAGE_UP], Listing::PreviousPage, words("a page up", "上一页")),
];

/// The keys of a clicker, in what its other keys can open over a lesson: they always walk, so that nobody gets stuck.
pub(super) const OVER: &[Binding] = &[
    walk(&[PAGE_DOWN], Walking::Next, words("close, and on", "关闭并继续")),
    walk(&[PAGE_UP], Walking::Previous, words("close, and back", "关闭并后退")),
];

/// In a text.
pub(super) const SCROLL: &[Binding] =
    &[
        list(&[DOWN, Key::char('j'), SPACE, Key::char('n'), RIGHT], Listing::Next, words("down", "向下"))
            .footer(0, &[UP, DOWN], words("read", "滚动")),
        list(&[UP, Key::char('k'), Key::char('p'), LEFT], Listing::Previous, words("up", "向上")),
        list(&[HOME], Listing::First, words("to the start", "到开头")),
        list(&[END], Listing::Last, words("to the end", "到末尾")),
    ];

/// In a text over the screen.
pub(super) const READING: &[Binding] = &[list(
    &[ESC, Key::char('q'), ENTER, BACKSPACE, Key::char('?'), Key::char('s')],
    Listing::Close,
    words("close", "关闭"),
)
.footer(1, &[ESC], words("close", "关闭"))];

/// Before a report that is all there is of a lesson.
pub(super) const WAITING: &[Binding] =
    &[Binding::new(&[Key::char('q'), ESC, BACKSPACE], Message::Quit, words("do not wait", "不再等待"))
        .footer(1, &[Key::char('q')], words("do not wait", "不再等待"))];

pub(super) const JUMP: &[Binding] = &[
    list(&[ENTER], Listing::Choose, words("go to the step", "跳到这一步")).footer(
        0,
        &[ENTER],
        words("go", "前往"),
    ),
    list(&[BACKSPACE], Listing::Erase, words("take a digit back", "删除一位")),
    list(&[ESC, Key::char('q')], Listing::Close, words("close", "关闭")).footer(
        1,
        &[ESC],
        words("close", "关闭"),
    ),
];

/// In a lesson, walking or looking.
pub(super) const TURN: &[Binding] = &[set(
    &[Key::char('t')],
    Setting::Convention,
    words("rows or columns", "行／列互换"),
)
.footer(5, &[Key::char('t')], words("rows/columns", "行／列"))];

/// Over a matrix that is larger than the screen; none of these keys is a letter.
pub(super) const WINDOW: &[Binding] = &[
    scroll(&[HELD_LEFT], Direction::Left, words("move the window over a large matrix", "移动大矩阵的窗口"))
        .together(&[HELD_LEFT, HELD_DOWN, HELD_UP, HELD_RIGHT]),
    scroll(&[HELD_DOWN], Direction::Down, words("window down", "窗口下移")).before(),
    scroll(&[HELD_UP], Direction::Up, words("window up", "窗口上移")).before(),
    scroll(&[HELD_RIGHT], Direction::Right, words("window to the right", "窗口右移")).before(),
];

/// In a lesson, walking or looking.
pub(super) const LESSON: &[Binding] = &[
    open(
        &[Key::char('s')],
        Panel::Code,
        words("the same in NumPy and PyTorch", "对应的 NumPy 与 PyTorch 代码"),
    ),
    Binding::new(
        &[Key::char('e')],
        Message::Open(Panel::Report),
        words("mistakes in the file, or advice on it", "课程文件中的错误或建议"),
    )
    .listed(),
    open(&[Key::char('i'), Key::char('g')], Panel::Index, words("index of steps", "目录")),
    set(&[Key::char('d')], Setting::Decimals, words("number of decimals", "小数位数")),
    set(&[Key::char('N')], Setting::Notes, words("notes for the teacher", "教师备注")),
];

/// How things look, wherever one is but in a field.
pub(super) const APPEARANCE: &[Binding] = &[
    set(&[Key::char('L')], Setting::Language, words("中文", "English")).footer(
        6,
        &[Key::char('L')],
        words("中文", "English"),
    ),
    set(&[Key::char('c')], Setting::Theme, words("dark, light or high contrast", "深色、浅色或高对比度")),
    set(&[Key::char('M')], Setting::Mouse, words("mouse on or off", "鼠标开／关")),
    set(&[Key::char('.'), Key::char('b')], Setting::Curtain, words("blank the screen", "黑屏")),
];

/// The way to all other keys, wherever the help is not open already.
pub(super) const HELP: &[Binding] = &[open(&[Key::char('?')], Panel::Help, words("all keys", "全部按键"))
    .footer(u8::MAX, &[Key::char('?')], words("all keys", "全部按键"))];

/// Even in a field.
pub(super) const ALWAYS: &[Binding] = &[
    Binding::new(&[Key::control(KeyCode::Char('c'))], Message::QuitNow, words("quit at once", "立即退出")),
    Binding::new(
        &[Key::control(KeyCode::Char('z'))],
        Message::Suspend,
        words("pause the program (fg to return)", "暂停程序（用 fg 返回）"),
    ),
    Binding::new(
        &[Key::control(KeyCode::Char('l'))],
        Message::Repaint,
        words("draw the screen anew", "重画屏幕"),
    ),
];
