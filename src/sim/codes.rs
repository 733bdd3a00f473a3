//! The error codes the simulator answers with.

/// Token missing, wrong or without the permission \[O\].
pub(crate) const AUTHENTICATION: i64 = 10_000;
/// The account is not entitled to user risk scoring \[O\].
pub(crate) const FORBIDDEN: i64 = 3314;
/// No such path \[D\].
pub(crate) const NO_ROUTE: i64 = 7003;

// The vendor's codes for what follows are unknown [U]; these are ours. They are larger than
// 65,535 where they can be, since real ones are too.

/// The path exists, the method doesn't.
pub(crate) const METHOD: i64 = 7001;
pub(crate) const RATE_LIMITED: i64 = 10_429;
pub(crate) const INTERNAL: i64 = 10_500;
/// The identifier in the path is not a UUID, or holds what no identifier may.
pub(crate) const BAD_ID: i64 = 100_400;
/// The body is not JSON, or not an object.
pub(crate) const BAD_BODY: i64 = 100_401;
/// A field is missing, unknown or of the wrong kind.
pub(crate) const BAD_FIELD: i64 = 100_402;
pub(crate) const NO_SUCH_BEHAVIOR: i64 = 100_403;
pub(crate) const NO_SUCH_USER: i64 = 100_404;
pub(crate) const NO_SUCH_INTEGRATION: i64 = 100_405;
pub(crate) const TENANT_REFUSED: i64 = 100_406;
