// Stands between Riskdesk and the simulated Cloudflare, and has resets fail that the simulator
// would make: a Cloudflare on a bad day.

import { once } from "node:events";
import { createServer, request } from "node:http";

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
  const server = createServer(async (incoming, answer) => {
    const { method, url = "/", headers } = incoming;
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
    const onward = request(`${behind}${url}`, { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port to listen on");
  return {
    url: `http://127.0.0.1:${address.port}`,
    failed,
    behave: (days) => void Object.assign(day, days),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
