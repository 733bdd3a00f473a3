// A morning's triage without a mouse.

import type { Page } from "@playwright/test";

import { h1, ordinary } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

/** Presses Tab until `wanted` has the focus: it must come, and be seen when it does. */
async function tabTo(page: Page, wanted: ReturnType<Page["locator"]>, key = "Tab") {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      await expect(wanted).toBeInViewport();
      return;
    }
  }
  throw new Error("60 presses of Tab did not come to it");
}

test("from the list to a reset and back", async ({ page, request }) => {
  const person = (await ordinary(request)).find(({ event_count }) => event_count > 3)!;
  await page.goto("/");
  await expect(h1(page, "Overview")).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "Users", exact: true }));
  await page.keyboard.press("Enter");
  await expect(h1(page, "Users")).toBeFocused();

  await page.keyboard.press("/");
  const search = page.getByRole("searchbox", { name: "Search users" });
  await expect(search).toBeFocused();
  await page.keyboard.type(person.email);
  await expect(page.getByText("1 person", { exact: true })).toBeVisible();
  const row = page.getByRole("link", { name: person.name });
  await tabTo(page, row);
  await page.keyboard.press("Enter");
  await expect(h1(page, person.name)).toBeFocused();

  const start = page.getByRole("slider", { name: "Start of the span" });
  await tabTo(page, start);
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/from=/);
  await page.keyboard.press("ArrowLeft");
  await expect(page).not.toHaveURL(/from=/);

  const summary = page.locator("li.event summary").first();
  await tabTo(page, summary);
  await page.keyboard.press("Enter");
  await expect(page.locator("li.event .json").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.locator("li.event .json")).toHaveCount(0);

  await page.getByRole("button", { name: "Refresh" }).focus();
  await tabTo(page, page.getByRole("button", { name: "Reset risk" }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Reset risk of ${person.name}?` });
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toBeFocused();
  await page.keyboard.type("Talked to them");
  await tabTo(page, dialog.getByRole("button", { name: "Reset", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toHaveText(`Risk of ${person.name} reset`);
  await expect(page.getByRole("button", { name: "Reset risk" })).toBeFocused();

  await tabTo(page, page.getByRole("link", { name: "All users" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(h1(page, "Users")).toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.type(person.email);
  await expect(page.getByText("No users match")).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "Clear search and filters" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
});

test("levels, columns and pages by keyboard keep the focus", async ({ page }) => {
  await page.goto("/users");
  const high = page.getByRole("checkbox", { name: "High", exact: true });
  await high.focus();
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/level=high$/);
  await expect(high).toBeFocused();
  const events = page.getByRole("columnheader", { name: "Events" }).getByRole("button");
  await events.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sort=-event_count$/);
  await expect(events).toBeFocused();
  const next = page.getByRole("button", { name: "Next" });
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/page=2/);
  await expect(next).toBeFocused();
});

test("the focus is never lost or hidden on the way through the list", async ({ page }) => {
  await page.goto("/users");
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  for (let stop = 0; stop < 30; stop += 1) {
    await page.keyboard.press("Tab");
    const hidden = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return "nothing has the focus";
      const { left, top, width, height } = focused.getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 2, top + height / 2);
      return seen !== null && (focused.contains(seen) || seen.contains(focused) || seen.closest("label")?.contains(focused))
        ? ""
        : `${focused.outerHTML.slice(0, 100)} is under ${seen?.outerHTML.slice(0, 100)}`;
    });
    expect(hidden).toBe("");
  }
});
