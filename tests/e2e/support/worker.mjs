// The Worker in Cloudflare's runtime: started with the settings that `riskdesk serve` has as flags, or
// with the demo's. `cargo xtask test` says in WORKER and WORKER_DEMO where each is built, and in
// WRANGLER which script brings the runtime.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const RUNTIME = fileURLToPath(new URL("../../worker/runtime.mjs", import.meta.url));
const START_TIMEOUT_MS = 60_000;

/** The names that a Worker's settings have, by the flags of `riskdesk serve`. */
const NAMES = {
  "account-id": "CLOUDFLARE_ACCOUNT_ID",
  "api-token": "CLOUDFLARE_API_TOKEN",
  "base-url": "CLOUDFLARE_BASE_URL",
  "access-team-domain": "RISKDESK_ACCESS_TEAM_DOMAIN",
  "access-aud": "RISKDESK_ACCESS_AUD",
  admins: "RISKDESK_ADMINS",
  operators: "RISKDESK_OPERATORS",
  viewers: "RISKDESK_VIEWERS",
  "caller-limit": "RISKDESK_CALLER_LIMIT",
};

/**
 * @param {Record<string, string>} settings by their flags
 * @returns {Promise<import("./riskdesk.mjs").Running>}
 */
export function startWorker(settings) {
  const flags = Object.entries(NAMES).filter(([flag]) => flag in settings);
  return run(process.env.WORKER, Object.fromEntries(flags.map(([flag, name]) => [name, settings[flag]])));
}

/**
 * @param {{ users: number, seed: number, role: string, scenario: string }} options
 * @returns {Promise<import("./riskdesk.mjs").Running>}
 */
export function startWorkerDemo({ users, seed, role, scenario }) {
  const variables = {
    DEMO_USERS: `${users}`,
    DEMO_SEED: `${seed}`,
    DEMO_ROLE: role,
    DEMO_SCENARIO: scenario,
  };
  return run(process.env.WORKER_DEMO, variables);
}

/**
 * @param {string | undefined} built
 * @param {Record<string, string>} variables
 * @returns {Promise<import("./riskdesk.mjs").Running>}
 */
async function run(built, variables) {
  const wrangler = process.env.WRANGLER;
  if (!built || !wrangler) throw new Error("the Worker's places are not set: run `cargo xtask test`");
  const folder = mkdtempSync(join(tmpdir(), "riskdesk-worker-"));
  const config = readFileSync(join(built, "wrangler.jsonc"), "utf8");
  writeFileSync(join(folder, "wrangler.jsonc"), config.replaceAll('"./', `"${built}/`));
  const lines = Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`);
  writeFileSync(join(folder, ".dev.vars"), lines.join(""));
  const child = spawn("node", [RUNTIME, wrangler, folder], {
    // The runtime is a process of its own, and ends with the group.
    detached: true,
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, XDG_CONFIG_HOME: join(folder, "config") },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  }
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const kill = () => {
    if (!ended() && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  };
  process.once("exit", kill);

  const deadline = Date.now() + START_TIMEOUT_MS;
  let url;
  while ((url = output.match(/Ready on (http:\/\/\S+)/)?.[1]) === undefined) {
    if (ended() || Date.now() > deadline) {
      kill();
      throw new Error(`the Worker does not start:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    output: () => output,
    async stop() {
      process.off("exit", kill);
      if (!ended()) {
        const exit = once(child, "exit");
        kill();
        await exit;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
