//! The words of a step with their numbers filled in.

use super::number::written;
use super::picture::Canvas;
use super::text::{Line, Role, cells};
use crate::app::Glyphs;
use crate::lesson::expression::Value;
use crate::lesson::{Piece, Prose};

/// The paragraphs of a prose, each one unwrapped line.
pub(super) fn paragraphs(canvas: &Canvas<'_>, prose: &Prose, role: Role) -> Vec<Line> {
    prose.paragraphs.iter().map(|pieces| paragraph(canvas, pieces, role)).collect()
}

/// The paragraphs of what a step says, each one unwrapped line. Numbers of cells that are still covered have the role of
/// these; they are to be [covered](cover) once the lines are wrapped, which breaks them where the numbers ask for it.
pub(super) fn uncovered_paragraphs(canvas: &Canvas<'_>, prose: &Prose) -> Vec<Line> {
    let is_hidden = |piece: &Piece| match piece {
        Piece::Words(_) | Piece::Emphasis(_) => false,
        Piece::Number { value, .. } => !canvas.walk.may_tell(value),
    };
    let paragraph = |pieces: &Vec<Piece>| {
        let mut line = Line::new();
        for piece in pieces {
            let told = paragraph(canvas, std::slice::from_ref(piece), Role::Plain);
            if is_hidden(piece) {
                line.push(&told.text(), Role::Hidden);
            } else {
                line.append(&told);
            }
        }
        line
    };
    prose.paragraphs.iter().map(paragraph).collect()
}

/// A line with dots in place of what is hidden in it, as many cells wide.
pub(super) fn cover(mut line: Line, glyphs: Glyphs) -> Line {
    for span in line.0.iter_mut().filter(|span| span.role == Role::Hidden) {
        span.text = glyphs.dot().repeat(span.width() / cells(glyphs.dot()).max(1));
    }
    line
}

fn paragraph(canvas: &Canvas<'_>, pieces: &[Piece], role: Role) -> Line {
    let mut line = Line::new();
    // In words that stand out a number must not stand back.
    let number_role = if role == Role::Strong { role } else { Role::Number };
    for piece in pieces {
        match piece {
            Piece::Words(text) => line.push(text, role),
            Piece::Emphasis(text) => line.push(text, Role::Emphasis),
            Piece::Number { value, format } => match value.evaluate(canvas.trace) {
                Value::Number(number) => {
                    line.push(&written(number, *format, canvas.decimals, canvas.glyphs), number_role);
                }
                Value::Label(label) => line.push(&label, Role::Emphasis),
            },
        }
    }
    line
}
