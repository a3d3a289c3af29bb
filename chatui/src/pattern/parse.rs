//! A pattern's text → its tree.

use super::{Assertion, Node, Set, Unusable};
use std::{iter::Peekable, ops::RangeInclusive, str::Chars};

/// Groups in groups; deeper is no pattern that somebody wrote.
const DEEPEST: u32 = 100;

const DIGIT: &[(char, char)] = &[('0', '9')];
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
const LINE_ENDS: &[(char, char)] = &[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')];
const SPACE: &[(char, char)] = &[
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];

pub(super) fn parse(text: &str) -> Result<Node, Unusable> {
    let mut parser = Parser { rest: text.chars().peekable(), depth: 0, names: Vec::new() };
    let node = parser.alternatives()?;
    match parser.rest.next() {
        None => Ok(node),
        Some(_) => unusable("a `)` closes nothing"),
    }
}

fn unusable<T>(why: impl Into<String>) -> Result<T, Unusable> {
    Err(Unusable(why.into()))
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    depth: u32,
    names: Vec<String>,
}

impl Parser<'_> {
    fn eat(&mut self, c: char) -> bool {
        self.rest.next_if_eq(&c).is_some()
    }

    fn alternatives(&mut self) -> Result<Node, Unusable> {
        let mut all = vec![self.sequence()?];
        while self.eat('|') {
            all.push(self.sequence()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Node::Any(all) })
    }

    fn sequence(&mut self) -> Result<Node, Unusable> {
        let mut all = Vec::new();
        while self.rest.peek().is_some_and(|c| !matches!(c, '|' | ')')) {
            let node = self.term()?;
            all.push(if matches!(node, Node::Check(_)) { node } else { self.repeated(node)? });
        }
        Ok(if all.is_empty() { Node::Empty } else { Node::All(all) })
    }

    fn term(&mut self) -> Result<Node, Unusable> {
        let set = |ranges: &[_], negated| Ok(Node::One(Set { ranges: ranges.to_vec(), negated }));
        match self.rest.next() {
            None => Ok(Node::Empty),
            Some('^') => Ok(Node::Check(Assertion::Start)),
            Some('$') => Ok(Node::Check(Assertion::End)),
            Some('.') => set(LINE_ENDS, true),
            Some('(') => self.group(),
            Some('[') => self.class().map(Node::One),
            Some('\\') if self.eat('b') => Ok(Node::Check(Assertion::WordEdge(true))),
            Some('\\') if self.eat('B') => Ok(Node::Check(Assertion::WordEdge(false))),
            Some('\\') => match self.escape(false)? {
                Escape::Class(class) => Ok(Node::One(class)),
                Escape::One(c) => set(&[(c, c)], false),
            },
            Some(c @ ('*' | '+' | '?')) => unusable(format!("`{c}` repeats nothing")),
            Some(c @ ('{' | '}' | ']')) => unusable(format!("a single `{c}` must be written `\\{c}`")),
            Some(c) => set(&[(c, c)], false),
        }
    }

    fn group(&mut self) -> Result<Node, Unusable> {
        if self.eat('?') {
            let named = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
            match self.rest.next() {
                Some(':') => {}
                Some('<') if self.rest.peek().is_some_and(|c| named(c) && !c.is_ascii_digit()) => {
                    let mut name = String::new();
                    while let Some(c) = self.rest.next_if(named) {
                        name.push(c);
                    }
                    if self.names.contains(&name) {
                        return unusable(format!("two groups have the name `{name}`"));
                    }
                    self.names.push(name);
                    if !self.eat('>') {
                        return unusable("the name of a group is not closed with `>`");
                    }
                }
                other => {
                    let other = other.map(String::from).unwrap_or_default();
                    return unusable(format!("hosts disagree about `(?{other}`; write it without lookaround and flags"));
                }
            }
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return unusable("its groups are nested too deep");
        }
        let node = self.alternatives()?;
        self.depth -= 1;
        if self.eat(')') { Ok(node) } else { unusable("a `(` is not closed") }
    }

    fn repeated(&mut self, node: Node) -> Result<Node, Unusable> {
        let (min, max) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.rest.next();
                let (min, max) = self.counts()?;
                self.eat('?');
                return Ok(Node::Repeat { node: Box::new(node), min, max });
            }
            _ => return Ok(node),
        };
        self.rest.next();
        // Lazy or not is a question of where a match ends, and nobody asks that.
        self.eat('?');
        Ok(Node::Repeat { node: Box::new(node), min, max })
    }

    /// What stands between the braces, and the closing one.
    fn counts(&mut self) -> Result<(u32, Option<u32>), Unusable> {
        let Some(min) = self.number()? else { return unusable("a single `{` must be written `\\{`") };
        let max = if self.eat(',') { self.number()? } else { Some(min) };
        if !self.eat('}') {
            return unusable("a single `{` must be written `\\{`");
        }
        match max {
            Some(max) if max < min => unusable(format!("the repetition `{{{min},{max}}}` is empty")),
            max => Ok((min, max)),
        }
    }

    fn number(&mut self) -> Result<Option<u32>, Unusable> {
        let mut number = None;
        while let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(10)) {
            self.rest.next();
            let larger = number.unwrap_or(0_u32) * 10 + digit;
            if larger > 10_000 {
                return unusable("it is too large; repeat less");
            }
            number = Some(larger);
        }
        Ok(number)
    }

    /// What stands between the brackets, and the closing one.
    fn class(&mut self) -> Result<Set, Unusable> {
        let negated = self.eat('^');
        let mut ranges = Vec::new();
        loop {
            let Some(from) = self.member(&mut ranges)? else { return Ok(Set { ranges, negated }) };
            if !self.eat('-') {
                ranges.extend(from.map(|c| (c, c)));
                continue;
            }
            if self.rest.peek() == Some(&']') {
                ranges.extend(from.map(|c| (c, c)));
                ranges.push(('-', '-'));
                continue;
            }
            let to = self.member(&mut ranges)?;
            let (Some(from), Some(Some(to))) = (from, to) else {
                return unusable("a class can't be an end of a range in `[…]`; write `\\-`");
            };
            if to < from {
                return unusable(format!("the range `{from}-{to}` in `[…]` is empty"));
            }
            ranges.push((from, to));
        }
    }

    /// A member of `[…]`: `None` at its end, `Some(None)` for a class, whose characters are put in.
    #[allow(clippy::option_option)]
    fn member(&mut self, ranges: &mut Vec<(char, char)>) -> Result<Option<Option<char>>, Unusable> {
        match self.rest.next() {
            None => unusable("a `[` is not closed"),
            Some(']') => Ok(None),
            Some('\\') => match self.escape(true)? {
                Escape::One(c) => Ok(Some(Some(c))),
                Escape::Class(Set { ranges: class, negated: false }) => {
                    ranges.extend(class);
                    Ok(Some(None))
                }
                Escape::Class(class) => {
                    ranges.extend(others(&class.ranges));
                    Ok(Some(None))
                }
            },
            Some(c) => Ok(Some(Some(c))),
        }
    }

    fn escape(&mut self, in_class: bool) -> Result<Escape, Unusable> {
        let class = |ranges: &[_], negated| Ok(Escape::Class(Set { ranges: ranges.to_vec(), negated }));
        let Some(c) = self.rest.next() else { return unusable("it ends in a single `\\`") };
        match c {
            'd' | 'D' => class(DIGIT, c == 'D'),
            'w' | 'W' => class(WORD, c == 'W'),
            's' | 'S' => class(SPACE, c == 'S'),
            't' => Ok(Escape::One('\t')),
            'n' => Ok(Escape::One('\n')),
            'r' => Ok(Escape::One('\r')),
            'f' => Ok(Escape::One('\u{c}')),
            'v' => Ok(Escape::One('\u{b}')),
            'x' => self.hex(2..=2),
            'u' if self.eat('{') => {
                let one = self.hex(1..=6)?;
                if self.eat('}') { Ok(one) } else { unusable("a `\\u{` is not closed") }
            }
            'u' => self.hex(4..=4),
            '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/' => Ok(Escape::One(c)),
            '-' if in_class => Ok(Escape::One(c)),
            _ => unusable(format!("hosts disagree about `\\{c}`; write the character itself or a class")),
        }
    }

    fn hex(&mut self, digits: RangeInclusive<usize>) -> Result<Escape, Unusable> {
        let (mut code, mut count) = (0, 0);
        while count < *digits.end()
            && let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(16))
        {
            self.rest.next();
            (code, count) = (code * 16 + digit, count + 1);
        }
        let one = char::from_u32(code).filter(|_| digits.contains(&count));
        one.map(Escape::One).ok_or_else(|| Unusable("an escape with a number names no character".into()))
    }
}

enum Escape {
    One(char),
    Class(Set),
}

/// All characters but these, which are sorted.
fn others(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut others = Vec::new();
    let mut from = '\0';
    for (start, end) in ranges {
        if let Some(before) = (from..*start).next_back() {
            others.push((from, before));
        }
        from = (*end..=char::MAX).nth(1).unwrap_or(char::MAX);
    }
    others.push((from, char::MAX));
    others
}
