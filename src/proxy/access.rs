//! Who is asking: an [`Entry`] says how that is found out, [`verify`] finds it out.
//!
//! An [`Identity`] comes from [`verify`] and from nowhere else, and [`crate::policy::permit`]
//! needs one, so a request that skipped this step can't be forwarded: it doesn't compile.

use model::{AccountId, Role, Whoami, WhoamiKind};

/// How people come in.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Everybody is the demo's one person. Only for simulated data.
    Demo { role: Role },
}

/// Somebody who may come in, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    kind: WhoamiKind,
    name: String,
    role: Role,
}

/// The identity behind a request.
pub(crate) fn verify(entry: &Entry) -> Identity {
    match entry {
        Entry::Demo { role } => {
            Identity { kind: WhoamiKind::Demo, name: "Demo".to_owned(), role: *role }
        }
    }
}

impl Identity {
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The name to put on record.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The result of `GET /api/v1/whoami`.
    #[must_use]
    pub(crate) fn whoami(&self, account_id: &AccountId) -> Whoami {
        Whoami {
            kind: self.kind,
            email: None,
            name: Some(self.name.clone()),
            role: self.role,
            account_id: account_id.clone(),
            expires_at: None,
            logout_url: None,
            demo: self.kind == WhoamiKind::Demo,
        }
    }
}
