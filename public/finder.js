// A worker of the app's own code (src/finder, src/tab). A message names its files, and holds what the
// code is told first; one before it may say what to ask for while that is still on its way.
onmessage = ({ data: { ask, js, wasm, first } }) => {
  if (ask) {
    globalThis.asked = fetch(...ask);
    // Whoever takes it finds out.
    asked.catch(() => {});
    return;
  }
  const waiting = [];
  onmessage = (event) => waiting.push(event);
  import(js)
    .then((glue) => glue.default({ module_or_path: wasm }))
    .then(() => {
      if (first !== undefined) onmessage({ data: first });
      waiting.forEach((event) => onmessage(event));
    })
    .catch((error) => {
      const say = () => postMessage({ broken: String(error) });
      onmessage = say;
      say();
    });
};
