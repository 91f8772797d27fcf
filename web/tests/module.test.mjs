// The package `@copydesk/site` as others get it: packed, installed, on a real Copydesk, in Node and in a browser.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test as run } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { copydesk, launch, root, serve } from "./harness.mjs";

process.env.TZ = "UTC";

const web = join(import.meta.dirname, "..");
const tsc = join(web, "node_modules/typescript/bin/tsc");

/** A test, which ends whatever happens. */
const test = (name, act) => run(name, { timeout: 60_000 }, act);

/** Runs a program to its end; what it prints. */
const execute = async (program, args, options) => {
  const { stdout } = await promisify(execFile)(program, args, { timeout: 120_000, ...options });
  return stdout;
};

let system, browser, folder, project, packed, module, base;
const releases = [];

/** Packs the package and installs it in an empty project, with nothing but what is on this machine. */
const install = async () => {
  folder = mkdtempSync(join(tmpdir(), "copydesk-module-"));
  project = join(folder, "project");
  mkdirSync(project);
  const env = { ...process.env, npm_config_cache: join(folder, "cache"), npm_config_update_notifier: "false" };
  const listed = await execute("npm", ["pack", "--json", "--pack-destination", folder], { cwd: join(web, "site"), env });
  [packed] = JSON.parse(listed);
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }');
  const options = ["--offline", "--no-audit", "--no-fund"];
  await execute("npm", ["install", ...options, join(folder, packed.filename)], { cwd: project, env });
  module = await import(pathToFileURL(join(project, "node_modules/@copydesk/site/dist/index.js")));
};

before(async () => {
  [system, browser] = await Promise.all([copydesk(), launch(), install()]);
  base = `${system.delivery}/acme`;
  const home = { title: "text", hello: "text", files: "text", terms: "html", "search.placeholder": "text" };
  await system.project("acme", "en", { de: ["en"], ar: ["en"], "pt-BR": ["en"] }, { home, late: { title: "text", only: "text" } });
  const publish = async (...values) => releases.push((await system.publish("acme", ...values)).release);
  await publish("en", "late", { title: "Late", only: "Only late" });
  await publish("de", "home", { title: "Titel", hello: "Hallo, { $name }!" });
  await publish("ar", "home", { title: "عنوان" });
  await publish("en", "home", {
    title: "Title",
    hello: "Hello, { $name }!",
    files: "{ NUMBER($count) ->\n    [one] One file\n   *[other] { NUMBER($count) } files\n }",
    terms: 'Read <a data-copy-name="terms" href="https://example.org/?q={ $q }">our <b>terms</b></a>,<br>{ $name } & <var>n</var>.',
    "search.placeholder": "Search here",
  });
});

after(async () => {
  await Promise.all([browser?.close(), system?.close()]);
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A delivery for one test. `told` says what it answers; of what it leaves undefined, what is really there. */
const between = async (t, told = () => undefined) => {
  const server = await serve(async (url) => {
    const answer = await told(url.pathname);
    if (answer !== undefined) return answer;
    const real = await fetch(system.delivery + url.pathname);
    const headers = { "content-type": real.headers.get("content-type"), "access-control-allow-origin": "*" };
    return { status: real.status, headers, body: Buffer.from(await real.arrayBuffer()) };
  });
  t.after(server.close);
  return { ...server, base: `${server.url}/acme` };
};

/** A delivery of these files alone. */
const holding = (t, files) =>
  between(t, (path) => (Object.hasOwn(files, path) ? { body: JSON.stringify(files[path]) } : { status: 404, body: "Not Found" }));

/** Holds an error to having said all of this. */
const saying =
  (...parts) =>
  (error) => {
    assert.equal(error.constructor, Error);
    for (const part of parts) assert.ok(error.message.includes(part), `${error.message}\ndoes not say: ${part}`);
    return true;
  };

test("is built from its sources", async () => {
  const forms = { script: "site.js", module: "index.js", types: "index.d.ts" };
  for (const [form, file] of Object.entries(forms)) {
    const built = await execute(process.execPath, [join(web, "site/build.mjs"), form], { cwd: folder });
    assert.equal(readFileSync(join(web, "site/dist", file), "utf8"), built, file);
  }
});

test("is packed with what it needs, and depends on nothing", async () => {
  const names = packed.files.map(({ path }) => path).sort();
  assert.deepEqual(names, ["README.md", "dist/index.d.ts", "dist/index.js", "package.json"]);
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(web, "site/package.json"), "utf8"));
  assert.deepEqual([dependencies, peerDependencies], [undefined, undefined]);
});

test("is imported by its name in Node", async () => {
  const program = `import { open } from "@copydesk/site";
    const site = await open(process.argv[1]);
    console.log((await site.copy("de", "home")).t("title"));`;
  const args = ["--input-type=module", "--eval", program, base];
  assert.equal(await execute(process.execPath, args, { cwd: project }), "Titel\n");
});

/** What the compiler says of files in the project that the package is installed in. */
const compile = async (files, options) => {
  const place = mkdtempSync(join(project, "types-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
  const compilerOptions = { noEmit: true, strict: true, skipDefaultLibCheck: true, target: "es2022", types: [], ...options };
  writeFileSync(join(place, "tsconfig.json"), JSON.stringify({ compilerOptions, files: Object.keys(files) }));
  return execute(process.execPath, [tsc, "--project", place], { cwd: place }).catch((error) => error.stdout || String(error));
};

const source = (name) => readFileSync(join(web, "tests/types", name), "utf8");

const RESOLUTIONS = [["nodenext", "nodenext"], ["esnext", "bundler"]];
/** What is compiled together, and with which libraries: the types need neither those of browsers nor those of Node. */
const COMPILED = [
  [["entries.d.ts", "right.ts", "wrong.ts"], ["es2022"]],
  [["untyped.ts"], ["es2022"]],
  [["entries.d.ts", "browser.ts"], ["es2022", "dom"]],
];
for (const [kind, moduleResolution] of RESOLUTIONS)
  for (const [files, lib] of COMPILED)
    test(`has types, resolved as ${moduleResolution}: ${files.join(", ")}`, async () => {
      const texts = Object.fromEntries(files.map((name) => [name, source(name)]));
      assert.equal(await compile(texts, { lib, module: kind, moduleResolution }), "");
    });

test("has types that name the keys there are, and the variable that is missing", async () => {
  const calls = ['copy.t("titel");', 'copy.t("hello", { name: "Ada" });'];
  const head = 'import { open } from "@copydesk/site"; const copy = await (await open("")).copy("de", "about", "home");';
  const texts = { "entries.d.ts": source("entries.d.ts"), "one.ts": [head, ...calls].join("\n") };
  const [first, second] = (await compile(texts, { lib: ["es2022"], module: "nodenext" })).split(/\n(?=\S)/);
  for (const part of ["one.ts(2,8)", "titel", '"title"', '"toString"']) assert.ok(first.includes(part), first);
  for (const part of ["one.ts(3,17)", "count"]) assert.ok(second.includes(part), second);
});

test("opens what is live, and says what entries say", async () => {
  const site = await module.open(`${base}/`);
  assert.equal(site.release, releases.at(-1));
  assert.equal(site.source, "en");
  assert.deepEqual([...site.locales].sort(), ["ar", "de", "en", "pt-BR"]);
  const copy = await site.copy("en", "home");
  assert.equal(copy.locale, "en");
  assert.equal(copy.t("title"), "Title");
  assert.equal(copy.t("search.placeholder"), "Search here");
  assert.equal(copy.t("hello", { name: "<Ada>" }), "Hello, \u2068<Ada>\u2069!");
  assert.deepEqual([1, 2].map((count) => copy.t("files", { count })), ["One file", "\u20682\u2069 files"]);
  assert.deepEqual(["title", "helo", "only", "constructor"].map(copy.has), [true, false, false, false]);
  const args = { name: '<Ada "A">', q: '"><b>' };
  assert.equal(copy.t("terms", args), 'Read our terms,\u2068<Ada "A">\u2069 & n.');
  assert.deepEqual(copy.pieces("terms", args), [
    "Read ",
    ["a", { href: 'https://example.org/?q="><b>', slot: "terms" }, ["our ", ["b", {}, ["terms"]]]],
    ",",
    ["br", {}, []],
    '\u2068<Ada "A">\u2069 & ',
    ["var", {}, ["n"]],
    ".",
  ]);
  assert.equal(
    copy.html("terms", args),
    'Read <a href="https://example.org/?q=&quot;&gt;&lt;b&gt;" data-copy-name="terms">our <b>terms</b></a>,<br>' +
      "\u2068&lt;Ada &quot;A&quot;&gt;\u2069 &amp; <var>n</var>.",
  );
});

test("says which locale an entry is in, and which way it is written", async () => {
  const site = await module.open(base);
  const copy = await site.copy("ar", "home");
  assert.deepEqual([copy.t("title"), copy.lang("title"), copy.dir("title")], ["عنوان", "ar", "rtl"]);
  assert.deepEqual([copy.t("search.placeholder"), copy.lang("search.placeholder")], ["Search here", "en"]);
  assert.deepEqual([copy.dir(), copy.dir("search.placeholder")], ["rtl", "ltr"]);
});

test("takes the page that is named first", async () => {
  const site = await module.open(base);
  const [one, other] = await Promise.all([site.copy("en", "home", "late"), site.copy("en", "late", "home")]);
  assert.deepEqual([one.t("title"), other.t("title"), one.t("only")], ["Title", "Late", "Only late"]);
});

test("chooses a locale as the site script does", async () => {
  const site = await module.open(base);
  const long = "a-".repeat(5000) + "a";
  const cases = [[["de"], "de"], [["de-AT"], "de"], [["DE-at-x-y"], "de"], [["pt"], "pt-BR"], [["pt-PT"], "pt-BR"],
    [["fr", "ar"], "ar"], [["fr"], "en"], [[], "en"], [["", null, undefined, "*", "d", "de;q=1", long, "ar"], "ar"]];
  for (const [wanted, found] of cases) assert.equal(site.match(...wanted), found, wanted.join().slice(0, 50));
});

test("opens one release, live or not, and stays with it", async (t) => {
  const [first] = releases;
  const cdn = await between(t);
  const [pinned, old] = await Promise.all([module.open(cdn.base, { release: first }), module.open(cdn.base)]);
  assert.deepEqual([pinned.release, pinned.source], [first, "en"]);
  assert.equal((await pinned.copy("en", "late")).t("only"), "Only late");
  assert.equal((await pinned.copy("en", "home")).has("title"), false);
  assert.equal(cdn.seen.filter((path) => path.endsWith("/live.json")).length, 1);
  // What is published after opening is not seen, also of pages that were not fetched by then.
  await system.publish("acme", "en", "late", { title: "Later" });
  assert.equal((await old.copy("en", "late")).t("title"), "Late");
  const later = await module.open(cdn.base);
  assert.ok(later.release > old.release);
  assert.equal((await later.copy("en", "late")).t("title"), "Later");
  await system.publish("acme", "en", "late", { title: "Late" });
});

test("fetches each file once, and again what failed", async (t) => {
  let isDown = false;
  const cdn = await between(t, () => (isDown ? { status: 503, body: "no" } : undefined));
  const site = await module.open(cdn.base);
  isDown = true;
  await assert.rejects(site.copy("en", "home"), saying("503"));
  isDown = false;
  await Promise.all([site.copy("en", "home"), site.copy("en", "late", "home"), site.copy("en", "home", "home")]);
  await site.copy("en", "late");
  const asked = (page) => cdn.seen.filter((path) => path.includes(`/en/${page}.`)).length;
  assert.deepEqual([asked("home"), asked("late"), cdn.seen.length], [2, 1, 4]);
});

test("reads the manifests of large sites", async (t) => {
  const live = { format: 1, project: "acme", release: 9, switch: 9, source: "en", locales: ["de", "en"], manifests: [4, 7] };
  const cdn = await holding(t, {
    "/acme/live.json": live,
    "/acme/manifests/de.4.json": { format: 1, locales: ["de"], pages: { home: [3], gone: [0] } },
    "/acme/manifests/en.7.json": { format: 1, locales: ["en"], pages: { home: [9] } },
    "/acme/de/home.3.json": [1, ["title", "Titel"]],
    "/acme/en/home.9.json": [1, ["title bad", "Title", [["script", "x"]]]],
  });
  const site = await module.open(cdn.base);
  const [de, en] = await Promise.all([site.copy("de", "home"), site.copy("en", "home")]);
  assert.deepEqual([de.t("title"), en.t("title")], ["Titel", "Title"]);
  assert.throws(() => en.html("bad"), saying('the entry "bad" on "home" in "en"', "it is not as it was published"));
  await assert.rejects(site.copy("de", "gone"), saying('no page "gone" in "de"', "release 9", cdn.base));
  assert.equal(cdn.seen.filter((path) => path.includes("/manifests/")).length, 2);
});

test("says what is missing", async () => {
  const site = await module.open(base), release = `release ${site.release} of ${base}`;
  await assert.rejects(site.copy("fr", "home"), saying(release, 'no locale "fr"', "de", "match()"));
  for (const page of ["hom", "constructor", "__proto__", "../home"])
    await assert.rejects(site.copy("de", "home", page), saying(release, `no page "${page}" in "de"`));
  const copy = await site.copy("de", "home", "late");
  const place = `on "home", "late" in "de" of ${release}`;
  const calls = ["t", "html", "pieces", "lang", "dir"];
  for (const call of calls) assert.throws(() => copy[call]("helo"), saying('no entry "helo"', place), call);
  const secret = "nobody's business";
  const cases = [
    ["hello", undefined, 'the argument "name" is missing'],
    ["hello", null, 'the argument "name" is missing'],
    ["hello", { nmae: "Ada" }, 'the argument "name" is missing'],
    ["hello", { name: undefined }, 'the argument "name" does not fit: it is undefined'],
    ["hello", { name: new Date(NaN) }, 'the argument "name" does not fit: it is a broken date'],
    ["hello", { name: { secret } }, 'the argument "name" does not fit: it is of type object'],
    ["files", { count: secret }, 'the argument "count" does not fit: it is of type string'],
    ["files", { count: NaN }, 'the argument "count" does not fit: it is NaN'],
    ["terms", { name: "Ada" }, 'the argument "q" is missing'],
    ["terms", { q: "1" }, 'the argument "name" is missing'],
  ];
  for (const [key, args, said] of cases)
    for (const call of ["t", "html", "pieces"])
      assert.throws(() => copy[call](key, args), (error) => saying(`the entry "${key}" ${place}`, said)(error) && !error.message.includes(secret));
});

test("says what went wrong with a file", async (t) => {
  const whole = JSON.stringify([1, ["title", "Title"]]);
  const ways = {
    "a server in need": [{ status: 503, body: "no" }, "answered 503: try again later"],
    "a file that is not there": [{ status: 404, body: "no" }, "answered 404: "],
    "a store's way to say so": [{ status: 403, body: "no" }, "answered 403: "],
    "a server that hangs": [null, "did not come within 1500 ms"],
    "an answer without an end": [{ headers: { "content-length": 900 }, body: whole }, "did not come within 1500 ms"],
    "a page of words": [{ body: "<html>sorry" }, "is not a file of Copydesk"],
    "nothing": [{ body: "" }, "is not a file of Copydesk"],
    "null": [{ body: "null" }, "is not a file of Copydesk"],
    "half a file": [{ body: whole.slice(0, 12) }, "not all of it"],
    "an empty list": [{ body: "[]" }, "is not a file of Copydesk"],
    "an empty object": [{ body: "{}" }, "is not a file of Copydesk"],
    "no format": [{ body: '{"release":7,"source":"en","locales":["en"],"pages":{},"files":{}}' }, "is not a file of Copydesk"],
    "no pages": [{ body: '{"format":1,"release":1,"source":"en","locales":["en"]}' }, "is not a file of Copydesk"],
    "a path for a locale": [{ body: '{"format":1,"release":1,"source":"en","locales":["../x"],"pages":{},"files":{}}' }, "is not a file of Copydesk"],
    "keys without messages": [{ body: '[1,["title hello","Title"]]' }, "is not a file of Copydesk"],
    "a list of a later format": [{ body: '[2,["title","Title"]]' }, "is of format 2", "update"],
    "an object of a later format": [{ body: '{"format":2}' }, "is of format 2", "update"],
  };
  const steps = {
    "/acme/live.json": (address, options) => module.open(address, options),
    "/acme/releases/7.json": (address, options) => module.open(address, { ...options, release: 7 }),
    "/acme/en/home.": async (address, options) => (await module.open(address, options)).copy("en", "home"),
  };
  for (const [name, [answer, ...said]] of Object.entries(ways)) {
    // Only what would never end has to be cut short: the rest may take its time.
    const options = /within/.test(said[0]) ? { timeout: 1500 } : {};
    const checks = Object.entries(steps).map(async ([path, step]) => {
      const cdn = await between(t, (asked) => (asked.startsWith(path) ? answer : undefined));
      await assert.rejects(step(cdn.base, options), saying(cdn.url + path, ...said), `${name}: ${path}`);
    });
    await Promise.all(checks);
  }
  const closed = await between(t);
  await closed.close();
  await assert.rejects(module.open(closed.base), saying(`${closed.base}/live.json could not be fetched (ECONNREFUSED)`));
  await assert.rejects(module.open("acme"), saying("acme/live.json could not be fetched"));
});

test("keeps to the fetch that it is given", async () => {
  const asked = [];
  const own = (url, options) => {
    asked.push([url.replace(/\d+/g, "n"), options.signal instanceof AbortSignal]);
    return fetch(url, options);
  };
  const address = base.replace(/\d+/g, "n");
  await (await module.open(base, { fetch: own })).copy("en", "late");
  assert.deepEqual(asked, [[`${address}/live.json`, true], [`${address}/en/late.n.json`, true]]);
});

const read = (name) => JSON.parse(readFileSync(join(root, "schema/vectors", name), "utf8"));
const values = (args = {}) =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, value?.date ? new Date(value.date) : value]));

/** What is known to be otherwise than in Rust: JSON that only Rust's reader refuses, to no harm. */
const LAX = ["a lone surrogate", "a byte order mark"];

const vectors = () => {
  const cases = Object.entries(read("compiled.json")).flatMap(([file, messages]) =>
    read(file).cases.map((one, place) => ({ ...one, name: `${file}: ${one.name}`, message: messages[place] })),
  );
  return [...cases, ...read("hostile.json").messages.map((one) => ({ ...one, locale: "de", fails: one.refused }))];
};

/** The copy of vectors by locale, each entry called `k` and its place. */
const delivered = async (t, cases) => {
  const locales = [...new Set(cases.map(({ locale }) => locale))];
  const files = { "/acme/live.json": { format: 1, release: 1, switch: 1, source: "en", locales, pages: { all: locales.map(() => 1) } } };
  for (const locale of locales) {
    const own = cases.map(({ message }, place) => [`k${place}`, message]).filter((_, place) => cases[place].locale == locale);
    files[`/acme/${locale}/all.1.json`] = [1, [own.map(([key]) => key).join(" "), ...own.map(([, message]) => message)]];
  }
  const site = await module.open((await holding(t, files)).base);
  const copies = await Promise.all(locales.map(async (locale) => [locale, await site.copy(locale, "all")]));
  return new Map(copies);
};

/** What a call gives, or nothing. */
const attempt = (call) => {
  try {
    return call();
  } catch {
    return undefined;
  }
};

test("says what the vectors say", async (t) => {
  const cases = vectors();
  assert.ok(cases.length > 2200);
  const copies = await delivered(t, cases);
  // The order of attributes is nobody's promise.
  const sorted = (html) =>
    html?.replace(/(?: [\w-]+="[^"]*")+/g, (attributes) => attributes.match(/ [\w-]+="[^"]*"/g).sort().join(""));
  const differ = cases.flatMap(({ name, locale, args, text, html, fails }, place) => {
    const copy = copies.get(locale), key = `k${place}`, given = values(args);
    const found = { text: attempt(() => copy.t(key, given)), html: sorted(attempt(() => copy.html(key, given))) };
    const isFailing = fails || (text === undefined && html === undefined);
    const isSame = isFailing
      ? found.text === undefined && found.html === undefined
      : (text ?? found.text) === found.text && (html ?? found.html) === found.html && found.html !== undefined;
    return isSame ? [] : [{ name, text, html, found }];
  });
  assert.deepEqual(differ, []);
});

test("reads the vectors' files", async (t) => {
  let file;
  const live = { format: 1, release: 1, switch: 1, source: "de", locales: ["de"], pages: { one: [1] } };
  const cdn = await between(t, (path) => ({ body: path.endsWith("live.json") ? JSON.stringify(live) : file }));
  for (const one of read("hostile.json").files) {
    if (LAX.includes(one.name)) continue;
    file = one.file;
    const copy = await (await module.open(cdn.base)).copy("de", "one").catch(() => undefined);
    const isShown = (key) => attempt(() => copy.html(key)) !== undefined;
    const keys = copy && [...new Set(file.match(/[\w.-]+/g))].filter(isShown).sort();
    assert.deepEqual(keys, one.keys ?? undefined, one.name);
  }
});

test("writes no HTML but elements that are allowed, whatever it is given", async (t) => {
  const attacks = ["<script>x</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "&lt;b&gt;&#60;b&#62;"];
  attacks.push("' onclick='x", "</a><svg/onload=x>", "\0<b>", "<!--", "]]>");
  const given = [[0, "x"]];
  const shapes = (value) => [
    { message: ["say ", [0, "x"], ["b", [0, "x"]]], value },
    { message: [["a", { href: given, title: given, lang: given, dir: given, slot: given }, [0, "x"]]], value },
    { message: [["a", { href: ["https://e.org/?", [0, "x"]], title: value }, value]], value },
    { message: [["br"], ["wbr"], value], value },
  ];
  const own = attacks.flatMap(shapes).map(({ message, value }) => ({ locale: "de", message, args: { x: value } }));
  const cases = [...vectors(), ...own];
  const copies = await delivered(t, cases);
  const written = cases.flatMap(({ locale, args }, place) => {
    const key = `k${place}`, copy = copies.get(locale), given = values(args);
    const html = attempt(() => copy.html(key, given));
    return html === undefined ? [] : [{ html, text: copy.t(key, given) }];
  });
  assert.ok(written.length > 2000);
  const tags = ("a abbr b bdi bdo br button cite code del dfn em i ins kbd li mark ol q rp rt ruby s samp small span " +
    "strong sub sup time u ul var wbr").split(" ");
  const page = await browser.newPage();
  t.after(() => page.close());
  const found = await page.evaluate(
    ([written, tags]) =>
      written.filter(({ html, text }) => {
        const place = document.createElement("template");
        place.innerHTML = html;
        const all = [...place.content.querySelectorAll("*")];
        const isAllowed = all.every(
          (element) =>
            tags.includes(element.localName) &&
            [...element.attributes].every(({ name, value }) =>
              name == "href"
                ? element.localName == "a" && /^(https?|mailto|tel):$/.test(new URL(value, "https://here.example").protocol)
                : ["data-copy-name", "dir", "lang", "title"].includes(name)),
        );
        // A parser leaves out or replaces a zero, wherever it stands.
        const plain = (words) => words.replace(/[\0\ufffd]/g, "").replace(/\r\n?/g, "\n");
        return !isAllowed || plain(place.content.textContent) != plain(text);
      }),
    [written, tags],
  );
  assert.deepEqual(found, []);
});

const SCRIPT = { "content-type": "text/javascript; charset=utf-8", "access-control-allow-origin": "*" };

/** The site script of this folder, with what is live in it. */
const script = async () => {
  const live = await (await fetch(`${base}/live.json`)).text();
  return { headers: { ...SCRIPT }, body: `${readFileSync(join(web, "site/dist/site.js"))}\n(${live})\n` };
};

/** Somebody's app on a page of theirs; it sees `load` and the address as `base`. */
const app = async (t, cdn, code, head = "") => {
  const contents = `import { load } from "@copydesk/site"; const base = ${JSON.stringify(cdn.base)}; const says = (error) => error.message; ${code}`;
  const options = { bundle: true, format: "iife", write: false, stdin: { contents, resolveDir: project } };
  const text = (await build(options)).outputFiles[0].text;
  const body = `<!doctype html><html lang="en"><title>Host</title>${head}<body data-copy-page="home">
    <h1 data-copy="title">Host title</h1><p data-copy="terms" data-copy-args='{"q":"1","name":"Ada"}'>Host terms</p>
    <script src="/app.js"></script></body></html>`;
  const site = await serve(({ pathname }) =>
    pathname == "/app.js" ? { headers: { "content-type": "text/javascript" }, body: text } : { headers: { "content-type": "text/html" }, body });
  const tab = await browser.newPage();
  const errors = [];
  tab.on("pageerror", (error) => errors.push(String(error)));
  t.after(async () => {
    await tab.close();
    await site.close();
    assert.deepEqual(errors, []);
  });
  await tab.goto(site.url, { waitUntil: "domcontentloaded" });
  return { result: await tab.evaluate(() => window.result), title: await tab.textContent("h1"), terms: await tab.innerHTML("p"), text };
};

const isScript = (path) => path.endsWith("/site.js");
const COUNT = 'document.querySelectorAll("script[src$=\'/site.js\']").length';

test("loads the site script into an app, once", async (t) => {
  const cdn = await between(t, (path) => (isScript(path) ? script() : undefined));
  const page = await app(t, cdn, `const [one, other] = [load(base), load(base + "/")]; window.result = one.then((api) =>
    [one === other, api === window.copydesk, api.t("title"), document.querySelector("h1").textContent, ${COUNT}]);`);
  assert.deepEqual(page.result, [true, true, "Title", "Title", 1]);
  assert.equal(page.terms, 'Read our <b>terms</b>,<br>\u2068Ada\u2069 &amp; <var>n</var>.');
  assert.ok(!page.text.includes("live.json"), "what an app does not use is left out of it");
});

test("takes the element that the page has", async (t) => {
  const cdn = await between(t, (path) => (isScript(path) ? script() : undefined));
  const head = `<script async crossorigin src="${cdn.base}/site.js"></script>`;
  const late = 'new Promise((on) => addEventListener("load", on)).then(() => load(base))';
  for (const when of ["load(base)", late]) {
    const page = await app(t, cdn, `window.result = ${when}.then((api) => [api.t("title"), ${COUNT}], says);`, head);
    assert.deepEqual(page.result, ["Title", 1], when);
  }
});

test("says when the site script does not come, and tries again", async (t) => {
  let answer = { status: 503, body: "no" };
  const cdn = await between(t, (path) => {
    // What the page asks for once it has seen the script fail.
    if (path.endsWith("/live.json")) answer = undefined;
    return isScript(path) ? (answer ?? script()) : undefined;
  });
  const page = await app(t, cdn, `window.result = (async () => {
    const failed = await load(base).catch(says), before = [document.querySelector("h1").textContent, ${COUNT}];
    await fetch(base + "/live.json");
    return [failed, before, (await load(base)).t("title"), ${COUNT}];
  })();`);
  const [failed, ...rest] = page.result;
  assert.match(failed, /\/acme\/site\.js could not be loaded: check/);
  assert.deepEqual(rest, [["Host title", 0], "Title", 1]);
});

const SCRIPTS = {
  "hangs": [null, "{ timeout: 200 }", /\/acme\/site\.js did not come within 200 ms/],
  "is something else": [{ headers: { ...SCRIPT }, body: "1" }, "{}", /\/acme\/site\.js is no site script/],
};
for (const [name, [answer, options, said]] of Object.entries(SCRIPTS))
  test(`leaves the page its own text when the script ${name}`, async (t) => {
    const cdn = await between(t, (path) => (isScript(path) ? answer : undefined));
    const page = await app(t, cdn, `window.result = load(base, ${options}).catch(says);`);
    assert.match(page.result, said);
    assert.equal(page.title, "Host title");
  });

test("loads one project into a page, and none where there is no page", async (t) => {
  const cdn = await between(t, (path) => (isScript(path) ? script() : undefined));
  const page = await app(t, cdn, 'window.result = load(base).then(() => load(base + "/other")).catch(says);');
  assert.match(page.result, /the page has http:.*\/acme\/site\.js: http:.*\/acme\/other\/site\.js cannot be loaded beside it/);
  await assert.rejects(module.load(base), saying("load() needs a page", "open()"));
});
