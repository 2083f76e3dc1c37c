//! Writes the signs of formulas and prose as ASCII words.

/// For terminals without the signs: `√dₖ → 2` becomes `sqrt(d_k) -> 2`. Chinese stays.
pub(super) fn fold(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let mut folded = String::with_capacity(text.len());
    let mut start = 0;
    while let [sign, after @ ..] = &signs[start..] {
        let before = start.checked_sub(1).map(|last| signs[last]);
        let next = after.first().copied();
        start += match sign {
            '√' => root(after, &mut folded),
            'Σ' | '∑' => {
                folded.push_str(if next.is_some_and(starts_a_word) { "sum " } else { "sum" });
                1
            }
            '—' => {
                folded.push_str("--");
                if next == Some('—') { 2 } else { 1 }
            }
            // In Chinese the dot stands between the parts of a foreign name.
            '·' if before.is_some_and(is_han) && next.is_some_and(is_han) => {
                folded.push('·');
                1
            }
            sign => match WORDS.iter().find(|(from, _)| from == sign) {
                Some((_, word)) => {
                    folded.push_str(word);
                    1
                }
                None => small_signs(&signs[start..], &mut folded),
            },
        };
    }
    folded
}

/// Writes the root of the name or number that follows, and tells how many signs were taken.
fn root(after: &[char], folded: &mut String) -> usize {
    let belongs = |(index, sign): (usize, &char)| {
        let point = *sign == '.' && after.get(index + 1).is_some_and(char::is_ascii_digit);
        sign.is_ascii_alphanumeric() || *sign == '_' || point || large(*sign, SUBSCRIPTS).is_some()
    };
    let length = after.iter().enumerate().take_while(|pair| belongs(*pair)).count();
    folded.push_str("sqrt");
    if length > 0 {
        let of: String = after[..length].iter().collect();
        folded.push('(');
        folded.push_str(&fold(&of));
        folded.push(')');
    }
    1 + length
}

/// Writes a run of small signs after a mark, as `ᵀ` → `^T`, or else one sign as it is. Tells how many were taken.
fn small_signs(rest: &[char], folded: &mut String) -> usize {
    for (mark, table) in [('^', SUPERSCRIPTS), ('_', SUBSCRIPTS)] {
        let run: String = rest.iter().map_while(|sign| large(*sign, table)).collect();
        if !run.is_empty() {
            folded.push(mark);
            folded.push_str(&run);
            return run.len();
        }
    }
    folded.extend(rest.first());
    1
}

/// The ASCII sign of which `sign` is the small form; every one of them is one byte.
fn large(sign: char, table: &[(char, char)]) -> Option<char> {
    table.iter().find_map(|(large, small)| (*small == sign).then_some(*large))
}

fn starts_a_word(sign: char) -> bool {
    sign.is_alphanumeric() && large(sign, SUBSCRIPTS).is_none()
}

fn is_han(sign: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&sign)
}

const SUBSCRIPTS: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('a', 'ₐ'),
    ('e', 'ₑ'),
    ('h', 'ₕ'),
    ('i', 'ᵢ'),
    ('j', 'ⱼ'),
    ('k', 'ₖ'),
    ('l', 'ₗ'),
    ('m', 'ₘ'),
    ('n', 'ₙ'),
    ('o', 'ₒ'),
    ('p', 'ₚ'),
    ('r', 'ᵣ'),
    ('s', 'ₛ'),
    ('t', 'ₜ'),
    ('u', 'ᵤ'),
    ('v', 'ᵥ'),
    ('x', 'ₓ'),
];

const SUPERSCRIPTS: &[(char, char)] = &[
    ('T', 'ᵀ'),
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('-', '⁻'),
    ('n', 'ⁿ'),
    ('i', 'ⁱ'),
];

const WORDS: &[(char, &str)] = &[
    ('−', "-"),
    ('–', "-"),
    ('×', "x"),
    ('÷', "/"),
    ('·', "*"),
    ('∙', "*"),
    ('⋅', "*"),
    ('⊙', "*"),
    ('‖', "||"),
    ('•', "*"),
    ('±', "+-"),
    ('≈', "~="),
    ('≠', "!="),
    ('≤', "<="),
    ('≥', ">="),
    ('∞', "inf"),
    ('←', "<-"),
    ('→', "->"),
    ('↔', "<->"),
    ('↑', "^"),
    ('↓', "v"),
    ('⇒', "=>"),
    ('›', ">"),
    ('‹', "<"),
    ('∈', "in"),
    ('ℝ', "R"),
    ('Δ', "Delta"),
    ('∂', "d"),
    ('∇', "grad"),
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('θ', "theta"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('π', "pi"),
    ('σ', "sigma"),
    ('…', "..."),
    ('“', "\""),
    ('”', "\""),
    ('‘', "'"),
    ('’', "'"),
    ('′', "'"),
    ('°', " degrees"),
    ('✓', "v"),
    ('✗', "x"),
    ('\u{a0}', " "),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_ascii() {
        assert_eq!(fold("Q·Kᵀ ÷ √dₖ"), "Q*K^T / sqrt(d_k)");
        assert_eq!(fold("√(n+1) ≤ √2.5."), "sqrt(n+1) <= sqrt(2.5).");
        assert_eq!(fold("Σⱼ αᵢⱼ·vⱼ ≈ −∞"), "sum_j alpha_ij*v_j ~= -inf");
        assert_eq!(fold("‖a − b‖ ÷ 2"), "||a - b|| / 2");
        assert_eq!(fold("Σwx, X + ΔE, 8×2, x⁻¹²"), "sum wx, X + DeltaE, 8x2, x^-12");
    }

    #[test]
    fn prose_becomes_ascii_and_chinese_stays() {
        assert_eq!(fold("“it” — the token…"), "\"it\" -- the token...");
        assert_eq!(fold("查询“它”——问谁？1→2"), "查询\"它\"--问谁？1->2");
        assert_eq!(fold("阿希什·瓦斯瓦尼"), "阿希什·瓦斯瓦尼");
    }
}
