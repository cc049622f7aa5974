//! A setting of a policy that cannot be.

use std::fmt;

/// A setting of a policy has a value that cannot be: no calls in a window, a rate above 1, a time of zero.
///
/// ```
/// use pipeline_runtime::Breaker;
///
/// let error = Breaker::builder().count_window(0).build().unwrap_err();
/// assert_eq!(error.setting(), "count_window");
/// assert_eq!(error.to_string(), "`count_window` must be at least 1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingError {
    setting: &'static str,
    must: &'static str,
}

impl SettingError {
    pub(super) fn new(setting: &'static str, must: &'static str) -> Self {
        Self { setting, must }
    }

    /// The setting's name.
    pub fn setting(&self) -> &'static str {
        self.setting
    }
}

/// Fails unless the setting is as it must be.
pub(super) fn require(holds: bool, setting: &'static str, must: &'static str) -> Result<(), SettingError> {
    if holds { Ok(()) } else { Err(SettingError::new(setting, must)) }
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` must be {}", self.setting, self.must)
    }
}

impl std::error::Error for SettingError {}
