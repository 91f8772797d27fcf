// The site script in a real browser, on a real Copydesk, behind a delivery that fails as a test says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { copydesk, launch, root, serve, until } from "./harness.mjs";

const HOST = `
  <h1 data-copy="title">Host title</h1>
  <p id="hello" data-copy="hello" data-copy-args='{"name":"Ada"}'>Host hello</p>
  <p id="terms" data-copy="terms">Read <a id="link" href="/terms" data-copy-name="terms">host terms</a>.</p>
  <p id="missing" data-copy="missing">Host missing</p>
  <p id="needs" data-copy="hello">Host needs a name</p>
  <input id="search" data-copy="search" data-copy-attrs="placeholder,aria-label,onclick,value" placeholder="Host search">
  <select><option id="option" data-copy="terms">Host option</option></select>
  <textarea id="area" data-copy="terms">Host area</textarea>
  <p id="late" data-copy-page="late"><span data-copy="title">Host late</span></p>`;

const html = (site, { head = "", body = HOST, lang = "en", attributes = "" } = {}) =>
  `<!doctype html><html lang="${lang}" ${attributes}><head><title data-copy="title">Host tab</title>${head}
  <script ${site.attributes ?? ""} async crossorigin src="${site.url}/acme/site.js"></script></head><body data-copy-page="home">${body}</body></html>`;

let system, browser, cdn, fail = () => undefined;

before(async () => {
  [system, browser] = await Promise.all([copydesk(), launch()]);
  const home = { title: "text", hello: "text", count: "text", terms: "html", short: "html", twice: "html", "search.placeholder": "text", "search.aria-label": "text" };
  await system.project("acme", "en", { de: ["en"], ar: ["en"] }, { home, late: { title: "text" } });
  await system.publish("acme", "en", "late", { title: "Late" });
  await system.publish("acme", "de", "home", { title: "Titel", hello: "Hallo, { $name }!" });
  await system.publish("acme", "ar", "home", { title: "عنوان" });
  await system.publish("acme", "en", "home", {
    title: "Title",
    hello: "Hello, { $name }!",
    count: "{ $count } boats",
    terms: 'Please read <a data-copy-name="terms">our <b>terms</b></a> <a href="https://example.org/">now</a>.',
    short: '<abbr title="for short">f. s.</abbr><br><wbr>',
    twice: '<a data-copy-name="it">one <b data-copy-name="it">two</b></a> <a data-copy-name="it">three</a>',
    "search.placeholder": "Search here",
    "search.aria-label": "Search the site",
  });
  // Between the browser and what was published: fails as told.
  cdn = await serve(async (url, request) => {
    const told = await fail(url, request);
    if (told !== undefined) return told;
    const answer = await fetch(system.delivery + url.pathname, { headers: { "accept-encoding": "identity" } });
    const headers = Object.fromEntries(["content-type", "cache-control", "access-control-allow-origin"].map((name) => [name, answer.headers.get(name) ?? ""]));
    return { status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) };
  });
});

after(async () => {
  await Promise.all([browser?.close(), cdn?.close()]);
  await system?.close();
});

/** A page of somebody's site, and what went wrong on it. */
const visit = async (t, page = {}, { visitor: known, site: own, ...context } = {}) => {
  const answer = { headers: { "content-type": "text/html", ...page.headers }, body: html({ url: cdn.url, ...page.site }, page) };
  const site = own ?? (await serve(() => answer));
  const visitor = known ?? (await browser.newContext({ locale: "en-GB", ...context }));
  const tab = await visitor.newPage();
  tab.setDefaultTimeout(10_000);
  const errors = [];
  tab.on("pageerror", (error) => errors.push(String(error)));
  if (page.script) await tab.addInitScript(page.script);
  if (page.offline) await tab.route(`${cdn.url}/**`, (route) => route.abort("internetdisconnected"));
  t.after(async () => {
    fail = () => undefined;
    await visitor.close();
    await site.close();
  });
  await tab.goto(site.url, { waitUntil: "load" });
  const text = (selector) => tab.locator(selector).textContent();
  const ready = () => tab.waitForFunction(() => window.copydesk?.ready.then(() => true));
  return { tab, errors, text, ready, visitor, site };
};

const shows = (page, selector, wanted) => until(`${selector} says ${wanted}`, async () => (await page.text(selector)) == wanted);

test("is small", () => {
  const size = brotliCompressSync(readFileSync(join(root, "web/site/dist/site.js"))).length;
  console.log(`figure: the site script: ${size} bytes (brotli 11)`);
  assert.ok(size <= 3072, `${size} bytes`);
});

test("fills what is tagged, and nothing else", async (t) => {
  const page = await visit(t);
  await page.tab.evaluate(() => document.querySelector("#link").addEventListener("click", (event) => { event.preventDefault(); window.clicked = true; }));
  await page.ready();
  await shows(page, "h1", "Title");
  assert.equal(await page.tab.title(), "Title");
  assert.equal(await page.text("#hello"), "Hello, \u2068Ada\u2069!");
  assert.equal(await page.text("#missing"), "Host missing");
  assert.equal(await page.text("#needs"), "Host needs a name");
  assert.equal(await page.text("#late"), "Late");
  // The page's own element was moved, with its address and its listeners; other elements are made.
  const terms = await page.tab.locator("#terms").innerHTML();
  assert.equal(terms, 'Please read <a id="link" href="/terms" data-copy-name="terms">our <b>terms</b></a> <a href="https://example.org/">now</a>.');
  await page.tab.click("#link");
  assert.equal(await page.tab.evaluate(() => window.clicked), true);
  // Only words where only words can be.
  for (const id of ["#option", "#area"]) assert.equal(await page.text(id), "Please read our terms now.");
  const search = page.tab.locator("#search");
  assert.equal(await search.getAttribute("placeholder"), "Search here");
  assert.equal(await search.getAttribute("aria-label"), "Search the site");
  for (const name of ["onclick", "value"]) assert.equal(await search.getAttribute(name), null);
  assert.deepEqual(page.errors, []);
});

test("writes into attributes that neither run nor load anything, whatever a file holds", async (t) => {
  const refused = ["src", "srcdoc", "href", "style", "formaction", "action", "onclick", "onload", "value", "class", "id"];
  const keys = [...refused, "title", "alt"].map((name) => `all.${name}`);
  fail = (url) => (/\/home\.\d+\.json$/.test(url.pathname) ? { ...broken, body: JSON.stringify([1, [keys.join(" "), ...keys.map(() => "javascript:hit=1")]]) } : undefined);
  const attributes = `data-copy="all" data-copy-attrs="${[...refused, "title", "alt"]}"`;
  const page = await visit(t, { body: `<iframe ${attributes}></iframe><form><button ${attributes}>x</button></form><a ${attributes}>x</a>` });
  await page.ready();
  for (const element of ["iframe", "button", "a"]) {
    const found = await page.tab.locator(element).evaluate((one) => Object.fromEntries([...one.attributes].map(({ name, value }) => [name, value])));
    const { "data-copy": _, "data-copy-attrs": __, ...rest } = found;
    assert.deepEqual(rest, { title: "javascript:hit=1", alt: "javascript:hit=1" }, element);
  }
  assert.deepEqual(page.errors, []);
});

test("small whole numbers need none of the browser's formatters", async (t) => {
  const script = () => {
    const no = () => {
      throw Error("a formatter was made");
    };
    for (const name of Object.keys(Object.getOwnPropertyDescriptors(Intl))) Object.defineProperty(Intl, name, { value: no });
    Number.prototype.toLocaleString = no;
  };
  const body = `<p id="count" data-copy="count" data-copy-args='{"count":12}'>x</p>`;
  const page = await visit(t, { body, script });
  await shows(page, "#count", "\u206812\u2069 boats");
  assert.deepEqual(page.errors, []);
});

test("shows hundreds of texts all at once, also when they change", async (t) => {
  const body = `<h1 data-copy="title">Host</h1>${`<p data-copy="hello" data-copy-args='{"name":"Ada"}'>Host</p>`.repeat(600)}`;
  // What can be seen at the end of every task and before every frame.
  const script = () => {
    self.seen = new Set();
    const look = () => {
      const texts = [...document.querySelectorAll("p")].map((one) => one.textContent);
      if (texts.length == 600) self.seen.add([...new Set([document.querySelector("h1").textContent, document.documentElement.lang, ...texts])].join("|"));
    };
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (look(), port2.postMessage(0));
    port2.postMessage(0);
    const frame = () => (look(), requestAnimationFrame(frame));
    frame();
  };
  const page = await visit(t, { body, script });
  await shows(page, "h1", "Title");
  await until("that was looked at", () => page.tab.evaluate(() => self.seen.size > 0 && [...self.seen].at(-1).startsWith("Title")));
  await page.tab.evaluate(() => window.copydesk.setLocale("de"));
  await shows(page, "h1", "Titel");
  await until("and that", () => page.tab.evaluate(() => [...self.seen].at(-1).startsWith("Titel")));
  const seen = await page.tab.evaluate(() => [...self.seen]);
  const all = ["Host|en", "Title|en|Hello, \u2068Ada\u2069!", "Titel|de|Hallo, \u2068Ada\u2069!"];
  assert.deepEqual(seen.slice(-2), all.slice(-2));
  assert.ok(seen.every((one) => all.includes(one)), String(seen));
  assert.deepEqual(page.errors, []);
});

test("says what is missing to programmers, and to nobody else", async (t) => {
  const told = async (url) => {
    const visitor = await browser.newContext({ locale: "en-GB" });
    t.after(() => visitor.close());
    const tab = await visitor.newPage(), warnings = [];
    tab.on("console", (message) => message.type() == "warning" && warnings.push(message.text()));
    await tab.route(`${url}/`, (route) => route.fulfill({ contentType: "text/html", body: html({ url: cdn.url }) }));
    // Browsers keep pages from elsewhere away from this machine: what they ask of it is brought to them.
    await tab.route(`${cdn.url}/**`, async (route) => route.fulfill({ response: await route.fetch() }));
    await tab.goto(`${url}/`);
    await tab.waitForFunction(() => window.copydesk?.ready.then(() => true));
    assert.equal(await tab.locator("h1").textContent(), "Title");
    return warnings;
  };
  assert.match(String(await told("http://localhost:3000")), /missing/);
  assert.deepEqual(await told("http://localhost"), []);
});

test("tells of one view in twenty: which pages, and which were before", async (t) => {
  const chance = (value) => `Math.random = () => ${value}`;
  const told = () => cdn.seen.filter((path) => path.includes("/seen.json"));
  const before = told().length;
  const body = '<h1 data-copy="title">x</h1>';
  const page = await visit(t, { body, script: chance(0.049) });
  await until("the view is told of", () => told().length == before + 1);
  assert.equal(told().at(-1), "/acme/seen.json?page=home&from=");
  await page.tab.reload();
  await until("the next view is told of", () => told().length == before + 2);
  assert.equal(told().at(-1), "/acme/seen.json?page=home&from=home");
  const other = await visit(t, { body, script: chance(0.051) });
  await other.tab.waitForFunction(() => sessionStorage.copydesk);
  // Whatever it would have asked comes before this.
  await other.tab.evaluate((url) => fetch(`${url}/marker`, { mode: "no-cors" }), cdn.url);
  await until("the marker", () => cdn.seen.includes("/marker"));
  assert.equal(told().length, before + 2);
});

test("goes along with the page: elements, arguments, other hands", async (t) => {
  const page = await visit(t);
  await page.ready();
  await page.tab.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", '<div><p id="added" data-copy="title">x</p></div><p data-copy-page="late"><i id="other" data-copy="title">y</i></p>');
    document.querySelector("#hello").dataset.copyArgs = '{"name":"Grace"}';
    document.querySelector("#needs").dataset.copyArgs = '{"name":"Ann"}';
    document.querySelector("h1").replaceChildren("the framework's");
  });
  await shows(page, "#added", "Title");
  await shows(page, "#other", "Late");
  await shows(page, "#hello", "Hello, \u2068Grace\u2069!");
  await shows(page, "#needs", "Hello, \u2068Ann\u2069!");
  await shows(page, "h1", "Title");
  assert.deepEqual(page.errors, []);
});

test("chooses and changes locales", async (t) => {
  const de = await visit(t, { lang: "de-AT" });
  await shows(de, "h1", "Titel");
  // What is not translated says which language it is in.
  assert.equal(await de.tab.locator("html").getAttribute("lang"), "de");
  assert.equal(await de.tab.locator("#terms").getAttribute("lang"), "en");

  const visitors = await visit(t, { lang: "" }, { locale: "de-CH" });
  await shows(visitors, "h1", "Titel");
  const explicit = await visit(t, { lang: "de", attributes: 'data-copy-locale="ar"' });
  await shows(explicit, "h1", "عنوان");
  assert.equal(await explicit.tab.locator("html").getAttribute("dir"), "rtl");
  assert.equal(await explicit.tab.locator("#terms").getAttribute("dir"), "ltr");

  await explicit.tab.evaluate(() => {
    window.changes = 0;
    copydesk.on("change", () => (window.changes += 1));
    return copydesk.setLocale("en");
  });
  await shows(explicit, "h1", "Title");
  assert.equal(await explicit.tab.locator("html").getAttribute("dir"), "ltr");
  // Whoever does not see it is told, in the new language.
  assert.equal(await explicit.text("output"), "Title");
  assert.deepEqual(await explicit.tab.evaluate(() => [changes, copydesk.t("title"), copydesk.t("hello", { name: "Bo" }), copydesk.t("hello"), copydesk.t("nothing")]), [1, "Title", "Hello, \u2068Bo\u2069!", undefined, undefined]);
});

const broken = { headers: { "content-type": "text/javascript", "access-control-allow-origin": "*" } };
const files = (url) => /\/acme\/\w+\/.*\.json$/.test(url.pathname);

/** Ways in which things go wrong; on none of them is the page worse than without us. */
const FAILURES = {
  "files answer 503": { fail: (url) => (files(url) ? { status: 503, body: "no" } : undefined) },
  "files hang": { fail: (url) => (files(url) ? null : undefined), hangs: true },
  "files are garbage": { fail: (url) => (files(url) ? { ...broken, body: "<html>sorry" } : undefined) },
  "files are cut off": { fail: (url) => (files(url) ? { ...broken, body: '[1,["title","Ti' } : undefined) },
  "files are of another kind": { fail: (url) => (files(url) ? { ...broken, body: '[2,["title","Two"]]' } : undefined) },
  "messages are hostile": { fail: (url) => (files(url) ? { ...broken, body: '[1,["title hello terms",[["script","alert(1)"]],[["img",{"src":"x"}]],[["a",{"onclick":"alert(1)"},"x"]]]]' } : undefined) },
  "the script answers 503": { fail: (url) => (url.pathname.endsWith("site.js") ? { status: 503, body: "no" } : undefined) },
  "the script is garbage": { fail: (url) => (url.pathname.endsWith("site.js") ? { ...broken, body: "<!doctype html><p>Sorry" } : undefined), error: /^SyntaxError/ },
  "the script is cut off": { fail: (url) => (url.pathname.endsWith("site.js") ? { ...broken, body: readFileSync(join(root, "web/site/dist/site.js"), "utf8").slice(0, 4000) } : undefined), error: /^SyntaxError/ },
  "the visitor is offline": { offline: true },
  "the script hangs": { fail: (url) => (url.pathname.endsWith("site.js") ? null : undefined), hangs: true, scriptless: true },
  "the script has another hash": { site: { attributes: 'integrity="sha384-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"' } },
  "the manifest is of no use": { fail: (url) => (url.pathname.endsWith("site.js") ? { ...broken, body: readFileSync(join(root, "web/site/dist/site.js")) + '\n({"switch":9,"source":"en","locales":["en"],"pages":{}})' } : undefined) },
  "nobody is there": { site: { url: "http://127.0.0.1:1" } },
  "a policy without our origin": { headers: { "content-security-policy": "script-src 'self'; connect-src 'self'" } },
  "a policy without our files": { headers: { "content-security-policy": "connect-src 'self'" } },
};

for (const [name, failure] of Object.entries(FAILURES))
  test(`keeps the page's own text: ${name}`, async (t) => {
    if (failure.fail) fail = failure.fail;
    const seen = cdn.seen.length;
    // A script that hangs holds back "load", as any does; everything else goes on.
    const page = failure.scriptless ? await visitHanging(t) : await visit(t, failure);
    const isReached = !failure.site?.url && !failure.offline && !failure.headers;
    if (isReached) await until("everything was tried", () => cdn.seen.length > seen);
    if (isReached && !failure.site && !/^the script/.test(name)) await page.ready();
    assert.equal(await page.text("h1"), "Host title");
    assert.equal(await page.text("#hello"), "Host hello");
    assert.equal(await page.tab.locator("#terms").innerHTML(), 'Read <a id="link" href="/terms" data-copy-name="terms">host terms</a>.');
    assert.equal(await page.tab.locator("#search").getAttribute("placeholder"), "Host search");
    assert.equal(await page.tab.locator("html").getAttribute("lang"), "en");
    // What is no script is said to be none by the browser.
    assert.deepEqual(page.errors.filter((error) => !failure.error?.test(error)), []);
    // Whoever goes on does so at once, whatever still hangs.
    await page.tab.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<a id="on" href="/on">on</a>'));
    await page.tab.click("#on");
    await page.tab.waitForURL(/\/on$/, { waitUntil: "commit", timeout: 2_000 });
  });

/** A visit that does not wait for scripts. */
const visitHanging = async (t) => {
  const site = await serve(() => ({ headers: { "content-type": "text/html" }, body: html({ url: cdn.url }) }));
  const tab = await browser.newPage();
  const errors = [];
  tab.on("pageerror", (error) => errors.push(String(error)));
  t.after(async () => {
    fail = () => undefined;
    await tab.close();
    await site.close();
  });
  await tab.goto(site.url, { waitUntil: "domcontentloaded" });
  return { tab, errors, text: (selector) => tab.locator(selector).textContent() };
};

test("keeps what is shown when the visitor goes offline", async (t) => {
  const page = await visit(t);
  await shows(page, "h1", "Title");
  await page.visitor.setOffline(true);
  await page.tab.evaluate(() => {
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    return copydesk.setLocale("de");
  });
  await page.tab.evaluate(() => copydesk.setLocale("en"));
  assert.equal(await page.text("h1"), "Title");
  assert.deepEqual(page.errors, []);
});

/** Surroundings that are hard on scripts; copy arrives all the same. */
const SURROUNDINGS = {
  "trusted types are enforced and no policy is allowed": { headers: { "content-security-policy": "require-trusted-types-for 'script'; trusted-types 'none'" } },
  "styles and scripts only as files": { headers: { "content-security-policy": "default-src 'none'; script-src http://127.0.0.1:*; connect-src http://127.0.0.1:*" } },
  "storage is blocked": { script: () => { for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } }); } },
  "storage is full of something else": { script: () => { for (const key of Object.keys(localStorage)) localStorage[key] = "?"; } },
};

for (const [name, surroundings] of Object.entries(SURROUNDINGS))
  test(`works where ${name}`, async (t) => {
    const page = await visit(t, surroundings);
    await page.ready();
    await shows(page, "h1", "Title");
    await page.tab.evaluate(() => copydesk.setLocale("de"));
    await shows(page, "h1", "Titel");
    assert.deepEqual(page.errors, []);
  });

test("leaves the page's own errors and elements alone", async (t) => {
  const answers = [];
  fail = (url) => (files(url) ? new Promise((answer) => answers.push(answer)) : undefined);
  const page = await visit(t, { body: HOST + "<script>throw Error('the host')</script>" });
  await until("both files are asked for", () => answers.length == 2);
  await page.tab.evaluate(() => {
    document.querySelector("#hello").remove();
    copydesk.on("change", () => { throw Error("a listener of the host"); });
  });
  fail = () => undefined;
  answers.forEach((answer) => answer(undefined));
  await page.ready();
  await shows(page, "h1", "Title");
  assert.deepEqual(page.errors, ["Error: the host", "Error: a listener of the host"]);
});

test("shows the last good copy when nothing answers, all of one release", async (t) => {
  const first = await visit(t);
  await shows(first, "h1", "Title");
  // Something newer is live, and only a part of it arrives.
  const script = readFileSync(join(root, "web/site/dist/site.js"));
  const newer = { format: 1, switch: 9999, source: "en", locales: ["en"], rtl: [], digits: [], pages: { home: [7777], late: [7777] } };
  fail = (url) =>
    url.pathname.endsWith("site.js") ? { ...broken, body: `${script}\n(${JSON.stringify(newer)})` }
    : /home\.7777/.test(url.pathname) ? { ...broken, body: '[1,["title","Newer title"]]' }
    : files(url) ? { status: 503, body: "" }
    : undefined;
  const page = await visit(t, {}, { visitor: first.visitor, site: first.site });
  await page.ready();
  await shows(page, "h1", "Title");
  assert.equal(await page.text("#late"), "Late");
  assert.deepEqual(page.errors, []);
});

test("reads the manifests by locale of a large site", async (t) => {
  const live = await (await fetch(`${system.delivery}/acme/live.json`)).json();
  const place = live.locales.indexOf("de");
  const pages = Object.fromEntries(Object.entries(live.pages).map(([page, numbers]) => [page, [numbers[place]]]));
  const manifests = live.locales.map((_, place) => 40 + place);
  const large = JSON.stringify({ ...live, pages: undefined, manifests });
  const script = readFileSync(join(root, "web/site/dist/site.js"));
  fail = (url) =>
    url.pathname.endsWith("site.js") ? { ...broken, body: `${script}\n(${large})` }
    : url.pathname == `/acme/manifests/de.${manifests[place]}.json` ? { ...broken, body: JSON.stringify({ format: 1, locales: ["de"], pages }) }
    : undefined;
  const page = await visit(t, { lang: "de" });
  await shows(page, "h1", "Titel");
  assert.equal(await page.text("#late"), "Late");
  assert.deepEqual(page.errors, []);
});

test("follows what is published when the page is looked at again, never in part", async (t) => {
  const page = await visit(t);
  await shows(page, "h1", "Title");
  await page.tab.evaluate(() => {
    window.mixed = 0;
    new MutationObserver(() => {
      const [title, late] = [document.querySelector("h1").textContent, document.querySelector("#late").textContent];
      if (/^New/.test(title) != /^New/.test(late)) window.mixed += 1;
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await system.publish("acme", "en", "home", { title: "New title" });
  await system.publish("acme", "en", "late", { title: "New late" });
  await page.tab.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await shows(page, "h1", "New title");
  await shows(page, "#late", "New late");
  assert.equal(await page.tab.evaluate(() => mixed), 0);
  // And goes back as it went.
  await system.publish("acme", "en", "home", { title: "Title" });
  await system.publish("acme", "en", "late", { title: "Late" });
});

test("fetches ahead what is likely to be next, once, and nothing where data is saved", async (t) => {
  const likely = async (url) => {
    if (!/\/home\.\d+\.json$/.test(url.pathname)) return undefined;
    const [format, copy, fallbacks = {}] = await (await fetch(system.delivery + url.pathname)).json();
    return { ...broken, body: JSON.stringify([format, copy, fallbacks, ["late", "nowhere"]]) };
  };
  const asked = () => cdn.seen.filter((path) => /\/late\.\d+\.json$/.test(path)).length;
  const body = '<h1 data-copy="title">x</h1><a id="to" href="/late">late</a>';
  const plain = await visit(t, { body });
  await shows(plain, "h1", "Title");
  let count = asked();
  await plain.tab.hover("#to");
  await until("the link's page is fetched", () => asked() == count + 1);

  fail = likely;
  count = asked();
  const page = await visit(t, { body });
  await until("the likely page is fetched", () => asked() == count + 1);
  await page.tab.hover("#to");
  await page.tab.evaluate(() => copydesk.setLocale("en"));
  assert.equal(asked(), count + 1);

  for (const connection of ["{ saveData: true }", '{ effectiveType: "2g" }', '{ effectiveType: "slow-2g" }']) {
    fail = likely;
    const thrifty = await visit(t, { body, script: `Object.defineProperty(navigator, "connection", { value: ${connection} })` });
    await shows(thrifty, "h1", "Title");
    await thrifty.tab.hover("#to");
    await thrifty.tab.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
    assert.equal(asked(), count + 1, connection);
  }

  // A finger on the link is enough.
  fail = () => undefined;
  const touched = await visit(t, { body }, { hasTouch: true });
  await touched.tab.waitForFunction(() => sessionStorage.copydesk);
  const { x, y } = await touched.tab.locator("#to").boundingBox();
  const session = await touched.visitor.newCDPSession(touched.tab);
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: x + 2, y: y + 2 }] });
  await until("the touched link's page is fetched", () => asked() == count + 2);
});

test("shows all copy to a new visitor while everything but delivery is stopped", async (t) => {
  const alone = await copydesk();
  t.after(alone.close);
  await alone.project("acme", "en", {}, { home: { title: "text" }, late: { title: "text" } });
  await alone.publish("acme", "en", "home", { title: "Title alone" });
  await alone.publish("acme", "en", "late", { title: "Late alone" });
  await alone.stop();
  const delivery = await alone.deliver();
  t.after(delivery.stop);
  const page = await visit(t, { site: { url: delivery.url } });
  await shows(page, "h1", "Title alone");
  await shows(page, "#late", "Late alone");
  assert.deepEqual(page.errors, []);
});

test("fetches no more ahead than a visit may cost", async (t) => {
  const asked = () => cdn.seen.filter((path) => /\/late\.\d+\.json$/.test(path)).length;
  const visitTwice = async (blanks) => {
    fail = (url) => (/\/late\.\d+\.json$/.test(url.pathname) ? { ...broken, body: '[1,["title","Late"]]' + " ".repeat(blanks) } : undefined);
    const page = await visit(t, { body: '<h1 data-copy="title">x</h1><a id="to" href="/late">late</a>' });
    const before = asked();
    await shows(page, "h1", "Title");
    await page.tab.hover("#to");
    await until("the page is fetched ahead", async () => asked() > before && (await page.tab.evaluate(() => sessionStorage.copydesks)));
    await page.tab.mouse.move(0, 0);
    // What is stored needs no fetching.
    await page.tab.evaluate(() => localStorage.clear());
    await page.tab.reload();
    await shows(page, "h1", "Title");
    await page.tab.hover("#to");
    return { page, before };
  };
  const small = await visitTwice(10);
  await until("it is fetched again", () => asked() == small.before + 2);
  const large = await visitTwice(100_001);
  await large.page.tab.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  assert.equal(asked(), large.before + 1);
});

test("shows every allowed element, and takes each of the page's own once", async (t) => {
  const page = await visit(t, { body: '<p id="short" data-copy="short">x</p><p id="twice" data-copy="twice"><i data-copy-name="it">x</i></p>' });
  await page.ready();
  assert.equal(await page.tab.innerHTML("#short"), '<abbr title="for short">f. s.</abbr><br><wbr>');
  assert.equal(await page.tab.innerHTML("#twice"), 'one <i data-copy-name="it">two</i> three');
  assert.deepEqual(page.errors, []);
});

test("does nothing in a page that has it already", async (t) => {
  const again = `<script async crossorigin src="${cdn.url}/acme/site.js?again"></script>`;
  const page = await visit(t, { head: again });
  await page.ready();
  await until("both came", () => cdn.seen.some((path) => path.endsWith("?again")));
  await page.tab.evaluate(() => document.querySelector("h1").replaceChildren("other hands"));
  await shows(page, "h1", "Title");
  assert.deepEqual(page.errors, []);
});

test("is ready when copy is in the page, also where it runs before the page is read", async (t) => {
  const text = `<!doctype html><html lang="en"><head><script crossorigin src="${cdn.url}/acme/site.js"></script>
    <script>copydesk.ready.then(() => (window.told = [...document.querySelectorAll("[data-copy]")].map((it) => it.textContent)))</script></head>
    <body data-copy-page="home"><h1 data-copy="title">Host</h1><footer data-copy-page="late"><i data-copy="title">Host</i></footer></body></html>`;
  const site = await serve(() => ({ headers: { "content-type": "text/html" }, body: text }));
  t.after(site.close);
  const page = await visit(t, {}, { site });
  await page.tab.waitForFunction(() => window.told);
  assert.deepEqual(await page.tab.evaluate(() => told), ["Title", "Late"]);
});

test("stays whole where only a part of something newer comes", async (t) => {
  const page = await visit(t);
  await shows(page, "h1", "Title");
  fail = (url) => (/\/late\.\d+\.json$/.test(url.pathname) ? { status: 503, body: "" } : undefined);
  await page.tab.evaluate(() => localStorage.clear());
  await page.tab.evaluate(() => copydesk.setLocale("de"));
  assert.equal(await page.text("h1"), "Title");
  assert.equal(await page.text("#late"), "Late");
  assert.equal(await page.tab.locator("html").getAttribute("lang"), "en");
  assert.equal(await page.tab.evaluate(() => copydesk.t("title")), "Title");
  fail = () => undefined;
  await page.tab.evaluate(() => copydesk.setLocale("de"));
  await shows(page, "h1", "Titel");
});

test("keeps the last good copy although a page shows none", async (t) => {
  const first = await visit(t);
  await shows(first, "h1", "Title");
  await first.tab.evaluate(() => {
    document.body.removeAttribute("data-copy-page");
    document.querySelectorAll("[data-copy-page]").forEach((it) => it.remove());
    return copydesk.setLocale("en");
  });
  fail = (url) => (files(url) ? { status: 503, body: "" } : undefined);
  const page = await visit(t, {}, { visitor: first.visitor, site: first.site });
  await shows(page, "h1", "Title");
  assert.equal(await page.text("#late"), "Late");
});

test("fills a page while it is still being read", async (t) => {
  const parts = [
    `<!doctype html><html lang="en"><head><script crossorigin src="${cdn.url}/acme/site.js"></script></head><body data-copy-page="home">
      <h1 data-copy="title">Host ti`,
    'tle</h1><p id="terms" data-copy="terms">Read <a id="link" href="/terms" data-copy-name="terms">host te',
    "rms</a>.</p><p>The end</p></body></html>",
  ];
  const answers = [];
  const site = await serve((url) => (url.pathname == "/" ? new Promise((answer) => answers.push(answer)) : { status: 404 }));
  t.after(site.close);
  const tab = await browser.newPage();
  t.after(() => tab.close());
  const going = tab.goto(site.url);
  await until("the page is asked for", () => answers[0]);
  const body = new ReadableStream({ start: (stream) => (parts.stream = stream) });
  answers[0]({ headers: { "content-type": "text/html" }, body });
  for (const [place, part] of parts.entries()) {
    parts.stream.enqueue(new TextEncoder().encode(part));
    if (place < 2) await tab.waitForFunction((tag) => document.querySelector(tag)?.lang == "" && window.copydesk?.t("title") && !/ost/.test(document.querySelector(tag).textContent), ["h1", "#terms"][place]);
  }
  parts.stream.close();
  await going;
  await until("all of it is read", async () => (await tab.textContent("p:last-of-type")) == "The end");
  assert.equal(await tab.textContent("h1"), "Title");
  assert.equal(await tab.innerHTML("#terms"), 'Please read <a id="link" href="/terms" data-copy-name="terms">our <b>terms</b></a> <a href="https://example.org/">now</a>.');
});

test("leaves the last word to a translator", async (t) => {
  const page = await visit(t);
  await shows(page, "h1", "Title");
  await page.tab.evaluate(() => {
    const heading = document.querySelector("h1");
    const translate = () => heading.textContent == "Titre" || heading.replaceChildren(Object.assign(document.createElement("font"), { textContent: "Titre" }));
    new MutationObserver(translate).observe(heading, { childList: true, characterData: true, subtree: true });
    translate();
  });
  await shows(page, "h1", "Titre");
  // Other copy is shown all the same.
  await page.tab.evaluate(() => copydesk.setLocale("de"));
  await shows(page, "#hello", "Hallo, \u2068Ada\u2069!");
});

test("asks for nothing on a second visit, nor for what was fetched ahead", async (t) => {
  fail = async (url) => {
    if (!/\/home\.\d+\.json$/.test(url.pathname)) return undefined;
    const [format, copy, fallbacks = {}] = await (await fetch(system.delivery + url.pathname)).json();
    return { ...broken, body: JSON.stringify([format, copy, fallbacks, ["late"]]) };
  };
  const page = await visit(t, { body: '<h1 data-copy="title">x</h1>' });
  await shows(page, "h1", "Title");
  await page.tab.waitForFunction(() => Object.values(localStorage).some((kept) => /\/late\./.test(kept)));
  const session = await page.visitor.newCDPSession(page.tab);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const before = cdn.seen.length;
  await page.tab.reload();
  await shows(page, "h1", "Title");
  await page.tab.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<p id="more" data-copy-page="late"><i data-copy="title">y</i></p>'));
  await shows(page, "#more", "Late");
  assert.deepEqual(cdn.seen.slice(before).filter((path) => files({ pathname: path })), []);
});

test("mends what is damaged in storage", async (t) => {
  const first = await visit(t);
  await shows(first, "h1", "Title");
  const kept = await first.tab.waitForFunction(() => Object.entries(localStorage)[0]);
  const [key, value] = await kept.jsonValue();
  const { live, texts } = JSON.parse(value);
  const garbled = Object.fromEntries(Object.keys(texts).map((path) => [path, '[1,["title","Ti']));
  for (const damaged of ["{", "null", '{"live":5}', '{"live":{"switch":99999}}', JSON.stringify({ live }), JSON.stringify({ live, texts: garbled })]) {
    await first.tab.evaluate(([key, damaged]) => (localStorage[key] = damaged), [key, damaged]);
    await first.tab.reload();
    await shows(first, "h1", "Title");
    // It is written again once the page is idle.
    const isWhole = ([key, length]) => {
      try {
        const { texts } = JSON.parse(localStorage[key]);
        return Object.values(texts).length == length && Object.values(texts).every((text) => JSON.parse(text));
      } catch {
        return false;
      }
    };
    await first.tab.waitForFunction(isWhole, [key, Object.keys(texts).length]);
  }
  assert.deepEqual(first.errors, []);
});

test("goes to another locale when its own is not live any more", async (t) => {
  const page = await visit(t, { lang: "de" });
  await shows(page, "h1", "Titel");
  const live = await (await fetch(`${system.delivery}/acme/live.json`)).json();
  const place = live.locales.indexOf("en");
  const pages = Object.fromEntries(Object.entries(live.pages).map(([page, numbers]) => [page, [numbers[place]]]));
  const next = { ...live, switch: live.switch + 1, locales: ["en"], pages };
  fail = (url) => (url.pathname.endsWith("live.json") ? { ...broken, body: JSON.stringify(next) } : undefined);
  await page.tab.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await shows(page, "h1", "Title");
});

test("knows of every locale how it is written", async (t) => {
  const tags = "ar ar-EG ar-Latn as bg bn ckb de dv dz el en en-US fa fa-AF fr he hi ja ka ko ks mr my ne nqo pa pa-PK pl ps ru sd sr th ug uk ur uz-AF yi zh zh-Hant".split(" ");
  await system.project("scripts", "en", Object.fromEntries(tags.filter((tag) => tag != "en").map((tag) => [tag, ["en"]])), { home: { title: "text" } });
  await system.publish("scripts", "en", "home", { title: "Title" });
  const { rtl, digits, locales } = await (await fetch(`${system.delivery}/scripts/live.json`)).json();
  assert.equal(locales.length, tags.length);
  const page = await visit(t);
  const known = await page.tab.evaluate((locales) => {
    const toLeft = (tag) => /Adlm|Arab|Hebr|Nkoo|Thaa/.test(new Intl.Locale(tag).maximize().script);
    return { rtl: locales.filter(toLeft), digits: locales.filter((tag) => (10).toLocaleString(tag) != "10") };
  }, locales);
  assert.deepEqual(rtl, known.rtl);
  // A browser knows fewer locales.
  assert.deepEqual(known.digits.filter((tag) => !digits.includes(tag)), []);
  for (const tag of ["en", "de", "hi", "ja", "ko", "pl", "ru", "th", "zh-Hant"]) assert.ok(!digits.includes(tag), tag);
});
