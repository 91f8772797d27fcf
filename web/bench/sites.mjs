// The sites that are measured: one with Copydesk's script, one with i18next, on pages of the same copy.
import { brotliCompressSync } from "node:zlib";
import { copydesk, serve } from "../tests/harness.mjs";
import { script } from "./bundle.mjs";
import { html, kinds, sources } from "./page.mjs";
import { WATCH } from "./visit.mjs";

/** Pages by name, and how many boats are on each: 60 or 500 elements. */
export const BOATS = { boats: 12, fleet: 100, plain: 12, "plain-fleet": 100 };

/** Libraries by name, and what their script is called. */
export const SCRIPTS = { copydesk: "site.js", i18next: "i18next.js" };

const publish = async (desk) => {
  const pages = Object.entries(BOATS);
  const entries = Object.fromEntries(pages.map(([page, boats]) => [page, kinds(page, boats)]));
  await desk.project("bench", "en", {}, { ...entries, jetty: { title: "text" } });
  await desk.publish("bench", "en", "jetty", { title: "The jetty" });
  for (const [page, boats] of pages) await desk.publish("bench", "en", page, sources(page, boats));
};

/** What is delivered, as it is long after the last visit: only what is kept for ever is still good. */
const later = (delivery) =>
  serve(async ({ pathname }, request) => {
    const asked = { "accept-encoding": "identity", "if-none-match": request.headers["if-none-match"] ?? "" };
    const answer = await fetch(delivery + pathname, { headers: asked });
    const { "cache-control": kept, ...headers } = Object.fromEntries(answer.headers);
    headers["cache-control"] = /immutable/.test(kept) ? kept : "no-cache";
    return { status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) };
  });

const i18next = async () => {
  const isStarted = "document.currentScript;";
  const isFilled = 'library.ready.then(() => dispatchEvent(new Event("copydesk")));';
  const text = await script("i18next", { global: "library", banner: isStarted, footer: isFilled });
  const headers = { "content-type": "text/javascript", "content-encoding": "br", "cache-control": "max-age=31536000" };
  return { headers, body: brotliCompressSync(text) };
};

const tag = (library, files, page) =>
  library == "copydesk"
    ? `<script async crossorigin src="${files}/site.js"></script>`
    : `<script async data-files="${files}" data-page="${page}" src="/i18next.js"></script>`;

const HTML = { "content-type": "text/html" };

const page = (name, head) => ({ headers: HTML, body: html(name, BOATS[name], WATCH + head) });

/** Where the visitor is before: the script is here, and a link to the page. */
const jetty = (library, tag, file) => {
  const ahead = library == "copydesk" ? "" : `<link rel="prefetch" as="fetch" crossorigin href="${file}">`;
  return {
    headers: HTML,
    body: `<!doctype html><html lang="en"><head><link rel="icon" href="data:,">${ahead}${tag}</head>
      <body data-copy-page="jetty"><h1 data-copy="title">Jetty</h1>
      <a href="boats" data-copy-to="boats">Boats</a></body></html>`,
  };
};

const pagesOf = (library, fresh, old, files) => {
  const file = (name) => `${fresh}/${files[library](name)}`;
  const preload = (name) => `<link rel="preload" as="fetch" crossorigin href="${file(name)}">`;
  return {
    boats: page("boats", tag(library, fresh, "boats")),
    preloaded: page("boats", preload("boats") + tag(library, fresh, "boats")),
    plain: page("plain", tag(library, fresh, "plain")),
    "plain-preloaded": page("plain", preload("plain") + tag(library, fresh, "plain")),
    later: page("boats", tag(library, old, "boats")),
    fleet: page("fleet", tag(library, fresh, "fleet")),
    "plain-fleet": page("plain-fleet", tag(library, fresh, "plain-fleet")),
    jetty: jetty(library, tag(library, fresh, "jetty"), file("boats")),
  };
};

/** Starts everything; what has to be closed in the end is put into `open`. */
export const start = async (open) => {
  const started = async (one) => (open.push(await one), one);
  const desk = await started(copydesk());
  await publish(desk);
  const old = await started(later(desk.delivery));
  const { pages } = await (await fetch(`${desk.delivery}/bench/live.json`)).json();
  const files = { copydesk: (name) => `en/${name}.${pages[name][0]}.json`, i18next: (name) => `en/${name}.json` };
  const answers = { "/i18next.js": await i18next() };
  for (const library of Object.keys(SCRIPTS)) {
    const made = pagesOf(library, `${desk.delivery}/bench`, `${old.url}/bench`, files);
    for (const [name, answer] of Object.entries(made)) answers[`/${library}/${name}`] = answer;
  }
  const compressed = ({ headers, body, ...rest }) =>
    headers["content-encoding"] ? { headers, body, ...rest } : { headers: { ...headers, "content-encoding": "br" }, body: brotliCompressSync(body), ...rest };
  for (const [path, answer] of Object.entries(answers)) answers[path] = compressed(answer);
  return (await started(serve(({ pathname }) => answers[pathname] ?? { status: 404 }))).url;
};
