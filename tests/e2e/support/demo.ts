// `riskdesk demo`: one for each spec file and set of options, so that what one file changes is
// never seen by another. Where WORKER_DEMO says where it is built, the Worker's demo in its stead.

import { start, type Running } from "./riskdesk.mjs";
import { startWorkerDemo } from "./worker.mjs";

/** What `riskdesk demo` is started with. */
export interface DemoOptions {
  users?: number;
  seed?: number;
  role?: "admin" | "operator" | "viewer";
  scenario?: "quiet" | "morning" | "incident" | "outage";
}

export function startDemo({ users = 250, seed = 7, role = "admin", scenario = "morning" }: DemoOptions) {
  if (process.env.WORKER_DEMO !== undefined) return startWorkerDemo({ users, seed, role, scenario });
  return start([
    ...["demo", "--users", `${users}`, "--seed", `${seed}`],
    ...["--role", role, "--scenario", scenario],
  ]);
}

/** The demos of a worker: those of the spec file it is at. */
export class Demos {
  #file = "";
  #running = new Map<string, Running>();

  async of(file: string, options: DemoOptions): Promise<Running> {
    if (file !== this.#file) {
      await this.stop();
      this.#file = file;
    }
    const key = JSON.stringify(options);
    let demo = this.#running.get(key);
    if (demo === undefined) {
      demo = await startDemo(options);
      this.#running.set(key, demo);
    }
    return demo;
  }

  async stop() {
    await Promise.all([...this.#running.values()].map((demo) => demo.stop()));
    this.#running.clear();
  }
}
