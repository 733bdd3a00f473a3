// Keeps the demo's files, so that it works without a network, and gives its page for every address
// below its folder, which a plain static host doesn't.
const { name, files } = __FILES__;
const folder = new URL(self.registration.scope).pathname;

self.addEventListener("install", (event) => {
  const load = async () => {
    const cache = await caches.open(name);
    await cache.addAll(files.map((file) => new Request(folder + file, { cache: "reload" })));
    await self.skipWaiting();
  };
  event.waitUntil(load());
});

self.addEventListener("activate", (event) => {
  const clean = async () => {
    const old = (await caches.keys()).filter((one) => one.startsWith("riskdesk-demo-") && one !== name);
    await Promise.all(old.map((one) => caches.delete(one)));
    await clients.claim();
  };
  event.waitUntil(clean());
});

// The page names its files relative to its folder; further down they are elsewhere.
const page = async (cache) => {
  const index = await (await cache.match(folder)).text();
  const headers = { "content-type": "text/html; charset=utf-8" };
  return new Response(index.replaceAll('="./', `="${folder}`), { headers });
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const answer = async () => {
    const cache = await caches.open(name);
    if (request.mode === "navigate") return page(cache);
    return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
  };
  event.respondWith(answer());
});
