// The site script: copy in the page. Whatever fails, the page keeps its own text.

// In the order in which the bundle is smallest.
import { attempt } from "./attempt.js";
import { type Args, evaluate, type Piece, words } from "./message.js";
import { kept, type Live, load, loadAll, type Pages } from "./live.js";
import { fill, type Filled, fillAttribute } from "./fill.js";
import { prefetch } from "./prefetch.js";

/** What is live: at first what is put here when the script is delivered. */
declare let live: Live;

/** The address of the in-page editor. */
declare const studio: string;

const html = document.documentElement;

/** What is shown. */
let locale = "", pages: Pages = new Map();

/** What is to be shown: the newest that was asked for. */
let target: Live, asked: string[] = [], newest: Promise<void>;

/** The locales that somebody wants, the most wanted first. */
const wishes = [html.dataset.copyLocale, html.lang, ...navigator.languages];

let status: Element | undefined;

/** The live locale for what somebody asks for: itself, what it is a kind of, or another of its language. */
const match = (wanted: string | null | undefined): string | undefined => {
  for (let tag = `${wanted}-`.toLowerCase(); tag; tag = tag.replace(/[^-]*-$/, "")) {
    const found = target.locales.find((one) => `${one}-`.toLowerCase().startsWith(tag));
    if (found) return found;
  }
};

const split = (names: string | undefined): string[] => names?.match(/[^\s,]+/g) || [];

/** The pages that an element takes its copy from; those of the body for what is in the head. */
const pagesOf = (element: HTMLElement): string[] =>
  split((element.closest<HTMLElement>("[data-copy-page]") || document.body)?.dataset.copyPage);

const wanted = (): string[] => [
  ...new Set([...document.querySelectorAll<HTMLElement>("[data-copy-page]")].flatMap(pagesOf)),
];

/** What an entry says, and in which locale. Throws when it is missing or cannot be formed. */
const say = (names: Iterable<string>, key: string, args: Args, isOptional?: unknown): [Piece[]?, string?] => {
  for (const name of names) {
    const [message, own = locale] = pages.get(name)?.[0].get(key) || [];
    if (message != null) return [evaluate(message, own, args, live.digits), own];
  }
  if (isOptional) return [];
  throw Error(key);
};

/** Says which language an element is in, and which way it is written. */
const setLanguage = (element: HTMLElement, locale: string): void => {
  element.lang = locale;
  element.dir = live.rtl.includes(locale) ? "rtl" : "ltr";
};

const show = (element: HTMLElement): Promise<void> =>
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
  for (const root of roots as Iterable<HTMLElement | null>)
    if (root?.dataset) [root, ...root.querySelectorAll<HTMLElement>("[data-copy]")].forEach(show);
  observer.takeRecords();
};

const observer = new MutationObserver((records) => {
  if (`${wanted()}` != (asked as any)) update();
  showAll(
    records.flatMap(({ type, target, addedNodes }) => {
      // "attributes", not "characterData" or "childList".
      if (type < "b") return target;
      const entry = ((target as Element).closest ? (target as Element) : target.parentElement)?.closest("[data-copy]");
      // Somebody else changed what was shown: a few times it is put back. A translator would never give in.
      const own = (entry as Filled)?.copydesk;
      if (own && (own[0] = -~own[0]!) < 9) own[""] = "";
      return [entry, ...addedNodes];
    }),
  );
});

/** Shows what is to be shown. All calls wait for the newest of them. */
const update = (_?: Live): Promise<void> =>
  (newest = bring(wanted(), target, [...wishes, target.source].map(match).find((one) => one)!));

/** Shows all of it at once, or nothing where something is shown already. */
const bring = async (names: string[], next: Live, wish: string): Promise<void> => {
  asked = names;
  // The page is still being read: what it names comes as a call of its own.
  if (!names[0]) await new Promise((go) => setTimeout(go, 2e3));
  const loading = loadAll(next, wish, names);
  // The first formatter costs a browser 20 ms. Where a price or a date will need one, files are on their way meanwhile.
  setTimeout(() => document.querySelector("[data-copy-args*='.'],[data-copy-args*='00']") && (0).toLocaleString(wish));
  const [found, isWhole, keep] = await loading, last = kept()?.live;
  if (names != asked) return newest;
  // What was good last takes the place of all.
  if (!isWhole && last && last.switch != next.switch) return bring(names, last, wish);
  if (!found.size || (!isWhole && pages.size)) return;
  live = next;
  locale = wish;
  pages = found;
  attempt(() => {
    setLanguage(html, locale);
    showAll([html]);
    dispatchEvent(new Event("copydesk"));
  });
  (self.requestIdleCallback || setTimeout)(() => {
    keep();
    attempt(() => {
      prefetch(found, keep);
      // One view in twenty is told of, by a line in the log of whoever delivers: which pages, and which were before.
      const told = Math.random() < 0.05 && load(`seen.json?page=${names}&from=${[sessionStorage.copydesk]}`, "low");
      sessionStorage.copydesk = names;
      return told;
    });
  });
};

const before = kept()?.live;
target = before?.switch! > live.switch ? before! : live;

// Looks whether something newer is live; how often that reaches the network is for the file's own age to say.
addEventListener("visibilitychange", () =>
  attempt(async () => {
    const next = JSON.parse(await load("live.json"));
    if (next.switch > live.switch) update((target = next));
  }),
);

/** Only who asks for it by the address gets the in-page editor, or a preview. */
const edit = (): unknown => attempt(() => /#copydesk/.test(location.hash) && import(studio));
addEventListener("hashchange", edit);
edit();

observer.observe(document, {
  attributeFilter: ["data-copy-args", "data-copy", "data-copy-page"],
  subtree: true,
  childList: true,
  // A page that is still being read goes on in the midst of what was put there, as do some frameworks.
  characterData: true,
});

(self as any).copydesk = {
  /** Once the copy is in the page, or it is clear that none comes. */
  ready: update(),
  /** An entry's words, of the pages that this page names; nothing when it has none. */
  t(key: string, args: Args = {}): string | undefined {
    let text;
    attempt(() => (text = words(say(asked, key, args)[0]!)));
    return text;
  },
  /** Shows another locale, if it is live, and tells those who cannot see it. */
  async setLocale(wish: string): Promise<void> {
    status ||= document.body.appendChild(document.createElement("output"));
    (status as any).style = "position:fixed;left:100%";
    wishes.unshift(wish);
    await update();
    status.textContent = document.title;
  },
  /** Calls back whenever other copy is shown. */
  on: (_: "change", listener: () => void): void => addEventListener("copydesk", listener),
};
