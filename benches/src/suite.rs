//! All tables of a run, and the goals that they are held to.

use std::fs;
use std::io;

use serde::Serialize;

use crate::options::Options;
use crate::table::{Figures, Table};

/// What has been measured.
#[derive(Debug)]
pub struct Suite {
    pub(crate) options: Options,
    pub(crate) tables: Vec<Figures>,
    goals: Vec<Verdict>,
}

/// A goal and what was measured.
#[derive(Serialize, Debug)]
pub(crate) struct Verdict {
    pub(crate) table: &'static str,
    pub(crate) goal: String,
    pub(crate) measured: f64,
    pub(crate) met: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    cores: usize,
    quick: bool,
    tables: &'a [Figures],
    goals: &'a [Verdict],
}

impl Suite {
    /// Nothing measured yet.
    pub fn new(options: Options) -> Self {
        Self { options, tables: Vec::new(), goals: Vec::new() }
    }

    /// A table to be filled and run; `title` says what is compared.
    pub(crate) fn table<'a>(&'a mut self, name: &'static str, title: impl Into<String>) -> Table<'a> {
        Table::new(self, name, title.into())
    }

    pub(crate) fn add(&mut self, figures: Figures, goals: Vec<Verdict>) {
        self.tables.push(figures);
        self.goals.extend(goals);
    }

    /// Prints the goals, and writes all figures as JSON.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn finish(self) -> io::Result<()> {
        if !self.goals.is_empty() {
            println!("\n## Goals\n\n| table | goal | measured | |\n|---|---|---|---|");
            for Verdict { table, goal, measured, met } in &self.goals {
                println!("| {table} | {goal} | {measured:.2} | {} |", if *met { "met" } else { "missed" });
            }
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let report = Report { cores, quick: self.options.quick, tables: &self.tables, goals: &self.goals };
        if let Some(folder) = self.options.json.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.options.json, serde_json::to_string_pretty(&report)?)?;
        println!("\nwritten to {}", self.options.json.display());
        Ok(())
    }
}
