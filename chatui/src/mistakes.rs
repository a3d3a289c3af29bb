//! What keeps an app from starting.

use std::fmt;

/// Everything that keeps an app from starting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(pub(crate) Vec<String>);

impl Mistakes {
    pub(crate) fn one(mistake: String) -> Self {
        Mistakes(vec![mistake])
    }

    pub(crate) fn nothing() -> Self {
        Mistakes::one(
            "no tools and no resources are linked; put #[tool] on a function, and `mod` its file in src/main.rs and src/lib.rs".into(),
        )
    }

    /// One sentence each: what is wrong, and what to do.
    ///
    /// ```
    /// # fn started(app: chatui::App) {
    /// if let Err(mistakes) = app.build() {
    ///     for mistake in mistakes.iter() {
    ///         eprintln!("- {mistake}");
    ///     }
    /// }
    /// # }
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the app can't start:")?;
        self.iter().try_for_each(|mistake| write!(formatter, "\n- {mistake}"))
    }
}

impl std::error::Error for Mistakes {}
