//! The words of a step with their numbers filled in.

use super::number::written;
use super::picture::Canvas;
use super::text::{Line, Role};
use crate::lesson::expression::Value;
use crate::lesson::{Piece, Prose};

/// The paragraphs of a prose, each one unwrapped line.
pub(super) fn paragraphs(canvas: &Canvas<'_>, prose: &Prose, role: Role) -> Vec<Line> {
    prose.paragraphs.iter().map(|pieces| paragraph(canvas, pieces, role)).collect()
}

fn paragraph(canvas: &Canvas<'_>, pieces: &[Piece], role: Role) -> Line {
    let mut line = Line::new();
    for piece in pieces {
        match piece {
            Piece::Words(text) => line.push(text, role),
            Piece::Emphasis(text) => line.push(text, Role::Emphasis),
            Piece::Number { value, format } => match value.evaluate(canvas.trace) {
                Value::Number(number) => {
                    line.push(&written(number, *format, canvas.decimals, canvas.glyphs), Role::Number);
                }
                Value::Label(label) => line.push(&label, Role::Emphasis),
            },
        }
    }
    line
}
