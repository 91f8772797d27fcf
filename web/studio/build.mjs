// Prints what `cargo xtask generate` keeps in `dist`, one file each time; and of `types` the API's shapes, which the
// scripts are made with.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import openapi, { astToString } from "openapi-typescript";

const here = (name) => join(import.meta.dirname, name);

const options = (entry, format) => ({
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

const bundle = async (entry, format = "esm") => (await build(options(entry, format))).outputFiles[0].text;

/** What the studio is made of: the door (`studio.js`), what is in a project (`project.js`), and what both use. */
const PARTS = { "src/main.tsx": "studio.js", "src/project.tsx": "project.js", undefined: "base.js" };

/** A part asks for others by name and version, which the server holds it to: parts of two versions never meet. */
const versioned = (name, text) => `/${name}?v=${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;

const parts = async () => {
  const { outputFiles, metafile } = await build({ ...options("src/main.tsx", "esm"), splitting: true, metafile: true, outdir: "dist" });
  const made = outputFiles.map(({ path, text }) => {
    const { entryPoint } = metafile.outputs[`dist/${basename(path)}`];
    return { file: `./${basename(path)}`, name: PARTS[entryPoint], text };
  });
  if (made.map(({ name }) => name).sort().join() != Object.values(PARTS).sort().join()) throw Error("the studio falls into other parts");
  // One that is asked for comes before those that ask.
  for (const wanted of ["base.js", "project.js"]) {
    const { file, text } = made.find(({ name }) => name == wanted);
    for (const one of made) one.text = one.text.replaceAll(`"${file}"`, `"${versioned(wanted, text)}"`);
  }
  return Object.fromEntries(made.map(({ name, text }) => [name, text]));
};

const forms = {
  types: async () => `// Made of openapi.json by \`cargo xtask generate\`.\n\n${astToString(await openapi(JSON.parse(readFileSync(here("../../openapi.json"), "utf8"))))}`,
  studio: async () => (await parts())["studio.js"],
  project: async () => (await parts())["project.js"],
  base: async () => (await parts())["base.js"],
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
