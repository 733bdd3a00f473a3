//! D1 to D6 at the Worker, in front of the native program's simulator, and what has not changed, short.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use conformance::{
    ADMIN, Access, TOKEN,
    faults::Site,
    faulty::Faulty,
    updates,
    wire::{Console, OWN_PAGE},
};
use riskdesk_worker_tests::{Folder, RISKDESK, Worker, place};

use crate::site;

/// `riskdesk sim`; killed when dropped.
struct Simulator {
    child: Child,
    address: SocketAddr,
}

impl Simulator {
    fn start() -> Self {
        let mut program = Command::new(place(RISKDESK));
        program.args(["sim", "--users", "2000", "--token", TOKEN, "--listen", "127.0.0.1:0"]);
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

/// An admin at the Worker in front of the simulator, and all that it takes.
fn simulated() -> (Console, (Access, Simulator, Worker, Folder)) {
    let (access, simulator) = (Access::start(), Simulator::start());
    let folder = site::folder(&access, simulator.address, &[]);
    let worker = Worker::start(&folder);
    let admin = Console::of(worker.address, &access, ADMIN);
    (admin, (access, simulator, worker, folder))
}

#[test]
fn d1_to_d6_nobodys_change_is_overwritten_unseen() {
    let (admin, _servers) = simulated();
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
    let (admin, _servers) = simulated();
    let poll = |more: &str| admin.ask("GET {R}/summary", more, "");
    let first = poll("");
    let tag = first.header("etag").to_owned();
    assert_eq!((first.status, tag.is_empty()), (200, false), "{:?}", first.headers);
    assert!(first.body.len() > 256 * 1024, "{}", first.body.len());
    let again = poll(&format!("If-None-Match: {tag}"));
    assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, &*tag));
    assert_eq!(again.header("cache-control"), "no-store");

    let id = first.json()["result"]["users"][0]["user_id"].as_str().expect("an ID").to_owned();
    assert_eq!(admin.ask(&format!("POST {{R}}/{id}/reset"), OWN_PAGE, "").status, 200);
    let changed = poll(&format!("If-None-Match: {tag}"));
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
}
