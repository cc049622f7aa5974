//! The service that is asked, on a port of 127.0.0.1: it knows the customers, and is not always well.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
    serve::Listener,
};
use serde::{Deserialize, Serialize};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::sleep,
};

use crate::{
    chaos::{Answer, Chaos},
    orders::CUSTOMERS,
};

/// What the service knows of a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Customer {
    pub(crate) name: String,
    pub(crate) tier: u32,
}

impl Customer {
    /// The customer of this number, if there is one.
    pub(crate) fn of(number: u32) -> Option<Self> {
        (number < CUSTOMERS).then(|| Self { name: format!("customer {number}"), tier: number % 3 })
    }
}

/// The service, for as long as this lives.
pub(crate) struct Service {
    address: SocketAddr,
    connections: watch::Receiver<u64>,
    _server: JoinSet<io::Result<()>>,
}

type Shared = Arc<Mutex<Chaos>>;

impl Service {
    pub(crate) async fn serve(chaos: Chaos) -> io::Result<Self> {
        let (counter, connections) = watch::channel(0);
        let chaos = Arc::new(Mutex::new(chaos));
        let port =
            Port { listener: TcpListener::bind("127.0.0.1:0").await?, chaos: chaos.clone(), connections: counter };
        let address = port.listener.local_addr()?;
        let app = Router::new().route("/customers/{number}", get(customer)).with_state(chaos);
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(port, app).await });
        Ok(Self { address, connections, _server: server })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections it has seen, those that it refused included.
    pub(crate) fn connections(&self) -> u64 {
        *self.connections.borrow()
    }

    /// Waits until it has seen so many.
    pub(crate) fn has_seen(&self, connections: u64) -> impl Future<Output = ()> + Send + 'static {
        let mut seen = self.connections.clone();
        async move {
            // an error says that the service is gone: nobody waits for it any longer
            _ = seen.wait_for(|seen| *seen >= connections).await;
        }
    }
}

async fn customer(State(chaos): State<Shared>, Path(number): Path<u32>) -> Result<Json<Customer>, StatusCode> {
    let answer = locked(&chaos).answer();
    match answer {
        Answer::Fails => Err(StatusCode::SERVICE_UNAVAILABLE),
        Answer::After(time) => {
            sleep(time).await;
            Customer::of(number).map(Json).ok_or(StatusCode::NOT_FOUND)
        }
    }
}

/// A listener that hangs up on some who come.
struct Port {
    listener: TcpListener,
    chaos: Shared,
    connections: watch::Sender<u64>,
}

impl Listener for Port {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            let connection = Listener::accept(&mut self.listener).await;
            let number = *self.connections.borrow() + 1;
            let is_refused = locked(&self.chaos).refuses(number);
            self.connections.send_replace(number);
            if !is_refused {
                return connection;
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

fn locked(chaos: &Shared) -> MutexGuard<'_, Chaos> {
    chaos.lock().unwrap_or_else(PoisonError::into_inner)
}
