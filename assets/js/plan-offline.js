// The button that keeps this plan on the phone, and the age of what is read. Without it the page is read online.
"use strict";
(() => {
  const place = document.querySelector("[data-keep]");
  const age = document.querySelector("[data-age]");
  const DAY = 86_400_000;

  function sayAge() {
    const days = Math.floor((Date.now() - Date.parse(age.dateTime)) / DAY);
    const hours = Math.floor((Date.now() - Date.parse(age.dateTime)) / 3_600_000);
    const words = age.dataset;
    const told = hours < 1 ? words.now : days < 1 ? words.hours.replace("{n}", hours) : words.days.replace("{n}", days);
    age.textContent = `${told}${days >= 7 ? ` ${words.old}` : ""}`;
    document.querySelector("[data-without]").hidden = navigator.onLine;
  }
  if (age) {
    sayAge();
    setInterval(sayAge, 60_000);
    for (const event of ["online", "offline"]) window.addEventListener(event, sayAge);
  }

  if (!place || !("serviceWorker" in navigator) || !window.caches) return;
  const said = place.querySelector("[data-said]");
  const [keepIt, dropIt] = ["keep", "drop"].map((name) => place.querySelector(`button[value=${name}]`));
  const address = location.origin + location.pathname;

  async function show() {
    const kept = (await caches.has("plan-offline-1")) && (await (await caches.open("plan-offline-1")).match(address));
    keepIt.hidden = Boolean(kept);
    dropIt.hidden = !kept;
    if (kept) said.textContent = place.dataset.kept;
    place.hidden = false;
  }

  function tell(worker, message) {
    return new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => done(event.data);
      worker.postMessage(message, [port2]);
    });
  }

  function files() {
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    const drawn = Array.from(document.querySelectorAll("svg image, main img"), (one) => one.href?.baseVal || one.src);
    return [...new Set([...loaded, ...drawn, ...place.dataset.files.split(" ")].map((one) => new URL(one, location.href).href))]
      .filter((url) => url.startsWith(location.origin) && /\.(css|js|woff2|svg|png)$|\/documents\//.test(url.split("?")[0]) && !url.endsWith("worker.js"));
  }

  async function active() {
    const kept = await navigator.serviceWorker.register(place.dataset.worker, { scope: place.dataset.scope });
    while (!kept.active) await new Promise((done) => { setTimeout(done, 50); });
    return kept.active;
  }

  async function keep() {
    const form = new FormData(place);
    const answer = await fetch(place.action, { method: "POST", body: form, credentials: "same-origin" });
    if (answer.status !== 204) throw new Error("not allowed");
    if ((await tell(await active(), { keep: address, files: files() })) !== "kept") throw new Error("not kept");
  }

  place.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wanted = event.submitter.value;
    said.textContent = place.dataset.working;
    try {
      if (wanted === "keep") await keep();
      else await tell(await active(), { drop: address });
      said.textContent = wanted === "keep" ? place.dataset.kept : place.dataset.dropped;
    } catch {
      said.textContent = place.dataset.failed;
    }
    await show();
  });
  show();
})();
