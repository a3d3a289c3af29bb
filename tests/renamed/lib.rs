//! Tools of a crate that has chatui under another name, which `crate = …` says.

/// Some words.
#[renamed::data(crate = ::renamed)]
pub struct Words {
    words: Vec<String>,
}

/// Words on a card.
#[renamed::widget(html = "<!doctype html><p>Hi", crate = ::renamed, text = "{first}")]
pub struct RenamedCard {
    /// The first one.
    pub first: String,
    /// The rest.
    #[serde(rename = "others")]
    pub rest: Words,
    /// How many the rest are.
    #[ui_only]
    pub count: usize,
}

/// Shows words.
#[renamed::tool(crate = ::renamed, read_only)]
pub fn renamed_words(#[arg(default)] times: u8, words: Words, cx: &renamed::Context) -> RenamedCard {
    let _ = (times, cx);
    let mut rest = words.words;
    RenamedCard { first: rest.remove(0), count: rest.len(), rest: Words { words: rest } }
}

/// A word at an address.
#[renamed::resource("words://{word}", crate = ::renamed)]
pub fn word(word: String) -> String {
    word
}

/// Asks for a word.
#[renamed::prompt(crate = ::renamed)]
pub fn ask(#[arg(complete = words)] word: String) -> String {
    word
}

fn words(typed: &str) -> Vec<String> {
    vec![typed.to_owned()]
}
