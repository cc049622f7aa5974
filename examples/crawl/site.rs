//! The site that is crawled: hosts on ports of 127.0.0.1, which keep account of what they are asked for.

use std::{
    collections::BTreeSet,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Html,
    routing::get,
};
use tokio::{net::TcpListener, sync::watch, task::JoinSet, time::sleep};

use crate::url::Url;

/// So many hosts,
const HOSTS: usize = 4;
/// each with so many pages.
const PAGES: usize = 40;

/// A site that is served as long as this lives.
pub(crate) struct Site {
    home: Vec<Url>,
    seen: watch::Receiver<usize>,
    book: Arc<Book>,
    _servers: JoinSet<io::Result<()>>,
}

/// What the hosts saw.
#[derive(Clone, Default)]
pub(crate) struct Seen {
    /// What was asked for, be it there or not.
    pub(crate) requests: usize,
    /// The pages that were served, in order.
    pub(crate) pages: Vec<Url>,
    /// How many requests there were to one host at once, at most.
    pub(crate) most_of_one_host: usize,
    /// How many there were to all hosts at once.
    pub(crate) most_of_all: usize,
    now: [usize; HOSTS],
}

/// The account that all hosts keep.
struct Book {
    seen: Mutex<Seen>,
    served: watch::Sender<usize>,
}

impl Book {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One host.
#[derive(Clone)]
struct Host {
    number: usize,
    /// The first pages of all hosts.
    home: Vec<Url>,
    book: Arc<Book>,
}

impl Site {
    pub(crate) async fn serve() -> io::Result<Self> {
        let mut listeners = Vec::new();
        for _ in 0..HOSTS {
            listeners.push(TcpListener::bind("127.0.0.1:0").await?);
        }
        let url = |listener: &TcpListener| Ok(Url { host: listener.local_addr()?, path: "/0".to_owned() });
        let home = listeners.iter().map(url).collect::<io::Result<Vec<_>>>()?;
        let (served, seen) = watch::channel(0);
        let book = Arc::new(Book { seen: Mutex::default(), served });
        let servers = listeners.into_iter().enumerate().map(|(number, listener)| {
            let host = Host { number, home: home.clone(), book: book.clone() };
            let app = Router::new().route("/{page}", get(page)).with_state(host);
            async move { axum::serve(listener, app).await }
        });
        Ok(Self { seen, book: book.clone(), _servers: servers.collect(), home })
    }

    /// The first page of the first host.
    pub(crate) fn home(&self) -> Url {
        self.home[0].clone()
    }

    pub(crate) fn hosts(&self) -> impl Iterator<Item = SocketAddr> {
        self.home.iter().map(|url| url.host)
    }

    pub(crate) fn seen(&self) -> Seen {
        self.book.seen().clone()
    }

    /// Ends when so many pages have been served.
    pub(crate) fn has_served(&self, pages: usize) -> impl Future<Output = ()> + use<> {
        let mut seen = self.seen.clone();
        async move {
            let _ = seen.wait_for(|served| *served >= pages).await;
        }
    }

    /// All pages that can be reached from the first.
    pub(crate) fn reachable(&self) -> BTreeSet<Url> {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![(0, 0)];
        while let Some((host, page)) = waiting.pop() {
            if page < PAGES && reached.insert(url(&self.home, host, page)) {
                waiting.extend(links(host, page));
            }
        }
        reached
    }
}

fn url(home: &[Url], host: usize, page: usize) -> Url {
    Url { host: home[host].host, path: format!("/{page}") }
}

/// Where a page links to: home, most to two pages of their own host, half of them to one of the next, some to one that is not there.
fn links(host: usize, page: usize) -> impl Iterator<Item = (usize, usize)> {
    let below = [2 * page + 1, 2 * page + 2].map(|page| (host, page));
    let below = below.into_iter().filter(move |(_, below)| page % 6 != 5 && *below < PAGES);
    let next = page.is_multiple_of(2).then_some(((host + 1) % HOSTS, page / 2));
    let broken = (page % 10 == 3).then_some((host, PAGES + page));
    below.chain([(host, 0)]).chain(next).chain(broken)
}

/// `GET /12`
async fn page(Path(page): Path<usize>, State(host): State<Host>) -> Result<Html<String>, StatusCode> {
    host.enter();
    sleep(Duration::from_millis(2)).await;
    host.leave(page);
    if page >= PAGES {
        return Err(StatusCode::NOT_FOUND);
    }
    let link = |(to, page)| format!("<a href=\"{}\">{page}</a>", url(&host.home, to, page));
    Ok(Html(links(host.number, page).map(link).collect()))
}

impl Host {
    fn enter(&self) {
        let mut seen = self.book.seen();
        seen.requests += 1;
        seen.now[self.number] += 1;
        seen.most_of_one_host = seen.most_of_one_host.max(seen.now[self.number]);
        seen.most_of_all = seen.most_of_all.max(seen.now.iter().sum());
    }

    fn leave(&self, page: usize) {
        let mut seen = self.book.seen();
        seen.now[self.number] -= 1;
        if page < PAGES {
            seen.pages.push(url(&self.home, self.number, page));
        }
        self.book.served.send_replace(seen.pages.len());
    }
}
