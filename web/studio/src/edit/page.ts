// The page that is edited: its tagged elements, and drafts shown in them. The site script goes on beside this: what it
// last showed in an element stays noted there, so that it sees no need to show it again.

import { fill, fillAttribute, type Filled, type Shown } from "../../../site/src/fill.js";
import { type Args, evaluate, type Piece } from "../../../site/src/message.js";
import { attributeText, escape, isChip, type Part } from "../pattern/parts.js";
import { written } from "../written.js";
import type { Place, Told, Unknown } from "./protocol.js";
import type { Twin } from "./twin.js";

/** So often what the page itself puts into an element is put back. */
const PATIENCE = 9;

/** The key of an element that is written in: the tag is taken from it then, and the site script passes it over. */
const hidden = new WeakMap<Element, string>();

const split = (names: string | undefined): string[] => names?.match(/[^\s,]+/g) ?? [];

const named = (element: Element | null): string[] => split((element as HTMLElement | null)?.dataset.copyPage);

const pagesOf = (element: Element): string[] => named(element.closest("[data-copy-page]") ?? document.body);

/** Every page that is named, the first one first. */
export const pages = (): string[] => [...new Set([...document.querySelectorAll("[data-copy-page]")].flatMap(named))];

export const keyOf = (element: HTMLElement): string | undefined => hidden.get(element) ?? element.dataset.copy;

/** Every tagged element, in the order of the page. */
export const tagged = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-copy]")];

export const nameOf = ({ page, key }: Place): string => `${page} ${key}`;

/** Takes an element from the site script, and gives it back. */
export const hide = (element: HTMLElement): void => {
  hidden.set(element, element.dataset.copy!);
  delete element.dataset.copy;
};
export const unhide = (element: HTMLElement): void => {
  // The page may have made another text of it meanwhile.
  element.dataset.copy ??= hidden.get(element);
  hidden.delete(element);
};

/** Has the site script show an element anew. */
export const giveBack = (element: HTMLElement): void => {
  const own = (element as Filled).copydesk;
  if (own) own[""] = "";
  element.dataset.copy = element.dataset.copy;
};

const argsOf = (element: HTMLElement): Args => {
  try {
    return JSON.parse(element.dataset.copyArgs || "{}");
  } catch {
    return {};
  }
};

/** Elements whose text is no markup, or that react to being pressed: they are written in a form. */
export const takesForm = (element: Element): boolean =>
  /^(button|input|optgroup|option|select|summary|textarea|title)$/.test(element.localName) || !!element.closest("button, select");

export class Drafts {
  private rows = new Map<string, Told>();
  /** The pages that there are entries of. */
  private pages = new Set<string>();
  private touched = new WeakMap<Element, number>();
  locale = "";
  /** Of previews: what the site says by itself. */
  twin?: Twin;

  get(place: Place): Told | undefined {
    return this.rows.get(nameOf(place));
  }

  get known(): boolean {
    return this.rows.size > 0;
  }

  /** Everything is told anew. */
  forget(): void {
    this.rows.clear();
    this.pages.clear();
  }

  /** Takes what the frame tells; what is in the page is for others to show. */
  take(locale: string, rows: Told[]): void {
    this.locale = locale;
    for (const row of rows) {
      this.rows.set(nameOf(row), row);
      this.pages.add(row.page);
    }
  }

  /** The entry that an element shows, of the first of its pages that has it; an attribute's with `attribute`. */
  rowOf(element: HTMLElement, attribute?: string): Told | undefined {
    const copy = keyOf(element), key = attribute ? `${copy}.${attribute}` : copy!;
    const found = pagesOf(element).map((page) => this.get({ page, key }));
    return found.find((row) => row);
  }

  /** Where an entry is shown: its element, also where only an attribute of that is meant. */
  elementOf(place: Place): HTMLElement | undefined {
    const all = [...document.querySelectorAll<HTMLElement>("[data-copy]")];
    const own = all.find((element) => this.rowOf(element)?.key === place.key && this.rowOf(element)?.page === place.page);
    if (own) return own;
    const [, key, attribute] = /^(.*)\.([^.]+)$/.exec(place.key) ?? [];
    return key ? all.find((element) => keyOf(element) === key && this.rowOf(element, attribute)?.page === place.page) : undefined;
  }

  /** Shows drafts in an element, where they differ from what is live. */
  show(element: HTMLElement): void {
    const own = this.rowOf(element);
    if (own?.message !== undefined)
      this.put(element, () => {
        fill(element, this.pieces(element, own.message, own.from));
        // What is live may have fallen back to another language than what is shown now; the site script says so once more
        // when it has seen the change.
        const { lang, dir } = written(own.from ?? this.locale);
        if (element.lang || own.from) queueMicrotask(() => Object.assign(element, { lang, dir }));
      });
    else if (!own && (element as Filled).copydesk?.[""]) {
      const twin = this.twinOf(element);
      if (twin) this.put(element, () => fill(element, [twin.textContent ?? ""]));
    }
    // The site script, which sees the change of the text, says what is live of the attributes once more.
    queueMicrotask(() => split(element.dataset.copyAttrs).forEach((name) => this.showAttribute(element, name)));
  }

  private showAttribute(element: HTMLElement, name: string): void {
    const row = this.rowOf(element, name);
    if (row?.message !== undefined) this.put(element, () => fillAttribute(element, name, this.pieces(element, row.message, row.from)));
    const twin = row ? undefined : this.twinOf(element);
    if (twin) this.put(element, () => fillAttribute(element, name, [twin.getAttribute(name) ?? ""]));
  }

  /**
   * Where all is shown as it would be published, a text that is live and would not be gives way to the site's own: once
   * it is known what would be.
   */
  private twinOf(element: HTMLElement): HTMLElement | undefined {
    return this.twin && pagesOf(element).every((page) => this.pages.has(page)) ? this.twin(element) : undefined;
  }

  /** The page itself put something else there. */
  showAgain(element: HTMLElement): void {
    const times = (this.touched.get(element) ?? 0) + 1;
    this.touched.set(element, times);
    if (times <= PATIENCE) this.show(element);
  }

  /** Shows what was written until the compiled text comes: with the arguments of the page where they are mere words. */
  showParts(element: HTMLElement, parts: Part[], slots: Map<string, HTMLElement>): void {
    const own = ((element as Filled).copydesk ??= {});
    for (const [name, slot] of slots) own[name] = slot;
    // The evaluator lets through what copy may hold, and nothing else.
    this.put(element, () => fill(element, this.pieces(element, messageOf(parts, argsOf(element)))));
  }

  private pieces(element: HTMLElement, message: unknown, locale = this.locale): Piece[] {
    return evaluate(message, locale, argsOf(element), [locale]);
  }

  /** What cannot be formed leaves the element as it is, as the site script does. */
  private put(element: HTMLElement, act: () => void): void {
    const own: Shown = ((element as Filled).copydesk ??= {}), live = own[""];
    try {
      // It may have been shown before the page touched it.
      own[""] = "";
      act();
      own[""] = live ?? "";
      // The site script gives in.
      own[0] = PATIENCE;
    } catch {
      // A missing argument, most likely: what is live is for the site script to show.
    }
  }
}

/** Parts as if they were compiled: an argument that is mere words or a number, else a mark that something comes here. */
const messageOf = (parts: Part[], args: Args): unknown[] =>
  parts.map((part) => {
    if (typeof part === "string") return part;
    if (isChip(part)) {
      const name = /\$([\w-]+)/.exec(part.chip)?.[1];
      return name && Object.hasOwn(args, name) ? String(args[name]) : "…";
    }
    const { "data-copy-name": slot, href } = part.attributes;
    const attributes = slot ? { slot } : href === undefined || href.includes("{") ? {} : { href: attributeText(href) };
    return [part.tag, attributes, ...messageOf(part.parts, args)];
  });

/** Tagged elements whose entries are not there, with what they say now. */
export const unknown = (drafts: Drafts): Unknown[] =>
  tagged().flatMap((element) => {
    const [page] = pagesOf(element), copy = element.dataset.copy!;
    if (!page) return [];
    const missing: Unknown[] = [];
    const attributes = split(element.dataset.copyAttrs);
    for (const name of attributes)
      if (!drafts.rowOf(element, name)) missing.push({ page, key: `${copy}.${name}`, kind: "text", text: element.getAttribute(name) ?? "" });
    const text = element.textContent!.replace(/\s+/g, " ").trim();
    // Where attributes are named, the text may be no copy.
    if (!drafts.rowOf(element) && (!attributes.length || (text && !element.children.length)))
      missing.push({ page, key: copy, kind: element.children.length ? "html" : "text", text: element.children.length ? markup(element).trim() : text });
    return missing;
  });

/** An element's inside as source: names and words alone; the server cleans it as everything. */
const markup = (parent: Element): string =>
  [...parent.childNodes]
    .map((node) => {
      if (node.nodeType === Node.TEXT_NODE) return escape(node.textContent!.replace(/\s+/g, " "), /[&<>]/g);
      if (!(node instanceof HTMLElement)) return "";
      const { copyName } = node.dataset, href = node.localName === "a" && node.getAttribute("href");
      const given = copyName ? ` data-copy-name="${copyName}"` : href ? ` href="${escape(href, /["&<>]/g)}"` : "";
      return node.localName === "br" ? "<br>" : `<${node.localName}${given}>${markup(node)}</${node.localName}>`;
    })
    .join("");
