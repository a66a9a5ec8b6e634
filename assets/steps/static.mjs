// Style, fonts, icons and scripts: compiled from our sources, the rest copied from the packages, only what is used.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const SOURCES = new URL("../", import.meta.url);
const MODULES = new URL("../../node_modules/", import.meta.url);
const USWDS = new URL("@uswds/uswds/", MODULES);
const FONT_FACES = /@font-face\s*\{[^}]*\}/g;
const URLS = /url\("?\.\.\/(img\/[^")]+)"?\)/g;
const FONTS = [
  "source-sans-pro/sourcesanspro-regular-webfont.woff2",
  "source-sans-pro/sourcesanspro-bold-webfont.woff2",
  "merriweather/Latin-Merriweather-Bold.woff2",
];
const PRINTED_FONTS = [
  ...["regular", "bold", "italic", "bolditalic"].map((face) => `source-sans-pro/sourcesanspro-${face}-webfont.ttf`),
  "merriweather/Latin-Merriweather-Bold.ttf",
];
const SCRIPTS = {
  "htmx.js": "htmx.org/dist/htmx.min.js",
  "uswds.js": "@uswds/uswds/dist/js/uswds.min.js",
};

/** The theme, without the fonts USWDS would load: fonts.css has the three we use, and a light page leaves it out. */
export function buildStyle(out) {
  const style = sass("scss/shelterbelt.scss").replace(FONT_FACES, "");
  write(out, "css/shelterbelt.css", style);
  write(out, "css/fonts.css", sass("scss/fonts.scss"));
  write(out, "css/editor.css", sass("scss/editor.scss"));
  write(out, "css/line.css", sass("scss/line.scss").replace(FONT_FACES, ""));
  copyAll("img", out);
  const named = new Set(Array.from(style.matchAll(URLS), (match) => match[1]));
  for (const path of named) if (!own("img").includes(path.slice(4))) copy(new URL(`dist/${path}`, USWDS), out, path);
}

/** The three font files. */
export function buildFonts(out) {
  for (const font of FONTS) copy(new URL(`dist/fonts/${font}`, USWDS), out, `fonts/${font.split("/")[1]}`);
}

/** The same faces for what is printed, in the form that Typst reads. The browser is never sent them. */
export function buildPrintedFonts(out) {
  for (const font of PRINTED_FONTS) copy(new URL(`dist/fonts/${font}`, USWDS), out, font.split("/")[1]);
}

/** One SVG with a symbol for each name in icons.txt. */
export function buildIcons(out) {
  const sprite = readFileSync(new URL("dist/img/sprite.svg", USWDS), "utf8");
  const symbols = new Map(Array.from(sprite.matchAll(/<symbol[^>]*\bid="([^"]+)"[\s\S]*?<\/symbol>/g), (m) => [m[1], m[0]]));
  const names = read("icons.txt").split("\n").filter((line) => line && !line.startsWith("#"));
  const missing = names.filter((name) => !symbols.has(name));
  if (missing.length) throw new Error(`icons.txt names icons that USWDS does not have: ${missing.join(", ")}`);
  const drawn = names.map((name) => symbols.get(name)).join("");
  write(out, "img/icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${drawn}</svg>`);
}

/** Our scripts and the two libraries, each a file of its own so that a page loads only what it needs. */
export function buildScripts(out) {
  copyAll("js", out);
  for (const [name, path] of Object.entries(SCRIPTS)) {
    write(out, `js/${name}`, readFileSync(new URL(path, MODULES), "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
  }
}

function sass(path) {
  const options = { style: "compressed", loadPaths: [fileURLToPath(new URL("packages/", USWDS))], quietDeps: true };
  return compile(fileURLToPath(new URL(path, SOURCES)), options).css;
}

function own(folder) {
  return readdirSync(new URL(`${folder}/`, SOURCES));
}

function copyAll(folder, out) {
  for (const name of own(folder)) copy(new URL(`${folder}/${name}`, SOURCES), out, `${folder}/${name}`);
}

function read(path) {
  return readFileSync(new URL(path, SOURCES), "utf8");
}

function write(out, path, text) {
  writeFileSync(placed(out, path), text);
}

function copy(from, out, path) {
  copyFileSync(from, placed(out, path));
}

function placed(out, path) {
  const target = fileURLToPath(new URL(path, out));
  mkdirSync(dirname(target), { recursive: true });
  return target;
}
