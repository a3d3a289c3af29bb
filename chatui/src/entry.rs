//! A tool with its schemas, made once at start.

use crate::{schema, tool::Tool, validate::Checks, widget::Page};
use serde_json::Value;

/// A tool with its schemas.
pub(crate) struct Entry {
    pub(crate) tool: &'static Tool,
    pub(crate) input: Checks,
    pub(crate) output: Option<Value>,
    /// Whether the answer is sent as `{"result": …}`.
    pub(crate) wraps: bool,
}

impl Entry {
    /// None where the schemas can't be used; what is wrong with them joins the mistakes.
    pub(crate) fn new(tool: &'static Tool, mistakes: &mut Vec<String>) -> Option<Self> {
        let mut noted = |sentences: Vec<String>| {
            mistakes.extend(sentences.iter().map(|why| format!("tool `{}` ({}): {why}", tool.name, tool.place)));
        };
        let input = schema::input(tool.params, tool.schema).map_err(&mut noted).ok();
        let output = tool.answer.output.map(schema::output).transpose().map_err(&mut noted).ok();
        let (input, mut output) = (input?, output?);
        if let Some((schema, _)) = output.as_mut().filter(|_| tool.answer.profile) {
            // Other answers may grow; of this one OpenAI says that it has no more.
            schema["additionalProperties"] = false.into();
        }
        let wraps = output.as_ref().is_some_and(|(_, wraps)| *wraps);
        Some(Entry { tool, input, output: output.map(|(schema, _)| schema), wraps })
    }

    /// The page that draws this tool's answers.
    pub(crate) fn page<'a>(&self, pages: &'a [Page]) -> Option<&'a Page> {
        let widget = self.tool.answer.widget?;
        pages.iter().find(|page| std::ptr::eq(page.widget(), widget))
    }
}
