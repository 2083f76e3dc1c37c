//! The words of a step with their numbers filled in.

use super::number::{Format, Precision};
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
            Piece::Number { value, decimals } => {
                let decimals = decimals.unwrap_or(canvas.decimals);
                match value.evaluate(canvas.trace) {
                    Value::Number(number) => {
                        let format = Format::for_values([number], Precision::new(decimals), canvas.glyphs);
                        line.push(&format.number(number), Role::Number);
                    }
                    Value::Label(label) => line.push(&label, Role::Emphasis),
                }
            }
        }
    }
    line
}
