// What stands between a browser and `riskdesk serve`: Cloudflare's edge, where Access puts an
// assertion on the requests of who is signed in, and answers those of everybody else itself.

import type { IncomingMessage, ServerResponse } from "node:http";

import { ASSERTION, startServe } from "./access.mjs";
import { listen, passOn } from "./between.mjs";

/**
 * How Access answers data requests once a session has ended: with 401, as it does for those that
 * carry `X-Requested-With`; with its login page; or with a redirect to it, on another origin.
 */
export type SignedOut = "401" | "login page" | "redirect";

/** An answer in place of the one from behind. */
interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: object;
  /** How often; once, unless it says so. */
  times?: number;
}

const LOGIN = "<!doctype html><title>Sign in ・ Cloudflare Access</title><form>…</form>";

export class Edge {
  url = "";
  #served;
  #stop = async () => {};
  #person: string | undefined;
  #signedOut: SignedOut = "401";
  #answers: [path: string, answer: Required<Answer>][] = [];

  constructor(served: Awaited<ReturnType<typeof startServe>>) {
    this.#served = served;
  }

  static async start(options: Parameters<typeof startServe>[0] = {}): Promise<Edge> {
    const edge = new Edge(await startServe(options));
    const { url, stop } = await listen((incoming, answer) => edge.#answer(incoming, answer));
    edge.url = url;
    edge.#stop = stop;
    return edge;
  }

  /** Cloudflare, which may have a bad day. */
  get vendor() {
    return this.#served.vendor;
  }

  signIn(email: string) {
    this.#person = email;
  }

  signOut(how: SignedOut) {
    this.#person = undefined;
    this.#signedOut = how;
  }

  /** Answers the next requests whose path ends so in the vendor's place, or the asset's. */
  answer(path: string, answer: Answer) {
    this.#answers.push([path, { times: 1, headers: {}, ...answer }]);
  }

  /** Answers the next request whose path ends so with 429, as Cloudflare does. */
  limit(path: string, seconds: number) {
    const error = { code: 971, message: "Please wait and consider throttling your request speed" };
    const body = { success: false, errors: [error], messages: [], result: null };
    this.answer(path, { status: 429, headers: { "Retry-After": `${seconds}` }, body });
  }

  /** Answers reads of this with that. */
  result(path: string, result: object) {
    const body = { success: true, errors: [], messages: [], result };
    this.answer(path, { status: 200, body, times: Infinity });
  }

  async stop() {
    await this.#stop();
    await this.#served.stop();
  }

  #answer(incoming: IncomingMessage, answer: ServerResponse) {
    const { url = "/", headers } = incoming;
    const ends = ([path, { times }]: [string, Required<Answer>]) => url.endsWith(path) && times > 0;
    const instead = this.#answers.find(ends)?.[1];
    const isData = /^\/(api|client)\//.test(url);
    if (isData && this.#person === undefined) {
      incoming.resume();
      this.#refuse(answer);
    } else if (instead !== undefined) {
      instead.times -= 1;
      answer.writeHead(instead.status, { "Content-Type": "application/json", ...instead.headers });
      answer.end(JSON.stringify(instead.body));
    } else {
      if (this.#person !== undefined) {
        headers[ASSERTION.toLowerCase()] = this.#served.access.user(this.#person);
      }
      passOn(incoming, answer, this.#served.url, headers);
    }
  }

  #refuse(answer: ServerResponse) {
    switch (this.#signedOut) {
      case "401":
        answer.writeHead(401, { "Content-Type": "application/json" }).end("{}");
        break;
      case "login page":
        answer.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(LOGIN);
        break;
      case "redirect":
        answer.writeHead(302, { Location: `${this.#served.access.url}/cdn-cgi/access/login` }).end();
        break;
    }
  }
}
