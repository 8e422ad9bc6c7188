// Keeps the page of one session's door, and what it is made of, so that it opens without a line.
// Only that page: everything else goes past this worker.
"use strict";

const KEPT = "door";
const DOOR = /^\/desk\/exchange\/[0-9a-f-]{36}\/door$/;
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The page says what it is made of: its own first load came past the worker.
self.addEventListener("message", (event) => {
  if (event.data && event.data.keep) event.waitUntil(keep(event.data.keep).then(() => event.ports[0]?.postMessage("kept")));
  if (event.data && event.data.forget) event.waitUntil(caches.delete(KEPT).then(() => event.ports[0]?.postMessage("gone")));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate" && DOOR.test(address.pathname)) event.respondWith(page(event.request, address.pathname));
  else if (address.pathname.startsWith("/static/")) event.respondWith(piece(event.request));
});

async function keep(addresses) {
  const cache = await caches.open(KEPT);
  await Promise.all(addresses.map(async (address) => {
    const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    if (answer && answer.ok && !answer.redirected) await cache.put(address, answer);
  }));
}

async function page(request, path) {
  const cache = await caches.open(KEPT);
  const asked = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected) await cache.put(path, answer.clone());
    return answer;
  });
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));
  try {
    return await Promise.race([asked, late]);
  } catch {
    return (await cache.match(path)) || asked;
  }
}

async function piece(request) {
  const cache = await caches.open(KEPT);
  return (await cache.match(request)) || fetch(request);
}
