//! qkv: step through the attention mechanism of the Transformer, number by number, in a terminal.
//!
//! A lesson is a YAML file. qkv computes everything in it and walks a learner from tokens to output; any cell
//! on the way explains itself with its real operands, down to the inputs. How to use it is told in the
//! README, how to write a lesson in [`book`]. This page is the architecture.
//!
//! # One way through
//!
//! ```text
//! a lesson file ── files ──▶ Source ── yaml::parse ──▶ Tree with spans ── lesson::check ──▶ Lesson { trace, steps }
//!                                           │                                 │               │
//!                                           └─────── Diagnostics, all at once ┘               │  immutable; nothing
//!                                                                                             │  after it can fail
//! keys ── keymap ──▶ Message ── app::update ──▶ Model { lesson, cursors, settings } ◀─────────┘
//!   ▲                                │                    │
//!   │                                ▼                    ▼
//!   │                             Effect              view::build ──▶ View: plain data, roles instead of colours
//!   │                                │                                  │
//!   │                                │                    ┌─────────────┴─────────────┐
//!   │                                ▼                    ▼                           ▼
//! terminal::Events ◀──── terminal::Session ◀──── ui: cells of a screen          export::text
//! ```
//!
//! The turning wheel (wait for an event, [`app::update`], perform the effect, [`view::build`], draw) is in
//! `cli::play`.
//!
//! # Layers
//!
//! A module uses those above it in this table and none below; a test reads the sources and enforces it.
//!
//! | Module | What it knows |
//! |---|---|
//! | [`language`] | two languages as equals; every word for a person is written in both |
//! | [`diagnostic`] | what is wrong with a file: place, stable code, words, hint; how it is printed |
//! | [`environment`] | variables, locale, folders: the only reader of the surroundings |
//! | [`files`] | the only user of the file system |
//! | [`yaml`] | the only module that names a YAML crate: a tree with spans, caps on size and depth |
//! | [`math`] | the dense core: plain functions on `f64` matrices, each with formula, shapes and source |
//! | [`graph`] | named matrices in order, each given or one [`Op`](graph::Op) of earlier ones; their values; why a number is what it is |
//! | [`transformer`] | builders: heads, feed-forward networks, blocks, stacks, logits, what they are compared with, as named nodes of the graph; counts of parameters and work |
//! | [`lesson`] | the format: table of fields, small language of cells, check, prose, standard walkthrough |
//! | [`app`] | what a learner can do: model, message, effect, keys |
//! | [`view`] | what is seen: the only place that decides it |
//! | [`lint`] | advice on a lesson that only a layout can give: steps too long for a small screen, steps that nobody comes to the end of, sums that do not add up as printed |
//! | [`book`] | the reference, the tutorial and what makes a good lesson, as pages for a terminal |
//! | [`ui`] | views as cells of a screen; colours and styles |
//! | [`export`] | views as text, matrices for scripts |
//! | [`terminal`] | taken, drawn on, listened to, always given back |
//! | [`cli`] | the command line, which joins all of these |
//!
//! # What always holds
//!
//! - A [`Lesson`](lesson::Lesson) exists only if its file has no error, and it does not change. What the
//!   learner does lives in the [`Model`](app::Model), so going back shows exactly the earlier screen.
//! - The screen is a function of the model alone (lesson and size are in it). Drawing writes no state.
//! - One closed enum, [`Op`](graph::Op), answers shape, value, derivation of one cell and form of picture,
//!   side by side. Formulas, highlights and explanations are generic walks over the derivation
//!   ([`Expr`](graph::Expr)); there is one drawing for each [`Form`](graph::Form) and none for a single
//!   operation.
//! - For every cell of every lesson the derivation gives the number again, to `1e-9 · max(1, Σ|terms|)`, and
//!   its sources are cells of earlier matrices or numbers that its row shares. Derivations are made when
//!   asked for and never stored.
//! - Stored values are never rounded; printed ones are. `=` stands only where the printed arithmetic adds up,
//!   else `≈`.
//! - Positions are rows inside. Columns are a transpose on the way to the screen, and names, formulas and
//!   shapes follow; a cell is named \[query, key\] whichever way it is drawn.
//! - Axes have an identity: shapes agree by name and size, and cells are named along them.
//! - Mistakes of an author are data, all found in one run; a panic is a bug. Sizes and depths are bounded,
//!   and nothing of a lesson is executed.
//! - Colour never carries a meaning alone: digits, sign, bar or mark say the same.
//! - The terminal is given back in every case, and nothing but `qkv doctor` asks it anything. Waiting for keys costs no
//!   time; only files of your own are looked at several times a second: the lesson that is shown, with what it includes
//!   and loads, and the folders in the menu.
//!
//! Threads compute in two places: a lesson is opened in one, so that the screen always answers and leaving cancels it
//! (`cli::opening`), and large products, sums, look-ups, softmax, norms, masks, activations and random matrices are shared among the
//! processors ([`math`]); each number is still added up by one of them, in one order. Others only wait: for keys and
//! signals ([`terminal`]), and for files to be saved (`cli::watching`).
//!
//! Absent on purpose: network, a clock in the model, `unsafe`, macros beyond [`both!`], caches that could be stale.
//!
//! Not there yet, though the shape of things is meant for it: changing a number and undoing it on the screen
//! ([`Trace::replaced`](graph::Trace::replaced) computes what depends on it), gradients and training as further nodes, pages
//! and pictures as exports.
//!
//! # Decisions that a reader may wonder about
//!
//! - **A product is drawn with one operand above.** In `S = Q·Kᵀ` the left operand stands to the left of the
//!   result and the right one above it, so that the lit row and the lit column meet in the lit cell.
//! - **Several texts make a family.** `X` over the texts `animal` and `skin` is two nodes, `X@animal` and
//!   `X@skin`; what is computed from a family is a family again, with shared weights. The graph knows nothing
//!   of this: it is `lesson::check` that expands it, and names carry it.
//! - **What a row shares is a place.** The maximum and the total that softmax uses are not matrices, but
//!   [`Aggregate`](graph::Aggregate)s, which have a number and explain themselves like cells. A
//!   [`Place`](graph::Place) is either. So one cell's explanation stays short, and it is followed the way it
//!   is computed.
//! - **Nodes are found by id.** A [`NodeId`](graph::NodeId) is the position in the order of definition;
//!   operands have smaller ones, and that is all that keeps the graph free of cycles. Names are for people
//!   and files.
//! - **A lesson holds its trace.** Expectations are proved in the check, so the values are there anyway. Of a lesson
//!   that is too large to keep all of them, what is soon computed again from what is kept is not stored; a lesson has the
//!   same numbers, to the bit, whatever is kept.
//! - **Random weights are not stored.** Each number has a place of its own in the stream of its seed, so a matrix of
//!   them is drawn when it is needed.
//! - **A text that writes itself is a longer graph.** Each round of `generate` replays the definitions over the text as
//!   it then is, as nodes with names of their own, so that every round explains itself like everything else.
//!
//! # A way through the code
//!
//! Begin with [`math`]: the formulas, each a plain function. Then [`graph::Op`] and [`graph::Trace`]: how a matrix is made,
//! and how a cell explains itself. `transformer/attention.rs` shows attention as nodes of that graph. Then
//! [`lesson::fields`], the one table behind the format, and [`lesson::check`](lesson::check()), which goes
//! through a file in its own order. On the other side, [`app::keymap`] is the table of everything one can do,
//! and [`view::build`] is what comes of it.
//!
//! # Words
//!
//! | Word | |
//! |---|---|
//! | token, position | a piece of a text; its place, a row |
//! | `X`, `W_Q` `W_K` `W_V` `W_O`, `Q` `K` `V` | embeddings, weights, queries, keys, values |
//! | scores, scaled, masked, pattern | Q·Kᵀ; divided by √d_k; with −∞ where a key must not be seen; after softmax |
//! | `Z`, concat, output | the weighted sum of a head; the heads side by side; mixed by `W_O` |
//! | norm, gain, hidden, residual | rows brought to one size; what they are then multiplied by; the inner numbers of a feed-forward network; what went in and what came out, added |
//! | sublayer, block, stack, memory | attention or a feed-forward network; one layer; layers one after the other; the output of an encoder, which a decoder looks at |
//! | logits, probabilities, choice, loss | a number for each token that may come next; after softmax; the token taken; −ln of the right one |
//! | round, replay | one more token of a text that the model writes; the definitions done again over the longer text |
//! | lesson, step | what a file becomes; one screen of its walk |
//! | question, attempt | what a step asks of the learner; what the learner has said to it |
//! | portion | what one key press uncovers of a step |
//! | walking, looking | going through the steps; asking cells where their numbers come from |
//! | node, op, graph, trace | a named matrix; how it is made; all of them in order; with their values |
//! | part | what a matrix is in attention, for its colour and heading |
//! | cell, aggregate, place | one number of a matrix; one number shared by a row; either |
//! | derivation, source cell | how a number came to be; a cell that it was made of |
//! | axis, label | what rows or columns stand for; the name of one of them |
//! | convention | whether tokens are drawn as rows or as columns |
//! | honesty | whether numbers are toy, published or real |
//! | message, effect, model | what was asked; what is to be done outside; what the learner has changed |
//! | topic, section, stage | a page of the book; a part of it under one heading; a step of the tutorial, with a lesson of its own |
//! | view, role | what is seen, as data; what a piece of it means, before a theme gives it a colour |
//! | diagnostic | something wrong with a file, with its place |

pub mod app;
pub mod book;
pub mod cli;
pub mod diagnostic;
pub mod environment;
pub mod export;
pub mod files;
pub mod graph;
pub mod language;
pub mod lesson;
pub mod lint;
pub mod math;
pub mod terminal;
pub mod transformer;
pub mod ui;
pub mod view;
pub mod yaml;
