//! Lines of text whose pieces carry a role instead of a colour, measured in the cells of a screen.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::glyphs::Glyphs;

/// What a piece of text or a cell is on the screen. The theme decides how each looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    /// Text with nothing special about it.
    #[default]
    Plain,
    /// Text that stands back.
    Muted,
    /// Text that stands out.
    Strong,
    /// A word that the author emphasised.
    Emphasis,
    /// The title of a lesson or window.
    Title,
    /// The heading of a part.
    Heading,
    /// The header of a row or column of a matrix.
    Header,
    /// A key of the keyboard.
    Key,
    /// Tokens and what is made from them alone, such as X.
    Inputs,
    /// Queries: Q and its rows.
    Queries,
    /// Keys: K and its rows.
    Keys,
    /// Values: V and its rows.
    Values,
    /// Learned weights, such as `W_Q`.
    Weights,
    /// Scores, scaled or masked or neither.
    Scores,
    /// The attention pattern.
    Pattern,
    /// What attention gives back: Z, the concat, the output.
    Output,
    /// A number in a cell or in prose.
    Number,
    /// A cell that the mask takes out.
    Masked,
    /// A cell that the step has not shown yet.
    Hidden,
    /// The cell that is being explained.
    Selected,
    /// A cell from which the selected one is computed.
    Source,
    /// The operand that Enter would go into.
    Focus,
    /// A note to the teacher.
    Note,
    /// Something that is not as it should be.
    Warning,
    /// Something that failed.
    Error,
    /// The stage of the pipeline that this step is at, or the entry of a list that Enter would choose.
    Current,
    /// A stage that is behind.
    Done,
    /// A stage that is still to come.
    Todo,
    /// Code to be read by NumPy or PyTorch.
    Code,
    /// The lines of a frame.
    Border,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 30] = [
        Self::Plain,
        Self::Muted,
        Self::Strong,
        Self::Emphasis,
        Self::Title,
        Self::Heading,
        Self::Header,
        Self::Key,
        Self::Inputs,
        Self::Queries,
        Self::Keys,
        Self::Values,
        Self::Weights,
        Self::Scores,
        Self::Pattern,
        Self::Output,
        Self::Number,
        Self::Masked,
        Self::Hidden,
        Self::Selected,
        Self::Source,
        Self::Focus,
        Self::Note,
        Self::Warning,
        Self::Error,
        Self::Current,
        Self::Done,
        Self::Todo,
        Self::Code,
        Self::Border,
    ];
}

/// A piece of text in one role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// The text.
    pub text: String,
    /// What it is.
    pub role: Role,
}

impl Span {
    /// A piece of text in one role.
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self { text: text.into(), role }
    }

    /// The width on the screen, in cells.
    pub fn width(&self) -> usize {
        cells(&self.text)
    }
}

/// Pieces of text, one after the other in one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(pub Vec<Span>);

/// On which side of a field its text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// Text first, blanks after it.
    Left,
    /// Blanks first.
    Right,
    /// Blanks on both sides; an odd one comes after the text.
    Centre,
}

impl Line {
    /// A line without text.
    pub fn new() -> Self {
        Self::default()
    }

    /// A line in one role.
    pub fn of(text: impl Into<String>, role: Role) -> Self {
        Self(vec![Span::new(text, role)])
    }

    /// The width on the screen, in cells.
    pub fn width(&self) -> usize {
        self.0.iter().map(Span::width).sum()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.text.is_empty())
    }

    /// The text without the roles.
    pub fn text(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }

    /// Adds text at the end.
    pub fn push(&mut self, text: &str, role: Role) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.role == role => last.text.push_str(text),
            Some(_) | None => self.0.push(Span::new(text, role)),
        }
    }

    /// Adds text at the end, for building a line in one expression.
    pub fn with(mut self, text: &str, role: Role) -> Self {
        self.push(text, role);
        self
    }

    /// The line after a label.
    pub fn labelled(&self, label: &str, role: Role) -> Self {
        let mut line = Self::of(label, role);
        line.append(self);
        line
    }

    /// Adds all of another line at the end.
    pub fn append(&mut self, other: &Self) {
        for span in &other.0 {
            self.push(&span.text, span.role);
        }
    }

    /// The line in the signs of this set. Before it is measured: words for signs are longer.
    pub fn plain(mut self, glyphs: Glyphs) -> Self {
        for span in &mut self.0 {
            if glyphs == Glyphs::Ascii {
                span.text = glyphs.plain(&span.text);
            }
        }
        self
    }

    /// As much of the beginning as fits into `width` cells. A wide glyph that would be halved is left out.
    pub fn clip(&self, width: usize) -> Self {
        let mut clipped = Self::new();
        let mut left = width;
        for span in &self.0 {
            for grapheme in span.text.graphemes(true) {
                let Some(rest) = left.checked_sub(grapheme_cells(grapheme)) else {
                    return clipped;
                };
                left = rest;
                clipped.push(grapheme, span.role);
            }
        }
        clipped
    }

    /// The line if it fits into `width` cells, otherwise its beginning and an ellipsis.
    /// Where not even the ellipsis fits, only the beginning.
    pub fn truncate(&self, width: usize, glyphs: Glyphs) -> Self {
        if self.width() <= width {
            return self.clone();
        }
        let ellipsis = glyphs.ellipsis();
        match width.checked_sub(cells(ellipsis)) {
            None | Some(0) => self.clip(width),
            Some(room) => {
                let mut line = self.clip(room);
                let role = line.0.last().map_or(Role::Plain, |span| span.role);
                line.push(ellipsis, role);
                line
            }
        }
    }

    /// Adds plain blanks until the line is `width` cells wide. A wider line stays as it is.
    pub fn pad(&self, width: usize, align: Align) -> Self {
        let room = width.saturating_sub(self.width());
        let before = match align {
            Align::Left => 0,
            Align::Right => room,
            Align::Centre => room / 2,
        };
        let mut line = Self::new();
        line.push(&" ".repeat(before), Role::Plain);
        line.append(self);
        line.push(&" ".repeat(room - before), Role::Plain);
        line
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self::of(text, Role::Plain)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self::of(text, Role::Plain)
    }
}

impl From<Span> for Line {
    fn from(span: Span) -> Self {
        Self(vec![span])
    }
}

impl FromIterator<Span> for Line {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        Self(spans.into_iter().collect())
    }
}

/// The width of a text on the screen, in cells: a Han character takes two.
///
/// ```
/// use qkv::view::text::cells;
/// assert_eq!(cells("creature"), 8);
/// assert_eq!(cells("生物"), 4);
/// ```
pub fn cells(text: &str) -> usize {
    // Most text is plain ASCII, of which every sign takes one cell.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.len();
    }
    text.graphemes(true).map(grapheme_cells).sum()
}

/// The width of one grapheme cluster, in cells. Control characters are never drawn and have none.
pub fn grapheme_cells(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        return 0;
    }
    // Terminals give the halfwidth sound marks of Japanese a cell of their own, unlike the Unicode tables.
    let sound_marks = grapheme.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count();
    grapheme.width() + sound_marks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mixed() -> Line {
        Line::of("注意力", Role::Strong).with(" = ", Role::Plain).with("attention", Role::Code)
    }

    #[test]
    fn every_role_is_listed_once() {
        for (index, role) in Role::ALL.iter().enumerate() {
            assert_eq!(*role as usize, index);
        }
    }

    #[test]
    fn width_counts_cells_and_neither_chars_nor_bytes() {
        assert_eq!(mixed().width(), 6 + 3 + 9);
        assert_eq!(cells("e\u{301}"), 1, "a combining accent takes no cell");
        assert_eq!(cells("\u{1F469}\u{200D}\u{1F52C}"), 2, "a joined emoji is one glyph");
    }

    #[test]
    fn text_in_the_same_role_is_one_span() {
        let line = Line::new().with("a", Role::Plain).with("b", Role::Plain).with("", Role::Code);
        assert_eq!(line, Line::from("ab"));
    }

    #[test]
    fn a_cut_never_halves_a_wide_glyph() {
        assert_eq!(mixed().clip(3).text(), "注");
        assert_eq!(mixed().truncate(4, Glyphs::Unicode).text(), "注…");
        assert_eq!(mixed().truncate(4, Glyphs::Ascii).text(), "注..");
    }

    #[test]
    fn a_line_that_fits_is_not_cut_and_a_tiny_field_has_no_ellipsis() {
        assert_eq!(mixed().truncate(18, Glyphs::Unicode), mixed());
        assert_eq!(Line::from("attention").truncate(1, Glyphs::Unicode).text(), "a");
        assert_eq!(Line::from("attention").truncate(2, Glyphs::Ascii).text(), "at");
        assert!(mixed().truncate(0, Glyphs::Unicode).is_empty());
    }

    #[test]
    fn a_cut_keeps_the_roles() {
        let cut = mixed().truncate(12, Glyphs::Unicode);
        assert_eq!(cut, Line::of("注意力", Role::Strong).with(" = ", Role::Plain).with("at…", Role::Code));
    }

    #[test]
    fn padding_puts_the_text_left_right_or_in_the_middle() {
        let line = Line::from("生");
        assert_eq!(line.pad(5, Align::Left).text(), "生   ");
        assert_eq!(line.pad(5, Align::Right).text(), "   生");
        assert_eq!(line.pad(5, Align::Centre).text(), " 生  ");
        assert_eq!(line.pad(1, Align::Right).text(), "生");
    }

    proptest! {
        #[test]
        fn no_cut_is_wider_than_its_field(text in "\\PC*", width in 0_usize..40) {
            let line = Line::from(text);
            prop_assert!(line.clip(width).width() <= width);
            prop_assert!(line.truncate(width, Glyphs::Unicode).width() <= width);
            prop_assert!(line.truncate(width, Glyphs::Ascii).width() <= width);
        }

        #[test]
        fn a_padded_line_has_the_width_of_its_field(text in "\\PC{0,8}", width in 40_usize..60) {
            prop_assert_eq!(Line::from(text).pad(width, Align::Centre).width(), width);
        }
    }
}
