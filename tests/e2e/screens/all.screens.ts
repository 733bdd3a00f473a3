// Every page in both themes, wide and narrow, to be looked at.

import { join } from "node:path";

import { expect, test } from "../support/test.ts";
import { NAMES, pathOf } from "./pages.ts";

test.skip(process.env.SCREENS !== "all", "only with --all");

for (const width of [1280, 390]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: width === 390 ? 844 : 800 } });

      for (const name of NAMES) {
        test(name, async ({ page, request }) => {
          await page.goto(await pathOf(name, request));
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
          const file = `${name}-${width}-${colorScheme}.png`;
          await page.screenshot({ path: join(process.env.SCREENS_DIR ?? ".", file), fullPage: true });
        });
      }
    });
  }
}
