// Small windows, and large text in small windows: nothing sticks out, nothing is covered.

import type { Page } from "@playwright/test";

import { ID, h1, overflow, read, settled, visit } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const sizes = {
  "390 px, a telephone": { width: 390, height: 844 },
  "320 px, the smallest": { width: 320, height: 568 },
  "640 px, which is 1280 px at 200 %": { width: 640, height: 400 },
  "641 px, where the rail starts": { width: 641, height: 800 },
};

const main = (page: Page) => page.getByRole("navigation", { name: "Main" });

for (const [name, viewport] of Object.entries(sizes)) {
  test.describe(name, () => {
    test.use({ viewport });

    test("no page is wider than the window", async ({ page, request }) => {
      const [integration] = await read(request, "integrations");
      const users = [ID.mostEvents, ID.everyShape, ID.longName, ID.rightToLeftName, ID.markupName];
      const paths = [
        "/",
        "/users?rows=100",
        "/users?q=nobody+at+all",
        "/behaviors",
        "/integrations",
        "/integrations/new",
        `/integrations/${integration.id}`,
        "/nowhere",
        "/users/not-an-id",
        ...users.map((id) => `/users/${id}`),
      ];
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await settled(page);
        expect(await overflow(page), path).toBeLessThanOrEqual(0);
      }
    });

    test("opened details and the dialog fit", async ({ page }) => {
      await visit(page, ID.everyShape, /./);
      for (const summary of await page.locator("li.event > details > summary").all()) {
        await summary.click();
      }
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await visit(page, ID.longName, /./);
      await page.getByRole("button", { name: "Reset risk" }).click();
      const dialog = page.getByRole("dialog");
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await dialog.evaluate((it) => it.scrollWidth - it.clientWidth)).toBeLessThanOrEqual(0);
      const reset = dialog.getByRole("button", { name: "Reset", exact: true });
      await reset.scrollIntoViewIfNeeded();
      await expect(reset).toBeInViewport({ ratio: 0.98 });
    });

    test("the navigation can be used, the end of a page is not under it", async ({ page }) => {
      await page.goto("/users");
      await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
      for (const entry of ["Overview", "Behaviors", "Integrations", "Users"]) {
        await main(page).getByRole("link", { name: entry }).click();
        await expect(h1(page, entry)).toBeFocused();
      }
      const last = page.getByRole("table", { name: "Users" }).getByRole("rowheader").last();
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      await last.getByRole("link").click();
      await expect(page).toHaveURL(/\/users\/[0-9a-f-]{36}$/);
      await expect(page.getByRole("button", { name: "Reset risk" })).toBeInViewport();
    });
  });
}

test.describe("390 px", () => {
  test.use({ viewport: sizes["390 px, a telephone"] });

  test("a row says who, at which level, since when", async ({ page }) => {
    await page.goto("/users?q=level.critical");
    const row = page.getByRole("table", { name: "Users" }).getByRole("row").nth(1);
    for (const words of ["critical", "Level Critical", "level.critical@sentinel.example", "7"]) {
      await expect(row.getByText(words, { exact: true }).first()).toBeVisible();
    }
    await expect(row.locator("time")).toBeVisible();
    // What names the columns is there for whom the narrow table has no room.
    await expect(page.getByRole("columnheader", { name: "Name" })).toBeVisible();
  });

  test("the theme can be chosen and who is signed in be seen", async ({ page }) => {
    await page.goto("/users");
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect(page.getByRole("combobox", { name: "Theme" })).toBeVisible();
    await expect(page.getByText("Admin", { exact: true })).toBeVisible();
  });

  test("a span can be chosen by the handles", async ({ page }) => {
    await visit(page, ID.everyShape, /./);
    const end = page.getByRole("slider", { name: "End of the span" });
    await end.scrollIntoViewIfNeeded();
    const box = (await end.boundingBox())!;
    await page.mouse.move(box.x + box.width - 8, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    await expect(page).toHaveURL(/from=.*&to=/);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});
