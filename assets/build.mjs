// Builds build/static (what the browser is sent) and build/maps (county outlines for the server to draw with).
import { rmSync } from "node:fs";
import { buildFonts, buildIcons, buildScripts, buildStyle } from "./steps/static.mjs";
import { buildMaps } from "./steps/maps.mjs";

const OUT = new URL("../build/", import.meta.url);

for (const folder of ["static/", "maps/"]) rmSync(new URL(folder, OUT), { recursive: true, force: true });
buildStyle(new URL("static/", OUT));
buildFonts(new URL("static/", OUT));
buildIcons(new URL("static/", OUT));
buildScripts(new URL("static/", OUT));
buildMaps(new URL("maps/", OUT));
