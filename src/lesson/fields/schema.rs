//! The format as a JSON Schema, with which an editor completes, explains and checks a lesson while it is typed.
//!
//! It is made of the table alone and refuses only what [`validate`](super::validate) refuses too. What no schema can
//! see, such as a name that is not defined or shapes that do not fit, is left to the check.

use std::ptr;

use serde_json::{Map, Value, json};

use super::{FORMAT, Field, Kind, LESSON, Presence, Record};
use crate::diagnostic::Source;
use crate::language::{Language, Words, words};
use crate::yaml::{self, Tree};

/// The JSON Schema (draft 2020-12) of a lesson file, as text.
///
/// Each record is a definition in `$defs` under its name, so that records may contain each other.
pub fn schema() -> String {
    let mut definitions = Definitions { records: Vec::new() };
    let lesson = definitions.reference(&LESSON, Wanted::Fields);
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:qkv:lesson:{FORMAT}"),
        "title": format!("qkv lesson, format {FORMAT}. qkv 课程，格式 {FORMAT}"),
        "$ref": lesson["$ref"],
        "$defs": definitions.into_map(),
    });
    let text = serde_json::to_string_pretty(&schema).expect("texts and numbers are JSON");
    text + "\n"
}

/// What a single value of YAML can be in JSON. A token may be written `1`, `true` or `no`, and qkv reads its letters.
const SINGLE: [&str; 3] = ["string", "number", "boolean"];

/// What of a record is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Any of its fields, and all that are required.
    Fields,
    /// Exactly one field.
    OneField,
}

/// The records that were met so far.
struct Definitions {
    records: Vec<Definition>,
}

struct Definition {
    name: String,
    record: &'static Record,
    wanted: Wanted,
    schema: Value,
}

impl Definitions {
    /// A reference to the definition of a record, which is made where it is met first.
    fn reference(&mut self, record: &'static Record, wanted: Wanted) -> Value {
        let known = |known: &&Definition| ptr::eq(known.record, record) && known.wanted == wanted;
        if let Some(known) = self.records.iter().find(known) {
            return refer(&known.name);
        }
        let name = self.free_name(record.name);
        let reference = refer(&name);
        let at = self.records.len();
        // It stands there before its fields are looked at, for one of them may contain the record again.
        self.records.push(Definition { name, record, wanted, schema: Value::Null });
        self.records[at].schema = self.record(record, wanted);
        reference
    }

    /// The name of a record, or `name-2` where another record has it.
    fn free_name(&self, name: &str) -> String {
        let plain = name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '_', "_");
        let taken = |name: &str| {
            self.records.iter().any(|known| known.name == name)
                || SINGLE_KINDS.iter().any(|kind| kind.name == name)
        };
        let numbered = (2..).map(|number| format!("{plain}-{number}"));
        [plain.clone()]
            .into_iter()
            .chain(numbered)
            .find(|name| !taken(name))
            .expect("there are enough numbers")
    }

    fn record(&mut self, record: &Record, wanted: Wanted) -> Value {
        let properties: Map<_, _> =
            record.fields.iter().map(|field| (field.name.to_owned(), self.field(field))).collect();
        let mut schema = json!({
            "title": record.name,
            "description": both_languages(record.doc),
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        });
        match wanted {
            Wanted::Fields => {
                let required = record.fields.iter().filter(|field| field.presence == Presence::Required);
                let required: Vec<_> = required.map(|field| field.name).collect();
                if !required.is_empty() {
                    schema["required"] = json!(required);
                }
            }
            Wanted::OneField => {
                schema["minProperties"] = json!(1);
                schema["maxProperties"] = json!(1);
            }
        }
        schema
    }

    fn field(&mut self, field: &Field) -> Value {
        let mut schema = self.kind(&field.kind);
        schema["description"] = both_languages(field.doc).into();
        match field.presence {
            Presence::Required | Presence::Optional => {}
            Presence::Default(text) => {
                let (tree, _) = yaml::parse(&Source::new("default", text));
                schema["default"] = tree.as_ref().map_or(Value::Null, value);
            }
        }
        schema
    }

    fn kind(&mut self, kind: &Kind) -> Value {
        match kind {
            Kind::Text => refer(BILINGUAL.name),
            Kind::Word => refer(WORD.name),
            Kind::Name => refer(NAME.name),
            Kind::Expression => refer(EXPRESSION.name),
            // That it cannot be 0 is said where it stands.
            Kind::Count | Kind::Size => refer(COUNT.name),
            Kind::Choice(choices) => {
                json!({"enum": choices.iter().flat_map(|choice| readings(choice.word)).collect::<Value>()})
            }
            Kind::List { of, least, most } => {
                let mut schema = json!({"type": "array", "items": self.kind(of)});
                if *least > 0 {
                    schema["minItems"] = json!(least);
                }
                if *most < usize::MAX {
                    schema["maxItems"] = json!(most);
                }
                schema
            }
            Kind::Map(of) => {
                json!({"type": "object", "additionalProperties": self.kind(of), "minProperties": 1})
            }
            Kind::Named(of) => {
                let value = self.kind(of);
                json!({"type": "object", "additionalProperties": value, "minProperties": 1, "maxProperties": 1})
            }
            Kind::Record(record) => self.reference(record, Wanted::Fields),
            Kind::OneOf(record) => self.reference(record, Wanted::OneField),
            Kind::Either(kinds) => {
                json!({"anyOf": kinds.iter().map(|kind| self.kind(kind)).collect::<Value>()})
            }
        }
    }

    fn into_map(self) -> Map<String, Value> {
        let single = SINGLE_KINDS.iter().map(|kind| (kind.name.to_owned(), kind.schema()));
        single.chain(self.records.into_iter().map(|known| (known.name, known.schema))).collect()
    }
}

/// A kind that is a single value, or the same in each language.
struct SingleKind {
    name: &'static str,
    doc: Words,
    accepts: fn() -> Value,
}

const SINGLE_KINDS: [&SingleKind; 5] = [&BILINGUAL, &WORD, &NAME, &EXPRESSION, &COUNT];

static BILINGUAL: SingleKind = SingleKind {
    name: "bilingual",
    doc: words(
        "Something to read: one text for both languages, or {en: …, zh: …}.",
        "供人阅读的文字：中英文共用一段，或写成 {en: …, zh: …}。",
    ),
    accepts: || json!({"anyOf": [not_blank(), translations()]}),
};

static WORD: SingleKind = SingleKind {
    name: "word",
    doc: words("A word or a line that is the same in both languages.", "一个词或一行文字，中英文相同。"),
    accepts: || json!({"type": SINGLE}),
};

static NAME: SingleKind = SingleKind {
    name: "name",
    doc: words("The name of a matrix, text or axis of the lesson.", "本课中一个矩阵、文本或轴的名字。"),
    accepts: not_blank,
};

static EXPRESSION: SingleKind = SingleKind {
    name: "expression",
    doc: words("A number, or arithmetic such as sqrt(d_k).", "一个数，或 sqrt(d_k) 这样的算式。"),
    accepts: not_blank,
};

static COUNT: SingleKind = SingleKind {
    name: "count",
    doc: words("A whole number from 0 up.", "一个非负整数。"),
    accepts: || json!({"type": "integer", "minimum": 0}),
};

impl SingleKind {
    fn schema(&self) -> Value {
        let mut schema = (self.accepts)();
        schema["description"] = both_languages(self.doc).into();
        schema
    }
}

fn not_blank() -> Value {
    json!({"type": SINGLE, "pattern": r"\S"})
}

/// A text by language. One language may be missing or empty, which is worth a warning only, but not all of them.
fn translations() -> Value {
    let languages = Language::ALL.map(Language::code);
    let single_or_nothing: Vec<_> = SINGLE.into_iter().chain(["null"]).collect();
    let any: Map<_, _> =
        languages.map(|code| (code.to_owned(), json!({"type": single_or_nothing}))).into_iter().collect();
    let one = languages.map(|code| json!({"required": [code], "properties": {code: not_blank()}}));
    json!({"type": "object", "properties": any, "additionalProperties": false, "anyOf": one})
}

fn refer(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

fn both_languages(doc: Words) -> String {
    format!("{} {}", doc.en, doc.zh)
}

/// The word itself, and what YAML makes of it without quotation marks where that is no text.
fn readings(word: &str) -> impl Iterator<Item = Value> {
    let truth = match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" => Some(json!(true)),
        "false" | "no" | "off" | "n" => Some(json!(false)),
        _ => None,
    };
    let number = yaml::parse(&Source::new("choice", word)).0.as_ref().map(value).filter(Value::is_number);
    [Value::from(word)].into_iter().chain(truth).chain(number)
}

/// A value of a lesson file in JSON.
fn value(tree: &Tree) -> Value {
    match &tree.value {
        yaml::Value::List(items) => items.iter().map(value).collect(),
        yaml::Value::Map(entries) => {
            Value::Object(entries.iter().map(|(key, entry)| (key.text.clone(), value(entry))).collect())
        }
        yaml::Value::Scalar(scalar) => match (tree.as_count(), scalar.as_number()) {
            (Some(count), _) => count.into(),
            // What JSON has no number for stays a text.
            (None, Some(number)) => serde_json::Number::from_f64(number)
                .map_or_else(|| scalar.text.as_str().into(), Value::Number),
            (None, None) => scalar.text.as_str().into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static LAYER: Record = Record {
        name: "layer",
        doc: words("A layer.", "一层。"),
        fields: &[
            Field {
                name: "then",
                kind: Kind::Either(&[Kind::Name, Kind::Record(&LAYER)]),
                presence: Presence::Optional,
                doc: words("What follows.", "后面的内容。"),
            },
            Field {
                name: "other",
                kind: Kind::Record(&OTHER_LAYER),
                presence: Presence::Default("{size: 2, bias: no}"),
                doc: words("Another.", "另一个。"),
            },
        ],
    };

    static OTHER_LAYER: Record = Record {
        name: "layer",
        doc: words("Another layer.", "另一层。"),
        fields: &[Field {
            name: "bias",
            kind: Kind::Choice(&[
                crate::lesson::fields::Choice::bare("no"),
                crate::lesson::fields::Choice::bare("2"),
            ]),
            presence: Presence::Optional,
            doc: words("Whether it has a bias.", "是否有偏置。"),
        }],
    };

    #[test]
    fn a_record_may_contain_itself_and_share_its_name_with_another() {
        let mut definitions = Definitions { records: Vec::new() };
        assert_eq!(definitions.reference(&LAYER, Wanted::Fields), refer("layer"));
        assert_eq!(definitions.reference(&LAYER, Wanted::OneField), refer("layer-3"));
        let made = Value::Object(definitions.into_map());
        assert_eq!(made["layer"]["properties"]["then"]["anyOf"], json!([refer("name"), refer("layer")]));
        assert_eq!(made["layer"]["properties"]["other"]["$ref"], refer("layer-2")["$ref"]);
        assert_eq!(made["layer"].get("maxProperties"), None);
        assert_eq!(made["layer-3"]["maxProperties"], 1);
    }

    #[test]
    fn defaults_and_choices_are_what_yaml_reads() {
        let mut definitions = Definitions { records: Vec::new() };
        definitions.reference(&LAYER, Wanted::Fields);
        let made = Value::Object(definitions.into_map());
        assert_eq!(made["layer"]["properties"]["other"]["default"], json!({"size": 2, "bias": "no"}));
        assert_eq!(made["layer-2"]["properties"]["bias"]["enum"], json!(["no", false, "2", 2]));
    }
}
