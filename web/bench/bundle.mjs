// What other libraries' entry points become as one script for browsers.
import { join } from "node:path";
import { build } from "esbuild";

/** The libraries of `bench/libraries`, by what they are called there. */
export const libraries = {
  i18next: "i18next + i18next-http-backend",
  fluent: "@fluent/bundle + @fluent/dom",
  tolgee: "@tolgee/web",
  "intl-messageformat": "intl-messageformat",
};

/** A library's entry point and all that it imports, minified; `banner` and `footer` stand around it. */
export const script = async (name, { global, banner = "", footer = "" } = {}) => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "libraries", `${name}.mjs`)],
    bundle: true,
    minify: true,
    format: "iife",
    globalName: global,
    target: "es2022",
    conditions: ["production"],
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
    banner: { js: banner },
    footer: { js: footer },
    write: false,
  });
  return outputFiles[0].text;
};
