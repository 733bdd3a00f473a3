// What a browser reports that no test asked for: console errors and warnings, uncaught errors,
// violations of the content security policy.

import { expect, type BrowserContext } from "@playwright/test";

export class Problems {
  #seen: string[] = [];
  #expected: RegExp[] = [];

  async watch(context: BrowserContext) {
    context.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      this.#seen.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.#seen.push(`uncaught: ${error.error().message}`));
    // As a console error it takes the same way as the others.
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`CSP: ${event.violatedDirective} refused ${event.blockedURI}`);
      });
    });
  }

  /**
   * Says that the test provokes this. A failed request makes Chromium print
   * `error: Failed to load resource: the server responded with a status of 403 … (URL)`.
   */
  expect(pattern: RegExp) {
    this.#expected.push(pattern);
  }

  /** Fails on what was not expected, and on what was and did not come. */
  check() {
    const of = (pattern: RegExp) => this.#seen.filter((problem) => pattern.test(problem));
    const expected = new Set(this.#expected.flatMap(of));
    const unexpected = this.#seen.filter((problem) => !expected.has(problem));
    expect(unexpected, "the browser reports problems").toEqual([]);
    const absent = this.#expected.filter((pattern) => of(pattern).length === 0).map(String);
    expect(absent, "expected problems that did not come").toEqual([]);
  }
}
