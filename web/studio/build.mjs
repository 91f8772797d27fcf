// Prints what `cargo xtask generate` keeps in `dist`: `script` or `style`; and of `types` the API's shapes, which the
// script is made with.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import openapi, { astToString } from "openapi-typescript";

const here = (name) => join(import.meta.dirname, name);

const bundle = async (entry, format = "esm") => {
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    absWorkingDir: import.meta.dirname,
    write: false,
  });
  return outputFiles[0].text;
};

const forms = {
  types: async () => `// Made of openapi.json by \`cargo xtask generate\`.\n\n${astToString(await openapi(JSON.parse(readFileSync(here("../../openapi.json"), "utf8"))))}`,
  script: () => bundle("src/main.tsx"),
  early: () => bundle("src/early.ts", "iife"),
  edit: () => bundle("src/edit/main.ts"),
  field: () => bundle("src/field.ts"),
  zip: () => bundle("src/zip.ts"),
  frame: () => bundle("src/frame/main.tsx"),
  style: () => bundle("style.css"),
};

const form = forms[process.argv[2]];
if (!form) throw Error(`say which: ${Object.keys(forms).join(", ")}`);
process.stdout.write(await form());
