// Names and details come from outside: they are text, whatever they hold.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { Page } from "@playwright/test";

import { ID, h1, ordinary, read, visit } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const row = (page: Page) => page.getByRole("table", { name: "Users" }).getByRole("rowheader").first();

test.beforeEach(async ({ page, demo }) => {
  page.on("dialog", (dialog) => {
    throw new Error(`somebody's data opened a dialog: ${dialog.message()}`);
  });
  page.on("popup", () => {
    throw new Error("somebody's data opened a window");
  });
  page.on("request", (request) => expect(request.url()).toMatch(new RegExp(`^(${demo.url}|data:|blob:)`)));
});

test("markup in a name is shown, not run", async ({ page }) => {
  const name = "<img src=x onerror=alert(1)>";
  await page.goto("/users?q=onerror");
  await expect(row(page).getByRole("link")).toHaveText(name);
  await row(page).getByRole("link").click();
  await expect(h1(page, name)).toBeFocused();
  await expect(page).toHaveTitle(`${name} · Riskdesk`);
  await page.getByRole("button", { name: "Reset risk" }).click();
  await expect(page.getByRole("dialog")).toContainText(`Reset risk of ${name}?`);
  await page.getByRole("dialog").getByRole("button", { name: "Reset", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText(`Risk of ${name} reset`);
  await expect(page.locator("main img, dialog img, [role=status] img")).toHaveCount(0);
  await page.goto("/");
  await expect(h1(page, "Overview")).toBeVisible();
  await expect(page.locator("img")).toHaveCount(0);
});

test("B2, B7: details of every shape stay text: no markup, no links, keys are data", async ({ page, request }) => {
  const user = await read(request, ID.everyShape);
  await visit(page, ID.everyShape, user.name);
  const cards = page.locator("li.event > details");
  for (const summary of await cards.locator("> summary").all()) await summary.click();
  // Layer by layer, until nothing is closed any more.
  for (let layer = 0; layer < 12; layer += 1) {
    const closed = page.locator(".json details:not([open]) > summary");
    const count = await closed.count();
    if (count === 0) break;
    for (let number = 0; number < Math.min(count, 40); number += 1) await closed.first().click();
  }
  await expect(page.locator(".json :is(img, script, iframe, a, form, input, style, object)")).toHaveCount(0);
  const raw = JSON.stringify(user.events.map((event: { event_details: unknown }) => event.event_details));
  const shown = (await page.locator(".json").allTextContents()).join("\n");
  for (const hostile of ["<script", "javascript:", "__proto__"]) {
    expect(raw.includes(hostile), `the simulator sends ${hostile}`).toBe(true);
    expect(shown).toContain(hostile);
  }
  expect(await page.evaluate(() => "polluted" in {} || "isAdmin" in {})).toBe(false);
});

test("B3: what would reorder or hide text is named", async ({ page }) => {
  await page.goto("/users?q=robin.vale");
  const shown = "Robin ⟨U+202E⟩nosnetsirK⟨U+202C⟩ ⟨U+2067⟩Vale⟨U+2069⟩";
  await expect(row(page).getByRole("link")).toHaveText(shown);
  await expect(row(page).getByRole("link")).toHaveAttribute("title", shown);
  await row(page).getByRole("link").click();
  await expect(h1(page, shown)).toBeVisible();
  await expect(page).toHaveTitle(`${shown} · Riskdesk`);
  const hidden = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;
  expect(await page.locator("body").innerText()).not.toMatch(hidden);
});

test("B3: a right-to-left name sits right and turns nothing around it", async ({ page }) => {
  await page.goto("/users?q=alansari");
  const name = row(page).getByRole("link").locator("bdi");
  expect(await name.evaluate((it) => getComputedStyle(it).direction)).toBe("rtl");
  expect(await name.evaluate((it) => getComputedStyle(it).unicodeBidi)).toMatch(/isolate/);
  await row(page).getByRole("link").click();
  await page.getByRole("button", { name: "Reset risk" }).click();
  const effect = page.getByRole("dialog").getByText("goes back to no level");
  expect(await effect.evaluate((it) => getComputedStyle(it).direction)).toBe("ltr");
});

test("a name of 200 characters is clipped, the whole is at hand", async ({ page, request }) => {
  const { name } = await read(request, ID.longName);
  expect(name).toHaveLength(200);
  await page.goto("/users?q=hohenlohe");
  const link = row(page).getByRole("link");
  await expect(link).toHaveAttribute("title", name);
  const box = (await page.getByRole("table", { name: "Users" }).getByRole("row").nth(1).boundingBox())!;
  expect(box.height).toBeLessThan(60);
  await link.click();
  await expect(h1(page, name)).toBeVisible();
  await page.getByRole("button", { name: "Reset risk" }).click();
  await expect(page.getByRole("dialog").getByRole("heading")).toContainText(name);
  await expect(
    page.getByRole("dialog").getByRole("button", { name: "Reset", exact: true }),
  ).toBeInViewport({ ratio: 1 });
});

test("a name of nothing but marks, an empty one and one like a formula", async ({ page }) => {
  await page.goto("/users?q=t.marks");
  await expect(row(page)).toContainText("t.marks@example.org");
  const box = (await row(page).boundingBox())!;
  expect(box.height).toBeLessThan(60);
  await visit(page, ID.combiningName, /./);
  await visit(page, ID.emptyName, "No name");
  await expect(page).toHaveTitle("No name · Riskdesk");
  await page.getByRole("button", { name: "Reset risk" }).click();
  await expect(page.getByRole("dialog", { name: "Reset risk of No name?" })).toBeVisible();
  await visit(page, ID.formulaName, /^=HYPERLINK/);
});

test("the address can't inject anything", async ({ page }) => {
  const text = '"><img src=x onerror=alert(1)>';
  await page.goto(`/users?q=${encodeURIComponent(text)}&sort=javascript:alert(1)&level=<script>`);
  await expect(page.getByRole("searchbox")).toHaveValue(text);
  await expect(page.getByText("No users match")).toBeVisible();
  await page.goto(`/users/${ID.everyShape}?behavior=${encodeURIComponent(text)}&from=x&to=<b>`);
  await expect(page.getByText("No events match")).toBeVisible();
  await page.goto("/%3Cimg%20src=x%20onerror=alert(1)%3E");
  await expect(h1(page, "Page not found")).toBeVisible();
});

test("a reason of any characters is taken as it is typed", async ({ page, request }) => {
  const [person] = await ordinary(request);
  const reason = 'Line one\nline two: "<b>é</b>" 100% 佐藤 🙂';
  await visit(page, person.user_id, person.name);
  await page.getByRole("button", { name: "Reset risk" }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill(reason);
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("dialog").getByRole("button", { name: "Reset", exact: true }).click();
  expect(decodeURIComponent((await sent).headers()["x-riskdesk-reason"])).toBe(reason);
  await expect(page.getByRole("status")).toHaveText(`Risk of ${person.name} reset`);
});

test("B6: a tenant URL that is none is refused by the form and by the proxy, and never fetched", async ({ page, problems, demo }) => {
  problems.expect(/status of 422/);
  let fetched = 0;
  const listener = createServer((_, answer) => {
    fetched += 1;
    answer.end();
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  const urls = [
    "http://acme.okta.com",
    "https://user:pass@acme.okta.com",
    "https://127.0.0.1",
    "https://[::1]",
    "https://localhost",
    `https://localhost:${port}`,
    `http://127.0.0.1:${port}/`,
    "javascript:alert(1)",
    "https://acme.okta.com/path",
  ];
  await page.goto("/integrations/new");
  const field = page.getByRole("textbox", { name: "Okta tenant URL" });
  for (const url of urls) {
    await field.fill(url);
    await page.getByRole("button", { name: "Create integration" }).click();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(/\w/);
  }
  await field.fill("");
  const statuses = await page.evaluate(async (urls) => {
    const headers = { "X-Requested-With": "XMLHttpRequest", "Content-Type": "application/json" };
    const { result } = await (await fetch("/api/v1/whoami", { headers })).json();
    const path = `/client/v4/accounts/${result.account_id}/zt_risk_scoring/integrations`;
    const post = async (tenant_url: string) => {
      const body = JSON.stringify({ integration_type: "Okta", tenant_url });
      return (await fetch(path, { method: "POST", headers, body })).status;
    };
    return Promise.all(urls.map(post));
  }, urls);
  expect(statuses).toEqual(urls.map(() => 422));
  expect(fetched).toBe(0);
  expect(demo.url).not.toContain(`:${port}`);
  listener.close();
});

test("B11: the well-known URL is for Okta: no link, and nobody follows it", async ({ page, request }) => {
  const [integration] = await read(request, "integrations");
  await page.goto(`/integrations/${integration.id}`);
  const shown = page.getByText(integration.well_known_url);
  await expect(shown).toBeVisible();
  await expect(page.locator("a").filter({ has: shown })).toHaveCount(0);
  // That no request left for another host is checked for every test here.
  await page.getByRole("button", { name: "Copy well-known URL" }).click();
  await expect(page.getByRole("status")).toHaveText("Copied");
});
