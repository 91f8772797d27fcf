// Every task of the studio and of the in-page editor by keyboard alone: no pointer, nothing but keys.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { strToU8, zipSync } from "fflate";
import { copydesk, launch, serve, until } from "./harness.mjs";
import { enter, keyboard, say } from "./person.mjs";

let system, browser, site, hook, folder;

before(async () => {
  [system, browser] = await Promise.all([copydesk(), launch()]);
  folder = mkdtempSync(join(tmpdir(), "copydesk-keys-"));
  hook = await serve(() => ({ status: 204 }));
  site = await serve(({ pathname }) => {
    if (pathname === "/favicon.ico") return { status: 404 };
    const tag = `<script async crossorigin src="${system.delivery}/acme/site.js"></script>`;
    return { headers: { "content-type": "text/html" }, body: `<!doctype html><html lang="en"><title>Site</title>${tag}<body data-copy-page="home"><a href="#x">Host link</a><h1 data-copy="title">Host</h1><p data-copy="lead">Host</p></html>` };
  });
  await system.project("acme", "en", { de: ["en"] }, { home: { title: "text", lead: "text", more: "text" }, about: { title: "text" } });
  await system.ask("PATCH", "/acme", { origins: [site.url] });
  await system.publish("acme", "en", "about", { title: "About" });
  await system.publish("acme", "en", "home", { title: "Title", lead: "A lead", more: "More" });
});

after(async () => {
  await browser?.close();
  await Promise.all([system?.close(), site?.close(), hook?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody at a place, with a keyboard. */
const at = async (t, place, options) => {
  const one = await enter({ system, browser, t }, place, options);
  return { ...one, ...keyboard(one.tab), dialog: one.tab.getByRole("dialog") };
};

const saved = async (locale, page, key) => (await system.ask("GET", `/acme/drafts/${locale}/${page}`)).items.find((one) => one.key === key)?.value;

const isSaved = (locale, page, key, value) => until(`${page} ${key} says ${value}`, async () => (await saved(locale, page, key)) === value);

const live = async () => (await (await fetch(`${system.delivery}/acme/live.json`)).json()).release;

const count = async (what) => (await system.ask("GET", `/acme/${what}`)).items.length;

test("signs in, and makes a project", async (t) => {
  const visitor = await browser.newContext({ locale: "en-GB" });
  t.after(() => visitor.close());
  const tab = await visitor.newPage(), { use, write } = keyboard(tab);
  await tab.goto(system.api + (await system.link({ name: "Ada" })));
  await tab.getByRole("button", { name: "Sign in" }).waitFor();
  await use(/^Sign in$/);
  await tab.getByRole("heading", { name: "Projects" }).waitFor();
  await write(/^Name/, "Made by keys");
  await write(/^Short name/, "by-keys");
  await use(/^Create/);
  await tab.getByText("This project has no pages yet.").waitFor();
});

test("writes: a page and an entry, from text to text, notes, other names, what was, and taking away", async (t) => {
  const { tab, use, write, type, press, reach, text, dialog } = await at(t, "acme/write/en/home");
  await text("title").waitFor();
  const writes = (key) => until(`in ${key}`, () => tab.evaluate((key) => document.activeElement.dataset.key === key, key));
  await reach(say("Text of lead"));
  await press("End");
  await type(" by keys");
  await press("Control+Enter");
  await isSaved("en", "home", "lead", "A lead by keys");
  await writes("more");
  // Undone, and put aside.
  await press("End");
  await type("!");
  await press("Control+z");
  await until("it is undone", async () => (await text("more").inputValue()) === "More");
  await type("?");
  await use(/^Put aside/);
  await until("it is as it was", async () => (await text("more").inputValue()) === "More");

  // To the next that is missing, in another language.
  await reach(/^Language.*English/, "Shift+Tab");
  await type("G");
  await until("German", () => tab.evaluate(() => /write\/de/.test(location.hash)));
  await text("title").waitFor();
  await reach(say("Text of lead"));
  await type("Vorspann");
  await press("Control+Shift+Enter");
  await isSaved("de", "home", "lead", "Vorspann");
  await writes("more");

  // The search field, and all keys.
  await use(/^History/);
  await dialog.waitFor();
  await press("Escape");
  await press("/");
  await until("the search field", () => tab.evaluate(() => document.activeElement.id === "find"));
  await reach(/^History/);
  await press("?");
  await dialog.getByText("goes on to the next missing text").waitFor();
  await press("Escape");

  // What was written before comes back.
  await tab.goto(`${system.api}/#/acme/write/en/home`);
  await text("lead").waitFor();
  await reach(say("Text of lead"));
  await use(/^History/);
  await dialog.getByText("Bring back").last().waitFor();
  await reach(/^Bring back/);
  await press("Enter");
  await until("it is typed", async () => (await text("lead").inputValue()) === "A lead");
  await reach(say("Text of lead"), "Shift+Tab");
  await press("Control+s");
  await isSaved("en", "home", "lead", "A lead");

  await use(/^New entry/);
  await write(/^Key/, "extra");
  await write(/^A note/, "By keys");
  await use(/^Create/);
  await text("extra").waitFor();
  // Also where the page was read again.
  await reach(say("Text of extra"), "Shift+Tab");
  await type("Extra");
  await press("Control+Enter");
  await isSaved("en", "home", "extra", "Extra");
  await writes("lead");
  await reach(/^Details extra/, "Shift+Tab");
  await press("Enter");
  await write(/^A note/, "Otherwise");
  await press("Enter");
  await tab.locator('li[data-key="extra"] .note', { hasText: "Otherwise" }).waitFor();
  await use(/^Rename extra/);
  await write(/^Key/, "other");
  await press("Enter");
  await dialog.getByText(say("is called")).or(dialog.getByRole("status")).first().waitFor();
  await press("Escape");
  await text("other").waitFor();
  await use(/^Details other/);
  await use(/^Remove/);
  await use(/^Remove$/);
  await text("other").waitFor({ state: "detached" });

  await use(/^New page/);
  await write(/^Name of the page/, "contact");
  await use(/^Create/);
  await tab.getByRole("heading", { name: "contact", exact: true }).waitFor();
  await use(/^Rename contact/);
  await write(/^Name of the page/, "reach-us");
  await press("Enter");
  await dialog.getByRole("status").waitFor();
  await press("Escape");
  await tab.getByRole("heading", { name: "reach-us", exact: true }).waitFor();
  await use(/^Remove reach-us/);
  await use(/^Remove$/);
  await tab.getByRole("heading", { name: "reach-us", exact: true }).waitFor({ state: "detached" });
});

test("makes one text of two", async (t) => {
  const { reach, type, press, use, text, tab } = await at(t, "acme/write/en/about");
  await text("title").waitFor();
  await reach(say("Text of title"));
  await press("End");
  await type(" by me");
  const { version } = await system.ask("GET", "/acme/drafts/en/about/title");
  await system.ask("PUT", "/acme/drafts/en/about/title", { value: "About by them" }, { "if-match": `"${version}"` });
  await press("Control+s");
  await tab.getByRole("region", { name: say("Two texts of title") }).waitFor();
  await press("End");
  await type(" and them");
  await use(/^Save this/);
  await isSaved("en", "about", "title", "About by me and them");
});

test("publishes some of it, later, or not at all; compares, and goes back", async (t) => {
  const { tab, reach, press, use, write, dialog, look } = await at(t, "acme/publish");
  const first = await live();
  await tab.getByRole("heading", { name: "What changes when you publish" }).waitFor();
  await tab.locator("form summary").first().waitFor();
  // Only one of the pages.
  await use(say("# of # pages"));
  await use(/^about/, " ");
  await write(/^What is it about/, "By keys");
  await use(/^Publish$/);
  const second = first + 1;
  await until("it is live", async () => (await live()) === second);
  const { files } = await (await fetch(`${system.delivery}/acme/releases/${second}.json`)).json();
  assert.deepEqual([files.home.de.number, files.about.en.number <= first], [second, true]);

  // Later, and then not.
  await reach(/^Publish later/);
  await tab.keyboard.type("01012099");
  await press("Tab");
  await tab.keyboard.type("1200PM");
  await use(/^Schedule$/);
  await tab.getByRole("region", { name: "To be published later" }).waitFor();
  await look("later");
  await use(/^Do not publish/);
  await tab.getByRole("region", { name: "To be published later" }).waitFor({ state: "detached" });

  await reach(/^Releases$/, "Shift+Tab");
  await press("Enter");
  await use(/^Compare two releases/);
  await dialog.locator("del, ins").first().waitFor();
  await look("compare");
  await press("Escape");
  await use(say(`Go back to release ${first}`));
  await dialog.locator("del, ins").first().waitFor();
  await use(say(`Go back to release ${first}`));
  await until("it is live", async () => (await live()) === first);
});

test("finds words, and replaces them", async (t) => {
  const { tab, write, use } = await at(t, "acme/search");
  await write(/^Find in keys/, "lead");
  await tab.getByText("A lead").first().waitFor();
  await use(/^Replace$/);
  await write(say("Replace “lead” by"), "beginning");
  await use(/^Replace in/);
  await isSaved("en", "home", "lead", "A beginning");
});

test("brings files, and takes them out", async (t) => {
  const { tab, use, reach, press } = await at(t, "acme/files");
  const file = join(folder, "copy.zip");
  writeFileSync(file, zipSync({ "de/home.ftl": strToU8("title = Ein Titel\n") }));
  await tab.getByRole("heading", { name: "Take copy out" }).waitFor();
  await tab.locator("input[type=file]:enabled").waitFor();
  await reach(/^Files/);
  const [chooser] = await Promise.all([tab.waitForEvent("filechooser"), press(" ")]);
  await chooser.setFiles(file);
  await tab.getByText(say("1 new")).waitFor();
  await use(/^Save/);
  await isSaved("de", "home", "title", "Ein Titel");
  const [download] = await Promise.all([tab.waitForEvent("download"), use(/^Download/)]);
  assert.match(download.suggestedFilename(), /^acme-ftl\.zip$/);
});

test("administers: languages, people, tokens, webhooks, sites", async (t) => {
  const { tab, use, write, reach, press } = await at(t, "acme/settings");
  await tab.getByRole("heading", { name: "Webhooks" }).waitFor();
  await write(/^Short name of a new language/, "fr");
  await press("Enter");
  await tab.getByRole("heading", { name: "French fr" }).waitFor();

  await write(/^Their e-mail address/, "bob@example.com");
  await use(/^Invite$/);
  await tab.getByLabel("Where they sign in").waitFor();
  assert.equal(await count("invitations"), 1);

  await write(/^What it is for/, "build");
  await use(/^Create$/);
  await tab.getByLabel("build", { exact: true }).first().waitFor();
  assert.equal(await count("tokens"), 1);

  await write(/^Address that is told/, `${hook.url}/hook`);
  await use(/^Create$/);
  await tab.getByLabel("Secret").waitFor();
  assert.equal(await count("hooks"), 1);

  // And all of it away again.
  for (const [button, answer, what] of [[/^Take back/, /^Take back/, "invitations"], [/^Revoke build/, /^Revoke$/, "tokens"], [/^Remove http/, /^Remove$/, "hooks"]]) {
    await use(button);
    await tab.getByRole("dialog").waitFor();
    await use(answer);
    await until(`no ${what}`, async () => (await count(what)) === 0);
  }
  await use(/^Remove French/);
  await use(/^Remove$/);
  await until("no French", async () => !(await system.ask("GET", "/acme/locales")).items.some(({ locale }) => locale === "fr"));

  await reach(/^Addresses|^Sites|^Where/);
});

test("makes a link for a preview, and ends it", async (t) => {
  const { use, dialog } = await at(t, "acme/write/en/home");
  await use(/^Link for a preview|^Preview/);
  await dialog.waitFor();
  await use(/^Make/);
  await dialog.getByRole("button", { name: /^End/ }).first().waitFor();
  await use(/^End/);
  await dialog.getByText("The link is no longer good.").waitFor();
});

test("edits a site in place, and publishes from it", async (t) => {
  const { visitor } = await at(t, "");
  const tab = await visitor.newPage();
  await tab.goto(`${site.url}/#copydesk`);
  const theFrame = () => tab.frames().find((one) => one.url().startsWith(`${system.api}/edit/`));
  await until("the frame is there", theFrame);
  const frame = theFrame(), inside = keyboard(tab, frame);
  await frame.getByRole("button", { name: "Sign in" }).waitFor();
  const [popup] = await Promise.all([visitor.waitForEvent("page"), inside.use(/^Sign in$/)]);
  await popup.getByRole("button", { name: "Allow" }).waitFor();
  await Promise.all([popup.waitForEvent("close"), keyboard(popup).use(/^Allow/)]);
  await frame.getByRole("button", { name: /title/ }).first().waitFor();
  await tab.bringToFront();
  await inside.use(/title/);
  await until("in the page", () => tab.evaluate(() => document.activeElement.isContentEditable));
  await tab.keyboard.press("End");
  await tab.keyboard.type(", in place");
  await tab.keyboard.press("Control+s");
  await until("it is saved", async () => /, in place$/.test(await saved("en", "home", "title")));
  await tab.keyboard.press("Escape");
  await inside.use(/^Publish/);
  const publish = frame.locator("form button.main");
  await until("it can be pressed", () => publish.isEnabled());
  const before = await live();
  await inside.use(/^Publish$/);
  await until("it is live", async () => (await live()) > before);
});
