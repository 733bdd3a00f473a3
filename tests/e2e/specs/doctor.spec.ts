// The Okta doctor: what is wrong with each integration, and how to mend it.

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

const group = (page: Page, host: string) => page.getByRole("group").filter({ hasText: host });
const INTEGRATIONS = /\/zt_risk_scoring\/integrations$/;

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

test("everything that can be wrong is named, hostile text included", async ({ page }) => {
  await page.route(INTEGRATIONS, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    const [one] = body.result;
    body.result = [
      { ...one, tenant_url: "http://<b>x</b>", reference_id: "", well_known_url: "/relative" },
      { ...one, tenant_url: "https://login.acme.com", reference_id: "idp-1" },
      { ...one, tenant_url: "https://login.acme.com/", reference_id: "IDP-1" },
    ];
    await route.fulfill({ response, json: body });
  });
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
