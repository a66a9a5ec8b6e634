// The editor of rich text as one script, for the pages that have one: Tiptap and ours, packed by esbuild.
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** build/static/js/editor.js */
export function buildEditor(out) {
  buildSync({
    entryPoints: [fileURLToPath(new URL("../editor/main.js", import.meta.url))],
    outfile: fileURLToPath(new URL("js/editor.js", out)),
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022"],
    legalComments: "inline",
    logLevel: "warning",
  });
}
