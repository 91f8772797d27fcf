//! The way to those that have a name in the cloud and no address: for programs that take it as their proxy, and for the
//! studio's edges to the gateway. Beyond it, all came by TLS.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

/// The header by which edges say which gateway is theirs.
pub(super) const GATEWAY: &str = "x-gateway";

pub(super) struct Passage {
    pub(super) port: u16,
}

impl Passage {
    pub(super) async fn start(cloud: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, cloud) = (listener.local_addr().unwrap().port(), cloud.trim_start_matches("http://").to_owned());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, cloud.clone()));
            }
        });
        Self { port }
    }
}

async fn pass(mut client: TcpStream, cloud: String) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = client.read_u8().await else { return };
        head.push(byte);
    }
    let head = readdressed(&String::from_utf8(head).unwrap());
    let mut cloud = TcpStream::connect(cloud).await.unwrap();
    cloud.write_all(head.as_bytes()).await.unwrap();
    // Whoever is done first closes it.
    let _ = copy_bidirectional(&mut client, &mut cloud).await;
}

/// A request's head, as the cloud takes it.
fn readdressed(head: &str) -> String {
    let (line, headers) = head.trim_end().split_once("\r\n").unwrap();
    let [method, address, version] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
    let headers: Vec<&str> = headers.lines().collect();
    let value = |wanted: &str| {
        let mut named = headers.iter().filter_map(|header| header.split_once(": "));
        named.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    };
    // Of proxies, all of the address is asked for.
    let path = address.strip_prefix("http://").map_or(address, |rest| rest.find('/').map_or("/", |from| &rest[from..]));
    let host =
        value(GATEWAY).map_or_else(|| value("host").unwrap().to_owned(), |api| format!("{api}.execute-api.localhost"));
    let ours = ["host:", "connection:", "x-forwarded-proto:"];
    let is_kept = |header: &&str| !ours.iter().any(|name| header.to_ascii_lowercase().starts_with(name));
    let kept = headers.iter().copied().filter(is_kept).collect::<Vec<_>>().join("\r\n");
    // One request each: what comes after it is its body.
    format!(
        "{method} {path} {version}\r\nhost: {host}\r\nconnection: close\r\nx-forwarded-proto: https\r\n{kept}\r\n\r\n"
    )
}
