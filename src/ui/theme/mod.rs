//! Themes: how each role looks, at every depth of colour, and the colours of heat maps.
//!
//! A theme paints the ground of every cell, so that the dark one can be read in a light terminal as well. Text has a
//! contrast of at least 7:1 to its ground (WCAG 2.2, success criterion 1.4.6) wherever the program chooses the colours
//! itself; of the sixteen named colours the terminal decides what they are.

mod colour;
mod palette;
mod sixteen;

use ratatui::style::{Color, Modifier, Style};

use self::palette::{Ink, Palette};
use crate::app::ThemeName;
use crate::environment::ColourDepth;
use crate::view::text::Role;

/// What the colour of a cell tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Heat {
    /// A number from −1 to 1, relative to the largest size in its matrix: two colours away from the ground.
    Signed,
    /// A share from 0 to 1, as in a pattern: one colour away from the ground.
    Share,
}

/// The contrast that all text has to its ground.
const CONTRAST: f64 = 7.0;

/// Steps from the ground to the full colour of a heat map.
const STEPS: usize = 16;

/// A theme, ready for a terminal.
#[derive(Debug, Clone)]
pub struct Theme {
    name: ThemeName,
    depth: ColourDepth,
    /// In the order of [`Role::ALL`].
    styles: [Style; Role::ALL.len()],
    /// The grounds of heat, each from nothing to full: negative, positive, share.
    heats: [[Color; STEPS + 1]; 3],
}

impl Theme {
    /// The theme with that name for a terminal with so many colours.
    pub fn new(name: ThemeName, depth: ColourDepth) -> Self {
        let palette = palette::of(name);
        let heats = [0, 1, 2].map(|direction| ramp(&palette, direction, depth));
        Self { name, depth, styles: Role::ALL.map(|role| style(name, depth, role)), heats }
    }

    /// Which theme this is.
    pub fn name(&self) -> ThemeName {
        self.name
    }

    /// For how many colours it was made.
    pub fn depth(&self) -> ColourDepth {
        self.depth
    }

    /// The style of a cell without anything in it.
    pub fn base(&self) -> Style {
        self.style(Role::Plain)
    }

    /// The style of a role: always with a colour and a ground.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The style of a number on heat: −1 to 1 for [`Heat::Signed`], 0 to 1 for [`Heat::Share`]. What lies outside is
    /// drawn like the nearest end, and what is no number without heat. Monochrome has none: the digits tell it.
    pub fn heat(&self, heat: Heat, value: f64) -> Style {
        let share = if value.is_nan() { 0.0 } else { value.abs().min(1.0) };
        let ramp = match heat {
            Heat::Signed if value < 0.0 => 0,
            Heat::Signed => 1,
            Heat::Share if value < 0.0 => return self.base(),
            Heat::Share => 2,
        };
        match self.depth {
            ColourDepth::Mono => self.base(),
            ColourDepth::Sixteen => {
                let (colour, ground) = sixteen::heat(self.name, ramp, share);
                Style::new().fg(colour).bg(ground)
            }
            ColourDepth::TwoFiftySix | ColourDepth::True => {
                let text = colour::exactly(palette::of(self.name).on_heat, self.depth);
                Style::new().fg(text).bg(self.heats[ramp][(share * STEPS as f64).round() as usize])
            }
        }
    }

    /// The style of a cell of a matrix in a role and with heat. Where the role says more than the heat, it wins; a
    /// source cell keeps its heat and is marked by its letters.
    pub fn cell(&self, role: Role, heat: Heat, value: f64) -> Style {
        match role {
            Role::Source => self.heat(heat, value).add_modifier(modifier(role)),
            Role::Selected
            | Role::Focus
            | Role::Current
            | Role::Masked
            | Role::Hidden
            | Role::Muted
            | Role::Warning
            | Role::Error
            | Role::Note
            | Role::Border => self.style(role),
            Role::Plain
            | Role::Strong
            | Role::Emphasis
            | Role::Title
            | Role::Heading
            | Role::Header
            | Role::Key
            | Role::Inputs
            | Role::Queries
            | Role::Keys
            | Role::Values
            | Role::Weights
            | Role::Scores
            | Role::Pattern
            | Role::Output
            | Role::Number
            | Role::Done
            | Role::Todo
            | Role::Code => self.heat(heat, value),
        }
    }
}

fn style(name: ThemeName, depth: ColourDepth, role: Role) -> Style {
    let (colour, ground) = match depth {
        ColourDepth::Mono => {
            return Style::new().fg(Color::Reset).bg(Color::Reset).add_modifier(mono(role));
        }
        ColourDepth::Sixteen => sixteen::colours(name, role),
        ColourDepth::TwoFiftySix | ColourDepth::True => {
            let Ink { colour, ground } = palette::ink(name, role);
            let ground = ground.unwrap_or(palette::of(name).ground);
            // Colours are chosen against the ground that the terminal really shows.
            let shown = colour::shown(ground, depth);
            (colour::against(colour, shown, depth), colour::exactly(ground, depth))
        }
    };
    Style::new().fg(colour).bg(ground).add_modifier(modifier(role))
}

/// The letters of a role where there are colours.
fn modifier(role: Role) -> Modifier {
    match role {
        Role::Strong
        | Role::Emphasis
        | Role::Title
        | Role::Heading
        | Role::Key
        | Role::Selected
        | Role::Focus
        | Role::Warning
        | Role::Error => Modifier::BOLD,
        Role::Source | Role::Current => Modifier::BOLD.union(Modifier::UNDERLINED),
        Role::Plain
        | Role::Muted
        | Role::Header
        | Role::Inputs
        | Role::Queries
        | Role::Keys
        | Role::Values
        | Role::Weights
        | Role::Scores
        | Role::Pattern
        | Role::Output
        | Role::Number
        | Role::Masked
        | Role::Hidden
        | Role::Note
        | Role::Done
        | Role::Todo
        | Role::Code
        | Role::Border => Modifier::empty(),
    }
}

/// The letters of a role where nothing else can tell it.
fn mono(role: Role) -> Modifier {
    match role {
        Role::Selected => Modifier::REVERSED,
        Role::Focus => Modifier::REVERSED.union(Modifier::BOLD),
        Role::Emphasis => Modifier::UNDERLINED,
        Role::Hidden => Modifier::DIM.union(Modifier::UNDERLINED),
        Role::Muted | Role::Masked | Role::Todo | Role::Border => Modifier::DIM,
        Role::Strong
        | Role::Title
        | Role::Heading
        | Role::Header
        | Role::Key
        | Role::Source
        | Role::Current
        | Role::Warning
        | Role::Error
        | Role::Plain
        | Role::Inputs
        | Role::Queries
        | Role::Keys
        | Role::Values
        | Role::Weights
        | Role::Scores
        | Role::Pattern
        | Role::Output
        | Role::Number
        | Role::Note
        | Role::Done
        | Role::Code => modifier(role),
    }
}

/// The grounds of heat in one direction: 0 negative, 1 positive, 2 share.
fn ramp(palette: &Palette, direction: usize, depth: ColourDepth) -> [Color; STEPS + 1] {
    let end = [palette.negative, palette.positive, palette.share][direction];
    let indexed = palette.indexed[direction];
    std::array::from_fn(|step| {
        let share = step as f64 / STEPS as f64;
        match depth {
            ColourDepth::Mono | ColourDepth::Sixteen => Color::Reset,
            ColourDepth::TwoFiftySix => {
                Color::Indexed(indexed[(share * (indexed.len() - 1) as f64).round() as usize])
            }
            ColourDepth::True => colour::exactly(palette.ground.mixed(end, share), depth),
        }
    })
}

#[cfg(test)]
mod tests;
