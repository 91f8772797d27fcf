// The in-page editor: loaded into a site by the site script, only where somebody asks for it with `#copydesk`. It shows
// drafts in the page and takes what is typed in it; who somebody is, and what they may do, is for the studio's frame.

import { inline, type Inline } from "./inline.js";
import { holds } from "./document.js";
import { link, type Link } from "./link.js";
import { Drafts, giveBack, hide, keyOf, nameOf, pages, tagged, takesForm, unhide, unknown } from "./page.js";
import type { Part } from "../pattern/parts.js";
import type { Place, Say, Told } from "./protocol.js";
import { keep, kept } from "./kept.js";
import { Toolbar } from "./toolbar.js";
import { twins } from "./twin.js";

const { origin: studio, search } = new URL(import.meta.url);
const project = search.slice(1);

/** What a preview link opens: then the page is looked at and not written in. */
const secret = /^#copydesk-preview=(\w+)$/.exec(location.hash)?.[1];

/** How long the page rests before what is in it is told, in milliseconds. */
const REST = 150;

const drafts = new Drafts();
const toolbar = new Toolbar({
  bold: () => writing?.inline.toggle("strong"),
  italic: () => writing?.inline.toggle("em"),
  link: (address) => writing?.inline.linkTo(address),
  undo: () => writing?.inline.undo(),
  save: () => done(0),
  back: () => back(),
});

let line: Link, words: Record<string, string> = {};

/** What is written at the moment, and the newest typing in it. */
let writing: { place: Place; locale: string; inline: Inline; element: HTMLElement; before: Part[]; typing: number } | undefined;

/** Counts what is typed. */
let typed = 0;

/** What was typed that the frame is not known to keep yet: the newest typing, by entry. */
const unkept = new Map<string, number>();

/** What the frame asked this site to keep, and could not be kept. */
const unstored = new Set<string>();

/** So often writing goes on in an element that the page put in place of another. */
const PATIENCE = 9;

let moves = 0;

/** The pages that the frame has opened, as the page named them. */
let opened = "";

const placeOf = ({ page, key }: Place): Place => ({ page, key });

/** Watches without noticing what is done here. */
const quietly = (act: () => void): void => {
  act();
  observer.takeRecords();
};

const showAll = (elements: Iterable<HTMLElement>): void =>
  quietly(() => {
    for (const element of elements) drafts.show(element);
  });

// ------------------------------------------------------------------------------------------------ writing in place

const write = (element: HTMLElement, row: Told): void => {
  leave();
  const { parts } = row, { locale } = drafts, focus = !parts || !holds(parts) || takesForm(element);
  line.ask({ ask: "choose", locale, place: placeOf(row), focus });
  if (!parts || focus) return;
  quietly(() => {
    hide(element);
    const place = placeOf(row);
    const tools = inline(element, row.kind, parts, {
      typed: (parts) => {
        const typing = (writing!.typing = ++typed);
        unkept.set(nameOf(place), typing);
        line.ask({ ask: "type", locale, place, parts, typing });
      },
      isInPage: true,
      moved: () => {
        if (writing) pressed(writing.inline);
        toolbar.place();
      },
      keys: {
        "Mod-s": () => line.ask({ ask: "save", locale, place }),
        "Mod-Enter": () => done(1),
        Tab: () => done(1),
        "Shift-Tab": () => done(-1),
        Escape: back,
        ...(row.kind === "text" && { Enter: () => done(0), "Shift-Enter": () => done(0) }),
      },
    });
    writing = { place, locale, inline: tools, element, before: parts, typing: row.typing };
  });
  toolbar.show(element, row.kind);
  tell(row);
  pressed(writing!.inline);
};

const pressed = (inline: Inline): void =>
  toolbar.pressed({ bold: !!inline.has("strong"), italic: !!inline.has("em"), link: String(inline.has("a") || "") });

const tell = ({ state }: Told): void => toolbar.tell(state, words[`state-${state}`] ?? "");

/** Ends writing: what was typed is saved, or given up. The element is given back to the page. */
const leave = (isSaved = true): void => {
  if (!writing) return;
  const { place, locale, inline, element, before, typing } = writing;
  writing = undefined;
  toolbar.show(undefined);
  const parts = isSaved ? inline.parts() : before, isTouched = JSON.stringify(parts) !== JSON.stringify(before);
  line.ask({ ask: isSaved ? "save" : "forget", locale, place });
  // Who comes back before the frame has answered finds this.
  const row = locale === drafts.locale ? drafts.get(place) : undefined;
  if (row && isTouched) drafts.take(locale, [{ ...row, parts, typing }]);
  quietly(() => {
    const slots = inline.end();
    unhide(element);
    // What is compiled of it comes from the frame.
    drafts.showParts(element, parts, slots);
    if (!isTouched) drafts.show(element);
  });
  // What is live, or what the page made of it meanwhile, is shown by the site script.
  if (!isTouched || keyOf(element) !== place.key) giveBack(element);
};

/** The elements that can be gone through, in order. */
const stops = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>("[data-copy]")].filter((element) => {
    const row = drafts.rowOf(element);
    return row?.parts && holds(row.parts) && !takesForm(element) && element.getClientRects().length;
  });

const done = (step: -1 | 0 | 1): void => {
  if (!writing) return;
  const { element } = writing;
  leave();
  const all = stops(), next = step && all[all.indexOf(element) + step];
  if (next) {
    next.scrollIntoView({ block: "nearest" });
    write(next, drafts.rowOf(next)!);
  }
};

const back = (): void => leave(false);

// ------------------------------------------------------------------------------------------------ what the frame says

const took = (locale: string, rows: Told[]): void => {
  drafts.take(locale, rows);
  const names = new Set(rows.map(nameOf));
  const now = writing && drafts.get(writing.place);
  if (writing && now && names.has(nameOf(now))) {
    tell(now);
    // Written elsewhere meanwhile: in the panel, or by somebody whose text was taken.
    // Another kind of text: it is written in the panel.
    if (!now.parts && now.state !== "overtaken") {
      const { place } = writing;
      leave(false);
      line.ask({ ask: "choose", locale, place, focus: true });
    } else if (now.typing === writing.typing && !now.isOwn && now.parts && now.state !== "overtaken" && JSON.stringify(now.parts) !== JSON.stringify(writing.inline.parts()))
      quietly(() => writing!.inline.take(now.parts!));
  }
  showAll(tagged().filter((element) => secret || [drafts.rowOf(element), ...attributeRows(element)].some((row) => row && names.has(nameOf(row)))));
};

const attributeRows = (element: HTMLElement): (Told | undefined)[] =>
  (element.dataset.copyAttrs?.match(/[^\s,]+/g) ?? []).map((name) => drafts.rowOf(element, name));

const shown = async (locale: string): Promise<void> => {
  // It may not be live yet: then only what is written in it is shown.
  await (self as any).copydesk?.setLocale(locale);
  toolbar.turn();
};

/** What the frame has kept, it keeps whatever becomes of this page. */
const keeps = (row: Told): void => {
  if (row.isKept && row.typing >= (unkept.get(nameOf(row)) ?? 0)) unkept.delete(nameOf(row));
};

const hear = (said: Say): void => {
  if (said.say === "row") keeps(said.row);
  if (said.say === "hello") {
    words = said.words;
    toolbar.speak(words);
  } else if (said.say === "rows") {
    leave();
    const isNew = said.locale !== drafts.locale && drafts.known;
    // Some may be gone: nothing is written in them, and nobody keeps them.
    drafts.forget();
    for (const name of unkept.keys()) if (!said.rows.some((row) => nameOf(row) === name)) unkept.delete(name);
    took(said.locale, said.rows);
    if (isNew) void shown(said.locale).then(() => showAll(tagged()));
    look();
  } else if (said.say === "row") {
    if (said.locale === drafts.locale) took(said.locale, [said.row]);
  } else if (said.say === "show") show(said.place);
  else if (said.say === "size") line && (line.frame.className = said.size);
  else if (said.say === "keep") keep(said.name, said.text) ? unstored.delete(said.name) : unstored.add(said.name);
  else close();
};

const show = (place: Place): void => {
  const element = drafts.elementOf(place), row = drafts.get(place);
  if (!element || !row) return;
  element.scrollIntoView({ block: "center" });
  if (keyOf(element) === row.key && row.parts && !takesForm(element)) write(element, row);
  else toolbar.mark(element);
};

const close = (): void => {
  leave();
  history.replaceState(history.state, "", location.pathname + location.search);
  location.reload();
};

// ------------------------------------------------------------------------------------------------ what the page does

let resting: ReturnType<typeof setTimeout>;

/** Tells the frame what is in the page, and what of it is on the screen. */
const look = (): void => {
  clearTimeout(resting);
  resting = setTimeout(() => {
    if (!drafts.locale) return;
    const places = tagged().flatMap((element) => {
      const { top, bottom, width } = element.getBoundingClientRect();
      if (bottom < 0 || top > innerHeight || !width) return [];
      return [drafts.rowOf(element), ...attributeRows(element)].flatMap((row) => (row ? [placeOf(row)] : []));
    });
    line.ask({ ask: "seen", places, unknown: unknown(drafts) });
  }, REST);
};

const observer = new MutationObserver((records) => {
  // Before ProseMirror hears of it: another text of the page is no typing.
  if (writing && writing.element.dataset.copy !== undefined) leave();
  if (writing && !writing.inline.isThere()) moveOn();
  if (`${pages()}` !== opened) open();
  const changed = new Set<HTMLElement>(), args = new Set<HTMLElement>();
  for (const { type, target, addedNodes } of records) {
    const element = (target instanceof Element ? target : target.parentElement)?.closest<HTMLElement>("[data-copy]");
    if (element && type === "attributes") {
      if (element === target) args.add(element);
    } else if (element) changed.add(element);
    for (const node of addedNodes)
      if (node instanceof HTMLElement) for (const one of [node, ...node.querySelectorAll<HTMLElement>("[data-copy]")]) if (one.dataset.copy) changed.add(one);
  }
  showAll(args);
  quietly(() => changed.forEach((element) => drafts.showAgain(element)));
  look();
});

/** The page put another element where somebody writes: a few times writing goes on in that, then in the panel. */
const moveOn = (): void => {
  const { place, locale, inline, element, typing } = writing!, parts = inline.parts();
  writing = undefined;
  toolbar.show(undefined);
  inline.end();
  unhide(element);
  const next = drafts.elementOf(place), row = drafts.get(place);
  if (next && row && moves++ < PATIENCE) write(next, { ...row, parts, typing });
  else line.ask({ ask: "choose", locale, place, focus: true });
};

const textAt = (event: Event): HTMLElement | undefined => {
  const target = event.target as Element;
  if (target === toolbar.host || !(target instanceof Element)) return undefined;
  const element = target.closest<HTMLElement>("[data-copy]");
  return element && drafts.rowOf(element) ? element : undefined;
};

/** Pressing a text writes in it; with Alt held, the page gets it. */
const press = (event: MouseEvent): void => {
  if (event.target === toolbar.host) return;
  if (writing?.element.contains(event.target as Node)) {
    // A link or a button that is written in does nothing.
    if (!/click$/.test(event.type)) return;
    event.preventDefault();
    return event.stopImmediatePropagation();
  }
  // What scripts press, and a form that is sent by a key, is not meant.
  const isMeant = !event.altKey && event.isTrusted && (event.type !== "click" || event.detail > 0);
  const element = isMeant ? textAt(event) : undefined;
  if (element) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "click") write(element, drafts.rowOf(element)!);
  } else if (event.type === "mousedown" && event.isTrusted) leave();
};

/** Takes what is pressed and pointed at in the page. */
const listen = (): void => {
  for (const type of ["pointerdown", "mousedown", "mouseup", "click", "dblclick"] as const) addEventListener(type, press, true);
  addEventListener("pointerover", (event) => toolbar.mark(textAt(event)), true);
  addEventListener("scroll", look, { capture: true, passive: true });
  addEventListener("pagehide", () => leave());
  // The browser asks: the frame may be busy still with what was typed a moment ago, or have nowhere to keep it.
  addEventListener("beforeunload", (event) => unkept.size + unstored.size && event.preventDefault());
};

/** Where somebody previews the site, its own links lead on to previews. */
const leadOn = ({ target }: Event): void => {
  const link = target instanceof Element ? target.closest("a") : null;
  if (link && link.origin === location.origin && !link.hash) link.hash = location.hash;
};

/** Follows what the page makes of itself. */
const watch = (): void => {
  addEventListener("copydesk", () => {
    showAll(tagged());
    look();
  });
  observer.observe(document, {
    attributeFilter: ["data-copy-args", "data-copy", "data-copy-page"],
    characterData: true,
    childList: true,
    subtree: true,
  });
};

/** Has the frame open the pages that this one names now. */
const open = (): void => {
  const named = pages();
  opened = `${named}`;
  const { lang } = document.documentElement;
  if (secret) line.ask({ ask: "preview", secret, pages: named, locale: drafts.locale || lang });
  else line.ask({ ask: "open", pages: named, locale: drafts.locale || lang, ...kept() });
};

const start = async (): Promise<void> => {
  try {
    line = await link(studio, project, toolbar.root, secret ? "strip" : "panel", hear);
  } catch {
    return toolbar.excuse(
      `Copydesk cannot be opened here. An admin of the project has to add ${location.origin} to its sites (Settings, in the studio at ${studio}), ` +
        `and this site's own security policy has to allow ${studio} as a frame.`,
      "Try again",
    );
  }
  await (self as any).copydesk?.ready;
  toolbar.turn();
  if (secret) {
    addEventListener("click", leadOn, true);
    void twins().then((twin) => {
      drafts.twin = twin;
      showAll(tagged());
    });
  } else listen();
  watch();
  open();
};

// Other places of a page may be called something like it.
if (secret || location.hash === "#copydesk") void start();
