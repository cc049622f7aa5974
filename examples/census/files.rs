//! The files: finding them, reading them, counting what is in one. All that the pipeline and the plain loop share.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use walkdir::{DirEntry, WalkDir};

use super::{count::count, parse::parse, reject::Reject, totals::Counted};

/// A file of Rust source that was found.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    /// The directory of the file's crate.
    krate: Arc<Path>,
    path: PathBuf,
}

impl SourceFile {
    /// Reads the file, and blocks as long as that takes.
    pub(crate) fn read(&self) -> Result<Text, Reject> {
        let text = fs::read_to_string(&self.path).map_err(|error| Reject::new(&self.path, error))?;
        Ok(Text { file: self.clone(), text })
    }
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct Text {
    file: SourceFile,
    text: String,
}

impl Text {
    /// Counts what is in the file. Its tree cannot leave the thread, so it is made and dropped here.
    pub(crate) fn count(&self) -> Result<Counted, Reject> {
        let tree = parse(&self.text).map_err(|fault| Reject::new(&self.file.path, fault))?;
        Ok(Counted { krate: self.file.krate.clone(), counts: count(&self.text, &tree) })
    }
}

/// The `.rs` files below each root, in the order of their names, found as they are asked for. Symbolic links are not followed. A directory
/// that cannot be read is an error among them.
pub(crate) fn find_sources(roots: Vec<PathBuf>) -> impl Iterator<Item = Result<SourceFile, Reject>> + Send {
    roots.into_iter().flat_map(|root| Walk::below(&root))
}

/// One root's files.
struct Walk {
    entries: walkdir::IntoIter,
    /// The crate of what is in no other crate.
    base: Arc<Path>,
    /// The crates that the walk is in, each inside the one before, with the depth of its directory.
    inside: Vec<(usize, Arc<Path>)>,
}

impl Walk {
    fn below(root: &Path) -> Self {
        Self {
            entries: WalkDir::new(root).sort_by_file_name().into_iter(),
            base: root.ancestors().find(|dir| is_crate(dir)).unwrap_or(root).into(),
            inside: Vec::new(),
        }
    }

    /// Notes which crate the walk is in, now that it has come to `entry`.
    fn come_to(&mut self, entry: &DirEntry) {
        while self.inside.pop_if(|(depth, _)| *depth >= entry.depth()).is_some() {}
        if entry.file_type().is_dir() && is_crate(entry.path()) {
            self.inside.push((entry.depth(), entry.path().into()));
        }
    }

    /// The innermost crate that the walk is in.
    fn krate(&self) -> Arc<Path> {
        self.inside.last().map_or(&self.base, |(_, krate)| krate).clone()
    }
}

impl Iterator for Walk {
    type Item = Result<SourceFile, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(Err(unwalkable(&error))),
            };
            self.come_to(&entry);
            if is_source(&entry) {
                let krate = self.krate();
                let path = entry.into_path();
                return Some(Ok(SourceFile { krate, path }));
            }
        }
    }
}

/// A crate is a directory with a manifest.
fn is_crate(dir: &Path) -> bool {
    dir.join("Cargo.toml").is_file()
}

fn is_source(entry: &DirEntry) -> bool {
    entry.file_type().is_file() && entry.path().extension().is_some_and(|end| end == "rs")
}

fn unwalkable(error: &walkdir::Error) -> Reject {
    let path = error.path().unwrap_or(Path::new(""));
    match error.io_error() {
        Some(reason) => Reject::new(path, reason),
        None => Reject::new(path, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files below `root`, as crate and file, both relative to `dir`.
    fn found(dir: &Path, root: &str) -> Vec<String> {
        let relative = |path: &Path| path.strip_prefix(dir).unwrap().display().to_string();
        find_sources(vec![dir.join(root)])
            .map(|file| file.unwrap())
            .map(|file| format!("{} {}", relative(&file.krate), relative(&file.path)))
            .collect()
    }

    #[test]
    fn a_file_belongs_to_the_innermost_crate() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["w/Cargo.toml", "w/r/a/Cargo.toml", "w/r/a/in/Cargo.toml"] {
            let manifest = dir.path().join(path);
            fs::create_dir_all(manifest.with_file_name("src")).unwrap();
            fs::write(manifest, "").unwrap();
        }
        for path in ["w/r/a/in/src/x.rs", "w/r/a/src/x.rs", "w/r/b.rs", "w/r/c.txt"] {
            fs::write(dir.path().join(path), "").unwrap();
        }
        assert_eq!(found(dir.path(), "w/r"), ["w/r/a/in w/r/a/in/src/x.rs", "w/r/a w/r/a/src/x.rs", "w w/r/b.rs"]);
        assert_eq!(found(dir.path(), "w/r/a/src"), ["w/r/a w/r/a/src/x.rs"]);
        assert_eq!(found(dir.path(), "w/r/b.rs"), ["w w/r/b.rs"]);
    }

    #[test]
    fn what_cannot_be_read_is_a_reject() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("latin1.rs");
        fs::write(&path, b"// caf\xe9\n").unwrap();
        let file = find_sources(vec![path.clone()]).next().unwrap().unwrap();
        assert_eq!(file.read().unwrap_err(), Reject::new(&path, "stream did not contain valid UTF-8"));
        fs::remove_file(&path).unwrap();
        assert!(file.read().is_err());

        let gone = dir.path().join("gone");
        let mut walk = find_sources(vec![gone.clone()]);
        assert_eq!(walk.next().unwrap().unwrap_err(), Reject::new(gone, "No such file or directory (os error 2)"));
        assert!(walk.next().is_none());
    }
}
