//! Plots keep one scale, so that circles and angles are what they are, and say so where they cannot.

use qkv::app::Size;
use qkv::view::{self, Part, PlotView};

use super::sized;
use crate::walk::{SMALL, USUAL, WIDE, alone, every_step, state, written};

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
