//! A page in headless Chromium, on a network that ends here.

use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use serde::Deserialize;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::support::TempFolder;

/// The page: puts each text into the document as markup, does what a visitor might do, and says what
/// came of it.
const PAGE: &str = include_str!("page.html");

/// What a visit came to.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Visit {
    /// Texts that were put into the page.
    pub looked_at: usize,
    /// Scripts that ran, dialogs that opened.
    pub ran: Vec<String>,
    /// Elements, attributes and addresses outside of what copy may hold.
    pub strange: Vec<String>,
    /// What was asked of the network, apart from the page itself.
    #[serde(default)]
    pub requests: Vec<String>,
}

/// Shows texts in a browser.
pub async fn visit(texts: Vec<String>) -> Visit {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    // A closing tag would end the script that carries the texts.
    let texts = serde_json::to_string(&texts).unwrap().replace('<', "\\u003c");
    let page: Arc<str> = PAGE.replace("[/* texts */]", &texts).into();
    let requests = Arc::new(Mutex::new(Vec::new()));
    let serving = tokio::spawn(serve(listener, Arc::clone(&page), Arc::clone(&requests)));
    let profile = TempFolder::new();
    let mut command = Command::new(std::env::var("COPYDESK_TEST_CHROMIUM").unwrap_or_else(|_| "chromium".into()));
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--disable-features=OptimizationHints,MediaRouter,Translate", "--disable-default-apps"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        // Whatever it asks for, and whomever, comes here.
        .arg(format!("--proxy-server=http://127.0.0.1:{port}"))
        .arg("--proxy-bypass-list=<-loopback>")
        .args(["--virtual-time-budget=20000", "--timeout=60000", "--dump-dom", "http://page.example/"])
        .stderr(Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    serving.abort();
    let dom = String::from_utf8_lossy(&output.stdout);
    let result = dom.split("<pre id=\"result\">").nth(1).and_then(|rest| rest.split("</pre>").next());
    let result = result.unwrap_or_else(|| panic!("the page did not come to its end: {}", &dom[..dom.len().min(2000)]));
    let result = result.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let mut visit: Visit = serde_json::from_str(&result).unwrap();
    visit.requests.clone_from(&requests.lock().unwrap());
    visit
}

async fn serve(listener: TcpListener, page: Arc<str>, requests: Arc<Mutex<Vec<String>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(stream, Arc::clone(&page), Arc::clone(&requests)));
    }
}

async fn answer(mut stream: TcpStream, page: Arc<str>, requests: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await.unwrap_or(0) == 0 {
            return;
        }
        head.extend(byte);
    }
    let line = String::from_utf8_lossy(&head).lines().next().unwrap_or_default().to_owned();
    let answer = if line.starts_with("GET http://page.example/ ") {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
            page.len()
        )
    } else {
        // The browser looks for updates of its own whatever it is told.
        let own = ["google.com", "googleapis.com", "gvt1.com", "/favicon.ico"].iter().any(|host| line.contains(host));
        if !own {
            requests.lock().unwrap().push(line);
        }
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned()
    };
    // The browser may have gone.
    let _ = stream.write_all(answer.as_bytes()).await;
}
