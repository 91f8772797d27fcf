// Evaluated copy as HTML. Which elements and attributes there are was decided when it was evaluated.

import { isText, type Piece } from "./message.js";

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escape = (text: string): string => text.replace(/[&<>"]/g, (one) => ESCAPES[one]!);

/** HTML for the inside of an element. */
export const html = (pieces: Piece[]): string =>
  pieces
    .map((piece) => {
      if (isText(piece)) return escape(piece);
      const [tag, attributes, inside] = piece;
      const start = `<${tag}${Object.entries(attributes).map(attribute).join("")}>`;
      return /^w?br$/.test(tag) ? start : `${start}${html(inside)}</${tag}>`;
    })
    .join("");

const attribute = ([name, value]: [string, string]): string =>
  ` ${name == "slot" ? "data-copy-name" : name}="${escape(value)}"`;
