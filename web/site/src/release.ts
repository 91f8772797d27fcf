// What a release consists of: as the live manifest says, or the release's own file.

import type { Get } from "./get.js";
import { check, isText } from "./message.js";

/** One release. */
export interface Release {
  release: number;
  source: string;
  locales: string[];
  /** The number of a page's file in one of `locales`; 0 when there is none. */
  numberOf: (locale: string, page: string) => Promise<number>;
}

/** What to do when a file of a release is not there. */
export const GONE = "the release is not kept any longer; open the site again";

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

const count = (value: unknown): number => (isCount(value) ? value : 0);

/** What both kinds of file have. */
const common = ({ release, source, locales }: any): Omit<Release, "numberOf"> => {
  check(isCount(release) && isText(source) && locales.every((one: string) => /^[\w-]+$/.test(one)));
  return { release, source, locales };
};

/** The release that is live. */
export const liveRelease = (get: Get): Promise<Release> =>
  get("live.json", "check that it is a project's address, and that something was published", (file) => {
    const { locales, ...rest } = common(file), { pages, manifests } = file;
    check(manifests ? manifests.every(isCount) : pages instanceof Object);
    const pagesIn = async (locale: string): Promise<[pages: any, place: number]> => {
      const place = locales.indexOf(locale);
      if (!manifests) return [pages, place];
      return get(`manifests/${locale}.${manifests[place]}.json`, GONE, (manifest) => {
        check(manifest.locales[0] === locale && manifest.pages instanceof Object);
        return [manifest.pages, 0];
      });
    };
    const numberOf: Release["numberOf"] = async (locale, page) => {
      const [pages, place] = await pagesIn(locale);
      return count(pages[page]?.[place]);
    };
    return { ...rest, locales, numberOf };
  });

/** The release of a number, live or not. */
export const pinnedRelease = (get: Get, release: number): Promise<Release> =>
  get(`releases/${release}.json`, "there is no such release, or it is not kept any longer", (file) => {
    const { files } = file;
    check(file.release === release && files instanceof Object);
    return { ...common(file), numberOf: async (locale, page) => count(files[page]?.[locale]?.number) };
  });
