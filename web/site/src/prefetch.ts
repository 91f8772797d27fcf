// Fetches what is likely to be seen next: a few pages when the visitor's machine is idle, the page of a link as
// soon as somebody is about to follow it. None of it where the visitor saves data.

import type { Pages } from "./live.js";

/** As much as is fetched ahead in a visit, in characters. */
const BUDGET = 1e5;

const done = new Set<string>();

let spent = 0, get: undefined | ((page: string) => Promise<string | undefined>);

const ahead = (page: string): void => {
  const { connection } = navigator as any;
  if (connection?.saveData || /2g/.test(connection?.effectiveType) || done.has(page) || spent > BUDGET) return;
  done.add(page);
  get!(page)
    .then((text = "") => {
      spent += text.length;
      sessionStorage.copydeskSize = spent;
    })
    .catch(() => {});
};

/** The pages of a link: as its element says, or those that are called like a part of its path. */
document.addEventListener("pointerover", ({ target }) => {
  const link = (target as Element).closest("a");
  if (link?.host == location.host && get) (link.dataset.copyTo || link.pathname).split(/[\s/.]/).forEach(ahead);
});

/** Fetches ahead from what is shown now; `getPage` fetches a page's file, if there is one. */
export const prefetch = (shown: Pages, getPage: NonNullable<typeof get>): void => {
  get = getPage;
  for (const [name, [, next]] of shown) {
    done.add(name);
    (self.requestIdleCallback || setTimeout)(() => next.forEach(ahead));
  }
  // Where storage is blocked, every view is a visit.
  spent ||= sessionStorage.copydeskSize | 0;
};
