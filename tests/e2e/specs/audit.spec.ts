// The audit log: what was changed, by whom and why, found by address, and taken away as a file.

import { readFile } from "node:fs/promises";

import type { APIRequestContext, Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { ID, h1, ordinary, overflow, visit } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const lines = (page: Page) => page.getByRole("table", { name: "Audit log" }).locator("tbody");
const line = (page: Page, text: string) => lines(page).filter({ hasText: text });
const details = (page: Page, text: string) =>
  line(page, text).getByRole("button", { name: /^Details of line/ });

/** A change made past the app, as a script makes it from the app's own origin. */
async function change(api: APIRequestContext, method: string, resource: string, body?: object, reason = "") {
  const whoami = (await (await api.get("/api/v1/whoami")).json()).result;
  const answer = await api.fetch(`/client/v4/accounts/${whoami.account_id}/zt_risk_scoring/${resource}`, {
    method,
    data: body,
    headers: {
      "X-Requested-With": "XMLHttpRequest",
      Origin: new URL((await api.get("/")).url()).origin,
      ...(reason === "" ? {} : { "X-Riskdesk-Reason": encodeURIComponent(reason) }),
    },
  });
  return answer.json();
}

test.describe("on an empty log", () => {
  test.use({ demoOptions: { users: 20 } });

  test("it says what will be there", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("link", { name: "Audit log" }).click();
    await expect(h1(page, "Audit log")).toBeFocused();
    await expect(page).toHaveTitle("Audit log · Riskdesk");
    await expect(page.getByText("No changes on record")).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe("an operator", () => {
  test.use({ demoOptions: { role: "operator", users: 60 } });

  test("is told who may read it, and led nowhere", async ({ page }) => {
    await page.goto("/audit");
    await expect(h1(page, "Audit log")).toBeVisible();
    await expect(page.getByText("needs the admin role")).toBeVisible();
    await expect(page.getByRole("link", { name: "Audit log" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Export CSV" })).toHaveCount(0);
    await visit(page, ID.everyShape, /\w/);
    await expect(page.getByRole("link", { name: "Changes in the audit log" })).toHaveCount(0);
  });
});

test("a reset is there with its reason, and leads to the person and back", async ({ page, request }) => {
  const [person] = await ordinary(request);
  await visit(page, person.user_id, person.name);
  await page.getByRole("button", { name: "Reset risk" }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("New laptop, <b>not</b> malware");
  await page.getByRole("dialog").getByRole("button", { name: "Reset", exact: true }).click();
  await expect(page.getByRole("status").first()).toHaveText(`Risk of ${person.name} reset`);
  await page.getByRole("link", { name: "Changes in the audit log" }).click();
  await expect(page).toHaveURL(`/audit?target=${person.user_id}`);
  await expect(h1(page, "Audit log")).toBeFocused();
  await expect(lines(page)).toHaveCount(1);
  await expect(line(page, person.name)).toContainText("Succeeded");
  await expect(line(page, person.name)).toContainText("New laptop, <b>not</b> malware");
  await page.keyboard.press("Tab");
  await details(page, person.name).press("Enter");
  await expect(details(page, person.name)).toHaveAttribute("aria-expanded", "true");
  const changes = line(page, person.name).getByRole("listitem");
  await expect(changes).toContainText(/Before: (High|Medium|Low)/);
  await expect(changes).toContainText("After: Unscored");
  await line(page, person.name).getByRole("button", { name: "Copy Request ID" }).click();
  await expect(page.getByRole("status").first()).toHaveText("Copied");
  await expectAccessible(page);
  await page.getByRole("link", { name: person.name }).click();
  await expect(h1(page, person.name)).toBeFocused();
  await page.goBack();
  await expect(lines(page)).toHaveCount(1);
});

test("behaviors and integrations: before and after, field by field", async ({ page, request }) => {
  await change(request, "PUT", "behaviors", {
    behaviors: { imp_travel: { enabled: false, risk_level: "low" } },
  });
  const made = await change(request, "POST", "integrations", {
    integration_type: "Okta",
    tenant_url: "https://audited.okta.com",
  });
  const { id, reference_id } = made.result;
  const update = { tenant_url: "https://audited.okta.com", active: false, reference_id };
  await change(request, "PUT", `integrations/${id}`, update, "Paused for the weekend");
  await page.goto("/behaviors");
  await page.getByRole("link", { name: "Changes in the audit log" }).click();
  await expect(lines(page)).toHaveCount(1);
  await details(page, "Behaviors").click();
  await expect(line(page, "Behaviors").getByRole("listitem").first()).toContainText(/imp_travel · .*Before: .*After: /s);
  await page.goto(`/integrations/${id}`);
  await page.getByRole("link", { name: "Changes in the audit log" }).click();
  await expect(lines(page)).toHaveCount(2);
  await details(page, "Paused for the weekend").click();
  const changed = line(page, "Paused for the weekend").getByRole("listitem");
  await expect(changed).toHaveCount(1);
  await expect(changed).toContainText(/Active.*Before: on.*After: off/s);
  await line(page, "Create integration").getByRole("link", { name: "audited.okta.com" }).click();
  await expect(h1(page, "audited.okta.com")).toBeVisible();
});

test("filters and pages live in the address, and the way back is right", async ({ page, request }) => {
  const people = (await ordinary(request)).slice(1, 6);
  for (const { user_id } of people) await change(request, "POST", `${user_id}/reset`, undefined, "sweep");
  await change(request, "POST", `${ID.resetRefused}/reset`);
  await page.goto("/audit");
  await page.getByRole("combobox", { name: "Outcome" }).selectOption("Refused");
  await expect(page).toHaveURL("/audit?state=refused");
  await expect(lines(page)).toHaveCount(1);
  await expect(line(page, "Reset Refused")).toBeVisible();
  await page.getByRole("combobox", { name: "Change" }).selectOption("Delete integration");
  await expect(page.getByText("No changes match")).toBeVisible();
  await expect(page).toHaveURL(/operation=delete_integration/);
  await page.goBack();
  await expect(lines(page)).toHaveCount(1);
  await page.goBack();
  await expect(page.getByRole("combobox", { name: "Outcome" })).toHaveValue("");

  const target = page.getByRole("searchbox", { name: "Target" });
  await target.fill(people[0].name);
  await target.press("Enter");
  await expect(lines(page)).toHaveCount(1);
  await expect(line(page, people[0].name)).toBeVisible();
  await target.fill("");
  await target.press("Enter");
  await page.getByRole("searchbox", { name: "Actor" }).fill("nobody@corp.example");
  await page.getByRole("searchbox", { name: "Actor" }).press("Enter");
  await expect(page.getByText("No changes match")).toBeVisible();
  await page.getByRole("link", { name: "Show all changes" }).click();
  await expect(page).toHaveURL("/audit");

  const today = new Date().toISOString().slice(0, 10);
  await page.getByLabel("To", { exact: true }).fill(today);
  await expect(page).toHaveURL(/until=/);
  await expect(line(page, "Reset Refused")).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill("2020-01-01");
  await expect(page.getByText("No changes match")).toBeVisible();

  await page.goto("/audit?limit=4&operation=reset_user");
  await expect(lines(page)).toHaveCount(4);
  // The time as it is, for what is written of it goes on.
  const at = lines(page).first().locator("time").first();
  const newest = await at.getAttribute("datetime");
  await page.getByRole("button", { name: "Older" }).click();
  await expect(page).toHaveURL(/cursor=\d+/);
  await expect(h1(page, "Audit log")).toBeFocused();
  await expect(line(page, people[0].name)).toBeVisible();
  await page.goBack();
  await expect(at).toHaveAttribute("datetime", newest ?? "");
  await expect(page.getByRole("button", { name: "Newest" })).toBeDisabled();
});

test("an address that makes no sense is refused rather than half obeyed", async ({ page }) => {
  await page.goto("/audit?state=refused&color=red");
  await expect(page.getByRole("alert").filter({ hasText: "color=red" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Show all changes" }).click();
  await expect(page).toHaveURL("/audit");
});

test("a change of unknown outcome is settled by a look", async ({ page, request }) => {
  test.slow();
  await change(request, "POST", `${ID.resetBreaks}/reset`, undefined, "broke");
  await page.goto("/audit?state=unknown");
  await details(page, "Reset Breaks").click();
  await line(page, "Reset Breaks").getByRole("button", { name: "Look at the current state" }).click();
  await expect(line(page, "Reset Breaks").getByRole("status")).toContainText("the change is not there");
  await expectAccessible(page);
});

test("B5: the export holds exactly the lines that are asked for, and no formula", async ({ page, request }) => {
  const people = (await ordinary(request)).slice(6, 8);
  const reason = '=HYPERLINK("https://evil.example"),\r\n2nd line';
  for (const { user_id } of people) await change(request, "POST", `${user_id}/reset`, undefined, reason);
  await change(request, "POST", `${ID.formulaName}/reset`, undefined, "@SUM(1)");
  const exported = async (name: string) => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name }).click();
    const file = await download;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
  };
  await page.goto(`/audit?limit=1&target=${people[0].user_id}`);
  await expect(lines(page)).toHaveCount(1);
  const csv = await exported("Export CSV");
  expect(csv.name).toMatch(/^riskdesk-audit-\d{4}-\d\d-\d\d\.csv$/);
  expect(csv.text).toMatch(/^id,at,actor,.*,hash\r\n\d+,/);
  expect(csv.text).toContain(`"'=HYPERLINK(""https://evil.example""),`);
  expect(csv.text.match(/reset_user/g)).toHaveLength(1);

  await page.goto(`/audit?target=${ID.formulaName}`);
  const formula = await exported("Export CSV");
  expect(formula.text).toMatch(/,"?'=HYPERLINK/);
  expect(formula.text).toContain(",'@SUM(1),");

  await page.goto("/audit?operation=reset_user&limit=1");
  const jsonl = await exported("Export JSON lines");
  const all = jsonl.text.trimEnd().split("\n").map((text) => JSON.parse(text));
  const answer = await (await request.get("/api/v1/audit?operation=reset_user&limit=1000")).json();
  expect(all).toEqual(answer.result);
  await expect(page.getByRole("status").first()).toHaveText(/^\d+ lines exported$/);
});

test("it fits a telephone", async ({ page, request }) => {
  await change(request, "POST", `${ID.longName}/reset`, undefined, "x".repeat(900));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/audit");
  await expect(lines(page).first()).toBeVisible();
  await lines(page).first().getByRole("button").first().click();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  // Nor is anything cut off: the table shows no more than fits.
  const cut = await lines(page).locator("td, th").evaluateAll((cells) =>
    cells.filter((cell) => cell.getBoundingClientRect().right > document.documentElement.clientWidth).length,
  );
  expect(cut).toBe(0);
  await expectAccessible(page);
});
