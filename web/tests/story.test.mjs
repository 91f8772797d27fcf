// The whole story, as the first minutes with it go: the printed link, the demo site, two languages, two people, a
// plural, what visitors see, and back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { copydesk, launch, until } from "./harness.mjs";
import { isAccessible, say, shot } from "./person.mjs";

let system, browser, demo;

before(async () => {
  [system, browser] = await Promise.all([copydesk({}, { demo: true }), launch()]);
  demo = system.address("demo");
  await until("the demo is live", async () => (await fetch(`${system.delivery}/demo/site.js`)).ok);
});

after(async () => {
  await browser?.close();
  await system?.close();
});

const bare = (text) => text.replace(/[\u2066-\u2069]/g, "");

const shows = (tab, selector, wanted) => until(`${selector} says ${wanted}`, async () => bare(await tab.locator(selector).first().textContent()).includes(wanted));

/** Somebody who signs in by a link. */
const signedIn = async (t, link, options) => {
  const visitor = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 }, ...options });
  t.after(() => visitor.close());
  visitor.setDefaultTimeout(15_000);
  const studio = await visitor.newPage(), errors = [];
  visitor.on("weberror", (error) => errors.push(String(error.error())));
  await studio.goto(link);
  await studio.getByRole("button", { name: "Sign in" }).click();
  await studio.getByRole("heading", { name: "Projects" }).waitFor();
  return { visitor, studio, errors };
};

/** The demo site with its editor. */
const onSite = async ({ visitor, studio }) => {
  await studio.getByRole("link", { name: /Drowsy Heron/ }).click();
  await studio.getByText("Edit on the site").click();
  const [tab] = await Promise.all([visitor.waitForEvent("page"), studio.getByRole("link", { name: new URL(demo).port }).first().click()]);
  let frame;
  await until("the frame is there", () => (frame = tab.frames().find((one) => one.url().startsWith(`${system.api}/edit/`))));
  const [popup] = await Promise.all([visitor.waitForEvent("page"), frame.getByRole("button", { name: "Sign in" }).click()]);
  await Promise.all([popup.waitForEvent("close"), popup.getByRole("button", { name: "Allow" }).click()]);
  await frame.getByRole("button", { name: /hero-title/ }).waitFor();
  return { tab, frame };
};

const saved = async (locale, key) => (await system.ask("GET", `/demo/drafts/${locale}/home/${key}`)).value;

/** Writes in the page, from the end of a text on, and saves. */
const write = async (tab, selector, words) => {
  await tab.locator(selector).click();
  await tab.keyboard.press("Control+End");
  await tab.keyboard.type(words);
  await tab.keyboard.press("Enter");
};

const SCREENS = {
  wide: {},
  narrow: { viewport: { width: 360, height: 740 }, hasTouch: true, colorScheme: "dark" },
};

for (const [size, options] of Object.entries(SCREENS))
  test(`from the printed link to what visitors see, and back: ${size}`, async (t) => {
    const look = async (tab, name) => {
      await shot(tab, `story-${size}-${name}`, false);
      assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is not wider than the screen`);
    };
    const link = size === "wide" ? system.address("sign in") : system.api + (await system.link({}));
    const ada = await signedIn(t, link, options);
    await look(ada.studio, "projects");
    const { tab, frame } = await onSite(ada);
    await look(tab, "site");

    // Two languages, in the site itself.
    await write(tab, "h1", ` Said ${size}.`);
    await until("English is saved", async () => (await saved("en", "hero-title")).endsWith(`Said ${size}.`));
    await frame.getByLabel("Language").selectOption("ar");
    await until("Arabic is shown", () => tab.evaluate(() => document.documentElement.dir === "rtl"));
    await write(tab, "h1", " أهلا.");
    await until("Arabic is saved", async () => (await saved("ar", "hero-title")).endsWith("أهلا."));
    await look(tab, "arabic");

    // A plural, with a form for every number of this language.
    await tab.locator("#bell-count").click();
    await until("the panel has the focus", () => frame.evaluate(() => document.activeElement?.dataset.key === "bell-count"));
    assert.ok((await frame.getByRole("tab").count()) >= 6);
    await frame.getByRole("tab", { name: /^few/ }).click();
    await frame.locator('.target[data-key="bell-count"]').click();
    await tab.keyboard.press("Control+End");
    await tab.keyboard.type("!");
    await look(tab, "plural");
    await isAccessible(frame, "plural");
    await tab.keyboard.press("Control+s");
    await until("the plural is saved", async () => /\[few\][^[]*!/.test(await saved("ar", "bell-count")));

    // Somebody else in another browser, on a text that Ada saves meanwhile.
    const bob = await signedIn(t, system.api + (await system.link({ name: "Bob" })), options);
    await bob.studio.goto(`${system.api}/#/demo/write/en/home`);
    const text = bob.studio.locator('textarea[data-key="bell-title"]');
    await text.fill(`Mind the heron, says Bob ${size}`);
    await frame.getByRole("button", { name: "All texts of this page" }).click();
    await frame.getByLabel("Language").selectOption("en");
    await until("English is shown", () => tab.evaluate(() => document.documentElement.dir === "ltr"));
    await write(tab, '[data-copy="bell-title"]', `, says Ada ${size}`);
    const conflict = bob.studio.getByRole("region", { name: say("Two texts of bell-title") });
    await conflict.waitFor();
    await look(bob.studio, "conflict");
    await text.fill(`Mind the heron, say Ada and Bob ${size}`);
    await bob.studio.getByRole("button", { name: "Save this" }).click();
    await shows(tab, '[data-copy="bell-title"]', `say Ada and Bob ${size}`);

    // Nothing of it is live before somebody publishes.
    const arrive = async () => {
      const visitor = await browser.newContext({ locale: "en-GB", ...options });
      t.after(() => visitor.close());
      const tab = await visitor.newPage();
      await tab.goto(demo);
      await tab.waitForFunction(() => window.copydesk?.ready.then(() => true));
      return tab;
    };
    const visit = await arrive();
    await shows(visit, "h1", "The lake is awake.");
    assert.doesNotMatch(await visit.locator("h1").textContent(), new RegExp(`Said ${size}`));
    await ada.studio.getByRole("link", { name: "Publish" }).click();
    await ada.studio.locator("ins", { hasText: size }).first().waitFor();
    await look(ada.studio, "publish");
    const before = (await (await fetch(`${system.delivery}/demo/live.json`)).json()).release;
    await ada.studio.getByRole("button", { name: "Publish" }).click();
    await ada.studio.getByText(say("Release # is live.")).first().waitFor();
    await ada.studio.getByRole("link", { name: "See it on" }).first().waitFor();
    await look(ada.studio, "published");
    const live = await arrive();
    await shows(live, "h1", `Said ${size}.`);
    await shows(live, '[data-copy="bell-title"]', `say Ada and Bob ${size}`);
    await look(live, "visitor");
    await live.locator("select").first().selectOption("ar");
    await shows(live, "h1", "أهلا.");
    await look(live, "visitor-arabic");

    // Back: one click and a look at what it does.
    await ada.studio.getByRole("link", { name: "Releases" }).first().click();
    const back = ada.studio.getByRole("button", { name: say(`Go back to release ${before}`) });
    await back.click();
    await ada.studio.getByRole("dialog").locator("del, ins").first().waitFor();
    await look(ada.studio, "back");
    await ada.studio.getByRole("dialog").getByRole("button", { name: /Go back/ }).click();
    await ada.studio.getByRole("dialog").waitFor({ state: "detached" });
    const next = await arrive();
    await shows(next, "h1", "The lake is awake.");
    assert.doesNotMatch(await next.locator("h1").textContent(), new RegExp(`Said ${size}`));
    assert.deepEqual([...ada.errors, ...bob.errors], []);
  });
