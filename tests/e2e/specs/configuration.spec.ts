// Behaviors and integrations as a file, and a file compared with what holds.

import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { h1, overflow, read } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const actions = (page: Page, name: string) => page.getByRole("main").getByRole("button", { name, exact: true });
const dialog = (page: Page) => page.getByRole("dialog");

async function open(page: Page) {
  await page.goto("/behaviors");
  await expect(page.getByRole("table", { name: "Behaviors" })).toBeVisible();
}

async function exported(page: Page, form: "Terraform" | "JSON") {
  await actions(page, "Export").click();
  const button = dialog(page).getByRole("button", { name: form });
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
  const download = page.waitForEvent("download");
  await button.click();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

async function compare(page: Page, name: string, text: string) {
  await actions(page, "Compare").click();
  await dialog(page).getByLabel("File").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}

/**
 * What the provider documents of each resource: registry.terraform.io/providers/cloudflare/cloudflare,
 * version 5, `zero_trust_risk_behavior` and `zero_trust_risk_scoring_integration`.
 */
const SCHEMA = {
  cloudflare_zero_trust_risk_behavior: { required: ["account_id", "behaviors"], optional: [] as string[] },
  cloudflare_zero_trust_risk_scoring_integration: {
    required: ["account_id", "integration_type", "tenant_url"],
    optional: ["active", "reference_id"],
  },
};

test("Terraform has the documented attributes, an import for each integration, and comes back without drift", async ({
  page,
  request,
}) => {
  await open(page);
  const { name, text } = await exported(page, "Terraform");
  expect(name).toMatch(/^riskdesk-configuration-\d{4}-\d\d-\d\d\.tf$/);
  const resources = [...text.matchAll(/^resource "(\w+)" "(\w+)" \{\n([\s\S]*?)^\}$/gm)];
  const integrations = await read(request, "integrations");
  expect(resources).toHaveLength(1 + integrations.length);
  for (const [, type, , body] of resources) {
    const { required, optional } = SCHEMA[type as keyof typeof SCHEMA];
    const attributes = [...body.matchAll(/^ {2}(\w+) +=/gm)].map(([, attribute]) => attribute);
    expect(attributes).toEqual(expect.arrayContaining(required));
    expect([...required, ...optional]).toEqual(expect.arrayContaining(attributes));
  }
  const { behaviors } = await read(request, "behaviors");
  for (const key of Object.keys(behaviors)) {
    expect(text).toMatch(new RegExp(`"${key}" = \\{\\n +enabled +=.*\\n +risk_level = "(low|medium|high)"\\n`));
  }
  const addresses = resources.map(([, type, label]) => `${type}.${label}`);
  for (const { id, account_tag } of integrations) {
    const [, to] = new RegExp(`import \\{\\n  to = (\\S+)\\n  id = "${account_tag}/${id}"\\n\\}`).exec(text) ?? [];
    expect(addresses).toContain(to);
  }
  await compare(page, name, text);
  await expect(dialog(page)).toContainText("No drift");
  await expectAccessible(page);
});

test("JSON has the vendor's values, and comes back without drift", async ({ page, request }) => {
  await open(page);
  const { name, text } = await exported(page, "JSON");
  const file = JSON.parse(text);
  const { behaviors } = await read(request, "behaviors");
  for (const [key, { enabled, risk_level }] of Object.entries(file.behaviors) as [string, never][]) {
    expect(behaviors[key]).toMatchObject({ enabled, risk_level });
  }
  expect(file.integrations).toHaveLength((await read(request, "integrations")).length);
  await compare(page, name, text);
  await expect(dialog(page)).toContainText("No drift");
});

test("drift is shown before and after, staged as edits, and saved", async ({ page, request }) => {
  await open(page);
  const { name, text } = await exported(page, "JSON");
  const file = JSON.parse(text);
  file.behaviors.imp_travel = { enabled: false, risk_level: "low" };
  file.behaviors.of_tomorrow = { enabled: true, risk_level: "low" };
  file.integrations[0].active = !file.integrations[0].active;
  await compare(page, name, JSON.stringify(file));
  const change = (of: string) => dialog(page).getByRole("listitem").filter({ hasText: of });
  await expect(dialog(page)).toContainText("3 differences");
  await expect(change("Impossible Travel")).toContainText(/Before: on.*High.*After: off.*Low/s);
  await expect(change("of_tomorrow")).toContainText("no behavior with this key");
  await expect(change("Active")).toContainText("Change it on its page");
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Stage 1 change" }).click();
  await expect(page.getByText("1 unsaved change")).toBeVisible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("status").first()).toHaveText("Changes saved");
  const { behaviors } = await read(request, "behaviors");
  expect(behaviors.imp_travel).toMatchObject({ enabled: false, risk_level: "low" });
});

test("a file that is none says in which line, and changes nothing", async ({ page }) => {
  await open(page);
  await compare(page, "x.tf", 'resource "cloudflare_zero_trust_risk_behavior" "b" {\n  account_id = 7\n}\n');
  await expect(dialog(page).getByRole("alert")).toContainText("Line 2");
  await expect(dialog(page).getByRole("button", { name: /^Stage/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(h1(page, "Behaviors")).toBeVisible();
  await expect(page.getByText("unsaved")).toHaveCount(0);
});

test.describe("a viewer", () => {
  test.use({ demoOptions: { role: "viewer", users: 20 } });

  test("compares, but stages nothing; on a telephone too", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page);
    const { name, text } = await exported(page, "JSON");
    const file = JSON.parse(text);
    file.behaviors.imp_travel = { enabled: false, risk_level: "low" };
    await compare(page, name, JSON.stringify(file));
    await expect(dialog(page)).toContainText("1 difference");
    await expect(dialog(page).getByRole("button", { name: /^Stage/ })).toHaveCount(0);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});
