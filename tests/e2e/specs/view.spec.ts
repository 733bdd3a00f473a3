// The table as a person likes it, views kept by name, and a list that stays still.

import type { BrowserContext, Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { boxes } from "../support/bulk.ts";
import { h1, overflow } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const table = (page: Page) => page.getByRole("table", { name: "Users" });
const names = (page: Page) => table(page).getByRole("rowheader").getByRole("link");
const headers = (page: Page) => table(page).getByRole("columnheader");
const button = (page: Page) => page.getByRole("button", { name: "View", exact: true });
const menu = (page: Page) => page.getByRole("group", { name: "View", exact: true });

async function open(page: Page, query = "") {
  await page.goto(`/users${query}`);
  await expect(names(page).first()).toBeVisible();
}

test("columns are shown, hidden and moved, and stay so", async ({ page }) => {
  await open(page);
  await button(page).click();
  const columns = menu(page).getByRole("group", { name: "Columns" });
  await columns.getByRole("checkbox", { name: "E-mail" }).uncheck();
  await columns.getByRole("button", { name: "Move Level down" }).click();
  await expect(headers(page)).toHaveText(["", "Name", "Level", "Events", "Last event"]);
  await expect(columns.getByRole("checkbox", { name: "Name" })).toBeDisabled();
  const row = table(page).getByRole("row").nth(1);
  await expect(row.locator("> *").nth(1)).toHaveRole("rowheader");
  await page.reload();
  await expect(headers(page)).toHaveText(["", "Name", "Level", "Events", "Last event"]);
  // Its order is the same as ever.
  await headers(page).filter({ hasText: "Events" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=-event_count$/);
  await button(page).click();
  await menu(page).getByRole("button", { name: "Back to the default" }).click();
  await expect(headers(page)).toHaveText(["", "Level", "Name", "E-mail", "Events", "Last event"]);
});

test("times are relative, or local, or in UTC", async ({ page }) => {
  await open(page, "?sort=-last_event");
  const time = table(page).locator("time").first();
  await expect(time).toHaveText(/ago|just now/);
  await button(page).click();
  await menu(page).getByRole("radio", { name: "Date and time" }).check();
  await expect(time).toHaveText(/^\d{1,2} [A-Z][a-z]{2} (\d{4} )?\d\d:\d\d$/);
  await menu(page).getByRole("radio", { name: "UTC" }).check();
  const iso = (await time.getAttribute("datetime"))!;
  await expect(time).toHaveText(new RegExp(`${iso.slice(11, 16)} UTC$`));
  await menu(page).getByRole("radio", { name: "Compact" }).check();
  const height = () => table(page).getByRole("row").nth(1).evaluate((row) => row.getBoundingClientRect().height);
  await expect.poll(height).toBeLessThan(30);
  await page.reload();
  await expect(time).toHaveText(/ UTC$/);
  expect(await height()).toBeLessThan(30);
});

test("a view is kept by name, with its search and looks, and its link shares the search", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "?q=example&level=high");
  await button(page).click();
  await menu(page).getByRole("radio", { name: "Compact" }).check();
  await menu(page).getByRole("textbox", { name: "Name of the view" }).fill("Mornings");
  await menu(page).getByRole("button", { name: "Save view" }).click();
  await menu(page).getByRole("button", { name: "Back to the default" }).click();
  await menu(page).getByRole("button", { name: "Copy link" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^http:.*\/users\?level=high&q=example$/);
  await open(page);
  await button(page).click();
  await menu(page).getByRole("button", { name: "Mornings", exact: true }).click();
  await expect(page).toHaveURL(/\/users\?level=high&q=example$/);
  await expect(page.locator("html")).toHaveAttribute("data-density", "compact");
  await menu(page).getByRole("button", { name: "Delete Mornings" }).click();
  await page.reload();
  await button(page).click();
  await expect(menu(page).getByRole("textbox")).toBeVisible();
  await expect(menu(page).getByRole("button", { name: "Mornings", exact: true })).toHaveCount(0);
});

test("the menu closes by Escape, by its button and by a click elsewhere", async ({ page }) => {
  await open(page);
  await button(page).focus();
  await page.keyboard.press("Enter");
  await expect(menu(page).getByRole("checkbox").first()).toBeVisible();
  await expect(button(page)).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(menu(page)).toBeHidden();
  await expect(button(page)).toBeFocused();
  await button(page).click();
  await button(page).click();
  await expect(menu(page)).toBeHidden();
  await button(page).click();
  await h1(page, "Users").click();
  await expect(menu(page)).toBeHidden();
});

test.describe("the list reads again by itself", () => {
  /** How often everyone at risk has been read. */
  async function countReads(context: BrowserContext) {
    let reads = 0;
    await context.route(/\/zt_risk_scoring\/summary/, async (route) => {
      reads += 1;
      await route.continue();
    });
    return () => reads;
  }

  test("and keeps still until what is new is asked for", async ({ page, context }) => {
    let withheld = 3;
    await context.route(/\/zt_risk_scoring\/summary/, async (route) => {
      const answer = await route.fetch({ headers: { ...route.request().headers(), "if-none-match": "" } });
      const body = await answer.json();
      // Those who come first in the order of the test, so that all would move.
      body.result.users.sort((a: { event_count: number }, b: { event_count: number }) => b.event_count - a.event_count);
      body.result.users.splice(0, withheld);
      await route.fulfill({ response: answer, json: body, headers: { "content-type": "application/json" } });
    });
    await page.clock.install();
    await open(page, "?sort=-event_count");
    const before = await names(page).allTextContents();
    withheld = 0;
    await page.clock.fastForward(61_000);
    const show = page.getByRole("button", { name: "3 new: show" });
    await expect(show).toBeVisible();
    expect(await names(page).allTextContents()).toEqual(before);
    await expectAccessible(page);
    await show.click();
    await expect(names(page).nth(3)).toHaveText(before[0]);
    await expect(page.getByRole("button", { name: /: show$/ })).toHaveCount(0);
  });

  test("what the person does shows it too", async ({ page, request }) => {
    await page.clock.install();
    await open(page);
    const first = await names(page).allTextContents();
    const href = (await names(page).nth(6).getAttribute("href"))!;
    const { account_id } = (await (await request.get("/api/v1/whoami")).json()).result;
    const answer = await request.post(
      `/client/v4/accounts/${account_id}/zt_risk_scoring/${href.split("/").at(-1)}/reset`,
      { headers: { "X-Requested-With": "XMLHttpRequest", Origin: new URL(page.url()).origin } },
    );
    expect(answer.ok()).toBe(true);
    await page.clock.fastForward(61_000);
    await expect(page.getByRole("button", { name: "Changed: show" })).toBeVisible();
    expect(await names(page).allTextContents()).toEqual(first);
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(table(page).locator(`a[href="${href}"]`)).toHaveCount(0);
    await expect(page.getByRole("button", { name: /: show$/ })).toHaveCount(0);
  });

  test("but not while it is not seen", async ({ page, context }) => {
    const reads = await countReads(context);
    await page.clock.install();
    await open(page);
    await page.evaluate(() => Object.defineProperty(document, "hidden", { value: true, configurable: true }));
    await page.clock.fastForward(61_000);
    await page.clock.fastForward(61_000);
    expect(reads()).toBe(1);
    await page.evaluate(() => Object.defineProperty(document, "hidden", { value: false }));
    await page.clock.fastForward(61_000);
    await expect.poll(reads).toBe(2);
  });

  test("nor while people are selected", async ({ page, context }) => {
    const reads = await countReads(context);
    await page.clock.install();
    await open(page);
    const box = boxes(page).first();
    await box.check();
    await page.clock.fastForward(61_000);
    await page.clock.fastForward(61_000);
    expect(reads()).toBe(1);
    await box.uncheck();
    await page.clock.fastForward(61_000);
    await expect.poll(reads).toBe(2);
  });
});

test("the menu is accessible, and fits a phone", async ({ page }) => {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await open(page);
    await button(page).click();
    await expect(menu(page).getByRole("checkbox").first()).toBeInViewport();
    await expectAccessible(page);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.keyboard.press("Escape");
  }
});
