//! Files that are not where a lesson looks for them.

use super::{Gathered, Reader, Unread, path, tables};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, is_slip, nearest};
use crate::language::Localised;

/// What spreadsheets save when nobody asks for a CSV.
const SPREADSHEETS: [&str; 4] = ["xlsx", "xls", "ods", "numbers"];
/// The endings of parts.
const PARTS: [&str; 2] = ["yaml", "yml"];

impl Gathered {
    /// A path from the folder of the lesson; reports one that leads out of it.
    pub(super) fn named(
        &mut self,
        path: &str,
        at: Span,
        folder: &str,
        reader: &Reader<'_>,
    ) -> Option<String> {
        let name = path::within(folder, path);
        if name.is_some() {
            return name;
        }
        let with_slashes = path.replace('\\', "/");
        if let Some(name) = path::within(folder, &with_slashes) {
            let message =
                both!("folders are separated by `/`, not by `\\`", "文件夹之间用 `/` 隔开，不用 `\\`");
            let hint = both!("write `{with_slashes}`", "请写 `{with_slashes}`");
            self.report_name(at, path, message, hint, Some(&with_slashes));
            return Some(name);
        }
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        self.outside.push(file.to_owned());
        let mut named = self.source.text.match_indices(file);
        let is_named_alone = named.any(|(found, _)| !self.source.text[..found].ends_with(['/', '\\']));
        // A file that is named already may be looked at.
        let is_there = || path::within(folder, file).is_some_and(|own| reader(&own).is_ok());
        let hint = if !is_named_alone {
            both!(
                "put `{file}` into the folder of the lesson, and write `{file}`",
                "请把 `{file}` 放进课程所在的文件夹，这里写 `{file}`"
            )
        } else if is_there() {
            let another = another_name(file);
            both!(
                "if `{file}` in the folder of the lesson is the same file, remove `{path}` with its comma; if it is another one, put a copy of this one into the folder as `{another}`, and write `{another}`",
                "如果课程文件夹里的 `{file}` 就是这个文件，请删去 `{path}` 和它的逗号；如果不是，请把这个文件复制到课程文件夹里，改名为 `{another}`，这里写 `{another}`"
            )
        } else {
            both!(
                "put `{file}` into the folder of the lesson, and remove `{path}` with its comma: `{file}` is named already",
                "请把 `{file}` 放进课程所在的文件夹，并删去 `{path}` 和它的逗号：`{file}` 已经写了"
            )
        };
        let message = both!("this file is not in the folder of the lesson", "这个文件不在课程所在的文件夹里");
        self.report(at, message, hint);
        None
    }

    /// The files that are named at one place: one, or several with commas but without brackets, which is reported.
    pub(super) fn several<'a>(&mut self, path: &'a str, at: Span) -> Vec<&'a str> {
        let names: Vec<&str> =
            path.split([',', '，', '、', ';', '；']).flat_map(str::split_whitespace).collect();
        if names.len() < 2 || !names.iter().all(|name| PARTS.contains(&path::ending(name))) {
            return vec![path];
        }
        let list = format!("[{}]", names.join(", "));
        let message = both!("several files stand in square brackets", "多个文件要写在方括号里");
        let hint = both!("write `{list}`", "请写 `{list}`");
        self.report_name(at, path, message, hint, Some(&list));
        names
    }

    /// Reports a file by the path that is written, and what came of looking for it.
    pub(super) fn report_unread(&mut self, path: &str, name: &str, at: Span, reason: &Unread) {
        let (message, hint) = match reason {
            Unread::Missing(neighbours) => {
                self.report_missing(path, name, at, neighbours);
                return;
            }
            Unread::Refused => (
                both!("`{name}` may not be read", "不允许读取 `{name}`"),
                both!("put the file into the folder of the lesson", "请把文件放到课程所在的文件夹里"),
            ),
            Unread::TooLarge => (
                both!("`{name}` is too large, or there are too many files", "`{name}` 太大，或者文件太多"),
                both!("take only the numbers that the lesson needs", "请只保留课程需要的数"),
            ),
            Unread::NoFolder => (
                both!(
                    "`{name}` cannot be found: this lesson is in no folder",
                    "找不到 `{name}`：这节课不在任何文件夹里"
                ),
                both!("save the lesson as a file, and check that file", "请把课程存为文件，再检查那个文件"),
            ),
        };
        self.report(at, message, hint);
    }

    fn report_missing(&mut self, path: &str, name: &str, at: Span, neighbours: &[String]) {
        let message = both!("there is no file `{name}` beside the lesson", "课程旁边没有文件 `{name}`");
        let file = name.rsplit('/').next().unwrap_or(name);
        // It is to be put there already, for another place that looks for it elsewhere.
        if self.outside.iter().any(|it| it == name) {
            return;
        }
        let stem = |name: &'_ str| name.rsplit_once('.').map_or(name.len(), |(stem, _)| stem.len());
        let stem_of = |name: &'_ str| name[..stem(name)].to_lowercase();
        let fits = |neighbour: &&str| {
            let ending = path::ending(neighbour);
            **neighbour != self.own_name
                && if tables::is_table(name) { tables::is_table(neighbour) } else { PARTS.contains(&ending) }
        };
        let all = || neighbours.iter().map(String::as_str);
        if let Some(hidden) = all().find(|it| it.strip_suffix(".txt") == Some(file)) {
            let hint = both!(
                "there is `{hidden}`: rename it to `{file}` (Windows does not show the ending .txt unless told to)",
                "旁边有 `{hidden}`：请把它改名为 `{file}`（Windows 默认不显示 .txt）"
            );
            self.report(at, message, hint);
            return;
        }
        if let Some(same) = all().filter(fits).find(|it| stem_of(it) == stem_of(file)) {
            let written = beside(path, same);
            let hint = both!("there is `{same}`: write `{written}`", "旁边有 `{same}`：请写 `{written}`");
            self.report_name(at, path, message, hint, Some(&written));
            return;
        }
        let sheet = |it: &&str| SPREADSHEETS.contains(&path::ending(it)) && stem_of(it) == stem_of(file);
        if let Some(sheet) = all().find(sheet) {
            let hint = both!(
                "there is `{sheet}`: open it in your spreadsheet program, and save it as `{file}` (CSV UTF-8)",
                "旁边有 `{sheet}`：请用电子表格软件打开它，另存为 `{file}`（CSV UTF-8 格式）"
            );
            self.report(at, message, hint);
            return;
        }
        // The endings of two files are mostly the same.
        let stems: Vec<(String, &str)> = all().filter(fits).map(|it| (stem_of(it), it)).collect();
        let near = nearest(&stem_of(file), stems.iter().map(|(stem, _)| stem.as_str()));
        let near = near.and_then(|near| stems.iter().find(|(stem, _)| stem == near));
        if let Some((_, near)) = near {
            let written = beside(path, near);
            let hint = both!("did you mean `{written}`?", "是不是想写 `{written}`？");
            let fix = is_slip(file, near).then_some(written.as_str());
            self.report_name(at, path, message, hint, fix);
            return;
        }
        let Localised { en: folder, zh: folder_zh } = match name.rsplit_once('/') {
            Some((folder, _)) => {
                both!("the folder `{folder}` beside the lesson", "课程旁边的文件夹 `{folder}`")
            }
            None => both!("the folder of the lesson", "课程所在的文件夹"),
        };
        let hint = both!(
            "put `{file}` into {folder}; or write its name here just as it is, capital letters too",
            "请把 `{file}` 放进{folder_zh}；或把这里的文件名写得与文件完全一致（包括大小写）"
        );
        self.report(at, message, hint);
    }

    /// Reports a name of a file, with what is to stand there instead where that is certain.
    fn report_name(
        &mut self,
        at: Span,
        path: &str,
        message: Localised<String>,
        hint: Localised<String>,
        instead: Option<&str>,
    ) {
        let finding = Diagnostic::new(Code::BadFile, at, message).with_hint(hint);
        let stands = self.source.slice(at) == path;
        self.findings.push(match instead.filter(|_| stands) {
            Some(instead) => finding.with_fix(at, instead),
            None => finding,
        });
    }
}

/// The path of another file in the folder that a path leads to.
fn beside(path: &str, file: &str) -> String {
    match path.rsplit_once(['/', '\\']) {
        Some((folder, _)) => format!("{}/{file}", folder.replace('\\', "/")),
        None => file.to_owned(),
    }
}

/// A name for a second file of this name: `words_2.yaml` for `words.yaml`.
fn another_name(file: &str) -> String {
    match file.rsplit_once('.') {
        Some((name, ending)) => format!("{name}_2.{ending}"),
        None => format!("{file}_2"),
    }
}
