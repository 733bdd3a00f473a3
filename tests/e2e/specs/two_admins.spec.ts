// D1: two admins, each in a browser of their own, change the same thing. Whoever comes second sees
// what the first did, keeps what they wanted, and makes it on top or not at all.

import type { Browser, Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const row = (page: Page, name: string) => page.getByRole("row", { name });
const level = (page: Page, name: string) =>
  row(page, name).getByRole("combobox", { name: /Risk level/ });
const review = (page: Page) => page.getByRole("dialog", { name: "Review changes" });
const reference = (page: Page) => page.getByRole("textbox", { name: "Reference ID" });
const url = (page: Page) => page.getByRole("textbox", { name: "Okta tenant URL" });

/** What each change sent, and of which state it was a change. */
function changes(page: Page) {
  const sent: { seen?: string; body: unknown }[] = [];
  page.on("request", (request) => {
    if (request.method() === "GET") return;
    sent.push({ seen: request.headers()["if-match"], body: request.postDataJSON() });
  });
  return sent;
}

/** The second admin's page. */
async function another(browser: Browser, baseURL?: string) {
  return (await browser.newContext({ baseURL })).newPage();
}

test("D1 the same behavior: the second sees the first's change and saves on top", async ({
  page: second,
  browser,
  baseURL,
  problems,
}) => {
  problems.expect(/status of 412 .*\/behaviors\)/);
  const name = "Impossible Travel";
  const first = await another(browser, baseURL);
  for (const page of [first, second]) {
    await page.goto("/behaviors");
    await expect(level(page, name)).toHaveValue("high");
  }
  const sent = changes(second);
  await level(second, name).selectOption("Low");
  await level(first, name).selectOption("Medium");
  await button(first, "Save changes").click();
  await expect(first.getByRole("status")).toHaveText("Changes saved");

  await button(second, "Save changes").click();
  await expect(review(second).getByRole("alert")).toContainText(
    "Somebody else has changed this since you read it. Nothing changed.",
  );
  await expect(review(second).getByRole("listitem")).toHaveText([
    /Impossible Travel.*on.*Medium.*on.*Low.*Changed by somebody else.*You saw:.*on.*High/,
  ]);
  await expectAccessible(second);
  await second.keyboard.press("Escape");
  await expect(row(second, name)).toContainText("Changed by you and by somebody else");
  await expect(level(second, name)).toHaveValue("low");
  // The first one's change stands until the second has seen it and saves again.
  await first.reload();
  await expect(level(first, name)).toHaveValue("medium");

  await button(second, "Save changes").click();
  await expect(review(second)).toBeVisible();
  await button(second, "Save changes").click();
  await expect(second.getByRole("status")).toHaveText("Changes saved");
  await expect(review(second)).toBeHidden();
  await first.reload();
  await expect(level(first, name)).toHaveValue("low");
  const body = { behaviors: { imp_travel: { enabled: true, risk_level: "low" } } };
  expect(sent.map((change) => change.body)).toEqual([body, body]);
  expect(sent[0]?.seen).toMatch(/^"[\w-]{22}"$/);
  expect(sent[1]?.seen).toMatch(/^"[\w-]{22}"$/);
  expect(sent[0]?.seen).not.toBe(sent[1]?.seen);
  await first.context().close();
});

test("D1 another behavior: the second is told, and nothing of the first's is sent", async ({
  page: second,
  browser,
  baseURL,
  problems,
}) => {
  problems.expect(/status of 412 .*\/behaviors\)/);
  const [theirs, own] = ["SentinelOne Infection Detected", "CrowdStrike Low ZTA Score"];
  const first = await another(browser, baseURL);
  for (const page of [first, second]) {
    await page.goto("/behaviors");
    await expect(level(page, theirs)).toHaveValue("medium");
  }
  const sent = changes(second);
  await level(second, own).selectOption("Low");
  await level(first, theirs).selectOption("High");
  await button(first, "Save changes").click();
  await expect(first.getByRole("status")).toHaveText("Changes saved");

  await button(second, "Save changes").click();
  await expect(review(second).getByRole("listitem")).toHaveText([/CrowdStrike Low ZTA Score/]);
  await expect(review(second).getByRole("listitem")).not.toContainText("somebody else");
  await expect(level(second, theirs)).toHaveValue("high");
  await button(second, "Save changes").click();
  await expect(second.getByRole("status")).toHaveText("Changes saved");
  expect(sent[1]?.body).toEqual({
    behaviors: { crowdstrike_low_zta: { enabled: false, risk_level: "low" } },
  });
  await first.reload();
  await expect(level(first, theirs)).toHaveValue("high");
  await expect(level(first, own)).toHaveValue("low");

  // What was just saved is not somebody else's.
  await expect(button(second, "Save changes")).toHaveCount(0);
  await button(second, "Refresh").click();
  await level(second, own).selectOption("Medium");
  await button(second, "Save changes").click();
  await expect(second.getByRole("status")).toHaveText("Changes saved");
  await first.context().close();
});

test("D1 the same integration: what was typed stays, beside what is there now", async ({
  page: second,
  browser,
  baseURL,
  problems,
}) => {
  problems.expect(/status of 412 .*\/integrations\/[0-9a-f-]{36}\)/);
  const first = await another(browser, baseURL);
  for (const page of [first, second]) {
    await page.goto("/integrations");
    await page.getByRole("link", { name: "acme.okta.com" }).click();
    await expect(reference(page)).toBeVisible();
  }
  const sent = changes(second);
  const before = await reference(second).inputValue();
  await reference(second).fill("second");
  await reference(first).fill("first");
  await url(first).fill("https://acme-new.okta.com");
  await button(first, "Save").click();
  await expect(first.getByRole("status")).toHaveText("Changes saved");

  await reference(second).press("Enter");
  await expect(second.getByRole("alert").filter({ hasText: "Nothing changed" })).toBeVisible();
  await expect(second.getByRole("listitem").filter({ hasText: /→|Before/ })).toHaveText([
    /Okta tenant URL.*https:\/\/acme\.okta\.com.*https:\/\/acme-new\.okta\.com$/,
    new RegExp(`Reference ID.*${before}.*first.*You want:.*second`),
  ]);
  await expect(reference(second)).toHaveValue("second");
  await expect(url(second)).toHaveValue("https://acme-new.okta.com");
  await expectAccessible(second);
  await first.reload();
  await expect(reference(first)).toHaveValue("first");

  await reference(second).press("Enter");
  await expect(second.getByRole("status")).toHaveText("Changes saved");
  await expect(second.getByText("Changed by somebody else")).toHaveCount(0);
  await first.reload();
  await expect(reference(first)).toHaveValue("second");
  await expect(url(first)).toHaveValue("https://acme-new.okta.com");
  expect(sent.map((change) => change.body)).toEqual([
    { tenant_url: "https://acme.okta.com", active: true, reference_id: "second" },
    { tenant_url: "https://acme-new.okta.com", active: true, reference_id: "second" },
  ]);
  await first.context().close();
});

test("D9 a tab with unsaved edits asks before it closes", async ({ page }) => {
  const asked = async () => {
    const question = page.waitForEvent("dialog");
    // Not at once: the page answers nothing while it asks.
    await page.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await question;
    await dialog.dismiss();
    return dialog.type();
  };
  await page.goto("/behaviors");
  await row(page, "Impossible Travel").getByRole("switch").click();
  expect(await asked()).toBe("beforeunload");
  await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();
  await button(page, "Discard").click();
  await page.goto("/integrations/new");
  await reference(page).pressSequentially("half");
  expect(await asked()).toBe("beforeunload");
  await expect(reference(page)).toHaveValue("half");
  await reference(page).fill("");
});

test("D1 a deletion of what somebody else changed says what changed", async ({
  page: second,
  browser,
  baseURL,
  problems,
}) => {
  problems.expect(/status of 412 .*\/integrations\/[0-9a-f-]{36}\)/);
  const host = "acme-preview.oktapreview.com";
  const first = await another(browser, baseURL);
  for (const page of [first, second]) {
    await page.goto("/integrations");
    await page.getByRole("link", { name: host }).click();
    await expect(reference(page)).toBeVisible();
  }
  const dialog = second.getByRole("dialog", { name: `Delete ${host}?` });
  await button(second, "Delete").click();
  await dialog.getByRole("textbox", { name: "Host name" }).fill(host);
  await first.getByRole("switch", { name: "Active" }).click();
  await button(first, "Save").click();
  await expect(first.getByRole("status")).toHaveText("Changes saved");

  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog.getByRole("alert").filter({ hasText: "Nothing changed" })).toBeVisible();
  await expect(dialog.getByRole("listitem")).toHaveText([/Status.*Paused.*Active/]);
  await expectAccessible(second);
  await first.reload();
  await expect(reference(first)).toBeVisible();

  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(second.getByRole("status")).toHaveText(`${host} deleted`);
  await first.context().close();
});
