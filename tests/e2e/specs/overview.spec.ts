// The overview: what each of its lines says, and where it leads.

import { expectAccessible } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

test("how the account is set leads to where it is set", async ({ page }) => {
  await page.goto("/");
  const glance = page.getByRole("list", { name: "At a glance" });
  await expect(glance.getByRole("link", { name: /behaviors/ })).toHaveText(/\d of 8 behaviors/);
  await expectAccessible(page);
  await glance.getByRole("link", { name: "2 integrations: 1 paused" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Integrations" })).toBeVisible();
});

test("a pause that ends is told", async ({ page }) => {
  await page.goto("/integrations");
  await page.getByRole("switch", { name: /acme-preview/ }).click();
  await expect(page.getByRole("status")).toHaveText("acme-preview.oktapreview.com is active");
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  await expect(page.getByRole("link", { name: "All integrations are active (2)" })).toBeVisible();
});

test("who is new leads to them, and the list says what it is and lets go of it", async ({ page }) => {
  await page.goto("/");
  const link = page.getByRole("link", { name: /with an event in the last 24 hours$/ });
  await expect(link).toHaveText(/^[1-9]\d* /);
  const said = (await link.textContent())!.split(" ")[0];
  await link.click();
  await expect(page.getByText(new RegExp(`^${said} (person|people)$`))).toBeVisible();
  await expect(page.getByText(/^Last event since /)).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Last event" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByText(new RegExp(`^${said} (person|people)$`))).toBeVisible();
  await page.getByRole("button", { name: "Any time" }).click();
  await expect(page.getByText("250 people")).toBeVisible();
  await expect(page).not.toHaveURL(/since=/);
  await page.goBack();
  await expect(page.getByText(/^Last event since /)).toBeVisible();
});

test("whoever comes back later is told what is new since", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByText("Next time, this says who is new since today")).toBeVisible();
  // A reload is the same visit.
  await page.reload();
  await expect(page.getByText("Next time, this says who is new since today")).toBeVisible();
  await page.evaluate(() => {
    const before = new Date(Date.now() - 26 * 3_600_000).toISOString();
    const seen = Object.keys(localStorage).find((key) => /^riskdesk\.visit\..+\.seen$/.test(key));
    localStorage.setItem(seen!, before);
  });
  await page.reload();
  const since = page.getByRole("link", { name: /since your last visit, / });
  const day = page.getByRole("link", { name: /in the last 24 hours/ });
  await expect(since).toHaveText(/^[1-9]/);
  const people = async (of: typeof since) => Number((await of.textContent())!.split(" ")[0]);
  expect(await people(since)).toBeGreaterThanOrEqual(await people(day));
});

test("the days are a picture and a table, and each leads to its people", async ({ page }) => {
  await page.goto("/");
  const days = page.getByRole("region", { name: "By the day of the last event" });
  await days.getByText("As a table").click();
  const rows = days.getByRole("row");
  await expect(rows).toHaveCount(29);
  await expectAccessible(page);
  const all = await rows.locator("td:last-child").allTextContents();
  const at = all.findIndex((people) => Number(people) > 1);
  const day = rows.nth(at + 1);
  const name = await day.getByRole("link").textContent();
  await day.getByRole("link").click();
  await expect(page.getByText(`Last event on ${name}`)).toBeVisible();
  await expect(page.getByText(`${all[at]} people`)).toBeVisible();
});
