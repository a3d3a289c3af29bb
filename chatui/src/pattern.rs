//! Regular expressions, as far as JSON Schema asks for them: does a text match?
//!
//! The dialect is what JavaScript with its `u` flag and every other engine read in the same way, because hosts run a
//! published pattern too; what they would read differently is refused at start. Matching takes linear time. An engine for
//! all dialects costs a Worker 21 KB gzipped, whether or not a tool has a pattern; this one costs 3.

mod parse;

use std::fmt;

/// A compiled pattern.
pub(crate) struct Pattern {
    program: Vec<Step>,
}

/// Why a pattern cannot be used: lower case, without a full stop.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unusable(String);

impl fmt::Display for Unusable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

enum Step {
    One(Set),
    Check(Assertion),
    /// Go on here and there.
    Fork(usize, usize),
    Jump(usize),
    Found,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Assertion {
    Start,
    End,
    /// Or its opposite.
    WordEdge(bool),
}

/// Characters, as ranges that include their ends.
#[derive(Clone, Debug, PartialEq)]
struct Set {
    ranges: Vec<(char, char)>,
    negated: bool,
}

impl Set {
    fn has(&self, c: char) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != self.negated
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Empty,
    Check(Assertion),
    One(Set),
    All(Vec<Node>),
    Any(Vec<Node>),
    Repeat { node: Box<Node>, min: u32, max: Option<u32> },
}

/// Steps of the largest program; `(a{1000}){1000}` is a mistake and not a pattern.
const LARGEST: usize = 10_000;

impl Pattern {
    /// # Errors
    ///
    /// A text that is no regular expression, or one that not every engine reads alike.
    pub(crate) fn new(text: &str) -> Result<Self, Unusable> {
        let mut program = Vec::new();
        write(&parse::parse(text)?, &mut program)?;
        program.push(Step::Found);
        Ok(Pattern { program })
    }

    /// Whether the pattern matches somewhere in the text.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        let (mut now, mut next) = (Threads::new(self.program.len()), Threads::new(self.program.len()));
        let mut before = None;
        let mut rest = text.chars();
        loop {
            let after = rest.clone().next();
            // A match may begin at every character.
            if self.follow(0, &mut now, before, after) {
                return true;
            }
            let Some(c) = rest.next() else { return false };
            let after = rest.clone().next();
            next.clear();
            for at in &now.waiting {
                if let Step::One(set) = &self.program[*at]
                    && set.has(c)
                    && self.follow(at + 1, &mut next, Some(c), after)
                {
                    return true;
                }
            }
            std::mem::swap(&mut now, &mut next);
            before = Some(c);
        }
    }

    /// Goes on from a step to those that want a character. Whether a match was found on the way.
    fn follow(&self, from: usize, threads: &mut Threads, before: Option<char>, after: Option<char>) -> bool {
        threads.open.push(from);
        while let Some(at) = threads.open.pop() {
            if std::mem::replace(&mut threads.seen[at], true) {
                continue;
            }
            match &self.program[at] {
                Step::One(_) => threads.waiting.push(at),
                Step::Check(assertion) => {
                    if assertion.holds(before, after) {
                        threads.open.push(at + 1);
                    }
                }
                Step::Fork(here, there) => threads.open.extend([*here, *there]),
                Step::Jump(to) => threads.open.push(*to),
                Step::Found => return true,
            }
        }
        false
    }
}

struct Threads {
    /// Places of the program that wait for the next character.
    waiting: Vec<usize>,
    /// Those that are still to be followed.
    open: Vec<usize>,
    seen: Vec<bool>,
}

impl Threads {
    fn new(steps: usize) -> Self {
        Threads { waiting: Vec::new(), open: Vec::new(), seen: vec![false; steps] }
    }

    fn clear(&mut self) {
        self.waiting.clear();
        self.seen.fill(false);
    }
}

impl Assertion {
    fn holds(self, before: Option<char>, after: Option<char>) -> bool {
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        match self {
            Assertion::Start => before.is_none(),
            Assertion::End => after.is_none(),
            Assertion::WordEdge(edge) => (word(before) != word(after)) == edge,
        }
    }
}

fn write(node: &Node, program: &mut Vec<Step>) -> Result<(), Unusable> {
    if program.len() > LARGEST {
        return Err(Unusable("it is too large; repeat less".into()));
    }
    match node {
        Node::Empty => {}
        Node::Check(assertion) => program.push(Step::Check(*assertion)),
        Node::One(set) => program.push(Step::One(set.clone())),
        Node::All(nodes) => nodes.iter().try_for_each(|node| write(node, program))?,
        Node::Any(nodes) => {
            let mut ends = Vec::new();
            for (at, node) in nodes.iter().enumerate() {
                let fork = program.len();
                let last = at + 1 == nodes.len();
                if !last {
                    program.push(Step::Fork(fork + 1, fork));
                }
                write(node, program)?;
                if !last {
                    ends.push(program.len());
                    program.push(Step::Jump(0));
                    program[fork] = Step::Fork(fork + 1, program.len());
                }
            }
            let end = program.len();
            ends.into_iter().for_each(|at| program[at] = Step::Jump(end));
        }
        Node::Repeat { node, min, max } => {
            (0..*min).try_for_each(|_| write(node, program))?;
            match max {
                None => optional(node, program, true)?,
                Some(max) => (*min..*max).try_for_each(|_| optional(node, program, false))?,
            }
        }
    }
    Ok(())
}

fn optional(node: &Node, program: &mut Vec<Step>, again: bool) -> Result<(), Unusable> {
    let fork = program.len();
    program.push(Step::Fork(fork + 1, fork));
    write(node, program)?;
    if again {
        program.push(Step::Jump(fork));
    }
    program[fork] = Step::Fork(fork + 1, program.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[track_caller]
    fn check(pattern: &str, matching: &[&str], other: &[&str]) {
        let pattern = Pattern::new(pattern).unwrap_or_else(|why| panic!("{pattern}: {why}"));
        matching.iter().for_each(|text| assert!(pattern.is_match(text), "{text:?} matches"));
        other.iter().for_each(|text| assert!(!pattern.is_match(text), "{text:?} does not match"));
    }

    #[test]
    fn matches_somewhere_unless_anchored() {
        check("b+", &["b", "abbc"], &["", "a"]);
        check("^ab$", &["ab"], &["abc", "cab", "ab\n"]);
        check("", &["", "a"], &[]);
        check("^(?:a|bc|)$", &["a", "bc", ""], &["b", "abc"]);
        check(r"\bcat\b", &["cat", "a cat."], &["cats", "_cat"]);
        check(r"\Bat", &["cat"], &["at"]);
    }

    #[test]
    fn repeats() {
        check("^[A-Z]{3}$", &["PAR"], &["PA", "PARI", "par"]);
        check("^a{2,}$", &["aa", "aaaa"], &["a"]);
        check("^a{0,2}?b*$", &["", "aab", "bbb"], &["aaa"]);
        check("^(a*)*$", &["", "aaa"], &["b"]);
        check("^(?<year>\\d{4})-(\\d\\d)$", &["2026-08"], &["26-08"]);
    }

    #[test]
    fn knows_the_classes_of_javascript() {
        check(r"^[^\s,]+$", &["a-b"], &["a b", "a,b", "a\u{a0}b", ""]);
        check(r"^[\d.\-]+$", &["1.2-3"], &["1,2"]);
        check(r"^.$", &["a", "é", "🚀"], &["\n", "\u{2028}", "ab"]);
        check(r"^\u{1F680}\x41é\/$", &["🚀Aé/"], &["🚀A"]);
        check("^[^]$", &["\n"], &[""]);
        check("[]", &[], &["a"]);
        check(r"^\w\W\D\S$", &["a-bc"], &["aabc"]);
    }

    #[test]
    fn takes_linear_time() {
        check("^(a+)+$", &[], &[&format!("{}b", "a".repeat(20_000))]);
    }

    #[track_caller]
    fn refused(pattern: &str, why: &str) {
        assert_eq!(Pattern::new(pattern).err().map(|error| error.to_string()).as_deref(), Some(why));
    }

    #[test]
    fn refuses_what_engines_read_differently() {
        refused("(?=a)", "hosts disagree about `(?=`; write it without lookaround and flags");
        refused("(?i)a", "hosts disagree about `(?i`; write it without lookaround and flags");
        refused(r"(a)\1", r"hosts disagree about `\1`; write the character itself or a class");
        refused(r"\pL", r"hosts disagree about `\p`; write the character itself or a class");
        refused("(?<1a>a)", "hosts disagree about `(?<`; write it without lookaround and flags");
        refused("(?<a>a)|(?<a>b)", "two groups have the name `a`");
        refused("(a", "a `(` is not closed");
        refused("a)", "a `)` closes nothing");
        refused("[a", "a `[` is not closed");
        refused("a]", r"a single `]` must be written `\]`");
        refused("a{x}", r"a single `{` must be written `\{`");
        refused("*a", "`*` repeats nothing");
        refused("a**", "`*` repeats nothing");
        refused("[z-a]", "the range `z-a` in `[…]` is empty");
        refused(r"[\d-z]", r"a class can't be an end of a range in `[…]`; write `\-`");
        refused("a{3,2}", "the repetition `{3,2}` is empty");
        refused("(a{1000}){1000}", "it is too large; repeat less");
    }
}
