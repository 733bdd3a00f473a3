// Refusals as the official SDK reports them: its error class, the status, the vendor's code.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  BadRequestError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from "cloudflare";

import { ACCOUNT, simulator } from "./client.mjs";

const NOBODY = "00000000-0000-4000-8000-000000000000";

let sim;
before(async () => (sim = await simulator()));
after(() => sim.stop());

/** Asserts that a call fails as said, and that the envelope has a code and a message. */
async function refused(call, errorClass, code) {
  const error = await call.then(
    () => assert.fail("the call succeeded"),
    (error) => error,
  );
  assert.ok(error instanceof errorClass, `${error.constructor.name}: ${error.message}`);
  assert.ok(error.errors.length > 0 && error.errors[0].message.length > 0);
  if (code !== undefined) assert.equal(error.errors[0].code, code);
  assert.ok(error.errors[0].code >= 1000);
}

async function idOf(name) {
  const { users } = await sim.riskScoring().summary.get(ACCOUNT);
  return users.find((user) => user.name === name).user_id;
}

test("a wrong token", async () => {
  const call = sim.riskScoring("wrong").summary.get(ACCOUNT);
  await refused(call, PermissionDeniedError, 10000);
});

test("an account without the entitlement", async () => {
  const account = { account_id: "33143314331433143314331433143314" };
  await refused(sim.riskScoring().summary.get(account), PermissionDeniedError, 3314);
  await refused(sim.riskScoring().behaviours.get(account), PermissionDeniedError, 3314);
});

test("an unknown user: no events, no reset", async () => {
  await refused(sim.riskScoring().get(NOBODY, ACCOUNT), NotFoundError);
  await refused(sim.riskScoring().reset(NOBODY, ACCOUNT), NotFoundError);
});

test("an identifier that is none", async () => {
  await refused(sim.riskScoring().get("not-a-uuid", ACCOUNT), BadRequestError);
});

test("a missing integration: not there to get, change, delete or find", async () => {
  const { integrations } = sim.riskScoring();
  const change = { ...ACCOUNT, tenant_url: "https://acme.okta.com", active: true };
  await refused(integrations.get(NOBODY, ACCOUNT), NotFoundError);
  await refused(integrations.update(NOBODY, change), NotFoundError);
  await refused(integrations.delete(NOBODY, ACCOUNT), NotFoundError);
  await refused(integrations.references.get("nothing", ACCOUNT), NotFoundError);
});

test("a body that is not as documented", async () => {
  const { behaviours, integrations } = sim.riskScoring();
  const behaviors = { imp_travel: { enabled: true, risk_level: "extreme" } };
  await refused(behaviours.update({ ...ACCOUNT, behaviors }), BadRequestError);
  const create = { ...ACCOUNT, integration_type: "Okta", tenant_url: "not a URL" };
  await refused(integrations.create(create), BadRequestError);
});

test("a user whose reset is refused, limited or breaks", async () => {
  const reset = (id) => sim.riskScoring().reset(id, ACCOUNT);
  await refused(reset(await idOf("Reset Refused")), PermissionDeniedError, 10000);
  await refused(reset(await idOf("Reset Rate Limited")), RateLimitError);
  const broken = reset(await idOf("Reset Breaks"));
  await assert.rejects(broken, InternalServerError);
});
