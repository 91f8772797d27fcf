// What is live, and the files of it: from the network, else the last good ones from the visitor's storage.

import { type Page, readPage } from "./file.js";
import { check } from "./message.js";

/** The live manifest: `live.json`. */
export interface Live {
  switch: number;
  source: string;
  locales: string[];
  /** The number of each page's file in each of `locales`; 0 for none. */
  pages?: Record<string, number[]>;
  /** Of large sites: the number of the manifest of each of `locales`, in place of `pages`. */
  manifests?: number[];
}

/** Pages by name. */
export type Pages = Map<string, Page>;

type Get = (path: string) => any;

/** Where a site's storage holds more of ours, in characters, what earlier views left is given up. */
const ROOM = 2e5;

/** How long a file may take, in milliseconds. */
const PATIENCE = 8e3;

/** Where the files are: beside this script. */
const base = (document.currentScript as HTMLScriptElement).src.replace(/[^/]*$/, "");

/** A file's text. */
export const load = async (path: string, priority?: RequestPriority): Promise<string> => {
  const answer = await fetch(base + path, { priority, signal: AbortSignal.timeout(PATIENCE) } as RequestInit);
  check(answer.ok);
  return answer.text();
};

/** A page's file as text; nothing when the release has none. */
export const loadPage = async (live: Live, locale: string, page: string, get: Get = load): Promise<string | undefined> => {
  let { pages, manifests } = live, place = live.locales.indexOf(locale);
  if (manifests) {
    ({ pages } = JSON.parse(await get(`manifests/${locale}.${manifests[place]}.json`)));
    place = 0;
  }
  const number = pages![page]?.[place];
  return number && get(`${locale}/${page}.${number}.json`);
};

/** The last good copy. */
export const kept = (): { live: Live; texts: Record<string, string> } | undefined => {
  try {
    return JSON.parse(localStorage[base]);
  } catch {}
};

/**
 * The pages of a release that are named and there. Those that come are kept; when one does not, the last good copy is
 * taken in place of all, if it has all.
 */
export const loadAll = async (live: Live, locale: string, names: string[], get: Get = load): Promise<[Live, Pages, boolean]> => {
  const texts: Record<string, string> = {}, pages: Pages = new Map(), before = kept();
  let isWhole = true;
  await Promise.all(
    names.map(async (name) => {
      try {
        const text = await loadPage(live, locale, name, async (path) => (texts[path] = await get(path)));
        if (text) pages.set(name, readPage(JSON.parse(text)));
      } catch {
        isWhole = false;
      }
    }),
  );
  if (get == load) {
    if (isWhole)
      try {
        // Where nothing is shown, nothing is known to be good.
        check(pages.size);
        const earlier = localStorage[base]?.length < ROOM && before?.texts;
        localStorage[base] = JSON.stringify({ live, texts: { ...earlier, ...texts } });
      } catch {}
    else if (before) {
      const last = await loadAll(before.live, locale, names, (path) => before.texts[path] || check(0));
      if (last[2]) return last;
    }
  }
  return [live, pages, isWhole];
};
