use std::future::Future;
use std::io;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::UNIX_EPOCH;

use http::{HeaderMap, HeaderName};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::*;
use crate::hooks::guard::Addresses;

/// For receivers that never end.
const HASTY: Timing = Timing { connect: Duration::from_millis(400), whole: Duration::from_millis(800) };

/// A look-up that is never answered, for what must not ask.
struct Silence;

impl Lookup for Silence {
    fn lookup(&self, _host: &str) -> Addresses {
        Box::pin(std::future::pending())
    }
}

fn sender(timing: Timing) -> Sender {
    Sender::with_lookup(Reach::PublicAndLoopback, timing, Arc::new(Silence)).unwrap()
}

async fn attempt(url: &str) -> Answer {
    attempt_by(&sender(Timing::default()), url).await
}

async fn attempt_by(sender: &Sender, url: &str) -> Answer {
    sender.send(url, "msg_1", 1_700_000_000, &Bytes::from_static(b"{}"), &[Secret::generate()]).await
}

/// A receiver on this machine; says how often it was called.
async fn receiver<F, T>(behave: F) -> (String, Arc<AtomicUsize>)
where
    F: Fn(TcpStream) -> T + Send + 'static,
    T: Future<Output = io::Result<()>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook?token=hidden", listener.local_addr().unwrap());
    let called = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&called);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(behave(stream));
        }
    });
    (url, called)
}

/// A receiver that answers so, after it has read the request.
async fn answering(answer: impl Into<String>) -> (String, Arc<AtomicUsize>) {
    let answer = answer.into();
    receiver(move |mut stream| {
        let answer = answer.clone();
        async move {
            request(&mut stream).await?;
            stream.write_all(answer.as_bytes()).await
        }
    })
    .await
}

/// Reads a request whose body is `{}`.
async fn request(stream: &mut TcpStream) -> io::Result<String> {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n{}") {
        if stream.read_buf(&mut read).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(String::from_utf8(read).unwrap())
}

fn reason(answer: Answer) -> String {
    match answer {
        Answer::Failed { reason } => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_receiver_gets_what_it_can_verify() {
    let (heard, mut requests) = mpsc::unbounded_channel();
    let (url, called) = receiver(move |mut stream| {
        let heard = heard.clone();
        async move {
            // As often as it is asked on this connection.
            loop {
                heard.send(request(&mut stream).await?).unwrap();
                stream.write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\nset-cookie: a=b\r\n\r\n").await?;
            }
        }
    })
    .await;
    let sender = sender(Timing::default());
    let secrets = [Secret::generate(), Secret::generate()];
    // The verifier compares with the machine's clock.
    let now = UNIX_EPOCH.elapsed().unwrap().as_secs();
    for calls in 1..=2 {
        let answer = sender.send(&url, "msg_1", now, &Bytes::from_static(b"{}"), &secrets).await;
        assert_eq!((answer, called.load(Ordering::SeqCst)), (Answer::Accepted(202), calls));
        let request = requests.recv().await.unwrap();
        let (first, headers) = parse(&request);
        assert_eq!(first, "POST /hook?token=hidden HTTP/1.1");
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers["content-length"], "2");
        assert_eq!(headers["user-agent"], format!("Copydesk-Webhooks/{VERSION}"));
        assert!(!headers.contains_key("cookie") && !headers.contains_key("referer"), "{request}");
        for secret in &secrets {
            standardwebhooks::Webhook::new(&secret.reveal()).unwrap().verify(b"{}", &headers).unwrap();
            assert!(!request.contains(&secret.reveal()));
        }
    }
}

fn parse(request: &str) -> (&str, HeaderMap) {
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    let (first, lines) = head.split_once("\r\n").unwrap();
    let lines = lines.lines().map(|line| line.split_once(": ").unwrap());
    (first, lines.map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap())).collect())
}

#[tokio::test]
async fn the_status_decides() {
    let refused = |status| Answer::Refused { status };
    let expected = [
        (200, Answer::Accepted(200)),
        (201, Answer::Accepted(201)),
        (299, Answer::Accepted(299)),
        (400, refused(400)),
        (404, refused(404)),
        (410, Answer::Gone),
        (429, refused(429)),
        (500, refused(500)),
        (503, refused(503)),
    ];
    for (status, answer) in expected {
        let (url, called) = answering(format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n")).await;
        assert_eq!((attempt(&url).await, called.load(Ordering::SeqCst)), (answer, 1), "{status}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let (inside, entered) = answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    for status in [300, 301, 302, 303, 304, 305, 307, 308] {
        for target in [inside.clone(), inside.replace("http:", "https:"), inside.replace("http:", "")] {
            let answer = format!("HTTP/1.1 {status} X\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n");
            let (url, called) = answering(answer).await;
            let reason = reason(attempt(&url).await);
            assert!(reason.starts_with(&format!("it answered {status}; redirects are not followed")), "{reason}");
            assert_eq!(called.load(Ordering::SeqCst), 1);
        }
    }
    assert_eq!(entered.load(Ordering::SeqCst), 0);
    assert_eq!(attempt(&inside).await, Answer::Accepted(200));
}

/// A hasty attempt, which ends though the receiver goes on for a minute.
async fn hasty(url: &str) -> Answer {
    let began = Instant::now();
    let answer = attempt_by(&sender(HASTY), url).await;
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    answer
}

#[tokio::test]
async fn a_receiver_that_dawdles_is_cut_off() {
    let (silent, _) = receiver(|stream| async move {
        tokio::time::sleep(Duration::from_mins(1)).await;
        drop(stream);
        Ok(())
    })
    .await;
    assert_eq!(reason(hasty(&silent).await), "there was no answer within 800ms");
    let tls = silent.replace("http:", "https:");
    assert_eq!(reason(hasty(&tls).await), "there was no connection in time");
    let (dripping, _) = receiver(|mut stream| async move {
        request(&mut stream).await?;
        stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
        drip(&mut stream, b"x: y\r\n").await
    })
    .await;
    assert_eq!(reason(hasty(&dripping).await), "there was no answer within 800ms");
    // The name is never found.
    assert_eq!(reason(hasty("https://hooks.example.com/").await), "there was no connection in time");
}

#[tokio::test]
async fn a_slow_body_is_cut_off_and_changes_nothing() {
    let (url, _) = receiver(|mut stream| async move {
        request(&mut stream).await?;
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n").await?;
        drip(&mut stream, b".").await
    })
    .await;
    assert_eq!(hasty(&url).await, Answer::Accepted(200));
}

async fn drip(stream: &mut TcpStream, drop: &[u8]) -> io::Result<()> {
    loop {
        stream.write_all(drop).await?;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_huge_answer_is_not_read_whole() {
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&taken);
    let (url, _) = receiver(move |mut stream| {
        let counter = Arc::clone(&counter);
        async move {
            request(&mut stream).await?;
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n").await?;
            loop {
                let taken = stream.write(&[b'.'; 8 * 1024]).await?;
                counter.fetch_add(taken, Ordering::SeqCst);
            }
        }
    })
    .await;
    assert_eq!(attempt(&url).await, Answer::Accepted(200));
    tokio::time::sleep(Duration::from_millis(200)).await;
    // The rest is what sockets hold.
    let taken = taken.load(Ordering::SeqCst);
    assert!((ANSWER..32 * 1024 * 1024).contains(&taken), "{taken} bytes");
}

#[tokio::test]
async fn an_endless_head_is_no_answer() {
    let (url, _) = receiver(|mut stream| async move {
        request(&mut stream).await?;
        stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
        loop {
            stream.write_all(&[b'a'; 8 * 1024]).await?;
        }
    })
    .await;
    assert_eq!(reason(attempt(&url).await), "the connection broke off, or the answer was no HTTP");
}

#[tokio::test]
async fn a_reason_says_what_happened_and_not_where() {
    let (closed, _) = receiver(|_stream| async { Ok(()) }).await;
    let (nonsense, _) = answering("220 mail.example.com ESMTP\r\n").await;
    let (plain, _) = receiver(|mut stream| async move {
        assert_ne!(stream.read(&mut [0; 4096]).await?, 0);
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await
    })
    .await;
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}/hook?token=hidden", listener.local_addr().unwrap())
    };
    let broke = "the connection broke off, or the answer was no HTTP";
    let expected = [(closed, broke), (nonsense, broke), (nobody, "the connection was refused")];
    for (url, expected) in expected {
        assert_eq!(reason(attempt(&url).await), expected);
    }
    let reason = reason(attempt(&plain.replace("http:", "https:")).await);
    assert!(reason.starts_with("the TLS handshake failed"), "{reason}");
    assert!(!reason.contains("hidden"), "{reason}");
}

#[tokio::test]
async fn nothing_is_sent_unsigned() {
    let (url, called) = answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let answer = sender(Timing::default()).send(&url, "msg_1", 1, &Bytes::new(), &[]).await;
    assert_eq!((reason(answer).as_str(), called.load(Ordering::SeqCst)), ("there is no secret to sign with", 0));
}

#[tokio::test]
async fn the_environments_proxy_is_not_asked() {
    let (proxy, called) = answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let (_, module) = module_path!().split_once("::").unwrap();
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args([format!("{module}::the_status_decides").as_str(), "--exact"]);
    again.env_remove("NO_PROXY").env_remove("no_proxy");
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        again.env(name, &proxy).env(name.to_lowercase(), &proxy);
    }
    let output = tokio::task::spawn_blocking(move || again.output().unwrap()).await.unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
    assert_eq!(called.load(Ordering::SeqCst), 0);
}
