//! Keys: what each of them does where, from the key to the state, without a terminal.

mod everywhere;
mod mouse;
mod opening;
mod properties;
mod question;

use crossterm::event::KeyCode;
use qkv::app::keymap::{self, Binding, Context, Listed};
use qkv::app::{LookAt, Message, Model, update};
use qkv::graph::{Place, Trace};

use crate::walk::{after, alone, at, keys, name, press, state, written};

/// Each of these keys alone leads from the start to the state.
fn each(these: &str, start: &Model, to: &str) {
    for key in these.split(' ') {
        assert_eq!(keys(key, start), to, "{key}");
    }
}

// Walking.

#[test]
fn the_keys_of_a_clicker_and_the_arrow_walk_forward() {
    each("Right Space n PgDn", &at(5, 2), "05 step 3/18");
}

#[test]
fn so_many_keys_walk_back() {
    each("Left p PgUp Backspace", &at(5, 3), "05 step 2/18");
}

#[test]
fn forward_uncovers_portion_after_portion_and_then_goes_on() {
    // Eight queries are eight columns of the scores.
    let step = at(5, 8);
    assert_eq!(state(&step), "05 step 8/18, 0 of 8 uncovered");
    assert_eq!(keys("n n n", &step), "05 step 8/18, 3 of 8 uncovered");
    assert_eq!(keys("n n n n n n n n", &step), "05 step 8/18, 8 of 8 uncovered");
    assert_eq!(keys("n n n n n n n n n", &step), "05 step 9/18");
}

#[test]
fn back_covers_portion_after_portion_and_comes_to_the_step_before_in_full() {
    assert_eq!(keys("p", &at(5, 9)), "05 step 8/18, 8 of 8 uncovered");
    assert_eq!(keys("p p", &at(5, 9)), "05 step 8/18, 7 of 8 uncovered");
    assert_eq!(keys("p p p p p p p p p p", &at(5, 9)), "05 step 7/18");
}

#[test]
fn a_lesson_has_ends() {
    assert_eq!(keys("p Up Left", &at(5, 1)), "05 step 1/18");
    assert_eq!(keys("n Down Right", &at(5, 18)), "05 step 18/18");
}

#[test]
fn down_and_up_leave_out_portions() {
    assert_eq!(keys("Down", &at(5, 8)), "05 step 9/18");
    assert_eq!(keys("n n Down", &at(5, 8)), "05 step 9/18");
    assert_eq!(keys("n n Up", &at(5, 8)), "05 step 7/18");
    assert_eq!(keys("Up", &at(5, 9)), "05 step 8/18, 0 of 8 uncovered");
}

#[test]
fn down_at_the_end_covers_nothing_again() {
    let lesson = written(
        "title: t\ntext: a b\nmatrices:\n  - A: {given: [[1, 2], [3, 4]]}\nsteps:\n  - {show: A, reveal: rows, say: s}\n",
    );
    let step = after("n", &alone(lesson));
    assert_eq!(state(&step), "01 step 1/1, 1 of 2 uncovered");
    assert_eq!(keys("Down", &step), "01 step 1/1, 2 of 2 uncovered");
}

#[test]
fn home_and_end_go_to_the_first_and_the_last_step() {
    assert_eq!(keys("End", &at(5, 3)), "05 step 18/18");
    assert_eq!(keys("Home", &at(5, 3)), "05 step 1/18");
    assert_eq!(keys("End", &after("Tab", &at(5, 3))), "05 step 18/18");
    assert_eq!(keys("Home", &after("Tab", &at(5, 3))), "05 step 1/18");
}

// Jumping.

#[test]
fn digits_and_enter_jump_to_a_step() {
    assert_eq!(keys("1 2", &at(5, 1)), "05 step 1/18, jump to 12_");
    assert_eq!(keys("1 2 Enter", &at(5, 1)), "05 step 12/18, 0 of 8 uncovered");
    assert_eq!(keys("1 2 Backspace Enter", &at(5, 7)), "05 step 1/18");
    assert_eq!(keys("3 Enter", &after("Tab", &at(5, 7))), "05 step 3/18");
}

#[test]
fn a_jump_can_be_given_up() {
    each("Esc q", &after("1 2", &at(5, 7)), "05 step 7/18");
}

#[test]
fn a_jump_beyond_an_end_goes_to_the_end_and_without_a_number_nowhere() {
    assert_eq!(keys("9 9 9 9 9 9 Enter", &at(5, 7)), "05 step 18/18");
    assert_eq!(keys("0 Enter", &at(5, 7)), "05 step 1/18");
    assert_eq!(keys("4 Backspace Enter", &at(5, 7)), "05 step 7/18, jump to _");
}

#[test]
fn while_a_field_is_open_letters_and_the_point_do_not_leave_it() {
    each(". b L t c d N M s i n p ? Space Right", &after("1", &at(5, 7)), "05 step 7/18, jump to 1_");
}

// The index and the menu of actions.

#[test]
fn the_index_opens_at_the_present_step_and_arrows_choose() {
    each("i g", &at(5, 7), "05 step 7/18, index at 7");
    each("Down j Space n Right Tab", &after("i", &at(5, 7)), "05 step 7/18, index at 8");
    each("Up k p Left BackTab", &after("i", &at(5, 7)), "05 step 7/18, index at 6");
    assert_eq!(keys("i Home", &at(5, 7)), "05 step 7/18, index at 1");
    assert_eq!(keys("i End", &at(5, 7)), "05 step 7/18, index at 18");
    assert_eq!(keys("i PgDn", &at(5, 7)), "05 step 7/18, index at 17");
    assert_eq!(keys("i PgDn PgDn PgUp", &at(5, 7)), "05 step 7/18, index at 8");
    assert_eq!(keys("i Down Down Enter", &at(5, 7)), "05 step 9/18");
    each("Esc q Backspace", &after("i Down", &at(5, 7)), "05 step 7/18");
}

#[test]
fn the_index_takes_numbers_whatever_was_chosen_before() {
    // At step 1 a 3 is step 3; that 13 is a step as well does not matter, since no 1 was typed.
    assert_eq!(keys("i 3", &at(5, 1)), "05 step 1/18, index at 3");
    assert_eq!(keys("i 1 3 Enter", &at(5, 1)), "05 step 13/18");
    assert_eq!(keys("i 1 9", &at(5, 1)), "05 step 1/18, index at 9");
    assert_eq!(keys("i 1 Down 3", &at(5, 1)), "05 step 1/18, index at 3");
    assert_eq!(keys("i 0", &at(5, 4)), "05 step 4/18, index at 4");
}

#[test]
fn enter_while_walking_opens_all_actions_and_arrows_or_digits_choose_one() {
    let actions = after("Enter", &at(5, 7));
    assert_eq!(state(&actions), "05 step 7/18, actions at 1");
    for (index, action) in keymap::actions(Context::Walking).enumerate() {
        let mut direct = at(5, 7);
        let effect = update(&mut direct, action.message);
        let mut by_arrows = actions.clone();
        press(&mut by_arrows, &"Down ".repeat(index));
        assert_eq!(press(&mut by_arrows, "Enter"), [effect], "{}", action.help.en);
        let digits: Vec<_> = (index + 1).to_string().chars().map(String::from).collect();
        let by_digits = after(&format!("{} Enter", digits.join(" ")), &actions);
        assert_eq!((state(&by_arrows), state(&by_digits)), (state(&direct), state(&direct)));
    }
    each("Esc q Backspace", &actions, "05 step 7/18");
}

#[test]
fn without_a_single_letter_every_action_of_a_lesson_can_be_reached() {
    // With a Chinese input method on, letters do not arrive.
    let letters = |binding: &&Binding| {
        binding.keys.iter().all(|key| matches!(key.event().code, KeyCode::Char(char) if char.is_alphabetic() || "?.".contains(char)))
            && binding.keys.iter().all(|key| key.event().modifiers.is_empty())
    };
    let listed: Vec<_> = keymap::actions(Context::Walking).map(|action| action.message).collect();
    let moving = |message: Message| matches!(message, Message::Look(LookAt::Move(_)));
    for context in [Context::Walking, Context::Looking] {
        for binding in keymap::bindings(context).filter(letters).filter(|binding| !moving(binding.message)) {
            assert!(listed.contains(&binding.message), "{context:?}: {}", binding.help.en);
        }
    }
    assert!(keymap::bindings(Context::Walking).filter(|binding| binding.listed == Listed::Yes).count() > 9);
}

// Looking.

#[test]
fn looking_starts_at_the_focus_and_esc_walks_on() {
    assert_eq!(keys("Tab", &at(5, 7)), "05 step 7/18, at head.scores[creature, blue]");
    assert_eq!(keys("Tab Esc", &at(5, 7)), "05 step 7/18");
    // In a focus that is a whole token it at the first feature.
    assert_eq!(keys("Tab", &at(5, 2)), "05 step 2/18, at E[creature, noun]");
    // There is nothing to look at among words.
    assert_eq!(keys("Tab", &at(5, 1)), "05 step 1/18");
}

#[test]
fn arrows_and_hjkl_move_the_way_they_point_on_the_screen_where_tokens_are_columns() {
    // Queries run across and keys down: one up is the key before, one to the left the query before.
    let blue = after("Tab", &at(5, 7));
    each("Up k", &blue, "05 step 7/18, at head.scores[creature, fluffy]");
    each("Down j", &blue, "05 step 7/18, at head.scores[creature, creature]");
    each("Left h", &blue, "05 step 7/18, at head.scores[blue, blue]");
    each("Right l", &blue, "05 step 7/18, at head.scores[roamed, blue]");
}

#[test]
fn arrows_and_hjkl_move_the_way_they_point_on_the_screen_where_tokens_are_rows() {
    let blue = after("t Tab", &at(5, 7));
    each("Up k", &blue, "05 step 7/18, at head.scores[blue, blue], rows");
    each("Down j", &blue, "05 step 7/18, at head.scores[roamed, blue], rows");
    each("Left h", &blue, "05 step 7/18, at head.scores[creature, fluffy], rows");
    each("Right l", &blue, "05 step 7/18, at head.scores[creature, creature], rows");
}

#[test]
fn letters_start_looking_and_move_at_once() {
    each("h", &at(5, 7), "05 step 7/18, at head.scores[blue, blue]");
    each("j", &at(5, 7), "05 step 7/18, at head.scores[creature, creature]");
    each("k", &at(5, 7), "05 step 7/18, at head.scores[creature, fluffy]");
    each("l", &at(5, 7), "05 step 7/18, at head.scores[roamed, blue]");
}

#[test]
fn the_mark_begins_at_the_term_that_weighs_most() {
    // 4.00·3 is the first of the terms, and 0.65·3 the last.
    let first = after("Tab", &at(5, 7));
    let marked = |model: &Model| model.walk.as_ref().unwrap().looking.as_ref().unwrap().visit().operand;
    assert_eq!(marked(&first), 0);
    // creature hears itself by 0.65·4 alone: the fourth term, each of which has two numbers.
    assert_eq!(marked(&after("Down", &first)), 6);
    // Out of exp, minus and quotient the first number is followed, and of the largest of a row that number.
    let pattern = after("Tab", &at(5, 12));
    assert_eq!(marked(&pattern), 0);
    let largest = after("Tab Tab Enter", &after("n n n n n n n n", &at(5, 12)));
    let walk = largest.walk.as_ref().unwrap();
    let (trace, visit) = (&walk.lesson.trace, walk.looking.as_ref().unwrap().visit());
    assert!(matches!(visit.place, Place::Aggregate(_)), "{}", state(&largest));
    let mut numbers = Vec::new();
    trace.derive(visit.place).sources(&mut |source| numbers.push(trace.number(source)));
    assert!(numbers.iter().all(|number| *number <= numbers[visit.operand]), "{numbers:?}");
}

#[test]
fn over_the_edge_is_the_next_shown_matrix() {
    // Three patterns of six tokens stand side by side; the focus is [t5, t1] of the third: its column is t5.
    let third = after("Tab", &at(12, 3));
    assert_eq!(state(&third), "12 step 3/11, at mh.3.pattern[t5, t1]");
    assert_eq!(keys("l", &third), "12 step 3/11, at mh.3.pattern[t5, t1]");
    let first_column = after("h h h h h", &third);
    assert_eq!(state(&first_column), "12 step 3/11, at mh.3.pattern[t0, t1]");
    assert_eq!(keys("h", &first_column), "12 step 3/11, at mh.2.pattern[t5, t1]");
    assert_eq!(keys("h l", &first_column), "12 step 3/11, at mh.3.pattern[t0, t1]");
}

#[test]
fn enter_follows_an_operand_as_deep_as_the_inputs_and_backspace_comes_back_the_same_way() {
    let mut model = after("Tab", &at(5, 16));
    let mut states = vec![state(&model)];
    loop {
        press(&mut model, "Enter");
        let now = state(&model);
        if Some(&now) == states.last() {
            break;
        }
        states.push(now);
        assert!(states.len() < 30, "{states:#?}");
    }
    let trace = &model.walk.as_ref().unwrap().lesson.trace;
    let deepest = model.walk.as_ref().unwrap().looking.as_ref().unwrap().visit().place;
    assert_eq!(sources(trace, deepest), 0, "{} is an input", name(trace, deepest));
    // Z, pattern, masked, scaled, scores, Q, X, and the table that X is looked up in.
    assert!(states.len() >= 7, "{states:#?}");
    for before in states.iter().rev().skip(1) {
        press(&mut model, "Backspace");
        assert_eq!(state(&model), *before);
    }
    // Out of the first cell Backspace leads back to walking.
    assert_eq!(keys("Backspace", &model), "05 step 16/18");
}

fn sources(trace: &Trace, place: Place) -> usize {
    let mut count = 0;
    trace.derive(place).sources(&mut |_| count += 1);
    count
}

#[test]
fn tab_marks_one_operand_after_the_other_and_goes_round() {
    // The score of creature and blue is q·k with three features: six numbers.
    let step = after("Tab", &at(5, 7));
    let walk = step.walk.as_ref().unwrap();
    let place = walk.looking.as_ref().unwrap().visit().place;
    let count = sources(&walk.lesson.trace, place);
    assert_eq!(count, 2 * walk.lesson.trace.value(walk.lesson.trace.graph().find("head.Q").unwrap()).ncols());
    assert_eq!(keys("Tab", &step), format!("{} operand 2", state(&step)));
    assert_eq!(keys("BackTab", &step), format!("{} operand {count}", state(&step)));
    assert_eq!(keys(&"Tab ".repeat(count), &step), state(&step));
    assert_eq!(keys("BackTab Tab", &step), state(&step));
}

#[test]
fn clicker_keys_walk_in_both_ways_of_being_in_a_lesson() {
    let looking = after("Tab Enter", &at(5, 4));
    each("Space n PgDn", &looking, "05 step 5/18");
    each("p PgUp", &looking, "05 step 3/18");
    let revealing = after("n n Tab", &at(5, 8));
    each("Space n PgDn", &revealing, "05 step 8/18, 3 of 8 uncovered");
    each("p PgUp", &revealing, "05 step 8/18, 1 of 8 uncovered");
}
