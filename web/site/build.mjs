// Prints what `cargo xtask generate` keeps in `dist`: of `script` the site script, an expression that is called with
// what is live; of `module` and `types` the package's code and its types.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";

const source = (name) => join(import.meta.dirname, "src", name);

const bundle = async (entry, more = {}) => {
  // Comments name files: wherever this is run, the same.
  const place = { absWorkingDir: import.meta.dirname, write: false };
  const options = { bundle: true, format: "esm", target: "es2022", ...place, ...more };
  return (await build({ entryPoints: [source(entry)], ...options })).outputFiles[0].text;
};

const script = async () => {
  // In a page that has it already it does nothing: two of them would change what the other one shows, and never end.
  const once = `if(!self.copydesk?.ready){${await bundle("main.ts", { minifySyntax: true })}}`;
  const { code } = await minify(`((live,studio)=>{${once}})`, {
    compress: { ecma: 2020, passes: 4, booleans_as_integers: true, unsafe: true, unsafe_arrows: true, unsafe_methods: true, expression: true },
  });
  // One word for all declarations compresses better; the name of the element `var` is none.
  return `(${code.replace(/\b(const|var)(?=[ [{])/g, "let").replace(/;$/, "")})`;
};

const forms = { script, module: () => bundle("module.ts"), types: () => readFileSync(source("index.d.ts"), "utf8") };

const form = forms[process.argv[2]];
if (!form) throw Error(`say which: ${Object.keys(forms).join(", ")}`);
process.stdout.write(await form());
