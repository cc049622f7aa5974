//! What comes out: a database with the enriched orders and the dead letters.

use std::path::Path;

use rusqlite::{Connection, Result};

use crate::{orders::Order, service::Customer};

/// An order, and who has placed it.
#[derive(Clone, Debug)]
pub(crate) struct Enriched {
    pub(crate) order: Order,
    pub(crate) customer: Customer,
}

/// An order that could not be stored.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    /// The line that it stands in.
    pub(crate) line: u64,
    /// What went wrong, and why.
    pub(crate) reason: String,
    /// All that is known of it, as JSON: enough to try again.
    pub(crate) text: String,
}

/// A connection to the database.
pub(crate) struct Store(Connection);

impl Store {
    /// Opens the database, and makes its tables if they are not there.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let store = Connection::open(path)?;
        store.busy_timeout(std::time::Duration::from_secs(10))?;
        store.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = NORMAL;
             CREATE TABLE IF NOT EXISTS stored (line INTEGER, id INTEGER, customer TEXT, tier INTEGER, cents INTEGER);
             CREATE TABLE IF NOT EXISTS dead (line INTEGER, reason TEXT, letter TEXT);",
        )?;
        Ok(Self(store))
    }

    /// Stores orders, all or none.
    pub(crate) fn store(&mut self, orders: &[Enriched]) -> Result<()> {
        let transaction = self.0.transaction()?;
        {
            let mut insert = transaction.prepare_cached("INSERT INTO stored VALUES (?1, ?2, ?3, ?4, ?5)")?;
            for Enriched { order, customer } in orders {
                insert.execute((order.line, order.id, &customer.name, customer.tier, order.cents))?;
            }
        }
        transaction.commit()
    }

    /// Keeps dead letters, all or none.
    pub(crate) fn bury(&mut self, letters: &[Letter]) -> Result<()> {
        let transaction = self.0.transaction()?;
        {
            let mut insert = transaction.prepare_cached("INSERT INTO dead VALUES (?1, ?2, ?3)")?;
            for Letter { line, reason, text } in letters {
                insert.execute((line, reason, text))?;
            }
        }
        transaction.commit()
    }

    /// The lines of the orders that are stored or dead letters, as often as they are.
    pub(crate) fn lines(&self) -> Result<Vec<u64>> {
        let mut query = self.0.prepare("SELECT line FROM stored UNION ALL SELECT line FROM dead ORDER BY 1")?;
        query.query_map((), |row| row.get(0))?.collect()
    }

    /// What the dead letters say, with how many say it.
    pub(crate) fn epitaphs(&self) -> Result<Vec<(String, u64)>> {
        let mut query = self.0.prepare("SELECT reason, COUNT(*) FROM dead GROUP BY reason ORDER BY 2 DESC, 1")?;
        query.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }
}
