//! JSON objects that keep the order they were written in, so that a résumé begins with its name.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

/// A JSON value.
pub(super) enum Ordered {
    /// An object; its names stay in this order.
    Object(Vec<(&'static str, Ordered)>),
    /// A list.
    List(Vec<Ordered>),
    /// Anything whose order does not matter.
    Value(Value),
}

impl Serialize for Ordered {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Ordered::Object(fields) => {
                let mut map = to.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
            Ordered::List(items) => {
                let mut list = to.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Ordered::Value(value) => value.serialize(to),
        }
    }
}
