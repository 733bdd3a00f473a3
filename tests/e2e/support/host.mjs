// A static host of the plainest kind: a folder's files below a path, and 404 for all else.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What `cargo xtask static-demo` makes. */
const FOLDER =
  process.env.STATIC_DEMO ?? fileURLToPath(new URL("../../../target/static-demo", import.meta.url));

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export class StaticHost {
  /**
   * Every path that was asked for and isn't there.
   * @type {string[]}
   */
  missing = [];
  #below;
  #server;

  /** @param {string} below */
  constructor(below) {
    this.#below = below;
    this.#server = createServer(async (request, response) => {
      const path = new URL(request.url ?? "/", "http://host").pathname;
      const name = path.startsWith(below) ? path.slice(below.length) || "index.html" : "";
      const file = join(FOLDER, name);
      const found = /^[\w.-]+$/.test(name) && (await stat(file).catch(() => undefined))?.isFile();
      if (!found) {
        this.missing.push(path);
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "text/plain" });
      createReadStream(file).pipe(response);
    });
  }

  /**
   * Serves below a path, which begins and ends with a slash.
   * @param {string} below
   */
  static async start(below) {
    const host = new StaticHost(below);
    host.#server.listen(0, "127.0.0.1");
    await once(host.#server, "listening");
    return host;
  }

  get url() {
    const { port } = /** @type {import("node:net").AddressInfo} */ (this.#server.address());
    return `http://127.0.0.1:${port}${this.#below}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
