//! `page` and `per_page`, of the two answers that may carry `result_info`.

use std::num::NonZeroU32;

use model::OperationKind;

use super::short;
use crate::refusal::Refusal;

/// The page wanted. The vendor documents none today, but an answer may say that there are more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paging {
    page: Option<NonZeroU32>,
    per_page: Option<NonZeroU32>,
}

impl Paging {
    pub(crate) fn parse(operation: OperationKind, query: Option<&str>) -> Result<Self, Refusal> {
        let mut paging = Self::default();
        let pairs = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        for pair in pairs {
            let refusal = || Refusal::Query(short(pair));
            let (name, value) = pair.split_once('=').ok_or_else(refusal)?;
            let slot = match (operation, name) {
                (OperationKind::Summary | OperationKind::User, "page") => &mut paging.page,
                (OperationKind::Summary | OperationKind::User, "per_page") => &mut paging.per_page,
                _ => return Err(refusal()),
            };
            let number = value.parse().map_err(|_| refusal())?;
            if slot.replace(number).is_some() {
                return Err(refusal());
            }
        }
        Ok(paging)
    }

    /// The query, with its question mark, or nothing.
    pub(crate) fn query(self) -> String {
        let pairs = [("page", self.page), ("per_page", self.per_page)];
        let pairs = pairs.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={value}")).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

/// Refuses any query.
pub(crate) fn no_query(query: Option<&str>) -> Result<(), Refusal> {
    match query {
        None | Some("") => Ok(()),
        Some(query) => Err(Refusal::Query(short(query))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_taken_only_where_there_may_be_pages() {
        let parse = |kind, query| Paging::parse(kind, Some(query)).map(Paging::query);
        assert_eq!(
            parse(OperationKind::Summary, "per_page=050&page=2").unwrap(),
            "?page=2&per_page=50"
        );
        assert_eq!(parse(OperationKind::Summary, "").unwrap(), "");
        assert_eq!(Paging::parse(OperationKind::User, None).unwrap().query(), "");
        for query in [
            "page=0",
            "page=-1",
            "page=x",
            "page",
            "page=1&page=2",
            "Page=1",
            "order_by=x",
            "page=1&x=2",
        ] {
            assert!(parse(OperationKind::Summary, query).is_err(), "{query}");
        }
        assert!(parse(OperationKind::Behaviors, "page=1").is_err());
        assert!(no_query(Some("x")).is_err() && no_query(None).is_ok());
    }
}
