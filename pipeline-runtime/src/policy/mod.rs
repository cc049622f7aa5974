//! What is done about failures and loads outside: policies of a stage.

pub mod breaker;
pub mod limit;
#[cfg(feature = "rate")]
pub mod rate;
mod setting;

pub use setting::SettingError;
