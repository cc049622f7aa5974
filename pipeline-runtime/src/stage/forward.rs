//! `forward`: items leave the pipeline into a channel or a `futures::Sink`.

use std::marker::PhantomData;
use std::pin::Pin;

use futures_sink::Sink;
use futures_util::SinkExt;
use tokio::sync::mpsc;

/// Where `forward` sends to. A closed receiver is an early end.
pub trait Forward<T>: Send {
    /// What can go wrong but for a closed receiver.
    type Error;

    /// Sends an item; `false`: nobody receives any more.
    fn send(&mut self, item: T) -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// Resolves when nobody receives any more; for ever pending where that cannot be known.
    fn closed(&mut self) -> impl Future<Output = ()> + Send {
        std::future::pending()
    }

    /// All has been sent.
    fn close(&mut self) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// Sends into a tokio channel.
pub struct ToChannel<S>(S);

impl<T: Send> Forward<T> for ToChannel<mpsc::Sender<T>> {
    type Error = std::convert::Infallible;

    async fn send(&mut self, item: T) -> Result<bool, Self::Error> {
        Ok(self.0.send(item).await.is_ok())
    }

    async fn closed(&mut self) {
        self.0.closed().await;
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

impl<T: Send> Forward<T> for ToChannel<mpsc::UnboundedSender<T>> {
    type Error = std::convert::Infallible;

    async fn send(&mut self, item: T) -> Result<bool, Self::Error> {
        Ok(self.0.send(item).is_ok())
    }

    async fn closed(&mut self) {
        self.0.closed().await;
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// Feeds a `futures::Sink`.
pub struct ToSink<S>(Pin<Box<S>>);

impl<T: Send, S: Sink<T, Error: Send> + Send> Forward<T> for ToSink<S> {
    type Error = S::Error;

    async fn send(&mut self, item: T) -> Result<bool, Self::Error> {
        self.0.send(item).await.map(|()| true)
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.0.close().await
    }
}

/// Tells channels from sinks by autoref dispatch, as [`SourceProbe`](super::SourceProbe) does for sources.
pub struct ForwardProbe<S>(PhantomData<fn() -> S>);

impl<S> ForwardProbe<S> {
    /// Of what kind is this?
    pub fn new(_: &S) -> Self {
        Self(PhantomData)
    }
}

/// How items are forwarded.
pub mod kinds {
    /// Into a tokio channel.
    pub struct Channel;
    /// Into a `futures::Sink`.
    pub struct Sink;
}

/// Picks the kind; see [`ForwardProbe`].
pub trait ForwardKind {
    /// The kind.
    type Kind;
    /// The kind.
    fn kind_of_target(&self) -> Self::Kind;
}

impl<T> ForwardKind for &ForwardProbe<mpsc::Sender<T>> {
    type Kind = kinds::Channel;
    fn kind_of_target(&self) -> kinds::Channel {
        kinds::Channel
    }
}

impl<T> ForwardKind for &ForwardProbe<mpsc::UnboundedSender<T>> {
    type Kind = kinds::Channel;
    fn kind_of_target(&self) -> kinds::Channel {
        kinds::Channel
    }
}

impl<S> ForwardKind for ForwardProbe<S> {
    type Kind = kinds::Sink;
    fn kind_of_target(&self) -> kinds::Sink {
        kinds::Sink
    }
}

impl kinds::Channel {
    /// The channel as a target.
    pub fn target<S>(self, sender: S) -> ToChannel<S> {
        ToChannel(sender)
    }
}

impl kinds::Sink {
    /// The sink as a target.
    pub fn target<S>(self, sink: S) -> ToSink<S> {
        ToSink(Box::pin(sink))
    }
}
