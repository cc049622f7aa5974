//! A file that is written to by somebody else, as lines.

use std::{
    fs::File,
    io::{self, ErrorKind, Read, Seek},
    mem::take,
    path::{Path, PathBuf},
};

use same_file::Handle;

/// So much is read at a time.
const CHUNK: usize = 1 << 20;

/// Follows what has a name: also from a file that is moved away to the one that takes its place (a rotation), and from the beginning
/// again when the file has become shorter (a truncation).
///
/// What nobody can see is lost: what is written between two looks into a file that is truncated, or rotated twice, by the second.
pub(crate) struct Follow {
    path: PathBuf,
    open: Option<Open>,
}

struct Open {
    file: Handle,
    /// How much has been read.
    at: u64,
    /// The beginning of a line whose end has not been written yet.
    rest: Vec<u8>,
}

impl Follow {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, open: None }
    }

    /// The lines that have been completed since the last call, or some of them, if there are many.
    pub(crate) fn lines(&mut self) -> io::Result<Vec<String>> {
        let mut lines = Vec::new();
        loop {
            let Some(open) = &mut self.open else {
                self.open = Open::new(&self.path)?;
                match &self.open {
                    Some(_) => continue,
                    None => return Ok(lines),
                }
            };
            // in this order: what is written before the rotation is then read
            let is_rotated = open.is_rotated(&self.path)?;
            let is_all = open.read(&mut lines)?;
            if !is_rotated || !is_all {
                return Ok(lines);
            }
            lines.extend(open.last());
            self.open = None;
        }
    }
}

impl Open {
    /// `None`: there is no such file, or none yet.
    fn new(path: &Path) -> io::Result<Option<Self>> {
        match Handle::from_path(path) {
            Ok(file) => Ok(Some(Self { file, at: 0, rest: Vec::new() })),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether another file has its name now.
    fn is_rotated(&self, path: &Path) -> io::Result<bool> {
        match Handle::from_path(path) {
            Ok(named) => Ok(named != self.file),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Reads some more, and tells whether that was all there is.
    fn read(&mut self, lines: &mut Vec<String>) -> io::Result<bool> {
        let file: &mut File = self.file.as_file_mut();
        if file.metadata()?.len() < self.at {
            file.rewind()?;
            self.at = 0;
            self.rest.clear();
        }
        let read = file.take(CHUNK as u64).read_to_end(&mut self.rest)?;
        self.at += read as u64;

        let complete = self.rest.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let rest = self.rest.split_off(complete);
        lines.extend(String::from_utf8_lossy(&self.rest).lines().map(str::to_owned));
        self.rest = rest;
        Ok(read < CHUNK)
    }

    /// The last line, if its end was never written.
    fn last(&mut self) -> Option<String> {
        let rest = take(&mut self.rest);
        (!rest.is_empty()).then(|| String::from_utf8_lossy(&rest).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::{
        fs::{self, OpenOptions},
        io::Write,
    };

    use super::*;

    fn append(path: &Path, text: &str) {
        OpenOptions::new().append(true).create(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
    }

    #[test]
    fn lines_of_all_files_of_a_name() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log");
        let mut log = Follow::new(path.clone());
        assert_eq!(log.lines().unwrap(), [""; 0], "it is not there yet");

        append(&path, "one\ntw");
        assert_eq!(log.lines().unwrap(), ["one"]);
        append(&path, "o\n");
        assert_eq!(log.lines().unwrap(), ["two"], "a line that is written in two parts");

        append(&path, "three\nfour");
        fs::rename(&path, dir.path().join("log.1")).unwrap();
        assert_eq!(log.lines().unwrap(), ["three"], "it is moved away, and nothing has taken its place");
        append(&path, "five\n");
        assert_eq!(log.lines().unwrap(), ["four", "five"], "it is rotated");

        append(&path, "si");
        assert_eq!(log.lines().unwrap(), [""; 0]);
        File::create(&path).unwrap();
        assert_eq!(log.lines().unwrap(), [""; 0], "it is truncated");
        append(&path, "7\n");
        assert_eq!(log.lines().unwrap(), ["7"]);
    }

    #[test]
    fn much_is_read_in_parts() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log");
        append(&path, &"a line\n".repeat(CHUNK / 3));
        let mut log = Follow::new(path.clone());
        let parts: Vec<usize> =
            std::iter::from_fn(|| Some(log.lines().unwrap().len())).take_while(|n| *n > 0).collect();
        assert_eq!((parts.len(), parts.iter().sum()), (3, CHUNK / 3));
    }
}
