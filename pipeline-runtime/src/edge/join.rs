//! Several edges as one input: `merge`, `zip`, `concat`.

use std::collections::VecDeque;
use std::task::{Context, Poll};
use std::vec;

use crate::stage::{Inlet, Park, Supply};

/// An input whose items are wrapped as they enter, the mirror of `route`.
pub struct Wrapped<I, F> {
    input: I,
    wrap: F,
}

impl<I: Inlet, U, F: FnMut(I::Item) -> U> Wrapped<I, F> {
    /// Wraps each item of `input`.
    pub fn new(input: I, wrap: F) -> Self {
        Self { input, wrap }
    }
}

impl<I: Inlet, U, F: FnMut(I::Item) -> U> Supply for Wrapped<I, F> {
    type Item = U;

    fn pop(&mut self) -> Option<U> {
        self.input.pop().map(&mut self.wrap)
    }
}

impl<I: Inlet, U, F: FnMut(I::Item) -> U + Send> Inlet for Wrapped<I, F> {
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        self.input.poll_more(cx)
    }
}

impl<I: Inlet, F: Send> Park for Wrapped<I, F> {
    fn before_park(&mut self) {
        self.input.before_park();
    }
}

/// A part of a join.
pub type Part<T> = Box<dyn Inlet<Item = T>>;

/// Items of all parts as they come, without an order between the parts. Ends when all have ended that are not weak, and
/// closes the weak ones then.
pub struct Merge<T> {
    parts: VecDeque<MergePart<T>>,
    /// Parts that are neither weak nor have ended.
    strong: usize,
}

struct MergePart<T> {
    part: Part<T>,
    weak: bool,
}

impl<T> Merge<T> {
    /// The parts, polled in turns.
    pub fn new(parts: Vec<Part<T>>) -> Self {
        let strong = parts.len();
        Self { parts: parts.into_iter().map(|part| MergePart { part, weak: false }).collect(), strong }
    }

    /// Adds parts that keep nothing alive.
    pub fn weak(mut self, parts: Vec<Part<T>>) -> Self {
        self.parts.extend(parts.into_iter().map(|part| MergePart { part, weak: true }));
        self
    }

    /// The part in front has ended.
    fn drop_front(&mut self) {
        if self.parts.pop_front().is_some_and(|part| !part.weak) {
            self.strong -= 1;
        }
        if self.strong == 0 {
            // Now, not when the stage has ended: who feeds them need not work for nothing meanwhile.
            self.parts.clear();
        }
    }
}

impl<T> Supply for Merge<T> {
    type Item = T;

    fn pop(&mut self) -> Option<T> {
        self.parts.front_mut()?.part.pop()
    }

    fn lend(&mut self) -> vec::IntoIter<T> {
        self.parts.front_mut().map(|front| front.part.lend()).unwrap_or_default()
    }

    fn give_back(&mut self, left: vec::IntoIter<T>) {
        if let Some(front) = self.parts.front_mut() {
            front.part.give_back(left);
        }
    }
}

impl<T> Inlet for Merge<T> {
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        // The part that was read last goes to the back, so that a busy one can neither starve the others nor hide that
        // they have ended.
        if self.parts.len() > 1 {
            self.parts.rotate_left(1);
        }
        let mut polled = 0;
        while polled < self.parts.len() {
            match self.parts.front_mut().map(|front| front.part.poll_more(cx)) {
                Some(Poll::Ready(true)) => return Poll::Ready(true),
                Some(Poll::Ready(false)) => self.drop_front(),
                Some(Poll::Pending) => {
                    self.parts.rotate_left(1);
                    polled += 1;
                }
                None => break,
            }
        }
        if self.parts.is_empty() { Poll::Ready(false) } else { Poll::Pending }
    }
}

impl<T> Park for Merge<T> {
    fn before_park(&mut self) {
        self.parts.iter_mut().for_each(|each| each.part.before_park());
    }
}

/// All items of the first part, then all of the second, and so on.
pub struct Concat<T> {
    parts: VecDeque<Part<T>>,
}

impl<T> Concat<T> {
    /// The parts in their order.
    pub fn new(parts: Vec<Part<T>>) -> Self {
        Self { parts: parts.into() }
    }
}

impl<T> Supply for Concat<T> {
    type Item = T;

    fn pop(&mut self) -> Option<T> {
        self.parts.front_mut()?.pop()
    }

    fn lend(&mut self) -> vec::IntoIter<T> {
        self.parts.front_mut().map(|part| part.lend()).unwrap_or_default()
    }

    fn give_back(&mut self, left: vec::IntoIter<T>) {
        if let Some(part) = self.parts.front_mut() {
            part.give_back(left);
        }
    }
}

impl<T> Inlet for Concat<T> {
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        while let Some(part) = self.parts.front_mut() {
            match part.poll_more(cx) {
                Poll::Ready(false) => drop(self.parts.pop_front()),
                other => return other,
            }
        }
        Poll::Ready(false)
    }
}

impl<T> Park for Concat<T> {
    fn before_park(&mut self) {
        self.parts.iter_mut().for_each(|part| part.before_park());
    }
}

/// A part of a [`Zip`], of which all are read at once or none.
pub trait Side: Inlet {
    /// What comes while nobody waits may be dropped.
    const DROPS: bool = false;

    /// Whether an item is at hand, and stays so until it is taken.
    fn is_ready(&self) -> bool;
}

/// Items of all parts side by side, as a tuple. Ends with the first part that ends.
pub struct Zip<P>(P);

impl<P> Zip<P> {
    /// The parts, a tuple.
    pub fn new(parts: P) -> Self {
        Self(parts)
    }
}

macro_rules! zip {
    ($($part:ident $index:tt),+) => {
        impl<$($part: Side),+> Supply for Zip<($($part,)+)> {
            type Item = ($($part::Item,)+);

            fn pop(&mut self) -> Option<Self::Item> {
                if $(self.0.$index.is_ready())&&+ { Some(($(self.0.$index.pop()?,)+)) } else { None }
            }
        }

        impl<$($part: Side),+> Inlet for Zip<($($part,)+)> {
            fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
                // All sides are asked, also when one is pending: each of them learns that somebody waits. One that drops
                // is so first, before its producer has room on another side.
                let asked_first = [$(if $part::DROPS { Some(self.0.$index.poll_more(cx)) } else { None }),+];
                let polls = [$(match asked_first[$index] {
                    Some(poll) => poll,
                    None => self.0.$index.poll_more(cx),
                }),+];
                if polls.contains(&Poll::Ready(false)) {
                    return Poll::Ready(false);
                }
                if polls.iter().all(Poll::is_ready) {
                    return Poll::Ready(true);
                }
                // A side that is ready need not have let go of what was taken of it, and its producer may be who the
                // other sides wait for.
                self.before_park();
                Poll::Pending
            }
        }

        impl<$($part: Side),+> Park for Zip<($($part,)+)> {
            fn before_park(&mut self) {
                $(self.0.$index.before_park();)+
            }
        }
    };
}

zip!(A 0, B 1);
zip!(A 0, B 1, C 2);
zip!(A 0, B 1, C 2, D 3);
zip!(A 0, B 1, C 2, D 3, G 4);
zip!(A 0, B 1, C 2, D 3, G 4, H 5);
zip!(A 0, B 1, C 2, D 3, G 4, H 5, I 6);
zip!(A 0, B 1, C 2, D 3, G 4, H 5, I 6, J 7);
