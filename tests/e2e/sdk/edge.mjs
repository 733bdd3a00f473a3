// What stands between an SDK and `riskdesk serve`: Cloudflare's edge, where Access takes a service
// token's two headers and puts an assertion in their place.

import { once } from "node:events";
import { createServer, request } from "node:http";

import { ASSERTION, startServe } from "../support/access.mjs";

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
  const server = createServer((incoming, answer) => {
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
    const { method, url } = incoming;
    const onward = request(`${served.url}${url}`, { method, headers }, (response) => {
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
    async stop() {
      server.closeAllConnections();
      server.close();
      await served.stop();
    },
  };
}
