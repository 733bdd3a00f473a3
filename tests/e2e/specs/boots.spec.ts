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

// A module of one function, which does what an error in the app's own code comes to.
const BROKEN = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];

for (const where of ["on the page", "in a dialog"]) {
  test(`an app that has stopped says so, ${where}`, async ({ page, problems }) => {
    problems.expect(/^uncaught: unreachable/);
    await page.goto("/users");
    await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
    if (where === "in a dialog") {
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog")).toBeVisible();
    }
    await page.evaluate((bytes) => {
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
      for (let times = 0; times < 2; times++) setTimeout(exports.f as () => void);
    }, BROKEN);
    const notice = page.getByRole("alert").filter({ hasText: "Riskdesk has stopped" });
    await expect(notice).toHaveCount(1);
    await expectAccessible(page);
    await notice.getByRole("button", { name: "Reload" }).click();
    await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
    await expect(notice).toHaveCount(0);
  });
}
