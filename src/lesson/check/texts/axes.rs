//! Axes, texts and the vocabulary.

use std::collections::HashMap;
use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, lines_at};
use crate::graph::op::Given;
use crate::graph::{Axis, Op, Part, Shape};
use crate::language::Localised;
use crate::lesson::TokenText;
use crate::lesson::check::names::slips::plain;
use crate::lesson::check::{Checker, locate};
use crate::math::Matrix;
use crate::yaml::{Key, Style, Tree};

impl Checker<'_> {
    pub(in crate::lesson::check) fn read_axes(&mut self, lesson: &Tree) {
        for (key, value) in lesson.get("axes").and_then(Tree::as_map).unwrap_or_default() {
            if value.as_count() == Some(0)
                && let Some(axis) = self.axis_of_nothing(key, value, lesson)
            {
                self.add_axis(key, Some(axis));
                continue;
            }
            if value.as_count() == Some(0) {
                self.report_no_size(key, value);
                self.add_axis(key, None);
                continue;
            }
            // A size in fullwidth digits has been reported, and is taken as it is meant.
            let in_plain = || plain(value.as_text()?)?.parse().ok();
            let axis = match (value.as_count().or_else(in_plain), value.as_list()) {
                (Some(size), _) => self
                    .fits(size as usize, value.span)
                    .then(|| Axis::sized(key.text.as_str(), size as usize)),
                (None, Some(names)) => self.features(key, names),
                (None, None) => {
                    self.is_size_with_names(key, value);
                    None
                }
            };
            self.add_axis(key, axis);
        }
    }

    /// Reports `4 [a, b, c, d]`, where names alone belong, which are counted.
    fn is_size_with_names(&mut self, key: &Key, value: &Tree) {
        let Some((size, names)) = value.as_text().and_then(|text| text.split_once(['[', '('])) else {
            return;
        };
        let names = names.trim_end_matches([']', ')']).trim();
        if size.trim().parse::<usize>().is_err() || names.is_empty() || names.contains(['[', '(', '`']) {
            return;
        }
        let axis = &key.text;
        self.report(
            Code::BadNumber,
            value.span,
            both!("the size of `{axis}` is counted from its names", "`{axis}` 的大小由名称的个数得出"),
            both!("write the names alone: `[{names}]`", "请只写名称：`[{names}]`"),
        );
    }

    /// Reads the texts; `None` where two of them are the main one, so that all that is made of it is uncertain.
    pub(in crate::lesson::check) fn read_texts(&mut self, tree: &Tree) -> Option<()> {
        let mut is_certain = Some(());
        let short = tree.entry("text");
        if let Some((field, text)) = short {
            let key = Key { text: "main".to_owned(), span: field.span };
            self.read_text(&key, text);
        }
        for (key, value) in tree.get("texts").and_then(Tree::as_map).unwrap_or_default() {
            match short {
                Some((field, _)) if key.text == "main" => {
                    is_certain = None;
                    let line = self.source.line(key.span.start);
                    self.findings.push(
                        Diagnostic::new(
                            Code::ConflictingFields,
                            key.span,
                            both!(
                                "`text` is the text `main` already, and here is another `main`",
                                "`text` 就是名为 `main` 的文本，这里又写了一个 `main`"
                            ),
                        )
                        .with_another(field.span)
                        .with_hint(both!(
                            "keep one of the two, or give the one in line {line} another name",
                            "请只保留一个，或给第 {line} 行的这一个换个名字"
                        )),
                    );
                }
                Some(_) | None => self.read_text(key, value),
            }
        }
        is_certain
    }

    fn read_text(&mut self, key: &Key, value: &Tree) {
        let written = value.get("tokens").unwrap_or(value);
        let tokens = self.tokens(written);
        self.no_fullwidth_commas(written);
        if tokens.is_empty() {
            if value.as_text().is_some_and(|text| text.trim().is_empty()) {
                self.report(
                    Code::Empty,
                    value.span,
                    both!("this text has no tokens", "这段文本没有词元"),
                    both!("write at least one word", "至少写一个词"),
                );
            }
            self.broken.insert(key.text.clone());
            return;
        }
        for (token, span) in &tokens {
            self.is_short(token, *span);
        }
        let (labels, spans): (Vec<_>, Vec<_>) = tokens.into_iter().unzip();
        let axis = self.fits(labels.len(), value.span).then(|| Axis::tokens(key.text.as_str(), labels));
        self.token_spans.insert(key.text.clone(), spans);
        if let Some(axis) = self.add_axis(key, axis) {
            let gloss = Localised {
                en: self.gloss(value, "en", axis.labels()),
                zh: self.gloss(value, "zh", axis.labels()),
            };
            self.texts.push(TokenText { name: key.text.clone(), tokens: axis, gloss, generation: None });
        }
    }

    /// The tokens of a list, or of a sentence cut at blanks, with their places.
    pub(in crate::lesson::check) fn tokens(&self, tree: &Tree) -> Vec<(String, Span)> {
        if let Some(items) = tree.as_list() {
            let token = |item: &Tree| item.as_text().map(|text| (text.to_owned(), item.span));
            return items.iter().filter_map(token).collect();
        }
        let Some(sentence) = tree.as_text() else { return Vec::new() };
        let place = |word: &str| {
            // A word is a part of the sentence, so the difference of the addresses is its offset.
            let start = word.as_ptr() as usize - sentence.as_ptr() as usize;
            locate::in_source(self.source, tree, Span::new(start, start + word.len()))
        };
        sentence.split_whitespace().map(|word| (word.to_owned(), place(word))).collect()
    }

    /// Reports items such as `我，爱` in a list: two tokens that a fullwidth comma keeps together.
    fn no_fullwidth_commas(&mut self, list: &Tree) {
        for item in list.as_list().unwrap_or_default() {
            let Some(scalar) = item.as_scalar().filter(|scalar| scalar.style == Style::Plain) else {
                continue;
            };
            let inner = scalar.text.trim_matches('，');
            let Some(at) = inner
                .find('，')
                .map(|at| at + scalar.text.len() - scalar.text.trim_start_matches('，').len())
            else {
                continue;
            };
            let comma = locate::in_source(self.source, item, Span::new(at, at + '，'.len_utf8()));
            self.report(
                Code::FullwidthPunctuation,
                comma,
                both!("a wide `，`, as Chinese keyboards write it, does not separate tokens", "全角的 `，` 不能用来分隔词元"),
                both!(
                    "write `, ` with the keyboard set to English; if the comma belongs to the token, put the token in quotation marks",
                    "请切换到英文输入法，写成 `, `；如果逗号是词元的一部分，请给这个词元加上英文引号"
                ),
            );
        }
    }

    fn features(&mut self, key: &Key, names: &[Tree]) -> Option<Arc<Axis>> {
        let mut first: HashMap<&str, Span> = HashMap::new();
        let mut labels = Vec::new();
        for name in names {
            let Some(label) = name.as_text() else { continue };
            self.is_short(label, name.span);
            if let Some(span) = first.get(label) {
                let axis = &key.text;
                let message = both!(
                    "the feature `{label}` stands twice in `{axis}`",
                    "特征 `{label}` 在 `{axis}` 中出现了两次"
                );
                let related = both!("it stands here first", "第一次出现在这里");
                // Side by side it was typed or pasted twice.
                let is_beside = labels.last().is_some_and(|last: &String| last == label);
                let hint = if is_beside {
                    both!(
                        "remove it here; if another feature is meant, write its name",
                        "请删去这一个；如果指的是另一个特征，请写它的名字"
                    )
                } else {
                    both!("give each feature a name of its own", "请给每个特征取不同的名字")
                };
                self.findings.push(
                    Diagnostic::new(Code::DuplicateName, name.span, message)
                        .with_related(*span, related)
                        .with_hint(hint),
                );
                return None;
            }
            first.insert(label, name.span);
            labels.push(label.to_owned());
        }
        let span = names.first().map_or(key.span, |name| name.span);
        (!labels.is_empty() && self.fits(labels.len(), span))
            .then(|| Axis::features(key.text.as_str(), labels))
    }

    fn add_axis(&mut self, key: &Key, axis: Option<Arc<Axis>>) -> Option<Arc<Axis>> {
        let is_good = self.is_good_name(&key.text, key.span);
        // One slip in a name is one finding, and not one for each use.
        let meant = if is_good { None } else { self.spelled_elsewhere(&key.text) };
        let good = is_good || meant.is_some();
        let key = &Key { text: meant.unwrap_or_else(|| key.text.clone()), span: key.span };
        let others = [self.axis_places.get(&key.text), self.definitions.get(&key.text)];
        for other in others.into_iter().flatten().copied() {
            let name = &key.text;
            let (first, again) = (other.min(key.span), other.max(key.span));
            let message = both!("the name `{name}` is taken already", "名称 `{name}` 已被使用");
            // A text that is written alone has its name of itself.
            let label = if self.source.slice(first) == name.as_str() {
                both!("it stands here first", "第一次出现在这里")
            } else {
                both!("this text has the name `{name}`", "这段文本的名称就是 `{name}`")
            };
            let hint = self.other_name(first, again);
            let finding = Diagnostic::new(Code::DuplicateName, again, message);
            self.findings.push(finding.with_related(first, label).with_hint(hint));
        }
        self.axis_places.entry(key.text.clone()).or_insert(key.span);
        let axis = axis.filter(|_| good);
        if let Some(axis) = &axis {
            self.sizes.insert(key.text.clone(), axis.size());
            self.axes.insert(key.text.clone(), Arc::clone(axis));
        } else {
            self.broken.insert(key.text.clone());
        }
        axis
    }

    /// Which name to write where two things of different kinds have the same: a text that is alone is best called `main`.
    fn other_name(&self, first: Span, again: Span) -> Localised<String> {
        let texts = self.tree.get("texts").filter(|texts| texts.get("main").is_none());
        let is_text = |place: Span| texts.is_some_and(|it| it.span.range().contains(&place.start));
        let is_axis = |place: Span| {
            let axes = self.tree.get("axes");
            axes.is_some_and(|it| it.span.range().contains(&place.start))
        };
        let axis = [first, again].into_iter().find(|place| is_axis(*place));
        if let Some(axis) = axis.filter(|_| is_text(first) || is_text(again)) {
            let line = lines_at([axis]);
            both!(
                "texts, axes and matrices need different names: call the text `main`, or give the axis in {line} another name",
                "文本、轴和矩阵的名称不能相同：请把文本改名为 `main`，或给{line}的轴另起一个名称"
            )
        } else {
            let free = self.free_name("X");
            both!(
                "texts, axes and matrices need different names: write another one, such as `{free}`",
                "文本、轴和矩阵的名称不能相同：请换一个名称，例如 `{free}`"
            )
        }
    }

    /// Reports features where the name of their axis belongs; the axis that has them, if there is one.
    fn axis_of_features(&mut self, tree: &Tree, features: &[Tree]) -> Option<Arc<Axis>> {
        let words: Vec<&str> = features.iter().map(Tree::as_text).collect::<Option<_>>()?;
        let has_them = |axis: &&Arc<Axis>| axis.labels().iter().map(String::as_str).eq(words.iter().copied());
        let axis = Arc::clone(self.axes.values().find(has_them)?);
        let name = axis.name()?.to_owned();
        let list = words.join(", ");
        let message = both!("one name belongs here: that of an axis", "这里只写一个名称：轴的名称");
        let hint = both!(
            "write `{name}`, which stands for `[{list}]` in `axes`",
            "请写 `{name}`，它在 `axes` 中代表 `[{list}]`"
        );
        let finding = Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint);
        let in_brackets = self.source.slice(tree.span).starts_with('[');
        self.findings.push(if in_brackets { finding.with_fix(tree.span, name) } else { finding });
        Some(axis)
    }

    pub(in crate::lesson::check) fn read_vocabulary(&mut self, tree: Option<&Tree>) {
        let Some(tree) = tree else { return };
        let axis = tree.get("axis").and_then(|tree| match tree.as_list() {
            Some(features) => self.axis_of_features(tree, features),
            None => self.axis(tree),
        });
        let entries = tree.get("tokens").and_then(Tree::as_map).unwrap_or_default();
        let axis = axis.or_else(|| self.forgotten_axis(tree, entries));
        // Room is asked for before any number is read: a token with one number still takes a whole row.
        let axis = axis.filter(|axis| {
            !entries.is_empty()
                && self.fits(entries.len(), tree.span)
                && self.has_room((entries.len(), axis.size()), tree.span).is_some()
        });
        let Some(axis) = axis else {
            self.broken.insert("vocabulary".to_owned());
            return;
        };
        let mut values = Vec::with_capacity(entries.len() * axis.size());
        let mut complete = true;
        for (token, numbers) in entries {
            match self.line(numbers, &axis, &token.text) {
                Some(row) => values.extend(row),
                None => complete = false,
            }
        }
        let tokens: Vec<_> = entries.iter().map(|(token, _)| token.text.clone()).collect();
        self.vocabulary_places = entries.iter().map(|(token, _)| (token.text.clone(), token.span)).collect();
        if !complete {
            self.broken.insert("vocabulary".to_owned());
            return;
        }
        let matrix = Matrix::from_row_slice(tokens.len(), axis.size(), &values);
        let tokens = Axis::tokens("vocabulary", tokens);
        // So that a matrix can have a row or column for each token that is known.
        self.axes.insert("vocabulary".to_owned(), Arc::clone(&tokens));
        let shape = Shape::new(tokens, axis);
        let given = Op::Given(Given::written(matrix, shape));
        self.vocabulary = self.push("vocabulary".to_owned(), given, Part::Vocabulary, tree.span);
    }

    /// The embeddings of the tokens of a text; reports tokens that the vocabulary lacks.
    pub(in crate::lesson::check) fn look_up(&mut self, text: &str) -> Option<(Op, Part)> {
        Some((Op::Gather(self.rows_of(text)?), Part::Embeddings))
    }
}
