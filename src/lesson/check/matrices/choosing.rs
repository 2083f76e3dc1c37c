//! How one of several tokens is chosen: the likeliest, or one that is drawn.

use crate::both;
use crate::diagnostic::Code;
use crate::graph::op::Choosing;
use crate::language::Localised;
use crate::lesson::check::remedies::definition::to_write;
use crate::lesson::check::{Checker, remedies::insertion};
use crate::lesson::fields::own_word;
use crate::yaml::{Key, Tree};

impl Checker<'_> {
    /// How a token is chosen; reports a seed that is missing or of no use.
    pub(super) fn choosing(&mut self, key: &Key, tree: &Tree) -> Option<Choosing> {
        let how = tree.get("how");
        let seed = tree.entry("seed");
        match (how.and_then(Tree::as_text).unwrap_or("greedy"), seed) {
            ("greedy", None) => Some(Choosing::Greedy),
            ("greedy", Some((field, _))) => {
                let sampled = ["how: sampled".to_owned()];
                let Localised { en, zh } = insertion::to_remove(self.source, tree, &["seed"]);
                let Localised { en: add, zh: add_zh } =
                    insertion::to_add(self.source, tree, field.span, &sampled);
                self.report(
                    Code::ConflictingFields,
                    field.span,
                    both!(
                        "the likeliest token is taken here, and nothing is left to chance: `seed` has no use",
                        "这里取概率最大的词元，不靠随机，`seed` 没有用处"
                    ),
                    both!("{en}; or, to let chance choose, {add}", "请{zh}；要按概率抽取，请{add_zh}"),
                );
                None
            }
            ("sampled", Some((_, seed))) => Some(Choosing::Sampled { seed: seed.as_count()? }),
            ("sampled", None) => {
                let told = how.map_or(key.span, |tree| tree.span);
                let Localised { en, zh } =
                    insertion::to_add(self.source, tree, told, &["seed: 7".to_owned()]);
                self.report(
                    Code::MissingField,
                    told,
                    both!(
                        "a token is drawn by chance here, which needs a `seed`, and there is none",
                        "按概率抽取词元需要 `seed`，这里没有写"
                    ),
                    both!("{en}, or with another number", "请{zh}，或换成别的数"),
                );
                None
            }
            (other, None) if own_word(other, |own| own == "sampled").is_some() => {
                let Localised { en, zh } = if self.source.slice(tree.span).starts_with('{') {
                    both!("write `sampled, seed: 7`", "请写 `sampled, seed: 7`")
                } else {
                    let fields = [("how", "sampled".to_owned()), ("seed", "7".to_owned())];
                    to_write(self.source, tree, &fields, how.map(|tree| tree.span))
                };
                self.report(
                    Code::WrongKind,
                    how.map_or(key.span, |tree| tree.span),
                    both!(
                        "`{other}` is called `sampled` here, and what is drawn depends on a `seed`",
                        "`{other}` 在这里叫 `sampled`，抽取随机数还需要 `seed`"
                    ),
                    both!(
                        "{en}; instead of 7 any whole number may stand, and each may draw other words: look through what the lesson says of them",
                        "{zh}（7 可以换成别的整数）；种子不同，抽到的词可能不同，课里关于这些词的文字和断言也要再看一遍"
                    ),
                );
                None
            }
            // The table of fields has reported any other word.
            (_, _) => None,
        }
    }
}
