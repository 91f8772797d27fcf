// `copydesk render` on the demo site, from what is delivered alone: valid HTML, in every locale, twice the same.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { HtmlValidate } from "html-validate";
import { binary, copydesk, launch, root, serve, until } from "./harness.mjs";

const LOCALES = ["ar", "de", "en", "ja", "pl"];
const SITE = "https://heron.example";

let system, folder, site, out, address;

const run = async (...args) => (await promisify(execFile)(binary, args)).stdout;

const render = (...more) => run("render", "--from", address, "--site", SITE, "--in", site, "--out", out, ...more);

/** All files of a folder by name, as text. */
const contents = (from) => {
  const names = readdirSync(from, { recursive: true }).filter((name) => statSync(join(from, name)).isFile());
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(from, name), "utf8")]));
};

before(async () => {
  system = await copydesk();
  folder = mkdtempSync(join(tmpdir(), "copydesk-render-"));
  [site, out, address] = [join(folder, "site"), join(folder, "dist"), `${system.delivery}/demo`];
  cpSync(join(root, "web/demo/site"), site, { recursive: true });
  await run("import", "-p", "demo", "--format", "ftl", join(root, "web/demo/copy"), ...system.target);
  await run("publish", "-p", "demo", ...system.target);
});

after(async () => {
  await system?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("fills every page in every locale, and says how they belong together", async () => {
  await render();
  const files = contents(out);
  for (const locale of LOCALES)
    for (const page of ["index.html", "boats.html", "book.html", "about.html"]) {
      const html = files[locale == "en" ? page : `${locale}/${page}`];
      const at = (locale) => `${SITE}/${locale == "en" ? "" : `${locale}/`}${page == "index.html" ? "" : page}`;
      assert.match(html, new RegExp(`<html lang="${locale}" dir="${locale == "ar" ? "rtl" : "ltr"}">`));
      assert.ok(html.includes(`<link rel="canonical" href="${at(locale)}">`), html);
      // Each names all, itself too, so that all name each other.
      for (const other of [...LOCALES, "x-default"]) {
        const link = `<link rel="alternate" hreflang="${other}" href="${at(other == "x-default" ? "en" : other)}">`;
        assert.ok(html.includes(link), `${locale}/${page}: ${link}`);
        assert.ok(files["sitemap.xml"].includes(`hreflang="${other}"`));
      }
    }
  assert.match(files["de/book.html"], /<h1[^>]*>Haltet mir ein Boot frei<\/h1>/);
  assert.match(files["de/book.html"], /<title[^>]*>[^<]*Reiher[^<]*<\/title>/);
  // What needs arguments keeps the words of the site, and says in which language they are.
  assert.match(files["ar/index.html"], /data-copy="evening-when" lang="en" dir="ltr">/);
});

test("writes valid HTML", async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:standard"] });
  const problems = async (from) => {
    const found = [];
    for (const [name, text] of Object.entries(contents(from)).filter(([name]) => name.endsWith(".html"))) {
      const { results } = await validator.validateString(text);
      for (const { messages } of results) found.push(...messages.map((one) => `${name}:${one.line} ${one.ruleId} ${one.message}`));
    }
    return found;
  };
  assert.deepEqual(await problems(site), []);
  assert.deepEqual(await problems(out), []);
});

test("gives the same bytes again, also from its own, with everything but delivery stopped", async (t) => {
  const first = contents(out);
  await system.stop();
  const delivery = await system.deliver();
  t.after(delivery.stop);
  address = `${delivery.url}/demo`;
  assert.match(await render(), /; 0 of \d+ files/);
  rmSync(out, { recursive: true });
  await render();
  assert.deepEqual(contents(out), first);
  // What was rendered in the source locale is a site as well.
  const source = Object.fromEntries(Object.entries(first).filter(([name]) => !LOCALES.includes(name.split("/")[0])));
  const again = join(folder, "again");
  for (const [name, text] of Object.entries(source)) writeFileSync(join(site, name), text);
  rmSync(join(site, "sitemap.xml"));
  await run("render", "--from", address, "--site", SITE, "--in", site, "--out", again);
  assert.deepEqual(contents(again), first);
});

test("looks right without scripts, from right to left too", async (t) => {
  const files = contents(out);
  const host = await serve(({ pathname }) => {
    const body = files[pathname.slice(1)];
    const type = pathname.endsWith(".css") ? "text/css" : "text/html";
    return body == null ? { status: 404, body: "" } : { headers: { "content-type": type }, body };
  });
  const browser = await launch();
  t.after(async () => {
    await browser.close();
    await host.close();
  });
  const visitor = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1100, height: 900 } });
  const tab = await visitor.newPage();
  const box = async (selector) => tab.locator(selector).first().boundingBox();
  await tab.goto(`${host.url}/ar/index.html`);
  assert.ok((await box(".brand")).x > 500, "the brand is on the right");
  assert.equal(host.seen.filter((path) => path.endsWith("style.css")).length, 1);
  await tab.goto(`${host.url}/de/index.html`);
  assert.ok((await box(".brand")).x < 500, "the brand is on the left");
  for (const locale of LOCALES)
    for (const page of ["index", "boats", "book", "about"]) {
      await tab.goto(`${host.url}/${locale == "en" ? "" : `${locale}/`}${page}.html`);
      assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${locale}/${page} is not wider than the screen`);
      const { COPYDESK_TEST_SHOTS: shots } = process.env;
      if (shots) await tab.screenshot({ path: join(shots, `render-${locale}-${page}.png`), fullPage: true });
    }
});

test("follows what is live, and what is wrong is said", async (t) => {
  const own = await copydesk();
  t.after(own.close);
  await own.project("acme", "en", { de: ["en"] }, { home: { title: "text" } });
  await own.publish("acme", "en", "home", { title: "One" });
  const [from, to] = [join(folder, "small"), join(folder, "small-dist")];
  cpSync(site, from, { recursive: true, filter: (name) => !/\.(html|js)$/.test(name) });
  writeFileSync(join(from, "index.html"), `<!doctype html><html lang="en"><head><title>x</title></head><body data-copy-page="home"><h1 data-copy="title">Host</h1></body></html>`);
  const args = ["render", "--from", `${own.delivery}/acme`, "--site", SITE, "--in", from, "--out", to];
  const watching = spawn(binary, [...args, "--watch", "--every", "1"], { stdio: "ignore" });
  t.after(() => watching.kill());
  const written = () => {
    try {
      return /<h1[^>]*>([^<]*)</.exec(readFileSync(join(to, "de/index.html"), "utf8"))[1];
    } catch {}
  };
  await until("the first release is written", () => written() == "One");
  await own.publish("acme", "en", "home", { title: "Two" });
  await until("the second release is written", () => written() == "Two");
  // A page that is gone goes, in every locale; what others put there stays.
  cpSync(join(from, "index.html"), join(from, "about.html"));
  await until("another page is written", () => existsSync(join(to, "de/about.html")) && existsSync(join(to, "about.html")));
  writeFileSync(join(to, "de/own.html"), "ours");
  rmSync(join(from, "about.html"));
  await until("the page is gone", () => !existsSync(join(to, "de/about.html")) && !existsSync(join(to, "about.html")));
  assert.equal(readFileSync(join(to, "de/own.html"), "utf8"), "ours");

  const fails = async (said, ...args) => assert.rejects(run(...args), (error) => said.test(error.stderr) || assert.fail(error.stderr));
  await fails(/fr is not live at .*, only de, en/, ...args, "--locales", "en,fr");
  await fails(/en is the source locale and has to be rendered, too/, ...args, "--locales", "de");
  await fails(/lie in each other/, ...args.slice(0, -1), join(from, "dist"));
  await fails(/was answered with 404/, "render", "--from", `${own.delivery}/nowhere`, ...args.slice(3));
});
