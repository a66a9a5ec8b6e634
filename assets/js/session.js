// An open page asks once a minute whether it may still stand there. It covers itself when its reader is signed out or
// has other offices now, and says in time that a session is about to end. Without this script the next click says it.
"use strict";
(() => {
  const box = document.querySelector("dialog[data-session]");
  if (!box || !box.showModal) return;
  const EVERY = 60; // seconds
  const WARN = 120; // seconds before the end: time enough to read it and press a button (WCAG 2.2.1)
  const covers = new Set(["out", "changed"]);
  let shown = "";
  let timer;
  let ticking;
  let told = false;

  function show(which) {
    if (shown === which) return;
    for (const part of box.querySelectorAll("[data-case]")) {
      part.hidden = part.dataset.case !== which;
      const heading = part.querySelector("h2");
      if (part.hidden) heading.removeAttribute("id");
      else heading.id = "session-heading";
    }
    box.classList.toggle("session--covers", covers.has(which));
    shown = which;
    if (!which) box.close();
    else if (!box.open) box.showModal();
  }

  function count(until) {
    clearInterval(ticking);
    const say = () => {
      const left = Math.max(0, Math.round((until - Date.now()) / 1000));
      const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      for (const place of box.querySelectorAll("[data-left]")) place.textContent = text;
      if (!left) {
        clearInterval(ticking);
        ask();
      }
    };
    ticking = setInterval(say, 1000);
    say();
  }

  function hear(state) {
    let next = EVERY;
    if (!state.access) show("out");
    else if (state.access !== box.dataset.access) show("changed");
    else if (state.seconds <= WARN) {
      count(Date.now() + state.seconds * 1000);
      if (state.extends) show("soon");
      else if (!told) {
        told = true;
        show("last");
      }
    } else {
      clearInterval(ticking);
      told = false;
      show("");
      next = Math.min(EVERY, state.seconds - WARN);
    }
    later(next);
  }

  function later(seconds) {
    clearTimeout(timer);
    timer = setTimeout(ask, Math.max(1, seconds) * 1000);
  }

  async function ask(method = "GET", address = box.dataset.state) {
    if (document.visibilityState !== "visible") return;
    clearTimeout(timer);
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": box.dataset.token };
      const answer = await fetch(address, { method, headers, cache: "no-store", credentials: "same-origin" });
      const type = answer.headers.get("Content-Type") || "";
      if (answer.ok && type.startsWith("application/json")) return hear(await answer.json());
    } catch {
      // no connection: what stands here can't have come from now, and is looked at again in a minute
    }
    later(EVERY);
  }

  box.addEventListener("cancel", (event) => {
    if (covers.has(shown)) event.preventDefault();
    else stayOrClose();
  });

  function stayOrClose() {
    if (shown === "soon") ask("POST", box.dataset.stay);
    else show("");
  }

  for (const button of box.querySelectorAll("[data-stay-button], [data-close]")) button.addEventListener("click", stayOrClose);
  document.addEventListener("visibilitychange", () => ask());
  window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
  later(EVERY);
})();
