// The `test` of every spec: a demo to visit, and a browser whose complaints are failures.

import { test as base } from "@playwright/test";

import { Demos, type DemoOptions } from "./demo.ts";
import { Edge } from "./edge.ts";
import { Problems } from "./problems.ts";
import type { Running } from "./riskdesk.mjs";

interface TestFixtures {
  /** Set with `test.use({ demoOptions: { role: "viewer" } })`. */
  demoOptions: DemoOptions;
  /** The running demo; `page.goto("/users")` goes there. */
  demo: Running;
  problems: Problems;
}

interface WorkerFixtures {
  demos: Demos;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  demoOptions: [{}, { option: true }],

  demos: [
    async ({}, use) => {
      const demos = new Demos();
      await use(demos);
      await demos.stop();
    },
    { scope: "worker" },
  ],

  demo: async ({ demos, demoOptions }, use, testInfo) => {
    await use(await demos.of(testInfo.file, demoOptions));
  },

  baseURL: async ({ demo }, use) => use(demo.url),

  problems: [
    async ({ context }, use) => {
      const problems = new Problems();
      await problems.watch(context);
      await use(problems);
      problems.check();
    },
    { auto: true },
  ],
});

/** The same behind an Access: `riskdesk serve`, where `edge` says who is signed in. */
export const testBehindAccess = test.extend<{ edge: Edge }>({
  edge: async ({}, use) => {
    const edge = await Edge.start();
    edge.signIn("admin@corp.example");
    await use(edge);
    await edge.stop();
  },
  baseURL: async ({ edge }, use) => use(edge.url),
});

export { expect } from "@playwright/test";
