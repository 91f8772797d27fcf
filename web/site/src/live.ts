// What is live, and the files of it: from the network, else the last good ones from the visitor's storage.

import { type Page, readPage } from "./file.js";
import { check } from "./message.js";

/** The live manifest: `live.json`. */
export interface Live {
  switch: number;
  source: string;
  locales: string[];
  /** Those that are written from right to left. */
  rtl: string[];
  /** Those whose digits are others than 0 to 9. */
  digits: string[];
  /** The number of each page's file in each of `locales`; 0 for none. */
  pages?: Record<string, number[]>;
  /** Of large sites: the number of the manifest of each of `locales`, in place of `pages`. */
  manifests?: number[];
}

/** Pages by name. */
export type Pages = Map<string, Page>;

/** Keeps what came, and of a page that is named its file, too: fetched with no haste, and given back. */
export type Keep = (page?: string) => Promise<string | undefined>;

type Get = (path: string) => any;

/** Where a site's storage holds more of ours, in characters, what earlier views left is given up. */
const ROOM = 2e5;

/** How long a file may take, in milliseconds. */
const PATIENCE = 8e3;

/** The files are beside this script. */
const base = (document.currentScript as HTMLScriptElement).src;

/** A file's text. */
export const load = async (path: string, priority?: RequestPriority): Promise<string> => {
  const answer = await fetch(new URL(path, base), { priority, signal: AbortSignal.timeout(PATIENCE) } as RequestInit);
  check(answer.ok);
  return answer.text();
};

/** A page's file as text; nothing when the release has none. */
export const loadPage = async (live: Live, locale: string, page: string, get: Get): Promise<string | undefined> => {
  const { locales, pages, manifests } = live, number = (manifests || pages![page])?.[locales.indexOf(locale)];
  // A manifest of one locale is read as the live manifest is.
  if (manifests) return loadPage(JSON.parse(await get(`manifests/${locale}.${number}.json`)), locale, page, get);
  return number && get(`${locale}/${page}.${number}.json`);
};

/** What was good last: which release, and its files by path. Nothing where it is damaged. */
export const kept = (): { live: Live; texts: Record<string, string> } | undefined => {
  try {
    const value = JSON.parse(localStorage[base]);
    return value.live.locales[0] && value;
  } catch {}
};

/**
 * The pages of a release that are named and there, from storage where they are in it: files never change. Whether all
 * came that should have; and what keeps them.
 */
export const loadAll = async (
  live: Live,
  locale: string,
  names: string[],
): Promise<[pages: Pages, isWhole: boolean, keep: Keep]> => {
  const pages: Pages = new Map(), before = kept(), stored = before?.texts || {};
  // What is to be kept: of much that earlier views left, only what is used again.
  const texts = before && localStorage[base].length < ROOM ? stored : {};
  const read = async (name: string, get: Get): Promise<void | 1> => {
    const text = await loadPage(live, locale, name, async (path) => (texts[path] = await get(path)));
    if (text) pages.set(name, readPage(JSON.parse(text)));
  };
  const isMissing = names.map((name) =>
    read(name, (path) => stored[path] || check(0))
      .catch(() => read(name, load))
      .catch(() => 1),
  );
  const isWhole = !(await Promise.all(isMissing)).includes(1);
  const keep: Keep = async (page) => {
    const text = page && (await loadPage(live, locale, page, async (path) => (texts[path] = stored[path] || (await load(path, "low")))));
    try {
      // Where nothing is shown, nothing is known to be good; another tab may have seen something newer.
      check(isWhole && pages.size && !(kept()?.live.switch! > live.switch));
      localStorage[base] = JSON.stringify({ live, texts });
    } catch {}
    return text;
  };
  return [pages, isWhole, keep];
};
