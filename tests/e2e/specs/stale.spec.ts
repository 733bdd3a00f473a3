// A refresh that fails keeps the last good data, and says how old it is.

import { expectAccessible } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

test("what could not be refreshed stays, marked", async ({ page, demo }) => {
  await page.goto("/users");
  const rows = page.getByRole("table", { name: "Users" }).getByRole("row");
  await expect(rows).toHaveCount(26);
  await demo.stop();
  await page.getByRole("button", { name: "Refresh" }).click();
  const stale = page.getByRole("alert").filter({ hasText: "Not refreshed" });
  await expect(stale).toContainText("No answer came for the list of users.");
  await expect(rows).toHaveCount(26);
  await expectAccessible(page);
});
