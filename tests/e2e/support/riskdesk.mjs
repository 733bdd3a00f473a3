// Starts the release binary on a free port, waits until it answers, and ends it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const BINARY =
  process.env.RISKDESK ??
  fileURLToPath(new URL("../../../target/release/riskdesk", import.meta.url));

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

/**
 * A running `riskdesk`.
 * @typedef {object} Running
 * @property {string} url where it answers, without a slash at the end
 * @property {() => string} output what it has printed so far
 * @property {() => Promise<void>} stop ends it
 */

/**
 * @param {string[]} args the command and its arguments, without `--listen`
 * @returns {Promise<Running>}
 */
export async function start(args) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(BINARY, [...args, "--listen", `127.0.0.1:${port}`], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  }
  /** @type {Error | undefined} */
  let failure;
  child.on("error", (error) => (failure = error));
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  // A test runner that is stopped must not leave servers behind.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);

  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(url))) {
    if (failure !== undefined) throw new Error(`${BINARY} can't be started: ${failure.message}`);
    if (ended()) throw new Error(`riskdesk ${args.join(" ")} ended:\n${output}`);
    if (Date.now() > deadline) {
      kill();
      throw new Error(`riskdesk ${args.join(" ")} does not answer:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  return {
    url,
    output: () => output,
    async stop() {
      process.off("exit", kill);
      if (ended()) return;
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      const late = setTimeout(kill, STOP_TIMEOUT_MS);
      await exit;
      clearTimeout(late);
    },
  };
}

/** @param {string} url */
async function answers(url) {
  try {
    await fetch(`${url}/healthz`);
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port to listen on");
  return address.port;
}
