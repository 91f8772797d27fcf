// Puts evaluated copy into elements of the page. Nothing is ever parsed as markup: elements of an allowed
// name and text nodes are made one by one.

import { isText, type Piece, words } from "./message.js";

/** What is known of a tagged element. */
export interface Shown {
  /** The page's own elements in it, by the name of their slot. */
  [slot: string]: any;
  /** What was put there: what is shown already stays, and with it the focus. */
  ""?: string;
  /** How often other hands changed that. */
  0?: number;
}

/** A tagged element, once copy was put there. */
export type Filled = Element & { copydesk?: Shown };

/** Shows copy in an element. The page's own elements in it are moved to where the copy names them. */
export const fill = (element: Filled, pieces: Piece[]): void => {
  const now = JSON.stringify(pieces), own = (element.copydesk ||= {});
  // What stands in a script or a style runs.
  if (own[""] == now || /^s(cript|tyle)$/.test(element.localName)) return;
  own[""] = now;
  for (const slot of element.querySelectorAll<HTMLElement>("[data-copy-name]")) own[slot.dataset.copyName!] = slot;
  if (/^(option|textarea|title)$/.test(element.localName)) element.textContent = words(pieces);
  else element.replaceChildren(...nodes(pieces, own));
};

/** Each of the page's own elements is taken once: then it is in the page, and found there. */
const nodes = (pieces: Piece[], own: Shown): (Node | string)[] =>
  pieces.flatMap((piece) => {
    if (isText(piece)) return piece;
    const [tag, { slot, ...attributes }, inside] = piece, children = nodes(inside, own);
    const element = slot ? own[slot] : document.createElement(tag);
    // What the page does not have gives way to the words in it.
    if (!element) return children;
    delete own[slot!];
    element.replaceChildren(...children);
    if (!slot) for (const name in attributes) element.setAttribute(name, attributes[name]);
    return element;
  });

/** Shows copy in an attribute of an element, if it is one that neither runs code nor loads anything. */
export const fillAttribute = (element: Element, name: string, pieces: Piece[]): void => {
  if (/^(alt|aria-\w+|label|placeholder|title)$/.test(name)) element.setAttribute(name, words(pieces));
};
