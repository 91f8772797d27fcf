// A value as people see it: words, chips for what Fluent fills in, and elements. What a chip or an attribute says is kept
// as its source, so that writing it down again changes nothing that nobody touched.

/** A piece of a value. */
export type Part = string | Chip | Element;

/** Something that is filled in: `{ $name }`, a term, a function. */
export interface Chip {
  chip: string;
}

/** An element of the copy's own, or, with a slot, of the page. */
export interface Element {
  tag: string;
  /** As in the source: quoted, with placeables. */
  attributes: Record<string, string>;
  parts: Part[];
}

export type Kind = "text" | "html";

export const isChip = (part: Part): part is Chip => typeof part === "object" && "chip" in part;

/** Elements without an end. */
export const VOID = /^w?br$/;

/** Words as Fluent writes them. */
export const braces = (text: string): string => text.replace(/[{}]/g, (brace) => `{ "${brace}" }`);

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escape = (text: string, what: RegExp): string => text.replace(what, (one) => ESCAPES[one]!);

/** An attribute's source for what somebody typed. */
export const attributeSource = (text: string): string => braces(escape(text, /[&<>"]/g));

/** Words that follow each other as one. */
export const merged = (parts: Part[]): Part[] => {
  const all: Part[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (typeof part === "string" && typeof last === "string") all.splice(-1, 1, last + part);
    else if (typeof part === "string" || isChip(part)) all.push(part);
    else all.push({ ...part, parts: merged(part.parts) });
  }
  return all;
};

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00A0", "#39": "'" };

/** The characters of markup. */
export const entities = (text: string): string => text.replace(/&(\w+|#39);/g, (all, name) => (Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : all));

/** Whether all character references in a text are of those: others are for its source to keep. */
export const areKnown = (text: string): boolean => !/&(#|[a-z])/i.test(text.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, ""));

/** What an attribute's source says, where nothing is filled in. */
export const attributeText = (source: string): string => entities(source.replace(/\{ "([{}])" \}/g, "$1"));
