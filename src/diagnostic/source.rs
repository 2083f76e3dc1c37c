//! A file as it was read, and places in it.

use std::ops::Range;

use super::{Code, Diagnostic};
use crate::both;

/// A file as it was read: its name for reports and its text, without a byte order mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as the person gave it, or the name of a built-in lesson.
    pub name: String,
    /// The text. Spans count its bytes.
    pub text: String,
}

/// A range of bytes in a [`Source`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A file that is not text in UTF-8, with what can be shown of it.
#[derive(Debug, Clone, PartialEq)]
pub struct NotUtf8 {
    /// The file with `�` for each byte that is no text, so that the finding can be rendered.
    pub source: Source,
    /// The first such byte.
    pub finding: Diagnostic,
}

impl Source {
    /// A file from its name and text; a byte order mark is taken off.
    pub fn new(name: impl Into<String>, text: &str) -> Self {
        Self { name: name.into(), text: text.strip_prefix('\u{feff}').unwrap_or(text).to_owned() }
    }

    /// A file from its name and bytes.
    ///
    /// # Errors
    /// [`NotUtf8`] with the place of the first byte that is not UTF-8.
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Self, Box<NotUtf8>> {
        if let Some(found) = Foreign::of(bytes) {
            return Err(Box::new(found.refused(name.into(), bytes)));
        }
        match str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(_) => Err(Box::new(not_utf8(name.into(), bytes))),
        }
    }

    /// The line and column of a byte, both counted from 1, columns in characters. An offset past the end is the end;
    /// one inside a character is its start.
    ///
    /// ```
    /// let source = qkv::diagnostic::Source::new("a.yaml", "title: 注意力\nqkv: 1");
    /// assert_eq!(source.line_column(10), (1, 9));
    /// assert_eq!(source.line_column(17), (2, 1));
    /// ```
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..floor_char_boundary(&self.text, offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// The line of a byte, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.line_column(offset).0
    }

    /// The text at `span`, as far as it exists.
    pub fn slice(&self, span: Span) -> &str {
        let start = floor_char_boundary(&self.text, span.start);
        let end = floor_char_boundary(&self.text, span.end);
        self.text.get(start..end).unwrap_or_default()
    }
}

impl Span {
    /// From the first byte to one past the last.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty place before a byte.
    pub const fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The bytes as a range.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// The nearest start of a character at or before `offset`, and the end for offsets past it.
pub(super) fn floor_char_boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Bytes that are no lesson, whatever is read into them.
#[derive(Clone, Copy)]
enum Foreign {
    Picture,
    Document,
    Utf16 { big_endian: bool },
}

impl Foreign {
    fn of(bytes: &[u8]) -> Option<Self> {
        const PICTURES: [&[u8]; 4] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF"];
        const DOCUMENTS: [&[u8]; 3] = [b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];
        let begins = |starts: &[&[u8]]| starts.iter().any(|start| bytes.starts_with(start));
        match bytes {
            _ if begins(&PICTURES) => Some(Self::Picture),
            _ if begins(&DOCUMENTS) => Some(Self::Document),
            // A mark at the beginning, or plain letters with a zero beside each.
            [0xff, 0xfe, ..] => Some(Self::Utf16 { big_endian: false }),
            [0xfe, 0xff, ..] => Some(Self::Utf16 { big_endian: true }),
            [a, 0, b, 0, ..] if *a > 0 && *b > 0 => Some(Self::Utf16 { big_endian: false }),
            [0, a, 0, b, ..] if *a > 0 && *b > 0 => Some(Self::Utf16 { big_endian: true }),
            _ => None,
        }
    }

    fn refused(self, name: String, bytes: &[u8]) -> NotUtf8 {
        let (text, message, hint) = match self {
            Self::Picture => (
                String::new(),
                both!("this file is a picture, not a lesson", "这个文件是图片，不是课程"),
                both!(
                    "give the name of a file with the text of a lesson in it: the ending .yaml alone makes no lesson of a picture",
                    "请换成课程文件的名称，里面应当是文字：只把名称改成以 .yaml 结尾，图片不会变成课程"
                ),
            ),
            Self::Document => (
                String::new(),
                both!(
                    "this file is a document (such as Word, Excel, PDF or ZIP), not a lesson",
                    "这个文件是 Word、Excel、PDF 或压缩包之类的文档，不是课程"
                ),
                both!(
                    "copy the text of the lesson into a plain text file whose name ends in .yaml",
                    "请把课程的文字复制到纯文本文件中，文件名以 .yaml 结尾"
                ),
            ),
            Self::Utf16 { big_endian } => {
                let unit = |pair: &[u8]| {
                    let pair = [pair[0], pair.get(1).copied().unwrap_or_default()];
                    if big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
                };
                let units: Vec<u16> = bytes.chunks(2).map(unit).collect();
                (
                    String::from_utf16_lossy(&units),
                    both!(
                        "this file is written in UTF-16, and lessons are written in UTF-8",
                        "这个文件用的是 UTF-16 编码，课程要用 UTF-8 编码"
                    ),
                    both!(
                        "save it again and choose the encoding UTF-8; some editors call UTF-16 “Unicode”",
                        "请重新保存，编码选择 UTF-8；有些编辑器把 UTF-16 称为“Unicode”"
                    ),
                )
            }
        };
        let finding = Diagnostic::new(Code::NotUtf8, Span::at(0), message).with_hint(hint);
        NotUtf8 { source: Source::new(name, &text), finding }
    }
}

fn not_utf8(name: String, bytes: &[u8]) -> NotUtf8 {
    let (text, message, hint) = if let Some(text) = gbk(bytes) {
        (
            text,
            both!(
                "this file is written in GBK (GB18030, “ANSI”), and lessons are written in UTF-8",
                "这个文件用的是 GBK（GB18030、“ANSI”）编码，课程要用 UTF-8 编码"
            ),
            both!(
                "open it in the editor that wrote it, choose “Save as”, and there the encoding UTF-8",
                "请用原来的编辑器打开它，选择“另存为”，把编码改为 UTF-8"
            ),
        )
    } else {
        (
            String::from_utf8_lossy(bytes).into_owned(),
            both!("this file was not saved in the encoding UTF-8", "这个文件不是用 UTF-8 编码保存的"),
            both!(
                "open it in your editor, choose “Save as”, and there the encoding UTF-8",
                "请在编辑器中打开它，选择“另存为”，把编码改为 UTF-8"
            ),
        )
    };
    let source = Source::new(name, &text);
    let start = source.text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
    let span = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
    NotUtf8 { source, finding: Diagnostic::new(Code::NotUtf8, span, message).with_hint(hint) }
}

/// Chinese as Windows editors save it, with `�` for each of its signs: nothing but plain letters and what GB18030 has,
/// most of it among the common signs of GB2312. Letters with accents of other encodings stand alone among plain ones.
fn gbk(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    let (mut common, mut rare) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        let (sign, behind) = match (first, after) {
            (0..=0x7f, _) => (char::from(*first), after),
            (0xa1..=0xf7, [0xa1..=0xfe, behind @ ..]) => {
                common += 1;
                (char::REPLACEMENT_CHARACTER, behind)
            }
            (
                0x81..=0xfe,
                [0x40..=0x7e | 0x80..=0xfe, behind @ ..]
                | [b'0'..=b'9', 0x81..=0xfe, b'0'..=b'9', behind @ ..],
            ) => {
                rare += 1;
                (char::REPLACEMENT_CHARACTER, behind)
            }
            (_, _) => return None,
        };
        text.push(sign);
        rest = behind;
    }
    (common > rare).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(Source::new("a", "\u{feff}qkv: 1").text, "qkv: 1");
        assert_eq!(Source::from_bytes("a", b"\xef\xbb\xbfqkv: 1").unwrap().text, "qkv: 1");
    }

    #[test]
    fn columns_count_characters_and_offsets_are_clamped() {
        let source = Source::new("a", "注意力\nx");
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(4), (1, 2), "inside the second character");
        assert_eq!(source.line_column(9), (1, 4));
        assert_eq!(source.line_column(10), (2, 1));
        assert_eq!(source.line_column(9999), (2, 2));
    }

    #[test]
    fn bytes_that_are_no_text_are_found_at_their_place() {
        // 标 in GBK is B1 EA.
        let error = Source::from_bytes("a", b"qkv: 1\ntitle: \xb1\xea\n").unwrap_err();
        assert_eq!(error.source.line_column(error.finding.span.start), (2, 8));
        assert_eq!(error.source.slice(error.finding.span), "\u{fffd}");
    }

    #[test]
    fn chinese_of_windows_editors_is_told_from_other_encodings() {
        let told =
            |bytes: &[u8]| Source::from_bytes("a", bytes).unwrap_err().finding.message.en.contains("GBK");
        // 标题：注意力, and 㐀 in four bytes.
        assert!(told(b"title: \xb1\xea\xcc\xe2\xa3\xba\xd7\xa2\xd2\xe2\xc1\xa6 \x81\x39\xee\x39\n"));
        // Café and Übung in Latin-1, half a sign, and signs that no teacher writes.
        for other in [&b"caf\xe9 \xdcbung\n"[..], b"\xb1\xea\xcc", b"\x81\x40", b"\xff\xff"] {
            assert!(!told(other), "{other:?}");
        }
    }
}
