//! Fields: the types that are asked whether they are data, and the names that scripts read.

use crate::item::{cfg, is_serde, metas, serde_word, serde_words};
use quote::ToTokens;
use std::collections::HashSet;
use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Fields, Lit, Meta, Type, ext::IdentExt};

/// The types in a struct or in an enum's variants, each once. The derives ask too: once each for reading, writing and the schema, in words that
/// propose a derive each.
pub(super) fn asked_of(item: &DeriveInput) -> Vec<Type> {
    // With parameters it depends on them, and where another type stands for this one nobody looks at the fields.
    let instead = ["into", "remote", "with", "schema_with"];
    let is_open =
        !item.generics.params.is_empty() || !is_read(&item.attrs) || instead.iter().any(|word| serde_word(&item.attrs, word).is_some());
    let mut types: Vec<Type> = match &item.data {
        _ if is_open => Vec::new(),
        Data::Struct(data) => asked(&data.fields).collect(),
        Data::Enum(data) => {
            data.variants.iter().filter(|variant| is_asked(&variant.attrs)).flat_map(|variant| asked(&variant.fields)).collect()
        }
        Data::Union(_) => Vec::new(),
    };
    let mut known = HashSet::new();
    types.retain(|ty| known.insert(ty.to_token_stream().to_string()));
    types
}

fn asked(fields: &Fields) -> impl Iterator<Item = Type> {
    fields.iter().filter(|field| is_asked(&field.attrs) && is_unknown(&field.ty)).map(|field| field.ty.clone())
}

/// Whether the field is there and written as its type says.
fn is_asked(attrs: &[Attribute]) -> bool {
    let other = ["with", "serialize_with", "schema_with", "skip", "skip_serializing", "getter"];
    cfg(attrs).is_none() && is_read(attrs) && !other.iter().any(|word| serde_word(attrs, word).is_some())
}

/// Whether all that serde and schemars are told was understood.
fn is_read(attrs: &[Attribute]) -> bool {
    attrs.iter().filter(|attr| is_serde(attr)).all(|attr| metas(attr).is_ok())
}

/// Not a type of Rust's own that nobody has to ask, nor one that means another thing outside of the item.
fn is_unknown(ty: &Type) -> bool {
    let known = ["String", "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "usize"];
    match ty {
        Type::Path(path) if path.path.get_ident().is_some_and(|ident| known.iter().any(|known| ident == known)) => false,
        _ => !ty.to_token_stream().to_string().split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "Self"),
    }
}

/// The names under which a struct's fields are written; `None` where serde is told more than is understood here.
pub(super) fn written_of(item: &DeriveInput) -> Option<Vec<String>> {
    let Data::Struct(data) = &item.data else { return None };
    if !is_read(&item.attrs) {
        return None;
    }
    let mut camel = false;
    for word in serde_words(&item.attrs) {
        match (&*name_of(&word), value_of(&word).as_deref()) {
            ("rename_all", Some("camelCase")) => camel = true,
            ("rename_all", Some("snake_case")) => {}
            ("bound" | "crate" | "default" | "deny_unknown_fields" | "expecting" | "from" | "rename" | "try_from", _) => {}
            _ => return None,
        }
    }
    let names = data.fields.iter().map(|field| written(field, camel));
    let names: Vec<String> = names.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
    Some(names).filter(|names| !names.is_empty())
}

/// The same of one field, which may be written not at all.
fn written(field: &syn::Field, camel: bool) -> Option<Option<String>> {
    let ident = field.ident.as_ref().filter(|_| is_read(&field.attrs))?.unraw().to_string();
    let mut name = if camel { camel_case(&ident) } else { ident };
    let mut skipped = false;
    for word in serde_words(&field.attrs) {
        match (&*name_of(&word), value_of(&word)) {
            ("rename", Some(other)) => name = other,
            ("skip" | "skip_serializing", _) => skipped = true,
            ("alias" | "borrow" | "bound" | "default" | "deserialize_with" | "serialize_with" | "skip_deserializing", _) => {}
            ("skip_serializing_if" | "with", _) => {}
            _ => return None,
        }
    }
    Some((!skipped).then_some(name))
}

fn name_of(word: &Meta) -> String {
    word.path().get_ident().map(ToString::to_string).unwrap_or_default()
}

fn value_of(word: &Meta) -> Option<String> {
    match &word.require_name_value().ok()?.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// As serde makes it: `warmest_on` → `warmestOn`.
fn camel_case(name: &str) -> String {
    let mut camel = String::new();
    let mut is_first = false;
    for letter in name.chars() {
        match letter {
            '_' => is_first = true,
            _ if camel.is_empty() => camel.push(letter.to_ascii_lowercase()),
            _ if is_first => camel.push(letter.to_ascii_uppercase()),
            _ => camel.push(letter),
        }
        is_first &= letter == '_';
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::{asked_of, written_of};
    use quote::ToTokens;
    use syn::{DeriveInput, parse_quote};

    #[test]
    fn fields_are_known_as_serde_writes_them() {
        let plain: DeriveInput = parse_quote! {
            struct Card {
                city: String,
                r#type: u8,
                #[ui_only]
                #[serde(default, skip_serializing_if = "Option::is_none")]
                warmest_on: Option<String>,
                #[serde(rename = "windSpeed")]
                wind: f64,
                #[serde(skip)]
                own: u8,
            }
        };
        assert_eq!(written_of(&plain).unwrap(), ["city", "type", "warmest_on", "windSpeed"]);
        let camel: DeriveInput = parse_quote! {
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            #[schemars(title = "Card")]
            struct Card { city: String, warmest_on: String, #[serde(rename = "low")] coldest_on_2: f64, coldest_on_3: f64 }
        };
        assert_eq!(written_of(&camel).unwrap(), ["city", "warmestOn", "low", "coldestOn3"]);
    }

    #[test]
    fn names_in_camel_case_are_those_of_serde() {
        let names = [("warmest_on", "warmestOn"), ("a_2", "a2"), ("_x", "x"), ("x_", "x"), ("x__y", "xY"), ("ABC", "aBC"), ("Xy_z", "xyZ")];
        for (name, camel) in names.into_iter().chain([("wärme_über", "wärmeüber")]) {
            assert_eq!(super::camel_case(name), camel);
        }
    }

    #[test]
    fn where_serde_is_told_more_nothing_is_known() {
        let more: [DeriveInput; 8] = [
            parse_quote!(
                struct Card {
                    #[serde(flatten)]
                    city: City,
                }
            ),
            parse_quote!(
                struct Card {
                    #[serde(rename(serialize = "town"))]
                    city: String,
                }
            ),
            parse_quote!(
                struct Card {
                    #[serde(skip)]
                    city: String,
                }
            ),
            parse_quote!(
                struct Card {
                    #[serde(!rename, rename = "town")]
                    city: String,
                }
            ),
            parse_quote!(
                #[serde(tag = "kind")]
                struct Card {
                    city: String,
                }
            ),
            parse_quote!(
                #[serde(rename_all = "kebab-case")]
                struct Card {
                    city: String,
                }
            ),
            parse_quote!(
                #[serde(rename_all(serialize = "camelCase"))]
                struct Card {
                    city: String,
                }
            ),
            parse_quote!(
                struct Card(String);
            ),
        ];
        for item in more {
            assert!(written_of(&item).is_none(), "{}", item.to_token_stream());
        }
    }

    #[test]
    fn types_are_asked_that_stand_for_themselves() {
        let card: DeriveInput = parse_quote! {
            struct Card {
                city: String,
                hours: Vec<Hour>,
                last: Vec<Hour>,
                more: Option<Box<Self>>,
                #[serde(with = "stamp")]
                at: Stamp,
                #[cfg(feature = "wind")]
                wind: Wind,
            }
        };
        let kind: DeriveInput = parse_quote!(
            enum Kind {
                Dry,
                Rain(Rain),
                #[serde(skip)]
                Other(Other),
                Wind {
                    from: Side,
                    speed: f64,
                },
            }
        );
        let shown = |item: &DeriveInput| asked_of(item).iter().map(|ty| ty.to_token_stream().to_string()).collect::<Vec<_>>();
        assert_eq!(shown(&card), ["Vec < Hour >"]);
        assert_eq!(shown(&kind), ["Rain", "Side"]);
        for item in [
            parse_quote!(
                #[schemars(with = "String")]
                struct Money {
                    amount: Amount,
                }
            ),
            parse_quote!(
                struct Visit {
                    #[schemars(with = "String", !default)]
                    at: Stamp,
                }
            ),
            parse_quote!(
                struct Page<T> {
                    rows: Vec<T>,
                    at: Stamp,
                }
            ),
            parse_quote!(
                #[serde(into = "String")]
                struct Name {
                    parts: Parts,
                }
            ),
        ] {
            assert!(shown(&item).is_empty());
        }
    }
}
