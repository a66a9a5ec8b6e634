// Says that the pages of a print are being set, and for how long already. Without it the form gets the PDF by itself.
"use strict";
(() => {
  const form = document.querySelector("form[data-print]");
  if (!form || !window.fetch) return;
  const said = form.querySelector("[data-said]");
  const button = form.querySelector("button[type=submit]");
  let timer;

  function begin() {
    const start = Date.now();
    const tell = () => { said.textContent = `${form.dataset.making} ${Math.round((Date.now() - start) / 1000)} s`; };
    button.setAttribute("aria-disabled", "true");
    tell();
    timer = setInterval(tell, 1000);
  }

  function end(words) {
    clearInterval(timer);
    button.removeAttribute("aria-disabled");
    said.textContent = words;
  }

  function save(content, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
    begin();
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok || answer.headers.get("Content-Type") !== "application/pdf") {
        location.assign(address); // the site's own page says what is wrong
        return;
      }
      const name = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "");
      save(await answer.blob(), name ? name[1] : "plan.pdf");
      end(form.dataset.made);
    } catch {
      end(form.dataset.failed);
    }
  });
})();
