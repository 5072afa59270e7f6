//! The tables of the format as structs: every field optional, every value with its place.

/// Defines tables of the format: a struct whose fields are all optional and know their place.
macro_rules! tables {
    ($($(#[doc = $doc:literal])* pub struct $name:ident {
        $($(#[doc = $field_doc:literal])* $field:ident $(= $key:literal)? : $type:ty,)*
    })*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: Option<At<$type>>,)*
            /// The keys that are written.
            pub present: crate::document::Keys,
        }

        impl $name {
            /// The table as data.
            pub(in crate::document) const TABLE: crate::document::shape::Table = crate::document::shape::Table {
                name: stringify!($name),
                doc: concat!($($doc),*).trim_ascii(),
                keys: || vec![$(crate::document::shape::Key {
                    name: crate::document::read::key!($field $($key)?),
                    doc: concat!($($field_doc),*).trim_ascii(),
                    shape: <$type as crate::document::read::Read>::shape(),
                }),*],
            };

            pub(in crate::document) const KEYS: &[&str] = &[$(crate::document::read::key!($field $($key)?)),*];

            pub(in crate::document) fn read_table(
                table: toml::de::DeTable<'_>,
                within: &str,
                reader: &mut crate::document::read::Reader<'_>,
            ) -> Self {
                let mut read = Self::default();
                let mut unknown = Vec::new();
                for (name, value) in table {
                    let name = crate::At {
                        span: reader.span(name.span()),
                        value: name.into_inner().into_owned(),
                    };
                    match name.value.as_str() {
                        $(crate::document::read::key!($field $($key)?) => {
                            read.present.insert(crate::document::read::key!($field $($key)?));
                            read.$field = crate::document::read::Read::read(value, &name.value, reader);
                        })*
                        _ => unknown.push(name),
                    }
                }
                if !unknown.is_empty() {
                    read.present.insert_unknown();
                    crate::document::read::unknown_keys(within, unknown, Self::KEYS, reader);
                }
                read
            }
        }

        impl crate::document::read::Read for $name {
            fn read(
                value: toml::Spanned<toml::de::DeValue<'_>>,
                key: &str,
                reader: &mut crate::document::read::Reader<'_>,
            ) -> Option<crate::At<Self>> {
                let (table, span) = crate::document::read::table(value, key, reader)?;
                Some(crate::At { value: Self::read_table(table, key, reader), span })
            }

            fn shape() -> crate::document::shape::Shape {
                crate::document::shape::Shape::Table(Self::TABLE)
            }

            fn unread() -> Option<Self> {
                let mut unread = Self::default();
                unread.present.insert_unknown();
                Some(unread)
            }
        }
    )*};
}
pub(in crate::document) use tables;

/// The key of a field: its name, or what stands for a name that Rust keeps for itself.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}
pub(in crate::document) use key;

/// Defines entries of lists: a bare text, or a table with facts.
macro_rules! plain_or_facts {
    ($($(#[doc = $doc:literal])* $entry:ident: $facts:ident,)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $entry {
            /// The bare text.
            pub plain: Option<At<String>>,
            /// The written-out form; empty beside a bare text.
            pub facts: $facts,
        }

        impl crate::document::read::Read for $entry {
            fn shape() -> crate::document::shape::Shape {
                crate::document::shape::Shape::Either(vec![
                    <String as crate::document::read::Read>::shape(),
                    <$facts as crate::document::read::Read>::shape(),
                ])
            }

            fn read(
                value: toml::Spanned<toml::de::DeValue<'_>>,
                key: &str,
                reader: &mut crate::document::read::Reader<'_>,
            ) -> Option<At<Self>> {
                if matches!(value.get_ref(), toml::de::DeValue::Table(_)) {
                    let At { value: facts, span } = $facts::read(value, key, reader)?;
                    return Some(At { value: $entry { plain: None, facts }, span });
                }
                let plain = String::read(value, key, reader)?;
                let span = plain.span;
                Some(At { value: $entry { plain: Some(plain), facts: $facts::default() }, span })
            }
        }
    )*};
}
pub(in crate::document) use plain_or_facts;
