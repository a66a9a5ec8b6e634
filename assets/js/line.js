// Comforts of the tip line; every page works without them. Pages are sent for and shown in place, so that a visit is
// one step of the browser's history, and the way out replaces that step.
"use strict";
(() => {
  const DRAFT = "tip-draft";
  const ESCAPES = 3;
  const ESCAPE_WITHIN = 5_000;
  const PROOF_WITHIN = 15_000;
  const PAUSE = 250;
  const all = (what, root = document) => Array.from(root.querySelectorAll(what));
  const one = (what, root = document) => root.querySelector(what);
  let escapes = [];

  // ---- the way out

  function leave() {
    forget();
    document.title = "";
    document.body.hidden = true;
    location.replace(document.body.dataset.exitTo);
  }

  function say(text) {
    one("[data-say]").textContent = text;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      escapes = [];
      return;
    }
    const now = Date.now();
    escapes = [...escapes.filter((at) => now - at < ESCAPE_WITHIN), now];
    if (escapes.length >= ESCAPES) leave();
    else if (escapes.length === 1) say(document.body.dataset.escape);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    if (link.dataset.exit !== undefined) {
      event.preventDefault();
      leave();
    } else if (link.dataset.inside !== undefined && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      location.replace(link.href);
    }
  });

  // ---- the draft, in this tab alone

  function forget() {
    try {
      sessionStorage.removeItem(DRAFT);
    } catch {
      // nothing can be kept, so nothing was
    }
  }

  function keep(form) {
    const fields = Array.from(new FormData(form)).filter(([, value]) => typeof value === "string");
    try {
      sessionStorage.setItem(DRAFT, JSON.stringify(fields));
    } catch {
      // a private window or a full phone: the form still works
    }
  }

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(DRAFT)) || [];
    } catch {
      return [];
    }
  }

  const WRITTEN = "textarea, input:not([type]), input[type=text]";

  function restore(form) {
    const fields = kept();
    const said = fields.filter(([name, value]) => value && !["token", "proof", "website"].includes(name));
    if (!said.length) return;
    for (const [name, value] of fields) {
      for (const field of all(`[name="${CSS.escape(name)}"]`, form)) {
        if (field.type === "checkbox" || field.type === "radio") field.checked = field.checked || field.value === value;
        else if (field.matches(WRITTEN) || name === "token" || name === "proof") field.value = value;
      }
    }
    for (const box of all("details", form)) {
      box.open = all("input:checked", box).length > 0 || all(WRITTEN, box).some((field) => field.value);
    }
    one("[data-restored]", form).hidden = false;
    one("[data-clear]", form).addEventListener("click", () => {
      forget();
      location.replace(location.href);
    });
  }

  // ---- the proof of work, begun when somebody begins to write

  let proof = null;

  function prove(form) {
    const field = one("[name=proof]", form);
    if (proof || !field || field.value || !window.Worker) return;
    proof = new Promise((done) => {
      const worker = new Worker(form.dataset.worker);
      worker.addEventListener("message", ({ data }) => {
        field.value = data;
        worker.terminate();
        done();
      });
      worker.addEventListener("error", () => done());
      worker.postMessage({
        challenge: challengeOf(one("[name=token]", form).value),
        puzzles: Number(form.dataset.puzzles),
        bits: Number(form.dataset.bits),
      });
    });
  }

  /** The signature at the end of a token: its last 16 bytes, as the server writes them. */
  function challengeOf(token) {
    const raw = atob(token.replaceAll("-", "+").replaceAll("_", "/"));
    return btoa(raw.slice(36)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  }

  // ---- sending, and showing what comes back in the same place

  async function send(form, button) {
    if (form.dataset.sending !== undefined) return;
    form.dataset.sending = "";
    const failed = one("[data-failed]", form);
    failed.replaceChildren();
    say(document.body.dataset.sending);
    const files = all("input[type=file]", form);
    try {
      if (one("[name=proof]", form) && !button?.name) {
        prove(form);
        await Promise.race([proof, new Promise((late) => setTimeout(late, PROOF_WITHIN))]);
      }
      const answer = await fetch(form.action, { method: "POST", body: body(form, button), redirect: "error" });
      show(new DOMParser().parseFromString(await answer.text(), "text/html"), files, button);
    } catch {
      say("");
      failed.replaceChildren(alertOf(document.body.dataset.offline));
    } finally {
      delete form.dataset.sending;
    }
  }

  function body(form, button) {
    const fields = new FormData(form);
    if (button?.name) fields.append(button.name, button.value);
    return form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
  }

  function show(page, files, button) {
    if (!page.body || page.body.dataset.line === undefined) throw new Error("not the line's own page");
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.body.replaceWith(document.adoptNode(page.body));
    for (const before of files) {
      const now = one(`input[type=file][name="${CSS.escape(before.name)}"]`);
      if (!now || !before.files.length) continue;
      now.files = before.files;
      one("[data-lost]")?.remove();
    }
    proof = null;
    setUp();
    const errors = one("[data-errors]");
    const start = errors || (button?.name && one("#school")) || one("main");
    start.focus();
    if (!errors && !button?.name) window.scrollTo(0, 0);
    else start.scrollIntoView();
  }

  function alertOf(text) {
    const box = document.createElement("div");
    box.className = "usa-alert usa-alert--error usa-alert--slim";
    const inside = document.createElement("div");
    inside.className = "usa-alert__body";
    const line = document.createElement("p");
    line.className = "usa-alert__text";
    line.textContent = text;
    inside.append(line);
    box.append(inside);
    return box;
  }

  // ---- schools, as one types

  function findSchools(form) {
    const field = one("[name=school_text]", form);
    const place = one("[data-found]", form);
    const button = one("[data-find]", form);
    let timer;
    let asked = 0;
    async function find() {
      const number = (asked += 1);
      const chosen = one("input[name=school]:checked", place)?.value;
      try {
        const answer = await fetch(`${button.dataset.find}?q=${encodeURIComponent(field.value)}`);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (number !== asked || !answer.ok) return;
        place.replaceChildren(...Array.from(page.body.children, (each) => document.adoptNode(each)));
        for (const radio of all("input[name=school]", place)) radio.checked = radio.value === chosen;
      } catch {
        // without a connection the button still asks, and says so
      }
    }
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(find, PAUSE);
    });
  }

  // ---- the code

  const plain = (text) =>
    text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").split(/[^a-z]+/).filter(Boolean).map((word) => word.slice(0, 4)).join(" ");

  function setUpCode() {
    const words = one("[data-code]");
    if (!words) return;
    const { code } = words.dataset;
    one("[data-print]").addEventListener("click", () => window.print());
    one("[data-copy]").addEventListener("click", async (event) => {
      const { copied } = event.currentTarget.dataset;
      await navigator.clipboard.writeText(code);
      one("[data-typed-said]").textContent = copied;
    });
    const typed = one("[data-typed]");
    typed.addEventListener("change", () => {
      if (!typed.value.trim()) return;
      one("[data-typed-said]").textContent = plain(typed.value) === plain(code) ? typed.dataset.right : typed.dataset.wrong;
    });
  }

  // ---- a page

  function setUp() {
    for (const each of all("[data-with-script]")) each.hidden = false;
    if (one("[data-sent]")) forget();
    for (const form of all("form[data-send]")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        send(form, event.submitter);
      });
    }
    setUpCode();
    const form = one("form[data-draft]");
    if (!form) return;
    if (form.dataset.bound === undefined) restore(form);
    else keep(form);
    form.addEventListener("input", () => {
      keep(form);
      prove(form);
    });
    findSchools(form);
  }

  setUp();
  one("[data-errors]")?.focus();
})();
