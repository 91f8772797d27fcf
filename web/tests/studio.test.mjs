// The studio as people use it: clicks and keys in a real browser, on the real program.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { copydesk, launch, root, serve, until } from "./harness.mjs";
import { choose, enter, isAccessible, say } from "./person.mjs";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";

let system, browser;

before(async () => {
  [system, browser] = await Promise.all([copydesk(), launch()]);
  const home = { title: "text", lead: "text", count: "text", hostile: "text", short: "text" };
  await system.project("acme", "en", { de: ["en"], ar: ["en"] }, { home, about: { title: "text" } });
  await system.ask("PATCH", "/acme/pages/home/entries", { entries: [{ key: "short", kind: "text", max_length: 10, note: "On a button" }] });
  await system.publish("acme", "de", "home", { title: "Titel" });
  await system.publish("acme", "en", "about", { title: "About" });
  await system.publish("acme", "en", "home", { title: "Title", lead: "A lead", count: "{ $count } boats", hostile: ATTACK, short: "Short" });
});

after(async () => {
  await browser?.close();
  await system?.close();
});

const ATTACK = `"><img src=x onerror="window.hit=1"><script>window.hit=1</script>{ "{" }{ "{" }constructor.constructor("hit=1")(){ "}" }{ "}" }`;

const person = (t, place, options) => enter({ system, browser, t }, place, options);

const has = (one, key, wanted) => until(`${key} is ${wanted}`, async () => (await one.state(key)) == wanted);

/** What sites show of an entry. */
const live = async (locale, page, key) => {
  const { pages, locales } = await (await fetch(`${system.delivery}/acme/live.json`)).json();
  const number = pages[page][locales.indexOf(locale)];
  const [, [keys, ...messages], others = {}] = await (await fetch(`${system.delivery}/acme/${locale}/${page}.${number}.json`)).json();
  const own = keys?.split(" ").indexOf(key) ?? -1;
  return own >= 0 ? messages[own] : Object.values(others).map(([keys, ...all]) => all[keys.split(" ").indexOf(key)])[0];
};

test("is small", () => {
  const size = (name) => brotliCompressSync(readFileSync(join(root, "web/studio/dist", name))).length;
  const sum = (...names) => names.reduce((sum, name) => sum + size(name), 0);
  const door = sum("early.js", "studio.css", "studio.js", "base.js"), all = door + size("project.js");
  console.log(`figure: the studio: ${all} bytes (brotli 11), ${door} of them before there is a project`);
  assert.ok(all <= 60 * 1024);
});

test("a studio that does not arrive whole says so, and comes when it is loaded again", async (t) => {
  const ada = await person(t), tab = await ada.visitor.newPage();
  const lost = async (part, button, words) => {
    await tab.route(`**/${part}?v=*`, (route) => route.abort());
    await tab.goto("about:blank");
    await tab.goto(`${system.api}/#/acme/write/de/home`);
    await tab.getByRole("alert").filter({ hasText: words }).waitFor();
    await tab.unroute(`**/${part}?v=*`);
    await tab.getByRole("button", { name: button }).click();
    await tab.locator('[data-key="title"] textarea.target').waitFor();
  };
  await lost("base.js", "Load it again", "did not arrive whole");
  await lost("project.js", "Load the page again", "This part of the studio did not arrive");
});

test("somebody writes in two languages, publishes, visitors see it, and goes back", async (t) => {
  const ada = await person(t);
  await ada.look("projects");
  await ada.tab.getByRole("link", { name: /acme/ }).click();
  await ada.tab.getByRole("link", { name: /^home/ }).click();
  await ada.text("lead").waitFor();
  await ada.look("write");
  await has(ada, "title", "Live");

  await ada.text("title").fill("A new title");
  await has(ada, "title", "Typed, not saved");
  await ada.text("title").press("Control+Enter");
  await has(ada, "title", "Saved, not live");
  await ada.tab.getByLabel("Language").last().selectOption("de");
  await until("the German text is there", async () => (await ada.text("title").inputValue()) == "Titel");
  await ada.text("lead").fill("Ein Vorspann");
  await ada.text("lead").press("Control+s");
  await has(ada, "lead", "Saved, not live");
  assert.equal(await live("en", "home", "title"), "Title");

  await ada.tab.getByRole("link", { name: "Publish" }).click();
  await ada.tab.getByText(say("2 changes")).first().waitFor();
  assert.match(await ada.tab.locator(".changed").first().textContent(), /Ein Vorspann/);
  await ada.look("publish");
  await ada.tab.getByLabel(/What is it about/).fill("A better title");
  await ada.tab.getByRole("button", { name: "Publish" }).click();
  await ada.tab.getByText(say("Release # is live.")).first().waitFor();
  await until("visitors see it", async () => (await live("en", "home", "title")) == "A new title");
  const { release } = await (await fetch(`${system.delivery}/acme/live.json`)).json();
  assert.equal(await live("de", "home", "lead"), "Ein Vorspann");
  await ada.tab.getByText("Everything that is saved is live.").waitFor();

  await ada.tab.getByRole("link", { name: "Releases" }).first().click();
  await ada.tab.getByText("A better title").waitFor();
  await ada.tab.getByRole("button", { name: say("Go back to release") }).first().click();
  await ada.tab.getByText(say("Sites will show # other texts.")).waitFor();
  await ada.look("roll-back");
  await ada.tab.getByRole("dialog").getByRole("button", { name: /Go back/ }).click();
  await until("visitors see what was", async () => (await live("en", "home", "title")) == "Title");
  assert.deepEqual(ada.errors, []);
  // As it was: the words that were published are what is live again.
  await ada.tab.getByRole("button", { name: say(`Go back to release ${release}`) }).click();
  await ada.tab.getByRole("dialog").getByRole("button", { name: /Go back/ }).click();
  await until("visitors see it again", async () => (await live("en", "home", "title")) == "A new title");
});

test("two people write one text: both keep their words", async (t) => {
  const [ada, bob] = [await person(t, "acme/write/en/home"), await person(t, "acme/write/en/home", { name: "Bob" })];
  await Promise.all([ada.text("lead").waitFor(), bob.text("lead").waitFor()]);
  await bob.text("lead").fill("A lead by Bob");
  await ada.text("lead").fill("A lead by Ada");
  await ada.text("lead").press("Control+s");
  await has(ada, "lead", "Saved, not live");
  // Bob sees it without doing anything.
  await has(bob, "lead", "Somebody else saved first");
  const conflict = bob.tab.getByRole("region", { name: say("Two texts of lead") });
  assert.match(await conflict.textContent(), say("Ada saved another text"));
  await bob.look("conflict");
  // His field keeps the focus and what he typed: he goes on in it to make one text of both.
  assert.equal(await bob.tab.evaluate(() => document.activeElement.value), "A lead by Bob");
  await bob.text("lead").fill("A lead by Ada and Bob");
  assert.match(await conflict.textContent(), /by BobSave mine/);
  await bob.tab.getByRole("button", { name: "Save this" }).click();
  await has(bob, "lead", "Saved, not live");
  await until("Ada sees it", async () => (await ada.text("lead").inputValue()) == "A lead by Ada and Bob");

  // Bob takes Ada's the next time: his own is put aside and can be brought back.
  await bob.text("lead").fill("Only Bob's");
  await ada.text("lead").fill("Only Ada's");
  await ada.text("lead").press("Control+s");
  await has(bob, "lead", "Somebody else saved first");
  await conflict.getByRole("button", { name: /Take theirs/ }).click();
  assert.equal(await bob.text("lead").inputValue(), "Only Ada's");
  await bob.tab.locator('li[data-key="lead"]').getByRole("button", { name: "History" }).click();
  const history = bob.tab.getByRole("dialog");
  await history.getByText("A lead by Ada and Bob").first().waitFor().catch(() => {});
  await bob.look("history");
  await history.locator("li", { hasText: "Only Bob's" }).getByRole("button", { name: "Bring back" }).click();
  assert.equal(await bob.text("lead").inputValue(), "Only Bob's");
  await bob.text("lead").press("Control+s");
  await until("Ada sees Bob's", async () => (await ada.text("lead").inputValue()) == "Only Bob's");
  assert.deepEqual([...ada.errors, ...bob.errors], []);
});

test("nothing that is typed is lost: a closed tab, a network that is gone, a save whose answer is lost", async (t) => {
  const ada = await person(t, "acme/write/de/home");
  await ada.text("lead").waitFor();
  await ada.text("title").fill("Getippt");
  await ada.tab.close();
  const tab = await ada.visitor.newPage();
  const back = { ...ada, tab, text: (key) => tab.locator(`textarea[data-key="${key}"]`), state: (key) => tab.locator(`li[data-key="${key}"] .state`).textContent() };
  await tab.goto(`${system.api}/#/acme/write/de/home`);
  await has(back, "title", "Typed, not saved");
  assert.equal(await back.text("title").inputValue(), "Getippt");

  await ada.visitor.setOffline(true);
  await back.text("title").press("Control+s");
  await tab.getByText("The server cannot be reached. What you type is kept").waitFor();
  await tab.getByText("Not saved: the server cannot be reached.").waitFor();
  await isAccessible(tab, "without the server");
  await back.text("title").fill("Getippt ohne Netz");
  // Ten minutes later: what signs requests has ended.
  await tab.evaluate(() => {
    const session = JSON.parse(localStorage["copydesk-session"]);
    localStorage["copydesk-session"] = JSON.stringify({ ...session, until: 0 });
  });
  await ada.visitor.setOffline(false);
  // The save arrives, and its answer does not.
  const loseAnswer = async (route) => {
    await route.fetch();
    await route.abort();
  };
  await tab.route("**/v1/**/drafts/de/home/title", loseAnswer, { times: 1 });
  await back.text("title").press("Control+s");
  await tab.getByText("Not saved: the server cannot be reached.").waitFor();
  // What is typed since stands on the text that arrived, not against it.
  await back.text("title").press("End");
  await back.text("title").pressSequentially(", wieder da");
  await back.text("title").press("Control+s");
  await has(back, "title", "Saved, not live");
  const { value } = await system.ask("GET", "/acme/drafts/de/home/title");
  assert.equal(value, "Getippt ohne Netz, wieder da");

  // Typed while a save is under way, back to what was saved before: that is what is typed.
  let go;
  const gate = new Promise((open) => (go = open));
  await tab.route("**/v1/**/drafts/de/home/title", async (route) => (await gate, route.continue()), { times: 1 });
  await back.text("title").fill("Dazwischen");
  await back.text("title").press("Control+s");
  await has(back, "title", "Saving…");
  await back.text("title").fill("Getippt ohne Netz, wieder da");
  go();
  await has(back, "title", "Typed, not saved");
  assert.equal(await back.text("title").inputValue(), "Getippt ohne Netz, wieder da");
  await back.text("title").press("Control+s");
  await has(back, "title", "Saved, not live");

  // What is brought back from the history does not take what is typed; what is emptied can be brought back.
  await back.text("title").fill("Noch nicht gespeichert");
  const row = tab.locator('li[data-key="title"]'), history = tab.getByRole("dialog");
  await row.getByRole("button", { name: "History" }).click();
  await history.locator("li", { hasText: "Dazwischen" }).getByRole("button", { name: "Bring back" }).first().click();
  await until("it is brought back", async () => (await back.text("title").inputValue()) === "Dazwischen");
  await back.text("title").fill("");
  await back.text("title").press("Control+s");
  await has(back, "title", "Saved, not live");
  await tab.reload();
  await has(back, "title", "Saved, not live").catch(() => has(back, "title", "Missing"));
  await row.getByRole("button", { name: "History" }).click();
  await history.locator("li", { hasText: "Noch nicht gespeichert" }).getByRole("button", { name: "Bring back" }).click();
  await until("it is brought back", async () => (await back.text("title").inputValue()) === "Noch nicht gespeichert");
  await back.text("title").press("Control+s");
  await has(back, "title", "Saved, not live");
});

test("what was typed outlives its session, and a browser that keeps nothing says so", async (t) => {
  const ada = await person(t, "acme/write/de/about");
  await ada.text("title").fill("Getippt vor dem Ende");
  // Signed out elsewhere, for good.
  await ada.tab.evaluate(() => {
    const session = JSON.parse(localStorage["copydesk-session"]);
    localStorage["copydesk-session"] = JSON.stringify({ ...session, until: 0, refresh: "0".repeat(64) });
  });
  await ada.text("title").press("Control+s");
  await ada.tab.getByRole("heading", { name: "Sign in" }).or(ada.tab.getByRole("button", { name: "Sign in" })).first().waitFor();
  await ada.tab.goto(system.api + (await system.link({ name: "Ada" })));
  await ada.tab.getByRole("button", { name: "Sign in" }).click();
  await ada.tab.getByRole("heading", { name: "Projects" }).waitFor();
  await ada.tab.goto(`${system.api}/#/acme/write/de/about`);
  await has(ada, "title", "Typed, not saved");
  assert.equal(await ada.text("title").inputValue(), "Getippt vor dem Ende");
  // Where nothing can be kept, that is said while it is typed, and it can be saved all the same.
  await ada.tab.evaluate(() => (Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }));
  await ada.text("title").fill("Getippt ohne Platz");
  await ada.tab.getByText(/keeps nothing/).first().waitFor();
  await ada.text("title").press("Control+s");
  await until("it is saved", async () => (await system.ask("GET", "/acme/drafts/de/about/title")).value === "Getippt ohne Platz");
});

test("a page of 300 texts: what is far away is not in the document, is found by keys, and keeps what is typed there", async (t) => {
  const keys = Array.from({ length: 300 }, (_, at) => `text-${String(at).padStart(3, "0")}`), missing = "text-290";
  const write = (locale, some) =>
    system.ask("PATCH", `/acme/drafts/${locale}/long`, { drafts: some.map((key) => ({ key, value: `What ${key} says`, version: 0 })) });
  await system.ask("PUT", "/acme/pages/long", {});
  t.after(() => system.ask("DELETE", "/acme/pages/long"));
  await system.ask("PATCH", "/acme/pages/long/entries", { entries: keys.map((key) => ({ key, kind: "text" })) });
  await write("en", keys);
  await write("de", keys.filter((key) => key != missing));
  const { tab, text, state } = await person(t, "acme/write/de/long");
  await text(keys[0]).waitFor();
  const there = () => tab.locator("li.entry").count(), height = () => tab.evaluate(() => document.documentElement.scrollHeight);
  assert.ok((await there()) < 100, `${await there()} rows are there`);
  assert.ok((await height()) > 300 * 100, `${await height()} pixels`);

  // On to the next missing text, over chapters.
  await text(keys[0]).press("Control+Shift+Enter");
  await until("it is there and written in", () => tab.evaluate((key) => document.activeElement.dataset.key == key, missing));
  await text(missing).fill("Weit unten");
  assert.equal(await state(missing), "Typed, not saved");

  // Left, and left behind: it comes again as it was typed.
  await tab.getByLabel("Find").fill(keys[0]);
  await until("one row", async () => (await there()) == 1);
  await tab.getByLabel("Find").fill("");
  await tab.evaluate(() => scrollTo(0, 0));
  await text(keys[0]).waitFor();
  assert.equal(await text(missing).count(), 0);
  await until("the end", () => tab.evaluate((last) => (scrollTo(0, document.documentElement.scrollHeight), !!document.querySelector(`li[data-key="${last}"]`)), keys.at(-1)));
  await text(missing).scrollIntoViewIfNeeded();
  assert.equal(await text(missing).inputValue(), "Weit unten");
  assert.ok((await there()) < 100, `${await there()} rows are there`);
  await text(missing).press("Control+s");
  await has({ state }, missing, "Saved, not live");
});

test("says what is wrong with a text, and how long it may be", async (t) => {
  const ada = await person(t, "acme/write/de/home");
  await ada.field("count").waitFor();
  await ada.asSource("count");
  await ada.text("count").fill("{ $count Boote");
  await ada.text("count").press("Control+s");
  await ada.tab.locator('li[data-key="count"] [role=alert]').waitFor();
  assert.equal(await ada.text("count").inputValue(), "{ $count Boote");
  await ada.text("count").fill("{ $number } Boote");
  await ada.text("count").press("Control+s");
  await ada.tab.locator('li[data-key="count"] .warning', { hasText: "$number" }).first().waitFor();
  await ada.text("short").fill("Viel zu lang dafür");
  await ada.tab.getByText(say("18 of 10 characters")).waitFor();
  await ada.tab.getByText("On a button").waitFor();
});

test("shows what visitors will see while somebody types, with a number for every form of the plural", async (t) => {
  const ada = await person(t, "acme/write/ar/home");
  await ada.field("count").waitFor();
  await ada.asSource("count");
  const forms = { zero: "لا قوارب", one: "قارب واحد", two: "قاربان", few: "{ $count } قوارب", many: "{ $count } قاربًا", other: "{ $count } قارب" };
  const variants = Object.entries(forms).map(([form, text]) => `   ${form == "other" ? "*" : " "}[${form}] ${text}`);
  await ada.text("count").fill(`{ $count ->\n${variants.join("\n")}\n}`);
  const shown = ada.tab.locator('li[data-key="count"] .shown p');
  await until("six forms are shown", async () => (await shown.count()) == 6);
  const texts = (await shown.allTextContents()).join("\n");
  for (const text of ["لا قوارب", "قارب واحد", "قاربان"]) assert.match(texts, new RegExp(text));
  assert.equal(await shown.first().getAttribute("dir"), "rtl");
  await ada.look("plural");
  // Broken while it is typed: said at once, and nothing is saved by that.
  await ada.text("count").fill("{ $count ->");
  await ada.tab.locator('li[data-key="count"] .error').waitFor();
  await ada.text("count").fill("");
  assert.equal(await ada.state("count"), "Missing");
});

test("words with chips and a tab for every form, in place of syntax", async (t) => {
  await system.project("forms", "en", { ar: ["en"] }, { home: { greeting: "html", boats: "text" } });
  const en = { greeting: "Hello <strong>{ $name }</strong>, <a href=\"/in\">come in</a>", boats: "You have { $count ->\n    [one] one boat\n   *[other] { $count } boats\n} today" };
  await system.publish("forms", "en", "home", en);
  const ada = await person(t, "forms/write/en/home");
  const saved = async (key, locale) => (await system.ask("GET", `/forms/drafts/${locale}/home`)).items.find((one) => one.key == key)?.value;
  await ada.field("greeting").click();
  await ada.tab.keyboard.press("End");
  await ada.tab.keyboard.type(" { now } ");
  await ada.tab.keyboard.press("Control+s");
  await has(ada, "greeting", "Saved, not live");
  assert.equal(await saved("greeting", "en"), `${en.greeting} { "{" } now { "}" }`);
  assert.equal(await ada.field("greeting").locator("strong").textContent(), "name");

  // What is missing has the forms of its own language, and the chips of its source text.
  await ada.tab.goto(`${system.api}/#/forms/write/ar/home`);
  const row = ada.tab.locator('li[data-key="boats"]');
  const tabs = row.getByRole("tab");
  await until("six forms", async () => (await tabs.count()) == 6);
  assert.match(await row.locator(".source").textContent(), /You have one boat today/);
  await ada.look("forms");
  await tabs.first().focus();
  await ada.tab.keyboard.press("ArrowRight");
  await until("the next tab", () => ada.tab.evaluate(() => /^one/.test(document.activeElement.textContent)));
  await ada.tab.keyboard.press("Tab");
  await ada.tab.keyboard.type("قارب واحد");
  await row.getByRole("tab", { name: /^other/ }).click();
  await ada.field("boats").click();
  await row.getByTitle("Put").or(row.locator(".chips .chip")).first().click();
  await ada.tab.keyboard.type(" قارب");
  await ada.tab.keyboard.press("Control+s");
  await has(ada, "boats", "Saved, not live");
  assert.equal(await saved("boats", "ar"), "{ $count ->\n    [one] قارب واحد\n   *[other] { $count } قارب\n}");
  // What others save comes into the field; the forms that are not written say so.
  await row.getByRole("tab", { name: /^few/ }).click();
  await row.getByText(/Not written yet/).waitFor();
  const { version } = (await system.ask("GET", "/forms/drafts/ar/home")).items.find((one) => one.key == "boats");
  await system.ask("PATCH", "/forms/drafts/ar/home", { drafts: [{ key: "boats", value: "{ $count ->\n    [few] { $count } قوارب\n   *[other] { $count } قارب\n}", version }] });
  await until("it comes", async () => /قوارب/.test(await ada.field("boats").textContent()));
  // Its source is there for who wants it.
  await ada.asSource("boats");
  assert.match(await ada.text("boats").inputValue(), /^\{ \$count ->/);
  assert.deepEqual(ada.errors, []);
});

/** Attacks: the public collection where it is present, and some of our own. */
const attacks = () => {
  const own = [ATTACK, `<img src=x onerror="window.hit=1">`, `<svg><script>window.hit=1</script></svg>`, `<a href="javascript:window.hit=1">x</a>`, `<math><mtext></form><form><mglyph><style></math><img src onerror=window.hit=1>`];
  const { COPYDESK_TEST_ATTACKS: path } = process.env;
  return [...own, ...(path ? JSON.parse(readFileSync(path, "utf8")).map(({ payload }) => payload) : [])];
};

/** Attacks in a file that somebody brings: in the report of what would change, and once it is saved. */
const importing = async ({ tab }, all, plain) => {
  await tab.goto(`${system.api}/#/hostile/files`);
  const text = all.map((attack, place) => `brought${place} = ${plain(attack).replaceAll("\n", "\n    ")}`).join("\n");
  const archive = zipSync({ "en/first.ftl": strToU8(`title = ${plain(all[1])}\n${text}\n`) });
  await choose(tab, { name: "copy.zip", mimeType: "application/zip", buffer: Buffer.from(archive) });
  await tab.locator("main .card summary").first().click();
  await tab.locator("main ins").first().waitFor();
  assert.equal(await tab.evaluate(() => window.hit), undefined);
};

/** Attacks in two texts of one entry, another name, two releases side by side, and going back. */
const inDialogs = async (ada, all, plain, see) => {
  const { tab } = ada, dialog = tab.getByRole("dialog");
  const save = (value, version) => system.ask("PUT", "/hostile/drafts/en/first/title", { value }, version ? { "if-match": `"${version}"` } : { "if-none-match": "*" });
  const { version } = await save("Words");
  await see("write/en/first", ".entry");
  await ada.text("title").fill(`mine ${all[1]}`);
  await save(plain(`theirs ${all[1]}`), version);
  await ada.text("title").press("Control+s");
  await tab.getByRole("region", { name: say("Two texts of title") }).waitFor();
  await tab.getByRole("button", { name: /Take theirs/ }).click();
  await tab.getByRole("button", { name: "Details title" }).click();
  await dialog.getByLabel("A note for whoever translates it").fill(all[1]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await tab.locator('li[data-key="title"] .note').waitFor();
  await system.ask("POST", "/hostile/releases", { note: all[1] }, { prefer: "wait=20" });
  await see("releases", "main li");
  await tab.getByRole("button", { name: "Compare two releases" }).click();
  await dialog.locator("ins").first().waitFor();
  await tab.keyboard.press("Escape");
  await tab.getByRole("button", { name: say("Go back to release") }).first().click();
  await dialog.locator("ins, del").first().waitFor();
  await tab.keyboard.press("Escape");
};

test("attacks that are imported, typed and pasted run nowhere that the studio shows text", async (t) => {
  const all = attacks(), plain = (text) => text.replace(/[{}]/g, (brace) => `{ "${brace}" }`);
  await system.project("hostile", "en", { de: ["en"] }, { first: { title: "text" } });
  const keys = (kind) => all.map((_, place) => `${kind}${place}`);
  for (const kind of ["text", "html"]) {
    await system.ask("PUT", `/hostile/pages/${kind}`, {});
    await system.ask("PATCH", `/hostile/pages/${kind}/entries`, { entries: keys(kind).map((key) => ({ key, kind, note: all[0] })) });
    for (const locale of ["en", "de"]) {
      const drafts = all.map((attack, place) => ({ key: `${kind}${place}`, value: plain(attack), version: 0 }));
      for (const draft of drafts)
        // Some are refused as what nobody could show; nothing else may be wrong with them.
        await system.ask("PATCH", `/hostile/drafts/${locale}/${kind}`, { drafts: [draft] }).catch(({ message }) => assert.match(message, /: 422 /));
    }
  }
  await system.ask("POST", "/hostile/releases", { note: all[1] }, { prefer: "wait=20" });
  const ada = await person(t, "", { name: all[1] });
  const foreign = [];
  ada.tab.on("request", (request) => !request.url().startsWith(system.api) && !/^(data|blob|about):/.test(request.url()) && foreign.push(request.url()));
  ada.tab.on("dialog", (dialog) => foreign.push(dialog.message()));
  const see = async (place, what) => {
    await ada.tab.goto(`${system.api}/#/hostile/${place}`);
    await ada.tab.locator(what).first().waitFor();
    // Of long lists only what is near is there: each row comes by.
    return ada.tab.evaluate(async () => {
      const seen = new Set(), isNear = (one) => one.getBoundingClientRect().bottom > 0 && one.getBoundingClientRect().top < innerHeight;
      for (let at = 0; at <= document.body.scrollHeight; at += 500) {
        scrollTo(0, at);
        do await new Promise(requestAnimationFrame);
        while ([...document.querySelectorAll("ul.entries:empty")].some(isNear));
        for (const row of document.querySelectorAll("li[data-key]")) seen.add(row.dataset.key);
      }
      return seen.size;
    });
  };
  for (const page of ["text", "html"])
    for (const locale of ["en", "de"]) assert.equal(await see(`write/${locale}/${page}`, ".entry"), all.length);
  // Each is looked at as it is written: its field, its preview, its history.
  await see("write/en/html", ".entry");
  const fields = ada.tab.locator(".target");
  for (let place = 0; place < Math.min(await fields.count(), 20); place++) {
    await fields.nth(place).click();
    await ada.tab.keyboard.press("End");
    await ada.tab.keyboard.type("!");
  }
  await ada.tab.getByRole("button", { name: "History" }).first().click();
  await ada.tab.getByRole("dialog").locator("li").first().waitFor();
  await ada.tab.keyboard.press("Escape");
  // Pasted.
  await ada.visitor.grantPermissions(["clipboard-read", "clipboard-write"], { origin: system.api });
  // Somebody copied it elsewhere: browsers look at what a page puts there.
  const elsewhere = await ada.visitor.newPage();
  await elsewhere.goto(system.api);
  for (const attack of all) {
    await elsewhere.bringToFront();
    await elsewhere.evaluate(async (text) => {
      const item = { "text/plain": new Blob([text], { type: "text/plain" }), "text/html": new Blob([text], { type: "text/html" }) };
      await navigator.clipboard.write([new ClipboardItem(item)]);
    }, attack);
    await ada.tab.bringToFront();
    await fields.first().click();
    await ada.tab.keyboard.press("Control+a");
    await ada.tab.keyboard.press("Control+v");
  }
  await ada.tab.keyboard.press("Control+s");
  await see("publish", "fieldset, form, .publish");
  await see("releases", "main");
  await see("log", ".events li");
  await see("search", "input");
  await ada.tab.getByLabel("Find in keys").fill("o");
  await ada.tab.locator(".search > .changed li").first().waitFor();
  await ada.tab.getByText("Replace", { exact: true }).click();
  await ada.tab.getByLabel(say("Replace “o” by")).fill(all[1]);
  await ada.tab.locator("form ins").first().waitFor();
  await see("settings", "main");
  await importing(ada, all, plain);
  await inDialogs(ada, all, plain, see);
  assert.equal(await ada.tab.evaluate(() => window.hit), undefined);
  assert.equal(await ada.tab.locator("main img, main script, main iframe, main object, main embed, main style").count(), 0);
  assert.deepEqual(foreign, []);
  assert.deepEqual(ada.errors, []);
  console.log(`figure: ${all.length} attacks, each as words and as markup, in two languages`);
});

test("copy runs nowhere, in whatever is shown of it", async (t) => {
  const ada = await person(t, "acme/write/en/home");
  await ada.field("hostile").waitFor();
  await ada.asSource("hostile");
  await ada.text("hostile").fill(`${ATTACK} again`);
  await ada.text("hostile").press("Control+s");
  await has(ada, "hostile", "Saved, not live");
  await ada.tab.locator('li[data-key="hostile"]').getByText("What the next publish changes").click();
  await ada.tab.locator('li[data-key="hostile"]').getByRole("button", { name: "History" }).click();
  await ada.tab.getByRole("dialog").getByText("onerror").first().waitFor();
  await ada.tab.keyboard.press("Escape");
  await ada.tab.goto(`${system.api}/#/acme/publish`);
  await ada.tab.getByText("onerror").first().waitFor();
  await ada.tab.goto(`${system.api}/#/acme/write/de/home`);
  await ada.tab.locator('li[data-key="hostile"]').getByText("onerror").first().waitFor();
  assert.equal(await ada.tab.evaluate(() => window.hit), undefined);
  assert.equal(await ada.tab.locator("main img, main script").count(), 0);
  // The policy itself: nothing inline, nothing from elsewhere, no frame.
  const { headers } = await ada.tab.request.get(system.api).then((answer) => ({ headers: answer.headers() }));
  assert.match(headers["content-security-policy"], /default-src 'none'; script-src 'self' 'sha256-[^']{44}';.*require-trusted-types-for 'script'; trusted-types 'none'; connect-src 'self' http:\/\/127\.0\.0\.1:\d+\/; frame-ancestors 'none'$/);
  const framing = await serve(() => ({ headers: { "content-type": "text/html" }, body: `<iframe src="${system.api}/"></iframe>` }));
  t.after(framing.close);
  const stranger = await ada.visitor.newPage();
  await stranger.goto(framing.url);
  const frame = stranger.frames().find((one) => one != stranger.mainFrame());
  assert.equal(await frame.locator("header.top").count(), 0);
});

test("tabs of one person take turns with the session", async (t) => {
  const ada = await person(t);
  const tabs = await Promise.all([1, 2, 3].map(() => ada.visitor.newPage()));
  // The access token is about to end: each tab has to continue it.
  await ada.tab.evaluate(() => {
    const session = JSON.parse(localStorage["copydesk-session"]);
    localStorage["copydesk-session"] = JSON.stringify({ ...session, until: 0 });
  });
  await Promise.all(tabs.map((tab) => tab.goto(`${system.api}/#/`)));
  for (const tab of tabs) await tab.getByRole("link", { name: /acme/ }).waitFor();
  await ada.tab.getByRole("button", { name: "Sign out" }).click();
  for (const tab of tabs) await tab.getByRole("button", { name: "Sign in" }).waitFor();
});

test("every screen can be used by everybody: axe finds nothing, wide and narrow, light and dark", async (t) => {
  for (const options of [{}, { viewport: { width: 360, height: 740 }, colorScheme: "dark", hasTouch: true }]) {
    const ada = await person(t, "", options);
    const screens = { "": "Projects", "acme/write/ar/home": "home", "acme/publish": "What changes when you publish", "acme/releases": "Releases", "acme/files": "Take copy out", "acme/log": "Log", "acme/search": "Search", "acme/settings": "Languages" };
    for (const [place, heading] of Object.entries(screens)) {
      await ada.tab.goto(`${system.api}/#/${place}`);
      await ada.tab.getByRole("heading", { name: heading }).last().waitFor();
      await until(`${place} is loaded`, async () => (await ada.tab.getByText("Loading…").count()) === 0);
      // Whatever can be opened is open.
      await ada.tab.evaluate(() => document.querySelectorAll("main details").forEach((one) => (one.open = true)));
      await ada.look(`${options.viewport ? "narrow" : "wide"}-${place.replaceAll("/", "-") || "projects"}`);
      assert.ok(await ada.tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${place} is not wider than the screen`);
    }
  }
});

test("what is said of an entry is changed, and an entry and a page are taken away", async (t) => {
  await system.project("less", "en", {}, { home: { title: "text", old: "text" }, gone: { title: "text" } });
  const ada = await person(t, "less/write/en/home");
  await ada.text("old").waitFor();
  await ada.tab.getByRole("button", { name: "Details old" }).click();
  const dialog = ada.tab.getByRole("dialog");
  await dialog.getByLabel("A note for whoever translates it").fill("Soon gone");
  await dialog.getByLabel("The most characters").fill("9");
  await ada.look("details");
  await dialog.getByRole("button", { name: "Save" }).click();
  await ada.tab.locator('li[data-key="old"] .note', { hasText: "Soon gone" }).waitFor();
  await ada.tab.getByRole("button", { name: "Details old" }).click();
  await dialog.getByRole("button", { name: /^Remove/ }).click();
  await dialog.last().getByRole("button", { name: "Remove", exact: true }).click();
  await ada.text("old").waitFor({ state: "detached" });
  await ada.tab.getByRole("link", { name: /^gone/ }).click();
  await ada.tab.getByRole("button", { name: "Remove gone" }).click();
  await ada.look("remove-page");
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await ada.tab.getByRole("link", { name: /^gone/ }).waitFor({ state: "detached" });
  const { items } = await system.ask("GET", "/less/pages");
  assert.deepEqual(items.map(({ page }) => page), ["home"]);
  assert.deepEqual((await system.ask("GET", "/less/pages/home/entries")).items.map(({ key }) => key), ["title"]);
  assert.deepEqual(ada.errors, []);
});

test("speaks German, says what is wrong, and makes a project", async (t) => {
  const visitor = await browser.newContext({ locale: "de-DE" });
  t.after(() => visitor.close());
  const tab = await visitor.newPage();
  await tab.goto(system.api);
  // The whole link does, where only the code is asked for.
  await tab.getByLabel("Oder füge den Link hier ein").fill(`${system.api}/sign-in#${"0".repeat(64)}`);
  await tab.getByRole("button", { name: "Anmelden" }).click();
  await tab.getByRole("alert").waitFor();
  await tab.getByLabel("Oder füge den Link hier ein").fill(system.api + (await system.link({})));
  await tab.getByRole("button", { name: "Anmelden" }).click();
  await tab.getByRole("heading", { name: "Projekte" }).waitFor();
  await tab.getByLabel("Name", { exact: true }).fill("Neues");
  await tab.getByLabel("Kurzname").fill("acme");
  await tab.getByLabel("zuerst geschrieben").fill("de");
  await tab.getByRole("button", { name: "Anlegen" }).click();
  await tab.getByRole("alert").waitFor();
  await tab.getByLabel("Kurzname").fill("neues");
  await tab.getByRole("button", { name: "Anlegen" }).click();
  await tab.getByText("Dieses Projekt hat noch keine Seiten.").waitFor();
});

test("an admin adds a language, makes a page and an entry, invites somebody who then may only write German", async (t) => {
  const ada = await person(t, "acme/settings");
  const { tab } = ada;
  await tab.getByLabel("Short name of a new language").fill("fr");
  await tab.getByRole("button", { name: "Add" }).click();
  await tab.getByRole("heading", { name: "French fr" }).waitFor();
  await tab.getByLabel("Short name of a new language").fill("no language");
  await tab.getByRole("button", { name: "Add" }).click();
  await tab.getByRole("alert").waitFor();

  const invite = tab.locator("form", { has: tab.getByRole("heading", { name: "Invite" }) });
  await invite.getByLabel("Their e-mail address").fill("grete@example.com");
  await invite.getByLabel("German").check();
  await invite.getByRole("button", { name: "Invite" }).click();
  const link = await invite.getByLabel("Where they sign in").inputValue();
  assert.match(link, /\/sign-in#/);
  // What the project has, and used this month; nobody limits it here.
  await tab.getByRole("row", { name: /^Pages \d+$/ }).waitFor();
  await tab.getByRole("row", { name: /^Saved texts, entries, pages, languages [\d,]+ 0$/ }).waitFor();
  await ada.look("settings");

  await tab.goto(`${system.api}/#/acme/write/en/about`);
  await ada.text("title").waitFor();
  await tab.getByText("New page").click();
  await tab.getByLabel("Name of the page").fill("contact");
  await tab.locator("form", { has: tab.getByLabel("Name of the page") }).getByRole("button", { name: "Create" }).click();
  await tab.getByText("This page has no entries yet.").waitFor();
  await tab.getByText("New entry").click();
  await tab.getByLabel("Key", { exact: true }).fill("phone");
  await tab.getByLabel("The most characters").fill("12");
  await tab.locator("form", { has: tab.getByLabel("Key", { exact: true }) }).getByRole("button", { name: "Create" }).click();
  await ada.text("phone").fill("Call us");
  await ada.text("phone").press("Control+s");
  await has(ada, "phone", "Saved, not live");

  // The link is of this machine; the person behind it is another.
  const grete = await browser.newContext({ locale: "en-GB" });
  t.after(() => grete.close());
  const hers = await grete.newPage();
  await hers.goto(link);
  await hers.getByRole("button", { name: "Sign in" }).click();
  await hers.getByRole("heading", { name: "Projects" }).waitFor();
  await hers.goto(`${system.api}/#/acme/write/de/contact`);
  const text = hers.locator('textarea[data-key="phone"]');
  await text.fill("Ruf an");
  await text.press("Control+s");
  await until("it is saved", async () => /Saved, not live/.test(await hers.locator('li[data-key="phone"] .state').textContent()));
  await hers.goto(`${system.api}/#/acme/write/fr/contact`);
  await text.waitFor();
  await text.fill("Appelez");
  await text.press("Control+s");
  await hers.locator('li[data-key="phone"] [role=alert]').waitFor();
  await hers.goto(`${system.api}/#/acme/settings`);
  await hers.getByRole("alert").first().waitFor();

  // What happened is in the log, by whom.
  await tab.goto(`${system.api}/#/acme/log`);
  await tab.getByText("Ruf an").waitFor();
  await ada.look("log");
  await tab.goto(`${system.api}/#/acme/settings`);
  const card = tab.locator("li.card", { has: tab.getByRole("heading", { name: "grete", exact: true }) });
  await card.getByRole("button", { name: /Remove/ }).click();
  await tab.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await until("she is gone", async () => (await card.count()) == 0);
  assert.deepEqual(ada.errors, []);
});

test("somebody finds words in every language, and replaces them where nobody was faster", async (t) => {
  const save = (locale, key, value, version) => system.ask("PUT", `/acme/drafts/${locale}/home/${key}`, { value }, { "if-match": `"${version}"` });
  const ada = await person(t, "acme/search");
  const { tab } = ada;
  await tab.getByLabel("Find in keys").fill("boats");
  await tab.getByText(say("# entries")).waitFor();
  await tab.getByLabel("Language").last().selectOption("en");
  await tab.getByText("One entry").waitFor();
  await tab.getByText("Replace", { exact: true }).click();
  await tab.getByLabel(say("Replace “boats” by")).fill("ships");
  await tab.locator("form ins", { hasText: "ships" }).waitFor();
  await ada.look("replace");
  const before = await system.ask("GET", "/acme/drafts/en/home/count");
  // Somebody else is faster.
  const other = await save("en", "count", "{ $count } boats, or more", before.version);
  await tab.getByRole("button", { name: "Replace in one text" }).click();
  await tab.locator(".error", { hasText: "count" }).waitFor();
  assert.equal((await system.ask("GET", "/acme/drafts/en/home/count")).version, other.version);
  await tab.locator("form del", { hasText: "boats" }).waitFor();
  await tab.getByRole("button", { name: "Replace in one text" }).click();
  await until("it is replaced", async () => (await system.ask("GET", "/acme/drafts/en/home/count")).value == "{ $count } ships, or more");
  // Words of a language that has no blanks, in another order than they stand there.
  await system.ask("PUT", "/acme/drafts/ar/about/title", { value: "居眠りサギの貸しボート" }, { "if-none-match": "*" });
  await tab.getByLabel("Language").last().selectOption("ar");
  await tab.getByLabel("Find in keys").fill("ボート居眠り");
  await tab.locator(".search > .changed li", { hasText: "居眠りサギ" }).waitFor();
  assert.deepEqual(ada.errors, []);
});

test("a token is shown once, and revoked", async (t) => {
  const ada = await person(t, "acme/settings");
  const form = ada.tab.locator("form", { has: ada.tab.getByRole("heading", { name: "New token" }) });
  await form.getByLabel("What it is for").fill("build");
  await form.getByLabel("What they may do").selectOption("viewer");
  await form.getByRole("button", { name: "Create" }).click();
  const secret = await form.getByLabel("build").inputValue();
  assert.match(secret, /^cpd_/);
  const asks = async () => (await fetch(`${system.api}/v1/projects/acme`, { headers: { authorization: `Bearer ${secret}` } })).status;
  assert.equal(await asks(), 200);
  await ada.tab.getByRole("button", { name: "Revoke build" }).click();
  await ada.tab.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await until("the token is refused", async () => (await asks()) == 401);
});

test("the server is killed while somebody types: nothing is lost, and writing goes on", async (t) => {
  const ada = await person(t, "acme/write/en/about");
  await ada.text("title").waitFor();
  await ada.text("title").fill("Typed before it died");
  await system.kill();
  await ada.text("title").press("Control+s");
  await ada.tab.getByText(/cannot be reached/).first().waitFor();
  await ada.text("title").press("End");
  await ada.tab.keyboard.type(", and after");
  // The tab dies, too.
  await ada.tab.close();
  await system.again();
  const tab = await ada.visitor.newPage();
  await tab.goto(`${system.api}/#/acme/write/en/about`);
  const text = tab.locator('textarea[data-key="title"]');
  await text.waitFor();
  assert.equal(await text.inputValue(), "Typed before it died, and after");
  await text.press("Control+s");
  await until("it is saved", async () => (await system.ask("GET", "/acme/drafts/en/about/title")).value == "Typed before it died, and after");
});

test("an admin adds a webhook, sees what became of a message, and sends it again", async (t) => {
  const heard = [];
  const hook = await serve(async (url, request) => {
    heard.push(request.headers["webhook-id"]);
    return { status: heard.length == 1 ? 500 : 204 };
  });
  t.after(hook.close);
  const ada = await person(t, "acme/settings");
  const section = ada.tab.getByRole("region", { name: "Webhooks" });
  await section.getByLabel("Address that is told").fill(`${hook.url}/hook`);
  await section.getByLabel("Somebody left").uncheck();
  await section.getByRole("button", { name: "Create" }).click();
  await section.getByText("shown once").waitFor();
  assert.match(await section.getByLabel("Secret").inputValue(), /^whsec_/);
  await until("it is told", () => heard.length > 0);
  await section.getByRole("button", { name: "Messages" }).click();
  const dialog = ada.tab.getByRole("dialog");
  await dialog.getByText("ping").first().waitFor();
  await ada.look("webhook");
  await ada.tab.keyboard.press("Escape");
  await until("it is told again by itself", () => heard.length > 1);
  await section.getByRole("button", { name: "Messages" }).click();
  await dialog.getByText("Delivered").waitFor();
  await dialog.getByRole("button", { name: "Send again" }).click();
  await until("it is told once more", () => heard.length > 2);
  await ada.tab.keyboard.press("Escape");
  await section.getByRole("button", { name: "Pause" }).click();
  await section.getByRole("button", { name: "Resume" }).waitFor();
  await section.getByRole("button", { name: /^Remove/ }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await until("it is gone", async () => (await system.ask("GET", "/acme/hooks")).items.length == 0);
  assert.deepEqual(ada.errors, []);
});

test("remarks that a project does not let through stop a publish; two releases are compared; keys are listed", async (t) => {
  await system.project("strict", "en", { de: ["en"] }, { home: { title: "text", lead: "text" } });
  await system.publish("strict", "en", "home", { title: "One", lead: "{ $name } is here" });
  await system.publish("strict", "en", "home", { title: "Two" });
  await system.ask("PATCH", "/strict", { blocking: ["new-variable"] });
  await system.ask("PATCH", "/strict/drafts/de/home", { drafts: [{ key: "lead", value: "{ $nobody } ist da", version: 0 }] });
  const ada = await person(t, "strict/publish");
  await ada.tab.getByText(/stops this from being published/).waitFor();
  assert.ok(await ada.tab.getByRole("button", { name: "Publish" }).isDisabled());
  await ada.look("blocking");
  await ada.tab.goto(`${system.api}/#/strict/releases`);
  await ada.tab.getByRole("button", { name: "Compare two releases" }).click();
  const dialog = ada.tab.getByRole("dialog");
  await dialog.locator("del", { hasText: "One" }).first().waitFor();
  await dialog.locator("ins", { hasText: "Two" }).first().waitFor();
  await ada.tab.keyboard.press("Escape");
  await ada.tab.locator("h2").first().click();
  await ada.tab.keyboard.press("?");
  await dialog.getByText("goes on to the next missing text").waitFor();
  await ada.look("help");
});

test("a publish by somebody else is seen on an open page; a text whose entry is removed is not lost", async (t) => {
  await system.project("open", "en", {}, { home: { title: "text", old: "text" } });
  await system.publish("open", "en", "home", { title: "One", old: "Old" });
  const ada = await person(t, "open/write/en/home");
  await ada.text("title").fill("Two");
  await ada.text("title").press("Control+s");
  await has(ada, "title", "Saved, not live");
  await system.ask("POST", "/open/releases", {}, { prefer: "wait=20" });
  await has(ada, "title", "Live");
  await ada.text("old").fill("Typed for nobody");
  await system.ask("DELETE", "/open/pages/home/entries/old");
  await ada.tab.reload();
  const gone = ada.tab.getByRole("region", { name: /not there any more/ });
  await gone.waitFor();
  await ada.look("gone");
  assert.equal(await gone.getByLabel("old").inputValue(), "Typed for nobody");
  await gone.getByRole("button", { name: "Throw away" }).click();
  await gone.waitFor({ state: "hidden" });
});
