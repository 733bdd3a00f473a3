import { defineConfig } from "@playwright/test";

import { use } from "./support/browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: ["specs/**/*.spec.ts", "bugs/*.spec.ts"],
  outputDir: "test-results",
  // The machine is small, and each worker runs a demo of its own.
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 7_500 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["html", { open: "never", outputFolder: "report" }]],
  use: { ...use, trace: "retain-on-failure" },
});
