//! Files and folders: the only user of the file system.

mod error;

use std::fs::{self, File};
use std::io::{self, Read, Write};
#[cfg(unix)]
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process;
use std::time::{Duration, UNIX_EPOCH};

pub use error::Error;

use crate::environment::Environment;

/// A lesson file has at most this many bytes.
pub const MAX_LESSON_BYTES: usize = 1_000_000;

/// The endings of lesson files.
const LESSON_EXTENSIONS: [&str; 2] = ["yaml", "yml"];

/// The outcome of something done with a file.
pub type Result<T> = std::result::Result<T, Error>;

/// Reads a lesson as it is, whether or not it is text: the reader of lessons can say where it is not.
///
/// # Errors
///
/// If the path is no file that may be read, or the file is larger than [`MAX_LESSON_BYTES`].
pub fn read_lesson(path: &Path) -> Result<Vec<u8>> {
    let reading = |reason| Error::reading(path, reason);
    let file = File::open(path).map_err(reading)?;
    // Opening a folder succeeds on some systems.
    if file.metadata().map_err(reading)?.is_dir() {
        return Err(Error::IsFolder(path.to_path_buf()));
    }
    let mut bytes = Vec::new();
    // The length in the metadata may be wrong, of a pipe or a device it is; so one byte too many is read for.
    file.take(MAX_LESSON_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(reading)?;
    if bytes.len() > MAX_LESSON_BYTES {
        return Err(Error::TooLarge(path.to_path_buf()));
    }
    Ok(bytes)
}

/// The most bytes of a file beside a lesson: a table with as many numbers as a lesson may have.
const MAX_PART_BYTES: u64 = 33_000_000;

/// Where a file beside a lesson is, by its path from the lesson's folder.
pub fn part_path(lesson: &Path, name: &str) -> PathBuf {
    folder_of(lesson).join(name)
}

fn folder_of(lesson: &Path) -> &Path {
    lesson.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Reads a file beside a lesson, by its path from the lesson's folder.
///
/// # Errors
///
/// If it cannot be read, is too large, or is not in that folder: a link that leads out of it may not be read.
pub fn read_part(lesson: &Path, name: &str) -> Result<Vec<u8>> {
    let path = part_path(lesson, name);
    let reading = |reason| Error::reading(&path, reason);
    let inside = fs::canonicalize(folder_of(lesson)).map_err(reading)?;
    let real = fs::canonicalize(&path).map_err(reading)?;
    if !real.starts_with(&inside) {
        return Err(Error::MayNotRead(path));
    }
    let file = File::open(&real).map_err(reading)?;
    let metadata = file.metadata().map_err(reading)?;
    // A pipe or a device would never end, or wait for ever.
    if !metadata.is_file() {
        return Err(Error::MayNotRead(path));
    }
    if metadata.len() > MAX_PART_BYTES {
        return Err(Error::TooLarge(path));
    }
    let mut bytes = Vec::new();
    file.take(MAX_PART_BYTES).read_to_end(&mut bytes).map_err(reading)?;
    Ok(bytes)
}

/// The names of the files in the folder where a file beside a lesson was looked for, sorted; none if it is not in the
/// folder of the lesson. Hidden files are left out.
pub fn names_beside(lesson: &Path, name: &str) -> Vec<String> {
    const MOST: usize = 1000;
    let path = part_path(lesson, name);
    let real = |path: &Path| fs::canonicalize(path).ok();
    let (Some(inside), Some(folder)) = (real(folder_of(lesson)), path.parent().and_then(real)) else {
        return Vec::new();
    };
    let Some(entries) = fs::read_dir(&folder).ok().filter(|_| folder.starts_with(&inside)) else {
        return Vec::new();
    };
    let names = entries.take(MOST).filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

/// Reads a lesson from standard input.
///
/// # Errors
///
/// If it cannot be read, or is larger than [`MAX_LESSON_BYTES`].
pub fn read_input() -> Result<Vec<u8>> {
    let name = || PathBuf::from("-");
    let mut bytes = Vec::new();
    let mut input = io::stdin().lock().take(MAX_LESSON_BYTES as u64 + 1);
    input.read_to_end(&mut bytes).map_err(|reason| Error::Read(name(), reason))?;
    if bytes.len() > MAX_LESSON_BYTES {
        return Err(Error::TooLarge(name()));
    }
    Ok(bytes)
}

/// The lesson files of a folder, not of the folders in it, sorted by name. Hidden files are left out: editors keep
/// half-written copies in them.
///
/// # Errors
///
/// If the path is no folder that may be read.
pub fn lessons_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let reading = |reason| Error::reading(folder, reason);
    let mut lessons = Vec::new();
    for entry in fs::read_dir(folder).map_err(reading)? {
        let path = entry.map_err(reading)?.path();
        if has_lesson_name(&path) && path.is_file() {
            lessons.push(path);
        }
    }
    lessons.sort();
    Ok(lessons)
}

/// What can be told of a file without reading it: another one has usually been written since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// How many bytes it has.
    length: u64,
    /// When it was last written, since 1970, where the system tells.
    written: Option<Duration>,
}

/// The stamp of a file; `None` if there is none.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let data = fs::metadata(path).ok()?;
    let written = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Some(Stamp { length: data.len(), written })
}

/// The file of the user's settings, if the user has a home.
pub fn settings_path(environment: &Environment) -> Option<PathBuf> {
    environment.settings_folder.as_ref().map(|folder| folder.join("qkv").join("settings.yaml"))
}

/// The file of the learner's progress, if the user has a home.
pub fn progress_path(environment: &Environment) -> Option<PathBuf> {
    environment.state_folder.as_ref().map(|folder| folder.join("qkv").join("progress.yaml"))
}

/// Reads one of the program's own files; `None` if it has not been written yet. What is not UTF-8 is replaced by `�`.
///
/// # Errors
///
/// If there is something at the path that may not be read, or that is too large to be ours.
pub fn read_own(path: &Path) -> Result<Option<String>> {
    match read_lesson(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(Error::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes one of the program's own files, as [`write`](write()) does; folders that are made for it are nobody else's.
///
/// # Errors
///
/// As [`write`](write()).
pub fn write_own(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        create_private(folder).map_err(|reason| Error::writing(path, reason))?;
    }
    write(path, content)
}

#[cfg(unix)]
fn create_private(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Writes a file as a whole, with the folders that lead to it: after a crash or on a full disk, the old content is still
/// there. Links are followed and permissions are kept.
///
/// # Errors
///
/// If the file or its folder may not be written, or the disk is full. Then the file is as it was.
pub fn write(path: &Path, content: &[u8]) -> Result<()> {
    let writing = |reason| Error::writing(path, reason);
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if target.is_dir() {
        return Err(Error::IsFolder(path.to_path_buf()));
    }
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(writing)?;
    }
    let draft = draft_path(&target);
    let written = write_draft(&draft, content, &target).and_then(|()| fs::rename(&draft, &target));
    if written.is_err() {
        // What is left of the draft is of no use; that it could not be removed is no worse than why it was written.
        drop(fs::remove_file(&draft));
    }
    written.map_err(writing)
}

/// Writes a file that is not there yet, with the folders that lead to it.
///
/// # Errors
///
/// [`Error::Exists`] if there is anything of that name, even a link that leads nowhere; it stays as it is. Else as
/// [`write`](write()).
pub fn create(path: &Path, content: &[u8]) -> Result<()> {
    let writing = |reason| Error::writing(path, reason);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(writing)?;
    }
    let mut file = File::create_new(path).map_err(writing)?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(|reason| {
        // Half a file is of no use, and would be in the way of the next attempt.
        drop(fs::remove_file(path));
        writing(reason)
    })
}

/// Whether there is a folder at the path.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether there is anything at the path.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// A path with the ending of lesson files, put behind a name that has none.
pub fn with_lesson_name(path: &Path) -> PathBuf {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if LESSON_EXTENSIONS.iter().any(|lesson| extension.eq_ignore_ascii_case(lesson)) {
        return path.to_path_buf();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".yaml");
    name.into()
}

fn has_lesson_name(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    !hidden && LESSON_EXTENSIONS.iter().any(|lesson| extension.eq_ignore_ascii_case(lesson))
}

/// A path in the same folder, so that renaming is one step, and of this process, so that two do not mix their drafts.
fn draft_path(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{}.draft", process::id()))
}

fn write_draft(draft: &Path, content: &[u8], target: &Path) -> io::Result<()> {
    let mut file = File::create(draft)?;
    file.write_all(content)?;
    if let Ok(old) = fs::metadata(target) {
        file.set_permissions(old.permissions())?;
    }
    // Without this, a crash of the system may leave the new name with nothing behind it.
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_lesson_is_read_as_it_is_even_if_it_is_not_text() {
        let folder = folder();
        let path = folder.path().join("lesson.yaml");
        fs::write(&path, b"qkv: 1\r\n\xff").unwrap();
        assert_eq!(read_lesson(&path).unwrap(), b"qkv: 1\r\n\xff");
    }

    #[test]
    fn a_lesson_may_have_one_megabyte_and_no_byte_more() {
        let folder = folder();
        let path = folder.path().join("lesson.yaml");
        fs::write(&path, vec![b'#'; 1_000_000]).unwrap();
        assert_eq!(read_lesson(&path).unwrap().len(), 1_000_000);
        fs::write(&path, vec![b'#'; 1_000_001]).unwrap();
        assert!(matches!(read_lesson(&path), Err(Error::TooLarge(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_without_end_is_too_large() {
        assert!(matches!(read_lesson(Path::new("/dev/zero")), Err(Error::TooLarge(_))));
    }

    #[test]
    fn what_cannot_be_read_is_told_apart_and_names_the_path_in_both_languages() {
        let folder = folder();
        let missing = folder.path().join("nothing.yaml");
        let error = read_lesson(&missing).unwrap_err();
        assert!(matches!(error, Error::Missing(_)));
        let message = error.message();
        assert!(message.en.contains("nothing.yaml") && message.zh.contains("nothing.yaml"));
        assert!(matches!(read_lesson(folder.path()), Err(Error::IsFolder(_))));
        fs::write(&missing, "").unwrap();
        assert!(matches!(lessons_in(&missing), Err(Error::IsFile(_))));
        assert!(matches!(lessons_in(&folder.path().join("none")), Err(Error::Missing(_))));
    }

    #[test]
    fn the_lessons_of_a_folder_are_sorted_and_nothing_else_is_one() {
        let folder = folder();
        for name in ["b.yaml", "a.yml", "C.YAML", "notes.txt", ".#b.yaml", "yaml"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::create_dir(folder.path().join("folder.yaml")).unwrap();
        let found: Vec<_> = lessons_in(folder.path()).unwrap();
        assert_eq!(found, ["C.YAML", "a.yml", "b.yaml"].map(|name| folder.path().join(name)));
    }

    #[test]
    fn own_files_are_written_with_their_folders_and_leave_no_draft() {
        let folder = folder();
        let path = folder.path().join("qkv/progress.yaml");
        assert_eq!(read_own(&path).unwrap(), None);
        write(&path, "第一".as_bytes()).unwrap();
        write(&path, "第二".as_bytes()).unwrap();
        assert_eq!(read_own(&path).unwrap().as_deref(), Some("第二"));
        assert_eq!(names(&folder.path().join("qkv")), ["progress.yaml"]);
    }

    #[cfg(unix)]
    #[test]
    fn writing_follows_a_link_and_keeps_the_permissions() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = folder();
        let target = folder.path().join("dotfile");
        let link = folder.path().join("settings.yaml");
        write(&target, b"old").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&target, &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert!(link.is_symlink());
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_write_that_fails_leaves_what_was_there() {
        let folder = folder();
        fs::create_dir(folder.path().join("settings.yaml")).unwrap();
        assert!(matches!(write(&folder.path().join("settings.yaml"), b"x"), Err(Error::IsFolder(_))));
        fs::write(folder.path().join("file"), "x").unwrap();
        assert!(write(&folder.path().join("file/settings.yaml"), b"x").is_err());
        assert_eq!(names(folder.path()), ["file", "settings.yaml"]);
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_another() {
        let folder = folder();
        let path = folder.path().join("course/lesson.yaml");
        create(&path, b"first").unwrap();
        assert!(matches!(create(&path, b"second"), Err(Error::Exists(_))));
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert!(matches!(create(&folder.path().join("course"), b"x"), Err(Error::Exists(_))));
        assert!(create(&path.join("inside.yaml"), b"x").is_err());
    }

    #[test]
    fn own_files_are_where_the_environment_says() {
        let environment = Environment {
            settings_folder: Some("config".into()),
            state_folder: Some("state".into()),
            ..Environment::default()
        };
        assert_eq!(settings_path(&environment), Some("config/qkv/settings.yaml".into()));
        assert_eq!(progress_path(&environment), Some("state/qkv/progress.yaml".into()));
        assert_eq!(settings_path(&Environment::default()), None);
    }
}
