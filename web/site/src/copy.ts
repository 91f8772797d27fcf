// The copy of some pages in a locale: what entries say, and what is wrong when they cannot.

import type { Page } from "./file.js";
import { html } from "./html.js";
import type { Copy } from "./index.js";
import { type Args, evaluate, isText, type Piece, words } from "./message.js";

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
    const [message, own] = entry(key), args = readable(given ?? {});
    try {
      return merged(evaluate(message, own, args, [own]));
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

/** Dates as an address has them: what reads an address is a machine. */
const readable = (args: Args): Args => {
  const dates = Object.entries(args).filter(([, value]) => value instanceof Date) as [string, Date][];
  const texts = dates.map(([name, date]) => [name, Object.assign(new Date(date), { toString: () => date.toJSON() })]);
  return texts[0] ? { ...args, ...Object.fromEntries(texts) } : args;
};

/** Words that follow each other as one. */
const merged = (pieces: Piece[]): Piece[] => {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (!isText(piece)) all.push([piece[0], piece[1], merged(piece[2])]);
    else if (isText(last)) all.splice(-1, 1, last + piece);
    else all.push(piece);
  }
  return all;
};

/** The direction in which a locale is written: that of its script. */
const direction = (locale: string): "ltr" | "rtl" => {
  const { script = "" } = new Intl.Locale(locale).maximize();
  return /Adlm|Ara[bn]|Hebr|Mand|Mend|Nkoo|Rohg|Samr|Sogd|Syrc|Thaa|Yezi/.test(script) ? "rtl" : "ltr";
};

/** Arguments as the evaluator asks for them. */
const asked = (has: (name: string) => boolean, value: (name: string) => any): Args =>
  new Proxy({}, { get: (_, name) => (name == "hasOwnProperty" ? has : value(String(name))) });

/** Why a message could not be evaluated. Evaluating ends at the argument that is at fault, if one is. */
const fault = (message: unknown, locale: string, args: Args): string => {
  let last = "";
  const watched = (name: string): boolean => Object.hasOwn(args, (last = name));
  try {
    // A number fits wherever an argument may stand.
    evaluate(message, locale, asked(() => true, () => 1), []);
  } catch {
    return "it is not as it was published";
  }
  try {
    evaluate(message, locale, asked(watched, (name) => args[name]), []);
  } catch {}
  const state = Object.hasOwn(args, last) ? `does not fit: it is ${kind(args[last])}` : "is missing";
  return `the argument "${last}" ${state}`;
};

/** What somebody gave, without saying it: it may be private. */
const kind = (value: unknown): string =>
  typeof value == "number" || value == null ? `${value}`
  : value instanceof Date ? `a ${isNaN(+value) ? "broken " : ""}date`
  : `of type ${typeof value}`;
