// Lets the plan in force open on this phone without a connection, if somebody pressed "Keep on this phone" there.
//
// It keeps those pages, their drawings and the files they need, nothing else. Online the page always comes from the
// site, and what is kept is renewed. Once the site asks to sign in, or says that the page isn't theirs, it is removed.
"use strict";

const CACHE = "plan-offline-1";
const PAGE = /^\/plans\/offline\/\d+\/$/;
const SHOWN = ["style", "script", "font", "image"];
const ANY = { ignoreVary: true }; // answers vary by language and cookie, which the kept copy has settled
const LONGEST_WAIT = 8_000; // a phone with one bar: then the kept page is better than none

const isPage = (url) => url.origin === self.location.origin && PAGE.test(url.pathname);

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  const { keep: page, files, drop: gone, check } = event.data || {};
  const answer = (words) => event.ports[0] && event.ports[0].postMessage(words);
  if (page && isPage(new URL(page))) event.waitUntil(keep(page, files || []).then(() => answer("kept"), () => answer("failed")));
  if (gone && isPage(new URL(gone))) event.waitUntil(drop(gone).then(() => answer("dropped")));
  if (check) event.waitUntil(checkAll());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && isPage(new URL(request.url))) event.respondWith(page(request));
  else if (SHOWN.includes(request.destination)) event.respondWith(file(request));
});

async function forgetOlder() {
  for (const name of await caches.keys()) if (name.startsWith("plan-offline-") && name !== CACHE) await caches.delete(name);
}

const plain = (address) => new URL(address).origin + new URL(address).pathname;

/** The page and all of its files, or nothing: half a plan would look like a whole one. */
async function keep(address, files) {
  const fresh = await ask(plain(address));
  if (!fresh.ok || fresh.redirected) throw new Error("the site gave no such page");
  const cache = await caches.open(CACHE);
  await Promise.all(files.map((url) => add(cache, url)));
  await cache.put(plain(address), fresh);
}

/** A file that isn't kept yet. One that the site lacks is no reason to keep nothing; a connection that breaks is. */
async function add(cache, url) {
  if (await cache.match(url, ANY)) return;
  const answer = await fetch(url, { credentials: "same-origin" });
  if (answer.ok) await cache.put(url, answer);
}

const ask = (address) => fetch(address, { credentials: "same-origin", cache: "no-store" });

async function drop(address) {
  const cache = await caches.open(CACHE);
  await cache.delete(plain(address));
  const pages = (await cache.keys()).filter((request) => isPage(new URL(request.url)));
  if (!pages.length) await caches.delete(CACHE);
}

/** At a contact with the site: is each kept page still theirs, and is there a newer one? */
async function checkAll() {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) {
    if (!isPage(new URL(request.url))) continue;
    try {
      await settle(request.url, await ask(request.url));
    } catch {
      return; // no connection: what is kept stays
    }
  }
}

/** Renew what is kept, or remove it where the site no longer gives it. */
async function settle(address, answer) {
  const cache = await caches.open(CACHE);
  if (!(await cache.match(plain(address), ANY))) return;
  if (answer.ok && !answer.redirected) {
    await addNew(cache, await answer.clone().text());
    await cache.put(plain(address), answer.clone());
  } else if (answer.redirected || answer.type === "opaqueredirect" || [401, 403, 404, 410].includes(answer.status)) {
    await drop(address);
  }
}

/** Drawings that a newer version shows. */
async function addNew(cache, text) {
  for (const [, path] of text.matchAll(/(?:href|src)="(\/plans\/versions\/\d+\/drawings\/[0-9a-f]{64}\.png)"/g)) {
    await add(cache, path);
  }
}

async function page(request) {
  const kept = await (await caches.open(CACHE)).match(plain(request.url), ANY);
  const fresh = fetch(request).then(async (answer) => { await settle(request.url, answer); return answer; });
  if (!kept) return fresh;
  const late = new Promise((done) => { setTimeout(() => done(kept), LONGEST_WAIT); });
  return Promise.race([fresh.catch(() => kept), late]);
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}
