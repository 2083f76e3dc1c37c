//! The lessons that are part of the program, so that nothing needs to be installed beside it.

use crate::diagnostic::Source;

/// A lesson that is part of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// Its id: the name of its file without the ending, `05-fluffy-blue-creature`.
    pub id: &'static str,
    text: &'static str,
}

/// The lessons in the order of the course.
pub const LESSONS: &[Builtin] = &[
    Builtin { id: "01-soft-lookup", text: include_str!("../../lessons/01-soft-lookup.yaml") },
    Builtin { id: "02-embeddings", text: include_str!("../../lessons/02-embeddings.yaml") },
    Builtin { id: "03-mole", text: include_str!("../../lessons/03-mole.yaml") },
    Builtin { id: "04-tower", text: include_str!("../../lessons/04-tower.yaml") },
    Builtin {
        id: "05-fluffy-blue-creature",
        text: include_str!("../../lessons/05-fluffy-blue-creature.yaml"),
    },
    Builtin { id: "06-thinking-machines", text: include_str!("../../lessons/06-thinking-machines.yaml") },
    Builtin { id: "07-three-vectors", text: include_str!("../../lessons/07-three-vectors.yaml") },
    Builtin { id: "08-why-divide", text: include_str!("../../lessons/08-why-divide.yaml") },
    Builtin { id: "09-masks", text: include_str!("../../lessons/09-masks.yaml") },
    Builtin { id: "10-context-length", text: include_str!("../../lessons/10-context-length.yaml") },
    Builtin { id: "11-it-was-too-tired", text: include_str!("../../lessons/11-it-was-too-tired.yaml") },
    Builtin { id: "12-concat-and-output", text: include_str!("../../lessons/12-concat-and-output.yaml") },
    Builtin { id: "13-positions", text: include_str!("../../lessons/13-positions.yaml") },
    Builtin { id: "14-value-down-value-up", text: include_str!("../../lessons/14-value-down-value-up.yaml") },
    Builtin { id: "15-cross-attention", text: include_str!("../../lessons/15-cross-attention.yaml") },
    Builtin { id: "16-the-block", text: include_str!("../../lessons/16-the-block.yaml") },
    Builtin { id: "17-encoder-decoder", text: include_str!("../../lessons/17-encoder-decoder.yaml") },
    Builtin { id: "18-next-token", text: include_str!("../../lessons/18-next-token.yaml") },
    Builtin { id: "19-convolution", text: include_str!("../../lessons/19-convolution.yaml") },
];

impl Builtin {
    /// Its file.
    pub fn source(self) -> Source {
        Source::new(format!("lessons/{}.yaml", self.id), self.text)
    }

    /// The number that its id begins with.
    pub fn number(self) -> &'static str {
        self.id.split('-').next().unwrap_or(self.id)
    }
}
