//! Load that must not take the service away, each by the number of its abuse case: slow and idle
//! clients, and large bodies. L5, a flood of unknown keys, is with their rotation in `serve`; L8,
//! stopping under load, is in `stopping`.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use crate::{
    demo::{OWN_PAGE, RISK},
    program::Server,
    wire::{Kept, connect, get, receive, send},
};

pub const CHANGE: &str = r#"{"behaviors":{"imp_travel":{"enabled":true,"risk_level":"high"}}}"#;

/// The head of a change whose body is still to come.
pub fn head(address: SocketAddr, length: usize) -> String {
    format!(
        "PUT {RISK}/behaviors HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n",
        OWN_PAGE.replace('\n', "\r\n")
    )
}

/// How many steps of 100 ms it takes until the other side answers or closes.
fn steps_until_it_speaks(stream: &mut TcpStream, mut step: impl FnMut(&mut TcpStream)) -> u32 {
    stream.set_read_timeout(Some(Duration::from_millis(100))).expect("a deadline can be set");
    (0..100)
        .find(|_| {
            step(stream);
            stream.peek(&mut [0]).is_ok()
        })
        .expect("it never gave up")
}

#[test]
fn l1_slow_headers_are_closed_after_five_seconds() {
    let server = Server::start(&["demo"]);
    let mut stream = connect(server.address);
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n").unwrap();
    let steps = steps_until_it_speaks(&mut stream, |stream| {
        // Once it is closed there is nobody to write to.
        let _ = stream.write_all(b"x: y\r\n");
    });
    assert!((40..=65).contains(&steps), "{steps}");
    let mut rest = Vec::new();
    // What was written after the end may have the rest reset.
    let _ = stream.read_to_end(&mut rest);
    assert!(!String::from_utf8_lossy(&rest).contains("200"));
    assert_eq!(get(server.address, "/healthz").status, 200);
}

#[test]
fn l1_a_connection_that_is_kept_and_idle_is_closed_as_well() {
    let server = Server::start(&["demo"]);
    let mut kept = Kept::open(server.address);
    assert_eq!(kept.get("/healthz").expect("it answers").status, 200);
    assert!((40..=65).contains(&steps_until_it_speaks(&mut kept.stream, |_| {})));
    assert_eq!(kept.stream.read(&mut [0; 16]).unwrap(), 0);
}

#[test]
fn l2_a_dripped_body_is_408_after_five_seconds() {
    let server = Server::start(&["demo"]);
    let mut stream = connect(server.address);
    stream.write_all(head(server.address, 60_000).as_bytes()).unwrap();
    let steps = steps_until_it_speaks(&mut stream, |stream| {
        stream.write_all(b" ").unwrap();
    });
    assert!((40..=65).contains(&steps), "{steps}");
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    assert_eq!(receive(&mut stream).refusal(), (408, 994_081));
}

#[test]
fn l3_two_thousand_idle_and_two_hundred_slow_connections_take_nothing_from_others() {
    rlimit::increase_nofile_limit(u64::MAX).expect("the limit can be raised");
    let server = Server::start(&["demo"]);
    let idle: Vec<TcpStream> = (0..2_000).map(|_| connect(server.address)).collect();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut slow: Vec<TcpStream> = (0..200).map(|_| connect(server.address)).collect();
            let head = format!("GET {RISK}/summary HTTP/1.1\r\nHost: {}\r\n", server.address);
            let mut sent = head.bytes().cycle();
            while !stop.load(Ordering::SeqCst) {
                let byte = [sent.next().unwrap_or_default()];
                for stream in &mut slow {
                    // Those that were closed for being slow come back.
                    if stream.write_all(&byte).is_err() {
                        *stream = connect(server.address);
                    }
                }
                thread::sleep(Duration::from_millis(100));
            }
        });
        for _ in 0..60 {
            assert_eq!(get(server.address, "/healthz").status, 200);
            assert_eq!(get(server.address, &format!("{RISK}/summary")).status, 200);
            thread::sleep(Duration::from_millis(100));
        }
        stop.store(true, Ordering::SeqCst);
    });
    drop(idle);
    server.terminate();
    let (code, logs) = server.finish();
    assert_eq!(code, Some(0), "{logs}");
    assert!(!logs.contains("could not be accepted"), "{logs}");
}

#[cfg(unix)]
#[test]
fn l3_with_few_files_others_wait_and_are_served() {
    let server = Server::start_with_files(&["demo"], 300);
    // More than there are places: the rest waits until the first are closed for being idle.
    let idle: Vec<TcpStream> = (0..150).map(|_| connect(server.address)).collect();
    assert_eq!(get(server.address, "/healthz").status, 200);
    drop(idle);
    server.terminate();
    let (code, logs) = server.finish();
    assert_eq!(code, Some(0), "{logs}");
    assert!(logs.contains("others wait until a connection closes"), "{logs}");
    assert!(!logs.contains("could not be accepted"), "{logs}");
}

#[test]
fn l4_a_large_body_is_413() {
    let server = Server::start(&["demo"]);
    let large = " ".repeat(64 * 1024 + 1);
    let announced = send(server.address, &format!("PUT {RISK}/behaviors"), &large);
    assert_eq!(announced.refusal(), (413, 994_131));

    let mut stream = connect(server.address);
    let head = head(server.address, 0);
    let chunked = head.replace("Content-Length: 0", "Transfer-Encoding: chunked");
    let text = format!("{chunked}{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
    stream.write_all(text.as_bytes()).unwrap();
    assert_eq!(receive(&mut stream).refusal(), (413, 994_131));
}
