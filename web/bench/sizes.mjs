// What the site script weighs, beside scripts that do the same job with other libraries.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { libraries, script } from "./bundle.mjs";
import { print } from "./table.mjs";

const GOAL = 3072;

const row = (name, text, goal) => ({
  name,
  value: brotliCompressSync(text).length,
  unit: "bytes",
  goal,
  gzip: gzipSync(text, { level: 9 }).length,
  plain: Buffer.byteLength(text),
});

const site = readFileSync(join(import.meta.dirname, "../site/dist/site.js"), "utf8");
const rows = [row("site.js without the manifest", site, GOAL)];
for (const [name, title] of Object.entries(libraries)) rows.push(row(title, await script(name)));

print(rows, { "brotli 11": "value", "gzip 9": "gzip", plain: "plain", goal: "goal" });
