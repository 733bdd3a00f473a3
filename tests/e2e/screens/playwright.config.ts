import { defineConfig } from "@playwright/test";

import { use } from "../support/browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "*.screens.ts",
  outputDir: "../test-results",
  workers: 2,
  fullyParallel: true,
  reporter: "list",
  use,
});
