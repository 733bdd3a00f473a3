//! Who has which role: three lists, of which each entry is
//!
//! | entry | lets in |
//! |---|---|
//! | `ana@example.com` | the user with this address |
//! | `@example.com` | users with an address at exactly this domain |
//! | `group:SecOps` | users of this group, to the letter |
//! | `service:e36782….access` | the service token with this client ID, to the letter |
//! | `*` | whoever Access lets in |
//!
//! The highest role that matches counts; no match is no entry. Addresses and domains are compared
//! without regard to ASCII case and to nothing more: Unicode's rules would make the Kelvin sign a
//! `k`. An address that isn't plain matches nothing, `*` included.

use std::str::FromStr;

use model::Role;

use super::claims::Subject;

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    Everyone,
    Email(String),
    Domain(String),
    Group(String),
    Service(String),
}

/// The text is no entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an entry is an e-mail address, @DOMAIN, group:NAME, service:CLIENT_ID or * for whoever Access lets in"
)]
pub struct NotAMember;

/// Who has which role.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    pub admins: Vec<Member>,
    pub operators: Vec<Member>,
    pub viewers: Vec<Member>,
}

impl Roles {
    pub(super) fn role(&self, subject: &Subject) -> Option<Role> {
        if let Subject::User { email, .. } = subject
            && !is_plain_address(email)
        {
            return None;
        }
        let lists = [
            (Role::Admin, &self.admins),
            (Role::Operator, &self.operators),
            (Role::Viewer, &self.viewers),
        ];
        let holds = |list: &Vec<Member>| list.iter().any(|member| member.is(subject));
        lists.into_iter().find(|(_, list)| holds(list)).map(|(role, _)| role)
    }
}

impl Member {
    fn is(&self, subject: &Subject) -> bool {
        match (self, subject) {
            (Self::Everyone, _) => true,
            (Self::Email(own), Subject::User { email, .. }) => own.eq_ignore_ascii_case(email),
            (Self::Domain(own), Subject::User { email, .. }) => {
                email.split_once('@').is_some_and(|(_, domain)| own.eq_ignore_ascii_case(domain))
            }
            (Self::Group(own), Subject::User { groups, .. }) => groups.contains(own),
            (Self::Service(own), Subject::Service { name }) => own == name,
            _ => false,
        }
    }
}

impl FromStr for Member {
    type Err = NotAMember;

    fn from_str(text: &str) -> Result<Self, NotAMember> {
        let named = |name: &str| !name.is_empty() && !name.contains(char::is_control);
        if text == "*" {
            Ok(Self::Everyone)
        } else if let Some(name) = text.strip_prefix("group:").filter(|name| named(name)) {
            Ok(Self::Group(name.to_owned()))
        } else if let Some(name) = text.strip_prefix("service:").filter(|name| named(name)) {
            Ok(Self::Service(name.to_owned()))
        } else if let Some(domain) = text.strip_prefix('@').filter(|domain| is_domain(domain)) {
            Ok(Self::Domain(domain.to_owned()))
        } else if is_plain_address(text) && !text.contains('*') {
            // An asterisk may stand in an address, but here somebody hopes for a wildcard.
            Ok(Self::Email(text.to_owned()))
        } else {
            Err(NotAMember)
        }
    }
}

/// `local@domain` in ASCII, without quotes, comments or white space: a dot-string of RFC 5321
/// §4.1.2.
fn is_plain_address(text: &str) -> bool {
    let atom = |atom: &str| {
        let odd =
            |byte: u8| !byte.is_ascii_alphanumeric() && !b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
        !atom.is_empty() && !atom.bytes().any(odd)
    };
    text.split_once('@')
        .is_some_and(|(local, domain)| local.split('.').all(atom) && is_domain(domain))
}

fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<Member> {
        text.split_whitespace().map(|member| member.parse().unwrap()).collect()
    }

    fn user(email: &str, groups: &[&str]) -> Subject {
        let groups = groups.iter().map(|group| (*group).to_owned()).collect();
        Subject::User { email: email.to_owned(), groups }
    }

    fn service(name: &str) -> Subject {
        Subject::Service { name: name.to_owned() }
    }

    #[test]
    fn the_highest_match_counts() {
        let roles = Roles {
            admins: list("ana@corp.example group:SecOps"),
            operators: list("bo@corp.example service:bot.access ana@corp.example"),
            viewers: list("@corp.example"),
        };
        for (subject, role) in [
            (user("ana@corp.example", &[]), Some(Role::Admin)),
            (user("ANA@Corp.Example", &[]), Some(Role::Admin)),
            (user("bo@corp.example", &["SecOps"]), Some(Role::Admin)),
            (user("bo@corp.example", &["secops"]), Some(Role::Operator)),
            (user("cy@corp.example", &[]), Some(Role::Viewer)),
            (user("cy@elsewhere.example", &[]), None),
            (service("bot.access"), Some(Role::Operator)),
            (service("Bot.access"), None),
            (service("ana@corp.example"), None),
            (user("bot.access", &[]), None),
        ] {
            assert_eq!(roles.role(&subject), role, "{subject:?}");
        }
    }

    #[test]
    fn an_address_that_looks_like_one_of_ours_is_nobodys() {
        let everyone = Roles { viewers: list("*"), ..Roles::default() };
        let corp = Roles { admins: list("@corp.example k@corp.example"), ..Roles::default() };
        for email in [
            "a@b@corp.example",
            "@corp.example",
            "a@",
            "a",
            "a b@corp.example",
            "a@corp.example.",
            "a@.corp.example",
            "\"a@evil\"@corp.example",
            "a@corp.example\0",
            "a@c\u{43e}rp.example",
            "\u{212a}@corp.example",
            "a@corp.example,b@corp.example",
            "<a@corp.example>",
        ] {
            assert_eq!(corp.role(&user(email, &[])), None, "{email}");
            assert_eq!(everyone.role(&user(email, &[])), None, "{email}");
        }
        for email in ["a@notcorp.example", "a@corp.example.evil", "a@sub.corp.example"] {
            assert_eq!(corp.role(&user(email, &[])), None, "{email}");
            assert_eq!(everyone.role(&user(email, &[])), Some(Role::Viewer), "{email}");
        }
        assert_eq!(everyone.role(&service("x")), Some(Role::Viewer));
        assert_eq!(Roles::default().role(&user("a@corp.example", &["*"])), None);
    }

    #[test]
    fn what_is_no_entry_is_refused() {
        for text in [
            "",
            "ana",
            "a@b@c",
            "@",
            "@a..b",
            "group:",
            "service:",
            "**",
            "@*",
            "*@corp.example",
            "a@*",
            "Ü@x",
        ] {
            assert_eq!(text.parse::<Member>(), Err(NotAMember), "{text}");
        }
    }
}
