// Every vector gives the same in Node and in a browser as in Rust; what is hostile is refused.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { bundle, launch, root } from "./harness.mjs";

const read = (name) => JSON.parse(readFileSync(join(root, "schema/vectors", name), "utf8"));

const compiled = read("compiled.json");
const cases = Object.entries(compiled).flatMap(([file, messages]) =>
  read(file).cases.map((one, place) => ({ ...one, name: `${file}: ${one.name}`, message: messages[place] })),
);
const { messages, files } = read("hostile.json");
const hostile = messages.map((one) => ({ ...one, locale: "de", fails: one.refused }));

/** What is known to be otherwise than in Rust: JSON that only Rust's reader refuses, to no harm. */
const LAX = ["a lone surrogate", "a byte order mark"];

const script = await bundle("tests/evaluator.ts", "evaluator");

/** Everything that is asked of an evaluator, wherever it runs. */
const check = async (run, wrongly = (found) => found) => {
  assert.ok(cases.length > 2000 && hostile.length > 200);
  assert.deepEqual(wrongly(await run("differences", [cases])), []);
  assert.deepEqual(await run("differences", [hostile]), []);
  for (const { name, file, keys } of files) {
    if (LAX.includes(name)) continue;
    assert.deepEqual((await run("keys", [file])) ?? null, keys ?? null, name);
  }
  console.log(`figure: ${cases.length} vectors, ${hostile.length} hostile messages and ${files.length - LAX.length} hostile files, ${LAX.length} left out`);
};

test("in Node", async () => {
  process.env.TZ = "UTC";
  const context = vm.createContext({ Intl });
  vm.runInContext(script, context);
  const call = (name, args) => {
    context.given = JSON.stringify(args);
    const said = vm.runInContext(`JSON.stringify(evaluator.${name}(...JSON.parse(given)))`, context);
    return said && JSON.parse(said);
  };
  await check(call);
});

test("in a browser", async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const page = await browser.newPage({ timezoneId: "UTC" });
  const refused = [];
  page.on("pageerror", (error) => refused.push(String(error)));
  await page.addScriptTag({ content: script });
  const call = (name, args) => page.evaluate(([name, args]) => evaluator[name](...args), [name, args]);
  // Rules of language change; this browser's may be those of Node or, where a vector says `rust`, those of Rust.
  const rust = new Map(cases.map((one) => [one.name, one.rust]));
  const isKnown = ({ name, found, expected }) =>
    found === rust.get(name) ||
    // Newer ones say in Korean what time of day it is.
    (/^dates.json: ko:/.test(name) && found.replace("오전", "AM").replace("오후", "PM") === expected);
  await check(call, (found) => found.filter((one) => !isKnown(one)));

  // What is shown is what was meant: nothing is made of it by the document.
  for (const one of [...cases, ...hostile].filter((one) => one.html !== undefined && !/data-copy-name/.test(one.html))) {
    const shown = (await call("inDocument", [one])).replaceAll("&nbsp;", "\u00a0");
    assert.equal(shown, one.html, one.name);
  }
  assert.deepEqual(refused, []);
});
