// Starts the finder (src/finder) in its worker. The first message names its files, every later one
// is for the finder and waits until it is there.
const waiting = [];
const fail = (error) => {
  const say = () => postMessage({ broken: String(error) });
  // The app may not have been there to hear it.
  onmessage = say;
  say();
};
onmessage = ({ data: { js, wasm } }) => {
  onmessage = (event) => waiting.push(event);
  const fetched = fetch(wasm);
  try {
    importScripts(js);
  } catch (error) {
    fail(error);
    return;
  }
  wasm_bindgen({ module_or_path: fetched }).then(
    () => waiting.forEach((event) => onmessage(event)),
    fail,
  );
};
