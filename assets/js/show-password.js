// A button beside a password shows what was typed, until it is pressed again or the form is sent.
"use strict";

for (const button of document.querySelectorAll("[data-show-password]")) {
  const { form } = button;
  const fields = form.querySelectorAll("input[type=password]");
  const show = (shown) => {
    for (const field of fields) field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.parentElement.hidden = false;
  button.addEventListener("click", () => show(button.getAttribute("aria-pressed") === "false"));
  // A browser would offer to remember a text, and keeps the page as it was for whoever goes back to it.
  form.addEventListener("submit", () => show(false));
}
