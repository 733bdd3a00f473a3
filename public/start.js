// Runs before the first paint: sets the theme and the density the person chose, loads the app, and asks for what
// the first page needs while that loads.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("riskdesk.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (localStorage.getItem("riskdesk.density") === "compact") root.dataset.density = "compact";
  } catch {
    // Storage can be forbidden; the system's theme is used then.
  }
  const names = (meta) => document.querySelector(`meta[name="${meta}"]`).dataset;
  const app = names("app");
  // The folder that the app is in, which this file is in as well.
  const folder = new URL(".", document.currentScript.src).pathname;
  // A worker for the finder (public/finder.js). The app's code it need not wait for.
  const thread = () => {
    const worker = new Worker(names("finder").worker, { name: "finder", type: "module" });
    worker.postMessage({ js: app.js });
    return worker;
  };
  const reloading = () => {
    const reload = document.createElement("button");
    reload.className = "button";
    reload.textContent = "Reload";
    reload.addEventListener("click", () => location.reload());
    return reload;
  };
  // What breaks in the app's code ends the app: it stops rather than go on with half of something.
  const stop = (error) => {
    if (!(error instanceof WebAssembly.RuntimeError) || document.querySelector(".stopped")) return;
    const notice = document.createElement("div");
    notice.className = "notice stopped";
    notice.setAttribute("role", "alert");
    const told = "Riskdesk has stopped: there is an error in it. A change that was under way may have taken effect.";
    notice.append(told, reloading());
    // Beside an open dialog nothing can be clicked.
    (document.querySelector("dialog[open]") ?? document.body).append(notice);
  };
  addEventListener("error", ({ error }) => stop(error));
  addEventListener("unhandledrejection", ({ reason }) => stop(reason));
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  const whoami = fetch("/api/v1/whoami", { headers, redirect: "manual" });
  // On the pages that show everyone: it takes its time to start.
  const started = [folder, folder + "users"].includes(location.pathname) && thread();
  // Both at once: the glue code would ask for the wasm only after it has come itself. It is compiled
  // once, for the page and for the finder.
  const wasm = fetch(app.wasm).then(async (answer) => {
    const compiles = answer.headers.get("Content-Type") === "application/wasm";
    if (compiles) return WebAssembly.compileStreaming(answer);
    return WebAssembly.compile(await answer.arrayBuffer());
  });
  // The skeleton is on the screen before the app takes the thread; in the background nothing is
  // drawn.
  const drawn = new Promise((done) => {
    if (document.hidden) done();
    document.addEventListener("visibilitychange", done, { once: true });
    const look = (seen) => seen.getEntriesByName("first-contentful-paint").forEach(done);
    new PerformanceObserver(look).observe({ type: "paint", buffered: true });
  });
  Promise.all([import(app.js), drawn])
    .then(([glue]) => glue.default({ module_or_path: wasm }))
    .catch((error) => {
      console.error(error);
      // A release since this page was opened takes the old files away: the new page names the new ones.
      const line = document.querySelector(".start");
      if (!line) return;
      line.replaceChildren("Riskdesk could not start. There may be a newer version. ", reloading());
    });

  // A finder, and what it says before the app listens.
  const finder = (read, ask, worker = thread()) => {
    ask?.then((ask) => worker.postMessage({ ask })).catch(() => {});
    const said = [];
    worker.onmessage = (event) => said.push(event);
    Promise.all([wasm, read])
      .then(([wasm, first]) => worker.postMessage({ wasm, first }))
      // The app is not there either, or says what is wrong.
      .catch(() => {});
    return { worker, said };
  };
  // A part of the app: the page's own need not wait until the app asks for it.
  const parts = {};
  const part = (file) => {
    const asked = parts[file] ?? fetch(folder + file);
    delete parts[file];
    return asked;
  };
  for (const { dataset } of document.querySelectorAll('meta[name="part"]')) {
    const { files, path } = dataset;
    if (!files || !path || !new RegExp(path).test(location.pathname.slice(folder.length))) continue;
    for (const file of files.split(" ")) {
      parts[file] = fetch(folder + file);
      // The app says so when it takes it.
      parts[file].catch(() => {});
    }
  }
  const early = { whoami, finder, part, root: folder };
  globalThis.riskdesk = early;
  // Reading everyone need not wait for the app, only for the account.
  if (started) {
    const another = () => (early.finder = finder);
    const account = whoami
      .then((answer) => answer.clone().json())
      .then(({ result }) => result.account_id);
    // The app asks the same and says what is wrong.
    account.catch(another);
    const summary = (id) => `/client/v4/accounts/${id}/zt_risk_scoring/summary`;
    // As the finder asks (src/finder/read.rs).
    const how = { headers, redirect: "manual", cache: "no-store" };
    const reading = finder(account, account.then((id) => [summary(id), how]), started);
    early.finder = () => {
      another();
      return reading;
    };
    // Should its file be missing, the app makes another and hears why.
    reading.worker.onerror = another;
  }
})();
