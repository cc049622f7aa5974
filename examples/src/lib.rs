//! What the examples share.

pub mod http;

use std::io::{self, ErrorKind, Write};

/// Writes `text` to stdout. A reader that has had enough (`census | head`) is no error.
///
/// # Errors
///
/// Any other failure to write, such as a full disk.
pub fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
