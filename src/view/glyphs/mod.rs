//! The two sets of signs: Unicode, and plain ASCII for terminals and fonts that have nothing else.

mod fold;

pub use crate::app::Glyphs;

/// The pieces of a box, each one cell wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Top left corner.
    pub top_left: &'static str,
    /// Top right corner.
    pub top_right: &'static str,
    /// Bottom left corner.
    pub bottom_left: &'static str,
    /// Bottom right corner.
    pub bottom_right: &'static str,
    /// A horizontal line.
    pub horizontal: &'static str,
    /// A vertical line.
    pub vertical: &'static str,
}

impl Glyphs {
    const fn either(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }

    /// The sign of a negative number.
    pub const fn minus(self) -> &'static str {
        self.either("−", "-")
    }

    /// Infinity, without a sign.
    pub const fn infinity(self) -> &'static str {
        self.either("∞", "inf")
    }

    /// Stands for what was cut off.
    pub const fn ellipsis(self) -> &'static str {
        self.either("…", "..")
    }

    /// Between two factors.
    pub const fn dot(self) -> &'static str {
        self.either("·", "*")
    }

    /// Points left.
    pub const fn left(self) -> &'static str {
        self.either("←", "<-")
    }

    /// Points right.
    pub const fn right(self) -> &'static str {
        self.either("→", "->")
    }

    /// Points up.
    pub const fn up(self) -> &'static str {
        self.either("↑", "^")
    }

    /// Points down.
    pub const fn down(self) -> &'static str {
        self.either("↓", "v")
    }

    /// Between a value and its rounded form.
    pub const fn approximately(self) -> &'static str {
        self.either("≈", "~=")
    }

    /// After the name of a matrix that is turned.
    pub const fn transpose(self) -> &'static str {
        self.either("ᵀ", "^T")
    }

    /// Before an option that is right.
    pub const fn right_one(self) -> &'static str {
        self.either("✓", "*")
    }

    /// Between the stages of the pipeline.
    pub const fn then(self) -> &'static str {
        self.either("›", ">")
    }

    /// The box lines.
    pub const fn frame(self) -> Frame {
        match self {
            Self::Unicode => Frame {
                top_left: "┌",
                top_right: "┐",
                bottom_left: "└",
                bottom_right: "┘",
                horizontal: "─",
                vertical: "│",
            },
            Self::Ascii => Frame {
                top_left: "+",
                top_right: "+",
                bottom_left: "+",
                bottom_right: "+",
                horizontal: "-",
                vertical: "|",
            },
        }
    }

    /// A bar of one cell for a share of 0 to 1, in eight heights; blank for nothing.
    pub fn bar(self, share: f64) -> &'static str {
        let level = if share > 0.0 { (share * 8.0).ceil().clamp(1.0, 8.0) as usize } else { 0 };
        match self {
            Self::Unicode => [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"][level],
            Self::Ascii => [" ", ".", ":", "-", "=", "+", "*", "#", "@"][level],
        }
    }

    /// A dot whose size tells a share of 0 to 1; blank for what would print as 0.00.
    pub fn dot_of_size(self, share: f64) -> &'static str {
        let size = [0.005, 0.15, 0.4].into_iter().filter(|least| share >= *least).count();
        match self {
            Self::Unicode => [" ", "·", "•", "●"][size],
            Self::Ascii => [" ", ".", "o", "O"][size],
        }
    }

    /// A line `width` cells wide, the part up to a share of 0 to 1 drawn stronger.
    pub fn progress(self, share: f64, width: usize) -> String {
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        let behind = (share * width as f64).round() as usize;
        self.either("━", "#").repeat(behind) + &self.either("─", "-").repeat(width - behind)
    }

    /// A formula or prose with the signs of this set: for ASCII, `√dₖ → 2` becomes `sqrt(d_k) -> 2`. Chinese stays.
    pub fn plain(self, text: &str) -> String {
        match self {
            Self::Unicode => text.to_owned(),
            Self::Ascii => fold::fold(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::cells;
    use super::*;

    #[test]
    fn the_ascii_set_draws_nothing_but_ascii() {
        let glyphs = Glyphs::Ascii;
        let frame = glyphs.frame();
        let mut drawn = vec![
            glyphs.minus().to_owned(),
            glyphs.infinity().to_owned(),
            glyphs.ellipsis().to_owned(),
            glyphs.dot().to_owned(),
            glyphs.left().to_owned(),
            glyphs.right().to_owned(),
            glyphs.up().to_owned(),
            glyphs.down().to_owned(),
            glyphs.approximately().to_owned(),
            glyphs.transpose().to_owned(),
            glyphs.then().to_owned(),
            glyphs.right_one().to_owned(),
            glyphs.progress(0.4, 12),
            [frame.top_left, frame.top_right, frame.bottom_left, frame.bottom_right].concat(),
            [frame.horizontal, frame.vertical].concat(),
        ];
        for percent in 0..=100 {
            let share = f64::from(percent) / 100.0;
            drawn.push(glyphs.bar(share).to_owned() + glyphs.dot_of_size(share));
        }
        assert!(drawn.iter().all(|text| text.is_ascii()), "{drawn:?}");
    }

    #[test]
    fn whatever_a_set_draws_for_the_ascii_set_folds_to_ascii_too() {
        let glyphs = Glyphs::Unicode;
        let signs = [
            glyphs.minus(),
            glyphs.infinity(),
            glyphs.ellipsis(),
            glyphs.dot(),
            glyphs.left(),
            glyphs.right(),
            glyphs.up(),
            glyphs.down(),
            glyphs.approximately(),
            glyphs.transpose(),
            glyphs.then(),
            glyphs.right_one(),
        ];
        for sign in signs {
            assert!(Glyphs::Ascii.plain(sign).is_ascii(), "{sign}");
        }
    }

    #[test]
    fn the_unicode_set_changes_nothing() {
        assert_eq!(Glyphs::Unicode.plain("√d_k — 2"), "√d_k — 2");
    }

    #[test]
    fn bars_and_dots_grow_with_the_share_and_are_blank_for_nothing() {
        assert_eq!([0.0, 0.01, 0.5, 1.0].map(|share| Glyphs::Unicode.bar(share)), [" ", "▁", "▄", "█"]);
        assert_eq!(
            [0.0, 0.1, 0.3, 1.0].map(|share| Glyphs::Unicode.dot_of_size(share)),
            [" ", "·", "•", "●"]
        );
        for odd in [f64::NAN, f64::NEG_INFINITY, -1.0] {
            assert_eq!(Glyphs::Ascii.bar(odd).to_owned() + Glyphs::Ascii.dot_of_size(odd), "  ");
        }
        assert_eq!(Glyphs::Ascii.bar(f64::INFINITY), "@");
    }

    #[test]
    fn the_progress_bar_has_its_width_at_every_share() {
        for glyphs in Glyphs::ALL {
            for width in 0..20 {
                for share in [f64::NAN, -1.0, 0.0, 0.3, 0.999, 1.0, 7.0] {
                    assert_eq!(cells(&glyphs.progress(share, width)), width);
                }
            }
        }
        assert_eq!(Glyphs::Unicode.progress(0.5, 6), "━━━───");
        assert_eq!(Glyphs::Ascii.progress(0.5, 6), "###---");
    }
}
