// What a role may not do, it does not see.

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { ID, ordinary, read, visit } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const resetRisk = (page: Page) => page.getByRole("button", { name: "Reset risk" });

test.describe("viewer", () => {
  test.use({ demoOptions: { role: "viewer", users: 60 } });

  test("reads everything and resets nobody", async ({ page, request }) => {
    const user = await read(request, ID.everyShape);
    await page.goto("/users");
    await expect(page.getByText("Viewer", { exact: true })).toBeVisible();
    await visit(page, ID.everyShape, user.name);
    await expect(page.locator("li.event")).toHaveCount(user.events.length);
    await expect(resetRisk(page)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Copy ID" })).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe("operator", () => {
  test.use({ demoOptions: { role: "operator", users: 60 } });

  test("resets", async ({ page, request }) => {
    const [person] = await ordinary(request);
    await visit(page, person.user_id, person.name);
    await expect(page.getByText("Operator", { exact: true })).toBeVisible();
    await resetRisk(page).click();
    await page.getByRole("dialog").getByRole("button", { name: "Reset", exact: true }).click();
    await expect(page.getByRole("status")).toHaveText(`Risk of ${person.name} reset`);
  });

  test("changes neither behaviors nor integrations", async ({ page }) => {
    await page.goto("/behaviors");
    await expect(page.getByText("Changing behaviors needs the admin role.")).toBeVisible();
    await expect(page.getByRole("switch")).toHaveCount(0);
    await page.goto("/integrations");
    await expect(page.getByRole("row", { name: "acme.okta.com" })).toBeVisible();
    await expect(page.getByRole("switch")).toHaveCount(0);
  });
});
