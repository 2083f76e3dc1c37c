//! The colours of the three themes. Hues tell the matrices apart also for eyes that confuse red and green: amber,
//! teal, rose and violet differ in lightness or in blue as well.

use super::colour::Rgb;
use crate::app::ThemeName;
use crate::view::text::Role;

/// The colour of a role, and its ground where it is not that of the theme.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    pub(super) colour: Rgb,
    pub(super) ground: Option<Rgb>,
}

/// What belongs to a theme besides the colours of its roles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    /// Behind everything.
    pub(super) ground: Rgb,
    /// Text on heat.
    pub(super) on_heat: Rgb,
    /// The ends of the heat maps.
    pub(super) negative: Rgb,
    pub(super) positive: Rgb,
    pub(super) share: Rgb,
    /// The same three ways in the palette of 256 colours. It has few dark or light colours, so that the nearest ones
    /// would be greys that do not tell the directions apart.
    pub(super) indexed: [&'static [u8]; 3],
}

pub(super) const fn of(name: ThemeName) -> Palette {
    match name {
        ThemeName::Dark => Palette {
            ground: Rgb::hex(0x10_1218),
            on_heat: Rgb::hex(0xff_ffff),
            negative: Rgb::hex(0x8a_3b00),
            positive: Rgb::hex(0x0b_4fb3),
            share: Rgb::hex(0x57_3bc8),
            indexed: [&[233, 52, 88], &[233, 17, 18, 24], &[233, 53, 54, 55, 56]],
        },
        ThemeName::Light => Palette {
            ground: Rgb::hex(0xfa_fafa),
            on_heat: Rgb::hex(0x00_0000),
            negative: Rgb::hex(0xf0_9a40),
            positive: Rgb::hex(0x6a_a8ff),
            share: Rgb::hex(0xb0_96ff),
            indexed: [&[231, 230, 223, 216, 209], &[231, 189, 153, 111, 75], &[231, 189, 183, 147, 141]],
        },
        ThemeName::HighContrast => Palette {
            ground: Rgb::hex(0x00_0000),
            on_heat: Rgb::hex(0xff_ffff),
            negative: Rgb::hex(0x9a_3800),
            positive: Rgb::hex(0x00_50c0),
            share: Rgb::hex(0x60_30d0),
            indexed: [&[16, 52, 88], &[16, 17, 18, 24], &[16, 53, 54, 55, 56]],
        },
    }
}

pub(super) fn ink(name: ThemeName, role: Role) -> Ink {
    match name {
        ThemeName::Dark => dark(role),
        ThemeName::Light => light(role),
        ThemeName::HighContrast => high_contrast(role),
    }
}

const fn on_theme(code: u32) -> Ink {
    Ink { colour: Rgb::hex(code), ground: None }
}

const fn on(ground: u32, code: u32) -> Ink {
    Ink { colour: Rgb::hex(code), ground: Some(Rgb::hex(ground)) }
}

fn dark(role: Role) -> Ink {
    match role {
        Role::Plain | Role::Number | Role::Done => on_theme(0xe6_e6e6),
        Role::Strong | Role::Title => on_theme(0xff_ffff),
        Role::Muted | Role::Todo => on_theme(0xb0_b8c0),
        Role::Emphasis => on_theme(0xff_dca8),
        Role::Heading | Role::Current => on_theme(0x9c_d1ff),
        Role::Header => on_theme(0xc4_d3e0),
        Role::Key => on_theme(0x8b_e9fd),
        Role::Inputs => on_theme(0xd8_e4b0),
        Role::Queries => on_theme(0xff_d166),
        Role::Keys => on_theme(0x5e_ead4),
        Role::Values => on_theme(0xff_9eb0),
        Role::Weights => on_theme(0xc8_c8a0),
        Role::Scores => on_theme(0xf7_a865),
        Role::Pattern => on_theme(0xb9_a5ff),
        Role::Output => on_theme(0x7f_d4ff),
        Role::Masked => on_theme(0xa6_a6a6),
        Role::Hidden => on_theme(0x9f_a8c8),
        Role::Selected => on(0xff_d166, 0x00_0000),
        Role::Source => on_theme(0xff_f0b8),
        Role::Focus => on(0x9c_d1ff, 0x00_0000),
        Role::Note => on_theme(0xff_e08a),
        Role::Warning => on_theme(0xff_b86b),
        Role::Error => on_theme(0xff_9a94),
        Role::Code => on_theme(0xb8_e0b8),
        Role::Border => on_theme(0x9a_a3ad),
    }
}

fn light(role: Role) -> Ink {
    match role {
        Role::Plain | Role::Strong | Role::Title | Role::Number | Role::Done => on_theme(0x00_0000),
        Role::Muted | Role::Todo => on_theme(0x4d_4d4d),
        Role::Emphasis => on_theme(0x6b_3200),
        Role::Heading | Role::Current => on_theme(0x00_3d80),
        Role::Header => on_theme(0x22_3344),
        Role::Key => on_theme(0x00_4b63),
        Role::Inputs => on_theme(0x3a_4a00),
        Role::Queries => on_theme(0x6b_4700),
        Role::Keys => on_theme(0x00_524d),
        Role::Values => on_theme(0x9a_0033),
        Role::Weights => on_theme(0x4a_4a20),
        Role::Scores => on_theme(0x80_3300),
        Role::Pattern => on_theme(0x43_1fae),
        Role::Output => on_theme(0x00_4a86),
        Role::Masked => on_theme(0x55_5555),
        Role::Hidden => on_theme(0x3c_489c),
        Role::Selected => on(0x00_3a8c, 0xff_ffff),
        Role::Source => on_theme(0x00_2a66),
        Role::Focus => on(0x22_2222, 0xff_ffff),
        Role::Note => on_theme(0x5c_4400),
        Role::Warning => on_theme(0x7a_3a00),
        Role::Error => on_theme(0xa0_0000),
        Role::Code => on_theme(0x0b_4a0b),
        Role::Border => on_theme(0x50_5050),
    }
}

fn high_contrast(role: Role) -> Ink {
    match role {
        Role::Plain
        | Role::Strong
        | Role::Title
        | Role::Heading
        | Role::Header
        | Role::Number
        | Role::Done
        | Role::Code
        | Role::Border
        | Role::Weights
        | Role::Inputs => on_theme(0xff_ffff),
        Role::Muted | Role::Todo | Role::Masked => on_theme(0xc0_c0c0),
        Role::Hidden => on_theme(0xa8_b4e8),
        Role::Emphasis | Role::Note | Role::Queries => on_theme(0xff_ff00),
        Role::Key | Role::Keys | Role::Current => on_theme(0x00_ffff),
        Role::Values => on_theme(0xff_9ed8),
        Role::Scores | Role::Warning => on_theme(0xff_b830),
        Role::Pattern => on_theme(0xc4_b0ff),
        Role::Output => on_theme(0x80_ff80),
        Role::Error => on_theme(0xff_a0a0),
        Role::Source => on_theme(0xff_ff80),
        Role::Selected => on(0xff_ff00, 0x00_0000),
        Role::Focus => on(0xff_ffff, 0x00_0000),
    }
}
