// The users page beside its peer (peer.html): the same people from the same server, driven by the
// same hand, in turn; then how one person's page grows with their events, which the peer has none of.
// Prints medians and ratios; `--json FILE` keeps every run. `--quick` is three runs of 100,000
// people at full speed.
//
//   node browser.mjs --dist ../../dist [--quick] [--people 1000,10000,100000,250000] [--events 100,1000,10000,30000]
//     [--runs 5] [--slow 1,4] [--json FILE]

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { ID, events, summary } from "./people.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const { chromium } = createRequire(new URL("../e2e/package.json", import.meta.url))("@playwright/test");

const { values: options } = parseArgs({
  options: {
    dist: { type: "string", default: join(here, "../../dist") },
    quick: { type: "boolean", default: false },
    people: { type: "string" },
    events: { type: "string" },
    runs: { type: "string" },
    slow: { type: "string" },
    json: { type: "string" },
  },
});
options.people ??= options.quick ? "100000" : "1000,10000,100000,250000";
// No more: a person's answer is cut at 8 MiB.
options.events ??= options.quick ? "" : "100,1000,10000,30000";
options.runs ??= options.quick ? "3" : "5";
options.slow ??= options.quick ? "1" : "1,4";
const list = (text) => (text === "" ? [] : text.split(",").map(Number));

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};
const ACCOUNT = "0123456789abcdef0123456789abcdef";
const WHOAMI = JSON.stringify({
  success: true,
  errors: [],
  messages: [],
  result: { kind: "demo", email: "bench@example.com", role: "admin", account_id: ACCOUNT, demo: true },
});

/** Glue code that leaves its module's memory where the driver finds it. */
function keepMemory(glue) {
  const text = glue.toString();
  return Buffer.from(text.replace(/(\w+)=(\w+)\.exports\b/, "$1=$2.exports,globalThis.linear=$1.memory"));
}

/** Serves both pages, and the people under the vendor's own path; one of them has events. */
async function serve(people, of = 0) {
  const json = Buffer.from(summary(people));
  const person = Buffer.from(events(of));
  const files = new Map();
  const file = (folder, name) => {
    const path = join(folder, normalize(`/${name}`));
    if (!files.has(path)) files.set(path, readFileSync(path));
    return { body: files.get(path), type: TYPES[extname(path)] ?? "application/octet-stream" };
  };
  const is = (folder, name) => {
    try {
      return statSync(join(folder, normalize(`/${name}`))).isFile();
    } catch {
      return false;
    }
  };
  const answer = (path) => {
    if (path.endsWith("/zt_risk_scoring/summary")) return { body: json, type: "application/json" };
    if (path.endsWith(`/zt_risk_scoring/${ID}`)) return { body: person, type: "application/json" };
    if (path === "/api/v1/whoami") return { body: WHOAMI, type: "application/json" };
    if (is(here, path)) return file(here, path);
    if (!is(options.dist, path)) return file(options.dist, "index.html");
    // As every host of the app does: what has its content's hash in its name is kept.
    const found = { ...file(options.dist, path), cache: "public, max-age=31536000, immutable" };
    // So that the driver can ask how large each module's memory is.
    return path.endsWith(".js") ? { ...found, body: keepMemory(found.body) } : found;
  };
  const server = createServer((request, response) => {
    const { body, type, cache = "no-store" } = answer(new URL(request.url, "http://x").pathname);
    response.writeHead(200, {
      "Content-Type": type,
      "Content-Length": body.length,
      "Cache-Control": cache,
      // Only an isolated page may measure its memory.
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
    });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** Where each page has what is measured. */
const PAGES = {
  riskdesk: {
    path: "/users",
    rows: "table.users tbody tr:not([hidden])",
    total: ".filters .total",
    search: "input[type=search]",
    sort: (column) => `table.users th.c-${column === "risk" ? "level" : column} button`,
    // The peer shows all in one scroll, and does not read again.
    next: ".pager button:last-of-type",
    refresh: ".freshness + button",
  },
  peer: {
    path: "/peer.html",
    rows: ".row",
    total: "#total",
    search: "#search",
    sort: (column) => `[data-column=${column}]`,
  },
};

/** Until a new window is at rest, in ms: Chromium's own pages in it (the list below its address bar)
 * start with it, and keep a core busy for a second or two. */
const SETTLES = 2_500;

/** Runs in the page before anything else: long tasks, and when the first rows are painted. */
function watch(rows) {
  window.bench = { tasks: [], first: undefined, interaction: 0 };
  new PerformanceObserver((seen) => {
    for (const { duration } of seen.getEntries()) window.bench.tasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((seen) => {
    for (const { interactionId, duration } of seen.getEntries()) {
      if (interactionId > 0) window.bench.interaction = Math.max(window.bench.interaction, duration);
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
  const seen = new MutationObserver(() => {
    if (document.querySelector(rows) === null) return;
    seen.disconnect();
    const painted = new MessageChannel();
    painted.port1.onmessage = () => (window.bench.first = performance.now());
    requestAnimationFrame(() => painted.port2.postMessage(0));
  });
  seen.observe(document, { childList: true, subtree: true });
}

/** Runs in the page: does something, and waits until other rows are painted. */
async function act({ rows, total, kind, selector, value }) {
  const looks = () =>
    document.querySelector(total)?.textContent +
    [...document.querySelectorAll(rows)].slice(0, 40).map((row) => row.textContent + row.style.display).join();
  const before = looks();
  const target = document.querySelector(selector);
  const started = performance.now();
  const changed = new Promise((done) => {
    const seen = new MutationObserver(() => {
      if (looks() === before) return;
      seen.disconnect();
      done();
    });
    seen.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["style"] });
    setTimeout(done, 5_000);
  });
  if (kind === "type") {
    target.value = value;
    target.dispatchEvent(new Event("input", { bubbles: true }));
  } else {
    target.click();
  }
  await changed;
  // The frame that shows it: what is posted in it comes after it.
  await new Promise((done) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = done;
      channel.port2.postMessage(0);
    });
  });
  return performance.now() - started;
}

/** Runs in the page: reads everyone again, and waits until that is done. */
async function refreshed(selector) {
  const button = [...document.querySelectorAll(selector)].at(-1);
  const started = performance.now();
  button.click();
  await new Promise((done) => setTimeout(done));
  while (button.getAttribute("aria-busy") === "true") await new Promise((done) => setTimeout(done, 4));
  return performance.now() - started;
}

/** How large the memories of the page's and its worker's WebAssembly are. */
async function linears(tab) {
  const linear = () => globalThis.linear?.buffer.byteLength ?? 0;
  let sum = await tab.evaluate(linear);
  // A finder ends when it has given all it has.
  for (const worker of tab.workers()) sum += await worker.evaluate(linear).catch(() => 0);
  return sum;
}

/** When the first of what the page is for was painted, and what its thread was kept by until now. */
async function loaded(tab, what) {
  const { first, tasks } = await tab.evaluate(() => window.bench);
  return {
    [what]: first,
    "blocking time": tasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0),
    "longest task": Math.max(0, ...tasks),
  };
}

async function measure(context, server, page, slow) {
  const tab = await context.newPage();
  const session = await context.newCDPSession(tab);
  if (slow > 1) await session.send("Emulation.setCPUThrottlingRate", { rate: slow });
  await tab.addInitScript(watch, page.rows);
  await tab.waitForTimeout(SETTLES);
  await tab.goto(server.url + page.path);
  await tab.waitForFunction(() => window.bench.first, undefined, { timeout: 120_000 });
  await tab.waitForTimeout(300);
  const figures = await loaded(tab, "first rows");
  const { rows, total } = page;
  for (const value of ["r", "ro", "rol", "rolu", "rolul"]) {
    const took = await tab.evaluate(act, { rows, total, kind: "type", selector: page.search, value });
    figures[`keystroke ${value.length}`] = took;
  }
  await tab.evaluate(act, { rows, total, kind: "type", selector: page.search, value: "" });
  for (const column of ["name", "count", "last", "email"]) {
    const took = await tab.evaluate(act, { rows, total, kind: "click", selector: page.sort(column) });
    figures[`sort by ${column}`] = took;
  }
  if (page.next !== undefined) {
    figures["next page"] = await tab.evaluate(act, { rows, total, kind: "click", selector: page.next });
  }
  // What a hand does, as the browser itself times it: to within 8 ms, the next frame included.
  await tab.locator(page.search).pressSequentially("maron", { delay: 100 });
  await tab.locator(page.search).fill("");
  for (const column of ["name", "email", "count"]) {
    await tab.locator(page.sort(column)).click();
    await tab.waitForTimeout(100);
  }
  await tab.waitForTimeout(200);
  figures["longest interaction"] = await tab.evaluate(() => window.bench.interaction);
  await session.send("HeapProfiler.collectGarbage");
  await tab.waitForTimeout(200);
  const memory = await tab.evaluate(() => performance.measureUserAgentSpecificMemory?.());
  if (memory !== undefined) figures["memory, MB"] = memory.bytes / 1e6;
  // Chromium's sum leaves WebAssembly's memory out.
  figures["memory with WebAssembly's, MB"] = ((memory?.bytes ?? 0) + (await linears(tab))) / 1e6;
  if (page.refresh !== undefined) {
    // Until the button is at rest again. Both the old and the new people are held meanwhile.
    await tab.evaluate(() => (window.bench.tasks = []));
    figures["refresh"] = await tab.evaluate(refreshed, page.refresh);
    await tab.waitForTimeout(100);
    const tasks = await tab.evaluate(() => window.bench.tasks);
    figures["longest task of a refresh"] = Math.max(0, ...tasks);
    figures["WebAssembly's after it, MB"] = (await linears(tab)) / 1e6;
  }
  await tab.close();
  return figures;
}

/** The page of one person: until their first events are painted, and what it costs the page. */
async function measurePerson(context, server) {
  const tab = await context.newPage();
  await tab.addInitScript(watch, "li.event");
  await tab.waitForTimeout(SETTLES);
  await tab.goto(`${server.url}/users/${ID}`);
  await tab.waitForFunction(() => window.bench.first, undefined, { timeout: 120_000 });
  await tab.waitForTimeout(1_000);
  const figures = await loaded(tab, "first events");
  figures.elements = await tab.evaluate(() => document.querySelectorAll("*").length);
  figures["WebAssembly's memory, MB"] = (await linears(tab)) / 1e6;
  await tab.close();
  return figures;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    ...sandbox,
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Memory is measured when it is asked for, and not at the next chance.
    "--enable-blink-features=ForceEagerMeasureMemory",
    // Frames as fast as they are made: what is measured is the work, not the wait for a screen.
    "--disable-frame-rate-limit",
    "--disable-gpu-vsync",
  ],
});
const results = [];
for (const people of list(options.people)) {
  const server = await serve(people);
  for (const slow of list(options.slow)) {
    const runs = { riskdesk: [], peer: [] };
    // The first turn warms up and does not count.
    for (let turn = 0; turn <= Number(options.runs); turn += 1) {
      for (const [name, page] of Object.entries(PAGES)) {
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
        const figures = await measure(context, server, page, slow);
        await context.close();
        if (turn > 0) runs[name].push(figures);
      }
    }
    console.log(`\n${people} people, CPU ${slow} × slower, median of ${options.runs} runs (ms unless said)`);
    const medians = {};
    const of = (what) => (name) => median(runs[name].map((figures) => figures[what]));
    const all = Object.keys(runs.riskdesk[0]);
    const worst = (start) => (name) =>
      Math.max(...all.filter((what) => what.startsWith(start)).map((what) => of(what)(name)));
    const lines = all.map((what) => [what, of(what)]);
    lines.push(["the worst keystroke", worst("keystroke ")], ["the worst sort", worst("sort by ")]);
    for (const [what, value] of lines) {
      const [ours, peers] = ["riskdesk", "peer"].map(value);
      medians[what] = { riskdesk: ours, peer: peers, ratio: peers > 0 ? ours / peers : null };
      const shown = [ours, peers].map((value) => (value?.toFixed(1) ?? "-").padStart(9)).join("");
      const ratio = peers > 0 ? (ours / peers).toFixed(2) : "-";
      console.log(`${what.padEnd(30)}${shown}${ratio.padStart(8)}`);
    }
    results.push({ people, slow, medians, runs });
  }
  server.stop();
}
for (const of of list(options.events)) {
  const server = await serve(1, of);
  const runs = [];
  for (let turn = 0; turn <= Number(options.runs); turn += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const figures = await measurePerson(context, server);
    await context.close();
    if (turn > 0) runs.push(figures);
  }
  server.stop();
  console.log(`\n${of} events of one person, median of ${options.runs} runs (ms unless said)`);
  const medians = {};
  for (const what of Object.keys(runs[0])) {
    medians[what] = median(runs.map((figures) => figures[what]));
    console.log(`${what.padEnd(30)}${medians[what].toFixed(1).padStart(9)}`);
  }
  results.push({ events: of, medians, runs });
}
await browser.close();
if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(results, null, 1));
