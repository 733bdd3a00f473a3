// All eleven operations as the official SDK calls and reads them.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { ACCOUNT, all, simulator } from "./client.mjs";

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const LEVELS = ["low", "medium", "high"];

let sim;
let riskScoring;
before(async () => {
  sim = await simulator();
  riskScoring = sim.riskScoring();
});
after(() => sim.stop());

/** Someone whose row, events and reset are as documented. */
async function someone() {
  const { users } = await riskScoring.summary.get(ACCOUNT);
  const ordinary = users.filter((user) => !user.email?.endsWith("@sentinel.example"));
  const busiest = ordinary.toSorted((a, b) => b.event_count - a.event_count);
  return busiest.find((user) => user.event_count < 1_000);
}

describe("users", () => {
  test("summary", async () => {
    const { users } = await riskScoring.summary.get(ACCOUNT);
    assert.ok(users.length > 20 && users.length <= 60, `${users.length} users`);
    const ordinary = users.filter((user) => !user.email?.endsWith("@sentinel.example"));
    for (const user of ordinary) {
      assert.match(user.user_id, UUID);
      // A name may be empty, and is for some.
      assert.equal(typeof user.name, "string");
      assert.ok(user.email.includes("@"));
      assert.ok(LEVELS.includes(user.max_risk_level));
      assert.ok(Number.isInteger(user.event_count) && user.event_count >= 0);
      assert.ok(!Number.isNaN(Date.parse(user.last_event)));
    }
    assert.equal(new Set(users.map((user) => user.user_id)).size, users.length);
  });

  test("get: the events agree with the summary", async () => {
    const row = await someone();
    const user = await riskScoring.get(row.user_id, ACCOUNT);
    assert.equal(user.name, row.name);
    assert.equal(user.email, row.email);
    assert.equal(user.risk_level, row.max_risk_level);
    assert.equal(user.events.length, row.event_count);
    const times = user.events.map((event) => Date.parse(event.timestamp));
    assert.equal(Math.max(...times), Date.parse(row.last_event));
    for (const event of user.events) {
      assert.ok(typeof event.id === "string" && event.name.length > 0);
      assert.ok(LEVELS.includes(event.risk_level));
    }
  });

  test("reset: off the summary, with the time noted", async () => {
    const { user_id } = await someone();
    const result = await riskScoring.reset(user_id, ACCOUNT);
    assert.ok(result === null || typeof result === "object");
    const { users } = await riskScoring.summary.get(ACCOUNT);
    assert.ok(!users.some((user) => user.user_id === user_id));
    const user = await riskScoring.get(user_id, ACCOUNT);
    assert.ok(!Number.isNaN(Date.parse(user.last_reset_time)));
  });
});

describe("behaviors", () => {
  test("get", async () => {
    const { behaviors } = await riskScoring.behaviours.get(ACCOUNT);
    for (const key of ["high_dlp", "imp_travel", "sentinel_one"]) assert.ok(key in behaviors, key);
    for (const behavior of Object.values(behaviors)) {
      assert.ok(behavior.name.length > 0 && behavior.description.length > 0);
      assert.ok(LEVELS.includes(behavior.risk_level));
      assert.equal(typeof behavior.enabled, "boolean");
    }
  });

  test("update: what is sent changes, what is not stays", async () => {
    const { behaviors: before } = await riskScoring.behaviours.get(ACCOUNT);
    const enabled = !before.imp_travel.enabled;
    const change = { imp_travel: { enabled, risk_level: "low" } };
    const answer = await riskScoring.behaviours.update({ ...ACCOUNT, behaviors: change });
    assert.equal(answer.behaviors.imp_travel.enabled, enabled);
    assert.equal(answer.behaviors.imp_travel.risk_level, "low");
    const { behaviors: now } = await riskScoring.behaviours.get(ACCOUNT);
    assert.deepEqual(now, {
      ...before,
      imp_travel: { ...before.imp_travel, enabled, risk_level: "low" },
    });
  });
});

describe("integrations", () => {
  const tenant_url = "https://sdk-tests.okta.com";

  test("list, create, get, references.get, update, delete", async () => {
    const { integrations } = riskScoring;
    const before = await all(integrations.list(ACCOUNT));
    const created = await integrations.create({
      ...ACCOUNT,
      integration_type: "Okta",
      tenant_url,
      reference_id: "50% of Zürich?",
    });
    assert.match(created.id, UUID);
    assert.equal(created.account_tag, ACCOUNT.account_id);
    assert.equal(created.integration_type, "Okta");
    assert.equal(created.tenant_url, tenant_url);
    assert.equal(created.reference_id, "50% of Zürich?");
    assert.equal(created.active, true);
    assert.ok(created.well_known_url.includes(created.id));
    assert.ok(!Number.isNaN(Date.parse(created.created_at)));
    assert.equal((await all(integrations.list(ACCOUNT))).length, before.length + 1);
    assert.deepEqual(await integrations.get(created.id, ACCOUNT), created);
    assert.deepEqual(await integrations.references.get("50% of Zürich?", ACCOUNT), created);

    const update = { tenant_url: "https://sdk-other.okta.com", active: false, reference_id: "b" };
    const updated = await integrations.update(created.id, { ...ACCOUNT, ...update });
    assert.deepEqual(updated, { ...created, ...update });

    assert.equal(await integrations.delete(created.id, ACCOUNT), null);
    assert.deepEqual(await all(integrations.list(ACCOUNT)), before);
  });

  test("create: a reference is made up where none is sent", async () => {
    const body = { ...ACCOUNT, integration_type: "Okta", tenant_url };
    const created = await riskScoring.integrations.create(body);
    assert.match(created.reference_id, UUID);
  });
});
