// A server between two others: hears one's requests, and hands them on to the other.

import { once } from "node:events";
import { createServer, request } from "node:http";

/** @typedef {import("node:http").IncomingMessage} Incoming */
/** @typedef {import("node:http").ServerResponse} Answer */

/**
 * Listens on a port of its own.
 * @param {(incoming: Incoming, answer: Answer) => void} hear
 */
export async function listen(hear) {
  const server = createServer(hear);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port to listen on");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Hands the request on to the server at `to`, and its answer back.
 * @param {Incoming} incoming
 * @param {Answer} answer
 * @param {string} to
 */
export function passOn(incoming, answer, to, headers = incoming.headers) {
  const { method, url } = incoming;
  const onward = request(`${to}${url}`, { method, headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  onward.on("error", () => answer.destroy());
  incoming.pipe(onward);
}
