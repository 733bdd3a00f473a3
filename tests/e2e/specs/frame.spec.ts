// The frame around every page: addresses, titles, focus, history, skip link, theme.

import type { Page } from "@playwright/test";

import { ID, h1, read } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const main = (page: Page) => page.getByRole("navigation", { name: "Main" });
const entry = (page: Page, name: string) => main(page).getByRole("link", { name, exact: true });

const pages = [
  { path: "/", name: "Overview" },
  { path: "/users", name: "Users" },
  { path: "/behaviors", name: "Behaviors" },
  { path: "/integrations", name: "Integrations" },
];

test("the navigation leads everywhere, with title, focus and place", async ({ page }) => {
  await page.goto("/users");
  await expect(h1(page, "Users")).toBeVisible();
  for (const { path, name } of pages) {
    await entry(page, name).click();
    await expect(h1(page, name)).toBeFocused();
    await expect(page).toHaveURL(path);
    await expect(page).toHaveTitle(`${name} · Riskdesk`);
    await expect(main(page).locator("[aria-current=page]")).toHaveText(name);
  }
  for (const { name } of pages.slice(0, -1).reverse()) {
    await page.goBack();
    await expect(h1(page, name)).toBeFocused();
    await expect(page).toHaveTitle(`${name} · Riskdesk`);
    await expect(main(page).locator("[aria-current=page]")).toHaveText(name);
  }
  await page.goForward();
  await expect(h1(page, "Users")).toBeFocused();
});

test("every page is there by its address", async ({ page, request }) => {
  const [integration] = await read(request, "integrations");
  const user = await read(request, ID.everyShape);
  const deep = [
    ...pages,
    { path: `/users/${ID.everyShape}`, name: user.name },
    { path: "/integrations/new", name: "New integration" },
    { path: `/integrations/${integration.id}`, name: new URL(integration.tenant_url).host },
  ];
  for (const { path, name } of deep) {
    await page.goto(path);
    await expect(h1(page, name)).toBeVisible();
    await expect(page).toHaveTitle(`${name} · Riskdesk`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(page.getByRole("main")).toHaveCount(1);
    // Who comes in by an address keeps the browser's own focus.
    await expect(page.locator("body")).toBeFocused();
  }
});

test("below an entry, it is still the current one", async ({ page }) => {
  for (const [path, name] of [
    [`/users/${ID.everyShape}`, "Users"],
    ["/integrations/new", "Integrations"],
  ]) {
    await page.goto(path);
    await expect(main(page).locator("[aria-current=page]")).toHaveText(name);
  }
});

test("an address without a page says so and leads on", async ({ page }) => {
  for (const path of ["/nowhere", "/users/x/y", "/behaviors/imp_travel", "/Users"]) {
    await page.goto(path);
    await expect(h1(page, "Page not found")).toBeVisible();
    await expect(page).toHaveTitle("Page not found · Riskdesk");
    await expect(page.getByText("The link may be old or mistyped.")).toBeVisible();
  }
  await page.getByRole("link", { name: "See users by risk" }).click();
  await expect(h1(page, "Users")).toBeFocused();
});

test("a malformed ID says how one looks", async ({ page }) => {
  for (const id of ["not-an-id", "%F0%9F%92%A5", "123", `${ID.everyShape}0`, "%3Cb%3E"]) {
    await page.goto(`/users/${id}`);
    await expect(h1(page, "No such user")).toBeVisible();
    await expect(page.getByRole("alert").filter({ hasText: "no valid user ID" })).toBeVisible();
    await expect(page).toHaveTitle("No such user · Riskdesk");
  }
  await page.getByRole("link", { name: "All users" }).click();
  await expect(h1(page, "Users")).toBeFocused();
});

test("an ID of nobody says so", async ({ page, problems }) => {
  problems.expect(/status of 404/);
  await page.goto("/users/00000000-0000-4000-8000-000000000000");
  await expect(h1(page, "No such user")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "knows no user" })).toBeVisible();
});

test("the skip link is the first stop and goes to the content", async ({ page }) => {
  await page.goto("/users");
  await expect(page.getByRole("searchbox")).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.locator("main :focus")).toBeVisible();
  // The page is the same and the way back is not longer for it.
  await expect(h1(page, "Users")).toBeVisible();
  await entry(page, "Behaviors").click();
  await expect(h1(page, "Behaviors")).toBeFocused();
  await expect(page).toHaveURL("/behaviors");
});

test("the theme follows the system until one is chosen, which stays", async ({ page }) => {
  const ground = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/users");
  const theme = page.getByRole("combobox", { name: "Theme" });
  await expect(theme).toHaveValue("system");
  const light = await ground();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await ground();
  expect(dark).not.toBe(light);
  await theme.selectOption("Light");
  expect(await ground()).toBe(light);
  await page.reload();
  await expect(theme).toHaveValue("light");
  expect(await ground()).toBe(light);
  await theme.selectOption("Dark");
  await page.emulateMedia({ colorScheme: "light" });
  expect(await ground()).toBe(dark);
  await theme.selectOption("System");
  expect(await ground()).toBe(light);
  await page.reload();
  await expect(theme).toHaveValue("system");
});

test("a link after back and forward is a step of its own", async ({ page }) => {
  await page.goto("/");
  await entry(page, "Users").click();
  await expect(h1(page, "Users")).toBeVisible();
  await entry(page, "Behaviors").click();
  await expect(h1(page, "Behaviors")).toBeVisible();
  await page.goBack();
  await expect(h1(page, "Users")).toBeVisible();
  await page.goForward();
  await expect(h1(page, "Behaviors")).toBeVisible();
  await entry(page, "Users").click();
  await expect(h1(page, "Users")).toBeVisible();
  await expect(page).toHaveURL("/users");
  await page.goBack();
  await expect(h1(page, "Behaviors")).toBeVisible();
  await expect(page).toHaveURL("/behaviors");
});

test("a link after a search that was given up is a step of its own", async ({ page }) => {
  await page.goto("/");
  await entry(page, "Users").click();
  const search = page.getByRole("searchbox", { name: "Search users" });
  await search.fill("m");
  await expect(page).toHaveURL("/users?q=m");
  await search.fill("");
  await expect(page).toHaveURL("/users");
  await page.goBack();
  await expect(h1(page, "Overview")).toBeVisible();
  await entry(page, "Users").click();
  await expect(h1(page, "Users")).toBeVisible();
  await expect(page).toHaveURL("/users");
  await page.goBack();
  await expect(h1(page, "Overview")).toBeVisible();
});

test("who is signed in, and that it is a demo", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByText("Demo data")).toBeVisible();
  await expect(page.getByText("Admin", { exact: true })).toBeVisible();
});
