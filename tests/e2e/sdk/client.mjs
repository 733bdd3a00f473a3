// The vendor's official TypeScript SDK, pointed at `riskdesk sim`.

import Cloudflare from "cloudflare";

import { start } from "../support/riskdesk.mjs";

export const ACCOUNT = { account_id: "0123456789abcdef0123456789abcdef" };

const TOKEN = "the-token-of-the-sdk-tests";

/** A simulator, and the SDK with its token or another. */
export async function simulator() {
  const running = await start(["sim", "--users", "60", "--seed", "7", "--token", TOKEN]);
  return {
    stop: running.stop,
    /** The part of the SDK that is tested. */
    riskScoring(apiToken = TOKEN) {
      const options = { apiToken, baseURL: `${running.url}/client/v4`, maxRetries: 0 };
      return new Cloudflare(options).zeroTrust.riskScoring;
    },
  };
}

/** Every item of a list that the SDK pages through. */
export async function all(pages) {
  const items = [];
  for await (const item of pages) items.push(item);
  return items;
}
