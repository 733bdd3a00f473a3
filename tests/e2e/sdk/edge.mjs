// What stands between an SDK and `riskdesk serve`: Cloudflare's edge, where Access takes a service
// token's two headers and puts an assertion in their place.

import { ASSERTION, startServe } from "../support/access.mjs";
import { listen, passOn } from "../support/between.mjs";

const SECRET = "the-secret-of-a-service-token";

/** The client ID of the service token with a role. */
const clientId = (/** @type {string} */ role) => `${role}-of-the-sdk-tests.access`;

const ROLES = {
  viewers: `service:${clientId("viewer")}`,
  operators: `service:${clientId("operator")}`,
  admins: `service:${clientId("admin")}`,
};

/** The headers that an SDK's user sets for the service token with a role. */
export function serviceToken(/** @type {string} */ role) {
  return { "CF-Access-Client-Id": clientId(role), "CF-Access-Client-Secret": SECRET };
}

/** `riskdesk serve` before a simulator, behind an edge. */
export async function startEdge() {
  const served = await startServe({ users: 60, seed: 7, roles: ROLES });
  const edge = await listen((incoming, answer) => {
    const {
      "cf-access-client-id": id,
      "cf-access-client-secret": secret,
      ...headers
    } = incoming.headers;
    if (typeof id !== "string" || secret !== SECRET) {
      answer.writeHead(403).end();
      return;
    }
    headers[ASSERTION.toLowerCase()] = served.access.service(id);
    passOn(incoming, answer, served.url, headers);
  });
  return {
    url: edge.url,
    async stop() {
      await edge.stop();
      await served.stop();
    },
  };
}
