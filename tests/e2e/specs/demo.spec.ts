// The menu of the demo: another day, faults, latency, events that arrive, and where to look.

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { bar, boxes, dialog, work } from "../support/bulk.ts";
import { everyone, h1, overflow, settled } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const button = (page: Page) => page.getByRole("button", { name: "Demo data" });
const menu = (page: Page) => page.getByRole("group", { name: "Demo data" });
const said = (page: Page, text: string) => expect(page.getByRole("status").filter({ hasText: text })).toBeVisible();

const MORNING = { scenario: "morning", fault: "none", latency_ms: 0, arrivals: false };

test.beforeEach(async ({ request, baseURL }) => {
  const headers = { "X-Requested-With": "XMLHttpRequest", Origin: baseURL! };
  const set = await request.post("/api/v1/demo", { headers, data: MORNING });
  expect((await set.json()).result).toEqual(MORNING);
});

async function open(page: Page, path: string) {
  await page.goto(path);
  await button(page).click();
  await expect(menu(page).getByRole("radio", { name: /^Morning/ })).toBeChecked();
}

test("another scenario is another account, and its story is a link away", async ({ page }) => {
  await open(page, "/users");
  await menu(page).getByRole("radio", { name: /^Quiet/ }).check();
  await said(page, "The demo starts anew: scenario quiet");
  await expect(page.getByRole("table", { name: "Users" }).getByRole("rowheader")).toHaveCount(12);
  await expect(menu(page).getByRole("link", { name: "A reset that is refused" })).toHaveCount(0);

  await menu(page).getByRole("radio", { name: /^Incident/ }).check();
  await menu(page).getByRole("link", { name: "An incident: 41 people travel impossibly" }).click();
  await expect(menu(page)).toBeHidden();
  await expect(h1(page, "Overview")).toBeVisible();
  const incident = page.getByRole("region", { name: "Incidents" }).getByRole("heading", { level: 3 }).first();
  await expect(incident).toHaveText(/^4\d people, north\.example/);

  await page.reload();
  await button(page).click();
  await expect(menu(page).getByRole("radio", { name: /^Incident/ })).toBeChecked();
});

test("every story leads somewhere", async ({ page }) => {
  await open(page, "/users");
  const links = menu(page).getByRole("region", { name: "Stories" }).getByRole("link");
  await expect(links).toHaveCount(10);
  const seen = new Set<string>();
  for (const link of await links.all()) seen.add((await link.getAttribute("href"))!);
  expect(seen.size).toBe(10);
  for (const href of seen) {
    await page.goto(href);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/\S/);
    await settled(page);
    await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(0);
    await expect(page.getByText("No users match")).toHaveCount(0);
  }
});

test("one reset in five fails, says so, and succeeds when it is tried again", async ({ page, problems }) => {
  problems.expect(/status of 500/);
  await open(page, "/users?q=north.example");
  await menu(page).getByRole("combobox", { name: "Fault" }).selectOption("One reset in five fails");
  await said(page, "The demo is set.");
  await page.keyboard.press("Escape");
  for (let row = 0; row < 5; row += 1) await boxes(page).nth(row).check();
  await bar(page).getByRole("button", { name: "Reset risk …" }).click();
  await dialog(page).getByRole("textbox", { name: "Reason" }).fill("Found well");
  await dialog(page).getByRole("button", { name: "Start in 10 s" }).click();
  await expect(work(page)).toContainText("1 failed", { timeout: 60_000 });
  await expect(work(page)).toContainText("4 of 5 reset");
  await work(page).getByRole("button", { name: "Retry failed" }).click();
  await expect(work(page)).toContainText("5 of 5 reset", { timeout: 60_000 });
});

test("a list that breaks off keeps what is known, and comes back", async ({ page }) => {
  await open(page, "/users");
  await expect(page.getByRole("table", { name: "Users" }).getByRole("rowheader").first()).toBeVisible();
  const fault = menu(page).getByRole("combobox", { name: "Fault" });
  await fault.selectOption("The list of users breaks off");
  const alert = page.getByRole("alert").filter({ hasText: /list of users/ });
  await expect(alert).toBeVisible();
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  await fault.selectOption("None");
  await expect(alert).toHaveCount(0);
});

test("with latency the loading state is seen", async ({ page }) => {
  await open(page, "/users");
  await menu(page).getByRole("combobox", { name: "Added latency" }).selectOption("2 seconds");
  await said(page, "The demo is set.");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Integrations" }).click();
  await expect(h1(page, "Integrations")).toBeVisible();
  await expect(page.locator("main [aria-busy=true]").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "acme.okta.com", exact: true })).toBeVisible();
  await settled(page);
});

test("who arrives while one watches waits until they are asked for", async ({ page, request }) => {
  const before = (await everyone(request)).length;
  await page.clock.install();
  await open(page, "/users?sort=-last_event");
  const first = page.getByRole("table", { name: "Users" }).getByRole("rowheader").first().getByRole("link");
  const known = await first.innerText();
  await menu(page).getByRole("switch", { name: "Events arrive" }).check();
  await said(page, "The demo is set.");
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await everyone(request)).length, { timeout: 30_000 }).toBeGreaterThan(before);
  await page.clock.fastForward(61_000);
  const show = page.getByRole("button", { name: /^\d new: show$/ });
  await expect(show).toBeVisible();
  await expect(first).toHaveText(known);
  await show.click();
  await expect(first).not.toHaveText(known);
});

test("the menu asks what is set once, each time it is opened", async ({ page }) => {
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/api/v1/demo")) asked += 1;
  });
  for (const times of [1, 2, 3]) {
    if (times === 1) await open(page, "/users");
    else await button(page).click();
    await expect(menu(page).getByRole("radio", { name: /^Morning/ })).toBeChecked();
    await page.keyboard.press("Escape");
    await expect(menu(page)).toBeHidden();
    expect(asked).toBe(times);
  }
});

test("the menu is accessible, by keyboard too, wide and narrow", async ({ page }) => {
  await page.goto("/users");
  await button(page).focus();
  await page.keyboard.press("Enter");
  await expect(menu(page).getByRole("region", { name: "Stories" })).toBeVisible();
  await expect(menu(page)).toContainText("Nothing reaches Cloudflare");
  await expectAccessible(page);
  await page.keyboard.press("Tab");
  await expect(menu(page).getByRole("radio", { name: /^Morning/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu(page)).toBeHidden();
  await expect(button(page)).toBeFocused();

  // A short page: the menu covers none of its links by half.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("link", { name: "Integrations" }).click();
  await expect(page.getByRole("link", { name: "acme.okta.com", exact: true })).toBeVisible();
  await button(page).click();
  await expect(menu(page).getByRole("radio", { name: /^Morning/ })).toBeInViewport();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await expectAccessible(page);
});

test.describe("a viewer", () => {
  test.use({ demoOptions: { role: "viewer" } });

  test("may set it too", async ({ page }) => {
    await open(page, "/users");
    await menu(page).getByRole("radio", { name: /^Quiet/ }).check();
    await said(page, "The demo starts anew: scenario quiet");
    await expect(menu(page).getByRole("link", { name: "What was changed, on record" })).toHaveCount(0);
  });
});
