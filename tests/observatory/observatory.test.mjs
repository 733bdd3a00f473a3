// MDN's HTTP Observatory scans `riskdesk serve` as people reach it: over HTTPS, with TLS ended by
// somebody in front, who sends plain HTTP elsewhere. It stands for Cloudflare's edge, and adds
// nothing to the answers.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { startServe } from "../e2e/support/access.mjs";

const TLS = fileURLToPath(new URL("tls.pem", import.meta.url));
const SCANNER = fileURLToPath(
  new URL("node_modules/@mdn/mdn-http-observatory/", import.meta.url),
);
/** The first byte of a TLS handshake (RFC 8446 §5.1). */
const HANDSHAKE = 22;

/** Listens on a port of its own. */
async function listen(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server.address().port;
}

let host;
const stops = [];

before(async () => {
  let serve;
  const pem = readFileSync(TLS);
  const secure = https.createServer({ cert: pem, key: pem }, ({ method, url, headers }, answer) => {
    const onward = http.request(`${serve.url}${url}`, { method, headers }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    });
    onward.on("error", () => answer.destroy()).end();
  });
  const plain = http.createServer((request, answer) => {
    answer.writeHead(301, { Location: `https://${host}${request.url}` }).end();
  });
  const ports = { secure: await listen(secure), plain: await listen(plain) };
  // The scanner asks both of one address.
  const door = net.createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (first) => {
      const inside = net.connect(first[0] === HANDSHAKE ? ports.secure : ports.plain, "127.0.0.1");
      inside.on("error", () => socket.destroy());
      inside.write(first);
      socket.pipe(inside).pipe(socket);
    });
  });
  host = `127.0.0.1:${await listen(door)}`;
  serve = await startServe({ flags: ["--public-url", `https://${host}`] });
  stops.push(() => serve.stop());
  for (const server of [secure, plain]) stops.push(() => server.closeAllConnections());
  for (const server of [secure, plain, door]) stops.push(() => server.close());
});

after(async () => {
  for (const stop of stops) await stop();
});

test("the Observatory's grade is A+, with at least 130", async () => {
  // Its install script would fetch the list of hosts that browsers know to be HTTPS only. This
  // machine is not on it.
  const list = `${SCANNER}conf/hsts-preload.json`;
  if (!existsSync(list)) writeFileSync(list, "{}\n");

  const env = { ...process.env, NODE_EXTRA_CA_CERTS: TLS };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [`${SCANNER}src/scan.js`, host],
    { env },
  );
  const { scan, tests } = JSON.parse(stdout);
  const results = Object.entries(tests).map(([name, { result }]) => `${name}: ${result}`);
  console.log(`${scan.grade} ${scan.score}\n${results.join("\n")}`);
  assert.equal(scan.statusCode, 200);
  assert.deepEqual([scan.grade, scan.testsFailed], ["A+", 0], results.join("\n"));
  assert.ok(scan.score >= 130, `${scan.score}`);
});
