//! Every limit of size and time, for all hosts.

use std::time::Duration;

use model::OperationKind;

/// A request's body. The largest we take is a map of behaviors, some 100 bytes each.
pub const REQUEST_BODY: usize = 64 * 1024;

/// From a connection's first moment to the last line of a request's head.
pub const REQUEST_HEAD_TIME: Duration = Duration::from_secs(5);

/// From a request's head to the last byte of its body, however steadily it drips.
pub const REQUEST_BODY_TIME: Duration = Duration::from_secs(5);

/// How long fetching the keys of Access may take.
pub const KEYS_TIME: Duration = Duration::from_secs(5);

/// How much of the keys' answer is read; Access's is some 8 KiB.
pub const KEYS_BODY: usize = 64 * 1024;

/// How long the look at what is there before a change may hold the change up.
pub const LOOK_TIME: Duration = Duration::from_secs(3);

/// The same where the change depends on what is seen.
pub const COMPARED_LOOK_TIME: Duration = Duration::from_secs(10);

/// How long a change may wait for another of the same that is under way.
pub const TURN_TIME: Duration = Duration::from_secs(15);

/// What is under way when a host is told to stop may take this long to finish: service managers
/// lose patience after ten seconds and more.
pub const DRAIN_TIME: Duration = Duration::from_secs(9);

/// Of that time, connections that are kept open for more requests stay open for this long: one may
/// be on its way.
pub const LINGER_TIME: Duration = Duration::from_secs(1);

/// As many connections at a time, if the system lets us open as many files. Whoever comes then
/// waits for one to close; an idle one does after [`REQUEST_HEAD_TIME`].
pub const CONNECTIONS: usize = 8_192;

/// How long the upstream may take, from the first byte sent to the last byte read.
#[must_use]
pub const fn upstream_time(operation: OperationKind) -> Duration {
    match operation {
        // The whole account in one answer: some 200 bytes a person.
        OperationKind::Summary => Duration::from_secs(60),
        _ => Duration::from_secs(15),
    }
}

/// How long reaching the upstream may take, of the time it has.
pub const CONNECT_TIME: Duration = Duration::from_secs(3);

/// How long the upstream may send no byte, of the time it has.
pub const READ_TIME: Duration = Duration::from_secs(10);

/// How long a read waits by itself when the upstream takes no more requests for now.
pub const RETRY_WAIT: Duration = Duration::from_secs(5);

/// An answer within this size is read whole and checked before any of it is passed on, so that
/// whatever is wrong with it is said in words. Of a larger one see [`crate::reply::Passing`].
pub const WHOLE_ANSWER: usize = 1024 * 1024;

/// An answer within this size is held by whoever asked for it; how many larger ones there may be at
/// a time is [`LARGE_ANSWERS`].
pub const SMALL_ANSWER: usize = 256 * 1024;

/// So many answers over [`SMALL_ANSWER`] are under way at a time: each has up to [`WHOLE_ANSWER`] in
/// memory, and what it takes to compress it. Others wait for [`ROOM_TIME`].
pub const LARGE_ANSWERS: usize = 8;

/// Of those, so many are held whole although they are over [`WHOLE_ANSWER`].
pub const HELD_ANSWERS: usize = 1;

/// How long an answer waits until there is memory for it.
pub const ROOM_TIME: Duration = Duration::from_secs(10);

/// How long whoever asked for an answer over [`SMALL_ANSWER`] may take to read it.
pub const SEND_TIME: Duration = Duration::from_secs(60);

/// How much of a summary, compressed, is held to find out whether it is the one that was seen
/// before: that of 250,000 people.
pub const HELD_SUMMARY: usize = 12 * 1024 * 1024;

/// The largest answer that is read whole.
pub const LARGE_ANSWER: usize = 8 * 1024 * 1024;

/// How much of an upstream answer is read.
#[must_use]
pub const fn upstream_body(operation: OperationKind) -> usize {
    match operation {
        OperationKind::Summary => 256 * 1024 * 1024,
        _ => LARGE_ANSWER,
    }
}
