// Puts evaluated copy into elements of the page. Nothing is ever parsed as markup: elements of an allowed
// name and text nodes are made one by one.

import { isText, script, type Piece, words } from "./message.js";

/**
 * The page's own elements within tagged ones, by the name of their slot; and under no name what was put there: what is
 * shown already stays, and with it the focus.
 */
export const slots = new WeakMap<Element, Map<string, any>>();

/** Says which language an element is in, and which way it is written. */
export const setLanguage = (element: HTMLElement, locale: string): void => {
  element.lang = locale;
  element.dir = /Adlm|Arab|Hebr|Nkoo|Thaa/.test(script(locale)) ? "rtl" : "ltr";
};

/** Shows copy in an element. The page's own elements in it are moved to where the copy names them. */
export const fill = (element: Element, pieces: Piece[]): void => {
  const now = JSON.stringify(pieces), own = slots.get(element) || new Map<string, any>();
  // What stands in a script or a style runs.
  if (own.get("") == now || /^s(cript|tyle)$/.test(element.localName)) return;
  slots.set(element, own.set("", now));
  for (const slot of element.querySelectorAll<HTMLElement>("[data-copy-name]")) own.set(slot.dataset.copyName!, slot);
  if (/^(option|textarea|title)$/.test(element.localName)) element.textContent = words(pieces);
  else element.replaceChildren(...nodes(pieces, own));
};

/** Each of the page's own elements is taken once: then it is in the page, and found there. */
const nodes = (pieces: Piece[], own: Map<string, any>): (Node | string)[] =>
  pieces.flatMap((piece) => {
    if (isText(piece)) return piece;
    const [tag, { slot, ...attributes }, inside] = piece, children = nodes(inside, own);
    const element = slot ? own.get(slot) : document.createElement(tag);
    // What the page does not have gives way to the words in it.
    if (!element) return children;
    own.delete(slot!);
    element.replaceChildren(...children);
    if (!slot) for (const name in attributes) element.setAttribute(name, attributes[name]);
    return element;
  });

/** Shows copy in an attribute of an element, if it is one that neither runs code nor loads anything. */
export const fillAttribute = (element: Element, name: string, pieces: Piece[]): void => {
  if (/^(aria-\w+|alt|label|placeholder|title)$/.test(name)) element.setAttribute(name, words(pieces));
};
