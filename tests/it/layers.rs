//! Tidiness that a compiler does not see: who may know whom, who may touch the outside, and how long a file may be.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The most lines of a source file.
const MOST_LINES: usize = 600;

/// Each module with those that it may use besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("language", &[]),
    ("environment", &["language"]),
    ("math", &[]),
    ("diagnostic", &["language"]),
    ("yaml", &["diagnostic", "language"]),
    ("graph", &["math", "language"]),
    ("transformer", &["graph", "math"]),
    ("lesson", &["transformer", "graph", "math", "diagnostic", "yaml", "language"]),
    ("app", &["lesson", "graph", "language"]),
    ("view", &["app", "lesson", "graph", "language", "math", "diagnostic"]),
    ("lint", &["view", "app", "lesson", "diagnostic", "language"]),
    ("book", &["view", "lesson", "diagnostic", "language"]),
    ("ui", &["view", "app", "environment"]),
    ("export", &["view", "app", "graph", "diagnostic", "language"]),
    ("files", &["environment", "language"]),
    ("terminal", &["environment"]),
    (
        "cli",
        &[
            "language",
            "environment",
            "math",
            "diagnostic",
            "yaml",
            "graph",
            "transformer",
            "lesson",
            "app",
            "view",
            "lint",
            "book",
            "ui",
            "export",
            "files",
            "terminal",
        ],
    ),
];

/// What is named in a few places only: a crate or a part of the standard library, and the paths that may name it.
const OUTSIDE: &[(&[&str], &[&str])] = &[
    (&["saphyr_parser"], &["yaml"]),
    (&["serde_yaml"], &["yaml"]),
    (&["std", "fs"], &["files/mod.rs"]),
    (&["std", "env"], &["environment.rs", "cli/mod.rs"]),
    (&["std", "time", "SystemTime"], &["environment.rs"]),
    (&["ratatui"], &["ui", "terminal", "cli"]),
    (&["crossterm"], &["ui", "terminal", "cli", "app/keymap"]),
];

/// A source file without comments and texts, and the paths that its code names.
struct File {
    path: PathBuf,
    text: String,
    paths: BTreeSet<Vec<String>>,
}

impl File {
    fn read(path: &Path, root: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a source file is text");
        let paths = paths(&tokens(&text));
        let path = path.strip_prefix(root).expect("it is below").to_owned();
        Self { path, text, paths }
    }

    /// The module that it belongs to; `lib` and `main` for the roots.
    fn module(&self) -> String {
        let first = self.path.iter().next().expect("a file has a name");
        Path::new(first).file_stem().expect("a file has a name").to_string_lossy().into_owned()
    }

    /// The modules of the crate that it names.
    fn uses(&self) -> BTreeSet<String> {
        let known = |name: &String| LAYERS.iter().any(|(module, _)| module == name);
        let mut uses = BTreeSet::new();
        for path in &self.paths {
            let supers = path.iter().take_while(|part| *part == "super").count();
            let named = match path[0].as_str() {
                "crate" | "qkv" => path.get(1),
                // From a file of depth n, `super` n times is the root of the crate.
                "super" if supers >= self.path.iter().count() => path.get(supers).filter(|part| known(part)),
                _ => None,
            };
            match named.map(String::as_str) {
                // The macro lives in the root of the crate, where macros live.
                Some("both") => uses.insert("language".to_owned()),
                Some("main") | None => false,
                Some(module) => uses.insert(module.to_owned()),
            };
        }
        uses.remove(&self.module());
        uses
    }

    fn names(&self, what: &[&str]) -> bool {
        self.paths
            .iter()
            .any(|path| path.iter().zip(what).filter(|(part, what)| part == what).count() == what.len())
    }

    fn is_below(&self, place: &str) -> bool {
        self.path.starts_with(place)
    }
}

fn source_files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(File::read(&path, &root));
            }
        }
    }
    files
}

/// The names and signs of a source text, without comments, texts and lifetimes.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(quoted) = raw_text(rest) {
            quoted
        } else if next == '"' {
            quoted(rest, '"')
        } else if next == '\'' {
            // A lifetime has no second quote after one character.
            let after = rest[1..].chars().nth(1);
            if rest[1..].starts_with('\\') || after == Some('\'') { quoted(rest, '\'') } else { 1 }
        } else if is_name(next) {
            let name = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            tokens.push(rest[..name].to_owned());
            name
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !next.is_whitespace() {
                tokens.push(next.to_string());
            }
            next.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of a raw text that begins here.
fn raw_text(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let start = 1 + hashes + 1;
    Some(rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len()))
}

/// The length of a text or character in these quotes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

/// Every path of two names or more, `a::{b, c::d}` being two of them.
fn paths(tokens: &[String]) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        at = path(tokens, at, &[], &mut found).max(at + 1);
    }
    found
}

/// Reads a path that may begin at `at`, after `before`; gives where it ends.
fn path(tokens: &[String], mut at: usize, before: &[String], found: &mut BTreeSet<Vec<String>>) -> usize {
    let is_name = |token: &String| token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if tokens.get(at).is_some_and(|token| token == "as") {
        // What a name is called here does not matter.
        return at + 2;
    }
    let mut names = before.to_vec();
    while let Some(name) = tokens.get(at).filter(|token| is_name(token)) {
        names.push(name.clone());
        at += 1;
        if tokens.get(at).is_none_or(|token| token != "::") {
            break;
        }
        at += 1;
        if tokens.get(at).is_some_and(|token| token == "{") {
            at += 1;
            while tokens.get(at).is_some_and(|token| token != "}") {
                at = path(tokens, at, &names, found).max(at + 1);
            }
            return at + 1;
        }
    }
    if names.len() > before.len().max(1) {
        found.insert(names);
    }
    at
}

#[test]
fn paths_are_found_wherever_they_are_written() {
    let text = r##"
        //! [`crate::comment`]
        use crate::{a::B, c::{self, D}, both};
        use std::{env, fs as files};
        fn f<'a>(x: &'a str) -> super::e::F<'a> { crate::g::h('"', "crate::text", r#"crate::"raw"#); 'x'; '\''; crate::i() }
        fn g() { if a { b } else { c } let x = S { d: super::super::k::l }; }
    "##;
    let found: Vec<_> = paths(&tokens(text)).iter().map(|path| path.join("::")).collect();
    let expected = [
        "crate::a::B",
        "crate::both",
        "crate::c::D",
        "crate::c::self",
        "crate::g::h",
        "crate::i",
        "std::env",
        "std::fs",
        "super::e::F",
        "super::super::k::l",
    ];
    assert_eq!(found, expected);
}

#[test]
fn every_module_knows_only_those_below_it() {
    let mut wrong = Vec::new();
    let mut modules = BTreeSet::new();
    let files = source_files();
    for file in &files {
        let module = file.module();
        if module == "lib" {
            continue;
        }
        let allowed = match module.as_str() {
            "main" => &["cli", "environment"][..],
            module => {
                LAYERS
                    .iter()
                    .find(|(name, _)| *name == module)
                    .unwrap_or_else(|| panic!("{module} has no layer"))
                    .1
            }
        };
        for used in file.uses() {
            if !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", file.path.display()));
            }
        }
        modules.insert(module);
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(modules.len(), LAYERS.len() + 1, "each layer exists, and main");
    // The table above has an order of its own: nobody knows a module that stands below it there.
    for (at, (module, uses)) in LAYERS.iter().enumerate() {
        for used in *uses {
            let known = LAYERS[..at].iter().any(|(name, _)| name == used);
            assert!(known, "{module} may use {used}, which is no layer below it");
        }
    }
    let edges = files.iter().map(|file| file.uses().len()).sum::<usize>();
    assert!(edges > 50, "the files were read: {edges} edges");
}

#[test]
fn the_outside_is_named_in_few_places() {
    let files = source_files();
    let mut wrong = Vec::new();
    for (what, places) in OUTSIDE {
        for file in files.iter().filter(|file| file.names(what)) {
            if !places.iter().any(|place| file.is_below(place)) {
                wrong.push(format!("{} names {}", file.path.display(), what.join("::")));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    for what in [&["std", "fs"][..], &["saphyr_parser"], &["serde_yaml"], &["ratatui"], &["crossterm"]] {
        assert!(files.iter().any(|file| file.names(what)), "{} is named somewhere", what.join("::"));
    }
}

#[test]
fn no_source_file_is_long() {
    let mut lengths: Vec<_> =
        source_files().iter().map(|file| (file.text.lines().count(), file.path.clone())).collect();
    lengths.retain(|(lines, _)| *lines > MOST_LINES);
    assert_eq!(lengths, []);
}
