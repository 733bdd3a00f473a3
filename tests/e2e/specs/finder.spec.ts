// The finder: everyone is read, searched and sorted beside the page, which answers meanwhile.

import type { Page } from "@playwright/test";

import { everyone, h1, ordinary } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const names = (page: Page) =>
  page.getByRole("table", { name: "Users" }).getByRole("rowheader").getByRole("link");
const search = (page: Page) => page.getByRole("searchbox", { name: "Search users" });

test.describe("100,000 people", () => {
  test.use({ demoOptions: { users: 100_000 } });

  test("what is typed while they are read is answered when they are", async ({ page, request }) => {
    test.slow();
    const [, person] = await ordinary(request);
    await page.goto("/users");
    await search(page).pressSequentially(person.email);
    await expect(search(page)).toHaveValue(person.email);
    await expect(names(page)).toHaveText([person.name], { timeout: 20_000 });
    await expect(search(page)).toBeFocused();
    await expect(page.getByText("1 person", { exact: true })).toBeVisible();
  });

  test("an answer to what was typed before never replaces a later one", async ({ page, request }) => {
    test.slow();
    const people = await everyone(request);
    const address = people.map(({ email }) => email).find((email) => email.length > 15) ?? "";
    await page.goto("/users");
    await expect(names(page)).toHaveCount(25, { timeout: 20_000 });
    // Each letter is asked for before the one before it can have been answered.
    await search(page).evaluate((input: HTMLInputElement, text) => {
      const letters = [...text];
      for (const index of letters.keys()) {
        input.value = letters.slice(0, index + 1).join("");
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }, address);
    const found = people.filter(({ email }) => email.toLowerCase().includes(address.toLowerCase()));
    await expect(names(page)).toHaveCount(found.length);
    await page.waitForTimeout(300);
    await expect(names(page)).toHaveCount(found.length);
    await expect(search(page)).toHaveValue(address);
  });
});

test("the people are asked for before the app is there, and once", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/users");
  await expect(names(page)).toHaveCount(25);
  expect(asked.filter((path) => path.endsWith("/summary"))).toHaveLength(1);
  expect(asked.filter((path) => path === "/api/v1/whoami")).toHaveLength(1);
});

test("a finder that does not start is said, and tried again", async ({ page }) => {
  const files = /riskdesk-finder.*\.wasm/;
  await page.context().route(files, (route) => route.abort());
  await page.goto("/users");
  await expect(h1(page, "Users")).toBeVisible();
  const alert = page.getByRole("alert").filter({ hasText: "the list of users" });
  await expect(alert).toContainText("did not start");
  await page.context().unroute(files);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(names(page)).toHaveCount(25);
  await expect(alert).toHaveCount(0);
});
