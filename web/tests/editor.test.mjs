// The in-page editor as people use it, on a site of another origin: clicks and keys in a real browser, on the real program.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { copydesk, launch, root, serve, until } from "./harness.mjs";
import { isAccessible, shot } from "./person.mjs";

/** What the page under test has in its head and body, and its headers. */
const PAGE = `<h1 data-copy="title">Host title</h1>
<p id="lead" data-copy="lead">Host lead <button type="button" data-copy-name="bell" onclick="self.rung=(self.rung||0)+1">ring</button></p>
<p id="count" data-copy="count" data-copy-args='{"count":3}'>Host count</p>
<button id="go" data-copy="go" onclick="self.gone=1">Host go</button>
<input id="field" data-copy="field" data-copy-attrs="placeholder" placeholder="Host field">
<a id="away" href="/elsewhere" data-copy="away">Host link</a>
<div style="height:120rem"></div><p id="below" data-copy="below">Host below</p>`;

let system, browser, site, origin, page = {};

before(async () => {
  [system, browser] = await Promise.all([copydesk(), launch()]);
  site = await serve(({ pathname }) => {
    if (pathname === "/favicon.ico") return { status: 404 };
    const { body = PAGE, head = "", headers = {} } = page;
    const text = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title data-copy="meta">Host</title><style>body{font:18px Georgia,serif;max-width:40rem;margin:3rem}h1{color:teal}</style>${head}
<script async crossorigin src="${system.delivery}/acme/site.js"></script></head><body data-copy-page="home">${body}</body></html>`;
    return { headers: { "content-type": "text/html; charset=utf-8", ...headers }, body: text };
  });
  // Another site than the studio's, as browsers see it: storage is kept apart.
  origin = site.url.replace("127.0.0.1", "localhost");
  const home = { meta: "text", title: "text", lead: "html", count: "text", go: "text", "field.placeholder": "text", away: "text", below: "text" };
  await system.project("acme", "en", { de: ["en"], ar: ["en"] }, { home });
  await system.project("other", "en", {}, { home: { title: "text" } });
  await system.ask("PATCH", "/acme", { origins: [origin, site.url] });
});

after(async () => {
  await browser?.close();
  await system?.close();
  await site?.close();
});

const TEXTS = {
  meta: "Meta",
  title: "Title",
  lead: 'A <strong>bold</strong> lead, <button data-copy-name="bell">ring it</button> now',
  count: "{ $count ->\n    [one] one boat\n   *[other] { $count } boats\n}",
  go: "Go on",
  "field.placeholder": "Your name",
  away: "A link",
  below: "Far below",
};

/** The text that is saved. */
const saved = async (key, locale = "en") => (await system.ask("GET", `/acme/drafts/${locale}/home`)).items.find((one) => one.key === key)?.value;

const isSaved = (key, value, locale) => until(`${key} is saved as ${value}`, async () => (await saved(key, locale)) === value);

/** Puts the texts back as they were. */
const reset = async () => {
  await system.publish("acme", "ar", "home", { title: "عنوان الصفحة" });
  await system.publish("acme", "de", "home", { title: "Titel" });
  await system.publish("acme", "en", "home", TEXTS);
};

/** Somebody who is signed in at the studio. */
const person = async (t, { name = "Ada", ...options } = {}) => {
  const visitor = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 }, ...options });
  t.after(() => visitor.close());
  visitor.setDefaultTimeout(15_000);
  const studio = await visitor.newPage();
  await studio.goto(system.api + (await system.link({ name })));
  await studio.getByRole("button", { name: "Sign in" }).click();
  await studio.getByRole("heading", { name: "Projects" }).waitFor();
  return { visitor, studio };
};

const frameOf = async (tab) => {
  let frame;
  await until("the frame is there", () => (frame = tab.frames().find((one) => one.url().startsWith(`${system.api}/edit/`))));
  return frame;
};

/** Somebody who edits the site; `given` is what the site's page is. */
const editor = async (t, given = {}, { isFirst = true, at = origin, ...options } = {}) => {
  page = given;
  if (isFirst) await reset();
  const { visitor, studio } = await person(t, options);
  const tab = await visitor.newPage(), errors = [];
  tab.on("pageerror", (error) => errors.push(String(error)));
  await tab.goto(`${at}/#copydesk`);
  const frame = await frameOf(tab), secrets = [];
  const button = frame.getByRole("button", { name: "Sign in" });
  await button.waitFor();
  if (isFirst) await isAccessible(frame, "nobody is signed in");
  tab.on("response", async (answer) => {
    if (!answer.url().endsWith("/v1/sessions")) return;
    const { access_token, refresh_token } = await answer.json();
    secrets.push(access_token, refresh_token);
  });
  const [popup] = await Promise.all([visitor.waitForEvent("page"), button.click()]);
  await Promise.all([popup.waitForEvent("close"), popup.getByRole("button", { name: "Allow" }).click()]);
  await frame.getByRole("button", { name: /title/ }).first().waitFor();
  const look = async (name) => {
    await shot(tab, `editor-${name}`, false);
    await isAccessible(frame, name);
  };
  const list = () => frame.getByRole("button", { name: "All texts of this page" }).click();
  const state = () => frame.locator(".entry .state").first().textContent();
  const shows = (selector, wanted) => until(`${selector} shows ${wanted}`, async () => (await tab.locator(selector).textContent()).replace(/[\u2068\u2069]/g, "") === wanted);
  return { visitor, studio, tab, frame, errors, secrets, look, list, state, shows };
};

test("is small, and visitors load nothing of it", async (t) => {
  await reset();
  const size = (name) => brotliCompressSync(readFileSync(join(root, "web/studio/dist", name))).length;
  console.log(`figure: the in-page editor: ${size("edit.js")} bytes in the page, ${size("frame.js") + size("studio.css")} in its frame (brotli 11)`);
  assert.ok(size("edit.js") <= 75 * 1024);
  page = {};
  const visitor = await browser.newContext();
  t.after(() => visitor.close());
  const tab = await visitor.newPage(), asked = [];
  tab.on("request", (request) => asked.push(request.url()));
  await tab.goto(origin);
  await until("the copy is there", async () => (await tab.locator("h1").textContent()) === "Title");
  assert.deepEqual(asked.filter((url) => url.startsWith(system.api)), []);
  // It comes without loading the page again.
  await tab.evaluate(() => (location.hash = "copydesk"));
  await frameOf(tab);
});

test("somebody edits in place in two languages, publishes, and visitors see it", async (t) => {
  const ada = await editor(t);
  await ada.look("list");
  await ada.tab.locator("h1").click();
  await ada.tab.keyboard.type(", better");
  await until("it is typed", async () => (await ada.state()) === "Typed, not saved");
  await ada.look("writing");
  // On to the next text: this one is saved.
  await ada.tab.keyboard.press("Tab");
  await isSaved("title", "Title, better");
  // Just after the focus, ProseMirror takes a caret at the very beginning for the browser's own doing.
  await until("the caret is at the beginning", async () => {
    await ada.tab.keyboard.press("Home");
    const isSettled = async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      return getSelection().anchorNode.nodeName === "#text" && getSelection().anchorOffset === 0;
    };
    return ada.tab.evaluate(isSettled);
  });
  await ada.tab.keyboard.type("So: ");
  await ada.tab.keyboard.press("Shift+Home");
  await ada.tab.keyboard.press("Control+i");
  await ada.tab.keyboard.press("Control+s");
  await isSaved("lead", `<em>So:</em> ${TEXTS.lead}`);
  await ada.tab.keyboard.press("Escape");

  // The page's own button is where it was, and still does what it does; with Alt, a press is for the page.
  await ada.shows("#lead", "So: A bold lead, ring it now");
  await ada.tab.locator("[data-copy-name]").click({ modifiers: ["Alt"] });
  assert.equal(await ada.tab.evaluate(() => self.rung), 1);

  await ada.list();
  await ada.frame.getByLabel("Language").selectOption("de");
  await ada.shows("h1", "Titel");
  await ada.tab.locator("h1").click();
  await ada.tab.keyboard.type(", besser");
  await ada.tab.keyboard.press("Enter");
  await isSaved("title", "Titel, besser", "de");
  await ada.shows("h1", "Titel, besser");
  assert.equal(await ada.tab.evaluate(() => document.documentElement.lang), "de");

  await ada.list();
  await ada.frame.getByRole("button", { name: "Publish" }).click();
  await ada.frame.getByText(", besser").waitFor();
  await ada.look("publish");
  const publish = ada.frame.locator("form button.main");
  await until("it can be pressed", () => publish.isEnabled());
  // Pressed the moment it comes under the pointer, it does nothing but ask for another press.
  await publish.click();
  await ada.frame.getByRole("status").filter({ hasText: "press once more" }).waitFor();
  await ada.look("press-again");
  assert.equal(await ada.frame.getByRole("status").filter({ hasText: /is live/ }).count(), 0);
  await publish.focus();
  await ada.tab.keyboard.press("Enter");
  await ada.frame.getByRole("status").filter({ hasText: /is live/ }).waitFor();
  const visitor = await browser.newContext({ locale: "en" });
  t.after(() => visitor.close());
  const tab = await visitor.newPage();
  await tab.goto(origin);
  await until("a visitor sees it", async () => (await tab.locator("h1").textContent()) === "Title, better");
  assert.deepEqual(ada.errors, []);
});

test("goes through the page by keys alone; Escape gives the text back, and undo works", async (t) => {
  const ada = await editor(t);
  await ada.tab.locator("h1").click();
  await ada.tab.keyboard.type(" one");
  await ada.tab.keyboard.press("Control+z");
  await until("it is undone", async () => (await ada.tab.locator("h1").textContent()) === "Title");
  await ada.tab.keyboard.type(" two");
  await ada.tab.keyboard.press("Escape");
  await ada.shows("h1", "Title");
  assert.equal(await saved("title"), "Title");
  await ada.tab.locator("h1").click();
  for (const text of ["A bold lead", "A link", "Far below"]) {
    await ada.tab.keyboard.press("Tab");
    await until(`in ${text}`, async () => (await ada.tab.evaluate(() => document.activeElement.textContent)).startsWith(text));
  }
  await ada.tab.keyboard.press("Shift+Tab");
  await until("back", async () => (await ada.tab.evaluate(() => document.activeElement.textContent)) === "A link");
  assert.equal(await saved("lead"), TEXTS.lead);
});

test("what takes a form is written in the panel: plurals, buttons, attributes and the title", async (t) => {
  const ada = await editor(t);
  await ada.tab.locator("#count").click();
  await until("the panel has the focus", () => ada.frame.evaluate(() => document.activeElement?.dataset.key === "count"));
  await ada.frame.getByRole("tab", { name: /^other/ }).click();
  await ada.frame.locator('.target[data-key="count"]').click();
  await ada.tab.keyboard.press("End");
  await ada.tab.keyboard.type(" to row");
  await ada.shows("#count", "3 boats to row");
  await ada.tab.keyboard.press("Control+s");
  await isSaved("count", TEXTS.count.replace("boats", "boats to row"));

  await ada.tab.locator("#go").click();
  assert.equal(await ada.tab.evaluate(() => self.gone), undefined);
  await ada.frame.locator('textarea[data-key="go"]').fill("Go further");
  await ada.shows("#go", "Go further");

  await ada.list();
  await ada.frame.getByRole("button", { name: /field.placeholder/ }).click();
  await ada.frame.locator('textarea[data-key="field.placeholder"]').fill("Your own name");
  await until("the attribute shows it", async () => (await ada.tab.locator("#field").getAttribute("placeholder")) === "Your own name");
  await ada.list();
  // What is not on the screen is listed, too.
  assert.match(await ada.frame.getByRole("button", { name: /below/ }).textContent(), /not on the screen/);
  await ada.frame.getByRole("button", { name: /meta/ }).click();
  await ada.frame.locator('textarea[data-key="meta"]').fill("Another title");
  await until("the tab is called so", async () => (await ada.tab.title()) === "Another title");
  await ada.look("form");
});

test("two people on one text: the second sees both", async (t) => {
  const [ada, bob] = [await editor(t), await editor(t, {}, { name: "Bob", isFirst: false })];
  await bob.tab.locator("h1").click();
  await bob.tab.keyboard.type(" by Bob");
  await ada.tab.locator("h1").click();
  await ada.tab.keyboard.type(" by Ada");
  await ada.tab.keyboard.press("Enter");
  await isSaved("title", "Title by Ada");
  const conflict = bob.frame.locator(".conflict");
  await conflict.waitFor();
  await bob.look("conflict");
  assert.equal(await bob.tab.locator("h1").textContent(), "Title by Bob");
  await conflict.getByRole("button", { name: "Take" }).or(conflict.getByRole("button").first()).first().click();
  // Theirs is in the page at once, where Bob writes.
  await bob.shows("h1", "Title by Ada");
  await bob.tab.locator("h1").click();
  await bob.tab.keyboard.type(" and Bob");
  await bob.tab.keyboard.press("Enter");
  await isSaved("title", "Title by Ada and Bob");
  await ada.shows("h1", "Title by Ada and Bob");
});

test("a page that takes keys and renders anew takes no word", async (t) => {
  const head = `<script>
    for (const type of ["keydown", "keypress", "keyup"])
      for (const capture of [true, false]) document.addEventListener(type, (event) => { self.stolen = (self.stolen || 0) + 1; event.preventDefault(); }, capture);
    self.render = () => { const all = document.querySelector("main"); all.innerHTML = all.dataset.html; };
  </script>`;
  const main = `<h1 data-copy='title'>Host title</h1>`;
  const ada = await editor(t, { head, body: `<main data-html="${main}">${main}</main>` });
  await ada.tab.locator("h1").click();
  await ada.tab.keyboard.type(" typed /?");
  await ada.shows("h1", "Title typed /?");
  assert.equal(await ada.tab.evaluate(() => self.stolen), undefined);
  await ada.tab.evaluate(() => self.render());
  await ada.shows("h1", "Title typed /?");
  await ada.tab.keyboard.type(" on");
  await ada.tab.keyboard.press("Enter");
  await isSaved("title", "Title typed /? on");
  // Once more, without anybody writing in it.
  await ada.tab.evaluate(() => self.render());
  await ada.shows("h1", "Title typed /? on");
});

test("after a form the next text is written in the page; another language saves what was begun in this one", async (t) => {
  const ada = await editor(t);
  await ada.tab.locator("#count").click();
  await until("the panel has the focus", () => ada.frame.evaluate(() => document.activeElement?.dataset.key === "count"));
  await ada.tab.locator("h1").click();
  await ada.tab.keyboard.type(" in English");
  await ada.shows("h1", "Title in English");
  await ada.list();
  await ada.frame.getByLabel("Language").selectOption("de");
  await ada.shows("h1", "Titel");
  await isSaved("title", "Title in English");
  assert.equal(await saved("title", "de"), "Titel");
  // What is missing begins as its source text: that alone is no translation.
  await ada.tab.locator("#lead").click();
  await ada.tab.keyboard.type("x");
  await ada.tab.keyboard.press("Backspace");
  await ada.tab.locator("#away").click();
  await ada.tab.keyboard.type("!");
  await ada.tab.keyboard.press("Enter");
  await isSaved("away", "A link!", "de");
  assert.equal(await saved("lead", "de"), undefined);
  await system.ask("DELETE", "/acme/drafts/de/home/away", undefined, { "if-match": `"${(await system.ask("GET", "/acme/drafts/de/home/away")).version}"` });
});

test("what scripts of the page do to the element that is written in is no typing", async (t) => {
  const ada = await editor(t);
  await ada.tab.locator("h1").click();
  await ada.tab.keyboard.type(" mine");
  await ada.shows("h1", "Title mine");
  // Once the typing is over for a while.
  await ada.tab.evaluate(async () => {
    const began = performance.now();
    while (performance.now() - began < 1_100) await new Promise(requestAnimationFrame);
    document.querySelector("h1").append(" theirs");
  });
  await ada.shows("h1", "Title mine");
  // A page that shows another text in the same element, a carousel say.
  await ada.tab.evaluate(() => (document.querySelector("h1").dataset.copy = "away"));
  await ada.shows("h1", "A link");
  await isSaved("title", "Title mine");
  assert.equal(await saved("away"), "A link");
  await ada.tab.keyboard.type("lost?");
  await ada.shows("h1", "A link");
});

test("what is pasted is words and what the policy allows, and nothing of it runs", async (t) => {
  const html = `<b>fat</b> <i onclick="self.hit=1">slant</i> <a href="https://example.com/a">link</a><img src=x onerror="self.hit=1"><script>self.hit=1</script><svg onload="self.hit=1"></svg>`;
  // Where the site enforces Trusted Types, markup cannot even be read: the words alone are taken.
  for (const [policy, wanted] of [["", `<strong>fat</strong> <em>slant</em> <a href="https://example.com/a">link</a>`], ["require-trusted-types-for 'script'; trusted-types 'none'", "fat slant link"]]) {
    const ada = await editor(t, { headers: { ...(policy && { "content-security-policy": policy }) } });
    const loud = [];
    ada.tab.on("console", (message) => message.type() === "error" && loud.push(message.text()));
    await ada.visitor.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
    const elsewhere = await ada.visitor.newPage();
    await elsewhere.goto(`${origin}/?elsewhere`);
    const paste = async (html, text) => {
      await elsewhere.bringToFront();
      await elsewhere.evaluate(async ([html, text]) => {
        const item = new ClipboardItem({ "text/html": new Blob([html], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" }) });
        await navigator.clipboard.write([item]);
      }, [html, text]);
      await ada.tab.bringToFront();
      await ada.tab.keyboard.press("Control+v");
    };
    await ada.tab.locator("#lead").click();
    await ada.tab.locator("#lead").press("End");
    await paste(html, "fat slant link");
    await ada.tab.keyboard.press("Control+s");
    await isSaved("lead", TEXTS.lead + wanted);
    await ada.tab.locator("h1").click();
    await paste("<b>no</b> markup", "no\nmarkup { here }");
    await ada.tab.keyboard.press("Enter");
    await isSaved("title", `Titleno markup { "{" } here { "}" }`);
    await ada.shows("h1", "Titleno markup { here }");
    assert.equal(await ada.tab.evaluate(() => self.hit), undefined);
    assert.deepEqual([...ada.errors, ...loud.filter((text) => !/TrustedHTML/.test(text))], []);
  }
});

test("an input method and a language from right to left", async (t) => {
  const ada = await editor(t);
  await ada.frame.getByLabel("Language").selectOption("ar");
  await ada.shows("h1", "عنوان الصفحة");
  await ada.tab.locator("h1").click();
  const keyboard = await ada.visitor.newCDPSession(ada.tab);
  await keyboard.send("Input.imeSetComposition", { text: " جد", selectionStart: 3, selectionEnd: 3 });
  await keyboard.send("Input.imeSetComposition", { text: " جديد", selectionStart: 5, selectionEnd: 5 });
  await keyboard.send("Input.insertText", { text: " جديد" });
  await ada.look("right-to-left");
  await ada.tab.keyboard.press("Enter");
  await isSaved("title", "عنوان الصفحة جديد", "ar");
});

test("tagged elements that no entry knows become entries with their text", async (t) => {
  const ada = await editor(t, { body: `${PAGE}<p data-copy="fresh">Quite { new }</p><p data-copy="rich">Some <em>new</em> &amp; <button data-copy-name="x" onclick="1">x</button></p>` });
  await ada.frame.getByText(/2\D+tagged elements/).click();
  await ada.look("unknown");
  const make = ada.frame.getByRole("button", { name: /Make .*2/ });
  await until("it can be pressed", () => make.isEnabled());
  await make.focus();
  await ada.tab.keyboard.press("Enter");
  await isSaved("fresh", `Quite { "{" } new { "}" }`);
  await isSaved("rich", `Some <em>new</em> &amp; <button data-copy-name="x">x</button>`);
  await ada.frame.getByRole("button", { name: /fresh/ }).waitFor();
  for (const key of ["fresh", "rich"]) await system.ask("DELETE", `/acme/pages/home/entries/${key}`);
});

test("where windows are kept apart, a code is typed instead", async (t) => {
  page = { headers: { "cross-origin-opener-policy": "same-origin" } };
  const { visitor, studio } = await person(t);
  const tab = await visitor.newPage();
  await tab.goto(`${origin}/#copydesk`);
  const frame = await frameOf(tab);
  await frame.getByRole("button", { name: "Sign in" }).click();
  const code = frame.getByRole("textbox", { name: "Code" });
  await code.waitFor();
  await isAccessible(frame, "a code is asked for");
  // The studio's own window shows one.
  const href = await frame.getByRole("link", { name: "Get a code" }).getAttribute("href");
  await studio.goto(href);
  await studio.getByRole("button", { name: "Allow" }).waitFor();
  await shot(studio, "connect");
  await isAccessible(studio, "a site asks");
  await studio.getByRole("button", { name: "Allow" }).click();
  await studio.locator(".code code").waitFor();
  await isAccessible(studio, "a code");
  await code.fill((await studio.locator(".code code").textContent()).toLowerCase());
  await frame.getByRole("button", { name: "Use the code" }).click();
  await frame.getByRole("button", { name: /title/ }).first().waitFor();
});

test("a site that is not the project's cannot show the frame, and is told what to do", async (t) => {
  await reset();
  const stranger = await serve(() => ({ headers: { "content-type": "text/html" }, body: `<script async crossorigin src="${system.delivery}/acme/site.js"></script><body data-copy-page="home"><h1 data-copy="title">Host</h1>` }));
  t.after(() => stranger.close());
  const visitor = await browser.newContext();
  t.after(() => visitor.close());
  const tab = await visitor.newPage();
  await tab.goto(`${stranger.url}/#copydesk`);
  await until("no frame of the studio", () => tab.frames().some((one) => one.url().startsWith("chrome-error:")));
  // The page goes on as if nothing had happened.
  await until("the copy is there", async () => (await tab.locator("h1").textContent()) === "Title");
});

/** A site whose scripts were there first, and take whatever passes through their hands. */
const HOSTILE = `<script>
  self.heard = [];
  addEventListener("message", ({ data }) => heard.push(JSON.stringify(data)), true);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) { return (self.shadow = attach.call(this, { ...options, mode: "open" })); };
  Object.defineProperty(MessagePort.prototype, "onmessage", { set(listener) {
    self.line = this;
    this.addEventListener("message", (event) => { heard.push(JSON.stringify(event.data)); listener.call(this, event); });
    this.start();
  } });
</script>`;

/** What its scripts try then; each says what it got. */
const ATTACKS = {
  "reads the frame's document": () => self.shadow.querySelector("iframe").contentDocument,
  "reads the frame's storage": () => self.shadow.querySelector("iframe").contentWindow.localStorage.length,
  "finds a secret in storage of its own": () => (/eyJ|copydesk-session/.test(JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])) ? "a secret" : null),
  "finds a secret among what was loaded": () => (performance.getEntries().some(({ name }) => /eyJ|code=/.test(name)) ? "a secret" : null),
  "asks the API with the visitor's cookies": async ({ api }) => {
    const answer = await fetch(`${api}/v1/projects/acme/drafts/en/home`, { credentials: "include" }).catch(() => undefined);
    return answer?.ok ? answer.text() : null;
  },
  "opens a second line to the frame": async ({ api }) => {
    const frame = self.shadow.querySelector("iframe"), { port1, port2 } = new MessageChannel();
    const heard = new Promise((heard) => port1.addEventListener("message", ({ data }) => heard(data)));
    port1.start();
    frame.contentWindow.postMessage({ copydesk: frame.src.split("#")[1] }, api, [port2]);
    // The line that is there answers later than another would.
    self.line.postMessage({ ask: "open", pages: ["home"], locale: "en" });
    return Promise.race([heard, new Promise((go) => self.line.addEventListener("message", () => go(null)))]);
  },
  "signs the frame in as somebody else": ({ api }) => {
    for (const nonce of ["", undefined, self.shadow.querySelector("iframe").src.split("#")[1]])
      self.shadow.querySelector("iframe").contentWindow.postMessage({ copydesk: nonce, code: "0000000000" }, api);
  },
  "asks on the line for what there is no word for": () => {
    for (const ask of ["publish", "release", "token", "session", "members", "fetch", "constructor", "__proto__", undefined])
      self.line.postMessage({ ask, place: { page: "home", key: "title" }, body: { locales: ["en"] }, path: "/projects/acme/releases", method: "POST" });
    self.line.postMessage(null);
    self.line.postMessage({ ask: "seen" });
  },
  "saves into another project": () => {
    for (const page of ["../../../other/drafts/en/home", "..%2F..%2Fother", "home/../../../../other/drafts/en/home"]) {
      const place = { page, key: "title" };
      self.line.postMessage({ ask: "open", pages: [page, "home"], locale: "../../other/drafts/en" });
      for (const more of [{ ask: "choose", focus: true }, { ask: "type", parts: ["taken"], typing: 1 }, { ask: "save" }]) self.line.postMessage({ ...more, place });
    }
  },
  "presses keys and buttons where the frame has the focus": () => {
    const frame = self.shadow.querySelector("iframe"), more = { bubbles: true, composed: true };
    frame.focus();
    for (const target of [frame, self.shadow, document, window])
      for (const key of ["Enter", " "])
        for (const event of [new KeyboardEvent("keydown", { key, ...more }), new KeyboardEvent("keyup", { key, ...more }), new MouseEvent("click", more), new PointerEvent("pointerdown", more), new SubmitEvent("submit", more)]) target.dispatchEvent(event);
  },
  "opens a frame of its own and has a line to it from the beginning": async ({ api }) => {
    const { port1, port2 } = new MessageChannel(), frame = Object.assign(document.createElement("iframe"), { src: `${api}/edit/acme#mine` });
    port1.addEventListener("message", ({ data }) => heard.push(JSON.stringify(data)));
    port1.start();
    document.body.append(frame);
    await new Promise((loaded) => (frame.onload = loaded));
    frame.contentWindow.postMessage({ copydesk: "mine" }, api, [port2]);
    for (const ask of ["publish", "release", "token", "session", "members"]) port1.postMessage({ ask, body: { locales: ["en"] } });
    await new Promise(requestAnimationFrame);
    frame.remove();
  },
  "looks into the window where somebody allows it, for as long as that is open": async ({ api }) => {
    const popup = open(`${api}/#/@connect/acme/${encodeURIComponent(location.origin)}/guess`), got = [];
    for (let tries = 0; tries < 300 && !popup.closed; tries++) {
      try {
        if (popup.location.href !== "about:blank") got.push(popup.location.href);
      } catch {
        for (const look of [() => popup.document, () => popup.localStorage.length, () => popup.copydesk, () => popup.location.hash, () => popup.history.length])
          try {
            got.push(String(look()));
          } catch {}
        for (const data of [{ copydesk: "guess" }, { code: true }, "code"]) popup.postMessage(data, "*");
      }
      await new Promise(requestAnimationFrame);
    }
    popup.close();
    return got[0] ?? null;
  },
  "types what nests too deep": () => {
    let parts = ["x"];
    for (let depth = 0; depth < 1_000; depth++) parts = [{ tag: "b", attributes: {}, parts }];
    const place = { page: "home", key: "below" };
    for (const more of [{ ask: "type", parts, typing: 2 }, { ask: "forget" }]) self.line.postMessage({ ...more, place });
  },
};

test("scripts of the site get drafts of its own project, and nothing else", async (t) => {
  const ada = await editor(t, { head: HOSTILE });
  const secrets = ada.secrets;
  assert.equal(secrets.length, 2);
  const releases = async () => (await system.ask("GET", "/acme/releases")).items.length;
  const before = await releases();
  for (const [name, attack] of Object.entries(ATTACKS)) {
    const got = await ada.tab.evaluate(attack, { api: system.api }).catch((error) => (/SecurityError|Blocked a frame/.test(error.message) ? null : Promise.reject(error)));
    assert.equal(got ?? null, null, name);
  }

  // Frames of its own: nothing of the studio, nor another project.
  for (const path of ["/", "/sign-in", "/edit/other", "/edit/acme/", `/#/@connect/acme/${encodeURIComponent(origin)}/n`]) {
    await ada.tab.evaluate((src) => document.body.append(Object.assign(document.createElement("iframe"), { src })), system.api + path);
  }
  await until("none of them is shown", () => ada.tab.frames().filter((one) => one.url().startsWith("chrome-error:")).length === 5);

  // A window of its own, where somebody allowed it once: the code is for the studio's frame alone.
  let code;
  await ada.visitor.route("**/v1/sessions/codes", async (route) => {
    const answer = await route.fetch();
    ({ code } = await answer.json());
    await route.fulfill({ response: answer });
  });
  const [popup] = await Promise.all([
    ada.visitor.waitForEvent("page"),
    ada.tab.evaluate((url) => void (self.popup = open(url)), `${system.api}/#/@connect/acme/${encodeURIComponent(origin)}/n`),
  ]);
  if (!popup.isClosed()) await popup.waitForEvent("close");
  assert.ok(code);
  // Where it is not among the project's sites, nobody is asked.
  await ada.studio.goto(`${system.api}/#/@connect/acme/${encodeURIComponent("https://evil.example")}`);
  await ada.studio.getByText(/is not among the sites/).waitFor();
  assert.equal(await ada.studio.getByRole("button", { name: "Allow" }).count(), 0);

  // A click that is meant for something else, on a frame that nobody sees.
  await ada.frame.getByRole("button", { name: "Publish" }).click();
  const publish = ada.frame.locator("form button.main");
  await ada.tab.locator("h1").click();
  await ada.tab.keyboard.type("!");
  await ada.tab.keyboard.press("Enter");
  await isSaved("title", "Title!");
  await ada.frame.getByRole("button", { name: "Publish" }).click();
  await until("it can be pressed while it is seen", () => publish.isEnabled());
  await ada.tab.evaluate(ATTACKS["presses keys and buttons where the frame has the focus"]);
  const covers = {
    transparent: () => (self.shadow.querySelector("iframe").style.opacity = 0.05),
    covered: () => {
      const cover = Object.assign(document.createElement("div"), { id: "cover", style: "position:fixed;inset:0;z-index:2147483647;background:#fff;pointer-events:none" });
      self.shadow.append(cover);
    },
    clipped: () => (self.shadow.querySelector("iframe").style.clipPath = "inset(0 0 0 95%)"),
    turned: () => (self.shadow.querySelector("iframe").style.transform = "rotate(3deg)"),
  };
  for (const [how, cover] of Object.entries(covers)) {
    await ada.tab.evaluate(cover);
    await until(`it cannot be pressed while it is ${how}`, () => publish.isDisabled());
    await ada.tab.evaluate(() => {
      self.shadow.querySelector("iframe").removeAttribute("style");
      self.shadow.querySelector("#cover")?.remove();
    });
    await until("it can be pressed again", () => publish.isEnabled());
  }

  const heard = await ada.tab.evaluate(() => self.heard.join("\n"));
  assert.match(heard, /"say":"rows"/, "it does hear drafts");
  for (const secret of [...secrets, code]) assert.ok(!heard.includes(String(secret)), "a secret was heard");
  assert.equal(await releases(), before);
  const other = await system.ask("GET", "/other/drafts/en/home");
  assert.deepEqual(other.items, []);
  assert.deepEqual((await system.ask("GET", "/acme/members")).items.length, 1);
  assert.equal(await ada.frame.locator(".top h1").textContent(), "acme");
});

// Of one site with the studio the frame has storage; of another, browsers may block it.
for (const kept of ["the frame", "the site"])
  test(`nothing that was typed is lost when the server dies and the tab is closed: ${kept} keeps it`, async (t) => {
    const at = kept === "the site" ? origin : site.url;
    const ada = await editor(t, {}, { at });
    await ada.visitor.route(`${system.api}/v1/**`, (route) => route.abort());
    await ada.tab.locator("h1").click();
    await ada.tab.keyboard.type(", typed in the dark");
    await ada.tab.keyboard.press("Enter");
    await ada.frame.getByText(/cannot be reached/).first().waitFor();
    await until("the frame has it", async () => (await ada.frame.locator(".entry textarea").inputValue()) === "Title, typed in the dark");
    await ada.tab.close();
    await ada.visitor.unroute(`${system.api}/v1/**`);
    const tab = await ada.visitor.newPage();
    await tab.goto(`${at}/#copydesk`);
    const frame = await frameOf(tab);
    if (kept === "the site") {
      // Allowed once, the window closes by itself.
      const [popup] = await Promise.all([ada.visitor.waitForEvent("page"), frame.getByRole("button", { name: "Sign in" }).click()]);
      await popup.waitForEvent("close");
    }
    await frame.getByRole("button", { name: /title/ }).waitFor();
    await until("the page shows it", async () => (await tab.locator("h1").textContent()) === "Title, typed in the dark");
    await frame.getByRole("button", { name: /title/ }).click();
    await frame.getByRole("button", { name: "Save" }).click();
    await isSaved("title", "Title, typed in the dark");
  });

test("who leaves before what was typed is kept is asked first", async (t) => {
  const ada = await editor(t), asked = [];
  ada.tab.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await ada.tab.locator("h1").click();
  await ada.frame.locator(".entry").waitFor();
  // The page and the frame are of two sites: one may be busy while the other is not.
  await ada.frame.evaluate(() =>
    setTimeout(() => {
      for (const end = Date.now() + 2_000; Date.now() < end; );
    }),
  );
  await ada.tab.keyboard.type("!");
  await ada.tab.close({ runBeforeUnload: true });
  await until("it is asked", () => asked.length);
  await until("the frame has it", async () => (await ada.frame.locator(".entry textarea").inputValue()) === "Title!");
  // The site keeps it for the frame, unless it has no room.
  await ada.tab.evaluate(() => {
    self.setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = () => {
      throw Error("full");
    };
  });
  await ada.tab.keyboard.type("!");
  await until("the frame has it", async () => (await ada.frame.locator(".entry textarea").inputValue()) === "Title!!");
  await ada.tab.close({ runBeforeUnload: true });
  await until("it is asked again", () => asked.length === 2);
  await ada.tab.evaluate(() => void (Storage.prototype.setItem = self.setItem));
  await ada.tab.keyboard.type("!");
  await until("it is kept", () => ada.tab.evaluate(() => Object.values(localStorage).some((one) => one.includes("Title!!!"))));
  await ada.tab.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await ada.tab.close({ runBeforeUnload: true });
  await until("it is closed", () => ada.tab.isClosed());
  assert.deepEqual(asked, ["beforeunload", "beforeunload"]);
});

test("is accessible, wide and narrow, and works by touch", async (t) => {
  const ada = await editor(t, { head: HOSTILE });
  await ada.look("wide-list");
  await ada.tab.locator("#lead").click();
  await ada.tab.keyboard.type("!");
  await ada.frame.locator(".entry").waitFor();
  await ada.look("entry");
  // The toolbar is in a shadow root that nobody else sees into: this page has kept it.
  await isAccessible(ada.tab, "the toolbar", () => self.shadow.host);
  await ada.tab.keyboard.press("Escape");
  await ada.frame.getByRole("button", { name: "Publish" }).click();
  await ada.frame.getByText(/is live/).first().waitFor();
  await ada.look("nothing-to-publish");

  const phone = await editor(t, {}, { isFirst: false, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, colorScheme: "dark" });
  await phone.look("narrow-list");
  await phone.tab.locator("h1").tap();
  await phone.tab.keyboard.type(" on a phone");
  await phone.look("narrow");
  await phone.tab.keyboard.press("Enter");
  await isSaved("title", "Title on a phone");
  await phone.frame.getByRole("button", { name: "Hide" }).tap();
  await phone.frame.getByRole("button", { name: "Open" }).waitFor();
  await phone.look("narrow-bar");
  await phone.frame.getByRole("button", { name: "Sign out" }).waitFor({ state: "hidden" });
  page = {};
  const tab = await phone.visitor.newPage();
  await tab.goto(`${origin}/?again#copydesk`);
  const frame = await frameOf(tab);
  await frame.getByRole("button", { name: "Sign in" }).waitFor();
  await isAccessible(frame, "another tab");
});

/** Notes whatever was in the page that should not be there, if only for a moment. */
const WATCH = `<style>p { min-height: 2rem }</style><script>
  self.odd = [];
  const look = (one) => {
    if (!one.closest?.("p[data-copy], p[contenteditable]") || one.localName === "p" || /ProseMirror/.test(one.className)) return;
    const names = [...one.attributes].filter(({ name, value }) => /^(on|src|formaction|action|data$)/.test(name) || /javascript:/i.test(value));
    if (names.length || /^(script|style|img|iframe|svg|object|embed|form|input|math|link|meta)$/.test(one.localName)) odd.push(one.outerHTML);
  };
  new MutationObserver((records) => records.forEach(({ target, addedNodes }) => [target, ...addedNodes].forEach((one) => { look(one); one.querySelectorAll?.("*").forEach(look); })))
    .observe(document, { subtree: true, childList: true, attributes: true });
</script>`;

test("attacks in drafts run nowhere in the site, looked at, written in and left", async (t) => {
  const { COPYDESK_TEST_ATTACKS: path } = process.env;
  const own = [`<b onclick="self.hit=1" onmouseover="self.hit=1" onfocus="self.hit=1" tabindex="0">bold</b> words`, `<a href="javascript:self.hit=1">link</a>`, `<img src="x" onerror="self.hit=1">`, `<em style="background:url(http://127.0.0.1:1/)">x</em>`, `<script>self.hit=1</script>`, `<svg onload="self.hit=1"></svg>`];
  const all = [...own, ...(path ? JSON.parse(readFileSync(path, "utf8")).map(({ payload }) => payload) : [])];
  await system.ask("PUT", "/acme/pages/attacks", {});
  await system.ask("PATCH", "/acme/pages/attacks/entries", { entries: all.map((_, place) => ({ key: `a${place}`, kind: "html" })) });
  for (const [place, attack] of all.entries()) {
    const value = attack.replace(/[{}]/g, (brace) => `{ "${brace}" }`);
    await system.ask("PATCH", "/acme/drafts/en/attacks", { drafts: [{ key: `a${place}`, value, version: 0 }] }).catch(({ message }) => assert.match(message, /: 422 /));
  }
  const body = `<h1 data-copy="title">x</h1><div data-copy-page="attacks">${all.map((_, place) => `<p id="a${place}" data-copy="a${place}">Host</p>`).join("")}</div>`;
  const ada = await editor(t, { body, head: WATCH });
  const foreign = [];
  ada.tab.on("request", (request) => ![origin, system.api, system.delivery].some((own) => request.url().startsWith(own)) && !/^(data|blob|about):/.test(request.url()) && foreign.push(request.url()));
  ada.tab.on("dialog", (dialog) => (foreign.push(dialog.message()), dialog.dismiss()));
  await ada.shows("#a0", "bold words");
  for (let place = 0; place < Math.min(all.length, 40); place++) {
    const element = ada.tab.locator(`#a${place}`);
    await element.click();
    await ada.tab.keyboard.type("!");
    await ada.tab.keyboard.press(place % 2 ? "Escape" : "Control+Enter");
    for (const inside of await element.locator("*").all()) {
      await inside.hover({ force: true, timeout: 500 }).catch(() => undefined);
      await inside.click({ force: true, modifiers: ["Alt"], timeout: 500 }).catch(() => undefined);
    }
  }
  // In the frame, too: its list, what was written before, and what would be published.
  const { version } = await system.ask("GET", "/acme/drafts/en/attacks/a1");
  await system.ask("PATCH", "/acme/drafts/en/attacks", { drafts: [{ key: "a1", value: `${own[1]} self.hit=1`, version }] });
  await ada.list();
  await ada.frame.getByRole("button", { name: /a0/ }).first().click();
  await ada.frame.getByRole("button", { name: "History" }).first().click();
  await ada.frame.getByRole("dialog").locator("li").first().waitFor();
  await ada.frame.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await ada.frame.getByRole("button", { name: "Publish" }).click();
  await ada.frame.locator(".changed li", { hasText: "self.hit=1" }).first().waitFor({ state: "attached" });
  for (const frame of [ada.tab, ada.frame]) assert.equal(await frame.evaluate(() => self.hit), undefined);
  assert.equal(await ada.frame.locator("main img, main script, main iframe, main object, main embed, main style").count(), 0);
  assert.deepEqual(await ada.tab.evaluate(() => self.odd), []);
  assert.deepEqual(foreign, []);
  await system.ask("DELETE", "/acme/pages/attacks");
});
