// A value as words, chips, markup and forms, and written down again: what nobody touched means what it meant.
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { bundle } from "./harness.mjs";

const context = vm.createContext({ Intl });
vm.runInContext(await bundle("studio/src/pattern/source.ts", "pattern"), context);
const { partsOf, sourceOf, formsOf, sourceOfForms } = vm.runInContext("pattern", context);
const plain = (value) => value === undefined ? undefined : JSON.parse(JSON.stringify(value));

/** Values that stay as they are, to the letter. */
const KEPT = {
  text: ["Plain words", "Hello { $name }", "{ -brand(case: \"dative\") } of { NUMBER($count, minimumFractionDigits: 2) }", "A { \"{\" } and a { \"}\" }", "5 < 6 & 7 &amp; 8", "{ hero-title } { hero.title }", "\u00A0no-break\u00A0", "{ \"\\u00e9\" }"],
  html: [
    "A <strong>bold</strong> and <em>slanted <strong>both</strong></em> text",
    `<a href="https://example.com/?a=1&amp;b=2" title="{ $name } &quot;here&quot;">link</a>`,
    `<a href="{ $url }">link</a>`,
    `press <button data-copy-name="bell">it</button><br>now`,
    "5 &lt; 6 &amp; 7",
    `<a title="{ "{" }x{ "}" }">t</a>`,
    `<span lang="fr">un <span title="x">deux</span></span>`,
  ],
};

/** Values that only their source can be written as: taken apart they would mean something else. */
const REFUSED = {
  text: ["{ $n ->\n   *[other] x\n}", "two\nlines", "{ broken"],
  html: ["&copy; 2026", "an &#8217; and &mdash;", "<ul><li>x</li></ul>", `<b onclick="x">y</b>`, "<script>x</script>", `<img src="x">`, "<b>open", "a < b", `<a href='x'>y</a>`, "&toString;"],
};

test("what is read into parts is written as it was", () => {
  for (const [kind, values] of Object.entries(KEPT)) for (const value of values) assert.equal(sourceOf(partsOf(value, kind), kind), value, kind);
});

test("what parts cannot hold is left to its source", () => {
  for (const [kind, values] of Object.entries(REFUSED)) for (const value of values) assert.equal(partsOf(value, kind), undefined, value);
});

test("no element or attribute comes out of it that copy may not have", () => {
  for (const value of [`<a href="x" style="y">z</a>`, `<form action="x"></form>`, `<svg></svg>`, `<a formaction="x">y</a>`]) assert.equal(partsOf(value, "html"), undefined, value);
  // Where there is no markup, it is words.
  assert.deepEqual(plain(partsOf("<b>x</b>", "text")), ["<b>x</b>"]);
  assert.equal(sourceOf([{ tag: "strong", attributes: {}, parts: ["x"] }], "text"), "x");
});

test("forms hold the whole text of each, and go back into one value", () => {
  const value = `You have { NUMBER($count, type: "ordinal") ->\n    [0] none\n    [one] { $count } boat\n   *[other] { $count } boats\n} today`;
  const forms = formsOf(value, "text");
  assert.equal(forms.selector, `NUMBER($count, type: "ordinal")`);
  assert.equal(forms.fallback, "other");
  assert.deepEqual([...forms.variants].map(([key, parts]) => [key, sourceOf(parts, "text")]), [["0", "You have none today"], ["one", "You have { $count } boat today"], ["other", "You have { $count } boats today"]]);
  const written = sourceOfForms(forms, "text");
  assert.equal(written, `{ NUMBER($count, type: "ordinal") ->\n    [0] You have none today\n    [one] You have { $count } boat today\n   *[other] You have { $count } boats today\n}`);
  assert.equal(sourceOfForms(formsOf(written, "text"), "text"), written);
  // An empty form is none; with nothing in any of them there is no text.
  forms.variants.set("one", []);
  assert.doesNotMatch(sourceOfForms(forms, "text"), /\[one\]/);
  assert.equal(sourceOfForms({ ...forms, variants: new Map([["other", []]]) }, "text"), "");
});

test("two choices in one text, or one within another, are left to their source", () => {
  for (const value of ["{ $a ->\n   *[other] x\n} { $b ->\n   *[other] y\n}", "{ $a ->\n   *[other] { $b ->\n       *[other] y\n    }\n}", "{ $a ->\n    [one] x\n    [one] y\n   *[other] z\n}"])
    assert.equal(formsOf(value, "text"), undefined, value);
});
