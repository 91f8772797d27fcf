// The site script beside frameworks: pages that a server rendered, that a framework then takes over, and that it goes
// on changing.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { compile } from "svelte/compiler";
import { copydesk, launch, root, serve, until } from "./harness.mjs";

/** The same page in each framework: what renders it on a server, and what takes it over in a browser. */
const FRAMEWORKS = {
  react: {
    page: `
      import { createElement as h, useState } from "react";
      export const Page = () => {
        const [count, setCount] = useState(1);
        return h("main", null,
          h("h1", { "data-copy": "title" }, "Host title"),
          h("p", { id: "count", "data-copy": "count", "data-copy-args": JSON.stringify({ count }) }, "Host count"),
          count > 1 && h("p", { id: "late", "data-copy": "late" }, "Host late"),
          h("button", { onClick: () => setCount(count + 1) }, "More"));
      };`,
    server: `
      import { createElement } from "react";
      import { renderToString } from "react-dom/server";
      import { Page } from "page";
      export const html = renderToString(createElement(Page));`,
    browser: `
      import { createElement } from "react";
      import { hydrateRoot } from "react-dom/client";
      import { Page } from "page";
      hydrateRoot(document.querySelector("#app"), createElement(Page));`,
  },
  vue: {
    page: `
      import { createSSRApp, h, ref } from "vue";
      export const app = () => createSSRApp({
        setup() {
          const count = ref(1);
          return () => h("main", [
            h("h1", { "data-copy": "title" }, "Host title"),
            h("p", { id: "count", "data-copy": "count", "data-copy-args": JSON.stringify({ count: count.value }) }, "Host count"),
            count.value > 1 ? h("p", { id: "late", "data-copy": "late" }, "Host late") : null,
            h("button", { onClick: () => (count.value += 1) }, "More"),
          ]);
        },
      });`,
    server: `
      import { renderToString } from "vue/server-renderer";
      import { app } from "page";
      export const html = await renderToString(app());`,
    browser: `
      import { app } from "page";
      app().mount("#app");`,
  },
  svelte: {
    svelte: `
      <script>let count = $state(1);</script>
      <main>
        <h1 data-copy="title">Host title</h1>
        <p id="count" data-copy="count" data-copy-args={JSON.stringify({ count })}>Host count</p>
        {#if count > 1}<p id="late" data-copy="late">Host late</p>{/if}
        <button onclick={() => (count += 1)}>More</button>
      </main>`,
    server: `
      import { render } from "svelte/server";
      import Page from "page";
      export const html = render(Page).body;`,
    browser: `
      import { hydrate } from "svelte";
      import Page from "page";
      hydrate(Page, { target: document.querySelector("#app") });`,
  },
};

/** Its page as a module of its own. */
const page = ({ page, svelte }, generate) => ({
  name: "page",
  setup(build) {
    build.onResolve({ filter: /^page$/ }, () => ({ path: "page", namespace: "page" }));
    build.onLoad({ filter: /^page$/, namespace: "page" }, () => ({
      contents: page ?? compile(svelte, { generate, filename: "Page.svelte" }).js.code,
      resolveDir: join(root, "web"),
    }));
  },
});

/** What a module that is made of a text has not. */
const REQUIRE = `import { createRequire } from "node:module"; const require = createRequire(${JSON.stringify(import.meta.filename)});`;

const bundled = async (framework, generate, format) => {
  const { outputFiles } = await build({
    stdin: { contents: framework[generate == "server" ? "server" : "browser"], resolveDir: join(root, "web") },
    bundle: true,
    format,
    platform: generate == "server" ? "node" : "browser",
    conditions: [generate == "server" ? "node" : "browser", "development"],
    define: { "process.env.NODE_ENV": '"development"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "true" },
    banner: generate == "server" ? { js: REQUIRE } : {},
    plugins: [page(framework, generate)],
    write: false,
  });
  return outputFiles[0].text;
};

let system, browser;

before(async () => {
  [system, browser] = await Promise.all([copydesk(), launch()]);
  await system.project("acme", "en", { de: ["en"] }, { home: { title: "text", count: "text", late: "text" } });
  await system.publish("acme", "de", "home", { title: "Titel" });
  await system.publish("acme", "en", "home", { title: "Title", late: "Late", count: "{ $count ->\n [one] One\n *[other] { $count } of them\n}" });
});

after(async () => {
  await browser?.close();
  await system?.close();
});

const plain = (text) => text.replace(/[\u2068\u2069]/g, "");

for (const [name, framework] of Object.entries(FRAMEWORKS))
  test(`works beside ${name}`, async (t) => {
    const [server, script] = await Promise.all([bundled(framework, "server", "esm"), bundled(framework, "client", "iife")]);
    const { html } = await import(`data:text/javascript,${encodeURIComponent(server)}`);
    const body = `<!doctype html><html lang="en"><head><link rel="icon" href="data:,">
      <script async crossorigin src="${system.delivery}/acme/site.js"></script></head>
      <body data-copy-page="home"><div id="app">${html}</div><script defer src="/app.js"></script></body></html>`;
    const answers = { "/": { headers: { "content-type": "text/html" }, body }, "/app.js": { headers: { "content-type": "text/javascript" }, body: script } };
    const site = await serve(({ pathname }) => answers[pathname] ?? { status: 404 });
    const tab = await browser.newPage();
    t.after(() => Promise.all([tab.close(), site.close()]));
    const said = [];
    tab.on("console", (message) => /error|warning/.test(message.type()) && said.push(message.text()));
    tab.on("pageerror", (error) => said.push(String(error)));
    const shows = (selector, wanted) =>
      until(`${selector} says ${wanted}`, async () => plain((await tab.textContent(selector)) ?? "") == wanted);

    await tab.goto(site.url, { waitUntil: "load" });
    await shows("h1", "Title");
    await shows("#count", "One");
    // The framework goes on: attributes change, elements come.
    await tab.click("button");
    await shows("#count", "2 of them");
    await shows("#late", "Late");
    await tab.evaluate(() => copydesk.setLocale("de"));
    await shows("h1", "Titel");
    await tab.click("button");
    await shows("#count", "3 of them");
    // A framework that takes over what is filled already finds other words than its own: it says so, and nothing is lost.
    assert.deepEqual(said.filter((text) => !/hydrat/i.test(text)), []);
  });
