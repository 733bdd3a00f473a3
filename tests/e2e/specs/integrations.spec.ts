// Integrations: made, found, changed, paused and deleted; each failure says what came of it.

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const h1 = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true });
const row = (page: Page, host: string) => page.getByRole("row", { name: `${host} ` });
const url = (page: Page) => page.getByRole("textbox", { name: "Okta tenant URL" });
const reference = (page: Page) => page.getByRole("textbox", { name: "Reference ID" });
const active = (page: Page) => page.getByRole("switch", { name: "Active" });
/** The pop-up alert, among alerts that belong to a place. */
const alert = (page: Page, text: string | RegExp) => page.getByRole("alert").filter({ hasText: text });

async function create(page: Page, tenant: string, { id = "", paused = false } = {}) {
  await page.goto("/integrations/new");
  await url(page).fill(tenant);
  await reference(page).fill(id);
  if (paused) await active(page).click();
  await button(page, "Create integration").click();
}

test("the list leads to an integration and its steps in Okta", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/integrations");
  await expect(h1(page, "Integrations")).toBeVisible();
  await expect(row(page, "acme.okta.com").getByRole("switch")).toBeChecked();
  await expect(page.getByRole("switch", { name: /acme-preview/ })).not.toBeChecked();
  await expectAccessible(page);

  await page.getByRole("link", { name: "acme.okta.com" }).click();
  await expect(h1(page, "acme.okta.com")).toBeFocused();
  await expect(page).toHaveTitle(/acme\.okta\.com/);
  await expect(page.getByRole("listitem").filter({ hasText: "Create stream" })).toBeVisible();
  const known = page.getByText(/^https:\/\/.*\/sse-configuration\//);
  await expect(known).toBeVisible();
  await expect(page.locator('a[href*="sse-configuration"]')).toHaveCount(0);
  await button(page, "Copy well-known URL").click();
  await expect(page.getByRole("status")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await known.textContent());
  await expectAccessible(page);
});

test("what is wrong is said next to the field", async ({ page }) => {
  await page.goto("/integrations/new");
  await expect(h1(page, "New integration")).toBeVisible();
  await expect(active(page)).toBeChecked();
  await button(page, "Create integration").click();
  await expect(url(page)).toBeFocused();
  await expect(url(page)).toHaveAccessibleDescription(/Enter the tenant's URL/);
  for (const [typed, wrong] of [
    ["http://acme.okta.com", /Start with https/],
    ["https://me@acme.okta.com", /user name/],
    ["https://acme.okta.com:8443", /port/],
    ["https://acme.okta.com/admin", /End after the host name/],
    ["https://127.0.0.1", /IP address/],
    ["https://localhost", /public host name/],
  ] as const) {
    await url(page).fill(typed);
    await url(page).blur();
    await expect(url(page)).toHaveAttribute("aria-invalid", "true");
    await expect(url(page)).toHaveAccessibleDescription(wrong);
  }
  await expectAccessible(page);
  await url(page).fill("https://login.acme.com");
  await url(page).blur();
  await expect(url(page)).not.toHaveAttribute("aria-invalid", "true");
  await expect(url(page)).toHaveAccessibleDescription(/custom domain/);
  await reference(page).fill("a/b");
  await button(page, "Create integration").click();
  await expect(reference(page)).toBeFocused();
  await expect(reference(page)).toHaveAccessibleDescription(/without slashes/);
});

test("D3 one is made, by keyboard, once", async ({ page }) => {
  const sent: unknown[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") sent.push(request.postDataJSON());
  });
  await page.goto("/integrations");
  await page.getByRole("link", { name: "New integration" }).press("Enter");
  await expect(h1(page, "New integration")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("https://new.okta.com");
  await page.keyboard.press("Tab");
  await page.keyboard.type("idp-1");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toHaveText("new.okta.com created");
  await expect(h1(page, "new.okta.com")).toBeVisible();
  await expect(page).toHaveURL(/\/integrations\/[0-9a-f-]{36}$/);
  const integration_type = "Okta";
  expect(sent).toEqual([{ integration_type, tenant_url: "https://new.okta.com", reference_id: "idp-1" }]);
});

test("one is made and paused, and keeps the reference ID it was given", async ({ page }) => {
  await create(page, "https://calm.okta.com", { paused: true });
  await expect(h1(page, "calm.okta.com")).toBeVisible();
  await expect(active(page)).not.toBeChecked();
  await expect(reference(page)).toHaveValue(/^[0-9a-f-]{36}$/);
});

test("a refused creation keeps what was typed", async ({ page, problems }) => {
  problems.expect(/status of 400 .*\/integrations\)/);
  await create(page, "https://refused.okta.com", { id: "keep me" });
  await expect(alert(page, "Nothing changed")).toBeVisible();
  await expect(url(page)).toHaveValue("https://refused.okta.com");
  await expect(reference(page)).toHaveValue("keep me");
  await expectAccessible(page);
});

test("created but not paused says so, and goes to what exists", async ({ page, problems }) => {
  problems.expect(/status of 50\d .*\/integrations\/[0-9a-f-]{36}\)/);
  await create(page, "https://paused-fails.okta.com", { paused: true });
  await expect(alert(page, /was created, but pausing it failed/)).toBeVisible();
  await expect(h1(page, "paused-fails.okta.com")).toBeVisible();
  await expect(active(page)).toBeChecked();
});

test("D4 a change that gets no answer is sent once, and what came of it is told", async ({
  page,
  problems,
}) => {
  test.slow();
  problems.expect(/status of 504 .*\/integrations\)/);
  problems.expect(/status of 504 .*\/integrations\/[0-9a-f-]{36}\)/);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(request.method());
  });
  await create(page, "https://times-out.okta.com");
  const lost = alert(page, "Outcome unknown");
  await expect(lost).toContainText(/Cloudflare now lists 1 integration for times-out\.okta\.com/, {
    timeout: 20_000,
  });
  await expect(url(page)).toHaveValue("https://times-out.okta.com");
  await expectAccessible(page);
  expect(sent).toEqual(["POST"]);

  await page.getByRole("link", { name: "All integrations" }).click();
  await button(page, "Discard and leave").click();
  await page.getByRole("link", { name: "times-out.okta.com" }).click();
  await reference(page).fill("made after all");
  await button(page, "Save").click();
  await expect(page.getByRole("status")).toHaveText(/Nothing is left to save/, { timeout: 20_000 });
  await expect(reference(page)).toHaveValue("made after all");
  await expect(page.getByText("unsaved change")).toHaveCount(0);
  expect(sent).toEqual(["POST", "PUT"]);
});

test("D2 a change sends all three fields, and what others changed stays", async ({
  page,
  request,
  demo,
  problems,
}) => {
  problems.expect(/status of 412 .*\/integrations\/[0-9a-f-]{36}\)/);
  await create(page, "https://edit.okta.com", { id: "first" });
  await expect(h1(page, "edit.okta.com")).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").pop();
  await button(page, "Save").click();
  await expect(page.getByRole("status")).toHaveText("Nothing to save");

  const whoami = await (await request.get("/api/v1/whoami")).json();
  const path = `/client/v4/accounts/${whoami.result.account_id}/zt_risk_scoring/integrations/${id}`;
  const answer = await request.put(path, {
    headers: { "X-Requested-With": "XMLHttpRequest", Origin: new URL(demo.url).origin },
    data: { tenant_url: "https://edit.okta.com", active: false, reference_id: "first" },
  });
  expect(answer.status()).toBe(200);

  const puts: unknown[] = [];
  page.on("request", (sent) => {
    if (sent.method() === "PUT") puts.push(sent.postDataJSON());
  });
  await reference(page).fill("second");
  await button(page, "Save").click();
  await expect(alert(page, "Somebody else has changed this")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Status" })).toHaveText(/Active.*Paused/);
  await expect(active(page)).not.toBeChecked();
  await expect(reference(page)).toHaveValue("second");
  await button(page, "Save").dblclick();
  await expect(page.getByRole("status")).toHaveText("Changes saved");
  const tenant_url = "https://edit.okta.com";
  expect(puts).toEqual([
    { tenant_url, active: true, reference_id: "second" },
    { tenant_url, active: false, reference_id: "second" },
  ]);
  await expect(active(page)).not.toBeChecked();

  await url(page).fill("https://renamed.okta.com");
  await button(page, "Save").click();
  await expect(h1(page, "renamed.okta.com")).toBeVisible();
});

test("a failed change keeps the edits", async ({ page, problems }) => {
  problems.expect(/status of 400 .*\/integrations\/[0-9a-f-]{36}\)/);
  await create(page, "https://kept.okta.com");
  await expect(h1(page, "kept.okta.com")).toBeVisible();
  await url(page).fill("https://refused.okta.com");
  await button(page, "Save").click();
  await expect(alert(page, "Nothing changed")).toBeVisible();
  await expect(url(page)).toHaveValue("https://refused.okta.com");
  await button(page, "Discard").click();
  await expect(url(page)).toHaveValue("https://kept.okta.com");
});

test("pausing in place works, and is taken back where it fails", async ({ page, problems }) => {
  problems.expect(/status of 503 .*\/integrations\/[0-9a-f-]{36}\)/);
  await create(page, "https://stuck.okta.com");
  await expect(h1(page, "stuck.okta.com")).toBeVisible();
  await page.goto("/integrations");
  const stuck = row(page, "stuck.okta.com").getByRole("switch");
  await stuck.click();
  await expect(alert(page, /pausing stuck\.okta\.com/)).toBeVisible();
  await expect(stuck).toBeChecked();

  const acme = row(page, "acme.okta.com").getByRole("switch");
  await acme.click();
  await expect(page.getByRole("status")).toHaveText("acme.okta.com is paused");
  await expect(acme).not.toBeChecked();
  await expect(row(page, "acme.okta.com")).toContainText("Paused");
  await page.reload();
  await expect(acme).not.toBeChecked();
});

test("one is found by its reference ID", async ({ page, problems }) => {
  problems.expect(/status of 404 .*\/reference_id\/nobody\)/);
  await create(page, "https://found.okta.com", { id: "Zürich 100%" });
  await expect(h1(page, "found.okta.com")).toBeVisible();
  await page.goto("/integrations");
  const find = page.getByRole("searchbox", { name: "Find by reference ID" });
  await find.fill("nobody");
  await button(page, "Find").click();
  await expect(alert(page, "No integration has the reference ID nobody")).toBeVisible();
  await expectAccessible(page);
  await find.fill("Zürich 100%");
  await find.press("Enter");
  await expect(h1(page, "found.okta.com")).toBeVisible();
});

test("D5 deleting asks for the host name", async ({ page, problems }) => {
  problems.expect(/status of 404 .*\/integrations\/[0-9a-f-]{36}\)/);
  await create(page, "https://old.okta.com");
  await expect(h1(page, "old.okta.com")).toBeVisible();
  const address = page.url();
  const dialog = page.getByRole("dialog", { name: "Delete old.okta.com?" });
  await button(page, "Delete").click();
  await expect(dialog.getByRole("textbox", { name: "Host name" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await button(page, "Delete").click();
  const confirm = dialog.getByRole("button", { name: "Delete" });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Host name" }).fill("acme.okta.com");
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Host name" }).fill("old.okta.com");
  await confirm.click();
  await expect(page.getByRole("status")).toHaveText("old.okta.com deleted");
  await expect(h1(page, "Integrations")).toBeVisible();
  await expect(page.getByRole("link", { name: "acme.okta.com" })).toBeVisible();
  await expect(page.getByRole("link", { name: "old.okta.com" })).toHaveCount(0);

  await page.goto(address);
  await expect(h1(page, "No such integration")).toBeVisible();
  await expect(alert(page, "Someone may have deleted it")).toBeVisible();
});

test("a deletion that fails stays in its dialog", async ({ page, problems }) => {
  problems.expect(/status of 50\d .*\/integrations\/[0-9a-f-]{36}\)/);
  await create(page, "https://delete-fails.okta.com");
  await expect(h1(page, "delete-fails.okta.com")).toBeVisible();
  await button(page, "Delete").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Host name" }).fill("delete-fails.okta.com");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Outcome unknown");
  await expectAccessible(page);
});

test("D9 leaving what is typed asks first, by link and by the back button", async ({ page }) => {
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await page.goto("/integrations");
  await page.getByRole("link", { name: "New integration" }).click();
  await url(page).fill("https://half.okta.com");
  await page.getByRole("link", { name: "All integrations" }).click();
  await expect(question).toBeVisible();
  await page.getByRole("button", { name: "Stay" }).click();
  await expect(url(page)).toHaveValue("https://half.okta.com");
  await page.evaluate(() => history.back());
  await expect(question).toBeVisible();
  await page.getByRole("button", { name: "Discard and leave" }).click();
  await expect(h1(page, "Integrations")).toBeVisible();

  await page.getByRole("link", { name: "acme-preview.oktapreview.com" }).click();
  await reference(page).fill("half");
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(question).toContainText("1 unsaved change will be lost");
  await page.keyboard.press("Escape");
  await expect(reference(page)).toHaveValue("half");
});

test("D6 one that somebody else deleted is gone, under an edit and in the list", async ({
  page,
  request,
  demo,
  problems,
}) => {
  problems.expect(/status of 404 .*\/integrations\/[0-9a-f-]{36}\)/);
  const whoami = await (await request.get("/api/v1/whoami")).json();
  const remove = async (id?: string) => {
    const path = `/client/v4/accounts/${whoami.result.account_id}/zt_risk_scoring/integrations/${id}`;
    const headers = { "X-Requested-With": "XMLHttpRequest", Origin: new URL(demo.url).origin };
    expect((await request.delete(path, { headers })).status()).toBe(200);
  };
  await create(page, "https://going.okta.com");
  await expect(h1(page, "going.okta.com")).toBeVisible();
  await remove(page.url().split("/").pop());
  await reference(page).fill("too late");
  await button(page, "Save").click();
  await expect(alert(page, /no such integration.*Nothing changed/)).toBeVisible();
  await expect(reference(page)).toHaveValue("too late");
  await expectAccessible(page);
  await button(page, "Discard").click();
  await expect(h1(page, "No such integration")).toBeVisible();
  await expect(alert(page, "Someone may have deleted it")).toBeVisible();

  await create(page, "https://listed.okta.com");
  await expect(h1(page, "listed.okta.com")).toBeVisible();
  const id = page.url().split("/").pop();
  await page.getByRole("link", { name: "All integrations" }).click();
  await expect(page.getByRole("link", { name: "listed.okta.com" })).toBeVisible();
  await remove(id);
  await row(page, "listed.okta.com").getByRole("switch").click();
  await expect(alert(page, /nothing was changed/)).toBeVisible();
  await expect(page.getByRole("link", { name: "listed.okta.com" })).toHaveCount(0);
});

test("an address that is none says so", async ({ page }) => {
  await page.goto("/integrations/not-an-id");
  await expect(h1(page, "No such integration")).toBeVisible();
  await expect(alert(page, "no valid integration ID")).toBeVisible();
});

test.describe("at 390 px", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("list and page fit", async ({ page }) => {
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await page.goto("/integrations");
    await expect(row(page, "acme.okta.com").getByRole("switch")).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.getByRole("link", { name: "acme.okta.com" }).click();
    await expect(button(page, "Save")).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
});

test.describe("as viewer", () => {
  test.use({ demoOptions: { role: "viewer", users: 20 } });

  test("values without controls", async ({ page }) => {
    await page.goto("/integrations");
    await expect(row(page, "acme.okta.com")).toContainText("Active");
    await expect(page.getByRole("switch")).toHaveCount(0);
    await expect(page.getByRole("link", { name: "New integration" })).toHaveCount(0);
    await page.getByRole("link", { name: "acme.okta.com" }).click();
    await expect(h1(page, "acme.okta.com")).toBeVisible();
    await expect(page.getByRole("definition").first()).toHaveText("https://acme.okta.com");
    for (const control of ["Save", "Delete"]) await expect(button(page, control)).toHaveCount(0);
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await expectAccessible(page);
    await page.goto("/integrations/new");
    await expect(page.getByText("needs the admin role")).toBeVisible();
    await expect(page.getByRole("textbox")).toHaveCount(0);
  });
});
