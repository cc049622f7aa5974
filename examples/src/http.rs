//! As much of HTTP as it takes to get the text of a page.

use std::io::{Error, ErrorKind, Result};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream},
    net::{TcpStream, ToSocketAddrs},
};

/// A connection to a server, for one request after the other.
pub struct Connection(BufStream<TcpStream>);

/// What a server answers.
pub struct Answer {
    /// 200 if all is well.
    pub status: u16,
    /// The text of the page.
    pub body: String,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    ///
    /// As [`TcpStream::connect`].
    pub async fn open(server: impl ToSocketAddrs) -> Result<Self> {
        Ok(Self(BufStream::new(TcpStream::connect(server).await?)))
    }

    /// Gets a page.
    ///
    /// # Errors
    ///
    /// The server hangs up, or answers with what is not understood here.
    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        self.0.write_all(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n").as_bytes()).await?;
        self.0.flush().await?;

        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.0.read_line(&mut head).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        let (Some(status), Some(length)) = (status, length) else {
            return Err(Error::new(ErrorKind::InvalidData, head));
        };

        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await?;
        Ok(Answer { status, body: String::from_utf8(body).map_err(|error| Error::new(ErrorKind::InvalidData, error))? })
    }
}
