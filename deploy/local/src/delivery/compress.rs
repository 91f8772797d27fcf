//! Brotli and gzip, made once for each object.

use std::io::Write as _;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderValue;

use crate::engines::objects::Stored;

/// Smaller bodies gain nothing: they fit one packet anyway.
const SMALLEST: usize = 512;
/// Brotli's effort, 0 to 11: beyond this it costs much and saves little.
const BROTLI: i32 = 5;

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Brotli,
    Gzip,
}

impl Encoding {
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
        }
    }
}

/// The best encoding that the client takes (`Accept-Encoding`, RFC 9110).
pub(super) fn negotiate(header: Option<&HeaderValue>) -> Encoding {
    let text = header.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes = |name: &str| {
        text.split(',').any(|part| {
            let mut words = part.split(';').map(str::trim);
            let refused = |word: &str| matches!(word.strip_prefix("q="), Some(q) if q.parse() == Ok(0.0_f32));
            words.next().is_some_and(|word| word.eq_ignore_ascii_case(name)) && !words.any(refused)
        })
    };
    if takes("br") {
        Encoding::Brotli
    } else if takes("gzip") {
        Encoding::Gzip
    } else {
        Encoding::Plain
    }
}

/// The object's bytes in the encoding, or plain where that saves nothing.
pub(super) async fn encoded(stored: &Arc<Stored>, encoding: Encoding) -> (Encoding, Bytes) {
    let plain = (Encoding::Plain, stored.body.clone());
    let slot = match encoding {
        Encoding::Brotli => &stored.brotli,
        Encoding::Gzip => &stored.gzip,
        Encoding::Plain => return plain,
    };
    if slot.get().is_none() {
        let stored = Arc::clone(stored);
        // Compressing blocks. Should it panic, the plain bytes do.
        let _ = tokio::task::spawn_blocking(move || fill(&stored, encoding)).await;
    }
    match slot.get() {
        Some(Some(body)) => (encoding, body.clone()),
        _ => plain,
    }
}

fn fill(stored: &Stored, encoding: Encoding) {
    let smaller =
        |made: std::io::Result<Vec<u8>>| made.ok().filter(|made| made.len() < stored.body.len()).map(Bytes::from);
    let make = |compress: fn(&[u8]) -> std::io::Result<Vec<u8>>| {
        if stored.body.len() < SMALLEST { None } else { smaller(compress(&stored.body)) }
    };
    match encoding {
        Encoding::Brotli => drop(stored.brotli.get_or_init(|| make(brotli))),
        Encoding::Gzip => drop(stored.gzip.get_or_init(|| make(gzip))),
        Encoding::Plain => {}
    }
}

fn brotli(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality: BROTLI, lgwin: 20, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut out, &params)?;
    Ok(out)
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(body)?;
    encoder.finish()
}
