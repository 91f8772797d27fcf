// How soon copy is in a page, beside i18next on a page of the same copy.
//
// "From start" counts from where the script begins to run, "from request" from where the browser asks for it. Slow 4G
// and a processor at a quarter of its speed, but for what is fetched ahead and for tasks. The two sites take turns.
import { launch } from "../tests/harness.mjs";
import { words } from "./page.mjs";
import { BOATS, SCRIPTS, start } from "./sites.mjs";
import { print } from "./table.mjs";
import { longestTasks, measure, slow } from "./visit.mjs";

const RUNS = 15;

/** No run begins later than this, and all ends here, in milliseconds. On a busy machine there are fewer runs. */
const TIME = 215_000, PATIENCE = 235_000;

/** What a request takes at least when the network is as slow as it should be. */
const ROUND_TRIP = 150;

const GOALS = [
  ["cold, words and small numbers, from start", "plain", "fromStart", 300],
  ["the same, preloaded, from start", "plainPreloaded", "fromStart", 150],
  ["cold, prices and dates too, from start", "cold", "fromStart", 300],
  ["cold, from request", "cold", "fromRequest"],
  ["cold, preloaded, from start", "preloaded", "fromStart", 150],
  ["cold, preloaded, from request", "preloaded", "fromRequest"],
  ["second visit, from start", "warm", "fromStart", 180],
  ["second visit, from request", "warm", "fromRequest", 180],
  ["second visit later, from request", "later", "fromRequest", 180],
  ["fetched ahead, from start", "ahead", "fromStart", 50],
  ["fetched ahead, from request", "ahead", "fromRequest", 50],
  ["layout shift", "cold", "shift", 0.05, ""],
  ["longest task of a script, 500 elements of words and small numbers", "plain-fleet", "scripted", 50],
  ["longest task of a script, 500 elements, 200 prices and dates", "fleet", "scripted", 50],
  ["longest task, the browser's own too, words and small numbers", "plain-fleet", "longest", 50],
  ["longest task, the browser's own too, prices and dates", "fleet", "longest", 50],
];

const said = Object.fromEntries(Object.entries(BOATS).map(([page, boats]) => [page, words(page, boats)]));

const visit = async (context, url, isSlow, wanted = said.boats) => {
  const tab = await context.newPage();
  if (isSlow) await slow(tab);
  await tab.goto(url, { waitUntil: "domcontentloaded" });
  const measured = await measure(tab, wanted);
  await tab.close();
  return measured;
};

/** A first visit. */
const first = async (context, url, wanted) => {
  const cold = await visit(context, url, true, wanted);
  if (cold.network < ROUND_TRIP) throw Error(`the network is not slow: ${cold.network} ms`);
  return cold;
};

const again = async (context, url) => {
  await visit(context, url, false);
  return visit(context, url, true);
};

const ahead = async (context, site) => {
  const tab = await context.newPage();
  const fetched = tab.waitForResponse((answer) => /\/boats(\.\d+)?\.json$/.test(answer.url()));
  await tab.goto(`${site}/jetty`, { waitUntil: "load" });
  if (site.endsWith("copydesk")) await tab.evaluate(() => copydesk.ready);
  await tab.hover("a");
  await (await fetched).finished();
  await tab.goto(`${site}/boats`, { waitUntil: "domcontentloaded" });
  return measure(tab, said.boats);
};

const fleet = async (context, site, script, page) => {
  const browser = context.browser(), tab = await context.newPage();
  await browser.startTracing(tab, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "v8.execute"] });
  await tab.goto(`${site}/${page}`, { waitUntil: "domcontentloaded" });
  await measure(tab, said[page]);
  return longestTasks(await browser.stopTracing(), script);
};

/** What is done in a browser context of its own, and what is measured there, by name. */
const SCENES = [
  async (context, site) => ({
    cold: await first(context, `${site}/boats`),
    warm: await visit(context, `${site}/boats`, true),
  }),
  async (context, site) => ({ preloaded: await first(context, `${site}/preloaded`) }),
  async (context, site) => ({ plain: await first(context, `${site}/plain`, said.plain) }),
  async (context, site) => ({ plainPreloaded: await first(context, `${site}/plain-preloaded`, said.plain) }),
  async (context, site) => ({ later: await again(context, `${site}/later`) }),
  async (context, site) => ({ ahead: await ahead(context, site) }),
  async (context, site, script) => ({ fleet: await fleet(context, site, script, "fleet") }),
  async (context, site, script) => ({ "plain-fleet": await fleet(context, site, script, "plain-fleet") }),
];

const turn = async (browser, url, measured) => {
  for (const scene of SCENES)
    for (const [library, script] of Object.entries(SCRIPTS)) {
      const context = await browser.newContext({ locale: "en-US", timezoneId: "UTC" });
      const found = await scene(context, `${url}/${library}`, script);
      for (const [name, one] of Object.entries(found)) ((measured[library] ??= {})[name] ??= []).push(one);
      await context.close();
    }
};

const quantile = (runs, member, part) => {
  const values = runs.map((one) => one[member]).sort((one, other) => one - other);
  return Number(values[Math.ceil(values.length * part) - 1].toFixed(member == "shift" ? 4 : 1));
};

const rows = ({ copydesk, i18next }) =>
  GOALS.map(([name, scene, member, goal, unit = "ms"]) => ({
    name,
    value: quantile(copydesk[scene], member, 0.5),
    p90: quantile(copydesk[scene], member, 0.9),
    unit,
    goal,
    i18next: quantile(i18next[scene], member, 0.5),
    i18next_p90: quantile(i18next[scene], member, 0.9),
    runs: copydesk[scene].length,
  }));

const COLUMNS = {
  median: "value",
  p90: "p90",
  goal: "goal",
  i18next: "i18next",
  "its p90": "i18next_p90",
  runs: "runs",
};

const open = [];
const main = async () => {
  const measured = {};
  open.push(await launch());
  const url = await start(open);
  for (let count = 0; count < RUNS && performance.now() < TIME; count++) await turn(open[0], url, measured);
  print(rows(measured), COLUMNS);
};

let patience;
const late = new Promise((_, fail) => (patience = setTimeout(() => fail(Error("not within 4 minutes")), PATIENCE)));
try {
  await Promise.race([main(), late]);
} finally {
  clearTimeout(patience);
  await Promise.all(open.map((one) => one.close()));
}
