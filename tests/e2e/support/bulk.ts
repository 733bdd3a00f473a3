// The reset of many: where it is on the page, and what is on record of it.

import type { APIRequestContext, Page } from "@playwright/test";

import { expect } from "./test.ts";

export const bar = (page: Page) => page.getByRole("toolbar", { name: "Selection" });
/** The boxes that select a person each. */
export const boxes = (page: Page) =>
  page.getByRole("table", { name: "Users" }).getByRole("checkbox", { name: /^Select (?!this page)/ });
export const dialog = (page: Page) => page.getByRole("dialog", { name: /^Reset risk of [\d,]+ pe/ });
export const incident = (page: Page) =>
  page.getByRole("region", { name: "Incidents" }).getByRole("listitem").filter({ hasText: "north.example" }).first();
export const work = (page: Page) => page.getByRole("region", { name: "Bulk reset" });

/** The lines of the audit log that are of one batch with the newest. */
export async function batch(api: APIRequestContext) {
  const lines: Record<string, string>[] = [];
  for (let cursor = ""; ; ) {
    const page = await (await api.get(`/api/v1/audit?limit=50${cursor}`)).json();
    lines.push(...page.result);
    if (page.result_info?.cursor === undefined) break;
    cursor = `&cursor=${page.result_info.cursor}`;
  }
  expect(lines[0].batch).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  return lines.filter((line) => line.batch === lines[0].batch);
}
