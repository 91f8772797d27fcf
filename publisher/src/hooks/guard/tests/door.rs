//! A door on this machine that counts who enters.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// Listens on every address of this machine, so that no spelling of one is missed.
pub(super) struct Door {
    pub(super) port: u16,
    pub(super) ipv6: bool,
    entered: Arc<AtomicUsize>,
    _task: JoinSet<()>,
}

impl Door {
    pub(super) async fn open() -> Self {
        // Takes IPv4 too, where there is IPv6 at all.
        let (listener, ipv6) = match TcpListener::bind("[::]:0").await {
            Ok(listener) => (listener, true),
            Err(_) => (TcpListener::bind("0.0.0.0:0").await.unwrap(), false),
        };
        let port = listener.local_addr().unwrap().port();
        let entered = Arc::new(AtomicUsize::new(0));
        let mut task = JoinSet::new();
        task.spawn(count(listener, Arc::clone(&entered)));
        let door = Self { port, ipv6, entered, _task: task };
        door.try_out().await;
        door
    }

    pub(super) fn entered(&self) -> usize {
        self.entered.load(Ordering::SeqCst)
    }

    /// A door that does not count would prove nothing.
    async fn try_out(&self) {
        let _ = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        while self.entered() == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        self.entered.store(0, Ordering::SeqCst);
    }
}

async fn count(listener: TcpListener, entered: Arc<AtomicUsize>) {
    while let Ok((mut stream, _)) = listener.accept().await {
        entered.fetch_add(1, Ordering::SeqCst);
        tokio::spawn(async move {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").await;
        });
    }
}
