//! An outside issuer (OpenID Connect) on this machine, with real keys. Also the server's unit tests' own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
    RsaPublicKeyComponents,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Where an issuer says where its keys are, and where they are.
pub const DISCOVERY: &str = "/.well-known/openid-configuration";
pub const KEYS: &str = "/keys";

/// A key pair that signs tokens.
pub struct SigningKey {
    pub id: String,
    pair: Pair,
}

enum Pair {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl SigningKey {
    pub fn rsa(id: &str) -> Self {
        Self { id: id.to_owned(), pair: Pair::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()) }
    }

    pub fn p256(id: &str) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        Self { id: id.to_owned(), pair: Pair::P256(pair) }
    }

    pub fn ed25519(id: &str) -> Self {
        Self { id: id.to_owned(), pair: Pair::Ed25519(Ed25519KeyPair::generate().unwrap()) }
    }

    /// The algorithm that tokens of this key name.
    pub fn algorithm(&self) -> &'static str {
        match self.pair {
            Pair::Rsa(_) => "RS256",
            Pair::P256(_) => "ES256",
            Pair::Ed25519(_) => "EdDSA",
        }
    }

    /// The public key as issuers publish it.
    pub fn jwk(&self) -> Value {
        let mut jwk = match &self.pair {
            Pair::Rsa(pair) => {
                let public = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public_key());
                json!({ "kty": "RSA", "n": encoded(&public.n), "e": encoded(&public.e) })
            }
            // An uncompressed point: a byte, then both coordinates.
            Pair::P256(pair) => {
                let point = pair.public_key().as_ref();
                json!({ "kty": "EC", "crv": "P-256", "x": encoded(&point[1..33]), "y": encoded(&point[33..]) })
            }
            Pair::Ed25519(pair) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "x": encoded(pair.public_key().as_ref()) })
            }
        };
        jwk["kid"] = json!(self.id);
        jwk["use"] = json!("sig");
        jwk["alg"] = json!(self.algorithm());
        jwk
    }

    /// The header that issuers write.
    pub fn header(&self) -> Value {
        json!({ "alg": self.algorithm(), "kid": self.id, "typ": "JWT" })
    }

    /// A token as issuers make it.
    pub fn token(&self, claims: &Value) -> String {
        self.sign(&self.header(), claims)
    }

    /// A token of any header and claims, with this key's signature.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = format!("{}.{}", encoded(header.to_string().as_bytes()), encoded(claims.to_string().as_bytes()));
        let signature = self.signature(signed.as_bytes());
        format!("{signed}.{}", encoded(&signature))
    }

    fn signature(&self, signed: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, signed, &mut signature).unwrap();
                signature
            }
            Pair::P256(pair) => pair.sign(&random, signed).unwrap().as_ref().to_vec(),
            Pair::Ed25519(pair) => pair.sign(signed).as_ref().to_vec(),
        }
    }
}

/// Base64url without padding, as in tokens.
pub fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What an issuer answers at some path.
#[derive(Clone)]
pub enum Says {
    Json(Value),
    /// A status line's end, more headers, and a body.
    Raw(&'static str, String, Vec<u8>),
    /// Closes the connection.
    Nothing,
    /// Keeps the connection open for so long, then closes it.
    Silence(Duration),
}

#[derive(Default)]
struct State {
    says: HashMap<String, Says>,
    asked: HashMap<String, usize>,
}

/// A server that answers as issuers do, or as it is told.
pub struct Issuer {
    /// Its address, which is also its name in tokens.
    pub url: String,
    state: Arc<Mutex<State>>,
    serving: JoinHandle<()>,
}

impl Drop for Issuer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Issuer {
    /// Starts one that publishes `keys`.
    pub async fn start(keys: &[&SigningKey]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let serving = tokio::spawn(serve(listener, Arc::clone(&state)));
        let issuer = Self { url, state, serving };
        issuer.says(DISCOVERY, Says::Json(issuer.discovery()));
        issuer.publishes(keys);
        issuer
    }

    /// Its discovery document.
    pub fn discovery(&self) -> Value {
        json!({ "issuer": self.url, "jwks_uri": format!("{}{KEYS}", self.url) })
    }

    /// Publishes these keys and no others from now on.
    pub fn publishes(&self, keys: &[&SigningKey]) {
        let keys: Vec<Value> = keys.iter().map(|key| key.jwk()).collect();
        self.says(KEYS, Says::Json(json!({ "keys": keys })));
    }

    /// Answers this from now on.
    pub fn says(&self, path: &str, what: Says) {
        self.state.lock().unwrap().says.insert(path.to_owned(), what);
    }

    /// How often something was asked of it.
    pub fn asked(&self, path: &str) -> usize {
        self.state.lock().unwrap().asked.get(path).copied().unwrap_or(0)
    }
}

async fn serve(listener: TcpListener, state: Arc<Mutex<State>>) {
    loop {
        let (connection, _) = listener.accept().await.unwrap();
        let state = Arc::clone(&state);
        // Whoever asked may have gone away.
        tokio::spawn(async move { drop(answer(connection, &state).await) });
    }
}

async fn answer(mut connection: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(connection.read_u8().await?);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default();
    let says = {
        let mut state = state.lock().unwrap();
        *state.asked.entry(path.to_owned()).or_default() += 1;
        state.says.get(path).cloned()
    };
    let (status, headers, body) = match says.unwrap_or_else(|| Says::Raw("404 Not Found", String::new(), Vec::new())) {
        Says::Json(body) => ("200 OK", String::new(), body.to_string().into_bytes()),
        Says::Raw(status, headers, body) => (status, headers, body),
        Says::Nothing => return Ok(()),
        Says::Silence(time) => {
            tokio::time::sleep(time).await;
            return Ok(());
        }
    };
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n");
    connection.write_all(head.as_bytes()).await?;
    connection.write_all(&body).await?;
    connection.shutdown().await
}
