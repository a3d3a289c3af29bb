use chatui::{App, Auth, Context, Json, Profile, Result, Tell, User, bail, data, tool, widget};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Everybody's notes, by the subject of their token. A restart forgets them; a database keeps them under the same key.
#[derive(Default)]
struct Notes(Mutex<HashMap<String, Vec<Note>>>);

impl Notes {
    fn of<T>(&self, user: &User, f: impl FnOnce(&mut Vec<Note>) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        f(all.entry(user.subject().to_owned()).or_default())
    }
}

#[data]
#[derive(Clone)]
struct Note {
    number: usize,
    text: String,
}

/// The notes of whoever is signed in.
#[widget(text = "{owner} has {count} notes")]
struct Board {
    /// Whose they are.
    owner: String,
    count: usize,
    notes: Vec<Note>,
}

/// Use this when the user wants to see their notes.
#[tool(read_only)]
fn show_notes(user: &User, notes: &Notes) -> Board {
    let notes = notes.of(user, |notes| notes.clone());
    Board { owner: user.get("name").unwrap_or_else(|| user.subject().to_owned()), count: notes.len(), notes }
}

/// Use this when the user wants something noted down.
#[tool(writes, auth(scopes("notes:write")))]
fn add_note(
    /// The note, in the user's words.
    #[arg(length = 1..=500)]
    text: String,
    user: &User,
    notes: &Notes,
) -> Result<Json<Note>> {
    notes.of(user, |notes| {
        if notes.len() == 100 {
            bail!("there are 100 notes already, and no more are kept");
        }
        let note = Note { number: notes.len() + 1, text };
        notes.push(note.clone());
        Ok(Json(note))
    })
}

/// Use this when the user asks what this app is, or whether they are signed in.
#[tool(read_only, auth(optional))]
fn about(cx: &Context) -> String {
    match cx.user() {
        Some(user) => format!("Keeps notes, each person's own. You are signed in as {}.", user.subject()),
        None => "Keeps notes, each person's own. Sign in to see yours.".to_owned(),
    }
}

/// Tells ChatGPT which account is connected.
#[tool(read_only)]
fn get_profile(user: &User) -> Profile {
    Profile::of(user)
}

fn notes(issuer: String) -> App {
    App::new().state(Notes::default()).auth(Auth::issuer(issuer).scopes(["notes:read"]))
}

#[cfg(not(target_family = "wasm"))]
#[chatui::app]
fn app() -> Result<App> {
    Ok(notes(std::env::var("AUTH_ISSUER").tell("AUTH_ISSUER names no authorization server; set it to its address")?))
}

#[cfg(target_family = "wasm")]
#[chatui::app]
fn app(env: &chatui::worker::Env) -> Result<App> {
    Ok(notes(env.var("AUTH_ISSUER").tell("AUTH_ISSUER names no authorization server; set it in wrangler.toml")?.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{Notes, add_note, show_notes};
    use chatui::User;

    #[test]
    fn everybody_has_their_own() {
        let (notes, ada, bob) = (Notes::default(), User::new("ada").with_claim("name", "Ada"), User::new("bob"));
        add_note("Call Bob".into(), &ada, &notes).unwrap();
        let (hers, his) = (show_notes(&ada, &notes), show_notes(&bob, &notes));
        assert_eq!((hers.owner.as_str(), hers.notes[0].text.as_str()), ("Ada", "Call Bob"));
        assert_eq!((his.owner.as_str(), his.count), ("bob", 0));
    }
}
