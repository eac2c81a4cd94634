//! The server of the form: one thread that waits for one browser, on this computer alone.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use tokio::runtime::Builder;

use super::answers::{Answer, Asked};
use super::class::{Class, Upload};
use crate::cli::exit::Failure;
use crate::form::{Own, Submitted, Visitor, admit};

/// So many bytes a request may have: a list of a county's largest school is well under it.
const MOST: usize = 32 << 20;

/// How often it is looked whether anybody still uses the form.
const LOOK: Duration = Duration::from_secs(1);

/// What every answer says: keep nothing, tell nobody, load nothing from elsewhere, stand in nobody's frame.
const HEADERS: [(HeaderName, &str); 8] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), clipboard-read=()"),
    (header::CONTENT_SECURITY_POLICY, POLICY),
];

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

struct Server {
    own: Own,
    class: Mutex<Class>,
    used: Mutex<Instant>,
}

/// Answers until nobody has asked for so long.
pub(super) fn serve(listener: TcpListener, own: Own, class: Class, idle: Duration) -> Result<(), Failure> {
    let ended = |error: std::io::Error| Failure::files(format!("the form ended: {error}"), "Begin it again.");
    let runtime = Builder::new_current_thread().enable_all().build().map_err(ended)?;
    let server = Arc::new(Server { own, class: Mutex::new(class), used: Mutex::new(Instant::now()) });
    runtime
        .block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let idle_server = Arc::clone(&server);
            let is_idle = async move {
                loop {
                    tokio::time::sleep(LOOK).await;
                    let used = *idle_server.used.lock().unwrap_or_else(PoisonError::into_inner);
                    if used.elapsed() >= idle {
                        break;
                    }
                }
            };
            let router = Router::new().fallback(move |request: Request| answer(Arc::clone(&server), request));
            tokio::select! {
                served = axum::serve(listener, router).into_future() => served,
                () = is_idle => Ok(()),
            }
        })
        .map_err(ended)
}

async fn answer(server: Arc<Server>, request: Request) -> Response {
    let is_change = match *request.method() {
        Method::GET | Method::HEAD => false,
        Method::POST => true,
        _ => return refused(StatusCode::METHOD_NOT_ALLOWED),
    };
    let rest = {
        let headers = request.headers();
        let visitor = Visitor {
            is_change,
            path: request.uri().path(),
            // A request to another server through this one names it in its first line.
            host: if request.uri().authority().is_some() { None } else { only(headers, &header::HOST) },
            origin: only(headers, &header::ORIGIN).or_else(|| headers.contains_key(header::ORIGIN).then_some("")),
            fetch_site: only(headers, &HeaderName::from_static("sec-fetch-site")),
        };
        match admit(visitor, &server.own) {
            Ok(rest) => rest.to_owned(),
            Err(_refused) => return refused(StatusCode::NOT_FOUND),
        }
    };
    *server.used.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    let Some(asked) = asked(rest, is_change, request).await else { return refused(StatusCode::BAD_REQUEST) };
    let work = move || server.class.lock().unwrap_or_else(PoisonError::into_inner).answer(&asked);
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => response(answer),
        Err(_panic) => refused(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// The one value of a header; `None` where there is none, more than one, or one that is no text.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}

async fn asked(rest: String, is_change: bool, request: Request) -> Option<Asked> {
    let path = percent_encoding::percent_decode_str(&rest).decode_utf8().ok()?.into_owned();
    let query = fields(request.uri().query().unwrap_or_default().as_bytes());
    let is_live = request.headers().contains_key("x-live");
    let kind = only(request.headers(), &header::CONTENT_TYPE).unwrap_or_default().to_owned();
    let (mut sent, mut upload) = (Submitted::default(), None);
    if is_change && kind.starts_with("multipart/form-data") {
        upload = Some(uploaded(request).await?);
    } else if is_change {
        let body = to_bytes(request.into_body(), MOST).await.ok()?;
        if !body.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
            return None;
        }
        sent = fields(&body);
    }
    Some(Asked { path, is_change, is_live, query, sent, upload })
}

fn fields(text: &[u8]) -> Submitted {
    let fields = form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), value.into_owned()));
    Submitted::new(fields.collect())
}

/// The file of an upload.
async fn uploaded(request: Request) -> Option<Upload> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MOST).await.ok()?;
    let request = Request::from_parts(parts, Body::from(body));
    let mut multipart = Multipart::from_request(request, &()).await.ok()?;
    while let Some(field) = multipart.next_field().await.ok()? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            return Some(Upload { name, bytes: field.bytes().await.ok()?.to_vec() });
        }
    }
    None
}

/// What those get who may have no answer.
fn refused(status: StatusCode) -> Response {
    let words = match status {
        StatusCode::INTERNAL_SERVER_ERROR => "This is a mistake in handover. What was saved before is in the files.\n",
        _ => "There is nothing here.\n",
    };
    with_headers(status, "text/plain; charset=utf-8", Body::from(words))
}

fn response(answer: Answer) -> Response {
    const HTML: &str = "text/html; charset=utf-8";
    match answer {
        Answer::Page(html) => with_headers(StatusCode::OK, HTML, Body::from(html)),
        Answer::Absent(html) => with_headers(StatusCode::NOT_FOUND, HTML, Body::from(html)),
        Answer::Json(text) => with_headers(StatusCode::OK, "application/json", Body::from(text)),
        Answer::File { kind, bytes } => with_headers(StatusCode::OK, kind, Body::from(bytes)),
        Answer::Go(to) => {
            let mut response = with_headers(StatusCode::SEE_OTHER, HTML, Body::empty());
            match HeaderValue::try_from(to) {
                Ok(to) => {
                    response.headers_mut().insert(header::LOCATION, to);
                    response
                }
                Err(_error) => refused(StatusCode::INTERNAL_SERVER_ERROR),
            }
        }
    }
}

fn with_headers(status: StatusCode, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if kind == "application/pdf" {
        // What shows PDFs in a browser is a page of the browser's own.
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'self'"));
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    }
    response
}
