// People of the demo whom the tests visit (`src/sim/sentinels.rs`, `src/sim/notable.rs`), and
// what the vendor's summary says of everyone.

import { expect, type APIRequestContext, type Page } from "@playwright/test";

const sentinel = (end: string) => `fa11ed00-0000-4000-8000-00000000000${end}`;
const notable = (end: string) => `0dd00000-0000-4000-8000-00000000000${end}`;

/** Their IDs. */
export const ID = {
  resetRefused: sentinel("1"),
  resetTimesOut: sentinel("2"),
  resetRateLimited: sentinel("3"),
  resetBreaks: sentinel("4"),
  resetFindsNobody: sentinel("5"),
  levelCritical: sentinel("6"),
  eventsMissing: sentinel("7"),
  eventsBroken: sentinel("8"),
  eventsFail: sentinel("9"),
  eventsSlow: sentinel("a"),
  eventsOdd: sentinel("b"),
  oddRow: sentinel("c"),
  mostEvents: notable("1"),
  everyShape: notable("2"),
  longName: notable("3"),
  combiningName: notable("4"),
  rightToLeftName: notable("5"),
  bidiName: notable("6"),
  markupName: notable("7"),
  formulaName: notable("8"),
  emptyName: notable("a"),
  resetAndBack: notable("d"),
  offSummaryWithEvents: notable("e"),
  offSummaryWithout: notable("f"),
};

/** A row of the summary. */
export interface Person {
  user_id: string;
  name: string;
  email: string;
  max_risk_level?: string;
  event_count: number;
  last_event: string;
}

/** What the vendor answers to a read of `resource`, past the app. */
export async function read(api: APIRequestContext, resource: string) {
  const whoami = await (await api.get("/api/v1/whoami")).json();
  const account = whoami.result.account_id;
  const answer = await api.get(`/client/v4/accounts/${account}/zt_risk_scoring/${resource}`);
  expect(answer.status()).toBe(200);
  return (await answer.json()).result;
}

/** Everyone at risk. */
export async function everyone(api: APIRequestContext): Promise<Person[]> {
  return (await read(api, "summary")).users;
}

/** People with nothing special about them, the riskiest first. */
export async function ordinary(api: APIRequestContext): Promise<Person[]> {
  const special = Object.values(ID);
  const rank = ["high", "medium", "low"];
  return (await everyone(api))
    .filter(({ user_id, name }) => !special.includes(user_id) && /^[A-Z][a-z]+ [A-Z][a-z]+$/.test(name))
    .sort((a, b) => rank.indexOf(a.max_risk_level ?? "") - rank.indexOf(b.max_risk_level ?? ""));
}

/** A page's heading. */
export const h1 = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { level: 1, name });

/** Waits until nothing of the page is still loading. */
export async function settled(page: Page) {
  await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
}

/** Goes to a user's page by its address and waits for the name and the events. */
export async function visit(page: Page, id: string, name: string | RegExp) {
  await page.goto(`/users/${id}`);
  await expect(h1(page, name)).toBeVisible();
  await settled(page);
}

/** How much wider than the window the page is, in px. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
