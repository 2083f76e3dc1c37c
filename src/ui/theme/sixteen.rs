//! The themes in the sixteen named colours, of which the terminal decides what they look like.

use ratatui::style::Color;

use crate::app::ThemeName;
use crate::view::text::Role;

/// The colour and the ground of a role.
pub(super) fn colours(name: ThemeName, role: Role) -> (Color, Color) {
    match name {
        ThemeName::Dark | ThemeName::HighContrast => on_black(role),
        ThemeName::Light => on_white(role),
    }
}

/// The colour and the ground of heat in one of three directions: 0 negative, 1 positive, 2 share.
pub(super) fn heat(name: ThemeName, direction: usize, share: f64) -> (Color, Color) {
    let (text, ground, tints, fulls) = match name {
        ThemeName::Dark | ThemeName::HighContrast => (
            Color::White,
            Color::Black,
            [Color::LightYellow, Color::LightCyan, Color::LightMagenta],
            [Color::Red, Color::Blue, Color::Magenta],
        ),
        ThemeName::Light => (
            Color::Black,
            Color::White,
            [Color::Red, Color::Blue, Color::Magenta],
            [Color::LightYellow, Color::LightCyan, Color::LightMagenta],
        ),
    };
    match share {
        little if little < 0.1 => (text, ground),
        some if some < 0.5 => (tints[direction], ground),
        _ => (text, fulls[direction]),
    }
}

fn on_black(role: Role) -> (Color, Color) {
    let colour = match role {
        Role::Selected => return (Color::Black, Color::LightYellow),
        Role::Focus => return (Color::Black, Color::White),
        Role::Plain
        | Role::Strong
        | Role::Title
        | Role::Number
        | Role::Done
        | Role::Weights
        | Role::Inputs
        | Role::Header => Color::White,
        Role::Muted | Role::Todo | Role::Masked | Role::Border | Role::Code => Color::Gray,
        Role::Hidden => Color::DarkGray,
        Role::Queries | Role::Emphasis | Role::Note | Role::Source => Color::LightYellow,
        Role::Keys | Role::Key | Role::Heading | Role::Current => Color::LightCyan,
        Role::Values | Role::Error => Color::LightRed,
        Role::Scores | Role::Warning => Color::Yellow,
        Role::Pattern => Color::LightMagenta,
        Role::Output => Color::LightGreen,
    };
    (colour, Color::Black)
}

/// Yellow, cyan and green are too bright on white in most terminals, so that there are only four colours for text.
fn on_white(role: Role) -> (Color, Color) {
    let colour = match role {
        Role::Selected => return (Color::White, Color::Blue),
        Role::Focus => return (Color::White, Color::Black),
        Role::Plain
        | Role::Strong
        | Role::Title
        | Role::Number
        | Role::Done
        | Role::Weights
        | Role::Inputs
        | Role::Header
        | Role::Current
        | Role::Heading
        | Role::Key
        | Role::Emphasis
        | Role::Scores
        | Role::Output
        | Role::Note
        | Role::Code => Color::Black,
        Role::Muted | Role::Todo | Role::Masked | Role::Border => Color::DarkGray,
        Role::Hidden => Color::Gray,
        Role::Queries | Role::Pattern => Color::Magenta,
        Role::Keys | Role::Source => Color::Blue,
        Role::Values | Role::Warning | Role::Error => Color::Red,
    };
    (colour, Color::White)
}
