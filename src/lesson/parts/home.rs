//! Findings in files beside a lesson, told where the lesson names them.

use super::{Content, File, Gathered};
use crate::both;
use crate::diagnostic::{Diagnostic, Source, Span};
use crate::language::Localised;
use crate::lesson::StepPlaces;

impl Gathered {
    /// Findings in a part told where the lesson names the part.
    pub(in crate::lesson) fn at_home(&self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        findings.into_iter().map(|finding| self.told_at_home(finding)).collect()
    }

    /// The places of a step of a part, told where the lesson names the part.
    pub(in crate::lesson) fn place_at_home(&self, places: &StepPlaces) -> StepPlaces {
        let home = |mut span: Span| {
            while let Some(file) = self.file_at(span) {
                span = file.named;
            }
            span
        };
        StepPlaces {
            step: home(places.step),
            show: places.show.map(home),
            reveal: places.reveal.map(home),
            say: places.say.map(|say| say.map(home)),
        }
    }

    fn told_at_home(&self, mut finding: Diagnostic) -> Diagnostic {
        finding.related = finding.related.into_iter().map(|related| self.related_at_home(related)).collect();
        let Some(file) = self.file_at(finding.span) else {
            finding.fix.retain(|edit| self.file_at(edit.span).is_none());
            return finding.with_lines(|at| self.source.line(at));
        };
        let own = Source::new("", self.source.slice(file.span));
        finding = finding.with_lines(|at| own.line(at.saturating_sub(file.span.start)));
        finding.message = told_in(self.place_in(file, finding.span), finding.message);
        finding.fix.clear();
        finding.related.clear();
        finding.label = Localised::default();
        finding.span = file.named;
        self.told_at_home(finding)
    }

    fn related_at_home(&self, (span, words): (Span, Localised<String>)) -> (Span, Localised<String>) {
        let Some(file) = self.file_at(span) else { return (span, words) };
        self.related_at_home((file.named, told_in(self.place_in(file, span), words)))
    }

    /// A place in a file, as an editor counts it; in a table as a spreadsheet does.
    fn place_in(&self, file: &File, span: Span) -> Localised<String> {
        let text = self.source.slice(file.span);
        let (start, end) =
            (span.start.saturating_sub(file.span.start), span.end.saturating_sub(file.span.start));
        let (line, column) = Source::new("", text).line_column(start);
        let name = &file.name;
        match file.content {
            Content::Part => {
                both!("`{name}`, line {line}, column {column}", "`{name}` 第 {line} 行第 {column} 列")
            }
            Content::Table(separator) => {
                let before = text.get(..start).unwrap_or_default();
                let cells = |text: &str| separator.cells(text).len();
                let column = cells(before.rsplit('\n').next().unwrap_or_default());
                if cells(text.get(start..end).unwrap_or_default()) > 1 {
                    both!("`{name}`, line {line}", "`{name}` 第 {line} 行")
                } else {
                    both!("`{name}`, line {line}, column {column}", "`{name}` 第 {line} 行第 {column} 列")
                }
            }
        }
    }
}

fn told_in(place: Localised<String>, words: Localised<String>) -> Localised<String> {
    let ((en, zh), Localised { en: words, zh: words_zh }) = ((place.en, place.zh), words);
    both!("in {en}: {words}", "{zh}：{words_zh}")
}
