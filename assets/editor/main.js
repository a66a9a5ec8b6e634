// The editor of rich text. Without it the field is a box for Markdown; with it the same field is sent as HTML, which the
// server cleans in either case (core/rich_text). What it needs is told in docs/reference/components.md.
import { Editor } from "@tiptap/core";
import { parts } from "./parts.js";
import { fit } from "./pasting.js";
import { keep } from "./saving.js";
import { tools } from "./tools.js";

for (const field of document.querySelectorAll("[data-rich-text]")) start(field);

function start(field) {
  const box = field.querySelector("textarea");
  const sent = field.querySelector("[data-sent-html]");
  const label = document.querySelector(`label[for="${box.id}"]`);
  const status = field.querySelector("[data-status]");
  const say = (words) => {
    status.textContent = words;
    status.hidden = !words;
  };

  const editor = new Editor({
    element: field.querySelector("[data-page]"),
    extensions: parts,
    content: sent.value,
    injectCSS: false,
    editorProps: {
      attributes: attributesOf(box, label),
      transformPastedHTML: (html) => {
        const { html: fitting, pictures } = fit(html);
        if (pictures) say(field.dataset.noPictures);
        return fitting;
      },
    },
  });

  // From here on the HTML is sent, and the Markdown isn't.
  sent.disabled = false;
  box.disabled = true;
  box.hidden = true;
  for (const each of field.querySelectorAll("[data-with-editor]")) each.hidden = false;
  for (const each of field.querySelectorAll("[data-without-editor]")) each.hidden = true;
  if (label) label.addEventListener("click", () => editor.commands.focus());

  sent.value = editor.getHTML();
  tools(field, editor, say);
  const saving = field.dataset.saveTo ? keep(field, editor, say) : null;
  editor.on("update", () => {
    sent.value = editor.getHTML();
    if (saving) saving.changed();
  });
}

function attributesOf(box, label) {
  const attributes = {
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": label ? label.textContent.trim().replace(/\s+/g, " ") : box.name,
    class: "editor__text usa-prose",
  };
  for (const name of ["aria-describedby", "aria-invalid"]) if (box.hasAttribute(name)) attributes[name] = box.getAttribute(name);
  return attributes;
}
