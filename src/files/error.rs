//! What can be wrong with a file, and what to do about it.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::both;
use crate::language::Localised;

/// Something about a file that stops the program. Each kind names the path and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing at this path.
    #[error("{}", self.message().en)]
    Missing(PathBuf),
    /// A file is wanted, and this is a folder.
    #[error("{}", self.message().en)]
    IsFolder(PathBuf),
    /// A folder is wanted, and this is a file.
    #[error("{}", self.message().en)]
    IsFile(PathBuf),
    /// The file or folder may not be read.
    #[error("{}", self.message().en)]
    MayNotRead(PathBuf),
    /// The file or its folder may not be written.
    #[error("{}", self.message().en)]
    MayNotWrite(PathBuf),
    /// A new file is to be written, and there is something of that name.
    #[error("{}", self.message().en)]
    Exists(PathBuf),
    /// The file is larger than [`MAX_LESSON_BYTES`](super::MAX_LESSON_BYTES).
    #[error("{}", self.message().en)]
    TooLarge(PathBuf),
    /// Reading failed for another reason.
    #[error("{}", self.message().en)]
    Read(PathBuf, #[source] io::Error),
    /// Writing failed for another reason.
    #[error("{}", self.message().en)]
    Write(PathBuf, #[source] io::Error),
}

impl Error {
    /// What is wrong with which path, and what to do about it.
    pub fn message(&self) -> Localised<String> {
        let path = self.path().display();
        match self {
            Self::Missing(_) => both!(
                "`{path}` does not exist; check the spelling, and that you are in the right folder",
                "“{path}”不存在；请检查拼写，以及当前所在的文件夹"
            ),
            Self::IsFolder(_) => both!(
                "`{path}` is a folder; name a file in it",
                "“{path}”是一个文件夹；请给出其中某个文件的名字"
            ),
            Self::IsFile(_) => both!(
                "`{path}` is not a folder; name the folder that it is in",
                "“{path}”不是文件夹；请给出它所在的文件夹"
            ),
            Self::MayNotRead(_) => both!(
                "`{path}` may not be read; change its permissions, or copy it to a place of your own",
                "没有读取“{path}”的权限；请修改它的权限，或者把它复制到自己的文件夹里"
            ),
            Self::MayNotWrite(_) => both!(
                "`{path}` may not be written; change its permissions, or choose another place",
                "没有写入“{path}”的权限；请修改它的权限，或者换一个位置"
            ),
            Self::Exists(_) => both!(
                "`{path}` is there already, and stays as it is; choose another name",
                "“{path}”已经存在，没有改动它；请换一个名字"
            ),
            Self::TooLarge(_) => both!(
                "`{path}` is larger than 1 MB, which no lesson is; check that it is the right file, or split the lesson",
                "“{path}”超过了 1 MB，课程文件不会这么大；请确认文件没有弄错，或者把课程拆开"
            ),
            Self::Read(_, reason) => both!(
                "`{path}` could not be read: {reason}; check the disk, and try again",
                "无法读取“{path}”：{reason}；请检查磁盘后重试"
            ),
            Self::Write(_, reason) => both!(
                "`{path}` could not be written: {reason}; check that there is space on the disk, or choose another place",
                "无法写入“{path}”：{reason}；请检查磁盘空间，或者换一个位置"
            ),
        }
    }

    /// The path in question.
    pub fn path(&self) -> &Path {
        match self {
            Self::Missing(path)
            | Self::IsFolder(path)
            | Self::IsFile(path)
            | Self::MayNotRead(path)
            | Self::MayNotWrite(path)
            | Self::Exists(path)
            | Self::TooLarge(path)
            | Self::Read(path, _)
            | Self::Write(path, _) => path,
        }
    }

    pub(super) fn reading(path: &Path, reason: io::Error) -> Self {
        let kinds: [(ErrorKind, Named); 4] = [
            (ErrorKind::NotFound, Self::Missing),
            (ErrorKind::IsADirectory, Self::IsFolder),
            (ErrorKind::NotADirectory, Self::IsFile),
            (ErrorKind::PermissionDenied, Self::MayNotRead),
        ];
        match kinds.iter().find(|(kind, _)| *kind == reason.kind()) {
            Some((_, error)) => error(path.to_path_buf()),
            None => Self::Read(path.to_path_buf(), reason),
        }
    }

    pub(super) fn writing(path: &Path, reason: io::Error) -> Self {
        // What is missing when a file is made, or is no folder, is what the file was to be made in.
        let folder = path.parent().unwrap_or(path);
        let kinds: [(ErrorKind, Named, &Path); 6] = [
            (ErrorKind::NotFound, Self::Missing, folder),
            (ErrorKind::NotADirectory, Self::IsFile, folder),
            (ErrorKind::IsADirectory, Self::IsFolder, path),
            (ErrorKind::AlreadyExists, Self::Exists, path),
            (ErrorKind::PermissionDenied, Self::MayNotWrite, path),
            (ErrorKind::ReadOnlyFilesystem, Self::MayNotWrite, path),
        ];
        match kinds.iter().find(|(kind, ..)| *kind == reason.kind()) {
            Some((_, error, named)) => error(named.to_path_buf()),
            None => Self::Write(path.to_path_buf(), reason),
        }
    }
}

/// Makes the error that a path is named in.
type Named = fn(PathBuf) -> Error;
