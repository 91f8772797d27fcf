// A page file: `[1, copy]`, `[1, copy, { locale: copy }]` or `[1, copy, { locale: copy }, [page, …]]`, where a
// copy is `["key key …", message, message, …]`.

import { check, isArray } from "./message.js";

/** A message, and the locale that it fell back to, if it did. */
export type Entry = [message: unknown, locale: string | undefined];

/** A page's copy: its entries by key, and the pages that a visitor is likely to see next. */
export type Page = [entries: Map<string, Entry>, next: string[]];

/** A name, or several as a list is written. */
const PLAIN = /^[\w,-]*$/;

/** Reads a page file that may have been tampered with. A message is only looked at when it is shown. */
export const readPage = ([format, copy, fallbacks = {}, next = []]: any): Page => {
  const entries: Page[0] = new Map();
  check(format === 1 && !isArray(fallbacks) && isArray(next) && PLAIN.test(next as any));
  for (const [locale, [keys, ...messages]] of [[, copy], ...Object.entries<any>(fallbacks)]) {
    const names: string[] = keys?.split(" ") || [];
    check(names.length == messages.length && PLAIN.test(locale));
    names.forEach((key, place) => {
      key[0] == "_" || entries.has(key) || entries.set(key, [messages[place], locale]);
    });
  }
  return [entries, next];
};
