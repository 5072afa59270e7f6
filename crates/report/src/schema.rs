//! The rule format as a JSON Schema, for editors and other programs.
//!
//! It is made from the tables by which rule files are read, so it knows every key and no other. A
//! schema sees one file and no names: `cairn check` finds what it cannot.

use std::collections::BTreeMap;

use cairn_core::{
    document::shape::{self, Kind, Shape, Table},
    id::ID_LENGTH_MAX,
    quantity::AMOUNT_MAX,
};
use serde_json::{Value, json};

/// The schema of a rule file.
#[must_use]
pub fn rules() -> Value {
    let mut definitions = BTreeMap::new();
    define(shape::file(), &mut definitions);
    let root = definitions.remove(shape::file().name).unwrap_or_default();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cairn rule file, format 1",
        "$defs": definitions,
    });
    if let (Value::Object(schema), Value::Object(root)) = (&mut schema, root) {
        schema.extend(root);
    }
    schema
}

/// Writes down a table and those below it, each once.
fn define(table: Table, definitions: &mut BTreeMap<&'static str, Value>) {
    if definitions.contains_key(table.name) {
        return;
    }
    definitions.insert(table.name, Value::Null);
    let mut properties = serde_json::Map::new();
    let mut required = Vec::new();
    for key in (table.keys)() {
        let kind = shape::kind(table.name, key.name);
        let mut value = of_shape(&key.shape, kind, definitions);
        if let Value::Object(value) = &mut value {
            value.insert("description".to_owned(), json!(key.doc));
            if let Some(default) = default(kind) {
                value.insert("default".to_owned(), default);
            }
        }
        if shape::is_required(table.name, key.name) {
            required.push(key.name);
        }
        properties.insert(key.name.to_owned(), value);
    }
    let mut definition = json!({
        "type": "object",
        "description": table.doc,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        definition["required"] = json!(required);
    }
    definitions.insert(table.name, definition);
}

fn of_shape(shape: &Shape, kind: Kind, definitions: &mut BTreeMap<&'static str, Value>) -> Value {
    match shape {
        Shape::Text => text(kind),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Number => number(kind),
        Shape::Scalar => json!({ "type": ["string", "number", "boolean"] }),
        Shape::List(one) => {
            let one = of_shape(one, kind, definitions);
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        Shape::Named(one) => {
            json!({ "type": "object", "additionalProperties": of_shape(one, kind, definitions) })
        }
        Shape::Table(table) => reference(*table, definitions),
        Shape::Conditions(test) => {
            let scalar = json!({ "type": ["string", "number", "boolean"] });
            let test = reference(*test, definitions);
            let test = json!({ "anyOf": [scalar, { "type": "array", "items": scalar }, test] });
            let by_framework = json!({ "type": "object", "additionalProperties": test });
            json!({
                "type": "object",
                "properties": { "level": by_framework },
                "additionalProperties": test,
                "minProperties": 1,
            })
        }
        Shape::Either(shapes) => {
            let shapes: Vec<_> = shapes.iter().map(|shape| of_shape(shape, kind, definitions)).collect();
            json!({ "anyOf": shapes })
        }
        Shape::Any => json!({}),
    }
}

fn reference(table: Table, definitions: &mut BTreeMap<&'static str, Value>) -> Value {
    define(table, definitions);
    json!({ "$ref": format!("#/$defs/{}", table.name) })
}

fn text(kind: Kind) -> Value {
    match kind {
        Kind::Id => {
            json!({ "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._+/@-]*$", "maxLength": ID_LENGTH_MAX })
        }
        Kind::Period => json!({ "type": "string", "pattern": "^[0-9]+ +(day|month|year)s?$" }),
        Kind::Word { words, .. } => json!({ "type": "string", "enum": words }),
        _ => json!({ "type": "string" }),
    }
}

fn number(kind: Kind) -> Value {
    let (least, type_) = match kind {
        Kind::Whole(least) => (least, "integer"),
        _ => (0, "number"),
    };
    match kind {
        Kind::Day => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Kind::Word { words, .. } => {
            let numbers: Vec<Value> =
                words.iter().filter_map(|word| word.parse::<u32>().ok()).map(|word| json!(word)).collect();
            json!({ "enum": numbers.into_iter().chain(words.iter().map(|word| json!(word))).collect::<Vec<_>>() })
        }
        Kind::Part => json!({ "anyOf": [
            { "type": "number", "minimum": 0, "maximum": 1 },
            { "type": "string", "pattern": "^([0-9]+/[0-9]+|[0-9.]+)$" },
        ] }),
        Kind::Rate => json!({ "anyOf": [
            { "type": "number", "minimum": 0, "maximum": AMOUNT_MAX },
            { "type": "string", "pattern": "^([0-9]+/[0-9]+|[0-9][0-9_]*(\\.[0-9]{1,3})?)$" },
        ] }),
        _ => json!({ "anyOf": [
            { "type": type_, "minimum": least, "maximum": AMOUNT_MAX },
            { "type": "string", "pattern": "^[0-9][0-9_]*(\\.[0-9]{1,3})?$" },
        ] }),
    }
}

/// What is meant where a key is not written.
fn default(kind: Kind) -> Option<Value> {
    match kind {
        Kind::Word { words: [first, ..], first_is_default: true } => Some(json!(first)),
        Kind::Flag(flag) => Some(json!(flag)),
        Kind::Number(number) => number.parse::<u32>().ok().map(|number| json!(number)),
        _ => None,
    }
}
