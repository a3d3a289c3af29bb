//! The tokens of a script.

/// A token and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) at: usize,
    pub(crate) text: &'a str,
}

impl Token<'_> {
    pub(crate) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// What a string, or the first piece of a template, says.
    pub(crate) fn said(&self) -> String {
        let inner = self.text.get(1..).unwrap_or_default();
        let inner = match self.kind {
            Kind::Template => inner.strip_suffix("${").or(inner.strip_suffix('`')).unwrap_or(inner),
            _ => inner.strip_suffix(self.text.get(..1).unwrap_or_default()).unwrap_or(inner),
        };
        inner.replace("\\/", "/").replace("\\x2f", "/").replace("\\x2F", "/")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Name,
    Number,
    /// A string in quotes.
    Text,
    /// A piece of a template literal: all of it, or up to and including a `${`, or from a `}` on.
    Template,
    Regex,
    Comment,
    Mark(u8),
}

/// The tokens of a script, comments among them.
pub(crate) fn tokens(js: &str) -> Vec<Token<'_>> {
    let mut scan =
        Scan { js, bytes: js.as_bytes(), at: 0, open: Vec::new(), last: Last::Operator, fresh: true, slashes: Slashes::default() };
    let mut tokens: Vec<Token<'_>> = Vec::new();
    while let Some(token) = scan.next(tokens.last().copied()) {
        tokens.push(token);
    }
    tokens
}

struct Scan<'a> {
    js: &'a str,
    bytes: &'a [u8],
    at: usize,
    open: Vec<Open>,
    last: Last,
    /// Only spaces and comments stand before this in the line, as `-->` wants it.
    fresh: bool,
    slashes: Slashes,
}

/// Where regular expressions of a line would end. A line may have a slash at every other place, and is read once for all.
#[derive(Default)]
struct Slashes {
    start: usize,
    /// For each byte from there on, where one ends in which it stands outside of a class.
    ends: Vec<Option<usize>>,
}

impl Slashes {
    /// The rest of a line, from `start` on.
    fn of(bytes: &[u8], start: usize) -> Self {
        let line = bytes.get(start..).unwrap_or_default();
        let line = &line[..line.iter().position(|byte| *byte == b'\n').unwrap_or(line.len())];
        // Two more than there are, for what stands behind a backslash.
        let mut ends = vec![None; line.len() + 2];
        let mut in_class = ends.clone();
        for (at, byte) in line.iter().enumerate().rev() {
            (ends[at], in_class[at]) = match byte {
                b'\\' => (ends[at + 2], in_class[at + 2]),
                b'[' => (in_class[at + 1], in_class[at + 1]),
                b']' => (ends[at + 1], ends[at + 1]),
                b'/' => (Some(start + at), in_class[at + 1]),
                _ => (ends[at + 1], in_class[at + 1]),
            };
        }
        Slashes { start, ends }
    }

    fn end(&self, at: usize) -> Option<Option<usize>> {
        at.checked_sub(self.start).and_then(|at| self.ends.get(at)).copied()
    }
}

/// What is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// A `(`; behind the one of an `if` a regular expression may start.
    Paren {
        of_statement: bool,
    },
    Brace,
    /// The `${` of a template.
    Template,
}

/// What the last token was, which tells a division from a regular expression.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Value,
    Operator,
}

/// Behind these stands an expression, not a division.
const OPERATORS: [&str; 14] =
    ["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "instanceof", "do", "else", "await", "yield"];

impl<'a> Scan<'a> {
    fn next(&mut self, before: Option<Token<'a>>) -> Option<Token<'a>> {
        self.space();
        let at = self.at;
        let first = *self.bytes.get(at)?;
        let kind = self.kind(first, before);
        // Whatever was counted, the next token starts at a letter.
        while !self.js.is_char_boundary(self.at) {
            self.at += 1;
        }
        if kind != Kind::Comment {
            self.fresh = false;
        }
        Some(Token { kind, at, text: self.js.get(at..self.at).unwrap_or_default() })
    }

    fn space(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).filter(|byte| byte.is_ascii_whitespace()) {
            self.fresh |= *byte == b'\n';
            self.at += 1;
        }
    }

    fn kind(&mut self, first: u8, before: Option<Token<'a>>) -> Kind {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.starts_with(b"//") || rest.starts_with(b"<!--") && self.fresh || rest.starts_with(b"-->") && self.fresh {
            self.at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            return Kind::Comment;
        }
        if rest.starts_with(b"/*") {
            let end = rest.get(2..).and_then(|rest| rest.windows(2).position(|two| two == b"*/"));
            self.at += end.map_or(rest.len(), |end| end + 4);
            return Kind::Comment;
        }
        match first {
            b'"' | b'\'' => self.value(Kind::Text, |scan| scan.string(first)),
            b'`' => self.template(),
            b'}' if self.open.last() == Some(&Open::Template) => {
                self.open.pop();
                self.template()
            }
            b'0'..=b'9' => self.value(Kind::Number, |scan| {
                scan.while_some(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'));
            }),
            _ if is_name(first) => self.name(before),
            b'/' if self.last == Last::Operator && self.regex() => {
                self.last = Last::Value;
                Kind::Regex
            }
            _ => self.mark(first, before),
        }
    }

    fn value(&mut self, kind: Kind, read: impl FnOnce(&mut Self)) -> Kind {
        read(self);
        self.last = Last::Value;
        kind
    }

    fn while_some(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).copied().is_some_and(&wanted) {
            self.at += 1;
        }
    }

    fn string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            match byte {
                b'\\' => self.at += 1,
                // Nobody closed it; the next line is code again.
                b'\n' => return,
                _ => {}
            }
            self.at += 1;
            if byte == quote {
                break;
            }
        }
        self.at = self.at.min(self.bytes.len());
    }

    fn template(&mut self) -> Kind {
        self.at += 1;
        self.last = Last::Value;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'`' => break,
                b'$' if self.bytes.get(self.at) == Some(&b'{') => {
                    self.at += 1;
                    self.open.push(Open::Template);
                    self.last = Last::Operator;
                    break;
                }
                _ => {}
            }
        }
        self.at = self.at.min(self.bytes.len());
        Kind::Template
    }

    fn name(&mut self, before: Option<Token<'a>>) -> Kind {
        let start = self.at;
        self.while_some(|byte| is_name(byte) || byte.is_ascii_digit());
        let name = self.js.get(start..self.at).unwrap_or_default();
        let member = before.is_some_and(|token| token.kind == Kind::Mark(b'.'));
        self.last = if OPERATORS.contains(&name) && !member { Last::Operator } else { Last::Value };
        Kind::Name
    }

    /// Whether a regular expression starts here, and goes past it.
    fn regex(&mut self) -> bool {
        let from = self.at + 1;
        if self.slashes.end(from).is_none() {
            self.slashes = Slashes::of(self.bytes, from);
        }
        let Some(end) = self.slashes.end(from).flatten() else { return false };
        self.at = end + 1;
        self.while_some(|byte| byte.is_ascii_alphabetic());
        true
    }

    fn mark(&mut self, first: u8, before: Option<Token<'a>>) -> Kind {
        self.at += 1;
        let twice = before.is_some_and(|token| token.kind == Kind::Mark(first) && token.end() + 1 == self.at);
        self.last = match first {
            // `i++ / 2`
            b'+' | b'-' if twice => Last::Value,
            b']' => Last::Value,
            _ => Last::Operator,
        };
        match first {
            b'(' => {
                let of_statement = before.is_some_and(|token| matches!(token.text, "if" | "while" | "for" | "with"));
                self.open.push(Open::Paren { of_statement });
            }
            b'{' => self.open.push(Open::Brace),
            b')' => {
                let of_statement = self.open.last() == Some(&Open::Paren { of_statement: true });
                if matches!(self.open.last(), Some(Open::Paren { .. })) {
                    self.open.pop();
                }
                self.last = if of_statement { Last::Operator } else { Last::Value };
            }
            b'}' => {
                // A missing `)` must not hide the end of a template's hole.
                while matches!(self.open.last(), Some(Open::Paren { .. })) {
                    self.open.pop();
                }
                if self.open.last() == Some(&Open::Brace) {
                    self.open.pop();
                }
            }
            _ => {}
        }
        Kind::Mark(first)
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80 || matches!(byte, b'_' | b'$' | b'#' | b'\\')
}
