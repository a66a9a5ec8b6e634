// What is pasted, fitted to what a rich text can hold before the editor reads it. Safety isn't decided here: the server
// cleans all that is sent. Word's lists come as paragraphs with a drawn sign in front; here they become lists again.
import { OURS } from "./parts.js";

const LEVEL = /mso-list:\s*\S+\s+level(\d+)/i;
const NUMBERED = /^\(?[0-9a-z]{1,5}[.)]/i;

export function fit(html) {
  const { body } = new DOMParser().parseFromString(inert(html), "text/html");
  const foreign = Array.from(body.querySelectorAll("img")).filter((image) => !OURS.test(image.getAttribute("src") ?? ""));
  for (const image of foreign) image.remove();
  wordLists(body);
  headings(body);
  return { html: body.innerHTML, pictures: foreign.length };
}

// Even a document that is never shown reports styles and handlers to our content policy, so they go before it is read.
function inert(html) {
  const bare = html.replace(/<style\b[\s\S]*?<\/style\s*>/gi, "");
  return bare.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(\s|["'/])style\s*=/gi, "$1data-style=").replace(/(\s|["'/])on(\w+)\s*=/gi, "$1data-on$2="));
}

// Two levels, as core/rich_text/reading.py counts them: the highest that there is, and the rest.
function headings(body) {
  const found = Array.from(body.querySelectorAll("h1, h2, h3, h4, h5, h6"));
  const top = Math.min(3, ...found.map((heading) => Number(heading.tagName[1])));
  for (const heading of found) rename(heading, Number(heading.tagName[1]) <= top ? "h3" : "h4");
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

function wordLists(body) {
  const open = []; // lists from the outermost to the one being filled
  let last = null;
  for (const paragraph of Array.from(body.querySelectorAll("p"))) {
    const level = Number(LEVEL.exec(paragraph.dataset.style ?? "")?.[1] ?? 0);
    if (!level) continue;
    if (!last || paragraph.previousElementSibling !== last) open.length = 0;
    const list = listFor(paragraph, level, open, last);
    const item = body.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    paragraph.remove();
    list.append(item);
    last = open[0];
  }
}

function listFor(paragraph, level, open, last) {
  const sign = Array.from(paragraph.querySelectorAll("span")).find((span) => /mso-list:\s*ignore/i.test(span.dataset.style ?? ""));
  const name = sign && NUMBERED.test(sign.textContent.trim()) ? "ol" : "ul";
  if (sign) sign.remove();
  open.length = Math.min(open.length, level);
  if (open.length === level && open[level - 1].localName !== name) open.length = level - 1;
  while (open.length < level) {
    const list = paragraph.ownerDocument.createElement(name);
    const above = open.at(-1);
    if (above) (above.lastElementChild ?? above.appendChild(paragraph.ownerDocument.createElement("li"))).append(list);
    else if (last && !open.length && paragraph.previousElementSibling === last) last.after(list);
    else paragraph.before(list);
    open.push(list);
  }
  return open.at(-1);
}
