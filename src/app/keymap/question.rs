//! The table of keys at questions.
//!
//! The keys that walk on and back do so everywhere, so that nobody is ever held up by a question; a first one shows
//! the answer. Who sees options may type the letters of one, so letters that have nothing to do with the question mean
//! nothing there. No letter is needed to answer, since with a Chinese input method on letters do not arrive as such.

use super::table::{
    BACKSPACE, DOWN, ENTER, ESC, LEFT, PAGE_DOWN, PAGE_UP, RIGHT, SPACE, TAB, UP, look, set, walk,
};
use super::{Binding, Key};
use crate::app::{Answering, LookAt, Message, Panel, Setting, Walking};
use crate::language::{Words, words};

const fn answer(keys: &'static [Key], answering: Answering, help: Words) -> Binding {
    Binding::new(keys, Message::Answer(answering), help)
}

const ON: Words = words("show the answer; again: go on", "显示答案；再按一次继续");
const BACK: Words = words("back", "后退");
const HINT: Words = words("a hint; after the last one the answer", "提示；最后给出答案");
const LATER: Words = words("leave the question for now", "暂时放下问题");

/// Walking, at a question that is not answered.
pub(super) const ASKED: &[Binding] = &[
    answer(&[ENTER], Answering::Start, words("answer the question", "回答问题")).listed().footer(
        0,
        &[ENTER],
        words("answer", "作答"),
    ),
    walk(&[RIGHT, SPACE, Key::char('n'), PAGE_DOWN], Walking::Next, ON).footer(
        1,
        &[RIGHT],
        words("on", "继续"),
    ),
    walk(&[LEFT, Key::char('p'), PAGE_UP, BACKSPACE], Walking::Previous, BACK).footer(2, &[LEFT], BACK),
    look(&[TAB], LookAt::Start, words("look at the numbers one by one", "逐个查看数值")).listed().footer(
        4,
        &[TAB],
        words("look at a number", "查看数值"),
    ),
    Binding::new(&[ESC], Message::Open(Panel::Actions), words("all actions", "全部操作")).footer(
        3,
        &[ESC],
        words("actions", "操作"),
    ),
    answer(&[Key::char('H')], Answering::Hint, HINT).listed(),
    walk(&[DOWN], Walking::NextStep, words("next step, leaving the question out", "下一步（跳过问题）"))
        .listed(),
];

/// Where a question was answered.
pub(super) const ANSWERED: &[Binding] =
    &[answer(&[Key::char('a')], Answering::Again, words("ask the question again", "重新作答"))
        .listed()
        .footer(4, &[Key::char('a')], words("ask again", "重新作答"))];

/// Answering with typed signs: all of them belong to the answer.
pub(super) const TYPING: &[Binding] = &[
    answer(&[ENTER], Answering::Give, words("give the answer", "提交答案")).footer(
        0,
        &[ENTER],
        words("answer", "提交"),
    ),
    answer(&[TAB], Answering::Hint, HINT).footer(1, &[TAB], words("hint", "提示")),
    answer(&[ESC], Answering::Leave, LATER).footer(2, &[ESC], words("later", "稍后")),
    answer(&[BACKSPACE], Answering::Erase, words("take a sign back", "删除一个字符")),
    walk(&[RIGHT, PAGE_DOWN], Walking::Next, ON).footer(3, &[RIGHT], words("on", "继续")),
    walk(&[LEFT, PAGE_UP], Walking::Previous, BACK),
];

/// Answering with one of several options.
pub(super) const CHOOSING: &[Binding] = &[
    answer(&[DOWN, Key::char('j')], Answering::Next, words("next option", "下一项")).footer(
        0,
        &[UP, DOWN],
        words("choose", "选择"),
    ),
    answer(&[UP, Key::char('k')], Answering::Previous, words("option before", "上一项")),
    answer(&[ENTER], Answering::Give, words("give the answer", "提交答案")).footer(
        1,
        &[ENTER],
        words("answer", "提交"),
    ),
    answer(&[TAB], Answering::Hint, HINT).footer(2, &[TAB], words("hint", "提示")),
    answer(&[ESC], Answering::Leave, LATER).footer(3, &[ESC], words("later", "稍后")),
    walk(&[RIGHT, SPACE, Key::char('n'), PAGE_DOWN], Walking::Next, ON).footer(
        4,
        &[RIGHT],
        words("on", "继续"),
    ),
    walk(&[LEFT, Key::char('p'), PAGE_UP], Walking::Previous, BACK),
    Binding::new(&[Key::char('q')], Message::Quit, words("leave the lesson", "离开课程")),
];

/// Answering with several options, or with all of them in an order.
pub(super) const PICKING: &[Binding] = &[
    answer(&[DOWN, Key::char('j')], Answering::Next, words("next option", "下一项")).footer(
        0,
        &[UP, DOWN],
        words("move", "移动"),
    ),
    answer(&[UP, Key::char('k')], Answering::Previous, words("option before", "上一项")),
    answer(&[SPACE], Answering::Take, words("take the option, or leave it again", "选中或取消这一项"))
        .footer(1, &[SPACE], words("take", "选中")),
    answer(&[BACKSPACE], Answering::Erase, words("take the last one back", "取消最后一项")),
    answer(&[ENTER], Answering::Give, words("give the answer", "提交答案")).footer(
        2,
        &[ENTER],
        words("answer", "提交"),
    ),
    answer(&[TAB], Answering::Hint, HINT).footer(3, &[TAB], words("hint", "提示")),
    answer(&[ESC], Answering::Leave, LATER).footer(4, &[ESC], words("later", "稍后")),
    walk(&[RIGHT, Key::char('n'), PAGE_DOWN], Walking::Next, ON).footer(5, &[RIGHT], words("on", "继续")),
    walk(&[LEFT, Key::char('p'), PAGE_UP], Walking::Previous, BACK),
    Binding::new(&[Key::char('q')], Message::Quit, words("leave the lesson", "离开课程")),
];

/// The key of a clicker that blanks the screen, without its letter.
pub(super) const CURTAIN: &[Binding] =
    &[set(&[Key::char('.')], Setting::Curtain, words("blank the screen", "黑屏"))];
