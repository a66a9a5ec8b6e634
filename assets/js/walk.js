// A walk-through on a phone whose connection comes and goes. Without this script every page is a plain form.
//
// Each answer and each photograph is kept on the phone the moment it is given, under an id made here, and goes out when
// there is a connection: answers together, photographs one by one. What was sent twice the server keeps once, so after a
// cut everything is simply sent again, but for photographs that it has.
"use strict";
(() => {
  const DATABASE = "walk";
  const ANSWERS = "answers";
  const PHOTOGRAPHS = "photographs";
  const LATEST = "latest";
  const AGAIN_AFTER = 15_000;
  const AT_ONCE = 50;
  const LONGEST_SIDE = 1_600;
  const said = document.querySelector("[data-walk-said]");
  const form = document.querySelector("form[data-walk]");
  let sending = false;
  let again = false;
  let timer;
  let store;

  // ---- what the phone keeps

  function open() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(DATABASE, 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore(ANSWERS, { keyPath: "id" });
        asked.result.createObjectStore(PHOTOGRAPHS, { keyPath: "id" });
        asked.result.createObjectStore(LATEST, { keyPath: ["assessment", "question"] });
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  function within(names, mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = store.transaction(names, mode);
      let result;
      transaction.oncomplete = () => resolve(result && "result" in result ? result.result : undefined);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      result = work((name) => transaction.objectStore(name));
    });
  }

  const all = (name) => within([name], "readonly", (of) => of(name).getAll());
  const put = (name, record) => within([name], "readwrite", (of) => of(name).put(record));
  const drop = (name, id) => within([name], "readwrite", (of) => of(name).delete(id));

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

  function button(text, press) {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "usa-button usa-button--unstyled";
    one.textContent = text;
    one.addEventListener("click", press);
    return one;
  }

  async function sayAll(...more) {
    if (!said || !store) return;
    const words = said.dataset;
    const answers = await all(ANSWERS);
    const pictures = await all(PHOTOGRAPHS);
    const refused = [...answers, ...pictures].filter((one) => one.state === "refused");
    const waiting = [answers, pictures].map((some) => some.filter((one) => one.state !== "refused").length);
    const lines = [];
    if (waiting[0] + waiting[1]) {
      const listed = [[waiting[0], words.answers], [waiting[1], words.photographs]].filter(([many]) => many);
      const text = words.waiting + listed.map(([many, what]) => `${many} ${what}`).join(", ") + ".";
      const signIn = [...answers, ...pictures].find((one) => one.state === "sign-in");
      if (!navigator.onLine) lines.push(line(`${words.offline} ${text}`));
      else if (signIn) lines.push(line(`${text} ${words.signIn}`, link(words.signInVerb, signIn.at || "/")));
      else lines.push(line(text, button(words.again, sendAll)));
    } else if (!navigator.onLine && form) lines.push(line(words.offline));
    for (const why of new Set(refused.map((one) => one.why || ""))) {
      const these = refused.filter((one) => (one.why || "") === why);
      const forget = async () => {
        for (const one of these) await drop(one.blob ? PHOTOGRAPHS : ANSWERS, one.id);
        sayAll();
      };
      lines.push(line(`${words.refused} ${these.length}. ${why}`, button(words.drop, forget)));
    }
    said.replaceChildren(...lines, ...more);
    said.dataset.left = String(waiting[0] + waiting[1]);
  }

  function link(text, url) {
    const anchor = document.createElement("a");
    anchor.href = url;
    anchor.textContent = text;
    return anchor;
  }

  // ---- sending

  async function told(url) {
    const answer = await fetch(url, { cache: "no-store", credentials: "same-origin", headers: { Accept: "application/json" } });
    if (answer.status >= 500) throw new Error("later");
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    return { answer, said: isJson ? await answer.json() : null };
  }

  async function markAll(records, name, state, more) {
    for (const one of records) await put(name, { ...one, ...more, state });
  }

  async function sendAnswers(records, token) {
    for (let first = 0; first < records.length; first += AT_ONCE) {
      const some = records.slice(first, first + AT_ONCE);
      for (const one of some) await put(ANSWERS, { ...one, tried: true });
      const body = JSON.stringify({
        answers: some.map(({ id, question, level, is_answered, note, written_at }) => ({ id, question, level, is_answered, note, written_at })),
      });
      const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
      const answer = await fetch(some[0].to.answers, { method: "POST", body, headers, credentials: "same-origin" });
      if (!answer.ok) throw new Error("later");
      for (const one of (await answer.json()).told) {
        if (one.outcome === "refused") await put(ANSWERS, { ...some.find((each) => each.id === one.id), state: "refused", why: one.why });
        else await drop(ANSWERS, one.id);
      }
      await sayAll();
    }
  }

  async function sendPhotographs(records, token, there) {
    for (const one of records) {
      if (!there.has(one.id)) {
        const body = new FormData();
        body.set("id", one.id);
        body.set("question", one.question);
        body.set("photograph", one.blob, one.name);
        const headers = { Accept: "application/json", "X-CSRFToken": token };
        const answer = await fetch(one.to.photographs, { method: "POST", body, headers, credentials: "same-origin" });
        if (answer.status === 422) {
          await put(PHOTOGRAPHS, { ...one, state: "refused", why: (await answer.json()).error });
          continue;
        }
        if (!answer.ok) throw new Error("later");
      }
      await drop(PHOTOGRAPHS, one.id);
      await sayAll();
    }
  }

  async function sendOf(assessment, answers, pictures) {
    const { to, person } = [...answers, ...pictures][0];
    const { answer, said: state } = await told(to.sync);
    if (state && state.refusal) {
      await markAll(answers, ANSWERS, "refused", { why: state.refusal });
      await markAll(pictures, PHOTOGRAPHS, "refused", { why: state.refusal });
    } else if (!state || String(state.person) !== person) {
      const more = { at: answer.redirected ? answer.url : "/" };
      await markAll(answers, ANSWERS, "sign-in", more);
      await markAll(pictures, PHOTOGRAPHS, "sign-in", more);
    } else {
      await sendAnswers(answers.sort((one, other) => (one.written_at < other.written_at ? -1 : 1)), state.token);
      await sendPhotographs(pictures, state.token, new Set(state.photographs));
    }
  }

  async function sendAll() {
    clearTimeout(timer);
    if (!store) return;
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    const before = (await all(ANSWERS)).length + (await all(PHOTOGRAPHS)).length;
    let later = false;
    const ready = (one) => one.state !== "refused";
    const answers = (await all(ANSWERS)).filter(ready);
    const pictures = (await all(PHOTOGRAPHS)).filter(ready);
    for (const assessment of new Set([...answers, ...pictures].map((one) => one.assessment))) {
      const of = (some) => some.filter((one) => one.assessment === assessment);
      try {
        await sendOf(assessment, of(answers), of(pictures));
      } catch {
        later = true; // no connection, or a site that is busy: everything is still here
      }
    }
    sending = false;
    const left = [...(await all(ANSWERS)), ...(await all(PHOTOGRAPHS))];
    await sayAll(...(before && !left.length && said ? [line(said.dataset.sent)] : []));
    if (again) {
      again = false;
      sendAll();
    } else if (later) timer = setTimeout(sendAll, AGAIN_AFTER);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(sendAll, 600);
  }

  // ---- the form

  const sections = () => Array.from(form.querySelectorAll("[data-question]"));
  const to = () => ({ sync: form.dataset.sync, answers: form.dataset.answers, photographs: form.dataset.photographs });
  const whose = () => ({ assessment: form.dataset.assessment, person: form.dataset.person, to: to() });

  function stands(section) {
    const ticked = section.querySelector("input[type=radio]:checked");
    const note = section.querySelector("textarea").value.trim();
    const level = ticked && ticked.value !== "na" ? Number(ticked.value) : null;
    return { level, is_answered: Boolean(ticked), note };
  }

  const same = (one, other) => one.level === other.level && one.is_answered === other.is_answered && one.note === other.note;

  /** Keep what stands, if it is something new; an answer that was never tried to be sent gives way to the later one. */
  async function keep(section) {
    const now = stands(section);
    const { question } = section.dataset;
    if (section.kept && same(section.kept, now)) return;
    section.kept = now;
    const record = { id: newId(), ...whose(), question, ...now, written_at: new Date().toISOString() };
    const older = (await all(ANSWERS)).filter((one) => one.assessment === record.assessment && one.question === question && !one.tried);
    await within([ANSWERS, LATEST], "readwrite", (of) => {
      for (const one of older) of(ANSWERS).delete(one.id);
      of(ANSWERS).put(record);
      return of(LATEST).put({ assessment: record.assessment, person: record.person, question, ...now, written_at: record.written_at });
    });
    await sayAll();
    soon();
  }

  /** What was answered here after the page was kept stands in the page. */
  async function fill() {
    const latest = await all(LATEST);
    for (const section of sections()) {
      section.kept = stands(section);
      const mine = latest.find((one) => one.assessment === form.dataset.assessment && one.question === section.dataset.question);
      if (!mine || mine.person !== form.dataset.person) continue;
      if (section.dataset.written && Date.parse(section.dataset.written) >= Date.parse(mine.written_at)) continue;
      for (const radio of section.querySelectorAll("input[type=radio]")) {
        radio.checked = mine.is_answered && radio.value === (mine.level === null ? "na" : String(mine.level));
      }
      section.querySelector("textarea").value = mine.note;
      if (mine.note) section.querySelector("details").open = true;
      section.kept = stands(section);
    }
  }

  /** Smaller, as JPEG: a picture of 12 megapixels shows no more of a door, and takes ten times as long to send. */
  async function smaller(file) {
    try {
      const picture = await createImageBitmap(file);
      const share = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * share);
      canvas.height = Math.round(picture.height * share);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
      return blob || file;
    } catch {
      return file; // the server says what it is
    }
  }

  async function take(section, input) {
    for (const file of Array.from(input.files)) {
      const blob = await smaller(file);
      await put(PHOTOGRAPHS, { id: newId(), ...whose(), question: section.dataset.question, blob, name: file.name || "photograph.jpg" });
    }
    input.value = "";
    await showPictures();
    await sayAll();
    soon();
  }

  async function showPictures() {
    const waiting = await all(PHOTOGRAPHS);
    for (const section of sections()) {
      const list = section.querySelector("[data-pictures]");
      for (const old of list.querySelectorAll("[data-waits]")) old.remove();
      for (const one of waiting) {
        if (one.assessment !== form.dataset.assessment || one.question !== section.dataset.question) continue;
        const row = document.createElement("li");
        row.dataset.waits = "";
        row.textContent = one.name;
        list.append(row);
      }
    }
  }

  async function submitted(event) {
    if (event.submitter && event.submitter.form !== form) return;
    event.preventDefault();
    for (const section of sections()) await keep(section);
    location.assign(form.dataset.next);
  }

  function keepPagesForLater() {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.addEventListener("message", (event) => {
      if (event.data === "kept") form.dataset.offline = "ready";
    });
    navigator.serviceWorker.register(form.dataset.worker);
    if (document.readyState === "complete") keepPages();
    else window.addEventListener("load", keepPages);
  }

  async function keepPages() {
    if (!navigator.onLine) return;
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map((entry) => entry.name)
      .filter((url) => url.startsWith(location.origin) && /\.(css|js|woff2|svg|png)(\?|$)/.test(url) && !url.endsWith("-worker.js"));
    const pages = form.dataset.pages.trim().split(" ").map((path) => new URL(path, location.href).href);
    active.postMessage({ pages, files: [...files, ...form.dataset.files.split(" ")] });
  }

  async function prepareForm() {
    keepPagesForLater();
    await fill();
    for (const section of sections()) {
      const input = section.querySelector("input[type=file]");
      let pause;
      section.addEventListener("change", (event) => (event.target === input ? take(section, input) : keep(section)));
      section.querySelector("textarea").addEventListener("input", () => {
        clearTimeout(pause);
        pause = setTimeout(() => keep(section), 1_000);
      });
    }
    form.addEventListener("submit", submitted);
    window.addEventListener("pagehide", () => sections().forEach(keep));
    await showPictures();
    form.dataset.ready = "";
  }

  async function begin() {
    if (!said) return;
    try {
      store = await open();
    } catch {
      if (form) said.replaceChildren(line(said.dataset.full)); // a private window: the plain form still works
      return;
    }
    if (form) await prepareForm();
    await sayAll();
    sendAll();
    window.addEventListener("online", sendAll);
    window.addEventListener("offline", () => sayAll());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) sendAll();
    });
  }

  begin();
})();
