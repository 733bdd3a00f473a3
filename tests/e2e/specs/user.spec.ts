// A user's page: why they have their level, what happened and when, and the reset.

import type { Page } from "@playwright/test";

import { ID, everyone, h1, ordinary, read, visit } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const events = (page: Page) =>
  page.getByRole("region", { name: "Timeline" }).locator("li.event");
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const slider = (page: Page, end: "Start" | "End") =>
  page.getByRole("slider", { name: `${end} of the span` });
const level = (page: Page, name: string) =>
  page.getByRole("group", { name: "Risk level" }).getByRole("checkbox", { name });
const steps = (page: Page) => page.evaluate(() => history.length);

test("the page says who it is, at which level, and why", async ({ page, request }) => {
  const user = await read(request, ID.everyShape);
  await visit(page, ID.everyShape, user.name);
  await expect(page).toHaveTitle(`${user.name} · Riskdesk`);
  await expect(page.getByText(user.email)).toBeVisible();
  await expect(
    page.getByText(/^Medium since \d+ \w{3} \d\d:\d\d, when .+ \(medium\) was triggered\./),
  ).toBeVisible();
  await expect(events(page)).toHaveCount(user.events.length);
});

test("why counts from the last reset, which the lanes and the list show", async ({ page }) => {
  await visit(page, ID.resetAndBack, /\w/);
  await expect(page.getByText(/was triggered\. Last reset \d+ \w{3}.* \d\d:\d\d\.$/)).toBeVisible();
  const entry = page.getByRole("listitem").filter({ hasText: "Risk reset" });
  await expect(entry).toHaveCount(1);
  // Events from before the reset stand below it.
  await expect(entry.locator("xpath=following-sibling::li").first()).toBeVisible();
  await expect(entry.locator("xpath=preceding-sibling::li").first()).toBeVisible();
});

test("events stand under their day, the latest first, each day once", async ({ page, request }) => {
  for (const id of [ID.everyShape, ID.resetAndBack, ID.rightToLeftName]) {
    await visit(page, id, /./);
    const days = await page.getByRole("heading", { level: 3 }).allTextContents();
    expect(days.length).toBeGreaterThan(0);
    expect(days).toEqual([...new Set(days)]);
    const times = await events(page)
      .locator("time")
      .evaluateAll((all) => all.map((time) => Date.parse((time as HTMLTimeElement).dateTime)));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const { events: all } = await read(request, id);
    expect(times.length).toBe(all.length);
  }
});

test("the ID, details and an event's ID can be copied", async ({ page, context, request }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await visit(page, ID.everyShape, /./);
  await button(page, "Copy ID").click();
  await expect(page.getByRole("status")).toHaveText("Copied");
  expect(await clipboard()).toBe(ID.everyShape);

  const card = events(page).filter({ has: page.locator("summary") }).first();
  await card.locator("summary").click();
  await card.getByRole("button", { name: "Copy event ID" }).click();
  const known = (await read(request, ID.everyShape)).events;
  const copied = () => known.find((event: { id: string }) => event.id === lastCopied);
  let lastCopied = "";
  await expect(async () => {
    lastCopied = await clipboard();
    expect(copied()).toBeDefined();
  }).toPass();
  await card.getByRole("button", { name: "Copy details" }).click();
  await expect(async () => {
    expect(JSON.parse(await clipboard())).toEqual(copied().event_details);
  }).toPass();
});

test("a copy that the browser refuses says so", async ({ page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
  });
  await visit(page, ID.everyShape, /./);
  await button(page, "Copy ID").click();
  await expect(page.getByRole("alert")).toContainText("did not let Riskdesk copy");
});

test("details of every shape open as a tree, layer by layer", async ({ page, request }) => {
  const user = await read(request, ID.everyShape);
  await visit(page, ID.everyShape, /./);
  const cards = events(page).filter({ has: page.locator("summary") });
  // Those whose details are absent have nothing to open.
  await expect(events(page).filter({ hasText: "No details" })).not.toHaveCount(0);
  for (const card of await cards.all()) {
    await card.locator("summary").first().click();
    await expect(card.locator(".json")).toBeVisible();
    const inner = card.locator(".json summary");
    if ((await inner.count()) === 0) continue;
    await inner.first().click();
    await expect(card.locator(".json details[open] li").first()).toBeVisible();
  }
  expect(user.events.length).toBeGreaterThan(await cards.count());
});

test("level and behavior filter the list, each a step back", async ({ page, request }) => {
  const user = await read(request, ID.everyShape);
  const name = user.events[0].name;
  const of = (keep: (event: { name: string; risk_level: string }) => boolean) =>
    user.events.filter(keep).length;
  await visit(page, ID.everyShape, /./);
  const before = await steps(page);
  await level(page, "Low").check();
  await expect(page).toHaveURL(/\?level=low$/);
  const low = of((event) => event.risk_level === "low");
  await expect(events(page)).toHaveCount(low);
  await expect(page.getByText(`${low} of ${user.events.length} events`)).toBeVisible();
  await page.getByRole("combobox", { name: "Behavior" }).selectOption(name);
  await expect(page).toHaveURL(/\?level=low&behavior=\w/);
  const both = of((event) => event.risk_level === "low" && event.name === name);
  await expect(events(page)).toHaveCount(both);
  expect(await steps(page)).toBe(before + 2);

  await page.reload();
  await expect(level(page, "Low")).toBeChecked();
  await expect(page.getByRole("combobox", { name: "Behavior" })).toHaveValue(name);
  await expect(events(page)).toHaveCount(both);
  await page.goBack();
  await expect(events(page)).toHaveCount(low);
  await expect(page.getByRole("combobox", { name: "Behavior" })).toHaveValue("");
  await page.goBack();
  await expect(events(page)).toHaveCount(user.events.length);
  await expect(level(page, "Low")).not.toBeChecked();
});

test("a filter that nothing passes says so", async ({ page }) => {
  await page.goto(`/users/${ID.everyShape}?level=high`);
  await expect(page.getByText("No events match")).toBeVisible();
  await expect(events(page)).toHaveCount(0);
});

test("dragging across the lanes chooses a span, the list follows", async ({ page, request }) => {
  const user = await read(request, ID.everyShape);
  await visit(page, ID.everyShape, /./);
  const track = (await slider(page, "Start").boundingBox())!;
  const at = (fraction: number) => track.x + track.width * fraction;
  const before = await steps(page);
  await page.mouse.move(at(0.3), track.y - 40);
  await page.mouse.down();
  await page.mouse.move(at(0.5), track.y - 45, { steps: 4 });
  await page.mouse.move(at(0.8), track.y - 40, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/\?from=[\d-]+T[\d:]+Z&to=[\d-]+T[\d:]+Z$/);
  expect(await steps(page)).toBe(before + 1);

  const query = new URL(page.url()).searchParams;
  const [from, to] = ["from", "to"].map((key) => Date.parse(query.get(key) ?? ""));
  const inside = user.events.filter((event: { timestamp: string }) => {
    const time = Date.parse(event.timestamp);
    return from <= time && time <= to;
  });
  expect(inside.length).toBeGreaterThan(0);
  expect(inside.length).toBeLessThan(user.events.length);
  await expect(events(page)).toHaveCount(inside.length);
  await page.reload();
  await expect(events(page)).toHaveCount(inside.length);
  await button(page, "Whole time").click();
  await expect(events(page)).toHaveCount(user.events.length);
  await expect(page).not.toHaveURL(/from=/);
  await page.goBack();
  await expect(events(page)).toHaveCount(inside.length);
});

test("a drag that ends outside of the lanes chooses all the same", async ({ page }) => {
  await visit(page, ID.everyShape, /./);
  const track = (await slider(page, "Start").boundingBox())!;
  await page.mouse.move(track.x + track.width / 2, track.y - 40);
  await page.mouse.down();
  await page.mouse.move(track.x + track.width + 200, track.y + 300, { steps: 6 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=/);
  await page.mouse.move(track.x + 20, track.y - 40);
  const address = page.url();
  await page.mouse.move(track.x + 200, track.y - 40, { steps: 4 });
  expect(page.url()).toBe(address);
  await expect(slider(page, "End")).toHaveValue("200");
});

test("a click on the lanes chooses nothing", async ({ page }) => {
  await visit(page, ID.everyShape, /./);
  const track = (await slider(page, "Start").boundingBox())!;
  await page.mouse.click(track.x + track.width / 2, track.y - 40);
  await level(page, "Low").check();
  await expect(page).toHaveURL(/\?level=low$/);
});

test("the handles choose a span by keyboard", async ({ page, request }) => {
  const user = await read(request, ID.everyShape);
  await visit(page, ID.everyShape, /./);
  const start = slider(page, "Start");
  const end = slider(page, "End");
  await expect(start).toHaveAttribute("aria-valuetext", /^\d+ \w{3}/);
  const before = await steps(page);
  await end.focus();
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageDown");
  await expect(page).toHaveURL(/from=.*&to=/);
  await expect(end).toBeFocused();
  // The first step of a handle is a step back, the next ones refine it.
  expect(await steps(page)).toBe(before + 1);
  const fewer = await events(page).count();
  expect(fewer).toBeLessThan(user.events.length);
  // The end can't pass the start.
  await start.focus();
  await page.keyboard.press("End");
  expect(Number(await start.inputValue())).toBeLessThan(Number(await end.inputValue()));
  await page.keyboard.press("Home");
  await end.focus();
  await page.keyboard.press("End");
  await expect(page).not.toHaveURL(/from=/);
  await expect(events(page)).toHaveCount(user.events.length);
});

test("10,000 events: a small document that grows by a hundred", async ({ page }) => {
  await visit(page, ID.mostEvents, /./);
  const nodes = () => page.evaluate(() => document.querySelectorAll("*").length);
  await expect(page.getByText("10,000 events", { exact: true })).toBeVisible();
  await expect(events(page)).toHaveCount(100);
  expect(await nodes()).toBeLessThan(4000);
  await button(page, "Show 100 more of 9,900").click();
  await expect(events(page)).toHaveCount(200);
  await button(page, "Show 100 more of 9,800").click();
  await expect(events(page)).toHaveCount(300);
  expect(await nodes()).toBeLessThan(8000);
  // Another question starts at its top.
  await level(page, "High").check();
  await expect(events(page)).toHaveCount(100);
  await expect(page.getByText(/^[\d,]+ of 10,000 events$/)).toBeVisible();
});

test("more events leave those that are there as they are", async ({ page }) => {
  await visit(page, ID.mostEvents, /./);
  const card = events(page).filter({ has: page.locator("summary") }).first();
  await card.locator("summary").click();
  await expect(card.locator(".json")).toBeVisible();
  await page.getByRole("button", { name: /^Show 100 more/ }).click();
  await expect(events(page)).toHaveCount(200);
  await expect(card.locator(".json")).toBeVisible();
  await button(page, "Refresh").click();
  await expect(button(page, "Refresh")).not.toHaveAttribute("aria-busy", "true");
  await expect(card.locator(".json")).toBeVisible();
  await expect(events(page)).toHaveCount(200);
});

test("a user who was reset is there by their address", async ({ page }) => {
  await visit(page, ID.offSummaryWithEvents, /./);
  await expect(page.getByText(/^No level: nothing was triggered since the last reset/)).toBeVisible();
  await expect(events(page)).not.toHaveCount(0);
  await visit(page, ID.offSummaryWithout, /./);
  await expect(page.getByText(/^No level: .* Last reset/)).toBeVisible();
  await expect(page.getByText("No events", { exact: true })).toBeVisible();
});

test.describe("reset", () => {
  const dialog = (page: Page, name: string) =>
    page.getByRole("dialog", { name: `Reset risk of ${name}?` });

  test("D5 it names whom, and Escape and Cancel change nothing and keep the reason", async ({ page, request }) => {
    const [person] = await ordinary(request);
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST") sent.push(request.url());
    });
    await visit(page, person.user_id, person.name);
    await button(page, "Reset risk").click();
    const asked = dialog(page, person.name);
    await expect(asked).toContainText(`${person.name} goes back to no level`);
    await expect(asked).toContainText("This can't be undone.");
    await expect(asked.getByRole("textbox", { name: "Reason" })).toBeFocused();
    await page.keyboard.type("false alarm /");
    await page.keyboard.press("Escape");
    await expect(asked).toBeHidden();
    await expect(button(page, "Reset risk")).toBeFocused();
    await button(page, "Reset risk").click();
    await expect(asked.getByRole("textbox", { name: "Reason" })).toHaveValue("false alarm /");
    await asked.getByRole("button", { name: "Cancel" }).click();
    await expect(asked).toBeHidden();
    await expect(button(page, "Reset risk")).toBeFocused();
    expect(sent).toEqual([]);
  });

  for (const keeps of [true, false]) {
    test(`D3 D5 of one user, once, whose events ${keeps ? "survive" : "are lost"}`, async ({ page, request }) => {
      const person = (await ordinary(request)).find(
        ({ user_id }) => /[02468ace]$/.test(user_id) === keeps,
      )!;
      const posts: { url: string; reason?: string }[] = [];
      page.on("request", (request) => {
        if (request.method() !== "POST") return;
        posts.push({ url: request.url(), reason: request.headers()["x-riskdesk-reason"] });
      });
      await page.goto(`/users?q=${encodeURIComponent(person.email)}`);
      await page.getByRole("link", { name: person.name }).click();
      await expect(h1(page, person.name)).toBeFocused();
      await button(page, "Reset risk").click();
      const asked = dialog(page, person.name);
      await asked.getByRole("textbox", { name: "Reason" }).fill("On holiday in Kraków");
      // Not before the second click: that would go to the page, once the dialog has closed.
      let answer = () => {};
      const clicked = new Promise<void>((done) => (answer = done));
      await page.route("**/reset", (route) => clicked.then(() => route.continue()));
      await asked.getByRole("button", { name: "Reset", exact: true }).dblclick();
      answer();
      await expect(page.getByRole("status")).toHaveText(`Risk of ${person.name} reset`);
      await expect(asked).toBeHidden();
      expect(posts).toHaveLength(1);
      expect(posts[0].url).toContain(`/${person.user_id}/reset`);
      expect(decodeURIComponent(posts[0].reason ?? "")).toBe("On holiday in Kraków");

      await expect(page.getByText(/^No level: .* Last reset/)).toBeVisible();
      await expect(page.locator(".page-head")).toContainText("Unscored");
      if (keeps) {
        await expect(events(page)).toHaveCount(person.event_count);
        await expect(page.getByRole("listitem").filter({ hasText: "Risk reset" })).toBeVisible();
      } else {
        await expect(page.getByText("No events", { exact: true })).toBeVisible();
      }
      // The focus is somewhere that a keyboard can go on from.
      await expect(page.locator("button:focus, h1:focus")).toBeVisible();
      await page.goBack();
      await expect(page.getByText("No users match")).toBeVisible();
      expect((await everyone(request)).map((one) => one.user_id)).not.toContain(person.user_id);
      await page.goto(`/users/${person.user_id}`);
      await expect(button(page, "Reset risk")).toBeDisabled();
    });
  }
});
