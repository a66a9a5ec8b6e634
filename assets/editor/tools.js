// The toolbar: one stop of the Tab key, the arrows inside it (ARIA's toolbar pattern); and the lines that ask for an
// address, a caption or a picture.
const ACTS = {
  heading: (chain) => chain.toggleHeading({ level: 3 }),
  subheading: (chain) => chain.toggleHeading({ level: 4 }),
  strong: (chain) => chain.toggleBold(),
  em: (chain) => chain.toggleItalic(),
  bullets: (chain) => chain.toggleBulletList(),
  numbers: (chain) => chain.toggleOrderedList(),
  quote: (chain) => chain.toggleBlockquote(),
  table: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
  "row-below": (chain) => chain.addRowAfter(),
  "row-away": (chain) => chain.deleteRow(),
  "column-right": (chain) => chain.addColumnAfter(),
  "column-away": (chain) => chain.deleteColumn(),
  "head-row": (chain) => chain.toggleHeaderRow(),
  "table-away": (chain) => chain.deleteTable(),
};
const SHOWN = {
  heading: ["heading", { level: 3 }],
  subheading: ["heading", { level: 4 }],
  strong: ["bold"],
  em: ["italic"],
  bullets: ["bulletList"],
  numbers: ["orderedList"],
  quote: ["blockquote"],
  link: ["link"],
};

export function tools(field, editor, say) {
  const bar = field.querySelector("[role=toolbar]");
  const buttons = Array.from(bar.querySelectorAll("button"));
  const asks = askers(field, editor, say);

  bar.addEventListener("click", (event) => {
    const act = event.target.closest("button")?.dataset.act;
    if (!act) return;
    if (asks[act]) asks[act].open();
    else ACTS[act](editor.chain().focus()).run();
  });
  bar.addEventListener("keydown", (event) => move(event, seen(buttons)));
  const show = () => {
    for (const button of buttons) {
      if (SHOWN[button.dataset.act]) button.setAttribute("aria-pressed", String(editor.isActive(...SHOWN[button.dataset.act])));
      if (button.dataset.inTable !== undefined) button.hidden = !editor.isActive("table");
      if (button.dataset.act === "table") button.hidden = editor.isActive("table");
    }
    const stop = seen(buttons).find((button) => button.tabIndex === 0) ?? seen(buttons)[0];
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  };
  editor.on("transaction", show);
  show();
}

const seen = (buttons) => buttons.filter((button) => !button.hidden);

function move(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const next = buttons[(to + buttons.length) % buttons.length];
  buttons[at].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

// A line below the toolbar with a field or two, a button that does it and one that leaves it.
function askers(field, editor, say) {
  const asked = {};
  for (const line of field.querySelectorAll("[data-ask]")) {
    const input = line.querySelector("input:not([type=file])");
    const close = () => {
      line.hidden = true;
      editor.commands.focus();
    };
    const act = async (name) => {
      if (await DOES[line.dataset.ask](editor, name === "away" ? "" : input.value.trim(), line, field, say)) close();
    };
    line.addEventListener("click", (event) => {
      const name = event.target.closest("button")?.dataset.does;
      if (name === "leave") close();
      else if (name) act(name);
    });
    line.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key !== "Enter" || event.target.localName === "button") return;
      event.preventDefault(); // the form isn't meant
      act("do");
    });
    asked[line.dataset.ask] = {
      open() {
        for (const other of field.querySelectorAll("[data-ask]")) other.hidden = other !== line;
        input.value = STANDS[line.dataset.ask](editor);
        line.querySelector("input").focus();
      },
    };
  }
  return asked;
}

const STANDS = {
  link: (editor) => editor.getAttributes("link").href ?? "",
  caption: (editor) => editor.getAttributes("table").caption ?? "",
  picture: () => "",
};

const DOES = {
  link(editor, address, line) {
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!address) return chain.unsetLink().run();
    const href = addressed(address);
    const empty = editor.state.selection.empty && !editor.isActive("link");
    const done = empty ? editor.chain().focus().insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href } }] }).run() : chain.setLink({ href }).run();
    line.querySelector("[data-wrong]").hidden = done;
    return done;
  },
  caption: (editor, caption) => editor.chain().focus().updateAttributes("table", { caption }).run(),
  async picture(editor, alt, line, field, say) {
    const chosen = line.querySelector("input[type=file]");
    if (!chosen.files.length || !alt) {
      say(line.dataset.lacks);
      return false;
    }
    say(line.dataset.sending);
    const src = await sendPicture(field, chosen.files[0], say);
    if (!src) return false;
    chosen.value = "";
    say("");
    return editor.chain().focus().setImage({ src, alt }).run();
  },
};

// What somebody means who types "911", "a@school.org" or "school.org".
function addressed(typed) {
  if (/^(https?:\/\/|mailto:|tel:)/i.test(typed)) return typed;
  if (/^[^\s@]+@[^\s@]+$/.test(typed)) return `mailto:${typed}`;
  if (/^[+0-9][0-9 ().-]*$/.test(typed)) return `tel:${typed.replace(/[^+0-9]/g, "")}`;
  return `https://${typed}`;
}

// Answers {"src": address} for a clean copy that was kept, or {"said": sentence}.
async function sendPicture(field, file, say) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", field.closest("form").querySelector("[name=csrfmiddlewaretoken]").value);
  body.append("picture", file);
  try {
    const answer = await fetch(field.dataset.picturesTo, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
    const told = await answer.json();
    if (answer.ok) return told.src;
    say(told.said ?? told.detail ?? field.dataset.failed);
  } catch {
    say(field.dataset.failed);
  }
  return "";
}
