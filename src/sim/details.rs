//! Event details as each behavior might send them. No public example exists \[U\], so the fields
//! are ours, and a few events have a text, a null or nothing instead.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json, value::RawValue};

use crate::{
    behaviors::{DLP, FILE, IMPOSSIBLE_TRAVEL},
    places::{self, Place},
    random::Random,
};

pub(crate) type Details = Option<Box<RawValue>>;

const APPLICATIONS: [&str; 6] =
    ["Payroll", "Source code", "Wiki", "Customer records", "Mail", "Build servers"];
const PROFILES: [&str; 5] =
    ["Payment cards", "Source code", "Health records", "Credentials", "National identifiers"];
const FILES: [&str; 8] = [
    "customers-2025-q3.xlsx",
    "Überweisungen.csv",
    "契約書_最終版.pdf",
    "backup.tar.gz",
    "отчёт за квартал.docx",
    "id_rsa.txt",
    "screenshot (4).png",
    "قائمة الموظفين.xlsx",
];
const SYSTEMS: [&str; 4] = ["Windows 11 24H2", "macOS 15.6", "Ubuntu 24.04", "Windows 10 22H2"];
const THREATS: [(&str, &str); 4] = [
    ("Trojan.Generic", "Trojan"),
    ("Adware.Bundle", "PUA"),
    ("Ransom.Simulated", "Ransomware"),
    ("Exploit.Office.Macro", "Exploit"),
];
const CATEGORIES: [&str; 6] = [
    "Newly Seen Domains",
    "DGA Domains",
    "Phishing",
    "Command and Control & Botnet",
    "Cryptomining",
    "DNS Tunneling",
];

/// The details of an event of the behavior `key`.
pub(crate) fn details(key: &str, at: DateTime<Utc>, random: &mut Random) -> Details {
    let value = match random.below(100) {
        0..=2 => return None,
        3 => Value::Null,
        4 => json!(format!("{} signals within one minute", random.between(2, 40))),
        _ => match key {
            IMPOSSIBLE_TRAVEL => travel(*random.pick(&places::ROUTES), None, at, random),
            DLP => dlp(random),
            "sentinel_one" => infection(random),
            "crowdstrike_low_zta" => score(random, 5, 40),
            "crowdstrike_medium_zta" => score(random, 41, 70),
            FILE => file(random),
            _ => domain(random),
        },
    };
    raw(&value)
}

/// The same second place and address for everyone: what an analyst would find in common.
pub(crate) fn sweep(at: DateTime<Utc>, random: &mut Random) -> Details {
    raw(&travel(places::INCIDENT, Some(places::INCIDENT_ADDRESS), at, random))
}

/// The same name and digest for everyone; where it came from and what became of it differs.
pub(crate) fn same_file(random: &mut Random) -> Details {
    let mut value = file(random);
    value["file"] = json!({ "name": "Invoice 2025-11.pdf.exe", "size": 418_304 });
    value["sha256"] = json!(FILE_DIGEST);
    raw(&value)
}

const FILE_DIGEST: &str = "5f0c9d1e7a34b86602cf95d8e1ab473f90be6621d7c85a4433f19e0b2a7d6c58";

pub(crate) fn raw(value: &Value) -> Details {
    serde_json::value::to_raw_value(value).ok()
}

fn travel(
    (first, second, distance): (Place, Place, u64),
    address: Option<&str>,
    at: DateTime<Utc>,
    random: &mut Random,
) -> Value {
    let minutes = random.between(12, 170);
    let began = at - Duration::minutes(i64::try_from(minutes).unwrap_or_default());
    let second_address = address.map_or_else(|| places::address(random), str::to_owned);
    let place = |(city, country): Place, address: String, at: DateTime<Utc>| json!({ "city": city, "country": country, "ip": address, "at": at });
    json!({
        "application": random.pick(&APPLICATIONS),
        "from": place(first, places::address(random), began),
        "to": place(second, second_address, at),
        "distance_km": distance,
        "minutes": minutes,
        "speed_kmh": distance * 60 / minutes,
    })
}

fn dlp(random: &mut Random) -> Value {
    let mut files = vec![FILES[0]; 0];
    for _ in 0..random.between(1, 3) {
        files.push(*random.pick(&FILES));
    }
    json!({
        "profile": random.pick(&PROFILES),
        "policy": format!("Gateway HTTP {}", random.between(1, 24)),
        "matches": random.between(15, 90),
        "window_seconds": 60,
        "files": files,
        "destination": format!("https://upload{}.example.net/in", random.between(1, 9)),
        "blocked": random.percent(70),
    })
}

fn device(random: &mut Random) -> Value {
    json!({
        "name": format!("LT-{:05}", random.below(100_000)),
        "os": random.pick(&SYSTEMS),
        "serial": format!("{:010X}", random.below(1 << 40)),
    })
}

fn infection(random: &mut Random) -> Value {
    let (threat, class) = *random.pick(&THREATS);
    json!({
        "device": device(random),
        "threat": {
            "name": threat,
            "classification": class,
            "confidence": if random.percent(80) { "malicious" } else { "suspicious" },
            "mitigated": random.percent(60),
        },
        "agent_id": random.number().to_string(),
        "infected": true,
        "active_threats": random.between(1, 3),
    })
}

fn score(random: &mut Random, low: u64, high: u64) -> Value {
    let overall = random.between(low, high);
    json!({
        "device": device(random),
        "zta_score": {
            "overall": overall,
            "os": random.between(low, high),
            "sensor_config": random.between(low, high),
        },
        "threshold": high,
    })
}

fn file(random: &mut Random) -> Value {
    let digest: Vec<String> = (0..4).map(|_| format!("{:016x}", random.number())).collect();
    json!({
        "file": { "name": random.pick(&FILES), "size": random.between(900, 40_000_000) },
        "sha256": digest.concat(),
        "verdict": "malicious",
        "direction": if random.percent(75) { "download" } else { "upload" },
        "action": if random.percent(85) { "blocked" } else { "allowed" },
        "url": format!("https://cdn{}.example.org/f", random.between(1, 40)),
    })
}

fn domain(random: &mut Random) -> Value {
    json!({
        "domain": format!("{:06x}.invalid", random.below(1 << 24)),
        "categories": [random.pick(&CATEGORIES), "Security Risks"],
        "query_type": if random.percent(80) { "A" } else { "HTTPS" },
        "source_ip": places::address(random),
        "action": if random.percent(85) { "blocked" } else { "allowed" },
        "requests": random.between(1, 60),
    })
}
