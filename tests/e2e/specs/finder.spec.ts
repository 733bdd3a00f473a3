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

test("a refresh that finds nothing new reads nothing; a change is seen", async ({ page, request }) => {
  const statuses: number[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith("/summary")) statuses.push(response.status());
  });
  await page.goto("/users?q=e&page=2");
  await expect(names(page)).toHaveCount(25);
  const before = await names(page).allTextContents();
  const refresh = page.getByRole("button", { name: "Refresh" });
  await refresh.click();
  await expect.poll(() => statuses).toEqual([200, 304]);
  await expect(refresh).not.toHaveAttribute("aria-busy");
  await expect(refresh).toBeFocused();
  expect(await names(page).allTextContents()).toEqual(before);
  await expect(page).toHaveURL(/\?q=e&page=2$/);
  // Somebody else resets a person: the next read is of all.
  const [person] = await ordinary(request);
  await search(page).fill(person.email);
  await expect(names(page)).toHaveText([person.name]);
  const { result } = await (await request.get("/api/v1/whoami")).json();
  const reset = await request.post(
    `/client/v4/accounts/${result.account_id}/zt_risk_scoring/${person.user_id}/reset`,
    { headers: { "X-Requested-With": "XMLHttpRequest", Origin: new URL(page.url()).origin } },
  );
  expect(reset.ok()).toBe(true);
  await refresh.click();
  await expect(page.getByText("No users match")).toBeVisible();
  expect(statuses.at(-1)).toBe(200);
  await expect(search(page)).toHaveValue(person.email);
});

test("a finder that does not start is said, and tried again", async ({ page }) => {
  const files = /finder.*\.js/;
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
