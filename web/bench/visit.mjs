// One visit of a page in a browser, and what was measured there.

/** Lighthouse's slow 4G. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };

/** How long what follows the filling is watched, in milliseconds. */
const REST = 100;

/** Stands in the page before anything else. A script that asks for `currentScript` does so as it begins. */
const watch = (rest) => {
  const { get } = Object.getOwnPropertyDescriptor(Document.prototype, "currentScript");
  const bench = (window.bench = { shift: 0 });
  Object.defineProperty(document, "currentScript", {
    get: () => {
      bench.began ??= performance.now();
      return get.call(document);
    },
  });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (bench.shift += entry.value))).observe({
    type: "layout-shift",
    buffered: true,
  });
  bench.done = new Promise((done) =>
    addEventListener("copydesk", () => {
      bench.filled = performance.now();
      setTimeout(done, rest);
    }),
  );
};

/** The head's first script. */
export const WATCH = `<script>(${watch})(${REST})</script>`;

/** Makes a tab as slow as a cheap telephone in a train. */
export const slow = async (tab) => {
  const session = await tab.context().newCDPSession(tab);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
};

const read = async (words) => {
  const { bench } = window;
  await bench.done;
  const script = performance.getEntriesByType("resource").find(({ name }) => /(site|i18next)\.js$/.test(name));
  const shown = (key) => document.querySelector(`[data-copy="${key}"]`).textContent.replace(/[\u2068\u2069]/g, "");
  const wrong = Object.keys(words).find((key) => shown(key) != words[key]);
  return {
    wrong: wrong && `${wrong}: ${shown(wrong)}`,
    network: script.duration,
    fromRequest: bench.filled - script.startTime,
    fromStart: bench.filled - bench.began,
    shift: bench.shift,
  };
};

/** Waits for a page that a tab has gone to. Fails unless the copy is there in the end, all of it. */
export const measure = async (tab, words) => {
  const measured = await tab.evaluate(read, words);
  if (measured.wrong) throw Error(`not filled: ${measured.wrong}`);
  return measured;
};

/** What a browser calls it when it runs a script. */
const SCRIPTED = ["EvaluateScript", "FunctionCall", "RunMicrotasks", "TimerFire"];

/**
 * The longest task on a page's main thread from the beginning of a script on, in milliseconds; and the longest of those
 * that are mostly scripts. The others are the browser's own: it reads the page, lays it out and paints it.
 */
export const longestTasks = (trace, script) => {
  const { traceEvents } = JSON.parse(trace);
  const isOf = ({ name, args }) => name == "EvaluateScript" && args.data?.url?.endsWith(script);
  const { pid, tid, ts } = traceEvents.find(isOf);
  const events = traceEvents.filter((one) => one.pid == pid && one.tid == tid);
  const tasks = events.filter((one) => one.name == "RunTask" && one.ts + one.dur > ts);
  const scripts = events.filter(({ name }) => SCRIPTED.includes(name));
  const isIn = (task) => (one) => one.ts >= task.ts && one.ts + one.dur <= task.ts + task.dur;
  // Scripts that are called by scripts count once.
  const outer = (all) => all.filter((one) => !all.some((other) => other !== one && isIn(other)(one)));
  const isScripted = (task) => outer(scripts.filter(isIn(task))).reduce((sum, { dur }) => sum + dur, 0) > task.dur / 2;
  const longest = (all) => Math.max(0, ...all.map(({ dur }) => dur / 1000));
  return { longest: longest(tasks), scripted: longest(tasks.filter(isScripted)) };
};
