//! L8: told to stop, the server takes nobody new, answers what it has taken, and ends.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use crate::{
    database::File,
    demo::{OWN_PAGE, RISK},
    load::{CHANGE, head},
    program::{Server, run},
    wire::{Kept, connect, receive},
};

/// What a client saw while the server stopped.
#[derive(Default)]
struct Seen {
    answered: AtomicUsize,
    /// Answers that said that they are the connection's last.
    last: AtomicUsize,
    /// Requests that the server took and didn't answer.
    lost: Mutex<Vec<String>>,
}

#[test]
fn l8_stopping_under_load_loses_no_request() {
    let server = Server::start(&["demo"]);
    let (seen, address) = (Seen::default(), server.address);
    let stopped = AtomicBool::new(false);
    thread::scope(|scope| {
        // Clients that keep their connection: each request on it must be answered.
        for _ in 0..24 {
            scope.spawn(|| {
                let mut kept = Kept::open(address);
                loop {
                    match kept.get(&format!("{RISK}/behaviors")) {
                        Ok(answer) => {
                            assert_eq!(answer.status, 200);
                            seen.answered.fetch_add(1, Ordering::SeqCst);
                            if answer.header("connection") == "close" {
                                seen.last.fetch_add(1, Ordering::SeqCst);
                                break;
                            }
                        }
                        Err(error) => {
                            seen.lost.lock().unwrap().push(format!("kept: {error:?}"));
                            break;
                        }
                    }
                }
            });
        }
        // Clients with a connection each time: they may be turned away, but not half-way.
        for _ in 0..4 {
            scope.spawn(|| {
                while !stopped.load(Ordering::SeqCst) {
                    let Ok(mut stream) = TcpStream::connect(address) else { break };
                    let text = format!("GET {RISK}/behaviors HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
                    if stream.write_all(text.as_bytes()).is_err() {
                        break;
                    }
                    let mut answer = Vec::new();
                    match stream.read_to_end(&mut answer) {
                        Ok(_) if answer.ends_with(b"}") => {
                            seen.answered.fetch_add(1, Ordering::SeqCst);
                        }
                        // Nobody has taken it.
                        Err(_) if answer.is_empty() => break,
                        other => {
                            let text = format!("new: {other:?}, {} bytes", answer.len());
                            seen.lost.lock().unwrap().push(text);
                            break;
                        }
                    }
                    thread::sleep(Duration::from_millis(5));
                }
            });
        }
        // A change that is half sent when the signal comes.
        scope.spawn(|| {
            let mut stream = connect(address);
            let (first, second) = CHANGE.split_at(20);
            stream.write_all(head(address, CHANGE.len()).as_bytes()).unwrap();
            stream.write_all(first.as_bytes()).unwrap();
            while !stopped.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(10));
            }
            thread::sleep(Duration::from_millis(1_500));
            assert!(TcpStream::connect(address).is_err(), "it still takes connections");
            stream.write_all(second.as_bytes()).unwrap();
            let answer = receive(&mut stream);
            assert_eq!(answer.status, 200, "{}", answer.text());
        });
        thread::sleep(Duration::from_secs(1));
        server.terminate();
        // A second one changes nothing.
        server.terminate();
        thread::sleep(Duration::from_millis(100));
        stopped.store(true, Ordering::SeqCst);
    });
    let (code, logs) = server.finish();
    assert_eq!(code, Some(0), "{logs}");
    assert!(!logs.contains("still under way"), "{logs}");
    let (answered, last) = (seen.answered.into_inner(), seen.last.into_inner());
    println!("{answered} answered, none lost");
    assert_eq!(seen.lost.into_inner().unwrap(), Vec::<String>::new());
    assert_eq!(last, 24, "each connection was told to close");
    assert!(answered > 100, "{answered}");
}

#[test]
fn l8_ctrl_c_stops_it_as_well_and_a_second_one_at_once() {
    let server = Server::start(&["demo"]);
    server.signal("INT");
    assert_eq!(server.finish().0, Some(0));

    let server = Server::start(&["demo"]);
    let mut stream = connect(server.address);
    stream.write_all(head(server.address, 10).as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(200));
    server.signal("INT");
    thread::sleep(Duration::from_millis(200));
    server.signal("INT");
    let (code, logs) = server.finish();
    assert_eq!(code, Some(0), "{logs}");
    assert!(logs.contains("stopped twice"), "{logs}");
}

#[test]
fn l8_an_idle_connection_does_not_keep_it_from_stopping() {
    let mut server = Server::start(&["demo"]);
    let _idle = connect(server.address);
    let mut kept = Kept::open(server.address);
    assert_eq!(kept.get("/healthz").expect("it answers").status, 200);
    server.terminate();
    assert_eq!(kept.stream.read(&mut [0; 16]).unwrap(), 0);
    assert!(server.ends_within(Duration::from_secs(5)));
}

#[test]
fn l8_a_slow_answer_is_waited_for() {
    let server = Server::start(&["demo"]);
    let mut stream = connect(server.address);
    // The simulator takes five seconds for this one.
    let slow = "fa11ed00-0000-4000-8000-00000000000a";
    let text = format!("GET {RISK}/{slow} HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    stream.write_all(text.as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(200));
    server.terminate();
    let answer = receive(&mut stream);
    assert_eq!((answer.status, answer.header("connection")), (200, "close"));
    assert_eq!(server.finish().0, Some(0));
}

/// The change is on record, and the next start says that nobody knows what came of it.
#[test]
fn l8_a_change_without_an_answer_ends_with_the_server_in_ten_seconds() {
    let file = File::new("never-ends");
    let mut server = Server::start(&["demo", "--database", file.path()]);
    let mut stream = connect(server.address);
    let hangs = "fa11ed00-0000-4000-8000-000000000002";
    let own_page = OWN_PAGE.replace('\n', "\r\n");
    let text = format!(
        "POST {RISK}/{hangs}/reset HTTP/1.1\r\nHost: {}\r\n{own_page}\r\n\r\n",
        server.address
    );
    stream.write_all(text.as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(500));
    server.terminate();
    assert!(server.ends_within(Duration::from_secs(10)), "it goes on");
    let (code, logs) = server.finish();
    assert_eq!(code, Some(0), "{logs}");
    assert!(logs.contains("were still under way"), "{logs}");

    drop(Server::start(&["demo", "--database", file.path()]));
    let log = run(&["audit", "export", "--database", file.path()]).stdout;
    let log = String::from_utf8(log).unwrap();
    assert!(log.contains(hangs) && log.contains(r#""state":"unknown""#), "{log}");
}
