// The README's picture: what a person sees first, at twice the resolution.

import { join } from "node:path";

import { expect, test } from "../support/test.ts";

test.skip(process.env.SCREENS !== "readme", "only for the README");
test.use({ deviceScaleFactor: 2, viewport: { width: 1280, height: 800 } });

test("README", async ({ page }) => {
  await page.goto("/users");
  await expect(page.getByRole("row").nth(5)).toBeVisible();
  await page.screenshot({ path: join(process.env.SCREENS_DIR ?? ".", "screenshot.png") });
});
