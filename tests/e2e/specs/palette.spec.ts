// Keys from anywhere: the palette, the sheet that names them, and their switch.

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { h1, ID, ordinary, overflow, visit } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const palette = (page: Page) => page.getByRole("dialog", { name: "Go to …" });
const typed = (page: Page) => palette(page).getByRole("combobox", { name: "Page, person or command" });
const option = (page: Page, name: string | RegExp) => palette(page).getByRole("option", { name });
const sheet = (page: Page) => page.getByRole("dialog", { name: "Keys", exact: true });

async function open(page: Page, path = "/users") {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

test("from the overview to a person by name, and back to where one was", async ({ page, request }) => {
  const [person] = await ordinary(request);
  await open(page, "/");
  await page.keyboard.press("Control+k");
  await expect(typed(page)).toBeFocused();
  await page.keyboard.type(person.email);
  await expect(option(page, person.name)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(h1(page, person.name)).toBeFocused();
  await expect(palette(page)).toBeHidden();
  await page.goBack();
  await expect(h1(page, "Overview")).toBeFocused();
});

test("the arrows go round, what is current is said, Escape leaves all as it was", async ({ page }) => {
  await open(page);
  await page.getByRole("link", { name: "Behaviors" }).focus();
  await page.keyboard.press("Meta+k");
  const current = () => typed(page).getAttribute("aria-activedescendant");
  const first = await current();
  await expect(palette(page).locator(`#${first}`)).toContainText("Overview");
  await page.keyboard.press("ArrowDown");
  await expect(palette(page).locator(`#${await current()}`)).toContainText("Users");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(palette(page).locator(`#${await current()}`)).toContainText("Keys");
  await expect(palette(page).locator(`#${await current()}`)).toBeInViewport();
  await page.keyboard.press("ArrowDown");
  expect(await current()).toBe(first);
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(page.getByRole("link", { name: "Behaviors" })).toBeFocused();
});

test("a search for many leads to the list of them", async ({ page }) => {
  await open(page, "/behaviors");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("sentinel");
  await expect(option(page, /@sentinel\.example/).first()).toBeVisible();
  await option(page, "Everyone who matches “sentinel”").click();
  await expect(page).toHaveURL(/\/users\?q=sentinel$/);
  await expect(h1(page, "Users")).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("nobody has this name");
  await expect(palette(page).getByRole("status")).toHaveText("Nothing found");
});

test("commands: theme and density hold through a reload", async ({ page }) => {
  await open(page);
  const height = () => page.locator("tbody tr").first().evaluate((row) => row.getBoundingClientRect().height);
  expect(await height()).toBeGreaterThan(35);
  for (const command of ["theme dark", "compact"]) {
    await page.keyboard.press("Control+k");
    await page.keyboard.type(command);
    await expect(palette(page).getByRole("option")).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(palette(page)).toBeHidden();
  }
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("combobox", { name: "Theme" })).toHaveValue("dark");
  expect(await height()).toBeLessThan(30);
  await page.reload();
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  expect(await height()).toBeLessThan(30);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("comfortable");
  await expect(palette(page).getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect.poll(height).toBeGreaterThan(35);
});

test("g and a letter lead to each page", async ({ page }) => {
  await open(page);
  const pages = { b: "Behaviors", i: "Integrations", a: "Audit log", o: "Overview", u: "Users" };
  for (const [key, name] of Object.entries(pages)) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await expect(h1(page, name)).toBeFocused();
  }
});

test("no key acts while a person types or a dialog is open", async ({ page }) => {
  await open(page);
  const search = page.getByRole("searchbox", { name: "Search users" });
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.type("gb?/r");
  await expect(search).toHaveValue("gb?/r");
  await expect(h1(page, "Users")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await visit(page, ID.everyShape, /./);
  await page.getByRole("button", { name: "Refresh" }).focus();
  await page.keyboard.press("r");
  const reset = page.getByRole("dialog", { name: /^Reset risk of/ });
  await expect(reset.getByRole("textbox", { name: "Reason" })).toBeFocused();
  await reset.getByRole("button", { name: "Cancel" }).focus();
  await page.keyboard.type("?gb");
  await page.keyboard.press("Control+k");
  await expect(reset).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(1);
});

test("the sheet names the keys, and its switch turns single keys off for good", async ({ page }) => {
  await open(page);
  await page.keyboard.press("?");
  await expect(sheet(page)).toContainText("Reset risk");
  const single = sheet(page).getByRole("switch", { name: "Single keys" });
  await expect(single).toBeChecked();
  await single.uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  await page.keyboard.press("?");
  await page.keyboard.press("/");
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(h1(page, "Users")).toBeVisible();
  await expect(page.getByRole("searchbox")).not.toBeFocused();
  // By mouse and touch, the same.
  await page.getByRole("button", { name: "Go to …" }).click();
  await option(page, "Keys").click();
  await single.check();
  await sheet(page).getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(h1(page, "Behaviors")).toBeFocused();
});

test("a key asks before it leaves unsaved changes", async ({ page }) => {
  await open(page, "/behaviors");
  await page.getByRole("switch").first().click();
  await page.keyboard.press("g");
  await page.keyboard.press("u");
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await question.getByRole("button", { name: "Stay" }).click();
  await expect(h1(page, "Behaviors")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
});

test("palette and sheet are accessible, and fit a phone", async ({ page }) => {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await open(page);
    await page.getByRole("button", { name: "Go to …" }).click();
    await typed(page).fill("ma");
    await expect(option(page, /@/).first()).toBeVisible();
    await expectAccessible(page);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect(sheet(page)).toBeVisible();
    await expectAccessible(page);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.keyboard.press("Escape");
  }
});

test.describe("a viewer", () => {
  test.use({ demoOptions: { role: "viewer" } });

  test("is offered only what the role allows", async ({ page }) => {
    await visit(page, ID.everyShape, /./);
    await page.keyboard.press("r");
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("Control+k");
    await expect(option(page, "Users")).toBeVisible();
    await expect(option(page, "Audit log")).toHaveCount(0);
    await expect(option(page, "New integration")).toHaveCount(0);
  });
});

test("a palette that can't be loaded is said, and is tried again", async ({ page, problems }) => {
  problems.expect(/ERR_FAILED/);
  problems.expect(/Failed to fetch/);
  const files = /\/keys-[0-9a-f]+\.wasm$/;
  await page.route(files, (route) => route.abort());
  await open(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("alert").filter({ hasText: "could not be loaded" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(h1(page, "Behaviors")).toBeFocused();
});
