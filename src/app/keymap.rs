//! Keys: one table of what each key means where, with its words; the help, the footer and the menu of actions are
//! read from it.

#![expect(clippy::wildcard_enum_match_arm, reason = "key codes are a foreign and open set")]

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Direction, Listing, LookAt, Message, Panel, Setting, Walking};
use crate::language::{Words, words};

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// In the menu of lessons.
    Menu,
    /// In a lesson, walking.
    Walking,
    /// In a lesson, looking at cells.
    Looking,
    /// In a list over the screen.
    List,
    /// In a text over the screen.
    Reading,
    /// In the field for a step's number.
    Jump,
}

/// A key with its modifiers; the shift of a letter is in the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    control: Control,
}

/// Whether the control key is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Control {
    Up,
    Held,
}

/// What some keys mean in some places.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The keys; the first is the one that the footer names.
    pub keys: &'static [Key],
    /// What they mean.
    pub message: Message,
    /// What they do, in a few words.
    pub help: Words,
    /// How much the footer wants to name them: the lowest first; `None` for not at all.
    pub footer: Option<u8>,
    /// Whether they are an entry of the menu of actions.
    pub listed: Listed,
}

/// Whether a binding is an entry of the menu of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// It is.
    Yes,
    /// It only moves, or is what opens that menu.
    No,
}

/// What a key means here; digits stand for themselves.
pub fn message(context: Context, event: KeyEvent) -> Option<Message> {
    let key = Key::of(event);
    if let Some(binding) = bindings(context).find(|binding| binding.keys.contains(&key)) {
        return Some(binding.message);
    }
    let KeyCode::Char(digit @ '0'..='9') = key.code else { return None };
    let digit = digit as u8 - b'0';
    match context {
        Context::Menu | Context::List | Context::Jump => Some(Message::List(Listing::Digit(digit))),
        Context::Walking | Context::Looking => Some(Message::Open(Panel::Jump(digit))),
        Context::Reading => None,
    }
}

/// The keys that mean something here, those of the place before those of everywhere.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    let own = match context {
        Context::Menu => MENU,
        Context::Walking => WALKING,
        Context::Looking => LOOKING,
        Context::List => LIST,
        Context::Reading => READING,
        Context::Jump => JUMP,
    };
    let lesson: &[Binding] = match context {
        Context::Walking | Context::Looking => LESSON,
        Context::Menu | Context::List | Context::Reading | Context::Jump => &[],
    };
    let look: &[Binding] = match context {
        Context::Jump => &[],
        Context::Menu | Context::Walking | Context::Looking | Context::List | Context::Reading => LOOK,
    };
    own.iter().chain(lesson).chain(look).chain(ALWAYS)
}

/// Everything that can be done on this screen, for the menu of actions.
pub fn actions(context: Context) -> impl Iterator<Item = &'static Binding> {
    bindings(context).filter(|binding| binding.listed == Listed::Yes)
}

impl Key {
    const fn code(code: KeyCode) -> Self {
        Self { code, control: Control::Up }
    }

    const fn char(char: char) -> Self {
        Self::code(KeyCode::Char(char))
    }

    const fn control(char: char) -> Self {
        Self { code: KeyCode::Char(char), control: Control::Held }
    }

    /// The key of an event. Fullwidth forms, as a Chinese input method sends them, are folded to the plain ones.
    fn of(event: KeyEvent) -> Self {
        let held = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            KeyCode::Char('\u{3000}') => KeyCode::Char(' '),
            KeyCode::Char('。') => KeyCode::Char('.'),
            KeyCode::Char(wide @ '\u{ff01}'..='\u{ff5e}') => {
                KeyCode::Char(char::from_u32(wide as u32 - 0xfee0).unwrap_or(wide))
            }
            code => code,
        };
        Self { code, control: if held { Control::Held } else { Control::Up } }
    }

    /// The event of pressing this key, for feeding keys written as text.
    pub fn event(self) -> KeyEvent {
        let modifiers = match self.control {
            Control::Up => KeyModifiers::NONE,
            Control::Held => KeyModifiers::CONTROL,
        };
        KeyEvent::new(self.code, modifiers)
    }

    /// Reads a key as [its text](Key#impl-Display-for-Key) writes it: `n`, `Right`, `Space`, `Ctrl+c`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("Ctrl+") {
            return Self::parse(rest).map(|key| Self { control: Control::Held, ..key });
        }
        if let Some((code, _)) = NAMES.iter().find(|(_, name)| *name == text) {
            return Some(Self::code(*code));
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(char), None) => Some(Self::char(char)),
            _ => None,
        }
    }

    /// The sign of an arrow key, for help that is drawn with arrows.
    pub const fn arrow(self) -> Option<Direction> {
        match self.code {
            KeyCode::Up => Some(Direction::Up),
            KeyCode::Down => Some(Direction::Down),
            KeyCode::Left => Some(Direction::Left),
            KeyCode::Right => Some(Direction::Right),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.control == Control::Held {
            f.write_str("Ctrl+")?;
        }
        if let Some((_, name)) = NAMES.iter().find(|(code, _)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(char) => write!(f, "{char}"),
            code => write!(f, "{code}"),
        }
    }
}

const NAMES: &[(KeyCode, &str)] = &[
    (KeyCode::Right, "Right"),
    (KeyCode::Left, "Left"),
    (KeyCode::Up, "Up"),
    (KeyCode::Down, "Down"),
    (KeyCode::Enter, "Enter"),
    (KeyCode::Esc, "Esc"),
    (KeyCode::Tab, "Tab"),
    (KeyCode::BackTab, "BackTab"),
    (KeyCode::Char(' '), "Space"),
    (KeyCode::Home, "Home"),
    (KeyCode::End, "End"),
    (KeyCode::PageUp, "PgUp"),
    (KeyCode::PageDown, "PgDn"),
    (KeyCode::Backspace, "Backspace"),
];

const RIGHT: Key = Key::code(KeyCode::Right);
const LEFT: Key = Key::code(KeyCode::Left);
const UP: Key = Key::code(KeyCode::Up);
const DOWN: Key = Key::code(KeyCode::Down);
const ENTER: Key = Key::code(KeyCode::Enter);
const ESC: Key = Key::code(KeyCode::Esc);
const TAB: Key = Key::code(KeyCode::Tab);
const BACK_TAB: Key = Key::code(KeyCode::BackTab);
const SPACE: Key = Key::char(' ');
const HOME: Key = Key::code(KeyCode::Home);
const END: Key = Key::code(KeyCode::End);
const PAGE_UP: Key = Key::code(KeyCode::PageUp);
const PAGE_DOWN: Key = Key::code(KeyCode::PageDown);
const BACKSPACE: Key = Key::code(KeyCode::Backspace);

/// A row of the table that only moves.
const fn moves(keys: &'static [Key], message: Message, footer: Option<u8>, help: Words) -> Binding {
    Binding { keys, message, help, footer, listed: Listed::No }
}

/// A row of the table that is also an action in the menu.
const fn action(keys: &'static [Key], message: Message, footer: Option<u8>, help: Words) -> Binding {
    Binding { keys, message, help, footer, listed: Listed::Yes }
}

const fn list(listing: Listing) -> Message {
    Message::List(listing)
}

const MENU: &[Binding] = &[
    moves(
        &[DOWN, Key::char('j'), SPACE, Key::char('n'), PAGE_DOWN, RIGHT, TAB],
        list(Listing::Next),
        Some(0),
        words("next lesson", "下一课"),
    ),
    moves(
        &[UP, Key::char('k'), Key::char('p'), PAGE_UP, LEFT, BACK_TAB],
        list(Listing::Previous),
        Some(0),
        words("lesson before", "上一课"),
    ),
    moves(&[HOME], list(Listing::First), None, words("first lesson", "第一课")),
    moves(&[END], list(Listing::Last), None, words("last lesson", "最后一课")),
    action(&[ENTER], list(Listing::Choose), Some(1), words("open the lesson", "打开课程")),
    action(&[Key::char('q'), ESC], Message::Quit, Some(4), words("quit", "退出")),
];

const WALKING: &[Binding] = &[
    moves(
        &[RIGHT, SPACE, Key::char('n'), PAGE_DOWN],
        Message::Walk(Walking::Next),
        Some(0),
        words("next", "下一步"),
    ),
    moves(
        &[LEFT, Key::char('p'), PAGE_UP, BACKSPACE],
        Message::Walk(Walking::Previous),
        Some(0),
        words("back", "上一步"),
    ),
    action(
        &[DOWN],
        Message::Walk(Walking::NextStep),
        None,
        words("next step, all at once", "下一节（跳过逐步显示）"),
    ),
    action(&[UP], Message::Walk(Walking::PreviousStep), None, words("step before", "上一节")),
    action(&[HOME], Message::Walk(Walking::First), None, words("first step", "第一节")),
    action(&[END], Message::Walk(Walking::Last), None, words("last step", "最后一节")),
    action(&[TAB], Message::Look(LookAt::Start), Some(1), words("look at cells", "查看单元格")),
    moves(
        &[Key::char('h')],
        Message::Look(LookAt::Move(Direction::Left)),
        None,
        words("look, to the left", "向左查看"),
    ),
    moves(
        &[Key::char('j')],
        Message::Look(LookAt::Move(Direction::Down)),
        None,
        words("look, down", "向下查看"),
    ),
    moves(&[Key::char('k')], Message::Look(LookAt::Move(Direction::Up)), None, words("look, up", "向上查看")),
    moves(
        &[Key::char('l')],
        Message::Look(LookAt::Move(Direction::Right)),
        None,
        words("look, to the right", "向右查看"),
    ),
    moves(&[ENTER], Message::Open(Panel::Actions), Some(3), words("all actions", "全部操作")),
    action(&[Key::char('q')], Message::Quit, None, words("leave the lesson", "离开课程")),
];

const LOOKING: &[Binding] = &[
    moves(
        &[RIGHT, Key::char('l')],
        Message::Look(LookAt::Move(Direction::Right)),
        Some(0),
        words("cell to the right", "右边一格"),
    ),
    moves(
        &[LEFT, Key::char('h')],
        Message::Look(LookAt::Move(Direction::Left)),
        None,
        words("cell to the left", "左边一格"),
    ),
    moves(
        &[DOWN, Key::char('j')],
        Message::Look(LookAt::Move(Direction::Down)),
        None,
        words("cell below", "下面一格"),
    ),
    moves(
        &[UP, Key::char('k')],
        Message::Look(LookAt::Move(Direction::Up)),
        None,
        words("cell above", "上面一格"),
    ),
    moves(
        &[ENTER],
        Message::Look(LookAt::Follow),
        Some(1),
        words("follow the marked operand", "进入所标的运算数"),
    ),
    moves(
        &[TAB],
        Message::Look(LookAt::NextOperand),
        Some(2),
        words("mark the next operand", "标记下一个运算数"),
    ),
    moves(
        &[BACK_TAB],
        Message::Look(LookAt::PreviousOperand),
        None,
        words("mark the operand before", "标记上一个运算数"),
    ),
    moves(&[BACKSPACE], Message::Look(LookAt::Back), Some(3), words("come back out", "返回")),
    moves(&[ESC], Message::Look(LookAt::Leave), Some(4), words("walk on", "继续课程")),
    moves(&[SPACE, Key::char('n'), PAGE_DOWN], Message::Walk(Walking::Next), None, words("next", "下一步")),
    moves(&[Key::char('p'), PAGE_UP], Message::Walk(Walking::Previous), None, words("back", "上一步")),
    moves(&[HOME], Message::Walk(Walking::First), None, words("first step", "第一节")),
    moves(&[END], Message::Walk(Walking::Last), None, words("last step", "最后一节")),
    moves(&[Key::char('q')], Message::Quit, None, words("leave the lesson", "离开课程")),
];

const LIST: &[Binding] = &[
    moves(
        &[DOWN, Key::char('j'), SPACE, Key::char('n'), RIGHT, TAB],
        list(Listing::Next),
        Some(0),
        words("down", "向下"),
    ),
    moves(
        &[UP, Key::char('k'), Key::char('p'), LEFT, BACK_TAB],
        list(Listing::Previous),
        Some(0),
        words("up", "向上"),
    ),
    moves(&[PAGE_DOWN], list(Listing::NextPage), None, words("a page down", "下一页")),
    moves(&[PAGE_UP], list(Listing::PreviousPage), None, words("a page up", "上一页")),
    moves(&[HOME], list(Listing::First), None, words("to the first", "到开头")),
    moves(&[END], list(Listing::Last), None, words("to the last", "到末尾")),
    moves(&[ENTER], list(Listing::Choose), Some(1), words("choose", "选定")),
    moves(&[ESC, Key::char('q'), BACKSPACE], list(Listing::Close), Some(2), words("close", "关闭")),
];

const READING: &[Binding] = &[
    moves(
        &[DOWN, Key::char('j'), SPACE, Key::char('n'), RIGHT],
        list(Listing::Next),
        Some(0),
        words("down", "向下"),
    ),
    moves(&[UP, Key::char('k'), Key::char('p'), LEFT], list(Listing::Previous), Some(0), words("up", "向上")),
    moves(&[PAGE_DOWN], list(Listing::NextPage), None, words("a page down", "下一页")),
    moves(&[PAGE_UP], list(Listing::PreviousPage), None, words("a page up", "上一页")),
    moves(&[HOME], list(Listing::First), None, words("to the start", "到开头")),
    moves(&[END], list(Listing::Last), None, words("to the end", "到末尾")),
    moves(
        &[ESC, Key::char('q'), ENTER, BACKSPACE, Key::char('?'), Key::char('s')],
        list(Listing::Close),
        Some(1),
        words("close", "关闭"),
    ),
];

const JUMP: &[Binding] = &[
    moves(&[ENTER], list(Listing::Choose), Some(0), words("go to the step", "跳到这一节")),
    moves(&[BACKSPACE], list(Listing::Erase), None, words("take a digit back", "删除一位")),
    moves(&[ESC, Key::char('q')], list(Listing::Close), Some(1), words("close", "关闭")),
];

/// In a lesson, walking or looking.
const LESSON: &[Binding] = &[
    action(
        &[Key::char('t')],
        Message::Set(Setting::Convention),
        Some(2),
        words("rows or columns", "行／列互换"),
    ),
    action(&[Key::char('s')], Message::Open(Panel::Code), None, words("the same in code", "对应的代码")),
    action(
        &[Key::char('i'), Key::char('g')],
        Message::Open(Panel::Index),
        None,
        words("index of steps", "目录"),
    ),
    action(&[Key::char('d')], Message::Set(Setting::Decimals), None, words("number of decimals", "小数位数")),
    action(&[Key::char('N')], Message::Set(Setting::Notes), None, words("teacher's notes", "教师备注")),
];

/// How things look, wherever one is but in a field.
const LOOK: &[Binding] = &[
    action(&[Key::char('L')], Message::Set(Setting::Language), Some(3), words("中文", "English")),
    action(
        &[Key::char('c')],
        Message::Set(Setting::Theme),
        None,
        words("dark, light, high contrast", "深色／浅色／高对比"),
    ),
    action(&[Key::char('M')], Message::Set(Setting::Mouse), None, words("mouse on or off", "鼠标开／关")),
    action(
        &[Key::char('.'), Key::char('b')],
        Message::Set(Setting::Curtain),
        None,
        words("blank the screen", "黑屏"),
    ),
    action(&[Key::char('?')], Message::Open(Panel::Help), Some(5), words("all keys", "全部按键")),
];

const ALWAYS: &[Binding] = &[
    moves(&[Key::control('c')], Message::QuitNow, None, words("quit at once", "立即退出")),
    moves(
        &[Key::control('z')],
        Message::Suspend,
        None,
        words("pause the program (fg to return)", "暂停程序（用 fg 返回）"),
    ),
    moves(&[Key::control('l')], Message::Repaint, None, words("draw the screen anew", "重画屏幕")),
];
