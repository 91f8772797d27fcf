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
