// A worker of the app's own code (src/finder, src/tab). Messages name its file, may say what to ask for
// while that is still on its way, and bring its module, with what the code is told first.
let code;
onmessage = ({ data: { js, ask, wasm, first } }) => {
  if (js) {
    code = import(js);
    // Whoever needs it finds out.
    code.catch(() => {});
  }
  if (ask) {
    globalThis.asked = fetch(...ask);
    // So here.
    asked.catch(() => {});
  }
  if (!wasm) return;
  const waiting = [];
  onmessage = (event) => waiting.push(event);
  code
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
