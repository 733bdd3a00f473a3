//! Where sign-ins come from: pairs of places, how far they lie apart, and addresses in the ranges
//! kept for documentation (RFC 5737, RFC 3849).

use crate::random::Random;

pub(crate) type Place = (&'static str, &'static str);

/// Two places, and the kilometers between them along a great circle, to the nearest ten or so.
pub(crate) const ROUTES: [(Place, Place, u64); 12] = [
    (("Berlin", "DE"), ("Singapore", "SG"), 9920),
    (("Lisbon", "PT"), ("Toronto", "CA"), 5740),
    (("São Paulo", "BR"), ("Dublin", "IE"), 9410),
    (("Seoul", "KR"), ("Amsterdam", "NL"), 8560),
    (("Nairobi", "KE"), ("Chicago", "US"), 12_890),
    (("Kraków", "PL"), ("Denver", "US"), 8500),
    (("Mumbai", "IN"), ("London", "GB"), 7190),
    (("Sydney", "AU"), ("Madrid", "ES"), 17_680),
    (("Tōkyō", "JP"), ("Vancouver", "CA"), 7560),
    (("Montréal", "CA"), ("Zürich", "CH"), 5990),
    (("Austin", "US"), ("Helsinki", "FI"), 8450),
    (("Cape Town", "ZA"), ("Oslo", "NO"), 10_440),
];

/// The incident's second place, the same for everyone.
pub(crate) const INCIDENT: (Place, Place, u64) = (("Stockholm", "SE"), ("Perth", "AU"), 13_180);
pub(crate) const INCIDENT_ADDRESS: &str = "203.0.113.77";

pub(crate) fn address(random: &mut Random) -> String {
    let host = random.between(1, 254);
    match random.below(4) {
        0 => format!("192.0.2.{host}"),
        1 => format!("198.51.100.{host}"),
        2 => format!("203.0.113.{host}"),
        _ => format!("2001:db8:{:x}::{host:x}", random.below(65_536)),
    }
}
