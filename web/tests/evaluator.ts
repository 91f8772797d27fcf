// The parts of the site script that the vectors hold to what the evaluator in Rust says.
import { readPage } from "../site/src/file.js";
import { fill } from "../site/src/fill.js";
import { type Args, evaluate, type Piece, words } from "../site/src/message.js";

interface Case {
  name: string;
  locale: string;
  message: unknown;
  args?: Record<string, any>;
  text?: string;
  html?: string;
  fails?: boolean;
}

/** A date, which an address has as a machine reads it. */
const dateOf = (text: string): Date => Object.assign(new Date(text), { toString: () => new Date(text).toJSON() });

const values = (args: Record<string, any> = {}): Args =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, value?.date ? dateOf(value.date) : value]));

const escape = (text: string): string =>
  text.replace(/[&<>"\u00a0]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? "&nbsp;");

const written = (pieces: Piece[]): string =>
  pieces
    .map((piece) => {
      if (typeof piece == "string") return escape(piece).replaceAll("&nbsp;", "\u00a0");
      const [tag, attributes, inside] = piece;
      const names = Object.keys(attributes).sort((a, b) => (name(a) < name(b) ? -1 : 1));
      const open = `<${tag}${names.map((key) => ` ${name(key)}="${escape(attributes[key]!)}"`).join("")}>`;
      return /^w?br$/.test(tag) ? open : `${open}${written(inside)}</${tag}>`;
    })
    .join("");

const name = (attribute: string): string => (attribute == "slot" ? "data-copy-name" : attribute);

/** What a case comes to: its words and its markup, or nothing when it is refused. */
const shown = ({ message, locale, args }: Case): { text: string; html: string; pieces: Piece[] } | undefined => {
  try {
    const pieces = evaluate(message, locale, values(args), [locale]);
    return { text: words(pieces), html: written(pieces), pieces };
  } catch {
    return undefined;
  }
};

/** The cases that come out otherwise, and how. */
export const differences = (cases: Case[]): unknown[] =>
  cases.flatMap((one) => {
    const found = shown(one);
    const isFailing = one.fails || (one.text === undefined && one.html === undefined);
    const isSame = found
      ? !isFailing && (one.text ?? found.text) === found.text && (one.html ?? found.html) === found.html
      : isFailing;
    return isSame ? [] : [{ name: one.name, expected: one.text ?? one.html ?? null, found: found?.text, html: found?.html }];
  });

/** What the document holds once a case is shown in an element that has its own elements for all slots. */
export const inDocument = (one: Case): string | undefined => {
  const found = shown(one);
  if (!found) return undefined;
  const element = document.createElement("p");
  document.body.append(element);
  fill(element, found.pieces);
  const html = element.innerHTML;
  element.remove();
  return html;
};

/** The keys of a page file that can be shown; nothing when the file is refused. */
export const keys = (text: string): string[] | undefined => {
  try {
    const [entries] = readPage(JSON.parse(text));
    const sound = [...entries].filter(([, [message]]) => shown({ name: "", locale: "de", message }));
    return sound.map(([key]) => key).sort();
  } catch {
    return undefined;
  }
};
