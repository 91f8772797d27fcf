// The site script for apps that are built with a bundler: added to the page once.

import type * as site from "./index.js";

let loading: { url: string; api: Promise<site.SiteScript> } | undefined;

export const load: typeof site.load = (base, { timeout = 10_000 } = {}) => {
  if (typeof document == "undefined") return Promise.reject(Error("load() needs a page: on a server, take open()"));
  const url = new URL(`${base.replace(/\/+$/, "")}/site.js`, document.baseURI).href;
  if (!loading) {
    loading = { url, api: arrival(url, timeout) };
    loading.api.catch(() => (loading = undefined));
  }
  if (loading.url == url) return loading.api;
  // Two of them would change what the other one shows, and never end.
  return Promise.reject(Error(`the page has ${loading.url}: ${url} cannot be loaded beside it`));
};

/** The site script, once what it shows is in the page. */
const arrival = async (url: string, timeout: number): Promise<site.SiteScript> => {
  if (!globalThis.copydesk) await run(url, timeout);
  const api = globalThis.copydesk;
  if (!api) throw Error(`${url} is no site script: check the address and what stands before it`);
  await api.ready;
  return api;
};

/** Waits for the page's own element of that script, or a new one. */
const run = (url: string, timeout: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const script =
      [...document.scripts].find(({ src }) => src == url) ??
      document.head.appendChild(Object.assign(document.createElement("script"), { src: url, async: true, crossOrigin: "" }));
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => {
      script.remove();
      reject(Error(`${url} could not be loaded: check the address, the network and the page's security policy`));
    });
    AbortSignal.timeout(timeout).onabort = () => reject(Error(`${url} did not come within ${timeout} ms`));
  });
