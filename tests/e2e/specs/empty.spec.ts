// Few people, or none.

import { expectAccessible } from "../support/accessible.ts";
import { everyone, h1 } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test.describe("nobody", () => {
  test.use({ demoOptions: { users: 0 } });

  test("says so, and what may be the reason", async ({ page }) => {
    await page.goto("/users");
    await expect(page.getByText("Nobody is at risk")).toBeVisible();
    await expect(page.getByRole("table")).toHaveCount(0);
    await expect(page.getByText("0 people")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "5 of 8 behaviors are on" }).click();
    await expect(h1(page, "Behaviors")).toBeFocused();
    await page.goto("/users?q=anna&level=high");
    await expect(page.getByText("Nobody is at risk")).toBeVisible();
    await page.goto("/");
    await expect(page.getByText("0 people at risk")).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe("one", () => {
  test.use({ demoOptions: { users: 1 } });

  test("is counted in the singular", async ({ page, request }) => {
    const [person] = await everyone(request);
    await page.goto("/users");
    await expect(page.getByRole("rowheader")).toHaveCount(1);
    await expect(page.getByText("1 person", { exact: true })).toBeVisible();
    await expect(page.getByText("1–1 of 1")).toBeVisible();
    await page.goto("/");
    await expect(page.getByText("1 person at risk")).toBeVisible();
    await page.getByRole("link", { name: person.name }).first().click();
    await expect(h1(page, person.name)).toBeFocused();
    await expectAccessible(page);
  });
});

test.describe("twelve", () => {
  test.use({ demoOptions: { users: 12 } });

  test("fit a page", async ({ page }) => {
    await page.goto("/users");
    await expect(page.getByRole("rowheader")).toHaveCount(12);
    await expect(page.getByText("1–12 of 12")).toBeVisible();
    for (const turn of ["Previous", "Next"]) {
      await expect(page.getByRole("button", { name: turn })).toBeDisabled();
    }
    await expectAccessible(page);
  });
});
