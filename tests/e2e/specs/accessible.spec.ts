// Every page and dialog of the users' area, as far as a machine can judge it.

import { expectAccessible } from "../support/accessible.ts";
import { ID, h1, settled, visit } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const places = [
  ["overview", "/", "Overview"],
  ["users", "/users", "Users"],
  ["users filtered", "/users?level=high,critical&sort=-name&rows=50", "Users"],
  ["no users match", "/users?q=nobody+is+called+this", "Users"],
  ["not found", "/nowhere", "Page not found"],
  ["no valid ID", "/users/not-an-id", "No such user"],
  ["10,000 events", `/users/${ID.mostEvents}`, /\w/],
  ["a long name", `/users/${ID.longName}`, /\w/],
  ["a right-to-left name", `/users/${ID.rightToLeftName}`, /./],
  ["a span", `/users/${ID.everyShape}?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z`, /\w/],
  ["reset, without events", `/users/${ID.offSummaryWithout}`, /\w/],
] as const;

for (const [name, path, heading] of places) {
  test(`${name} is accessible`, async ({ page }) => {
    await page.goto(path);
    await expect(h1(page, heading)).toBeVisible();
    await settled(page);
    await expectAccessible(page);
  });
}

test("a user with details opened, and the reset's dialog, are accessible", async ({ page }) => {
  await visit(page, ID.everyShape, /\w/);
  for (const summary of await page.locator("li.event > details > summary").all()) {
    await summary.click();
  }
  await expectAccessible(page);
  await page.getByRole("button", { name: "Reset risk" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
});

for (const path of ["/", "/users?level=high", `/users/${ID.everyShape}`]) {
  test(`forced colors at ${path} draw the same page`, async ({ page }) => {
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    await page.goto(path);
    await settled(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("main svg.mark").first()).toBeVisible();
  });
}

test("nothing moves for those who asked for that", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await visit(page, ID.everyShape, /\w/);
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")].filter((element) => {
      const { animationDuration, transitionDuration } = getComputedStyle(element);
      const lasts = (all: string) => all.split(",").some((time) => Number.parseFloat(time) > 0.01);
      return lasts(animationDuration) || lasts(transitionDuration);
    }).length,
  );
  expect(moving).toBe(0);
});
