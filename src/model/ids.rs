//! Identifiers as types of their own, so that one cannot stand where another belongs.

use std::{fmt, str::FromStr};

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is not an identifier of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    #[error("an account ID is 32 hexadecimal digits")]
    Account,
    #[error("this ID must be a UUID such as 9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10")]
    Uuid,
    #[error("a reference ID is 1 to 256 characters without slashes or control characters")]
    Reference,
}

/// A Cloudflare account's tag: 32 hexadecimal digits, lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct AccountId(Box<str>);

impl AccountId {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() == 32 && text.bytes().all(hex) {
            Ok(Self(text.into()))
        } else {
            Err(IdError::Account)
        }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for AccountId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            #[must_use]
            pub fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            /// Takes the 36-character form only, in lower case: one user, one address.
            fn from_str(text: &str) -> Result<Self, IdError> {
                let plain = text.len() == 36 && !text.bytes().any(|b| b.is_ascii_uppercase());
                let id = plain.then(|| Uuid::try_parse(text).ok()).flatten();
                id.map(Self).ok_or(IdError::Uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }
    };
}

uuid_id! {
    /// A Zero Trust user.
    UserId
}
uuid_id! {
    /// A risk score integration.
    IntegrationId
}
uuid_id! {
    /// Changes that are made together, each with a line of its own in the audit log.
    BatchId
}

impl BatchId {
    /// A new one, of random bytes (RFC 9562 §5.4).
    #[must_use]
    pub fn of_random(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }
}

/// A risk event's identifier: a plain text, not a UUID.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub String);

/// A behavior's key, such as `imp_travel`. Open-ended: the vendor adds behaviors without notice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BehaviorKey(pub String);

impl fmt::Display for BehaviorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An integration's reference ID: free text chosen by the client, by convention the UUID of the
/// Access identity provider for Okta.
///
/// Slashes and control characters are refused, since the ID is looked up as one path segment; and
/// so they are when they would come of decoding it once more, as somebody on the way might.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct ReferenceId(Box<str>);

impl ReferenceId {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ReferenceId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let fits = (1..=256).contains(&text.chars().count());
        let again = percent_decode_str(text).decode_utf8_lossy();
        if fits && is_segment(text) && is_segment(&again) {
            Ok(Self(text.into()))
        } else {
            Err(IdError::Reference)
        }
    }
}

/// Whether a text can only be read as one segment of a path.
fn is_segment(text: &str) -> bool {
    let odd = |c: char| c.is_control() || matches!(c, '/' | '\\');
    !matches!(text, "." | "..") && !text.contains(odd)
}

impl fmt::Display for ReferenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ReferenceId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_id_has_one_spelling() {
        let id = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";
        assert_eq!(id.parse::<UserId>().unwrap().to_string(), id);
        for odd in [
            "9B3AE8A1-6F1C-4C6E-8C79-0F4F6D9B7A10",
            "9b3ae8a16f1c4c6e8c790f4f6d9b7a10",
            "{9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10}",
            "summary",
            "",
        ] {
            assert_eq!(odd.parse::<UserId>(), Err(IdError::Uuid), "{odd}");
        }
    }

    #[test]
    fn an_account_id_is_32_lower_case_hex_digits() {
        assert!("0123456789abcdef0123456789abcdef".parse::<AccountId>().is_ok());
        for odd in
            ["", "0123456789ABCDEF0123456789ABCDEF", "0123", "g123456789abcdef0123456789abcdef"]
        {
            assert_eq!(odd.parse::<AccountId>(), Err(IdError::Account), "{odd}");
        }
    }

    #[test]
    fn a_reference_id_is_free_text_that_stays_one_path_segment() {
        for fine in ["a", "Okta – Zürich", "100% sure"] {
            assert!(fine.parse::<ReferenceId>().is_ok(), "{fine}");
        }
        let long = "x".repeat(257);
        for odd in ["", "a/b", "a\\b", "..", "a\nb", "%2e.", "a%2Fb", "a%00", long.as_str()] {
            assert_eq!(odd.parse::<ReferenceId>(), Err(IdError::Reference), "{odd}");
        }
    }
}
