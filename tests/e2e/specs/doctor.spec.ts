// The Okta doctor: what is wrong with each integration, and how to mend it.

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { expect, test, testBehindAccess } from "../support/test.ts";

const group = (page: Page, host: string) => page.getByRole("group").filter({ hasText: host });

test("a healthy integration passes, a paused one says what that means", async ({ page }) => {
  await page.goto("/integrations");
  await expect(page.getByRole("heading", { level: 2, name: "Okta doctor" })).toBeVisible();
  await expect(page.getByText("Every check passed")).toBeVisible();
  const paused = group(page, "acme-preview.oktapreview.com");
  await expect(paused.getByText("1 thing to look at")).toBeVisible();
  await expect(paused.getByText(/Okta is told of no change of risk/)).toBeVisible();
  await expectAccessible(page);
});

test("a pause that is on record says since when", async ({ page }) => {
  await page.goto("/integrations");
  await page.getByRole("switch", { name: "Active: acme.okta.com" }).click();
  await expect(page.getByRole("status")).toHaveText("acme.okta.com is paused");
  await expect(page.getByText(/^Paused just now$/)).toBeVisible();
});

test("the steps of both sides have what they take, to be copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/integrations");
  await group(page, "acme-preview").getByRole("link", { name: "Set-up steps" }).click();
  const title = page.getByRole("heading", { level: 1, name: "acme-preview.oktapreview.com" });
  await expect(title).toBeVisible();
  for (const side of ["In Cloudflare", "In Okta"]) {
    await expect(page.getByRole("heading", { level: 3, name: side })).toBeVisible();
  }
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  for (const [name, value] of [
    ["Copy tenant URL", /^https:\/\/acme-preview\.oktapreview\.com$/],
    ["Copy reference ID", /^[0-9a-f-]{36}$/],
    ["Copy well-known URL", /^https:\/\/.*\/sse-configuration\//],
  ] as const) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect.poll(copied).toMatch(value);
  }
  await expectAccessible(page);
});

testBehindAccess("everything that can be wrong is named, hostile text included", async ({ page, edge }) => {
  const one = {
    id: "11111111-1111-4111-8111-111111111111",
    account_tag: "0123456789abcdef0123456789abcdef",
    integration_type: "Okta",
    active: true,
    created_at: "2025-11-20T09:00:00Z",
    tenant_url: "http://<b>x</b>",
    reference_id: "",
    well_known_url: "/relative",
  };
  const id = (digit: string) => one.id.replaceAll("1", digit);
  edge.result("/zt_risk_scoring/integrations", [
    one,
    { ...one, id: id("2"), tenant_url: "https://login.acme.com", reference_id: "idp-1" },
    { ...one, id: id("3"), tenant_url: "https://login.acme.com/", reference_id: "IDP-1" },
  ]);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto("/integrations");
  for (const sentence of [
    /over https only/,
    /Enter the UUID of the Okta identity provider/,
    /absolute https URL/,
    /none of Okta's own/,
    /1 other integration has the same tenant/,
    /1 other integration has the same reference ID/,
  ]) {
    await expect(page.getByText(sentence).first()).toBeVisible();
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});
