//! Names that a script gives to things of its own, and members that it writes.

use super::Code;

impl Code<'_> {
    /// Whether the script has something of its own by this name, anywhere: what it hides there is not looked for.
    pub(super) fn declares(&self, name: &str) -> bool {
        if let Some(known) = self.own.borrow().get(name) {
            return *known;
        }
        let own = (0..self.len()).any(|at| self.is(at, name) && self.is_own(at));
        self.own.borrow_mut().insert(name.to_owned(), own);
        own
    }

    fn is_own(&self, at: usize) -> bool {
        let before = self.before(at, 1);
        if matches!(before, "function" | "const" | "let" | "var" | "class" | "import" | "as") {
            return true;
        }
        if before == "." && self.before(at, 2) != "." {
            return false;
        }
        // `fetch => …`, and what is given to the name itself.
        self.is(at + 1, "=") && !self.is(at + 2, "=") || self.is_bound(at)
    }

    /// Whether it is a parameter, or a part of a pattern that names are taken from.
    fn is_bound(&self, at: usize) -> bool {
        let begins = matches!(self.before(at, 1), "(" | "," | "{" | "[" | ":" | ".");
        let ends = [",", ")", "}", "]", "="].iter().any(|end| self.is(at + 1, end));
        begins && ends && self.is_pattern(at)
    }

    /// Whether the brackets around what stands at `at` are those of parameters or of a pattern.
    fn is_pattern(&self, mut at: usize) -> bool {
        loop {
            let Some(open) = self.opens(at) else { return false };
            let Some(behind) = self.closes(open) else { return false };
            let before = self.before(open, 1);
            if self.is(open, "(") {
                let statement = matches!(before, "if" | "for" | "while" | "switch" | "with");
                let arrow = self.is(behind, "=") && self.is(behind + 1, ">");
                return arrow || !statement && self.is(behind, "{");
            }
            let given = self.is(behind, "=") && !self.is(behind + 1, "=");
            if given || self.is(behind, "from") && before != "export" {
                return true;
            }
            if !matches!(before, "const" | "let" | "var" | "(" | "," | ":" | "[" | "{" | ".") {
                return false;
            }
            at = open;
        }
    }

    /// Whether the script gives a member of this name to anything: `shown.total = …`, `shown.total ??= …`, `shown.total++`.
    pub(super) fn writes(&self, name: &str) -> bool {
        let all = || (0..self.len()).filter(|at| self.before(*at, 1) == "." && self.is_written(at + 1));
        self.written.get_or_init(|| all().filter_map(|at| Some(self.get(at)?.text)).collect()).contains(name)
    }

    /// Whether it puts something of its own in the place of `chatui.data`, or, with `Object.assign`, into them.
    pub(super) fn writes_data(&self) -> bool {
        let data = |at: usize| self.is(at, "chatui") && self.is(at + 1, ".") && self.is(at + 2, "data");
        let assigned = |at: usize| self.before(at, 1) == "(" && self.before(at, 2) == "assign";
        *self.own_data.get_or_init(|| (0..self.len()).any(|at| data(at) && (self.is_written(at + 3) || assigned(at))))
    }

    /// Whether what stands before `at` is given a value there.
    fn is_written(&self, at: usize) -> bool {
        let mark = |at: usize| self.get(at).map_or("", |token| token.text);
        match (mark(at), mark(at + 1), mark(at + 2)) {
            ("=", next, _) => next != "=",
            ("+", "+", _) | ("-", "-", _) | ("of", _, _) => true,
            ("+" | "-" | "*" | "/" | "%" | "&" | "|" | "^", "=", _) => true,
            (first @ ("*" | "&" | "|" | "?" | "<" | ">"), second, "=") => first == second,
            (">", ">", ">") => mark(at + 3) == "=",
            _ => false,
        }
    }
}
