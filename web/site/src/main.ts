// The site script: copy in the page. Whatever fails, the page keeps its own text.

import { fill, fillAttribute, setLanguage, slots } from "./fill.js";
import { kept, type Live, load, loadAll, loadPage, type Pages } from "./live.js";
import { type Args, evaluate, type Piece, words } from "./message.js";
import { prefetch } from "./prefetch.js";

/** What is live: at first what is put here when the script is delivered. */
declare let live: Live;

const html = document.documentElement;

/** What is shown. */
let locale = "", pages: Pages = new Map();

/** What is to be shown: the newest that was asked for. */
let target: Live, aim: string, asked: string[] = [], newest: Promise<void>;

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
    const found = target.locales.find((one) => `${one}-`.toLowerCase().startsWith(`${tag}-`.toLowerCase()));
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
  for (const root of roots as Iterable<HTMLElement | null>)
    if (root?.dataset) [root, ...root.querySelectorAll<HTMLElement>("[data-copy]")].forEach(show);
  observer.takeRecords();
};

const observer = new MutationObserver((records) => {
  if (wanted().some((name) => !asked.includes(name))) update();
  // Until there is copy, this is only the page being read.
  if (!pages.size) return;
  showAll(
    new Set(
      records.flatMap(({ type, target, addedNodes }) => {
        if (type != "childList") return target;
        const tagged = (target as Element).closest?.("[data-copy]");
        // Somebody else changed what was shown.
        if (tagged) slots.get(tagged)?.delete("");
        return [tagged, ...addedNodes];
      }),
    ),
  );
});

/** Shows what is to be shown. All calls wait for the newest of them. */
const update = (): Promise<void> => (newest = bring(wanted(), target, aim));

/** Shows all of it at once, or nothing where something is shown already. */
const bring = async (names: string[], next: Live, wish: string): Promise<void> => {
  asked = names;
  // The page is still being read: what it names comes as a call of its own.
  if (!names[0]) await new Promise((go) => setTimeout(go, 2e3));
  const [shown, found, isWhole] = await loadAll(next, wish, names);
  if (names != asked) return newest;
  if (!found.size || (!isWhole && pages.size)) return;
  live = shown;
  locale = wish;
  pages = found;
  attempt(() => {
    setLanguage(html, locale);
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
target = before?.switch > live.switch ? before : live;
aim = [html.dataset.copyLocale, html.lang, ...navigator.languages, target.source].map(match).find(Boolean)!;

// Looks whether something newer is live; how often that reaches the network is for the file's own age to say.
document.addEventListener("visibilitychange", () =>
  load("live.json")
    .then(JSON.parse)
    .then((next: Live) => {
      if (next.switch > live.switch) {
        target = next;
        update();
      }
    })
    .catch(() => {}),
);

observer.observe(document, {
  attributeFilter: ["data-copy-args", "data-copy", "data-copy-page"],
  childList: true,
  subtree: true,
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
    if (!status) {
      status = document.body.appendChild(document.createElement("output"));
      (status as any).style = "position:fixed;top:-9in";
    }
    aim = match(wish) || aim;
    await update();
    status.textContent = document.title;
  },
  /** Calls back whenever other copy is shown. */
  on: (_: "change", listener: () => void): void => addEventListener("copydesk", listener),
};
