// Leaving a page ends its requests.

import { ID, h1 } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const slow = new RegExp(`/${ID.eventsSlow}$`);

test("a user's request ends with the user's page, and is made anew", async ({ page }) => {
  await page.goto("/users?q=events.slow");
  const asked = page.waitForRequest(slow);
  await page.getByRole("link", { name: "Events Slow" }).click();
  await asked;
  const ended = page.waitForEvent("requestfailed", { predicate: (one) => slow.test(one.url()) });
  await page.getByRole("link", { name: "All users" }).click();
  await expect(h1(page, "Users")).toBeVisible();
  expect((await ended).failure()?.errorText).toBe("net::ERR_ABORTED");
  await expect(page.getByRole("alert")).toHaveText("");

  const again = page.waitForRequest(slow);
  await page.goBack();
  await again;
  await expect(page.locator("main [aria-busy=true]").first()).toBeVisible();
  await expect(h1(page, "Events Slow")).toBeVisible({ timeout: 10_000 });
  await expect(page.locator("li.event")).toHaveCount(5);
});
