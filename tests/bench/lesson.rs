//! What a lesson costs: to load, to compute, and to draw.
//!
//! `cargo bench --bench lesson` prints the times. A frame must cost as much as the screen is large and no more,
//! however large the lesson is.

use std::fmt;
use std::sync::Arc;

use divan::{Bencher, black_box};
use qkv::app::{LookAt, Message, Model, Settings, Size, ThemeName, Walk, update};
use qkv::diagnostic::Source;
use qkv::environment::ColourDepth;
use qkv::graph::{Axis, Graph, NodeId, Op, Origin, Part, Shape, Trace, Visible, op};
use qkv::language::Language;
use qkv::lesson::{Builtin, LESSONS, Lesson, Shown, check};
use qkv::math::{Matrix, random};
use qkv::transformer::{Attention, Naming, Projection, Rules, Source as From, Values};
use qkv::ui::Screen;
use qkv::ui::theme::Theme;
use qkv::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

fn main() {
    divan::main();
}

/// The shipped lesson with the longest file.
fn longest() -> Builtin {
    *LESSONS.iter().max_by_key(|builtin| builtin.source().text.len()).expect("there are lessons")
}

/// A lesson of so many tokens that is made from a seed.
fn seeded(tokens: usize) -> Source {
    let words: Vec<_> = (0..tokens).map(|n| format!("w{n}")).collect();
    let text = words.join(" ");
    let lesson = format!("title: A lesson\ntext: {text}\naxes: {{d_model: 64, d_k: 16}}\nseed: 7\n");
    Source::new(format!("{tokens} tokens"), &lesson)
}

#[divan::bench]
fn check_the_longest_shipped_lesson(bencher: Bencher) {
    let source = longest().source();
    assert!(check(&source).lesson.is_some());
    bencher.bench(|| check(black_box(&source)));
}

#[divan::bench(args = [8, 64, 256, 512])]
fn check_a_seeded_lesson(bencher: Bencher, tokens: usize) {
    let source = seeded(tokens);
    assert!(check(&source).lesson.is_some());
    bencher.bench(|| check(black_box(&source)));
}

/// A causal head of 64 features with queries and keys of 16.
fn head(tokens: usize) -> Arc<Graph> {
    let mut graph = Graph::default();
    let x = given(&mut graph, "X", random(tokens, 64, 1, 1.0));
    let query_weights = given(&mut graph, "W_Q", random(64, 16, 2, 1.0));
    let key_weights = given(&mut graph, "W_K", random(64, 16, 3, 1.0));
    let weights = given(&mut graph, "W_V", random(64, 64, 4, 1.0));
    let head = Attention {
        source: From::Projected {
            queries: Projection::new(x, query_weights),
            keys: Projection::new(x, key_weights),
        },
        values: Values::Projected(Projection::new(x, weights)),
        rules: Rules::masked(Visible::Causal),
    };
    let naming = Naming { prefix: "head".to_owned(), suffix: String::new() };
    head.build(&mut graph, &naming).expect("everything fits");
    Arc::new(graph)
}

fn given(graph: &mut Graph, name: &str, values: Matrix) -> NodeId {
    let shape = Shape::new(Axis::numbered(values.nrows()), Axis::numbered(values.ncols()));
    let op = Op::Given(op::Given { values: Arc::new(values), shape, origin: Origin::Written });
    graph.push(name, op, Part::Other).expect("the name is free")
}

#[divan::bench(args = [8, 64, 256, 512])]
fn evaluate_a_head(bencher: Bencher, tokens: usize) {
    let graph = head(tokens);
    bencher.bench(|| Trace::evaluate(black_box(&graph).clone()));
}

/// A screen on which a lesson stands.
#[derive(Debug, Clone, Copy)]
struct Scene {
    tokens: usize,
    size: Size,
    shows: Part,
    mode: Mode,
}

#[derive(Debug, Clone, Copy)]
enum Mode {
    Walking,
    Looking,
}

impl fmt::Display for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tokens, size: Size { width, height }, shows, mode } = self;
        write!(f, "{shows:?} of {tokens:4}, {mode:?} at {width}×{height}")
    }
}

fn scenes() -> Vec<Scene> {
    let mut scenes = Vec::new();
    for size in [Size { width: 80, height: 24 }, Size { width: 200, height: 60 }] {
        for shows in [Part::Queries, Part::Pattern, Part::HeadOutput] {
            for mode in [Mode::Walking, Mode::Looking] {
                scenes.extend([8, 64, 512].map(|tokens| Scene { tokens, size, shows, mode }));
            }
        }
    }
    scenes
}

impl Scene {
    /// At the last step whose last matrix plays this part, all of it uncovered.
    fn model(self) -> Model {
        let lesson: Arc<Lesson> = Arc::new(check(&seeded(self.tokens)).lesson.expect("it is right"));
        let shows = |step: usize| match lesson.steps[step].show.last() {
            Some(Shown::Matrix(node)) => lesson.trace.node(*node).part == self.shows,
            Some(Shown::Text(_)) | None => false,
        };
        let step = (0..lesson.steps.len())
            .rev()
            .find(|step| shows(*step))
            .expect("the walkthrough shows every part");
        let mut walk = Walk::new(0, Arc::clone(&lesson), step, None);
        walk.uncovered = walk.portions();
        let mut model = Model::new(Vec::new(), Language::English, Settings::default(), self.size);
        model.walk = Some(walk);
        if let Mode::Looking = self.mode {
            update(&mut model, Message::Look(LookAt::Start));
        }
        model
    }
}

#[divan::bench(args = scenes())]
fn build_a_view(bencher: Bencher, scene: Scene) {
    let model = scene.model();
    bencher.bench(|| view::build(black_box(&model)));
}

#[divan::bench(args = scenes())]
fn draw_a_frame(bencher: Bencher, scene: Scene) {
    let model = scene.model();
    let theme = Theme::new(ThemeName::Dark, ColourDepth::True);
    let area = Rect { x: 0, y: 0, width: scene.size.width, height: scene.size.height };
    let mut buffer = Buffer::empty(area);
    bencher.bench_local(|| {
        buffer.reset();
        let view = view::build(black_box(&model));
        Screen { view: &view, theme: &theme }.render(area, &mut buffer);
    });
}

/// A step whose words and question ask something of a whole matrix.
fn summed_up(tokens: usize) -> Model {
    let words: Vec<_> = (0..tokens).map(|n| format!("w{n}")).collect();
    let lesson = format!(
        "title: Sums
text: {}
axes: {{d_model: 64}}
matrices:
  - X: {{random: {{rows: main, cols: d_model, seed: 1}}}}
  - S: {{dot_products: [X, X]}}
steps:
  - show: S
    say: \"In all {{sum(S)}}, at most {{max(S)}}.\"
    question:
      ask: Which is so?
      answer:
        choose:
          - claim: {{say: Positive, holds: sum(S) > 0}}
          - claim: {{say: Negative, holds: sum(S) < 0}}
",
        words.join(" ")
    );
    let checked = check(&Source::new("sums.yaml", &lesson));
    let lesson = Arc::new(checked.lesson.unwrap_or_else(|| panic!("{:?}", checked.findings)));
    let size = Size { width: 80, height: 24 };
    let mut model = Model::new(Vec::new(), Language::English, Settings::default(), size);
    model.walk = Some(Walk::new(0, lesson, 0, None));
    model
}

#[divan::bench(args = [8, 64, 512])]
fn build_a_view_with_sums(bencher: Bencher, tokens: usize) {
    let model = summed_up(tokens);
    bencher.bench(|| view::build(black_box(&model)));
}
