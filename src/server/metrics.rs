//! What is counted and timed, for Prometheus; [`page`] serves it on an address of its own.
//!
//! A label's values are a few words that are known beforehand: never a path, a person or anything
//! else that a request says. docs/operations.md lists the metrics.

pub mod page;
mod vitals;

use std::{sync::Arc, time::Duration};

use http::{Response, StatusCode};
use model::OperationKind;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};
use proxy::{
    Gate,
    access::Doubt,
    refusal::{Fault, Refused},
};

use tokio::time::Instant;

use crate::{audit::Audit, clock};

/// Up to the longest that an answer of the upstream may take; seconds.
const UPSTREAM_BUCKETS: [f64; 11] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0, 30.0, 60.0];

/// From a fast disk's sync to a log that somebody else holds; seconds.
const RECORD_BUCKETS: [f64; 11] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Every number that is kept; a clone counts into the same ones.
#[derive(Clone)]
pub struct Metrics {
    requests: Family<RequestLabels, Counter>,
    doubts: Family<DoubtLabels, Counter>,
    upstream: Family<OperationLabels, Histogram, fn() -> Histogram>,
    faults: Family<FaultLabels, Counter>,
    /// Connections that are open.
    pub connections: Gauge,
    records: Histogram,
    failed_records: Counter,
    /// Changes whose intent is on record and whose outcome is not.
    pub open_changes: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    operation: &'static str,
    status: &'static str,
    /// The refusal's code; empty where there is none.
    refusal: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DoubtLabels {
    doubt: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OperationLabels {
    operation: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct FaultLabels {
    operation: &'static str,
    fault: &'static str,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            doubts: Family::default(),
            upstream: Family::new_with_constructor(|| Histogram::new(UPSTREAM_BUCKETS)),
            faults: Family::default(),
            connections: Gauge::default(),
            records: Histogram::new(RECORD_BUCKETS),
            failed_records: Counter::default(),
            open_changes: Gauge::default(),
        }
    }
}

impl Metrics {
    /// Counts an answer, and what it tells of why.
    pub fn answered<B>(&self, topic: &'static str, response: &Response<B>) {
        let refused = response.extensions().get::<Refused>();
        let refusal = refused.map(|refused| refused.code);
        let status = class(response.status());
        let labels = RequestLabels { operation: topic, status, refusal };
        self.requests.get_or_create(&labels).inc();
        if let Some(doubt) = response.extensions().get::<Doubt>() {
            self.doubts.get_or_create(&DoubtLabels { doubt: doubt.name() }).inc();
        }
        if let Some(fault) = refused.and_then(|refused| refused.fault) {
            self.fault(topic, fault);
        }
    }

    /// Counts what was wrong with the upstream.
    pub fn fault(&self, operation: &'static str, fault: Fault) {
        self.faults.get_or_create(&FaultLabels { operation, fault: fault.name() }).inc();
    }

    /// Times the upstream until it is dropped: an answer that comes too late is timed as well.
    pub fn time(&self, operation: Option<&OperationKind>) -> Timed {
        let operation = operation.map_or("none", |operation| operation.spec().name);
        Timed { upstream: self.upstream.clone(), operation, started: clock::instant() }
    }

    /// Takes how long it took to put something on record, and whether it is.
    pub fn recorded(&self, took: Duration, is_recorded: bool) {
        if is_recorded {
            self.records.observe(took.as_secs_f64());
        } else {
            self.failed_records.inc();
        }
    }

    /// All of it under its names, with what `gate` and `audit` tell when they are asked.
    pub fn registry(&self, gate: Arc<Gate>, audit: Audit) -> Registry {
        let mut all = Registry::with_prefix("riskdesk");
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        all.register("build", "The version that runs", build);
        all.register(
            "requests",
            "Requests by what they are about, the class of their status and the code of a refusal",
            self.requests.clone(),
        );
        all.register(
            "refused_assertions",
            "Requests without an assertion of Access that holds, by why",
            self.doubts.clone(),
        );
        all.register_with_unit(
            "upstream",
            "How long Cloudflare took to answer, by operation",
            Unit::Seconds,
            self.upstream.clone(),
        );
        all.register(
            "upstream_faults",
            "Requests that Cloudflare did not answer as it should, by operation and kind",
            self.faults.clone(),
        );
        all.register("connections", "Connections that are open", self.connections.clone());
        all.register_with_unit(
            "audit_record",
            "How long it took until a record of the audit log was on disk",
            Unit::Seconds,
            self.records.clone(),
        );
        all.register(
            "audit_failures",
            "Records of the audit log that could not be written",
            self.failed_records.clone(),
        );
        all.register(
            "audit_open_changes",
            "Changes whose intent is on record and whose outcome is not",
            self.open_changes.clone(),
        );
        all.register_collector(Box::new(vitals::Watched { gate, audit }));
        all
    }
}

/// A request to the upstream, under way.
pub struct Timed {
    upstream: Family<OperationLabels, Histogram, fn() -> Histogram>,
    operation: &'static str,
    started: Instant,
}

impl Drop for Timed {
    fn drop(&mut self) {
        let labels = OperationLabels { operation: self.operation };
        self.upstream.get_or_create(&labels).observe(self.started.elapsed().as_secs_f64());
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}
