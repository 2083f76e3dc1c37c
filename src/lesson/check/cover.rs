//! What a menu says of a lesson.

use super::text;
use crate::diagnostic::Source;
use crate::lesson::Text;
use crate::yaml::{self, Tree};

/// What a menu says of a lesson.
#[derive(Debug, Clone)]
pub struct Cover {
    /// Its title.
    pub title: Text,
    /// Where its example comes from.
    pub source: Option<Text>,
    /// How many steps are written; `None` where the standard walkthrough will be made.
    pub steps: Option<usize>,
}

/// The title of a lesson file and where it comes from, read without checking the rest.
pub fn cover(source: &Source) -> Option<Cover> {
    let tree = yaml::parse(source).0?;
    Some(Cover {
        title: text(tree.get("title")?)?,
        source: tree.get("source").and_then(text),
        steps: tree.get("steps").and_then(Tree::as_list).map(<[_]>::len),
    })
}
