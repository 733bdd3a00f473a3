// All that is known of a person on one page, to be printed or kept.

import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { ID, h1, overflow, read, visit } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const table = (page: Page, name: string) => page.getByRole("table", { name, exact: true });
const rows = (page: Page, name: string) => table(page, name).locator("tbody tr");

async function saved(page: Page) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  const file = await download;
  return { name: file.suggestedFilename(), document: JSON.parse(await readFile(await file.path(), "utf8")) };
}

test("who, which level, the deciding event, every event, every reset and why", async ({ page, request }) => {
  const user = await read(request, ID.resetAndBack);
  await visit(page, ID.resetAndBack, user.name);
  await page.getByRole("button", { name: "Reset risk" }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("New <b>laptop</b>");
  await page.getByRole("dialog").getByRole("button", { name: "Reset", exact: true }).click();
  await expect(page.getByRole("status").first()).toHaveText(/ reset$/);
  await page.getByRole("link", { name: "Evidence" }).click();
  await expect(page).toHaveURL(`/users/${ID.resetAndBack}?view=evidence`);
  await expect(h1(page, user.name)).toBeFocused();
  await expect(page.getByText(user.email)).toBeVisible();
  await expect(page.getByText(ID.resetAndBack)).toBeVisible();
  await expect(rows(page, "Resets")).toHaveCount(1);
  await expect(rows(page, "Resets")).toContainText("New <b>laptop</b>");
  await expect(rows(page, "Resets")).toContainText("Succeeded");
  await expect(rows(page, "Timeline")).toHaveCount((await read(request, ID.resetAndBack)).events.length);
  await expectAccessible(page);

  const { name, document } = await saved(page);
  expect(name).toMatch(new RegExp(`^riskdesk-evidence-${ID.resetAndBack}-\\d{4}-\\d\\d-\\d\\d\\.json$`));
  const now = await read(request, ID.resetAndBack);
  expect(document).toMatchObject({ user_id: ID.resetAndBack, name: now.name, email: now.email });
  expect(document.events).toEqual(now.events);
  expect(document.exported_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(document.resets).toHaveLength(1);
  expect(document.resets[0]).toMatchObject({ operation: "reset_user", reason: "New <b>laptop</b>" });
  await page.getByRole("link", { name: "Back to the user" }).click();
  await expect(page).toHaveURL(`/users/${ID.resetAndBack}`);
  await expect(h1(page, user.name)).toBeFocused();
  await expect(page.getByRole("link", { name: "Evidence" })).toBeVisible();
});

test("the deciding event is the one that the sentence names", async ({ page, request }) => {
  const user = await read(request, ID.everyShape);
  await page.goto(`/users/${ID.everyShape}?view=evidence`);
  await expect(h1(page, user.name)).toBeVisible();
  await expect(rows(page, "Deciding event")).toHaveCount(1);
  await expect(rows(page, "Timeline")).toHaveCount(user.events.length);
  const { document } = await saved(page);
  expect(document.risk_level).toBe("medium");
  expect(document.deciding_event.risk_level).toBe("medium");
  await expect(rows(page, "Deciding event")).toContainText(document.deciding_event.id);
  expect(document.resets).toEqual([]);
});

test("on paper there is the evidence without the frame", async ({ page }) => {
  await page.goto(`/users/${ID.rightToLeftName}?view=evidence`);
  await expect(table(page, "Timeline")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(table(page, "Timeline")).toBeVisible();
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
});

test.describe("an operator", () => {
  test.use({ demoOptions: { role: "operator", users: 60 } });

  test("is told that the resets' reasons are an admin's to read", async ({ page }) => {
    await page.goto(`/users/${ID.everyShape}?view=evidence`);
    await expect(page.getByText("only an admin can read")).toBeVisible();
    const { document } = await saved(page);
    expect(document.resets).toBeNull();
    expect(document.resets_missing).toContain("only an admin can read");
  });
});
