// Behind Access: who is signed in, what they may do, and what happens when the session ends.

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import type { SignedOut } from "../support/edge.ts";
import { h1 } from "../support/people.ts";
import { expect, testBehindAccess as test } from "../support/test.ts";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Your session expired" });

test("who is signed in, in which role, and the way out", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByText("admin@corp.example")).toBeVisible();
  await expect(page.getByText("Admin", { exact: true })).toBeVisible();
  const out = page.getByRole("link", { name: "Sign out" });
  await expect(out).toHaveAttribute("href", "/cdn-cgi/access/logout");
});

for (const how of ["401", "login page", "redirect"] as SignedOut[]) {
  test(`B9: a session that ends mid-edit (${how}) keeps the form`, async ({ page, edge, problems }) => {
    if (how === "401") problems.expect(/status of 401/);
    await page.goto("/integrations/new");
    const url = page.getByRole("textbox", { name: "Okta tenant URL" });
    await url.fill("https://typed.okta.com");
    edge.signOut(how);
    await page.getByRole("button", { name: "Create integration" }).click();
    await expect(dialog(page)).toBeVisible();
    await expectAccessible(page);
    // Signing in happens in a tab of its own, and the edit goes on.
    edge.signIn("admin@corp.example");
    const popup = page.waitForEvent("popup");
    await page.getByRole("link", { name: "Sign in in a new tab" }).click();
    await (await popup).close();
    await expect(dialog(page)).toBeHidden();
    await expect(url).toHaveValue("https://typed.okta.com");
    await page.getByRole("button", { name: "Create integration" }).click();
    await expect(page.getByRole("status").first()).toHaveText("typed.okta.com created");
  });
}

test("a read that finds no session says so once, and reloading signs in", async ({ page, edge }) => {
  await page.goto("/users");
  const rows = page.getByRole("table", { name: "Users" }).getByRole("row");
  await expect(rows).toHaveCount(26);
  edge.signOut("401");
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(dialog(page)).toBeVisible();
  await expect(rows).toHaveCount(26);
  edge.signIn("viewer@corp.example");
  await dialog(page).getByRole("button", { name: "Reload" }).click();
  await expect(page.getByText("viewer@corp.example")).toBeVisible();
  await expect(rows).toHaveCount(26);
});

test("B10: a viewer who calls what admins call is refused, and nothing changes", async ({ page, edge, problems }) => {
  problems.expect(/status of 403/);
  edge.signIn("viewer@corp.example");
  await page.goto("/behaviors");
  await expect(page.getByRole("table", { name: "Behaviors" })).toBeVisible();
  await expect(page.getByRole("switch")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Audit log" })).toHaveCount(0);
  const refused = await page.evaluate(async () => {
    const headers = { "X-Requested-With": "XMLHttpRequest", "Content-Type": "application/json" };
    const whoami = await (await fetch("/api/v1/whoami", { headers })).json();
    const base = `/client/v4/accounts/${whoami.result.account_id}/zt_risk_scoring`;
    const call = async (method: string, path: string, body?: object) => {
      const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
      const { errors } = await answer.json();
      return `${answer.status} ${errors[0].message}`;
    };
    const [user] = (await (await fetch(`${base}/summary`, { headers })).json()).result.users;
    return [
      await call("PUT", `${base}/behaviors`, {
        behaviors: { imp_travel: { enabled: false, risk_level: "low" } },
      }),
      await call("POST", `${base}/${user.user_id}/reset`),
      await call("POST", `${base}/integrations`, {
        integration_type: "Okta",
        tenant_url: "https://x.okta.com",
      }),
      await call("GET", "/api/v1/audit"),
    ];
  });
  for (const answer of refused) expect(answer).toMatch(/^403 .*(admin|operator)/);
  // Nothing of it is on record: it went no further than the role.
  edge.signIn("admin@corp.example");
  await page.goto("/audit");
  await expect(page.getByText("No changes on record")).toBeVisible();
});

test("too many requests: a countdown, then the data, by itself", async ({ page, edge }) => {
  edge.limit("/summary", 3);
  await page.goto("/users");
  const alert = page.getByRole("alert").filter({ hasText: "the list of users" });
  await expect(alert).toContainText("the next try starts by itself");
  await expect(alert).toContainText(/Next try in [123] s\./);
  await expectAccessible(page);
  const rows = page.getByRole("table", { name: "Users" }).getByRole("row");
  await expect(rows).toHaveCount(26);
  await expect(alert).toHaveCount(0);
});

test("too many requests: what was read stays, marked, and leaving doesn't hurry it", async ({ page, edge }) => {
  await page.goto("/users");
  const rows = page.getByRole("table", { name: "Users" }).getByRole("row");
  await expect(rows).toHaveCount(26);
  edge.limit("/summary", 4);
  let reads = 0;
  page.on("request", (request) => (reads += request.url().endsWith("/summary") ? 1 : 0));
  await page.getByRole("button", { name: "Refresh" }).click();
  const stale = page.getByRole("alert").filter({ hasText: "Not refreshed" });
  await expect(stale).toContainText(/Next try in \d s\./);
  await expect(rows).toHaveCount(26);
  await page.getByRole("link", { name: "Behaviors" }).click();
  await expect(h1(page, "Behaviors")).toBeVisible();
  await page.getByRole("link", { name: "Users" }).click();
  await expect(rows).toHaveCount(26);
  await expect(stale).toBeVisible();
  expect(reads).toBe(1);
  await expect(stale).toHaveCount(0);
  expect(reads).toBe(2);
});
