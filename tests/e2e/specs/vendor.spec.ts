// What a vendor could send and never has: told by its answers rather than by the simulator.

import { h1, overflow } from "../support/people.ts";
import { expect, testBehindAccess as test } from "../support/test.ts";

const USER = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";
const row = { user_id: USER, email: "a@example.org", max_risk_level: "high", event_count: 1 };

test.beforeEach(async ({ page }) => {
  page.on("dialog", (dialog) => {
    throw new Error(`somebody's data opened a dialog: ${dialog.message()}`);
  });
});

test("B1: markup in an event's name is text", async ({ page, edge }) => {
  const name = "<img src=x onerror=alert(1)><script>alert(2)</script>";
  const event = { id: "1", name, risk_level: "high", timestamp: "2026-01-02T03:04:05Z" };
  edge.result(`zt_risk_scoring/${USER}`, { name: "A", email: "a@example.org", risk_level: "high", events: [event] });
  await page.goto(`/users/${USER}`);
  await expect(h1(page, "A")).toBeVisible();
  await expect(page.locator("li.event")).toContainText(name);
  await expect(page.getByText(/^High since .* when <img src=x/)).toBeVisible();
  await page.getByRole("combobox", { name: "Behavior" }).selectOption(name);
  await expect(page.locator("li.event")).toHaveCount(1);
  await expect(page.locator("main :is(img, script)")).toHaveCount(0);
});

test("B4: a name of 100 KB is clipped, and the page goes on", async ({ page, edge }) => {
  const name = "Maya ".repeat(20_000) + "End";
  const last_event = "2026-01-02T03:04:05Z";
  edge.result("/summary", { users: [{ ...row, name, last_event }] });
  edge.result(`zt_risk_scoring/${USER}`, { name, email: row.email, events: [] });
  await page.goto("/users");
  const shown = page.getByRole("table", { name: "Users" }).getByRole("row").nth(1);
  expect((await shown.boundingBox())?.height).toBeLessThan(60);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.getByRole("searchbox", { name: "Search users" }).fill("maya end");
  await expect(shown).toBeVisible();
  await shown.getByRole("link").click();
  await expect(h1(page, /^Maya /)).toBeVisible();
  expect((await h1(page, /^Maya /).boundingBox())?.height).toBeLessThan(400);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
});

test("B8: a page whose files are gone says so, with a button that reloads", async ({ page, edge, problems }) => {
  problems.expect(/status of 404/);
  problems.expect(/^error: /);
  edge.answer(".wasm", { status: 404, body: {} });
  await page.goto("/users");
  await expect(page.getByText("Riskdesk could not start")).toBeVisible();
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(h1(page, "Users")).toBeVisible();
});
