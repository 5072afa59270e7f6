//! The shape of attributes: `{"track": ["infra", "app"], "ce": false, "level": 5}`.

use std::{collections::BTreeMap, fmt};

use cairn_core::{Attributes, Scalar};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::number;
use crate::value::{self, Complaint, take};

/// Attributes by name: a value, or a list of values.
#[derive(Default)]
pub(crate) struct AttributesShape(BTreeMap<String, Box<RawValue>>);

impl AttributesShape {
    pub(crate) fn of(attributes: &Attributes) -> AttributesShape {
        let value = |values: &Vec<Scalar>| match values.as_slice() {
            [only] => scalar(only),
            several => raw(&several.iter().map(scalar).collect::<Vec<_>>()),
        };
        AttributesShape(attributes.iter().map(|(name, values)| (name.clone(), value(values))).collect())
    }

    pub(crate) fn read(self, complaints: &mut Vec<Complaint>) -> Option<Attributes> {
        let pairs: Vec<_> = self
            .0
            .into_iter()
            .map(|(name, json)| {
                take(value::attribute_name(&name), complaints)?;
                Some((take(scalars(&name, json.get()), complaints)?, name))
            })
            .collect();
        pairs.into_iter().map(|pair| pair.map(|(values, name)| (name, values))).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for AttributesShape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AttributesShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<AttributesShape, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = AttributesShape;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("attributes by name")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AttributesShape, A::Error> {
                let mut pairs = BTreeMap::new();
                while let Some((name, json)) = map.next_entry::<String, Box<RawValue>>()? {
                    if pairs.insert(name.clone(), json).is_some() {
                        return Err(A::Error::custom(format_args!("duplicate attribute `{name}`")));
                    }
                }
                Ok(AttributesShape(pairs))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}

fn scalars(field: &str, json: &str) -> Result<Vec<Scalar>, Complaint> {
    if !json.starts_with('[') {
        return one_scalar(field, json).map(|scalar| vec![scalar]);
    }
    let values: Vec<Box<RawValue>> = serde_json::from_str(json)
        .map_err(|_| Complaint::new(format!("`{field}` is not a list of values")))?;
    values.iter().map(|json| one_scalar(field, json.get())).collect()
}

fn one_scalar(field: &str, json: &str) -> Result<Scalar, Complaint> {
    if let Ok(text) = serde_json::from_str::<String>(json) {
        return value::text(field, &text).map(Scalar::Text);
    }
    match json {
        "true" => Ok(Scalar::Flag(true)),
        "false" => Ok(Scalar::Flag(false)),
        _ if json.starts_with(['{', '[', 'n']) => {
            let message = format!("`{field}` is `{}`, which is not a value", value::shorten(json));
            Err(Complaint::new(message).help("write true, false, a number, a text or a list of these"))
        }
        _ => value::amount(field, json).map(Scalar::Number),
    }
}

fn scalar(scalar: &Scalar) -> Box<RawValue> {
    match scalar {
        Scalar::Flag(flag) => raw(flag),
        Scalar::Number(amount) => number(*amount),
        Scalar::Text(text) => raw(text),
    }
}

fn raw<T: Serialize + ?Sized>(value: &T) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).expect("texts and lists of texts always have JSON")
}
