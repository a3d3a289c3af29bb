//! `Error`: told to the model, or kept inside.

use std::{
    any::Any,
    error::Error as StdError,
    fmt,
    sync::atomic::{AtomicU32, Ordering},
};

/// Why a tool did not answer. It has two faces.
///
/// *Told to the model*: somebody wrote a sentence, a `String` or a `&'static str`, so the model reads it and can do
/// better. *Kept inside*: everything else that `?` meets, whose words may hold paths, queries or secrets; the model reads
/// "internal error" with an id, and the log has the whole chain under that id.
///
/// ```
/// use chatui::{Error, Result};
///
/// fn year(text: &str) -> Result<i32> {
///     let year: i32 = text.parse()?; // kept inside
///     if year < 2012 {
///         return Err("the data begin in 2012".into()); // told
///     }
///     Ok(year)
/// }
///
/// assert_eq!(year("1999").unwrap_err().told(), Some("the data begin in 2012"));
/// assert_eq!(year("soon").unwrap_err().told(), None);
/// ```
pub struct Error(Face);

enum Face {
    Told(String),
    /// A capability that the client has not declared.
    Lacks(&'static str),
    Kept(Box<dyn StdError + Send + Sync>),
}

/// What a tool that can fail returns: `Result<T, chatui::Error>` unless another error is named.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error that the model reads.
    ///
    /// ```
    /// use chatui::{Error, Result};
    /// use std::io::ErrorKind;
    ///
    /// fn note(path: &str) -> Result<String> {
    ///     std::fs::read_to_string(path).map_err(|error| match error.kind() {
    ///         ErrorKind::NotFound => Error::tell(format!("there is no note `{path}`")),
    ///         _ => Error::keep(error),
    ///     })
    /// }
    /// assert_eq!(note("none.md").unwrap_err().told(), Some("there is no note `none.md`"));
    /// ```
    pub fn tell(sentence: impl Into<String>) -> Self {
        Error(Face::Told(sentence.into()))
    }

    /// An error whose words stay in the log.
    ///
    /// ```
    /// use chatui::Error;
    ///
    /// // `Error::from` would tell it, as it does every sentence.
    /// let error = Error::keep("the key of the upstream is refused");
    /// assert_eq!(error.told(), None);
    /// assert_eq!(error.to_string(), "the key of the upstream is refused"); // what the log gets
    /// ```
    pub fn keep(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Error(Face::Kept(error.into()))
    }

    /// The sentence for the model, if there is one.
    pub fn told(&self) -> Option<&str> {
        match &self.0 {
            Face::Told(sentence) => Some(sentence),
            Face::Kept(_) | Face::Lacks(_) => None,
        }
    }

    pub(crate) fn lacking(capability: &'static str) -> Self {
        Error(Face::Lacks(capability))
    }

    pub(crate) fn lacks(&self) -> Option<&'static str> {
        match self.0 {
            Face::Lacks(capability) => Some(capability),
            _ => None,
        }
    }

    /// Whether it was made of an error of this type.
    ///
    /// ```
    /// use chatui::Error;
    /// use std::num::ParseIntError;
    ///
    /// let error = Error::from("noon".parse::<u8>().unwrap_err());
    /// assert!(error.is::<ParseIntError>() && !error.is::<std::io::Error>());
    /// ```
    pub fn is<E: StdError + 'static>(&self) -> bool {
        matches!(&self.0, Face::Kept(error) if error.is::<E>())
    }

    /// The error of this type that it was made of.
    pub(crate) fn kept<E: StdError + 'static>(&self) -> Option<&E> {
        match &self.0 {
            Face::Kept(error) => error.downcast_ref(),
            Face::Told(_) | Face::Lacks(_) => None,
        }
    }

    /// What the model reads. What is kept inside goes to the log, under an id that both name.
    pub(crate) fn face(self, tool: &str) -> String {
        match self.0 {
            Face::Told(sentence) => sentence,
            Face::Lacks(capability) => format!("this needs a client with `{capability}`"),
            Face::Kept(error) => {
                let id = id();
                crate::log::error(&format!("`{tool}` failed, error {id}: {}", chain(&*error)));
                format!("internal error {id}")
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Face::Told(sentence) => formatter.write_str(sentence),
            Face::Lacks(capability) => write!(formatter, "this needs a client with `{capability}`"),
            Face::Kept(error) => formatter.write_str(&chain(&**error)),
        }
    }
}

/// The same as [`Display`](fmt::Display): this is what a failing test or `main` prints.
impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Takes std errors, `anyhow::Error`, `String` and `&'static str` alike.
#[diagnostic::do_not_recommend]
impl<E: Into<Box<dyn StdError + Send + Sync>> + 'static> From<E> for Error {
    fn from(error: E) -> Self {
        // Somebody wrote a sentence: it is for the model. The type says so, never the text.
        let mut error = Some(error);
        let any: &mut dyn Any = &mut error;
        if let Some(sentence) = any.downcast_mut::<Option<String>>() {
            return Error::tell(sentence.take().unwrap_or_default());
        }
        if let Some(sentence) = any.downcast_mut::<Option<&'static str>>() {
            return Error::tell(sentence.take().unwrap_or_default());
        }
        match error {
            Some(error) => Error(Face::Kept(error.into())),
            None => Error::tell(""),
        }
    }
}

/// Says to the model what is wrong, in words written for it.
///
/// ```
/// use chatui::{Result, Tell};
///
/// fn hour(text: &str) -> Result<u8> {
///     let hour: u8 = text.parse().tell("the hour is a number")?; // told, instead of the parser's own words
///     let hour = Some(hour).filter(|hour| *hour < 24).tell("a day has 24 hours")?;
///     std::fs::metadata("/").told()?; // told in the error's own words
///     Ok(hour)
/// }
///
/// assert_eq!(hour("noon").unwrap_err().told(), Some("the hour is a number"));
/// assert_eq!(hour("25").unwrap_err().told(), Some("a day has 24 hours"));
/// ```
pub trait Tell<T> {
    /// The value, or an error with this sentence. The words of the error that it takes the place of go to the log: natively with `RUST_LOG=debug`, on Workers in any case.
    ///
    /// # Errors
    ///
    /// The sentence, if there is no value.
    fn tell(self, sentence: impl Into<String>) -> Result<T>;

    /// The value, or an error in the words of the one that there is: for errors that are written for whoever asked. A
    /// [`chatui::Error`](Error) stays what it is: what it keeps inside was not written for that.
    ///
    /// # Errors
    ///
    /// Those words, if there is no value.
    fn told(self) -> Result<T>;
}

impl<T, E: fmt::Display + 'static> Tell<T> for std::result::Result<T, E> {
    fn tell(self, sentence: impl Into<String>) -> Result<T> {
        self.map_err(|error| match ours(error) {
            // What a client lacks is told in the protocol's own way.
            Ok(error @ Error(Face::Lacks(_))) => error,
            Ok(error) => instead(sentence.into(), &error.to_string()),
            Err(words) => instead(sentence.into(), &words),
        })
    }

    fn told(self) -> Result<T> {
        self.map_err(|error| ours(error).unwrap_or_else(Error::tell))
    }
}

/// An error with this sentence. What it takes the place of is for the log.
fn instead(sentence: String, words: &str) -> Error {
    crate::log::refused(&format!("{sentence}: {words}"));
    Error::tell(sentence)
}

/// An error of this crate, or else the words of another.
fn ours<E: fmt::Display + 'static>(error: E) -> std::result::Result<Error, String> {
    let mut error = Some(error);
    let any: &mut dyn Any = &mut error;
    match any.downcast_mut::<Option<Error>>() {
        Some(ours) => ours.take().ok_or_else(String::new),
        None => Err(error.map(|error| error.to_string()).unwrap_or_default()),
    }
}

impl<T> Tell<T> for Option<T> {
    fn tell(self, sentence: impl Into<String>) -> Result<T> {
        self.ok_or_else(|| Error::tell(sentence))
    }

    fn told(self) -> Result<T> {
        self.tell("there is nothing")
    }
}

/// Ends the function with a sentence for the model, written like [`format!`].
///
/// ```
/// use chatui::{Result, bail};
///
/// fn day(day: u8) -> Result<u8> {
///     if day > 7 {
///         bail!("the forecast reaches 7 days, and {day} is more");
///     }
///     Ok(day)
/// }
///
/// assert_eq!(day(9).unwrap_err().told(), Some("the forecast reaches 7 days, and 9 is more"));
/// ```
#[macro_export]
macro_rules! bail {
    ($($sentence:tt)+) => {
        return ::core::result::Result::Err(::core::convert::From::from($crate::Error::tell(::std::format!($($sentence)+))))
    };
}

/// An error with all its causes, in one line.
fn chain(error: &(dyn StdError + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |cause: &&(dyn StdError + 'static)| (**cause).source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// Tells errors of one process apart, and, as far as a number can, those of several.
fn id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let count = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{:08x}", crate::log::seed().wrapping_add(count.wrapping_mul(0x9e37_79b1)))
}

#[cfg(test)]
mod tests {
    use super::{Error, Tell};

    #[derive(Debug)]
    struct Outer(std::num::ParseIntError);
    impl std::fmt::Display for Outer {
        fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("can't read the year")
        }
    }
    impl std::error::Error for Outer {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn sentences_are_told() {
        assert_eq!(Error::from("no such city").told(), Some("no such city"));
        assert_eq!(Error::from(String::from("no such city")).told(), Some("no such city"));
        assert_eq!(Error::tell("no such city").face("t"), "no such city");
    }

    #[test]
    fn what_is_kept_stays_kept() {
        let kept = || Err::<(), _>(Error::keep(std::fmt::Error));
        assert_eq!(kept().told().unwrap_err().told(), None);
        assert_eq!(kept().tell("no such city").unwrap_err().told(), Some("no such city"));
        assert_eq!(Err::<(), _>(Error::tell("no such city")).told().unwrap_err().told(), Some("no such city"));
        let lacking = || Err::<(), _>(Error::lacking("sampling"));
        assert_eq!(lacking().tell("ask otherwise").unwrap_err().lacks(), Some("sampling"));
        assert_eq!(lacking().told().unwrap_err().lacks(), Some("sampling"));
    }

    #[test]
    fn what_a_library_says_is_kept() {
        let error = Error::from(Outer("x".parse::<i32>().unwrap_err()));
        assert_eq!(error.told(), None);
        assert_eq!(error.to_string(), "can't read the year: invalid digit found in string");
        let face = error.face("t");
        assert!(face.starts_with("internal error ") && !face.contains("year"), "{face}");
    }
}
