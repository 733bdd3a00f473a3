// The Worker in Cloudflare's runtime, as `wrangler dev` runs it but for wrangler's own proxy. That one
// answers a change 503 where a connection behind it ended, and leaves a read until somebody asks for
// something else: neither is anything the Worker does.
//
//   node runtime.mjs WRANGLER FOLDER    its script; the folder with wrangler.jsonc and .dev.vars
//
// Says `Ready on http://…` once it answers. What it keeps is in FOLDER/state.

import { createRequire } from "node:module";
import { join } from "node:path";

const [wrangler, folder] = process.argv.slice(2);
const require = createRequire(wrangler);
const { Miniflare } = require("miniflare");
const { unstable_getMiniflareWorkerOptions: read } = require("wrangler");

const { workerOptions, main } = read(join(folder, "wrangler.jsonc"));
const runtime = new Miniflare({
  ...workerOptions,
  modules: true,
  scriptPath: main,
  modulesRoot: "/",
  modulesRules: [{ type: "ESModule", include: ["**/*.js"] }, ...workerOptions.modulesRules],
  defaultPersistRoot: join(folder, "state"),
  host: "127.0.0.1",
  port: 0,
});
const url = await runtime.ready;
console.log(`Ready on ${url.origin}`);
