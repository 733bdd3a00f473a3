// Before behaviors are saved: what the same events would do under the new settings.

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { everyone, overflow, read } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const whatIf = (page: Page) => page.getByRole("dialog").getByRole("region", { name: "What if" });

async function review(page: Page) {
  await page.goto("/behaviors");
  await page.getByRole("switch", { name: "Impossible Travel" }).click();
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(whatIf(page)).toContainText("Saving changes nobody's level by itself");
}

test.describe("of a small account", () => {
  test.use({ demoOptions: { users: 30 } });

  test("it agrees with the events, says what it is based on, and saving moves nobody", async ({ page, problems, request }) => {
    test.slow();
    // Three people's events can't be read, which is said.
    problems.expect(/status of (404|502)/);
    await review(page);
    await whatIf(page).getByRole("button", { name: "Read the events of the 100 riskiest people" }).click();
    await expect(whatIf(page).getByRole("progressbar")).toBeVisible();
    await expect(whatIf(page).getByRole("progressbar")).toBeHidden({ timeout: 60_000 });
    await expectAccessible(page);

    // The same, by hand: Impossible Travel counts no more since each one's last reset.
    const rank = ["low", "medium", "high"];
    const { behaviors } = await read(request, "behaviors");
    const named = new Map(Object.values(behaviors as Record<string, never>).map((b: any) => [b.name, b]));
    const before = await everyone(request);
    let [lowered, stopped] = [0, 0];
    for (const { user_id } of before) {
      const user = await read(request, user_id).catch(() => undefined);
      if (user === undefined) continue;
      const counts = (user.events as any[]).filter(
        (event) => event !== null && (user.last_reset_time == null || event.timestamp > user.last_reset_time),
      );
      const level = (off: string) =>
        Math.max(
          -1,
          ...counts
            .map(({ name }) => named.get(name))
            .filter((behavior) => behavior?.enabled && behavior.name !== off)
            .map((behavior) => rank.indexOf(behavior.risk_level)),
        );
      if (level("Impossible Travel") < level("")) lowered += 1;
      stopped += counts.filter(({ name }) => name === "Impossible Travel").length;
    }
    expect(lowered).toBeGreaterThan(0);
    await expect(whatIf(page)).toContainText(`0 people would be raised and ${lowered} lowered`);
    await expect(whatIf(page)).toContainText(new RegExp(`${stopped.toLocaleString("en-US")} events of 1 behavior would stop`));
    await expect(whatIf(page)).toContainText(/Based on [\d,]+ events of \d+ people since their last reset, of \d+ at risk/);
    await expect(whatIf(page)).toContainText("3 people could not be read");
    await expect(whatIf(page)).toContainText("Cloudflare may judge new ones otherwise");

    await page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("status").first()).toHaveText("Changes saved");
    const levels = (people: typeof before) => people.map((person) => [person.user_id, person.max_risk_level]);
    expect(levels(await everyone(request))).toEqual(levels(before));
  });
});

test("it can be stopped, says what it has by then, and fits a telephone", async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 390, height: 844 });
  await review(page);
  await whatIf(page).getByRole("button", { name: /^Read the events/ }).click();
  await expect(whatIf(page)).toContainText("Were these events triggered again", { timeout: 20_000 });
  await whatIf(page).getByRole("button", { name: "Stop" }).click();
  await expect(whatIf(page).getByRole("progressbar")).toBeHidden();
  const said = await whatIf(page).textContent();
  await page.waitForTimeout(1_500);
  expect(await whatIf(page).textContent()).toBe(said);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Discard" }).click();
});

test("what is known of each behavior: people, events and their trend", async ({ page, request }) => {
  test.slow();
  await page.goto("/behaviors");
  const known = page.getByRole("region", { name: "What is known" });
  const table = known.getByRole("table", { name: "What is known" });
  await expect(table).toBeHidden();
  await known.getByRole("button", { name: "Read the events of the 100 riskiest people" }).click();
  await expect(table).toBeVisible({ timeout: 20_000 });
  await known.getByRole("button", { name: "Stop" }).click();
  const people = Number(/Of the (\d+) p/.exec((await known.textContent()) ?? "")?.[1]);
  const cells = await table.getByRole("row").evaluateAll((rows) =>
    rows.slice(1).map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent ?? "")),
  );
  const { behaviors } = await read(request, "behaviors");
  const names = (Object.values(behaviors) as { name: string }[]).map(({ name }) => name);
  expect(cells.map(([name]) => name)).toEqual(expect.arrayContaining(names));
  const events = cells.map(([, , number]) => Number(number.replaceAll(",", "")));
  expect(events).toEqual([...events].sort((a, b) => b - a));
  for (const [, number] of cells) expect(Number(number)).toBeLessThanOrEqual(people);
  await expect(table.getByRole("img").first()).toHaveAccessibleName(/^[\d,]+ events?, the most .*: \d+$/);
});
