//! What can go wrong between a request and the record.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use griot_record::ErrorKind;
use serde_json::json;

/// A result with the server's error.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The record's own words.
    #[error(transparent)]
    Record(#[from] griot_record::Error),
    /// The request asks for what there is not or makes no sense.
    #[error("{0}")]
    Asked(String),
    /// The thread that holds the record is gone.
    #[error("the record was closed after a fault; start 'griot serve' again: what was confirmed is kept")]
    Closed,
    /// The port is taken.
    #[error("port {port} of this machine cannot be had ({source}); choose another with --port, or 0 for any that is free")]
    Port {
        /// The port.
        port: u16,
        /// Why.
        source: std::io::Error,
    },
    /// The server could not be started.
    #[error("the server cannot be started: {0}")]
    Start(std::io::Error),
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = match &self {
            Error::Record(error) => match error.kind() {
                ErrorKind::Unknown(_) | ErrorKind::Missing => StatusCode::NOT_FOUND,
                ErrorKind::Misuse(_) => StatusCode::BAD_REQUEST,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Error::Asked(_) => StatusCode::BAD_REQUEST,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, Json(json!({ "error": self.to_string() }))).into_response()
    }
}
