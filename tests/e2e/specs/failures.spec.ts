// What fails says what failed, whether anything changed, and what to do.

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { ID, h1, visit } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Opens the dialog of a sentinel, types a reason and confirms. */
async function reset(page: Page, id: string, name: string) {
  await visit(page, id, name);
  await button(page, "Reset risk").click();
  const dialog = page.getByRole("dialog", { name: `Reset risk of ${name}?` });
  await dialog.getByRole("textbox", { name: "Reason" }).fill("because");
  await dialog.getByRole("button", { name: "Reset", exact: true }).click();
  return dialog;
}

const resets = [
  {
    id: ID.resetRefused,
    name: "Reset Refused",
    status: 403,
    says: [/refused the reset \(10000 Authentication error\)/, /Nothing changed\./, /Zero Trust Write/],
  },
  {
    id: ID.resetRateLimited,
    name: "Reset Rate Limited",
    status: 429,
    says: [/the reset/, /Nothing changed\./, /wait 30 s, then try again/],
  },
  {
    id: ID.resetBreaks,
    name: "Reset Breaks",
    status: 502,
    says: [/the reset/, /change may or may not have been made/, /Look before you repeat it/],
  },
  {
    id: ID.resetFindsNobody,
    name: "Reset Finds Nobody",
    status: 404,
    says: [/refused the reset/, /Nothing changed\./, /may have been removed/],
  },
];

for (const { id, name, status, says } of resets) {
  test(`${name}: the dialog says why and keeps the reason`, async ({ page, problems }) => {
    problems.expect(new RegExp(`status of ${status} .*/reset\\)`));
    const dialog = await reset(page, id, name);
    const alert = dialog.getByRole("alert");
    for (const words of says) await expect(alert).toContainText(words);
    await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue("because");
    await expect(dialog.getByRole("button", { name: "Reset", exact: true })).toBeEnabled();
    await expect(dialog.getByRole("button", { name: "Reset", exact: true })).toBeFocused();
    await expect(page.getByRole("status")).toHaveText("");
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(button(page, "Reset risk")).toBeFocused();
    // The next try starts without the last one's failure.
    await button(page, "Reset risk").click();
    await expect(dialog.getByRole("alert")).toHaveCount(0);
    await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue("because");
  });
}

test("D4 Reset Times Out: progress, then the truth, which is not known", async ({ page, problems }) => {
  test.slow();
  problems.expect(/status of 504 .*\/reset\)/);
  const dialog = await reset(page, ID.resetTimesOut, "Reset Times Out");
  await expect(dialog.getByRole("button", { name: "Resetting …" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole("alert")).toContainText("change may or may not have been made", {
    timeout: 20_000,
  });
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue("because");
  await expectAccessible(page);
  // It did take effect, and the page has found out.
  await page.keyboard.press("Escape");
  await expect(page.getByText(/^No level: .* Last reset/)).toBeVisible();
});

test.describe("with a demo of its own", () => {
  test.use({ demoOptions: { users: 60 } });

  test("a failure after the person has left is said all the same", async ({ page, problems }) => {
    test.slow();
    problems.expect(/status of 504 .*\/reset\)/);
    await page.goto("/users?q=reset.times.out");
    await page.getByRole("link", { name: "Reset Times Out" }).click();
    await button(page, "Reset risk").click();
    await page.getByRole("dialog").getByRole("button", { name: "Reset", exact: true }).click();
    await expect(page.getByRole("button", { name: "Resetting …" })).toBeVisible();
    await page.goBack();
    await expect(h1(page, "Users")).toBeVisible();
    const alert = page.getByRole("alert").filter({ hasText: "may or may not have been made" });
    await expect(alert).toBeVisible({ timeout: 20_000 });
    await page.getByRole("button", { name: "Close" }).click();
    await expect(alert).toBeHidden();
  });
});

test("Level Critical keeps its word and stands first", async ({ page }) => {
  await page.goto("/users");
  const rows = page.getByRole("table", { name: "Users" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("Level Critical");
  await expect(rows.nth(1)).toContainText("critical");
  await page.getByRole("group", { name: "Risk level" }).getByRole("checkbox", { name: "critical" }).check();
  await expect(page).toHaveURL(/\?level=critical$/);
  await expect(rows).toHaveCount(2);
  await rows.getByRole("link", { name: "Level Critical" }).click();
  await expect(h1(page, "Level Critical")).toBeFocused();
  await expect(page.getByText(/^critical since .+ \(critical\) was triggered/)).toBeVisible();
  await page.getByRole("checkbox", { name: "critical" }).check();
  await expect(page.locator("li.event").first()).toContainText("critical");
  await expectAccessible(page);
});

test("Events Missing: no such user, and why that may be", async ({ page, problems }) => {
  problems.expect(new RegExp(`status of 404 .*/${ID.eventsMissing}\\)`));
  await page.goto("/users?q=events.missing");
  await page.getByRole("link", { name: "Events Missing" }).click();
  await expect(h1(page, "No such user")).toBeFocused();
  await expect(page).toHaveTitle("No such user · Riskdesk");
  await expect(page.getByRole("alert").filter({ hasText: "may have been removed" })).toBeVisible();
  await expect(button(page, "Reset risk")).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("link", { name: "All users" }).click();
  await expect(h1(page, "Users")).toBeFocused();
});

for (const [name, id] of [
  ["Events Broken", ID.eventsBroken],
  ["Events Fail", ID.eventsFail],
] as const) {
  test(`${name}: what failed, and a button that tries again`, async ({ page, problems }) => {
    problems.expect(new RegExp(`status of 502 .*/${id}\\)`));
    await page.goto(`/users/${id}`);
    const alert = page.getByRole("alert").filter({ hasText: "this user's events" });
    await expect(alert).toContainText(/Try again/);
    await expect(button(page, "Reset risk")).toHaveCount(0);
    await expectAccessible(page);
    const again = page.waitForResponse(new RegExp(`/${id}$`));
    await alert.getByRole("button", { name: "Try again" }).click();
    await again;
    await expect(alert).toBeVisible();
    await expect(alert.getByRole("button", { name: "Try again" })).toBeFocused();
  });
}

test("Events Slow: a skeleton, then the user", async ({ page }) => {
  await page.goto(`/users/${ID.eventsSlow}`);
  await expect(page.locator("[aria-busy=true]").first()).toBeVisible();
  await expect(h1(page, "User")).toBeVisible();
  await expectAccessible(page);
  await expect(h1(page, "Events Slow")).toBeVisible({ timeout: 10_000 });
  await expect(page.locator("li.event")).toHaveCount(5);
});

test("Events Odd: what is odd is one event, not the page", async ({ page }) => {
  await visit(page, ID.eventsOdd, "Events Odd");
  await expect(page.locator("li.event").first()).toBeVisible();
  await expect(page.getByRole("heading", { level: 3, name: "No date" })).toHaveCount(1);
  await expect(page.locator("li.event").filter({ hasText: "No name" }).first()).toBeVisible();
  for (const summary of await page.locator("li.event > details > summary").all()) {
    await summary.click();
  }
  await expectAccessible(page);
});

test("Odd Row: the row says what is not known", async ({ page }) => {
  await page.goto("/users?q=odd.row");
  const row = page.getByRole("table", { name: "Users" }).getByRole("row", { name: "odd.row" });
  await expect(row).toContainText("Unscored");
  await expect(row).toContainText("No name");
  await expect(row).toContainText("not known");
  await expectAccessible(page);
  await row.getByRole("link").click();
  await expect(page).toHaveURL(`/users/${ID.oddRow}`);
  await expect(page.locator("li.event").first()).toBeVisible();
});
