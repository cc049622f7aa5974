//! What must succeed, or nothing can be measured.

use std::fmt::Display;
use std::process::{Command, Stdio};

/// The value of a result that must be there.
pub(crate) trait Needed<T> {
    /// # Panics
    ///
    /// When it is not there.
    fn needed(self, what: impl Display) -> T;
}

impl<T, E: Display> Needed<T> for Result<T, E> {
    #[track_caller]
    fn needed(self, what: impl Display) -> T {
        self.unwrap_or_else(|error| fail(format_args!("{what}: {error}")))
    }
}

impl<T> Needed<T> for Option<T> {
    #[track_caller]
    fn needed(self, what: impl Display) -> T {
        self.unwrap_or_else(|| fail(what))
    }
}

/// What a program printed.
///
/// # Panics
///
/// When it cannot be run, or fails.
#[track_caller]
pub(crate) fn printed(command: &mut Command) -> String {
    run(command).0
}

/// What a program wrote to its output, and to its errors.
///
/// # Panics
///
/// When it cannot be run, or fails.
#[track_caller]
pub(crate) fn run(command: &mut Command) -> (String, String) {
    let done = command.stdin(Stdio::null()).output().needed(format_args!("cannot run {command:?}"));
    let [out, err] = [&done.stdout, &done.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    if !done.status.success() {
        fail(format_args!("{command:?} failed:\n{err}"));
    }
    (out, err)
}

#[expect(clippy::panic, reason = "no figures are better than wrong ones")]
#[track_caller]
fn fail(why: impl Display) -> ! {
    panic!("{why}")
}
