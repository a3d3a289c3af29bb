//! The same schemas with each type once, under its name in `$defs`: for readers that follow references, such as a compiler.
//! What is wrong with a schema was said when the published one was made.

use super::{Contract, arguments, definitions, normalise::Normaliser, object};
use crate::item::Slot;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;

/// A tool's arguments.
pub(crate) fn input(params: &[Slot]) -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut normaliser = Normaliser::new(Contract::Input);
    let mut root = arguments(params, &mut generator, &mut normaliser, &mut Vec::new());
    definitions::add(&mut root, &mut generator, &mut normaliser);
    root
}

/// A tool's answer, before it is wrapped to be an object.
pub(crate) fn output(schema: fn(&mut SchemaGenerator) -> Schema) -> Value {
    whole(|generator| Some(schema(generator))).unwrap_or_default()
}

/// What only a widget's template reads, where its types are known. Apart from the rest: both views of a widget may have
/// one name, and a generator takes types of one name in one module for the same.
pub(crate) fn hidden(schema: fn(&mut SchemaGenerator) -> Option<Schema>) -> Option<Value> {
    whole(schema)
}

fn whole(schema: impl FnOnce(&mut SchemaGenerator) -> Option<Schema>) -> Option<Value> {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut normaliser = Normaliser::new(Contract::Output);
    let mut root = object(schema(&mut generator)?);
    normaliser.normalise(&mut root);
    definitions::add(&mut root, &mut generator, &mut normaliser);
    Some(root)
}
