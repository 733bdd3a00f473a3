//! Who is signed in, for the components that show less to smaller roles; and whether they still
//! are.

use leptos::prelude::*;
use model::{AccountId, Role, Whoami};

/// The signed-in person's identity.
#[derive(Clone, Copy)]
pub struct Session(StoredValue<Whoami>);

impl Session {
    pub fn provide(whoami: Whoami) {
        provide_context(Self(StoredValue::new(whoami)));
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// The account that all is about.
    pub fn account(self) -> AccountId {
        self.0.with_value(|whoami| whoami.account_id.clone())
    }

    /// What the person is called in the audit log.
    pub fn who(self) -> String {
        self.0.with_value(|whoami| whoami.email.clone().or(whoami.name.clone()).unwrap_or_default())
    }

    /// Whether the role allows what `least` allows.
    pub fn may(self, least: Role) -> bool {
        self.0.with_value(|whoami| whoami.role >= least)
    }
}

/// Whether an answer has said that the session has ended. The page stays as it is: what was typed
/// must not be lost to a sign-in.
#[derive(Clone, Copy, Debug)]
pub struct Expired(RwSignal<bool>);

impl Expired {
    pub fn provide() -> Self {
        let expired = Self(RwSignal::new(false));
        provide_context(expired);
        expired
    }

    pub fn tell(self) {
        self.0.set(true);
    }

    pub fn dismiss(self) {
        self.0.set(false);
    }

    pub fn get(self) -> bool {
        self.0.get()
    }
}
