// What the studio says, in the language of whoever uses it. The copy is in `../copy`, compiled by `cargo xtask generate`,
// and shown by the evaluator that sites use.

import { signal } from "@preact/signals";
import { readPage } from "../../site/src/file.js";
import { type Args, evaluate, words } from "../../site/src/message.js";
import { stored } from "./storage.js";
import compiled from "./words.gen.json" with { type: "json" };

const pages = Object.fromEntries(Object.entries(compiled).map(([locale, file]) => [locale, readPage(file)[0]]));

/** The languages that there are. */
export const languages = Object.keys(pages);

const KEPT = "copydesk-language";

const chosen = (): string => {
  const wanted = [stored(KEPT), ...navigator.languages];
  const found = wanted.map((tag) => languages.find((language) => tag?.toLowerCase().split("-")[0] === language));
  return found.find((language) => language) ?? "en";
};

/** The language that is shown. */
export const language = signal(chosen());

/** Shows another. */
export const speak = (next: string): void => {
  language.value = next;
  localStorage.setItem(KEPT, next);
};

/** The words of an entry; its key where there is none, which a test excludes. */
export const t = (key: string, args: Args = {}): string => {
  for (const locale of [language.value, "en"]) {
    const message = pages[locale]?.get(key)?.[0];
    if (message !== undefined) return words(evaluate(message, locale, args, []));
  }
  return key;
};

/** The name of a locale, in the language that is shown. */
export const localeName = (tag: string): string => {
  try {
    return new Intl.DisplayNames([language.value], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

/** When something was, as people say it. */
export const when = (at: string): string => {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const options: Intl.DateTimeFormatOptions = isToday
    ? { timeStyle: "short" }
    : { dateStyle: "medium", timeStyle: "short" };
  return date.toLocaleString(language.value, options);
};

/** Which way a locale is written, and what it is: for the elements that hold its words. */
export const written = (tag: string): { lang: string; dir: "ltr" | "rtl" } => {
  const { script = "" } = new Intl.Locale(tag).maximize();
  return { lang: tag, dir: /Adlm|Arab|Hebr|Nkoo|Syrc|Thaa/.test(script) ? "rtl" : "ltr" };
};
