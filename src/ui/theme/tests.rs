use super::colour::Rgb;
use super::*;

const DEPTHS: [ColourDepth; 4] =
    [ColourDepth::Mono, ColourDepth::Sixteen, ColourDepth::TwoFiftySix, ColourDepth::True];

fn themes(depths: &'static [ColourDepth]) -> impl Iterator<Item = Theme> {
    ThemeName::ALL.into_iter().flat_map(|name| depths.iter().map(move |depth| Theme::new(name, *depth)))
}

/// What the terminal shows, where the program knows it.
fn rgb(colour: Option<Color>) -> Rgb {
    match colour {
        Some(Color::Rgb(red, green, blue)) => Rgb(red, green, blue),
        Some(Color::Indexed(index)) if index >= 16 => colour::indexed(index),
        other => panic!("{other:?} looks different in every terminal"),
    }
}

fn contrast(style: Style) -> f64 {
    rgb(style.fg).contrast(rgb(style.bg))
}

#[test]
fn contrast_is_that_of_wcag() {
    let (black, white) = (Rgb::hex(0), Rgb::hex(0xff_ffff));
    assert!((black.contrast(white) - 21.0).abs() < 1e-9);
    assert!((white.contrast(white) - 1.0).abs() < 1e-9);
    // The grey that WebAIM gives as the lightest with 4.5:1 on white.
    assert!((Rgb::hex(0x76_7676).contrast(white) - 4.54).abs() < 0.005);
}

#[test]
fn the_palette_of_256_colours_is_that_of_xterm() {
    assert_eq!(colour::indexed(16), Rgb::hex(0));
    assert_eq!(colour::indexed(208), Rgb::hex(0xff_8700));
    assert_eq!(colour::indexed(231), Rgb::hex(0xff_ffff));
    assert_eq!(colour::indexed(232), Rgb::hex(0x08_0808));
    assert_eq!(colour::indexed(255), Rgb::hex(0xee_eeee));
}

#[test]
fn all_text_has_a_contrast_of_seven_to_one() {
    for theme in themes(&DEPTHS[2..]) {
        for role in Role::ALL {
            let contrast = contrast(theme.style(role));
            assert!(contrast >= 7.0, "{:?} {:?} {role:?}: {contrast:.2}", theme.name, theme.depth);
        }
    }
}

#[test]
fn every_cell_has_a_contrast_of_seven_to_one_on_any_heat() {
    for theme in themes(&DEPTHS[2..]) {
        for heat in [Heat::Signed, Heat::Share] {
            for percent in -100..=100 {
                for role in Role::ALL {
                    let contrast = contrast(theme.cell(role, heat, f64::from(percent) / 100.0));
                    assert!(
                        contrast >= 7.0,
                        "{:?} {:?} {role:?} {percent}: {contrast:.2}",
                        theme.name,
                        theme.depth
                    );
                }
            }
        }
    }
}

#[test]
fn every_cell_is_painted_unless_there_are_no_colours() {
    for theme in themes(&DEPTHS[1..]) {
        for role in Role::ALL {
            let style = theme.style(role);
            assert!(![style.fg, style.bg].contains(&Some(Color::Reset)), "{:?} {role:?}", theme.name);
        }
    }
}

#[test]
fn the_roles_of_cells_look_different_in_every_theme_and_depth() {
    let roles = [Role::Selected, Role::Source, Role::Plain, Role::Masked, Role::Hidden];
    for theme in themes(&DEPTHS) {
        for (index, role) in roles.into_iter().enumerate() {
            for other in &roles[..index] {
                let (a, b) = (theme.style(role), theme.style(*other));
                assert_ne!(a, b, "{:?} {:?}: {role:?} and {other:?}", theme.name, theme.depth);
                for value in [-1.0, 0.0, 1.0] {
                    let cell = |role| theme.cell(role, Heat::Signed, value);
                    assert_ne!(
                        cell(role),
                        cell(*other),
                        "{:?} {:?}: {role:?}, {other:?}",
                        theme.name,
                        theme.depth
                    );
                }
            }
        }
    }
}

#[test]
fn the_matrices_of_attention_have_colours_of_their_own() {
    let roles = [Role::Queries, Role::Keys, Role::Values, Role::Scores, Role::Pattern, Role::Output];
    for theme in themes(&DEPTHS[1..]) {
        // Of sixteen colours few can be read on white: there, only queries, keys and values differ.
        let count = if theme.depth == ColourDepth::Sixteen { 3 } else { roles.len() };
        for (index, role) in roles[..count].iter().enumerate() {
            for other in &roles[..index] {
                let (a, b) = (theme.style(*role).fg, theme.style(*other).fg);
                assert_ne!(a, b, "{:?} {:?}: {role:?} and {other:?}", theme.name, theme.depth);
            }
        }
    }
}

#[test]
fn monochrome_uses_letters_only() {
    let letters = Modifier::BOLD | Modifier::DIM | Modifier::UNDERLINED | Modifier::REVERSED;
    for theme in themes(&DEPTHS[..1]) {
        for role in Role::ALL {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (Some(Color::Reset), Some(Color::Reset)));
            assert!(letters.contains(style.add_modifier), "{role:?}");
        }
        assert_eq!(theme.heat(Heat::Signed, 1.0), theme.base());
    }
}

#[test]
fn heat_starts_at_the_ground_and_grows_away_from_it() {
    for theme in themes(&DEPTHS[2..]) {
        let ground = rgb(theme.base().bg);
        assert_eq!(theme.heat(Heat::Signed, 0.0).bg, theme.base().bg);
        for (heat, sign) in [(Heat::Signed, -1.0), (Heat::Signed, 1.0), (Heat::Share, 1.0)] {
            let steps: Vec<f64> = (0..=4)
                .map(|quarter| rgb(theme.heat(heat, sign * f64::from(quarter) / 4.0).bg).contrast(ground))
                .collect();
            assert!(
                steps.is_sorted() && steps[0] < steps[2] && steps[2] < steps[4],
                "{heat:?} {sign}: {steps:?}"
            );
        }
    }
}

#[test]
fn the_two_directions_of_heat_differ_and_odd_values_are_drawn() {
    for theme in themes(&DEPTHS[1..]) {
        let at = |value| theme.heat(Heat::Signed, value);
        for value in [0.3, 0.5, 1.0] {
            assert_ne!(at(-value), at(value));
        }
        assert_eq!(at(f64::NEG_INFINITY), at(-1.0));
        assert_eq!(at(7.0), at(1.0));
        assert_eq!(at(f64::NAN).bg, theme.base().bg);
        assert_eq!(theme.heat(Heat::Share, -0.5), theme.base());
    }
}

#[test]
fn a_key_goes_through_all_themes() {
    let mut name = ThemeName::default();
    let mut seen = Vec::new();
    for _ in ThemeName::ALL {
        seen.push(name);
        name = name.next();
    }
    assert_eq!(seen, ThemeName::ALL);
    assert_eq!(name, ThemeName::default());
}
