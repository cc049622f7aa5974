//! Crawls a web site of several hosts: every page that can be reached, each once, and from each host one at a time, in order.
//!
//! Shows `recurse` with `unique` (items that bring more items), `keyed` with `in_flight` (order and limit per host, many hosts at once),
//! broken links that are collected (`else`), and a graceful end on Ctrl-C. It serves the site itself, on ports of 127.0.0.1, and checks
//! against what the hosts saw that no page was missed or asked for twice: `cargo run --release --example crawl`.

mod site;
mod url;

use std::{
    collections::BTreeSet,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use pipeline_examples::http::Connection;
use pipeline_runtime::{BoxError, Pipeline, pipeline};
use site::Site;
use tokio::signal::ctrl_c;
use url::Url;

/// What was got, and what could not be.
struct Crawled {
    pages: Vec<Url>,
    broken: Vec<String>,
}

impl fmt::Display for Crawled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} pages, {} broken links", self.pages.len(), self.broken.len())
    }
}

pipeline! {
    /// Gets what can be reached from `start`, `at_once` pages at a time. Once `stop` is set nothing further is asked for.
    fn crawl(start: Url, at_once: usize, stop: Stop) -> Pipeline<Crawled> {
        source start = [start];

        #[keyed(|url| url.host), in_flight(at_once), unordered]
        stage visits = start.recurse(async |ref url, next| {
            if stop.is_set() {
                return None;
            }
            let text = get(url).await?;
            url::links(&text).for_each(|link| _ = next.push(link));
            Some(url.clone())
        }, unique = |url| url.clone()) else rejects;

        sink pages = visits.filter_map(|url| url).collect::<Vec<_>>();

        sink broken = rejects.map(|rejected| rejected.error().to_string()).collect::<Vec<_>>();

        Crawled { pages, broken }
    }
}

async fn get(url: &Url) -> Result<String, BoxError> {
    let answer = Connection::open(url.host).await?.get(&url.path).await?;
    match answer.status {
        200 => Ok(answer.body),
        status => Err(format!("{url}: {status}").into()),
    }
}

/// Whether the crawl is to end.
#[derive(Clone, Default)]
struct Stop(Arc<AtomicBool>);

impl Stop {
    fn is_set(&self) -> bool {
        self.0.load(Relaxed)
    }

    /// Ends with `signal`, and is set then.
    async fn set_by(self, signal: impl Future) {
        signal.await;
        self.0.store(true, Relaxed);
    }
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let site = Site::serve().await?;
    let stop = Stop::default();
    let crawled = crawl(site.home(), 8, stop.clone()).shutdown_on(stop.clone().set_by(ctrl_c())).run().await?;
    println!("{crawled}");
    check(&site, &crawled)?;
    let reachable = site.reachable();
    if !stop.is_set() && crawled.pages.iter().collect::<BTreeSet<_>>() != reachable.iter().collect() {
        return Err(format!("{} pages can be reached", reachable.len()).into());
    }

    // the same, as if by Ctrl-C in the middle: what a host has served by then is not lost
    let site = Site::serve().await?;
    let stop = Stop::default();
    let signal = stop.clone().set_by(site.has_served(20));
    let crawled = crawl(site.home(), 8, stop).shutdown_on(signal).run().await?;
    println!("stopped: {crawled}");
    check(&site, &crawled)?;
    if !(20..reachable.len()).contains(&crawled.pages.len()) {
        return Err("it was to be stopped after 20 pages".into());
    }

    println!("check: each page once, one at a time from each host, nothing lost");
    Ok(())
}

/// Compares what was crawled with what the hosts saw: the same pages, each once, those of a host in the order in which it served them.
fn check(site: &Site, crawled: &Crawled) -> Result<(), BoxError> {
    let seen = site.seen();
    for host in site.hosts() {
        let crawled = crawled.pages.iter().filter(|page| page.host == host);
        let served = seen.pages.iter().filter(|page| page.host == host);
        if !served.clone().eq(crawled) || served.clone().collect::<BTreeSet<_>>().len() != served.count() {
            return Err(format!("{host} has served other pages, or one twice, or in another order").into());
        }
    }
    if seen.requests != crawled.pages.len() + crawled.broken.len() {
        return Err(format!("{} pages were asked for", seen.requests).into());
    }
    if seen.most_of_one_host != 1 || seen.most_of_all < 2 {
        return Err(format!("{} at once of one host, {} of all", seen.most_of_one_host, seen.most_of_all).into());
    }
    Ok(())
}
