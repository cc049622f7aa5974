//! Everyday tasks, each beside the code that it replaces.
//!
//! Every example is compiled and run as a test, both ways, on the same input.
//!
#![doc = include_str!("cookbook/parallel_parse.md")]
#![doc = include_str!("cookbook/async_enrich.md")]
#![doc = include_str!("cookbook/early_stop.md")]
#![doc = include_str!("cookbook/paginated_api.md")]
#![doc = include_str!("cookbook/fan_out_by_enum.md")]
#![doc = include_str!("cookbook/merge_sources.md")]
#![doc = include_str!("cookbook/first_match.md")]
#![doc = include_str!("cookbook/batch.md")]
#![doc = include_str!("cookbook/per_key_order.md")]
#![doc = include_str!("cookbook/dead_letters.md")]
#![doc = include_str!("cookbook/request_reply.md")]
#![doc = include_str!("cookbook/per_connection.md")]
#![doc = include_str!("cookbook/settings.md")]
#![doc = include_str!("cookbook/testing_a_stage.md")]
#![doc = include_str!("cookbook/paused_time.md")]
#![doc = include_str!("cookbook/replace_a_segment.md")]
