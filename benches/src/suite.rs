//! All tables of a run, and the goals that they are held to.

use std::fs;
use std::io;
use std::path::Path;
use std::rc::Rc;

use serde::Serialize;

use crate::go::Go;
use crate::machine::Machine;
use crate::options::Options;
use crate::table::{Figures, Table};

/// What has been measured.
#[derive(Debug)]
pub struct Suite {
    pub(crate) options: Options,
    pub(crate) tables: Vec<Figures>,
    goals: Vec<Verdict>,
    notes: Vec<String>,
    /// What was built for Go, once it was asked for.
    go: Option<Option<Rc<Go>>>,
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
    machine: &'a Machine,
    quick: bool,
    tables: &'a [Figures],
    goals: &'a [Verdict],
    notes: &'a [String],
}

impl Suite {
    /// Nothing measured yet.
    pub fn new(options: Options) -> Self {
        Self { options, tables: Vec::new(), goals: Vec::new(), notes: Vec::new(), go: None }
    }

    /// A table to be filled and run; `title` says what is compared.
    pub(crate) fn table<'a>(&'a mut self, name: &'static str, title: impl Into<String>) -> Table<'a> {
        Table::new(self, name, title.into())
    }

    pub(crate) fn add(&mut self, figures: Figures, goals: Vec<Verdict>) {
        self.tables.push(figures);
        self.goals.extend(goals);
    }

    /// Says what is left out, and why.
    pub(crate) fn note(&mut self, note: String) {
        println!("\n{note}");
        self.notes.push(note);
    }

    /// The peers in Go, if such a case is asked for and they can be built.
    pub(crate) fn go(&mut self, table: &str, case: &str) -> Option<Rc<Go>> {
        if !self.options.wants(table, case) {
            return None;
        }
        if self.go.is_none() {
            let go = Go::build().map(Rc::new);
            if go.is_none() {
                self.note("Go is left out: there is no `go` on the path.".to_owned());
            }
            self.go = Some(go);
        }
        self.go.clone().flatten()
    }

    /// A table that has been run.
    pub(crate) fn figures(&self, table: &str) -> Option<&Figures> {
        self.tables.iter().find(|figures| figures.is_named(table))
    }

    /// Prints the goals, and writes all figures: as JSON, and as a page if there is to be one.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub fn finish(self) -> io::Result<()> {
        let goals = self.goals();
        print!("{goals}");

        let machine = Machine::here();
        let (Self { options, tables, goals: verdicts, notes, .. }, quick) = (&self, self.options.quick);
        let report = Report { machine: &machine, quick, tables, goals: verdicts, notes };
        write(&options.json, &serde_json::to_string_pretty(&report)?)?;
        if let Some(page) = &options.markdown {
            let quick = if quick { ", with `--quick`" } else { "" };
            let mut text = format!("# Figures\n\nWritten by `cargo bench -p benches`{quick}: {machine}.\n");
            for part in tables.iter().map(Figures::to_string).chain([goals]) {
                text += &part;
            }
            for note in notes {
                text += &format!("\n{note}\n");
            }
            write(page, &text)?;
        }
        Ok(())
    }

    fn goals(&self) -> String {
        let mut text = String::new();
        if !self.goals.is_empty() {
            text += "\n## Goals\n\n| table | goal | measured | |\n|---|---|---|---|\n";
        }
        for Verdict { table, goal, measured, met } in &self.goals {
            text += &format!("| {table} | {goal} | {measured:.2} | {} |\n", if *met { "met" } else { "missed" });
        }
        text
    }
}

/// Writes a file into a folder that need not be there yet.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)?;
    println!("\nwritten to {}", path.display());
    Ok(())
}
