//! Why an assertion is not believed. For the logs alone: whoever sent it is told nothing of this,
//! and nothing of what was sent is in it.

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    #[error("no assertion")]
    Missing,
    #[error("more than one assertion")]
    Several,
    #[error("larger than 8 KiB")]
    Size,
    #[error("not three parts of unpadded base64url")]
    Form,
    #[error("not strict JSON: a duplicate key, too deep, or no object")]
    Json,
    #[error("a header parameter that is not alg, kid or typ")]
    Parameter,
    #[error("the algorithm is not RS256")]
    Algorithm,
    #[error("no usable key ID")]
    KeyId,
    #[error("issued by somebody else")]
    Issuer,
    #[error("meant for another application")]
    Audience,
    #[error("not an application token")]
    Type,
    #[error("a time is missing or not a whole number in range")]
    Time,
    #[error("expired")]
    Expired,
    #[error("from the future")]
    Early,
    #[error("good for longer than any session")]
    Lifetime,
    #[error("neither a user nor a service, or both")]
    Subject,
    #[error("an unknown key ID")]
    UnknownKey,
    #[error("the signature is not good")]
    Signature,
}

impl Doubt {
    /// The name in metrics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Several => "several",
            Self::Size => "size",
            Self::Form => "form",
            Self::Json => "json",
            Self::Parameter => "parameter",
            Self::Algorithm => "algorithm",
            Self::KeyId => "key_id",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Type => "type",
            Self::Time => "time",
            Self::Expired => "expired",
            Self::Early => "early",
            Self::Lifetime => "lifetime",
            Self::Subject => "subject",
            Self::UnknownKey => "unknown_key",
            Self::Signature => "signature",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubt_is_counted_under_a_word_of_its_own() {
        let names = [Doubt::Missing, Doubt::Form, Doubt::KeyId, Doubt::Signature].map(Doubt::name);
        assert_eq!(names, ["missing", "form", "key_id", "signature"]);
    }
}
