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
