// The quick drill form on a phone whose connection comes and goes. Without this script the form is a plain form.
//
// What is typed stays on the phone until it has arrived. A form sent without a connection waits in a queue and goes out
// later; its id was made here, so the server keeps one drill however often it arrives.
"use strict";
(() => {
  const QUEUE = "drill-queue";
  const DRAFT = "drill-draft:";
  const DRAFT_DAYS = 14;
  const AGAIN_AFTER = 30_000;
  const said = document.querySelector("[data-said]");
  const form = document.querySelector("form[data-drill-form]");
  let sending = false;
  let timer;

  // ---- what the phone keeps

  function read(key, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  function write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false; // private window or a full phone: the form still works, it only can't wait
    }
  }

  const queue = () => read(QUEUE, []);

  function put(record) {
    return write(QUEUE, [...queue().filter((one) => one.id !== record.id), record]);
  }

  function drop(id) {
    write(QUEUE, queue().filter((one) => one.id !== id));
  }

  function newId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // ---- what the page says

  function line(text, ...actions) {
    const box = document.createElement("div");
    box.className = "usa-alert usa-alert--info usa-alert--slim";
    const body = document.createElement("div");
    body.className = "usa-alert__body";
    const words = document.createElement("p");
    words.className = "usa-alert__text";
    words.append(text, ...actions.flatMap((action) => [" ", action]));
    body.append(words);
    box.append(body);
    return box;
  }

  function link(text, url) {
    const anchor = document.createElement("a");
    anchor.href = url;
    anchor.textContent = text;
    return anchor;
  }

  function button(text, press) {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "usa-button usa-button--unstyled";
    one.textContent = text;
    one.addEventListener("click", press);
    return one;
  }

  function sayAll(...more) {
    if (!said) return;
    const waiting = queue().map((record) => {
      const actions = [];
      if (record.state === "sign-in" && record.at) actions.push(link(said.dataset.signInVerb, record.at));
      if (record.state === "older" && record.at) actions.push(link(said.dataset.open, record.at));
      if (record.state === "refused" && form) actions.push(button(said.dataset.again, () => reopen(record)));
      if (record.state === "older" || record.state === "refused") {
        actions.push(button(said.dataset.drop, () => { drop(record.id); sayAll(); }));
      }
      const words = { "sign-in": said.dataset.signIn, older: said.dataset.older, refused: said.dataset.refused };
      return line(`${record.label}: ${words[record.state] || said.dataset.kept}`, ...actions);
    });
    said.replaceChildren(...waiting, ...more);
  }

  function mark(record, state, at) {
    put({ ...record, state, at });
  }

  // ---- sending

  async function send(record) {
    const page = await fetch(record.url, { cache: "no-store", credentials: "same-origin" });
    if (page.status >= 500) return "waiting";
    if (page.status === 403 || page.status === 404) return mark(record, "refused"), "refused";
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("form[data-drill-form]");
    if (!fresh || fresh.dataset.person !== record.person) return mark(record, "sign-in", page.url), "sign-in";
    const body = new URLSearchParams(record.fields);
    body.set("csrfmiddlewaretoken", fresh.querySelector("[name=csrfmiddlewaretoken]").value);
    const headers = { Accept: "application/json" };
    const answer = await fetch(record.url, { method: "POST", body, headers, credentials: "same-origin" });
    if (!(answer.headers.get("Content-Type") || "").startsWith("application/json")) {
      return mark(record, answer.status < 500 ? "refused" : undefined), "waiting";
    }
    const told = await answer.json();
    if (told.outcome === "refused") return mark(record, "refused"), "refused";
    if (told.outcome === "older") return mark(record, "older", told.url), "older";
    drop(record.id);
    record.at = told.url;
    return "sent";
  }

  async function trySend(record) {
    try {
      return await send(record);
    } catch {
      return "waiting"; // no connection; the record is in the queue
    }
  }

  async function sendAll() {
    clearTimeout(timer);
    if (sending) return;
    sending = true;
    const sent = [];
    for (const record of queue()) {
      if (record.state === "older" || record.state === "refused") continue;
      if ((await trySend(record)) === "sent") sent.push(record);
    }
    sending = false;
    sayAll(...sent.map((record) => line(`${record.label}: ${said ? said.dataset.sent : ""}`, link(said ? said.dataset.open : "", record.at))));
    if (queue().some((record) => !record.state)) timer = setTimeout(sendAll, AGAIN_AFTER);
  }

  // ---- the form

  const field = (name) => form.elements.namedItem(name);
  const draftKey = () => DRAFT + form.dataset.person + ":" + location.pathname + location.search;

  function answers() {
    return [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  }

  function fill(fields) {
    for (const input of form.querySelectorAll("input, select, textarea")) {
      if (input.name === "csrfmiddlewaretoken") continue;
      const values = fields.filter(([name]) => name === input.name).map(([, value]) => value);
      if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
      else if (values.length) input.value = values[0];
    }
  }

  function label() {
    const kind = field("kind");
    return [kind.selectedOptions[0].textContent, field("held_on").value].join(", ");
  }

  function startAnew() {
    localStorage.removeItem(draftKey());
    form.reset();
    showOtherPart();
    field("drill_id").value = newId();
    delete form.dataset.sent;
  }

  function reopen(record) {
    drop(record.id);
    fill(record.fields);
    showOtherPart();
    sayAll();
    field("kind").focus();
  }

  async function submitted(event) {
    const record = {
      id: field("drill_id").value,
      person: form.dataset.person,
      url: form.getAttribute("action") || location.pathname + location.search,
      label: label(),
    };
    field("written_at").value = new Date().toISOString();
    record.fields = answers();
    if (!field("kind").value || !field("held_on").value) return; // the server says what is missing
    if (!put(record)) return; // it can't wait on this phone, so it goes as a plain form
    event.preventDefault();
    if (form.dataset.sent !== undefined) return;
    form.dataset.sent = "";
    const outcome = await trySend(record);
    if (outcome === "sent") {
      localStorage.removeItem(draftKey());
      location.assign(record.at);
    } else if (outcome === "refused") {
      drop(record.id);
      HTMLFormElement.prototype.submit.call(form); // the server's own page shows what is wrong, at each field
    } else {
      startAnew();
      sayAll();
      said.scrollIntoView({ block: "nearest" });
      timer = setTimeout(sendAll, AGAIN_AFTER);
    }
  }

  function restoreDraft() {
    const draft = read(draftKey(), null);
    if (!draft || Date.now() - draft.at > DRAFT_DAYS * 86_400_000) return false;
    if (queue().some((record) => record.id === draft.id)) return false;
    fill(draft.fields);
    return true;
  }

  function suggestPart() {
    const usual = new Map(
      Array.from(document.querySelectorAll("[data-usual-parts] [data-kind]"), (one) => [one.dataset.kind, one.dataset.part]),
    );
    let suggested = "";
    field("kind").addEventListener("change", () => {
      const part = field("plan_part");
      if (part.value && part.value !== suggested) return;
      suggested = usual.get(field("kind").value) || "";
      part.value = suggested;
      showOtherPart();
    });
  }

  // The question about another part is there when it is asked.
  function showOtherPart() {
    document.querySelector("[data-other-part]").hidden = field("plan_part").value !== "other";
  }

  function keepPageForLater() {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.register(form.dataset.worker);
    window.addEventListener("load", async () => {
      const { active } = await navigator.serviceWorker.ready;
      const files = performance.getEntriesByType("resource").map((entry) => entry.name)
        .filter((url) => url.startsWith(location.origin) && /\.(css|js|woff2|svg|png)(\?|$)/.test(url) && !url.endsWith("drill-worker.js"));
      active.postMessage({ page: location.href, files: [...files, ...form.dataset.files.split(" ")] });
    });
  }

  function prepareForm() {
    const restored = form.dataset.bound === undefined && restoreDraft();
    if (!restored && form.dataset.new !== undefined) field("drill_id").value = newId();
    form.addEventListener("input", () => {
      write(draftKey(), { at: Date.now(), id: field("drill_id").value, fields: answers() });
    });
    form.addEventListener("submit", submitted);
    field("plan_part").addEventListener("change", showOtherPart);
    showOtherPart();
    suggestPart();
    keepPageForLater();
    return restored;
  }

  const restored = form ? prepareForm() : false;
  sayAll(...(restored && said ? [line(said.dataset.draft)] : []));
  if (queue().length) sendAll();
  window.addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && queue().length) sendAll();
  });
})();
