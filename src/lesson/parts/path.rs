//! Paths from the folder of a lesson, without a file system: what leads out of it is none.

/// The path from the folder of the lesson to a file that is named in `folder`; `None` where it leads out, is absolute,
/// or is written for one operating system only.
pub(super) fn within(folder: &str, path: &str) -> Option<String> {
    let foreign = path.contains(['\\', ':', '\0']) || path.starts_with('/') || path.is_empty();
    if foreign {
        return None;
    }
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    (!names.is_empty()).then(|| names.join("/"))
}

/// The folder of a file, from the folder of the lesson.
pub(super) fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What a file's name ends in, after the last point.
pub(super) fn ending(name: &str) -> &str {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    file.rsplit_once('.').map_or("", |(_, ending)| ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_in_the_folder_of_the_lesson() {
        assert_eq!(within("", "a.yaml").as_deref(), Some("a.yaml"));
        assert_eq!(within("parts", "a.yaml").as_deref(), Some("parts/a.yaml"));
        assert_eq!(within("parts", "../b/./c.csv").as_deref(), Some("b/c.csv"));
        for out in
            ["../a.yaml", "/etc/passwd", "a/../../b", "C:/a", "a\\..\\b", "", ".", "a/..", "file:a", "\0"]
        {
            assert_eq!(within("", out), None, "{out}");
        }
        assert_eq!(within("parts", "../../a"), None);
    }

    #[test]
    fn a_file_has_a_folder_and_an_ending() {
        assert_eq!((folder("a/b/c.csv"), folder("c.csv")), ("a/b", ""));
        assert_eq!((ending("a.b/c.tar.npy"), ending("a.b/c"), ending("c.csv")), ("npy", "", "csv"));
    }
}
