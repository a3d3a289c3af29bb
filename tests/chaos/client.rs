//! A client of a few lines, which can be made to do wrong.

use std::io::{self, ErrorKind};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// One connection, opened when there is something to say.
#[derive(Debug)]
pub struct Client {
    address: String,
    stream: Option<BufReader<TcpStream>>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// Such as 200.
    pub status: u16,
    /// Whether it is a stream of events.
    pub is_stream: bool,
    /// All of it.
    pub body: String,
}

/// A request for the endpoint.
pub fn post(body: &str) -> String {
    let length = body.len();
    format!(
        "POST /mcp HTTP/1.1\r\nhost: localhost\r\naccept: application/json, text/event-stream\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// What a supervisor asks.
pub const HEALTH: &str = "GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n";

impl Client {
    /// For a server at `host:port`.
    pub fn new(address: &str) -> Self {
        Client { address: address.to_owned(), stream: None }
    }

    /// Another connection to the same server.
    pub fn another(&self) -> Self {
        Client::new(&self.address)
    }

    /// Sends what it is given, whether or not it is a whole request.
    ///
    /// # Errors
    ///
    /// Those of the socket.
    pub async fn send(&mut self, bytes: &str) -> io::Result<()> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(&self.address).await?;
            stream.set_nodelay(true)?;
            self.stream = Some(BufReader::new(stream));
        }
        self.stream()?.write_all(bytes.as_bytes()).await
    }

    /// Sends a request and reads its answer; once more on a new connection, where the old one was closed meanwhile.
    ///
    /// # Errors
    ///
    /// Those of the socket, and what is no answer.
    pub async fn ask(&mut self, request: &str) -> io::Result<Reply> {
        let was_open = self.stream.is_some();
        let answer = self.once(request).await;
        if answer.is_err() {
            self.stream = None;
            if was_open {
                return self.once(request).await;
            }
        }
        answer
    }

    /// Waits until the server closes.
    ///
    /// # Errors
    ///
    /// Those of the socket.
    pub async fn closed(&mut self) -> io::Result<()> {
        let mut rest = Vec::new();
        match self.stream()?.read_to_end(&mut rest).await {
            Err(error) if error.kind() != ErrorKind::ConnectionReset => Err(error),
            _ => Ok(()),
        }
    }

    async fn once(&mut self, request: &str) -> io::Result<Reply> {
        self.send(request).await?;
        self.answer().await
    }

    fn stream(&mut self) -> io::Result<&mut BufReader<TcpStream>> {
        self.stream.as_mut().ok_or_else(|| ErrorKind::NotConnected.into())
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.stream()?.read_line(&mut line).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(line.trim_end().to_owned()),
        }
    }

    async fn answer(&mut self) -> io::Result<Reply> {
        let first = self.line().await?;
        let status = first.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(ErrorKind::InvalidData)?;
        let (mut length, mut in_chunks, mut is_stream, mut closes) = (0, false, false, false);
        loop {
            let line = self.line().await?;
            match line.split_once(": ") {
                None => break,
                Some(("content-length", value)) => length = value.parse().map_err(|_| ErrorKind::InvalidData)?,
                Some(("transfer-encoding", _)) => in_chunks = true,
                Some(("content-type", value)) => is_stream = value == "text/event-stream",
                Some(("connection", value)) => closes = value == "close",
                Some(_) => {}
            }
        }
        let mut body = Vec::new();
        if in_chunks {
            while let size @ 1.. = usize::from_str_radix(&self.line().await?, 16).map_err(|_| ErrorKind::InvalidData)? {
                self.part(&mut body, size).await?;
                self.line().await?;
            }
            self.line().await?;
        } else {
            self.part(&mut body, length).await?;
        }
        if closes {
            self.stream = None;
        }
        let body = String::from_utf8(body).map_err(|_| ErrorKind::InvalidData)?;
        Ok(Reply { status, is_stream, body })
    }

    async fn part(&mut self, body: &mut Vec<u8>, size: usize) -> io::Result<()> {
        let start = body.len();
        body.resize(start + size, 0);
        self.stream()?.read_exact(&mut body[start..]).await.map(drop)
    }
}
