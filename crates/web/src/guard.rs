//! Who may ask: pages that this server itself gave out, under the names of this machine.
//!
//! A page of another site that a browser shows on the same machine can send requests here. It cannot choose the `Host` that the browser names, and
//! what changes something carries an `Origin`; so both are looked at. A site whose name was pointed at 127.0.0.1 (DNS rebinding) fails at `Host`.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// What a page may load and do: only what comes from here, no script in the page's text, no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html";

/// Lets a request through or refuses it, and puts the headers on every answer.
pub async fn guard(State(port): State<u16>, request: Request, next: Next) -> Response {
    let mut response = match refused(port, request.method(), request.headers()) {
        Some(words) => (StatusCode::FORBIDDEN, Json(json!({ "error": words }))).into_response(),
        None => next.run(request).await,
    };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn refused(port: u16, method: &Method, headers: &HeaderMap) -> Option<&'static str> {
    let names = [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("[::1]:{port}")];
    let said = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if !said(header::HOST).is_some_and(|host| names.iter().any(|name| host.eq_ignore_ascii_case(name))) {
        return Some("this server answers to 127.0.0.1 and localhost alone");
    }
    let own = |origin: &str| names.iter().any(|name| origin.strip_prefix("http://").is_some_and(|rest| rest.eq_ignore_ascii_case(name)));
    match said(header::ORIGIN) {
        Some(origin) if !own(origin) => Some("this comes from another page"),
        // Browsers name the origin of whatever changes something. Programs that are no browser may leave it out and say so.
        None if !matches!(*method, Method::GET | Method::HEAD) && !headers.contains_key("x-griot") => {
            Some("what changes the record needs an Origin of this server, or the header X-Griot from a program")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machines_own_pages_change_anything() {
        let headers = |list: &[(&'static str, &str)]| -> HeaderMap {
            list.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
        };
        let own = [("host", "127.0.0.1:8080")];
        assert_eq!(refused(8080, &Method::GET, &headers(&own)), None);
        assert_eq!(refused(8080, &Method::GET, &headers(&[("host", "LOCALHOST:8080")])), None);
        assert!(refused(8080, &Method::POST, &headers(&own)).is_some());
        for host in ["evil.example:8080", "127.0.0.1:81", "127.0.0.1", "127.0.0.1.evil.example:8080", ""] {
            assert!(refused(8080, &Method::GET, &headers(&[("host", host)])).is_some(), "{host}");
        }
        assert!(refused(8080, &Method::GET, &headers(&[])).is_some());
        for (origin, fine) in [
            ("http://127.0.0.1:8080", true),
            ("http://localhost:8080", true),
            ("https://127.0.0.1:8080", false),
            ("http://evil.example", false),
            ("null", false),
            ("http://127.0.0.1:8080.evil.example", false),
        ] {
            let all = headers(&[own[0], ("origin", origin)]);
            assert_eq!(refused(8080, &Method::POST, &all).is_none(), fine, "{origin}");
        }
        assert_eq!(refused(8080, &Method::POST, &headers(&[own[0], ("x-griot", "1")])), None);
    }
}
