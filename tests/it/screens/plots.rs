//! Plots keep one scale, so that circles and angles are what they are, and say so where they cannot.

use qkv::app::Size;
use qkv::environment::ColourDepth;
use qkv::ui::Screen;
use qkv::ui::theme::Theme;
use qkv::view::text::{Line, Role};
use qkv::view::{self, Part, PlotView, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{chinese, sized};
use crate::walk::dump::text;
use crate::walk::{SMALL, USUAL, WIDE, after, alone, at, every_step, screen, state, written};

fn plot(model: &qkv::app::Model) -> Option<PlotView> {
    view::build(model).parts.into_iter().find_map(|part| match part {
        Part::Plot(plot) => Some(plot),
        Part::Text(..) | Part::Grid(_) => None,
    })
}

/// How much a cell stands for, across and, as cells are about twice as high as wide, for half a cell up.
fn units(plot: &PlotView) -> [f64; 2] {
    let [horizontal, vertical] = [plot.horizontal, plot.vertical].map(|[low, high]| high - low);
    [horizontal / f64::from(plot.width), vertical / f64::from(plot.height) / 2.0]
}

fn is_of_one_scale(plot: &PlotView) -> bool {
    let [across, up] = units(plot);
    (across / up - 1.0).abs() < 1e-6
}

#[test]
fn every_plot_of_the_course_keeps_one_scale_at_every_size() {
    let mut plots = 0;
    let sizes = [SMALL, USUAL, WIDE, Size { width: 70, height: 40 }, Size { width: 200, height: 20 }];
    for model in every_step().filter(|model| model.walk.as_ref().unwrap().current().plot.is_some()) {
        for size in sizes {
            let Some(plot) = plot(&sized(size, &model)) else { continue };
            plots += 1;
            assert!(is_of_one_scale(&plot) && plot.note.is_none(), "{} at {size:?}", state(&model));
            let [[left, right], [low, high]] = [plot.horizontal, plot.vertical];
            let inside = |[x, y]: [f64; 2]| (left..=right).contains(&x) && (low..=high).contains(&y);
            assert!(plot.arrows.iter().all(|arrow| inside(arrow.from) && inside(arrow.to)));
        }
    }
    assert!(plots > 20, "{plots}");
}

#[test]
fn features_that_are_too_unlike_have_scales_of_their_own_and_it_is_said() {
    let arrows = |far: &str| {
        alone(written(&format!(
            "title: L\naxes: {{d_model: [far, near]}}\ntext: a b\nmatrices:\n  - X: {{given: {{rows: main, cols: d_model, values: [[0, 0], [{far}, 1]]}}}}\nsteps:\n  - {{show: X, say: P., plot: {{axes: [far, near], arrows: [{{from: \"X[a]\", to: \"X[b]\"}}]}}}}\n"
        )))
    };
    for size in [SMALL, USUAL, WIDE] {
        let same = plot(&sized(size, &arrows("3"))).unwrap();
        assert!(is_of_one_scale(&same) && same.note.is_none());
        let other = plot(&sized(size, &arrows("500"))).unwrap();
        assert!(!is_of_one_scale(&other) && other.note.is_some_and(|note| note.text().contains("scale")));
    }
}

fn drawn(view: &View, theme: &Theme) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, view.size.width, view.size.height));
    Screen { view, theme }.render(buffer.area, &mut buffer);
    buffer
}

/// The plots of a view alone, without their words.
fn without_words(mut view: View) -> View {
    view.parts.retain(|part| matches!(part, Part::Plot(_)));
    for part in &mut view.parts {
        if let Part::Plot(plot) = part {
            plot.axes = [Line::new(), Line::new()];
            plot.start = None;
            for arrow in &mut plot.arrows {
                (arrow.label.name, arrow.label.place) = (Line::new(), Line::new());
            }
        }
    }
    view
}

#[test]
fn no_word_covers_an_arrow() {
    let plots = every_step().filter(|model| model.walk.as_ref().unwrap().current().plot.is_some());
    let mut strokes = 0;
    for model in plots.flat_map(|model| [chinese(&model), model]) {
        for size in [SMALL, USUAL, WIDE] {
            let view = view::build(&sized(size, &model));
            let theme = Theme::new(view.theme, ColourDepth::True);
            let (whole, bare) = (drawn(&view, &theme), drawn(&without_words(view), &theme));
            let axis = theme.style(Role::Border).fg;
            for place in bare.area.positions() {
                let stroke = &bare[place];
                if !stroke.symbol().trim().is_empty() && stroke.style().fg != axis {
                    strokes += 1;
                    let seen = &whole[place];
                    assert_eq!(seen.symbol(), stroke.symbol(), "{} at {size:?}, {place}", state(&model));
                }
            }
        }
    }
    assert!(strokes > 500, "{strokes}");
}

#[test]
fn a_column_without_a_name_is_called_a_feature() {
    let named = |model| plot(&model).unwrap().axes.map(|axis| axis.text());
    assert_eq!(named(at(13, 6)), ["feature 1", "feature 2"]);
    assert_eq!(named(chinese(&at(13, 6))), ["第 1 维", "第 2 维"]);
    assert_eq!(named(at(2, 6)), ["deed", "wet"]);
}

#[test]
fn where_only_a_plot_is_shown_no_key_is_offered_that_looks_at_a_number() {
    for (key, offer) in [("", "look at a number"), ("?", "look at the numbers one by one")] {
        let offered = |model| text(&screen(&sized(WIDE, &after(key, &model)))).contains(offer);
        assert!(!offered(at(13, 6)) && !offered(at(2, 14)));
        assert!(offered(at(5, 7)));
    }
    assert_eq!(state(&after("Tab", &at(13, 6))), state(&at(13, 6)));
}

#[test]
fn turning_is_told_only_where_a_matrix_is_turned() {
    let told = |model| text(&screen(&sized(WIDE, &after("t", &model)))).contains("(Turned: ");
    assert!(!told(at(13, 6)) && !told(at(5, 1)));
    assert!(told(at(5, 7)));
}
