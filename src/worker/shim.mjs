// What Workers loads: starts the module, and names what is in it. `cargo xtask worker` puts it beside
// what wasm-bindgen writes.

import module from "./riskdesk_bg.wasm";
import { Ledger, fetch, initSync } from "./riskdesk.js";

initSync({ module });

export default { fetch };
export { Ledger };
