// The parts of the app: each page loads its own when it is first needed, and says when it can't.

import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { ID, h1 } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const entry = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });

/** The names of the wasm files that were asked for, without their hashes. */
const asked = (page: Page) => {
  const names: string[] = [];
  page.on("request", (request) => {
    const name = /\/([a-z-]+)-[0-9a-f]+(_bg)?\.wasm$/.exec(request.url())?.[1];
    if (name) names.push(name);
  });
  return names;
};

/** What `cargo xtask size` holds the users page to, in bytes. */
const BUDGET = Number(
  /BUDGET: u64 = ([\d_]+)/
    .exec(readFileSync(new URL("../../../xtask/size.rs", import.meta.url), "utf8"))?.[1]
    ?.replaceAll("_", ""),
);

test("the users page loads no part, and comes within the budget", async ({ page }) => {
  const names = asked(page);
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (!/\.(wasm|js|css)$/.test(request.url())) return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto("/users");
  await expect(page.getByRole("table", { name: "Users" }).getByRole("row")).toHaveCount(26);
  expect(names.sort()).toEqual(["riskdesk-app"]);
  const sum = (await Promise.all(sizes)).reduce((all, one) => all + one, 0);
  expect(sum).toBeGreaterThan(100_000);
  expect(sum).toBeLessThanOrEqual(BUDGET);
});

test("a page by its address asks for its part before the app is there", async ({ page }) => {
  const names = asked(page);
  await page.goto(`/users/${ID.everyShape}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(names.indexOf("user")).toBeGreaterThanOrEqual(0);
  expect(names).not.toContain("behaviors");
  // What was asked for early is what the app takes.
  expect(names.filter((name) => name === "user")).toHaveLength(1);
});

test("pointing at a link loads its page's part, once", async ({ page }) => {
  const names = asked(page);
  await page.goto("/users");
  await expect(h1(page, "Users")).toBeVisible();
  await entry(page, "Behaviors").hover();
  await expect.poll(() => names).toContain("behaviors");
  await entry(page, "Behaviors").click();
  await expect(h1(page, "Behaviors")).toBeFocused();
  await page.goBack();
  await expect(h1(page, "Users")).toBeFocused();
  await page.goForward();
  await expect(h1(page, "Behaviors")).toBeFocused();
  expect(names.filter((name) => name === "behaviors")).toHaveLength(1);
});

test("a part that can't be had says so, and the rest goes on", async ({ page, problems }) => {
  problems.expect(/ERR_FAILED/);
  problems.expect(/Failed to fetch/);
  await page.route(/\/behaviors-[0-9a-f]+\.wasm$/, (route) => route.abort());
  await page.goto("/users");
  await entry(page, "Behaviors").click();
  await expect(h1(page, "Page not loaded")).toBeFocused();
  const alert = page.getByRole("alert").filter({ hasText: "could not be loaded" });
  await expect(alert).toContainText("Reload to try again.");
  await expectAccessible(page);
  await page.goBack();
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  await page.goForward();
  await expect(h1(page, "Page not loaded")).toBeVisible();
  await page.unroute(/\/behaviors-[0-9a-f]+\.wasm$/);
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(h1(page, "Behaviors")).toBeVisible();
});
