//! Files beside widgets, as the native server serves them.

use chatui::{App, tool, widget};
use http::{Method, Request, header};

/// A picture.
#[widget(html = "<!doctype html><title>Sun</title><img src='edge/public/sun.svg' alt=''>", assets = "edge/public", text = "sun")]
struct Sun {}

/// Shows the sun.
#[tool(read_only)]
fn sun() -> Sun {
    Sun {}
}

/// A picture from another folder.
#[widget(
    html = "<!doctype html><title>Sun</title><img src='widgets/widgets/gallery/files/the sun.svg' alt=''>",
    assets = "widgets/widgets/gallery/files",
    text = "sun"
)]
struct OtherSun {}

/// Shows another sun.
#[tool(read_only)]
fn other_sun() -> OtherSun {
    OtherSun {}
}

/// What is answered to a GET: status, type, cache and body.
async fn get(app: App, path: &str, origin: &str) -> (u16, String, String, String) {
    let request = Request::builder()
        .method(Method::GET)
        .uri(path)
        .header("host", "localhost")
        .header("origin", origin)
        .body(Vec::new().into())
        .unwrap();
    let response = app.build().unwrap().handle(request).await;
    let header = |name| response.headers().get(name).map_or_else(String::new, |value| value.to_str().unwrap().to_owned());
    let (status, media, cache) = (response.status().as_u16(), header(header::CONTENT_TYPE), header(header::CACHE_CONTROL));
    (status, media, cache, String::from_utf8(response.into_body().bytes().await.to_vec()).unwrap())
}

#[tokio::test]
async fn only_its_own_version_is_kept_for_long() {
    let app = || App::new().only(["other_sun"]);
    let (status, media, cache, body) = get(app(), "/the%20sun.svg?v=0123456789abcdef", "null").await;
    assert_eq!((status, &*media, &*cache), (200, "image/svg+xml", "no-cache"));
    assert!(body.starts_with("<svg"), "{body}");
    assert_eq!(get(app(), "/words.js", "null").await.1, "text/javascript");
}

#[tokio::test]
async fn what_cloudflare_reads_itself_is_not_served() {
    for path in ["/_headers", "/sun.svg", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        assert_eq!(get(App::new().only(["other_sun"]), path, "http://localhost").await.0, 404, "{path}");
    }
    let (status, .., said) = get(App::new().only(["sun"]), "/lost.svg?v=1", "http://localhost").await;
    assert!(status == 404 && said.contains("[assets] directory"), "{said}");
}

#[test]
fn a_worker_serves_one_folder() {
    let mistakes = App::new().build().err().unwrap();
    let mistake = mistakes.iter().next().unwrap();
    assert!(mistake.contains("`edge/public`") && mistake.contains("`widgets/widgets/gallery/files`"), "{mistake}");
}
