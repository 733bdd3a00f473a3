// The list of users: search, levels, order and pages, all of it in the address.

import type { Page } from "@playwright/test";

import { everyone, h1, ordinary } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const table = (page: Page) => page.getByRole("table", { name: "Users" });
const names = (page: Page) => table(page).getByRole("rowheader").getByRole("link");
const search = (page: Page) => page.getByRole("searchbox", { name: "Search users" });
const level = (page: Page, name: string) =>
  page.getByRole("group", { name: "Risk level" }).getByRole("checkbox", { name, exact: true });
const header = (page: Page, name: string) => table(page).getByRole("columnheader", { name });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const steps = (page: Page) => page.evaluate(() => history.length);
const cells = (page: Page, column: number) =>
  table(page).locator(`tbody tr:not([hidden]) > :nth-child(${column} of :not(.c-select))`);

async function open(page: Page, query = "") {
  await page.goto(`/users${query}`);
  await expect(search(page)).toBeVisible();
}

test("the level bar counts everyone and leads to each level", async ({ page, request }) => {
  const people = await everyone(request);
  await open(page);
  const legend = page.getByRole("list", { name: "People by risk level" });
  for (const word of ["High", "Medium", "Low"]) {
    const count = people.filter((person) => person.max_risk_level === word.toLowerCase()).length;
    await expect(legend.getByRole("link", { name: word })).toHaveText(`${count}${word}`);
  }
  await legend.getByRole("link", { name: "Medium" }).click();
  await expect(page).toHaveURL(/\/users\?level=medium$/);
  await expect(level(page, "Medium")).toBeChecked();
  await expect(level(page, "High")).not.toBeChecked();
  for (const cell of await cells(page, 1).all()) await expect(cell).toHaveText("Medium");
  await page.goBack();
  await expect(page).toHaveURL(/\/users$/);
  await expect(level(page, "Medium")).not.toBeChecked();
});

test("search finds people by name, e-mail address and ID", async ({ page, request }) => {
  const [person] = await ordinary(request);
  await open(page);
  for (const asked of [person.name, person.email, person.user_id, person.name.toUpperCase()]) {
    await search(page).fill(asked);
    await expect(names(page)).toHaveText([person.name]);
    await expect(page.getByText("1 person", { exact: true })).toBeVisible();
  }
  const [first, last] = person.name.split(" ");
  await search(page).fill(`${last} ${first.slice(0, 2)}`);
  await expect(names(page).filter({ hasText: person.name })).toBeVisible();
});

test("typing replaces the history entry and loses no character", async ({ page, request }) => {
  const [person] = await ordinary(request);
  await page.goto("/");
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(search(page)).toBeVisible();
  const before = await steps(page);
  await search(page).pressSequentially(person.name);
  await expect(search(page)).toHaveValue(person.name);
  await expect(page).toHaveURL(`/users?q=${encodeURIComponent(person.name)}`);
  await expect(names(page)).toHaveText([person.name]);
  expect(await steps(page)).toBe(before);
  await expect(search(page)).toBeFocused();
  await page.goBack();
  await expect(h1(page, "Overview")).toBeVisible();
});

test("the address follows when the typing rests, and is there for whoever leaves before", async ({ page, request }) => {
  const [person] = await ordinary(request);
  await page.addInitScript(() => {
    const replace = history.replaceState.bind(history);
    history.replaceState = (...given) => {
      document.documentElement.dataset.replaced = `${Number(document.documentElement.dataset.replaced ?? 0) + 1}`;
      replace(...given);
    };
  });
  await open(page);
  await search(page).pressSequentially(person.name, { delay: 20 });
  await expect(names(page)).toHaveText([person.name]);
  await expect(page).toHaveURL(`/users?q=${encodeURIComponent(person.name)}`);
  await expect(page.locator("html")).toHaveAttribute("data-replaced", "1");
  // Somebody who types and is gone.
  await search(page).fill("");
  await search(page).fill(person.email);
  await names(page).getByText(person.name, { exact: true }).click();
  await expect(h1(page, person.name)).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(`/users?q=${person.email}`);
  await expect(search(page)).toHaveValue(person.email);
});

test("clicks and typing faster than the address make each their own step", async ({ page }) => {
  await open(page);
  await expect(table(page)).toBeVisible();
  await page.evaluate(() => {
    const name = document.querySelector<HTMLElement>("table.users th.c-name button")!;
    const count = document.querySelector<HTMLElement>("table.users th.c-count button")!;
    const search = document.querySelector<HTMLInputElement>("input[type=search]")!;
    const type = (text: string) => {
      search.value = text;
      search.dispatchEvent(new Event("input", { bubbles: true }));
    };
    name.click();
    name.click();
    type("an");
    count.click();
    type("ana");
  });
  const steps = ["/users?q=ana&sort=-event_count", "/users?q=an&sort=-name", "/users?sort=name", "/users"];
  await expect(page).toHaveURL(steps[0]);
  for (const step of steps.slice(1)) {
    await page.goBack();
    await expect(page).toHaveURL(step);
    await expect(search(page)).toHaveValue(new URL(step, page.url()).searchParams.get("q") ?? "");
  }
});

test("back right after a click leads to what was there before it", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(table(page)).toBeVisible();
  await page.evaluate(() => {
    document.querySelector<HTMLElement>("table.users th.c-name button")!.click();
    history.back();
  });
  await expect(header(page, "Level")).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL("/users");
  await page.goBack();
  await expect(h1(page, "Overview")).toBeVisible();
});

test("typing in the middle keeps the caret there", async ({ page }) => {
  await open(page, "?q=maron");
  await search(page).press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("xyz");
  await expect(search(page)).toHaveValue("mxyzaron");
  await expect(page).toHaveURL(/q=mxyzaron$/);
});

test("every character searched for comes through the address", async ({ page }) => {
  await open(page);
  for (const text of ["100% sure", "%41", "a+b", "a&q=b", "#hash", "زينب", "佐藤", "?/\\"]) {
    await search(page).fill(text);
    await expect(page).toHaveURL(/q=/);
    await page.reload();
    await expect(search(page)).toHaveValue(text);
    await search(page).fill("");
    await expect(page).toHaveURL(/\/users$/);
  }
});

test("levels filter, each click is a step back", async ({ page }) => {
  await open(page);
  const before = await steps(page);
  await level(page, "High").check();
  await expect(page).toHaveURL(/\?level=high$/);
  await level(page, "Medium").check();
  await expect(page).toHaveURL(/\?level=high,medium$/);
  expect(await steps(page)).toBe(before + 2);
  // The rows follow the address.
  const shown = async () => [...new Set(await cells(page, 1).allTextContents())];
  await expect.poll(shown).toEqual(["High"]);
  await level(page, "High").uncheck();
  await expect(cells(page, 1).first()).toHaveText("Medium");
  await expect(page).toHaveURL(/\?level=medium$/);
  await page.goBack();
  await expect(level(page, "High")).toBeChecked();
  await page.goBack();
  await page.goBack();
  await expect(level(page, "High")).not.toBeChecked();
  await expect(page).toHaveURL(/\/users$/);
  await page.goForward();
  await expect(level(page, "High")).toBeChecked();
});

test("a deep link restores search, levels, order and page", async ({ page, request }) => {
  const wanted = (await everyone(request))
    .filter((person) => ["high", "medium"].includes(person.max_risk_level ?? ""))
    .filter((person) => person.email.includes("example"));
  await open(page, "?level=high,medium&q=example&sort=-event_count&page=2");
  await expect(search(page)).toHaveValue("example");
  await expect(level(page, "High")).toBeChecked();
  await expect(level(page, "Medium")).toBeChecked();
  await expect(level(page, "Low")).not.toBeChecked();
  await expect(header(page, "Events")).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByText(`26–50 of ${wanted.length}`)).toBeVisible();
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(h1(page, "Overview")).toBeVisible();
  await page.goBack();
  await expect(search(page)).toHaveValue("example");
  await expect(page.getByText(`26–50 of ${wanted.length}`)).toBeVisible();
});

test("what makes no sense in the address counts as not said", async ({ page }) => {
  await open(page, "?level=,&sort=shoe_size&page=-3&rows=7&q=");
  await expect(page.getByText("1–25 of 250")).toBeVisible();
  await expect(header(page, "Level")).toHaveAttribute("aria-sort", "descending");
  await open(page, "?page=999");
  await expect(page.getByText("226–250 of 250")).toBeVisible();
  await expect(names(page)).toHaveCount(25);
});

const columns = [
  { name: "Level", column: 1, sort: "max_risk_level", first: "ascending" },
  { name: "Name", column: 2, sort: "name", first: "ascending" },
  { name: "E-mail", column: 3, sort: "email", first: "ascending" },
  { name: "Events", column: 4, sort: "event_count", first: "descending" },
  { name: "Last event", column: 5, sort: "last_event", first: "descending" },
];

for (const { name, column, sort, first } of columns) {
  test(`sorts by ${name}, both ways`, async ({ page }) => {
    await open(page, "?level=high,medium,critical&rows=100");
    const second = first === "ascending" ? "descending" : "ascending";
    for (const direction of [first, second]) {
      await header(page, name).getByRole("button").click();
      await expect(header(page, name)).toHaveAttribute("aria-sort", direction);
      await expect(table(page).locator("[aria-sort]")).toHaveCount(1);
      const text = `${direction === "descending" ? "-" : ""}${sort}`;
      // The order that a list has anyway needs no words.
      if (text === "-max_risk_level") await expect(page).not.toHaveURL(/sort=/);
      else await expect(page).toHaveURL(new RegExp(`sort=${text}(&|$)`));
      const keys = await keysOf(page, column);
      expect(keys.length).toBeGreaterThan(10);
      const up = direction === "ascending" ? keys : [...keys].reverse();
      for (const [index, key] of up.entries()) {
        if (index > 0) expect(compare(up[index - 1], key)).toBeLessThanOrEqual(0);
      }
    }
    await page.goBack();
    await expect(header(page, name)).toHaveAttribute("aria-sort", first);
  });
}

const compare = (a: string | number, b: string | number) =>
  typeof a === "number" && typeof b === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0;

/** What the rows are sorted by, without those whose place is a matter of taste. */
async function keysOf(page: Page, column: number): Promise<(string | number)[]> {
  const ranks = ["Unscored", "Low", "Medium", "High", "critical"];
  const times = await cells(page, 5).evaluateAll((all) =>
    all.map((cell) => cell.querySelector("time")?.dateTime),
  );
  if (column === 2) {
    const all = await names(page).allTextContents();
    return all.filter((name) => /^[A-Z][a-z]+ [A-Z][a-z]+$/.test(name));
  }
  const texts = await cells(page, column).allTextContents();
  switch (column) {
    case 1:
      return texts.map((word) => ranks.indexOf(word));
    case 3:
      return texts.filter((email) => /^[a-z]+\.[a-z]+@/.test(email));
    case 4:
      return texts.map((text) => Number(text.replaceAll(",", "")));
    default:
      return times.filter((time) => time !== undefined);
  }
}

test("pages of 25, 50 and 100", async ({ page }) => {
  await open(page);
  const before = await steps(page);
  await expect(names(page)).toHaveCount(25);
  await expect(button(page, "Previous")).toBeDisabled();
  await button(page, "Next").click();
  await expect(page).toHaveURL(/\?page=2$/);
  await expect(page.getByText("26–50 of 250")).toBeVisible();
  expect(await steps(page)).toBe(before + 1);
  await page.getByRole("combobox", { name: "Rows" }).selectOption("100");
  await expect(page).toHaveURL(/\?rows=100$/);
  await expect(names(page)).toHaveCount(100);
  await button(page, "Next").click();
  await button(page, "Next").click();
  await expect(page.getByText("201–250 of 250")).toBeVisible();
  await expect(button(page, "Next")).toBeDisabled();
  await page.getByRole("combobox", { name: "Rows" }).selectOption("50");
  await expect(page.getByText("1–50 of 250")).toBeVisible();
  await expect(page).toHaveURL(/\?rows=50$/);
  await page.goBack();
  await expect(page.getByText("201–250 of 250")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Rows" })).toHaveValue("100");
  // Asking something else starts at the first page.
  await level(page, "High").check();
  await expect(page).toHaveURL(/\?level=high&rows=100$/);
});

test("the next page starts at its top", async ({ page }) => {
  await open(page, "?rows=100");
  await expect(names(page)).toHaveCount(100);
  await names(page).last().scrollIntoViewIfNeeded();
  await button(page, "Next").click();
  await expect(page.getByText("101–200 of 250")).toBeVisible();
  await expect(names(page).first()).toBeInViewport();
});

test("the slash goes to the search, except while typing", async ({ page }) => {
  await open(page, "?q=example");
  await h1(page, "Users").click();
  await page.keyboard.press("/");
  await expect(search(page)).toBeFocused();
  await expect(search(page)).toHaveValue("example");
  await page.keyboard.type("a/b");
  await expect(search(page)).toHaveValue("a/b");
  await level(page, "Low").focus();
  await page.keyboard.press("/");
  await expect(search(page)).toBeFocused();
});

test("no users match, and the way back", async ({ page }) => {
  await open(page, "?level=high");
  await search(page).fill("nobody is called this");
  await expect(page.getByText("No users match")).toBeVisible();
  await expect(page.getByText("0 people")).toBeVisible();
  await expect(table(page)).toBeHidden();
  await page.getByRole("link", { name: "Clear search and filters" }).click();
  await expect(page).toHaveURL(/\/users$/);
  await expect(search(page)).toHaveValue("");
  await expect(names(page)).toHaveCount(25);
});

test("refresh reads again and keeps what is on the screen", async ({ page }) => {
  await open(page, "?sort=name");
  const first = await names(page).first().elementHandle();
  const asked = page.waitForResponse(/\/summary$/);
  await button(page, "Refresh").click();
  // Nothing is new: the answer is the one that is shown.
  expect((await asked).status()).toBe(304);
  await expect(page.getByText("Updated just now")).toBeVisible();
  await expect(button(page, "Refresh")).toBeFocused();
  expect(await first?.evaluate((link) => link.isConnected)).toBe(true);
});

test("a person's row leads to their page and back to the same list", async ({ page, request }) => {
  const [person] = await ordinary(request);
  await open(page, `?q=${encodeURIComponent(person.email)}`);
  await names(page).click();
  await expect(h1(page, person.name)).toBeFocused();
  await expect(page).toHaveURL(`/users/${person.user_id}`);
  await page.goBack();
  await expect(search(page)).toHaveValue(person.email);
  await expect(h1(page, "Users")).toBeFocused();
});

test("going back finds the list where it was left", async ({ page }) => {
  await open(page, "?rows=100&sort=name");
  await names(page).nth(80).scrollIntoViewIfNeeded();
  const name = await names(page).nth(80).textContent();
  await names(page).nth(80).click();
  await expect(h1(page, name ?? "")).toBeInViewport();
  await page.goBack();
  await expect(names(page).nth(80)).toBeInViewport();
});

test("the exact time is there on hover", async ({ page }) => {
  await open(page);
  const time = cells(page, 5).locator("time").first();
  await expect(time).toHaveAttribute("data-exact", /local · .* UTC$/);
  await expect(time).toHaveAttribute("datetime", /^\d{4}-\d\d-\d\dT/);
});

test("a list that was read lately is not read again", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await open(page);
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(h1(page, "Overview")).toBeVisible();
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(names(page)).toHaveCount(25);
  expect(asked.filter((url) => url.endsWith("/summary"))).toHaveLength(1);
});
