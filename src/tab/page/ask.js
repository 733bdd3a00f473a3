// Has `fetch` ask the desk (src/tab) for what a server would answer; all else goes to the network
// as ever. For the page and for the finder's worker alike.
const askDesk = (port) => {
  const network = globalThis.fetch.bind(globalThis);
  const waiting = new Map();
  let last = 0;
  port.addEventListener("message", ({ data }) => {
    const resolve = waiting.get(data.number);
    if (!resolve) return;
    waiting.delete(data.number);
    const bodiless = [204, 304].includes(data.status);
    const { status, headers } = data;
    resolve(new Response(bodiless ? null : data.body, { status, headers }));
  });
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.origin !== location.origin || !/^\/(client\/v4|api\/v1)\//.test(url.pathname)) {
      return network(request);
    }
    const { method, headers, signal } = request;
    const body = await request.text();
    const number = ++last;
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.delete(number);
        reject(signal.reason);
      };
      if (signal.aborted) return leave();
      signal.addEventListener("abort", leave, { once: true });
      waiting.set(number, resolve);
      const path = url.pathname + url.search;
      port.postMessage({ number, method, path, headers: [...headers], body });
    });
  };
};
