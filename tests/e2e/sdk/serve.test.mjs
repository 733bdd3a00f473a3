// All eleven operations as the official SDK calls them through `riskdesk serve`, with the service
// token of a viewer, an operator and an admin.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import Cloudflare, { PermissionDeniedError } from "cloudflare";

import { ACCOUNT, all } from "./client.mjs";
import { serviceToken, startEdge } from "./edge.mjs";

const TOO_SMALL = 994031;
const ROLES = ["viewer", "operator", "admin"];

let edge;
before(async () => (edge = await startEdge()));
after(() => edge.stop());

/** The SDK with a service token; the API token that it asks for goes no further. */
function riskScoring(role) {
  const options = { apiToken: "not-the-real-one", baseURL: `${edge.url}/client/v4`, maxRetries: 0 };
  const client = new Cloudflare({ ...options, defaultHeaders: serviceToken(role) });
  return client.zeroTrust.riskScoring;
}

/** Someone whose row, events and reset are as documented. */
async function someone(risk) {
  const { users } = await risk.summary.get(ACCOUNT);
  return users.find((user) => !user.email?.endsWith("@sentinel.example")).user_id;
}

async function anIntegration(risk) {
  const [first] = await all(risk.integrations.list(ACCOUNT));
  return first;
}

/** Every operation, with the least role that may do it. */
const OPERATIONS = {
  summary: ["viewer", async (risk) => assert.ok((await risk.summary.get(ACCOUNT)).users.length)],
  user: [
    "viewer",
    async (risk) => assert.ok((await risk.get(await someone(risk), ACCOUNT)).events.length),
  ],
  reset_user: ["operator", async (risk) => risk.reset(await someone(risk), ACCOUNT)],
  behaviors: [
    "viewer",
    async (risk) => assert.ok((await risk.behaviours.get(ACCOUNT)).behaviors.imp_travel),
  ],
  update_behaviors: [
    "admin",
    async (risk) => {
      const behaviors = { imp_travel: { enabled: true, risk_level: "low" } };
      const answer = await risk.behaviours.update({ ...ACCOUNT, behaviors });
      assert.equal(answer.behaviors.imp_travel.risk_level, "low");
    },
  ],
  integrations: [
    "viewer",
    async (risk) => assert.ok((await all(risk.integrations.list(ACCOUNT))).length),
  ],
  integration: [
    "viewer",
    async (risk) => {
      const known = await anIntegration(risk);
      assert.deepEqual(await risk.integrations.get(known.id, ACCOUNT), known);
    },
  ],
  integration_by_reference: [
    "viewer",
    async (risk) => {
      const known = await anIntegration(risk);
      const found = await risk.integrations.references.get(known.reference_id, ACCOUNT);
      assert.equal(found.reference_id, known.reference_id);
    },
  ],
  create_integration: [
    "admin",
    async (risk) => {
      const body = { integration_type: "Okta", tenant_url: "https://through-serve.okta.com" };
      const created = await risk.integrations.create({ ...ACCOUNT, ...body });
      assert.equal(created.tenant_url, body.tenant_url);
    },
  ],
  update_integration: [
    "admin",
    async (risk) => {
      const { id, tenant_url, reference_id } = await anIntegration(risk);
      const body = { tenant_url, reference_id, active: false };
      const updated = await risk.integrations.update(id, { ...ACCOUNT, ...body });
      assert.equal(updated.active, false);
    },
  ],
  delete_integration: [
    "admin",
    async (risk) => {
      const { id } = await anIntegration(risk);
      assert.equal(await risk.integrations.delete(id, ACCOUNT), null);
    },
  ],
};

assert.equal(Object.keys(OPERATIONS).length, 11);

for (const role of ROLES) {
  for (const [name, [least, call]] of Object.entries(OPERATIONS)) {
    const allowed = ROLES.indexOf(role) >= ROLES.indexOf(least);
    const what = allowed ? "is done" : `is refused, for want of the role ${least}`;
    test(`${role}: ${name} ${what}`, async () => {
      if (allowed) return call(riskScoring(role));
      const error = await call(riskScoring(role)).then(
        () => assert.fail("the call succeeded"),
        (error) => error,
      );
      assert.ok(error instanceof PermissionDeniedError, `${error}`);
      assert.equal(error.errors[0].code, TOO_SMALL);
      assert.match(error.errors[0].message, new RegExp(`needs the role ${least}.*role ${role}`));
    });
  }
}

test("a service token that Access doesn't know stays outside", async () => {
  const options = { apiToken: "x", baseURL: `${edge.url}/client/v4`, maxRetries: 0 };
  const client = new Cloudflare({ ...options, defaultHeaders: { "CF-Access-Client-Id": "x" } });
  await assert.rejects(client.zeroTrust.riskScoring.summary.get(ACCOUNT), PermissionDeniedError);
});
