//! Who listens to what. What waits for a slow reader is at most what it has asked for, once each.

use std::{
    collections::{HashSet, VecDeque},
    future::poll_fn,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
};

/// What a notice is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Topic {
    Tools,
    Prompts,
    Resources,
    Resource(Box<str>),
}

#[derive(Debug, Default)]
pub(crate) struct Hub(Mutex<Room>);

#[derive(Debug, Default)]
struct Room {
    listeners: Vec<Arc<Listener>>,
    ended: bool,
}

#[derive(Debug, Default)]
struct Listener(Mutex<Inbox>);

#[derive(Debug, Default)]
struct Inbox {
    topics: HashSet<Topic>,
    /// Of these topics, each once.
    waiting: VecDeque<Topic>,
    ended: bool,
    waker: Option<Waker>,
}

/// Somebody who listens, until this is dropped.
#[derive(Debug)]
pub(crate) struct Listening {
    hub: Arc<Hub>,
    listener: Arc<Listener>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hub {
    pub(crate) fn tell(&self, topic: &Topic) {
        for listener in &locked(&self.0).listeners {
            listener.tell(topic);
        }
    }

    /// One more listener, unless there are so many.
    pub(crate) fn join(self: &Arc<Self>, topics: impl IntoIterator<Item = Topic>, most: usize) -> Option<Listening> {
        let mut room = locked(&self.0);
        if room.listeners.len() >= most {
            return None;
        }
        let topics = topics.into_iter().collect();
        let listener = Arc::new(Listener(Mutex::new(Inbox { topics, ended: room.ended, ..Inbox::default() })));
        room.listeners.push(listener.clone());
        Some(Listening { hub: self.clone(), listener })
    }

    /// From now on nothing more comes: who listens hears of what waits, and then of the end.
    pub(crate) fn end(&self) {
        let mut room = locked(&self.0);
        room.ended = true;
        for listener in &room.listeners {
            listener.wake(|inbox| inbox.ended = true);
        }
    }
}

impl Listener {
    fn tell(&self, topic: &Topic) {
        self.wake(|inbox| {
            if inbox.topics.contains(topic) && !inbox.waiting.contains(topic) {
                inbox.waiting.push_back(topic.clone());
            }
        });
    }

    fn wake(&self, change: impl FnOnce(&mut Inbox)) {
        let mut inbox = locked(&self.0);
        change(&mut inbox);
        if inbox.ended || !inbox.waiting.is_empty() {
            let waker = inbox.waker.take();
            drop(inbox);
            waker.into_iter().for_each(Waker::wake);
        }
    }
}

impl Listening {
    /// What is told next; `None` once the server is stopping.
    pub(crate) async fn next(&self) -> Option<Topic> {
        poll_fn(|context| {
            let mut inbox = locked(&self.listener.0);
            if let Some(topic) = inbox.waiting.pop_front() {
                return Poll::Ready(Some(topic));
            }
            if inbox.ended {
                return Poll::Ready(None);
            }
            inbox.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Listens to these too, each once and no more than so many in all; `false`: they are too many.
    pub(crate) fn add(&self, topics: impl IntoIterator<Item = Topic>, most: usize) -> bool {
        let mut inbox = locked(&self.listener.0);
        topics.into_iter().all(|topic| inbox.topics.contains(&topic) || inbox.topics.len() < most && inbox.topics.insert(topic))
    }

    /// Hears nothing more of this.
    pub(crate) fn remove(&self, topic: &Topic) {
        let mut inbox = locked(&self.listener.0);
        inbox.topics.remove(topic);
        inbox.waiting.retain(|known| known != topic);
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        locked(&self.hub.0).listeners.retain(|listener| !Arc::ptr_eq(listener, &self.listener));
    }
}

#[cfg(test)]
mod tests {
    use super::{Hub, Listening, Topic};
    use std::{
        pin::pin,
        sync::Arc,
        task::{Context, Poll, Waker},
    };

    fn heard(listening: &Listening) -> Poll<Option<Topic>> {
        pin!(listening.next()).poll(&mut Context::from_waker(Waker::noop()))
    }

    fn resource(uri: &str) -> Topic {
        Topic::Resource(uri.into())
    }

    #[test]
    fn what_changes_often_is_told_once_and_in_its_order() {
        let hub = Arc::new(Hub::default());
        let listening = hub.join(vec![Topic::Tools, resource("a://b")], 1).unwrap();
        for _ in 0..1000 {
            hub.tell(&resource("a://b"));
            hub.tell(&Topic::Tools);
            hub.tell(&Topic::Prompts);
            hub.tell(&resource("a://c"));
        }
        assert_eq!(heard(&listening), Poll::Ready(Some(resource("a://b"))));
        hub.tell(&resource("a://b"));
        assert_eq!(heard(&listening), Poll::Ready(Some(Topic::Tools)));
        assert_eq!(heard(&listening), Poll::Ready(Some(resource("a://b"))));
        assert_eq!(heard(&listening), Poll::Pending);
    }

    #[test]
    fn who_leaves_makes_room() {
        let hub = Arc::new(Hub::default());
        let first = hub.join(Vec::new(), 1).unwrap();
        assert!(hub.join(Vec::new(), 1).is_none());
        drop(first);
        assert!(hub.join(Vec::new(), 1).is_some());
    }

    #[test]
    fn what_waits_is_told_before_the_end() {
        let hub = Arc::new(Hub::default());
        let listening = hub.join(vec![Topic::Tools], 2).unwrap();
        hub.tell(&Topic::Tools);
        hub.end();
        assert_eq!(heard(&listening), Poll::Ready(Some(Topic::Tools)));
        assert_eq!(heard(&listening), Poll::Ready(None));
        assert_eq!(heard(&hub.join(Vec::new(), 2).unwrap()), Poll::Ready(None), "who comes later hears of it too");
    }

    #[test]
    fn what_nobody_wants_any_more_is_not_told() {
        let hub = Arc::new(Hub::default());
        let listening = hub.join(Vec::new(), 1).unwrap();
        assert!(listening.add([resource("a"), resource("b"), resource("a")], 2));
        assert!(!listening.add([resource("c")], 2));
        hub.tell(&resource("a"));
        hub.tell(&resource("b"));
        listening.remove(&resource("a"));
        hub.tell(&resource("a"));
        assert_eq!(heard(&listening), Poll::Ready(Some(resource("b"))));
        assert_eq!(heard(&listening), Poll::Pending);
    }
}
