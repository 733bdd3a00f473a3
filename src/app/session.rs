//! Who is signed in, for the components that show less to smaller roles.

use leptos::prelude::*;
use model::{Role, Whoami};

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

    /// Whether the role allows what `least` allows.
    pub fn may(self, least: Role) -> bool {
        self.0.with_value(|whoami| whoami.role >= least)
    }
}
