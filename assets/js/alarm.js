// The bar that calls people at the tip desk, on every page: asks what is new, rings until its person answers, and says
// loudly when it can't hear any more. Without this script the bar shows what called when the page was made.
"use strict";
(() => {
  const bar = document.querySelector("[data-alarm]");
  if (!bar) return;
  const part = bar.querySelector("[data-ringing]");
  const session = document.querySelector("dialog[data-session]");
  const SILENT_AFTER = 4000; // ms without an answer until the bar says so
  const TOO_SLOW = 5000; // ms that one question may take
  const WARN = 300; // seconds before the session ends
  const PRESENT_EVERY = 60000; // ms: somebody who uses the page says so this often at most
  const title = document.title;
  let word = bar.dataset.word;
  let heardAt = Date.now();
  let asking = false;
  let ticks = 0;
  let state = "on"; // on, off (not connected), out (signed out)
  let ringing = word !== "";
  let soon = false;
  let presentAt = Date.now();

  // Sound: two short tones, made here. A browser lets no page sound before somebody has touched it.
  const AudioContext = window.AudioContext;
  const audio = AudioContext ? new AudioContext() : null;
  const TONES = { alarm: [880, 660, 880], off: [220, 220], soon: [523] };
  let soundedAt = 0;

  function showSound() {
    bar.querySelector("[data-sound]").hidden = Boolean(audio) && audio.state === "running";
  }

  function wake() {
    if (audio && audio.state !== "running") audio.resume().then(showSound);
  }

  function sound(kind, every) {
    if (!audio || audio.state !== "running" || Date.now() - soundedAt < every) return;
    soundedAt = Date.now();
    TONES[kind].forEach((frequency, place) => {
      const start = audio.currentTime + place * 0.22;
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      tone.frequency.value = frequency;
      loudness.gain.setValueAtTime(0, start);
      loudness.gain.linearRampToValueAtTime(kind === "soon" ? 0.15 : 0.4, start + 0.02);
      loudness.gain.linearRampToValueAtTime(0, start + 0.2);
      tone.connect(loudness).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.21);
    });
  }

  function show() {
    bar.querySelector("[data-off]").hidden = state !== "off";
    bar.querySelector("[data-out]").hidden = state !== "out";
    bar.classList.toggle("alarm--rings", ringing && state === "on");
    bar.classList.toggle("alarm--off", state !== "on");
    const said = { on: ringing ? bar.dataset.title : "", off: bar.dataset.titleOff, out: bar.dataset.titleOut }[state];
    document.title = said ? `${said} ${title}` : title;
  }

  function ring() {
    if (state !== "on") sound("off", 10000);
    else if (ringing) sound("alarm", 2500);
    else if (soon) sound("soon", 60000);
  }

  async function fetched(address, options) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TOO_SLOW);
    try {
      return await fetch(address, { cache: "no-store", credentials: "same-origin", signal: abort.signal, ...options });
    } finally {
      clearTimeout(timer);
    }
  }

  async function draw() {
    const answer = await fetched(`${bar.dataset.part}?next=${encodeURIComponent(location.pathname + location.search)}`, { headers: { "X-Desk": "part" } });
    if (!answer.ok || answer.redirected) return;
    const hadFocus = part.contains(document.activeElement);
    part.innerHTML = await answer.text();
    if (hadFocus) (part.querySelector("button") || bar).focus();
  }

  function left(seconds) {
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  function hearSession(said) {
    soon = said.seconds <= WARN;
    const box = bar.querySelector("[data-soon]");
    box.hidden = !soon;
    if (!soon) return;
    box.querySelector("[data-idle]").hidden = !said.extends;
    box.querySelector("[data-last]").hidden = said.extends;
    box.querySelector("[data-here]").hidden = !said.extends;
    box.querySelector("[data-left]").textContent = left(said.seconds);
  }

  async function hear(said) {
    heardAt = Date.now();
    state = said.here ? "on" : "out";
    if (said.here) {
      hearSession(said);
      ringing = said.ringing > 0;
      if (said.alarms !== word) {
        await draw();
        word = said.alarms;
      }
      document.dispatchEvent(new CustomEvent("desk-pulse", { detail: said }));
    }
    show();
  }

  async function ask() {
    if (asking) return;
    asking = true;
    try {
      const tip = document.querySelector("[data-tip]");
      const answer = await fetched(bar.dataset.pulse + (tip ? `?tip=${tip.dataset.tip}` : ""), { headers: { Accept: "application/json" } });
      if (answer.ok && (answer.headers.get("Content-Type") || "").startsWith("application/json")) await hear(await answer.json());
    } catch {
      // no connection: tick() says so once it has lasted
    }
    asking = false;
  }

  function tick() {
    ticks += 1;
    if (state !== "out" && Date.now() - heardAt > SILENT_AFTER && state !== "off") {
      state = "off";
      bar.querySelector("[data-since]").textContent = new Date(heardAt).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      show();
    }
    ring();
    showSound();
    if (document.visibilityState === "visible" || ticks % 3 === 0) ask();
  }

  // Whoever uses the page is there, also without opening another one. Asking by itself never says so.
  async function present(force) {
    wake();
    if (!session || state !== "on" || (!force && Date.now() - presentAt < PRESENT_EVERY)) return;
    presentAt = Date.now();
    try {
      await fetched(bar.dataset.stay, { method: "POST", headers: { "X-CSRFToken": session.dataset.token } });
      ask();
    } catch {
      // the next question finds out whether the server is there
    }
  }

  for (const kind of ["pointerdown", "keydown", "wheel", "pointermove"]) {
    document.addEventListener(kind, () => present(false), { passive: true });
  }
  bar.querySelector("[data-here]").addEventListener("click", () => present(true));
  bar.querySelector("[data-sound-on]").addEventListener("click", () => {
    wake();
    soundedAt = 0;
  });

  // Answering leaves the page as it is: somebody may be writing on it.
  part.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetched(event.target.action, { method: "POST", body: new FormData(event.target), headers: { "X-Desk": "part" } });
      if (!answer.ok) throw new Error(answer.status);
      await draw();
      ask();
    } catch {
      event.target.submit();
    }
  });

  let worker = null;
  try {
    worker = new Worker(bar.dataset.ticker);
    worker.onmessage = tick;
    worker.onerror = () => setInterval(tick, 700);
  } catch {
    setInterval(tick, 700);
  }
  window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
  show();
  showSound();
  wake();
})();
