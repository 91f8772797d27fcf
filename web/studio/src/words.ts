// What the studio says, in the language of whoever uses it. The copy is in `../copy`, compiled by `cargo xtask generate`,
// and shown by the evaluator that sites use. What the project `copydesk-studio` delivers goes before it: whoever runs
// Copydesk may change its words, and add languages, as those of any site.

import { computed, signal } from "@preact/signals";
import { readPage } from "../../site/src/file.js";
import { type Args, evaluate, words } from "../../site/src/message.js";
import { LANGUAGE, stored } from "./storage.js";
export { written } from "./written.js";
import compiled from "./words.gen.json" with { type: "json" };

type Entries = ReturnType<typeof readPage>[0];

/** Each is read when it is first shown. */
const read: Record<string, Entries> = {};

const builtIn = (locale: string): Entries | undefined => {
  const file = (compiled as Record<string, unknown>)[locale];
  return file ? (read[locale] ??= readPage(file)[0]) : undefined;
};

/** What is delivered, by language. */
const delivered = signal<Record<string, Entries>>({});

/** The languages that there are. */
export const languages = computed(() => [...new Set([...Object.keys(compiled), ...Object.keys(delivered.value)])]);

const chosen = (): string => {
  const wanted = [stored(LANGUAGE), ...navigator.languages].map((tag) => tag?.toLowerCase());
  const is = (tag: string | undefined) => languages.value.find((language) => language.toLowerCase() === tag);
  return wanted.map((tag) => is(tag) ?? is(tag?.split("-")[0])).find((language) => language) ?? "en";
};

/** The language that is shown. */
export const language = signal(chosen());

/** Shows another. */
export const speak = (next: string): void => {
  language.value = next;
  localStorage.setItem(LANGUAGE, next);
};

/** The words of an entry in a language, if it has some. */
const said = (locale: string, key: string, args: Args): string | undefined => {
  for (const entries of [delivered.value[locale], builtIn(locale)]) {
    const [message, from = locale] = entries?.get(key) ?? [];
    if (message === undefined || (from !== locale && builtIn(locale)?.has(key))) continue;
    try {
      return words(evaluate(message, from, args, []));
    } catch {
      // Written for other arguments, or not as it was published.
    }
  }
  return undefined;
};

/** The words of an entry; its key where there is none, which a test excludes. */
export const t = (key: string, args: Args = {}): string => said(language.value, key, args) ?? said("en", key, args) ?? key;

/** What a language of the studio calls itself. */
export const ownName = (locale: string): string => said(locale, "own-name", {}) ?? locale;

/** How long the words may take, in milliseconds: those that are built in are shown meanwhile. */
const PATIENCE = 10_000;

const fetched = async (path: string): Promise<any> => {
  const base = document.querySelector<HTMLMetaElement>('meta[name="delivery"]')?.content;
  const answer = await fetch(`${base}/copydesk-studio/${path}`, { signal: AbortSignal.timeout(PATIENCE) });
  return answer.ok ? answer.json() : undefined;
};

/** Takes the words that are delivered; where none are, or delivery is out of reach, the studio has its own. */
export const deliver = async (): Promise<void> => {
  try {
    const live = await fetched("live.json");
    for (const [place, locale] of (live?.locales ?? []).entries()) {
      const number = live.pages?.studio?.[place];
      const file = number && (await fetched(`${locale}/studio.${number}.json`).catch(() => undefined));
      if (file) delivered.value = { ...delivered.value, [locale]: readPage(file)[0] };
    }
    language.value = chosen();
  } catch {
    // The words that are built in stay.
  }
};

const names: Record<string, Intl.DisplayNames> = {};

/** The name of a locale, in the language that is shown. */
export const localeName = (tag: string): string => {
  try {
    return (names[language.value] ??= new Intl.DisplayNames([language.value], { type: "language" })).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

/** How times are written, by language and by how much of them is said: making one costs more than using it. */
const formats: Record<string, Intl.DateTimeFormat> = {};

/** When something was, as people say it. */
export const when = (at: string): string => {
  const date = new Date(at), isToday = date.toDateString() === new Date().toDateString();
  const options: Intl.DateTimeFormatOptions = { timeStyle: "short", ...(isToday ? {} : { dateStyle: "medium" }) };
  return (formats[`${language.value} ${isToday}`] ??= new Intl.DateTimeFormat(language.value, options)).format(date);
};
