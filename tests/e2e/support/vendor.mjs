// Stands between Riskdesk and the simulated Cloudflare, and has resets fail that the simulator
// would make: a Cloudflare on a bad day.

import { listen, passOn } from "./between.mjs";

/**
 * @typedef {object} Vendor
 * @property {string} url
 * @property {string[]} failed the users whose reset it did not pass on, in their order
 * @property {(days: { failEvery?: number, delay?: number }) => void} behave
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} behind the simulator's address
 * @returns {Promise<Vendor>}
 */
export async function startVendor(behind) {
  const day = { failEvery: Infinity, delay: 0 };
  /** @type {string[]} */
  const failed = [];
  let resets = 0;
  const server = await listen(async (incoming, answer) => {
    const { method, url = "/" } = incoming;
    const reset = method === "POST" ? /([^/]+)\/reset$/.exec(url) : null;
    if (reset !== null) {
      resets += 1;
      const fails = resets % day.failEvery === 0;
      await new Promise((resolve) => setTimeout(resolve, day.delay));
      if (fails) {
        incoming.resume();
        failed.push(reset[1]);
        const errors = [{ code: 10500, message: "Internal error" }];
        answer.writeHead(500, { "Content-Type": "application/json" });
        answer.end(JSON.stringify({ success: false, errors, messages: [], result: null }));
        return;
      }
    }
    passOn(incoming, answer, behind);
  });
  return { ...server, failed, behave: (days) => void Object.assign(day, days) };
}
