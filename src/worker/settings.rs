//! Settings are the Worker's variables and secrets, by the names that they have in the native
//! host's environment. Those that speak of a machine (where to listen, which file, whether to
//! compress) are not read.

use proxy::settings::{
    COMPRESSION, DATABASE, LISTEN, METRICS_LISTEN, Mistakes, NAMES, Settings, TOKEN_FILE, Values,
};
use worker::Env;

const OF_A_MACHINE: [&str; 5] = [LISTEN, TOKEN_FILE, COMPRESSION, DATABASE, METRICS_LISTEN];

/// Reads all of them, and tells all mistakes at once.
pub fn read(env: &Env) -> Result<Settings, Mistakes> {
    let names = NAMES.iter().map(|name| name.env).filter(|name| !OF_A_MACHINE.contains(name));
    let set = names.filter_map(|name| Some((name.to_owned(), env.var(name).ok()?.to_string())));
    let values: Values = set.collect();
    Settings::read(values, |_| Err("a Worker has no files".to_owned()))
}
