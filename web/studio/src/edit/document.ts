// Parts of a value as a document of ProseMirror, and back.

import { type Attrs, type Mark, type Node, Schema } from "prosemirror-model";
import { attributeSource, type Element, isChip, merged, type Part } from "../pattern/parts.js";

/** Elements that are kept around words; a link's address and the like are attributes. */
const element = (tag: string) => ({
  attrs: { attributes: { default: {} } },
  toDOM: ({ attrs }: Mark) => [tag, shown(attrs.attributes), 0] as const,
});

const TAGS = [
  "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s",
  "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
];

/** Attributes that are shown while somebody writes: an address would lead away. */
const shown = ({ lang, dir, title }: Record<string, string>): Record<string, string> => ({
  ...(lang && { lang }),
  ...(dir && { dir }),
  ...(title && { title }),
});

export const schema = new Schema({
  nodes: {
    doc: { content: "inline*" },
    text: { group: "inline" },
    chip: {
      group: "inline",
      inline: true,
      atom: true,
      attrs: { chip: {} },
      toDOM: ({ attrs }) => ["span", { style: CHIP, title: attrs.chip }, label(attrs.chip)],
    },
    br: { group: "inline", inline: true, attrs: { tag: { default: "br" } }, toDOM: ({ attrs }) => [attrs.tag], parseDOM: [{ tag: "br" }] },
    // The page's own element: a view of its own puts the very node there.
    slot: { group: "inline", inline: true, content: "inline*", attrs: { tag: {}, attributes: {} }, toDOM: () => ["span", 0] },
  },
  marks: {
    ...Object.fromEntries(TAGS.map((tag) => [tag, element(tag)])),
    strong: { ...element("strong"), parseDOM: [{ tag: "strong" }, { tag: "b" }] },
    em: { ...element("em"), parseDOM: [{ tag: "em" }, { tag: "i" }] },
    a: {
      ...element("a"),
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (link) => ({ attributes: { href: attributeSource((link as HTMLElement).getAttribute("href")!) } }) }],
    },
  },
});

const CHIP = "display:inline-block;padding:0 .35em;border-radius:.4em;background:#6366f133;font-size:.9em;white-space:nowrap";

/** A chip's words: a variable's name, a term's, or what it is in full. */
const label = (chip: string): string => /^\{ (?:\$|-)?([\w.-]+) \}$/.exec(chip)?.[1] ?? /\$[\w-]+/.exec(chip)?.[0].slice(1) ?? chip;

const nodes = (parts: Part[], marks: readonly Mark[]): Node[] =>
  parts.flatMap((part): Node[] => {
    if (typeof part === "string") return part ? [schema.text(part, marks)] : [];
    if (isChip(part)) return [schema.node("chip", { chip: part.chip }, [], marks)];
    const { tag, attributes, parts: inside } = part;
    if (/^w?br$/.test(tag)) return [schema.node("br", { tag }, [], marks)];
    if (attributes["data-copy-name"]) return [schema.node("slot", { tag, attributes }, nodes(inside, []), marks)];
    const mark = schema.marks[tag];
    return mark ? nodes(inside, mark.create({ attributes }).addToSet(marks)) : nodes(inside, marks);
  });

/** A document of parts. */
export const documentOf = (parts: Part[]): Node => schema.node("doc", null, nodes(parts, []));

/** Whether a document can hold parts, elements within one another and all. */
export const holds = (parts: Part[]): boolean => JSON.stringify(partsOfDocument(documentOf(parts))) === JSON.stringify(merged(parts));

/** The parts of a document. */
export const partsOfDocument = (parent: Node): Part[] => {
  const root: Part[] = [], open: { mark: Mark; element: Element }[] = [];
  const inside = (): Part[] => open.at(-1)?.element.parts ?? root;
  parent.forEach((node) => {
    const stays = open.findIndex(({ mark }) => !mark.isInSet(node.marks));
    if (stays >= 0) open.splice(stays);
    // Those that are around more come first.
    for (const mark of node.marks)
      if (!open.some((one) => one.mark.eq(mark))) {
        const element: Element = { tag: mark.type.name, attributes: mark.attrs.attributes, parts: [] };
        inside().push(element);
        open.push({ mark, element });
      }
    inside().push(...leaf(node));
  });
  return merged(root);
};

const leaf = (node: Node): Part[] => {
  const { tag, attributes, chip } = node.attrs as Attrs;
  if (node.isText) return [node.text!];
  if (node.type.name === "chip") return [{ chip }];
  if (node.type.name === "br") return [{ tag, attributes: {}, parts: [] }];
  return [{ tag, attributes, parts: partsOfDocument(node) }];
};
