// What `@copydesk/site` offers, written by hand: `module.ts` is held to it, and it is delivered as it stands.

/**
 * The variables of each entry, by page and key. Empty here: the file that `copydesk types` writes adds to it, and
 * from then on keys and arguments are checked. As long as it is empty, any are allowed.
 */
export interface Entries {}

/** The name of a page. */
export type PageName = keyof Entries extends never ? string : keyof Entries & string;

/** The key of an entry on one of some pages. */
export type Key<Pages extends PageName = PageName> = keyof Entries extends never
  ? string
  : Pages extends keyof Entries
    ? keyof Entries[Pages] & string
    : never;

/** What was asked for, if it is one of these; else these, so that the compiler's message names them. */
export type OneOf<These, Asked> = Asked extends These ? Asked : These;

/** What entries say by name. A number where a date is shown is milliseconds since 1970. */
export type Args = Record<string, string | number | Date>;

/** What has to be given for an entry: nothing, or its variables. Where several entries may be meant, those of all. */
export type Given<Pages extends PageName, Asked extends string> = keyof Entries extends never
  ? [args?: Args]
  : keyof All<Variables<Pages, Asked>> extends never
    ? [args?: Record<string, never>]
    : [args: All<Variables<Pages, Asked>>];

type Variables<Pages, Asked> = Pages extends keyof Entries
  ? Asked extends keyof Entries[Pages]
    ? Entries[Pages][Asked]
    : never
  : never;

type All<Each> = (Each extends unknown ? (each: Each) => void : never) extends (all: infer Both) => void ? Both : never;

/**
 * Words, or an element: its name, its attributes and what is in it. Names are those of inline elements, lists and
 * links; attributes are `dir`, `href` (safe to follow), `lang`, `title`, and `slot`: the name by which the page's own
 * element is meant. `br` and `wbr` have nothing in them.
 */
export type Piece = string | [tag: string, attributes: Record<string, string>, pieces: Piece[]];

/** As much of `fetch` as is called. */
export type Fetch = (
  url: string,
  options: { signal: any },
) => Promise<{ readonly ok: boolean; readonly status: number; text(): Promise<string> }>;

export interface OpenOptions {
  /** The number of a release, to have that one whatever is live. It stays for as long as releases are kept. */
  release?: number;
  /** Called in place of the global `fetch`. */
  fetch?: Fetch;
  /** How long each file may take, in milliseconds; 10,000 unless told. */
  timeout?: number;
}

/**
 * Opens what is live at an address such as `https://cdn.example.com/acme`. What was opened stays the release that it
 * is: open again to see what is live by then.
 *
 * Rejects with an `Error` that names the address and what to do when the file is not there, does not come in time, or
 * is not what Copydesk delivers.
 */
export function open(base: string, options?: OpenOptions): Promise<Site>;

/** One release of a project's copy. */
export interface Site {
  /** Its number. */
  readonly release: number;
  /** The locale that the copy is written in first. */
  readonly source: string;
  /** The locales that it has, such as `de` and `pt-BR`. */
  readonly locales: readonly string[];
  /**
   * The first of these locales that it has: itself, what it is a kind of, or another of its language; else the source.
   * What is empty or no locale is passed over.
   */
  match(...wanted: (string | null | undefined)[]): string;
  /**
   * The copy of some pages in one of `locales`. A file is fetched once. Where pages have entries of the same key, the
   * page that is named first counts.
   *
   * Rejects with an `Error` as `open` does, and when the release does not have the locale or a page.
   */
  copy<Pages extends PageName>(locale: string, ...pages: Pages[]): Promise<Copy<Pages>>;
}

/**
 * The copy of some pages in a locale. Where an entry is asked for, an `Error` that names key, pages, locale and
 * release is thrown when there is no such entry, when an argument is missing or does not fit, and when the entry was
 * tampered with.
 */
export interface Copy<Pages extends PageName = PageName> {
  /** The locale that was asked for. */
  readonly locale: string;
  /** Whether there is an entry of this key. */
  has(key: string): boolean;
  /**
   * An entry's words. Where they stand among others, values are between U+2068 and U+2069, which are not seen and keep
   * them from turning the words around them.
   */
  t<Asked extends string>(key: OneOf<Key<Pages>, Asked>, ...args: Given<Pages, Asked>): string;
  /** An entry as a tree, for a framework to make its elements from. */
  pieces<Asked extends string>(key: OneOf<Key<Pages>, Asked>, ...args: Given<Pages, Asked>): Piece[];
  /**
   * An entry as HTML for the inside of an element. All words are escaped; a slot is the attribute `data-copy-name`. In
   * attributes and in `title`, `option`, `textarea` put the words of `t`, escaped; in `script` and `style` neither.
   */
  html<Asked extends string>(key: OneOf<Key<Pages>, Asked>, ...args: Given<Pages, Asked>): string;
  /** The locale that an entry is really in: another than `locale` where it fell back. */
  lang(key: Key<Pages>): string;
  /** Which way an entry is written; without a key, the locale. */
  dir(key?: Key<Pages>): "ltr" | "rtl";
}

export interface LoadOptions {
  /** How long the script may take, in milliseconds; 10,000 unless told. */
  timeout?: number;
}

/**
 * Adds the site script of an address such as `https://cdn.example.com/acme` to the page, unless the page has it, and
 * waits until the copy is in the page or it is clear that none comes. Asked again it gives the same.
 *
 * Rejects with an `Error` when the script cannot be loaded or does not come in time, when the page has that of another
 * address, and where there is no page, as on a server. The page keeps its own text then; asked again it tries again.
 */
export function load(base: string, options?: LoadOptions): Promise<SiteScript>;

/** The site script in a page. The pages in question are those that the document names in `data-copy-page`. */
export interface SiteScript {
  /** Once the copy is in the page, or it is clear that none comes. */
  readonly ready: Promise<void>;
  /** An entry's words; nothing when there is no such entry or an argument is missing or does not fit. */
  t<Asked extends string>(key: OneOf<Key, Asked>, ...args: Given<PageName, Asked>): string | undefined;
  /** Shows another locale, if it is live. */
  setLocale(locale: string): Promise<void>;
  /** Calls back whenever other copy is shown. */
  on(event: "change", listener: () => void): void;
}

declare global {
  /** The site script, once it has come. */
  var copydesk: SiteScript | undefined;
}
