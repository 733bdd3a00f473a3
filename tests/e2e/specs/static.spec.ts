// The demo that needs no server: files on a plain static host, the simulator in the browser.

import type { Page } from "@playwright/test";

import { test as base, expect } from "../support/test.ts";
import { StaticHost } from "../support/host.mjs";

const test = base.extend<{ below: string; host: StaticHost }>({
  below: ["/some/where/", { option: true }],
  host: async ({ below }, use) => {
    const host = await StaticHost.start(below);
    await use(host);
    await host.stop().catch(() => {});
  },
});

const people = (page: Page) => page.getByRole("table", { name: "Users" });
const menu = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name });
const NAME = "Catherine Oyelaran";
const somebody = (page: Page) => people(page).getByRole("link", { name: NAME });

/** Whether all files are kept by the browser. */
const isKept = (page: Page) =>
  expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state))
    .toBe("activated");

async function reset(page: Page) {
  await somebody(page).click();
  await page.getByRole("button", { name: "Reset risk" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Phone found");
  await dialog.getByRole("button", { name: "Reset", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText(`Risk of ${NAME} reset`);
}

for (const below of ["/", "/some/where/"]) {
  test.describe(`at ${below}`, () => {
    test.use({ below });

    test("every page is there, and nothing is asked of the host but its files", async ({
      page,
      host,
    }) => {
      await page.goto(host.url);
      for (const name of ["Users", "Behaviors", "Integrations", "Audit log", "Overview"]) {
        await menu(page, name).click();
        await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
        await expect(menu(page, name)).toHaveAttribute("aria-current", "page");
        expect(new URL(page.url()).pathname.startsWith(below)).toBe(true);
      }
      await expect(page.getByText("Demo data")).toBeVisible();
      expect(host.missing).toEqual([]);
    });

    test("a deep link is found once the demo was loaded", async ({ page, host }) => {
      await page.goto(host.url);
      await isKept(page);
      await menu(page, "Users").click();
      await somebody(page).click();
      const title = page.getByRole("heading", { level: 1, name: NAME });
      await expect(title).toBeVisible();
      await page.reload();
      await expect(title).toBeVisible();
      await page.goto(`${host.url}users?level=high`);
      await expect(people(page).getByRole("row").nth(1)).toBeVisible();
      await page.goBack();
      await expect(title).toBeVisible();
    });
  });
}

test("a change lasts as long as the tab, and is on record", async ({ page, context, host }) => {
  await page.goto(host.url);
  await isKept(page);
  await menu(page, "Users").click();
  await reset(page);
  await page.reload();
  await menu(page, "Users").click();
  await expect(people(page)).toBeVisible();
  await expect(somebody(page)).toHaveCount(0);
  await menu(page, "Audit log").click();
  await expect(page.getByText("Phone found")).toBeVisible();

  const another = await context.newPage();
  await another.goto(`${host.url}users`);
  await expect(somebody(another)).toBeVisible();
});

test("the menu of the demo sets the tab's own, which is so after a reload", async ({ page, host }) => {
  await page.goto(`${host.url}`);
  await isKept(page);
  const open = () => page.getByRole("button", { name: "Demo data" }).click();
  const incident = page.getByRole("group", { name: "Demo data" }).getByRole("radio", { name: /^Incident/ });
  await open();
  await incident.check();
  await expect(page.getByRole("status")).toHaveText("The demo starts anew: scenario incident");
  await page.reload();
  await open();
  await expect(incident).toBeChecked();
  await page.getByRole("link", { name: "A person with 10,000 events" }).click();
  await expect(page.getByRole("heading", { level: 1, name: NAME })).toBeVisible();
});

test("after the first load no network is needed", async ({ page, host }) => {
  await page.goto(host.url);
  await isKept(page);
  await host.stop();
  await page.reload();
  await menu(page, "Users").click();
  await expect(people(page).getByRole("row").nth(1)).toBeVisible();
  await page.getByRole("searchbox", { name: "Search users" }).fill("Oyelaran");
  await expect(people(page).getByRole("row")).toHaveCount(2);
  await reset(page);
});
