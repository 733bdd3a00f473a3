// What happened to many people at once, on the overview.

import { expectAccessible } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

test.describe("on the day of an incident", () => {
  test.use({ demoOptions: { scenario: "incident" } });

  test("the summary tells how many, the events tell what they share", async ({ page }) => {
    await page.goto("/");
    const incidents = page.getByRole("region", { name: "Incidents" });
    const first = incidents.getByRole("heading", { level: 3 }).first();
    await expect(first).toHaveText(/^4\d people, north\.example, within (9|10) minutes$/);
    await expect(incidents).toContainText("From the summary alone");

    await incidents.getByRole("button", { name: "Look closer" }).click();
    await expect(first).toHaveText(
      /^41 people, north\.example, Impossible Travel, within (9|10) minutes$/,
      { timeout: 60_000 },
    );
    await expect(incidents).toContainText("203.0.113.77");
    await incidents.getByRole("button", { name: "Stop reading" }).click();
    await expect(incidents.getByRole("progressbar")).toHaveCount(0);
    await expectAccessible(page);

    await incidents.getByRole("link", { name: "All users that match north.example" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Users");
    await expect(page.getByRole("searchbox", { name: "Search users" })).toHaveValue(
      "north.example",
    );
  });

  test("it fits 390 px", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/");
    await expect(page.getByRole("region", { name: "Incidents" })).toContainText("north.example");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  });
});

test.describe("on a quiet day", () => {
  test.use({ demoOptions: { scenario: "quiet", users: 12 } });

  test("there are none, and that is said", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("region", { name: "Incidents" })).toContainText(
      "Nothing happened to five or more people at once.",
    );
  });
});
