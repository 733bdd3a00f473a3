// An Access of the tests' own, and `riskdesk serve` behind it: assertions signed by a key that
// nobody else has, published on loopback as Access publishes its keys.

import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { listen } from "./between.mjs";
import { start } from "./riskdesk.mjs";
import { startVendor } from "./vendor.mjs";
import { startWorker } from "./worker.mjs";

/** The header that an assertion comes in. */
export const ASSERTION = "Cf-Access-Jwt-Assertion";

export const ACCOUNT = "0123456789abcdef0123456789abcdef";

const AUD = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228";
const TOKEN = "the-token-that-stays-behind-the-proxy";

/**
 * An identity provider that makes assertions.
 * @typedef {object} Access
 * @property {string} url the team domain
 * @property {string} aud the application's tag
 * @property {(email: string, claims?: object) => string} user an assertion for a person
 * @property {(name: string, claims?: object) => string} service one for a service token's client ID
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<Access>} */
export async function startAccess() {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const kid = randomUUID();
  const jwk = { ...publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" };
  const { url, stop } = await listen((request, response) => {
    response.statusCode = request.url === "/cdn-cgi/access/certs" ? 200 : 404;
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ keys: [jwk], public_certs: [] }));
  });

  /** @param {object} claims */
  const assertion = (claims) => {
    const now = Math.floor(Date.now() / 1000);
    const encode = (/** @type {object} */ part) =>
      Buffer.from(JSON.stringify(part)).toString("base64url");
    const common = { aud: [AUD], iss: url, type: "app", iat: now - 60, exp: now + 3600 };
    const header = encode({ alg: "RS256", kid, typ: "JWT" });
    const message = `${header}.${encode({ ...common, ...claims })}`;
    const signature = sign("RSA-SHA256", Buffer.from(message), privateKey);
    return `${message}.${signature.toString("base64url")}`;
  };

  return {
    url,
    aud: AUD,
    user: (email, claims) =>
      assertion({
        email,
        sub: randomUUID(),
        identity_nonce: "6ei69kawdKzMIAPF",
        country: "US",
        ...claims,
      }),
    service: (name, claims) => assertion({ common_name: name, sub: "", ...claims }),
    stop,
  };
}

/**
 * `riskdesk serve` before a simulated Cloudflare and behind an Access, or the Worker in its stead where
 * WORKER says where that is.
 * @typedef {object} Served
 * @property {string} url
 * @property {Access} access
 * @property {import("./vendor.mjs").Vendor} vendor what stands before the simulator
 * @property {() => string} output what the proxy has printed so far
 * @property {() => Promise<void>} stop ends all of them
 */

/**
 * Roles by e-mail address: `admin@corp.example`, `operator@corp.example`, and viewers for the rest
 * of that domain; `roles` has other lists, for service tokens say.
 * @param {{ users?: number, seed?: number, scenario?: string, flags?: string[], roles?: Record<string, string> }} [options]
 * @returns {Promise<Served>}
 */
export async function startServe(options = {}) {
  const { users = 60, seed = 7, scenario = "morning", flags = [], roles = {} } = options;
  const folder = mkdtempSync(join(tmpdir(), "riskdesk-e2e-"));
  const tokenFile = join(folder, "token");
  writeFileSync(tokenFile, TOKEN);
  const access = await startAccess();
  const day = ["--users", `${users}`, "--seed", `${seed}`, "--scenario", scenario];
  const sim = await start(["sim", ...day, "--token", TOKEN]);
  const vendor = await startVendor(sim.url);
  const settings = {
    "account-id": ACCOUNT,
    "api-token-file": tokenFile,
    "base-url": `${vendor.url}/client/v4`,
    "access-team-domain": access.url,
    "access-aud": access.aud,
    admins: "admin@corp.example",
    operators: "operator@corp.example",
    viewers: "@corp.example",
    // A test asks in seconds what a person does in minutes.
    "caller-limit": "0",
    database: join(folder, "riskdesk.db"),
    ...roles,
  };
  const worker = process.env.WORKER !== undefined;
  const named = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const serve = worker
    ? await startWorker({ ...settings, "api-token": TOKEN })
    : await start(["serve", ...named, ...flags]);
  return {
    url: serve.url,
    access,
    vendor,
    output: serve.output,
    async stop() {
      await serve.stop();
      await vendor.stop();
      await Promise.all([sim.stop(), access.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
