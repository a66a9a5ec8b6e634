// Saves while somebody writes. The contract with the server is told in docs/reference/components.md.
//
// What isn't saved yet lies in this tab's own store, so that neither a lost connection nor a reload loses a word; it
// goes with the tab, and when somebody signs out (forms.js).
const PAUSE = 1500; // ms without a letter
const AGAIN = 15000; // ms until the next try
const ADDRESS = /^\/[^/]/;

export function keep(field, editor, say) {
  const form = field.closest("form");
  const key = `draft:${field.dataset.saveTo}`;
  const link = field.querySelector("[data-merge]");
  let revision = field.dataset.revision;
  let timer = 0;
  let number = 0; // of the last change
  let underWay = null;
  let stopped = false;
  let left = false; // the form is being sent: it says the rest

  const draft = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ html: editor.getHTML(), revision }));
    } catch {
      // a full store: the text is still on the page
    }
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  function changed() {
    number += 1;
    draft();
    if (!stopped) later(PAUSE);
  }

  function save() {
    clearTimeout(timer);
    if (underWay || stopped || left) return underWay;
    underWay = send(number).finally(() => {
      underWay = null;
    });
    return underWay;
  }

  async function send(sent) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    body.append(field.querySelector("[data-sent-html]").name, editor.getHTML());
    body.append("revision", revision);
    let answer;
    try {
      answer = await fetch(field.dataset.saveTo, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual" });
    } catch {
      return tryAgain();
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return saved(sent, told);
    if (answer.status === 409) return conflict(told);
    if (answer.type === "opaqueredirect" || answer.status === 401) return stop(field.dataset.signedOut);
    if (answer.status >= 500 || answer.status === 429) return tryAgain();
    return stop(told.said ?? told.detail ?? field.dataset.failed);
  }

  function saved(sent, told) {
    revision = String(told.revision);
    const shown = form.querySelector("[name=revision]");
    if (shown) shown.value = revision;
    say(field.dataset.saved.replace("#", told.saved));
    if (sent === number) sessionStorage.removeItem(key);
    else {
      draft();
      later(PAUSE);
    }
  }

  function conflict(told) {
    stop(told.said ?? field.dataset.conflict);
    sessionStorage.removeItem(key); // the server keeps it aside
    if (ADDRESS.test(told.merge ?? "")) {
      link.href = told.merge;
      link.hidden = false;
    }
  }

  function tryAgain() {
    say(field.dataset.offline);
    later(AGAIN);
  }

  function stop(words) {
    stopped = true;
    say(words);
  }

  function restore() {
    const stored = sessionStorage.getItem(key);
    if (!stored) return;
    const { html, revision: its } = JSON.parse(stored);
    if (html === editor.getHTML()) return void sessionStorage.removeItem(key);
    revision = its; // if another text stands by now, the server says so and keeps both
    editor.commands.setContent(html, { emitUpdate: false });
    field.querySelector("[data-sent-html]").value = html;
    const shown = form.querySelector("[name=revision]");
    if (shown) shown.value = its;
    say(field.dataset.restored);
    changed();
  }

  window.addEventListener("online", () => sessionStorage.getItem(key) && save());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && timer && sessionStorage.getItem(key) && save());
  // The form waits for what is being saved: its revision changes with it.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (underWay) {
      event.preventDefault();
      const { submitter } = event;
      underWay.finally(() => form.requestSubmit(submitter));
      return;
    }
    left = true;
    sessionStorage.removeItem(key);
  });
  restore();
  return { changed };
}
