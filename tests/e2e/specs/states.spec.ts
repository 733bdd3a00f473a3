// Every state that a page can be in, as far as a machine can judge it: by axe in both themes, on a
// telephone, with forced colors, and without motion.

import { expectAccessible } from "../support/accessible.ts";
import { overflow } from "../support/people.ts";
import { STATES } from "../support/states.ts";
import { expect, test } from "../support/test.ts";

/** How many elements move for somebody who asked for no motion. */
const moving = () =>
  [...document.querySelectorAll("*")].filter((element) => {
    const { animationDuration, transitionDuration } = getComputedStyle(element);
    const lasts = (all: string) => all.split(",").some((time) => Number.parseFloat(time) > 0.01);
    return lasts(animationDuration) || lasts(transitionDuration);
  }).length;

for (const [name, lead] of Object.entries(STATES)) {
  test(`${name}: accessible, still where that is asked for, and there with forced colors`, async ({ page }) => {
    test.slow();
    const state = await lead(page);
    await expect(state).toBeVisible();
    await expectAccessible(page);
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    await expect(state).toBeVisible();
    expect(await page.evaluate(moving)).toBe(0);
  });

  test(`${name}: fits a telephone`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width: 390, height: 844 });
    const state = await lead(page);
    await expect(state).toBeVisible();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await state.evaluate((it) => it.scrollWidth - it.clientWidth)).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
}
