//! Asks the service.

use std::{
    error::Error,
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use reqwest::StatusCode;

use crate::{orders::Order, service::Customer};

/// A client of the service, which writes down when it asks.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    service: SocketAddr,
    asked: Arc<Mutex<Vec<Instant>>>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// There is no such customer: no use to ask again.
    Unknown(u32),
    /// The service is not well.
    Status(StatusCode),
    /// The service cannot be reached, or hangs up.
    Transport(reqwest::Error),
}

impl Trouble {
    /// The service has answered, though it is not what we would like to hear.
    pub(crate) fn is_an_answer(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(customer) => write!(f, "no customer has the number {customer}"),
            Self::Status(status) => write!(f, "the service answers {status}"),
            Self::Transport(_) => f.write_str("the service does not answer"),
        }
    }
}

impl Error for Trouble {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::Unknown(_) | Self::Status(_) => None,
        }
    }
}

impl From<reqwest::Error> for Trouble {
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(error.without_url())
    }
}

impl Client {
    pub(crate) fn new(service: SocketAddr) -> Result<Self, reqwest::Error> {
        // a connection for each request, so that each can be refused
        let http = reqwest::Client::builder().pool_max_idle_per_host(0).build()?;
        Ok(Self { http, service, asked: Arc::default() })
    }

    /// Who has placed this order?
    pub(crate) async fn customer(&self, order: &Order) -> Result<Customer, Trouble> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
        let Order { customer, .. } = order;
        let answer = self.http.get(format!("http://{}/customers/{customer}", self.service)).send().await?;
        match answer.status() {
            StatusCode::OK => Ok(answer.json().await?),
            StatusCode::NOT_FOUND => Err(Trouble::Unknown(*customer)),
            status => Err(Trouble::Status(status)),
        }
    }

    /// When it has asked, in order.
    pub(crate) fn asked(&self) -> Vec<Instant> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
