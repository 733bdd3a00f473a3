// Triage: the list by keys, and the walk through it from person to person.

import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { h1, overflow } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const table = (page: Page) => page.getByRole("table", { name: "Users" });
const links = (page: Page) => table(page).getByRole("rowheader").getByRole("link");
const bar = (page: Page) => page.getByRole("region", { name: "Triage" });
const button = (page: Page, name: string) => bar(page).getByRole("button", { name, exact: true });
const reset = (page: Page) => page.getByRole("dialog", { name: /^Reset risk of/ });
const end = (page: Page) => page.getByRole("dialog", { name: "End triage?" });

async function open(page: Page, query = "") {
  await page.goto(`/users${query}`);
  await expect(links(page).first()).toBeVisible();
}

/** The names of the shown rows, in their order. */
const names = async (page: Page) => links(page).allTextContents();

test("j and k move through the rows, Enter opens, back goes on from there", async ({ page }) => {
  await open(page);
  for (const [key, row] of [["j", 0], ["j", 1], ["j", 2], ["k", 1]] as const) {
    await page.keyboard.press(key);
    await expect(links(page).nth(row)).toBeFocused();
    await expect(links(page).nth(row)).toBeInViewport();
  }
  const [, name] = await names(page);
  await page.keyboard.press("Enter");
  await expect(h1(page, name)).toBeFocused();
  await page.goBack();
  await expect(h1(page, "Users")).toBeFocused();
  await page.keyboard.press("j");
  await expect(links(page).nth(2)).toBeFocused();
});

test("e opens the export", async ({ page }) => {
  await open(page);
  await page.keyboard.press("e");
  await expect(page.getByRole("dialog", { name: /^Export/ })).toBeVisible();
});

test("from the overview to a person reset, by keyboard alone", async ({ page }) => {
  await page.goto("/");
  await expect(h1(page, "Overview")).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("u");
  await expect(links(page).first()).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("example.org");
  await expect(page).toHaveURL(/q=example\.org$/);
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("j");
  await expect(links(page).first()).toBeFocused();
  const [name, second] = await names(page);
  await page.keyboard.press("r");
  await expect(page.getByRole("dialog", { name: `Reset risk of ${name}?` })).toBeVisible();
  await expect(reset(page).getByRole("textbox", { name: "Reason" })).toBeFocused();
  await page.keyboard.type("Talked to them");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: `Risk of ${name} reset` })).toBeVisible();
  await expect(links(page).first()).toHaveText(second);
  await expect(links(page).first()).toBeFocused();
});

test.describe("the walk", () => {
  const QUERY = "?level=high&sort=-event_count";
  /** Those who are walked, in their order, as the list shows them. */
  async function start(page: Page) {
    await open(page, QUERY);
    const all = await names(page);
    await page.getByRole("link", { name: "Triage", exact: true }).click();
    await expect(h1(page, all[0])).toBeFocused();
    await expect(bar(page).getByRole("status")).toHaveText(/^1 of \d+$/);
    return all;
  }

  test("goes from one to the next and back, and survives a reload", async ({ page }) => {
    const all = await start(page);
    await expect(page).toHaveURL(/triage=level%3Dhigh%26sort%3D-event_count&at=1$/);
    await page.keyboard.press("n");
    await expect(h1(page, all[1])).toBeFocused();
    await expect(bar(page).getByRole("status")).toHaveText(/^2 of \d+$/);
    await page.keyboard.press("s");
    await expect(h1(page, all[2])).toBeFocused();
    await page.reload();
    await expect(bar(page).getByRole("status")).toHaveText(/^3 of \d+$/);
    await button(page, "Previous").click();
    await expect(h1(page, all[1])).toBeFocused();
    await page.goBack();
    await expect(h1(page, all[2])).toBeFocused();
    await button(page, "Next").click();
    await expect(h1(page, all[3])).toBeFocused();
    await button(page, "Skip").click();
    await expect(h1(page, all[4])).toBeFocused();
  });

  test("a filter of the events stays within the walk", async ({ page }) => {
    await start(page);
    await page.getByRole("slider", { name: "Start of the span" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page).toHaveURL(/from=.*triage=/);
    await expect(bar(page)).toBeVisible();
  });

  test("passes nobody over when one is reset, and keeps notes for the file", async ({ page }) => {
    await open(page, QUERY);
    const hrefs = await links(page).evaluateAll((all) => all.map((link) => link.getAttribute("href")!));
    const ids = hrefs.map((href) => href.split("/").at(-1));
    const all = await start(page);
    await page.keyboard.press("m");
    const note = page.getByRole("dialog", { name: `Note on ${all[0]}` });
    await note.getByRole("textbox", { name: "Note" }).fill("=cmd, on holiday");
    await note.getByRole("button", { name: "Keep note" }).click();
    await page.keyboard.press("n");
    await expect(h1(page, all[1])).toBeFocused();
    await page.keyboard.press("r");
    await reset(page).getByRole("textbox", { name: "Reason" }).fill("Walked");
    await reset(page).getByRole("button", { name: "Reset", exact: true }).click();
    await expect(reset(page)).toBeHidden();
    await expect(bar(page).getByRole("status")).toHaveText(/^No longer in the list · \d+ left$/);
    await page.keyboard.press("n");
    await expect(h1(page, all[2])).toBeFocused();
    await expect(bar(page).getByRole("status")).toHaveText(/^2 of \d+$/);
    await page.keyboard.press("s");
    await expect(h1(page, all[3])).toBeFocused();
    await page.reload();
    await expect(bar(page).getByRole("status")).toHaveText(/^3 of \d+$/);
    await button(page, "End triage").click();
    await expect(end(page)).toContainText("4 people seen: 1 reset, 1 skipped. 1 note.");
    await expectAccessible(page);
    const file = page.waitForEvent("download");
    await end(page).getByRole("button", { name: "Save as CSV" }).click();
    const text = readFileSync(await (await file).path(), "utf8").split("\r\n");
    expect(text[0]).toBe("user_id,name,email,max_risk_level,outcome,note,at");
    expect(text[1]).toContain(`${ids[0]},`);
    expect(text[1]).toContain(`high,seen,"'=cmd, on holiday",`);
    expect(text[2]).toContain(`${ids[1]},`);
    expect(text[2]).toContain("high,reset,,");
    expect(text[3]).toContain("high,skipped,,");
    await end(page).getByRole("button", { name: "Back to the list" }).click();
    await expect(page).toHaveURL(new RegExp(`/users\\${QUERY}$`));
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  test("ends where nobody comes after", async ({ page }) => {
    await open(page, "?q=sentinel.example&level=high");
    await page.keyboard.press("t");
    await expect(bar(page).getByRole("status")).toHaveText(/^1 of \d+$/);
    const total = Number((await bar(page).getByRole("status").textContent())!.split(" ").at(-1));
    for (let at = 2; at <= total; at += 1) {
      await page.keyboard.press("s");
      await expect(bar(page).getByRole("status")).toHaveText(`${at} of ${total}`);
    }
    await page.keyboard.press("s");
    await expect(end(page)).toContainText("That was the last one.");
    await end(page).getByRole("button", { name: "Go on" }).click();
    await expect(button(page, "Next")).toBeVisible();
  });

  test("is accessible, and fits a phone", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await start(page);
    await expectAccessible(page);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});
