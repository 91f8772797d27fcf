// Compares the vectors with Fluent's own implementation for JavaScript and the runtime's Intl.
//
//   node oracle.mjs FOLDER      FOLDER/node_modules holds @fluent/bundle
//
// Every case that it can tell has to be the same there: "text", or an error where the case "fails".
// "oracle" says why it cannot tell; "rust" is what our Rust evaluator gives instead of "text".
process.env.TZ = "UTC"; // before the first Date

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(resolve(process.argv[2]), "node_modules");
const { FluentBundle, FluentResource } = await import(
  pathToFileURL(join(packages, "@fluent/bundle/esm/index.js")).href
);

/** A value as a block, so that its lines keep their indentation. */
function block(name, value, indent) {
  const inline = !value.includes("\n") || /^[[*.}]/.test(value);
  const lines = value.split("\n").map((line, index) => (index || !inline ? `\n${indent}${line}` : ` ${line}`));
  return `${name} =${lines.join("")}\n`;
}

/** The case's message as `key`, beside what it refers to. */
function resource({ source, with: others = {} }) {
  const messages = new Map([["key", { value: source, attributes: [] }]]);
  for (const [key, value] of Object.entries(others)) {
    const [id, attribute] = key.split(".");
    if (!messages.has(id)) messages.set(id, { value: null, attributes: [] });
    if (attribute) messages.get(id).attributes.push([attribute, value]);
    else messages.get(id).value = value;
  }
  let text = "";
  for (const [id, { value, attributes }] of messages) {
    text += value === null ? `${id} =\n` : block(id, value, "    ");
    for (const [name, own] of attributes) text += `    .${block(name, own, "        ")}`;
  }
  return text;
}

function format(item) {
  const bundle = new FluentBundle(item.locale);
  bundle.addResource(new FluentResource(resource(item)));
  const value = bundle.getMessage("key")?.value;
  if (!value) return { text: null, failed: true };
  const args = Object.entries(item.args ?? {}).map(([name, it]) => [name, it?.date ? new Date(it.date) : it]);
  const errors = [];
  const text = bundle.formatPattern(value, Object.fromEntries(args), errors);
  return { text, failed: errors.length > 0 };
}

let same = 0, untold = 0, different = 0;
for (const file of readdirSync(here).filter((name) => name.endsWith(".json") && name != "compiled.json")) {
  const { cases } = JSON.parse(readFileSync(join(here, file), "utf8"));
  for (const item of cases ?? []) {
    if (item.oracle) {
      untold += 1;
      continue;
    }
    const { text, failed } = format(item);
    if (item.fails ? failed : !failed && text === item.text) {
      same += 1;
    } else {
      different += 1;
      console.error(`${file}: ${item.name}: ${JSON.stringify(text)}, not ${JSON.stringify(item.text)}`);
    }
  }
}
const { node, icu, cldr } = process.versions;
console.log(`vectors: ${same} as in @fluent/bundle, ${untold} that it cannot tell, ${different} different`);
console.log(`(Node ${node}, ICU ${icu}, CLDR ${cldr})`);
process.exit(different ? 1 : 0);
