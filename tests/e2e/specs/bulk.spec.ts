// Many people at once: selected by rows, page and filter, reset with one reason, through failures
// and a reload; and the audit log, the results and Cloudflare agree about it.

import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { bar, batch, boxes, dialog, incident, work } from "../support/bulk.ts";
import { Edge } from "../support/edge.ts";
import { everyone, overflow } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const press = (page: Page, name: string | RegExp) =>
  work(page).getByRole("button", { name, exact: true }).click();

/** Opens the dialog, and gives the reason and, where it is asked for, the number. */
async function ask(page: Page, people: number) {
  await bar(page).getByRole("button", { name: "Reset risk …" }).click();
  await dialog(page).getByRole("textbox", { name: "Reason" }).fill("Stolen session cookies");
  await dialog(page).getByRole("textbox", { name: "Ticket" }).fill("INC-42");
  await dialog(page).getByRole("combobox", { name: "Verdict" }).selectOption("Remediated");
  const number = dialog(page).getByRole("textbox", { name: "Number of people" });
  if (people > 25) await number.fill(`${people}`);
  else await expect(number).toBeHidden();
}

const start = (page: Page) => dialog(page).getByRole("button", { name: "Start in 10 s" }).click();

/** The exported results: user ID and outcome. */
async function results(page: Page) {
  const download = page.waitForEvent("download");
  await press(page, "Export results");
  const text = await readFile(await (await download).path(), "utf8");
  const [header, ...lines] = text.trimEnd().split("\r\n");
  expect(header).toBe("user_id,name,level_before,outcome,note,batch,reason");
  return new Map(lines.map((line) => [line.split(",")[0], line.split(",")[3]]));
}

test("rows, ranges, a page and all that match are selected, and stay so", async ({ page, request }) => {
  const high = (await everyone(request)).filter((one) => one.max_risk_level === "high");
  await page.goto("/users?level=high");
  await expect(bar(page)).toBeHidden();
  await boxes(page).nth(1).check();
  await expect(bar(page)).toContainText("1 selected");
  await boxes(page).nth(5).click({ modifiers: ["Shift"] });
  await expect(bar(page)).toContainText("5 selected");
  await boxes(page).nth(3).uncheck();
  await expect(bar(page)).toContainText("4 selected");
  const all = page.getByRole("checkbox", { name: "Select this page" });
  expect(await all.evaluate((node) => (node as HTMLInputElement).indeterminate)).toBe(true);
  await all.check();
  await page.getByRole("button", { name: "Refresh" }).click();
  const offer = bar(page).getByRole("button", { name: `Select all ${high.length} that match` });
  await expectAccessible(page);
  await offer.click();
  await expect(bar(page)).toContainText(`${high.length} selected`);
  await expect(offer).toBeHidden();
  await page.getByRole("link", { name: "Behaviors" }).click();
  await expect(bar(page)).toContainText(`${high.length} selected`);
  await bar(page).getByRole("button", { name: "Clear" }).click();
  await expect(bar(page)).toBeHidden();
});

test("a click on a box opens nobody, one on the name the person", async ({ page }) => {
  await page.goto("/users?level=high");
  await boxes(page).first().check();
  await expect(bar(page)).toContainText("1 selected");
  await expect(page).toHaveURL(/\/users\?/);
  const row = page.getByRole("table", { name: "Users" }).getByRole("row").nth(1);
  await row.getByRole("rowheader").getByRole("link").click();
  await expect(page).toHaveURL(/\/users\/[0-9a-f-]{36}/);
});

test.describe("a viewer", () => {
  test.use({ demoOptions: { role: "viewer" } });

  test("selects nobody", async ({ page }) => {
    await page.goto("/users");
    await expect(page.getByRole("table", { name: "Users" }).getByRole("row").nth(1)).toBeVisible();
    await expect(boxes(page)).toHaveCount(0);
  });
});

test("the dialog asks for a reason and a number, and its start can be undone", async ({ page }) => {
  await page.goto("/users?rows=50");
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  await bar(page).getByRole("button", { name: "Reset risk …" }).click();
  await expect(dialog(page)).toContainText(/and \d+ more/);
  await expect(dialog(page)).toContainText("This can't be undone.");
  await start(page);
  await expect(dialog(page)).toContainText("Say why these people are reset.");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  const total = Number(/\d+/.exec(await bar(page).innerText())?.[0]);
  await ask(page, total);
  const sent: string[] = [];
  page.on("request", (one) => one.method() === "POST" && sent.push(one.url()));
  await start(page);
  await expect(work(page)).toContainText(`${total} resets start in`);
  await press(page, "Undo");
  await expect(bar(page)).toContainText(`${total} selected`);
  expect(sent).toEqual([]);
});

test("at 390 px the bar and the dialog fit", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto("/users");
  await boxes(page).first().check();
  await expect(bar(page)).toBeVisible();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await bar(page).getByRole("button", { name: "Reset risk …" }).click();
  await expect(dialog(page)).toBeVisible();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
});

test("41 people, every fifth reset fails, and the page is reloaded half-way", async ({ browser, problems }) => {
  test.setTimeout(180_000);
  const edge = await Edge.start({ users: 250, scenario: "incident" });
  try {
    edge.signIn("admin@corp.example");
    edge.vendor.behave({ failEvery: 5, delay: 400 });
    const context = await browser.newContext({ baseURL: edge.url });
    await problems.watch(context);
    problems.expect(/status of 500 .*\/reset\)/);
    const page = await context.newPage();
    await page.goto("/");
    await page.getByRole("button", { name: "Look closer" }).click();
    await incident(page).getByRole("button", { name: "Select all 41" }).click({ timeout: 60_000 });
    // From here on the resets alone are asked of the vendor.
    const stop = page.getByRole("button", { name: "Stop reading" });
    if (await stop.isVisible()) await stop.click();
    await expect(bar(page)).toContainText("41 selected");
    await ask(page, 41);
    await expectAccessible(page);
    await start(page);

    // In the middle.
    await expect(work(page)).toContainText(/1\d of 41 reset/, { timeout: 30_000 });
    await page.reload();
    await expect(work(page)).toContainText("This bulk reset was interrupted.");
    await expectAccessible(page);
    await press(page, /^Resume the \d+ that are left$/);
    await expect(work(page)).toContainText("The list of users agrees", { timeout: 60_000 });
    await expectAccessible(page);

    // What failed is told, and nothing that was not reset counts as reset.
    const api = context.request;
    // Of those that the summary has.
    const atRisk = async () => new Set((await everyone(api)).map(({ user_id }) => user_id));
    let outcomes = await results(page);
    expect(outcomes.size).toBe(41);
    const failed = [...outcomes].filter(([, outcome]) => outcome === "failed").map(([id]) => id);
    expect(failed.length).toBeGreaterThan(5);
    let left = await atRisk();
    for (const [id, outcome] of outcomes) expect(left.has(id), id).toBe(outcome !== "reset");

    edge.vendor.behave({ failEvery: Infinity, delay: 0 });
    await press(page, "Retry failed");
    await expect(work(page)).toContainText("41 of 41 reset", { timeout: 30_000 });
    await expect(work(page)).toContainText("The list of users agrees");
    outcomes = await results(page);
    expect([...outcomes.values()]).toEqual(Array(41).fill("reset"));
    left = await atRisk();
    expect([...outcomes.keys()].filter((id) => left.has(id))).toEqual([]);

    // One batch, a line a request: each person was reset once, each failure is a line of its own.
    const lines = await batch(api);
    const of = (state: string) => lines.filter((line) => line.state === state).map((l) => l.target);
    expect(new Set(of("succeeded"))).toEqual(new Set(outcomes.keys()));
    expect(of("failed").sort()).toEqual([...edge.vendor.failed].sort());
    for (const line of lines) {
      expect(line.reason).toBe("Stolen session cookies | ticket: INC-42 | verdict: remediated");
    }
    await press(page, "Close");
    await page.reload();
    await expect(page.getByRole("region", { name: "Incidents" })).toBeVisible();
    await expect(work(page)).toBeHidden();
    await expect(incident(page).getByRole("button", { name: "Select all 41" })).toHaveCount(0);
    await context.close();
  } finally {
    await edge.stop();
  }
});

test("a bulk reset is paused, goes on, and is canceled: no other tab starts one meanwhile", async ({ browser, problems }) => {
  test.setTimeout(120_000);
  const edge = await Edge.start({ users: 250 });
  try {
    edge.signIn("admin@corp.example");
    edge.vendor.behave({ delay: 400 });
    const context = await browser.newContext({ baseURL: edge.url });
    await problems.watch(context);
    const [page, other] = [await context.newPage(), await context.newPage()];
    await page.goto("/users?q=corp.example&rows=50");
    await page.getByRole("checkbox", { name: "Select this page" }).check();
    const total = Number(/\d+/.exec(await bar(page).innerText())?.[0]);
    await ask(page, total);
    await start(page);
    await expect(work(page)).toContainText(/[5-9] of \d+ reset/, { timeout: 30_000 });
    // From now on slow enough to be met on the way.
    edge.vendor.behave({ delay: 8_000 });

    await other.goto("/users?q=north.example");
    await boxes(other).first().check();
    await ask(other, 1);
    await start(other);
    await expect(dialog(other)).toContainText("A bulk reset is under way in another tab.");
    await other.close();

    await press(page, "Pause");
    await expect(work(page)).not.toContainText("under way", { timeout: 30_000 });
    await expect(work(page)).toContainText("Paused.");
    const reset = async () => Number(/(\d+) of \d+ reset/.exec(await work(page).innerText())?.[1]);
    const paused = await reset();
    await expectAccessible(page);
    expect(await batch(context.request)).toHaveLength(paused);
    await press(page, "Resume");
    await expect.poll(reset, { timeout: 30_000 }).toBeGreaterThan(paused);
    await press(page, "Cancel");
    await expect(work(page)).toContainText("The list of users agrees", { timeout: 30_000 });

    // What was sent is told as reset, what was not as not sent: record and Cloudflare say the same.
    const outcomes = await results(page);
    expect(outcomes.size).toBe(total);
    const of = (outcome: string) => [...outcomes].filter(([, is]) => is === outcome).map(([id]) => id);
    expect(of("reset").length + of("not sent").length).toBe(total);
    expect(of("not sent").length).toBeGreaterThan(0);
    const lines = await batch(context.request);
    expect(lines.map(({ target }) => target).sort()).toEqual(of("reset").sort());
    const left = new Set((await everyone(context.request)).map(({ user_id }) => user_id));
    for (const [id, outcome] of outcomes) expect(left.has(id), id).toBe(outcome === "not sent");
    await context.close();
  } finally {
    await edge.stop();
  }
});
