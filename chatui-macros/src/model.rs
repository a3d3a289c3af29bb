//! What is legal: `check` makes these, `emit` writes them out and asks no more questions.

use crate::doc::Doc;
use proc_macro2::{Ident, Span};
use syn::{Attribute, Expr, LitStr, Path, Type};

pub(crate) struct Tool {
    pub krate: Path,
    pub ident: Ident,
    pub name: String,
    pub title: String,
    pub about: Doc,
    pub effect: Effect,
    pub open_world: bool,
    pub idempotent: bool,
    pub invoking: Option<LitStr>,
    pub invoked: Option<LitStr>,
    /// What a user says when this is the tool to call.
    pub examples: Vec<LitStr>,
    pub audience: Audience,
    pub access: Access,
    pub icon: Option<LitStr>,
    pub schema: Option<Path>,
    /// Keys and JSON texts.
    pub meta: Vec<(String, String)>,
    /// In milliseconds.
    pub timeout: Option<u64>,
    pub blocking: bool,
    pub asks: bool,
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

/// Who may call a tool.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Audience {
    Both,
    App,
    Model,
}

/// Who has to be signed in; scopes are given or left to the app.
pub(crate) enum Access {
    Unsaid,
    Anyone,
    Optional(Option<Vec<LitStr>>),
    Signed(Vec<LitStr>),
}

#[expect(clippy::large_enum_variant, reason = "a handful for a moment")]
pub(crate) enum Param {
    /// Comes from the model.
    Owned(Owned),
    /// Comes from the app: the `T` of a `&T`.
    Lent(Type),
}

pub(crate) struct Owned {
    pub key: String,
    pub ty: Type,
    pub about: Doc,
    pub default: Option<Fallback>,
    pub rules: Vec<Rule>,
    /// What stands behind `Mcp-Param-` in the name of the header that it travels in too.
    pub header: Option<LitStr>,
    /// What offers values while one is typed.
    pub complete: Option<Path>,
}

/// What an absent argument is.
pub(crate) enum Fallback {
    /// A JSON text, which the schema shows.
    Literal(String),
    /// Made anew for each call.
    Made(Expr),
    /// The type's own `Default`.
    Default,
}

pub(crate) enum Rule {
    Range { min: Option<Number>, max: Option<Number>, exclusive: bool },
    Length { min: Option<usize>, max: Option<usize> },
    Pattern(LitStr),
}

/// A number as it was written; whole ones are kept exact.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Number {
    Whole(i128),
    Real(f64),
}

pub(crate) struct Resource {
    pub krate: Path,
    pub ident: Ident,
    pub uri: String,
    pub name: String,
    pub title: String,
    pub about: Doc,
    pub mime: Option<LitStr>,
    pub icon: Option<LitStr>,
    pub audience: Vec<LitStr>,
    /// 0 to 1.
    pub priority: Option<f64>,
    pub access: Access,
    pub asks: bool,
    pub is_async: bool,
    pub params: Vec<Param>,
    pub output: Type,
}

pub(crate) struct Prompt {
    pub krate: Path,
    pub ident: Ident,
    pub name: String,
    pub title: String,
    pub about: Doc,
    pub icon: Option<LitStr>,
    pub access: Access,
    pub asks: bool,
    pub is_async: bool,
    pub params: Vec<Param>,
    pub output: Type,
}

pub(crate) struct Widget {
    pub krate: Path,
    pub ident: Ident,
    pub name: String,
    pub title: String,
    pub about: Doc,
    /// serde's and schemars' attributes of the struct, as far as they are about writing.
    pub attrs: Vec<Attribute>,
    pub fields: Vec<Field>,
    /// The types of fields that are asked whether they are data.
    pub asked: Vec<Type>,
    /// The fields as scripts read them; empty where that is not known.
    pub written: Vec<String>,
    pub template: Template,
    pub text: Text,
    pub csp: Csp,
    pub prefers_border: bool,
    pub permissions: Vec<&'static str>,
    /// A folder whose files are served beside the document.
    pub assets: Option<String>,
    /// Without chatui's stylesheet.
    pub bare: bool,
    /// Codes of findings that the author has looked at.
    pub allow: Vec<String>,
}

/// The origins that a widget may reach.
#[derive(Default)]
pub(crate) struct Csp {
    pub connect: Vec<LitStr>,
    pub resource: Vec<LitStr>,
    pub frame: Vec<LitStr>,
    pub redirect: Vec<LitStr>,
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
    Format {
        format: LitStr,
        /// Those that it names.
        fields: Vec<Ident>,
    },
    Function(Path),
}

pub(crate) struct Template {
    /// None: the widget is drawn from its schema.
    pub document: Option<chatui_template::Document>,
    /// Where it lies; none for a template that stands in the attribute.
    pub place: Option<Place>,
    /// Every file that went into it, absolute.
    pub files: Vec<String>,
    /// Those that are served beside it: their paths on the server, and where they lie.
    pub assets: Option<Vec<(String, String)>>,
    /// What named it.
    pub span: Span,
}

pub(crate) struct Place {
    /// The folder that `path` starts from, absolute.
    pub root: String,
    pub path: String,
}

pub(crate) struct Data {
    pub krate: Path,
    /// What the type derives itself while that is a mistake.
    pub has: Vec<Path>,
    /// The types of fields that are asked whether they are data.
    pub asked: Vec<Type>,
}

pub(crate) struct App {
    pub krate: Path,
    pub ident: Ident,
    pub is_async: bool,
    /// What a user says when none of the tools is to be called.
    pub not_for: Vec<LitStr>,
    pub lent: Vec<Type>,
    pub output: Type,
}
