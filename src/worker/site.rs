//! What an isolate keeps from one request to the next: the gate, made of the settings. Nothing that
//! waits is kept: what one request waits for, another may not
//! (<https://developers.cloudflare.com/workers/observability/errors/#cannot-perform-io-on-behalf-of-a-different-request>).

use std::{cell::OnceCell, rc::Rc};

use proxy::Gate;
use worker::Env;

use crate::{logs, upstream::Upstream};

/// The gate, and where what it lets through goes.
pub struct Site {
    pub gate: Gate,
    pub upstream: Upstream,
}

thread_local! {
    static SITE: OnceCell<Option<Rc<Site>>> = const { OnceCell::new() };
}

/// The site that the settings make; none, and a line in the logs, where they have mistakes.
pub fn of(env: &Env) -> Option<Rc<Site>> {
    SITE.with(|site| site.get_or_init(|| read(env)).clone())
}

#[cfg(not(feature = "demo"))]
fn read(env: &Env) -> Option<Rc<Site>> {
    match crate::settings::read(env) {
        Ok(settings) => {
            let gate = Gate::new(settings.policy());
            Some(Rc::new(Site { gate, upstream: Upstream::Cloudflare }))
        }
        Err(mistakes) => {
            let mistakes = mistakes.to_string();
            logs::error("not set up", serde_json::json!({ "error": mistakes }));
            None
        }
    }
}

#[cfg(feature = "demo")]
fn read(env: &Env) -> Option<Rc<Site>> {
    let made = crate::demo::site(env);
    if made.is_none() {
        logs::error("the demo can't be set up", serde_json::json!({}));
    }
    made.map(Rc::new)
}
