// The tip desk by keyboard and without reload. Everything here is also a link or a button, and works without it.
"use strict";
(() => {
  const KEYS_OFF = "desk-keys-off";
  const RENEW_EVERY = 30000; // ms: what is due moves along even where nothing new came
  let renewedAt = Date.now();
  let renewing = false;
  let chosen = "";

  // The queue draws itself anew when something changed.
  async function renew() {
    const queue = document.querySelector("[data-queue]");
    if (!queue || renewing) return;
    renewing = true;
    try {
      const answer = await fetch(queue.dataset.here, { headers: { "X-Desk": "queue" }, cache: "no-store", credentials: "same-origin" });
      if (answer.ok && !answer.redirected) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-queue]");
        if (fresh) {
          const focused = document.activeElement && queue.contains(document.activeElement) ? document.activeElement.id : "";
          queue.replaceWith(fresh);
          renewedAt = Date.now();
          if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
          mark(false);
          count();
        }
      }
    } catch {
      // no connection: the bar above says so
    }
    renewing = false;
  }

  document.addEventListener("desk-pulse", (event) => {
    const queue = document.querySelector("[data-queue]");
    if (queue && (queue.dataset.word !== event.detail.queue || (document.visibilityState === "visible" && Date.now() - renewedAt > RENEW_EVERY))) renew();
    const tip = document.querySelector("[data-tip]");
    if (tip && event.detail.tip && event.detail.tip !== tip.dataset.changed) tip.querySelector("[data-anew]").hidden = false;
  });

  // What is due counts on.
  function spoken(seconds) {
    if (seconds < 60) return `${seconds} s`;
    if (seconds < 600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} min`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
    if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
    return `${Math.floor(seconds / 86400)} d`;
  }

  function count() {
    const now = Math.floor(Date.now() / 1000);
    for (const each of document.querySelectorAll("[data-due]")) {
      const left = Number(each.dataset.due) - now;
      each.textContent = (left > 0 ? each.dataset.left : each.dataset.late).replace("#", spoken(Math.abs(left)));
      each.classList.toggle("due--late", left <= 0);
      each.classList.toggle("due--soon", left > 0 && left <= 300);
      each.classList.toggle("due--left", left > 300);
    }
  }
  setInterval(count, 1000);

  // Canned texts go into the box, after what stands there.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-canned]");
    const form = document.querySelector("[data-say]");
    if (!link || !form) return;
    event.preventDefault();
    const box = form.querySelector("textarea");
    box.value = box.value.trim() ? `${box.value.trim()}\n\n${link.dataset.text}` : link.dataset.text;
    form.querySelector("[name=canned]").value = link.dataset.canned;
    if (link.dataset.asks) form.querySelector("[name=asks]").checked = true;
    box.focus();
  });

  // Keys: one letter each, and off for whoever speaks to their computer (WCAG 2.1.4).
  const keysForm = document.querySelector("[data-keys-off]");
  if (keysForm) {
    const box = keysForm.querySelector("[data-keys]");
    keysForm.hidden = false;
    box.checked = localStorage.getItem(KEYS_OFF) === null;
    box.addEventListener("change", () => (box.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, "yes")));
  }

  function rows() {
    return [...document.querySelectorAll("[data-row]")];
  }

  function mark(move) {
    for (const row of rows()) row.classList.toggle("queue__row--chosen", row.querySelector(".queue__open").id === chosen);
    const row = document.querySelector(".queue__row--chosen");
    if (row && move) {
      row.scrollIntoView({ block: "nearest" });
      row.querySelector(".queue__open").focus({ preventScroll: true });
    }
  }

  function go(step) {
    const link = document.querySelector(step > 0 ? "[data-next]" : "[data-previous]");
    if (document.querySelector("[data-tip]")) return link && link.click();
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.querySelector(".queue__open").id === chosen);
    chosen = all[Math.min(all.length - 1, Math.max(0, now + step))].querySelector(".queue__open").id;
    mark(true);
  }

  function inRow(selector) {
    const row = document.querySelector(".queue__row--chosen");
    return (row || document.querySelector("[data-tip]") || document.createElement("p")).querySelector(selector);
  }

  function reach(selector) {
    const found = document.querySelector(selector);
    if (found) found.focus();
  }

  function press(element) {
    if (element) element.click();
  }

  const KEYS = {
    j: () => go(1),
    k: () => go(-1),
    o: () => press(inRow(".queue__open")),
    c: () => press(inRow("[data-claim]")),
    r: () => reach("[data-say] textarea"),
    n: () => reach("#note_text"),
    u: () => press(document.querySelector("[data-up]")),
    a: () => reach("[data-ringing] button"),
    "/": () => (document.querySelector("[data-find]") ? reach("[data-find]") : press(document.querySelector("[data-up]"))),
    "?": () => {
      const help = document.querySelector("#keys");
      if (!help) return;
      help.open = !help.open;
      if (help.open) help.querySelector("summary").focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(KEYS_OFF) !== null) return;
    const place = event.target;
    if (place.closest("textarea, select, input:not([type=checkbox]):not([type=radio])") || document.querySelector("dialog[open]")) {
      if (event.key === "Escape") place.blur();
      return;
    }
    const key = KEYS[event.key];
    if (!key) return;
    event.preventDefault();
    key();
  });
  count();
})();
