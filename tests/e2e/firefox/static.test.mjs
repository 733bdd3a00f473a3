// The demo that needs no server, in Firefox: what Chromium shows (specs/static.spec.ts) is not
// Chromium's alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import puppeteer from "puppeteer-core";

import { StaticHost } from "../support/host.mjs";

/** @type {import("puppeteer-core").Browser} */
let browser;
/** @type {StaticHost} */
let host;

before(async () => {
  host = await StaticHost.start("/some/where/");
  browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX });
});

after(async () => {
  await browser?.close();
  await host?.stop().catch(() => {});
});

test("below a path, and then without a network", async () => {
  const page = await browser.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  const rows = () => page.$$eval("tbody tr:not([hidden])", (all) => all.length);
  const link = (/** @type {string} */ name) =>
    page.locator(`::-p-aria([name="${name}"][role="link"])`);

  await page.goto(host.url);
  await page.waitForSelector('::-p-aria([name="Overview"][role="heading"])');
  await link("Users").click();
  await page.waitForSelector("tbody tr:not([hidden])");
  assert.equal(await rows(), 25);
  assert.equal(new URL(page.url()).pathname, "/some/where/users");
  assert.deepEqual(host.missing, []);

  await page.waitForFunction(() =>
    navigator.serviceWorker.ready.then(({ active }) => active?.state === "activated"),
  );
  await host.stop();
  await page.reload();
  await page.waitForSelector("tbody tr:not([hidden])");
  assert.equal(await rows(), 25);
  await link("Catherine Oyelaran").click();
  await page.waitForSelector('::-p-aria([name="Catherine Oyelaran"][role="heading"])');
  await page.reload();
  await page.waitForSelector('::-p-aria([name="Catherine Oyelaran"][role="heading"])');
  assert.deepEqual(problems, []);
});
