/// All notes.
#[chatui::resource("notes://all", audience = "everybody", priority = 2, icon = "i.png")]
fn notes() -> String {
    String::new()
}

/// Some notes.
#[chatui::resource("notes://some", audience = [], priority = "high")]
fn some() -> String {
    String::new()
}

/// No notes.
#[chatui::resource("notes://none", audience = ["user", "user"], priority, icon)]
fn none() -> String {
    String::new()
}

/// Few notes.
#[chatui::resource("notes://few", audience = user, priority = -0.5)]
fn few() -> String {
    String::new()
}

fn main() {}
