//! What the demo is set to, and what there is to read again after another setting.

use model::{Demo, DemoChange};

use super::{
    Error,
    cache::{forget_all, reread_all},
    client,
};

/// Sets the demo, and says what it is set to; a change of nothing only asks. Another scenario is
/// another account, of which nothing is known; another fault or latency is seen by reading again.
///
/// # Errors
/// [`Error`]; where it is not known whether the change was made, asking tells.
pub async fn set_demo(change: DemoChange) -> Result<Demo, Error> {
    let set = client().demo(change).await?;
    if change.scenario.is_some() {
        forget_all();
    } else if change.fault.is_some() || change.latency_ms.is_some() {
        reread_all();
    }
    Ok(set)
}
