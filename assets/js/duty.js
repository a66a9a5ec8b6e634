// The page about one's duty: asks the browser to notify, and lets a trial sound at once.
"use strict";
(() => {
  const form = document.querySelector("[data-subscribe]");
  const trial = document.querySelector("[data-trial] form");

  /** Our public key as the browser wants it. */
  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  }

  async function subscribe() {
    if ((await Notification.requestPermission()) !== "granted") throw new DOMException("denied", "NotAllowedError");
    const worker = await navigator.serviceWorker.register(form.dataset.worker);
    await navigator.serviceWorker.ready;
    const old = await worker.pushManager.getSubscription();
    if (old) await old.unsubscribe();
    return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(form.dataset.key) });
  }

  async function add(event) {
    event.preventDefault();
    const said = form.querySelector("[data-said]");
    said.textContent = "";
    try {
      form.elements.subscription.value = JSON.stringify(await subscribe());
      form.submit();
    } catch (error) {
      said.textContent = error.name === "NotAllowedError" ? said.dataset.denied : said.dataset.failed;
    }
  }

  /** Two tones, as an alarm's. */
  function sound() {
    const Context = window.AudioContext;
    if (!Context) return;
    const audio = new Context();
    [880, 660, 880].forEach((frequency, place) => {
      const start = audio.currentTime + place * 0.22;
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      tone.frequency.value = frequency;
      loudness.gain.setValueAtTime(0.4, start);
      loudness.gain.linearRampToValueAtTime(0, start + 0.2);
      tone.connect(loudness).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.21);
    });
  }

  if (form && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
    form.hidden = false;
    document.querySelector("[data-cannot]").hidden = true;
    form.addEventListener("submit", add);
  }
  if (trial) {
    trial.addEventListener("submit", (event) => {
      event.preventDefault();
      sound();
      setTimeout(() => trial.submit(), 800);
    });
  }
})();
