// The studio where people come and go: first steps, files, other names, previews, who else is there.
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { copydesk, launch, root, serve, until } from "./harness.mjs";
import { choose, enter, isAccessible, say } from "./person.mjs";

let system, browser, site, folder;

/** What the site's page holds. */
let page = "";

/** What it is sent with. */
let headers = {};

before(async () => {
  [system, browser] = await Promise.all([copydesk(), launch()]);
  folder = mkdtempSync(join(tmpdir(), "copydesk-team-"));
  site = await serve(({ pathname }) => {
    if (pathname === "/favicon.ico") return { status: 404 };
    if (pathname === "/moved") return { status: 301, headers: { location: "/" } };
    return { headers: { "content-type": "text/html; charset=utf-8", ...headers }, body: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Site</title>${page}</html>` };
  });
  await system.project("acme", "en", { de: ["en"], ja: ["en"] }, { home: { title: "text", lead: "text", count: "text" }, shop: { title: "text" } });
  await system.publish("acme", "en", "home", { title: "Title", lead: "About { title }", count: "{ $n } boats" });
  await system.publish("acme", "de", "home", { title: "Titel" });
});

after(async () => {
  await browser?.close();
  await system?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

const person = (t, place, options) => enter({ system, browser, t }, place, options);

const saved = async (locale, name, key) => (await system.ask("GET", `/acme/drafts/${locale}/${name}`)).items.find((one) => one.key === key)?.value;

test("first steps: a project, the tag copied, the site checked until it is right, and edited", async (t) => {
  const ada = await person(t);
  await ada.tab.getByLabel("Name", { exact: true }).fill("First");
  await ada.tab.getByLabel("Short name, for addresses").fill("first");
  await ada.tab.getByLabel("Language in which copy is first written").fill("en");
  await ada.tab.getByRole("button", { name: "Create" }).click();
  const tag = await ada.tab.getByLabel("The tag").inputValue();
  assert.equal(tag, `<script async crossorigin src="${system.delivery}/first/site.js"></script>`);
  const check = async (url) => {
    await ada.tab.getByLabel("Address of a page of your site").fill(url);
    await ada.tab.getByRole("button", { name: "Check", exact: true }).click();
  };
  page = "<body><h1>Host</h1></body>";
  await check(`${site.url}/`);
  await ada.tab.getByText("The site script is not in the page").waitFor();
  await ada.tab.getByText("add data-copy-page").waitFor();
  page = `${tag.replace(system.delivery, "https://elsewhere.example")}<body data-copy-page="home"><h1 data-copy="title">Host</h1></body>`;
  await check(`${site.url}/`);
  await ada.tab.getByText("from another address").waitFor();
  await check(`${site.url}/moved`);
  await ada.tab.getByText("use the final address").waitFor();
  page = `${tag}<body data-copy-page="home"><h1 data-copy="title">Host</h1></body>`;
  await check(`${site.url}/`);
  await ada.tab.getByText("The site script is there.").waitFor();
  await ada.tab.getByText("One element is tagged.").waitFor();
  await ada.tab.getByRole("button", { name: /be edited in place/ }).click();
  await ada.look("first-steps");
  const link = ada.tab.getByRole("link", { name: "Edit on the site" }).first();
  assert.equal(await link.getAttribute("href"), `${site.url}/#copydesk`);
  assert.deepEqual((await system.ask("GET", "/first")).origins, [site.url]);
  assert.deepEqual(ada.errors, []);
});

test("copy goes out as an archive, is translated, and comes in: what would change is shown first", async (t) => {
  const ada = await person(t, "acme/files");
  const download = async (format, options = {}) => {
    await ada.tab.getByLabel("Format").selectOption(format);
    const [file] = await Promise.all([ada.tab.waitForEvent("download"), ada.tab.getByRole("button", { name: "Download" }).click()]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()), ...options };
  };
  const whole = await download("ftl");
  assert.equal(whole.name, "acme-ftl.zip");
  assert.deepEqual(Object.keys(unzipSync(whole.bytes)).sort(), ["de/home.ftl", "en/home.ftl"]);
  const sheets = await download("po");
  const files = unzipSync(sheets.bytes), german = strFromU8(files["de/home.po"]);
  assert.match(german, /msgstr "Titel"/);

  // Meanwhile somebody else writes one of the texts.
  await system.ask("PATCH", "/acme/drafts/de/home", { drafts: [{ key: "lead", value: "Von hier", version: 0 }] });
  const translated = german.replace('msgstr "Titel"', 'msgstr "Neuer Titel"').replaceAll('msgstr ""\n\n', 'msgstr "Aus der Datei"\n\n');
  assert.notEqual(translated, german);
  const archive = join(folder, "back.zip");
  writeFileSync(archive, zipSync({ "de/home.po": strToU8(translated), "de/notes.txt": strToU8("Hello") }));
  await choose(ada.tab, archive);
  await ada.tab.getByText(/Neuer Titel|remarks/).first().waitFor();
  const report = ada.tab.locator(".card", { hasText: "de/home.po" });
  assert.match(await report.textContent(), /somebody saved it since it was exported/);
  assert.match(await ada.tab.locator("main").textContent(), /notes.txt: This is none of the formats/);
  assert.equal(await saved("de", "home", "title"), "Titel");
  await ada.look("import");
  await ada.tab.getByRole("button", { name: /^Save/ }).click();
  await ada.tab.getByText(/saved, not live/).waitFor();
  assert.equal(await saved("de", "home", "title"), "Neuer Titel");
  assert.equal(await saved("de", "home", "lead"), "Von hier");

  // A file that does not say where it belongs, with an entry that is not there.
  const loose = join(folder, "texts.json");
  writeFileSync(loose, JSON.stringify({ title: "Laden", slogan: "Hallo {{name}}" }));
  await choose(ada.tab, loose);
  await ada.tab.getByText("do not say their language and page").waitFor();
  const asked = ada.tab.locator(".card", { hasText: "texts.json" });
  await asked.getByLabel("Name of the page").fill("shop");
  await asked.getByLabel("Language").selectOption("de");
  await ada.tab.getByText(say("2 new, 0 changed, 0 the same, 0 remarks")).waitFor();
  await ada.tab.getByRole("button", { name: say("Save 2 texts") }).click();
  await ada.tab.getByText(/saved, not live/).waitFor();
  assert.equal(await saved("de", "shop", "slogan"), "Hallo { $name }");
  assert.deepEqual(ada.errors, []);
});

test("an entry and a page get other names, and keep their texts and what was written before", async (t) => {
  const ada = await person(t, "acme/write/en/home");
  await ada.text("title").waitFor();
  await ada.text("title").fill("Another title");
  const row = ada.tab.locator('li[data-key="title"]');
  await row.getByRole("button", { name: "Rename" }).click();
  const dialog = ada.tab.getByRole("dialog");
  await dialog.getByText("Save what you typed first.").waitFor();
  await ada.tab.keyboard.press("Escape");
  await ada.text("title").press("Control+s");
  await until("it is saved", async () => (await saved("en", "home", "title")) === "Another title");
  await row.getByRole("button", { name: "Rename" }).click();
  await dialog.getByLabel("Key").fill("headline");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await dialog.getByText(say("These texts refer to title still:")).waitFor();
  await ada.look("renamed");
  await ada.tab.keyboard.press("Escape");
  await ada.text("headline").waitFor();
  await ada.tab.locator('li[data-key="headline"]').getByRole("button", { name: "History" }).click();
  await dialog.locator(".revisions > li").nth(2).waitFor();
  assert.match(await dialog.textContent(), /Another title/);
  await ada.tab.keyboard.press("Escape");

  await ada.tab.locator(".write > section > .head").getByRole("button", { name: "Rename" }).click();
  await dialog.getByLabel("Name of the page").fill("start");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await dialog.getByText(say("home is called start now")).waitFor();
  await ada.tab.keyboard.press("Escape");
  await ada.tab.getByRole("heading", { name: /^start/ }).waitFor();
  assert.equal(await saved("de", "start", "headline"), "Neuer Titel");
  assert.deepEqual(ada.errors, []);
});

test("people see who else is there", async (t) => {
  await system.ask("POST", "/acme/invitations", { email: "bob@example.com", role: "editor" });
  const ada = await person(t, "acme/write/en/shop"), bob = await person(t, "acme/write/de/shop", { name: "Bob", email: "bob@example.com" });
  await ada.text("title").waitFor();
  await bob.text("title").waitFor();
  await bob.tab.getByText(/is on this page/).waitFor();
  // Ada hears of it by herself.
  await ada.tab.getByText(say("Bob is on this page (German).")).waitFor({ timeout: 30_000 });
  await ada.look("presence");
  await bob.tab.close({ runBeforeUnload: false });
  assert.deepEqual(ada.errors, []);
});

test("texts are found by words in any order, by who saved them, and where they are not live", async (t) => {
  const [name] = (await system.ask("GET", "/acme/pages")).items.map((one) => one.page).filter((one) => one != "shop");
  await system.ask("PATCH", `/acme/drafts/ja/${name}`, { drafts: [{ key: "lead", value: "居眠りサギの貸しボート", version: 0 }] });
  const ada = await person(t, "acme/search");
  const find = ada.tab.getByRole("searchbox");
  await find.fill("ボート居眠り");
  await ada.tab.getByText("居眠りサギの貸しボート").waitFor();
  await find.fill('"ボート居眠り"');
  await ada.tab.getByText(say("0 entries")).waitFor();
  await find.fill("");
  await ada.tab.getByLabel("Show").selectOption("changed");
  await ada.tab.getByText("居眠りサギの貸しボート").waitFor();
  await ada.tab.getByLabel("Saved by").selectOption({ index: 1 });
  await ada.tab.getByText("居眠りサギの貸しボート").waitFor();
  await ada.look("search-filters");
  assert.deepEqual(ada.errors, []);
});

test("a link shows the site as if everything were published, to somebody without an account, and ends", async (t) => {
  await system.project("show", "en", { de: ["en"], ar: ["en"] }, { home: { title: "text", lead: "text", count: "text", "count.title": "text", gone: "text", "gone.title": "text" }, next: { title: "text" } });
  await system.ask("PATCH", "/show", { origins: [site.url] });
  await system.publish("show", "en", "home", { title: "Live", lead: "Live lead", count: "{ $n } live", "count.title": "Live title", gone: "Live words", "gone.title": "Live title" });
  await system.publish("show", "en", "next", { title: "Next, live" });
  const draft = (locale, name, key, value, version = 0) => system.ask("PATCH", `/show/drafts/${locale}/${name}`, { drafts: [{ key, value, version }] });
  const version = async (name, key) => (await system.ask("GET", `/show/drafts/en/${name}`)).items.find((one) => one.key === key).version;
  await draft("en", "home", "title", "Not live yet", await version("home", "title"));
  await draft("en", "home", "count.title", "Title, not live yet", await version("home", "count.title"));
  await draft("en", "home", "count", "{ $n ->\n    [one] one boat\n   *[other] { $n } boats\n}", await version("home", "count"));
  for (const key of ["gone", "gone.title"]) await system.ask("DELETE", `/show/drafts/en/home/${key}`, undefined, { "if-match": `"${await version("home", key)}"` });
  await draft("de", "home", "title", "Noch nicht live");
  await draft("ar", "home", "title", "ليس بعد");
  page = `<script async crossorigin src="${system.delivery}/show/site.js"></script><body data-copy-page="home">
    <h1 data-copy="title">Host</h1><p id="lead" data-copy="lead">Host</p><p id="count" data-copy="count" data-copy-attrs="title" data-copy-args='{"n":3}'>Host</p>
    <p id="gone" data-copy="gone" data-copy-attrs="title" title="Of the site">Of the <b>site</b></p><a href="/next">On</a></body>`;

  const ada = await person(t, "show/write/en/home");
  await ada.tab.getByRole("button", { name: "Link for a preview" }).click();
  const dialog = ada.tab.getByRole("dialog");
  await dialog.getByLabel("Whom it is for").fill("The board");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const field = dialog.getByLabel(/Shown this once/);
  await field.waitFor();
  const link = await field.inputValue();
  assert.match(link, new RegExp(`^${site.url}/#copydesk-preview=cpd_`));
  await ada.look("preview-link");

  const outsider = await browser.newContext({ locale: "en-GB" });
  t.after(() => outsider.close());
  const tab = await outsider.newPage(), errors = [];
  tab.on("pageerror", (error) => errors.push(String(error)));
  const shows = (selector, wanted) => until(`${selector} shows ${wanted}`, async () => (await tab.locator(selector).textContent()).replace(/[\u2068\u2069]/g, "") === wanted);
  await tab.goto(link);
  await shows("h1", "Not live yet");
  await shows("#count", "3 boats");
  assert.equal(await tab.locator("#count").getAttribute("title"), "Title, not live yet");
  await shows("#lead", "Live lead");
  // A text that somebody took away gives way to the site's own words, as it will when it is published.
  await shows("#gone", "Of the site");
  assert.equal(await tab.locator("#gone").getAttribute("title"), "Of the site");
  let inside;
  await until("the frame is there", () => (inside = tab.frames().find((one) => one.url().startsWith(`${system.api}/edit/`))));
  await inside.getByText(/Not published/).waitFor();
  await inside.getByLabel("Language").selectOption("de");
  await shows("h1", "Noch nicht live");
  await shows("#lead", "Live lead");
  await shows("#gone", "Of the site");
  await inside.getByLabel("Language").selectOption("ar");
  await shows("h1", "ليس بعد");
  // The live words of the same element fell back to English, which is written the other way.
  await until("it is written from right to left", async () => (await tab.locator("h1").getAttribute("dir")) === "rtl");
  assert.equal(await tab.locator("#lead").getAttribute("dir"), "ltr");
  // Nothing can be written, and links of the site lead on.
  await tab.locator("h1").click();
  assert.equal(await tab.locator("[contenteditable]").count(), 0);
  const shot = process.env.COPYDESK_TEST_SHOTS;
  if (shot) await tab.screenshot({ path: join(shot, "preview.png") });
  await isAccessible(inside, "the preview in its site");
  await Promise.all([tab.waitForURL(/\/next#copydesk-preview=/), tab.getByRole("link", { name: "On" }).click()]);

  // Whoever made another ends that at once; an admin ends this one.
  await dialog.getByRole("button", { name: "Make the link" }).click();
  await until("there are two", async () => (await system.ask("GET", "/show/tokens")).items.length == 2);
  await dialog.getByRole("button", { name: "End this link now" }).click();
  await dialog.getByText("no longer good").waitFor();
  await ada.tab.goto(`${system.api}/#/show/settings`);
  await ada.tab.getByRole("button", { name: /^Revoke/ }).click();
  await ada.tab.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await until("it is gone", async () => (await system.ask("GET", "/show/tokens")).items.length == 0);
  await tab.goto("about:blank");
  await tab.goto(link);
  await until("the frame is there", () => (inside = tab.frames().find((one) => one.url().startsWith(`${system.api}/edit/`))));
  await inside.getByText(/has ended/).waitFor();
  await shows("h1", "Live");
  assert.deepEqual(errors, []);
});

test("the studio's own words are a project: they are changed as any site's, and what is no good is not shown", async (t) => {
  await system.project("copydesk-studio", "en", { de: ["en"], fr: ["en"] }, { studio: { "sign-out": "text", "screen-log": "text", projects: "text" } });
  await system.publish("copydesk-studio", "en", "studio", { "sign-out": "Leave", "screen-log": "Log of { $nobody }" });
  await system.publish("copydesk-studio", "fr", "studio", { "sign-out": "Quitter" });
  const ada = await person(t, "acme/log");
  await ada.tab.getByRole("button", { name: "Leave" }).waitFor();
  // It asks for something that the studio does not say.
  await ada.tab.getByRole("link", { name: "Log", exact: true }).waitFor();
  await ada.tab.getByLabel("Language").first().selectOption("fr");
  await ada.tab.getByRole("button", { name: "Quitter" }).waitFor();
  await ada.tab.getByRole("link", { name: "Log", exact: true }).waitFor();
  assert.deepEqual(ada.errors, []);
});

/** An issuer on this machine: it signs in whoever comes as Grace. */
const issuer = async () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const text = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const given = { lasts: 3600, refreshed: 0, refused: 0, revoked: 0 }, codes = new Map();
  const token = (url) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: url, aud: "copydesk", sub: "grace", name: "Grace", azp: "studio", client_id: "studio", email: "grace@example.com", email_verified: true, iat: now, exp: now + 3600 };
    const signed = `${text({ alg: "RS256", kid: "one", typ: "JWT" })}.${text(claims)}`;
    return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
  };
  const server = await serve(async ({ pathname, searchParams, origin }, request) => {
    const json = (body, status = 200) => ({ status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (pathname === "/.well-known/openid-configuration") return json({ issuer: server.url, jwks_uri: `${server.url}/keys`, authorization_endpoint: `${server.url}/authorize`, token_endpoint: `${server.url}/token`, revocation_endpoint: `${server.url}/revoke` });
    if (pathname === "/keys") return json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" }] });
    if (pathname === "/authorize") {
      const code = `code-${codes.size}`;
      codes.set(code, Object.fromEntries(searchParams));
      const back = new URL(searchParams.get("redirect_uri"));
      back.searchParams.set("state", searchParams.get("state"));
      back.searchParams.set("code", code);
      return { status: 302, headers: { location: back.href } };
    }
    if (pathname === "/revoke") return given.revoked++, { status: 200 };
    if (pathname !== "/token") return { status: 404 };
    const form = new URLSearchParams((await request.toArray()).join(""));
    if (form.get("grant_type") === "refresh_token") given.refreshed += 1;
    else {
      const asked = codes.get(form.get("code")), challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
      codes.delete(form.get("code"));
      if (asked?.code_challenge !== challenge || asked.redirect_uri !== form.get("redirect_uri") || form.get("client_id") !== "studio") {
        given.refused += 1;
        return json({ error: "invalid_grant" }, 400);
      }
    }
    return json({ access_token: token(server.url), expires_in: given.lasts, refresh_token: "again", token_type: "Bearer" });
  });
  return Object.assign(server, { given });
};

test("people sign in at an outside issuer, go on by themselves, and edit a site in place", async (t) => {
  const there = await issuer();
  t.after(there.close);
  const issuers = JSON.stringify([{ name: "work", issuer: there.url, kind: "generic", audiences: ["copydesk"], clients: ["studio"] }]);
  const own = await copydesk({ COPYDESK_ISSUERS: issuers });
  t.after(own.close);
  await own.project("acme", "en", {}, { home: { title: "text" } });
  await own.publish("acme", "en", "home", { title: "Live" });
  await own.ask("PATCH", "/acme", { origins: [site.url] });
  await own.ask("POST", "/acme/invitations", { email: "grace@example.com", role: "publisher" });
  page = `<script async crossorigin src="${own.delivery}/acme/site.js"></script><body data-copy-page="home"><h1 data-copy="title">Host</h1></body>`;
  const visitor = await browser.newContext({ locale: "en-GB" });
  t.after(() => visitor.close());
  const tab = await visitor.newPage(), errors = [];
  tab.setDefaultTimeout(15_000);
  tab.on("pageerror", (error) => errors.push(String(error)));

  // A code that somebody else was given is good for nobody here.
  await tab.goto(`${own.api}/?code=theirs&state=theirs#/acme/write`);
  const begin = tab.getByRole("button", { name: say("Sign in with work") });
  await begin.waitFor();
  assert.equal(there.given.refused, 0);
  assert.ok(!tab.url().includes("theirs"));
  await isAccessible(tab, "signing in at an issuer");
  // Tokens that are about to end are continued before they are used.
  there.given.lasts = 10;
  await tab.goto(`${own.api}/#/acme/write/en/home`);
  await begin.click();
  await tab.locator('textarea[data-key="title"]').waitFor();
  assert.ok(tab.url().endsWith("/#/acme/write/en/home"), tab.url());
  await until("it goes on", () => there.given.refreshed > 0);
  there.given.lasts = 3600;

  const host = await visitor.newPage();
  await host.goto(`${site.url}/#copydesk`);
  let frame;
  await until("the frame is there", () => (frame = host.frames().find((one) => one.url().startsWith(`${own.api}/edit/`))));
  const button = frame.getByRole("button", { name: "Sign in" });
  const [popup] = await Promise.all([visitor.waitForEvent("page"), button.click()]);
  await Promise.all([popup.waitForEvent("close"), popup.getByRole("button", { name: "Allow" }).click()]);
  await frame.getByRole("button", { name: /title/ }).first().waitFor();
  await host.locator("h1").click();
  await host.keyboard.press("End");
  await host.keyboard.type(" and typed");
  await host.keyboard.press("Control+s");
  const text = async () => (await own.ask("GET", "/acme/drafts/en/home")).items[0];
  await until("it is saved", async () => (await text()).value === "Live and typed");
  assert.equal((await text()).by.name, "Grace");

  // A site that keeps windows apart: the other window shows a code, and it is typed.
  headers = { "cross-origin-opener-policy": "same-origin" };
  t.after(() => (headers = {}));
  const apart = await (await browser.newContext({ locale: "en-GB" })).newPage();
  t.after(() => apart.context().close());
  await apart.goto(`${site.url}/#copydesk`);
  await until("the frame is there too", () => (frame = apart.frames().find((one) => one.url().startsWith(`${own.api}/edit/`))));
  await frame.getByRole("button", { name: "Sign in" }).click();
  const asks = await visitor.newPage();
  await asks.goto(await frame.getByRole("link", { name: "Get a code" }).getAttribute("href"));
  await asks.getByRole("button", { name: "Allow" }).click();
  await frame.getByRole("textbox", { name: "Code" }).fill(await asks.locator(".code code").textContent());
  await frame.getByRole("button", { name: "Use the code" }).click();
  await frame.getByRole("button", { name: /title/ }).first().waitFor();

  await tab.getByRole("button", { name: "Sign out" }).click();
  await begin.waitFor();
  await until("the issuer is told", () => there.given.revoked > 0);
  assert.deepEqual(errors, []);
});
