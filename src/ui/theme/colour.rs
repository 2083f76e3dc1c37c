//! Colours as numbers: contrast, mixtures, and what a terminal with fewer colours makes of them.

use std::sync::LazyLock;

use ratatui::style::Color;

use super::CONTRAST;
use crate::environment::ColourDepth;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rgb(pub(super) u8, pub(super) u8, pub(super) u8);

impl Rgb {
    /// A colour as it is written in design: `0xRRGGBB`.
    pub(super) const fn hex(code: u32) -> Self {
        Self((code >> 16) as u8, (code >> 8) as u8, code as u8)
    }

    /// The colour on the way to `end`, at a share of 0 to 1.
    pub(super) fn mixed(self, end: Self, share: f64) -> Self {
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self(mix(self.0, end.0), mix(self.1, end.1), mix(self.2, end.2))
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| LINEAR[usize::from(channel)];
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio, 1 to 21 (WCAG 2.2).
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }

    /// How different two colours look. The weights stand for the eye's, which sees green best.
    fn distance(self, other: Self) -> f64 {
        let square = |a: u8, b: u8| (f64::from(a) - f64::from(b)).powi(2);
        2.0 * square(self.0, other.0) + 4.0 * square(self.1, other.1) + 3.0 * square(self.2, other.2)
    }
}

/// The light of each level of a channel, 0 to 1.
static LINEAR: LazyLock<[f64; 256]> = LazyLock::new(|| {
    std::array::from_fn(|level| {
        let c = level as f64 / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
});

/// The colour for the terminal that is nearest to `colour` and, where only some colours are to be had, still readable
/// against `other`, which is one that the terminal really shows.
pub(super) fn against(colour: Rgb, other: Rgb, depth: ColourDepth) -> Color {
    match depth {
        ColourDepth::True => Color::Rgb(colour.0, colour.1, colour.2),
        ColourDepth::TwoFiftySix => nearest(colour, |candidate| candidate.contrast(other) >= CONTRAST),
        ColourDepth::Mono | ColourDepth::Sixteen => Color::Reset,
    }
}

/// The nearest colour for the terminal.
pub(super) fn exactly(colour: Rgb, depth: ColourDepth) -> Color {
    match depth {
        ColourDepth::True => Color::Rgb(colour.0, colour.1, colour.2),
        ColourDepth::TwoFiftySix => nearest(colour, |_| true),
        ColourDepth::Mono | ColourDepth::Sixteen => Color::Reset,
    }
}

/// What the terminal shows for `colour`.
pub(super) fn shown(colour: Rgb, depth: ColourDepth) -> Rgb {
    if let Color::Indexed(index) = exactly(colour, depth) { indexed(index) } else { colour }
}

fn nearest(colour: Rgb, allowed: impl Fn(Rgb) -> bool) -> Color {
    let readable = (16..=255).filter(|index| allowed(indexed(*index)));
    let nearest = readable.min_by(|a, b| {
        let distance = |index: &u8| colour.distance(indexed(*index));
        distance(a).total_cmp(&distance(b))
    });
    nearest.map_or(Color::Reset, Color::Indexed)
}

/// The colour with an index from 16 up: a cube of 6×6×6 colours, then 24 greys (the palette of xterm). The first
/// sixteen are what the person chose, and unknown.
pub(super) fn indexed(index: u8) -> Rgb {
    if let Some(grey) = index.checked_sub(232) {
        let level = 8 + 10 * grey;
        return Rgb(level, level, level);
    }
    let cube = index.saturating_sub(16);
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    Rgb(level(cube / 36), level(cube / 6 % 6), level(cube % 6))
}
