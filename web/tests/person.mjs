// Somebody who uses the studio.
import { join } from "node:path";

/** Where pictures of the screens go, if somebody wants to look at them. */
const { COPYDESK_TEST_SHOTS: shots } = process.env;

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
  const shot = (name) => shots && tab.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  const text = (key) => tab.locator(`textarea[data-key="${key}"]`);
  /** What words with chips are written in. */
  const field = (key) => tab.locator(`.rich[data-key="${key}"]`);
  const asSource = (key) => tab.locator(`li[data-key="${key}"]`).getByRole("button", { name: "As source" }).click();
  const state = (key) => tab.locator(`li[data-key="${key}"] .state`).textContent();
  return { tab, visitor, errors, shot, text, field, asSource, state };
};

/** Words as they are shown: what copy fills in stands between marks that are not seen. */
export const say = (text) => new RegExp([...text].map((one) => (one == "#" ? "\\d+" : one.replace(/[.*+?^${}()|[\]\\]/, "\\$&"))).join("[\u2068\u2069]*"));
