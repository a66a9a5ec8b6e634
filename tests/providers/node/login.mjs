// What both providers share: people with passwords, a page to type them on, and an end with whoever started us.
import { readFileSync } from "node:fs";

const read = () => JSON.parse(readFileSync(process.argv[2], "utf-8"));

export const settings = read();

// Read anew each time, so that a test can change what the provider says about somebody, and to whom.
export const somebody = (login) => read().people[login];
export const relying = () => read().relying;

export const recognised = (login, password) => {
  const known = somebody(login);
  return known !== undefined && known.password === password ? known : undefined;
};

const escape = (text) => String(text).replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

export const page = (name, action, hidden = {}, said = "") => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(name)}</title></head><body>
<h1>${escape(name)}</h1><p>${escape(said)}</p>
<form method="post" action="${escape(action)}">
${Object.entries(hidden).map(([key, value]) => `<input type="hidden" name="${escape(key)}" value="${escape(value)}">`).join("")}
<label>Account <input name="login" autocomplete="off"></label>
<label>Password <input name="password" type="password" autocomplete="off"></label>
<button>Log in</button>
</form></body></html>`;

export const sent = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString("utf-8")));
};

export const html = (response, text, status = 200) => {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  response.end(text);
};

export const serve = (server) => {
  server.listen(settings.port, "127.0.0.1", () => console.log("ready"));
  // Whoever started us holds our standard input open; when they are gone, so are we.
  process.stdin.resume();
  process.stdin.on("end", () => process.exit(0));
};
