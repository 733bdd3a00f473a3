// Runs before the first paint: sets the theme the person chose, loads the app, and asks for what
// the first page needs while that loads.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("riskdesk.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage can be forbidden; the system's theme is used then.
  }
  const names = (meta) => document.querySelector(`meta[name="${meta}"]`).dataset;
  const app = names("app");
  // Both at once: the glue code would ask for the wasm only after it has come itself.
  const fetched = fetch(app.wasm);
  // The skeleton is on the screen before the app takes the thread; in the background nothing is
  // drawn.
  const drawn = new Promise((done) => {
    if (document.hidden) done();
    document.addEventListener("visibilitychange", done, { once: true });
    const look = (seen) => seen.getEntriesByName("first-contentful-paint").forEach(done);
    new PerformanceObserver(look).observe({ type: "paint", buffered: true });
  });
  Promise.all([import(app.js), drawn])
    .then(([glue]) => glue.default({ module_or_path: fetched }))
    .catch((error) => {
      console.error(error);
      // A release since this page was opened takes the old files away: the new page names the new ones.
      const line = document.querySelector(".start");
      if (!line) return;
      const reload = document.createElement("button");
      reload.className = "button";
      reload.textContent = "Reload";
      reload.addEventListener("click", () => location.reload());
      line.replaceChildren("Riskdesk could not start. There may be a newer version. ", reload);
    });

  // A new finder (public/finder.js). What is told it before it is there waits for it.
  const finder = () => {
    const { worker, js, wasm } = names("finder");
    const started = new Worker(worker, { name: "finder" });
    started.postMessage({ js, wasm });
    return started;
  };
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  const whoami = fetch("/api/v1/whoami", { headers, redirect: "manual" });
  // The folder that the app is in, which this file is in as well.
  const folder = new URL(".", document.currentScript.src).pathname;
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
  // The pages that show everyone: reading them need not wait for the app, only for the account.
  if ([folder, folder + "users"].includes(location.pathname)) {
    const reading = finder();
    early.finder = () => {
      early.finder = finder;
      return reading;
    };
    // Should its file be missing, the app makes another and hears why.
    reading.onerror = () => (early.finder = finder);
    whoami
      .then((answer) => answer.clone().json())
      .then(({ result }) => {
        reading.postMessage(`read\n1\n${result.account_id}`);
      })
      // The app asks the same and says what is wrong.
      .catch(() => {});
  }
})();
