// The list as a file and on paper: exactly what the filter shows, all of it.

import { execFileSync } from "node:child_process";
import { readFile, stat } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { everyone, overflow } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const dialog = (page: Page) => page.getByRole("dialog", { name: /^Export / });

async function openDialog(page: Page) {
  await page.getByRole("button", { name: "Export" }).click();
  await expect(dialog(page)).toBeVisible();
}

async function exported(page: Page, format: "CSV" | "JSON") {
  const download = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: format }).click();
  const file = await download;
  await expect(dialog(page)).toBeHidden();
  return { name: file.suggestedFilename(), path: await file.path() };
}

/** What Python's csv module reads, as a spreadsheet would: text, cell by cell. */
function readCsv(path: string): string[][] {
  const script =
    "import csv, json, sys; json.dump(list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8'), strict=True)), sys.stdout)";
  return JSON.parse(execFileSync("python3", ["-c", script, path], { encoding: "utf8", maxBuffer: 1 << 28 }));
}

/** Whether a spreadsheet would take the cell for a formula. */
const isFormula = (cell: string) => /^[=+\-@\t\r\n\0＝＋－＠]/.test(cell);

test("B5: the CSV holds who the filter shows, in its order, and no formula", async ({ page, request }) => {
  await page.goto("/users?sort=name");
  await openDialog(page);
  await expect(dialog(page)).toContainText("Every level · sorted by name, ascending");
  await expectAccessible(page);
  const file = await exported(page, "CSV");
  expect(file.name).toMatch(/^riskdesk-users-\d{4}-\d\d-\d\d\.csv$/);
  const [header, ...rows] = readCsv(file.path);
  expect(header).toEqual(["user_id", "name", "email", "max_risk_level", "event_count", "last_event"]);
  const people = await everyone(request);
  expect(rows).toHaveLength(people.length);
  await expect(page.getByRole("status").first()).toHaveText(`${people.length} people exported`);
  const ids = new Set(people.map(({ user_id }) => user_id));
  for (const row of rows) {
    expect(row).toHaveLength(header.length);
    expect(ids.has(row[0]) || row[0] === "").toBe(true);
    expect(row.filter(isFormula)).toEqual([]);
    if (row[5] !== "") expect(row[5]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
  expect(rows.map(([, name]) => name).join()).toContain("'=HYPERLINK(");
  // Every line ends as RFC 4180 has it.
  expect((await readFile(file.path, "utf8")).endsWith("\r\n")).toBe(true);
});

test("the JSON is the vendor's rows, and says what was asked", async ({ page, request }) => {
  await page.goto("/users?level=high&q=corp&sort=-event_count");
  await openDialog(page);
  const file = await exported(page, "JSON");
  const { filter, total, users } = JSON.parse(await readFile(file.path, "utf8"));
  expect(filter).toEqual({ level: "high", q: "corp", from: null, to: null, sort: "-event_count" });
  expect(users).toHaveLength(total);
  const all = new Map((await everyone(request)).map((person) => [person.user_id, person]));
  expect(total).toBeGreaterThan(0);
  for (const user of users) {
    expect(user.max_risk_level).toBe("high");
    expect(user.name).toBe(all.get(user.user_id)?.name);
    expect(user.event_count).toBe(all.get(user.user_id)?.event_count);
  }
  const counts = users.map((user: { event_count: number }) => user.event_count);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
});

test("on paper there is the list alone, all of it, and afterwards nothing is left", async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => {
      const sheet = document.querySelector(".print-sheet");
      Object.assign(window, { printed: sheet?.querySelectorAll("tbody tr").length });
    };
  });
  await page.goto("/users?level=medium");
  const shown = page.locator(".filters .total");
  await expect(shown).toHaveText(/\d+ people/);
  const total = Number.parseInt((await shown.textContent()) ?? "");
  await openDialog(page);
  await dialog(page).getByRole("button", { name: "Print" }).click();
  await expect.poll(() => page.evaluate("window.printed")).toBe(total);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("table", { name: "Users" })).toBeHidden();
  await expect(page.locator(".print-sheet")).toContainText("Level medium");
  await page.emulateMedia({ media: null });
  await expect(page.locator(".print-sheet")).toBeHidden();
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await expect(page.locator(".print-sheet")).toHaveCount(0);
});

test("nobody is exported where nobody matches, and a closed dialog exports nothing", async ({ page }) => {
  await page.goto("/users?q=nobody-at-all");
  await expect(page.getByText("No users match")).toBeVisible();
  await openDialog(page);
  await expect(dialog(page)).toHaveAccessibleName("Export 0 people");
  expect(readCsv((await exported(page, "CSV")).path)).toHaveLength(1);
  await openDialog(page);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Export" })).toBeFocused();
});

test("the dialog's part that can't be had is said", async ({ page, problems }) => {
  problems.expect(/ERR_FAILED/);
  problems.expect(/Failed to fetch/);
  await page.route(/\/export-[0-9a-f]+\.wasm$/, (route) => route.abort());
  await page.goto("/users");
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "could not be loaded" })).toBeVisible();
});

test("it fits a telephone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/users");
  await openDialog(page);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
});

/** The sizes of the files that the page keeps on the disk for the browser to take, in bytes. */
const onDisk = (page: Page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const sizes: number[] = [];
    const folder = await root.getDirectoryHandle("exports", { create: true });
    for await (const handle of (folder as any).values()) sizes.push((await handle.getFile()).size);
    return sizes;
  });

test("a private window, which has no disk, gets the same file", async ({ page, request }) => {
  await page.addInitScript(() => {
    navigator.storage.getDirectory = () => Promise.reject(new DOMException("private", "SecurityError"));
  });
  await page.goto("/users?sort=name");
  await openDialog(page);
  const file = await exported(page, "CSV");
  expect(readCsv(file.path)).toHaveLength(1 + (await everyone(request)).length);
});

test("a full disk is said, and nothing is exported", async ({ page }) => {
  await page.addInitScript(() => {
    FileSystemWritableFileStream.prototype.write = () =>
      Promise.reject(new DOMException("full", "QuotaExceededError"));
  });
  await page.goto("/users");
  await openDialog(page);
  await dialog(page).getByRole("button", { name: "CSV" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("Nothing was exported");
  expect(await onDisk(page)).toEqual([]);
});

test.describe("100,000 people", () => {
  test.use({ demoOptions: { users: 100_000 } });

  async function open(page: Page, path: string) {
    test.setTimeout(180_000);
    await page.goto(path);
    const shown = page.locator(".filters .total");
    await expect(shown).toHaveText(/\d+ people/, { timeout: 60_000 });
    await openDialog(page);
    return Number.parseInt(((await shown.textContent()) ?? "").replaceAll(",", ""));
  }

  test("a filter's people are all in the file", async ({ page }) => {
    const total = await open(page, "/users?level=high,medium&sort=-last_event");
    expect(total).toBeGreaterThan(5_000);
    const file = await exported(page, "CSV");
    const [, ...rows] = readCsv(file.path);
    expect(rows).toHaveLength(total);
    expect(new Set(rows.map(([id]) => id)).size).toBeGreaterThan(total - 3);
    expect([...new Set(rows.map((row) => row[3]))].sort()).toEqual(["high", "medium"]);
    const times = rows.map((row) => row[5]).filter((time) => time !== "");
    expect(times).toEqual([...times].sort().reverse());
    expect(rows.flat().filter(isFormula)).toEqual([]);
  });

  test("everyone is in the file, as Cloudflare names them, and it came by the disk", async ({ page, request }) => {
    const total = await open(page, "/users?sort=name");
    expect(total).toBeGreaterThanOrEqual(100_000);
    const file = await exported(page, "CSV");
    expect(await onDisk(page)).toEqual([(await stat(file.path)).size]);
    const [, ...rows] = readCsv(file.path);
    expect(rows).toHaveLength(total);
    expect(rows.flat().filter(isFormula)).toEqual([]);
    const defused = (cell: string) => (isFormula(cell) ? `'${cell}` : cell);
    const people = await everyone(request);
    const told = people.map(({ user_id, name, email }) => [user_id ?? "", defused(name), defused(email)].join("\0"));
    expect(rows.map(([id, name, email]) => [id, name, email].join("\0")).sort()).toEqual(told.sort());
  });

  test("a dialog that is closed meanwhile leaves nothing on the disk", async ({ page }) => {
    await page.addInitScript(() => {
      const { write } = FileSystemWritableFileStream.prototype;
      FileSystemWritableFileStream.prototype.write = async function (...piece) {
        await new Promise((done) => setTimeout(done, 300));
        return write.apply(this, piece);
      };
    });
    await open(page, "/users");
    let downloads = 0;
    page.on("download", () => (downloads += 1));
    await dialog(page).getByRole("button", { name: "CSV" }).click();
    await expect(dialog(page).getByRole("progressbar")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toBeHidden();
    await expect.poll(() => onDisk(page)).toEqual([]);
    expect(downloads).toBe(0);
  });
});
