//! What is done about failures and loads outside: policies of a stage.

pub mod breaker;
mod setting;

pub use setting::SettingError;
