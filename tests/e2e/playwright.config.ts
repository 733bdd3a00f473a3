import { defineConfig } from "@playwright/test";

import { use } from "./support/browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: ["specs/**/*.spec.ts", "bugs/*.spec.ts"],
  outputDir: "test-results",
  // The machine is small, and each worker runs a demo of its own.
  workers: 2,
  // What hangs is to end, and what is slow on a busy machine is not to fail.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["html", { open: "never", outputFolder: "report" }]],
  use: { ...use, trace: "retain-on-failure" },
});
