//! What is not counted but asked for, whenever somebody looks.

use std::{fmt, sync::Arc};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::{counter::ConstCounter, gauge::ConstGauge},
};
use proxy::Gate;

use crate::{audit::Audit, clock};

pub struct Watched {
    pub gate: Arc<Gate>,
    pub audit: Audit,
}

impl Collector for Watched {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let encoder = &mut encoder;
        write(
            encoder,
            "audit_queue",
            "Records and searches that wait for the audit log",
            &ConstGauge::new(whole(self.audit.waiting())),
        )?;
        // The demo has no Access.
        let Some(vitals) = self.gate.vitals(clock::now()) else { return Ok(()) };
        write(
            encoder,
            "assertion_cache_hits",
            "Assertions that had been verified before",
            &ConstCounter::new(vitals.known),
        )?;
        write(
            encoder,
            "assertion_cache_misses",
            "Assertions that were verified anew, or refused",
            &ConstCounter::new(vitals.new),
        )?;
        write(
            encoder,
            "access_keys",
            "Keys of Access at hand",
            &ConstGauge::new(whole(vitals.keys)),
        )?;
        if let Some(age) = vitals.keys_age {
            write(
                encoder,
                "access_keys_age_seconds",
                "How long ago the keys at hand were fetched; after a day they are not used",
                &ConstGauge::new(age),
            )?;
        }
        write(
            encoder,
            "access_key_fetches",
            "Fetches of the keys of Access that brought some",
            &ConstCounter::new(vitals.fetched),
        )?;
        write(
            encoder,
            "access_key_failures",
            "Fetches of the keys of Access that brought none",
            &ConstCounter::new(vitals.failed),
        )?;
        write(
            encoder,
            "clock_behind_seconds",
            "How far this clock was behind that of Access in the last hour; 30 are borne",
            &ConstGauge::new(vitals.clock_behind),
        )
    }
}

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watched").finish_non_exhaustive()
    }
}

fn write<M: EncodeMetric>(
    encoder: &mut DescriptorEncoder,
    name: &str,
    help: &str,
    metric: &M,
) -> fmt::Result {
    metric.encode(encoder.encode_descriptor(name, help, None, metric.metric_type())?)
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
