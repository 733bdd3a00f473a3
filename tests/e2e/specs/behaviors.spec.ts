// Behaviors: edits are staged, reviewed, saved together, and never lost by accident.

import type { Page, Request } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

const row = (page: Page, name: string) => page.getByRole("row", { name });
const toggle = (page: Page, name: string) => row(page, name).getByRole("switch", { name });
const level = (page: Page, name: string) =>
  row(page, name).getByRole("combobox", { name: /Risk level/ });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const review = (page: Page) => page.getByRole("dialog", { name: "Review changes" });

/** The bodies of the saves from now on. */
function saves(page: Page) {
  const sent: unknown[] = [];
  page.on("request", (request: Request) => {
    if (request.method() === "PUT") sent.push(request.postDataJSON());
  });
  return sent;
}

test.beforeEach(async ({ page }) => {
  await page.goto("/behaviors");
  await expect(page.getByRole("heading", { level: 1, name: "Behaviors" })).toBeVisible();
  await expect(row(page, "Impossible Travel")).toBeVisible();
});

test("every behavior is there, by name, with its key and controls", async ({ page }) => {
  const names = await page.getByRole("rowheader").locator("bdi:first-child").allTextContents();
  expect(names).toHaveLength(8);
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
  await expect(row(page, "Impossible Travel")).toContainText("imp_travel");
  await expect(page.getByRole("switch")).toHaveCount(8);
  await expect(page.getByRole("combobox", { name: "Risk level of" })).toHaveCount(8);
  await expect(page.getByText("5 of 8 behaviors are on")).toBeVisible();
  await expectAccessible(page);
});

test("D3 changes are staged, reviewed, and only they are sent, once", async ({ page }) => {
  const sent = saves(page);
  await toggle(page, "SentinelOne Infection Detected").click();
  await level(page, "SentinelOne Infection Detected").selectOption("High");
  await level(page, "Impossible Travel").selectOption("Medium");
  await expect(row(page, "Impossible Travel")).toContainText("Changed");
  await expect(page.getByText("2 unsaved changes")).toBeVisible();
  await expectAccessible(page);

  await button(page, "Review changes").click();
  const changes = review(page).getByRole("listitem");
  await expect(changes).toHaveText([
    /Impossible Travel.*High.*Medium/,
    /SentinelOne Infection Detected.*off.*Medium.*on.*High/,
  ]);
  await expectAccessible(page);
  expect(sent).toEqual([]);

  await button(page, "Save changes").dblclick();
  await expect(page.getByRole("status")).toHaveText("Changes saved");
  await expect(review(page)).toBeHidden();
  await expect(page.getByText("unsaved change")).toBeHidden();
  await expect(page.getByText("6 of 8 behaviors are on")).toBeVisible();
  expect(sent).toEqual([
    {
      behaviors: {
        imp_travel: { enabled: true, risk_level: "medium" },
        sentinel_one: { enabled: true, risk_level: "high" },
      },
    },
  ]);

  await page.reload();
  await expect(level(page, "Impossible Travel")).toHaveValue("medium");
  await expect(toggle(page, "SentinelOne Infection Detected")).toBeChecked();
});

test("an edit put back is no change, and edits can be undone and discarded", async ({ page }) => {
  const dlp = "High Number of DLP Policies Triggered";
  await toggle(page, dlp).click();
  await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();
  await toggle(page, dlp).click();
  await expect(page.getByText("unsaved change")).toBeHidden();

  await level(page, dlp).selectOption("Low");
  await toggle(page, "Impossible Travel").click();
  await button(page, `Undo change of ${dlp}`).click();
  await expect(level(page, dlp)).toHaveValue("medium");
  await expect(level(page, dlp)).toBeFocused();
  await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();

  await button(page, "Discard").click();
  await expect(toggle(page, "Impossible Travel")).toBeChecked();
  await expect(page.getByText("unsaved change")).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("all of it works by keyboard, and Escape changes nothing", async ({ page }) => {
  const sent = saves(page);
  await toggle(page, "Interaction with Malicious File").focus();
  await page.keyboard.press("Space");
  await expect(toggle(page, "Interaction with Malicious File")).not.toBeChecked();
  await button(page, "Review changes").focus();
  await page.keyboard.press("Enter");
  await expect(review(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(review(page)).toBeHidden();
  await expect(button(page, "Review changes")).toBeFocused();
  await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();
  expect(sent).toEqual([]);

  await page.keyboard.press("Tab");
  await expect(button(page, "Save changes")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toHaveText("Changes saved");
  expect(sent).toHaveLength(1);
});

test("a refused save keeps the edits and says that nothing changed", async ({ page, problems }) => {
  problems.expect(/status of 403 .*\/behaviors\)/);
  await level(page, "High-Risk Domain Visited").selectOption("High");
  await button(page, "Review changes").click();
  await button(page, "Save changes").click();
  const alert = review(page).getByRole("alert");
  await expect(alert).toContainText("10000 Authentication error");
  await expect(alert).toContainText("Nothing changed");
  await expect(alert).toContainText("Zero Trust Write");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(level(page, "High-Risk Domain Visited")).toHaveValue("high");
  await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();
});

test("D4 a save that breaks says that its outcome is not known", async ({ page, problems }) => {
  problems.expect(/status of 50\d .*\/behaviors\)/);
  await level(page, "Suspicious Security Domain Visited").selectOption("High");
  // From the foot bar, the failure is shown in the review all the same.
  await button(page, "Save changes").click();
  await expect(review(page).getByRole("alert")).toContainText("Outcome unknown");
  await page.keyboard.press("Escape");
  await expect(level(page, "Suspicious Security Domain Visited")).toHaveValue("high");
});

test("what somebody else changed meanwhile is compared with", async ({ page, request, demo }) => {
  const name = "CrowdStrike Low ZTA Score";
  await toggle(page, name).click();
  await level(page, "CrowdStrike Medium ZTA Score").selectOption("High");
  await expect(page.getByText("2 unsaved changes")).toBeVisible();

  const whoami = await (await request.get("/api/v1/whoami")).json();
  const answer = await request.put(
    `/client/v4/accounts/${whoami.result.account_id}/zt_risk_scoring/behaviors`,
    {
      headers: { "X-Requested-With": "XMLHttpRequest", Origin: new URL(demo.url).origin },
      data: {
        behaviors: {
          crowdstrike_low_zta: { enabled: true, risk_level: "medium" },
          crowdstrike_medium_zta: { enabled: true, risk_level: "low" },
        },
      },
    },
  );
  expect(answer.status()).toBe(200);
  await button(page, "Refresh").click();
  // The first edit has come true; the second stays, beside what is new.
  await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();
  await expect(row(page, name)).not.toContainText("Changed");
  await expect(toggle(page, "CrowdStrike Medium ZTA Score")).toBeChecked();
  await button(page, "Review changes").click();
  await expect(review(page).getByRole("listitem")).toHaveText([
    /on.*Low.*on.*High.*Changed by somebody else.*You saw:.*off.*Low/,
  ]);
});

test("D9 leaving with unsaved edits asks first", async ({ page }) => {
  const integrations = page.getByRole("navigation", { name: "Main" }).getByRole("link", {
    name: "Integrations",
  });
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await page.getByRole("link", { name: "Behaviors", exact: true }).click();
  await toggle(page, "Impossible Travel").click();

  await integrations.click();
  await expect(question).toContainText("1 unsaved change will be lost");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Stay" }).click();
  await expect(page).toHaveURL(/\/behaviors$/);
  await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();

  await page.evaluate(() => history.back());
  await expect(question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/behaviors$/);

  await integrations.click();
  await page.getByRole("button", { name: "Discard and leave" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Integrations" })).toBeVisible();
  await page.getByRole("link", { name: "Behaviors", exact: true }).click();
  await expect(toggle(page, "Impossible Travel")).toBeChecked();
});

test.describe("at 390 px", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("rows stay rows, and nothing is cut off", async ({ page }) => {
    await toggle(page, "Impossible Travel").click();
    await expect(button(page, "Save changes")).toBeInViewport();
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(overflow).toBeLessThanOrEqual(0);
    // Where no row is half under the bar.
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expectAccessible(page);
  });
});

for (const role of ["viewer", "operator"] as const) {
  test.describe(`as ${role}`, () => {
    test.use({ demoOptions: { role, users: 20 } });

    test("there is nothing to change with", async ({ page }) => {
      await expect(row(page, "Impossible Travel")).toContainText("on");
      await expect(row(page, "Impossible Travel")).toContainText("High");
      await expect(page.getByRole("switch")).toHaveCount(0);
      await expect(page.getByRole("combobox", { name: "Risk level" })).toHaveCount(0);
      await expect(page.getByText("needs the admin role")).toBeVisible();
      await expectAccessible(page);
    });
  });
}
