// The source of a value, read into its parts and written again.

import { FluentParser, type Pattern, type Placeable, serializeExpression } from "@fluent/syntax";
import { TAG } from "../../../site/src/message.js";
import { areKnown, braces, type Element, entities, escape, isChip, type Kind, merged, type Part, VOID } from "./parts.js";

/** What stands for a placeable while markup is read: noncharacters, which no text may hold. */
const MARK = /\uFDD0(\d+)\uFDD1/;

const MARKUP = /<(\/?)([a-z]+)((?:\s+[\w-]+="[^"]*")*)\s*>|[^<>]+/gy;

const ATTRIBUTE = /([\w-]+)="([^"]*)"/g;

/** Attributes that copy may have. What has others is shown as its source: nothing of it is ever put into a page. */
const ATTRIBUTES = /^(data-copy-name|dir|href|lang|title)$/;

/** Elements that hold blocks: their copy is not one line of text. */
const BLOCKS = /^(ul|ol|li)$/;

const parser = new FluentParser({ withSpans: false });

/** The tree of a value; nothing where it is not a pattern. */
export const parse = (source: string): Pattern | undefined => {
  const block = source.includes("\n") && !/^[[*.}]/.test(source);
  const lines = source.split("\n").map((line, place) => (place || block ? `\n    ${line}` : ` ${line}`));
  const entry = parser.parseEntry(`k =${lines.join("")}\n`);
  return entry.type === "Message" && !entry.attributes.length && entry.value ? entry.value : undefined;
};

/** The parts of a value; nothing where it takes a form or its source to edit it: it chooses between variants, holds blocks. */
export const partsOf = (source: string, kind: Kind): Part[] | undefined => {
  if (!source.trim()) return [];
  const pattern = parse(source);
  return pattern && read(pattern.elements, kind);
};

const read = (list: Pattern["elements"], kind: Kind): Part[] | undefined => {
  const chips: string[] = [];
  let text = "";
  for (const element of list) {
    if (element.type === "TextElement") text += element.value;
    else {
      const { expression } = element;
      if (expression.type === "SelectExpression") return undefined;
      if (expression.type === "StringLiteral" && /^[{}]?$/.test(expression.value)) text += expression.value;
      else text += `\uFDD0${chips.push(`{ ${serializeExpression(expression)} }`) - 1}\uFDD1`;
    }
  }
  if (kind === "html") return elements(text, chips);
  // Line ends mean something where words are all there is: in a title, say.
  return text.includes("\n") ? undefined : words(text, chips);
};

/** A value that chooses between variants, each as a whole text. */
export interface Forms {
  /** What decides, as its source: `$count`. */
  selector: string;
  /** The key of the variant that stands for all others. */
  fallback: string;
  /** The variants by key, in the order of the source. */
  variants: Map<string, Part[]>;
}

/** The forms of a value; nothing where it does not choose, or at several places at once. */
export const formsOf = (source: string, kind: Kind): Forms | undefined => {
  const elements = parse(source)?.elements ?? [];
  const choosing = elements.findIndex((one) => one.type === "Placeable" && one.expression.type === "SelectExpression");
  const select = choosing < 0 ? undefined : (elements[choosing] as Placeable).expression;
  if (select?.type !== "SelectExpression") return undefined;
  const variants: Forms["variants"] = new Map();
  let fallback = "";
  for (const { key, value, default: isDefault } of select.variants) {
    const name = key.type === "Identifier" ? key.name : key.value;
    if (variants.has(name)) return undefined;
    const parts = read([...elements.slice(0, choosing), ...value.elements, ...elements.slice(choosing + 1)], kind);
    if (!parts) return undefined;
    variants.set(name, merged(parts));
    if (isDefault) fallback = name;
  }
  return { selector: serializeExpression(select.selector), fallback, variants };
};

/** The source of forms. */
export const sourceOfForms = ({ selector, fallback, variants }: Forms, kind: Kind): string => {
  if ([...variants.values()].every((parts) => !sourceOf(parts, kind))) return "";
  // A form that is empty is none: the fallback stands for it.
  const written = [...variants].filter(([key, parts]) => key === fallback || sourceOf(parts, kind));
  const lines = written.map(([key, parts]) => `\n   ${key === fallback ? "*" : " "}[${key}] ${sourceOf(parts, kind) || '{ "" }'}`);
  return `{ ${selector} ->${lines.join("")}\n}`;
};

/** Line ends are blanks, as in HTML. */
const words = (text: string, chips: string[]): Part[] =>
  text
    .replace(/[ \t\n]+/g, " ")
    .split(MARK)
    .map((piece, place) => (place % 2 ? { chip: chips[Number(piece)]! } : piece))
    .filter((part) => part !== "");

const elements = (text: string, chips: string[]): Part[] | undefined => {
  const root: Part[] = [], open: Element[] = [];
  const inside = (): Part[] => open.at(-1)?.parts ?? root;
  let end = 0;
  for (const { 0: found, 1: closing, 2: tag, 3: given, index } of text.matchAll(MARKUP)) {
    if (index !== end) return undefined;
    end += found.length;
    if (tag === undefined) {
      if (!areKnown(found)) return undefined;
      inside().push(...words(entities(found), chips));
    }
    else if (BLOCKS.test(tag) || !TAG.test(tag)) return undefined;
    else if (closing) {
      if (open.pop()?.tag !== tag) return undefined;
    } else {
      const element: Element = { tag, attributes: attributes(given ?? "", chips), parts: [] };
      if (!Object.keys(element.attributes).every((name) => ATTRIBUTES.test(name))) return undefined;
      inside().push(element);
      if (!VOID.test(tag)) open.push(element);
    }
  }
  return end === text.length && !open.length ? root : undefined;
};

const attributes = (given: string, chips: string[]): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const [, name, value] of given.matchAll(ATTRIBUTE))
    found[name!] = braces(value!).replace(new RegExp(MARK, "g"), (_, place) => chips[Number(place)]!);
  return found;
};

/** The source of parts. */
export const sourceOf = (parts: Part[], kind: Kind): string => write(parts, kind).replace(/^[ \n]+|[ \n]+$/g, "");

const write = (parts: Part[], kind: Kind): string =>
  parts
    .map((part) => {
      if (typeof part === "string") return braces(kind === "html" ? escape(part, /[&<>]/g) : part);
      if (isChip(part)) return part.chip;
      // Where there is no markup, words are all that an element can be.
      if (kind === "text") return write(part.parts, kind);
      const given = Object.entries(part.attributes).map(([name, value]) => ` ${name}="${value}"`).join("");
      const start = `<${part.tag}${given}>`;
      return VOID.test(part.tag) ? start : `${start}${write(part.parts, kind)}</${part.tag}>`;
    })
    .join("");
