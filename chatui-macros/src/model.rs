//! What is legal: `check` makes these, `emit` writes them out and asks no more questions.

use crate::doc::Doc;
use proc_macro2::Ident;
use syn::{Attribute, LitStr, Path, Type};

pub(crate) struct Tool {
    pub ident: Ident,
    pub name: String,
    pub title: String,
    pub about: Doc,
    pub effect: Effect,
    pub is_async: bool,
    pub params: Vec<Param>,
    pub output: Type,
}

/// What a tool does to the world.
#[derive(Clone, Copy)]
pub(crate) enum Effect {
    ReadOnly,
    Writes,
    Destructive,
}

pub(crate) enum Param {
    /// Comes from the model.
    Owned { key: String, ty: Type, about: Doc },
    /// Comes from the app: the `T` of a `&T`.
    Lent(Type),
}

pub(crate) struct Widget {
    pub ident: Ident,
    pub name: String,
    pub title: String,
    pub about: Doc,
    /// serde's and schemars' attributes of the struct, for both views.
    pub attrs: Vec<Attribute>,
    pub fields: Vec<Field>,
    pub template: Template,
    pub text: Text,
}

pub(crate) struct Field {
    pub ident: Ident,
    pub ty: Type,
    /// Its docs, and how serde writes it.
    pub attrs: Vec<Attribute>,
    pub ui_only: bool,
}

/// The sentence for hosts that draw nothing.
pub(crate) enum Text {
    Format(LitStr),
    Function(Path),
}

pub(crate) struct Template {
    pub before: String,
    pub after: String,
    /// The folder that `path` starts from, and the file itself: both absolute.
    pub root: String,
    pub path: String,
    pub file: String,
}

pub(crate) struct Data;

pub(crate) struct App {
    pub ident: Ident,
    pub is_async: bool,
    pub lent: Vec<Type>,
}
