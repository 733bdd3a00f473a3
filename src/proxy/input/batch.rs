//! `X-Riskdesk-Batch`: which changes were made together. For the record, and never sent upstream.

use http::{HeaderMap, HeaderName};
use model::BatchId;

use crate::{origin::single, refusal::Refusal};

const BATCH: HeaderName = HeaderName::from_static("x-riskdesk-batch");

/// The batch that a change says it is of.
pub(crate) fn batch(headers: &HeaderMap) -> Result<Option<BatchId>, Refusal> {
    let value = single(headers, &BATCH).map_err(|()| Refusal::Batch)?;
    value.map(|value| value.parse().map_err(|_| Refusal::Batch)).transpose()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_batch_is_one_uuid_in_lower_case() {
        let parse = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(BATCH, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            }
            batch(&headers).map(|batch| batch.map(|batch| batch.to_string()))
        };
        let id = "0198c1de-5d2f-7c3a-9f4e-3b1a2c4d5e6f";
        assert_eq!(parse(&[]), Ok(None));
        assert_eq!(parse(&[id]), Ok(Some(id.to_owned())));
        let upper = id.to_uppercase();
        for odd in
            ["", "1", "ü", upper.as_str(), &id[1..], "urn:uuid:0198c1de5d2f7c3a9f4e3b1a2c4d5e6f"]
        {
            assert_eq!(parse(&[odd]), Err(Refusal::Batch), "{odd}");
        }
        assert_eq!(parse(&[id, id]), Err(Refusal::Batch));
    }
}
