//! What the terminal around the program can do.

/// How many colours a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColourDepth {
    /// None: only bold, underlined, dim and reversed text.
    Mono,
    /// The sixteen named colours.
    Sixteen,
    /// The palette of 256 colours.
    TwoFiftySix,
    /// Red, green and blue with 8 bits each.
    True,
}
