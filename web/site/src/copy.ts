// The copy of some pages in a locale: what entries say, and what is wrong when they cannot.

import type { Page } from "./file.js";
import { html } from "./html.js";
import type { Copy } from "./index.js";
import { type Args, evaluate, type Piece, script, words } from "./message.js";

/** Copy of pages in the order in which they count; `where` names the release. */
export const copyOf = (locale: string, names: string[], pages: Page[], where: string): Copy => {
  const place = `on ${names.map((name) => `"${name}"`).join(", ") || "no page"} in "${locale}" of ${where}`;

  const find = (key: string): [message: unknown, locale: string] | undefined => {
    for (const [entries] of pages) {
      const [message, own = locale] = entries.get(key) ?? [];
      if (message != null) return [message, own];
    }
  };

  const entry = (key: string): [message: unknown, locale: string] => {
    const found = find(key);
    if (!found) throw Error(`there is no entry "${key}" ${place}: check key and pages, and whether it was published`);
    return found;
  };

  const pieces = (key: string, given?: Args): Piece[] => {
    // Without arguments the evaluator only checks.
    const [message, own] = entry(key), args = given ?? {};
    try {
      return evaluate(message, own, args);
    } catch (cause) {
      throw Error(`the entry "${key}" ${place} cannot be shown: ${fault(message, own, args)}`, { cause });
    }
  };

  const lang = (key: string): string => entry(key)[1];

  return {
    locale,
    has: (key) => !!find(key),
    t: (key, args) => words(pieces(key, args)),
    pieces,
    html: (key, args) => html(pieces(key, args)),
    lang,
    dir: (key) => direction(key === undefined ? locale : lang(key)),
  };
};

/** As the site script's `setLanguage`. */
const direction = (locale: string): "ltr" | "rtl" => (/Adlm|Arab|Hebr|Nkoo|Thaa/.test(script(locale)) ? "rtl" : "ltr");

/** Why a message could not be evaluated. Evaluating ends at the argument that is at fault, if one is. */
const fault = (message: unknown, locale: string, args: Args): string => {
  let last = "";
  try {
    // A number fits wherever an argument may stand.
    const any = { configurable: true, value: 1 };
    evaluate(message, locale, new Proxy({}, { get: () => 1, getOwnPropertyDescriptor: () => any }));
  } catch {
    return "it is not as it was published";
  }
  const watched = new Proxy(args, {
    getOwnPropertyDescriptor(target, name) {
      last = String(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
  try {
    evaluate(message, locale, watched);
  } catch {}
  const state = Object.hasOwn(args, last) ? `does not fit: it is ${kind(args[last])}` : "is missing";
  return `the argument "${last}" ${state}`;
};

/** What somebody gave, without saying it: it may be private. */
const kind = (value: unknown): string =>
  typeof value == "number" || value == null ? `${value}`
  : value instanceof Date ? `a ${isNaN(+value) ? "broken " : ""}date`
  : `of type ${typeof value}`;
