use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use crate::{
    program::Server,
    wire::{connect, get, receive, send},
};

const BEHAVIORS: &str =
    "/client/v4/accounts/de30acc0de30acc0de30acc0de30acc0/zt_risk_scoring/behaviors";
const CHANGE: &str = r#"{"behaviors":{"imp_travel":{"enabled":true,"risk_level":"high"}}}"#;

/// The head of a change whose body is still to come.
fn head(server: &Server, length: usize) -> String {
    format!(
        "PUT {BEHAVIORS} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nX-Requested-With: XMLHttpRequest\r\n\
         Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n",
        server.address
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
fn half_a_head_is_closed_after_five_seconds() {
    let server = Server::start(&["demo"]);
    let mut stream = connect(server.address);
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: loc").unwrap();
    let steps = steps_until_it_speaks(&mut stream, |_| {});
    assert!((40..=65).contains(&steps), "{steps}");
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert!(!rest.contains("200"), "{rest}");
    assert_eq!(get(server.address, "/healthz").status, 200);
}

#[test]
fn a_dripped_body_is_408_after_five_seconds() {
    let server = Server::start(&["demo"]);
    let mut stream = connect(server.address);
    stream.write_all(head(&server, 60_000).as_bytes()).unwrap();
    let steps = steps_until_it_speaks(&mut stream, |stream| {
        stream.write_all(b" ").unwrap();
    });
    assert!((40..=65).contains(&steps), "{steps}");
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    assert_eq!(receive(&mut stream).refusal(), (408, 994_081));
}

#[test]
fn a_large_body_is_413() {
    let server = Server::start(&["demo"]);
    let large = " ".repeat(64 * 1024 + 1);
    let announced = send(server.address, &format!("PUT {BEHAVIORS}"), &large);
    assert_eq!(announced.refusal(), (413, 994_131));

    let mut stream = connect(server.address);
    let chunked = head(&server, 0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
    let text = format!("{chunked}{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
    stream.write_all(text.as_bytes()).unwrap();
    assert_eq!(receive(&mut stream).refusal(), (413, 994_131));
}

#[test]
fn stopping_lets_a_request_finish() {
    let server = Server::start(&["demo"]);
    let mut stream = connect(server.address);
    let (first, second) = CHANGE.split_at(20);
    stream.write_all(head(&server, CHANGE.len()).as_bytes()).unwrap();
    stream.write_all(first.as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(200));
    server.terminate();
    thread::sleep(Duration::from_millis(300));
    assert!(TcpStream::connect(server.address).is_err(), "it still takes connections");
    stream.write_all(second.as_bytes()).unwrap();
    let answer = receive(&mut stream);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let (code, logs) = server.finish();
    assert_eq!(code, Some(0), "{logs}");
    assert!(!logs.contains("still under way"), "{logs}");
}

#[test]
fn an_idle_connection_does_not_keep_it_from_stopping() {
    let server = Server::start(&["demo"]);
    let _idle = connect(server.address);
    let mut kept = connect(server.address);
    let text = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    kept.write_all(text.as_bytes()).unwrap();
    assert!(kept.read(&mut [0; 64]).unwrap() > 0);
    server.terminate();
    let mut rest = Vec::new();
    kept.read_to_end(&mut rest).unwrap();
    let (code, _) = server.finish();
    assert_eq!(code, Some(0));
}
