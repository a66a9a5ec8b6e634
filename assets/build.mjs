// Builds build/static (what the browser is sent), build/maps (county outlines for the server to draw with) and
// build/fonts (what the server prints with).
import { rmSync } from "node:fs";
import { buildFonts, buildIcons, buildPrintedFonts, buildScripts, buildStyle } from "./steps/static.mjs";
import { buildEditor } from "./steps/editor.mjs";
import { buildMaps } from "./steps/maps.mjs";

const OUT = new URL("../build/", import.meta.url);

for (const folder of ["static/", "maps/", "fonts/"]) rmSync(new URL(folder, OUT), { recursive: true, force: true });
buildStyle(new URL("static/", OUT));
buildFonts(new URL("static/", OUT));
buildIcons(new URL("static/", OUT));
buildScripts(new URL("static/", OUT));
buildEditor(new URL("static/", OUT));
buildMaps(new URL("maps/", OUT));
buildPrintedFonts(new URL("fonts/", OUT));
