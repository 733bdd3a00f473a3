// How every browser here is started.

import type { PlaywrightTestConfig } from "@playwright/test";

/** Chromium must look nothing up by itself: a test speaks to its own demo and to nobody else. */
const QUIET = [
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Chromium's sandbox does not work for root, who runs the tests in most containers. */
const SANDBOX = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export const use: PlaywrightTestConfig["use"] = {
  browserName: "chromium",
  launchOptions: {
    // `cargo xtask` says which browser; without it Playwright uses its own.
    executablePath: process.env.CHROMIUM,
    args: [...QUIET, ...SANDBOX],
  },
  locale: "en-US",
  // Neither UTC nor a whole hour from it all year, so that a mix-up shows.
  timezoneId: "America/St_Johns",
  viewport: { width: 1280, height: 800 },
};
