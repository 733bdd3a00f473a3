// What of the app is not a page's first look: dialogs, menus, bars and what is read on demand. Each
// with the steps that lead to it from a fresh page, and what is there then.

import type { Locator, Page } from "@playwright/test";

import { boxes } from "./bulk.ts";
import { ID, settled } from "./people.ts";
import { expect } from "./test.ts";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });

/** Goes to `path`, and waits until all of it is there. */
async function open(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await settled(page);
}

const users = async (page: Page) => {
  await open(page, "/users?level=high");
  await expect(page.getByRole("table", { name: "Users" }).getByRole("rowheader").first()).toBeVisible();
};

const select = async (page: Page, people: number) => {
  await users(page);
  for (let row = 0; row < people; row += 1) await boxes(page).nth(row).check();
};

const resetMany = async (page: Page) => {
  await select(page, 2);
  await button(page, "Reset risk …").click();
  return page.getByRole("dialog", { name: /^Reset risk of/ });
};

export const STATES: Record<string, (page: Page) => Promise<Locator>> = {
  async evidence(page) {
    await open(page, `/users/${ID.everyShape}?view=evidence`);
    return page.getByRole("table", { name: "Timeline", exact: true });
  },
  async export(page) {
    await users(page);
    await button(page, "Export").click();
    return page.getByRole("dialog", { name: /^Export / });
  },
  async palette(page) {
    await users(page);
    await button(page, "Go to …").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox").fill("ma");
    await expect(dialog.getByRole("option", { name: /@/ }).first()).toBeVisible();
    return dialog;
  },
  async sheet(page) {
    await users(page);
    await page.keyboard.press("?");
    return page.getByRole("dialog");
  },
  async triage(page) {
    await users(page);
    await page.getByRole("link", { name: "Triage", exact: true }).click();
    return page.getByRole("region", { name: "Triage" });
  },
  async view(page) {
    await users(page);
    await button(page, "View").click();
    return page.getByRole("group", { name: "View", exact: true });
  },
  async selection(page) {
    await select(page, 3);
    return page.getByRole("toolbar", { name: "Selection" });
  },
  "bulk dialog": resetMany,
  async "bulk panel"(page) {
    const dialog = await resetMany(page);
    await dialog.getByRole("textbox", { name: "Reason" }).fill("Stolen session cookies");
    await button(page, "Start in 10 s").click();
    return page.getByRole("region", { name: "Bulk reset" });
  },
  async doctor(page) {
    await open(page, "/integrations");
    return page.getByRole("heading", { level: 2, name: "Okta doctor" });
  },
  async "configuration export"(page) {
    await open(page, "/behaviors");
    await button(page, "Export").click();
    return page.getByRole("dialog");
  },
  async "configuration compare"(page) {
    await open(page, "/behaviors");
    await button(page, "Compare").click();
    const dialog = page.getByRole("dialog");
    const file = { behaviors: { imp_travel: { enabled: false, risk_level: "low" } }, integrations: [] };
    const buffer = Buffer.from(JSON.stringify(file));
    await dialog.getByLabel("File").setInputFiles({ name: "x.json", mimeType: "text/plain", buffer });
    await expect(dialog).toContainText("1 difference");
    return dialog;
  },
  async "what is known"(page) {
    await open(page, "/behaviors");
    const known = page.getByRole("region", { name: "What is known" });
    await known.getByRole("button", { name: /^Read the events/ }).click();
    await expect(known.getByRole("table")).toBeVisible({ timeout: 20_000 });
    await known.getByRole("button", { name: "Stop" }).click();
    return known;
  },
  async "what-if"(page) {
    await open(page, "/behaviors");
    await page.getByRole("switch", { name: "Impossible Travel" }).click();
    await button(page, "Review changes").click();
    const region = page.getByRole("dialog").getByRole("region", { name: "What if" });
    await region.getByRole("button", { name: /^Read the events/ }).click();
    await expect(region).toContainText("Were these events triggered again", { timeout: 20_000 });
    await region.getByRole("button", { name: "Stop" }).click();
    return region;
  },
};
