// Somebody who uses the studio.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, until } from "./harness.mjs";

/** Where pictures of the screens go, if somebody wants to look at them. */
const { COPYDESK_TEST_SHOTS: shots } = process.env;

const AXE = readFileSync(join(root, "web/node_modules/axe-core/axe.min.js"), "utf8");

/** Fails where axe has something to say of what is on a screen, or of what `within` gives there. */
export const isAccessible = async (frame, name, within = () => document) => {
  await frame.evaluate(AXE);
  const { violations } = await frame.evaluate(
    (place) => axe.run(place, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
    await frame.evaluateHandle(within),
  );
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`), [], name);
};

/** Takes a picture, if somebody wants it. */
export const shot = (tab, name, fullPage = true) => shots && tab.screenshot({ path: join(shots, `${name}.png`), fullPage });

/** Somebody who signed in, at a place in the studio. */
export const enter = async ({ system, browser, t }, place = "", { name = "Ada", email, ...options } = {}) => {
  const visitor = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 }, ...options });
  const tab = await visitor.newPage();
  tab.setDefaultTimeout(15_000);
  const errors = [];
  tab.on("pageerror", (error) => errors.push(String(error)));
  tab.on("console", (message) => message.type() == "error" && !/Failed to load resource|ERR_/.test(message.text()) && errors.push(message.text()));
  t.after(() => visitor.close());
  await tab.goto(system.api + (await system.link({ name, email })));
  await tab.getByRole("button", { name: "Sign in" }).click();
  await tab.getByRole("heading", { name: "Projects" }).waitFor();
  if (place) await tab.goto(`${system.api}/#/${place}`);
  /** Looks at what is on the screen: everybody can use it. */
  const look = async (name) => {
    await shot(tab, name);
    await isAccessible(tab, name);
  };
  const text = (key) => tab.locator(`textarea[data-key="${key}"]`);
  /** What words with chips are written in. */
  const field = (key) => tab.locator(`.rich[data-key="${key}"]`);
  const asSource = (key) => tab.locator(`li[data-key="${key}"]`).getByRole("button", { name: "As source" }).click();
  const state = (key) => tab.locator(`li[data-key="${key}"] .state`).textContent();
  return { tab, visitor, errors, look, text, field, asSource, state };
};

/** What has the focus, as it is called to who cannot see it. */
const focused = () => {
  const one = document.activeElement;
  const words = one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent;
  return words.replace(/[\u2068\u2069]/g, "").trim() || one.localName;
};

/** Somebody with a keyboard and nothing else, in a tab or a frame of it. */
export const keyboard = (tab, frame = tab) => {
  const { keyboard } = tab.keyboard ? tab : tab.page();
  /** Presses Tab until what is called so has the focus. */
  const reach = async (wanted, key = "Tab") => {
    const seen = [];
    for (let presses = 0; presses < 150; presses++) {
      await keyboard.press(key);
      seen.push(await frame.evaluate(focused));
      if (wanted.test(seen.at(-1))) return;
    }
    throw Error(`${wanted} cannot be reached: ${[...new Set(seen)].map((one) => one.slice(0, 40)).join(" | ")}`);
  };
  const press = (key) => keyboard.press(key);
  /** Goes to something and presses a key there. */
  const use = async (wanted, key = "Enter") => {
    await reach(wanted);
    await press(key);
  };
  /** Writes in a field, in place of what is there. */
  const write = async (wanted, words) => {
    await reach(wanted);
    await press("Control+a");
    await keyboard.type(words);
  };
  return { reach, press, use, write, type: (words) => keyboard.type(words) };
};

/** Words as they are shown: what copy fills in stands between marks that are not seen. */
export const say = (text) => new RegExp([...text].map((one) => (one == "#" ? "\\d+" : one.replace(/[.*+?^${}()|[\]\\]/, "\\$&"))).join("[\u2068\u2069]*"));

/** Chooses files as a person does: once they can be chosen. */
export const choose = async (tab, files) => {
  const field = tab.locator('input[type="file"]');
  await until("files can be chosen", () => field.isEnabled());
  await field.setInputFiles(files);
};
