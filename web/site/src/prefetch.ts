// Fetches what is likely to be seen next: a few pages when the visitor's machine is idle, the page of a link as
// soon as somebody is about to follow it. None of it where the visitor saves data.

import { attempt } from "./attempt.js";
import type { Keep, Pages } from "./live.js";

/** As much as is fetched ahead in a visit, in characters. */
const BUDGET = 1e5;

const done = new Set<string>();

let spent = 0, get: undefined | Keep;

const ahead = (page: string): Promise<void> =>
  attempt(async () => {
    const { connection } = navigator as any;
    if (connection?.saveData || /2g/.test(connection?.effectiveType) || done.has(page) || spent > BUDGET) return;
    done.add(page);
    const text = await get!(page);
    sessionStorage.copydesks = spent += text?.length! | 0;
  });

/** The pages of a link: as its element says, or those that are called like a part of its path. */
addEventListener("pointerover", ({ target }) => {
  const link = (target as Element).closest("a");
  if (link?.host == location.host && get) (link.dataset.copyTo || link.pathname).match(/[\w-]+/g)?.forEach(ahead);
});

/** Fetches ahead from what is shown now; `getPage` fetches a page's file, if there is one. */
export const prefetch = (shown: Pages, getPage: NonNullable<typeof get>): void => {
  get = getPage;
  for (const name of shown.keys()) done.add(name);
  // Where storage is blocked, only what somebody points at is fetched.
  spent ||= sessionStorage.copydesks | 0;
  for (const [, next] of shown.values()) next.forEach(ahead);
};
