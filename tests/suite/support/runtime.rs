//! The Lambda Runtime API on this machine: drives a function's program as Lambda does, one call after the other.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// What a call came to: the function's answer, or its error.
type Outcome = Result<Value, Value>;

struct Call {
    id: String,
    event: Value,
}

struct Calls {
    next: tokio::sync::Mutex<mpsc::UnboundedReceiver<Call>>,
    waiting: Mutex<HashMap<String, oneshot::Sender<Outcome>>>,
}

/// A function that is called.
pub struct Function {
    calls: mpsc::UnboundedSender<Call>,
    state: Arc<Calls>,
    serving: JoinHandle<()>,
    process: Child,
}

impl Drop for Function {
    fn drop(&mut self) {
        self.serving.abort();
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Function {
    /// Starts a function's program.
    pub async fn start(program: Command) -> Self {
        Self::start_with(program, Stdio::null()).await
    }

    /// The same, with its log in a file.
    pub async fn logging(program: Command, log: &Path) -> Self {
        Self::start_with(program, File::create(log).unwrap().into()).await
    }

    async fn start_with(mut program: Command, log: Stdio) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (calls, next) = mpsc::unbounded_channel();
        let state = Arc::new(Calls { next: tokio::sync::Mutex::new(next), waiting: Mutex::default() });
        let serving = tokio::spawn(serve(listener, Arc::clone(&state)));
        program
            .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "copydesk")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "log")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "log")
            .stderr(log);
        Self { calls, state, serving, process: program.spawn().unwrap() }
    }

    /// The most memory that it had, in MB.
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }

    /// Calls it and waits for what it says.
    pub async fn call(&self, event: Value) -> Outcome {
        let (reply, outcome) = oneshot::channel();
        let id = format!("{:016x}", fastrand::u64(..));
        self.state.waiting.lock().unwrap().insert(id.clone(), reply);
        self.calls.send(Call { id, event }).unwrap();
        tokio::time::timeout(super::DEADLINE, outcome).await.expect("the function does not answer").unwrap()
    }
}

async fn serve(listener: TcpListener, state: Arc<Calls>) {
    loop {
        let (connection, _) = listener.accept().await.unwrap();
        let state = Arc::clone(&state);
        // The program may have gone.
        tokio::spawn(async move { drop(converse(connection, &state).await) });
    }
}

async fn converse(connection: TcpStream, state: &Calls) -> std::io::Result<()> {
    let mut connection = BufReader::new(connection);
    loop {
        let mut line = String::new();
        if connection.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let body = body(&mut connection).await?;
        if path.ends_with("/invocation/next") {
            let Some(call) = state.next.lock().await.recv().await else { return Ok(()) };
            let event = call.event.to_string();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
                 lambda-runtime-aws-request-id: {}\r\nlambda-runtime-deadline-ms: 99999999999999\r\n\
                 lambda-runtime-invoked-function-arn: arn:aws:lambda:us-east-1:000000000000:function:copydesk\r\n\r\n",
                event.len(),
                call.id
            );
            connection.write_all((head + &event).as_bytes()).await?;
            continue;
        }
        let parts: Vec<&str> = path.rsplit('/').collect();
        if let [what, id, ..] = parts[..]
            && let Some(reply) = state.waiting.lock().unwrap().remove(id)
        {
            let value = serde_json::from_slice(&body).unwrap_or(Value::Null);
            // Whoever called may have given up.
            let _ = reply.send(if what == "response" { Ok(value) } else { Err(value) });
        }
        connection.write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n").await?;
    }
}

/// The rest of a request, by its length or in chunks.
async fn body(connection: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let (mut length, mut is_chunked) = (0, false);
    loop {
        let mut line = String::new();
        connection.read_line(&mut line).await?;
        let line = line.trim_end().to_ascii_lowercase();
        match line.split_once(':') {
            None => break,
            Some(("content-length", value)) => length = value.trim().parse().unwrap_or(0),
            Some(("transfer-encoding", _)) => is_chunked = true,
            Some(_) => {}
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body).await?;
    while is_chunked {
        let mut size = String::new();
        connection.read_line(&mut size).await?;
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        let mut chunk = vec![0; size + 2];
        connection.read_exact(&mut chunk).await?;
        chunk.truncate(size);
        body.extend(chunk);
        is_chunked = size > 0;
    }
    Ok(body)
}
