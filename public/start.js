// Runs before the first paint: sets the theme the person chose, then loads the app.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("riskdesk.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage can be forbidden; the system's theme is used then.
  }
  const { js, wasm } = document.querySelector('meta[name="app"]').dataset;
  // Both at once: the glue code would ask for the wasm only after it has come itself.
  const fetched = fetch(wasm);
  import(js)
    .then((app) => app.default({ module_or_path: fetched }))
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
})();
