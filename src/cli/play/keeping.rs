//! What is kept between two runs: how far the learner has come, what was said to questions, and how things look.

use std::collections::BTreeMap;

use super::Player;
use crate::app;
use crate::files;
use crate::yaml;

/// The progress file with every entry as it is written, readable or not.
pub(super) type KeptBook = BTreeMap<String, yaml::Kept>;

/// The entries that this version can read.
pub(super) fn readable(book: KeptBook) -> app::ProgressBook {
    book.into_iter().filter_map(|(key, value)| Some((key, yaml::from_value(value).ok()?))).collect()
}

/// One of the program's own files; one that is missing or damaged counts as empty and is written anew.
pub(super) fn read_own<T: serde::de::DeserializeOwned>(path: &std::path::Path) -> Option<T> {
    yaml::read(&files::read_own(path).ok()??).ok()
}

impl Player<'_> {
    /// Keeps the progress of the lesson being walked, if one is.
    pub(super) fn save_progress(&mut self) {
        self.model.remember();
        if let Some(entry) = self.model.walk.as_ref().map(|walk| walk.entry) {
            self.save_progress_of(entry);
        }
    }

    /// Keeps the progress of one lesson. All else in the file stays as it is, also what another run has
    /// written meanwhile, or a later version that this one cannot read.
    pub(super) fn save_progress_of(&mut self, entry: usize) {
        let entry = &self.model.catalog[entry];
        let (Some(path), Some(progress)) = (files::progress_path(self.environment), &entry.progress) else {
            return;
        };
        let (key, value) = (entry.key.clone(), yaml::to_value(progress).expect("numbers and texts are YAML"));
        let mut book: KeptBook = match files::read_own(&path) {
            Ok(None) => KeptBook::new(),
            Ok(Some(text)) => yaml::read(&text).unwrap_or_else(|_| {
                self.keep_damaged(&path, &text);
                KeptBook::new()
            }),
            Err(error) => return self.losses.push(error),
        };
        book.insert(key, value);
        self.write(&path, &book);
    }

    /// Puts a file that cannot be read aside, so that nothing of it is lost.
    fn keep_damaged(&mut self, path: &std::path::Path, text: &str) {
        let aside = path.with_extension("damaged.yaml");
        if let Err(error) = files::write_own(&aside, text.as_bytes()) {
            self.losses.push(error);
        }
    }

    pub(super) fn save_settings(&mut self) {
        if let Some(path) = files::settings_path(self.environment) {
            let settings = self.model.settings;
            self.write(&path, &settings);
        }
    }

    fn write<T: serde::Serialize>(&mut self, path: &std::path::Path, value: &T) {
        let text = yaml::write(value).expect("names and numbers are YAML");
        if let Err(error) = files::write_own(path, text.as_bytes())
            && self.losses.iter().all(|loss| loss.path() != error.path())
        {
            self.losses.push(error);
        }
    }
}
