// Lets the quick drill form open without a connection, if it was opened on this phone before. It keeps that one page
// and the files it needs, nothing else; when the site asks to sign in again, it forgets the page.
"use strict";

const CACHE = "drill-form-1";
const PAGE = /^\/schools\/\d+\/drills\/record\/$/;
const FILES = ["style", "script", "font", "image"];

const isForm = (url) => url.origin === self.location.origin && PAGE.test(url.pathname);

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldCaches().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  const { page, files } = event.data || {};
  if (page && isForm(new URL(page))) event.waitUntil(keep(page, files || []));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && isForm(new URL(request.url))) event.respondWith(form(request));
  else if (FILES.includes(request.destination)) event.respondWith(file(request));
});

async function forgetOldCaches() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
}

async function keep(page, files) {
  const cache = await caches.open(CACHE);
  await form(new Request(page, { credentials: "same-origin" }));
  await Promise.allSettled(files.map(async (url) => (await cache.match(url)) || cache.add(url)));
}

/** The page from the site; without a connection the one that was kept, whatever drill its address names. */
async function form(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request.url, answer.clone());
    else if (answer.redirected || answer.type === "opaqueredirect" || answer.status === 403) await forgetForms(cache);
    return answer;
  } catch (error) {
    const kept = (await cache.match(request.url)) || (await cache.match(request.url, { ignoreSearch: true }));
    if (kept) return kept;
    throw error;
  }
}

async function forgetForms(cache) {
  for (const request of await cache.keys()) if (isForm(new URL(request.url))) await cache.delete(request);
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
