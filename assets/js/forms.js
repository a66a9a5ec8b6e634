// Comforts for forms; every form works without them.
"use strict";

// A form is sent once: a second click while the answer is under way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.dataset.twice !== undefined) return;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  const button = event.submitter;
  if (button) button.setAttribute("aria-disabled", "true");
});

// Signing out forgets the drill form that this browser kept for use without a connection (drill-worker.js).
document.addEventListener("submit", (event) => {
  if (event.target.dataset.signOut === undefined) return;
  if (window.caches) window.caches.delete("drill-form-1");
  // And texts that weren't saved yet (editor/saving.js).
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft:")) sessionStorage.removeItem(key);
});

// A plan kept on this phone (plan-worker.js) leaves it with whoever signs out, and where nobody is signed in. Else it is
// looked at again at a contact, every ten minutes at most: it is renewed, or removed if they may no longer read it.
const PLANS = "plan-offline-1";
const AGAIN = 600_000;
document.addEventListener("submit", (event) => {
  if (event.target.dataset.signOut !== undefined && window.caches) window.caches.delete(PLANS);
});
(async () => {
  if (!window.caches || !navigator.onLine || !(await window.caches.has(PLANS))) return;
  if (document.querySelector("[data-nobody]")) {
    await window.caches.delete(PLANS);
    return;
  }
  if (Date.now() - Number(sessionStorage.getItem(PLANS) || 0) < AGAIN) return;
  sessionStorage.setItem(PLANS, String(Date.now()));
  const kept = await navigator.serviceWorker?.getRegistration("/plans/offline/");
  kept?.active?.postMessage({ check: true });
})();

// Coming back with the browser's own button: forms may be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-disabled]:not([data-refused])")) button.removeAttribute("aria-disabled");
});

// A page that comes back with errors starts at their summary, after a swap as after a load.
function readErrors(root) {
  const summary = root.querySelector("[data-errors]");
  if (summary) summary.focus();
}
document.addEventListener("htmx:after:swap", () => readErrors(document));
readErrors(document);
