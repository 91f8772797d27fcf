// What a publish would change, and what is to be said of it.

import { type Change, type Changes, type Locale, type Page, readAll, type ToLookAt } from "../api/index.js";

export interface Review {
  changes: Change[];
  /** The point in the log that is reviewed: just this is published. */
  seq: number;
  live: number | undefined;
  findings: ToLookAt[];
  /** What there is, and can be left out. */
  locales: string[];
  pages: string[];
}

export const review = async (root: string): Promise<Review> => {
  let seq = 0, last = 0, live: number | undefined, changes: Change[] = [];
  // A list in several parts is of one moment only when nobody saved in between.
  for (let tries = 0; tries < 5 && (!tries || seq !== last); tries++) {
    seq = 0;
    changes = await readAll<Change, Changes>(`${root}/changes`, (page) => {
      seq ||= page.seq;
      last = page.seq;
      live = page.live ?? undefined;
    });
  }
  if (!changes.length) return { changes, seq, live, findings: [], locales: [], pages: [] };
  const [findings, locales, pages] = await Promise.all([
    readAll<ToLookAt>(`${root}/checks?state=findings`),
    readAll<Locale>(`${root}/locales`),
    readAll<Page>(`${root}/pages`),
  ]);
  return { changes, seq, live, findings, locales: locales.map(({ locale }) => locale), pages: pages.map(({ page }) => page) };
};

export const placeOf = ({ locale, page, key }: { locale: string; page: string; key: string }): string => `${locale} ${page} ${key}`;

/** Changes by locale, then by page. */
export const grouped = (changes: Change[]): Map<string, Map<string, Change[]>> => {
  const groups = new Map<string, Map<string, Change[]>>();
  for (const change of changes) {
    const pages = groups.get(change.locale) ?? new Map<string, Change[]>();
    groups.set(change.locale, pages);
    const list = pages.get(change.page);
    if (list) list.push(change);
    else pages.set(change.page, [change]);
  }
  return groups;
};
