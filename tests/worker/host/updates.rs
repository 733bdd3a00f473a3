//! D1 to D6 at the Worker, in front of the native program's simulator, and what has not changed, short.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use conformance::{
    ADMIN, Access, RISK, TOKEN,
    faults::Site,
    faulty::Faulty,
    updates,
    wire::{self, Console},
};
use riskdesk_worker_tests::{Folder, RISKDESK, Worker, place};

use crate::site;

/// `riskdesk sim`; killed when dropped.
struct Simulator {
    child: Child,
    address: SocketAddr,
}

impl Simulator {
    fn start(users: &str) -> Self {
        let mut program = Command::new(place(RISKDESK));
        program.args(["sim", "--users", users, "--token", TOKEN, "--listen", "127.0.0.1:0"]);
        let mut child = program.stdout(Stdio::piped()).spawn().expect("the program runs");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output is ours");
        BufReader::new(stdout).read_line(&mut line).expect("it says where it listens");
        let (_, rest) = line.split_once("http://").expect("by its URL");
        let end = rest.find(['/', ' ']).expect("the URL ends");
        Self { child, address: rest[..end].parse().expect("the URL is an address") }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // One that has ended by itself needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An admin at the Worker in front of so many simulated people, and all that it takes.
fn simulated(users: &str) -> (Console, (Access, Simulator, Worker, Folder)) {
    let (access, simulator) = (Access::start(), Simulator::start(users));
    let folder = site::folder(&access, simulator.address, &[]);
    let worker = Worker::start(&folder);
    let admin = Console::of(worker.address, &access, ADMIN);
    (admin, (access, simulator, worker, folder))
}

#[test]
fn d1_to_d6_nobodys_change_is_overwritten_unseen() {
    let (admin, _servers) = simulated("250");
    for update in [
        updates::a_precondition_that_is_none_or_belongs_elsewhere_is_refused,
        updates::d1_a_change_of_behaviors_that_somebody_else_changed_is_412_with_what_there_is,
        updates::d1_of_many_who_saw_the_same_one_is_served,
        updates::d2_a_change_of_an_integration_names_all_that_it_overwrites,
        updates::d4_a_creation_that_gets_no_answer_is_sent_once_and_its_outcome_is_unknown,
        updates::d1_the_same_for_an_integration_and_its_deletion,
        updates::d6_what_was_deleted_meanwhile_is_404_and_nothing_is_sent,
    ] {
        update(&admin);
    }
}

#[test]
fn what_can_not_be_compared_is_not_sent() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let folder = site::folder(&access, upstream.address, &[]);
    let worker = Worker::start(&folder);
    updates::what_can_not_be_compared_is_not_sent(&Site::new(worker.address, access, upstream));
}

#[test]
fn a_poll_that_finds_nothing_new_is_short_and_still_asks() {
    // Read whole to be answered; passed on, and held to be compared; too much to be held.
    for (users, least, short) in
        [("2000", 256 << 10, true), ("15000", 1 << 20, true), ("60000", 8 << 20, false)]
    {
        let (admin, servers) = simulated(users);
        let poll = |tag: &str| {
            let more = if tag.is_empty() { String::new() } else { format!("If-None-Match: {tag}") };
            admin.ask("GET {R}/summary", &more, "")
        };
        let first = poll("");
        let tag = first.header("etag").to_owned();
        assert_eq!((first.status, tag.len()), (200, 24), "{users}: {:?}", first.headers);
        assert!(first.body.len() > least, "{users}: {}", first.body.len());
        for _ in 0..2 {
            let again = poll(&tag);
            assert_eq!(again.header("cache-control"), "no-store");
            if short {
                assert_eq!((again.status, again.header("etag")), (304, &*tag));
                assert!(again.body.is_empty());
            } else {
                assert_eq!(again.status, 200, "{users}");
                assert!(again.body.len() > least, "{users}: {}", again.body.len());
            }
        }

        // Somebody resets the first of them, at Cloudflare itself.
        let text = first.text();
        let id = text.split_once("\"user_id\":\"").expect("somebody is there").1;
        let reset = format!("POST {RISK}/{}/reset\nAuthorization: Bearer {TOKEN}", &id[..36]);
        assert_eq!(wire::send(servers.1.address, &reset, "").status, 200, "{users}");
        let changed = poll(&tag);
        assert_eq!(changed.status, 200, "{users}: {changed:?}: {}", servers.2.output());
        assert_ne!(changed.header("etag"), tag, "{users}");
        assert!(changed.body.len() > least, "{users}: {}", changed.body.len());
        assert!(!changed.text().contains(&id[..36]), "{users}: one is gone");
        let status = poll(changed.header("etag")).status;
        assert_eq!(status, if short { 304 } else { 200 }, "{users}");
    }
}
