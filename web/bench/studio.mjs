// How soon the studio can be used, and how smoothly a very long page scrolls.
//
// Slow 4G and a processor at a quarter of its speed, nothing in the browser's cache, somebody signed in. A screen counts
// when what it is opened for stands there. The long page is scrolled at full speed.
import { copydesk, launch } from "../tests/harness.mjs";
import { enter } from "../tests/person.mjs";
import { print } from "./table.mjs";
import { slow } from "./visit.mjs";

const RUNS = 9;

/** Entries of the long page, each with chips, the last of them, and how many are made in one request. */
const ENTRIES = 5_000, LAST = "text-999", PORTION = 500;

/** Screens, and what they are opened for. */
const SCREENS = [
  ["the first screen, nobody signed in", "", "main button, form button", "nobody"],
  ["projects", "", 'a[href*="bench"]', "ada"],
  ["a page of 40 texts to write", "bench/write/de/home", "textarea.target, .rich", "ada"],
];

const portions = (list) => Array.from({ length: Math.ceil(list.length / PORTION) }, (_, at) => list.slice(at * PORTION, (at + 1) * PORTION));

const fill = async (desk, page, count, value) => {
  const keys = Array.from({ length: count }, (_, at) => `text-${at}`);
  for (const some of portions(keys)) {
    await desk.ask("PATCH", `/bench/pages/${page}/entries`, { entries: some.map((key) => ({ key, kind: "text" })) });
    for (const locale of ["en", "de"]) {
      const drafts = some.map((key) => ({ key, value: value(key), version: 0 }));
      await desk.ask("PATCH", `/bench/drafts/${locale}/${page}`, { drafts });
    }
  }
};

const seed = async (desk) => {
  await desk.project("bench", "en", { de: ["en"] }, { home: {}, long: {} });
  await fill(desk, "home", 40, (key) => `What ${key} says to visitors`);
  await fill(desk, "long", ENTRIES, (key) => `{ $name } has { $count } boats, says ${key}`);
};

/** A screen that is opened with nothing in the cache: from the address to what is wanted, in milliseconds. */
const open = async (visitor, place, wanted) => {
  const tab = await visitor.newPage(), session = await visitor.newCDPSession(tab);
  await session.send("Network.clearBrowserCache");
  await slow(tab);
  await tab.addInitScript((wanted) => {
    const look = () => (document.querySelector(wanted) ? (window.shown ??= performance.now()) : requestAnimationFrame(look));
    look();
  }, wanted);
  await tab.goto(place, { waitUntil: "commit" });
  await tab.waitForFunction(() => window.shown, undefined, { timeout: 20_000 });
  const shown = await tab.evaluate(() => window.shown);
  await tab.close();
  return shown;
};

/** The longest task while the long page is read on, and then scrolled to its end, in milliseconds. */
const scroll = async ({ tab }, api) => {
  await tab.goto("about:blank");
  await tab.goto(`${api}/#/bench/write/de/long`);
  await tab.locator(".rich").first().waitFor({ timeout: 60_000 });
  const longest = await tab.evaluate(async () => {
    const tasks = [0];
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => tasks.push(duration))).observe({ type: "longtask" });
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    for (let frames = 0, still = 0, last = -1; still < 60; frames++) {
      scrollBy(0, frames < 300 ? 150 : 2000);
      await frame();
      still = scrollY == last ? still + 1 : 0;
      last = scrollY;
    }
    return Math.max(...tasks);
  });
  const last = await tab.locator("li.entry").last().getAttribute("data-key");
  if (last != LAST) throw Error(`the list ends with ${last}`);
  return longest;
};

const quantile = (values, part) => values.sort((one, other) => one - other)[Math.ceil(values.length * part) - 1].toFixed(0);

const row = (name, values, goal) => ({ name, value: quantile(values, 0.5), p90: quantile(values, 0.9), unit: "ms", goal, runs: values.length });

const opened = [];
try {
  const [system, browser] = await Promise.all([copydesk(), launch()]);
  opened.push(browser, system);
  await seed(system);
  const ada = await enter({ system, browser, t: { after: () => {} } });
  const visitors = { ada: ada.visitor, nobody: await browser.newContext({ locale: "en-GB" }) };
  const rows = [];
  for (const [name, place, wanted, who] of SCREENS) {
    const times = [];
    for (let run = 0; run < RUNS; run++) times.push(await open(visitors[who], `${system.api}/#/${place}`, wanted));
    rows.push(row(name, times, 1000));
  }
  const tasks = [];
  for (let run = 0; run < 3; run++) tasks.push(await scroll(ada, system.api));
  rows.push(row(`longest task, ${ENTRIES} entries scrolled`, tasks, 50));
  print(rows, { median: "value", p90: "p90", goal: "goal", runs: "runs" });
} finally {
  for (const one of opened) await one.close();
}
