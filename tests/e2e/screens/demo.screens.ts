// The pictures of docs/demo.md: small, for they are many.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { bar, boxes, dialog, work } from "../support/bulk.ts";
import { everyone } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test.skip(process.env.SCREENS !== "readme", "only for the documentation");
test.use({ demoOptions: { scenario: "incident" }, viewport: { width: 1120, height: 700 } });

const FOLDER = join(process.env.SCREENS_DIR ?? ".", "demo");
const take = async (page: Page, name: string) => {
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
};

const menu = (page: Page) => page.getByRole("group", { name: "Demo data" });

async function open(page: Page, path: string) {
  await page.goto(path);
  await page.getByRole("button", { name: "Demo data" }).click();
  await expect(menu(page).getByRole("region", { name: "Stories" })).toBeVisible();
}

test("the menu", async ({ page }) => {
  await open(page, "/");
  await expect(page.getByRole("region", { name: "Incidents" }).getByRole("heading", { level: 3 }).first()).toBeVisible();
  await take(page, "menu");
});

test("an incident", async ({ page }) => {
  await page.goto("/");
  const incidents = page.getByRole("region", { name: "Incidents" });
  await incidents.getByRole("button", { name: "Look closer" }).click();
  await expect(incidents).toContainText("41 people, north.example, Impossible Travel", { timeout: 60_000 });
  await incidents.getByRole("button", { name: "Stop reading" }).click();
  await incidents.evaluate((region) => region.scrollIntoView());
  await take(page, "incident");
});

test("resets that fail", async ({ page, problems }) => {
  test.setTimeout(90_000);
  problems.expect(/status of 500/);
  await open(page, "/users?q=north.example");
  await menu(page).getByRole("combobox", { name: "Fault" }).selectOption("One reset in five fails");
  await page.keyboard.press("Escape");
  for (let row = 0; row < 10; row += 1) await boxes(page).nth(row).check();
  await bar(page).getByRole("button", { name: "Reset risk …" }).click();
  await dialog(page).getByRole("textbox", { name: "Reason" }).fill("Stolen session cookies");
  await dialog(page).getByRole("button", { name: "Start in 10 s" }).click();
  await expect(work(page).getByRole("button", { name: "Retry failed" })).toBeVisible({ timeout: 60_000 });
  await take(page, "failed");
});

test("somebody new", async ({ page, request }) => {
  test.setTimeout(90_000);
  await page.clock.install();
  await open(page, "/users");
  await menu(page).getByRole("switch", { name: "Events arrive" }).check();
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await everyone(request)).length, { timeout: 60_000 }).toBeGreaterThan(252);
  await page.clock.fastForward(61_000);
  await expect(page.getByRole("button", { name: "3 new: show" })).toBeVisible();
  await take(page, "new");
});
