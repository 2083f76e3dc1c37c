//! What a check found, for programs: JSON, and the annotations of a build on GitHub.

use serde_json::{Value, json};

use crate::both;
use crate::diagnostic::{Diagnostic, Severity, Source, escaped};
use crate::language::Language;

/// The findings of one file as an object: its name, how many steps it has where it can be walked, and each finding with
/// its place (lines and columns from 1, columns in characters; bytes from 0), words, fix and the other places that matter.
pub fn json(source: &Source, findings: &[Diagnostic], steps: Option<usize>, language: Language) -> Value {
    let found: Vec<Value> = findings.iter().map(|finding| one(source, finding, language)).collect();
    json!({ "file": source.name, "steps": steps, "findings": found })
}

fn one(source: &Source, finding: &Diagnostic, language: Language) -> Value {
    let (line, column) = source.line_column(finding.span.start);
    let (end_line, end_column) = source.line_column(finding.span.end);
    let fix: Vec<Value> = finding
        .fix
        .iter()
        .map(|edit| json!({ "start": edit.span.start, "end": edit.span.end, "with": edit.with }))
        .collect();
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|(span, words)| {
            let (line, column) = source.line_column(span.start);
            let words = words.get(language);
            json!({ "line": line, "column": column, "start": span.start, "end": span.end, "message": words })
        })
        .collect();
    json!({
        "code": finding.code.as_str(),
        "severity": severity(finding),
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "start": finding.span.start,
        "end": finding.span.end,
        "message": finding.message.get(language),
        "hint": finding.hint.as_ref().map(|hint| hint.get(language)),
        "fix": fix,
        "related": related,
    })
}

/// The findings of one file as lines that GitHub shows beside the file: `::error file=a.yaml,line=1,…::words`.
pub fn github(source: &Source, findings: &[Diagnostic], language: Language) -> String {
    let annotation = |finding: &Diagnostic| {
        let (line, column) = source.line_column(finding.span.start);
        let (end_line, end_column) = source.line_column(finding.span.end);
        let hint = finding.hint.as_ref().map(|hint| format!("\n{}", hint.get(language))).unwrap_or_default();
        let told = finding.related.iter().filter(|(_, words)| !words.get(language).is_empty());
        let related = told.map(|(span, words)| {
            let ((line, column), words) = (source.line_column(span.start), words.get(language));
            both!("\nline {line}, column {column}: {words}", "\n第 {line} 行第 {column} 列：{words}")
                .get(language)
                .clone()
        });
        let words = format!("{}{hint}{}", finding.message.get(language), related.collect::<String>());
        format!(
            "::{} file={},line={line},col={column},endLine={end_line},endColumn={end_column},title={}::{}\n",
            severity(finding),
            property(&source.name),
            finding.code.as_str(),
            message(&words),
        )
    };
    findings.iter().map(annotation).collect()
}

const fn severity(finding: &Diagnostic) -> &'static str {
    match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Text after `::`, in which line breaks would end the annotation.
fn message(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| escaped(line).replace('%', "%25")).collect();
    lines.join("%0A")
}

/// The value of a property, in which `:` and `,` would end it as well.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Span};

    #[test]
    fn an_annotation_is_one_line_whatever_it_says() {
        let source = Source::new("a,b:c\n.yaml", "注 x\n");
        let finding = Diagnostic::new(Code::BadNumber, Span::new(4, 5), both!("50 % of\nit", "一半"))
            .with_hint(both!("write 1", "写 1"))
            .with_related(Span::new(0, 3), both!("as here", "同此处"));
        assert_eq!(
            github(&source, &[finding], Language::English),
            "::error file=a%2Cb%3Ac%0A.yaml,line=1,col=3,endLine=1,endColumn=4,title=bad-number::50 %25 of%0Ait%0Awrite 1%0Aline 1, column 1: as here\n"
        );
    }

    #[test]
    fn a_finding_is_an_object_with_its_place_and_fix() {
        let source = Source::new("a.yaml", "注 x\n");
        let finding = Diagnostic::new(Code::BadNumber, Span::new(4, 5), both!("no", "否"))
            .with_fix(Span::new(4, 5), "1")
            .with_related(Span::new(0, 3), both!("as here", "同此处"));
        let value = json(&source, &[finding], None, Language::Chinese);
        assert_eq!(value["findings"][0]["message"], "否");
        assert_eq!((&value["findings"][0]["line"], &value["findings"][0]["column"]), (&json!(1), &json!(3)));
        let related = json!([{ "line": 1, "column": 1, "start": 0, "end": 3, "message": "同此处" }]);
        assert_eq!(value["findings"][0]["related"], related);
        assert_eq!(value["findings"][0]["fix"], json!([{ "start": 4, "end": 5, "with": "1" }]));
    }
}
