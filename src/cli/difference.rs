//! What differs between a file and what would become of it.

use crate::diagnostic::{Change, changes, escaped};

/// A line that is safe to print, in which a tab is an arrow: between blanks it could not be told from them.
fn shown(line: &str) -> String {
    escaped(&line.replace('\t', "→   "))
}

/// The lines that change in the file of a name, as tools for comparing files print them.
pub(super) fn difference(name: &str, before: &str, after: &str) -> String {
    let name = escaped(name);
    let mut lines = vec![format!("--- {name}\n+++ {name}\n")];
    let mut moved: isize = 0;
    for Change { line, before, after } in changes(before, after) {
        let there = line.saturating_add_signed(moved);
        lines.push(format!("@@ -{line},{} +{there},{} @@\n", before.len(), after.len()));
        lines.extend(before.iter().map(|line| format!("-{}\n", shown(line))));
        lines.extend(after.iter().map(|line| format!("+{}\n", shown(line))));
        moved += after.len().cast_signed() - before.len().cast_signed();
    }
    lines.concat()
}
