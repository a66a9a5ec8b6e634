// Lets a walk-through go on without a connection, if it was opened on this phone before. It keeps the pages of that
// walk and the files they need, nothing else; when the site asks to sign in again, it forgets the pages.
"use strict";

const CACHE = "walk-1";
const PAGE = /^\/assessments\/[0-9a-f-]{36}\/walk\/[a-z0-9-]+\/$/;
const FILES = ["style", "script", "font", "image"];
const PATIENCE = 4_000;

const isWalk = (url) => url.origin === self.location.origin && PAGE.test(url.pathname);

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldCaches().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  const { pages, files } = event.data || {};
  if (pages) event.waitUntil(keep(pages, files || []).then(() => event.source && event.source.postMessage("kept")));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && isWalk(new URL(request.url))) event.respondWith(page(request));
  else if (FILES.includes(request.destination) && !request.url.includes("/assessments/photographs/")) {
    event.respondWith(file(request));
  }
});

async function forgetOldCaches() {
  for (const name of await caches.keys()) if (name.startsWith("walk-") && name !== CACHE) await caches.delete(name);
}

/** All pages of a walk, so that the next one opens in the boiler room. */
async function keep(pages, files) {
  const cache = await caches.open(CACHE);
  for (const url of pages) {
    if (isWalk(new URL(url))) await fresh(cache, new Request(url, { credentials: "same-origin" })).catch(() => null);
  }
  await Promise.allSettled(files.map(async (url) => (await cache.match(url)) || cache.add(url)));
}

/** The page from the site; without a connection, or with one that says nothing, the one that was kept. */
async function page(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url, { ignoreVary: true });
  if (!kept) return fresh(cache, request);
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  return Promise.race([fresh(cache, request).catch(() => kept), late]);
}

async function fresh(cache, request) {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) await cache.put(request.url, answer.clone());
  else if (answer.redirected || answer.type === "opaqueredirect" || answer.status === 403) await forgetPages(cache);
  return answer;
}

async function forgetPages(cache) {
  for (const request of await cache.keys()) if (isWalk(new URL(request.url))) await cache.delete(request);
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}
