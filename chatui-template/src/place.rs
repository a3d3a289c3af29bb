//! Finds the bridge's place: first in `<head>`, so that it runs before any script of the template.

use crate::Document;
use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Cuts a document where the bridge goes, or says why it is none.
pub(crate) fn cut(html: &str) -> Result<Document, &'static str> {
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    if html.trim().is_empty() {
        return Err("is empty; write an HTML document into it");
    }
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // Without this `<script>"<head>"</script>` would count.
    emitter.naively_switch_states(true);

    // A document may leave out `<head>` and `<html>`; then the bridge goes behind the last thing that must stand before it.
    let mut place = None;
    let mut doctype = false;
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::Doctype(token) => {
                doctype = true;
                place = Some(token.span.end);
            }
            Token::StartTag(tag) if *tag.name == b"html"[..] => place = Some(tag.span.end),
            Token::StartTag(tag) if *tag.name == b"head"[..] => {
                place = Some(tag.span.end);
                break;
            }
            Token::StartTag(_) => break,
            _ => {}
        }
    }
    // Without a doctype a browser draws in quirks mode, where sizes differ and hosts may refuse the document.
    if !doctype {
        return Err("does not start with `<!doctype html>`; a widget is a whole HTML5 document, put that line first");
    }
    let (before, after) = html.split_at(place.unwrap_or(0));
    Ok(Document { before: before.into(), after: after.into() })
}

#[cfg(test)]
mod tests {
    use super::cut;

    fn place(html: &str) -> (String, String) {
        let document = cut(html).unwrap();
        (document.before, document.after)
    }

    #[test]
    fn stands_first_in_the_head() {
        let (before, after) = place("<!doctype html>\n<html lang=en>\n<head class=\"a>b\">\n<script>1</script>");
        assert!(before.ends_with("<head class=\"a>b\">"), "{before}");
        assert!(after.starts_with("\n<script>"), "{after}");
    }

    #[test]
    fn is_not_fooled_by_comments_and_upper_case() {
        let (before, _) = place("<!DOCTYPE html><!-- <head> --><HTML><HEAD><title>x</title>");
        assert_eq!(before, "<!DOCTYPE html><!-- <head> --><HTML><HEAD>");
    }

    #[test]
    fn a_document_without_a_head_tag_has_a_place_too() {
        assert_eq!(place("<!doctype html><p>Hi").0, "<!doctype html>");
        assert_eq!(place("<!doctype html><html lang=en><body>Hi").0, "<!doctype html><html lang=en>");
        assert_eq!(place("<!doctype html><script>'<head>'</script>").0, "<!doctype html>");
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(place("\u{feff}<!doctype html><p>Hi").0, "<!doctype html>");
    }

    #[test]
    fn what_is_no_document_is_refused() {
        assert!(cut(" \n").unwrap_err().starts_with("is empty"));
        assert!(cut("<p>Hi").unwrap_err().contains("<!doctype html>"));
    }
}
