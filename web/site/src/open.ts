// One release of a project, opened: which locale somebody gets, and the copy of its pages.

import { copyOf } from "./copy.js";
import { readPage } from "./file.js";
import { files } from "./get.js";
import type * as site from "./index.js";
import { GONE, liveRelease, pinnedRelease } from "./release.js";

export const open: typeof site.open = async (address, options = {}) => {
  const { release: pinned, fetch = globalThis.fetch, timeout = 10_000 } = options;
  const base = address.replace(/\/+$/, ""), get = files(base, fetch, timeout);
  const found = await (pinned === undefined ? liveRelease(get) : pinnedRelease(get, pinned));
  const { release, source, locales } = found;
  const where = `release ${release} of ${base}`;

  const pageOf = async (locale: string, page: string) => {
    const number = await found.numberOf(locale, page);
    if (!number) throw Error(`${where} has no page "${page}" in "${locale}": check the name and what was published`);
    return get(`${locale}/${page}.${number}.json`, GONE, readPage);
  };

  return {
    release,
    source,
    locales,
    match: (...wanted) => matching(locales, wanted) ?? source,
    async copy(locale, ...pages) {
      if (!locales.includes(locale))
        throw Error(`${where} has no locale "${locale}", only ${locales.join(", ")}: match() chooses among them`);
      return copyOf(locale, pages, await Promise.all(pages.map((page) => pageOf(locale, page))), where);
    },
  };
};

/** As the site script's `match`. What is no locale is passed over: anybody may have written it, at any length. */
const matching = (locales: string[], wanted: (string | null | undefined)[]): string | undefined => {
  for (const one of wanted)
    for (let tag = /^[a-z\d-]{1,64}$/i.test(one ?? "") ? one : ""; tag; tag = tag.replace(/-?[^-]*$/, "")) {
      const found = locales.find((one) => `${one}-`.toLowerCase().startsWith(`${tag}-`.toLowerCase()));
      if (found) return found;
    }
};
