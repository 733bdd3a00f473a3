// The app starts: the shell is there, nothing complains, nobody is shut out.

import { expectAccessible } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

test("the users page comes up", async ({ page }) => {
  await page.goto("/users");
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  await expect(page).toHaveTitle(/Users/);
});

test("the users page is accessible in both themes", async ({ page }) => {
  await page.goto("/users");
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  await expectAccessible(page);
});

test("the content security policy is strict", async ({ page }) => {
  const answer = await page.goto("/users");
  const policy = answer?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toContain("'unsafe-eval'");
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
});
