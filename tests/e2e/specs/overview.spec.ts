// The overview: what each of its lines says, and where it leads.

import { expectAccessible } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

test("how the account is set leads to where it is set", async ({ page }) => {
  await page.goto("/");
  const settings = page.getByRole("list", { name: "Settings" });
  await expect(settings.getByRole("link", { name: /behaviors/ })).toHaveText(/\d of 8 behaviors/);
  await expectAccessible(page);
  await settings.getByRole("link", { name: "1 of 2 integrations paused" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Integrations" })).toBeVisible();
});

test("a pause that ends is told", async ({ page }) => {
  await page.goto("/integrations");
  await page.getByRole("switch", { name: /acme-preview/ }).click();
  await expect(page.getByRole("status")).toHaveText("acme-preview.oktapreview.com is active");
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  await expect(page.getByRole("link", { name: "All integrations are active (2)" })).toBeVisible();
});
