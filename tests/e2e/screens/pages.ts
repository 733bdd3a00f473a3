// Every page, by the name its picture gets, and how to find one that has something to show.

import type { APIRequestContext } from "@playwright/test";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const NAMES = [
  "overview",
  "users",
  "users-filtered",
  "user",
  "behaviors",
  "integrations",
  "integration",
  "integration-new",
  "audit",
] as const;

export async function pathOf(name: (typeof NAMES)[number], api: APIRequestContext) {
  switch (name) {
    case "overview":
      return "/";
    case "users-filtered":
      return "/users?level=high,medium&sort=-event_count";
    case "user":
      return `/users/${await busyUser(api)}`;
    case "integration":
      return `/integrations/${await integration(api)}`;
    case "integration-new":
      return "/integrations/new";
    default:
      return `/${name}`;
  }
}

/** Somebody at high risk with enough events to fill a page, and not a thousand. */
async function busyUser(api: APIRequestContext): Promise<string> {
  const { users } = await result(api, "summary");
  const fitting = users.filter(
    (user: { user_id: string; max_risk_level: string; event_count: number; email: string }) =>
      UUID.test(user.user_id) &&
      user.max_risk_level === "high" &&
      user.event_count < 120 &&
      !user.email.endsWith("@sentinel.example"),
  );
  fitting.sort((a: { event_count: number }, b: { event_count: number }) => b.event_count - a.event_count);
  return fitting[0].user_id;
}

async function integration(api: APIRequestContext): Promise<string> {
  return (await result(api, "integrations"))[0].id;
}

async function result(api: APIRequestContext, resource: string) {
  const whoami = await (await api.get("/api/v1/whoami")).json();
  const account = whoami.result.account_id;
  const answer = await api.get(`/client/v4/accounts/${account}/zt_risk_scoring/${resource}`);
  return (await answer.json()).result;
}
