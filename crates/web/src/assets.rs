//! The front end that the program carries, where it was built with one.

use axum::http::header::{self, HeaderValue};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

/// Path and bytes of each file.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// What is said where there is none.
const NONE: &str = "This griot was built without its workbench.\n\nTo have it: install Node 20 or newer, run 'make' in Griot's folder and start \
                    'griot serve' again.\nThe API is here without it: /api describes it.\n";

/// A file of the front end; every other address is a state of its one page.
pub async fn file(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let found = FILES.iter().find(|(name, _)| *name == path);
    let page = || FILES.iter().find(|(name, _)| *name == "index.html").filter(|_| !path.contains('.'));
    match found.or_else(page) {
        Some((name, bytes)) => {
            // Built files carry a hash of their contents in their names.
            let cache = if name.starts_with("assets/") { "max-age=31536000, immutable" } else { "no-cache" };
            let headers = [(header::CONTENT_TYPE, kind(name)), (header::CACHE_CONTROL, HeaderValue::from_static(cache))];
            (headers, *bytes).into_response()
        }
        None if FILES.is_empty() => (StatusCode::NOT_FOUND, NONE).into_response(),
        None => (StatusCode::NOT_FOUND, "There is no such page.\n").into_response(),
    }
}

/// Whether the program carries the front end.
pub fn there() -> bool {
    !FILES.is_empty()
}

fn kind(name: &str) -> HeaderValue {
    HeaderValue::from_static(match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    })
}
