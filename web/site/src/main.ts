// The site script: copy in the page. Whatever fails, the page keeps its own text.

import { fill, fillAttribute, setLanguage, slots } from "./fill.js";
import { kept, type Live, load, loadAll, loadPage, type Pages } from "./live.js";
import { type Args, evaluate, type Piece, words } from "./message.js";
import { prefetch } from "./prefetch.js";

/** What is live: at first what is put here when the script is delivered. */
declare let live: Live;

const html = document.documentElement;

let locale = "", pages: Pages = new Map(), asked: string[] = [];
let status: Element | undefined;

/** Does something that may fail; on a programmer's machine it says where it failed. */
const attempt = (act: () => void, where?: Element): void => {
  try {
    act();
  } catch (error) {
    if (location.port) console.warn(error, where);
  }
};

/** The live locale for what somebody asks for: itself, what it is a kind of, or another of its language. */
const match = (wanted: string | null | undefined): string | undefined => {
  for (let tag = wanted; tag; tag = tag.replace(/-?[^-]*$/, "")) {
    const found = live.locales.find((one) => `${one}-`.toLowerCase().startsWith(`${tag}-`.toLowerCase()));
    if (found) return found;
  }
};

const split = (names: string | undefined): string[] => names?.match(/[^\s,]+/g) || [];

/** The pages that an element takes its copy from; those of the body for what is in the head. */
const pagesOf = (element: HTMLElement): string[] =>
  split((element.closest<HTMLElement>("[data-copy-page]") || document.body)?.dataset.copyPage);

const wanted = (): string[] => [...document.querySelectorAll<HTMLElement>("[data-copy-page]")].flatMap(pagesOf);

/** What an entry says, and in which locale. Throws when it is missing or cannot be formed. */
const say = (names: Iterable<string>, key: string, args: Args, isOptional?: unknown): [Piece[]?, string?] => {
  for (const name of names) {
    const [message, own = locale] = pages.get(name)?.[0].get(key) || [];
    if (message != null) return [evaluate(message, own, args), own];
  }
  if (isOptional) return [];
  throw Error(key);
};

const show = (element: HTMLElement): void =>
  attempt(() => {
    const { copy, copyArgs, copyAttrs } = element.dataset;
    if (!copy || !pages.size) return;
    const names = pagesOf(element), attributes = split(copyAttrs), args = JSON.parse(copyArgs || "{}");
    for (const name of attributes) attempt(() => fillAttribute(element, name, say(names, `${copy}.${name}`, args)[0]!));
    const [pieces, own] = say(names, copy, args, attributes[0]);
    if (!pieces) return;
    fill(element, pieces);
    if (own != locale || element.lang) setLanguage(element, own!);
  }, element);

/** Shows copy in elements and what is in them, without noticing what is done there. */
const showAll = (roots: Iterable<unknown>): void => {
  for (const root of roots) if (root instanceof HTMLElement) [root, ...root.querySelectorAll<HTMLElement>("[data-copy]")].forEach(show);
  observer.takeRecords();
};

const observer = new MutationObserver((records) => {
  if (wanted().some((name) => !asked.includes(name))) update(live, locale);
  // Until there is copy, this is only the page being read.
  if (!pages.size) return;
  showAll(
    new Set(
      records.flatMap(({ type, target, addedNodes }) => {
        const tagged = (target as Element).closest?.("[data-copy]");
        // Somebody else changed what was shown.
        if (tagged && type == "childList") slots.get(tagged)?.delete("");
        return [type == "childList" ? tagged : target, ...addedNodes];
      }),
    ),
  );
});

/** Shows a release in a locale, all of it at once. The newest of several calls wins. */
const update = async (next: Live, wish: string): Promise<void> => {
  const names = (asked = wanted()), [shownLive, found] = await loadAll(next, wish, names);
  if (names != asked) return;
  live = shownLive;
  locale = wish;
  pages = found;
  attempt(() => {
    if (found.size) setLanguage(html, locale);
    showAll([html]);
    dispatchEvent(new Event("copydesk"));
    prefetch(found, (page) => loadPage(live, locale, page, (path) => load(path, "low")));
    // One view in twenty is told of, by a line in the log of whoever delivers: which pages, and which were before.
    const { copydesk } = sessionStorage;
    sessionStorage.copydesk = names;
    if (Math.random() < 0.05) load(`seen.json?page=${names}&from=${copydesk || ""}`, "low").catch(() => {});
  });
};

const before = kept()?.live as Live;
if (before?.switch > live.switch) live = before;
locale = [html.dataset.copyLocale, html.lang, ...navigator.languages, live.source].map(match).find(Boolean)!;

// Looks whether something newer is live; how often that reaches the network is for the file's own age to say.
document.addEventListener("visibilitychange", () =>
  load("live.json")
    .then((text) => {
      const newest: Live = JSON.parse(text);
      if (newest.switch > live.switch) update(newest, locale);
    })
    .catch(() => {}),
);

observer.observe(document, {
  attributeFilter: ["data-copy", "data-copy-args", "data-copy-attrs", "data-copy-page"],
  childList: true,
  subtree: true,
});

(self as any).copydesk = {
  /** Once the copy is in the page, or it is clear that none comes. */
  ready: update(live, locale),
  /** An entry's words, of the pages that this page names; nothing when it has none. */
  t(key: string, args: Args = {}): string | undefined {
    let text;
    attempt(() => (text = words(say(asked, key, args)[0]!)));
    return text;
  },
  /** Shows another locale, if it is live, and tells those who cannot see it. */
  async setLocale(wish: string): Promise<void> {
    status ||= document.body.appendChild(
      Object.assign(document.createElement("p"), { role: "status", style: "position:fixed;clip-path:inset(50%)" }),
    );
    await update(live, match(wish) || locale);
    status.textContent = new Intl.DisplayNames(locale, { type: "language" }).of(locale)!;
  },
  /** Calls back whenever other copy is shown. */
  on: (_: "change", listener: () => void): void => addEventListener("copydesk", listener),
};
