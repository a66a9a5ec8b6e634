// Passkeys (WebAuthn): a form with data-passkey asks the browser for one and sends its answer. It shows itself only
// where the browser knows passkeys; every page that has one offers another way.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

function forBrowser(options) {
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) asked.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) asked.allowCredentials = known(options.allowCredentials);
  return asked;
}

function forServer(passkey) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (passkey.response[name]) response[name] = text(passkey.response[name]);
  }
  if (passkey.response.getTransports) response.transports = passkey.response.getTransports();
  return {
    id: passkey.id,
    rawId: text(passkey.rawId),
    type: passkey.type,
    authenticatorAttachment: passkey.authenticatorAttachment,
    clientExtensionResults: passkey.getClientExtensionResults(),
    response,
  };
}

// What to ask stands on the page, or, where nobody has said yet who they are, is fetched when the button is pressed.
async function options(form) {
  const place = document.getElementById("passkey-options");
  if (!form.dataset.ask) return JSON.parse(place.textContent).publicKey;
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`asked for a passkey: ${answer.status}`);
  return (await answer.json()).publicKey;
}

async function ask(form) {
  const publicKey = forBrowser(await options(form));
  if (form.dataset.passkey === "create") return navigator.credentials.create({ publicKey });
  return navigator.credentials.get({ publicKey });
}

async function send(form) {
  const trouble = form.querySelector("[data-trouble]");
  trouble.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(forServer(await ask(form)));
  } catch {
    // Cancelled, too late, or none there: the browser has told them, and so does the page.
    trouble.hidden = false;
    delete form.dataset.sent;
    form.querySelector("button").removeAttribute("aria-disabled");
    return;
  }
  form.submit();
}

if (window.PublicKeyCredential && window.isSecureContext) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
  for (const other of document.querySelectorAll("[data-no-passkey]")) other.hidden = true;
}
