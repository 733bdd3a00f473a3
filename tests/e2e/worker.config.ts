// The journeys on the Worker, in Cloudflare's runtime. `support/demo.ts` and `support/access.mjs`
// start it where WORKER_DEMO and WORKER say where it is built.

import { defineConfig } from "@playwright/test";

import common from "./playwright.config.ts";

/** What a host could spoil: changes, one or many, their record, failures, roles, sessions, the policy. */
const CHANGES = ["audit", "behaviors", "bulk", "configuration", "integrations", "morning", "two_admins"];
const WHOLE = [...CHANGES, "boots", "demo", "failures", "hostile", "roles", "session", "stale"];

/** The app draws and searches by itself behind every host alike: of these, what asks the host. */
const IN_PART = ["user", "users"];
const ASKING =
  /reset|the page says who it is|events stand under|10,000 events|level bar|search finds|deep link|refresh reads|row leads/;

const files = (names: string[]) => names.map((name) => `specs/${name}.spec.ts`);

export default defineConfig({
  ...common,
  // Starting the runtime is part of a file's first test.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: "changes", testMatch: files(WHOLE) },
    { name: "people", testMatch: files(IN_PART), grep: ASKING },
  ],
  outputDir: "test-results/worker",
  reporter: [["list"], ["html", { open: "never", outputFolder: "report/worker" }]],
});
