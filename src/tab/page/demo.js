// The demo without a server: starts the desk, before anything asks it. `ask.js` stands before this.
(() => {
  const folder = new URL(".", document.currentScript.src);
  // The page's names are relative to its folder: its address moves on to others.
  for (const { dataset } of document.querySelectorAll("meta")) {
    for (const key of ["worker", "js", "wasm"]) {
      if (dataset[key]) dataset[key] = new URL(dataset[key], folder).pathname;
    }
  }
  const icon = document.querySelector("link[rel=icon]");
  icon.href = icon.href;
  const { worker, js, wasm } = document.querySelector('meta[name="desk"]').dataset;
  // Changes last as long as the tab.
  const key = "riskdesk.demo";
  let kept = { since: Date.now(), journal: [] };
  const keep = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify(kept));
    } catch {
      // Storage can be forbidden or full; a page that is loaded again then finds a new demo.
    }
  };
  try {
    kept = JSON.parse(sessionStorage.getItem(key)) ?? kept;
  } catch {
    // The same.
  }
  keep();

  const desk = new Worker(worker, { name: "desk", type: "module" });
  desk.postMessage({ js, wasm });
  desk.postMessage({ since: kept.since, journal: `[${kept.journal}]` });
  desk.addEventListener("message", ({ data }) => {
    if (data.broken) console.error(data.broken);
    if (!data.entry) return;
    kept.journal.push(data.entry);
    keep();
  });
  askDesk(desk);

  // The finder asks for itself, in its own worker.
  const Plain = Worker;
  globalThis.Worker = class extends Plain {
    constructor(...rest) {
      super(...rest);
      const { port1, port2 } = new MessageChannel();
      desk.postMessage({ port: port1 }, [port1]);
      super.postMessage({ desk: port2 }, [port2]);
    }
  };

  // What was loaded once is there without a network.
  navigator.serviceWorker?.register(new URL("sw.js", folder)).catch(() => {});
})();
