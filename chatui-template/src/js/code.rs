//! The tokens of a script and what stands in what, found once: a script may ask it at every token.

use super::{Kind, Token, tokens};
use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

/// The tokens of a script, without comments.
pub(super) struct Code<'a> {
    tokens: Vec<Token<'a>>,
    /// For each token, the bracket that is open there.
    around: Vec<Option<usize>>,
    /// For each bracket that opens, the token behind the one that closes it.
    behind: Vec<Option<usize>>,
    /// The same of parentheses, whatever the other brackets do.
    behind_call: Vec<Option<usize>>,
    /// Names in capitals, and where they are given; `None` where they are more than once.
    given: BTreeMap<&'a str, Option<usize>>,
    /// What [`declares`](Code::declares) has found out.
    pub(super) own: RefCell<BTreeMap<String, bool>>,
    /// What [`writes`](Code::writes) has found out.
    pub(super) written: OnceCell<BTreeSet<&'a str>>,
    /// What [`writes_data`](Code::writes_data) has found out.
    pub(super) own_data: OnceCell<bool>,
}

impl<'a> Code<'a> {
    pub(super) fn of(js: &'a str) -> Self {
        let tokens: Vec<Token<'a>> = tokens(js).into_iter().filter(|token| token.kind != Kind::Comment).collect();
        let (around, behind) = brackets(&tokens, b"([{", b")]}");
        let (_, behind_call) = brackets(&tokens, b"(", b")");
        let mut code = Code {
            tokens,
            around,
            behind,
            behind_call,
            given: BTreeMap::new(),
            own: RefCell::default(),
            written: OnceCell::new(),
            own_data: OnceCell::new(),
        };
        for at in 0..code.len() {
            if let Some(token) = code.get(at).filter(|token| token.kind == Kind::Name && is_capital(token.text))
                && code.is(at + 1, "=")
                && !code.is(at + 2, "=")
            {
                code.given.entry(token.text).and_modify(|known| *known = None).or_insert(Some(at));
            }
        }
        code
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<Token<'a>> {
        self.tokens.get(at).copied()
    }

    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.get(at).is_some_and(|token| token.text == text && matches!(token.kind, Kind::Name | Kind::Mark(_)))
    }

    /// What stands `back` tokens before.
    pub(super) fn before(&self, at: usize, back: usize) -> &'a str {
        at.checked_sub(back).and_then(|at| self.get(at)).map_or("", |token| token.text)
    }

    /// Whether the name at `at` is the browser's own, and neither a member of something else, a key nor a definition.
    pub(super) fn is_global(&self, at: usize) -> bool {
        let global = |name: &str| matches!(name, "window" | "self" | "globalThis" | "top" | "parent");
        match self.before(at, 1) {
            "." if self.before(at, 2) == "?" => global(self.before(at, 3)) && self.before(at, 4) != ".",
            "." => global(self.before(at, 2)) && self.before(at, 3) != ".",
            "function" | "const" | "let" | "var" | "class" | "get" | "set" | "async" | "*" => false,
            "{" | "," if self.is(at + 1, ":") => false,
            _ => !(self.is(at + 1, "(") && self.end_of_call(at + 1).is_some_and(|end| self.is(end, "{"))),
        }
    }

    /// The token behind the `)` that closes the `(` at `at`.
    pub(super) fn end_of_call(&self, at: usize) -> Option<usize> {
        self.behind_call.get(at).copied().flatten()
    }

    /// The token behind the bracket that closes the one at `at`.
    pub(super) fn closes(&self, at: usize) -> Option<usize> {
        self.behind.get(at).copied().flatten()
    }

    /// The place of the bracket that is open at `at`.
    pub(super) fn opens(&self, at: usize) -> Option<usize> {
        self.around.get(at).copied().flatten()
    }

    /// The string or template that is the argument at `at`, or a constant that holds one.
    pub(super) fn text(&self, at: usize) -> Option<Token<'a>> {
        let token = self.get(at)?;
        match token.kind {
            Kind::Text => Some(token),
            Kind::Template if token.text.starts_with('`') => Some(token),
            Kind::Name => self.constant(token.text),
            _ => None,
        }
    }

    /// `const API = "https://…"`. Only of names in capitals that are given once: others may stand for something else here.
    fn constant(&self, name: &str) -> Option<Token<'a>> {
        let place = self.given.get(name).copied().flatten()?;
        self.get(place + 2).filter(|token| self.before(place, 1) == "const" && matches!(token.kind, Kind::Text | Kind::Template))
    }
}

fn is_capital(name: &str) -> bool {
    name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// For each token the bracket that is open there, and for each bracket that opens the token behind its end.
fn brackets(tokens: &[Token<'_>], opening: &[u8], closing: &[u8]) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let (mut around, mut behind, mut open) = (Vec::with_capacity(tokens.len()), vec![None; tokens.len()], Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        around.push(open.last().copied());
        match token.kind {
            Kind::Mark(mark) if opening.contains(&mark) => open.push(at),
            Kind::Mark(mark) if closing.contains(&mark) => {
                if let Some(start) = open.pop() {
                    behind[start] = Some(at + 1);
                }
            }
            _ => {}
        }
    }
    (around, behind)
}
