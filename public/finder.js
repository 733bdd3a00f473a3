// A worker of the app's own code (src/finder, src/tab). The only message that it gets from here names
// the files, and holds what the code is told first.
onmessage = ({ data: { js, wasm, first } }) => {
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
