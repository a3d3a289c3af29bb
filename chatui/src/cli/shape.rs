//! TypeScript types as a tree, and how they are written.

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// A keyword, a literal or a name.
    Word(String),
    List(Box<Shape>),
    /// Those from `least` on can be left out; `rest` says what more may follow.
    Tuple {
        items: Vec<Shape>,
        least: usize,
        rest: Option<Box<Shape>>,
    },
    /// Any keys, with values of one type.
    Map(Box<Shape>),
    Object(Object),
    /// Each with what is said about it.
    Either(Vec<(String, Shape)>),
    Both(Vec<Shape>),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Object {
    pub(super) members: Vec<Member>,
    /// What the members that are not listed are called, and what they are.
    pub(super) rest: Option<(&'static str, Box<Shape>)>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub(super) docs: String,
    pub(super) name: String,
    pub(super) optional: bool,
    pub(super) shape: Shape,
}

/// `export interface` where the type is an object, else `export type`.
pub(super) fn declaration(about: &str, name: &str, shape: &Shape) -> String {
    match shape {
        Shape::Object(object) => format!("{}export interface {name} {}\n", docs(about, 0), object.block(0)),
        shape => alias(about, name, shape),
    }
}

/// Always `export type`: unlike an interface, it can stand where any keys are asked for.
pub(super) fn alias(about: &str, name: &str, shape: &Shape) -> String {
    let text = match shape {
        Shape::Object(object) if !object.members.is_empty() => object.block(0),
        shape => shape.text(0),
    };
    format!("{}export type {name} ={};\n", docs(about, 0), after_space(text))
}

/// More is broken into lines.
const WIDTH: usize = 100;

impl Shape {
    pub(super) fn word(word: impl Into<String>) -> Self {
        Shape::Word(word.into())
    }

    pub(super) fn either(all: Vec<(String, Shape)>) -> Self {
        let mut flat: Vec<(String, Shape)> = Vec::new();
        for (docs, shape) in all {
            let parts = match shape {
                Shape::Either(parts) => parts,
                shape => vec![(docs, shape)],
            };
            for part in parts {
                if !flat.iter().any(|(_, known)| *known == part.1) {
                    flat.push(part);
                }
            }
        }
        // It holds all the others.
        if let Some(at) = flat.iter().position(|(_, shape)| *shape == Shape::word("unknown")) {
            return flat.swap_remove(at).1;
        }
        if flat.len() == 1 { flat.swap_remove(0).1 } else { Shape::Either(flat) }
    }

    pub(super) fn both(mut all: Vec<Shape>) -> Self {
        match all.len() {
            0 => Shape::word("unknown"),
            1 => all.swap_remove(0),
            _ => Shape::Both(all),
        }
    }

    /// Starts with a line break where it is a list of alternatives on lines of their own.
    fn text(&self, depth: usize) -> String {
        match self {
            Shape::Word(word) => word.clone(),
            Shape::List(item) => format!("{}[]", item.operand(depth)),
            Shape::Tuple { items, least, rest } => {
                let mut all: Vec<String> = items.iter().take(*least).map(|item| item.enclosed(depth)).collect();
                all.extend(items.iter().skip(*least).map(|item| format!("{}?", item.operand(depth))));
                all.extend(rest.iter().map(|rest| format!("...{}[]", rest.operand(depth))));
                format!("[{}]", all.join(", "))
            }
            Shape::Map(value) => format!("Record<string, {}>", value.enclosed(depth)),
            Shape::Object(object) => object.text(depth),
            Shape::Both(all) => {
                let all: Vec<String> = all.iter().map(|shape| shape.operand(depth)).collect();
                let line = all.join(" & ");
                if line.contains('\n') || fits(&line, depth) { line } else { all.join(&format!("\n{}& ", indent(depth + 1))) }
            }
            Shape::Either(all) => {
                let line = all.iter().map(|(_, shape)| shape.text(depth)).collect::<Vec<_>>().join(" | ");
                let silent = all.iter().all(|(docs, _)| docs.is_empty());
                if silent && fits(&line, depth) {
                    return line;
                }
                let one = |(about, shape): &(String, Shape)| {
                    format!("\n{}{}| {}", docs(about, depth + 1), indent(depth + 1), shape.operand(depth + 2))
                };
                all.iter().map(one).collect()
            }
        }
    }

    /// As part of an expression.
    fn operand(&self, depth: usize) -> String {
        match self {
            Shape::Either(_) | Shape::Both(_) => self.parenthesised(depth),
            _ => self.text(depth),
        }
    }

    /// Between brackets of whatever kind.
    fn enclosed(&self, depth: usize) -> String {
        let text = self.text(depth);
        if text.starts_with('\n') { self.parenthesised(depth) } else { text }
    }

    fn parenthesised(&self, depth: usize) -> String {
        let text = self.text(depth);
        let end = if text.starts_with('\n') { format!("\n{}", indent(depth)) } else { String::new() };
        format!("({text}{end})")
    }

    fn is_anything(&self) -> bool {
        matches!(self, Shape::Word(word) if word == "any" || word == "unknown")
    }
}

impl Object {
    fn text(&self, depth: usize) -> String {
        let silent = self.members.iter().all(|member| member.docs.is_empty());
        let members: Vec<String> = self.all().iter().map(|member| member.text(depth)).collect();
        let line = format!("{{ {} }}", members.join("; "));
        match members.is_empty() {
            true => "{}".into(),
            false if silent && fits(&line, depth) => line,
            false => self.block(depth),
        }
    }

    fn block(&self, depth: usize) -> String {
        let member = |member: &Member| format!("{}{}{};\n", docs(&member.docs, depth + 1), indent(depth + 1), member.text(depth + 1));
        format!("{{\n{}{}}}", self.all().iter().map(member).collect::<String>(), indent(depth))
    }

    /// What is not listed is a member too, and TypeScript wants its type to hold those of the others.
    fn all(&self) -> Vec<Member> {
        let mut all = self.members.clone();
        if let Some((label, shape)) = &self.rest {
            let mut shapes = vec![(String::new(), (**shape).clone())];
            if !shape.is_anything() {
                shapes.extend(all.iter().map(|member| (String::new(), member.shape.clone())));
                if all.iter().any(|member| member.optional) {
                    shapes.push((String::new(), Shape::word("undefined")));
                }
            }
            let name = format!("[{label}: string]");
            all.push(Member { docs: String::new(), name, optional: false, shape: Shape::either(shapes) });
        }
        all
    }
}

impl Member {
    fn text(&self, depth: usize) -> String {
        let Member { name, optional, shape, .. } = self;
        let mark = if *optional { "?" } else { "" };
        format!("{name}{mark}:{}", after_space(shape.text(depth)))
    }
}

fn after_space(text: String) -> String {
    if text.starts_with('\n') { text } else { format!(" {text}") }
}

fn fits(text: &str, depth: usize) -> bool {
    !text.contains('\n') && text.chars().count() + 2 * depth <= WIDTH
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

/// A JSDoc comment with its line break; nothing where there is nothing to say.
fn docs(text: &str, depth: usize) -> String {
    let text = text.trim().replace("*/", "*\\/");
    let indent = indent(depth);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let line = |line: &&str| if line.is_empty() { format!("{indent} *\n") } else { format!("{indent} * {line}\n") };
            format!("{indent}/**\n{}{indent} */\n", lines.iter().map(line).collect::<String>())
        }
    }
}
